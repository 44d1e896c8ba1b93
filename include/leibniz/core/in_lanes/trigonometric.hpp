#pragma once

// sin, cos and atan in lanes. For sin and cos, the argument less whole multiples of π (of π/2 where both are wanted), held in as many parts as make the
// rest right next to the zeros too, then one polynomial each. Arguments beyond a bound are left to the C library, one by one.

#include <leibniz/core/in_lanes/building_blocks.hpp>
#include <leibniz/core/in_lanes/in_double.hpp>
#include <leibniz/core/math/classification.hpp>
#include <leibniz/core/math/trigonometric.hpp>

namespace leibniz::math {

/// Sine and cosine of one argument.
template <class V>
struct sine_and_cosine {
  V sine;
  V cosine;
};

namespace detail {

/// Up to here the reductions are right.
template <class T>
inline constexpr T reduction_bound = sizeof(T) == 4 ? T(0x1p16) : T(0x1p25);

/// π in parts that are cut off, not rounded: all are positive, and -0 less 0 stays -0.
inline constexpr double parts_of_pi[] = {0x1.921fb54442d18p+1, 0x1.1a62633145c06p-53, 0x1.c1cd129024e08p-106};
/// x - n π/Divisor for whole and half n.
template <int Divisor, class T, int N>
[[gnu::always_inline]] inline lanes<T, N> less_multiples_of_pi(lanes<T, N> x, lanes<T, N> n) {
  using V = lanes<T, N>;
  const auto part = [n](T pi_, V rest_) __attribute__((always_inline)) { return fixed(multiply_add(n, V(-pi_ / Divisor), rest_)); };
  if constexpr (sizeof(T) == 4 && is_fused(sizeof(V))) {
    return part(0x1.846988p-47f, part(0x1.4442d0p-23f, part(0x1.921fb4p+1f, x)));
  } else if constexpr (sizeof(T) == 4) {
    const auto less = []<class D>(D x_, D n_) __attribute__((always_inline)) {
      return fixed(x_ - n_ * D(0x1.921fb544p+1 / Divisor)) - n_ * D(0x1.0b4611a626331p-33 / Divisor);
    };
    return in_double(less, x, n);  // 33 bits of π times n are exact
  } else if constexpr (is_fused(sizeof(V))) {
    return part(parts_of_pi[2], part(parts_of_pi[1], part(parts_of_pi[0], x)));
  } else {
    // parts of 28 bits, whose products are exact; what the sums lose is kept
    const V first = part(0x1.921fb54p+1, x);
    const auto subtract = [n](two_parts<V> rest_, T pi_) __attribute__((always_inline)) {
      const V product = fixed(n * V(pi_ / Divisor)), high = fixed(rest_.high - product);
      return two_parts<V>{high, rest_.low + fixed(fixed(rest_.high - high) - product)};
    };
    const two_parts<V> rest = subtract(subtract({first, V(0)}, 0x1.10b4610p-29), 0x1.a626330p-57);
    return choose(n == V(0), x, rest.high + fixed(rest.low - n * V(0x1.45c06e0e68948p-85 / Divisor)));  // -0 for -0
  }
}

/// sin r, |r| <= π/2.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sine_to_half_pi(lanes<T, N> r) {
  using V = lanes<T, N>;
  const V square = r * r;
  V series;
  if constexpr (sizeof(T) == 4) series = horner(square, 0x1.5ce7bcp-19f, -0x1.9f613ep-13f, 0x1.110e86p-7f, -0x1.55554ap-3f);
  else
    series = horner(square, 0x1.87d4d37e7f4f5p-49, -0x1.ae3fff20276c5p-41, 0x1.6123bf4ba37b2p-33, -0x1.ae64549caec70p-26,
                    0x1.71de3a52233b6p-19, -0x1.a01a01a013a4cp-13, 0x1.11111111110b1p-7, -0x1.5555555555555p-3);
  return with_sign_of_zero(multiply_add(fixed(r * square), series, r), r);
}
// For |r| <= π/4, in double: sin r = r + r³ (s0 + s1 r² + …), cos r = 1 + r² (c0 + c1 r² + …).
inline constexpr double sine_terms[] = {-0x1.5555555555546p-3,  0x1.111111110f465p-7,   -0x1.a01a019b8d8a7p-13,
                                        0x1.71de350419012p-19, -0x1.ae5e0af260259p-26, 0x1.5d78587c96266p-33};
inline constexpr double cosine_terms[] = {-0.5,  0x1.5555555555549p-5, -0x1.6c16c16c14ba6p-10, 0x1.a01a019c20f2ap-16, -0x1.27e4f7a209259p-22,
                                          0x1.1ee9a5af4a018p-29, -0x1.8f8a6e10b26d6p-37};
template <class T, int N>
[[gnu::always_inline]] inline sine_and_cosine<lanes<T, N>> sine_and_cosine_to_quarter_pi(lanes<T, N> r) {
  using V = lanes<T, N>;
  const V square = r * r;
  V s, c;
  if constexpr (sizeof(T) == 4) {
    s = horner(square, -0x1.991718p-13f, 0x1.1106b8p-7f, -0x1.555544p-3f);
    c = horner(square, 0x1.99c2b2p-16f, -0x1.6c0ba6p-10f, 0x1.55554ap-5f);
  } else {
    const auto& t = sine_terms;
    const auto& u = cosine_terms;
    s = horner(square, t[5], t[4], t[3], t[2], t[1], t[0]);
    c = horner(square, u[6], u[5], u[4], u[3], u[2], u[1]);
  }
  return {with_sign_of_zero(multiply_add(fixed(r * square), s, r), r), multiply_add(square, fixed(multiply_add(square, c, V(T(-0.5)))), V(1))};
}

/// x with its sign changed where the lowest bit is set.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> with_sign_changed(lanes<T, N> x, typename lanes<T, N>::integers bit) {
  return lanes<T, N>::from_bits(x.bits() ^ (bit << (8 * static_cast<int>(sizeof(T)) - 1)));
}
enum class wave { sine, cosine };
template <wave W, class T>
[[gnu::noinline, gnu::cold]] void one_by_one(const T* x, T* result, int n) {
  for (int i = 0; i < n; ++i)
    if (!(fabs(x[i]) < reduction_bound<T>)) result[i] = W == wave::sine ? libm::sin(x[i]) : libm::cos(x[i]);
}
/// The result where |x| is below the bound; elsewhere that of the C library.
template <wave W, class T, int N>
[[gnu::always_inline]] inline lanes<T, N> or_one_by_one(lanes<T, N> x, lanes<T, N> result) {
  if (__builtin_expect(any(!(fabs(x) < lanes<T, N>(reduction_bound<T>))), false)) {
    T in[N], out[N];
    x.store(in);
    result.store(out);
    one_by_one<W>(in, out, N);
    return lanes<T, N>::load(out);
  }
  return result;
}

template <class T>
inline constexpr T inverse_pi = static_cast<T>(0.318309886183790671537767526745028724069L);

}  // namespace detail

/// The sine of an angle in radians.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sin(lanes<T, N> x) {
  const auto n = detail::nearest<0>(x, detail::inverse_pi<T>);
  const auto sine = detail::sine_to_half_pi(detail::less_multiples_of_pi<1>(x, n.number));
  return detail::or_one_by_one<detail::wave::sine>(x, detail::with_sign_changed(sine, n.bits));
}
/// The cosine of an angle in radians.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> cos(lanes<T, N> x) {
  using V = lanes<T, N>;
  // sin of x less n + 1/2 times π, with the other sign for even n
  const auto n = detail::nearest<1>(detail::fixed(detail::multiply_add(x, V(detail::inverse_pi<T>), V(T(-0.5)))), T(1));
  const auto sine = detail::sine_to_half_pi(detail::less_multiples_of_pi<1>(x, n.number + V(T(0.5))));
  return detail::or_one_by_one<detail::wave::cosine>(x, detail::with_sign_changed(sine, n.bits));
}
/// Both, from one reduction.
template <class T, int N>
[[gnu::always_inline]] inline sine_and_cosine<lanes<T, N>> sincos(lanes<T, N> x) {
  using V = lanes<T, N>;
  const auto n = detail::nearest<0>(x, 2 * detail::inverse_pi<T>);
  const auto [s, c] = detail::sine_and_cosine_to_quarter_pi(detail::less_multiples_of_pi<2>(x, n.number));
  const typename V::mask odd{-(n.bits & 1)};
  const auto half = detail::logical_shift<T, N>(n.bits, 1);
  return {detail::or_one_by_one<detail::wave::sine>(x, detail::with_sign_changed(choose(odd, c, s), half)),
          detail::or_one_by_one<detail::wave::cosine>(x, detail::with_sign_changed(choose(odd, s, c), half ^ n.bits))};
}

namespace detail {
[[gnu::noinline, gnu::cold]] inline sine_and_cosine<double> sincos_by_libm(double x) { return {libm::sin(x), libm::cos(x)}; }
/// The terms of both series beside each other: of even quadrants the sine's first, of odd ones the cosine's.
struct terms_of_both {
  static constexpr int count = 7;
  alignas(16) double of_quadrant[2][count][2];
};
inline constexpr terms_of_both both_terms = [] {
  terms_of_both result{};
  for (int i = 0; i < terms_of_both::count; ++i)
    for (const int odd : {0, 1}) {
      result.of_quadrant[odd][i][odd] = i < 6 ? sine_terms[i] : 0;
      result.of_quadrant[odd][i][1 - odd] = cosine_terms[i];
    }
  return result;
}();
/// Sine and cosine of one number in two lanes. What depends on the quadrant, which series is in which lane and the signs, is ready
/// before the series is; the last part of π is missing in its argument, where it does not matter.
[[gnu::always_inline]] inline sine_and_cosine<double> sincos_in_two_lanes(double x) {
  using V = lanes<double, 2>;
  if (__builtin_expect(!(fabs(x) < reduction_bound<double>), false)) return sincos_by_libm(x);
  const auto n = nearest<0>(V(x), 2 * inverse_pi<double>);
  const auto part = [n](int i_, V rest_) __attribute__((always_inline)) { return fixed(multiply_add(n.number, V(-parts_of_pi[i_] / 2), rest_)); };
  const V rough = part(1, part(0, V(x))), r = part(2, rough), square = rough * rough, fourth = square * square;
  const auto& terms = both_terms.of_quadrant[n.bits[0] & 1];
  const auto pair = [&](int i_) __attribute__((always_inline)) { return multiply_add(V::load(terms[i_ + 1]), square, V::load(terms[i_])); };
  const V series = multiply_add(multiply_add(V::load(terms[6]), fourth, pair(4)), fourth * fourth, multiply_add(pair(2), fourth, pair(0)));
  const typename V::integers quadrant = n.bits + typename V::integers{0, 1};  // cos x is sin(x + π/2)
  const V first = choose(typename V::mask{-(quadrant & 1)}, V(1), r);
  const V values = with_sign_of_zero(multiply_add(fixed(first * square), series, first), first);
  const V result = with_sign_changed(values, logical_shift<double, 2>(quadrant, 1));
  return {result[0], result[1]};
}
}  // namespace detail
/// Sine and cosine of one angle in radians; NaN at infinity. In double, where operations are fused, within 2 ulp; else those of the C library.
template <std::floating_point T>
constexpr sine_and_cosine<T> sincos(T x) noexcept {
  if constexpr (std::is_same_v<T, double> && detail::is_fused(sizeof(lanes<double, 2>)))
    if (!std::is_constant_evaluated() && !__builtin_constant_p(x)) return detail::sincos_in_two_lanes(x);
  return {sin(x), cos(x)};
}

/// The inverse of tan, in [-π/2, π/2].
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> atan(lanes<T, N> x) {
  using V = lanes<T, N>;
  // π/2 less that of 1/x beyond 1
  const V size = fabs(x);
  const auto large = size > V(1);
  const V t = choose(large, V(1), size) / choose(large, size, V(1)), square = detail::fixed(t * t);
  V series;
  if constexpr (sizeof(T) == 4)
    series = detail::horner(square, -0x1.d61020p-10f, 0x1.659598p-7f, -0x1.fec2bcp-6f, 0x1.dac30ap-5f, -0x1.5832b6p-4f, 0x1.c0996ap-4f,
                            -0x1.2421a8p-3f, 0x1.9991fcp-3f, -0x1.55553ep-2f);
  else
    series = detail::horner(square, -0x1.53b44183be6c6p-16, 0x1.d381cfbca3f4cp-13, -0x1.310bc88e8b0f6p-10, 0x1.f94536f56441bp-9,
                            -0x1.2ce5e508d413dp-7, 0x1.16210569f196dp-6, -0x1.a71bf09da464fp-6, 0x1.1711f5fc045e7p-5,
                            -0x1.4f42f5cc8cb11p-5, 0x1.7ee307a3aae1ep-5, -0x1.ad326bdbb096ap-5, 0x1.e17803a040e34p-5,
                            -0x1.11089b2f97279p-4, 0x1.3b12b2a973904p-4, -0x1.745d022af9b54p-4, 0x1.c71c709db7f6fp-4,
                            -0x1.2492491fa02edp-3, 0x1.9999999984073p-3, -0x1.555555555544bp-2);
  const V angle = detail::fixed(detail::multiply_add(detail::fixed(t * square), series, t));
  constexpr long double half_pi = 1.570796326794896619231321691639751442L;
  constexpr T high = static_cast<T>(half_pi), low = static_cast<T>(half_pi - static_cast<long double>(high));
  const V complement = V(high) - detail::fixed(angle - V(low));
  return detail::with_sign_of(choose(large, complement, angle), x);
}

}  // namespace leibniz::math
