#pragma once
#include <type_traits>
#include <utility>

#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Products whose operands both run along the sum: the lanes hold parts of the sums, which are added at the end, as many sums
// at once as a vector has lanes.

namespace leibniz::code {

/// V::load of what ends at `end`, with 0 in all but the last Count lanes.
template <class V, int Count>
[[gnu::always_inline]] inline V load_last(const typename V::scalar* end) {
  typename V::integers keep;
  for (int i = 0; i < V::count; ++i) keep[i] = i < V::count - Count ? 0 : -1;
  return V::from_bits(V::load(end - V::count).bits() & keep);
}
/// The first Count lanes; 0 in the others.
template <int Count, class V>
[[gnu::always_inline]] inline V begin_of(V x) {
  if constexpr (Count == V::count) return x;
  typename V::integers keep;
  for (int i = 0; i < V::count; ++i) keep[i] = i < Count ? -1 : 0;
  return V::from_bits(x.bits() & keep);
}
/// The first Count lanes of what may be read as a whole; 0 in the others.
template <class V, int Count>
[[gnu::always_inline]] inline V load_begin(const typename V::scalar* from) {
  return begin_of<Count>(V::load(from));
}

/// Vectors that hold the parts of several sums at once: two such vectors become one that holds the sums of both, each in
/// half as many parts. Within 16 bytes, where moving numbers is cheap, the parts of one sum lie Sums apart; beyond, side by side.
template <int Lanes, int Unit, int Sums>
struct gathering {
  static constexpr bool within = Sums < Unit;
  static constexpr int blocks = within ? 1 : Sums / Unit, each = within ? 1 : Lanes / Unit / (2 * blocks);  // of 16 bytes
  /// Where lane i of the next vector comes from: from the first vector, or from the second one behind it.
  static constexpr int both(int i, bool second_part) {
    const int inner = i % Unit, block = i / Unit / each, piece = i / Unit % each;
    if (within) return i - inner + inner / (2 * Sums) * Sums + inner % Sums + inner / Sums % 2 * Lanes + (second_part ? Unit / 2 : 0);
    return (block % blocks * 2 * each + piece + (second_part ? each : 0)) * Unit + inner + block / blocks * Lanes;
  }
  /// The same for half a vector with the same sums.
  static constexpr int half(int i, bool second_part) {
    if (within) return i + (second_part ? Lanes / 2 : 0);
    return (i / Unit / each * 2 * each + i / Unit % each + (second_part ? each : 0)) * Unit + i % Unit;
  }
};
template <int Sums, class V>
inline constexpr int gathering_unit = V::count * static_cast<int>(sizeof(typename V::scalar)) < 16 ? V::count : 16 / static_cast<int>(sizeof(typename V::scalar));
template <int Sums, class V, int... I>
[[gnu::always_inline]] inline V gather_both(V a, V b, std::integer_sequence<int, I...>) {
  using from = gathering<V::count, gathering_unit<Sums, V>, Sums>;
  return V::template shuffled<from::both(I, false)...>(a, b) + V::template shuffled<from::both(I, true)...>(a, b);
}
template <int Sums, class V, int... I>
[[gnu::always_inline]] inline auto gather_half(V a, std::integer_sequence<int, I...>) {
  using from = gathering<V::count, gathering_unit<Sums, V>, Sums>;
  return V::template shuffled<from::half(I, false)...>(a, a) + V::template shuffled<from::half(I, true)...>(a, a);
}
/// Vectors get(First), … get(First + Count - 1) as one that holds the parts of all their sums; two are put together as soon as
/// there are two.
template <int First, int Count, class Get>
[[gnu::always_inline]] inline auto parts_of_sums(const Get& get) {
  if constexpr (Count == 1) return get(First);
  else {
    constexpr int half = Count / 2;
    const auto a = parts_of_sums<First, half>(get), b = parts_of_sums<First + half, half>(get);
    using V = std::remove_const_t<decltype(a)>;
    if constexpr (V::count == half) return lanes<typename V::scalar, Count>::join(a, b, std::make_integer_sequence<int, Count>{});
    else return gather_both<half>(a, b, std::make_integer_sequence<int, V::count>{});
  }
}
template <int Sums, class V>
[[gnu::always_inline]] inline auto sums_of_parts(V x) {
  if constexpr (V::count == Sums) return x;
  else if constexpr (V::count == 2) return x[0] + x[1];
  else return sums_of_parts<Sums>(gather_half<Sums>(x, std::make_integer_sequence<int, V::count / 2>{}));
}
/// The sum of all lanes of each of the vectors get(0), … get(Count - 1), a power of two, in a lane each; of one vector: a number.
template <int Count, class Get>
[[gnu::always_inline]] inline auto sums_of(const Get& get) { return sums_of_parts<Count>(parts_of_sums<0, Count>(get)); }

/// Σ a[k] b[r][k] for rows of b that fit into two registers: a column after the other is taken out of them.
template <int Lanes, int Rows, int Count, int Step, class T>
[[gnu::always_inline]] inline auto dots_of_columns(const T* a, const T* b) {
  constexpr int size = Rows * Step, wide = lanes_within(2 * size - 1, native_lanes<T>);
  using V = lanes<T, (wide < Lanes ? Lanes : wide)>;
  constexpr int first = size < V::count ? size : V::count;
  constexpr std::make_integer_sequence<int, V::count> all{};
  const V low = V::template load_first<first>(b), high = size > first ? V::template load_first<(size > first ? size - first : 1)>(b + first) : V(0);
  const auto sum = [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
    V sum_ = V(a[0]) * every_step<Step, 0>(low, high, all);
    ((sum_ = sum_ + V(a[K + 1]) * every_step<Step, K + 1>(low, high, all)), ...);
    return sum_;
  };
  return begin_of<Rows>(sum(std::make_integer_sequence<int, Count - 1>{}).template first_lanes<Lanes>());
}
/// The same for rows of 16 bytes, each read as it was stored: turned, a column is a vector.
template <int Lanes, int Rows, int Count, class T>
[[gnu::always_inline]] inline auto dots_of_turned_rows(const T* a, const T* b) {
  using V = lanes<T, Lanes>;
  constexpr int size = 16 / static_cast<int>(sizeof(T));
  V column[size];
#pragma GCC unroll 4
  for (int i = 0; i < size; ++i) column[i] = load_parts<V, size, Rows, size>(b, size, i);
  turn_squares(column);
  V sum = V(a[0]) * column[0];
#pragma GCC unroll 4
  for (int k = 1; k < Count; ++k) sum = sum + V(a[k]) * column[k];
  return begin_of<Rows>(sum);
}

/// Σ a[k] b[r][k] for Rows rows of b that lie `Step` apart, in Lanes lanes, a power of two: those behind the rows are 0. Each sum
/// is kept in several vectors where the rows alone do not keep the multipliers busy. Padded: what is read may run on to a
/// whole vector. JustStored: the rows of b may still be on their way to memory, one by one; short ones are read so, too.
template <int Lanes, int Rows, int Count, int Step, bool Padded, bool JustStored = false, class T>
[[gnu::always_inline]] inline auto dots(const T* a, const T* b) {
  constexpr int width = Padded ? lanes_within(2 * Count - 1, native_lanes<T>) : lanes_within(Count, native_lanes<T>);
  constexpr bool are_few = (Step == Count || Padded) && Count > 1 && Count < Rows && Lanes > 1 && Lanes <= native_lanes<T>;
  if constexpr (JustStored && are_few && Step * sizeof(T) == 16 && Lanes >= Step) {
    return dots_of_turned_rows<Lanes, Rows, Count>(a, b);
  } else if constexpr (are_few && Rows * Step <= 2 * native_lanes<T>) {
    return dots_of_columns<Lanes, Rows, Count, Step>(a, b);
  } else if constexpr (width == 1) {
    T sum[Lanes]{};
    for (int r = 0; r < Rows; ++r) {
      sum[r] = a[0] * b[r * Step];
      for (int k = 1; k < Count; ++k) sum[r] += a[k] * b[r * Step + k];
    }
    if constexpr (Lanes == 1) return sum[0];
    else return lanes<T, Lanes>::load(sum);
  } else {
    using V = lanes<T, width>;
    constexpr int whole = Rows >= 8 ? 1 : 8 / Rows, vectors = Count / width, partial = vectors < 1 ? 1 : vectors < whole ? vectors : whole;
    constexpr int rest = Count % width;
    const auto first = [&](int p_, int r_) __attribute__((always_inline)) {
      if (r_ >= Rows) return V(0);
      if constexpr (vectors > 0) return V(V::load(a + p_ * width).v * V::load(b + r_ * Step + p_ * width).v);
      else return V(load_begin<V, rest>(a).v * load_begin<V, rest>(b + r_ * Step).v);
    };
    if constexpr (Count <= width) return sums_of<Lanes>([&](int r_) __attribute__((always_inline)) { return first(0, r_); });
    V sum[partial][Lanes];
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
      for (int r = 0; r < Lanes; ++r) sum[p][r] = first(p, r);
    int k = partial * width;
    for (; k + partial * width <= Count; k += partial * width) {
#pragma GCC unroll 8
      for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r)
          sum[p][r].v = sum[p][r].v + V::load(a + k + p * width).v * V::load(b + r * Step + k + p * width).v;
    }
    for (; k + width <= Count; k += width) {
#pragma GCC unroll 16
      for (int r = 0; r < Rows; ++r) sum[0][r].v = sum[0][r].v + V::load(a + k).v * V::load(b + r * Step + k).v;
    }
    if constexpr (rest != 0 && vectors > 0) {
      const V x = Padded ? load_begin<V, rest>(a + Count - rest) : load_last<V, rest>(a + Count);
#pragma GCC unroll 16
      for (int r = 0; r < Rows; ++r) {
        const V y = Padded ? load_begin<V, rest>(b + r * Step + Count - rest) : load_last<V, rest>(b + r * Step + Count);
        sum[0][r].v = sum[0][r].v + x.v * y.v;
      }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) as_tree<partial>([&](int i_, int k_) __attribute__((always_inline)) { sum[i_][r].v += sum[k_][r].v; });
    return sums_of<Lanes>([&](int r_) __attribute__((always_inline)) { return sum[0][r_]; });
  }
}

}  // namespace leibniz::code
