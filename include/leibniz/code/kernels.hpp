#pragma once
#include <leibniz/code/loops.hpp>
#include <leibniz/code/turn.hpp>
#include <leibniz/core/block.hpp>
#include <leibniz/core/math/arithmetic.hpp>

// The loops that do the work. A kernel gets its sizes and strides from the compiler and pointers from the caller; out
// never overlaps an operand. Faster kernels for some shapes replace the bodies here and nothing else.

namespace leibniz::code {

/// sum + x y. In constant evaluation, where overflow is an error, large values take the careful way.
template <class T>
constexpr T multiply_add(T sum, T x, T y) {
  if (std::is_constant_evaluated()) {
    constexpr T large = sizeof(T) == sizeof(float) ? T(1e18) : T(1e150);
    if (!(x < large && x > -large && y < large && y > -large && sum < large && sum > -large))
      return math::add(sum, math::multiply(x, y));
  }
  return sum + x * y;
}
template <class T>
constexpr T careful_sum(T sum, T x) {
  if (std::is_constant_evaluated()) return math::add(sum, x);
  return sum + x;
}

/// term(0) + … + term(Count - 1); several partial sums, because one would make every addition wait for the last.
template <int Count, class T, class Step>
constexpr T partial_sums(Step step) {
  constexpr int lanes = sizeof(T) == sizeof(float) ? 32 : 16;
  T total = 0;
  if constexpr (Count < lanes) {
    for (int i = 0; i < Count; ++i) total = step(total, i);
    return total;
  } else {
    T sum[lanes]{};
    int i = 0;
    for (; i + lanes <= Count; i += lanes)
      for (int l = 0; l < lanes; ++l) sum[l] = step(sum[l], i + l);
    for (int l = 0; i + l < Count; ++l) sum[l] = step(sum[l], i + l);
    for (int half = lanes / 2; half > 0; half /= 2)
      for (int l = 0; l < half; ++l) sum[l] = careful_sum(sum[l], sum[l + half]);
    return sum[0];
  }
}

template <class Loops, bool Binary, class T, class A, class B>
constexpr void innermost(const A* a, const B* b, T* __restrict out) {
  constexpr loop_nest nest = Loops::value;
  constexpr loop l = nest.depth > 0 ? nest.at[nest.depth - 1] : loop{};
  const auto left = [a](int i_) { return static_cast<T>(a[i_ * l.a]); };
  const auto product = [&](T sum_, int i_) {
    if constexpr (Binary) return multiply_add(sum_, left(i_), static_cast<T>(b[i_ * l.b]));
    else return careful_sum(sum_, left(i_));
  };
  if constexpr (nest.inner == inner_loop::dot) {
    const T sum = partial_sums<l.extent, T>(product);
    if constexpr (nest.accumulates) *out = careful_sum(*out, sum);
    else *out = sum;
  } else {
    for (int i = 0; i < l.extent; ++i) {
      if constexpr (nest.accumulates) out[i * l.out] = product(out[i * l.out], i);
      else if constexpr (Binary) out[i * l.out] = math::multiply(left(i), static_cast<T>(b[i * l.b]));
      else out[i * l.out] = left(i);
    }
  }
}

template <class Loops, bool Binary, int Depth, class T, class A, class B>
constexpr void loop_over(const A* a, const B* b, T* __restrict out) {
  constexpr loop_nest nest = Loops::value;
  if constexpr (Depth + 1 >= nest.depth) {
    innermost<Loops, Binary>(a, b, out);
  } else {
    constexpr loop l = nest.at[Depth];
    for (int i = 0; i < l.extent; ++i) loop_over<Loops, Binary, Depth + 1>(a + i * l.a, b + i * l.b, out + i * l.out);
  }
}

/// out[lo] = Σ a[la] b[lb]. Loops::value is the loop_nest.
template <class Loops, bool Binary, class T, class A, class B>
constexpr void contract_kernel(const A* a, const B* b, T* __restrict out) {
  if constexpr (Loops::value.clears)
    for (int i = 0; i < Loops::value.out_size; ++i) out[i] = T(0);
  loop_over<Loops, Binary, 0>(a, b, out);
}

/// Whether Blocks of Size numbers are better reduced all at once, a block in every lane, than one after the other: nothing is
/// then done across lanes, but the blocks are turned.
template <class T, int Blocks, int Size>
constexpr bool reduces_at_once() {
  constexpr int width = lanes_within(Blocks, native_lanes<T>), within = lanes_within(Size, native_lanes<T>), across = 3, turning = 4;
  if (width == 1 || Size == 1 || Size > 4 * native_lanes<T>) return false;
  return (Blocks + width - 1) / width * (Size + turning) < Blocks * ((Size + within - 1) / within + across);
}
/// V::count rows that lie Pitch apart as a vector for every column, and back.
template <class V, int Columns, int Pitch, int First = 0>
[[gnu::always_inline]] inline void rows_to_columns(const typename V::scalar* rows, typename V::scalar* columns) {
  constexpr int n = V::count, rest = Columns - First, count = rest < n && Pitch % n != 0 ? rest : n;
  if constexpr (rest > 0) {
    turn_block<V, n, n, count>(rows + First, Pitch, columns + First * n);
    rows_to_columns<V, Columns, Pitch, First + n>(rows, columns);
  }
}
template <class V, int Columns, int Pitch, int First = 0>
[[gnu::always_inline]] inline void columns_to_rows(const typename V::scalar* columns, typename V::scalar* rows) {
  constexpr int n = V::count, rest = Columns - First, count = rest < n ? rest : n;
  if constexpr (rest > 0) {
    turn_block<V, Pitch, count, n, (Pitch % n != 0 ? count : n)>(columns + First * n, n, rows + First);
    columns_to_rows<V, Columns, Pitch, First + n>(columns, rows);
  }
}
/// A reduction's row applied to every block of Size numbers: reduce(block, out, also). The To results of a block go to `out`, whose
/// rows lie PitchTo apart, and one number more to `also`, if that is a pointer.
template <int Blocks, int Size, int PitchFrom, int To, int PitchTo, bool AtOnce, class T, class Also, class Reduce>
[[gnu::always_inline]] constexpr void reduce_kernel(const T* in, T* out, Also also, Reduce reduce) {
  if constexpr (AtOnce && reduces_at_once<T, Blocks, Size>()) {
    if (!std::is_constant_evaluated()) {
      using V = lanes<T, lanes_within(Blocks, native_lanes<T>)>;
      constexpr int grain = V::count - 1;
      V x[(Size + grain) / V::count * V::count], y[(To + grain) / V::count * V::count], more;
      for (int k = 0; k < Blocks; k += V::count) {
        const int first = k + V::count <= Blocks ? k : Blocks - V::count;
        rows_to_columns<V, Size, PitchFrom>(in + first * PitchFrom, reinterpret_cast<T*>(x));
        reduce(number_block<V>{x, Size}, y, &more);
        if constexpr (To == 1) y[0].store(out + first);
        else columns_to_rows<V, To, PitchTo>(reinterpret_cast<const T*>(y), out + first * PitchTo);
        if constexpr (!std::is_null_pointer_v<Also>) more.store(also + first);
      }
      return;
    }
  }
  for (int k = 0; k < Blocks; ++k) {
    T more{};
    if (std::is_constant_evaluated()) reduce(number_block<T>{in + k * PitchFrom, Size}, out + k * PitchTo, &more);
    else reduce(block_of_numbers<T, Size>(in + k * PitchFrom), out + k * PitchTo, &more);
    if constexpr (!std::is_null_pointer_v<Also>) also[k] = more;
  }
}

}  // namespace leibniz::code
