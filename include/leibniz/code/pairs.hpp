#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
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
  return __builtin_shufflevector(a.v, b.v, (I / block * block + I % (block / 2) * 2 + Odd + (I % block < block / 2 ? 0 : n))...);
}

/// The sums of a tile over its first Depth terms, an even number, which are read in pairs. The even and the odd terms of a sum
/// are added apart.
template <int Depth, class Form, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_pairs_of_terms(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                      V (&result)[Rows][Columns::count]) {
  constexpr product_form f = Form::value;
  constexpr int count = Columns::count, block = shuffled_together<V>;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V first[Rows][count], second[Rows][count];
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) first[r][t] = second[r][t] = V(0);
#pragma GCC unroll 1
  for (int k = 0; k < Depth; k += 2) {
    V w[2][count];
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) {
      const V a = columns.template load<Form, false>(vectors + k * f.vector_depth, t);
      const V b = columns.template load<Form, false>(vectors + (k + 1) * f.vector_depth, t);
      w[0][t] = interleave<false, block>(a, b, all);
      w[1][t] = interleave<true, block>(a, b, all);
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
      const V x = V::alternating(broadcast + r * f.broadcast_row + k);
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) {
        first[r][t] = first[r][t] + x * w[0][t];
        second[r][t] = second[r][t] + x * w[1][t];
      }
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) result[r][t] = every_second<false>(first[r][t], second[r][t], all) + every_second<true>(first[r][t], second[r][t], all);
}

/// The sums of a tile over its first Depth terms, where the rows are read in pairs: every other lane belongs to the second one.
template <int Depth, class Form, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_pairs_of_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                     V (&result)[Rows][Columns::count]) {
  constexpr product_form f = Form::value;
  constexpr int count = Columns::count, block = shuffled_together<V>;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V sum[Rows][count];
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) sum[r][t] = V(0);
#pragma GCC unroll 1
  for (int k = 0; k < Depth; ++k) {
    V w[count], twice[2][count];
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) {
      w[t] = columns.template load<Form, false>(vectors + k * f.vector_depth, t);
      twice[0][t] = interleave<false, block>(w[t], w[t], all);
      twice[1][t] = interleave<true, block>(w[t], w[t], all);
    }
#pragma GCC unroll 16
    for (int r = 0; r + 1 < Rows; r += 2) {
      const V x = V::alternating(broadcast + r + k * f.broadcast_depth);
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) {
        sum[r][t] = sum[r][t] + x * twice[0][t];
        sum[r + 1][t] = sum[r + 1][t] + x * twice[1][t];
      }
    }
    if constexpr (Rows % 2 == 1) {
      const V x(broadcast[Rows - 1 + k * f.broadcast_depth]);
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) sum[Rows - 1][t] = sum[Rows - 1][t] + x * w[t];
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r + 1 < Rows; r += 2)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) {
      result[r][t] = every_second<false>(sum[r][t], sum[r + 1][t], all);
      result[r + 1][t] = every_second<true>(sum[r][t], sum[r + 1][t], all);
    }
  if constexpr (Rows % 2 == 1)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) result[Rows - 1][t] = sum[Rows - 1][t];
}

}  // namespace leibniz::code
