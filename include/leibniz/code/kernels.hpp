#pragma once
#include <leibniz/code/loops.hpp>
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

/// A reduction's row applied to every block of Size numbers, each time by `reduce(block, k)`.
template <int Blocks, int Size, int Pitch, class T, class Reduce>
[[gnu::always_inline]] constexpr void reduce_kernel(const T* in, Reduce reduce) {
  for (int k = 0; k < Blocks; ++k) {
    if (std::is_constant_evaluated()) reduce(number_block<T>{in + k * Pitch, Size}, k);
    else reduce(block_of_numbers<T, Size>(in + k * Pitch), k);
  }
}

}  // namespace leibniz::code
