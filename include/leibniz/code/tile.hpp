#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/core/in_lanes/arithmetic.hpp>
#include <leibniz/core/lanes.hpp>

// Matrix products in registers: a tile of the result, some rows times some vectors of columns, stays in registers while
// the sum runs; then it is handed to `write(row, column, value)`, which may go on computing with it. All steps are known
// to the compiler, so that one pointer for each operand is enough.

namespace leibniz::code {

/// The largest tile that the registers hold: as many rows as leave some of them for the operands.
constexpr int tile_vectors = register_count / 2;
constexpr int tile_rows(int vectors) {
  const int sums = register_count >= 32 ? 24 : vectors == 1 ? 8 : 10, rows = sums / vectors;
  return rows < 1 ? 1 : rows < 16 ? rows : 16;
}

/// n things in parts of at most `most`, as equal as possible: `big` parts of `size`, then `small` parts of size - 1.
struct parts {
  int size = 0, big = 0, small = 0;
  constexpr parts(int n, int most) {
    const int count = (n + most - 1) / most;
    size = (n + count - 1) / count;
    big = n - count * (size - 1);
    small = size > 1 ? count - big : 0;
  }
};

/// Whether the sum has so few terms that all vectors of a block of columns stay in registers, while the rows go by.
constexpr bool stays_in_registers(int rows, int depth) { return rows > 1 && depth <= register_count / 5; }
/// How many vectors of columns such a block has.
constexpr int vectors_that_stay(int depth) { return depth < 6 ? 4 : register_count * 3 / 4 / depth; }
/// How many vectors of columns a tile has: those that read the operands least often. A vector that may lie in two lines of
/// the cache takes as long as four others.
constexpr int vectors_of_tiles(int rows, int vectors, bool aligned) {
  int best = 1, least = 0;
  for (int v = 1; v <= tile_vectors; ++v) {
    const parts down(rows, tile_rows(v)), across(vectors, v);
    const int reads = (down.big + down.small) * vectors * (aligned ? 1 : 4) + (across.big + across.small) * rows;
    if (v == 1 || reads <= least) {
      best = v;
      least = reads;
    }
  }
  return best;
}

/// Whether the sums of a tile begin at what `write` adds to them, and not at 0. A large tile would wait for it; it adds at the
/// end, while the next one begins.
template <class Write, int Rows, int Vectors>
constexpr bool begins_at_added() {
  if constexpr (requires { Write::adds; }) return Write::adds && Rows * Vectors < 8;
  else return false;
}
template <bool BeginsAtAdded, class Write, class V>
[[gnu::always_inline]] inline void finish(const Write& write, int row, int column, V sum) {
  if constexpr (requires { write.product(row, column, sum); } && !BeginsAtAdded) write.product(row, column, sum);
  else write(row, column, sum);
}

/// Whether the tiles are made from the last one to the first.
template <class Write>
constexpr bool walks_backwards() {
  if constexpr (requires { Write::backwards; }) return Write::backwards;
  else return false;
}

/// A vector of the vector operand. Of a ragged one, Last says whether it is in the last row.
template <class V, class Form, bool Last>
[[gnu::always_inline]] inline V load_operand(const typename V::scalar* from) {
  if constexpr (Form::value.ragged && Last) return V::template load_first<Form::value.columns>(from);
  else return V::load(from);
}
/// A term of the broadcast operand in all lanes. A short row that is alone may still be in a register: there it is found as a
/// whole.
template <class V, class Form, int Term>
[[gnu::always_inline]] inline V broadcast_term(const typename V::scalar* row) {
  constexpr product_form f = Form::value;
  if constexpr (f.rows == 1 && f.broadcast_depth == 1 && f.depth == 8 && V::count <= f.depth && 8 <= native_lanes<typename V::scalar>) {
    using all = lanes<typename V::scalar, 8>;
    return all::load(row).template same<Term>(std::make_integer_sequence<int, 8>{}).template first_lanes<V::count>();
  } else {
    return V(row[Term * f.broadcast_depth]);
  }
}
/// The terms Begin to End - 1 of the sums of one tile, all at once: added in pairs, as soon as there are two.
template <class V, int Begin, int End, class Form, class Write, int Rows, int Vectors>
[[gnu::always_inline]] inline void add_terms(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const int (&column)[Vectors],
                                             const Write& write, V (&sum)[Rows][Vectors]) {
  constexpr product_form f = Form::value;
  if constexpr (End - Begin > 1) {
    constexpr int middle = (Begin + End) / 2;
    V other[Rows][Vectors];
    add_terms<V, Begin, middle, Form>(broadcast, vectors, row, column, write, sum);
    add_terms<V, middle, End, Form>(broadcast, vectors, row, column, write, other);
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) sum[r][t].v += other[r][t].v;
  } else {
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
      const V x = broadcast_term<V, Form, Begin>(broadcast + r * f.broadcast_row);
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) {
        const V w = load_operand<V, Form, Begin + 1 == f.depth>(vectors + Begin * f.vector_depth + column[t]);
        if constexpr (Begin == 0 && begins_at_added<Write, Rows, Vectors>()) sum[r][t] = write.template added<V>(row + r, column[t]) + x * w;
        else if constexpr (f.rows == 1) sum[r][t] = math::detail::fixed(x * w);  // a fused sum would wait for another one
        else sum[r][t] = x * w;
      }
    }
  }
}
/// One more term of the sums of a tile.
template <class V, class Form, bool Last, int Rows, int Vectors>
[[gnu::always_inline]] inline void add_term(const typename V::scalar* broadcast, const typename V::scalar* vectors, const int (&column)[Vectors], int k,
                                            V (&sum)[Rows][Vectors]) {
  constexpr product_form f = Form::value;
  V w[Vectors];
#pragma GCC unroll 16
  for (int t = 0; t < Vectors; ++t) w[t] = load_operand<V, Form, Last>(vectors + k * f.vector_depth + column[t]);
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r) {
    const V x(broadcast[r * f.broadcast_row + k * f.broadcast_depth]);
#pragma GCC unroll 16
    for (int t = 0; t < Vectors; ++t) sum[r][t] = sum[r][t] + x * w[t];
  }
}
/// The sums of one tile. Where a tile is too small to keep the multipliers busy, every sum is kept in several parts.
template <class V, int Rows, int Vectors, class Form, class Write>
[[gnu::always_inline]] inline void add_up(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const int (&column)[Vectors],
                                          const Write& write, V (&result)[Rows][Vectors]) {
  constexpr product_form f = Form::value;
  constexpr int sums = Rows * Vectors, partial = (8 + sums - 1) / sums;
  if constexpr (f.depth <= partial) return add_terms<V, 0, f.depth, Form>(broadcast, vectors, row, column, write, result);
  V sum[partial][Rows][Vectors];
#pragma GCC unroll 8
  for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) {
        sum[p][r][t] = V(0);
        if constexpr (begins_at_added<Write, Rows, Vectors>()) {
          if (p == 0) sum[p][r][t] = write.template added<V>(row + r, column[t]);
        }
      }
  constexpr int whole_rows = f.ragged ? f.depth - 1 : f.depth;
  int k = 0;
  for (; k + partial <= whole_rows; k += partial) {
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p) add_term<V, Form, false>(broadcast, vectors, column, k + p, sum[p]);
  }
  if constexpr (whole_rows % partial != 0)
    for (; k < whole_rows; ++k) add_term<V, Form, false>(broadcast, vectors, column, k, sum[0]);
  if constexpr (f.ragged) add_term<V, Form, true>(broadcast, vectors, column, whole_rows, sum[0]);
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
    for (int t = 0; t < Vectors; ++t) {
      if constexpr (partial > 1) {
#pragma GCC unroll 4
        for (int n = partial; n > 1; n = (n + 1) / 2)
#pragma GCC unroll 4
          for (int p = 0; p < n / 2; ++p) sum[p][r][t].v += sum[p + (n + 1) / 2][r][t].v;
      }
      result[r][t] = sum[0][r][t];
    }
}
/// One tile: its sums, and where they go.
template <class V, int Rows, int Vectors, class Form, class Write>
[[gnu::always_inline]] inline void tile(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const int (&column)[Vectors],
                                        const Write& write) {
  constexpr bool begins = begins_at_added<Write, Rows, Vectors>();
  V sum[Rows][Vectors];
  add_up<V, Rows, Vectors, Form>(broadcast, vectors, row, column, write, sum);
  if constexpr (Write::is_short) {
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) finish<begins>(write, row + r, column[t], sum[r][t]);
  } else {
    // Long code is worth a loop, and a loop cannot read registers.
    V done[Rows * Vectors];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) done[r * Vectors + t] = sum[r][t];
#pragma GCC unroll 1
    for (int i = 0; i < Rows * Vectors; ++i) finish<begins>(write, row + i / Vectors, column[i % Vectors], done[i]);
  }
}

/// One vector of columns after the other; the last one ends where the columns end, unless they are padded.
template <class V, class Form, bool Padded>
constexpr int column_of(int vector) {
  constexpr int columns = Form::value.columns;
  const int begin = vector * V::count;
  return Padded || begin + V::count <= columns ? begin : columns - V::count;
}

/// The tiles whose rows begin at Begin, Begin + Rows, … before End.
template <class V, int Begin, int End, int Rows, int Vectors, class Form, class Write>
[[gnu::always_inline]] inline void tile_rows_between(const typename V::scalar* broadcast, const typename V::scalar* vectors, const int (&column)[Vectors],
                                                     const Write& write) {
  constexpr int step = Form::value.broadcast_row;
  if constexpr (Begin >= End) return;
  else if constexpr (walks_backwards<Write>())
    for (int r = End - Rows; r >= Begin; r -= Rows) tile<V, Rows, Vectors, Form>(broadcast + r * step, vectors, r, column, write);
  else
    for (int r = Begin; r < End; r += Rows) tile<V, Rows, Vectors, Form>(broadcast + r * step, vectors, r, column, write);
}
/// One row after the other, where all vectors of the columns stay in registers.
template <class V, int Vectors, class Form, class Write>
[[gnu::always_inline]] inline void rows_one_by_one(const typename V::scalar* broadcast, const typename V::scalar* vectors, const int (&column)[Vectors],
                                                   const Write& write) {
  constexpr product_form f = Form::value;
  constexpr bool begins = begins_at_added<Write, 1, Vectors>(), backwards = walks_backwards<Write>();
  V w[f.depth][Vectors];
#pragma GCC unroll 8
  for (int k = 0; k < f.depth; ++k)
#pragma GCC unroll 16
    for (int t = 0; t < Vectors; ++t) {
      const auto* from = vectors + k * f.vector_depth + column[t];
      w[k][t] = k + 1 < f.depth ? load_operand<V, Form, false>(from) : load_operand<V, Form, true>(from);
    }
  for (int i = 0; i < f.rows; ++i) {
    const int r = backwards ? f.rows - 1 - i : i;
    V sum[Vectors];
#pragma GCC unroll 8
    for (int k = 0; k < f.depth; ++k) {
      const V x(broadcast[r * f.broadcast_row + k * f.broadcast_depth]);
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) {
        if (k > 0) sum[t] = sum[t] + x * w[k][t];
        else if constexpr (begins) sum[t] = write.template added<V>(r, column[t]) + x * w[k][t];
        else sum[t] = x * w[k][t];
      }
    }
#pragma GCC unroll 16
    for (int t = 0; t < Vectors; ++t) finish<begins>(write, r, column[t], sum[t]);
  }
}
template <class V, int Vectors, class Form, bool Padded, class Write>
[[gnu::always_inline]] inline void tile_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, int first, const Write& write) {
  constexpr int all = Form::value.rows;
  constexpr parts rows(all, tile_rows(Vectors));
  constexpr int big = rows.big * rows.size;
  int column[Vectors];
#pragma GCC unroll 16
  for (int t = 0; t < Vectors; ++t) column[t] = column_of<V, Form, Padded>(first + t);
  if constexpr (stays_in_registers(all, Form::value.depth)) return rows_one_by_one<V, Vectors, Form>(broadcast, vectors, column, write);
  if constexpr (walks_backwards<Write>()) tile_rows_between<V, big, all, rows.size - 1, Vectors, Form>(broadcast, vectors, column, write);
  tile_rows_between<V, 0, big, rows.size, Vectors, Form>(broadcast, vectors, column, write);
  if constexpr (!walks_backwards<Write>()) tile_rows_between<V, big, all, rows.size - 1, Vectors, Form>(broadcast, vectors, column, write);
}
template <class V, int Begin, int End, int Vectors, class Form, bool Padded, class Write>
[[gnu::always_inline]] inline void tile_columns_between(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  if constexpr (Begin >= End) return;
  else if constexpr (walks_backwards<Write>())
    for (int t = End - Vectors; t >= Begin; t -= Vectors) tile_columns<V, Vectors, Form, Padded>(broadcast, vectors, t, write);
  else
    for (int t = Begin; t < End; t += Vectors) tile_columns<V, Vectors, Form, Padded>(broadcast, vectors, t, write);
}

/// The whole product. Aligned: no vector of the vector operand crosses two lines of the cache.
template <class V, class Form, bool Padded, bool Aligned, class Write>
[[gnu::always_inline]] inline void tile_product(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int all = (Form::value.columns + V::count - 1) / V::count;
  constexpr product_form f = Form::value;
  constexpr parts blocks(all, stays_in_registers(f.rows, f.depth) ? vectors_that_stay(f.depth) : vectors_of_tiles(f.rows, all, Aligned));
  constexpr int big = blocks.big * blocks.size;
  if constexpr (walks_backwards<Write>()) tile_columns_between<V, big, all, blocks.size - 1, Form, Padded>(broadcast, vectors, write);
  tile_columns_between<V, 0, big, blocks.size, Form, Padded>(broadcast, vectors, write);
  if constexpr (!walks_backwards<Write>()) tile_columns_between<V, big, all, blocks.size - 1, Form, Padded>(broadcast, vectors, write);
}

}  // namespace leibniz::code
