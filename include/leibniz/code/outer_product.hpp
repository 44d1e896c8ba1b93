#pragma once
#include <type_traits>
#include <utility>

#include <leibniz/code/flat.hpp>
#include <leibniz/code/product.hpp>
#include <leibniz/core/lanes.hpp>

// Outer products whose rows are longer than a vector and do not fill their last one. They are little more than their stores, which take twice
// as long where they cross a boundary: so the result is stored as one run of numbers, and its vectors run on over the ends of the rows.

namespace leibniz::code {

/// Whether a product is computed so. The code is as long as its period: the vectors until a row begins one again. Few numbers are few vectors.
template <class V, product_form f, class Write>
constexpr bool is_outer_run() {
  constexpr int longest_period = 80, fewest_numbers = 16;
  if (!stores_across_wait || register_bytes != 16 || !stores_runs<V, Write>() || f.depth != 1 || f.vector_column != 1 || f.broadcast_row != 1 || f.rows == 1) return false;
  return f.columns > V::count && f.columns % V::count != 0 && vectors_in_period(f.columns) <= longest_period && f.rows * f.columns >= fewest_numbers;
}
/// The numbers of a row from column First on, and from the first one again.
template <class V, int First, int Columns, int... I>
[[gnu::always_inline]] inline V around_row(const typename V::scalar* row, std::integer_sequence<int, I...>) {
  constexpr int n = V::count;
  if constexpr (First + n <= Columns) return V::load(row + First);
  else return V::template shuffled<(First + I < Columns ? First + I - (Columns - n) : n + First + I - Columns)...>(V::load(row + Columns - n), V::load(row));
}
/// What the vectors of a period multiply: read where it is needed, or kept in registers, or where the compiler puts those aside.
template <class V, int Columns>
struct row_in_memory {
  const typename V::scalar* row;
  template <int J>
  [[gnu::always_inline]] inline V at() const { return around_row<V, J * V::count % Columns, Columns>(row, std::make_integer_sequence<int, V::count>{}); }
};
template <class V, int Columns>
struct row_in_registers {
  V w[vectors_in_period(Columns)];
  [[gnu::always_inline]] inline explicit row_in_registers(const typename V::scalar* row_) {
    read(row_in_memory<V, Columns>{row_}, std::make_integer_sequence<int, vectors_in_period(Columns)>{});
  }
  template <int... J>
  [[gnu::always_inline]] inline void read(row_in_memory<V, Columns> row, std::integer_sequence<int, J...>) { ((w[J] = row.template at<J>()), ...); }
  template <int J>
  [[gnu::always_inline]] inline V at() const { return w[J]; }
};
/// Some rows, the first of which begins a vector.
template <int Rows, product_form f, class V, class Row, class Write, int... J>
[[gnu::always_inline]] inline void store_outer_rows(const typename V::scalar* broadcast, const Row& w, int row, const Write& write, std::integer_sequence<int, J...>) {
  constexpr int n = V::count, size = Rows * f.columns;
  constexpr std::make_integer_sequence<int, n> all{};
  const V x = math::detail::fixed(V::template load_first<Rows>(broadcast + row));  // or compilers would read it for every use
  (write.template store_run<(size - J * n < n ? size - J * n : n)>(row * f.columns + J * n, x.template spread<f.columns, 1, 0, J * n>(all) * w.template at<J>()), ...);
}
/// The whole product.
template <class V, product_form f, class Write>
[[gnu::always_inline]] inline void outer_product_in_one_run(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int n = V::count, period = vectors_in_period(f.columns), rows = period * n / f.columns, rest = f.rows % rows;
  const std::conditional_t<(period <= register_count), row_in_registers<V, f.columns>, row_in_memory<V, f.columns>> w{vectors};
  if constexpr (f.rows >= rows)
    for (int row = 0; row + rows <= f.rows; row += rows) store_outer_rows<rows, f, V>(broadcast, w, row, write, std::make_integer_sequence<int, period>{});
  if constexpr (rest > 0) store_outer_rows<rest, f, V>(broadcast, w, f.rows - rest, write, std::make_integer_sequence<int, (rest * f.columns + n - 1) / n>{});
}

}  // namespace leibniz::code
