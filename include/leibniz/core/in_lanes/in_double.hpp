#pragma once

// Floats computed in double: as one register where it holds them, in two halves otherwise.

#include <leibniz/core/in_lanes/arithmetic.hpp>
#include <utility>

namespace leibniz::math::detail {

/// Half of the numbers in double, and such halves in float.
template <bool Upper, int N>
[[gnu::always_inline]] inline lanes<double, N / 2> half_in_double(lanes<float, N> x) {
  const auto half = [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    return __builtin_shufflevector(x.v, x.v, (Upper ? I + N / 2 : I)...);
  }(std::make_integer_sequence<int, N / 2>{});
#if defined(__AVX512F__) && !defined(__clang__)
  if constexpr (N == 16) return __builtin_ia32_cvtps2pd512_mask(half, lanes<double, 8>(0).v, all_of_8, 4);
#endif
  return __builtin_convertvector(half, typename lanes<double, N / 2>::vector);
}
template <int N>
[[gnu::always_inline]] inline lanes<float, 2 * N> joined_in_float(lanes<double, N> lower, lanes<double, N> upper) {
  const auto narrow = [](lanes<double, N> x_) __attribute__((always_inline)) {
#if defined(__AVX512F__) && !defined(__clang__)
    if constexpr (N == 8) return __builtin_ia32_cvtpd2ps512_mask(x_.v, lanes<float, 8>(0).v, all_of_8, 4);
    else
#endif
      return __builtin_convertvector(x_.v, typename leibniz::detail::vector_type<float, N>::type);
  };
  const auto low = narrow(lower), high = narrow(upper);
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    return __builtin_shufflevector(low, high, I...);
  }(std::make_integer_sequence<int, 2 * N>{});
}
/// f of floats, computed in double.
template <class F, int N, class... X>
[[gnu::always_inline]] inline lanes<float, N> in_double(F f, lanes<float, N> x, X... others) {
  if constexpr (N >= 4 && 2 * sizeof(x) > register_bytes) {
    return joined_in_float(f(half_in_double<false>(x), half_in_double<false>(others)...),
                           f(half_in_double<true>(x), half_in_double<true>(others)...));
  } else {
    using wide = lanes<double, N>;
    const wide result = f(wide(__builtin_convertvector(x.v, typename wide::vector)),
                          wide(__builtin_convertvector(others.v, typename wide::vector))...);
    return __builtin_convertvector(result.v, typename lanes<float, N>::vector);
  }
}

}  // namespace leibniz::math::detail
