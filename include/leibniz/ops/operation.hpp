#pragma once
#include <concepts>
#include <type_traits>

#include <boost/hana/fwd/integral_constant.hpp>

#include <leibniz/core/rational.hpp>
#include <leibniz/core/shape.hpp>

// What a row is. Every operation is a struct in `leibniz::ops` and one function template in `leibniz`; the struct says
//
//   name, latex           how it is printed
//   value(T...)           its value, for one element, at run time and in constant evaluation
//   derivative(x, f)      ∂f/∂x as a formula of the operand and of the result; rows of several operands have
//                         derivative<Which>(a, b, f)
//   simplify(x...)        optional: an equal, better formula, or E::nothing()
//   domain                where the tests try it
//   noted(x, own)         optional: what is known of x, the result, from its operands; own is what the row says without them
//   counted(x, chosen)    optional: how many of the terms of x were chosen, if chosen(operand) says it of an operand
//
// or, for an operation that is made of others,
//
//   expand(x...)          the formula that it stands for, in other operations
//
// E is a graph handle: rows are written as mathematics and run while the program compiles.

namespace leibniz {

class handle;

/// Names a row where a function argument has to carry it.
template <class Op>
struct operation {};

struct formula;
template <class T>
concept operand = std::derived_from<T, formula>;

/// At least one of the arguments is a formula: the others may then be numbers, which are refused with a message.
template <class... A>
concept operands = (operand<A> || ...);

/// The type that a row makes of expression types, and that a product makes of them: expr says which.
template <class Op, class... A>
struct expression_type;
template <class A, class B>
struct product_type;

// No type at all: overload resolution may look at the result before the constraints.
struct no_formula {};

/// What a row makes of formulas: a node of handles, an expression type of expression types.
template <class Op, class... A>
using made = typename std::conditional_t<(std::same_as<A, handle> || ...), std::type_identity<handle>,
                                         std::conditional_t<operands<A...>, expression_type<Op, A...>, no_formula>>::type;
/// The product: elementwise on handles, of scalars and matrices on expression types.
template <class A, class B>
using product = typename std::conditional_t<std::same_as<A, handle> || std::same_as<B, handle>,
                                            std::type_identity<handle>,
                                            std::conditional_t<operands<A, B>, product_type<A, B>, no_formula>>::type;

/// Applies a row to formulas: an expression type from expression types, a graph node from handles.
template <class Op, class... A>
constexpr made<Op, A...> make(A... a) {
  static_assert(sizeof...(A) == Op::arity, "leibniz: this operation takes another number of operands");
  if constexpr ((std::same_as<A, handle> || ...))
    return construct(operation<Op>{}, a...);
  else
    return {};
}

namespace ops {
struct add_;
struct sub_;
struct mul_;
struct div_;
struct neg_;
struct less_;
struct less_equal_;
}  // namespace ops

template <class A, class B>
constexpr product<A, B> make_product(A a, B b) {
  if constexpr (std::same_as<A, handle> || std::same_as<B, handle>) return make<ops::mul_>(a, b);
  else return {};
}

/// The base of everything that a formula can be made of. Its hidden friends are the operators; what a product is
/// (elementwise or of matrices) `multiply` decides by the operands.
struct formula {
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::add_, A, B> operator+(A a, B b) { return make<ops::add_>(a, b); }
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::sub_, A, B> operator-(A a, B b) { return make<ops::sub_>(a, b); }
  template <class A, class B> requires operands<A, B>
  friend constexpr product<A, B> operator*(A a, B b) { return make_product(a, b); }
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::div_, A, B> operator/(A a, B b) { return make<ops::div_>(a, b); }
  template <operand A>
  friend constexpr made<ops::neg_, A> operator-(A a) { return make<ops::neg_>(a); }
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::less_, A, B> operator<(A a, B b) { return make<ops::less_>(a, b); }
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::less_, B, A> operator>(A a, B b) { return make<ops::less_>(b, a); }
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::less_equal_, A, B> operator<=(A a, B b) { return make<ops::less_equal_>(a, b); }
  template <class A, class B> requires operands<A, B>
  friend constexpr made<ops::less_equal_, B, A> operator>=(A a, B b) { return make<ops::less_equal_>(b, a); }

  // Hana's integral constants have operators of their own, for whatever stands beside them; these are more special.
  template <operand A, class T, T V>
  friend constexpr auto operator+(A a, boost::hana::integral_constant<T, V>) { return a + std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator+(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} + b; }
  template <operand A, class T, T V>
  friend constexpr auto operator-(A a, boost::hana::integral_constant<T, V>) { return a - std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator-(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} - b; }
  template <operand A, class T, T V>
  friend constexpr auto operator*(A a, boost::hana::integral_constant<T, V>) { return a * std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator*(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} * b; }
  template <operand A, class T, T V>
  friend constexpr auto operator/(A a, boost::hana::integral_constant<T, V>) { return a / std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator/(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} / b; }
  template <operand A, class T, T V>
  friend constexpr auto operator<(A a, boost::hana::integral_constant<T, V>) { return a < std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator<(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} < b; }
  template <operand A, class T, T V>
  friend constexpr auto operator>(A a, boost::hana::integral_constant<T, V>) { return a > std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator>(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} > b; }
  template <operand A, class T, T V>
  friend constexpr auto operator<=(A a, boost::hana::integral_constant<T, V>) { return a <= std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator<=(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} <= b; }
  template <operand A, class T, T V>
  friend constexpr auto operator>=(A a, boost::hana::integral_constant<T, V>) { return a >= std::integral_constant<T, V>{}; }
  template <class T, T V, operand B>
  friend constexpr auto operator>=(boost::hana::integral_constant<T, V>, B b) { return std::integral_constant<T, V>{} >= b; }
};

namespace ops {

/// Where a row is tested, and how its operands must lie for it to be defined.
struct interval {
  double low = -3;
  double high = 3;
};

/// What is known of all elements of a formula, whatever its variables are. A row that says nothing is `total` where it is defined
/// everywhere, and has none of the rest.
struct note {
  bool total = false;       // a number wherever the variables are numbers: neither infinite nor undefined, and no overflow nearby
  bool choosy = false;      // has elements that are 0 by choice, not by their value
  bool from_zero = false;   // nowhere negative
  bool above_zero = false;  // nor near 0

  /// Of elements that were moved, with zeros around them.
  constexpr note among_zeros() const { return {total, true, from_zero, false}; }
};
/// What is known of the product, element by element or contracted, of two formulas or of one with itself.
constexpr note note_of_product(note own, const note& a, const note& b, bool is_square) {
  own.choosy = a.choosy || b.choosy;
  own.from_zero = (a.from_zero && b.from_zero) || is_square;
  own.above_zero = a.above_zero && b.above_zero;
  return own;
}

/// How the printers set an operation. A row's `latex` may be a template: # is the next operand, #2 the second one.
/// A relation that `text` writes between its operands has a row with `infix`.
enum class notation { call, sum, product, quotient, power, relation, postfix };

/// Rows that work element by element; scalar operands are broadcast.
template <int Arity>
struct elementwise {
  static constexpr int arity = Arity;
  static constexpr bool is_elementwise = true;
  static constexpr bool commutative = false;
  static constexpr notation style = notation::call;
  static constexpr interval domain{};
  static constexpr int cost = 1;
  static constexpr bool in_lanes = false;  // whether `value` is written for lanes too; else they are computed one by one
  /// The common shape, rank -1 if there is none.
  template <class... S>
  static constexpr shape result(const S&... s) {
    shape common;
    bool fits = true;
    ((s.is_scalar() ? void() : common.is_scalar() ? void(common = s) : void(fits = fits && common == s)), ...);
    if (!fits) common.rank = -1;
    return common;
  }
};

template <class Op>
concept composite = requires { Op::is_composite; };

}  // namespace ops
}  // namespace leibniz
