#pragma once
#include <leibniz/core/math.hpp>
#include <leibniz/ops/labels.hpp>
#include <leibniz/ops/operation.hpp>

// The closed set of tensor primitives. Two of them carry index labels and cover every product, sum, transpose,
// broadcast and diagonal; the others move elements or reduce. Each says how an adjoint flows back:
//
//   pullback<Which>(operands..., self, adjoint, data, lead)
//
// `data` is what the node carries. The adjoint has `lead` axes of the differentiated formula in front of the axes of the node itself.

namespace leibniz::ops {

template <int Arity>
struct tensor_row {
  static constexpr int arity = Arity;
  static constexpr bool is_elementwise = false;
  static constexpr bool commutative = false;
  static constexpr notation style = notation::call;
  static constexpr int cost = 1;
  static constexpr const char* latex = "";
};

inline constexpr int lead_label = 9;  // labels of the axes of the differentiated formula

/// out[lo] = Σ a[la] b[lb] over the labels that lo lacks. Every label of a is in b or out, and the other way round.
struct contract_ : tensor_row<2> {
  static constexpr const char* name = "contract";
  template <int Which, class E>
  static constexpr E pullback(E a, E b, E self, E adjoint, std::int64_t data, int lead) {
    const labels la = decode(data, 0, a.extents().rank), lb = decode(data, 1, b.extents().rank);
    const labels lo = decode(data, 2, self.extents().rank), f = label_range(lead_label, lead);
    if constexpr (Which == 0) return contract(adjoint, f + lo, b, lb, f + la);
    else return contract(adjoint, f + lo, a, la, f + lb);
  }
};

/// out[lo] = Σ a[la] over the labels that lo lacks: sums, transposes, broadcasts, diagonals.
struct rearrange_ : tensor_row<1> {
  static constexpr const char* name = "rearrange";
  template <int Which, class E>
  static constexpr E pullback(E a, E self, E adjoint, std::int64_t data, int lead) {
    const labels la = decode(data, 0, a.extents().rank), lo = decode(data, 1, self.extents().rank);
    const labels f = label_range(lead_label, lead);
    return rearrange(adjoint, f + lo, f + la, adjoint.extents().head(lead) + a.extents());
  }
};

/// The identity tensor δ: 1 where the first half of the indices equals the second half.
struct delta_ : tensor_row<0> {
  static constexpr const char* name = "identity";
};

/// A contiguous piece of the elements behind the first `lead` axes, in another shape.
struct slice_ : tensor_row<1> {
  static constexpr const char* name = "slice";
  static constexpr int cost = 0;
  template <int Which, class E>
  static constexpr E pullback(E a, E, E adjoint, std::int64_t data, int lead) {
    const int kept = slice_lead(data);
    return pad(adjoint, lead + kept, slice_offset(data), a.extents().tail(kept));
  }
  static constexpr std::int64_t encode(int lead, int offset) {
    return (static_cast<std::int64_t>(lead) << 32) | offset;
  }
  static constexpr int slice_lead(std::int64_t data) { return static_cast<int>(data >> 32); }
  static constexpr int slice_offset(std::int64_t data) { return static_cast<int>(data & 0x7fffffff); }
};

/// The inverse of slice: zeros everywhere else.
struct pad_ : tensor_row<1> {
  static constexpr const char* name = "pad";
  static constexpr int cost = 0;
  template <int Which, class E>
  static constexpr E pullback(E a, E, E adjoint, std::int64_t data, int lead) {
    const int kept = slice_::slice_lead(data);
    return slice(adjoint, lead + kept, slice_::slice_offset(data), a.extents().tail(kept));
  }
};

/// Reductions over the axes behind the first data() axes. `reduce` gets one contiguous block.
struct reduction : tensor_row<1> {
  static constexpr bool is_reduction = true;
  // The adjoint of out[L] times local[L, I], as a tensor of shape [F, L, I].
  template <class E>
  static constexpr E spread(E local, E adjoint, int lead, int kept) {
    const labels f = label_range(lead_label, lead), l = label_range(1, local.extents().rank);
    return contract(adjoint, f + label_range(1, kept), local, l, f + l);
  }
};

/// The largest element, and log Σ exp(x - largest) without the rounding of a sum that starts with 1.
template <class T>
struct shifted_sum {
  T largest, log_of_sum;
};
template <class T>
constexpr shifted_sum<T> sum_shifted(const T* x, int n) {
  shifted_sum<T> sum{x[0], T(0)};
  int at = 0;
  for (int i = 1; i < n; ++i)
    if (x[i] > sum.largest || math::isnan(x[i])) sum.largest = x[at = i];
  if (math::isinf(sum.largest)) return sum;
  T others = 0;
  for (int i = 0; i < n; ++i)
    if (i != at) others += math::exp(x[i] - sum.largest);
  sum.log_of_sum = math::log1p(others);
  return sum;
}

/// log Σ exp(x), shifted by the largest element.
struct logsumexp_ : reduction {
  static constexpr const char* name = "logsumexp";
  static constexpr int cost = 3;
  template <class T>
  static constexpr void reduce(const T* x, T* out, int n) {
    const shifted_sum<T> sum = sum_shifted(x, n);
    *out = sum.largest + sum.log_of_sum;
  }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    return spread(softmax(x, kept), adjoint, lead, kept);
  }
};

/// exp(x) / Σ exp(x), shifted by the largest element; the same shape as x.
struct softmax_ : reduction {
  static constexpr const char* name = "softmax";
  static constexpr int cost = 3;
  static constexpr bool keeps_shape = true;
  template <class T>
  static constexpr void reduce(const T* x, T* out, int n) {
    T largest = x[0];
    for (int i = 1; i < n; ++i) largest = x[i] > largest || math::isnan(x[i]) ? x[i] : largest;
    T sum = 0;
    for (int i = 0; i < n; ++i) sum += out[i] = math::exp(x[i] - largest);
    for (int i = 0; i < n; ++i) out[i] /= sum;
  }
  // s ⊙ (adjoint - Σ adjoint ⊙ s)
  template <int Which, class E>
  static constexpr E pullback(E x, E self, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    const labels f = label_range(lead_label, lead), l = label_range(1, x.extents().rank);
    const labels k = label_range(1, kept);
    const E direct = contract(adjoint, f + l, self, l, f + l);
    const E total = contract(adjoint, f + l, self, l, f + k);
    return direct - contract(total, f + k, self, l, f + l);
  }
};

/// log(softmax(x)), accurate also where one element outweighs all others; the same shape as x.
struct log_softmax_ : reduction {
  static constexpr const char* name = "log_softmax";
  static constexpr int cost = 3;
  static constexpr bool keeps_shape = true;
  template <class T>
  static constexpr void reduce(const T* x, T* out, int n) {
    const shifted_sum<T> sum = sum_shifted(x, n);
    for (int i = 0; i < n; ++i) out[i] = math::subtract(x[i], sum.largest) - sum.log_of_sum;
  }
  // adjoint - softmax(x) Σ adjoint
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    const labels f = label_range(lead_label, lead), l = label_range(1, x.extents().rank), k = label_range(1, kept);
    const E total = rearrange(adjoint, f + l, f + k, adjoint.extents().head(lead + kept));
    return adjoint - spread(softmax(x, kept), total, lead, kept);
  }
};

/// √Σx², scaled by the largest element so that no square overflows. Slope 0 at the origin.
struct euclidean_ : reduction {
  static constexpr const char* name = "norm";
  static constexpr int cost = 2;
  template <class T>
  static constexpr void reduce(const T* x, T* out, int n) {
    T largest = 0;
    for (int i = 0; i < n; ++i) largest = math::abs(x[i]) > largest || math::isnan(x[i]) ? math::abs(x[i]) : largest;
    if (largest == 0 || math::isinf(largest) || math::isnan(largest)) {
      *out = largest;
      return;
    }
    T sum = 0;
    for (int i = 0; i < n; ++i) sum += (x[i] / largest) * (x[i] / largest);
    *out = largest * math::sqrt(sum);
  }
  template <int Which, class E>
  static constexpr E pullback(E x, E self, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    const E length = rearrange(self, label_range(1, kept), label_range(1, x.extents().rank), x.extents());
    return spread(select(equal(length, x.number(0)), x.number(0), x / length), adjoint, lead, kept);
  }
};

/// The largest element.
struct maximum_ : reduction {
  static constexpr const char* name = "max";
  template <class T>
  static constexpr void reduce(const T* x, T* out, int n) {
    *out = x[0];
    for (int i = 1; i < n; ++i) *out = x[i] > *out || math::isnan(x[i]) ? x[i] : *out;
  }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    return spread(argmax_mask(x, kept), adjoint, lead, kept);
  }
};

/// 1 at the first largest element, 0 elsewhere: where the slope of the maximum goes. Its own derivative is 0.
struct argmax_mask_ : reduction {
  static constexpr const char* name = "argmax_mask";
  static constexpr bool keeps_shape = true;
  template <class T>
  static constexpr void reduce(const T* x, T* out, int n) {
    int best = 0;
    for (int i = 1; i < n; ++i)
      if (x[i] > x[best]) best = i;
    for (int i = 0; i < n; ++i) out[i] = i == best ? T(1) : T(0);
  }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t, int lead) {
    return adjoint.number(0).filled(adjoint.extents().head(lead) + x.extents());
  }
};

}  // namespace leibniz::ops
