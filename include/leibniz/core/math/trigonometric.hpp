#pragma once

// Circular functions. In constant evaluation: reduction by pi/2 with 212 bits of it, then Taylor series.
// Constants were computed with mpmath.

#include <leibniz/core/math/arithmetic.hpp>

namespace leibniz::math {

namespace detail {

template <class T>
inline constexpr T half_pi = static_cast<T>(0x1.921fb54442d18p+0L);

/// pi/2 less the 53 bits of half_pi.
template <class T>
inline constexpr T half_pi_low = static_cast<T>(6.12323399573676588613032966137500529104875e-17L);

/// Not constexpr, which is the message: a constant expression must not take the sine of so large an argument.
/// At run time, where only tests come by, the answer is NaN.
template <class T>
T angle_beyond_2_to_the_50_in_a_constant_expression() noexcept {
  return not_a_number<T>;
}

/// x - n pi/2 as r + low, |r| <= 1, and n mod 4.
template <class T>
struct reduced_angle {
  T r;
  T low;
  int quadrant;
};

template <class T>
constexpr reduced_angle<T> reduce_angle(T x) noexcept {
  if (fabs(x) <= T(0.7853981)) { return {x, T(0), 0}; }
  if (!(fabs(x) <= T(0x1p50))) { return {angle_beyond_2_to_the_50_in_a_constant_expression<T>(), T(0), 0}; }
  constexpr T two_over_pi = static_cast<T>(0.636619772367581343075535053490057448137839L);
  const long long count = static_cast<long long>(x * two_over_pi + (x < 0 ? T(-0.5) : T(0.5)));
  const T n = static_cast<T>(count);
  // the leading part is exact: x and n half_pi are within a factor of two of each other
  const auto [first, first_low] = exact_product(n, half_pi<T>);
  const auto [second, second_low] = exact_product(n, static_cast<T>(0x1.1a62633145c06p-54L));
  const auto [third, third_low] = exact_product(n, static_cast<T>(0x1.c1cd129024e08p-107L));
  const T fourth = n * static_cast<T>(0x1.14cf98e804177p-160L);
  const auto [a, a_low] = exact_sum(x - first, -first_low);
  const auto [b, b_low] = exact_sum(a, -second);
  const auto [c, c_low] = exact_sum(a_low, b_low);
  const auto [d, d_low] = exact_sum(c, -second_low);
  const auto [e, e_low] = exact_sum(b, d);
  const auto [r, low] = exact_sum(e, e_low + (((c_low + d_low) - third) - (third_low + fourth)));
  return {r, low, static_cast<int>(count & 3)};
}

/// sin(r + low) for |r| <= 1.
template <class T>
constexpr T sine_series(T r, T low) noexcept {
  const T z = r * r;
  T sum = 1;
  for (T k = by_precision<T>(20, 22, 34); k > 2; k -= 2) { sum = 1 - z * sum / (k * (k + 1)); }
  // the last term apart: r itself enters unrounded
  return r - (r * (z * sum / 6) - low * (1 - z / 2));
}

/// cos(r + low) for |r| <= 1.
template <class T>
constexpr T cosine_series(T r, T low) noexcept {
  const T z = r * r;
  T sum = 1;
  for (T k = by_precision<T>(19, 21, 33); k > 3; k -= 2) { sum = 1 - z * sum / (k * (k + 1)); }
  const T half = z / 2;
  const T leading = 1 - half;
  return leading + (((1 - leading) - half) + (z * z * sum / 24 - r * low));
}

/// Below this an odd function x + O(x^3) is x.
template <class T>
inline constexpr T linear_bound = power_of_two<T>(-(digits<T> / 2) - 2);

}  // namespace detail

namespace constant {

/// As math::sin, also at run time.
template <std::floating_point T>
constexpr T sin(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(sin(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x)) {
    return x;
  } else if (isinf(x)) {
    return detail::not_a_number<T>;
  } else {
    const auto [r, low, quadrant] = detail::reduce_angle(x);
    const T value = (quadrant & 1) != 0 ? detail::cosine_series(r, low) : detail::sine_series(r, low);
    return (quadrant & 2) != 0 ? -value : value;
  }
}

/// As math::cos, also at run time.
template <std::floating_point T>
constexpr T cos(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(cos(detail::widened(x)));
  } else if (isnan(x)) {
    return x;
  } else if (isinf(x)) {
    return detail::not_a_number<T>;
  } else {
    const auto [r, low, quadrant] = detail::reduce_angle(x);
    const T value = (quadrant & 1) != 0 ? detail::sine_series(r, low) : detail::cosine_series(r, low);
    return quadrant == 1 || quadrant == 2 ? -value : value;
  }
}

/// As math::tan, also at run time.
template <std::floating_point T>
constexpr T tan(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(tan(detail::widened(x)));
  } else if (fabs(x) < detail::linear_bound<T> || isnan(x)) {
    return x;
  } else if (isinf(x)) {
    return detail::not_a_number<T>;
  } else {
    const auto [r, low, quadrant] = detail::reduce_angle(x);
    const T sine = detail::sine_series(r, low);
    const T cosine = detail::cosine_series(r, low);
    return (quadrant & 1) != 0 ? -cosine / sine : sine / cosine;
  }
}

}  // namespace constant

/// Sine; NaN at infinity. In a constant expression |x| must not exceed 2^50 (about 1.1e15).
template <std::floating_point T>
constexpr T sin(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::sin(x); }
  return libm::sin(x);
}

/// Cosine; NaN at infinity. In a constant expression |x| must not exceed 2^50.
template <std::floating_point T>
constexpr T cos(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::cos(x); }
  return libm::cos_alone(x);
}

/// Tangent; NaN at infinity. In a constant expression |x| must not exceed 2^50.
template <std::floating_point T>
constexpr T tan(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::tan(x); }
  return libm::tan(x);
}

}  // namespace leibniz::math
