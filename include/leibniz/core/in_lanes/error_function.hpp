#pragma once

// erf in lanes: up to 1 a polynomial, beyond it 1 - 2^-h with a polynomial h of what -log2(erfc(x)) is.

#include <leibniz/core/in_lanes/exponential.hpp>

namespace leibniz::math {

namespace detail {

/// erf(x)/x - 1 for the square of an x up to 1.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> erf_series(lanes<T, N> square) {
  if constexpr (sizeof(T) == 4)
    return horner(square, 0x1.496662p-14f, -0x1.a3f5aep-11f, 0x1.540586p-8f, -0x1.b7f908p-6f, 0x1.ce2cf6p-4f, -0x1.81273ep-2f,
                  0x1.06eba8p-3f);
  else
    return horner(square, -0x1.aba8e6b85f03bp-31, 0x1.d7194856aa168p-27, -0x1.5c06e652d2eb6p-23, 0x1.b97fc981f0b6dp-20,
                  -0x1.f4ca4c692a589p-17, 0x1.f9a2ba986a841p-14, -0x1.c02db03d2bd4fp-11, 0x1.565bccf926ea9p-8, -0x1.b82ce311fa748p-6,
                  0x1.ce2f21a040d0fp-4, -0x1.812746b0379bdp-2, 0x1.06eba8214db68p-3);
}
/// -log2(erfc(x)), as exact as 1 - 2^-h needs it, from 1 to where erf is 1.
template <class T>
inline constexpr T erf_is_one = sizeof(T) == 4 ? T(4) : T(6);
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> log_of_erfc(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V square = x * x;
  if constexpr (sizeof(T) == 4) {
    return pairwise(x, square, 0x1.b31b08p-10f, -0x1.5d52e0p-6f, 0x1.05e2f6p-3f, 0x1.e37166p-1f, 0x1.9cb442p+0f,
                    0x1.f91ce0p-9f);
  } else {
    return pairwise(x, square, -0x1.b9a4b9293597fp-36, 0x1.fc64966ecd1a0p-31, -0x1.09d2fe08316e0p-26, 0x1.49b5aa7c5ee13p-23,
                    -0x1.058518ea3ffc7p-20, 0x1.f97041988451fp-19, -0x1.469fecac8c0f8p-18, -0x1.5b2bb6b4cb3a8p-15,
                    0x1.5f42c0e7365afp-12, -0x1.5cf12186cf4c9p-10, 0x1.8d917e974fbc5p-9, -0x1.bcafd1a4e8ca0p-11,
                    -0x1.bdda11713331fp-6, 0x1.2f408c17c71acp-3, 0x1.d6480271437d0p-1, 0x1.a0bd82d385d62p+0,
                    0x1.a2f85b4ded994p-20);
  }
}

}  // namespace detail

/// The error function.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> erf(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V size = fabs(x), small = detail::multiply_add(x, detail::erf_series(x * x), x);
  const V h = detail::log_of_erfc(detail::at_most(size, detail::erf_is_one<T>));
  const auto n = detail::nearest<detail::exponent_bias<T>>(h, T(-1));
  const V rest = detail::expm1_of_small((n.number + h) * V(-detail::ln2<T>));
  const V large = detail::multiply_add(-detail::power_of_two<T, N>(n.bits), V(1) + rest, V(1));
  return choose(size < V(1), small, detail::with_sign_of(large, x));
}

}  // namespace leibniz::math
