#pragma once

// Logarithms. In constant evaluation: the series of 2 artanh(s) for a significand next to 1, plus the
// exponent times ln 2. Constants were computed with mpmath.

#include <leibniz/core/math/exponential.hpp>

namespace leibniz::math {

namespace detail {

/// x = m 2^n with m in [sqrt(1/2), sqrt(2)], for positive finite x.
template <class T>
constexpr significand_and_exponent<T> split_logarithm(T x) noexcept {
  const auto [m, n] = split_exponent(x);
  if (m > T(1.41421356)) { return {m / 2, n + 1}; }
  return {m, n};
}

/// 1/first + z/(first + 2) + z^2/(first + 4) + ..., the series of artanh(s) from the power `first` on, over
/// that power; z = s^2 <= 0.0295.
template <class T>
constexpr T inverse_tanh_series(T z, T first) noexcept {
  T sum = 0;
  for (T k = by_precision<T>(23, 27, 47); k > first; k -= 2) { sum = z * (1 / k + sum); }
  return 1 / first + sum;
}

/// log(1 + f) for sqrt(1/2) - 1 <= f <= sqrt(2) - 1, as f less a correction, so that small f loses nothing.
template <class T>
constexpr T log_correction(T f) noexcept {
  const T s = f / (2 + f);
  const T z = s * s;
  const T half_square = f * f / 2;
  return half_square - s * (half_square + 2 * z * inverse_tanh_series(z, T(3)));
}

/// log(x) to half as many digits again, for positive finite x: what pow needs, whose exponent magnifies the
/// error.
template <class T>
constexpr twofold<T> accurate_log(T x) noexcept {
  constexpr T third = static_cast<T>(0x1.5555555555555p-2L);
  constexpr T third_low = static_cast<T>(1.85037170770859423403938611348470052083333e-17L);
  const auto [m, n] = split_logarithm(x);
  // s = (m - 1) / (m + 1), log(m) = 2 s (1 + s^2 (1/3 + s^2/5 + ...))
  const T numerator = m - 1;
  const auto [divisor, divisor_low] = exact_sum(m, T(1));
  const T s = numerator / divisor;
  const auto [back, back_low] = exact_product(s, divisor);
  const T s_low = ((numerator - back) - back_low - s * divisor_low) / divisor;
  const auto [z, z_rounding] = exact_product(s, s);
  const T z_low = z_rounding + 2 * s * s_low;
  const auto [inner, inner_low] = exact_sum(third, z * inverse_tanh_series(z, T(5)));
  const auto [u, u_rounding] = exact_product(z, inner);
  const T u_low = u_rounding + z * (inner_low + third_low) + z_low * inner;
  const auto [su, su_rounding] = exact_product(s, u);
  const T su_low = su_rounding + s * u_low + s_low * u;
  const auto [log_m, log_m_low] = exact_sum(2 * s, 2 * su);
  const auto [high, low] = exact_sum(static_cast<T>(n) * ln2_high<T>, log_m);
  const auto [middle, rest] = exact_sum(low, static_cast<T>(n) * ln2_low<T>);
  const auto [result, result_low] = exact_sum(high, middle);
  return {result, result_low + (rest + (log_m_low + 2 * (s_low + su_low)))};
}

/// The values of a logarithm where it is not a number or not finite; the caller has excluded the other
/// arguments.
template <class T>
constexpr T log_special(T x) noexcept {
  return isnan(x) || x > 0 ? x : x < 0 ? not_a_number<T> : -infinity<T>;
}

template <class T>
constexpr bool has_log(T x) noexcept {
  return x > 0 && x <= std::numeric_limits<T>::max();
}

}  // namespace detail

namespace constant {

/// As math::log, also at run time.
template <std::floating_point T>
constexpr T log(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(log(detail::widened(x)));
  } else if (detail::has_log(x)) {
    const auto [m, n] = detail::split_logarithm(x);
    const T f = m - 1;
    const T correction = detail::log_correction(f) - static_cast<T>(n) * detail::ln2_low<T>;
    return static_cast<T>(n) * detail::ln2_high<T> + (f - correction);
  } else {
    return detail::log_special(x);
  }
}

/// As math::log2, also at run time.
template <std::floating_point T>
constexpr T log2(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(log2(detail::widened(x)));
  } else if (detail::has_log(x)) {
    constexpr T factor = static_cast<T>(0x1.71547652b82fep+0L);
    constexpr T factor_low = static_cast<T>(2.03552737409310320495550944404811109341354e-17L);
    const auto [m, n] = detail::split_logarithm(x);
    const auto [high, low] = detail::accurate_log(m);
    const auto [product, rest] = detail::exact_product(high, factor);
    const auto [sum, sum_low] = detail::exact_sum(static_cast<T>(n), product);
    return sum + (sum_low + (rest + (high * factor_low + low * factor)));
  } else {
    return detail::log_special(x);
  }
}

/// As math::log10, also at run time.
template <std::floating_point T>
constexpr T log10(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(log10(detail::widened(x)));
  } else if (detail::has_log(x)) {
    constexpr T factor = static_cast<T>(0x1.bcb7b1526e50ep-2L);
    constexpr T factor_low = static_cast<T>(1.09831965021676510991067215297294478161145e-17L);
    const auto [high, low] = detail::accurate_log(x);
    const auto [product, rest] = detail::exact_product(high, factor);
    return product + (rest + (high * factor_low + low * factor));
  } else {
    return detail::log_special(x);
  }
}

/// As math::log1p, also at run time.
template <std::floating_point T>
constexpr T log1p(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(log1p(detail::widened(x)));
  } else if (fabs(x) < std::numeric_limits<T>::epsilon() / 4) {
    return x;
  } else if (x > T(-0.29) && x < T(0.41)) {
    return x - detail::log_correction(x);
  } else if (x > -1 && x < 1 / std::numeric_limits<T>::epsilon()) {
    const auto [sum, lost] = detail::exact_sum(T(1), x);
    const auto [m, n] = detail::split_logarithm(sum);
    const T f = m - 1;
    const T correction = detail::log_correction(f) - (static_cast<T>(n) * detail::ln2_low<T> + lost / sum);
    return static_cast<T>(n) * detail::ln2_high<T> + (f - correction);
  } else if (x > -1) {
    return log(x);
  } else {
    return isnan(x) ? x : x < -1 ? detail::not_a_number<T> : -detail::infinity<T>;
  }
}

}  // namespace constant

/// Natural logarithm; -infinity at 0, NaN below.
template <std::floating_point T>
constexpr T log(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::log(x); }
  return libm::log(x);
}

/// Logarithm to base 2; -infinity at 0, NaN below.
template <std::floating_point T>
constexpr T log2(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::log2(x); }
  return libm::log2(x);
}

/// Logarithm to base 10; -infinity at 0, NaN below.
template <std::floating_point T>
constexpr T log10(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::log10(x); }
  return libm::log10(x);
}

/// log(1 + x), accurate near 0; -infinity at -1, NaN below.
template <std::floating_point T>
constexpr T log1p(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::log1p(x); }
  return libm::log1p(x);
}

}  // namespace leibniz::math
