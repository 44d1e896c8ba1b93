#pragma once
#include <utility>

#include <leibniz/code/fetch_ahead.hpp>
#include <leibniz/code/tile_size.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/lanes.hpp>

// Tiles of matrix products whose columns are a little more than half a vector (code/tile_size.hpp says which): the first half of
// the lanes is one part of the columns, what is left of them is another, and each part takes as many terms of a sum at a time as
// it fits into a vector. Ten columns of 16 lanes are eight, with two terms, and two, with eight: 20 multiplications for 32 terms.
// Columns that fill no more than half a vector, or the last ones of a longer row, are one such part: twenty are 16 and 4, with four terms.
// Where the rows lie one behind the other in the broadcast operand, and not the terms, it takes four rows at a time.

namespace leibniz::code {

/// The numbers from First on of several rows of the vector operand, Each rows in turn: those from Begin to End - 1 are in place.
template <int Each, int First, int Begin, int End, class V, int... I>
[[gnu::always_inline]] inline V terms_side_by_side(const V* row, std::integer_sequence<int, I...> all) {
  constexpr int n = V::count;
  if constexpr (End - Begin == 2) {
    return V::template shuffled<(I % Each == Begin ? First + I / Each : I % Each == Begin + 1 ? n + First + I / Each : leibniz::detail::any_lane(I))...>(row[Begin], row[Begin + 1]);
  } else {
    constexpr int middle = (Begin + End) / 2;
    const V low = terms_side_by_side<Each, First, Begin, middle>(row, all), high = terms_side_by_side<Each, First, middle, End>(row, all);
    return V::template shuffled<(I % Each < middle ? I : n + I)...>(low, high);
  }
}
/// The lanes of Count vectors from Begin on in one, Count of them added. There are Rows vectors.
template <int Begin, int Count, int Rows, class V>
[[gnu::always_inline]] inline V folded_lanes(const V (&sum)[Rows]) {
  if constexpr (Count == 1) return sum[Begin < Rows ? Begin : Rows - 1];
  else {
    constexpr std::make_integer_sequence<int, V::count> all{};
    const V b = folded_lanes<Begin + Count / 2, Count / 2>(sum), a = folded_lanes<Begin, Count / 2>(sum);
    return every_step<2, 0>(a, b, all) + every_step<2, 1>(a, b, all);
  }
}
/// Number Odd of two neighbours in `first` is a part of each sum of the first columns; those of the others, from lane Begin on, are in `others`.
template <int Begin, int Others, bool Odd, class V, int... I>
[[gnu::always_inline]] inline V one_of_two(V first, V others, std::integer_sequence<int, I...>) {
  constexpr int n = V::count, half = n / 2;
  return V::template shuffled<(I < half || I >= half + Others ? 2 * (I % half) + Odd : n + Begin + 2 * (I - half) + Odd)...>(first, others);
}
/// The sums of both parts of the columns, whose parts are still apart in the lanes, as one vector for each row. What is behind the columns
/// are sums too, never a NaN of their own.
template <int Others, class V, int Rows, int... R>
[[gnu::always_inline]] inline void join_parts(const V (&first)[Rows], const V (&second)[Rows], V (&result)[Rows][1], std::integer_sequence<int, R...>) {
  constexpr int together = V::count / Others / 2;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V others[(Rows + together - 1) / together];
  ((R % together == 0 ? void(others[R / together] = folded_lanes<R / together * together, together>(second)) : void()), ...);
  ((result[R][0] = one_of_two<R % together * Others * 2, Others, false>(first[R], others[R / together], all) +
                   one_of_two<R % together * Others * 2, Others, true>(first[R], others[R / together], all)), ...);
}
/// Depth more terms of the sums of one part of the columns, those from First on: Each terms at a time, a number of each in every Each lanes.
template <int Each, int First, int Depth, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_part(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns, V (&total)[Rows]) {
  V sum[Rows];
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r) sum[r] = total[r];
#pragma GCC unroll 1
  for (int k = 0; k < Depth; k += Each) {
    if constexpr (First == 0) fetch_rows_ahead<f, Rows, V::count, Each>(broadcast, k);
    V row[Each];
#pragma GCC unroll 16
    for (int i = 0; i < Each; ++i) row[i] = columns.template load<f, false>(vectors + (k + i) * f.vector_depth, 0);
    const V w = terms_side_by_side<Each, First, 0, Each>(row, std::make_integer_sequence<int, V::count>{});
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r) sum[r] = sum[r] + V::template tiling<Each>(broadcast + r * f.broadcast_row + k) * w;
  }
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r) total[r] = sum[r];
}
/// The same of both parts, one after the other. Again: the sums are taken up again later, and clang had better not keep them in registers.
template <int Depth, int Others, bool Again, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_parts(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                             V (&first)[Rows], V (&second)[Rows]) {
  add_part<2, 0, Depth, f>(broadcast, vectors, columns, first);
  if constexpr (Again) asm volatile("" : "+m"(first), "+m"(second));
  add_part<V::count / Others, V::count / 2, Depth, f>(broadcast, vectors, columns, second);
}
/// The sums of a tile over its first Depth terms, a multiple of those that the second part of the columns takes at a time. In long
/// sums the second part follows while what the first one has read is still in the cache.
template <int Depth, int Others, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_parts_of_columns(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                        V (&result)[Rows][1]) {
  constexpr int step = f.vector_depth;
  constexpr bool is_long = Depth > terms_in_one_go;
  constexpr int some = is_long ? terms_in_one_go * 3 / 4 : Depth, rest = Depth % some;
  V first[Rows], second[Rows];
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r) first[r] = second[r] = V(0);
#pragma GCC unroll 1
  for (int k = 0; k < Depth - rest; k += some) add_parts<some, Others, is_long, f>(broadcast + k, vectors + k * step, columns, first, second);
  if constexpr (rest > 0) add_parts<rest, Others, true, f>(broadcast + (Depth - rest), vectors + (Depth - rest) * step, columns, first, second);
  join_parts<Others>(first, second, result, std::make_integer_sequence<int, Rows>{});
}
/// Count lanes from Begin on, and 0 behind them.
template <int Begin, int Count, class V, int... I>
[[gnu::always_inline]] inline V lanes_from(V v, std::integer_sequence<int, I...>) {
  return V::template shuffled<(I < Count ? Begin + I : V::count + I)...>(v, V(0));
}
/// The sums of rows, Each terms of which are still apart in the lanes, as one vector for each row.
template <int Each, class V, int Rows, int... R>
[[gnu::always_inline]] inline void join_terms(const V (&sum)[Rows], V (&result)[Rows][1], std::integer_sequence<int, R...>) {
  constexpr int columns = V::count / Each;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V together[(Rows + Each - 1) / Each];
  ((R % Each == 0 ? void(together[R / Each] = folded_lanes<R, Each>(sum)) : void()), ...);
  ((result[R][0] = lanes_from<R % Each * columns, columns>(together[R / Each], all)), ...);
}
/// The sums of a tile whose columns fill a part of a vector, over its first Depth terms, a multiple of Each: as many are taken at a time.
template <int Depth, int Each, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_terms_side_by_side(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                          V (&result)[Rows][1]) {
  V sum[Rows];
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r) sum[r] = V(0);
  add_part<Each, 0, Depth, f>(broadcast, vectors, columns, sum);
  join_terms<Each>(sum, result, std::make_integer_sequence<int, Rows>{});
}
/// The first of the Each rows of a group of a tile's. Where there are not as many left, a group begins earlier, if need be before the tile.
template <int Each, int Rows>
constexpr int begin_of_group(int group) { return (group + 1) * Each <= Rows ? group * Each : Rows - Each; }
/// Each rows of a vector, a column after the other, one behind the other.
template <int Each, class V, int... I>
[[gnu::always_inline]] inline V row_after_row(V sum, std::integer_sequence<int, I...>) {
  constexpr int columns = V::count / Each;
  return V::template shuffled<(I % columns * Each + I / columns)...>(sum, sum);
}
/// The sums of rows, Each of which are in one vector, a column after the other, as one vector for each row.
template <int Each, class V, int Groups, int Rows, int... R>
[[gnu::always_inline]] inline void join_rows(const V (&sum)[Groups], V (&result)[Rows][1], std::integer_sequence<int, R...>) {
  constexpr int columns = V::count / Each;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V together[Groups];
#pragma GCC unroll 16
  for (int g = 0; g < Groups; ++g) together[g] = row_after_row<Each>(sum[g], all);
  ((result[R][0] = lanes_from<(R - begin_of_group<Each, Rows>(R / Each)) * columns, columns>(together[R / Each], all)), ...);
}
/// The sums of a tile whose columns fill a part of a vector, over its first Depth terms, of Each rows at a time.
template <int Depth, int Each, product_form f, class Columns, int Rows, class V = typename Columns::vector>
[[gnu::always_inline]] inline void add_rows_side_by_side(const typename V::scalar* broadcast, const typename V::scalar* vectors, const Columns& columns,
                                                         V (&result)[Rows][1]) {
  constexpr int groups = (Rows + Each - 1) / Each, partial = (8 + groups - 1) / groups, even = Depth / partial * partial;
  constexpr std::make_integer_sequence<int, V::count> all{};
  V sum[partial][groups];
#pragma GCC unroll 8
  for (int p = 0; p < partial; ++p)
#pragma GCC unroll 16
    for (int g = 0; g < groups; ++g) sum[p][g] = V(0);
  const auto add = [&](int k_, V (&sum_)[groups]) __attribute__((always_inline)) {
    const V w_ = columns.template load<f, false>(vectors + k_ * f.vector_depth, 0).template repeated<0, V::count / Each, Each>(all);
#pragma GCC unroll 16
    for (int g_ = 0; g_ < groups; ++g_) sum_[g_] = sum_[g_] + V::template tiling<Each>(broadcast + begin_of_group<Each, Rows>(g_) + k_ * f.broadcast_depth) * w_;
  };
#pragma GCC unroll 1
  for (int k = 0; k < even; k += partial)
#pragma GCC unroll 8
    for (int p = 0; p < partial; ++p) add(k + p, sum[p]);
#pragma GCC unroll 8
  for (int k = even; k < Depth; ++k) add(k, sum[k - even]);
  as_tree<partial>([&](int i_, int k_) __attribute__((always_inline)) {
#pragma GCC unroll 16
    for (int g_ = 0; g_ < groups; ++g_) sum[i_][g_] = sum[i_][g_] + sum[k_][g_];
  });
  join_rows<Each>(sum[0], result, std::make_integer_sequence<int, Rows>{});
}

}  // namespace leibniz::code
