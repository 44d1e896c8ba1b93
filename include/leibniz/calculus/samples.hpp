#pragma once
#include <leibniz/calculus/lower.hpp>

// From the formula of one sample to the formula of many. Variables are replaced, some of them by tensors with one more
// axis in front: a row for every sample. Whatever depends on those gets that axis too, so that a matrix-vector product
// becomes a matrix product, and the sum of a gradient over the samples becomes the summed label of one product.

namespace leibniz::graph {

class rewriting {
 public:
  /// `samples` is the length of the new axis.
  constexpr rewriting(builder& g, int samples) : graph_(g), count_(samples) {}

  /// From now on, `by` stands for a variable: a tensor of its shape, or, if it is sampled, of one more axis in front.
  constexpr void replace(handle variable, handle by, bool sampled) { table_.push({variable.id(), by.id(), sampled ? 1 : 0}); }

  /// The rewritten formula, with the axis of samples in front if it depends on them.
  constexpr handle operator()(handle root) {
    visit(root.id());
    return {&graph_, now_[root.id()]};
  }
  /// The sum of a formula over all samples.
  constexpr handle total(handle root) {
    const handle many = (*this)(root);
    return sampled_[root.id()] != 0 ? sum_in_front(many) : many.scaled({count_, 1});
  }

 private:
  struct replacement {
    int variable, by, sampled;
  };
  builder& graph_;
  int count_;
  growing<replacement> table_;
  growing<int> now_;
  growing<char> sampled_, done_;

  constexpr shape with_samples(const shape& s) const { return make_shape(count_) + s; }

  /// Whether a tensor is a sum of terms that are computed element by element from others of its shape.
  static constexpr bool is_computed_in_place(handle x, const shape& s) {
    if (x.number().valid() || x.extents() != s) return false;
    if (!x.coefficient().is(1)) return is_computed_in_place(x.without_coefficient(), s);
    if (x.is<ops::add_>()) return is_computed_in_place(x.arg(0), s) && is_computed_in_place(x.arg(1), s);
    return x.is<ops::mul_>() && x.arg(0).extents() == s && x.arg(1).extents() == s;
  }
  constexpr handle sum_in_front(handle x) {
    const shape s = x.extents();
    const ops::labels all = ops::label_range(1, s.rank), kept = ops::label_range(2, s.rank - 1);
    // The products of the same sweep read these terms as they are: then so does the sum.
    if ((x.is<ops::add_>() || !x.coefficient().is(1)) && is_computed_in_place(x, s)) return intern_rearrange(x, all, kept, s.tail(1));
    if (const rational c = x.coefficient(); !c.is(1)) return sum_in_front(x.without_coefficient()).scaled(c);
    if (x.is<ops::add_>() && count_ == 1) return intern_rearrange(x, all, kept, s.tail(1));  // they are the sum
    if (x.is<ops::add_>()) return sum_in_front(x.arg(0).filled(s)) + sum_in_front(x.arg(1).filled(s));
    if (x.is<ops::mul_>() && x.arg(0).extents().is_scalar()) return x.arg(0) * sum_in_front(x.arg(1));
    if (x.is<ops::mul_>() && x.arg(1).extents().is_scalar()) return sum_in_front(x.arg(0)) * x.arg(1);
    if (x.is<ops::contract_>()) {
      const handle a = x.arg(0), b = x.arg(1);
      return contract(a, ops::decode(x.data(), 0, a.extents().rank), b, ops::decode(x.data(), 1, b.extents().rank),
                      ops::decode(x.data(), 2, s.rank).tail(1));
    }
    return rearrange(x, all, kept, s.tail(1));
  }

  constexpr void visit(int root) {
    now_.extend(root + 1);
    sampled_.extend(root + 1);
    done_.extend(root + 1);
    growing<char> reached(root + 1);
    reached[root] = 1;
    for (int i = root; i >= 0; --i) {
      if (reached[i] == 0 || done_[i] != 0 || graph_.is_constant(i)) continue;
      const node& n = graph_.at(i);
      if (n.a >= 0) reached[n.a] = 1;
      if (n.b >= 0) reached[n.b] = 1;
      if (n.c >= 0) reached[n.c] = 1;
    }
    for (int i = 0; i <= root; ++i) {
      if (reached[i] == 0 || done_[i] != 0) continue;
      done_[i] = 1;
      now_[i] = i;
      if (!graph_.is_constant(i)) now_[i] = rewritten(i);
    }
  }
  constexpr int rewritten(int i) {
    const node n = graph_.at(i);
    for (int k = 0; k < table_.size(); ++k) {
      if (table_[k].variable != i) continue;
      sampled_[i] = static_cast<char>(table_[k].sampled);
      return table_[k].by;
    }
    if (n.op == ops::index_of<ops::let_>) {
      sampled_[i] = sampled_[n.a];
      return now_[n.a];
    }
    const int old[3] = {n.a, n.b, n.c};
    sample_axis samples;
    handle operand[3];
    bool changed = false;
    for (int k = 0; k < 3; ++k) {
      if (old[k] < 0) continue;
      samples.of[k] = sampled_[old[k]];
      operand[k] = {&graph_, now_[old[k]]};
      changed = changed || now_[old[k]] != old[k];
    }
    if (!changed) return i;
    const shape one = graph_.shape_at(i);
    if (samples.any() == 0) return construct_again(graph_, n, one, operand[0], operand[1], operand[2]).id();
    sampled_[i] = 1;
    if (is_elementwise(n.op))
      for (int k = 0; k < 3; ++k)
        if (old[k] >= 0) operand[k] = beside_samples(operand[k], graph_.shape_at(old[k]), one, samples.of[k] != 0);
    return construct_again(graph_, n, with_samples(one), operand[0], operand[1], operand[2], samples).filled(with_samples(one)).id();
  }
  /// An operand of an elementwise row beside others that have the axis of samples. Scalars that do not need it stay.
  constexpr handle beside_samples(handle x, const shape& own, const shape& wanted, bool sampled) {
    if (!sampled && own.is_scalar()) return x;
    if (sampled && own == wanted) return x;
    const ops::labels all = ops::label_range(1, 1 + wanted.rank);
    const ops::labels has = sampled ? ops::label_range(1, 1) : ops::label_range(2, own.rank);
    if (const rational c = x.number(); c.valid()) return x.number(c).filled(with_samples(wanted));
    return rearrange(x, has, all, with_samples(wanted));
  }
};

}  // namespace leibniz::graph
