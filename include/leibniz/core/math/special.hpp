#pragma once

// The error function and its complement, and the library's own sigmoid and softplus.
// In constant evaluation erfc(x) is e^(-x^2) w(x); w follows from its value at the next half above x by the
// recurrence of its Taylor coefficients (from w' = 2 x w - 2/sqrt(pi)), where errors shrink going left, and
// beyond 3 by its continued fraction (Abramowitz and Stegun 7.1.14). Constants were computed with mpmath.

#include <leibniz/core/math/power.hpp>

namespace leibniz::math {

namespace detail {

/// w(k / 2) for k = 2 ... 6, w(x) = e^(x^2) erfc(x).
template <class T>
inline constexpr T scaled_erfc_at_halves[5] = {static_cast<T>(0.427583576155807004410750344490515180820160L),
                                               static_cast<T>(0.321585416454317502354322587723265569029247L),
                                               static_cast<T>(0.255395676310505743865088580908542763302599L),
                                               static_cast<T>(0.210806364061143580647112048406702319338308L),
                                               static_cast<T>(0.179001151181389950419294815313620987227985L)};

template <class T>
inline constexpr T two_over_root_pi = static_cast<T>(1.12837916709551257389615890312154517168810L);

/// erf(x) / x for |x| <= 1/2: 2/sqrt(pi) (1 - x^2/3 + x^4/10 - ...), the powers of x^2 over k! (2k + 1).
template <class T>
constexpr T erf_series(T x) noexcept {
  const T z = x * x;
  T term = 1;
  T sum = 0;
  constexpr T count = by_precision<T>(14, 16, 25);
  for (T k = 1; k < count; k += 1) {
    term *= -z / k;
    sum += term / (2 * k + 1);
  }
  return two_over_root_pi<T> + two_over_root_pi<T> * sum;
}

/// w(x) = e^(x^2) erfc(x) for x >= 1/2.
template <class T>
constexpr T scaled_erfc(T x) noexcept {
  if (x > 3) {
    // an upper bound, fitted to the smallest numbers of levels that mpmath found sufficient at 16 points
    const T levels = 4 + by_precision<T>(88, 120, 530) / x;
    T fraction = x;
    for (T k = constant::trunc(levels); k > 0; k -= 1) { fraction = x + k / (2 * fraction); }
    return two_over_root_pi<T> / (2 * fraction);
  }
  const int halves = static_cast<int>(constant::ceil(2 * x));
  const T centre = static_cast<T>(halves < 2 ? 2 : halves) / 2;
  const T step = x - centre;
  // the terms w_k step^k / k!: the k+1st is 2 step (centre w_k + step w_(k-1)) / (k + 1)
  T before = scaled_erfc_at_halves<T>[halves < 2 ? 0 : halves - 2];
  T term = step * (2 * centre * before - two_over_root_pi<T>);
  T sum = term;
  const T first = before;
  constexpr T count = by_precision<T>(23, 27, 42);
  for (T k = 2; k < count; k += 1) {
    const T next = 2 * step * (centre * term + step * before) / k;
    sum += next;
    before = term;
    term = next;
  }
  return first + sum;
}

/// erfc(x) for x >= 1/2.
template <class T>
constexpr T erfc_tail(T x) noexcept {
  if (x * x > exponent_bound<T>) { return 0; }
  // scaled up by an exact power, because e^(-x^2) w may be a denormal
  const auto [square, low] = exact_product(x, x);
  const auto [r, rest, n] = reduce_exponential(-square, -low);
  const T w = scaled_erfc(x);
  return scale(w + w * exponential_series(r, rest), n);
}

}  // namespace detail

namespace constant {

/// As math::erf, also at run time.
template <std::floating_point T>
constexpr T erf(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(erf(detail::widened(x)));
  } else if (fabs(x) <= T(0.5)) {
    return x * detail::erf_series(x);
  } else if (fabs(x) < 10) {
    return copysign(1 - detail::erfc_tail(fabs(x)), x);
  } else {
    return isnan(x) ? x : copysign(T(1), x);
  }
}

/// As math::erfc, also at run time.
template <std::floating_point T>
constexpr T erfc(T x) noexcept {
  if constexpr (detail::narrow<T>) {
    return detail::rounded<T>(erfc(detail::widened(x)));
  } else if (fabs(x) <= T(0.5)) {
    return 1 - x * detail::erf_series(x);
  } else if (fabs(x) <= std::numeric_limits<T>::max_exponent) {
    return x < 0 ? 2 - detail::erfc_tail(-x) : detail::erfc_tail(x);
  } else {
    return isnan(x) ? x : x < 0 ? T(2) : T(0);
  }
}

}  // namespace constant

/// Error function, 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.
template <std::floating_point T>
constexpr T erf(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::erf(x); }
  return libm::erf(x);
}

/// 1 - erf(x), accurate where that difference is tiny.
template <std::floating_point T>
constexpr T erfc(T x) noexcept {
  if (std::is_constant_evaluated()) { return constant::erfc(x); }
  return libm::erfc(x);
}

/// The logistic function 1 / (1 + e^-x), accurate in both tails: denormals where e^x is one, never NaN for a
/// number.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T sigmoid(T x) noexcept {
  if (std::is_constant_evaluated() && isnan(x)) { return x; }
  // Where e^-x would overflow, 1 + e^x is 1.
  if (x < T(1 - std::numeric_limits<T>::max_exponent) * detail::ln2<T>) [[unlikely]] { return math::exp(x); }
  return 1 / (1 + math::exp(-x));
}

/// log(1 + e^x) without overflow: max(x, 0) + log1p(e^-|x|); x for large x, e^x for very negative x.
template <std::floating_point T>
constexpr T softplus(T x) noexcept {
  if (std::is_constant_evaluated() && isnan(x)) { return x; }
  const T tail = math::log1p(math::exp(-math::fabs(x)));
  return x > 0 ? x + tail : tail;
}

}  // namespace leibniz::math
