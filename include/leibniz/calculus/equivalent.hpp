#pragma once
#include <leibniz/calculus/lower.hpp>
#include <leibniz/calculus/normal_form.hpp>

namespace leibniz {

namespace detail {
template <class A, class B>
struct comparison {
  struct outcome {
    bool same;
    failure error;
  };
  static constexpr outcome compare() {
    if (!(A::extents == B::extents)) return {false, failure::none};
    graph::builder g(graph::late<A>);
    int roots[2]{};
    formulas<A, B>::build(g, roots);
    return {roots[0] == roots[1] || graph::same_formula(g, roots[0], roots[1]), g.error};
  }
  static constexpr outcome result = compare();
};
}  // namespace detail

/// What `==` of two formulas answers.
template <expression_type_of A, expression_type_of B>
constexpr bool equivalent(A, B) {
  if constexpr (std::is_same_v<A, B>) return true;
  else return sound<detail::comparison<A, B>::result.error>() && detail::comparison<A, B>::result.same;
}

}  // namespace leibniz
