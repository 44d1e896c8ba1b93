// Expression types: empty, by value, told apart by what they say.
#include <boost/hana/integral_constant.hpp>

#include <leibniz/calculus/equivalent.hpp>
#include <leibniz/expr/literals.hpp>

namespace {

using namespace leibniz;
using namespace leibniz::literals;

constexpr auto w = variable<"w">;
constexpr auto x = variable<"x", 4>;
constexpr auto W = variable<"W", 3, 4>;
constexpr auto z = let<"z">(W * x);

template <class E>
constexpr bool light = std::is_empty_v<E> && std::is_trivially_copyable_v<E> && std::is_final_v<E>;
static_assert(light<std::remove_const_t<decltype(w)>> && light<std::remove_const_t<decltype(z)>> && light<decltype(exp(w) * W)>);
static_assert(sizeof(z) == 1);

static_assert(expression_type_of<std::remove_const_t<decltype(w)>> && expression_type_of<decltype(2_c)>);
static_assert(!expression_type_of<int> && !expression_type_of<handle>);
static_assert(integral_constant_like<std::integral_constant<int, 3>> && !integral_constant_like<int> && !integral_constant_like<decltype(2_c)>);
static_assert(std::is_same_v<as_operand_t<std::integral_constant<int, 3>>, num<3>>);
static_assert(std::is_same_v<as_operand_t<std::remove_const_t<decltype(w)>>, std::remove_const_t<decltype(w)>>);

// The standard's and Hana's integral constants are numbers, on either side of every operator.
constexpr std::integral_constant<int, 3> three{};
constexpr auto hana_three = boost::hana::int_c<3>;
template <class A, class B>
constexpr bool same(A, B) { return std::is_same_v<A, B>; }
static_assert(same(w + three, w + 3_c) && same(three + w, 3_c + w) && same(w + hana_three, w + 3_c) && same(hana_three + w, 3_c + w));
static_assert(same(w - three, w - 3_c) && same(three - w, 3_c - w) && same(w - hana_three, w - 3_c) && same(hana_three - w, 3_c - w));
static_assert(same(w * three, w * 3_c) && same(three * w, 3_c * w) && same(w * hana_three, w * 3_c) && same(hana_three * w, 3_c * w));
static_assert(same(w / three, w / 3_c) && same(three / w, 3_c / w) && same(w / hana_three, w / 3_c) && same(hana_three / w, 3_c / w));
static_assert(same(w < three, w < 3_c) && same(three < w, 3_c < w) && same(w < hana_three, w < 3_c) && same(hana_three < w, 3_c < w));
static_assert(same(w > three, w > 3_c) && same(three > w, 3_c > w) && same(w > hana_three, w > 3_c) && same(hana_three > w, 3_c > w));
static_assert(same(w <= three, w <= 3_c) && same(three <= w, 3_c <= w) && same(w <= hana_three, w <= 3_c) && same(hana_three <= w, 3_c <= w));
static_assert(same(w >= three, w >= 3_c) && same(three >= w, 3_c >= w) && same(w >= hana_three, w >= 3_c) && same(hana_three >= w, 3_c >= w));
static_assert(same(pow(w, hana_three), pow(w, 3_c)) && same(max(hana_three, w), max(3_c, w)) && same(x(hana_three), x(3_c)));
static_assert(3_c == three && three == 3_c && 3_c == hana_three && hana_three == 3_c && w != hana_three && hana_three != w);

// Shapes.
static_assert(w.extents.is_scalar() && W.extents == make_shape(3, 4) && z.extents == make_shape(3));
static_assert((w * W).extents == make_shape(3, 4) && (transpose(W) * z).extents == make_shape(4));
static_assert(W(1_c, 2_c).extents.is_scalar() && x(0_c).extents.is_scalar());
static_assert(dot(x, x).extents.is_scalar() && outer(z, x).extents == make_shape(3, 4));
static_assert(sum(W, 0_c).extents == make_shape(4) && sum(W).extents.is_scalar());

// Names.
static_assert(w.name.view() == "w" && z.name.view() == "z");
static_assert(std::is_same_v<decltype(variable<"w">), decltype(w)> && !std::is_same_v<decltype(variable<"w", 1>), decltype(w)>);
static_assert(!std::is_same_v<decltype(let<"z">(w)), decltype(let<"y">(w))>);

// Constants are fractions in lowest terms.
static_assert(std::is_same_v<std::remove_const_t<decltype(constant<2, -4>)>, num<-1, 2>>);
static_assert(std::is_same_v<decltype(-2_c), num<-2>>);
template <class I>
constexpr bool is_index = requires { I::value; };
static_assert(is_index<decltype(-2_c)> && !is_index<decltype(0.5_c)> && !is_index<std::remove_const_t<decltype(w)>>);
static_assert(!std::is_same_v<std::remove_const_t<decltype(pi)>, std::remove_const_t<decltype(e)>>);

static_assert(formula_size<decltype(w * w + 1_c)> == 5);

}  // namespace
