#pragma once
#include <leibniz/ops/labels.hpp>
#include <leibniz/ops/operation.hpp>

// What users write with vectors and matrices, expanded into the labelled primitives.

namespace leibniz {
namespace ops {

inline constexpr shape no_shape{-1, {}};

/// A row that is made of others and says its own result shape; rank -1 if the operands do not fit.
template <int Arity>
struct tensor_function {
  static constexpr int arity = Arity;
  static constexpr bool is_composite = true;
  static constexpr bool is_elementwise = false;
};
constexpr labels axes(const shape& s, int first = 1) { return label_range(first, s.rank); }

/// Matrix times matrix or vector; a vector times a 1 x n matrix is the matrix of their products.
struct matmul_ : tensor_function<2> {
  static constexpr const char* name = "matmul";
  static constexpr shape result(const shape& a, const shape& b) {
    if (a.rank == 2 && b.rank == 2 && a.extent[1] == b.extent[0]) return make_shape(a.extent[0], b.extent[1]);
    if (a.rank == 2 && b.rank == 1 && a.extent[1] == b.extent[0]) return make_shape(a.extent[0]);
    if (a.rank == 1 && b.rank == 2 && b.extent[0] == 1) return make_shape(a.extent[0], b.extent[1]);
    return no_shape;
  }
  template <class E>
  static constexpr E expand(E a, E b) {
    if (a.extents().rank == 1)
      return contract(a, label_range(1, 1), slice(b, 0, 0, b.extents().tail(1)), label_range(2, 1), label_range(1, 2));
    labels out = label_range(1, 1);
    if (b.extents().rank == 2) out.append(3);
    return contract(a, label_range(1, 2), b, axes(b.extents(), 2), out);
  }
};
struct transpose_ : tensor_function<1> {
  static constexpr const char* name = "transpose";
  static constexpr shape result(const shape& a) {
    return a.rank == 1 ? make_shape(1, a.extent[0]) : a.rank == 2 ? make_shape(a.extent[1], a.extent[0]) : a.rank == 0 ? a : no_shape;
  }
  template <class E>
  static constexpr E expand(E a) {
    const shape out = result(a.extents());
    if (a.extents().rank == 1) return slice(a, 0, 0, out);
    labels swapped;
    for (int i = a.extents().rank; i > 0; --i) swapped.append(i);
    return rearrange(a, axes(a.extents()), swapped, out);
  }
};
struct dot_ : tensor_function<2> {
  static constexpr const char* name = "dot";
  static constexpr shape result(const shape& a, const shape& b) { return a == b ? shape{} : no_shape; }
  template <class E>
  static constexpr E expand(E a, E b) { return contract(a, axes(a.extents()), b, axes(b.extents()), {}); }
};
struct outer_ : tensor_function<2> {
  static constexpr const char* name = "outer";
  static constexpr shape result(const shape& a, const shape& b) {
    return a.rank + b.rank <= max_rank ? a + b : no_shape;
  }
  template <class E>
  static constexpr E expand(E a, E b) {
    const labels la = axes(a.extents()), lb = axes(b.extents(), 1 + a.extents().rank);
    return contract(a, la, b, lb, la + lb);
  }
};
struct sum_ : tensor_function<1> {
  static constexpr const char* name = "sum";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) { return rearrange(a, axes(a.extents()), {}, {}); }
};
/// The sum over one axis, which disappears.
template <int Axis>
struct sum_axis_ : tensor_function<1> {
  static constexpr const char* name = "sum";
  static constexpr shape result(const shape& a) {
    return Axis >= 0 && Axis < a.rank ? a.head(Axis) + a.tail(Axis + 1) : no_shape;
  }
  template <class E>
  static constexpr E expand(E a) {
    labels kept;
    for (int i = 0; i < a.extents().rank; ++i)
      if (i != Axis) kept.append(i + 1);
    return rearrange(a, axes(a.extents()), kept, result(a.extents()));
  }
};
struct mean_ : tensor_function<1> {
  static constexpr const char* name = "mean";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) { return sum_::expand(a).scaled({1, a.extents().size()}); }
};
/// The product of all elements: of a few of them written out, by halves, so that they meet the rules of products; of many a
/// reduction of its own.
struct prod_ : tensor_function<1> {
  static constexpr const char* name = "prod";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) {
    constexpr int written_out = 8;
    const int n = a.extents().size();
    if (n > written_out) return product_of_all(slice(a, 0, 0, make_shape(n)), 0);
    if (n == 1) return slice(a, 0, 0, shape{});
    const shape half = make_shape(n / 2);
    const E pairs = slice(a, 0, 0, half) * slice(a, 0, n / 2, half);
    return n % 2 == 0 ? expand(pairs) : expand(pairs) * slice(a, 0, n - 1, shape{});
  }
};
struct squared_norm_ : tensor_function<1> {
  static constexpr const char* name = "squared_norm";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) { return sum_::expand(square(a)); }
};
/// √Σx², with slope 0 at the origin.
struct norm_ : tensor_function<1> {
  static constexpr const char* name = "norm";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) { return norm(a, 0); }
};
/// All elements in row-major order as one vector.
struct flatten_ : tensor_function<1> {
  static constexpr const char* name = "flatten";
  static constexpr shape result(const shape& a) { return make_shape(a.size()); }
  template <class E>
  static constexpr E expand(E a) { return slice(a, 0, 0, result(a.extents())); }
};
struct logsumexp_of_ : tensor_function<1> {
  static constexpr const char* name = "logsumexp";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) { return logsumexp(a, 0); }
};
struct softmax_of_ : tensor_function<1> {
  static constexpr const char* name = "softmax";
  static constexpr shape result(const shape& a) { return a; }
  template <class E>
  static constexpr E expand(E a) {
    return a.extents().is_scalar() ? a.number(1) : softmax(a, a.extents().rank - 1);
  }
};
struct log_softmax_of_ : tensor_function<1> {
  static constexpr const char* name = "log_softmax";
  static constexpr shape result(const shape& a) { return a; }
  template <class E>
  static constexpr E expand(E a) {
    return a.extents().is_scalar() ? a.number(0) : log_softmax(a, a.extents().rank - 1);
  }
};
struct max_of_ : tensor_function<1> {
  static constexpr const char* name = "max";
  static constexpr shape result(const shape&) { return {}; }
  template <class E>
  static constexpr E expand(E a) { return maximum(a, 0); }
};
/// One element; the indices are part of the type.
template <long long... I>
struct element_ : tensor_function<1> {
  static constexpr const char* name = "element";
  static constexpr bool inside(const shape& a) {
    if (a.rank != sizeof...(I)) return false;
    int axis = 0;
    return ((I >= 0 && I < a.extent[axis++]) && ...);
  }
  static constexpr shape result(const shape& a) { return inside(a) ? shape{} : no_shape; }
  static constexpr int offset(const shape& a) { return flatten(a, indices{{static_cast<int>(I)...}}); }
  template <class E>
  static constexpr E expand(E a) { return slice(a, 0, offset(a.extents()), shape{}); }
};

}  // namespace ops

/// Aᵀ; the transpose of a vector of n elements is a 1 x n matrix.
template <operand A>
constexpr made<ops::transpose_, A> transpose(A a) { return make<ops::transpose_>(a); }
/// Σ aᵢ bᵢ of two tensors of one shape.
template <class A, class B> requires operands<A, B>
constexpr made<ops::dot_, A, B> dot(A a, B b) { return make<ops::dot_>(a, b); }
/// a bᵀ: every element of a times every element of b.
template <class A, class B> requires operands<A, B>
constexpr made<ops::outer_, A, B> outer(A a, B b) { return make<ops::outer_>(a, b); }
/// The sum of all elements.
template <operand A>
constexpr made<ops::sum_, A> sum(A a) { return make<ops::sum_>(a); }
/// sum(A, 0_c): the sum over one axis.
template <operand A, class Axis>
constexpr auto sum(A a, Axis) {
  constexpr bool is_type = requires { Axis::value; };
  static_assert(is_type, "leibniz: the axis of a sum must be part of its type: write sum(A, 0_c) instead of sum(A, 0)");
  if constexpr (is_type) return make<ops::sum_axis_<Axis::value >= 0 && Axis::value < max_rank ? static_cast<int>(Axis::value) : max_rank>>(a);
  else return make<ops::sum_>(a);
}
/// The product of all elements.
template <operand A>
constexpr made<ops::prod_, A> prod(A a) { return make<ops::prod_>(a); }
/// The average of all elements.
template <operand A>
constexpr made<ops::mean_, A> mean(A a) { return make<ops::mean_>(a); }
/// Σ x².
template <operand A>
constexpr made<ops::squared_norm_, A> squared_norm(A a) { return make<ops::squared_norm_>(a); }
/// √Σ x², the Euclidean length.
template <operand A>
constexpr made<ops::norm_, A> norm(A a) { return make<ops::norm_>(a); }
/// All elements in row-major order as one vector.
template <operand A>
constexpr made<ops::flatten_, A> flatten(A a) { return make<ops::flatten_>(a); }
/// log Σ exp(x) over all elements, without overflow.
template <operand A> requires(!std::same_as<A, handle>)
constexpr made<ops::logsumexp_of_, A> logsumexp(A a) { return make<ops::logsumexp_of_>(a); }
/// exp(x) / Σ exp(x); of a matrix, each row for itself.
template <operand A>
constexpr made<ops::softmax_of_, A> softmax(A a) { return make<ops::softmax_of_>(a); }
/// log(softmax(x)), without overflow.
template <operand A>
constexpr made<ops::log_softmax_of_, A> log_softmax(A a) { return make<ops::log_softmax_of_>(a); }
/// The largest element; a tie has the slope of the first.
template <operand A>
constexpr made<ops::max_of_, A> max(A a) { return make<ops::max_of_>(a); }

}  // namespace leibniz
