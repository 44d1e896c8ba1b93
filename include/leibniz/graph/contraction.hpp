#pragma once
#include <initializer_list>

#include <leibniz/graph/construct.hpp>

// The rules of the two labelled primitives, of slice and pad, and of the reductions.

namespace leibniz {

using ops::label_extents;
using ops::labels;

namespace graph {

constexpr handle intern_rearrange(handle x, labels lx, labels lo, const shape& extents) {
  ops::renaming names;
  lo = names.apply(lo);
  lx = names.apply(lx);
  return {x.owner(), x.owner()->intern(ops::index_of<ops::rearrange_>, x.id(), none, none,
                                       ops::encode(lx) | (ops::encode(lo) << 16), extents)};
}

/// The labels of a rearranged operand seen through the rearrangement: axis i of the inner result carries outer.at[i].
/// Inner labels that are repeated in the inner result identify outer labels: `replaced` lists these pairs.
struct seen_through {
  labels inner;
  labels from, to;
  int factor = 1;  // the extents that are summed although the inner tensor does not depend on them
};
constexpr seen_through look_through(handle inner, const labels& outer, const labels& kept) {
  const handle x = inner.arg(0);
  labels lx = ops::decode(inner.data(), 0, x.extents().rank);
  const labels lr = ops::decode(inner.data(), 1, inner.extents().rank);
  seen_through result;
  const auto joined = [&](int label) {
    for (int i = 0; i < result.from.rank; ++i)
      if (label == result.from.at[i]) label = result.to.at[i];
    return label;
  };
  int name[16]{};
  for (int i = 0; i < lr.rank; ++i) {
    if (name[lr.at[i]] == 0) {
      name[lr.at[i]] = outer.at[i];
    } else if (const int a = joined(outer.at[i]), b = joined(name[lr.at[i]]); a != b) {
      result.from.append(a);
      result.to.append(b);
    }
  }
  int fresh = 15;
  for (int i = 0; i < lx.rank; ++i) {
    if (name[lx.at[i]] == 0) {
      while (outer.contains(fresh) || kept.contains(fresh)) --fresh;
      name[lx.at[i]] = fresh--;
    }
    result.inner.append(name[lx.at[i]]);
  }
  // A label that is neither kept nor carried by x, once all names for it are joined, is summed over equal terms.
  unsigned counted = 0;
  for (int i = 0; i < kept.rank; ++i) counted |= 1u << joined(kept.at[i]);
  for (int i = 0; i < result.inner.rank; ++i) counted |= 1u << joined(result.inner.at[i]);
  for (int i = 0; i < lr.rank; ++i) {
    if ((counted >> joined(outer.at[i]) & 1u) == 0) result.factor *= inner.extents().extent[i];
    counted |= 1u << joined(outer.at[i]);
  }
  return result;
}

/// Whether every element of the operand reaches the result as it is, perhaps several times.
constexpr bool spreads(const labels& from, const labels& to) {
  bool all = !from.repeats() && !to.repeats();
  for (int i = 0; i < from.rank; ++i) all = all && to.contains(from.at[i]);
  return all;
}

}  // namespace graph

/// out[lo] = Σ x[lx] over the labels that lo lacks; labels that only lo has are broadcast, repeated ones diagonals.
constexpr handle rearrange(handle x, labels lx, labels lo, const shape& extents) {
  if (lx == lo && !lx.repeats()) return x;
  if (const rational c = x.number(); c.valid() && !lx.repeats() && !lo.repeats()) {
    int factor = 1;
    for (int i = 0; i < lx.rank; ++i)
      if (!lo.contains(lx.at[i])) factor *= x.extents().extent[i];
    if (const rational total = c * rational{factor, 1}; total.valid()) return x.number(total).filled(extents);
  }
  if (x.is_number(0)) return x.number(0).filled(extents);
  if (const rational c = x.coefficient(); !x.number().valid() && !c.is(1))
    return rearrange(x.without_coefficient(), lx, lo, extents).scaled(c);
  // Masks stay outside, as far as that is possible: see masked_product.
  if (x.is_mask() && (x.arg(0).extents().is_scalar() || graph::spreads(lx, lo))) {
    const bool first = x.arg(2).is_number(0);
    const handle condition = x.arg(0).extents().is_scalar() ? x.arg(0) : rearrange(x.arg(0), lx, lo, extents);
    const handle chosen = rearrange(x.arg(first ? 1 : 2).filled(x.extents()), lx, lo, extents);
    return first ? applied<ops::select_>(condition, chosen, x.number(0)) : applied<ops::select_>(condition, x.number(0), chosen);
  }
  if (x.is<ops::rearrange_>()) {
    const graph::seen_through through = graph::look_through(x, lx, lo);
    labels out = lo;
    labels inner = through.inner;
    for (int i = 0; i < through.from.rank; ++i) {
      out.replace(through.from.at[i], through.to.at[i]);
      inner.replace(through.from.at[i], through.to.at[i]);
    }
    return rearrange(x.arg(0), inner, out, extents).scaled({through.factor, 1});
  }
  bool permutation = lx.rank == lo.rank && !lx.repeats() && !lo.repeats();
  for (int i = 0; i < lo.rank; ++i) permutation = permutation && lx.contains(lo.at[i]);
  if (permutation && x.is<ops::contract_>()) {
    const labels inner = ops::decode(x.data(), 2, x.extents().rank);
    labels out;
    for (int i = 0; i < lo.rank; ++i)
      for (int j = 0; j < lx.rank; ++j)
        if (lx.at[j] == lo.at[i]) out.append(inner.at[j]);
    return contract(x.arg(0), ops::decode(x.data(), 0, x.arg(0).extents().rank), x.arg(1),
                    ops::decode(x.data(), 1, x.arg(1).extents().rank), out);
  }
  if (permutation && x.is<ops::delta_>() && lx.rank == 2) return x;
  return graph::intern_rearrange(x, lx, lo, extents);
}

/// out[lo] = Σ a[la] b[lb] over the labels that lo lacks.
constexpr handle contract(handle a, labels la, handle b, labels lb, labels lo) {
  label_extents known;
  known.learn(la, a.extents());
  known.learn(lb, b.extents());
  const shape extents = known.shape_of(lo);
  if (extents.rank > max_rank) {
    a.owner()->fail(failure::rank_above_four, {});
    return a.number(0);
  }
  if (a.is_number(0) || b.is_number(0)) return a.number(0).filled(extents);
  // Not beside the zeros around a diagonal: infinity times those would be undefined.
  if (la.rank == 0) return lo.repeats() ? rearrange(applied<ops::mul_>(a, b), lb, lo, extents) : applied<ops::mul_>(a, rearrange(b, lb, lo, extents));
  if (lb.rank == 0) return lo.repeats() ? rearrange(applied<ops::mul_>(a, b), la, lo, extents) : applied<ops::mul_>(b, rearrange(a, la, lo, extents));
  if (a.number().valid() || b.number().valid()) {
    const bool left = a.number().valid();
    const labels &lc = left ? la : lb, &lx = left ? lb : la;
    rational c = left ? a.number() : b.number();
    labels counted;
    for (int i = 0; i < lc.rank; ++i) {
      if (lx.contains(lc.at[i]) || lo.contains(lc.at[i]) || counted.contains(lc.at[i])) continue;
      c = c * rational{known.of[lc.at[i]], 1};
      counted.append(lc.at[i]);
    }
    if (c.valid()) return rearrange(left ? b : a, lx, lo, extents).scaled(c);
  }
  // A coefficient must not hide what is read in place below.
  for (const handle scaled : {a, b}) {
    const handle core = scaled.without_coefficient();
    if (core == scaled || (!core.is<ops::delta_>() && !core.is<ops::rearrange_>() && !core.is_mask())) continue;
    const bool left = scaled == a;
    return contract(left ? core : a, la, left ? b : core, lb, lo).scaled(scaled.coefficient());
  }
  if (a.is<ops::delta_>() || b.is<ops::delta_>()) {
    const bool left = a.is<ops::delta_>();
    labels ld = left ? la : lb, lx = left ? lb : la, out = lo;
    const int half = ld.rank / 2;
    rational c{1, 1};
    for (int i = 0; i < half; ++i) {
      const int p = ld.at[i], q = ld.at[i + half];
      const bool p_first = lx.contains(p);
      if (!p_first && !lx.contains(q) && !out.contains(p) && !out.contains(q)) c = c * rational{known.of[p], 1};
      const int keep = p_first ? p : q, drop = p_first ? q : p;
      ld.replace(drop, keep);
      lx.replace(drop, keep);
      out.replace(drop, keep);
    }
    return rearrange(left ? b : a, lx, out, extents).scaled(c);
  }
  // A rearranged operand is read in place: transposes and diagonals become labels.
  for (int side = 0; side < 2; ++side) {
    const handle r = side == 0 ? a : b;
    if (!r.is<ops::rearrange_>()) continue;
    const labels &lr = side == 0 ? la : lb, &other = side == 0 ? lb : la;
    const labels inner_in = ops::decode(r.data(), 0, r.arg(0).extents().rank);
    const labels inner_out = ops::decode(r.data(), 1, r.extents().rank);
    bool absorbable = !inner_in.repeats();
    for (int i = 0; i < inner_in.rank; ++i) absorbable = absorbable && inner_out.contains(inner_in.at[i]);
    for (int i = 0; i < inner_out.rank; ++i) {
      bool named = inner_in.contains(inner_out.at[i]) || other.contains(lr.at[i]) || !lo.contains(lr.at[i]);
      for (int j = 0; j < inner_out.rank; ++j) named = named || (j != i && inner_out.at[j] == inner_out.at[i]);  // a diagonal
      absorbable = absorbable && named;
    }
    if (!absorbable) continue;
    const graph::seen_through through = graph::look_through(r, lr, lo + other);
    labels inner = through.inner, rest = other, out = lo;
    for (int i = 0; i < through.from.rank; ++i) {
      inner.replace(through.from.at[i], through.to.at[i]);
      rest.replace(through.from.at[i], through.to.at[i]);
      out.replace(through.from.at[i], through.to.at[i]);
    }
    if (rest.repeats()) continue;
    labels unique;
    for (int i = 0; i < out.rank; ++i)
      if (!unique.contains(out.at[i]) && (inner.contains(out.at[i]) || rest.contains(out.at[i]))) unique.append(out.at[i]);
    const handle core = side == 0 ? contract(r.arg(0), inner, b, rest, unique) : contract(a, rest, r.arg(0), inner, unique);
    return rearrange(core, unique, out, extents).scaled({through.factor, 1});
  }
  // What only one operand has and the result has not is summed first.
  for (int side = 0; side < 2; ++side) {
    const labels &own = side == 0 ? la : lb, &other = side == 0 ? lb : la;
    labels kept;
    for (int i = 0; i < own.rank; ++i)
      if (other.contains(own.at[i]) || lo.contains(own.at[i])) kept.append(own.at[i]);
    if (kept.rank == own.rank) continue;
    return side == 0 ? contract(rearrange(a, la, kept, known.shape_of(kept)), kept, b, lb, lo)
                     : contract(a, la, rearrange(b, lb, kept, known.shape_of(kept)), kept, lo);
  }
  labels present;
  for (int i = 0; i < lo.rank; ++i)
    if (la.contains(lo.at[i]) || lb.contains(lo.at[i])) present.append(lo.at[i]);
  if (la == lb) {
    // A product that the rules shorten, as (y/a)·a, is not a contraction any more.
    const handle product = applied<ops::mul_>(a, b), u = a.without_coefficient(), v = b.without_coefficient(), core = product.without_coefficient();
    const bool shortened = !(u == v) && !(core.is<ops::mul_>() && (core.arg(0) == u || core.arg(0) == v));
    if (la == present || shortened) return rearrange(product, la, lo, extents);
  }
  // One operand only scales the other, or a scalar decides for all of a mask: masks stay outside.
  for (int side = 0; side < 2; ++side) {
    const handle mask = side == 0 ? a : b;
    if (!mask.is_mask()) continue;
    const bool whole = mask.arg(0).extents().is_scalar();
    if (!whole && !(graph::spreads(la, present) && graph::spreads(lb, present) && (la.rank == present.rank || lb.rank == present.rank))) continue;
    const bool first = mask.arg(2).is_number(0);
    const handle chosen = mask.arg(first ? 1 : 2).filled(mask.extents()), zero = a.number(0);
    const shape product = known.shape_of(present);
    const handle condition = whole ? mask.arg(0) : rearrange(mask.arg(0), side == 0 ? la : lb, present, product);
    const handle u = side == 0 ? contract(chosen, la, b, lb, present) : contract(a, la, chosen, lb, present);
    return rearrange(first ? applied<ops::select_>(condition, u, zero) : applied<ops::select_>(condition, zero, u), present, lo, extents);
  }
  ops::renaming names;
  const labels no = names.apply(present), na = names.apply(la), nb = names.apply(lb);
  const std::int64_t word = ops::encode(na) | (ops::encode(nb) << 16) | (ops::encode(no) << 32);
  const handle product{a.owner(), a.owner()->intern(ops::index_of<ops::contract_>, a.id(), b.id(), graph::none, word,
                                                    known.shape_of(present))};
  return rearrange(product, present, lo, extents);
}

constexpr handle identity_tensor(handle context, const shape& half) {
  if (half.is_scalar()) return context.number(1);
  return {context.owner(), context.owner()->intern(ops::index_of<ops::delta_>, graph::none, graph::none, graph::none, 0, half + half)};
}

/// The elements [offset, offset + size) behind the first `lead` axes, as a tensor of shape `trailing`.
constexpr handle slice(handle x, int lead, int offset, const shape& trailing) {
  const shape source = x.extents();
  if (source.tail(lead) == trailing) return x;
  const shape extents = source.head(lead) + trailing;
  if (x.number().valid()) return x.number(x.number()).filled(extents);
  if (x.is<ops::slice_>() && ops::slice_::slice_lead(x.data()) == lead)
    return slice(x.arg(0), lead, offset + ops::slice_::slice_offset(x.data()), trailing);
  if (x.is<ops::pad_>() && ops::slice_::slice_lead(x.data()) == lead) {
    const int start = ops::slice_::slice_offset(x.data()), count = x.arg(0).extents().tail(lead).size();
    if (offset >= start && offset + trailing.size() <= start + count) return slice(x.arg(0), lead, offset - start, trailing);
    if (offset >= start + count || offset + trailing.size() <= start) return x.number(0).filled(extents);
  }
  if (x.is_mask() && !(lead == 0 && trailing.is_scalar())) {  // masks stay outside
    const auto piece = [&](handle operand) { return operand.extents().is_scalar() ? operand : slice(operand, lead, offset, trailing); };
    return applied<ops::select_>(piece(x.arg(0)), piece(x.arg(1)), piece(x.arg(2))).filled(extents);
  }
  if (lead == 0 && trailing.is_scalar()) {
    const ops::indices index = ops::unflatten(source, offset);
    const auto element = [&](handle operand, const labels& own, const labels& out) {
      ops::indices at;
      for (int i = 0; i < own.rank; ++i)
        for (int j = 0; j < out.rank; ++j)
          if (own.at[i] == out.at[j]) at.at[i] = index.at[j];
      return slice(operand, 0, ops::flatten(operand.extents(), at), {});
    };
    if (graph::is_elementwise(x.node().op) && !x.is<ops::let_>()) {
      handle part[3];
      for (int i = 0; i < 3; ++i)
        if (x.arg(i).valid()) part[i] = x.arg(i).extents().is_scalar() ? x.arg(i) : slice(x.arg(i), 0, offset, {});
      return graph::construct_elementwise(x.node().op, part[0], part[1], part[2]);
    }
    if (x.is<ops::rearrange_>()) {
      const labels in = ops::decode(x.data(), 0, x.arg(0).extents().rank), out = ops::decode(x.data(), 1, source.rank);
      bool moves = !in.repeats(), beside = false;  // a diagonal
      for (int i = 0; i < in.rank; ++i) moves = moves && out.contains(in.at[i]);
      for (int i = 0; i < out.rank; ++i)
        for (int j = 0; j < i; ++j) beside = beside || (out.at[i] == out.at[j] && index.at[i] != index.at[j]);
      if (beside) return x.number(0);
      if (moves) return element(x.arg(0), in, out);
    }
    if (x.is<ops::contract_>()) {
      const labels la = ops::decode(x.data(), 0, x.arg(0).extents().rank), lb = ops::decode(x.data(), 1, x.arg(1).extents().rank);
      const labels out = ops::decode(x.data(), 2, source.rank);
      bool plain = true;
      for (int i = 0; i < la.rank; ++i) plain = plain && out.contains(la.at[i]);
      for (int i = 0; i < lb.rank; ++i) plain = plain && out.contains(lb.at[i]);
      if (plain) return applied<ops::mul_>(element(x.arg(0), la, out), element(x.arg(1), lb, out));
    }
    if (x.is<ops::delta_>()) {
      const int half = source.rank / 2;
      bool diagonal = true;
      for (int i = 0; i < half; ++i) diagonal = diagonal && index.at[i] == index.at[i + half];
      return x.number(diagonal ? 1 : 0);
    }
  }
  return {x.owner(), x.owner()->intern(ops::index_of<ops::slice_>, x.id(), graph::none, graph::none,
                                       ops::slice_::encode(lead, offset), extents)};
}

/// Zeros of shape `trailing` behind the first `lead` axes, with x from `offset` on.
constexpr handle pad(handle x, int lead, int offset, const shape& trailing) {
  if (x.extents().tail(lead) == trailing) return x;
  const shape extents = x.extents().head(lead) + trailing;
  if (x.is_number(0)) return x.filled(extents);
  if (x.extents().tail(lead).size() == trailing.size()) return slice(x, lead, 0, trailing);
  return {x.owner(), x.owner()->intern(ops::index_of<ops::pad_>, x.id(), graph::none, graph::none,
                                       ops::slice_::encode(lead, offset), extents)};
}

namespace graph {
template <class Op>
constexpr handle reduced(handle x, int kept) {
  const shape extents = [&] {
    if constexpr (requires { Op::keeps_shape; }) return x.extents();
    else return x.extents().head(kept);
  }();
  return {x.owner(), x.owner()->intern(ops::index_of<Op>, x.id(), none, none, kept, extents)};
}
}  // namespace graph

constexpr handle logsumexp(handle x, int kept) {
  return x.extents().rank == kept ? x : graph::reduced<ops::logsumexp_>(x, kept);
}
constexpr handle softmax(handle x, int kept) { return graph::reduced<ops::softmax_>(x, kept); }
constexpr handle maximum(handle x, int kept) {
  return x.extents().rank == kept ? x : graph::reduced<ops::maximum_>(x, kept);
}
constexpr handle norm(handle x, int kept) {
  return x.extents().rank == kept ? applied<ops::abs_>(x) : graph::reduced<ops::euclidean_>(x, kept);
}
constexpr handle argmax_mask(handle x, int kept) { return graph::reduced<ops::argmax_mask_>(x, kept); }
constexpr handle product_of_all(handle x, int kept) {
  return x.extents().rank == kept ? x : graph::reduced<ops::product_>(x, kept);
}
constexpr handle products_of_others(handle x, int kept) { return graph::reduced<ops::products_of_others_>(x, kept); }
constexpr handle log_softmax(handle x, std::int64_t kept) {
  return graph::reduced<ops::log_softmax_>(x, static_cast<int>(kept));
}

namespace graph {

/// An axis that a formula of one sample does not know: in front of all others, where there are many samples.
struct sample_axis {
  int of[3]{};  // whether each operand has it: 1 or 0
  constexpr int any() const { return of[0] | of[1] | of[2]; }
};

/// The node n of another graph (or of this one, with other operands) made again by its row's rules.
constexpr handle construct_again(builder& g, const node& n, const shape& extents, handle a, handle b, handle c, sample_axis samples = {}) {
  if (is_elementwise(n.op)) return construct_elementwise(n.op, a, b, c);
  constexpr int sample_label = 15;
  const int front = samples.any();
  const auto decoded = [&](int place, handle operand, int more) {
    return ops::label_range(sample_label, more) + ops::decode(n.data, place, operand.extents().rank - more);
  };
  const labels out = ops::label_range(sample_label, front);
  const auto is = [&]<class Op>(operation<Op>) { return n.op == ops::index_of<Op>; };
  if (is(operation<ops::contract_>{}))
    return contract(a, decoded(0, a, samples.of[0]), b, decoded(1, b, samples.of[1]), out + ops::decode(n.data, 2, extents.rank - front));
  if (is(operation<ops::rearrange_>{})) return rearrange(a, decoded(0, a, front), out + ops::decode(n.data, 1, extents.rank - front), extents);
  const int lead = ops::slice_::slice_lead(n.data) + front;
  if (is(operation<ops::slice_>{})) return slice(a, lead, ops::slice_::slice_offset(n.data), extents.tail(lead));
  if (is(operation<ops::pad_>{})) return pad(a, lead, ops::slice_::slice_offset(n.data), extents.tail(lead));
  return {&g, g.intern(n.op, n.a >= 0 && a.valid() ? a.id() : n.a, n.b, n.c, n.data + front, extents)};
}

}  // namespace graph
}  // namespace leibniz
