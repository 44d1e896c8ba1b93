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
/// ReadsOn: what lies before and behind a row may be read, but nothing before the first one or behind the last one.
template <class V, int Size, int Rows, int Columns, bool ReadsOn = false>
[[gnu::always_inline]] inline V load_parts(const typename V::scalar* from, int step, int i) {
  if constexpr (V::count == Size) {
    if (ReadsOn && i + 1 < Rows) return V::load(from + i * step);
    if (ReadsOn && i + 1 == Rows && i > 0) return V::template load_before_end<Columns>(from + i * step, std::make_integer_sequence<int, Size>{});
    return i < Rows ? V::template load_first<Columns>(from + i * step) : V(0);
  } else {
    using half = lanes<typename V::scalar, V::count / 2>;
    return V::join(load_parts<half, Size, Rows, Columns, ReadsOn>(from, step, i),
                   load_parts<half, Size, Rows - half::count, Columns, ReadsOn>(from + half::count * step, step, i), std::make_integer_sequence<int, V::count>{});
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

/// Lane i is number From::at(i) of some vectors, one behind the other, or does not matter where that is negative. Those of the vectors
/// before number At are in `before`.
template <class From, int At, class V, int Count, int... I>
[[gnu::always_inline]] inline V collected(const V (&from)[Count], V before, std::integer_sequence<int, I...> all) {
  constexpr int n = V::count;
  constexpr auto place = [](int i_) {
    const int number_ = From::at(i_), vector_ = number_ / n;
    if (number_ < 0 || vector_ > At) return leibniz::detail::any_lane(i_);
    return vector_ == At ? n + number_ % n : At == 1 ? number_ : i_;
  };
  const V more = V::template shuffled<place(I)...>(before, from[At]);
  if constexpr (At + 1 < Count) return collected<From, At + 1>(from, more, all);
  else return more;
}
template <class From, class V, int Count>
[[gnu::always_inline]] inline V collected(const V (&from)[Count]) {
  return collected<From, (Count > 1 ? 1 : 0)>(from, from[0], std::make_integer_sequence<int, V::count>{});
}

/// Where a term of rows of Count numbers lies, which lie one behind the other.
template <int Count, int Term>
struct term_of_rows {
  static constexpr int at(int row) { return row * Count + Term; }
};
template <class V, int Count, int... Term>
[[gnu::always_inline]] inline void take_terms(V (&x)[Count], std::integer_sequence<int, Term...>) {
  const V terms[] = {collected<term_of_rows<Count, Term>>(x)...};
#pragma GCC unroll 8
  for (int i = 0; i < Count; ++i) x[i] = terms[i];
}
/// Turns as many rows of Count numbers as V has lanes, which lie one behind the other in registers: x[k] becomes their term k.
template <class V, int Count>
[[gnu::always_inline]] inline void turn_rows(V (&x)[Count]) {
  if constexpr (Count % 2 == 0) {
    constexpr int half = Count / 2;
    constexpr std::make_integer_sequence<int, V::count> all{};
    V even[half], odd[half];
#pragma GCC unroll 8
    for (int i = 0; i < half; ++i) {
      even[i] = every_step<2, 0>(x[2 * i], x[2 * i + 1], all);
      odd[i] = every_step<2, 1>(x[2 * i], x[2 * i + 1], all);
    }
    turn_rows(even);
    turn_rows(odd);
#pragma GCC unroll 8
    for (int i = 0; i < half; ++i) {
      x[2 * i] = even[i];
      x[2 * i + 1] = odd[i];
    }
  } else if constexpr (Count > 1) {
    take_terms(x, std::make_integer_sequence<int, Count>{});
  }
}
/// Numbers I to I + V::count - 1 of so many.
template <class V, int I, int Numbers>
[[gnu::always_inline]] inline V load_part(const typename V::scalar* from) {
  if constexpr (I < Numbers) return V::template load_first<(Numbers - I < V::count ? Numbers - I : V::count)>(from + I);
  else return V(0);
}
template <int Numbers, class V, int Count, int... I>
[[gnu::always_inline]] inline void load_numbers(const typename V::scalar* from, V (&x)[Count], std::integer_sequence<int, I...>) {
  ((x[I] = load_part<V, I * V::count, Numbers>(from)), ...);
}
/// The numbers of Rows rows, Count in each, which lie Step apart: number k of all rows in one vector, lane r for row r. Nothing else is read.
template <int Rows, int Step, int First = 0, class V, int Count>
[[gnu::always_inline]] inline void load_turned(const typename V::scalar* from, V (&term)[Count]) {
  constexpr bool as_squares = Count == 7 || (V::count == 4 && register_bytes < 64 && Count == 3);  // takes fewer shuffles
  if constexpr (Step == Count && Count <= 8 && !as_squares) {
    load_numbers<Rows * Count>(from, term, std::make_integer_sequence<int, Count>{});
    turn_rows(term);
  } else if constexpr (First < Count) {
    constexpr int left = Count - First, size = V::count > 8 && left > 4 ? 8 : 4, begin = left >= size ? First : Count > size ? Count - size : 0;
    constexpr int there = Count - begin < size ? Count - begin : size;
    V square[size];
#pragma GCC unroll 8
    for (int i = 0; i < size; ++i) square[i] = load_parts<V, size, Rows, there, (size <= Step + there)>(from + begin, Step, i);
    turn_squares(square);
#pragma GCC unroll 8
    for (int i = First - begin; i < there; ++i) term[begin + i] = square[i];
    load_turned<Rows, Step, First + size>(from, term);
  }
}
}  // namespace leibniz::code
