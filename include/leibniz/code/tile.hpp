#pragma once
#include <utility>

#include <leibniz/code/fetch_ahead.hpp>
#include <leibniz/code/pairs.hpp>
#include <leibniz/code/parts_of_columns.hpp>
#include <leibniz/code/tile_columns.hpp>
#include <leibniz/code/tile_size.hpp>
#include <leibniz/core/in_lanes/arithmetic.hpp>
#include <leibniz/core/lanes.hpp>

// Matrix products in registers: a tile of the result, some rows times some vectors of columns, stays in registers while
// the sum runs; then it is handed to `write(row, column, value)`, which may go on computing with it. All steps are known
// to the compiler, so that one pointer for each operand is enough.

namespace leibniz::code {

/// Whether the sums of a tile, so many, begin at what `write` adds to them, and not at 0. A large tile would wait for it; it adds at the
/// end, while the next one begins. Where additions delay multiplications, the update of a parameter begins at it, if the sums are short: each
/// term is rounded to the parameter then.
template <class Write, product_form f>
constexpr bool begins_at_added(int sums) {
  constexpr bool is_update = mixed_multiplications_wait && computes_only_once<Write>() && f.depth <= 16;
  if constexpr (requires { Write::adds; }) return Write::adds && (sums < 8 || is_update);
  else return false;
}
/// Whether the tiles are made from the last one to the first.
template <class Write>
constexpr bool walks_backwards() {
  if constexpr (requires { Write::backwards; }) return Write::backwards;
  else return false;
}

/// How many terms are read at once, to be spread from there: of a short fresh row that is alone, which may still be in registers.
template <class V>
constexpr int numbers_at_once(product_form f) {
  constexpr int most = native_lanes<typename V::scalar> < 8 ? native_lanes<typename V::scalar> : 8;
  return f.is_fresh && f.rows == 1 && f.broadcast_depth == 1 && f.depth <= 8 && f.depth % most == 0 && V::count <= most ? most : 1;
}
/// A term of the broadcast operand in all lanes.
template <class V, product_form f, int Term>
[[gnu::always_inline]] inline V broadcast_term(const typename V::scalar* row) {
  constexpr int part = numbers_at_once<V>(f);
  if constexpr (part == 1) return V(row[Term * f.broadcast_depth]);
  else return lanes<typename V::scalar, part>::load(row + Term / part * part).template same<Term % part>(std::make_integer_sequence<int, part>{}).template first_lanes<V::count>();
}
/// The terms Begin to End - 1 of the sums of one tile, all at once: added in pairs, as soon as there are two.
template <int Begin, int End, product_form f, class Columns, class Write, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_terms(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const Columns& columns,
                                             const Write& write, V (&sum)[Rows][Columns::count]) {
  if constexpr (End - Begin == 2 && f.rows == 1 && (!f.is_fresh || Columns::count > 1)) {
    add_terms<Begin, Begin + 1, f>(broadcast, vectors, row, columns, write, sum);
    const V x = broadcast_term<V, f, Begin + 1>(broadcast);
#pragma GCC unroll 16
    for (int t = 0; t < Columns::count; ++t) sum[0][t] = sum[0][t] + x * columns.template load<f, End == f.depth>(vectors + (Begin + 1) * f.vector_depth, t);
  } else if constexpr (End - Begin > 1) {
    constexpr int middle = (Begin + End) / 2;
    V other[Rows][Columns::count];
    add_terms<Begin, middle, f>(broadcast, vectors, row, columns, write, sum);
    add_terms<middle, End, f>(broadcast, vectors, row, columns, write, other);
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < Columns::count; ++t) sum[r][t].v += other[r][t].v;
  } else {
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r) {
      const V x = broadcast_term<V, f, Begin>(broadcast + r * f.broadcast_row);
#pragma GCC unroll 16
      for (int t = 0; t < Columns::count; ++t) {
        const V w = columns.template load<f, Begin + 1 == f.depth>(vectors + Begin * f.vector_depth, t);
        if constexpr (Begin == 0 && begins_at_added<Write, f>(Rows * Columns::count)) sum[r][t] = columns.added(write, row + r, t) + x * w;
        else if constexpr (f.rows == 1) sum[r][t] = math::detail::fixed(x * w);  // a fused sum would wait for another one
        else sum[r][t] = x * w;
      }
    }
  }
}
/// Keeps clang from beginning with the end of a row: processors fetch ahead in the order of the memory.
template <int Rows>
[[gnu::always_inline]] inline void follow_memory() {
#if defined(__clang__)
  if constexpr (Rows == 1) asm volatile("" ::: "memory");
#endif
}
/// One more term of the sums of a tile.
template <product_form f, bool LastRow, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_term(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns, int k,
                                            V (&sum)[Rows][Columns::count]) {
  if constexpr (reads_as_it_multiplies(Rows, Columns::count)) {
    V x[Rows];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
      x[r] = V(broadcast[r * f.broadcast_row + k * f.broadcast_depth]);
      if constexpr (Rows > 1) x[r] = math::detail::fixed(x[r]);
    }
#pragma GCC unroll 16
    for (int t = 0; t < Columns::count; ++t) {
      follow_memory<Rows>();
      V w = columns.template load<f, LastRow>(vectors + k * f.vector_depth, t);
      if constexpr (Rows > 1) w = math::detail::fixed(w);  // g++ would read it again for every row
#pragma GCC unroll 16
      for (int r = 0; r < Rows; ++r) sum[r][t] = sum[r][t] + x[r] * w;
    }
  } else {
    V w[Columns::count];
#pragma GCC unroll 16
    for (int t = 0; t < Columns::count; ++t) {
      follow_memory<Rows>();
      w[t] = columns.template load<f, LastRow>(vectors + k * f.vector_depth, t);
      if constexpr (Rows > 1) w[t] = math::detail::fixed(w[t]);  // g++ would read it again for every row
    }
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r) {
      const V x(broadcast[r * f.broadcast_row + k * f.broadcast_depth]);
#pragma GCC unroll 16
      for (int t = 0; t < Columns::count; ++t) sum[r][t] = sum[r][t] + x * w[t];
    }
  }
}
/// The same place, in a register of its own: clang would add up each operand's address anew, which processors do apart from a multiplication. Products
/// without a sum have too few operands for that.
template <class T>
[[gnu::always_inline]] inline const T* as_base(const T* place) {
#if defined(__clang__)
  asm("" : "+r"(place));
#endif
  return place;
}
/// The sums of one tile. Where a tile is too small to keep the multipliers busy, every sum is kept in several parts.
template <product_form f, int Rows, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_up(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const Columns& columns,
                                          const Write& write, V (&result)[Rows][Columns::count]) {
  constexpr int count = Columns::count, partial = parts_of_sums(Rows * count);
  constexpr int whole_rows = f.ragged ? f.depth - 1 : f.depth;
  constexpr int beside = rows_at_a_time<V>(f, count);
  constexpr neighbours together = beside > 1 ? neighbours::rows : Rows > 2 ? read_together<V>(f, count) : neighbours::none;
  if constexpr (together != neighbours::none) {
    constexpr int others = columns_apart<V>(f, count), each = terms_at_once<V>(f, count);
    constexpr int terms = each > 1 ? each : others > 0 ? V::count / others : together == neighbours::terms ? 2 : 1;
    constexpr int even = whole_rows / terms * terms;
    if constexpr (beside > 1) add_rows_side_by_side<even, beside, f>(broadcast, vectors, columns, result);
    else if constexpr (each > 1) add_terms_side_by_side<even, each, f>(broadcast, vectors, columns, result);
    else if constexpr (others > 0) add_parts_of_columns<even, others, f>(broadcast, vectors, columns, result);
    else if constexpr (together == neighbours::terms) add_pairs_of_terms<even, f>(broadcast, vectors, columns, result);
    else add_pairs_of_rows<even, f>(broadcast, vectors, columns, result);
#pragma GCC unroll 16
    for (int k = even; k < whole_rows; ++k) add_term<f, false>(broadcast, vectors, columns, k, result);
    if constexpr (f.ragged) add_term<f, true>(broadcast, vectors, columns, whole_rows, result);
    if constexpr (begins_at_added<Write, f>(Rows * count))
#pragma GCC unroll 16
      for (int r = 0; r < Rows; ++r) result[r][0] = result[r][0] + columns.added(write, row + r, 0);
    return;
  }
  if constexpr (f.depth <= (numbers_at_once<V>(f) > 1 ? 2 * partial : partial)) return add_terms<0, f.depth, f>(broadcast, vectors, row, columns, write, result);
  V sum[partial][Rows][count];
#pragma GCC unroll 8
  for (int p = 0; p < partial; ++p)
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) {
        sum[p][r][t] = V(0);
        if constexpr (begins_at_added<Write, f>(Rows * count)) {
          if (p == 0) sum[p][r][t] = columns.added(write, row + r, t);
        }
      }
  if constexpr (register_bytes == 32) vectors = as_base(vectors);  // seen from the workspace, each vector's place would take four bytes of code
  int k = 0;
  for (; k + partial <= whole_rows; k += partial) {
    fetch_rows_ahead<f, Rows, count * V::count, partial>(broadcast, k);
    fetch_terms_ahead<f, Rows>(vectors, columns, k);
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p) add_term<f, false>(broadcast, vectors, columns, k + p, sum[p]);
  }
  if constexpr (whole_rows % partial != 0)
    for (; k < whole_rows; ++k) add_term<f, false>(broadcast, vectors, columns, k, sum[0]);
  if constexpr (f.ragged) add_term<f, true>(broadcast, vectors, columns, whole_rows, sum[0]);
  as_tree<partial>([&](int i_, int k_) __attribute__((always_inline)) {
#pragma GCC unroll 32
    for (int r_ = 0; r_ < Rows; ++r_)
#pragma GCC unroll 16
      for (int t_ = 0; t_ < count; ++t_) sum[i_][r_][t_].v += sum[k_][r_][t_].v;
  });
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) result[r][t] = sum[0][r][t];
}
/// One tile: its sums, and where they go.
template <int Rows, product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void tile(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const Columns& columns,
                                        const Write& write) {
  constexpr int count = Columns::count;
  constexpr bool begins = begins_at_added<Write, f>(Rows * count);
  V sum[Rows][count];
  fetch_results_ahead<f, Rows>(write, row, columns);
  add_up<f>(broadcast, vectors, row, columns, write, sum);
  if constexpr (Write::is_short) {
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) columns.template finish<begins>(write, row + r, t, sum[r][t]);
  } else {
    // Long code is worth a loop, and a loop cannot read registers.
    V done[Rows * count];
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) done[r * count + t] = sum[r][t];
#pragma GCC unroll 1
    for (int i = 0; i < Rows * count; ++i) columns.template finish<begins>(write, row + i / count, i % count, done[i]);
  }
}

/// The tiles whose rows begin at Begin, Begin + Rows, … before End.
template <int Begin, int End, int Rows, product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void tile_rows_between(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                     const Write& write) {
  constexpr int step = f.broadcast_row;
  if constexpr (Begin >= End) return;
  else if constexpr (walks_backwards<Write>())
    for (int r = End - Rows; r >= Begin; r -= Rows) tile<Rows, f>(broadcast + r * step, vectors, r, columns, write);
  else
    for (int r = Begin; r < End; r += Rows) tile<Rows, f>(broadcast + r * step, vectors, r, columns, write);
}
/// Some rows, whose vector operand is in registers, term by term: the sum of one alone would wait for every multiplication.
template <int Rows, product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void rows_at_once(const typename V::scalar* broadcast, const V (&w)[f.depth][Columns::count], int row,
                                                const Columns& columns, const Write& write) {
  constexpr int count = Columns::count;
  constexpr bool begins = begins_at_added<Write, f>(count), begins_at_zero = mixed_multiplications_wait && f.depth > (count > 2 ? 1 : 2);
  const auto* from = broadcast + row * f.broadcast_row;
  if constexpr (f.depth > 1) from = as_base(from);
  V sum[Rows][count];
#pragma GCC unroll 4
  for (int r = 0; r < Rows; ++r) {
    const V x(from[r * f.broadcast_row]);
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) {
      if constexpr (begins) sum[r][t] = columns.added(write, row + r, t) + x * w[0][t];
      else sum[r][t] = begins_at_zero ? V(0) + x * w[0][t] : x * w[0][t];
    }
  }
#pragma GCC unroll 16
  for (int k = 1; k < f.depth; ++k)
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r) {
      const V x(from[r * f.broadcast_row + k * f.broadcast_depth]);
#pragma GCC unroll 16
      for (int t = 0; t < count; ++t) sum[r][t] = sum[r][t] + x * w[k][t];
    }
#pragma GCC unroll 4
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) columns.template finish<begins>(write, row + r, t, sum[r][t]);
}
/// The rows from Begin to End - 1, some at once, whose number they are a multiple of.
template <int Begin, int End, int Rows, product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void few_rows_between(const typename V::scalar* broadcast, const V (&w)[f.depth][Columns::count],
                                                    const Columns& columns, const Write& write) {
  constexpr int together = Write::is_short && f.depth * Columns::count <= 8 ? 4 * Rows : Rows;
  constexpr int whole = (End - Begin) / together * together;
  const auto place = [](int i_) { return walks_backwards<Write>() ? End - Rows - i_ : Begin + i_; };
  int i = 0;
  for (; i < whole; i += together)
#pragma GCC unroll 4
    for (int n = 0; n < together; n += Rows) rows_at_once<Rows, f>(broadcast, w, place(i + n), columns, write);
  for (; i < End - Begin; i += Rows) rows_at_once<Rows, f>(broadcast, w, place(i), columns, write);
}
/// A few rows after the other, where all vectors of the columns are in registers.
template <product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void rows_beside_registers(const typename V::scalar* broadcast, const V (&w)[f.depth][Columns::count],
                                                         const Columns& columns, const Write& write) {
  constexpr parts rows(f.rows, Write::is_short ? rows_beside(f.depth, Columns::count) : 1);
  constexpr int big = rows.big * rows.size;
  if constexpr (big < f.rows && walks_backwards<Write>()) few_rows_between<big, f.rows, rows.size - 1, f>(broadcast, w, columns, write);
  few_rows_between<0, big, rows.size, f>(broadcast, w, columns, write);
  if constexpr (big < f.rows && !walks_backwards<Write>()) few_rows_between<big, f.rows, rows.size - 1, f>(broadcast, w, columns, write);
}
/// The same for vectors that lie in memory.
template <product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void rows_few_by_few(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                   const Write& write) {
  constexpr int count = Columns::count;
  V w[f.depth][count];
#pragma GCC unroll 16
  for (int k = 0; k < f.depth; ++k)
#pragma GCC unroll 16
    for (int t = 0; t < count; ++t) {
      const auto* from = vectors + k * f.vector_depth;
      w[k][t] = k + 1 < f.depth ? columns.template load<f, false>(from, t) : columns.template load<f, true>(from, t);
    }
  rows_beside_registers<f>(broadcast, w, columns, write);
}
/// All rows of some columns.
template <product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void tile_all_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                 const Write& write) {
  constexpr int beside = rows_at_a_time<V>(f, Columns::count);
  if constexpr (beside == 1 && stays_in_registers(f.rows, f.depth, (f.columns + V::count - 1) / V::count))
    return rows_few_by_few<f>(broadcast, vectors, columns, write);
  constexpr tiles_of_rows tiles(f.rows, tile_rows<V>(f, Columns::count, Write::is_short), beside);
  if constexpr (walks_backwards<Write>()) {
    tile_rows_between<tiles.whole, f.rows, f.rows - tiles.whole, f>(broadcast, vectors, columns, write);
    tile_rows_between<tiles.big, tiles.whole, tiles.smaller, f>(broadcast, vectors, columns, write);
  }
  tile_rows_between<0, tiles.big, tiles.size, f>(broadcast, vectors, columns, write);
  if constexpr (!walks_backwards<Write>()) {
    tile_rows_between<tiles.big, tiles.whole, tiles.smaller, f>(broadcast, vectors, columns, write);
    tile_rows_between<tiles.whole, f.rows, f.rows - tiles.whole, f>(broadcast, vectors, columns, write);
  }
}
/// Some vectors of columns, number `first` and the next ones; the last one ends where the columns end, unless they are all Adjacent.
template <class V, int Vectors, int Last, product_form f, bool Adjacent, class Write>
[[gnu::always_inline]] inline void tile_block(const typename V::scalar* broadcast, const typename V::scalar* vectors, int first, const Write& write) {
  tile_all_rows<f>(broadcast, vectors, tile_columns<V, Vectors, Last, Adjacent>(first * V::count, f.columns - Last), write);
}
/// The blocks that begin at the vectors Begin, Begin + Vectors, … before End. The last one may end where the columns end.
template <class V, int Begin, int End, int Vectors, product_form f, bool Padded, class Write>
[[gnu::always_inline]] inline void tile_blocks_between(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  if constexpr (Begin < End) {
    constexpr bool overlaps = !Padded && End * V::count > f.columns;
    if constexpr (walks_backwards<Write>()) {
      static_assert(!overlaps, "what walks backwards computes nothing twice");
      for (int t = End - Vectors; t >= Begin; t -= Vectors) tile_block<V, Vectors, V::count, f, true>(broadcast, vectors, t, write);
    } else {
      constexpr int end = overlaps ? End - Vectors : End;
      for (int t = Begin; t < end; t += Vectors) tile_block<V, Vectors, V::count, f, true>(broadcast, vectors, t, write);
      if constexpr (overlaps) tile_block<V, Vectors, V::count, f, false>(broadcast, vectors, end, write);
    }
  }
}

/// Whether the update of a matrix of few long rows keeps what the rows are multiplied by in registers.
template <class Write>
constexpr bool keeps_rows(const product_form& f) {
  return computes_only_once<Write>() && Write::is_short && f.depth == 1 && f.rows > 1 && f.rows <= tile_sums;
}
/// Some columns of products without a sum, whose rows have their numbers in registers.
template <product_form f, class Columns, class Write, class V = typename Columns::vector>
[[gnu::always_inline]] inline void all_rows_at_once(const V (&x)[f.rows], const typename V::scalar* vectors, const Columns& columns,
                                                    const Write& write) {
  constexpr bool begins = begins_at_added<Write, f>(1);
  const V w = columns.template load<f, true>(vectors, 0);
#pragma GCC unroll 32
  for (int r = 0; r < f.rows; ++r) {
    V product = x[r] * w;
    if constexpr (begins) product = columns.added(write, r, 0) + product;
    columns.template finish<begins>(write, r, 0, product);
  }
}
/// Few long rows of products without a sum, from the end: the numbers of the broadcast operand stay in registers while the columns
/// go by, and all rows are walked through at the same time, as the forward pass has done.
template <class V, int Last, product_form f, bool Padded, class Write>
[[gnu::always_inline]] inline void columns_one_by_one(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  V x[f.rows];
#pragma GCC unroll 32
  for (int r = 0; r < f.rows; ++r) x[r] = math::detail::fixed(V(broadcast[r * f.broadcast_row]));
  int end = Padded ? (f.columns + V::count - 1) / V::count * V::count : f.columns;
  if constexpr (Last < V::count) {
    end -= Last;
    all_rows_at_once<f>(x, vectors, tile_columns<V, 1, Last>(end), write);
  }
  for (int begin = end - V::count; begin >= 0; begin -= V::count) all_rows_at_once<f>(x, vectors, tile_columns<V, 1>(begin), write);
}

/// The whole product.
template <class V, product_form f, bool Padded, class Write>
[[gnu::always_inline]] inline void tile_product(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int all = (f.columns + V::count - 1) / V::count;
  constexpr int apart = last_columns_apart<V>(f);
  if constexpr (apart > 0) {
    constexpr int last = Padded ? apart : last_lanes(f.columns, V::count, computes_only_once<Write>());
    tile_product<V, with_columns(f, f.columns - apart), Padded>(broadcast, vectors, write);
    return tile_all_rows<with_columns(f, last)>(broadcast, vectors, tile_columns<V, 1, (Padded ? V::count : last)>(f.columns - last), write);
  }
  constexpr int most = stays_in_registers(f.rows, f.depth, all) ? vectors_that_stay(f.depth) : vectors_of_tiles(in_tiles<V>(f, Write::is_short));
  constexpr bool once = computes_only_once<Write>();
  constexpr int last = Padded || !(once || (all <= most && Write::is_short)) ? V::count : last_lanes(f.columns, V::count, once);
  if constexpr (all <= most) return tile_block<V, all, last, f, (Padded || f.columns % V::count == 0)>(broadcast, vectors, 0, write);
  if constexpr (keeps_rows<Write>(f)) return columns_one_by_one<V, last, f, Padded>(broadcast, vectors, write);
  constexpr int whole = last < V::count ? all - 1 : all;
  constexpr parts blocks(whole, most);
  constexpr int big = blocks.big * blocks.size;
  if constexpr (whole < all) tile_block<V, 1, last, f, true>(broadcast, vectors, whole, write);
  if constexpr (walks_backwards<Write>()) tile_blocks_between<V, big, whole, blocks.size - 1, f, Padded>(broadcast, vectors, write);
  tile_blocks_between<V, 0, big, blocks.size, f, Padded>(broadcast, vectors, write);
  if constexpr (!walks_backwards<Write>()) tile_blocks_between<V, big, whole, blocks.size - 1, f, Padded>(broadcast, vectors, write);
}

}  // namespace leibniz::code
