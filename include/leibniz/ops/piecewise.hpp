#pragma once
#include <leibniz/core/math.hpp>
#include <leibniz/ops/operation.hpp>

// Functions with kinks. At a kink the slope is chosen: 0 for abs and relu, the first operand's for a tie of min or max.

namespace leibniz {
namespace ops {

struct abs_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "abs";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\left|#\\right|";
  template <class T>
  static constexpr T value(T x) { return math::abs(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return sign(x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (const rational c = x.number(); c.valid()) return c.negative() ? -x : x;
    if (x.template is<abs_>()) return x;
    if (const rational c = x.coefficient(); !c.is(1)) return abs(x.without_coefficient()).scaled(c.negative() ? -c : c);
    if (x.is_power(2)) return x;
    return E::nothing();
  }
};

/// -1, 0 or 1; 0 at 0. Its derivative is 0.
struct sign_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "sign";
  static constexpr const char* latex = "\\operatorname{sign}";
  template <class T>
  static constexpr T value(T x) { return math::choose(x > T(0), T(1), math::choose(x < T(0), T(-1), x)); }
  template <class E>
  static constexpr E derivative(E x, E) { return x.number(0); }
  template <class E>
  static constexpr E simplify(E x) {
    if (const rational c = x.number(); c.valid()) return x.number(rational{c.negative() ? -1 : c.is(0) ? 0 : 1, 1});
    if (const rational c = x.coefficient(); !c.is(1))
      return sign(x.without_coefficient()).scaled({c.negative() ? -1 : 1, 1});
    return E::nothing();
  }
};

/// Conditions are 1 where they hold and 0 where they do not.
struct less_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "less";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "<";
  static constexpr const char* infix = "<";
  static constexpr notation style = notation::relation;
  template <class T>
  static constexpr T value(T a, T b) { return math::choose(a < b, T(1), T(0)); }
  template <int Which, class E>
  static constexpr E derivative(E a, E, E) { return a.number(0); }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a.number().valid() && b.number().valid()) return a.number(less(a.number(), b.number()) ? 1 : 0);
    return E::nothing();
  }
};
struct less_equal_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "less_equal";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\le";
  static constexpr const char* infix = "<=";
  static constexpr notation style = notation::relation;
  template <class T>
  static constexpr T value(T a, T b) { return math::choose(a <= b, T(1), T(0)); }
  template <int Which, class E>
  static constexpr E derivative(E a, E, E) { return a.number(0); }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a.number().valid() && b.number().valid()) return a.number(less(b.number(), a.number()) ? 0 : 1);
    return E::nothing();
  }
};
struct equal_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "equal";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "=";
  static constexpr bool commutative = true;
  static constexpr notation style = notation::relation;
  template <class T>
  static constexpr T value(T a, T b) { return math::choose(a == b, T(1), T(0)); }
  template <int Which, class E>
  static constexpr E derivative(E a, E, E) { return a.number(0); }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a.number().valid() && b.number().valid()) return a.number(a.number() == b.number() ? 1 : 0);
    return E::nothing();
  }
};

/// select(condition, a, b): a where the condition holds, b elsewhere. Only the chosen side is differentiated: the
/// adjoint is selected, never multiplied by 0, so that a NaN of the other side cannot leak.
struct select_ : elementwise<3> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "select";
  static constexpr const char* latex = "\\begin{cases}#2 & \\text{if } #1 \\\\ #3 & \\text{otherwise}\\end{cases}";
  template <class T>
  static constexpr T value(T condition, T a, T b) { return math::choose(condition != T(0), a, b); }
  template <int Which, class E>
  static constexpr E derivative(E condition, E, E) {
    if constexpr (Which == 0) return condition.number(0);
    else if constexpr (Which == 1) return select(condition, condition.number(1), condition.number(0));
    else return select(condition, condition.number(0), condition.number(1));
  }
  template <class E>
  static constexpr E simplify(E condition, E a, E b) {
    if (const rational c = condition.number(); c.valid())
      return (c.is(0) ? b : a);
    if (a == b) return a;
    if (condition == a && b.is_number(0)) return a;
    if (a.template is<select_>() && a.arg(0) == condition) return select(condition, a.arg(1), b);
    if (b.template is<select_>() && b.arg(0) == condition) return select(condition, a, b.arg(2));
    if (b.is_number(0)) return scalar_condition_first(condition, a, true);
    if (a.is_number(0)) return scalar_condition_first(condition, b, false);
    return E::nothing();
  }
  // Of two masks, one inside the other, that with one condition for all elements goes outside: sums let it pass.
  template <class E>
  static constexpr E scalar_condition_first(E condition, E side, bool first) {
    const E inner = side.without_coefficient(), zero = condition.number(0);
    if (condition.extents().is_scalar() || !inner.is_mask() || !inner.arg(0).extents().is_scalar()) return E::nothing();
    const bool inner_first = inner.arg(2).is_number(0);
    const E chosen = inner.arg(inner_first ? 1 : 2).scaled(side.coefficient());
    const E rest = first ? select(condition, chosen, zero) : select(condition, zero, chosen);
    return inner_first ? select(inner.arg(0), rest, zero) : select(inner.arg(0), zero, rest);
  }
  template <class E>
  static constexpr note noted(E x, note) {
    const note a = x.arg(1).note(), b = x.arg(2).note();
    return {a.total && b.total, x.is_mask() || a.choosy || b.choosy, a.from_zero && b.from_zero, a.above_zero && b.above_zero};
  }
  /// The condition itself where it is 1 for what was chosen.
  template <class E>
  static constexpr E counted(E x, E (*chosen)(E)) {
    const E condition = x.arg(0), a = chosen(x.arg(1)), b = chosen(x.arg(2));
    return condition.is_relation() && a.is_number(1) && b.is_number(0) ? condition : select(condition, a, b);
  }
};

struct min_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "min";
  static constexpr const char* latex = "\\min";
  static constexpr bool commutative = false;  // a tie belongs to the first operand
  template <class T>
  static constexpr T value(T a, T b) { return math::choose(a <= b || math::isnan(a), a, b); }
  template <int Which, class E>
  static constexpr E derivative(E a, E b, E) {
    const E first = a <= b;
    return Which == 0 ? select(first, a.number(1), a.number(0)) : select(first, a.number(0), a.number(1));
  }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a == b) return a;
    if (a.number().valid() && b.number().valid()) return (less(b.number(), a.number()) ? b : a);
    return E::nothing();
  }
};
struct max_ : elementwise<2> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "max";
  static constexpr const char* latex = "\\max";
  static constexpr bool commutative = false;
  template <class T>
  static constexpr T value(T a, T b) { return math::choose(a >= b || math::isnan(a), a, b); }
  template <int Which, class E>
  static constexpr E derivative(E a, E b, E) {
    const E first = b <= a;
    return Which == 0 ? select(first, a.number(1), a.number(0)) : select(first, a.number(0), a.number(1));
  }
  template <class E>
  static constexpr E simplify(E a, E b) {
    if (a == b) return a;
    if (a.number().valid() && b.number().valid()) return (less(a.number(), b.number()) ? b : a);
    return E::nothing();
  }
};

/// clamp(x, low, high) is min(max(x, low), high).
struct clamp_ : elementwise<3> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "clamp";
  template <class E>
  static constexpr E expand(E x, E low, E high) { return min(max(x, low), high); }
};

}  // namespace ops

/// |x|, with slope 0 at 0.
template <class... A> requires operands<A...>
constexpr made<ops::abs_, A...> abs(A... x) { return make<ops::abs_>(x...); }
/// -1, 0 or 1.
template <class... A> requires operands<A...>
constexpr made<ops::sign_, A...> sign(A... x) { return make<ops::sign_>(x...); }
/// 1 where a = b, else 0; `a == b` compares formulas.
template <class... A> requires operands<A...>
constexpr made<ops::equal_, A...> equal(A... x) { return make<ops::equal_>(x...); }
/// select(condition, a, b): a where the condition is not 0, b elsewhere.
template <class... A> requires operands<A...>
constexpr made<ops::select_, A...> select(A... x) { return make<ops::select_>(x...); }
/// The smaller of two; a tie has the slope of the first.
template <class A, class B> requires operands<A, B>
constexpr made<ops::min_, A, B> min(A a, B b) { return make<ops::min_>(a, b); }
/// The larger of two; a tie has the slope of the first.
template <class A, class B> requires operands<A, B>
constexpr made<ops::max_, A, B> max(A a, B b) { return make<ops::max_>(a, b); }
/// clamp(x, low, high): x limited to [low, high]; at the limits the slope is that of x.
template <class... A> requires operands<A...>
constexpr made<ops::clamp_, A...> clamp(A... x) { return make<ops::clamp_>(x...); }

}  // namespace leibniz
