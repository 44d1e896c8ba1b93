#pragma once

// The few floating-point tools on which the elementary functions build: exponents taken off and put back,
// sums and products without loss, and the choice of a series' length by the type.

#include <leibniz/core/math/classification.hpp>

namespace leibniz::math {

namespace detail {

// by their bits, because clang warns of the members of numeric_limits under -ffast-math

template <class T>
inline constexpr T infinity = static_cast<T>(__builtin_bit_cast(double, 0x7ff0000000000000ULL));

template <class T>
inline constexpr T not_a_number = static_cast<T>(__builtin_bit_cast(double, 0x7ff8000000000000ULL));

template <class T>
inline constexpr int digits = std::numeric_limits<T>::digits;

/// Types below double are computed in double and rounded once: a table and an error analysis less.
template <class T>
inline constexpr bool narrow = std::numeric_limits<T>::digits < 53;

/// A narrow number as it is computed with. What a template calls with a plain double, clang would make wherever the library is
/// only included.
template <class T>
constexpr auto widened(T x) noexcept { return static_cast<double>(x); }

/// One of three series lengths: for a significand of up to 53, up to 64, or more bits.
template <class T>
constexpr int by_precision(int for_53_bits, int for_64_bits, int for_113_bits) noexcept {
  return digits<T> <= 53 ? for_53_bits : digits<T> <= 64 ? for_64_bits : for_113_bits;
}

/// 2^n for n in the range of normal numbers.
template <class T>
constexpr T power_of_two(int n) noexcept {
  static_assert(std::numeric_limits<double>::is_iec559 && digits<double> == 53);
  if constexpr (std::numeric_limits<T>::max_exponent > 1024) {
    if (n > 1023 || n < -1022) {
      const int thirty_second = n / 32;
      T power = power_of_two<T>(thirty_second);
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      return power * power_of_two<T>(n - 32 * thirty_second);
    }
  }
  return static_cast<T>(__builtin_bit_cast(double, static_cast<unsigned long long>(n + 1023) << 52));
}

/// y 2^n with a single rounding, for 2^-8 <= |y| < 2^8 and any n up to a few times the exponent range.
template <class T>
constexpr T scale(T y, int n) noexcept {
  using limits = std::numeric_limits<T>;
  if (n > limits::max_exponent - 10) {
    if (n > limits::max_exponent + 8) { return copysign(infinity<T>, y); }
    // g++ refuses an overflow in a constant expression, so it is found before it happens
    const T reduced = y * power_of_two<T>(n - 20);
    constexpr T limit = limits::max() / T(1048576);
    return fabs(reduced) > limit ? copysign(infinity<T>, y) : reduced * T(1048576);
  }
  if (n < limits::min_exponent + 10) {
    if (n < limits::min_exponent - limits::digits - 10) { return copysign(T(0), y); }
    // the first product is exact, so that the denormal is rounded once
    return y * power_of_two<T>(n + 2 * limits::digits) * power_of_two<T>(-2 * limits::digits);
  }
  return y * power_of_two<T>(n);
}

template <class T>
struct significand_and_exponent {
  T significand;
  int exponent;
};

/// x = significand 2^exponent for positive finite x; significand in [1, 2), or 2 less an ulp rounded up for
/// types wider than double (the sole users reduce further, and do not mind).
template <class T>
constexpr significand_and_exponent<T> split_exponent(T x) noexcept {
  int exponent = 0;
  while (x < T(0x1p-1000)) {
    x *= T(0x1p1000);
    exponent -= 1000;
  }
  if constexpr (std::numeric_limits<T>::max_exponent > 1024) {
    while (x > T(0x1p1000)) {
      x *= T(0x1p-1000);
      exponent += 1000;
    }
  }
  const auto bits = __builtin_bit_cast(unsigned long long, static_cast<double>(x));
  const int binade = static_cast<int>(bits >> 52) - 1023;
  if constexpr (digits<T> == 53) {
    return {static_cast<T>(__builtin_bit_cast(double, (bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL)),
            exponent + binade};
  } else {
    return {x * power_of_two<T>(-binade), exponent + binade};
  }
}

/// An unevaluated sum: `low` holds what rounding cost `high`.
template <class T>
struct twofold {
  T high;
  T low;
};

/// a + b without loss (Knuth).
template <class T>
constexpr twofold<T> exact_sum(T a, T b) noexcept {
  const T sum = a + b;
  const T part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// a b without loss (Dekker, Veltkamp), for |a|, |b| well inside the exponent range. Not by fma: clang does
/// not fold it.
template <class T>
constexpr twofold<T> exact_product(T a, T b) noexcept {
  constexpr T splitter = static_cast<T>(1ULL << ((digits<T> + 1) / 2)) + T(1);
  // in two statements each: fused to one multiply-add, as clang may fuse within a statement, it would split
  // nothing
  const T a_scaled = splitter * a;
  const T b_scaled = splitter * b;
  const T a_high = a_scaled - (a_scaled - a);
  const T b_high = b_scaled - (b_scaled - b);
  const T a_low = a - a_high;
  const T b_low = b - b_high;
  const T product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

/// Conversion to the narrower type; a value beyond its range becomes infinite without an overflow.
template <class T>
constexpr T rounded(double x) noexcept {
  using limits = std::numeric_limits<T>;
  // half an ulp above max() is where rounding to nearest gives infinity
  constexpr double limit =
      static_cast<double>(limits::max()) * (1 + 0.25 * static_cast<double>(limits::epsilon()));
  return fabs(x) < limit || isnan(x) ? static_cast<T>(x) : static_cast<T>(copysign(infinity<double>, x));
}

}  // namespace detail

}  // namespace leibniz::math
