#pragma once
#include <utility>

#include <leibniz/code/product.hpp>
#include <leibniz/core/in_lanes/arithmetic.hpp>
#include <leibniz/core/lanes.hpp>

// The columns of a tile of a matrix product, in vectors: how they are read, and how the sums are written.

namespace leibniz::code {

/// A sum, or a vector of them, goes where `write` puts it: with what it adds to a product, unless the sum began there.
template <bool BeginsAtAdded, class Write, class V>
[[gnu::always_inline]] inline void finish(const Write& write, int row, int column, V sum) {
  if constexpr (requires { write.product(row, column, sum); } && !BeginsAtAdded) write.product(row, column, sum);
  else write(row, column, sum);
}

/// The first Count numbers of a vector, where nothing may be written beyond them: in vectors that they fill.
template <bool BeginsAtAdded, int Count, class Write, class V>
[[gnu::always_inline]] inline void finish_first(const Write& write, int row, int column, V sum) {
  if constexpr (Count >= V::count) finish<BeginsAtAdded>(write, row, column, sum);
  else if constexpr (V::count == 2) finish<BeginsAtAdded>(write, row, column, sum[0]);
  else {
    constexpr int half = V::count / 2;
    constexpr std::make_integer_sequence<int, half> all{};
    finish_first<BeginsAtAdded, Count>(write, row, column, sum.template half_of<0>(all));
    if constexpr (Count > half) finish_first<BeginsAtAdded, Count - half>(write, row, column + half, sum.template half_of<half>(all));
  }
}
/// What `write` adds to them; 0 in the other lanes.
template <class V, int Count, class Write>
[[gnu::always_inline]] inline V added_first(const Write& write, int row, int column) {
  if constexpr (Count >= V::count) return write.template added<V>(row, column);
  else if constexpr (V::count == 2) return typename V::vector{write.template added<typename V::scalar>(row, column), 0};
  else {
    using half = lanes<typename V::scalar, V::count / 2>;
    half high(0);
    if constexpr (Count > half::count) high = added_first<half, Count - half::count>(write, row, column + half::count);
    return V::join(added_first<half, Count>(write, row, column), high, std::make_integer_sequence<int, V::count>{});
  }
}

/// How many numbers the last vector of a row has: enough for those that are left, a power of two; or exactly those, where
/// nothing may be computed twice.
constexpr int last_lanes(int columns, int width, bool only_once) {
  const int rest = columns % width;
  if (only_once && rest > 0) return rest;
  int result = width;
  while (rest > 0 && result / 2 >= rest) result /= 2;
  return result;
}
template <class Write>
constexpr bool computes_only_once() {
  if constexpr (requires { Write::only_once; }) return Write::only_once;
  else return false;
}

/// A vector of the vector operand. Of a ragged one, LastRow says whether it is in the last row.
template <class V, product_form f, bool LastRow>
[[gnu::always_inline]] inline V load_operand(const typename V::scalar* from) {
  if constexpr (f.ragged && LastRow) return V::template load_first<f.columns>(from);
  else return V::load(from);
}
/// The columns of a tile, one vector after the other; of the last one only Last lanes count, and unless they are all Adjacent, it may begin earlier.
template <class V, int Vectors, int Last = V::count, bool Adjacent = false>
struct tile_columns {
  using vector = V;
  using T = typename V::scalar;
  static constexpr int count = Vectors;
  int first, last;  // where the first vector begins, and the last one that is not adjacent
  constexpr tile_columns(int first_, int last_) : first(first_), last(last_) {}
  constexpr explicit tile_columns(int first_) : tile_columns(first_, first_ + (Vectors - 1) * V::count) {}

  static constexpr bool is_whole(int t) { return Last == V::count || t + 1 < Vectors; }
  static constexpr bool is_next(int t) { return Adjacent || t + 1 < Vectors; }
  constexpr int begin(int t) const { return is_next(t) ? first + t * V::count : last; }
  /// Where vector t of a row lies: seen from the first one, for g++ would keep each place in a register of its own.
  [[gnu::always_inline]] inline const T* place(const T* row, int t) const { return is_next(t) ? row + first + t * V::count : row + last; }
  template <product_form f, bool LastRow>
  [[gnu::always_inline]] inline V load(const T* row, int t) const {
    constexpr int some = f.ragged && LastRow && f.columns < Last ? f.columns : Last;
    return is_whole(t) ? load_operand<V, f, LastRow>(place(row, t)) : V::template load_first<some>(place(row, t));
  }
  template <class Write>
  [[gnu::always_inline]] inline V added(const Write& write, int row, int t) const {
    return is_whole(t) ? write.template added<V>(row, begin(t)) : added_first<V, Last>(write, row, begin(t));
  }
  template <bool BeginsAtAdded, class Write>
  [[gnu::always_inline]] inline void finish(const Write& write, int row, int t, V sum) const {
    if (is_whole(t)) code::finish<BeginsAtAdded>(write, row, begin(t), sum);
    else finish_first<BeginsAtAdded, Last>(write, row, begin(t), math::detail::fixed(sum));  // clang would repeat a factor in two widths
  }
};

}  // namespace leibniz::code
