#pragma once
#include <utility>

#include <leibniz/code/fetch_ahead.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Tiles of matrix products that read two neighbours of their broadcast operand at a time (code/tile_size.hpp says which).

namespace leibniz::code {

/// How many numbers the shuffles of one instruction stay within: 16 bytes.
template <class V>
inline constexpr int shuffled_together = 16 / sizeof(typename V::scalar);

/// The numbers of a, then those of b, that stand at even (or odd) places, within every 16 bytes: what `interleave` puts
/// together, taken apart.
template <bool Odd, class V, int... I>
[[gnu::always_inline]] inline V every_second(V a, V b, std::integer_sequence<int, I...>) {
  constexpr int n = V::count, block = shuffled_together<V>;
  return V::template shuffled<(I / block * block + I % (block / 2) * 2 + Odd + (I % block < block / 2 ? 0 : n))...>(a, b);
}

/// The sums of a tile of one vector of columns over its first Depth terms, an even number, which are read in pairs. The even and
/// the odd terms of a sum are added apart.
template <int Depth, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_pairs_of_terms(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                      V (&result)[Rows][1]) {
  constexpr int block = shuffled_together<V>;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V first[Rows], second[Rows];
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r) first[r] = second[r] = V(0);
#pragma GCC unroll 1
  for (int k = 0; k < Depth; k += 2) {
    fetch_rows_ahead<f, Rows, V::count, 2>(broadcast, k);
    const V a = columns.template load<f, false>(vectors + k * f.vector_depth, 0), b = columns.template load<f, false>(vectors + (k + 1) * f.vector_depth, 0);
    const V low = interleave<false, block>(a, b, all), high = interleave<true, block>(a, b, all);
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
      const V x = V::alternating(broadcast + r * f.broadcast_row + k);
      first[r] = first[r] + x * low;
      second[r] = second[r] + x * high;
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r) result[r][0] = every_second<false>(first[r], second[r], all) + every_second<true>(first[r], second[r], all);
}

/// The same where the rows are read in pairs: every other lane belongs to the second one.
template <int Depth, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_pairs_of_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                     V (&result)[Rows][1]) {
  constexpr int block = shuffled_together<V>;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V sum[Rows];
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r) sum[r] = V(0);
#pragma GCC unroll 1
  for (int k = 0; k < Depth; ++k) {
    const V w = columns.template load<f, false>(vectors + k * f.vector_depth, 0);
    const V low = interleave<false, block>(w, w, all), high = interleave<true, block>(w, w, all);
#pragma GCC unroll 16
    for (int r = 0; r + 1 < Rows; r += 2) {
      const V x = V::alternating(broadcast + r + k * f.broadcast_depth);
      sum[r] = sum[r] + x * low;
      sum[r + 1] = sum[r + 1] + x * high;
    }
    if constexpr (Rows % 2 == 1) sum[Rows - 1] = sum[Rows - 1] + V(broadcast[Rows - 1 + k * f.broadcast_depth]) * w;
  }
#pragma GCC unroll 16
  for (int r = 0; r + 1 < Rows; r += 2) {
    result[r][0] = every_second<false>(sum[r], sum[r + 1], all);
    result[r + 1][0] = every_second<true>(sum[r], sum[r + 1], all);
  }
  if constexpr (Rows % 2 == 1) result[Rows - 1][0] = sum[Rows - 1];
}

}  // namespace leibniz::code
