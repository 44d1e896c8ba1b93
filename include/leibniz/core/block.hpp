#pragma once
#include <utility>

#include <leibniz/core/lanes.hpp>
#include <leibniz/core/math/arithmetic.hpp>
#include <leibniz/core/math/classification.hpp>

// A run of numbers as a reduction sees it: number by number, or, where its length is known and the machine has vectors, in
// lanes. The functions that are given to it are called with numbers or with vectors; a tail that does not fill a vector
// overlaps the numbers before it.

namespace leibniz {

namespace detail {
/// The larger one; b if it is NaN.
template <class T>
[[gnu::always_inline]] constexpr T larger_or_nan(T a, T b) {
  if constexpr (is_lanes<T>) return math::choose(b > a || b != b, b, a);
  else return b > a || math::isnan(b) ? b : a;
}
}  // namespace detail

/// What one walk through the numbers adds up.
template <class T>
struct two_sums {
  T first, second;
};
/// `count` numbers in memory, at least one. A number may be a vector: then it is as many blocks as the vector has lanes.
template <class T>
struct number_block {
  const T* data;
  int count;

  /// As many numbers somewhere else.
  constexpr number_block at(const T* other) const { return {other, count}; }
  /// The largest f(x); NaN if one of them is.
  template <class F>
  constexpr T largest(F f) const { return folded(f, [](T a_, T b_) { return detail::larger_or_nan(a_, b_); }); }
  /// The same where it does not matter which one it is if one of them is NaN.
  template <class F>
  constexpr T largest_number(F f) const { return folded(f, [](T a_, T b_) { return math::larger(a_, b_); }); }
  /// out = 1 for the first largest number, 0 for the others.
  constexpr void mark_largest(T* out) const {
    T best = data[0], place = 0;
    for (int i = 1; i < count; ++i) {
      const auto better = data[i] > best;
      best = math::choose(better, data[i], best);
      place = math::choose(better, T(i), place);
    }
    for (int i = 0; i < count; ++i) out[i] = math::choose(place == T(i), T(1), T(0));
  }
  template <class F>
  constexpr T sum(F f) const {
    T total = 0;
    for (int i = 0; i < count; ++i) total = math::add(total, f(data[i]));
    return total;
  }
  /// out = f(x). It may be the memory of x.
  template <class F>
  constexpr void write(T* out, F f) const {
    for (int i = 0; i < count; ++i) out[i] = f(data[i]);
  }
  /// out = f(x), and the sums of g(x, f(x)) and h(x, f(x)).
  template <class F, class G, class H>
  constexpr two_sums<T> write_and_sum(T* out, F f, G g, H h) const {
    two_sums<T> total{T(0), T(0)};
    for (int i = 0; i < count; ++i) {
      const T x = data[i], y = f(x);
      out[i] = y;
      total = {total.first + g(x, y), total.second + h(x, y)};
    }
    return total;
  }
  constexpr T product() const {
    return folded([](T x_) { return x_; }, [](T a_, T b_) { return math::multiply(a_, b_); });
  }
  /// out[i] = the product of all numbers but the i-th, without a division: what is before it times what is behind it.
  constexpr void products_of_others(T* out) const {
    T before = 1, behind = 1;
    for (int i = 0; i < count; ++i) {
      out[i] = before;
      before = math::multiply(before, data[i]);
    }
    for (int i = count - 1; i >= 0; --i) {
      out[i] = math::multiply(out[i], behind);
      behind = math::multiply(behind, data[i]);
    }
  }

 private:
  template <class F, class Together>
  constexpr T folded(F f, Together together) const {
    T all = f(data[0]);
    for (int i = 1; i < count; ++i) all = together(all, f(data[i]));
    return all;
  }
};

/// N numbers in vectors; the same questions. At run time only.
template <class T, int N>
struct lane_block {
  static constexpr int width = lanes_within(N, native_lanes<T>);
  static constexpr int whole = N / width * width, rest = N - whole;
  using V = lanes<T, width>;
  const T* data;

  [[gnu::always_inline]] lane_block at(const T* other) const { return {other}; }
  template <class F>
  [[gnu::always_inline]] T largest(F f) const {
    return most(f, [](auto a_, auto b_) __attribute__((always_inline)) { return detail::larger_or_nan(a_, b_); });
  }
  template <class F>
  [[gnu::always_inline]] T largest_number(F f) const {
    return most(f, [](auto a_, auto b_) __attribute__((always_inline)) { return math::larger(a_, b_); });
  }
  void mark_largest(T* out) const { number_block<T>{data, N}.mark_largest(out); }
  template <class F>
  [[gnu::always_inline]] T sum(F f) const {
    V total = folded(f, [](V a_, V b_) __attribute__((always_inline)) { return a_ + b_; });
    if constexpr (rest > 0) total = total + in_rest(f(V::load(data + (N - width))), V(0));
    return sum_of(total);
  }
  template <class F>
  [[gnu::always_inline]] void write(T* out, F f) const {
    V last;
    if constexpr (rest > 0) last = f(V::load(data + (N - width)));
    for (int i = 0; i < whole; i += width) f(V::load(data + i)).store(out + i);
    if constexpr (rest > 0) last.store(out + (N - width));
  }
  template <class F, class G, class H>
  [[gnu::always_inline]] two_sums<T> write_and_sum(T* out, F f, G g, H h) const {
    V first(0), second(0);
    for (int i = 0; i < whole; i += width) {
      const V x = V::load(data + i), y = f(x);
      y.store(out + i);
      first = first + g(x, y);
      second = second + h(x, y);
    }
    if constexpr (rest > 0) {
      const V x = V::load(data + (N - width)), y = f(x);
      y.store(out + (N - width));
      first = first + in_rest(g(x, y), V(0));
      second = second + in_rest(h(x, y), V(0));
    }
    return {sum_of(first), sum_of(second)};
  }
  [[gnu::always_inline]] T product() const {
    V result = folded([](V x_) __attribute__((always_inline)) { return x_; }, [](V a_, V b_) __attribute__((always_inline)) { return a_ * b_; });
    if constexpr (rest > 0) result = result * in_rest(V::load(data + (N - width)), V(1));
    return across(result, [](auto a_, auto b_) __attribute__((always_inline)) { return a_ * b_; });
  }
  [[gnu::always_inline]] void products_of_others(T* out) const {
    V before(1), last(1);
    for (int i = 0; i < whole; i += width) {
      before.store(out + i);
      before = before * V::load(data + i);
    }
    if constexpr (rest > 0) last = in_rest(V::load(data + (N - width)), V(1));
    V behind = other_lanes(before * last);
    if constexpr (rest > 0) {
      const V tail = before * behind;
      behind = behind * last;
      T kept[width];
      tail.store(kept);
      for (int i = 0; i < rest; ++i) out[whole + i] = kept[width - rest + i];
    }
    for (int i = whole - width; i >= 0; i -= width) {
      (V::load(out + i) * behind).store(out + i);
      behind = behind * V::load(data + i);
    }
  }

 private:
  /// The whole vectors put together: in several parts, because each step waits for the one before it.
  template <class F, class Together>
  [[gnu::always_inline]] V folded(F f, Together together) const {
    constexpr int vectors = whole / width, parts = vectors < 4 ? vectors : 4, left = vectors % parts;
    V all[parts];
#pragma GCC unroll 4
    for (int p = 0; p < parts; ++p) all[p] = f(V::load(data + p * width));
    for (int i = parts; i < vectors - left; i += parts)
#pragma GCC unroll 4
      for (int p = 0; p < parts; ++p) all[p] = together(all[p], f(V::load(data + (i + p) * width)));
#pragma GCC unroll 4
    for (int p = 0; p < left; ++p) all[p] = together(all[p], f(V::load(data + (vectors - left + p) * width)));
    as_tree<parts>([&](int i_, int k_) __attribute__((always_inline)) { all[i_] = together(all[i_], all[k_]); });
    return all[0];
  }
  template <class F, class Together>
  [[gnu::always_inline]] T most(F f, Together together) const {
    V best = folded(f, together);
    if constexpr (rest > 0) best = together(best, f(V::load(data + (N - width))));
    return across(best, together);
  }
  /// Only the lanes that the whole vectors have not.
  [[gnu::always_inline]] static V in_rest(V x, V otherwise) {
    typename V::integers taken;
    for (int l = 0; l < width; ++l) taken[l] = l < width - rest ? 0 : -1;
    return math::choose(typename V::mask{taken}, x, otherwise);
  }
  /// For every lane the product of the others.
  [[gnu::always_inline]] static V other_lanes(V x) { return other_lanes<1>(x, V(1)); }
  template <int Step>
  [[gnu::always_inline]] static V other_lanes(V all, V others) {
    if constexpr (Step == width) return others;
    else {
      const V partner = exchanged<Step>(all, std::make_integer_sequence<int, width>{});
      return other_lanes<2 * Step>(all * partner, others * partner);
    }
  }
  template <int Step, int... L>
  [[gnu::always_inline]] static V exchanged(V x, std::integer_sequence<int, L...>) { return V::template shuffled<(L ^ Step)...>(x, x); }
};

/// How a run of N numbers is best looked at, at run time.
template <class T, int N>
[[gnu::always_inline]] constexpr auto block_of_numbers(const T* data) {
  if constexpr (lane_block<T, N>::width > 1) return lane_block<T, N>{data};
  else return number_block<T>{data, N};
}

}  // namespace leibniz
