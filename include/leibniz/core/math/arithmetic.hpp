#pragma once

// IEEE arithmetic where a compiler refuses it in a constant expression (g++ refuses an overflow, clang a NaN,
// both a division by zero), and rounding to whole numbers.

#include <leibniz/core/math/division.hpp>
#include <leibniz/core/math/precision.hpp>

namespace leibniz::math {

namespace constant {

/// As math::trunc, also at run time.
template <std::floating_point T>
constexpr T trunc(T x) noexcept {
  constexpr T whole = static_cast<T>(1ULL << 62);
  if (isnan(x) || fabs(x) >= T(1) / std::numeric_limits<T>::epsilon()) { return x; }
  if constexpr (detail::digits < T >> 64) {
    if (fabs(x) >= whole) {
      const T upper = static_cast<T>(static_cast<long long>(x / whole)) * whole;
      return upper + static_cast<T>(static_cast<long long>(x - upper));
    }
  }
  return copysign(static_cast<T>(static_cast<long long>(x)), x);
}

/// As math::floor, also at run time.
template <std::floating_point T>
constexpr T floor(T x) noexcept {
  const T whole = trunc(x);
  return whole > x ? whole - T(1) : whole;
}

/// As math::ceil, also at run time.
template <std::floating_point T>
constexpr T ceil(T x) noexcept {
  return -floor(-x);
}

/// As math::add, also at run time.
template <std::floating_point T>
constexpr T add(T x, T y) noexcept {
  constexpr T half = std::numeric_limits<T>::max() / 2;
  if (fabs(x) <= half && fabs(y) <= half) { return x + y; }
  if (isnan(x) || isnan(y)) { return isnan(x) ? x : y; }
  if (isinf(x) || isinf(y)) {
    return isinf(x) && isinf(y) && (x > 0) != (y > 0) ? detail::not_a_number<T> : isinf(x) ? x : y;
  }
  const T middle = x / 2 + y / 2;
  return fabs(middle) > half ? copysign(detail::infinity<T>, middle) : x + y;
}

/// As math::subtract, also at run time.
template <std::floating_point T>
constexpr T subtract(T x, T y) noexcept {
  return add(x, -y);
}

/// As math::multiply, also at run time.
template <std::floating_point T>
constexpr T multiply(T x, T y) noexcept {
  using limits = std::numeric_limits<T>;
  constexpr int half_range = limits::max_exponent / 2;
  constexpr T root = detail::power_of_two<T>(half_range - 1);
  if (fabs(x) <= root && fabs(y) <= root) { return x * y; }
  if (isnan(x) || isnan(y)) { return isnan(x) ? x : y; }
  const T sign = copysign(T(1), x) * copysign(T(1), y);
  if (isinf(x) || isinf(y)) {
    return fabs(x) > 0 && fabs(y) > 0 ? sign * detail::infinity<T> : detail::not_a_number<T>;
  }
  if (fabs(x) > 1 && fabs(y) > 1) {
    // both factors are scaled so that their product rounds as the true one would, but cannot overflow
    constexpr T down = detail::power_of_two<T>(-half_range);
    if (fabs((x * down) * (y * down)) > limits::max() * down * down) { return sign * detail::infinity<T>; }
  }
  return x * y;
}

/// As math::divide, also at run time.
template <std::floating_point T>
constexpr T divide(T x, T y) noexcept {
  using limits = std::numeric_limits<T>;
  constexpr int half_range = limits::max_exponent / 2;
  constexpr T up = detail::power_of_two<T>(half_range - 1);
  constexpr T down = detail::power_of_two<T>(1 - half_range);
  if (fabs(x) <= up && fabs(y) >= down && fabs(y) <= up) { return x / y; }
  if (isnan(x) || isnan(y)) { return isnan(x) ? x : y; }
  const T sign = copysign(T(1), x) * copysign(T(1), y);
  if (isinf(x)) { return isinf(y) ? detail::not_a_number<T> : sign * detail::infinity<T>; }
  if (isinf(y)) { return sign * T(0); }
  if (!(fabs(y) > 0)) { return fabs(x) > 0 ? sign * detail::infinity<T> : detail::not_a_number<T>; }
  if (fabs(y) < 1 && fabs(x) > down) {
    constexpr T limit = limits::max() * down * down;
    const T numerator = fabs(x) * down;
    const T denominator = fabs(y) * up;
    if (numerator >= 2 * limit * denominator || numerator / denominator > limit) {
      return sign * detail::infinity<T>;
    }
  }
  return x / y;
}

}  // namespace constant

/// x rounded towards zero.
template <std::floating_point T>
constexpr T trunc(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::trunc(x); }
  return libm::trunc(x);
}

/// The largest integer not above x.
template <std::floating_point T>
constexpr T floor(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::floor(x); }
  return libm::floor(x);
}

/// The smallest integer not below x.
template <std::floating_point T>
constexpr T ceil(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::ceil(x); }
  return libm::ceil(x);
}

/// x + y; in a constant expression too where compilers refuse it (overflow, infinity - infinity, NaN).
template <std::floating_point T>
constexpr T add(T x, T y) noexcept {
  if (std::is_constant_evaluated()) { return constant::add(x, y); }
  return x + y;
}

/// x - y; in a constant expression too where compilers refuse it.
template <std::floating_point T>
constexpr T subtract(T x, T y) noexcept {
  if (std::is_constant_evaluated()) { return constant::subtract(x, y); }
  return x - y;
}

/// x y; in a constant expression too where compilers refuse it (overflow, 0 times infinity, NaN).
template <std::floating_point T>
constexpr T multiply(T x, T y) noexcept {
  if (std::is_constant_evaluated()) { return constant::multiply(x, y); }
  return x * y;
}

/// x / y; in a constant expression too where compilers refuse it: 1/0 is infinite with the sign of both, 0/0
/// is NaN.
template <std::floating_point T>
constexpr T divide(T x, T y) noexcept {
  if (std::is_constant_evaluated()) { return constant::divide(x, y); }
  return detail::quotient<T>(x, y);
}

}  // namespace leibniz::math
