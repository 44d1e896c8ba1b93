#pragma once
#include <utility>

#include <leibniz/code/flat.hpp>
#include <leibniz/code/product.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Products of two columns: two rows in four numbers of a register, four in eight, and one shuffle for each term of all of them.

namespace leibniz::code {

/// How many numbers of so many rows are held together: two rows, or four where registers have room for them.
constexpr int numbers_in_twos(int rows) { return register_bytes == 32 && rows >= 4 ? 8 : 4; }
/// Whether a product is computed so: where its result is a run of numbers, and its sums are as short as was measured to pay.
template <class V, product_form f, class Write>
constexpr bool takes_rows_in_twos() {
  const bool fit = sizeof(typename V::scalar) == sizeof(float) && (register_bytes == 16 || (register_bytes == 32 && has_fused_multiply_add));
  if (!fit || !takes_runs<V, Write>() || f.columns != 2 || f.rows < 2 || f.depth < 2) return false;
  if (f.broadcast_depth != 1) return V::count == 4 && f.broadcast_row == 1 && f.rows == 2 && f.vector_column == 1 && f.depth <= 14;
  if (!turns_well(f, f.broadcast_row, 12)) return false;
  if (f.vector_column == 1) return true;
  const bool fill_vectors = f.depth % 4 == 0;  // whose dots need no shuffles but for their sums
  return f.vector_depth == 1 && turns_well(f, f.vector_column, f.rows < 4 ? 6 : 10) && (!fill_vectors || (f.depth == 4 && f.rows > 3));
}
/// The first of the terms that are read with term K: four, or as many as there are; the last ones are some of those before them once more.
template <int Depth, int K>
inline constexpr int begin_of_four = Depth < 4 ? 0 : K / 4 * 4 + 4 <= Depth ? K / 4 * 4 : Depth - 4;
/// So many terms of two rows that lie Step apart; in the second half of a register those of the next two. IsLast: behind the last row nothing may
/// be read; three terms would be read with a fourth.
template <int Step, int Count, bool IsLast, class V>
[[gnu::always_inline]] inline void load_two_rows(const typename V::scalar* from, V& first, V& second) {
  if constexpr (V::count == 4) {
    constexpr int rows = IsLast ? 2 : 3;
    static_assert(V::count <= Step + Count, "there is enough before the end of the second row");
    first = load_parts<V, V::count, rows, Count, true>(from, Step, 0);
    second = load_parts<V, V::count, rows, Count, true>(from, Step, 1);
  } else {
    using half = lanes<typename V::scalar, V::count / 2>;
    constexpr std::make_integer_sequence<int, V::count> all{};
    half parts[4];
    load_two_rows<Step, Count, false>(from, parts[0], parts[1]);
    load_two_rows<Step, Count, IsLast>(from + 2 * Step, parts[2], parts[3]);
    first = V::join(parts[0], parts[2], all);
    second = V::join(parts[1], parts[3], all);
  }
}
/// Both columns of the vector operand from term K on, again and again: w[k] is number k of the first, of the second, of the first, …
template <product_form f, int K = 0, class V>
[[gnu::always_inline]] inline void load_columns_in_turn(const typename V::scalar* vectors, V (&w)[f.depth]) {
  if constexpr (V::count > 4) {
    using half = lanes<typename V::scalar, V::count / 2>;
    half halves[f.depth];
    load_columns_in_turn<f>(vectors, halves);
#pragma GCC unroll 16
    for (int k = 0; k < f.depth; ++k) w[k] = V::join(halves[k], halves[k], std::make_integer_sequence<int, V::count>{});
  } else if constexpr (f.vector_column == 1) {
#pragma GCC unroll 16
    for (int k = 0; k < f.depth; ++k) w[k] = V::alternating(vectors + k * f.vector_depth);
  } else if constexpr (f.vector_column == 2) {
    const V both = V::load(vectors);
    w[0] = V::template shuffled<0, 2, 0, 2>(both, both);
    w[1] = V::template shuffled<1, 3, 1, 3>(both, both);
  } else if constexpr (K < f.depth) {
    constexpr int begin = begin_of_four<f.depth, K>, count = f.depth < 4 ? f.depth : 4;
    constexpr std::make_integer_sequence<int, 4> all{};
    V first, second;
    load_two_rows<f.vector_column, count, true>(vectors + begin, first, second);
    const V pairs[] = {interleave<false, 4>(first, second, all), interleave<true, 4>(first, second, all)};
#pragma GCC unroll 4
    for (int i = K - begin; i < count; ++i)
      w[begin + i] = i % 2 == 0 ? V::template shuffled<0, 1, 0, 1>(pairs[i / 2], pairs[i / 2]) : V::template shuffled<2, 3, 2, 3>(pairs[i / 2], pairs[i / 2]);
    load_columns_in_turn<f, begin + count>(vectors, w);
  }
}
/// The sums of two or four rows, of both columns each.
template <product_form f, class V>
struct sums_in_twos {
  static constexpr int n = V::count;
  static constexpr std::make_integer_sequence<int, n> all{};
  const V (&w)[f.depth];
  V sum{0};

  template <int K>
  [[gnu::always_inline]] inline void add(V x) { sum = K == 0 && !mixed_multiplications_wait ? x * w[K] : sum + x * w[K]; }
  /// Term I of each row twice, of rows in two registers, and of rows of two numbers in one.
  template <int I, int... L>
  [[gnu::always_inline]] static inline V twice(V first, V second, std::integer_sequence<int, L...>) {
    return V::template shuffled<(L / 4 * 4 + I + L % 4 / 2 * n)...>(first, second);
  }
  template <int I, int... L>
  [[gnu::always_inline]] static inline V twice(V rows, std::integer_sequence<int, L...>) { return V::template shuffled<(L / 2 * 2 + I)...>(rows, rows); }
  /// The terms from K on of rows that run along the sums.
  template <int K, int Begin, int... I>
  [[gnu::always_inline]] inline void add_terms(V first, V second, std::integer_sequence<int, I...>) {
    ((Begin + I >= K ? add<Begin + I>(twice<I>(first, second, all)) : void()), ...);
  }
  template <bool IsLast, int K = 0>
  [[gnu::always_inline]] inline void add_along(const typename V::scalar* broadcast) {
    if constexpr (f.broadcast_row == 2) {
      const V rows = V::load(broadcast);
      add<0>(twice<0>(rows, all));
      add<1>(twice<1>(rows, all));
    } else if constexpr (K < f.depth) {
      constexpr int begin = begin_of_four<f.depth, K>, count = f.depth < 4 ? f.depth : 4;
      V first, second;
      load_two_rows<f.broadcast_row, count, IsLast>(broadcast + begin, first, second);
      add_terms<K, begin>(first, second, std::make_integer_sequence<int, count>{});
      add_along<IsLast, begin + count>(broadcast);
    }
  }
  /// The same of two rows that lie beside each other.
  template <int K = 0>
  [[gnu::always_inline]] inline void add_beside(const typename V::scalar* broadcast) {
    constexpr bool two_terms = f.broadcast_depth == 2 && K + 1 < f.depth;
    if constexpr (K < f.depth) {
      const V x = V::template load_first<(two_terms ? 4 : 2)>(broadcast + K * f.broadcast_depth);
      add<K>(V::template shuffled<0, 0, 1, 1>(x, x));
      if constexpr (two_terms) add<K + 1>(V::template shuffled<2, 2, 3, 3>(x, x));
      add_beside<K + (two_terms ? 2 : 1)>(broadcast);
    }
  }
};
/// The rows of the result from `row` on, as many as a register has.
template <product_form f, bool IsLast, class V, class Write>
[[gnu::always_inline]] inline void rows_in_twos(const typename V::scalar* broadcast, const V (&w)[f.depth], int row, const Write& write) {
  sums_in_twos<f, V> sums{w};
  if constexpr (f.broadcast_depth == 1) sums.template add_along<IsLast>(broadcast + row * f.broadcast_row);
  else sums.add_beside(broadcast + row);
  write.template store_run<V::count>(2 * row, sums.sum);
}
/// The whole product. The last rows may be some of those before them once more.
template <class V, product_form f, class Write>
[[gnu::always_inline]] inline void product_of_two_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int rows = V::count / 2;
  V w[f.depth];
  load_columns_in_turn<f>(vectors, w);
#pragma GCC unroll 4
  for (int row = 0; row + rows < f.rows; row += rows) rows_in_twos<f, false>(broadcast, w, row, write);
  rows_in_twos<f, true>(broadcast, w, f.rows - rows, write);
}

}  // namespace leibniz::code
