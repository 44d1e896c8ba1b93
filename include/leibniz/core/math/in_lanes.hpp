#pragma once

// Elementary functions in lanes, at run time: all numbers of a register at once, without branches. Accurate to 2 ulp (tanh,
// sigmoid and softplus to 3) over the whole range, denormal results included; tests/runtime/core/in_lanes.cpp measures it.
// They do not rely on contraction to fused operations, and -ffast-math must not reorder them where it would matter:
// `fixed` stops it. Series are Taylor's, to the precision of the type: their coefficients need no table.

#include <leibniz/core/lanes.hpp>
#include <leibniz/core/math/exponential.hpp>

namespace leibniz::math {

namespace detail {

/// What the compiler must take as it is: it cannot see where the number comes from.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> fixed(lanes<T, N> x) {
#if defined(__AVX512F__)
  if constexpr (sizeof(x) >= 16) asm("" : "+v"(x.v));
  else asm("" : "+m"(x.v));
#elif defined(__SSE2__)
  if constexpr (sizeof(x) >= 16) asm("" : "+x"(x.v));
  else asm("" : "+m"(x.v));
#elif defined(__aarch64__)
  asm("" : "+w"(x.v));
#else
  asm("" : "+m"(x.v));
#endif
  return x;
}

template <class T>
inline constexpr int mantissa_bits = std::numeric_limits<T>::digits - 1;
template <class T>
inline constexpr int exponent_bias = std::numeric_limits<T>::max_exponent - 1;

/// 2^n for exponents of normal numbers.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> power_of_two(typename lanes<T, N>::integers n) {
  return lanes<T, N>::from_bits((n + exponent_bias<T>) << mantissa_bits<T>);
}

/// The nearest whole number of |x| < 2^(mantissa - 1), as a number and as an integer.
template <class T, int N>
struct whole_number {
  lanes<T, N> number;
  typename lanes<T, N>::integers integer;
};
template <class T, int N>
[[gnu::always_inline]] inline whole_number<T, N> nearest(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr T shift = T(1.5) * (typename V::integer(1) << mantissa_bits<T>);
  const V moved = fixed(x + V(shift));
  return {moved - V(shift), moved.bits() - V(shift).bits()};
}

constexpr long double factorial(int n) { return n <= 1 ? 1 : static_cast<long double>(n) * factorial(n - 1); }
/// 1/First! + x/(First + 1)! + x²/(First + 2)! + …
template <int First, int Count, class V>
[[gnu::always_inline]] inline V inverse_factorials(V x) {
  using T = typename V::scalar;
  constexpr T coefficient = static_cast<T>(1 / factorial(First));
  if constexpr (Count == 1) return V(coefficient);
  else return V(coefficient) + x * inverse_factorials<First + 1, Count - 1>(x);
}

/// e^r - 1 and n of x = r + n ln 2, |r| <= ln(2) / 2.
template <class T, int N>
struct exponential_parts {
  lanes<T, N> rest;
  typename lanes<T, N>::integers n;
};
template <class T, int N>
[[gnu::always_inline]] inline exponential_parts<T, N> parts_of_exponential(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr bool single = sizeof(T) == 4;
  constexpr T high = single ? T(0x1.63p-1) : T(0x1.62e42feep-1);  // times any exponent: exact
  constexpr T low = single ? T(-2.12194440054690582767e-4L) : T(1.90821492927058781614e-10L);
  const auto whole = nearest(x * V(1 / ln2<T>));
  const V r = fixed(x - whole.number * V(high)) - whole.number * V(low);
  return {r + r * r * inverse_factorials<2, (single ? 6 : 12)>(r), whole.integer};
}
template <class V>
[[gnu::always_inline]] inline V clamp(V x, typename V::scalar least, typename V::scalar most) {
  const V below = choose(x < V(least), V(least), x);
  return choose(below > V(most), V(most), below);
}
template <class T>
inline constexpr T tiny = sizeof(T) == 4 ? T(0x1p-13) : T(0x1p-27);  // x + x³ is x

/// 2/(2 First + 1) + 2 z/(2 First + 3) + …: the series of log((1 + s)/(1 - s)) in z = s².
template <int First, int Count, class V>
[[gnu::always_inline]] inline V odd_reciprocals(V z) {
  using T = typename V::scalar;
  if constexpr (Count == 1) return V(T(2) / T(2 * First + 1));
  else return V(T(2) / T(2 * First + 1)) + z * odd_reciprocals<First + 1, Count - 1>(z);
}
/// log of positive, finite x.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log_of_positive(lanes<T, N> x) {
  using V = lanes<T, N>;
  using integer = typename V::integer;
  constexpr int bits = mantissa_bits<T>;
  constexpr integer one = integer(exponent_bias<T>) << bits;
  constexpr integer root = sizeof(T) == 4 ? integer(0x3f3504f3) : static_cast<integer>(0x3fe6a09e667f3bcdLL);  // √½
  const auto denormal = x < V(std::numeric_limits<T>::min());
  const V scaled = choose(denormal, x * V(T(integer(1) << (bits + 1))), x);
  const auto moved = scaled.bits() + (one - root);
  const auto exponent = (moved >> bits) - exponent_bias<T>;
  const V e = V(__builtin_convertvector(exponent, typename V::vector)) - choose(denormal, V(bits + 1), V(0));
  const V f = V::from_bits((moved & ((integer(1) << bits) - 1)) + root) - V(1);
  const V s = f / (V(2) + f), half_square = V(T(0.5)) * f * f;
  const V z = s * s, series = z * odd_reciprocals<1, (sizeof(T) == 4 ? 5 : 11)>(z);
  constexpr T high = sizeof(T) == 4 ? T(0x1.62e3p-1) : T(0x1.62e42feep-1);
  constexpr T low = static_cast<T>(0.6931471805599453094172321214581765680755L - static_cast<long double>(high));
  return e * V(high) + fixed(f - fixed(half_square - (s * (half_square + series) + e * V(low))));
}
/// log(1 + t) for 0 <= t <= 1.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log1p_of_fraction(lanes<T, N> t) {
  using V = lanes<T, N>;
  const V u = fixed(V(1) + t), lost = t - (u - V(1));
  return choose(t < V(std::numeric_limits<T>::epsilon() / 2), t, log_of_positive(u) + lost / u);
}

}  // namespace detail

template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> fabs(lanes<T, N> x) {
  using integer = typename lanes<T, N>::integer;
  return lanes<T, N>::from_bits(x.bits() & std::numeric_limits<integer>::max());
}
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> abs(lanes<T, N> x) { return fabs(x); }
template <class T, int N>
[[gnu::always_inline]] inline lane_mask<T, N> isnan(lanes<T, N> x) { return x != x; }

/// √x. g++ 12 has no name for this operation of vectors but those of the instructions.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sqrt(lanes<T, N> x) {
  if constexpr (detail::has_root && sizeof(x) >= 16) return detail::root<T>(x.v);
  if constexpr (detail::has_root && sizeof(x) < 16) {
    for (int l = 0; l < N; ++l) x.v[l] = detail::root<T, T>(x.v[l]);
    return x;
  }
#if defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_sqrt)
  return __builtin_elementwise_sqrt(x.v);
#define LEIBNIZ_HAS_VECTOR_SQRT
#endif
#endif
#if !defined(LEIBNIZ_HAS_VECTOR_SQRT)
#if defined(__AVX512F__)
  if constexpr (sizeof(x) == 64 && sizeof(T) == 4) return __builtin_ia32_sqrtps512_mask(x.v, x.v, -1, 4);
  if constexpr (sizeof(x) == 64 && sizeof(T) == 8) return __builtin_ia32_sqrtpd512_mask(x.v, x.v, -1, 4);
#endif
#if defined(__AVX__)
  if constexpr (sizeof(x) == 32 && sizeof(T) == 4) return __builtin_ia32_sqrtps256(x.v);
  if constexpr (sizeof(x) == 32 && sizeof(T) == 8) return __builtin_ia32_sqrtpd256(x.v);
#endif
#if defined(__SSE2__)
  if constexpr (sizeof(x) == 16 && sizeof(T) == 4) return __builtin_ia32_sqrtps(x.v);
  if constexpr (sizeof(x) == 16 && sizeof(T) == 8) return __builtin_ia32_sqrtpd(x.v);
#endif
  lanes<T, N> result;
  for (int l = 0; l < N; ++l) result.v[l] = libm::sqrt(x.v[l]);
  return result;
#endif
#undef LEIBNIZ_HAS_VECTOR_SQRT
}

/// e^x.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exp(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr bool single = sizeof(T) == 4;
  const auto parts = detail::parts_of_exponential(detail::clamp(x, single ? T(-104) : T(-746), single ? T(89) : T(710)));
  const auto half = parts.n >> 1;
  return detail::fixed((V(1) + parts.rest) * detail::power_of_two<T, N>(half)) * detail::power_of_two<T, N>(parts.n - half);
}
/// e^x - 1.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> expm1(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr bool single = sizeof(T) == 4;
  const auto parts = detail::parts_of_exponential(detail::clamp(x, single ? T(-30) : T(-60), single ? T(89) : T(710)));
  const V half = detail::power_of_two<T, N>(parts.n - 1);  // of 2^n, which may overflow
  const V result = V(2) * (half * parts.rest + (half - V(T(0.5))));
  return choose(fabs(x) < V(std::numeric_limits<T>::epsilon() / 2), x, result);
}
/// The natural logarithm.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr T infinity = detail::infinity<T>;
  const V positive = detail::log_of_positive(x);
  const V edge = choose(x == V(0), V(-infinity), choose(x == V(infinity), x, V(detail::not_a_number<T>)));
  return choose(x > V(0) && x < V(infinity), positive, edge);
}
/// 1/(1 + exp(-x)), right in both tails.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sigmoid(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V t = exp(-fabs(x));
  return choose(x < V(0), t, V(1)) / (V(1) + t);
}
/// log(1 + exp(x)) without overflow.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> softplus(lanes<T, N> x) {
  using V = lanes<T, N>;
  return choose(x < V(0), V(0), x) + detail::log1p_of_fraction(exp(-fabs(x)));
}
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> tanh(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V a = fabs(x), e = expm1(choose(a > V(20), V(40), a + a)), t = e / (e + V(2));
  return choose(a < V(detail::tiny<T>), x, choose(x < V(0), -t, t));
}

}  // namespace leibniz::math
