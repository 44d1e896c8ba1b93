#pragma once
#include <cstdint>

#include <leibniz/code/product.hpp>

// Tiles of matrix products ask for memory before they read it. Processors find out by themselves that memory is read in order, but
// not always soon enough.

namespace leibniz::code {

/// Asks for what long rows of the broadcast operand hold a line of the cache later. Called before each Step terms, from term k on,
/// of tiles with Rows rows and Columns columns. Where other columns follow, the rows are near already.
template <product_form f, int Rows, int Columns, int Step, class T>
[[gnu::always_inline]] inline void fetch_rows_ahead(const T* broadcast, int k) {
  constexpr int line = cache_line / static_cast<int>(sizeof(T));
  if constexpr (f.broadcast_depth == 1 && f.depth >= 8 * line && Rows >= 4 && f.columns <= Columns) {
    if (k % line >= Step || k + line >= f.depth) return;
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r) __builtin_prefetch(broadcast + r * f.broadcast_row + k + line);
  }
}

/// The vectors of a line of the cache.
template <class V>
inline constexpr int vectors_of_line = cache_line / static_cast<int>(sizeof(V));

/// Whether all vectors of some columns are more than stay in the first cache until the next rows need them again. Short vectors may share
/// the first and the last line of a row with other columns; rows that are as far apart as half a page are not asked for because of that, since
/// it is their pages that have to be found.
template <product_form f, class Columns, class T = typename Columns::T>
constexpr bool leaves_first_cache() {
  constexpr int bytes = Columns::count * static_cast<int>(sizeof(typename Columns::vector));
  constexpr int apart = f.vector_depth * static_cast<int>(sizeof(T));
  constexpr bool shares = register_bytes < cache_line && apart < 2048 && (bytes % cache_line > 0 || apart % cache_line > 0);
  return f.depth * (bytes + (shares ? 2 * cache_line : 0)) > first_cache;
}
/// Asks for the vectors of the terms that are 16 vectors later than term k, where they leave the first cache; 64, where the operand leaves the
/// second one.
template <product_form f, int Rows, class Columns, class T = typename Columns::T>
[[gnu::always_inline]] inline void fetch_terms_ahead(const T* vectors, const Columns& columns, int k) {
  constexpr int ahead = (f.depth * f.vector_depth > second_cache / static_cast<int>(sizeof(T)) ? 64 : 16) / Columns::count;
  if constexpr (Rows >= (register_count >= 32 ? 4 : 2) && leaves_first_cache<f, Columns>()) {
    const auto* later = reinterpret_cast<const T*>(reinterpret_cast<std::uintptr_t>(vectors) + ahead * f.vector_depth * sizeof(T));  // may be behind the last term
#pragma GCC unroll 16
    for (int t = 0; t < Columns::count; t += vectors_of_line<typename Columns::vector>) __builtin_prefetch(columns.place(later + k * f.vector_depth, t));
  }
}

/// Asks for the parameters that a tile updates when its sums are known, where they leave the second cache.
template <product_form f, int Rows, class Columns, class Write, class T = typename Columns::T>
[[gnu::always_inline]] inline void fetch_results_ahead(const Write& write, int row, const Columns& columns) {
  if constexpr (requires { write.fetch(row, 0); }) {
    if constexpr (f.depth >= 16 && f.rows * f.columns > second_cache / static_cast<int>(sizeof(T)))
#pragma GCC unroll 32
      for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 16
        for (int t = 0; t < Columns::count; t += vectors_of_line<typename Columns::vector>) write.fetch(row + r, columns.begin(t));
  }
}

}  // namespace leibniz::code
