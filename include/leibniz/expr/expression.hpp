#pragma once
#include <type_traits>

#include <leibniz/core/binding.hpp>
#include <leibniz/core/fixed_string.hpp>
#include <leibniz/ops/table.hpp>

// The expression types: empty, by value, with short names because they stand in every message of the compiler.

namespace leibniz {

/// The tag under which Boost.Hana sees every expression type.
struct expression_tag;

/// The plain base of all expression types.
struct expression : formula {
  using hana_tag = expression_tag;
  /// Whether two formulas are the same in normal form: equal over the reals wherever both are defined. It may miss
  /// an equality, it never invents one.
  template <class A, class B> requires(std::derived_from<A, expression> && std::derived_from<B, expression>)
  friend constexpr bool operator==(A a, B b) { return equivalent(a, b); }
};

template <class T>
concept expression_type_of = std::derived_from<T, expression>;

/// An exact rational constant.
template <long long P, long long Q = 1>
struct num;
template <class Op, class... A>
struct apply;

template <class T>
concept integral_constant_like = requires { typename std::integral_constant<long long, static_cast<long long>(T::value)>; } && !operand<T>;

template <class T>
struct as_operand {
  static_assert(!std::is_same_v<T, T>,
                "leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>, "
                "or make it a variable");
  using type = num<1>;
};
template <operand T>
struct as_operand<T> {
  using type = T;
};
template <integral_constant_like T>
struct as_operand<T> {
  using type = num<static_cast<long long>(T::value)>;
};
template <class T>
using as_operand_t = typename as_operand<T>::type;

/// An element W(1_c, 2_c): its indices are types. A plain int is refused.
template <class Derived>
struct indexable : expression {
  template <class... I>
  constexpr auto operator()(I...) const {
    static_assert(!(std::is_arithmetic_v<I> || ...),
                  "leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)");
    if constexpr (!(std::is_arithmetic_v<I> || ...)) return make<ops::element_<static_cast<long long>(I::value)...>>(Derived{});
  }
};

/// An unknown with a name and extents; see `variable`.
template <fixed_string Name, std::size_t... N>
struct var final : indexable<var<Name, N...>> {
  static_assert(sizeof...(N) <= max_rank, "leibniz: a variable has at most four axes");
  static_assert(((N > 0) && ...), "leibniz: every extent of a variable must be at least 1");
  static constexpr auto name = Name;
  static constexpr leibniz::shape extents = make_shape(N...);
  /// Binds a value to the variable, for `evaluate` and functions called by name.
  template <class Value>
  [[nodiscard]] constexpr binding<var, Value> operator=(Value&& value) const { return {static_cast<Value&&>(value)}; }
};

/// `variable<"w">` is a scalar, `variable<"x", 784>` a column vector, `variable<"W", 30, 784>` a matrix.
template <fixed_string Name, std::size_t... N>
inline constexpr var<Name, N...> variable{};

template <long long P, long long Q>
struct num final : indexable<num<P, Q>> {
  static constexpr leibniz::shape extents{};
  static constexpr long long value = P;  // of an integer, so that it can be an index
  constexpr num<-P, Q> operator-() const { return {}; }
};

/// p/q, exact.
template <long long P, long long Q = 1>
  requires(Q != 0)
inline constexpr num<make_rational(P, Q).numerator, make_rational(P, Q).denominator> constant{};

template <int Which>
struct sym final : indexable<sym<Which>> {
  static constexpr leibniz::shape extents{};
};
inline constexpr sym<ops::symbol_::pi> pi{};
inline constexpr sym<ops::symbol_::e> e{};

/// An operation applied to formulas.
template <class Op, class... A>
struct apply final : indexable<apply<Op, A...>> {
  static constexpr leibniz::shape extents = Op::result(A::extents...);
};
template <class E>
inline constexpr int formula_size = 1;
template <class Op, class... A>
inline constexpr int formula_size<apply<Op, A...>> = 1 + (formula_size<A> + ... + 0);

/// An intermediate with a name.
template <fixed_string Name, class Body>
struct let_type final : indexable<let_type<Name, Body>> {
  static constexpr auto name = Name;
  static constexpr leibniz::shape extents = Body::extents;
};
/// Names an intermediate: `diff(C, z)` differentiates by it, and printing uses the name.
template <fixed_string Name, class Body>
constexpr let_type<Name, as_operand_t<Body>> let(Body) { return {}; }

// The type that a row makes, after the check of the shapes.
template <class Op, class... A>
constexpr bool shapes_fit(const A&... extents) {
  return Op::result(extents...).rank >= 0;
}
template <class Op, class... A>
struct expression_type {
  static constexpr bool fits = shapes_fit<Op>(as_operand_t<A>::extents...);
  static_assert(fits || !requires { Op::is_elementwise; } || !Op::is_elementwise,
                "leibniz: an elementwise operation on two different shapes: make the shapes equal, or one operand a scalar");
  static_assert(fits || Op::is_elementwise,
                "leibniz: these shapes do not fit this operation: see the shapes of its operands in the types below");
  using type = std::conditional_t<fits, apply<Op, as_operand_t<A>...>, num<0>>;
};
template <class A, class B>
struct expression_type<ops::div_, A, B> {
  static constexpr shape left = as_operand_t<A>::extents, right = as_operand_t<B>::extents;
  static_assert(left.is_scalar() || right.is_scalar(),
                "leibniz: a quotient of two tensors is ambiguous: write hadamard(a, reciprocal(b)) for the elementwise one");
  using type = apply<ops::div_, as_operand_t<A>, as_operand_t<B>>;
};

template <class A, class B>
struct product_type {
  static constexpr shape left = as_operand_t<A>::extents, right = as_operand_t<B>::extents;
  static constexpr bool scalar = left.is_scalar() || right.is_scalar();
  static constexpr bool vectors = left.rank == 1 && right.rank == 1;
  static_assert(!vectors, "leibniz: vector * vector is ambiguous: write dot(a, b), outer(a, b) or hadamard(a, b)");
  static constexpr bool fits = scalar || vectors || ops::matmul_::result(left, right).rank >= 0;
  static_assert(fits, "leibniz: a matrix product of shapes that do not fit: the left factor needs as many columns as the right "
                      "factor has rows; see the shapes in the types below");
  using row = std::conditional_t<scalar || !fits || vectors, ops::mul_, ops::matmul_>;
  using type = std::conditional_t<fits && !vectors, apply<row, as_operand_t<A>, as_operand_t<B>>, num<0>>;
};

}  // namespace leibniz
