#pragma once

// Signs and kinds of floating-point numbers, constexpr with every compiler.

#include <leibniz/core/math/libm.hpp>
#include <concepts>
#include <limits>
#include <type_traits>

namespace leibniz::math {

/// `magnitude` with the sign of `sign`, zeros included; as std::copysign.
template <std::floating_point T>
constexpr T copysign(T magnitude, T sign) noexcept {
  if constexpr (sizeof(T) < sizeof(double)) {
    return static_cast<T>(__builtin_copysignf(static_cast<float>(magnitude), static_cast<float>(sign)));
  } else if constexpr (std::numeric_limits<T>::digits <= 53) {
    return static_cast<T>(__builtin_copysign(static_cast<double>(magnitude), static_cast<double>(sign)));
  } else {
    return __builtin_copysignl(magnitude, sign);
  }
}

/// True for negative values, -0 included.
template <std::floating_point T>
constexpr bool signbit(T x) noexcept {
  // clang 19 does not fold __builtin_signbit; it does fold this
  return copysign(T(1), x) < 0;
}

/// |x|; fabs(-0) is +0.
template <std::floating_point T>
constexpr T fabs(T x) noexcept {
  return copysign(x, T(1));
}

/// |x|, the same as fabs.
template <std::floating_point T>
constexpr T abs(T x) noexcept {
  return copysign(x, T(1));
}

/// True for a NaN.
template <std::floating_point T>
constexpr bool isnan(T x) noexcept {
  // not x != x, to which -Wfloat-equal objects, and not the builtin, to which clang objects under -ffast-math
  return !(x <= 0) && !(x > 0);
}

/// True for +infinity and -infinity.
template <std::floating_point T>
constexpr bool isinf(T x) noexcept {
  return fabs(x) > std::numeric_limits<T>::max();
}

/// True for everything but infinities and NaN.
template <std::floating_point T>
constexpr bool isfinite(T x) noexcept {
  return fabs(x) <= std::numeric_limits<T>::max();
}

}  // namespace leibniz::math
