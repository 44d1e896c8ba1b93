#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/core/lanes.hpp>

// Matrix products in registers: a tile of the result, some rows times some vectors of columns, stays in registers while
// the sum runs; then it is handed to `write(row, column, value)`, which may go on computing with it. All steps are known
// to the compiler, so that one pointer for each operand is enough.

namespace leibniz::code {

/// The largest tile that the registers hold: at most 4 vectors of columns, and as many rows as leave some registers for the
/// operands.
constexpr int tile_vectors = register_count >= 32 ? 4 : 2;
constexpr int tile_rows(int vectors) {
  if (register_count >= 32) return vectors == 1 ? 16 : vectors == 2 ? 12 : vectors == 3 ? 8 : 6;
  return vectors == 1 ? 8 : 5;
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

/// The sums of one tile. Where a tile is too small to keep the multipliers busy, every sum is kept in several parts.
template <class V, int Rows, int Vectors, class Form, class Write>
[[gnu::always_inline]] inline void tile(const typename V::scalar* broadcast, const typename V::scalar* vectors, int row, const int (&column)[Vectors],
                                        const Write& write) {
  constexpr product_form f = Form::value;
  constexpr int whole = 8 / (Rows * Vectors);
  constexpr int partial = whole < 2 || f.depth < 2 ? 1 : f.depth < whole ? f.depth : whole;
  constexpr bool begins = begins_at_added<Write, Rows, Vectors>();
  V sum[partial][Rows][Vectors];
#pragma GCC unroll 8
  for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
      for (int t = 0; t < Vectors; ++t) {
        sum[p][r][t] = V(0);
        if constexpr (begins) {
          if (p == 0) sum[p][r][t] = write.template added<V>(row + r, column[t]);
        }
      }
  const auto step = [&](V(&into_)[Rows][Vectors], int k_) __attribute__((always_inline)) {
    V w_[Vectors];
#pragma GCC unroll 4
    for (int t_ = 0; t_ < Vectors; ++t_) w_[t_] = V::load(vectors + k_ * f.vector_depth + column[t_]);
#pragma GCC unroll 16
    for (int r_ = 0; r_ < Rows; ++r_) {
      const V x_(broadcast[r_ * f.broadcast_row + k_ * f.broadcast_depth]);
#pragma GCC unroll 4
      for (int t_ = 0; t_ < Vectors; ++t_) into_[r_][t_] = f.depth == 1 && !begins ? x_ * w_[t_] : into_[r_][t_] + x_ * w_[t_];
    }
  };
  int k = 0;
  for (; k + partial <= f.depth; k += partial) {
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p) step(sum[p], k + p);
  }
  if constexpr (f.depth % partial != 0)
    for (; k < f.depth; ++k) step(sum[0], k);
#pragma GCC unroll 16
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
    for (int t = 0; t < Vectors; ++t) {
#pragma GCC unroll 4
      for (int n = partial; n > 1; n = (n + 1) / 2)
#pragma GCC unroll 4
        for (int p = 0; p < n / 2; ++p) sum[p][r][t].v += sum[p + (n + 1) / 2][r][t].v;
    }
  if constexpr (Write::is_short) {
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
      for (int t = 0; t < Vectors; ++t) finish<begins>(write, row + r, column[t], sum[0][r][t]);
  } else {
    // Long code is worth a loop, and a loop cannot read registers.
    V done[Rows * Vectors];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
      for (int t = 0; t < Vectors; ++t) done[r * Vectors + t] = sum[0][r][t];
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
template <class V, int Vectors, class Form, bool Padded, class Write>
[[gnu::always_inline]] inline void tile_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, int first, const Write& write) {
  constexpr int all = Form::value.rows;
  constexpr parts rows(all, tile_rows(Vectors));
  constexpr int big = rows.big * rows.size;
  int column[Vectors];
#pragma GCC unroll 4
  for (int t = 0; t < Vectors; ++t) column[t] = column_of<V, Form, Padded>(first + t);
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
  constexpr parts blocks(all, vectors_of_tiles(Form::value.rows, all, Aligned));
  constexpr int big = blocks.big * blocks.size;
  if constexpr (walks_backwards<Write>()) tile_columns_between<V, big, all, blocks.size - 1, Form, Padded>(broadcast, vectors, write);
  tile_columns_between<V, 0, big, blocks.size, Form, Padded>(broadcast, vectors, write);
  if constexpr (!walks_backwards<Write>()) tile_columns_between<V, big, all, blocks.size - 1, Form, Padded>(broadcast, vectors, write);
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
/// The sum of all lanes of each of Count vectors, a power of two, in a lane each; one vector: a number.
template <int Sums = 1, class V, int Count>
[[gnu::always_inline]] inline auto sums_of(const V (&x)[Count]) {
  if constexpr (Count > 1 && V::count == Sums) {
    using wide = lanes<typename V::scalar, 2 * Sums>;
    wide next[Count / 2];
#pragma GCC unroll 8
    for (int i = 0; i < Count / 2; ++i) next[i] = wide::join(x[2 * i], x[2 * i + 1], std::make_integer_sequence<int, 2 * Sums>{});
    return sums_of<2 * Sums>(next);
  } else if constexpr (Count > 1) {
    V next[Count / 2];
#pragma GCC unroll 8
    for (int i = 0; i < Count / 2; ++i) next[i] = gather_both<Sums>(x[2 * i], x[2 * i + 1], std::make_integer_sequence<int, V::count>{});
    return sums_of<2 * Sums>(next);
  } else if constexpr (V::count == Sums) {
    return x[0];
  } else if constexpr (V::count == 2) {
    return x[0][0] + x[0][1];
  } else {
    const auto half = gather_half<Sums>(x[0], std::make_integer_sequence<int, V::count / 2>{});
    const decltype(half) next[1] = {half};
    return sums_of<Sums>(next);
  }
}

/// Σ a[k] b[r][k] for Rows rows of b that lie `Step` apart, in Lanes lanes, a power of two: those behind the rows are 0. Each sum
/// is kept in several vectors where the rows alone do not keep the multipliers busy. Padded: what is read may run on to a
/// whole vector.
template <int Lanes, int Rows, int Count, int Step, bool Padded, class T>
[[gnu::always_inline]] inline auto dots(const T* a, const T* b) {
  constexpr int width = Padded ? lanes_within(2 * Count - 1, native_lanes<T>) : lanes_within(Count, native_lanes<T>);
  if constexpr (width == 1) {
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
    V sum[partial][Lanes];
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
      for (int r = 0; r < Lanes; ++r) {
        if (r >= Rows) sum[p][r] = V(0);
        else if constexpr (vectors > 0) sum[p][r].v = V::load(a + p * width).v * V::load(b + r * Step + p * width).v;
        else sum[p][r].v = load_begin<V, rest>(a).v * load_begin<V, rest>(b + r * Step).v;
      }
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
    return sums_of(sum[0]);
  }
}

}  // namespace leibniz::code
