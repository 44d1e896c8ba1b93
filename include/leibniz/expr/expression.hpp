#pragma once
#include <initializer_list>
#include <type_traits>

#include <leibniz/core/binding.hpp>
#include <leibniz/core/fixed_string.hpp>
#include <leibniz/core/tensor.hpp>
#include <leibniz/ops/table.hpp>

// The expression types: empty, by value, with short names because they stand in every message of the compiler.
//
// A misuse is one message. The assertion stands in a function, refuse_…, of which only the type is asked for, and only
// when something is wrong: after a failed assertion in a function the compilers go on with its type, whereas a class
// that holds one is invalid for clang, and every use of it is one more error.

namespace leibniz {

/// The tag under which Boost.Hana sees every expression type.
struct expression_tag;

template <class T>
concept integral_constant_like = std::is_empty_v<T> && !operand<T> &&
    requires { typename std::integral_constant<long long, static_cast<long long>(T::value)>; };

template <class T>
struct as_operand;

/// The plain base of all expression types.
struct expression : formula {
  using hana_tag = expression_tag;
  /// Refuses `if (x < y)`: a condition is a formula.
  template <std::same_as<bool> T>
  constexpr operator T() const {
    static_assert(!std::same_as<T, bool>,
                  "leibniz: a formula is no truth value: select(x < y, a, b) chooses when the program runs, e1 == e2 says "
                  "whether two formulas are the same, and text(e) prints one");
    return false;
  }
  /// Whether two formulas are the same in normal form: equal over the reals wherever both are defined. It may miss
  /// an equality, it never invents one.
  template <class A, class B> requires(std::derived_from<A, expression> && std::derived_from<B, expression>)
  friend constexpr bool operator==(A a, B b) { return equivalent(a, b); }
  template <class A, class B> requires(std::derived_from<A, expression> && integral_constant_like<B>)
  friend constexpr bool operator==(A a, B) { return equivalent(a, typename as_operand<B>::type{}); }
  template <class A, class T, T V> requires std::derived_from<A, expression>
  friend constexpr bool operator==(A a, boost::hana::integral_constant<T, V>) { return a == std::integral_constant<T, V>{}; }
  template <class A, class B> requires(std::derived_from<A, expression> && std::is_arithmetic_v<B>)
  friend constexpr bool operator==(A, B) {
    static_assert(!std::is_arithmetic_v<B>,
                  "leibniz: a formula compared with a bare number: write e == 0_c to compare two formulas, equal(x, 0_c) for a "
                  "condition");
    return true;
  }
};

template <class T>
concept expression_type_of = std::derived_from<T, expression>;

/// An exact rational constant.
template <long long P, long long Q = 1>
struct num;
template <class Op, class... A>
struct apply;

/// A formula, or a number in its place, which as_operand refuses.
template <class T>
concept operand_or_number = operand<T> || std::is_arithmetic_v<T>;

template <class T>
constexpr auto refuse_operand() {
  static_assert(!std::is_arithmetic_v<T>,
                "leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>, "
                "or make it a variable");
  static_assert(std::is_arithmetic_v<T>,
                "leibniz: a value in a formula: only variables, constants and what is made of them can stand there; make it a "
                "variable<\"name\", extents...> and bind the value to that");
  return std::type_identity<num<1>>{};
}
template <class T>
struct as_operand : decltype(refuse_operand<T>()) {};
template <operand T>
struct as_operand<T> {
  using type = T;
};
template <class T>
constexpr bool fits_a_constant() {
  const auto value = static_cast<long long>(T::value);
  return (value < 0) == (T::value < 0) && value != INT64_MIN;
}
template <auto Value>
constexpr auto refuse_constant() {
  static_assert(Value != Value, "leibniz: this constant does not fit a signed 64-bit integer: write constant<p, q> with smaller numbers");
  return std::type_identity<num<1>>{};
}
template <auto Value>
struct refused_constant : decltype(refuse_constant<Value>()) {};
template <integral_constant_like T>
struct as_operand<T>
    : std::conditional_t<fits_a_constant<T>(), std::type_identity<num<static_cast<long long>(T::value)>>, refused_constant<T::value>> {};
template <class T>
using as_operand_t = typename as_operand<T>::type;

/// An element W(1_c, 2_c): its indices are types. A plain int is refused.
template <class Derived>
struct indexable : expression {
  template <class... I>
  constexpr auto operator()(I...) const {
    constexpr bool are_types = (requires { I::value; } && ...);
    static_assert(are_types,
                  "leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)");
    if constexpr (are_types) return make<ops::element_<static_cast<long long>(I::value)...>>(Derived{});
    else return num<0 * sizeof...(I)>{};
  }
};

// Braces that are no list, or no list of lists, of numbers of one type.
struct some_braces {
  template <class T> requires std::is_arithmetic_v<T>
  constexpr some_braces(T) {}
  constexpr some_braces(std::initializer_list<some_braces>) {}
};

/// An unknown with a name and extents; see `variable`.
template <fixed_string Name, std::size_t... N>
struct var final : indexable<var<Name, N...>> {
  static constexpr auto name = Name;
  static constexpr leibniz::shape extents = make_shape(N...);
  /// Binds a value to the variable, for `evaluate` and functions called by name.
  template <class Value>
  [[nodiscard]] constexpr binding<var, Value> operator=(Value&& value) const { return {static_cast<Value&&>(value)}; }
  /// u = {1.0, 2.0} and W = {{1.0, 2.0}, {3.0, 4.0}}: the binding holds the values.
  template <class T, std::size_t Size> requires std::is_arithmetic_v<T>
  [[nodiscard]] constexpr binding<var, tensor<T, Size>> operator=(T (&&values)[Size]) const {
    binding<var, tensor<T, Size>> held{};
    for (std::size_t i = 0; i < Size; ++i) held.value[i] = values[i];
    return held;
  }
  template <class T, std::size_t Rows, std::size_t Columns> requires std::is_arithmetic_v<T>
  [[nodiscard]] constexpr binding<var, tensor<T, Rows, Columns>> operator=(T (&&values)[Rows][Columns]) const {
    binding<var, tensor<T, Rows, Columns>> held{};
    for (std::size_t i = 0; i < Rows * Columns; ++i) held.value[i] = values[i / Columns][i % Columns];
    return held;
  }
  template <class Braces = some_braces>
  [[nodiscard]] constexpr binding<var, tensor<double, N...>> operator=(std::type_identity_t<Braces>) const {
    static_assert(!std::is_same_v<Braces, some_braces>,
                  "leibniz: braces that are no list of numbers of one type: write u = {1.0, 2.0}, W = {{1.0, 2.0}, {3.0, 4.0}}, "
                  "or bind a tensor of the extents of the variable");
    return {};
  }
};

template <fixed_string Name, std::size_t... N>
constexpr auto refuse_extents() {
  static_assert(sizeof...(N) <= max_rank, "leibniz: a variable has at most four axes");
  static_assert(sizeof...(N) > max_rank || ((N > 0) && ...), "leibniz: every extent of a variable must be at least 1");
  return std::type_identity<var<Name>>{};
}
template <fixed_string Name, std::size_t... N>
struct refused_variable : decltype(refuse_extents<Name, N...>()) {};
template <fixed_string Name, std::size_t... N>
using checked_variable =
    typename std::conditional_t<sizeof...(N) <= max_rank && ((N > 0) && ...), std::type_identity<var<Name, N...>>,
                                refused_variable<Name, N...>>::type;

/// `variable<"w">` is a scalar, `variable<"x", 784>` a column vector, `variable<"W", 30, 784>` a matrix.
template <fixed_string Name, std::size_t... N>
inline constexpr checked_variable<Name, N...> variable{};

// Of an integer, so that it can be an index.
template <long long P, long long Q>
struct value_of_number {};
template <long long P>
struct value_of_number<P, 1> {
  static constexpr long long value = P;
};

template <long long P, long long Q>
struct num final : indexable<num<P, Q>>, value_of_number<P, Q> {
  static constexpr leibniz::shape extents{};
  constexpr num<-P, Q> operator-() const { return {}; }
};

template <long long P, long long Q>
constexpr auto refuse_fraction() {
  static_assert(make_rational(P, Q).valid(),
                "leibniz: constant<p, q> takes a q other than 0, and a p and q whose sign can be changed in 64 bits: the least "
                "64-bit integer is none");
  return std::type_identity<num<1>>{};
}
template <long long P, long long Q>
struct refused_fraction : decltype(refuse_fraction<P, Q>()) {};
template <long long P, long long Q>
using checked_fraction = typename std::conditional_t<make_rational(P, Q).valid(),
                                                     std::type_identity<num<make_rational(P, Q).numerator, make_rational(P, Q).denominator>>,
                                                     refused_fraction<P, Q>>::type;
/// p/q, exact.
template <long long P, long long Q = 1>
inline constexpr checked_fraction<P, Q> constant{};

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

template <class Op, class... A>
constexpr bool shapes_fit() {
  if constexpr (sizeof...(A) != Op::arity) return false;
  else if constexpr (std::is_same_v<Op, ops::div_>) return (A::extents.is_scalar() || ...);
  else return Op::result(A::extents...).rank >= 0;
}
template <class Op, class... A>
constexpr auto refuse_shapes() {
  if constexpr (sizeof...(A) == Op::arity) {  // else `make` has a message
    constexpr bool quotient = std::is_same_v<Op, ops::div_>, product = std::is_same_v<Op, ops::matmul_>;
    constexpr bool vectors = product && ((A::extents.rank == 1) && ...);
    static_assert(!vectors, "leibniz: vector * vector is ambiguous: write dot(a, b), outer(a, b) or hadamard(a, b)");
    static_assert(!product || vectors,
                  "leibniz: a matrix product of shapes that do not fit: the left factor needs as many columns as the right "
                  "factor has rows; see the shapes in the types of this message");
    static_assert(!quotient,
                  "leibniz: a quotient of two tensors is ambiguous: write hadamard(a, reciprocal(b)) for the elementwise one");
    static_assert(quotient || !Op::is_elementwise,
                  "leibniz: an elementwise operation on two different shapes: make the shapes equal, or one operand a scalar");
    static_assert(product || Op::is_elementwise,
                  "leibniz: these shapes do not fit this operation: see the shapes of its operands in the types of this message");
  }
  return std::type_identity<num<0>>{};
}
template <class Op, class... A>
struct refused_shapes : decltype(refuse_shapes<Op, A...>()) {};

// The type that a row makes, and a product, after the check of the shapes; what as_operand refused has none.
template <class Op, class... A>
struct expression_type
    : std::conditional_t<shapes_fit<Op, as_operand_t<A>...>(), std::type_identity<apply<Op, as_operand_t<A>...>>,
                         std::conditional_t<((operand<A> || integral_constant_like<A>) && ...), refused_shapes<Op, as_operand_t<A>...>,
                                            std::type_identity<num<0>>>> {};
template <class A, class B>
struct product_type
    : expression_type<std::conditional_t<as_operand_t<A>::extents.is_scalar() || as_operand_t<B>::extents.is_scalar(), ops::mul_,
                                         ops::matmul_>,
                      A, B> {};

/// A number where a function has no other operand. It is a worse match than any function of numbers.
struct bare_number {
  template <class T> requires std::is_arithmetic_v<T>
  constexpr bare_number(T) { refuse_operand<T>(); }
};
constexpr num<1> transpose(bare_number) { return {}; }
constexpr num<1> sum(bare_number) { return {}; }
constexpr num<1> prod(bare_number) { return {}; }
constexpr num<1> mean(bare_number) { return {}; }
constexpr num<1> squared_norm(bare_number) { return {}; }
constexpr num<1> norm(bare_number) { return {}; }
constexpr num<1> flatten(bare_number) { return {}; }
constexpr num<1> logsumexp(bare_number) { return {}; }
constexpr num<1> softmax(bare_number) { return {}; }
constexpr num<1> log_softmax(bare_number) { return {}; }
constexpr num<1> max(bare_number) { return {}; }
constexpr num<1> abs(bare_number) { return {}; }
constexpr num<1> sign(bare_number) { return {}; }
constexpr num<1> sqrt(bare_number) { return {}; }
constexpr num<1> cbrt(bare_number) { return {}; }
constexpr num<1> square(bare_number) { return {}; }
constexpr num<1> cube(bare_number) { return {}; }
constexpr num<1> reciprocal(bare_number) { return {}; }
constexpr num<1> exp(bare_number) { return {}; }
constexpr num<1> exp2(bare_number) { return {}; }
constexpr num<1> expm1(bare_number) { return {}; }
constexpr num<1> log(bare_number) { return {}; }
constexpr num<1> log2(bare_number) { return {}; }
constexpr num<1> log10(bare_number) { return {}; }
constexpr num<1> log1p(bare_number) { return {}; }
constexpr num<1> sin(bare_number) { return {}; }
constexpr num<1> cos(bare_number) { return {}; }
constexpr num<1> tan(bare_number) { return {}; }
constexpr num<1> asin(bare_number) { return {}; }
constexpr num<1> acos(bare_number) { return {}; }
constexpr num<1> atan(bare_number) { return {}; }
constexpr num<1> sinh(bare_number) { return {}; }
constexpr num<1> cosh(bare_number) { return {}; }
constexpr num<1> tanh(bare_number) { return {}; }
constexpr num<1> asinh(bare_number) { return {}; }
constexpr num<1> acosh(bare_number) { return {}; }
constexpr num<1> atanh(bare_number) { return {}; }
constexpr num<1> erf(bare_number) { return {}; }
constexpr num<1> erfc(bare_number) { return {}; }
constexpr num<1> sigmoid(bare_number) { return {}; }
constexpr num<1> relu(bare_number) { return {}; }
constexpr num<1> leaky_relu(bare_number) { return {}; }
constexpr num<1> elu(bare_number) { return {}; }
constexpr num<1> softplus(bare_number) { return {}; }
constexpr num<1> gelu(bare_number) { return {}; }
constexpr num<1> silu(bare_number) { return {}; }

}  // namespace leibniz
