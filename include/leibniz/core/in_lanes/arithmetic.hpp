#pragma once

// Operations that the vector extensions have no name for, and those that -ffast-math would change.

#include <leibniz/core/lanes.hpp>
#include <leibniz/core/math/libm.hpp>
#include <limits>

namespace leibniz::math {

namespace detail {

/// The masks of AVX-512's operations, as each compiler declares them.
#if defined(__clang__)
inline constexpr unsigned char all_of_8 = 255;
inline constexpr unsigned short all_of_16 = 65535;
#else
inline constexpr signed char all_of_8 = -1;
inline constexpr short all_of_16 = -1;
#endif

/// What the compiler must take as it is: it cannot see where the number comes from.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> fixed(lanes<T, N> x) {
  constexpr int bytes = sizeof(x);
  if constexpr (bytes == 8 && register_bytes > 0) {
    double pair;  // not every compiler lets vectors as short into a register
    __builtin_memcpy(&pair, &x.v, sizeof pair);
    pair = fixed(lanes<double, 2>(pair))[0];
    __builtin_memcpy(&x.v, &pair, sizeof pair);
  } else if constexpr (bytes >= 16 && bytes <= register_bytes) {
#if defined(__AVX512F__)
    asm("" : "+v"(x.v));
#elif defined(__SSE2__)
    asm("" : "+x"(x.v));
#elif defined(__aarch64__)
    asm("" : "+w"(x.v));
#else
    asm("" : "+m"(x.v));
#endif
  } else {
    asm("" : "+m"(x.v));
  }
  return x;
}

/// Whether vectors of so many bytes have instructions of their own in AVX-512.
#if defined(__AVX512VL__)
constexpr bool in_avx512(int bytes) { return bytes == 64 || bytes == 32 || bytes == 16; }
#elif defined(__AVX512F__)
constexpr bool in_avx512(int bytes) { return bytes == 64; }
#else
constexpr bool in_avx512(int) { return false; }
#endif

/// Whether multiply_add rounds once.
#if defined(__clang__) && defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_fma)
constexpr bool is_fused(int) { return has_fused_multiply_add; }
#else
constexpr bool is_fused(int) { return false; }
#endif
#elif defined(__x86_64__) || defined(__i386__)
constexpr bool is_fused(int bytes) {
#if defined(__AVX512F__)
  if (bytes == 64) return true;
#endif
#if defined(__FMA__)
  if (bytes == 32 || bytes == 16) return true;
#endif
  return bytes < 0;
}
#elif defined(__aarch64__)
constexpr bool is_fused(int bytes) { return bytes <= 16; }
#else
constexpr bool is_fused(int) { return false; }
#endif

/// a b + c.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> multiply_add(lanes<T, N> a, lanes<T, N> b, lanes<T, N> c) {
  [[maybe_unused]] constexpr bool single = sizeof(T) == 4;
  constexpr int bytes = sizeof(a);
  if constexpr (is_fused(bytes)) {
#if defined(__clang__)
#if __has_builtin(__builtin_elementwise_fma)
    return __builtin_elementwise_fma(a.v, b.v, c.v);
#endif
#elif defined(__aarch64__)
    if constexpr (bytes == 8) return __builtin_aarch64_fmav2sf(a.v, b.v, c.v);
    else if constexpr (single) return __builtin_aarch64_fmav4sf(a.v, b.v, c.v);
    else return __builtin_aarch64_fmav2df(a.v, b.v, c.v);
#else
#if defined(__AVX512F__)
    if constexpr (bytes == 64 && single) return __builtin_ia32_vfmaddps512_mask(a.v, b.v, c.v, all_of_16, 4);
    if constexpr (bytes == 64 && !single) return __builtin_ia32_vfmaddpd512_mask(a.v, b.v, c.v, all_of_8, 4);
#endif
#if defined(__FMA__)
    if constexpr (bytes == 32 && single) return __builtin_ia32_vfmaddps256(a.v, b.v, c.v);
    if constexpr (bytes == 32 && !single) return __builtin_ia32_vfmaddpd256(a.v, b.v, c.v);
    if constexpr (bytes == 16 && single) return __builtin_ia32_vfmaddps(a.v, b.v, c.v);
    if constexpr (bytes == 16 && !single) return __builtin_ia32_vfmaddpd(a.v, b.v, c.v);
#endif
#endif
  } else {
    return a * b + c;
  }
}

/// The smaller of x and a bound; NaN for NaN.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> at_most(lanes<T, N> x, T bound) {
  const lanes<T, N> most(bound);
#if !defined(__clang__)  // which finds the instruction itself
#if defined(__AVX512F__)
  if constexpr (sizeof(x) == 64 && sizeof(T) == 4) return __builtin_ia32_minps512_mask(most.v, x.v, x.v, all_of_16, 4);
  if constexpr (sizeof(x) == 64 && sizeof(T) == 8) return __builtin_ia32_minpd512_mask(most.v, x.v, x.v, all_of_8, 4);
#endif
#if defined(__AVX__)
  if constexpr (sizeof(x) == 32 && sizeof(T) == 4) return __builtin_ia32_minps256(most.v, x.v);
  if constexpr (sizeof(x) == 32 && sizeof(T) == 8) return __builtin_ia32_minpd256(most.v, x.v);
#endif
#if defined(__SSE2__)
  if constexpr (sizeof(x) == 16 && sizeof(T) == 4) return __builtin_ia32_minps(most.v, x.v);
  if constexpr (sizeof(x) == 16 && sizeof(T) == 8) return __builtin_ia32_minpd(most.v, x.v);
#endif
#endif
  return choose(most < x, most, x);
}
/// The larger of x and a bound; NaN for NaN.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> at_least(lanes<T, N> x, T bound) { return larger(lanes<T, N>(bound), x); }

/// Whether a condition holds in any lane.
template <class T, int N>
[[gnu::always_inline]] inline bool any(lane_mask<T, N> condition) {
#if defined(__clang__)
  return __builtin_reduce_or(condition.bits) != 0;
#else
  [[maybe_unused]] constexpr int words = sizeof(condition) / 4;
#if defined(__AVX512F__)
  if constexpr (sizeof(condition) == 64) {
    const auto bits = (typename leibniz::detail::vector_type<int, words>::type)condition.bits;
    return __builtin_ia32_ptestmd512(bits, bits, all_of_16) != 0;
  }
#endif
#if defined(__AVX__)
  if constexpr (sizeof(condition) == 32)
    return __builtin_ia32_movmskps256((typename leibniz::detail::vector_type<float, words>::type)condition.bits) != 0;
#endif
#if defined(__SSE2__)
  if constexpr (sizeof(condition) == 16)
    return __builtin_ia32_movmskps((typename leibniz::detail::vector_type<float, words>::type)condition.bits) != 0;
#endif
  typename lane_mask<T, N>::integer found = 0;
  for (int l = 0; l < N; ++l) found |= condition.bits[l];
  return found != 0;
#endif
}

}  // namespace detail

template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> fabs(lanes<T, N> x) {
  using integer = typename lanes<T, N>::integer;
  return lanes<T, N>::from_bits(x.bits() & std::numeric_limits<integer>::max());
}
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> abs(lanes<T, N> x) { return fabs(x); }
template <class T, int N>
[[gnu::always_inline]] inline lane_mask<T, N> isnan(lanes<T, N> x) { return x != x; }

/// √x. g++ 12 has no name for this operation of vectors but those of the instructions.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> sqrt(lanes<T, N> x) {
#if defined(__clang__)
#if defined(__x86_64__) || defined(__aarch64__)
#pragma float_control(precise, on)
#endif
  return __builtin_elementwise_sqrt(x.v);
#else
#if defined(__AVX512F__)
  if constexpr (sizeof(x) == 64 && sizeof(T) == 4) return __builtin_ia32_sqrtps512_mask(x.v, x.v, detail::all_of_16, 4);
  if constexpr (sizeof(x) == 64 && sizeof(T) == 8) return __builtin_ia32_sqrtpd512_mask(x.v, x.v, detail::all_of_8, 4);
#endif
#if defined(__AVX__)
  if constexpr (sizeof(x) == 32 && sizeof(T) == 4) return __builtin_ia32_sqrtps256(x.v);
  if constexpr (sizeof(x) == 32 && sizeof(T) == 8) return __builtin_ia32_sqrtpd256(x.v);
#endif
#if defined(__SSE2__)
  if constexpr (sizeof(x) == 16 && sizeof(T) == 4) return __builtin_ia32_sqrtps(x.v);
  if constexpr (sizeof(x) == 16 && sizeof(T) == 8) return __builtin_ia32_sqrtpd(x.v);
#endif
  lanes<T, N> result;
  for (int l = 0; l < N; ++l) result.v[l] = libm::sqrt(x.v[l]);
  return result;
#endif
}

}  // namespace leibniz::math
