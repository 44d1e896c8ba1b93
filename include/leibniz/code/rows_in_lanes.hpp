#pragma once
#include <type_traits>
#include <utility>

#include <leibniz/code/flat.hpp>
#include <leibniz/code/tile.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Products of few columns, whose lanes are rows: those of a broadcast operand that lies along the rows, as the transposed operand of X^T D
// does, or that is turned.

namespace leibniz::code {

/// The product the other way round, in vectors of so many lanes, which may read on where they are longer than the rows.
constexpr product_form turned_for(const product_form& form, int lanes) {
  const product_form other = turned(form);
  return other.columns < lanes ? as_ragged(other) : other;
}
/// The lanes that so many rows take, at least 4.
constexpr int lanes_for(int rows, int lanes) { return lanes_around(rows < 4 ? 4 : rows, lanes); }
/// Columns that stand one behind the other in vectors, some rows of each, become a run: with the shuffles that pick its numbers from all
/// vectors, or of one half of the rows after the other, so that more columns are in one vector. In half cycles, with the stores.
constexpr int vectors_of_columns(int rows, int columns, int lanes) { return (rows * columns + lanes - 1) / lanes; }
constexpr int cost_of_picking(int vectors) {
  const int from_two = register_bytes == 64 ? 1 : register_bytes == 32 ? 3 : 4;  // one instruction picks any numbers from two vectors, or several
  return vectors * (vectors == 1 ? 3 : (vectors - 1) * from_two + 2);
}
constexpr int cost_of_interleaving(int rows, int columns, int lanes) {
  const int vectors = vectors_of_columns(rows, columns, lanes), at_once = cost_of_picking(vectors);
  if (rows < 8 || vectors < 3) return at_once;
  const int in_halves = 2 * ((vectors + 1) / 2 + cost_of_interleaving(rows / 2, columns, lanes));
  return in_halves < at_once ? in_halves : at_once;
}
constexpr bool interleaves_halves(int rows, int columns, int lanes) {
  const int vectors = vectors_of_columns(rows, columns, lanes);
  return cost_of_interleaving(rows, columns, lanes) < cost_of_picking(vectors);
}
/// What a product takes row after row, as a run, or with its rows in the lanes: in half cycles of a processor that reads, multiplies or
/// shuffles two vectors in a cycle, and stores one. The factors are those that chose best between products that were measured.
constexpr double cost_of_rows(const product_form& f) {
  return 1.5 * ((steps_to_spread * f.rows + 1.0) * f.depth + f.rows * (is_power_of_two(f.columns) ? 1 : 2));
}
constexpr double cost_of_run(const product_form& f, int lanes) { return 2.7 * (1.0 * f.rows * f.columns * (f.depth + 1) / lanes + f.depth); }
constexpr double cost_of_columns(const product_form& f, int lanes) {
  const int n = lanes_for(f.rows, lanes), blocks = (f.rows + n - 1) / n, joins = f.columns - vectors_of_columns(n, f.columns, lanes);
  return blocks * ((f.columns + 1.0) * f.depth + 3 * joins + cost_of_interleaving(n, f.columns, lanes));
}
/// Whether the lanes are better the rows of the result: where a row of it is short and the broadcast operand lies along the rows. A
/// column then takes one multiplication for all lanes, and the columns are shuffled into a run when their sums are complete.
template <class V, product_form f, class Write>
constexpr bool puts_rows_in_lanes() {
  if (turns_rows(f)) return stores_runs<V, Write>();
  if (!stores_runs<V, Write>() || f.broadcast_row != 1 || f.depth == 1 || f.columns == 1 || f.columns > 12 || f.rows < 2 || f.broadcast_depth < f.rows) return false;
  return cost_of_columns(f, V::count) < 0.9 * (is_run<V, f, Write>() ? cost_of_run(f, V::count) : cost_of_rows(f));
}
/// Where lane i of vector J of the run is in vectors of Rows rows each, whose columns stand one behind the other.
template <int J, int Rows, int Columns, int Lanes>
struct place_in_columns {
  static constexpr int at(int i) {
    const int row = (J * Lanes + i) / Columns, column = (J * Lanes + i) % Columns;
    return row < Rows ? column * Rows + row : -1;
  }
};
/// One half of the rows of two vectors.
template <int Half, int Rows, class X, int... I>
[[gnu::always_inline]] inline X half_of_rows(X a, X b, std::integer_sequence<int, I...>) {
  constexpr int half = Rows / 2;
  return X::template shuffled<(I / half * Rows + Half * half + I % half)...>(a, b);
}
/// Some rows of the result, the first Valid of Rows, whose columns stand one behind the other in vectors.
template <int Rows, int Valid, int Columns, class X, int Count, class Write>
[[gnu::always_inline]] inline void store_interleaved(const X (&columns)[Count], int row, const Write& write);
/// The same of one half of the rows, which has twice as many columns in a vector.
template <int Half, int Rows, int Valid, int Columns, class X, int Count, class Write, int... J>
[[gnu::always_inline]] inline void store_half(const X (&columns)[Count], int row, const Write& write, std::integer_sequence<int, J...>) {
  constexpr int left = Valid - Half * Rows / 2;
  if constexpr (left > 0) {
    const X half[] = {half_of_rows<Half, Rows>(columns[2 * J], columns[2 * J + (2 * J + 1 < Count)], std::make_integer_sequence<int, X::count>{})...};
    store_interleaved<Rows / 2, (left < Rows / 2 ? left : Rows / 2), Columns>(half, row + Half * Rows / 2, write);
  }
}
/// Size numbers of the run.
template <int Rows, int Size, int Columns, class X, int Count, class Write, int... J>
[[gnu::always_inline]] inline void store_picked(const X (&columns)[Count], int place, const Write& write, std::integer_sequence<int, J...>) {
  constexpr int n = X::count;
  (write.template store_run<(Size - J * n < n ? Size - J * n : n)>(place + J * n, collected<place_in_columns<J, Rows, Columns, n>>(columns)), ...);
}
template <int Rows, int Valid, int Columns, class X, int Count, class Write>
[[gnu::always_inline]] inline void store_interleaved(const X (&columns)[Count], int row, const Write& write) {
  if constexpr (interleaves_halves(Rows, Columns, X::count)) {
    constexpr std::make_integer_sequence<int, (Count + 1) / 2> all{};
    store_half<0, Rows, Valid, Columns>(columns, row, write, all);
    store_half<1, Rows, Valid, Columns>(columns, row, write, all);
  } else {
    constexpr int n = X::count, size = Valid * Columns;
    store_picked<Rows, size, Columns>(columns, row * Columns, write, std::make_integer_sequence<int, (size + n - 1) / n>{});
  }
}
/// The columns from First on, as many as fit, one behind the other.
template <class X, int First, int Columns, class V>
[[gnu::always_inline]] inline X joined_columns(const V (&column)[Columns][1]) {
  if constexpr (X::count == V::count) return column[First][0];
  else {
    using half = lanes<typename X::scalar, X::count / 2>;
    constexpr int second = First + half::count / V::count;
    const half low = joined_columns<half, First>(column);
    if constexpr (second >= Columns) return low.template widened<X::count>();
    else return X::join(low, joined_columns<half, second>(column), std::make_integer_sequence<int, X::count>{});
  }
}
/// Nothing is added to these sums.
struct no_writer {};
/// The numbers of the vector operand, each in all lanes.
template <class V, product_form f>
struct kept_numbers {
  V of[f.depth][f.columns];
  [[gnu::always_inline]] inline explicit kept_numbers(const typename V::scalar* vectors) {
#pragma GCC unroll 16
    for (int k = 0; k < f.depth; ++k)
#pragma GCC unroll 16
      for (int c = 0; c < f.columns; ++c) of[k][c] = V(vectors[k * f.vector_depth + c * f.vector_column]);
  }
  /// The sums of the rows from `row` on, as many as X has lanes.
  template <class X>
  [[gnu::always_inline]] inline void add_up_rows(const typename V::scalar* broadcast, int row, X (&sum)[f.columns][1]) const {
#pragma GCC unroll 16
    for (int k = 0; k < f.depth; ++k) {
      const X x = X::load(broadcast + row + k * f.broadcast_depth);
#pragma GCC unroll 16
      for (int c = 0; c < f.columns; ++c) {
        const X w = of[k][c].template first_lanes<X::count>();
        sum[c][0] = k == 0 ? x * w : sum[c][0] + x * w;
      }
    }
  }
};
/// The same where they are read when they are needed.
template <class T, product_form f>
struct numbers_in_memory {
  const T* from;
  template <class X>
  [[gnu::always_inline]] inline void add_up_rows(const T* broadcast, int row, X (&sum)[f.columns][1]) const {
    add_up<turned_for(f, X::count)>(from, broadcast, 0, tile_columns<X, 1>(row), no_writer{}, sum);
  }
};
/// The same for rows that lie across the lanes, and are turned.
template <class T, product_form f>
struct numbers_beside_turned {
  const T* from;
  template <class X>
  [[gnu::always_inline]] inline void add_up_rows(const T* broadcast, int row, X (&sum)[f.columns][1]) const {
    X x[f.depth];
    load_turned<(X::count < f.rows ? X::count : f.rows), f.broadcast_row>(broadcast + row * f.broadcast_row, x);
#pragma GCC unroll 32
    for (int k = 0; k < f.depth; ++k)
#pragma GCC unroll 16
      for (int c = 0; c < f.columns; ++c) {
        const X w(from[k * f.vector_depth + c * f.vector_column]);
        sum[c][0] = k == 0 ? x[k] * w : sum[c][0] + x[k] * w;
      }
  }
};
/// As many rows as V has lanes, or as there are; X: the vectors of the run.
template <class X, class V, product_form f, class Numbers, class Write, int... J>
[[gnu::always_inline]] inline void rows_in_lanes(const typename V::scalar* broadcast, const Numbers& numbers, int row, const Write& write,
                                                 std::integer_sequence<int, J...>) {
  constexpr int rows = V::count < f.rows ? V::count : f.rows;
  V sum[f.columns][1];
  numbers.add_up_rows(broadcast, row, sum);
  const X columns[] = {joined_columns<X, J * (X::count / V::count)>(sum)...};
  store_interleaved<V::count, rows, f.columns>(columns, row, write);
}
/// The last Rows, each for itself.
template <int Rows, class V, product_form f, class Write>
[[gnu::always_inline]] inline void last_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  V w[f.depth][1];
#pragma GCC unroll 16
  for (int k = 0; k < f.depth; ++k) w[k][0] = term_of_run<V, f>(vectors, k);
  rows_at_once<Rows, f>(broadcast, w, f.rows - Rows, tile_columns<V, 1, f.columns>(0), write);
}
/// The whole product, as many rows at once as there are lanes; for the last ones, which may be some of them once more, few lanes are enough,
/// or none.
template <class V, product_form f, class Write>
[[gnu::always_inline]] inline void product_with_rows_in_lanes(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  using T = typename V::scalar;
  constexpr int n = lanes_for(f.rows, V::count), rest = f.rows > n ? f.rows % n : 0, last = lanes_for(rest, n);
  constexpr int kept = spreads_as_it_reads ? register_count * 3 / 8 : 2 * register_count;  // reading what was spread is less than spreading it again
  constexpr bool stay = f.rows > n && f.depth * f.columns <= kept;
  using lying = std::conditional_t<stay, kept_numbers<lanes<T, n>, f>, numbers_in_memory<T, f>>;
  const std::conditional_t<f.broadcast_row == 1, lying, numbers_beside_turned<T, f>> numbers{vectors};
  for (int row = 0; row + rest < f.rows; row += n)
    rows_in_lanes<V, lanes<T, n>, f>(broadcast, numbers, row, write, std::make_integer_sequence<int, vectors_of_columns(n, f.columns, V::count)>{});
  constexpr bool alone = f.vector_column == 1 && f.columns <= n && f.depth <= 16 && (rest + 1) * (f.depth + 2) < f.columns * f.depth;
  if constexpr (rest > 0 && alone) last_rows<rest, lanes<T, lanes_around(f.columns, n)>, f>(broadcast, vectors, write);
  else if constexpr (rest > 0)
    rows_in_lanes<V, lanes<T, last>, f>(broadcast, numbers, f.rows - last, write, std::make_integer_sequence<int, vectors_of_columns(last, f.columns, V::count)>{});
}

}  // namespace leibniz::code
