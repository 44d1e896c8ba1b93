#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// The vector operand of a product, where its columns do not lie side by side, turned once for all rows.

namespace leibniz::code {

/// Where the numbers of a vector operand that lies across the lanes are to be found for its packed form, when it was read in
/// whole vectors, the last of which overlaps the one before it.
template <product_form f, int Pitch, int Lanes, int Begin>
struct place_in_packed {
  static constexpr int numbers = f.depth * f.columns, vectors = (numbers + Lanes - 1) / Lanes;
  static constexpr int at(int i) {
    const int place = Begin + i, column = place % Pitch, term = place / Pitch;
    if (column >= f.columns || term >= f.depth) return -1;
    const int number = column * f.depth + term;
    return numbers < Lanes || number < (vectors - 1) * Lanes ? number : number + vectors * Lanes - numbers;
  }
};
/// Whether it is packed from registers, which hold all of it.
template <class T>
constexpr bool packs_at_once(const product_form& f) {
  constexpr int n = native_lanes<T>, most = n >= 16 || sizeof(T) == 8 ? 4 : 2;
  return n * static_cast<int>(sizeof(T)) >= 32 && f.vector_depth == 1 && f.vector_column == f.depth && f.depth * f.columns <= most * n;
}
template <product_form f, int Pitch, int Begin, class V, int Count>
[[gnu::always_inline]] inline void pack_from_registers(const V (&from)[Count], typename V::scalar* to) {
  if constexpr (Begin < f.depth * Pitch) {
    collected<place_in_packed<f, Pitch, V::count, Begin>>(from).store(to + Begin);
    pack_from_registers<f, Pitch, Begin + V::count>(from, to);
  }
}
/// Rows columns of the vector operand, packed, in blocks of Size terms; the last one overlaps the one before it.
template <class V, int Size, product_form f, int Pitch, int Rows, class T>
[[gnu::always_inline]] inline void pack_columns(const T* from, T* to) {
  for (int k = 0; k < f.depth; k += Size) {
    const int depth = k + Size <= f.depth ? k : f.depth - Size;
    turn_block<V, Pitch, Rows, Size, V::count, Size>(from + depth, f.vector_column, to + depth * Pitch);
  }
}
/// The vector operand with its columns side by side: what lies across the lanes is turned once. It is stored in the vectors that will
/// be read: a processor hands on what it has just stored only as a whole.
template <product_form f, int Pitch, class T>
[[gnu::always_inline]] inline void pack(const T* from, T* to) {
  constexpr int n = native_lanes<T>, width = Pitch < n ? Pitch : n, size = f.vector_depth == 1 ? lanes_within(f.depth, width) : 1;
  if constexpr (packs_at_once<T>(f)) {
    using V = lanes<T, n>;
    constexpr int numbers = f.depth * f.columns, vectors = (numbers + n - 1) / n;
    V all[vectors];
#pragma GCC unroll 4
    for (int i = 0; i < vectors; ++i) {
      if constexpr (numbers < n) all[i] = V::template load_first<numbers>(from);
      else all[i] = V::load(from + (i + 1 < vectors ? i * n : numbers - n));
    }
    pack_from_registers<f, Pitch, 0>(all, to);
  } else if constexpr (size > 1) {
    using V = lanes<T, width>;
    constexpr int rest = f.columns % width;
    for (int c = 0; c + width <= f.columns; c += width) pack_columns<V, size, f, Pitch, width>(from + c * f.vector_column, to + c);
    if constexpr (rest > 0) pack_columns<V, size, f, Pitch, rest>(from + (f.columns - rest) * f.vector_column, to + f.columns - rest);
  } else {
    for (int k = 0; k < f.depth; ++k)
      for (int c = 0; c < f.columns; ++c) to[k * Pitch + c] = from[k * f.vector_depth + c * f.vector_column];
  }
}

}  // namespace leibniz::code
