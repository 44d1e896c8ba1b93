#pragma once
#include <leibniz/expr/expression.hpp>

namespace leibniz {

namespace detail {

/// The exact value of a decimal literal: 2, 0.5, 1e-3, 1'000; invalid if it has no 64-bit fraction.
template <char... C>
constexpr rational parse_decimal() {
  constexpr char text[] = {C..., '\0'};
  rational value{0, 1};
  std::int64_t exponent = 0, written = 0;
  bool fraction = false, power_part = false, negative = false;
  for (unsigned i = 0; i < sizeof...(C); ++i) {
    const char c = text[i];
    if (c == '\'') continue;
    if (c == '.') fraction = true;
    else if (c == 'e' || c == 'E') power_part = true;
    else if (c == '-') negative = true;
    else if (c == '+') continue;
    else if (c < '0' || c > '9') return rational::overflow();
    else if (power_part) written = written > 1000 ? written : written * 10 + (c - '0');
    else {
      value = value * rational{10, 1} + rational{c - '0', 1};
      if (fraction) --exponent;
    }
  }
  if (sizeof...(C) > 1 && text[0] == '0' && !fraction && !power_part) return rational::overflow();  // C++ reads 010 as 8
  exponent += negative ? -written : written;
  if (value.is(0)) return value;
  return exponent < -30 || exponent > 30 ? rational::overflow() : value * power({10, 1}, exponent);
}

template <char... C>
constexpr rational exact_decimal() {
  constexpr rational value = parse_decimal<C...>();
  static_assert(value.valid(), "leibniz: this literal is no exact fraction of 64-bit integers: write constant<p, q> with smaller numbers");
  return value.valid() ? value : rational{0, 1};
}
template <char... C>
struct literal {
  static constexpr rational value = exact_decimal<C...>();
  using type = num<value.numerator, value.denominator>;
};

}  // namespace detail

namespace literals {
/// An exact constant: 2_c, 0.5_c, 1e-3_c.
template <char... C>
constexpr typename detail::literal<C...>::type operator""_c() { return {}; }
}  // namespace literals

}  // namespace leibniz
