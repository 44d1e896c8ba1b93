#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/code/tile_columns.hpp>
#include <leibniz/core/in_lanes/arithmetic.hpp>
#include <leibniz/core/lanes.hpp>

// Products whose rows are shorter than a register and lie one behind the other in memory: there the result is one run of
// numbers, and lanes run on over the ends of its rows.

namespace leibniz::code {

/// Whether `write` takes a vector of the run, and may take some numbers twice.
template <class V, class Write>
constexpr bool takes_runs() {
  return requires(const Write& write, V run) { write.template store_run<V::count>(0, run); } && !computes_only_once<Write>();
}
/// The same where such vectors pay: not those of two doubles, nor where numbers do not move freely in a register, as with AVX alone.
template <class V, class Write>
constexpr bool stores_runs() {
  const bool pays = sizeof(V) >= 32 ? has_fused_multiply_add : register_bytes == 16 && V::count == 4;
  return pays && takes_runs<V, Write>();
}
constexpr bool is_power_of_two(int n) { return (n & (n - 1)) == 0; }
/// The steps in which a number gets into all lanes.
inline constexpr int steps_to_spread = spreads_as_it_reads ? 1 : 2;
/// How many rows a vector of the run has lanes of, at most.
constexpr int rows_of_run(int columns, int lanes) { return (lanes + columns - 2) / columns + 1; }
/// After how many vectors a row begins a vector again: the lanes are a power of two.
constexpr int vectors_in_period(int columns) { return columns / (columns & -columns); }
/// How many numbers of the broadcast operand lie one behind the other, all rows and terms of it if they do.
constexpr int readable_by_run(const product_form& f) {
  const bool has_gaps = f.broadcast_row == 1 && f.depth > 1 && f.broadcast_depth != f.rows;
  return has_gaps ? f.rows : f.rows * f.depth;
}
/// How many of them are read at once where they lie along the rows: all rows, which the vectors share then, or those of the vectors up to
/// the next row that begins one.
constexpr int read_along_rows(const product_form& f, int lanes) {
  const int in_period = vectors_in_period(f.columns) * lanes / f.columns, across = is_power_of_two(f.columns) ? 0 : rows_of_run(f.columns, lanes);
  const int rows = f.rows <= lanes ? f.rows : in_period < across ? across : in_period, around = lanes_around(rows, lanes);
  return around < readable_by_run(f) ? around : readable_by_run(f);
}
/// How many vectors of the broadcast operand the lanes of one vector need: all terms of some rows, or one term of them.
constexpr int vectors_to_read(const product_form& f, int lanes) {
  const int rows = rows_of_run(f.columns, lanes);
  return ((f.broadcast_row == 1 ? rows : rows * f.depth) + lanes - 1) / lanes;
}
/// Whether the product is computed as a run. A vector costs two shuffles for each term of its sums, which is less than the stores of
/// short rows as long as the terms are few.
template <class V, product_form f, class Write>
constexpr bool is_run() {
  constexpr int n = V::count;
  constexpr bool is_short = sizeof(V) == 16;
  if (!stores_runs<V, Write>()) return false;
  const bool is_long = f.broadcast_row != 1 && f.rows * f.columns >= 8 * n && vectors_in_period(f.columns) < 8;
  const int most = f.depth == 1 || is_short ? 3 * n / 4 : is_long && f.depth == 2 ? 5 * n / 8 : is_long && f.depth == 3 ? 7 * n / 16 : 3 * n / 8;
  const bool fill_vectors = is_power_of_two(f.columns);
  if (f.columns > most || f.columns == 1 || (fill_vectors ? f.broadcast_row != 1 || (f.depth == 1 && f.columns > 2) : n < native_lanes<typename V::scalar>)) return false;
  const bool is_outer = f.depth == 1 && 2 * f.rows >= n && (n >= 16 || 2 * f.columns < n);
  const bool takes_several_loads = f.broadcast_row == 1 ? !is_power_of_two(read_along_rows(f, n)) : readable_by_run(f) < n;
  if (takes_several_loads && !is_outer) return false;
  // In shuffles, multiplications and stores: of the run, whose last vector takes as much as the others, and of the rows, each for itself.
  const int vectors = (f.rows * f.columns + n - 1) / n, each = is_short ? 2 : 3;
  const int run = vectors * (fill_vectors ? 2 * f.depth + 1 : each * (f.depth + 1));
  const int rows_alone = f.rows * (steps_to_spread * f.depth + (fill_vectors ? 1 : 2));
  const bool fill_parts = f.columns <= n / 4 && 4 * f.depth == n;  // side by side, rows need no shuffle at all
  const bool by_terms = run < 1.2 * rows_alone && f.broadcast_depth == 1 && f.broadcast_row == f.depth && f.depth <= 7 && !fill_parts &&
                        vectors_to_read(f, n) <= (sizeof(V) == 32 ? 1 : 2);
  const bool pays = f.depth <= 8 && (f.depth <= 4 || 4 * f.columns >= n) && (f.depth == 1 || run < 0.9 * rows_alone);
  const bool by_rows = f.broadcast_row == 1 && pays && vectors_to_read(f, n) == 1;
  return (by_terms || by_rows) && f.rows * f.columns >= n;
}

/// Where the lanes of the rows from Row on find what they need of term Term in the broadcast operand. Within: nothing is read
/// beyond the end of the operand; else `broadcast` may have moved to any row that is far enough from it.
template <product_form f, int Row, int Term, bool Within, int Lanes>
struct source_of_run {
  static constexpr bool by_rows = f.broadcast_row == 1;
  static constexpr int begin = Row * f.broadcast_row + (by_rows ? Term * f.broadcast_depth : 0), term = by_rows ? 0 : Term;
  static constexpr int readable = readable_by_run(f), count = by_rows ? read_along_rows(f, Lanes) : readable < Lanes ? readable : Lanes;
  static constexpr int end = readable - count + (readable < f.rows * f.depth ? Term * f.broadcast_depth : 0);
  static constexpr int more = readable <= Lanes ? 0 : (vectors_to_read(f, Lanes) - 1) * Lanes;  // to the last vector
  static constexpr int first = Within && begin > end ? end : begin, last = Within && begin + more > end ? end : begin + more;
};
/// What some vectors of the run need of the broadcast operand, read once, before one of them is stored: a term of the rows from Row on
/// in each vector, or all terms of them in one or two.
template <class V, product_form f, int Row, bool Within>
struct operand_of_run {
  template <int Term>
  using source = source_of_run<f, Row, Term, Within, V::count>;
  static constexpr int columns = f.columns, vectors = source<0>::by_rows ? f.depth : 1 + source<0>::more / V::count;
  V read[vectors];

  [[gnu::always_inline]] inline explicit operand_of_run(const typename V::scalar* broadcast) { load(broadcast, std::make_integer_sequence<int, vectors>{}); }
  template <int... K>
  [[gnu::always_inline]] inline void load(const typename V::scalar* broadcast, std::integer_sequence<int, K...>) {
    // or compilers would read it for every use
    ((read[K] = math::detail::fixed(V::template load_first<source<K>::count>(broadcast + (K == 0 ? source<K>::first : source<K>::last)))), ...);
  }
  /// The lanes of the vector that begins at column First of row At, for one term.
  template <int First, int At, int Term>
  [[gnu::always_inline]] inline V lanes_of() const {
    using from = source<Term>;
    constexpr int step = f.broadcast_row, gone = from::begin - from::first + from::term + (At - Row) * step;
    constexpr std::make_integer_sequence<int, V::count> all{};
    if constexpr (from::more == 0) return read[from::by_rows ? Term : 0].template spread<columns, step, gone, First>(all);
    else return read[0].template spread_with<from::first + V::count - from::last, columns, step, gone, First>(read[1], all);
  }
};
/// The vector of the run that begins at column First of row At, its terms up to Last.
template <int First, int At, product_form f, int Last = f.depth - 1, class Operand, class V>
[[gnu::always_inline]] inline V vector_of_run(const Operand& broadcast, const V (&w)[f.depth]) {
  constexpr std::make_integer_sequence<int, V::count> all{};
  const V term = broadcast.template lanes_of<First, At, Last>() * w[Last].template around<First, f.columns>(all);
  if constexpr (Last == 0) return term;
  else return vector_of_run<First, At, f, Last - 1>(broadcast, w) + term;
}
template <int Begin, int Stored, product_form f, class Operand, class Write, class V, int... I>
[[gnu::always_inline]] inline void store_vectors_of_run(int row, const Operand& broadcast, const V (&w)[f.depth], const Write& write,
                                                        std::integer_sequence<int, I...>) {
  constexpr int columns = f.columns, n = V::count;
  (write.template store_run<Stored>(row * columns + Begin + I * n, vector_of_run<(Begin + I * n) % columns, (Begin + I * n) / columns, f>(broadcast, w)), ...);
}
/// Count vectors of the run from place Begin behind the beginning of a row on, Stored numbers of each. All of a period share what they
/// read where it lies along the rows.
template <int Begin, int Count, int Stored, bool Within, product_form f, class Write, class V>
[[gnu::always_inline]] inline void part_of_run(int row, const typename V::scalar* broadcast, const V (&w)[f.depth], const Write& write) {
  if constexpr (Count > 0) {
    constexpr int together = f.broadcast_row == 1 ? vectors_in_period(f.columns) : 1, now = Count < together ? Count : together;
    const operand_of_run<V, f, Begin / f.columns, Within> operand(broadcast + row * f.broadcast_row);
    store_vectors_of_run<Begin, Stored, f>(row, operand, w, write, std::make_integer_sequence<int, now>{});
    part_of_run<Begin + now * V::count, Count - now, Stored, Within, f>(row, broadcast, w, write);
  }
}
/// A term of the vector operand, its columns in the first lanes. Where nothing else of the operand lies behind it, something lies before it.
template <class V, product_form f>
[[gnu::always_inline]] inline V term_of_run(const typename V::scalar* vectors, int term) {
  using part = lanes<typename V::scalar, lanes_around(f.columns, V::count)>;
  if constexpr (holds_vectors(f.pitch, part::count)) return part::load(vectors + term * f.vector_depth).template widened<V::count>();
  else if constexpr (f.columns == part::count) return V::template load_first<f.columns>(vectors + term * f.vector_depth);
  else {
    const auto* from = vectors + term * f.vector_depth;
    if ((f.depth - 1 - term) * f.vector_depth >= part::count - f.columns) return part::load(from).template widened<V::count>();
    if (term * f.vector_depth >= part::count - f.columns)
      return part::template load_before_end<f.columns>(from, std::make_integer_sequence<int, part::count>{}).template widened<V::count>();
    return V::template load_first<f.columns>(from);
  }
}
/// The whole product.
template <class V, product_form f, class Write>
[[gnu::always_inline]] inline void product_in_one_run(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int n = V::count, all = f.rows * f.columns;
  constexpr int period = vectors_in_period(f.columns), rows_in_period = period * n / f.columns;
  // Of the last periods some vectors would read beyond the end. Rounded down: the last vector of a period begins rows before its end.
  constexpr int to_read = f.broadcast_row == 1 ? read_along_rows(f, n) : vectors_to_read(f, n) * n / f.broadcast_row;
  constexpr int safe = (f.rows - to_read) / rows_in_period, periods = all / n <= 16 || safe < 2 ? 0 : safe;
  constexpr int done = periods * rows_in_period, left = (all - done * f.columns) / n;
  V w[f.depth];
#pragma GCC unroll 8
  for (int k = 0; k < f.depth; ++k) w[k] = term_of_run<V, f>(vectors, k);
  for (int row = 0; row < done; row += rows_in_period) part_of_run<0, period, n, false, f>(row, broadcast, w, write);
  part_of_run<done * f.columns, left, n, true, f>(0, broadcast, w, write);
  constexpr int rest = all % n, stored = rest % 4 == 0 ? rest : n;  // or some of them once more
  if constexpr (rest > 0) part_of_run<all - stored, 1, stored, true, f>(0, broadcast, w, write);
}

}  // namespace leibniz::code
