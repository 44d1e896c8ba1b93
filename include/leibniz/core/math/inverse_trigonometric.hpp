#pragma once

// Inverse circular functions. In constant evaluation all are angles of a point (x, y), found from the arc
// tangents of the eighths by the addition theorem and a short series. Constants were computed with mpmath.

#include <leibniz/core/math/power.hpp>
#include <leibniz/core/math/trigonometric.hpp>

namespace leibniz::math {

namespace detail {

/// atan(k / 8), k = 0 ... 8.
template <class T>
inline constexpr T atan_of_eighths[9] = {static_cast<T>(0),
                                         static_cast<T>(0.124354994546761435031354849163871025573170L),
                                         static_cast<T>(0.244978663126864154172082481211275810914144L),
                                         static_cast<T>(0.358770670270572220395920063926460499776976L),
                                         static_cast<T>(0.463647609000806116214256231461214402028537L),
                                         static_cast<T>(0.558599315343562435971508216401661270346448L),
                                         static_cast<T>(0.643501108793284386802809228717322638041511L),
                                         static_cast<T>(0.718829999621624505417014151525904653951419L),
                                         static_cast<T>(0.785398163397448309615660845819875721049292L)};

/// atan(t) for 0 <= t <= 1.
template <class T>
constexpr T atan_of_fraction(T t) noexcept {
  const int eighths = static_cast<int>(t * 8 + T(0.5));
  const T centre = static_cast<T>(eighths) / 8;
  const T u = (t - centre) / (1 + t * centre);
  const T z = u * u;
  T sum = 0;
  for (T k = by_precision<T>(17, 19, 31); k > 1; k -= 2) { sum = z * (1 / k - sum); }
  return atan_of_eighths<T>[eighths] + (u - u * sum);
}

/// The angle of the point (x, y), x and y finite, not negative and not both 0.
template <class T>
constexpr T atan_of_quotient(T y, T x) noexcept {
  if (y <= x) { return atan_of_fraction(y / x); }
  return half_pi<T> - (atan_of_fraction(x / y) - half_pi_low<T>);
}

/// The same where x stands for the negative number -x: an angle from pi/2 to pi.
template <class T>
constexpr T atan_of_quotient_reflected(T y, T x) noexcept {
  return 2 * half_pi<T> - (atan_of_quotient(y, x) - 2 * half_pi_low<T>);
}

}  // namespace detail

namespace constant {

/// As math::atan, also at run time.
template <std::floating_point T>
constexpr T atan(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(atan(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x)) {
    return x;
  } else if (isinf(x)) {
    return copysign(detail::half_pi<T> + detail::half_pi_low<T>, x);
  } else {
    return copysign(detail::atan_of_quotient(fabs(x), T(1)), x);
  }
}

/// As math::atan2, also at run time.
template <std::floating_point T>
constexpr T atan2(T y, T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(atan2(detail::widened(y), detail::widened(x)));
  } else {
    if (isnan(x) || isnan(y)) { return isnan(x) ? x : y; }
    const bool both_infinite = isinf(x) && isinf(y);
    // an infinite side beside a finite one leaves the direction of an axis
    const T height = both_infinite || isinf(y) ? T(1) : isinf(x) ? T(0) : fabs(y);
    const T width = both_infinite || isinf(x) ? T(1) : isinf(y) ? T(0) : fabs(x);
    if (!(height > 0) && !(width > 0)) {
      return copysign(signbit(x) ? 2 * (detail::half_pi<T> + detail::half_pi_low<T>) : T(0), y);
    }
    return copysign(signbit(x) ? detail::atan_of_quotient_reflected(height, width)
                               : detail::atan_of_quotient(height, width),
                    y);
  }
}

/// As math::asin, also at run time.
template <std::floating_point T>
constexpr T asin(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(asin(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x)) {
    return x;
  } else if (fabs(x) <= 1) {
    return copysign(detail::atan_of_quotient(fabs(x), sqrt((1 - x) * (1 + x))), x);
  } else {
    return detail::not_a_number<T>;
  }
}

/// As math::acos, also at run time.
template <std::floating_point T>
constexpr T acos(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(acos(detail::widened(x)));
  } else if (isnan(x)) {
    return x;
  } else if (fabs(x) <= 1) {
    const T height = sqrt((1 - x) * (1 + x));
    return x < 0 ? detail::atan_of_quotient_reflected(height, -x) : detail::atan_of_quotient(height, x);
  } else {
    return detail::not_a_number<T>;
  }
}

}  // namespace constant

/// Inverse tangent, from -pi/2 to pi/2.
template <std::floating_point T>
constexpr T atan(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::atan(x); }
  return libm::atan(x);
}

/// The angle of the point (x, y) from -pi to pi; signed zeros and infinities as in C99, Annex F.
template <std::floating_point T>
constexpr T atan2(T y, T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::atan2(y, x); }
  return libm::atan2(y, x);
}

/// Inverse sine, from -pi/2 to pi/2; NaN for |x| > 1.
template <std::floating_point T>
constexpr T asin(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::asin(x); }
  return libm::asin(x);
}

/// Inverse cosine, from 0 to pi; NaN for |x| > 1.
template <std::floating_point T>
constexpr T acos(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::acos(x); }
  return libm::acos(x);
}

}  // namespace leibniz::math
