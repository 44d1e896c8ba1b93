#pragma once

// Logarithms in lanes: x = (1 + f) 2^e with 3/4 <= 1 + f < 3/2, and log(1 + f) as f and what is left of it.

#include <leibniz/core/in_lanes/building_blocks.hpp>
#include <leibniz/core/math/exponential.hpp>

namespace leibniz::math {

namespace detail {

/// x = (1 + f) 2^e for positive x; infinite e for 0 and infinity, NaN for NaN and negative x.
template <class V>
struct logarithm_parts {
  V f;
  V e;
};
template <class T, int N>
[[gnu::always_inline]] inline logarithm_parts<lanes<T, N>> parts_of_logarithm(lanes<T, N> x) {
  using V = lanes<T, N>;
  [[maybe_unused]] constexpr bool single = sizeof(T) == 4;
  if constexpr (in_avx512(sizeof(x))) {
    V m, e, less;  // the significand from 3/4 to 3/2, NaN if negative; the exponents of x and of m
#if defined(__AVX512F__)
    if constexpr (sizeof(x) == 64 && single) {
      m = __builtin_ia32_getmantps512_mask(x.v, 11, x.v, all_of_16, 4);
      e = __builtin_ia32_getexpps512_mask(x.v, x.v, all_of_16, 4);
      less = __builtin_ia32_getexpps512_mask(m.v, m.v, all_of_16, 4);
    } else if constexpr (sizeof(x) == 64) {
      m = __builtin_ia32_getmantpd512_mask(x.v, 11, x.v, all_of_8, 4);
      e = __builtin_ia32_getexppd512_mask(x.v, x.v, all_of_8, 4);
      less = __builtin_ia32_getexppd512_mask(m.v, m.v, all_of_8, 4);
    }
#endif
#if defined(__AVX512VL__)
    if constexpr (sizeof(x) == 32 && single) {
      m = __builtin_ia32_getmantps256_mask(x.v, 11, x.v, all_of_8);
      e = __builtin_ia32_getexpps256_mask(x.v, x.v, all_of_8);
      less = __builtin_ia32_getexpps256_mask(m.v, m.v, all_of_8);
    } else if constexpr (sizeof(x) == 32) {
      m = __builtin_ia32_getmantpd256_mask(x.v, 11, x.v, all_of_8);
      e = __builtin_ia32_getexppd256_mask(x.v, x.v, all_of_8);
      less = __builtin_ia32_getexppd256_mask(m.v, m.v, all_of_8);
    } else if constexpr (sizeof(x) == 16 && single) {
      m = __builtin_ia32_getmantps128_mask(x.v, 11, x.v, all_of_8);
      e = __builtin_ia32_getexpps128_mask(x.v, x.v, all_of_8);
      less = __builtin_ia32_getexpps128_mask(m.v, m.v, all_of_8);
    } else if constexpr (sizeof(x) == 16) {
      m = __builtin_ia32_getmantpd128_mask(x.v, 11, x.v, all_of_8);
      e = __builtin_ia32_getexppd128_mask(x.v, x.v, all_of_8);
      less = __builtin_ia32_getexppd128_mask(m.v, m.v, all_of_8);
    }
#endif
    return {fixed(m - V(1)), fixed(e - less)};
  } else {
    using integer = typename V::integer;
    using limits = std::numeric_limits<T>;
    constexpr int bits = mantissa_bits<T>;
    constexpr integer one = integer(exponent_bias<T>) << bits, least = one - (integer(1) << (bits - 1));  // 1 and 3/4
    const auto denormal = x < V(limits::min());
    const auto moved = choose(denormal, x * V(T(integer(1) << (bits + 1))), x).bits() - least;
    const V f = fixed(V::from_bits((moved & ((integer(1) << bits) - 1)) + least) - V(1));
    // the biased exponent in the low bits of 2^bits, because not every machine converts integers of 64 bits, or shifts signed ones
    const V whole(T(integer(1) << bits));
    const V biased = V::from_bits(logical_shift<T, N>(moved + one, bits) | whole.bits());
    const V e = fixed(fixed(biased) - (whole + V(exponent_bias<T>) + choose(denormal, V(bits + 1), V(0))));
    const auto infinite = x == V(0) || x > V(limits::max());
    return {f, nan_if(x < V(0) || x != x, with_sign_of(infinity_if(infinite, fabs(e)), choose(x == V(0), V(-1), e)))};
  }
}

/// log(1 + f) - f for -1/4 <= f <= 1/2.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log1p_of_small_less_itself(lanes<T, N> f) {
  using V = lanes<T, N>;
  const V square = f * f;
  if constexpr (sizeof(T) == 4) {
    const V series = pairwise(f, square, 0x1.34a06ap-5f, -0x1.756f1ep-4f, 0x1.df496ep-4f, -0x1.04aa54p-3f, 0x1.24601ap-3f,
                              -0x1.5519aap-3f, 0x1.99978ep-3f, -0x1.000070p-2f, 0x1.55555ap-2f);
    return square * multiply_add(f, series, V(-0.5f));
  } else {
    // s = f/(2 + f): log((1 + s)/(1 - s)) = 2 s + 2/3 s³ + …, and 2 s = f - s f
    const V s = f / (V(2) + f), z = s * s, half = V(0.5) * square;
    const V series = z * horner(z, 0x1.3adacf5a06bffp-3, 0x1.384f279ab5b39p-3, 0x1.747511dccc351p-3, 0x1.c71c003e3a892p-3,
                                0x1.249249b3ed90ap-2, 0x1.99999998ee37dp-2, 0x1.555555555577fp-1);
    return s * (half + series) - half;
  }
}

/// log((1 + f) 2^e).
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log_of_parts(logarithm_parts<lanes<T, N>> x) {
  using V = lanes<T, N>;
  constexpr T high = sizeof(T) == 4 ? T(0x1.62e4p-1) : T(0x1.62e42feep-1);  // below ln 2, so that the parts have one sign
  constexpr T low = static_cast<T>(0.6931471805599453094172321214581765680755L - static_cast<long double>(high));
  const V rest = multiply_add(x.e, V(low), log1p_of_small_less_itself(x.f));
  return multiply_add(x.e, V(high), fixed(x.f + rest));
}

}  // namespace detail

/// The natural logarithm.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log(lanes<T, N> x) { return detail::log_of_parts(detail::parts_of_logarithm(x)); }

/// The logarithm to base 2; exact for powers of 2.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log2(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr long double factor = 1.442695040888963407359924681001892137427L;
  const auto [f, e] = detail::parts_of_logarithm(x);
  // e + f is exact next to 1, where it matters
  const V rest = detail::multiply_add(detail::log1p_of_small_less_itself(f), V(static_cast<T>(factor)), f * V(static_cast<T>(factor - 1)));
  return detail::fixed(e + f) + detail::fixed(rest);
}
/// The logarithm to base 10.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log10(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr long double factor = 0.4342944819032518276511289189166050822944L, of_2 = 0.3010299956639811952137388947244930267682L;
  constexpr T high = static_cast<T>(factor), low = static_cast<T>(factor - static_cast<long double>(high));
  constexpr T high_of_2 = sizeof(T) == 4 ? T(0x1.344p-2) : T(0x1.34413509f7p-2);  // times any exponent: exact
  constexpr T low_of_2 = static_cast<T>(of_2 - static_cast<long double>(high_of_2));
  const auto [f, e] = detail::parts_of_logarithm(x);
  const V low_sum = detail::fixed(detail::multiply_add(e, V(low_of_2), f * V(low)));
  const V rest = detail::fixed(detail::multiply_add(detail::log1p_of_small_less_itself(f), V(high), low_sum));
  return detail::multiply_add(e, V(high_of_2), detail::fixed(detail::multiply_add(f, V(high), rest)));
}
/// log(1 + x), accurate near 0.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log1p(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V sum = detail::fixed(V(1) + x), part = detail::fixed(sum - V(1));
  const V lost = detail::fixed(V(1) - detail::fixed(sum - part)) + detail::fixed(x - part);
  auto parts = detail::parts_of_logarithm(sum);
  // what the sum lost, in the scale of f; nothing beside large numbers
  const auto counts = sum > V(0) && x < V(4 / std::numeric_limits<T>::epsilon());
  parts.f = parts.f + choose(counts, lost * ((V(1) + parts.f) / sum), V(0));
  return detail::with_sign_of_zero(detail::log_of_parts(parts), x);
}

}  // namespace leibniz::math
