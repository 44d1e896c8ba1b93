#pragma once

// Hyperbolic functions and their inverses; in constant evaluation through expm1 and log1p, which keep small
// arguments accurate.

#include <leibniz/core/math/power.hpp>
#include <leibniz/core/math/trigonometric.hpp>

namespace leibniz::math {

namespace constant {

/// As math::sinh, also at run time.
template <std::floating_point T>
constexpr T sinh(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(sinh(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x) || isinf(x)) {
    return x;
  } else if (fabs(x) < 40) {
    const T grown = expm1(fabs(x));
    return copysign((grown + grown / (grown + 1)) / 2, x);
  } else if (fabs(x) < detail::exponent_bound<T>) {
    return copysign(detail::exponential(fabs(x), T(0), -1), x);
  } else {
    return copysign(detail::infinity<T>, x);
  }
}

/// As math::cosh, also at run time.
template <std::floating_point T>
constexpr T cosh(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(cosh(detail::widened(x)));
  } else if (isnan(x)) {
    return x;
  } else if (fabs(x) < 40) {
    const T grown = exp(fabs(x));
    return grown / 2 + T(0.5) / grown;
  } else if (fabs(x) < detail::exponent_bound<T>) {
    return detail::exponential(fabs(x), T(0), -1);
  } else {
    return detail::infinity<T>;
  }
}

/// As math::tanh, also at run time.
template <std::floating_point T>
constexpr T tanh(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(tanh(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x)) {
    return x;
  } else if (fabs(x) < 40) {
    const T grown = expm1(2 * fabs(x));
    return copysign(grown / (grown + 2), x);
  } else {
    return copysign(T(1), x);
  }
}

/// As math::asinh, also at run time.
template <std::floating_point T>
constexpr T asinh(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(asinh(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x) || isinf(x)) {
    return x;
  } else {
    const T a = fabs(x);
    if (a < 2) {
      const T square = a * a;
      return copysign(log1p(a + square / (1 + sqrt(1 + square))), x);
    }
    if (a * detail::linear_bound<T> < 1) { return copysign(log(2 * a + 1 / (a + sqrt(a * a + 1))), x); }
    return copysign(log(a) + detail::ln2<T>, x);
  }
}

/// As math::acosh, also at run time.
template <std::floating_point T>
constexpr T acosh(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(acosh(detail::widened(x)));
  } else if (isnan(x) || (isinf(x) && x > 0)) {
    return x;
  } else if (x < 1) {
    return detail::not_a_number<T>;
  } else if (x < 2) {
    const T t = x - 1;
    return log1p(t + sqrt(2 * t + t * t));
  } else if (x * detail::linear_bound<T> < 1) {
    return log(2 * x - 1 / (x + sqrt(x * x - 1)));
  } else {
    return log(x) + detail::ln2<T>;
  }
}

/// As math::atanh, also at run time.
template <std::floating_point T>
constexpr T atanh(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(atanh(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x)) {
    return x;
  } else if (fabs(x) < 1) {
    const T twice = 2 * fabs(x);
    // below 1/2 the quotient is split, because its rounding would be all the error there is
    const T argument = twice < 1 ? twice + twice * fabs(x) / (1 - fabs(x)) : twice / (1 - fabs(x));
    return copysign(log1p(argument) / 2, x);
  } else {
    return fabs(x) > 1 ? detail::not_a_number<T> : copysign(detail::infinity<T>, x);
  }
}

}  // namespace constant

/// Hyperbolic sine.
template <std::floating_point T>
constexpr T sinh(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::sinh(x); }
  return libm::sinh(x);
}

/// Hyperbolic cosine.
template <std::floating_point T>
constexpr T cosh(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::cosh(x); }
  return libm::cosh(x);
}

/// Hyperbolic tangent.
template <std::floating_point T>
constexpr T tanh(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::tanh(x); }
  return libm::tanh(x);
}

/// Inverse hyperbolic sine.
template <std::floating_point T>
constexpr T asinh(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::asinh(x); }
  return libm::asinh(x);
}

/// Inverse hyperbolic cosine, not negative; NaN for x < 1.
template <std::floating_point T>
constexpr T acosh(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::acosh(x); }
  return libm::acosh(x);
}

/// Inverse hyperbolic tangent; infinite at -1 and 1, NaN beyond.
template <std::floating_point T>
constexpr T atanh(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::atanh(x); }
  return libm::atanh(x);
}

}  // namespace leibniz::math
