#pragma once

// Roots and powers. In constant evaluation: Newton's and Halley's iterations finished by one step with an
// exact residual, and e^(y log x) with the logarithm carried to half as many digits again.

#include <leibniz/core/math/logarithm.hpp>

namespace leibniz::math {

namespace detail {

/// Square root of high + low, high in [1/4, 16].
template <class T>
constexpr T root_of_sum(T high, T low) noexcept {
  T root = T(0.69) + T(0.35) * high;
  for (int step = by_precision<T>(5, 6, 7); step > 0; --step) { root = (root + high / root) / 2; }
  const auto [square, square_low] = exact_product(root, root);
  return root + (((high - square) - square_low) + low) / (2 * root);
}

template <class T>
constexpr bool is_whole(T x) noexcept {
  return !(constant::trunc(x) < x) && !(constant::trunc(x) > x);
}

/// For finite x.
template <class T>
constexpr bool is_odd(T x) noexcept {
  return is_whole(x) && !is_whole(x / 2);
}

template <class T>
constexpr T power_by_squaring(T x, unsigned long long n) noexcept {
  T result = 1;
  while (true) {
    if ((n & 1) != 0) { result = multiply(result, x); }
    n >>= 1;
    if (n == 0) { return result; }
    x = multiply(x, x);
  }
}

}  // namespace detail

namespace constant {

/// As math::sqrt, also at run time.
template <std::floating_point T>
constexpr T sqrt(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(sqrt(detail::widened(x)));
  } else if (detail::has_log(x)) {
    const auto [m, n] = detail::split_exponent(x);
    const int odd = n & 1;
    return detail::scale(detail::root_of_sum(odd != 0 ? 2 * m : m, T(0)), (n - odd) / 2);
  } else {
    return x < 0 ? detail::not_a_number<T> : x;
  }
}

/// As math::cbrt, also at run time.
template <std::floating_point T>
constexpr T cbrt(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(cbrt(detail::widened(x)));
  } else if (detail::has_log(fabs(x))) {
    auto [m, n] = detail::split_exponent(fabs(x));
    while (n % 3 != 0) {
      m *= 2;
      n -= 1;
    }
    T root = T(0.9) + T(0.15) * m;
    for (int step = 3; step > 0; --step) {
      const T cube = root * root * root;
      root = root * (cube + 2 * m) / (2 * cube + m);
    }
    const auto [square, square_low] = detail::exact_product(root, root);
    const auto [cube, cube_low] = detail::exact_product(square, root);
    root += (((m - cube) - cube_low) - square_low * root) / (3 * square);
    return copysign(detail::scale(root, n / 3), x);
  } else {
    return x;
  }
}

/// As math::hypot, also at run time.
template <std::floating_point T>
constexpr T hypot(T x, T y) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(hypot(detail::widened(x), detail::widened(y)));
  } else {
    if (isinf(x) || isinf(y)) { return detail::infinity<T>; }
    if (isnan(x) || isnan(y)) { return isnan(x) ? x : y; }
    const T longer = fabs(x) < fabs(y) ? fabs(y) : fabs(x);
    const T shorter = fabs(x) < fabs(y) ? fabs(x) : fabs(y);
    if (shorter <= longer * (std::numeric_limits<T>::epsilon() / 4)) { return longer; }
    const auto [a, n] = detail::split_exponent(longer);
    // in two steps, because 2^-n may be a denormal
    const T b = shorter * detail::power_of_two<T>(-n / 2) * detail::power_of_two<T>(-n - (-n / 2));
    const auto [square_a, low_a] = detail::exact_product(a, a);
    const auto [square_b, low_b] = detail::exact_product(b, b);
    const auto [sum, sum_low] = detail::exact_sum(square_a, square_b);
    return detail::scale(detail::root_of_sum(sum, sum_low + (low_a + low_b)), n);
  }
}

/// As math::pow, also at run time.
template <std::floating_point T>
constexpr T pow(T x, T y) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(pow(detail::widened(x), detail::widened(y)));
  } else {
    const T magnitude = fabs(x);
    const bool unit = !(magnitude < 1) && !(magnitude > 1) && !isnan(x);
    if (!(fabs(y) > 0 || isnan(y)) || (unit && (x > 0 || isinf(y)))) { return T(1); }
    if (isnan(x) || isnan(y)) { return isnan(x) ? x : y; }
    if (isinf(y)) { return (magnitude > 1) == (y > 0) ? detail::infinity<T> : T(0); }
    const T sign = signbit(x) && detail::is_odd(y) ? T(-1) : T(1);
    if (isinf(x) || !(magnitude > 0)) { return sign * (isinf(x) == (y > 0) ? detail::infinity<T> : T(0)); }
    if (x < 0 && !detail::is_whole(y)) { return detail::not_a_number<T>; }
    if (unit) { return sign; }
    // |log x| is at least half an ulp of 1, so that beyond these bounds the result is known
    constexpr T large = detail::power_of_two<T>(detail::digits<T> + 18);
    if (fabs(y) > large) { return sign * ((magnitude > 1) == (y > 0) ? detail::infinity<T> : T(0)); }
    if (fabs(y) < 1 / large) { return sign; }
    const auto [high, low] = detail::accurate_log(magnitude);
    const auto [product, rest] = detail::exact_product(high, y);
    if (fabs(product) > detail::exponent_bound<T>) {
      return sign * (product > 0 ? detail::infinity<T> : T(0));
    }
    return sign * detail::exponential(product, rest + low * y, 0);
  }
}

}  // namespace constant

/// Square root; NaN below 0, -0 at -0.
template <std::floating_point T>
constexpr T sqrt(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::sqrt(x); }
  if constexpr (detail::has_root && sizeof(T) <= sizeof(double)) { return detail::root(x); }
  return libm::sqrt(x);
}

/// Cube root, negative for negative x.
template <std::floating_point T>
constexpr T cbrt(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::cbrt(x); }
  return libm::cbrt(x);
}

/// sqrt(x^2 + y^2) without overflow on the way; infinite if x or y is, even beside a NaN.
template <std::floating_point T>
constexpr T hypot(T x, T y) noexcept {
  if (std::is_constant_evaluated()) { return constant::hypot(x, y); }
  return libm::hypot(x, y);
}

/// x^y with the special cases of C99, Annex F: 1 for y = 0 or x = 1 whatever the other is, NaN for x < 0 and
/// y not whole, signed zeros and infinities for odd y.
template <std::floating_point T>
constexpr T pow(T x, T y) noexcept {
  if (std::is_constant_evaluated()) { return constant::pow(x, y); }
  return libm::pow(x, y);
}

/// x^n by repeated squaring, at run time as well; 1 for n = 0 whatever x is. The relative error grows with
/// the exponent: up to about |n| / 2 ulp, and exact as long as the products are.
template <std::floating_point T>
constexpr T powi(T x, long long n) noexcept {
  if (n >= 0) { return detail::power_by_squaring(x, static_cast<unsigned long long>(n)); }
  // the magnitude of the least long long does not fit one
  const unsigned long long magnitude = 0ULL - static_cast<unsigned long long>(n);
  const T power = detail::power_by_squaring(x, magnitude);
  if (isinf(power)) {
    // x^|n| overflows where x^n may still be a denormal
    const T half = divide(T(1), detail::power_by_squaring(x, magnitude / 2));
    return divide(half, detail::power_by_squaring(x, magnitude - magnitude / 2));
  }
  return divide(T(1), power);
}

}  // namespace leibniz::math
