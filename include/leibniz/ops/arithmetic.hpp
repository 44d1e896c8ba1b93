#pragma once
#include <leibniz/core/math.hpp>
#include <leibniz/ops/collect.hpp>
#include <leibniz/ops/symbol.hpp>

namespace leibniz {
namespace ops {

struct abs_;
struct exp_;

struct add_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "add";
  static constexpr const char* latex = "+";
  static constexpr bool commutative = true;
  static constexpr notation style = notation::sum;
  template <class T>
  static constexpr T value(T a, T b) { return math::add(a, b); }
  template <int Which, class E>
  static constexpr E derivative(E a, E, E) { return a.number(1); }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a.is_number(0)) return b;
    if (b.is_number(0)) return a;
    return merge_chain<add_>(a, b);
  }
  template <class E>
  static constexpr E join(E a, E b) { return a + b; }
  template <class E>
  static constexpr E merge(E chain, E term) { return merge_term<add_>(chain, term); }
  template <class E>
  static constexpr note noted(E x, note own) {
    const note a = x.arg(0).note(), b = x.arg(1).note();
    own.choosy = a.choosy && b.choosy;
    own.from_zero = a.from_zero && b.from_zero;
    own.above_zero = own.from_zero && (a.above_zero || b.above_zero);
    return own;
  }
  template <class E>
  static constexpr E counted(E x, E (*chosen)(E)) { return chosen(x.arg(0)) + chosen(x.arg(1)); }
};

struct mul_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "hadamard";
  static constexpr const char* latex = "\\odot";
  static constexpr bool commutative = true;
  static constexpr notation style = notation::product;
  template <class T>
  static constexpr T value(T a, T b) { return math::multiply(a, b); }
  template <int Which, class E>
  static constexpr E derivative(E a, E b, E) { return Which == 0 ? b : a; }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a.number().valid()) return b.scaled(a.number());
    if (b.number().valid()) return a.scaled(b.number());
    if (E masked = a.masked_product(b); masked.valid()) return masked;
    const rational c = a.coefficient() * b.coefficient();
    if (c.valid() && !(a.coefficient().is(1) && b.coefficient().is(1))) return (a.without_coefficient() * b.without_coefficient()).scaled(c);
    if (E unit = b.unit_quotient_divisor(); unit.valid()) return (a / unit).scaled(b.arg(0).number());
    if (E unit = a.unit_quotient_divisor(); unit.valid()) return (b / unit).scaled(a.arg(0).number());
    if (b.is_quotient_by(a)) return b.arg(0);
    if (a.is_quotient_by(b)) return a.arg(0);
    if (a.template is<div_>() && b.template is<div_>()) {  // u/v * v/w
      if (a.arg(1) == b.arg(0)) return a.arg(0) / b.arg(1);
      if (b.arg(1) == a.arg(0)) return b.arg(0) / a.arg(1);
    }
    return merge_chain<mul_>(a, b);
  }
  template <class E>
  static constexpr E join(E a, E b) { return a * b; }
  template <class E>
  static constexpr E merge(E chain, E factor) { return merge_factor<mul_>(chain, factor); }
  template <class E>
  static constexpr note noted(E x, note own) { return note_of_product(own, x.arg(0).note(), x.arg(1).note(), x.arg(0) == x.arg(1)); }
  template <class E>
  static constexpr E counted(E x, E (*chosen)(E)) { return chosen(x.arg(0)) * chosen(x.arg(1)); }
};

struct sqrt_;

/// The quotient stays a quotient, also in its derivatives: 1/(y*y) overflows where x/y/y does not.
struct div_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "divide";
  static constexpr bool total = false;
  static constexpr const char* latex = "\\frac";
  static constexpr notation style = notation::quotient;
  template <class T>
  static constexpr T value(T a, T b) { return math::divide(a, b); }
  template <int Which, class E>
  static constexpr E derivative(E, E b, E f) {
    if constexpr (Which == 0) return 1 / b;
    else return -(f / b);
  }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (b.number().valid() && !b.is_number(0)) return a.scaled(reciprocal(b.number()));
    if (a.is_number(0)) return a;
    if (a == b) return a.number(1);
    if (E masked = a.masked_quotient(b); masked.valid()) return masked;
    const rational c = a.number().valid() ? reciprocal(b.coefficient()) : a.coefficient() * reciprocal(b.coefficient());
    if (c.valid() && !c.is(1)) {
      const E numerator = a.number().valid() ? a : a.without_coefficient();
      return (numerator / b.without_coefficient()).scaled(c);
    }
    if (a.is_number(1) && b.template is<div_>()) return b.arg(1) / b.arg(0);
    if (b.template is<sqrt_>() && a.is_quotient_by(b)) return a.arg(0) / b.arg(0);
    if (const E u = b.without_unit_term(); u.valid() && u.template is<exp_>()) {
      if (a == u) return sigmoid(u.arg(0));
      if (a.number().valid()) return sigmoid(-u.arg(0)).scaled(a.number());
    }
    if (a.template is<exp_>() && b.is_total() && b.arg(0) == a) return softmax(a.arg(0), 0);
    return cancel_factor(a, b);
  }
  // What a product in the divisor has in common with the numerator.
  template <class E>
  static constexpr E cancel_factor(E a, E b, int depth = collection_depth) {
    if (depth == 0 || !b.template is<mul_>()) return cancel(a, b);
    if (E left = cancel_factor(a, b.arg(0), depth - 1); left.valid()) return left / b.arg(1);
    if (E right = cancel_factor(a, b.arg(1), depth - 1); right.valid()) return right / b.arg(0);
    return E::nothing();
  }
  // x^p / x^q inside the numerator's product or quotient.
  template <class E>
  static constexpr E cancel(E a, E b, int depth = collection_depth) {
    if (a.power_base() == b.power_base()) {
      const rational q = a.power_exponent() - b.power_exponent();
      return q.valid() ? a.power_base().raised(q) : E::nothing();
    }
    if (depth == 0) return E::nothing();
    if (a.template is<div_>()) {
      const E rest = cancel(a.arg(0), b, depth - 1);
      return rest.valid() ? rest / a.arg(1) : rest;
    }
    if (!a.template is<mul_>()) return E::nothing();
    if (E left = cancel(a.arg(0), b, depth - 1); left.valid()) return left * a.arg(1);
    if (E right = cancel(a.arg(1), b, depth - 1); right.valid()) return a.arg(0) * right;
    return E::nothing();
  }
  template <class E>
  static constexpr note noted(E x, note) {
    const note a = x.arg(0).note(), b = x.arg(1).note();
    return {.total = a.total && b.total && b.above_zero, .choosy = a.choosy, .from_zero = a.from_zero && b.from_zero};
  }
  template <class E>
  static constexpr E counted(E x, E (*chosen)(E)) { return chosen(x.arg(0)); }
};

struct sqrt_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "sqrt";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\sqrt{#}";
  static constexpr interval domain{0.1, 9};
  template <class T>
  static constexpr T value(T x) { return math::sqrt(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return 1 / (2 * f); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_power(2)) return abs(x.power_base());
    if (const rational c = x.number(); c.valid() && !c.negative())
      if (const rational root = exact_root(c); root.valid()) return x.number(root);
    return E::nothing();
  }
  static constexpr rational exact_root(rational c) {
    const std::int64_t n = integer_root(c.numerator), d = integer_root(c.denominator);
    return n >= 0 && d > 0 ? rational{n, d} : rational::overflow();
  }
  template <class E>
  static constexpr note noted(E x, note own) {
    const note a = x.arg(0).note();
    own.total = a.total && a.from_zero;
    own.above_zero = a.above_zero;
    return own;
  }
  static constexpr std::int64_t integer_root(std::int64_t n) {
    std::int64_t low = 0, high = 3037000499;
    while (low < high) {
      const std::int64_t middle = low + (high - low + 1) / 2;
      if (middle * middle <= n) low = middle;
      else high = middle - 1;
    }
    return low * low == n ? low : -1;
  }
};

struct cbrt_ : elementwise<1> {
  static constexpr const char* name = "cbrt";
  static constexpr const char* latex = "\\sqrt[3]{#}";
  static constexpr interval domain{0.1, 9};
  template <class T>
  static constexpr T value(T x) { return math::cbrt(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return 1 / (3 * square(f)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.negative()) return -cbrt(-x);
    if (x.is_number(0) || x.is_number(1)) return x;
    if (x.is_power(3)) return x.power_base();
    return E::nothing();
  }
};

/// x to the power y. A constant exponent is part of the formula: integers are products, and x**2 has slope 0 at 0.
struct pow_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "pow";
  static constexpr const char* latex = "^";
  static constexpr notation style = notation::power;
  static constexpr interval domain{0.2, 3};
  template <class T>
  static constexpr T value(T x, T y) { return math::pow(x, y); }
  template <int Which, class E>
  static constexpr E derivative(E x, E y, E f) {
    if constexpr (Which == 0) {
      if (y.number().valid()) return y * pow(x, y - 1);
      return select(equal(abs(x) + abs(y), y.number(0)), y.number(0), y * pow(x, y - 1));  // 0/0 at the origin only
    } else {
      return select(equal(x, x.number(0)), f.number(0), f * log(x));
    }
  }
  template <class E>
  static constexpr E simplify(E x, E y) {
    if (x.template is<symbol_>() && x.data() == symbol_::e) return exp(y);
    if (x.is_number(1)) return x;
    const rational q = y.number();
    if (!q.valid()) return E::nothing();
    if (q.is(0)) return x.number(1);
    if (q.is(1)) return x;
    if (q.is(1, 2)) return sqrt(x);
    if (q.is(-1)) return 1 / x;
    if (!q.is_integer()) return E::nothing();
    if (x.number().valid() && !(x.is_number(0) && q.negative()))
      if (const rational folded = power(x.number(), q.numerator); folded.valid())
        return x.number(folded);
    if (const rational c = x.coefficient(); !c.is(1) && !x.is_number(0))
      if (const rational folded = power(c, q.numerator); folded.valid())
        return pow(x.without_coefficient(), y).scaled(folded);
    if (x.template is<abs_>() && q.numerator % 2 == 0) return pow(x.arg(0), y);
    if (const rational inner = x.power_exponent(); !inner.is(1) && (inner * q).valid())
      return x.power_base().raised(inner * q);
    return E::nothing();
  }
  template <class E>
  static constexpr note noted(E x, note own) {
    const note a = x.arg(0).note();
    const rational q = x.arg(1).number();
    if (!q.valid()) return own;
    const bool whole = q.is_integer();
    own.total = a.total && (q.negative() ? a.above_zero : whole || a.from_zero);
    own.from_zero = a.from_zero || !whole || q.numerator % 2 == 0;
    return own;
  }
};

struct hypot_ : elementwise<2> {
  static constexpr const char* name = "hypot";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\operatorname{hypot}";
  static constexpr bool commutative = true;
  template <class T>
  static constexpr T value(T a, T b) { return math::hypot(a, b); }
  /// Slope 0 at the origin, the least of the subgradients.
  template <int Which, class E>
  static constexpr E derivative(E a, E b, E f) {
    return select(equal(f, f.number(0)), f.number(0), (Which == 0 ? a : b) / f);
  }
  template <class E>
  static constexpr note noted(E x, note own) {
    own.above_zero = x.arg(0).note().above_zero || x.arg(1).note().above_zero;
    return own;
  }
};

struct neg_ : elementwise<1> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "negative";
  template <class E>
  static constexpr E expand(E x) { return x.scaled({-1, 1}); }
};
struct sub_ : elementwise<2> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "subtract";
  template <class E>
  static constexpr E expand(E a, E b) { return a + b.scaled({-1, 1}); }
};
struct square_ : elementwise<1> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "square";
  template <class E>
  static constexpr E expand(E x) { return x.raised({2, 1}); }
};
struct cube_ : elementwise<1> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "cube";
  template <class E>
  static constexpr E expand(E x) { return x.raised({3, 1}); }
};
struct reciprocal_ : elementwise<1> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "reciprocal";
  static constexpr interval domain{0.2, 4};
  template <class E>
  static constexpr E expand(E x) { return 1 / x; }
};

}  // namespace ops

/// √x. Its slope at 0 is +∞, and √(x²) is |x|.
template <class... A> requires operands<A...>
constexpr made<ops::sqrt_, A...> sqrt(A... x) { return make<ops::sqrt_>(x...); }
/// The real cube root, also of negative numbers.
template <class... A> requires operands<A...>
constexpr made<ops::cbrt_, A...> cbrt(A... x) { return make<ops::cbrt_>(x...); }
/// pow(x, y): x to the power y; NaN for negative x unless y is an integer.
template <class... A> requires operands<A...>
constexpr made<ops::pow_, A...> pow(A... x) { return make<ops::pow_>(x...); }
/// hypot(a, b): √(a² + b²) without overflow.
template <class... A> requires operands<A...>
constexpr made<ops::hypot_, A...> hypot(A... x) { return make<ops::hypot_>(x...); }
/// x².
template <class... A> requires operands<A...>
constexpr made<ops::square_, A...> square(A... x) { return make<ops::square_>(x...); }
/// x³.
template <class... A> requires operands<A...>
constexpr made<ops::cube_, A...> cube(A... x) { return make<ops::cube_>(x...); }
/// 1/x, element by element.
template <class... A> requires operands<A...>
constexpr made<ops::reciprocal_, A...> reciprocal(A... x) { return make<ops::reciprocal_>(x...); }
/// a ⊙ b: the product element by element.
template <class... A> requires operands<A...>
constexpr made<ops::mul_, A...> hadamard(A... x) { return make<ops::mul_>(x...); }

}  // namespace leibniz
