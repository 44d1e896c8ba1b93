#pragma once
#include <leibniz/code/loops.hpp>
#include <leibniz/code/vector.hpp>
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
  if constexpr (Binary && has_vectors<T> && std::is_same_v<A, B> && std::is_same_v<A, T> && l.extent >= vector_of<T>::lanes) {
    if (!std::is_constant_evaluated()) {
      if constexpr (nest.inner == inner_loop::dot && l.a == 1 && l.b == 1) {
        const T sum = vector_dot<l.extent>(a, b);
        *out = nest.accumulates ? *out + sum : sum;
        return;
      } else if constexpr (nest.inner == inner_loop::row && l.a + l.b == 1) {
        vector_scaled<l.extent, nest.accumulates>(l.a == 0 ? *a : *b, l.a == 0 ? b : a, out);
        return;
      }
    }
  }
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

/// out[i] = get(i).
template <int Count, class T, class Get>
constexpr void fill_kernel(T* __restrict out, Get get) {
  for (int i = 0; i < Count; ++i) out[i] = get(i);
}

/// 1 where the first half of the indices equals the second.
template <int Half, class T>
constexpr void delta_kernel(T* __restrict out) {
  for (int i = 0; i < Half * Half; ++i) out[i] = T(0);
  for (int i = 0; i < Half; ++i) out[i * (Half + 1)] = T(1);
}

/// From blocks of `From` elements the `To` elements that begin at Offset.
template <int Blocks, int From, int To, int Offset, class T, class Get>
constexpr void slice_kernel(T* __restrict out, Get get) {
  for (int k = 0; k < Blocks; ++k)
    for (int i = 0; i < To; ++i) out[k * To + i] = get(k * From + Offset + i);
}

/// Blocks of `From` elements put at Offset into blocks of `To` zeros.
template <int Blocks, int From, int To, int Offset, class T, class Get>
constexpr void pad_kernel(T* __restrict out, Get get) {
  for (int i = 0; i < Blocks * To; ++i) out[i] = T(0);
  for (int k = 0; k < Blocks; ++k)
    for (int i = 0; i < From; ++i) out[k * To + Offset + i] = get(k * From + i);
}

/// A reduction's row applied to every block.
template <class Row, int Blocks, int From, int To, class T>
constexpr void reduce_kernel(const T* in, T* __restrict out) {
  for (int k = 0; k < Blocks; ++k) Row::reduce(in + k * From, out + k * To, From);
}

}  // namespace leibniz::code
