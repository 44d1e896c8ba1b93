#pragma once
#include <cstdint>

#include <leibniz/code/product.hpp>

// Tiles of matrix products ask for memory before they read it. Processors find out by themselves that memory is read in order, but
// not always soon enough.

namespace leibniz::code {

/// Asks for what long rows of the broadcast operand hold a line of the cache later. Called before each Step terms, from term k on,
/// of tiles with Rows rows and Columns columns. Where other columns follow, the rows are near already.
template <class Form, int Rows, int Columns, int Step, class T>
[[gnu::always_inline]] inline void fetch_rows_ahead(const T* broadcast, int k) {
  constexpr product_form f = Form::value;
  constexpr int line = 64 / static_cast<int>(sizeof(T));
  if constexpr (f.broadcast_depth == 1 && f.depth >= 8 * line && Rows >= 4 && f.columns <= Columns) {
    if (k % line >= Step || k + line >= f.depth) return;
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r) __builtin_prefetch(broadcast + r * f.broadcast_row + k + line);
  }
}

/// Asks for the vectors of the terms that are 16 vectors later than term k, where all of a tile's vectors are more than stay in the
/// first cache until the next rows need them again.
template <class Form, int Rows, class Columns, class T = typename Columns::T>
[[gnu::always_inline]] inline void fetch_terms_ahead(const T* vectors, const Columns& columns, int k) {
  constexpr product_form f = Form::value;
  constexpr int bytes = f.depth * Columns::count * static_cast<int>(sizeof(typename Columns::vector)), ahead = 16 / Columns::count;
  if constexpr (Rows >= 4 && bytes > first_cache) {
    const auto* later = reinterpret_cast<const T*>(reinterpret_cast<std::uintptr_t>(vectors) + ahead * f.vector_depth * sizeof(T));  // may be behind the last term
#pragma GCC unroll 16
    for (int t = 0; t < Columns::count; t += 64 / static_cast<int>(sizeof(typename Columns::vector))) __builtin_prefetch(later + k * f.vector_depth + columns.begin[t]);
  }
}

}  // namespace leibniz::code
