#pragma once
#include <type_traits>
#include <utility>

#include <leibniz/code/tile.hpp>

// Products whose columns fill only a part of a register: the rest of it holds other terms of the same sum, or other rows.

namespace leibniz::code {

/// Whether a product of one row has several terms side by side in one register. Then a register of them costs a shuffle and the two halves
/// of a sum one more; a row that lies in memory is multiplied number by number without any, if it is short and does not fill registers.
template <class V, product_form f>
constexpr bool is_foldable() {
  constexpr int most = native_lanes<typename V::scalar>, fold = most / V::count;
  if (f.rows != 1 || f.columns > V::count || fold < 2 || f.vector_depth != V::count || f.broadcast_depth != 1 || f.depth == 1 || f.depth > most) return false;
  const int folded = 2 * ((f.depth + fold - 1) / fold) + fold;  // fold: 2 log2(fold), for 2 and 4
  return f.is_fresh || folded <= f.depth || f.depth % (2 * fold) == 0;
}
/// The sum of some terms and of `first`, the terms side by side in X: the i-th one in the i-th part of a vector.
template <class V, int Begin, int Count, class X, class First>
[[gnu::always_inline]] inline X folded_terms(X x, const typename V::scalar* vectors, First first) {
  constexpr int fold = X::count / V::count, second = (Count + fold - 1) / fold / 2 * fold;
  if constexpr (second > 0)
    return folded_terms<V, Begin, Count - second>(x, vectors, first) + folded_terms<V, Begin + Count - second, second>(x, vectors, nullptr);
  else {
    const X repeated = x.template repeated<Begin, Count, V::count>(std::make_integer_sequence<int, X::count>{});
    const X w = X::template load_first<Count * V::count>(vectors + Begin * V::count);
    if constexpr (is_lanes<First>) return first.v + repeated.v * w.v;
    else return repeated.v * w.v;
  }
}
template <class V, class X>
[[gnu::always_inline]] inline V unfolded(X x) {
  if constexpr (X::count == V::count) return x;
  else {
    constexpr std::make_integer_sequence<int, X::count / 2> half{};
    return unfolded<V>(x.template half_of<0>(half) + x.template half_of<X::count / 2>(half));
  }
}
/// One row, its terms side by side: fewer operations, but the result comes later.
template <class V, product_form f, class Write>
[[gnu::always_inline]] inline void folded_product(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  using T = typename V::scalar;
  constexpr int depth = f.depth, most = native_lanes<T>;
  const auto x = lanes<T, lanes_within(2 * depth - 1, most)>::template load_first<depth>(broadcast).template widened<most>();
  constexpr bool begins = begins_at_added<Write, f>(1);
  if constexpr (begins) finish<true>(write, 0, 0, unfolded<V>(folded_terms<V, 0, depth>(x, vectors, write.template added<V>(0, 0).template before_zeros<most>())));
  else finish<false>(write, 0, 0, unfolded<V>(folded_terms<V, 0, depth>(x, vectors, nullptr)));
}

/// Whether `write` takes a whole register of rows.
template <class V, class Write>
constexpr bool stores_rows() {
  return requires(const Write& write, lanes<typename V::scalar, native_lanes<typename V::scalar>> rows) { write.template store_rows<V::count>(0, rows); };
}
/// Whether some rows of a product lie side by side in one register: where their columns fill only a part of it. An outer product
/// is little more than its stores.
template <class V, product_form f, class Write>
constexpr bool fit_side_by_side() {
  constexpr int most = native_lanes<typename V::scalar>;
  return f.columns <= V::count && V::count >= 4 && 2 * V::count <= most && f.rows >= most / V::count &&
         (f.depth == 1 ? V::count == 4 && stores_rows<V, Write>() : f.broadcast_depth == 1);
}
/// Count numbers of each of some rows, in a part of the register each.
template <class X, int Part, int Count, int Step>
[[gnu::always_inline]] inline X load_rows(const typename X::scalar* from) {
  if constexpr (X::count == Part) return X::template load_first<Count>(from);
  else if constexpr (Step == Part && Count == Part) return X::load(from);
  else {
    using half = lanes<typename X::scalar, X::count / 2>;
    return X::join(load_rows<half, Part, Count, Step>(from), load_rows<half, Part, Count, Step>(from + X::count / 2 / Part * Step),
                   std::make_integer_sequence<int, X::count>{});
  }
}
/// A vector that stays one: clang would read its numbers again, each where it is used.
template <class X>
[[gnu::always_inline]] inline X as_loaded(X x) {
#if defined(__clang__)
  return math::detail::fixed(x);
#else
  return x;
#endif
}
/// Rows that lie Step apart, in one register: Size numbers from the first row on.
template <class X, int Part, int Step, int Size>
struct rows_in_one {
  X read;
  [[gnu::always_inline]] static inline rows_in_one load(const typename X::scalar* from) { return {X::template load_first<Size>(from)}; }
  template <int Term, int... I>
  [[gnu::always_inline]] inline X term(std::integer_sequence<int, I...> all) const { return read.template spread<Part, Step, Term>(all); }
};
/// The same in two registers, which may overlap.
template <class X, int Part, int Step, int Size>
struct rows_in_two {
  X read[2];
  [[gnu::always_inline]] static inline rows_in_two load(const typename X::scalar* from) {
    return {{math::detail::fixed(X::load(from)), math::detail::fixed(X::load(from + Size - X::count))}};
  }
  template <int Term, int... I>
  [[gnu::always_inline]] inline X term(std::integer_sequence<int, I...> all) const {
    return read[0].template spread_with<2 * X::count - Size, Part, Step, Term>(read[1], all);
  }
};
/// Terms of the sums of Groups of registers.
template <class V, product_form f, bool Ends, int First, int Count, class Rows, class X, int Groups>
[[gnu::always_inline]] inline void add_terms_of_rows(const Rows (&rows)[Groups], const typename V::scalar* vectors, X (&sum)[Groups]) {
  if constexpr (First < Count) {
    constexpr std::make_integer_sequence<int, X::count> all{};
    const X w = load_operand<V, f, Ends && First + 1 == Count>(vectors + First * f.vector_depth).template tiled<X::count>();
#pragma GCC unroll 8
    for (int g = 0; g < Groups; ++g) sum[g] = sum[g] + rows[g].template term<First>(all) * w;
    add_terms_of_rows<V, f, Ends, First + 1, Count>(rows, vectors, sum);
  }
}
/// The parts of a register, each to its row.
template <class V, class Write, class X>
[[gnu::always_inline]] inline void finish_rows(const Write& write, int row, X sums) {
  if constexpr (X::count == V::count) finish<false>(write, row, 0, sums);
  else if constexpr (requires { write.template store_rows<V::count>(row, sums); }) write.template store_rows<V::count>(row, sums);
  else {
    constexpr int half = X::count / 2;
    constexpr std::make_integer_sequence<int, half> all{};
    finish_rows<V>(write, row, sums.template half_of<0>(all));
    finish_rows<V>(write, row + half / V::count, sums.template half_of<half>(all));
  }
}
template <class V, int Groups, product_form f, class Write>
[[gnu::always_inline]] inline void tile_of_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const Write& write) {
  using X = lanes<typename V::scalar, native_lanes<typename V::scalar>>;
  constexpr int n = V::count, each = X::count / n, step = f.broadcast_row;
  constexpr int size = (each - 1) * step + f.depth;  // of all rows and what is between them
  constexpr bool fit_one = size <= X::count && f.depth <= step;
  constexpr bool fit_two = sizeof(X) == 64 && size <= 2 * X::count && f.depth <= step;
  X sum[Groups];
#pragma GCC unroll 8
  for (int g = 0; g < Groups; ++g) sum[g] = X(0);
  if constexpr (fit_one || fit_two) {
    using registers = std::conditional_t<fit_one, rows_in_one<X, n, step, size>, rows_in_two<X, n, step, size>>;
    registers rows[Groups];
#pragma GCC unroll 8
    for (int g = 0; g < Groups; ++g) rows[g] = registers::load(broadcast + g * each * step);
    add_terms_of_rows<V, f, true, 0, f.depth>(rows, vectors, sum);
  } else {
    constexpr int blocks = (f.depth - (f.ragged ? 1 : 0)) / n, rest = f.depth - blocks * n;
    rows_in_one<X, n, n, X::count> rows[Groups];
    for (int k = 0; k < blocks * n; k += n) {
#pragma GCC unroll 8
      for (int g = 0; g < Groups; ++g) rows[g].read = as_loaded(load_rows<X, n, n, step>(broadcast + g * each * step + k));
      add_terms_of_rows<V, f, false, 0, n>(rows, vectors + k * f.vector_depth, sum);
    }
    if constexpr (rest > 0) {
      constexpr int k = blocks * n;
#pragma GCC unroll 8
      for (int g = 0; g < Groups; ++g) rows[g].read = as_loaded(load_rows<X, n, rest, step>(broadcast + g * each * step + k));
      add_terms_of_rows<V, f, true, 0, rest>(rows, vectors + k * f.vector_depth, sum);
    }
  }
#pragma GCC unroll 8
  for (int g = 0; g < Groups; ++g) finish_rows<V>(write, row + g * each, sum[g]);
}
/// The whole product, some rows in one register; those that are left over as a tile.
template <class V, product_form f, class Write>
[[gnu::always_inline]] inline void product_of_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int each = native_lanes<typename V::scalar> / V::count, rest = f.rows % each;
  constexpr parts groups(f.rows / each, 8);
  constexpr int big = groups.big * groups.size * each, small = (groups.size - 1) * each;
  for (int r = 0; r < big; r += groups.size * each) tile_of_rows<V, groups.size, f>(broadcast + r * f.broadcast_row, vectors, r, write);
  if constexpr (groups.small > 0)
    for (int r = big; r + small <= f.rows; r += small) tile_of_rows<V, groups.size - 1, f>(broadcast + r * f.broadcast_row, vectors, r, write);
  constexpr tile_columns<V, 1> columns(0);
  if constexpr (rest > 0) tile<rest, f>(broadcast + (f.rows - rest) * f.broadcast_row, vectors, f.rows - rest, columns, write);
}

}  // namespace leibniz::code
