#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/code/tile_columns.hpp>
#include <leibniz/core/lanes.hpp>

// Products whose rows are shorter than a register and lie one behind the other in memory: there the result is one run of
// numbers, and lanes run on over the ends of its rows.

namespace leibniz::code {

/// Whether `write` takes a vector of the run.
template <class V, class Write>
constexpr bool stores_runs() {
  return requires(const Write& write, V run) { write.store_run(0, run); };
}
/// How many rows a vector of the run has lanes of, at most.
constexpr int rows_of_run(int columns, int lanes) { return (lanes + columns - 2) / columns + 1; }
/// How many numbers of the broadcast operand lie one behind the other, all rows and terms of it if they do.
constexpr int readable_by_run(const product_form& f) {
  const bool has_gaps = f.broadcast_row == 1 && f.depth > 1 && f.broadcast_depth != f.rows;
  return has_gaps ? f.rows : f.rows * f.depth;
}
/// Whether the product is computed as a run. A vector costs two shuffles for each term of its sums, which is less than the stores of
/// short rows as long as the terms are few. What its lanes need of the broadcast operand is one vector: all terms of some rows,
/// or one term of them.
template <class V, class Form, class Write>
constexpr bool is_run() {
  constexpr product_form f = Form::value;
  constexpr int n = V::count, rows = rows_of_run(f.columns, n);
  if (!has_fused_multiply_add || sizeof(V) < 32 || !stores_runs<V, Write>() || computes_only_once<Write>()) return false;
  if (f.columns > (f.depth == 1 ? 3 * n / 4 : 3 * n / 8) || n % f.columns == 0) return false;
  const bool by_terms = f.broadcast_depth == 1 && f.broadcast_row == f.depth && f.depth <= 3 && rows * f.depth <= n;
  const bool by_rows = f.broadcast_row == 1 && f.depth <= 4 && rows <= n;
  return (by_terms || by_rows) && f.rows * f.columns >= n && readable_by_run(f) >= n;
}

/// The vector of the run that begins at column First of row Row, its terms up to Last. Within: nothing is read beyond the end of the
/// broadcast operand; else `broadcast` may have moved to any row that is far enough from it.
template <int First, int Row, bool Within, class Form, int Last = Form::value.depth - 1, class V>
[[gnu::always_inline]] inline V vector_of_run(const typename V::scalar* broadcast, const V (&w)[Form::value.depth]) {
  constexpr product_form f = Form::value;
  constexpr bool by_rows = f.broadcast_row == 1;
  constexpr int begin = Row * f.broadcast_row + (by_rows ? Last * f.broadcast_depth : 0);
  constexpr int end = readable_by_run(f) - V::count + (readable_by_run(f) < f.rows * f.depth ? Last * f.broadcast_depth : 0);
  constexpr int from = Within && begin > end ? end : begin;
  constexpr std::make_integer_sequence<int, V::count> all{};
  const V rows = V::load(broadcast + from).template spread<f.columns, f.broadcast_row, begin - from + (by_rows ? 0 : Last), First>(all);
  const V term = rows * w[Last].template around<First, f.columns>(all);
  if constexpr (Last == 0) return term;
  else return vector_of_run<First, Row, Within, Form, Last - 1>(broadcast, w) + term;
}
/// The vectors of the run from place Begin behind the beginning of a row on.
template <int Begin, bool Within, class Form, class Write, class V, int... I>
[[gnu::always_inline]] inline void part_of_run(int row, const typename V::scalar* broadcast, const V (&w)[Form::value.depth], const Write& write,
                                               std::integer_sequence<int, I...>) {
  constexpr product_form f = Form::value;
  constexpr int columns = f.columns, n = V::count;
  (write.store_run(row * columns + Begin + I * n,
                   vector_of_run<(Begin + I * n) % columns, (Begin + I * n) / columns, Within, Form>(broadcast + row * f.broadcast_row, w)), ...);
}
/// The whole product.
template <class V, class Form, class Write>
[[gnu::always_inline]] inline void product_in_one_run(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr product_form f = Form::value;
  constexpr int n = V::count, all = f.rows * f.columns;
  // a row begins a vector again after a period: n is a power of two
  constexpr int common = f.columns & -f.columns, vectors_in_period = f.columns / common, rows_in_period = n / common;
  // of the last periods some vectors would read beyond the end
  constexpr int safe = (f.rows - n / f.broadcast_row) / rows_in_period, periods = all / n <= 16 || safe < 2 ? 0 : safe;
  constexpr int done = periods * rows_in_period, left = (all - done * f.columns) / n;
  V w[f.depth];
#pragma GCC unroll 4
  for (int k = 0; k < f.depth; ++k) w[k] = V::template load_first<f.columns>(vectors + k * f.vector_depth);
  for (int row = 0; row < done; row += rows_in_period)
    part_of_run<0, false, Form>(row, broadcast, w, write, std::make_integer_sequence<int, vectors_in_period>{});
  part_of_run<done * f.columns, true, Form>(0, broadcast, w, write, std::make_integer_sequence<int, left>{});
  if constexpr (all % n != 0) part_of_run<all - n, true, Form>(0, broadcast, w, write, std::make_integer_sequence<int, 1>{});  // some of them once more
}

}  // namespace leibniz::code
