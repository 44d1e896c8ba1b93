// diff(f, x) only says what is asked for: its type is short, its shape is f's followed by x's.
#include <leibniz/calculus/lower.hpp>
#include <leibniz/expr/literals.hpp>

namespace {

using namespace leibniz;
using namespace leibniz::literals;

constexpr auto w = variable<"w">;
constexpr auto x = variable<"x", 4>;
constexpr auto W = variable<"W", 3, 4>;
constexpr auto z = let<"z">(W * x);
constexpr auto f = sum(exp(z));

template <class E>
constexpr bool target = is_target<std::remove_const_t<E>>;
static_assert(target<decltype(w)> && target<decltype(W)> && target<decltype(z)>);
static_assert(target<decltype(W(1_c, 2_c))> && target<decltype(z(0_c))>);
static_assert(!target<decltype(W * x)> && !target<decltype(2_c)> && !target<decltype((W * x)(0_c))> && !target<decltype(pi)>);

static_assert(std::is_same_v<decltype(diff(f, x)), derivative<std::remove_const_t<decltype(f)>, std::remove_const_t<decltype(x)>>>);
static_assert(std::is_same_v<decltype(diff(f, x, W)), decltype(diff(diff(f, x), W))>);
static_assert(!std::is_same_v<decltype(diff(f, x, W)), decltype(diff(f, W, x))>);
static_assert(std::is_empty_v<decltype(diff(f, x))>);

static_assert(diff(f, w).extents.is_scalar() && diff(f, W).extents == make_shape(3, 4));
static_assert(diff(z, x).extents == make_shape(3, 4) && diff(z, W).extents == make_shape(3, 3, 4));
static_assert(diff(f, W, W).extents == make_shape(3, 4, 3, 4) && diff(f, W(1_c, 2_c)).extents.is_scalar());
static_assert(diff(f, x)(2_c).extents.is_scalar());  // a derivative has elements

}  // namespace
