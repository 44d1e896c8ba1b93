#pragma once
#include <leibniz/calculus/chosen.hpp>

// Sums of adjoints and of tangents.

namespace leibniz::graph {

/// The sum of two adjoints; that of two diagonals is a diagonal, that of two masks with one condition a mask.
constexpr handle joined(handle a, handle b) {
  const handle x = a.without_coefficient(), y = b.without_coefficient();
  if (!(x.extents() == y.extents())) return applied<ops::add_>(a, b);
  if (x.is_mask() && y.is_mask() && x.arg(0) == y.arg(0) && x.arg(2).is_number(0) == y.arg(2).is_number(0))
    return with_chosen(x, joined(chosen_side(x).scaled(a.coefficient()), chosen_side(y).scaled(b.coefficient())));
  if (is_diagonal(x) && is_diagonal(y) && x.data() == y.data() && x.arg(0).extents() == y.arg(0).extents())
    return same_diagonal(x, joined(x.arg(0).scaled(a.coefficient()), y.arg(0).scaled(b.coefficient())));
  return applied<ops::add_>(a, b);
}

/// x for a chain of quotients x/divisor, or nothing.
constexpr handle without_divisor(handle quotient, handle divisor) {
  if (!quotient.is<ops::div_>()) return {};
  if (quotient.arg(1) == divisor) return quotient.arg(0);
  const handle rest = without_divisor(quotient.arg(0), divisor);
  return rest.valid() ? applied<ops::div_>(rest, quotient.arg(1)) : rest;
}
/// x for a product x*factor, or nothing.
constexpr handle without_factor(handle product, handle factor) {
  if (product == factor) return product.number(1);
  if (!product.is<ops::mul_>()) return {};
  for (int side = 0; side < 2; ++side)
    if (const handle rest = without_factor(product.arg(side), factor); rest.valid()) return applied<ops::mul_>(rest, product.arg(1 - side));
  return {};
}
/// The sum of two scalars with what they have in common pulled out: a power of two, which is exact, a divisor, and a factor f for
/// which is_common(f) holds.
template <class Common>
constexpr handle gathered(handle a, handle b, Common is_common) {
  const auto is_power_of_two = [](std::int64_t n_) { return (n_ & (n_ - 1)) == 0; };
  const std::int64_t p = a.coefficient().denominator, q = b.coefficient().denominator, most = p > q ? p : q;
  if (most > 1 && is_power_of_two(p) && is_power_of_two(q))
    return gathered(a.scaled({most, 1}), b.scaled({most, 1}), is_common).scaled({1, most});
  const handle x = a.without_coefficient(), y = b.without_coefficient();
  for (handle factor = x; factor.valid(); factor = factor.is<ops::mul_>() ? factor.arg(0) : handle{}) {
    if (factor.number().valid() || !is_common(factor)) continue;
    if (const handle rest = without_factor(y, factor); rest.valid())
      return applied<ops::mul_>(factor, gathered(without_factor(x, factor).scaled(a.coefficient()), rest.scaled(b.coefficient()), is_common));
  }
  for (handle quotient = x; quotient.is<ops::div_>(); quotient = quotient.arg(0)) {
    const handle divisor = quotient.arg(1), rest = without_divisor(y, divisor);
    if (rest.valid())
      return applied<ops::div_>(gathered(without_divisor(x, divisor).scaled(a.coefficient()), rest.scaled(b.coefficient()), is_common), divisor);
  }
  return joined(a, b);
}

}  // namespace leibniz::graph
