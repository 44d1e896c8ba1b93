#pragma once

// sigmoid, softplus and the hyperbolic functions in lanes, each from one exponential that overflows only where they do.

#include <leibniz/core/in_lanes/exponential.hpp>
#include <leibniz/core/in_lanes/logarithm.hpp>

namespace leibniz::math {

namespace detail {

/// e^-|x|.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exp_of_negative(lanes<T, N> x) {
  using V = lanes<T, N>;
  return exp_of_bounded(V::from_bits(x.bits() | std::numeric_limits<typename V::integer>::min()));
}

/// e^x/2 for x >= 0, finite as long as it can be.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> half_of_exp(lanes<T, N> x) {
  const auto parts = parts_of_exponential<2 * exponent_bias<T> - 1>(at_most(x, most_exponent<T> + 1));
  return scaled(lanes<T, N>(1) + expm1_of_small(parts.r), parts.n - lanes<T, N>(1), parts.biased);
}
/// log(1 + t) for 0 <= t <= 1.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log1p_of_fraction(lanes<T, N> t) {
  using V = lanes<T, N>;
  if constexpr (sizeof(T) == 4) {
    // not in two halves, which would nearly cancel
    const V series = horner(t, -0x1.b2d8bcp-9f, 0x1.4af904p-6f, -0x1.d855dcp-5f, 0x1.b5738ap-4f, -0x1.3a78d2p-3f, 0x1.935c18p-3f,
                            -0x1.ff26cap-3f, 0x1.554deep-2f, -0x1.ffffd2p-2f);
    return multiply_add(fixed(t * t), series, t);
  } else {
    const auto large = t > V(T(0.5));  // 1 + t = (1 + f) 2
    const V f = choose(large, V(T(0.5)) * t - V(T(0.5)), t);
    return f + (log1p_of_small_less_itself(f) + choose(large, V(ln2<T>), V(0)));
  }
}

}  // namespace detail

/// 1/(1 + exp(-x)), right in both tails: a/(a + a 2^n e^r), -x = r + n ln 2, with a power of two a that lets no 2^n overflow.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sigmoid(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr int digits = std::numeric_limits<T>::digits;
  const auto e = detail::early_exp_of_negated<detail::exponent_bias<T> - digits>(detail::at_least(detail::at_most(x, T(40)), detail::least_exponent<T>));
  const V a(std::numeric_limits<T>::epsilon() / 2), b = detail::power_of_two<T, N>(e.biased);
  return a / detail::multiply_add(b, e.less_one, a + b);
}
/// log(1 + exp(x)) without overflow.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> softplus(lanes<T, N> x) {
  return detail::fixed(detail::log1p_of_fraction(detail::exp_of_negative(x))) + detail::at_least(x, T(0));
}
/// The hyperbolic tangent.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> tanh(lanes<T, N> x) {
  using V = lanes<T, N>;
  // (E - 1)/(E + 1), E = e^2|x| = 2^n e^r
  const V a = detail::at_most(fabs(x), sizeof(T) == 4 ? T(10) : T(20));
  const auto parts = detail::parts_of_exponential<detail::exponent_bias<T>>(a + a);
  const V power = detail::power_of_two<T, N>(parts.biased);
  const V less = detail::expm1_of_parts(parts, power, power - V(1));
  return detail::with_sign_of(less / (less + V(2)), x);
}

/// The hyperbolic cosine.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> cosh(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V half = detail::half_of_exp(fabs(x));
  return half + V(T(0.25)) / half;
}
/// The hyperbolic sine.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sinh(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V size = fabs(x), half = detail::half_of_exp(size), large = half - V(T(0.25)) / half;
  const V square = detail::fixed(x * x);
  V series;
  if constexpr (sizeof(T) == 4) series = detail::horner(square, 0x1.7a15eap-19f, 0x1.9ffe92p-13f, 0x1.111134p-7f, 0x1.555556p-3f);
  else
    series = detail::horner(square, 0x1.b4c7b2312f33bp-41, 0x1.611a550ebdf9dp-33, 0x1.ae64671d8b98cp-26, 0x1.71de3a4658903p-19,
                            0x1.a01a01a0289c0p-13, 0x1.11111111110a6p-7, 0x1.5555555555556p-3);
  const V small = detail::multiply_add(detail::fixed(x * square), series, x);
  return choose(size < V(1), small, detail::with_sign_of(large, x));
}

}  // namespace leibniz::math
