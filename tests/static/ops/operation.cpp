// What a row is, and what may be an operand.
#include <leibniz/expr/expression.hpp>
#include <leibniz/graph/contraction.hpp>

namespace {

using namespace leibniz;
namespace ops = leibniz::ops;

using w = var<"w">;
using W = var<"W", 3, 4>;

static_assert(operand<w> && operand<W> && operand<handle> && operand<num<2>>);
static_assert(!operand<int> && !operand<double> && !operand<ops::add_>);
static_assert(operands<w, int> && operands<int, w> && operands<w, w>);  // the number is refused later, with a message
static_assert(!operands<int, double> && !operands<>);

static_assert(ops::composite<ops::square_> && ops::composite<ops::silu_> && ops::composite<ops::matmul_>);
static_assert(!ops::composite<ops::add_> && !ops::composite<ops::contract_>);

// Elementwise shapes: equal, or a scalar beside any.
constexpr shape s{}, v = make_shape(3), m = make_shape(3, 4);
static_assert(ops::add_::result(s, s) == s && ops::add_::result(s, m) == m && ops::add_::result(m, s) == m);
static_assert(ops::add_::result(v, v) == v && ops::select_::result(s, v, s) == v);
static_assert(ops::add_::result(v, m).rank < 0 && ops::select_::result(v, m, s).rank < 0);
static_assert(ops::add_::result(v, make_shape(4)).rank < 0);

// The operators make rows of their operands; `*` of two matrices is their product.
static_assert(std::is_same_v<decltype(w{} + w{}), apply<ops::add_, w, w>>);
static_assert(std::is_same_v<decltype(w{} * W{}), apply<ops::mul_, w, W>>);
static_assert(std::is_same_v<decltype(W{} * var<"x", 4>{}), apply<ops::matmul_, W, var<"x", 4>>>);
static_assert(std::is_same_v<decltype(w{} > num<0>{}), decltype(num<0>{} < w{})>);
static_assert(std::is_same_v<decltype(w{} >= num<0>{}), decltype(num<0>{} <= w{})>);
static_assert(!std::is_same_v<decltype(w{} - num<1>{}), decltype(num<1>{} - w{})>);

static_assert(ops::elementwise<1>::domain.low < ops::elementwise<1>::domain.high);

}  // namespace
