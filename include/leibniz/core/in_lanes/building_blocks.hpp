#pragma once

// What the elementary functions in lanes are made of: polynomials, whole numbers taken off and powers of two put back, signs,
// values at edges, and sums and products without loss.

#include <leibniz/core/in_lanes/arithmetic.hpp>
#include <type_traits>

namespace leibniz::math::detail {

template <class T>
inline constexpr int mantissa_bits = std::numeric_limits<T>::digits - 1;
template <class T>
inline constexpr int exponent_bias = std::numeric_limits<T>::max_exponent - 1;

/// c0 + c1 x + c2 x² + …, the coefficients from the highest power down.
template <class V, class... C>
[[gnu::always_inline]] inline V horner(V x, typename V::scalar highest, C... lower) {
  V sum(highest);
  ((sum = multiply_add(sum, x, V(static_cast<typename V::scalar>(lower)))), ...);
  return sum;
}

/// The same with the coefficients taken in pairs a x + b, which are known as early as the square of x is.
template <class V>
[[gnu::always_inline]] inline V in_pairs(V, V, V sum) { return sum; }
template <class V, class... C>
[[gnu::always_inline]] inline V in_pairs(V x, V square, V sum, typename V::scalar a, typename V::scalar b, C... lower) {
  return in_pairs(x, square, multiply_add(sum, square, multiply_add(x, V(a), V(b))), lower...);
}
template <class V, class... C>
[[gnu::always_inline]] inline V pairwise(V x, V square, typename V::scalar highest, typename V::scalar next, C... lower) {
  if constexpr (sizeof...(C) % 2 != 0) return in_pairs(x, square, V(highest), next, lower...);
  else return in_pairs(x, square, multiply_add(x, V(highest), V(next)), lower...);
}

/// The whole number nearest to x times a factor, and the same plus Offset in the low bits of an integer. Exact while it is
/// below 2^(mantissa_bits - 2).
template <class V>
struct whole_number {
  V number;
  typename V::integers bits;
};
template <int Offset, class T, int N>
[[gnu::always_inline]] inline whole_number<lanes<T, N>> nearest(lanes<T, N> x, T factor) {
  using V = lanes<T, N>;
  const V shift(T(1.5) * static_cast<T>(typename V::integer(1) << mantissa_bits<T>) + T(Offset));
  const V moved = fixed(multiply_add(x, V(factor), shift));
  return {fixed(moved - shift), moved.bits()};
}
/// 2^n for n + bias in the low bits of an integer.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> power_of_two(typename lanes<T, N>::integers biased) {
  return lanes<T, N>::from_bits(biased << mantissa_bits<T>);
}

/// Shifted to the right, zeros from the left.
template <class T, int N>
[[gnu::always_inline]] inline typename lanes<T, N>::integers logical_shift(typename lanes<T, N>::integers x, int by) {
  using positive = typename leibniz::detail::vector_type<std::make_unsigned_t<typename lanes<T, N>::integer>, N>::type;
  return (typename lanes<T, N>::integers)((positive)x >> by);
}
/// |size| with the sign of another.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> with_sign_of(lanes<T, N> size, lanes<T, N> sign) {
  using V = lanes<T, N>;
  constexpr auto bit = std::numeric_limits<typename V::integer>::min();
  return V::from_bits((size.bits() & ~bit) | (sign.bits() & bit));
}

/// The value of an odd function at x, which is 0 without a sign where x is 0.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> with_sign_of_zero(lanes<T, N> value, lanes<T, N> x) {
  using V = lanes<T, N>;
  return V::from_bits(value.bits() | (x.bits() & std::numeric_limits<typename V::integer>::min()));
}
/// Where the condition holds, infinity or NaN, by its bits: -ffinite-math-only must not see it beside numbers that matter.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> infinity_if(lane_mask<T, N> condition, lanes<T, N> otherwise) {
  constexpr auto bits = typename lanes<T, N>::integer(2 * exponent_bias<T> + 1) << mantissa_bits<T>;
  return lanes<T, N>::from_bits(condition.bits ? typename lanes<T, N>::integers{} + bits : otherwise.bits());
}
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> nan_if(lane_mask<T, N> condition, lanes<T, N> otherwise) {
  constexpr auto bits = typename lanes<T, N>::integer(4 * exponent_bias<T> + 3) << (mantissa_bits<T> - 1);
  return lanes<T, N>::from_bits(condition.bits ? typename lanes<T, N>::integers{} + bits : otherwise.bits());
}

/// An unevaluated sum.
template <class V>
struct two_parts {
  V high;
  V low;
};
/// a b without loss.
template <class T, int N>
[[gnu::always_inline]] inline two_parts<lanes<T, N>> product_in_parts(lanes<T, N> a, lanes<T, N> b) {
  using V = lanes<T, N>;
  const V high = fixed(a * b);
  if constexpr (is_fused(sizeof(V))) return {high, multiply_add(a, b, -high)};
  else {
    constexpr auto mask = ~((typename V::integer(1) << (mantissa_bits<T> / 2 + 1)) - 1);
    const V a_high = fixed(V::from_bits(a.bits() & mask)), a_low = fixed(a - a_high);
    const V b_high = fixed(V::from_bits(b.bits() & mask)), b_low = fixed(b - b_high);
    const V rest = fixed(fixed(fixed(a_high * b_high) - high) + fixed(a_high * b_low));
    return {high, fixed(fixed(rest + fixed(a_low * b_high)) + a_low * b_low)};
  }
}
/// a + b without loss, for |a| >= |b|.
template <class T, int N>
[[gnu::always_inline]] inline two_parts<lanes<T, N>> sum_in_parts(lanes<T, N> a, lanes<T, N> b) {
  const lanes<T, N> high = fixed(a + b);
  return {high, fixed(fixed(a - high) + b)};
}

}  // namespace leibniz::math::detail
