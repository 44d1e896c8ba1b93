#pragma once
#include <leibniz/ops/operation.hpp>

// Like terms and like powers. A sum or product is only taken apart when something in it can be combined: what the
// user grouped stays grouped, because another order of additions can be less accurate.

namespace leibniz::ops {

inline constexpr int collection_depth = 12;

/// Whether a coefficient inside a longer sum may be the sum of two: where the other terms cancel the larger of them,
/// rounding the sum must not lose the smaller one, as it would in (x + 1) + 1e-17.
constexpr bool absorbs(rational c) {
  const std::int64_t n = c.negative() ? -c.numerator : c.numerator, d = c.denominator;
  return (d & (d - 1)) == 0 ? n < 1 << 24 && d < 1 << 24 : n <= 1024 && d <= 1024;
}

/// c1*x + c2*x as (c1 + c2)*x, c1/x + c2/x as (c1 + c2)/x, also where one of the two stands inside a chain of additions; or
/// nothing.
template <class Add, class E>
constexpr E merge_term(E chain, E term, int depth = collection_depth) {
  if (chain.without_coefficient() == term.without_coefficient() && chain.extents() == term.extents()) {
    const rational c = chain.coefficient() + term.coefficient();
    if (c.valid() && (depth == collection_depth || absorbs(c))) return term.without_coefficient().scaled(c);
    return E::nothing();
  }
  if (const E divisor = chain.unit_quotient_divisor(); divisor.valid() && chain.extents() == term.extents() && term.is_quotient_by(divisor)) {
    const rational c = chain.arg(0).number() + term.arg(0).number();
    return c.valid() ? chain.number(c) / divisor : E::nothing();
  }
  if (depth == 0 || !chain.template is<Add>()) return E::nothing();
  if (E left = merge_term<Add>(chain.arg(0), term, depth - 1); left.valid()) return left + chain.arg(1);
  if (E right = merge_term<Add>(chain.arg(1), term, depth - 1); right.valid()) return chain.arg(0) + right;
  return E::nothing();
}

/// x^p * x^q as x^(p + q), also inside a chain of products; or nothing.
template <class Mul, class E>
constexpr E merge_factor(E chain, E factor, int depth = collection_depth) {
  if (chain.power_base() == factor.power_base()) {
    const rational q = chain.power_exponent() + factor.power_exponent();
    if (q.valid()) return chain.power_base().raised(q);
    return E::nothing();
  }
  if (depth == 0 || !chain.template is<Mul>()) return E::nothing();
  if (E left = merge_factor<Mul>(chain.arg(0), factor, depth - 1); left.valid()) return left * chain.arg(1);
  if (E right = merge_factor<Mul>(chain.arg(1), factor, depth - 1); right.valid()) return chain.arg(0) * right;
  return E::nothing();
}

/// Joins every part of `chain` to `into` if at least one of them combines; or nothing.
template <class Op, class E>
constexpr E merge_chain(E into, E chain, int depth = collection_depth) {
  if (E merged = Op::merge(into, chain); merged.valid()) return merged;
  if (depth == 0 || !chain.template is<Op>()) return E::nothing();
  const E left = merge_chain<Op>(into, chain.arg(0), depth - 1);
  const E right = merge_chain<Op>(left.valid() ? left : into, chain.arg(1), depth - 1);
  if (right.valid()) return left.valid() ? right : Op::join(right, chain.arg(0));
  return left.valid() ? Op::join(left, chain.arg(1)) : E::nothing();
}

}  // namespace leibniz::ops
