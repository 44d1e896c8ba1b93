#pragma once

// pow in lanes, 2^(y log2(x)): for float in double, for double with a logarithm of twice the digits.

#include <leibniz/core/in_lanes/exponential.hpp>
#include <leibniz/core/in_lanes/in_double.hpp>
#include <leibniz/core/in_lanes/logarithm.hpp>

namespace leibniz::math {

namespace detail {

/// x^y in float's accuracy for positive, finite x.
template <int N>
[[gnu::always_inline]] inline lanes<double, N> short_power(lanes<double, N> x, lanes<double, N> y) {
  using V = lanes<double, N>;
  const auto [f, e] = parts_of_logarithm(x);
  const V square = f * f;
  const V series = pairwise(f, square, -0x1.701d1cc2869dep-5, 0x1.d902ff0dceeaep-4, -0x1.3911742c927a0p-3,
                            0x1.5139280533c59p-3, -0x1.7149598e4f4c2p-3, 0x1.a5851d57aec1bp-3, -0x1.ec6598f664b68p-3,
                            0x1.27789be1127e7p-2, -0x1.71549e9dd7072p-2, 0x1.ec70996bacd75p-2, -0x1.71547633d5652p-1,
                            0x1.715476532c3d2p+0);
  const V exponent = at_least(at_most(y * multiply_add(f, series, e), 200.0), -200.0);
  const auto n = nearest<exponent_bias<double>>(exponent, 1.0);
  const V r = (exponent - n.number) * V(ln2<double>);
  const V p = horner(r, 0x1.6da3e8p-10, 0x1.122d12p-7, 0x1.55547cp-5, 0x1.5554aap-3, 0.5, 1.0, 1.0);
  return p * power_of_two<double, N>(n.bits);
}

/// log2(x) in two parts for positive, finite x.
template <int N>
[[gnu::always_inline]] inline two_parts<lanes<double, N>> long_log2(lanes<double, N> x) {
  using V = lanes<double, N>;
  const auto [f, e] = parts_of_logarithm(x);
  // s = f/(2 + f) and log(1 + f) = 2 s (1 + z (1/3 + z series)), z = s²
  const auto divisor = sum_in_parts(V(2), f);
  const V inverse = V(1) / divisor.high, s = fixed(f * inverse);
  V left;  // f - s divisor
  if constexpr (is_fused(sizeof(V))) left = multiply_add(-s, divisor.high, f);
  else {
    const auto exact = product_in_parts(s, divisor.high);
    left = fixed(f - exact.high) - exact.low;
  }
  const V s_low = fixed(left - s * divisor.low) * inverse;
  auto z = product_in_parts(s, s);
  z.low = z.low + V(2) * s * s_low;
  const V series = horner(z.high, 0x1.0192ea1e04e87p-4, 0x1.dac975d0beb7cp-5, 0x1.113a53bd4e14ep-4, 0x1.3b12964cd8b1ap-4,
                          0x1.745d1bd0fd5a9p-4, 0x1.c71c71bc4fdcdp-4, 0x1.2492492498f0ap-3, 0x1.9999999999967p-3);
  auto third = sum_in_parts(V(1.0 / 3), fixed(z.high * series));
  third.low = third.low + V(0x1.5555555555555p-56);
  auto p = product_in_parts(z.high, third.high);
  p.low = p.low + (z.high * third.low + z.low * third.high);
  auto q = product_in_parts(s, p.high);
  q.low = q.low + (s * p.low + s_low * p.high);
  auto sum = sum_in_parts(s, q.high);
  sum.low = sum.low + (s_low + q.low);
  // times 2/ln 2
  constexpr double high = 2 / ln2<double>, low = static_cast<double>(2 / ln2<long double> - static_cast<long double>(high));
  auto log = product_in_parts(sum.high, V(high));
  log.low = log.low + (sum.high * V(low) + sum.low * V(high));
  const auto result = sum_in_parts(e, log.high);  // e is 0 or the larger
  return {result.high, result.low + log.low};
}
/// x^y for positive, finite x.
template <int N>
[[gnu::always_inline]] inline lanes<double, N> long_power(lanes<double, N> x, lanes<double, N> y) {
  using V = lanes<double, N>;
  const auto log = long_log2(x);
  auto exponent = product_in_parts(y, log.high);
  exponent.low = exponent.low + y * log.low;
  const V bounded = at_least(at_most(exponent.high, 1100.0), -1100.0);
  const V low = choose(bounded == exponent.high, exponent.low, V(0));
  const auto n = nearest<2 * exponent_bias<double>>(bounded, 1.0);
  const V rest = expm1_of_small((fixed(bounded - n.number) + low) * V(ln2<double>));
  return scaled(V(1) + rest, n.number, n.bits);
}

template <int N>
[[gnu::always_inline]] inline lanes<double, N> power_of_positive(lanes<double, N> x, lanes<double, N> y) { return long_power(x, y); }
template <int N>
[[gnu::always_inline]] inline lanes<float, N> power_of_positive(lanes<float, N> x, lanes<float, N> y) {
  return in_double([](auto a_, auto b_) __attribute__((always_inline)) { return short_power(a_, b_); }, x, y);
}

/// What C99's Annex F says of x^y, given |x|^y where both are finite and x is not 0.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> power_at_edges(lanes<T, N> x, lanes<T, N> y, lanes<T, N> power) {
  using V = lanes<T, N>;
  constexpr T most = std::numeric_limits<T>::max();
  constexpr auto sign = std::numeric_limits<typename V::integer>::min();
  const V size = fabs(x), exponent = fabs(y), whole(T(typename V::integer(1) << mantissa_bits<T>));
  const auto same = [](typename V::mask a_, typename V::mask b_) { return typename V::mask{~(a_.bits ^ b_.bits)}; };
  const auto empty = size == V(0) || size > V(most);
  power = infinity_if(empty && same(size == V(0), y < V(0)), choose(empty, V(0), power));
  const auto endless = exponent > V(most);
  power = infinity_if(endless && same(size > V(1), y > V(0)), choose(endless, V(0), power));
  power = choose(size == V(1), V(1), power);
  // 2^mantissa_bits moves the units of y to the lowest bit; from there on that is where they are, up to twice as much
  const V moved = fixed(exponent + whole);
  const auto is_whole = exponent >= whole || fixed(moved - whole) == exponent;
  const auto units = choose(exponent < whole, moved, choose(exponent < V(2) * whole, exponent, V(0))).bits() & 1;
  const typename V::mask odd{-units & is_whole.bits};
  power = V::from_bits(power.bits() ^ (x.bits() & odd.bits & sign));
  const auto negative = x < V(0) && size <= V(most) && !is_whole;
  power = nan_if(negative || x != x || y != y, power);
  return choose(y == V(0) || x == V(1), V(1), power);
}

}  // namespace detail

/// x^y with the special cases of C99, Annex F.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> pow(lanes<T, N> x, lanes<T, N> y) {
  using V = lanes<T, N>;
  const V power = detail::power_of_positive(fabs(x), y), most(std::numeric_limits<T>::max());
  const auto ordinary = x > V(0) && x <= most && fabs(y) <= most;
  if (__builtin_expect(detail::any(!ordinary), false)) return detail::power_at_edges(x, y, power);
  return power;
}

}  // namespace leibniz::math
