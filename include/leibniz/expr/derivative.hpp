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
template <class F, class... X>
struct derivative_by {
  using type = F;
};
template <class F, class X, class... Rest>
struct derivative_by<F, X, Rest...> {
  static_assert(is_target<X>,
                "leibniz: diff by something that is neither a variable, nor an element W(1_c, 2_c), nor a let: name the "
                "intermediate with let<\"z\">(...) and differentiate by that");
  static constexpr bool fits = F::extents.rank + X::extents.rank <= max_rank;
  static_assert(fits, "leibniz: this derivative has more than four axes: differentiate elements, or a scalar of the formula");
  using next = std::conditional_t<is_target<X> && fits, derivative<F, X>, num<0>>;
  using type = typename derivative_by<next, Rest...>::type;
};
}  // namespace detail

/// diff(f, x) is ∂f/∂x, diff(f, x, y) is ∂²f/∂x∂y; the shape of f followed by that of x.
template <class F, class... X> requires(operand<F> && sizeof...(X) > 0)
constexpr typename detail::derivative_by<F, as_operand_t<X>...>::type diff(F, X...) { return {}; }

}  // namespace leibniz
