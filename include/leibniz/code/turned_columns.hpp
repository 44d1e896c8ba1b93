#pragma once
#include <utility>

#include <leibniz/code/dots.hpp>
#include <leibniz/code/tile.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Products of short sums whose vector operand lies across the lanes: as many of its columns as there are lanes are turned in registers,
// stay there, and all rows go by.

namespace leibniz::code {

/// Whether the vector operand is turned although the shape alone would not say so (turns_columns): sums of two or three floats with registers
/// of 32 bytes, as measured on Zen 3. There three or four columns, and the end of a row that is neither whole nor half a vector, would be parts
/// of vectors that packing has just stored; long rows do not mind, nor two terms of three columns for many rows. One row alone is turned if it has
/// three terms and fills its vectors, or if it does not Pack: each sum would be made for itself. Doubles take twice as long as packed.
template <class T, bool Packs>
constexpr bool turns_floats(const product_form& f) {
  if (register_bytes != 32 || !has_fused_multiply_add || !std::is_same_v<T, float> || lies_in_lanes(f) || !is_dot(f) || !turns_well(f, f.vector_column, 3)) return false;
  const int rest = f.columns % 8;
  if (f.columns <= 4) return f.columns == 4 || (f.columns == 3 && (f.depth == 3 || f.rows < 16));
  if (f.rows == 1) return f.depth == 3 && (rest == 0 || !Packs);
  return f.columns > 8 && f.columns < 40 && rest >= 3 && rest != 4;
}
/// Vector T of a tile: Valid columns, which begin at `vectors`.
template <int Valid, int T, product_form f, class V, int Vectors>
[[gnu::always_inline]] inline void turn_vector(const typename V::scalar* vectors, V (&w)[f.depth][Vectors]) {
  V column[f.depth];
  load_turned<Valid, f.vector_column>(vectors, column);
#pragma GCC unroll 32
  for (int k = 0; k < f.depth; ++k) w[k][T] = column[k];
}
/// The columns from `begin` on, as many as some vectors have lanes; of the last vector, which begins at `last`, the first Valid ones are there,
/// and the first Stored are written.
template <int Valid, int Stored, product_form f, class V, class Write, int... T>
[[gnu::always_inline]] inline void turned_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, int begin, int last,
                                                  const Write& write, std::integer_sequence<int, T...>) {
  constexpr int count = sizeof...(T), n = V::count;
  const tile_columns<V, count, Stored> columns(begin, last);
  V w[f.depth][count];
  (turn_vector<(T + 1 < count ? n : Valid), T, f>(vectors + columns.begin(T) * f.vector_column, w), ...);
  rows_beside_registers<f>(broadcast, w, columns, write);
}
/// One column, number by number, or where a row fills a vector of 8, the sums of 8 rows at once.
template <product_form f, class T, class Write>
[[gnu::always_inline]] inline void single_column(const T* broadcast, const T* vectors, int column, const Write& write) {
  const T* const b = vectors + column * f.vector_column;
  if constexpr (f.depth == 8 && f.rows % 8 == 0 && native_lanes<T> >= 8) {
    for (int r = 0; r < f.rows; r += 8) {
      const lanes<T, 8> sum = dots<8, 8, 8, f.broadcast_row, false>(b, broadcast + r * f.broadcast_row);
#pragma GCC unroll 8
      for (int i = 0; i < 8; ++i) finish<false>(write, r + i, column, static_cast<T>(sum[i]));
    }
  } else {
#pragma GCC unroll 8
    for (int r = 0; r < f.rows; ++r) {
      const T* const a = broadcast + r * f.broadcast_row;
      T sum = a[0] * b[0];
#pragma GCC unroll 32
      for (int k = 1; k < f.depth; ++k) sum = sum + a[k] * b[k];
      finish<false>(write, r, column, sum);
    }
  }
}
/// How many vectors of columns are turned before the rows go by: beside them there has to be room for their sums.
constexpr int vectors_turned(int depth, int all) {
  const int room = (register_count - 3) / (depth + 1), most = register_bytes == 64 || room < 1 ? 1 : room, groups = (all + most - 1) / most;
  return (all + groups - 1) / groups;
}
/// The whole product. Padded: the rows of the result have room for whole vectors. The last columns are some of the ones before them once
/// more, if they may be, and are not one alone or half of a wide vector: after wide vectors, narrow ones were measured to take three times as long.
template <class V, product_form f, bool Padded, class Write>
[[gnu::always_inline]] inline void product_of_turned_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int n = V::count, rest = f.columns % n;
  constexpr bool wide = register_bytes == 64, once = computes_only_once<Write>();
  constexpr bool alone = rest == 1 && f.depth <= 8, narrow = rest > 0 && (once || 2 * rest == n);
  constexpr bool apart = wide && !Padded && (alone || narrow), in_tile = rest > 0 && !apart;
  constexpr int all = f.columns / n + in_tile, together = vectors_turned(f.depth, all), groups = f.columns / n / together, left = all - groups * together;
  constexpr std::make_integer_sequence<int, together> group{};
  for (int c = 0; c < groups * together * n; c += together * n) turned_columns<n, n, f, V>(broadcast, vectors, c, c + (together - 1) * n, write, group);
  if constexpr (left > 0) {
    constexpr int valid = in_tile && (Padded || (!wide && (rest == 1 || once))) ? rest : n, last = f.columns - (apart ? rest : 0) - valid;
    turned_columns<valid, (Padded ? n : valid), f, V>(broadcast, vectors, groups * together * n, last, write, std::make_integer_sequence<int, left>{});
  }
  if constexpr (apart && alone) {
    single_column<f>(broadcast, vectors, f.columns - 1, write);
  } else if constexpr (apart) {
    using part = lanes<typename V::scalar, lanes_around(rest < 4 ? 4 : rest, n)>;
    turned_columns<rest, rest, f, part>(broadcast, vectors, f.columns - rest, f.columns - rest, write, std::make_integer_sequence<int, 1>{});
  }
}

}  // namespace leibniz::code
