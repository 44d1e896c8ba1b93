#pragma once
#include <utility>

#include <leibniz/code/dots.hpp>
#include <leibniz/code/tile.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Products of short sums whose vector operand lies across the lanes: as many of its columns as there are lanes are turned in registers,
// stay there, and all rows go by.

namespace leibniz::code {

/// The columns from `begin` on, as many as V has lanes: the first Valid of them are there, and the first Stored are written.
template <class V, int Valid, int Stored, class Form, class Write>
[[gnu::always_inline]] inline void turned_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, int begin, const Write& write) {
  constexpr product_form f = Form::value;
  V column[f.depth], w[f.depth][1];
  load_turned<Valid, f.vector_column>(vectors + begin * f.vector_column, column);
#pragma GCC unroll 32
  for (int k = 0; k < f.depth; ++k) w[k][0] = column[k];
  rows_beside_registers<Form>(broadcast, w, tile_columns<V, 1, Stored>{{begin}}, write);
}
/// One column, number by number, or where a row fills a vector of 8, the sums of 8 rows at once.
template <class Form, class T, class Write>
[[gnu::always_inline]] inline void single_column(const T* broadcast, const T* vectors, int column, const Write& write) {
  constexpr product_form f = Form::value;
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
/// The whole product. Padded: the rows of the result have room for whole vectors. The last columns are some of the ones before them once
/// more, if they may be and are not half a vector: after wide vectors, narrow ones were measured to take three times as long.
template <class V, class Form, bool Padded, class Write>
[[gnu::always_inline]] inline void product_of_turned_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int columns = Form::value.columns, n = V::count, rest = columns % n;
  constexpr bool once = computes_only_once<Write>();
  for (int c = 0; c + n <= columns; c += n) turned_columns<V, n, n, Form>(broadcast, vectors, c, write);
  if constexpr (rest > 0 && Padded) turned_columns<V, rest, n, Form>(broadcast, vectors, columns - rest, write);
  else if constexpr (rest == 1 && Form::value.depth <= 8) single_column<Form>(broadcast, vectors, columns - 1, write);
  else if constexpr (rest > 0 && (once || 2 * rest == n)) turned_columns<lanes<typename V::scalar, lanes_around(rest < 4 ? 4 : rest, n)>, rest, rest, Form>(broadcast, vectors, columns - rest, write);
  else if constexpr (rest > 0) turned_columns<V, n, n, Form>(broadcast, vectors, columns - n, write);
}

}  // namespace leibniz::code
