#pragma once

// Exponentials. In constant evaluation: argument reduction by ln 2, then the Taylor series of e^r, which
// needs no table of coefficients and whose number of terms alone depends on the type. Constants were computed
// with mpmath.

#include <leibniz/core/math/arithmetic.hpp>

namespace leibniz::math {

namespace detail {

template <class T>
inline constexpr T ln2 = static_cast<T>(0.6931471805599453094172321214581765680755L);

/// ln 2 to 32 bits: its product with any exponent is exact.
template <class T>
inline constexpr T ln2_high = static_cast<T>(0x1.62e42feep-1L);

template <class T>
inline constexpr T ln2_low = static_cast<T>(1.90821492927058781614426568075500134360255e-10L);

/// r = high + low - n ln 2, |r| <= ln(2) / 2, with `low` what rounding cost `r`.
template <class T>
struct exponential_argument {
  T r;
  T low;
  int n;
};

template <class T>
constexpr exponential_argument<T> reduce_exponential(T high, T low) noexcept {
  constexpr T inverse = 1 / ln2<T>;
  const int n = static_cast<int>(high * inverse + (high < 0 ? T(-0.5) : T(0.5)));
  const T exact = high - static_cast<T>(n) * ln2_high<T>;
  const T rest = low - static_cast<T>(n) * ln2_low<T>;
  const T r = exact + rest;
  return {r, (exact - r) + rest, n};
}

/// e^r - 1 for the reduced argument.
template <class T>
constexpr T exponential_series(T r, T low) noexcept {
  T sum = 1;
  for (T k = by_precision<T>(14, 16, 26); k > 1; k -= 1) { sum = 1 + r * sum / k; }
  return r * sum + low;
}

/// e^(high + low) 2^shift for |high| up to a few times the largest exponent.
template <class T>
constexpr T exponential(T high, T low, int shift) noexcept {
  const auto [r, rest, n] = reduce_exponential(high, low);
  return scale(1 + exponential_series(r, rest), n + shift);
}

/// Beyond this, exponentials are 0 or infinite; checked first because only a bounded exponent fits an int.
template <class T>
inline constexpr T exponent_bound = static_cast<T>(std::numeric_limits<T>::max_exponent + 2 * digits<T>);

}  // namespace detail

namespace constant {

/// As math::exp, also at run time.
template <std::floating_point T>
constexpr T exp(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(exp(detail::widened(x)));
  } else if (fabs(x) < detail::exponent_bound<T>) {
    return detail::exponential(x, T(0), 0);
  } else {
    return isnan(x) ? x : x < 0 ? T(0) : detail::infinity<T>;
  }
}

/// As math::exp2, also at run time.
template <std::floating_point T>
constexpr T exp2(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(exp2(detail::widened(x)));
  } else if (fabs(x) < detail::exponent_bound<T>) {
    const T whole = trunc(x);
    const auto [high, low] = detail::exact_product(x - whole, detail::ln2_high<T>);
    const T rest = low + (x - whole) * detail::ln2_low<T>;
    return detail::exponential(high, rest, static_cast<int>(whole));
  } else {
    return isnan(x) ? x : x < 0 ? T(0) : detail::infinity<T>;
  }
}

/// As math::expm1, also at run time.
template <std::floating_point T>
constexpr T expm1(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(expm1(detail::widened(x)));
  } else if (fabs(x) < std::numeric_limits<T>::epsilon() / 4) {
    return x;
  } else if (fabs(x) < detail::exponent_bound<T>) {
    const auto [r, low, n] = detail::reduce_exponential(x, T(0));
    const T series = detail::exponential_series(r, low);
    if (n == 0) { return series; }
    if (n > 2 * detail::digits<T>) { return detail::scale(1 + series, n); }
    if (n < -detail::digits<T> - 2) { return T(-1); }
    return (series + (1 - detail::power_of_two<T>(-n))) * detail::power_of_two<T>(n);
  } else {
    return isnan(x) ? x : x < 0 ? T(-1) : detail::infinity<T>;
  }
}

}  // namespace constant

/// e^x.
template <std::floating_point T>
constexpr T exp(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::exp(x); }
  return libm::exp(x);
}

/// 2^x; exact for whole x.
template <std::floating_point T>
constexpr T exp2(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::exp2(x); }
  return libm::exp2(x);
}

/// e^x - 1, accurate near 0.
template <std::floating_point T>
constexpr T expm1(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::expm1(x); }
  return libm::expm1(x);
}

}  // namespace leibniz::math
