#pragma once
#include <cstdint>

namespace leibniz {

/// An exact fraction in lowest terms, denominator positive. Operations that would not fit in 64 bits return
/// `rational::overflow()`, which is not valid; callers keep the formula as it was.
struct rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  static constexpr rational overflow() { return {0, 0}; }
  constexpr bool valid() const { return denominator != 0; }
  constexpr bool is(std::int64_t n, std::int64_t d = 1) const { return numerator == n && denominator == d; }
  constexpr bool is_integer() const { return denominator == 1; }
  constexpr bool negative() const { return numerator < 0; }
  friend constexpr bool operator==(const rational&, const rational&) = default;

  /// The nearest value of T.
  template <class T>
  constexpr T value() const { return static_cast<T>(numerator) / static_cast<T>(denominator); }
};

constexpr std::int64_t greatest_common_divisor(std::int64_t a, std::int64_t b) {
  while (b != 0) {
    const std::int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

/// n / d in lowest terms. The smallest 64-bit integer is treated as an overflow, so that signs can always be changed.
constexpr rational make_rational(std::int64_t n, std::int64_t d) {
  if (d == 0 || n == INT64_MIN || d == INT64_MIN) return rational::overflow();
  if (d == 1) return {n, 1};
  const std::int64_t divisor = greatest_common_divisor(n, d);
  return d < 0 ? rational{-n / divisor, -d / divisor} : rational{n / divisor, d / divisor};
}

constexpr rational operator-(rational a) { return {-a.numerator, a.denominator}; }

constexpr rational operator*(rational a, rational b) {
  const std::int64_t left = greatest_common_divisor(a.numerator, b.denominator);
  const std::int64_t right = greatest_common_divisor(b.numerator, a.denominator);
  if (!a.valid() || !b.valid()) return rational::overflow();
  if (a.numerator == 0 || b.numerator == 0) return {0, 1};
  std::int64_t n = 0, d = 0;
  if (__builtin_mul_overflow(a.numerator / left, b.numerator / right, &n) ||
      __builtin_mul_overflow(a.denominator / right, b.denominator / left, &d))
    return rational::overflow();
  return n == INT64_MIN ? rational::overflow() : rational{n, d};
}

constexpr rational operator+(rational a, rational b) {
  if (!a.valid() || !b.valid()) return rational::overflow();
  const std::int64_t common = greatest_common_divisor(a.denominator, b.denominator);
  std::int64_t left = 0, right = 0, n = 0, d = 0;
  if (__builtin_mul_overflow(a.numerator, b.denominator / common, &left) ||
      __builtin_mul_overflow(b.numerator, a.denominator / common, &right) ||
      __builtin_add_overflow(left, right, &n) ||
      __builtin_mul_overflow(a.denominator, b.denominator / common, &d))
    return rational::overflow();
  return make_rational(n, d);
}

constexpr rational operator-(rational a, rational b) { return a + -b; }

constexpr rational reciprocal(rational a) { return make_rational(a.denominator, a.numerator); }

/// a to an integer power; 0 to a negative power is an overflow.
constexpr rational power(rational a, std::int64_t exponent) {
  if (exponent < 0) {
    if (a.numerator == 0) return rational::overflow();
    a = reciprocal(a);
    exponent = -exponent;
  }
  rational result{1, 1};
  while (exponent != 0 && result.valid()) {
    if (exponent % 2 != 0) result = result * a;
    exponent /= 2;
    if (exponent != 0) a = a * a;
    if (!a.valid()) return rational::overflow();
  }
  return result;
}

/// a < b.
constexpr bool less(rational a, rational b) {
  const rational difference = a - b;
  return difference.valid() ? difference.negative() : a.value<long double>() < b.value<long double>();
}

}  // namespace leibniz
