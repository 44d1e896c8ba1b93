#pragma once
#include <leibniz/expr/expression.hpp>

namespace leibniz {

/// What one can differentiate by: a variable, an intermediate, or an element of either.
template <class X>
inline constexpr bool is_target = false;
template <fixed_string Name, std::size_t... N>
inline constexpr bool is_target<var<Name, N...>> = true;
template <fixed_string Name, class Body>
inline constexpr bool is_target<let_type<Name, Body>> = true;
template <long long... I, class X>
inline constexpr bool is_target<apply<ops::element_<I...>, X>> = is_target<X>;

/// ∂f/∂x, a formula that is worked out when it is needed.
template <class F, class X>
struct derivative final : indexable<derivative<F, X>> {
  static constexpr leibniz::shape extents = F::extents + X::extents;
};

namespace detail {
template <class X>
inline constexpr bool is_number = !operand<X>;
template <long long P, long long Q>
inline constexpr bool is_number<num<P, Q>> = true;

template <class F, class X>
constexpr auto refuse_derivative() {
  static_assert(!is_number<X>, "leibniz: diff by a number: differentiate by a variable, and twice with diff(f, x, x)");
  static_assert(is_number<X> || is_target<X>,
                "leibniz: diff by something that is neither a variable, nor an element W(1_c, 2_c), nor a let: name the "
                "intermediate with let<\"z\">(...) and differentiate by that");
  static_assert(!is_target<X>,
                "leibniz: this derivative has more than four axes: differentiate elements, or a scalar of the formula");
  return std::type_identity<num<0>>{};
}
template <class F, class X>
struct refused_derivative : decltype(refuse_derivative<F, X>()) {};

template <class F, class X>
constexpr bool can_derive() {
  if constexpr (is_target<X>) return F::extents.rank + X::extents.rank <= max_rank;
  else return false;
}
template <class F, class... X>
struct derivative_by {
  using type = F;
};
template <class F, class X, class... Rest>
struct derivative_by<F, X, Rest...> {
  using next = typename std::conditional_t<can_derive<F, X>(), std::type_identity<derivative<F, X>>,
                                           refused_derivative<F, X>>::type;
  using type = typename derivative_by<next, Rest...>::type;
};
}  // namespace detail

/// diff(f, x) is ∂f/∂x, diff(f, x, y) is ∂²f/∂x∂y; the shape of f followed by that of x.
template <class F, class... X> requires operands<F, X...>
constexpr typename detail::derivative_by<as_operand_t<F>, X...>::type diff(F, X...) {
  static_assert(sizeof...(X) > 0, "leibniz: diff of a formula by nothing: write diff(f, x)");
  return {};
}

}  // namespace leibniz
