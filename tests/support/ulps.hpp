#pragma once

// How far a result is from the exact value. Sees numbers by their bits where -ffast-math would not see what they are.

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

/// Whether the compiler was told that there are no infinities and NaN.
#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
inline constexpr bool finite_math_only = true;
#else
inline constexpr bool finite_math_only = false;
#endif

template <class T>
using bits_of = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <class T>
bool is_finite_pattern(bits_of<T> bits) {
  constexpr bits_of<T> exponent = bits_of<T>(2 * std::numeric_limits<T>::max_exponent - 1) << (std::numeric_limits<T>::digits - 1);
  return (bits & exponent) != exponent;
}

/// The distance of a result from the exact value, in units in the last place of the value; denormal values count in the
/// smallest denormal. The sign of 0 counts, except with -ffast-math.
template <class T, class Exact>
double ulps(T got, Exact exact) {
  constexpr double wrong = 1e9;
  const T want = static_cast<T>(exact);
  bits_of<T> bits = 0, wanted_bits = 0;
  std::memcpy(&bits, &got, sizeof bits);
  std::memcpy(&wanted_bits, &want, sizeof wanted_bits);
  if (bits == wanted_bits) return 0;
  if (!is_finite_pattern<T>(wanted_bits) || !is_finite_pattern<T>(bits)) {
    if (finite_math_only && !is_finite_pattern<T>(wanted_bits)) return 0;
    const auto is_nan = [](bits_of<T> b) { return !is_finite_pattern<T>(b) && (b << (std::numeric_limits<T>::max_exponent > 128 ? 12 : 9)) != 0; };
    if (is_nan(wanted_bits) || is_nan(bits)) return is_nan(wanted_bits) && is_nan(bits) ? 0 : wrong;
    const bool beyond = !is_finite_pattern<T>(wanted_bits);  // and the result is the largest number, or none that could be meant
    return beyond && std::fabs(exact) < static_cast<Exact>(std::numeric_limits<T>::max()) * Exact(1.0000001) ? 1 : wrong;
  }
  if (got == want) return finite_math_only ? 0 : wrong;  // 0 and -0
  int exponent = 0;
  std::frexp(std::fabs(want), &exponent);
  if (exponent < std::numeric_limits<T>::min_exponent) exponent = std::numeric_limits<T>::min_exponent;
  const Exact unit = std::ldexp(Exact(1), exponent - std::numeric_limits<T>::digits);
  return static_cast<double>(std::fabs(static_cast<Exact>(got) - exact) / unit);
}
