#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/core/lanes.hpp>

// Blocks of numbers turned in registers: rows become columns.

namespace leibniz::code {

/// The numbers of a and b in turn: the first halves of every Block of them, or the second.
template <bool Second, int Block, class V, int... I>
[[gnu::always_inline]] inline V interleave(V a, V b, std::integer_sequence<int, I...>) {
  constexpr int n = V::count, from = Second ? Block / 2 : 0;
  return __builtin_shufflevector(a.v, b.v, (I / Block * Block + from + I % Block / 2 + I % 2 * n)...);
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
      next[2 * i] = interleave<false, n>(row[i], row[i + n / 2], all);
      next[2 * i + 1] = interleave<true, n>(row[i], row[i + n / 2], all);
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

}  // namespace leibniz::code
