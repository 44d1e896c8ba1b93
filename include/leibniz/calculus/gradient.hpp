#pragma once
#include <boost/hana/at_key.hpp>
#include <boost/hana/equal.hpp>
#include <boost/hana/hash.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/type.hpp>

#include <leibniz/expr/derivative.hpp>

// Expressions as keys of Boost.Hana's maps: there, equality is that of types. `==` is the mathematical comparison and
// returns a plain bool, which a map would refuse.

namespace boost::hana {

template <>
struct equal_impl<leibniz::expression_tag, leibniz::expression_tag> {
  template <class A, class B>
  static constexpr auto apply(const A&, const B&) { return bool_c<std::is_same_v<A, B>>; }
};

template <>
struct hash_impl<leibniz::expression_tag> {
  template <class E>
  static constexpr auto apply(const E&) { return type_c<E>; }
};

}  // namespace boost::hana

namespace leibniz {

namespace detail {
template <class X, class... All>
inline constexpr int times_listed = (std::is_same_v<X, All> + ... + 0);
}  // namespace detail

/// The derivatives of a scalar f by several variables or intermediates, as a map: `gradient(C, W, b)[W]`.
template <class F, class... X> requires operands<F, X...>
constexpr auto gradient(F f, X... x) {
  constexpr bool distinct = ((detail::times_listed<X, X...> == 1) && ...);
  static_assert(as_operand_t<F>::extents.is_scalar(), "leibniz: gradient of something that is no scalar: use diff(f, x) for a Jacobian");
  static_assert(distinct, "leibniz: gradient by one variable twice: list every variable once; see X in the types of this message");
  if constexpr (!(operand<X> && ...)) return (diff(f, x), ..., boost::hana::make_map());
  else if constexpr (distinct) return boost::hana::make_map(boost::hana::make_pair(x, diff(f, x))...);
  else return boost::hana::to_map(boost::hana::make_tuple(boost::hana::make_pair(x, diff(f, x))...));
}

}  // namespace leibniz
