#pragma once
#include <leibniz/calculus/real_functions.hpp>

// The normal form behind `e1 == e2`: every node becomes a polynomial over atoms. The identities used here hold over
// the reals wherever the left side is defined, and a normal form is defined wherever its formula is; so equal forms
// mean formulas that agree wherever both are defined. Nothing is ever computed with these forms.
//
// It is longer than 250 lines because a node, an element of it and a difference of two are read off the same terms.

namespace leibniz::graph {

class normal_forms : private real_functions {
 public:
  constexpr explicit normal_forms(builder& g) : g_(g) {}

  constexpr bool same_formula(int a, int b) {
    if (a == b) return true;
    if (!(g_.shape_at(a) == g_.shape_at(b))) return false;
    visit(a > b ? a : b, a, b);
    if (failed) return false;
    const polynomial left = forms_[a], right = forms_[b];
    if (same(left, right)) return true;
    const polynomial difference = sum(left, right, {-1, 1});
    const shape extents = g_.shape_at(a);
    if (vanishes(difference)) return true;
    if (failed || extents.is_scalar() || extents.size() > longest_sum) return false;
    for (int i = 0; i < extents.size(); ++i) {
      const ops::indices index = ops::unflatten(extents, i);
      fixing at;
      for (int axis = 0; axis < extents.rank; ++axis) at.index[axis + 1] = index.at[axis];
      if (!vanishes(element(difference, at))) return false;
    }
    return true;
  }

 private:
  builder& g_;
  growing<polynomial> forms_;

  constexpr bool is_elementwise(int op) const { return ops::is_elementwise(op); }

  // Operands come before their users: mark what is needed from the top down, then go up. No recursion, because
  // compilers limit its depth.
  constexpr void visit(int top, int a, int b) {
    growing<char> needed(top + 1);
    forms_.extend(top + 1);
    needed[a] = needed[b] = 1;
    for (int i = top; i >= 0; --i) {
      if (needed[i] == 0 || g_.is_constant(i)) continue;
      const node& n = g_.at(i);
      if (n.a >= 0) needed[n.a] = 1;
      if (n.b >= 0) needed[n.b] = 1;
      if (n.c >= 0) needed[n.c] = 1;
    }
    for (int i = 0; i <= top && !failed; ++i)
      if (needed[i] != 0) forms_[i] = form(i);
  }

  constexpr polynomial form(int i) {
    const node n = g_.at(i);
    switch (n.op) {
      case ops::index_of<ops::constant_>: return number(g_.constant_at(i));
      case ops::index_of<ops::variable_>: return leaf(n, g_.shape_at(i));
      case ops::index_of<ops::symbol_>: return symbol(static_cast<int>(n.data));
      case ops::index_of<ops::let_>: return forms_[n.a];
      case ops::index_of<ops::contract_>: return contraction(n, g_.shape_at(i));
      case ops::index_of<ops::rearrange_>: return contraction(n, g_.shape_at(i));
      case ops::index_of<ops::delta_>: {
        const shape s = g_.shape_at(i);
        polynomial result = number({1, 1});
        for (int axis = 0; axis < s.rank / 2; ++axis)
          result = product(result, identity(axis + 1, axis + 1 + s.rank / 2, s.extent[axis]));
        return result;
      }
      case ops::index_of<ops::slice_>:
        if (g_.shape_at(i).is_scalar() && ops::slice_::slice_lead(n.data) == 0) {
          const shape source = g_.shape_at(n.a);
          const ops::indices index = ops::unflatten(source, ops::slice_::slice_offset(n.data));
          fixing at;
          for (int axis = 0; axis < source.rank; ++axis) at.index[axis + 1] = index.at[axis];
          return element(forms_[n.a], at);
        }
        return leaf(n, g_.shape_at(i));
      default:
        if (!is_elementwise(n.op)) return leaf(n, g_.shape_at(i));
        return apply(n.op, forms_[n.a], n.b >= 0 ? forms_[n.b] : polynomial{}, n.c >= 0 ? forms_[n.c] : polynomial{});
    }
  }

  // An atom with all axes of its shape: a variable, a reduction, a piece of a tensor.
  constexpr polynomial leaf(const node& n, const shape& extents) {
    atom a{n.op, none, n.data};
    a.extents = extents;
    a.positive = n.op == ops::index_of<ops::softmax_>;
    if (n.a >= 0) {
      a.operand[0] = forms_[n.a];
      a.inner = g_.shape_at(n.a);
    }
    int labels = 0;
    for (int axis = 0; axis < extents.rank; ++axis) labels |= (axis + 1) << (4 * axis);
    return single(intern(a), labels);
  }
  // contract_ and rearrange_: labels that the result has name its axes, the others are summed; a label that the result
  // has twice is a diagonal.
  constexpr polynomial contraction(const node& n, const shape& extents) {
    const bool two = n.op == ops::index_of<ops::contract_>;
    const shape left = g_.shape_at(n.a), right = two ? g_.shape_at(n.b) : shape{};
    const ops::labels la = ops::decode(n.data, 0, left.rank), lb = ops::decode(n.data, 1, right.rank);
    const ops::labels lo = ops::decode(n.data, two ? 2 : 1, extents.rank);
    int place[16]{};
    for (int i = extents.rank - 1; i >= 0; --i) place[lo.at[i]] = i + 1;
    contracted over;
    relabelling ma, mb;
    const auto assign = [&](const ops::labels& l, const shape& s, relabelling& m) {
      for (int i = 0; i < l.rank; ++i) {
        if (place[l.at[i]] == 0) {
          over.extent[over.count] = s.extent[i];
          place[l.at[i]] = 16 + over.count++;
        }
        m.to[i + 1] = place[l.at[i]];
      }
    };
    assign(la, left, ma);
    assign(lb, right, mb);
    polynomial result = product(forms_[n.a], ma, two ? forms_[n.b] : number({1, 1}), mb, over);
    for (int i = 0; i < extents.rank; ++i)
      if (place[lo.at[i]] != i + 1) result = product(result, identity(place[lo.at[i]], i + 1, extents.extent[i]));
    return result;
  }

  // ---- elements ----

  // An atom's operation on other operands. A condition `0 < u` has one operand only.
  constexpr polynomial apply_again(const atom& a, polynomial p, polynomial q, polynomial r) {
    switch (a.op) {
      case ops::index_of<ops::less_>:
      case ops::index_of<ops::equal_>: return apply(a.op, {}, p);
      default: return apply(a.op, p, q, r);
    }
  }

  struct fixing {
    int index[max_rank + 1]{none, none, none, none, none};  // by axis label; `none` keeps the axis
  };

  /// p with some axes fixed; the others move up.
  constexpr polynomial element(polynomial p, const fixing& at) {
    relabelling kept;
    int axes = 0;
    for (int label = 1; label <= max_rank; ++label) kept.to[label] = at.index[label] == none ? ++axes : 0;
    polynomial total{};
    for (int i = 0; i < p.count && !failed; ++i) {
      const term t = term_at(p.first + i);
      int last = 0;
      for (int label = 1; label <= last_axis(t); ++label)
        if (kept.to[label] > last) last = kept.to[label];
      opened o = open(t, last + 1);
      if (failed) return {};
      for (int label = 1; label <= max_rank; ++label) o.names.to[label] = kept.to[label];
      polynomial part = number(t.coefficient);
      for (int k = 0; k < t.count && !failed; ++k) {
        const factor f = factor_at(t.first + k);
        fixing inner;
        int rest = 0, count = 0;
        bool any = false;
        for (int axis = 0; f.labels >> (4 * axis) != 0; ++axis) {
          const int label = (f.labels >> (4 * axis)) & 15;
          if (label < first_summed && at.index[label] != none) {
            inner.index[axis + 1] = at.index[label];
            any = true;
          } else {
            rest |= o.names.to[label] << (4 * count++);
          }
        }
        if (any) part = product(part, at_labels(power(element_of(f.atom, inner), f.exponent), rest));
        else part = product(part, single(f.atom, rest, f.exponent));
      }
      total = sum(total, o.over.count == 0 ? part : relabelled(part, o.back, o.over));
    }
    return total;
  }
  constexpr polynomial element_of(int which, const fixing& at) {
    const atom a = atom_at(which);
    if (a.op == ops::index_of<ops::add_>) return element(a.operand[0], at);
    if (is_elementwise(a.op))
      return apply_again(a, element(a.operand[0], at), element(a.operand[1], at), element(a.operand[2], at));
    if (a.op == ops::index_of<ops::delta_> && at.index[1] != none && at.index[2] != none)
      return number({at.index[1] == at.index[2] ? 1 : 0, 1});
    if (a.base == none && fixes_all(at, a.extents)) {
      if (a.op == ops::index_of<ops::pad_>) return moved_element(a, at, -ops::slice_::slice_offset(a.data));
      if (a.op == ops::index_of<ops::slice_>) return moved_element(a, at, ops::slice_::slice_offset(a.data));
    }
    // Elements of elements: the indices of the first and of the second, axis by axis.
    atom result{ops::index_of<ops::slice_>, a.base == none ? which : a.base, 0};
    const shape source = atom_at(result.base).extents;
    int labels = 0;
    for (int axis = 0, open_axis = 0; axis < source.rank; ++axis) {
      std::int64_t index = a.base == none ? 0 : (a.data >> (15 * axis)) & 0x7fff;
      if (index == 0) {
        ++open_axis;
        index = at.index[open_axis] + 1;
        if (index > 0x7fff) return give_up_unless(false);
      }
      if (index == 0) {
        result.extents.append(source.extent[axis]);
        labels |= result.extents.rank << (4 * (result.extents.rank - 1));
      }
      result.data |= index << (15 * axis);
    }
    result.positive = a.positive;
    return single(intern(result), labels);
  }

  static constexpr bool fixes_all(const fixing& at, const shape& extents) {
    for (int axis = 0; axis < extents.rank; ++axis)
      if (at.index[axis + 1] == none) return false;
    return extents.rank != 0;
  }
  // An element of a slice or of a padded tensor: that of the operand further on, behind the axes that they share, or 0.
  constexpr polynomial moved_element(const atom& a, const fixing& at, int by) {
    const int lead = ops::slice_::slice_lead(a.data);
    const shape from = a.extents.tail(lead), to = a.inner.tail(lead);
    ops::indices index;
    for (int axis = 0; axis < from.rank; ++axis) index.at[axis] = at.index[lead + axis + 1];
    const int place = ops::flatten(from, index) + by;
    if (place < 0 || place >= to.size()) return {};
    index = ops::unflatten(to, place);
    fixing inner;
    for (int axis = 0; axis < lead; ++axis) inner.index[axis + 1] = at.index[axis + 1];
    for (int axis = 0; axis < to.rank; ++axis) inner.index[lead + axis + 1] = index.at[axis];
    return element(a.operand[0], inner);
  }

  // ---- the difference of two formulas ----

  /// Multiplied by what stands in denominators, until nothing does: p is 0 where it is defined if the result is.
  constexpr polynomial cleared(polynomial p) {
    for (int round = 0; round < 8 && !failed && p.count != 0; ++round) {
      factor worst;
      bool any = false;
      for (int i = 0; i < p.count; ++i) {
        const term& t = term_at(p.first + i);
        for (int k = 0; k < t.count; ++k) {
          const factor f = factor_at(t.first + k);
          if (!f.exponent.negative() || atom_at(f.atom).period == 0 || has_summed(f.labels)) continue;
          if (any && (f.atom != worst.atom || f.labels != worst.labels)) continue;
          if (!any || less(f.exponent, worst.exponent)) worst = f;
          any = true;
        }
      }
      if (!any) break;
      p = product(p, unreduced(worst.atom, worst.labels, {-floor(worst.exponent), 1}));
    }
    return p;
  }
  static constexpr bool has_summed(int labels) {
    for (; labels != 0; labels >>= 4)
      if ((labels & 15) >= first_summed) return true;
    return false;
  }

  constexpr bool vanishes(polynomial difference) {
    const polynomial p = cleared(difference);
    if (failed) return false;
    if (p.count == 0) return true;
    const polynomial written_out = cleared(with_sums_written_out(p));
    return !failed && written_out.count == 0;
  }

  /// Short sums as what they are sums of.
  constexpr polynomial with_sums_written_out(polynomial p) {
    polynomial total{};
    for (int i = 0; i < p.count && !failed; ++i) {
      const term t = term_at(p.first + i);
      if (t.sums == 0) {
        total = sum(total, {p.first + i, 1});
        continue;
      }
      const int axes = last_axis(t);
      opened o = open(t, axes + 1);
      if (failed) return {};
      polynomial body = number(t.coefficient);
      for (int k = 0; k < t.count && !failed; ++k) {
        const factor f = factor_at(t.first + k);
        body = product(body, single(f.atom, renamed(f.labels, o.names), f.exponent));
      }
      int combinations = 1;
      for (int k = 0; k < t.sums; ++k) combinations *= o.over.extent[k] > longest_sum ? longest_sum + 1 : o.over.extent[k];
      if (combinations > 2 * longest_sum) return give_up_unless(false);
      for (int at = 0; at < combinations && !failed; ++at) {
        fixing index;
        for (int k = 0, code = at; k < t.sums; ++k) {
          index.index[axes + 1 + k] = code % o.over.extent[k];
          code /= o.over.extent[k];
        }
        total = sum(total, element(body, index));
      }
    }
    return total;
  }

  static constexpr int longest_sum = 16;
};

/// Whether two nodes of one builder are the same formula in normal form: equal over the reals wherever both are
/// defined. May miss an equality (too many terms, an identity that is not listed here), never invents one. Different
/// shapes are different formulas; names of intermediates do not matter.
constexpr bool same_formula(builder& g, int a, int b) { return normal_forms{g}.same_formula(a, b); }

}  // namespace leibniz::graph
