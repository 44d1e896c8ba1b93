#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
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
      const V x(broadcast[r * f.broadcast_row + Begin * f.broadcast_depth]);
#pragma GCC unroll 16
      for (int t = 0; t < Vectors; ++t) {
        const V w = load_operand<V, Form, Begin + 1 == f.depth>(vectors + Begin * f.vector_depth + column[t]);
        if constexpr (Begin == 0 && begins_at_added<Write, Rows, Vectors>()) sum[r][t] = write.template added<V>(row + r, column[t]) + x * w;
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

/// Whether a product of one row can have several terms side by side in one register.
template <class V, class Form>
constexpr bool is_foldable() {
  constexpr product_form f = Form::value;
  constexpr int most = native_lanes<typename V::scalar>;
  return f.rows == 1 && f.columns <= V::count && 2 * V::count <= most && f.vector_depth == V::count && f.broadcast_depth == 1 &&
         f.depth > 1 && f.depth <= most;
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
template <class V, class Form, class Write>
[[gnu::always_inline]] inline void folded_product(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  using T = typename V::scalar;
  constexpr int depth = Form::value.depth, most = native_lanes<T>;
  const auto x = lanes<T, lanes_within(2 * depth - 1, most)>::template load_first<depth>(broadcast).template widened<most>();
  constexpr bool begins = begins_at_added<Write, 1, 1>();
  if constexpr (begins) finish<true>(write, 0, 0, unfolded<V>(folded_terms<V, 0, depth>(x, vectors, write.template added<V>(0, 0).template before_zeros<most>())));
  else finish<false>(write, 0, 0, unfolded<V>(folded_terms<V, 0, depth>(x, vectors, nullptr)));
}

/// Whether some rows of a product lie side by side in one register: where their columns fill only a part of it.
template <class V, class Form>
constexpr bool fit_side_by_side() {
  constexpr product_form f = Form::value;
  constexpr int most = native_lanes<typename V::scalar>;
  return f.columns <= V::count && V::count >= 4 && 2 * V::count <= most && f.rows >= most / V::count && f.broadcast_depth == 1 && f.depth > 1;
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
/// Terms of the sums of Groups of registers. The rows of each lie Step apart.
template <class V, class Form, int Step, bool Ends, int First, int Count, class X, int Groups>
[[gnu::always_inline]] inline void add_terms_of_rows(const X (&rows)[Groups], const typename V::scalar* vectors, X (&sum)[Groups]) {
  if constexpr (First < Count) {
    constexpr std::make_integer_sequence<int, X::count> all{};
    const X w = load_operand<V, Form, Ends && First + 1 == Count>(vectors + First * Form::value.vector_depth).template tiled<X::count>();
#pragma GCC unroll 8
    for (int g = 0; g < Groups; ++g) sum[g] = sum[g] + rows[g].template spread<V::count, Step, First>(all) * w;
    add_terms_of_rows<V, Form, Step, Ends, First + 1, Count>(rows, vectors, sum);
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
template <class V, int Groups, class Form, class Write>
[[gnu::always_inline]] inline void tile_of_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const Write& write) {
  constexpr product_form f = Form::value;
  using X = lanes<typename V::scalar, native_lanes<typename V::scalar>>;
  constexpr int n = V::count, each = X::count / n, step = f.broadcast_row;
  constexpr bool at_once = each * step <= X::count && f.depth <= step;
  constexpr int blocks = at_once ? 0 : (f.depth - (f.ragged ? 1 : 0)) / n, rest = f.depth - blocks * n;
  X sum[Groups], rows[Groups];
#pragma GCC unroll 8
  for (int g = 0; g < Groups; ++g) sum[g] = X(0);
  if constexpr (at_once) {
#pragma GCC unroll 8
    for (int g = 0; g < Groups; ++g) rows[g] = X::template load_first<(each - 1) * step + f.depth>(broadcast + g * each * step);
    add_terms_of_rows<V, Form, step, true, 0, f.depth>(rows, vectors, sum);
  } else {
    for (int k = 0; k < blocks * n; k += n) {
#pragma GCC unroll 8
      for (int g = 0; g < Groups; ++g) rows[g] = load_rows<X, n, n, step>(broadcast + g * each * step + k);
      add_terms_of_rows<V, Form, n, false, 0, n>(rows, vectors + k * f.vector_depth, sum);
    }
    if constexpr (rest > 0) {
      constexpr int k = blocks * n;
#pragma GCC unroll 8
      for (int g = 0; g < Groups; ++g) rows[g] = load_rows<X, n, rest, step>(broadcast + g * each * step + k);
      add_terms_of_rows<V, Form, n, true, 0, rest>(rows, vectors + k * f.vector_depth, sum);
    }
  }
#pragma GCC unroll 8
  for (int g = 0; g < Groups; ++g) finish_rows<V>(write, row + g * each, sum[g]);
}
/// The whole product, some rows in one register; those that are left over as a tile.
template <class V, class Form, class Write>
[[gnu::always_inline]] inline void product_of_rows(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr product_form f = Form::value;
  constexpr int each = native_lanes<typename V::scalar> / V::count, rest = f.rows % each;
  constexpr parts groups(f.rows / each, 8);
  constexpr int big = groups.big * groups.size * each, small = (groups.size - 1) * each;
  for (int r = 0; r < big; r += groups.size * each) tile_of_rows<V, groups.size, Form>(broadcast + r * f.broadcast_row, vectors, r, write);
  if constexpr (groups.small > 0)
    for (int r = big; r + small <= f.rows; r += small) tile_of_rows<V, groups.size - 1, Form>(broadcast + r * f.broadcast_row, vectors, r, write);
  constexpr int column[1] = {0};
  if constexpr (rest > 0) tile<V, rest, 1, Form>(broadcast + (f.rows - rest) * f.broadcast_row, vectors, f.rows - rest, column, write);
}

/// The numbers of a and b in turn: the first halves, or the second.
template <bool Second, class V, int... I>
[[gnu::always_inline]] inline V interleave(V a, V b, std::integer_sequence<int, I...>) {
  constexpr int n = V::count, from = Second ? n / 2 : 0;
  return __builtin_shufflevector(a.v, b.v, (from + I / 2 + I % 2 * n)...);
}
/// Turns a block of numbers: `to`, whose rows lie Pitch apart, gets the columns of `from`, whose rows lie `step` apart. Every
/// stage moves the numbers by one bit of their index. Nothing is read beyond Rows and Columns, or written beyond Stored columns.
template <class V, int Pitch, int Rows = V::count, int Columns = V::count, int Stored = Rows>
[[gnu::always_inline]] inline void turn_block(const typename V::scalar* from, int step, typename V::scalar* to) {
  constexpr int n = V::count;
  constexpr std::make_integer_sequence<int, n> all{};
  V row[n], next[n];
#pragma GCC unroll 16
  for (int i = 0; i < n; ++i) row[i] = i < Rows ? V::template load_first<Columns>(from + i * step) : V(0);
#pragma GCC unroll 4
  for (int stage = 1; stage < n; stage *= 2) {
#pragma GCC unroll 8
    for (int i = 0; i < n / 2; ++i) {
      next[2 * i] = interleave<false>(row[i], row[i + n / 2], all);
      next[2 * i + 1] = interleave<true>(row[i], row[i + n / 2], all);
    }
#pragma GCC unroll 16
    for (int i = 0; i < n; ++i) row[i] = next[i];
  }
#pragma GCC unroll 16
  for (int i = 0; i < Columns; ++i) row[i].template store_first<Stored>(to + i * Pitch);
}
/// The vector operand with its columns side by side: what lies across the lanes is turned once. Blocks at the edges overlap
/// those before them.
template <class Form, int Pitch, class T>
inline void pack(const T* from, T* to) {
  constexpr product_form f = Form::value;
  constexpr int width = f.vector_depth == 1 ? lanes_within(f.depth < f.columns ? f.depth : f.columns, native_lanes<T>) : 1;
  if constexpr (width > 1) {
    for (int c = 0; c < f.columns; c += width) {
      const int column = c + width <= f.columns ? c : f.columns - width;
      for (int k = 0; k < f.depth; k += width) {
        const int depth = k + width <= f.depth ? k : f.depth - width;
        turn_block<lanes<T, width>, Pitch>(from + column * f.vector_column + depth, f.vector_column, to + depth * Pitch + column);
      }
    }
  } else {
    for (int k = 0; k < f.depth; ++k)
      for (int c = 0; c < f.columns; ++c) to[k * Pitch + c] = from[k * f.vector_depth + c * f.vector_column];
  }
}

/// V::load of what ends at `end`, with 0 in all but the last Count lanes.
template <class V, int Count>
[[gnu::always_inline]] inline V load_last(const typename V::scalar* end) {
  typename V::integers keep;
  for (int i = 0; i < V::count; ++i) keep[i] = i < V::count - Count ? 0 : -1;
  return V::from_bits(V::load(end - V::count).bits() & keep);
}
/// The first Count lanes of what may be read as a whole; 0 in the others.
template <class V, int Count>
[[gnu::always_inline]] inline V load_begin(const typename V::scalar* from) {
  if constexpr (Count == V::count) return V::load(from);
  else {
    typename V::integers keep;
    for (int i = 0; i < V::count; ++i) keep[i] = i < Count ? -1 : 0;
    return V::from_bits(V::load(from).bits() & keep);
  }
}

/// Vectors that hold the parts of several sums at once: two such vectors become one that holds the sums of both, each in
/// half as many parts. Within 16 bytes, where moving numbers is cheap, the parts of one sum lie Sums apart; beyond, side by side.
template <int Lanes, int Unit, int Sums>
struct gathering {
  static constexpr bool within = Sums < Unit;
  static constexpr int blocks = within ? 1 : Sums / Unit, each = within ? 1 : Lanes / Unit / (2 * blocks);  // of 16 bytes
  /// Where lane i of the next vector comes from: from the first vector, or from the second one behind it.
  static constexpr int both(int i, bool second_part) {
    const int inner = i % Unit, block = i / Unit / each, piece = i / Unit % each;
    if (within) return i - inner + inner / (2 * Sums) * Sums + inner % Sums + inner / Sums % 2 * Lanes + (second_part ? Unit / 2 : 0);
    return (block % blocks * 2 * each + piece + (second_part ? each : 0)) * Unit + inner + block / blocks * Lanes;
  }
  /// The same for half a vector with the same sums.
  static constexpr int half(int i, bool second_part) {
    if (within) return i + (second_part ? Lanes / 2 : 0);
    return (i / Unit / each * 2 * each + i / Unit % each + (second_part ? each : 0)) * Unit + i % Unit;
  }
};
template <int Sums, class V>
inline constexpr int gathering_unit = V::count * static_cast<int>(sizeof(typename V::scalar)) < 16 ? V::count : 16 / static_cast<int>(sizeof(typename V::scalar));
template <int Sums, class V, int... I>
[[gnu::always_inline]] inline V gather_both(V a, V b, std::integer_sequence<int, I...>) {
  using from = gathering<V::count, gathering_unit<Sums, V>, Sums>;
  return V(__builtin_shufflevector(a.v, b.v, from::both(I, false)...)) + V(__builtin_shufflevector(a.v, b.v, from::both(I, true)...));
}
template <int Sums, class V, int... I>
[[gnu::always_inline]] inline auto gather_half(V a, std::integer_sequence<int, I...>) {
  using from = gathering<V::count, gathering_unit<Sums, V>, Sums>;
  using half = lanes<typename V::scalar, V::count / 2>;
  return half(__builtin_shufflevector(a.v, a.v, from::half(I, false)...)) + half(__builtin_shufflevector(a.v, a.v, from::half(I, true)...));
}
/// Vectors get(First), … get(First + Count - 1) as one that holds the parts of all their sums; two are put together as soon as
/// there are two.
template <int First, int Count, class Get>
[[gnu::always_inline]] inline auto parts_of_sums(const Get& get) {
  if constexpr (Count == 1) return get(First);
  else {
    constexpr int half = Count / 2;
    const auto a = parts_of_sums<First, half>(get), b = parts_of_sums<First + half, half>(get);
    using V = std::remove_const_t<decltype(a)>;
    if constexpr (V::count == half) return lanes<typename V::scalar, Count>::join(a, b, std::make_integer_sequence<int, Count>{});
    else return gather_both<half>(a, b, std::make_integer_sequence<int, V::count>{});
  }
}
template <int Sums, class V>
[[gnu::always_inline]] inline auto sums_of_parts(V x) {
  if constexpr (V::count == Sums) return x;
  else if constexpr (V::count == 2) return x[0] + x[1];
  else return sums_of_parts<Sums>(gather_half<Sums>(x, std::make_integer_sequence<int, V::count / 2>{}));
}
/// The sum of all lanes of each of the vectors get(0), … get(Count - 1), a power of two, in a lane each; of one vector: a number.
template <int Count, class Get>
[[gnu::always_inline]] inline auto sums_of(const Get& get) { return sums_of_parts<Count>(parts_of_sums<0, Count>(get)); }

/// Lane r is number r Step + First of a and b, one behind the other.
template <int Step, int First, class V, int... I>
[[gnu::always_inline]] inline V every_step(V a, V b, std::integer_sequence<int, I...>) {
  return __builtin_shufflevector(a.v, b.v, ((I * Step + First) % (2 * V::count))...);
}
/// Σ a[k] b[r][k] for rows of b without gaps that fit into two registers: a column after the other is taken out of them.
template <int Lanes, int Rows, int Count, class T>
[[gnu::always_inline]] inline auto dots_of_columns(const T* a, const T* b) {
  using V = lanes<T, lanes_within(2 * Rows * Count - 1, native_lanes<T>)>;
  constexpr int size = Rows * Count, first = size < V::count ? size : V::count;
  constexpr std::make_integer_sequence<int, V::count> all{};
  const V low = V::template load_first<first>(b), high = size > first ? V::template load_first<(size > first ? size - first : 1)>(b + first) : low;
  const auto sum = [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
    V sum_ = V(a[0]) * every_step<Count, 0>(low, high, all);
    ((sum_ = sum_ + V(a[K + 1]) * every_step<Count, K + 1>(low, high, all)), ...);
    return sum_;
  };
  return sum(std::make_integer_sequence<int, Count - 1>{}).template first_lanes<Lanes>();
}

/// Σ a[k] b[r][k] for Rows rows of b that lie `Step` apart, in Lanes lanes, a power of two: those behind the rows are 0. Each sum
/// is kept in several vectors where the rows alone do not keep the multipliers busy. Padded: what is read may run on to a
/// whole vector.
template <int Lanes, int Rows, int Count, int Step, bool Padded, class T>
[[gnu::always_inline]] inline auto dots(const T* a, const T* b) {
  constexpr int width = Padded ? lanes_within(2 * Count - 1, native_lanes<T>) : lanes_within(Count, native_lanes<T>);
  constexpr bool are_few = Step == Count && Count > 1 && Count < Rows && Rows * Count <= 2 * native_lanes<T> && Lanes <= native_lanes<T>;
  if constexpr (are_few && Lanes > 1) {
    return dots_of_columns<Lanes, Rows, Count>(a, b);
  } else if constexpr (width == 1) {
    T sum[Lanes]{};
    for (int r = 0; r < Rows; ++r) {
      sum[r] = a[0] * b[r * Step];
      for (int k = 1; k < Count; ++k) sum[r] += a[k] * b[r * Step + k];
    }
    if constexpr (Lanes == 1) return sum[0];
    else return lanes<T, Lanes>::load(sum);
  } else {
    using V = lanes<T, width>;
    constexpr int whole = Rows >= 8 ? 1 : 8 / Rows, vectors = Count / width, partial = vectors < 1 ? 1 : vectors < whole ? vectors : whole;
    constexpr int rest = Count % width;
    const auto first = [&](int p_, int r_) __attribute__((always_inline)) {
      if (r_ >= Rows) return V(0);
      if constexpr (vectors > 0) return V(V::load(a + p_ * width).v * V::load(b + r_ * Step + p_ * width).v);
      else return V(load_begin<V, rest>(a).v * load_begin<V, rest>(b + r_ * Step).v);
    };
    if constexpr (Count <= width) return sums_of<Lanes>([&](int r_) __attribute__((always_inline)) { return first(0, r_); });
    V sum[partial][Lanes];
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
      for (int r = 0; r < Lanes; ++r) sum[p][r] = first(p, r);
    int k = partial * width;
    for (; k + partial * width <= Count; k += partial * width) {
#pragma GCC unroll 8
      for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r)
          sum[p][r].v = sum[p][r].v + V::load(a + k + p * width).v * V::load(b + r * Step + k + p * width).v;
    }
    for (; k + width <= Count; k += width) {
#pragma GCC unroll 16
      for (int r = 0; r < Rows; ++r) sum[0][r].v = sum[0][r].v + V::load(a + k).v * V::load(b + r * Step + k).v;
    }
    if constexpr (rest != 0 && vectors > 0) {
      const V x = Padded ? load_begin<V, rest>(a + Count - rest) : load_last<V, rest>(a + Count);
#pragma GCC unroll 16
      for (int r = 0; r < Rows; ++r) {
        const V y = Padded ? load_begin<V, rest>(b + r * Step + Count - rest) : load_last<V, rest>(b + r * Step + Count);
        sum[0][r].v = sum[0][r].v + x.v * y.v;
      }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 4
      for (int n = partial; n > 1; n = (n + 1) / 2)
#pragma GCC unroll 4
        for (int p = 0; p < n / 2; ++p) sum[p][r].v += sum[p + (n + 1) / 2][r].v;
    }
    return sums_of<Lanes>([&](int r_) __attribute__((always_inline)) { return sum[0][r_]; });
  }
}

}  // namespace leibniz::code
