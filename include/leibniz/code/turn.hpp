#pragma once
#include <utility>

#include <leibniz/core/lanes.hpp>

// Blocks of numbers turned in registers: rows become columns.

namespace leibniz::code {

/// The numbers of a and b in turn: the first halves of every Block of them, or the second.
template <bool Second, int Block, class V, int... I>
[[gnu::always_inline]] inline V interleave(V a, V b, std::integer_sequence<int, I...>) {
  constexpr int n = V::count, from = Second ? Block / 2 : 0;
  return V::template shuffled<(I / Block * Block + from + I % Block / 2 + I % 2 * n)...>(a, b);
}
/// Lane r is number r Step + First of a and b, one behind the other.
template <int Step, int First, class V, int... I>
[[gnu::always_inline]] inline V every_step(V a, V b, std::integer_sequence<int, I...>) {
  return V::template shuffled<((I * Step + First) % (2 * V::count))...>(a, b);
}
/// Row i of a block, and the rows that lie Size, 2 Size, … below it, Columns numbers of each, a part of the vector for each: 0 from row Rows on.
template <class V, int Size, int Rows, int Columns>
[[gnu::always_inline]] inline V load_parts(const typename V::scalar* from, int step, int i) {
  if constexpr (V::count == Size) return i < Rows ? V::template load_first<Columns>(from + i * step) : V(0);
  else {
    using half = lanes<typename V::scalar, V::count / 2>;
    return V::join(load_parts<half, Size, Rows, Columns>(from, step, i), load_parts<half, Size, Rows - half::count, Columns>(from + half::count * step, step, i),
                   std::make_integer_sequence<int, V::count>{});
  }
}
/// Turns squares of Size numbers in registers, as many side by side as fit: every stage moves the numbers by one bit of their index.
template <int Size, class V>
[[gnu::always_inline]] inline void turn_squares(V (&row)[Size]) {
  constexpr std::make_integer_sequence<int, V::count> all{};
  V next[Size];
#pragma GCC unroll 4
  for (int stage = 1; stage < Size; stage *= 2) {
#pragma GCC unroll 8
    for (int i = 0; i < Size / 2; ++i) {
      next[2 * i] = interleave<false, Size>(row[i], row[i + Size / 2], all);
      next[2 * i + 1] = interleave<true, Size>(row[i], row[i + Size / 2], all);
    }
#pragma GCC unroll 16
    for (int i = 0; i < Size; ++i) row[i] = next[i];
  }
}
/// Turns a block of numbers: `to`, whose rows lie Pitch apart, gets the columns of `from`, whose rows lie `step` apart. As many
/// squares of Size numbers lie one below the other as fit into a vector. Nothing is read beyond Rows and Columns, or written beyond Stored columns.
template <class V, int Pitch, int Rows = V::count, int Columns = V::count, int Stored = Rows, int Size = V::count>
[[gnu::always_inline]] inline void turn_block(const typename V::scalar* from, int step, typename V::scalar* to) {
  V row[Size];
#pragma GCC unroll 16
  for (int i = 0; i < Size; ++i) row[i] = load_parts<V, Size, Rows, Columns>(from, step, i);
  turn_squares(row);
#pragma GCC unroll 16
  for (int i = 0; i < Columns; ++i) row[i].template store_first<Stored>(to + i * Pitch);
}
}  // namespace leibniz::code
