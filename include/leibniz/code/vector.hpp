#pragma once
#include <concepts>
#include <type_traits>

// The machine's vectors, so that the inner loops do not depend on how eager the compiler is to vectorise.

namespace leibniz::code {

#if defined(__AVX512F__)
inline constexpr int vector_bytes = 64;
#elif defined(__AVX__)
inline constexpr int vector_bytes = 32;
#else
inline constexpr int vector_bytes = 16;
#endif

template <class T>
inline constexpr bool has_vectors = std::same_as<T, float> || std::same_as<T, double>;

/// As many numbers as one register holds.
template <class T>
struct vector_of {
  typedef T type __attribute__((vector_size(vector_bytes)));
  static constexpr int lanes = vector_bytes / static_cast<int>(sizeof(T));
  [[gnu::always_inline]] static inline type load(const T* from) {
    type result;
    __builtin_memcpy(&result, from, sizeof(type));
    return result;
  }
  [[gnu::always_inline]] static inline void store(T* to, const type& value) { __builtin_memcpy(to, &value, sizeof(type)); }
};

/// Σ a[i] b[i], in four partial sums of vectors.
template <int Count, class T>
inline T vector_dot(const T* a, const T* b) {
  using vector = vector_of<T>;
  constexpr int lanes = vector::lanes;
  typename vector::type s0{}, s1{}, s2{}, s3{};
  int i = 0;
  for (; i + 4 * lanes <= Count; i += 4 * lanes) {
    s0 += vector::load(a + i) * vector::load(b + i);
    s1 += vector::load(a + i + lanes) * vector::load(b + i + lanes);
    s2 += vector::load(a + i + 2 * lanes) * vector::load(b + i + 2 * lanes);
    s3 += vector::load(a + i + 3 * lanes) * vector::load(b + i + 3 * lanes);
  }
  for (; i + lanes <= Count; i += lanes) s0 += vector::load(a + i) * vector::load(b + i);
  s0 += s1;
  s2 += s3;
  s0 += s2;
  T sum = 0;
  for (int l = 0; l < lanes; ++l) sum += s0[l];
  for (; i < Count; ++i) sum += a[i] * b[i];
  return sum;
}

/// out[i] = factor b[i], or added to what is there.
template <int Count, bool Accumulates, class T>
inline void vector_scaled(T factor, const T* b, T* __restrict out) {
  using vector = vector_of<T>;
  constexpr int lanes = vector::lanes;
  int i = 0;
  for (; i + lanes <= Count; i += lanes) {
    if constexpr (Accumulates) vector::store(out + i, vector::load(out + i) + factor * vector::load(b + i));
    else vector::store(out + i, factor * vector::load(b + i));
  }
  for (; i < Count; ++i) {
    if constexpr (Accumulates) out[i] += factor * b[i];
    else out[i] = factor * b[i];
  }
}

}  // namespace leibniz::code
