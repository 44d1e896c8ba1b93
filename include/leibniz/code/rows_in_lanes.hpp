#pragma once
#include <type_traits>
#include <utility>

#include <leibniz/code/flat.hpp>
#include <leibniz/code/tile.hpp>
#include <leibniz/core/lanes.hpp>

// Products of few columns whose broadcast operand lies along the rows, as the transposed operand of X^T D does: the lanes are rows.

namespace leibniz::code {

/// The product the other way round: the columns of the result as rows.
template <class Form>
struct turned_form {
  static constexpr product_form make() {
    constexpr product_form f = Form::value;
    product_form form = f;
    form.rows = f.columns;
    form.columns = f.rows;
    form.broadcast_row = f.vector_column;
    form.broadcast_depth = f.vector_depth;
    form.vector_depth = f.broadcast_depth;
    form.vector_column = f.broadcast_row;
    form.ragged = false;
    return form;
  }
  static constexpr product_form value = make();
};
/// The lanes that the last rows take, which may be some of them once more.
constexpr int lanes_for_rest(int rest, int lanes) {
  int result = 4;
  while (result < rest) result *= 2;
  return result < lanes ? result : lanes;
}
/// Whether the lanes are better the rows of the result: where a row of it is short and the broadcast operand lies along the rows. A
/// column then takes one multiplication for all lanes, and the columns are shuffled into a run when their sums are complete.
template <class V, class Form, class Write>
constexpr bool puts_rows_in_lanes() {
  constexpr product_form f = Form::value;
  if (!stores_runs<V, Write>() || f.broadcast_row != 1 || f.depth == 1 || f.columns == 1 || f.columns > 12 || f.rows < 4) return false;
  return is_cheaper(cost_of_columns(f, V::count), is_run<V, Form, Write>() ? cost_of_run(f, V::count) : cost_of_rows(f));
}
/// Vector J of the run that the columns from row 0 on are.
template <int J, int Columns, int Column = 1, class V, int... I>
[[gnu::always_inline]] inline V run_of_columns(const V (&column)[Columns][1], V run, std::integer_sequence<int, I...> all) {
  if constexpr (Column == Columns) return run;
  else {
    constexpr int n = V::count;
    constexpr auto from = [](int i_) {
      const int row = (J * n + i_) / Columns, of = (J * n + i_) % Columns;
      return of > Column ? leibniz::detail::any_lane(i_) : of == Column ? n + row : Column == 1 ? row : i_;
    };
    return run_of_columns<J, Columns, Column + 1>(column, V::template shuffled<from(I)...>(run, column[Column][0]), all);
  }
}
/// Nothing is added to these sums.
struct no_writer {};
/// The numbers of the vector operand, each in all lanes.
template <class V, class Form>
struct kept_numbers {
  static constexpr product_form f = Form::value;
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
template <class T, class Form>
struct numbers_in_memory {
  const T* from;
  template <class X>
  [[gnu::always_inline]] inline void add_up_rows(const T* broadcast, int row, X (&sum)[Form::value.columns][1]) const {
    add_up<turned_form<Form>>(from, broadcast, 0, tile_columns<X, 1>{{row}}, no_writer{}, sum);
  }
};
template <class V, class Form, class Numbers, class Write, int... J>
[[gnu::always_inline]] inline void rows_in_lanes(const typename V::scalar* broadcast, const Numbers& numbers, int row, const Write& write,
                                                 std::integer_sequence<int, J...>) {
  constexpr int columns = Form::value.columns, n = V::count;
  V sum[columns][1];
  numbers.add_up_rows(broadcast, row, sum);
  (write.template store_run<n>(row * columns + J * n, run_of_columns<J, columns>(sum, sum[0][0], std::make_integer_sequence<int, n>{})), ...);
}
/// The whole product, as many rows at once as there are lanes; for the last ones, which may be some of them once more, few lanes are enough.
template <class V, class Form, class Write>
[[gnu::always_inline]] inline void product_with_rows_in_lanes(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  using T = typename V::scalar;
  constexpr product_form f = Form::value;
  constexpr int n = lanes_within(f.rows, V::count), rest = f.rows % n, last = lanes_for_rest(rest, n);
  constexpr bool stay = f.rows > n && f.depth * f.columns <= register_count * 3 / 8;
  constexpr std::make_integer_sequence<int, f.columns> all{};
  const std::conditional_t<stay, kept_numbers<lanes<T, n>, Form>, numbers_in_memory<T, Form>> numbers{vectors};
  for (int row = 0; row + n <= f.rows; row += n) rows_in_lanes<lanes<T, n>, Form>(broadcast, numbers, row, write, all);
  if constexpr (rest > 0) rows_in_lanes<lanes<T, last>, Form>(broadcast, numbers, f.rows - last, write, all);
}

}  // namespace leibniz::code
