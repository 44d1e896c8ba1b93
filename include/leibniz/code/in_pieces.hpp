#pragma once
#include <leibniz/code/tile.hpp>
#include <leibniz/core/lanes.hpp>

// One row times a matrix that leaves the first cache and is wider than a tile. A tile takes all terms of some columns: it would read a part of
// each row of the matrix, and the next tile another part, with what lies between them left out. So all columns take some terms, then the next
// terms, and the sums are in memory meanwhile.

namespace leibniz::code {

/// Sums in memory, to which those of a piece are added.
template <class T>
struct sums_so_far {
  static constexpr bool is_short = true, only_once = true;
  T* sums;
  template <class V>
  [[gnu::always_inline]] inline void operator()(int, int c, V value) const {
    if constexpr (is_lanes<V>) (V::load(sums + c) + value).store(sums + c);
    else sums[c] = sums[c] + value;
  }
};
/// How many terms a piece has; all of them where the product is one piece. What a piece reads is an eighth of the first cache, where that is enough
/// terms to be worth the sums in memory; it was measured to be better than half of it. A tile that reads 16 lines of a row leaves little out, and a
/// result as large as that takes too much stack.
template <class V>
constexpr int terms_of_piece(const product_form& f) {
  constexpr int size = static_cast<int>(sizeof(typename V::scalar)), few = 16;
  const int vectors = (f.columns + V::count - 1) / V::count, together = vectors_of_tiles(in_tiles<V>(f, true)), row = f.columns * size;
  const bool pays = f.rows == 1 && f.vector_column == 1 && together < vectors && together * static_cast<int>(sizeof(V)) < 1024;
  if (!pays || row > first_cache / 2 || f.depth <= few || f.depth * row <= first_cache) return f.depth;
  const int most = first_cache / 8 / row;
  return parts(f.depth, most < few ? few : most).size;
}
/// The whole product.
template <class V, product_form f, bool Padded, class Write>
[[gnu::always_inline]] inline void product_in_pieces(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Write& write) {
  constexpr int n = V::count, end = f.columns / n * n, padded_end = (f.columns + n - 1) / n * n;
  constexpr int some = terms_of_piece<V>(f), whole = f.depth / some * some;
  alignas(64) typename V::scalar sums[padded_end];
  for (int c = 0; c < padded_end; c += n) V(0).store(sums + c);
  const sums_so_far<typename V::scalar> so_far{sums};
#pragma GCC unroll 1
  for (int k = 0; k < whole; k += some)
    tile_product<V, with_terms(f, some), Padded>(broadcast + k * f.broadcast_depth, vectors + k * f.vector_depth, so_far);
  if constexpr (whole < f.depth)
    tile_product<V, with_terms(f, f.depth - whole), Padded>(broadcast + whole * f.broadcast_depth, vectors + whole * f.vector_depth, so_far);
  for (int c = 0; c < (Padded ? padded_end : end); c += n) finish<false>(write, 0, c, V::load(sums + c));
  if constexpr (!Padded && end < f.columns) finish_first<false, f.columns - end>(write, 0, end, V::load(sums + end));
}

}  // namespace leibniz::code
