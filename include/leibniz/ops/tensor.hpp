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
// A forward sweep finds the slopes in the same rule. A row may know a shorter way for a tangent, which has `trail` axes of the
// variable behind those of the operand:
//
//   pushforward(operand, self, tangent, data, trail)

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
    if constexpr (Which == 0) return chained(adjoint, f + lo, b, lb, f + la);
    else return chained(adjoint, f + lo, a, la, f + lb);
  }
  template <class E>
  static constexpr note noted(E x, note own) {
    const E a = x.arg(0), b = x.arg(1);
    return note_of_product(own, a.note(), b.note(), a == b && decode(x.data(), 0, a.extents().rank) == decode(x.data(), 1, b.extents().rank));
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
  template <class E>
  static constexpr note noted(E x, note) {
    const bool is_diagonal = decode(x.data(), 1, x.extents().rank).repeats();
    return is_diagonal ? x.arg(0).note().among_zeros() : x.arg(0).note();
  }
};

/// The identity tensor δ: 1 where the first half of the indices equals the second half.
struct delta_ : tensor_row<0> {
  static constexpr const char* name = "identity";
  static constexpr bool choosy = true;
  static constexpr bool from_zero = true;
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
  template <class E>
  static constexpr note noted(E x, note) { return x.arg(0).note(); }
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
  template <class E>
  static constexpr note noted(E x, note) { return x.arg(0).note().among_zeros(); }
};

/// Reductions over the axes behind the first data() axes. `reduce` gets one contiguous block (core/block.hpp).
struct reduction : tensor_row<1> {
  static constexpr bool is_reduction = true;
  static constexpr bool at_once = true;  // whether the numbers of a block may be vectors, one lane for every block
  // The adjoint of out[L] times local[L, I], as a tensor of shape [F, L, I].
  template <class E>
  static constexpr E spread(E local, E adjoint, int lead, int kept) {
    const labels f = label_range(lead_label, lead), l = label_range(1, local.extents().rank);
    return chained(adjoint, f + label_range(1, kept), local, l, f + l);
  }
};

/// The largest element, and Σ exp(x - largest) without the 1 that this element itself contributes.
template <class T>
struct shifted_sum {
  T largest, others;

  constexpr T log() const { return largest + math::log1p(others); }
};
inline constexpr auto itself = [](auto x_) { return x_; };
/// What an element x adds to the others, if e is exp(x - largest): nothing if it is the largest. Equals of that are counted, since
/// each is exp(0).
template <class V>
constexpr V unless_largest(V x, V largest, V e) { return math::choose(x == largest, V(0), e); }
template <class V>
constexpr V counted_if_largest(V x, V largest) { return math::choose(x == largest, V(1), V(0)); }
// A NaN need not be the largest: it is a part of the sum.
template <class Block>
constexpr auto sum_shifted(const Block& x) {
  const auto largest = x.largest_number(itself);
  const auto smaller = x.sum([largest](auto v_) { return unless_largest(v_, decltype(v_)(largest), math::exp(math::subtract(v_, decltype(v_)(largest)))); });
  const auto ties = x.sum([largest](auto v_) { return counted_if_largest(v_, decltype(v_)(largest)); });
  return shifted_sum<std::remove_const_t<decltype(largest)>>{largest, smaller + (ties - 1)};
}

/// log Σ exp(x), shifted by the largest element.
struct logsumexp_ : reduction {
  static constexpr const char* name = "logsumexp";
  static constexpr int cost = 3;
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) { *out = sum_shifted(x).log(); }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    return spread(softmax(x, kept), adjoint, lead, kept);
  }
};

/// exp(x) / Σ exp(x), shifted by the largest element; the same shape as x.
struct softmax_ : reduction {
  static constexpr const char* name = "softmax";
  static constexpr bool from_zero = true;
  static constexpr int cost = 3;
  static constexpr bool keeps_shape = true;
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) { reduce_and_sum(x, out); }
  /// Also returns what logsumexp of the same elements needs.
  template <class Block, class T>
  static constexpr shifted_sum<T> reduce_and_sum(const Block& x, T* out) {
    const T largest = x.largest_number(itself);
    const auto [smaller, ties] = x.write_and_sum(
        out, [largest](auto v_) { return math::exp(math::subtract(v_, decltype(v_)(largest))); },
        [largest](auto v_, auto e_) { return unless_largest(v_, decltype(v_)(largest), e_); },
        [largest](auto v_, auto) { return counted_if_largest(v_, decltype(v_)(largest)); });
    const shifted_sum<T> sum{largest, smaller + (ties - 1)};
    const T scale = 1 / (1 + sum.others);
    x.at(out).write(out, [scale](auto e_) { return e_ * decltype(e_)(scale); });
    return sum;
  }
  // s ⊙ (adjoint - Σ adjoint ⊙ s)
  template <int Which, class E>
  static constexpr E pullback(E x, E self, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    const labels f = label_range(lead_label, lead), l = label_range(1, x.extents().rank);
    const labels k = label_range(1, kept);
    const E direct = chained(adjoint, f + l, self, l, f + l);
    const E total = chained(adjoint, f + l, self, l, f + k);
    return direct - chained(total, f + k, self, l, f + l);
  }
  // s ⊙ (tangent - Σ s ⊙ tangent)
  template <class E>
  static constexpr E pushforward(E x, E self, E tangent, std::int64_t data, int trail) {
    const labels t = label_range(lead_label, trail), l = label_range(1, x.extents().rank), k = label_range(1, static_cast<int>(data));
    const E total = chained(self, l, tangent, l + t, k + t);
    return chained(self, l, tangent - rearrange(total, k + t, l + t, tangent.extents()), l + t, l + t);
  }
};

/// log(softmax(x)), accurate also where one element outweighs all others; the same shape as x.
struct log_softmax_ : reduction {
  static constexpr const char* name = "log_softmax";
  static constexpr int cost = 3;
  static constexpr bool keeps_shape = true;
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) {
    const shifted_sum<T> sum = sum_shifted(x);
    const T below = math::log1p(sum.others);
    x.write(out, [sum, below](auto v_) { return math::subtract(v_, decltype(v_)(sum.largest)) - decltype(v_)(below); });
  }
  // adjoint - softmax(x) Σ adjoint
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    const labels f = label_range(lead_label, lead), l = label_range(1, x.extents().rank), k = label_range(1, kept);
    const E total = rearrange(adjoint, f + l, f + k, adjoint.extents().head(lead + kept));
    return adjoint - spread(softmax(x, kept), total, lead, kept);
  }
  // tangent - Σ softmax(x) ⊙ tangent
  template <class E>
  static constexpr E pushforward(E x, E, E tangent, std::int64_t data, int trail) {
    const int kept = static_cast<int>(data);
    const labels t = label_range(lead_label, trail), l = label_range(1, x.extents().rank), k = label_range(1, kept);
    const E total = chained(softmax(x, kept), l, tangent, l + t, k + t);
    return tangent - rearrange(total, k + t, l + t, tangent.extents());
  }
};

/// √Σx², scaled by the largest element so that no square overflows. Slope 0 at the origin.
struct euclidean_ : reduction {
  static constexpr const char* name = "norm";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\left\\|#\\right\\|";
  static constexpr int cost = 2;
  static constexpr bool at_once = false;
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) {
    const T largest = x.largest([](auto v_) { return math::abs(v_); });
    if (largest == 0 || math::isinf(largest) || math::isnan(largest)) {
      *out = largest;
      return;
    }
    const T sum = x.sum([largest](auto v_) {
      const auto part_ = math::divide(v_, decltype(v_)(largest));
      return part_ * part_;
    });
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
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) { *out = x.largest(itself); }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    return spread(argmax_mask(x, kept), adjoint, lead, kept);
  }
};

/// The product of all elements.
struct product_ : reduction {
  static constexpr const char* name = "prod";
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) { *out = x.product(); }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data);
    return spread(products_of_others(x, kept), adjoint, lead, kept);
  }
};

/// For every element of the last axis the product of the others, without a division: the slope of a product, also where
/// elements are 0.
struct products_of_others_ : reduction {
  static constexpr const char* name = "products_of_others";
  static constexpr int cost = 3;
  static constexpr bool keeps_shape = true;
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) { x.products_of_others(out); }
  // ∂out[i]/∂x[k] is the product of all but i and k: of row i, where x[i] is 1, again the product of the others.
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t data, int lead) {
    const int kept = static_cast<int>(data), n = x.extents().extent[kept];
    const labels f = label_range(lead_label, lead), l = label_range(1, kept), i = label_range(1 + kept, 1), k = label_range(2 + kept, 1);
    const shape rows = x.extents() + make_shape(n);
    const E same = rearrange(identity_tensor(x, make_shape(n)), i + k, l + i + k, rows);
    const E others = products_of_others(select(same, x.number(1).filled(rows), rearrange(x, l + k, l + i + k, rows)), kept + 1);
    return chained(adjoint, f + l + i, select(same, x.number(0).filled(rows), others), l + i + k, f + l + k);
  }
};

/// 1 at the first largest element, 0 elsewhere: where the slope of the maximum goes. Its own derivative is 0.
struct argmax_mask_ : reduction {
  static constexpr const char* name = "argmax_mask";
  static constexpr bool choosy = true;
  static constexpr bool from_zero = true;
  static constexpr bool keeps_shape = true;
  template <class Block, class T>
  static constexpr void reduce(const Block& x, T* out) {
    x.mark_largest(out);
  }
  template <int Which, class E>
  static constexpr E pullback(E x, E, E adjoint, std::int64_t, int lead) {
    return adjoint.number(0).filled(adjoint.extents().head(lead) + x.extents());
  }
};

}  // namespace leibniz::ops
