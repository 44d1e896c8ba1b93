#pragma once
#include <cstdint>
#include <type_traits>
#include <utility>

#include <leibniz/core/math/division.hpp>
#include <leibniz/core/registers.hpp>

// Several numbers at once, in one register of the machine. Generated code does not depend on how eager a compiler is
// to vectorise: what is computed in lanes is written in lanes. Run time only; constant evaluation takes the scalar way.

namespace leibniz {

namespace detail {
template <class T, int N>
struct vector_type {
  typedef T type __attribute__((vector_size(N * sizeof(T))));
};
template <int Bytes>
using integer_of = std::conditional_t<Bytes == 4, std::int32_t, std::int64_t>;
/// For lane i of a shuffle that does not matter; g++ is given one.
constexpr int any_lane([[maybe_unused]] int i) {
#if defined(__clang__)
  return -1;
#else
  return i;
#endif
}
template <class T, int N>
inline constexpr typename vector_type<T, N>::type zeros{};
}  // namespace detail

/// The result of a comparison, lane by lane: all bits set, or none.
template <class T, int N>
struct lane_mask {
  using integer = detail::integer_of<sizeof(T)>;
  using vector = typename detail::vector_type<integer, N>::type;
  vector bits;

  friend lane_mask operator&&(lane_mask a, lane_mask b) { return {a.bits & b.bits}; }
  friend lane_mask operator||(lane_mask a, lane_mask b) { return {a.bits | b.bits}; }
  friend lane_mask operator!(lane_mask a) { return {~a.bits}; }
};

// clang fuses a product and a sum only within one expression, unless it is told that they may be fused everywhere.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(fast)
#endif
/// N numbers of type float or double, N a power of two of at least 2.
template <class T, int N>
struct lanes {
  using scalar = T;
  using vector = typename detail::vector_type<T, N>::type;
  using mask = lane_mask<T, N>;
  using integer = typename mask::integer;
  using integers = typename mask::vector;
  static constexpr int count = N;

  vector v;

  lanes() = default;
  [[gnu::always_inline]] inline lanes(vector all_) : v(all_) {}
  /// The same number in every lane.
  template <class U> requires std::is_arithmetic_v<U>
  [[gnu::always_inline]] inline lanes(U same_) : v(static_cast<T>(same_) - vector{}) {}

  [[gnu::always_inline]] static inline lanes load(const T* from) {
    lanes result;
    __builtin_memcpy(&result.v, from, sizeof(vector));
    return result;
  }
  [[gnu::always_inline]] inline void store(T* to) const { __builtin_memcpy(to, &v, sizeof(vector)); }
  /// Two neighbours in turn: from[0], from[1], from[0], …
  [[gnu::always_inline]] static inline lanes alternating(const T* from) requires (sizeof(T) == sizeof(float)) {
    std::int64_t both;
    __builtin_memcpy(&both, from, sizeof both);
    const auto all = both - typename detail::vector_type<std::int64_t, N / 2>::type{};
    lanes result;
    __builtin_memcpy(&result.v, &all, sizeof(vector));
    return result;
  }
  /// The first Count numbers again and again.
  template <int Count>
  [[gnu::always_inline]] static inline lanes tiling(const T* from) {
    if constexpr (Count == 2 && sizeof(T) == sizeof(float)) return alternating(from);
    else return lanes<T, Count>::load(from).template tiled<N>();
  }
  /// The first Count numbers; the other lanes are 0.
  template <int Count>
  [[gnu::always_inline]] static inline lanes load_first(const T* from) {
    if constexpr (Count >= N) return load(from);
    else if constexpr (Count == 1) return vector{from[0]};
    else if constexpr (Count == 2 && sizeof(T) == sizeof(float)) {  // as one number
      std::int64_t both;
      __builtin_memcpy(&both, from, sizeof both);
      const typename detail::vector_type<std::int64_t, N / 2>::type all{both};
      lanes result;
      __builtin_memcpy(&result.v, &all, sizeof(vector));
      return result;
    } else if constexpr (Count <= N / 2) return lanes<T, lanes_around(Count, N)>::template load_first<Count>(from).template before_zeros<N>();
    else {
      using half = lanes<T, N / 2>;
      return join(half::load(from), half::template load_first<Count - N / 2>(from + N / 2), std::make_integer_sequence<int, N>{});
    }
  }
  /// The same where what lies before them may be read, but nothing behind them; what is in the other lanes does not matter.
  template <int Count, int... I>
  [[gnu::always_inline]] static inline lanes load_before_end(const T* from, std::integer_sequence<int, I...>) {
    const lanes all = load(from + Count - N);
    return shuffled<(I < Count ? N - Count + I : detail::any_lane(I))...>(all, all);
  }
  template <int Count>
  [[gnu::always_inline]] inline void store_first(T* to) const {
    constexpr int half = N / 2;
    if constexpr (Count >= N) store(to);
    else if constexpr (N == 2) to[0] = v[0];
    else {
      constexpr std::make_integer_sequence<int, half> all{};
      half_of<0>(all).template store_first<Count>(to);
      if constexpr (Count == half + 1) to[half] = v[half];
      else if constexpr (Count > half) half_of<Count - half>(all).store(to + (Count - half));  // some of them once more
    }
  }

  [[gnu::always_inline]] inline T operator[](int i) const { return v[i]; }
  /// The bits of every lane as a whole number, and back.
  [[gnu::always_inline]] inline integers bits() const {
    integers result;
    __builtin_memcpy(&result, &v, sizeof(vector));
    return result;
  }
  [[gnu::always_inline]] static inline lanes from_bits(integers bits) {
    lanes result;
    __builtin_memcpy(&result.v, &bits, sizeof(vector));
    return result;
  }

  /// Lanes of a, and of b behind them, in any order and number.
  template <int... Place>
  [[gnu::always_inline]] static inline lanes<T, sizeof...(Place)> shuffled(lanes a, lanes b) {
#if defined(__AVX512F__) && !defined(__clang__)  // g++ 12 takes some of 8 doubles from wrong lanes, of 8 whole numbers it does not
    if constexpr (sizeof(T) == 8 && (N == 8 || sizeof...(Place) == 8))
      return lanes<T, sizeof...(Place)>::from_bits(__builtin_shufflevector(a.bits(), b.bits(), Place...));
#endif
    return __builtin_shufflevector(a.v, b.v, Place...);
  }
  /// Half of the lanes, from First on.
  template <int First, int... I>
  [[gnu::always_inline]] inline lanes<T, N / 2> half_of(std::integer_sequence<int, I...>) const {
#if defined(__AVX__) && !defined(__clang__)  // g++ would exchange the halves, which first Zens do in eight steps
    if constexpr (First == N / 2 && sizeof(vector) == 32)
      return reinterpret_cast<typename lanes<T, N / 2>::vector>(__builtin_ia32_vextractf128_ps256(reinterpret_cast<detail::vector_type<float, 8>::type>(v), 1));
#endif
    return shuffled<(First + I)...>(*this, *this);
  }
  template <int Count>
  [[gnu::always_inline]] inline lanes<T, Count> first_lanes() const {
    if constexpr (Count == N) return *this;
    else return half_of<0>(std::make_integer_sequence<int, N / 2>{}).template first_lanes<Count>();
  }
  template <int... I>
  [[gnu::always_inline]] static inline lanes join(lanes<T, N / 2> low, lanes<T, N / 2> high, std::integer_sequence<int, I...>) {
    return lanes<T, N / 2>::template shuffled<I...>(low, high);
  }

  /// The same numbers in more lanes; what is in the others does not matter.
  template <int More>
  [[gnu::always_inline]] inline lanes<T, More> widened() const {
    if constexpr (More == N) return *this;
    else if constexpr (More > 2 * N) return widened<2 * N>().template widened<More>();
#if defined(__AVX512F__) && !defined(__clang__)  // g++ would fill the others with 0
    else if constexpr (2 * sizeof(vector) == 64 && sizeof(T) == 4) return __builtin_ia32_ps512_256ps(v);
    else if constexpr (2 * sizeof(vector) == 64) return __builtin_ia32_pd512_256pd(v);
#endif
#if defined(__AVX__) && !defined(__clang__)
    else if constexpr (2 * sizeof(vector) == 32 && sizeof(T) == 4) return __builtin_ia32_ps256_ps(v);
    else if constexpr (2 * sizeof(vector) == 32) return __builtin_ia32_pd256_pd(v);
#endif
    else return lanes<T, More>::join(*this, *this, std::make_integer_sequence<int, More>{});
  }
  /// The same with 0 in the others.
  template <int More>
  [[gnu::always_inline]] inline lanes<T, More> before_zeros() const {
    if constexpr (More == N) return *this;
#if defined(__AVX512F__) && !defined(__clang__)  // g++ would move the register for every half
    else if constexpr (sizeof(vector) == 16 && More * sizeof(T) == 64)
      return reinterpret_cast<typename lanes<T, More>::vector>(__builtin_ia32_insertf32x4_mask(detail::zeros<float, 16>, reinterpret_cast<detail::vector_type<float, 4>::type>(v), 0, detail::zeros<float, 16>, -1));
    else if constexpr (sizeof(vector) == 32 && More == 2 * N)
      return reinterpret_cast<typename lanes<T, More>::vector>(__builtin_ia32_insertf64x4_mask(detail::zeros<double, 8>, reinterpret_cast<detail::vector_type<double, 4>::type>(v), 0, detail::zeros<double, 8>, -1));
#endif
#if defined(__AVX__) && !defined(__clang__)
    else if constexpr (sizeof(vector) == 16 && More == 2 * N)
      return reinterpret_cast<typename lanes<T, More>::vector>(__builtin_ia32_vinsertf128_ps256(detail::zeros<float, 8>, reinterpret_cast<detail::vector_type<float, 4>::type>(v), 0));
#endif
    else return lanes<T, More>::join(before_zeros<More / 2>(), lanes<T, More / 2>(0), std::make_integer_sequence<int, More>{});
  }
  /// The same numbers again and again.
  template <int More>
  [[gnu::always_inline]] inline lanes<T, More> tiled() const {
    if constexpr (More == N) return *this;
#if defined(__AVX512F__) && !defined(__clang__)  // what clang makes of it by itself
    else if constexpr (More == 4 * N && More * sizeof(T) == 64 && sizeof(T) == 4) return __builtin_ia32_broadcastf32x4_512(v, lanes<T, More>(0).v, -1);
    else if constexpr (More == 2 * N && More * sizeof(T) == 64) {
      using doubles = typename detail::vector_type<double, 8>::type;
      return typename lanes<T, More>::vector(__builtin_ia32_broadcastf64x4_512(typename detail::vector_type<double, 4>::type(v), doubles{}, -1));
    }
#endif
#if defined(__AVX__) && !defined(__clang__)  // as above
    else if constexpr (More == 2 * N && sizeof(vector) == 16)
      return reinterpret_cast<typename lanes<T, More>::vector>(__builtin_ia32_vinsertf128_ps256(reinterpret_cast<detail::vector_type<float, 8>::type>(widened<More>().v), reinterpret_cast<detail::vector_type<float, 4>::type>(v), 1));
#endif
    else {
      const lanes<T, More / 2> half = tiled<More / 2>();
      return lanes<T, More>::join(half, half, std::make_integer_sequence<int, More>{});
    }
  }
  /// One of the lanes in all of them.
  template <int Lane, int... I>
  [[gnu::always_inline]] inline lanes same(std::integer_sequence<int, I...>) const {
#if defined(__AVX512F__) && !defined(__clang__)  // g++ would need two steps
    if constexpr (N == 8 && sizeof(T) == 4) return __builtin_ia32_permvarsf256(v, integers{} + Lane);
#elif defined(__AVX2__) && !defined(__AVX512F__)  // the half with the lane is made once for its four lanes; clang would make it for each
    if constexpr (N == 8 && sizeof(T) == 4) {
      auto half = half_of<Lane / 4 * 4>(std::make_integer_sequence<int, 4>{}).template tiled<8>().v;
      asm("" : "+x"(half));
      return __builtin_ia32_vpermilps256(half, Lane % 4 * 0x55);
    }
#endif
    return shuffled<(I - I + Lane)...>(*this, *this);
  }
  /// Block lanes for every Step-th lane from First on; of the first ones, Gone are gone already. What lies beyond the end does not matter.
  template <int Block, int Step, int First, int Gone = 0, int... I>
  [[gnu::always_inline]] inline lanes spread(std::integer_sequence<int, I...> all) const {
    return spread_with<0, Block, Step, First, Gone>(*this, all);
  }
  /// The same where the lanes of another vector are behind these, the first Twice of which are here already.
  template <int Twice, int Block, int Step, int First, int Gone = 0, int... I>
  [[gnu::always_inline]] inline lanes spread_with(lanes behind, std::integer_sequence<int, I...>) const {
    constexpr auto from = [](int i_) {
      const int lane_ = (Gone + i_) / Block * Step + First, place_ = lane_ < N ? lane_ : lane_ + Twice;
      return place_ < 2 * N ? place_ : detail::any_lane(i_);
    };
    return shuffled<from(I)...>(*this, behind);
  }
  /// The first Each of every Block lanes, one behind the other.
  template <int Block, int Each, int... I>
  [[gnu::always_inline]] inline lanes gathered(std::integer_sequence<int, I...>) const {
    return shuffled<(I < N / Block * Each ? I / Each * Block + I % Each : I)...>(*this, *this);
  }
  /// The first Count lanes again and again, from lane First on.
  template <int First, int Count, int... I>
  [[gnu::always_inline]] inline lanes around(std::integer_sequence<int, I...>) const {
    return shuffled<((First + I) % Count)...>(*this, *this);
  }
  /// Count lanes from First on, each Each times; 0 behind them.
  template <int First, int Count, int Each, int... I>
  [[gnu::always_inline]] inline lanes repeated(std::integer_sequence<int, I...>) const {
    if constexpr (Count * Each >= N) return spread<Each, 1, First>(std::integer_sequence<int, I...>{});
    else return shuffled<(I / Each < Count ? First + I / Each : N)...>(*this, vector{});
  }

  [[gnu::always_inline]] friend inline lanes operator+(lanes a, lanes b) { return a.v + b.v; }
  [[gnu::always_inline]] friend inline lanes operator-(lanes a, lanes b) { return a.v - b.v; }
  [[gnu::always_inline]] friend inline lanes operator*(lanes a, lanes b) { return a.v * b.v; }
  [[gnu::always_inline]] friend inline lanes operator/(lanes a, lanes b) {
    if constexpr (!math::detail::may_estimate || sizeof(vector) >= 16) return math::detail::quotient<T>(a.v, b.v);
    else {
      for (int l = 0; l < N; ++l) a.v[l] = math::detail::quotient<T, T>(a.v[l], b.v[l]);
      return a;
    }
  }
  [[gnu::always_inline]] friend inline lanes operator-(lanes a) { return -a.v; }
  [[gnu::always_inline]] friend inline mask operator<(lanes a, lanes b) { return {a.v < b.v}; }
  [[gnu::always_inline]] friend inline mask operator<=(lanes a, lanes b) { return {a.v <= b.v}; }
  [[gnu::always_inline]] friend inline mask operator>(lanes a, lanes b) { return {a.v > b.v}; }
  [[gnu::always_inline]] friend inline mask operator>=(lanes a, lanes b) { return {a.v >= b.v}; }
  [[gnu::always_inline]] friend inline mask operator==(lanes a, lanes b) { return {a.v == b.v}; }
  [[gnu::always_inline]] friend inline mask operator!=(lanes a, lanes b) { return {a.v != b.v}; }
};

#if defined(__clang__)
#pragma float_control(pop)
#endif

/// Count parts become one, which is number 0 then: together(i, j) puts part j into part i.
template <int Count, class Together>
[[gnu::always_inline]] inline void as_tree(const Together& together) {
  if constexpr (Count > 1) {
    constexpr int left = (Count + 1) / 2;
#pragma GCC unroll 8
    for (int i = 0; i < Count / 2; ++i) together(i, i + left);
    as_tree<left>(together);
  }
}

template <class L>
inline constexpr bool is_lanes = false;
template <class T, int N>
inline constexpr bool is_lanes<lanes<T, N>> = true;
template <class L>
concept lane_vector = is_lanes<L>;

/// All lanes of a vector put together, by halves.
template <class V, class F>
[[gnu::always_inline]] inline typename V::scalar across(V x, F together) {
  if constexpr (V::count == 2) return together(x[0], x[1]);
  else {
    using half = lanes<typename V::scalar, V::count / 2>;
    typename V::scalar at[V::count];
    x.store(at);
    return across(together(half::load(at), half::load(at + V::count / 2)), together);
  }
}
/// The sum of all lanes.
template <class V>
[[gnu::always_inline]] inline typename V::scalar sum_of(V x) {
  return across(x, [](auto a_, auto b_) __attribute__((always_inline)) { return a_ + b_; });
}

namespace math {

/// a where the condition holds, else b; both are computed.
template <class T>
[[gnu::always_inline]] constexpr T choose(bool condition, T a, T b) { return condition ? a : b; }
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> choose(lane_mask<T, N> condition, lanes<T, N> a, lanes<T, N> b) {
  return condition.bits ? a.v : b.v;
}

/// a where a > b, else b.
template <class T>
[[gnu::always_inline]] constexpr T larger(T a, T b) { return a > b ? a : b; }
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> larger(lanes<T, N> a, lanes<T, N> b) {
#if !defined(__clang__)  // g++ does not see that this is one instruction
#if defined(__AVX512F__)
  if constexpr (sizeof(a) == 64 && sizeof(T) == 4) return __builtin_ia32_maxps512_mask(a.v, b.v, a.v, -1, 4);
  if constexpr (sizeof(a) == 64 && sizeof(T) == 8) return __builtin_ia32_maxpd512_mask(a.v, b.v, a.v, -1, 4);
#endif
#if defined(__AVX__)
  if constexpr (sizeof(a) == 32 && sizeof(T) == 4) return __builtin_ia32_maxps256(a.v, b.v);
  if constexpr (sizeof(a) == 32 && sizeof(T) == 8) return __builtin_ia32_maxpd256(a.v, b.v);
#endif
#if defined(__SSE2__)
  if constexpr (sizeof(a) == 16 && sizeof(T) == 4) return __builtin_ia32_maxps(a.v, b.v);
  if constexpr (sizeof(a) == 16 && sizeof(T) == 8) return __builtin_ia32_maxpd(a.v, b.v);
#endif
#endif
  return choose(a > b, a, b);
}

// The arithmetic that constant evaluation has to do with care.
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> add(lanes<T, N> a, lanes<T, N> b) { return a + b; }
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> subtract(lanes<T, N> a, lanes<T, N> b) { return a - b; }
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> multiply(lanes<T, N> a, lanes<T, N> b) { return a * b; }
template <class T, int N>
[[gnu::always_inline]] inline lanes<T, N> divide(lanes<T, N> a, lanes<T, N> b) { return a / b; }

}  // namespace math

}  // namespace leibniz
