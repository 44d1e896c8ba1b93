#pragma once

// exp, exp2 and expm1 in lanes: e^x = 2^n e^r, x = r + n ln 2, |r| <= ln(2) / 2.

#include <leibniz/core/in_lanes/building_blocks.hpp>
#include <leibniz/core/math/exponential.hpp>

namespace leibniz::math {

namespace detail {

/// (e^r - 1 - r)/r² = 1/2 + r/6 + r² (1/24 + …), |r| <= 0.35: the first two terms, and what is in the parentheses.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exponential_head(lanes<T, N> r) {
  using V = lanes<T, N>;
  if constexpr (sizeof(T) == 4) return multiply_add(r, V(0x1.5554aap-3f), V(0.5f));
  else return multiply_add(r, V(0x1.555555555555dp-3), V(0x1.0000000000005p-1));
}
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exponential_tail(lanes<T, N> r, lanes<T, N> square) {
  if constexpr (sizeof(T) == 4) return pairwise(r, square, 0x1.6da3e8p-10f, 0x1.122d12p-7f, 0x1.55547cp-5f);
  else
    return pairwise(r, square, 0x1.af7f878ccea0bp-26, 0x1.28a52a36509ecp-22, 0x1.71dde52bae10ap-19, 0x1.a019a46539180p-16,
                    0x1.a01a01b7a6c30p-13, 0x1.6c16c17fbf958p-10, 0x1.111111110e2afp-7, 0x1.5555555551ff1p-5);
}
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exponential_series(lanes<T, N> r, lanes<T, N> square) {
  return multiply_add(square, exponential_tail(r, square), exponential_head(r));
}

/// e^r - 1.
template <class V>
[[gnu::always_inline]] inline V expm1_of_small(V r) {
  const V square = fixed(r * r);
  return fixed(multiply_add(square, exponential_series(r, square), r));
}
/// x or -x = r + low + n ln 2, n + Offset in the low bits of `biased`.
template <class V>
struct exponential_parts {
  V r;
  V low;
  V n;
  typename V::integers biased;
};
template <int Offset, bool Negated = false, class T, int N>
[[gnu::always_inline]] inline exponential_parts<lanes<T, N>> parts_of_exponential(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr T high = sizeof(T) == 4 ? T(0x1.62e4p-1) : T(0x1.62e42feep-1);  // times any exponent: exact
  constexpr T low = static_cast<T>(0.6931471805599453094172321214581765680755L - static_cast<long double>(high));
  const auto n = nearest<Offset>(x, (Negated ? -1 : 1) / ln2<T>);
  if constexpr (Negated) x = -x;
  const V first = fixed(multiply_add(n.number, V(-high), x)), r = fixed(multiply_add(n.number, V(-low), first));
  return {r, multiply_add(n.number, V(-low), fixed(first - r)), n.number, n.bits};
}
/// e^r - 1 of -x = r + n ln 2, as early as can be, and n + Offset in the low bits of `biased`.
template <class V>
struct early_exponential {
  V less_one;
  typename V::integers biased;
};
template <int Offset, class T, int N>
[[gnu::always_inline]] inline early_exponential<lanes<T, N>> early_exp_of_negated(lanes<T, N> x) {
  using V = lanes<T, N>;
  V near, r;
  typename V::integers biased;
  if constexpr (sizeof(T) == 4 && is_fused(sizeof(V))) {
    // ln 2 is rounded by 1.9e-9: what it leaves of r is so little that only the linear term has to wait for it
    constexpr T high = T(0x1.62e43p-1f), low = T(-0x1.05c61p-29f);
    const auto n = nearest<Offset>(x, T(-1) / ln2<T>);
    near = fixed(multiply_add(n.number, V(-high), -x));
    r = multiply_add(n.number, V(-low), near);
    biased = n.bits;
  } else {
    const auto parts = parts_of_exponential<Offset, true>(x);
    near = r = parts.r;
    biased = parts.biased;
  }
  const V square = fixed(near * near), first = fixed(multiply_add(square, exponential_head(near), r));
  return {fixed(multiply_add(square * square, exponential_tail(near, square), first)), biased};
}
/// factor e^r - 1 where factor is 2^n and less is factor - 1; or the same times 1/2.
template <class V>
[[gnu::always_inline]] inline V expm1_of_parts(const exponential_parts<V>& x, V factor, V less) {
  const V square = fixed(x.r * x.r), rest = multiply_add(square, exponential_series(x.r, square), x.low);
  return multiply_add(factor, rest, fixed(multiply_add(factor, x.r, less)));
}

/// p 2^n for 1/2 < p < 2 and n up to twice the exponents of the type, rounded once; n + 2 bias in the low bits of `biased`.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> scaled(lanes<T, N> p, [[maybe_unused]] lanes<T, N> n, typename lanes<T, N>::integers biased) {
  [[maybe_unused]] constexpr bool single = sizeof(T) == 4;
  if constexpr (in_avx512(sizeof(p))) {
#if defined(__AVX512F__)
    if constexpr (sizeof(p) == 64 && single) return __builtin_ia32_scalefps512_mask(p.v, n.v, p.v, all_of_16, 4);
    if constexpr (sizeof(p) == 64 && !single) return __builtin_ia32_scalefpd512_mask(p.v, n.v, p.v, all_of_8, 4);
#endif
#if defined(__AVX512VL__)
    if constexpr (sizeof(p) == 32 && single) return __builtin_ia32_scalefps256_mask(p.v, n.v, p.v, all_of_8);
    if constexpr (sizeof(p) == 32 && !single) return __builtin_ia32_scalefpd256_mask(p.v, n.v, p.v, all_of_8);
    if constexpr (sizeof(p) == 16 && single) return __builtin_ia32_scalefps128_mask(p.v, n.v, p.v, all_of_8);
    if constexpr (sizeof(p) == 16 && !single) return __builtin_ia32_scalefpd128_mask(p.v, n.v, p.v, all_of_8);
#endif
  } else {
    // two halves of n, because 2^n may be no normal number; what is above the exponent leaves with the shift
    const auto half = logical_shift<T, N>(biased, 1);
    return fixed(p * power_of_two<T, N>(half)) * power_of_two<T, N>(biased - half);
  }
}
/// 2^n for a whole n up to twice the exponents of the type.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> power_of_two(lanes<T, N> n) {
  return scaled(lanes<T, N>(1), n, nearest<2 * exponent_bias<T>>(n, T(1)).bits);
}
/// Beyond these, e^x is 0 and infinity.
template <class T>
inline constexpr T least_exponent = sizeof(T) == 4 ? T(-104) : T(-746);
template <class T>
inline constexpr T most_exponent = sizeof(T) == 4 ? T(89) : T(710);
/// e^x for x up to most_exponent.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exp_of_bounded(lanes<T, N> x) {
  const auto parts = parts_of_exponential<2 * exponent_bias<T>>(at_least(x, least_exponent<T>));
  return scaled(lanes<T, N>(1) + expm1_of_small(parts.r), parts.n, parts.biased);
}

}  // namespace detail

/// e^x.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exp(lanes<T, N> x) { return detail::exp_of_bounded(detail::at_most(x, detail::most_exponent<T>)); }
/// 2^x; exact for whole x.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> exp2(lanes<T, N> x) {
  using V = lanes<T, N>;
  constexpr T least = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits - 2;
  const V bounded = detail::at_least(detail::at_most(x, T(std::numeric_limits<T>::max_exponent)), least);
  const auto n = detail::nearest<2 * detail::exponent_bias<T>>(bounded, T(1));
  const V rest = detail::expm1_of_small((bounded - n.number) * V(detail::ln2<T>));
  return detail::scaled(V(1) + rest, n.number, n.bits);
}
/// e^x - 1.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> expm1(lanes<T, N> x) {
  using V = lanes<T, N>;
  const V bounded = detail::at_least(detail::at_most(x, detail::most_exponent<T>), T(-60));
  const auto parts = detail::parts_of_exponential<detail::exponent_bias<T> - 1>(bounded);
  const V half = detail::power_of_two<T, N>(parts.biased);  // of 2^n, which may overflow
  const V result = V(2) * detail::expm1_of_parts(parts, half, half - V(T(0.5)));
  return choose(fabs(x) < V(std::numeric_limits<T>::epsilon() / 2), x, result);
}

}  // namespace leibniz::math
