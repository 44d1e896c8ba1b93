#pragma once
#include <leibniz/graph/contraction.hpp>

// What was not chosen stays out of derivatives. An adjoint is zero where a select took its other side, beside
// a diagonal and around a piece; the factor that it meets there may be infinite or undefined, and 0 times
// that is NaN. `chained` multiplies them so that such zeros win. It costs something only where a factor can
// be infinite: what is finite for all finite variables is multiplied as it is.

namespace leibniz::graph {

/// What is known of a node from its row and its operands.
constexpr ops::note examined(handle x) {
  const ops::row_facts& row = ops::facts.of[x.node().op];
  ops::note own = row.own;
  for (int k = 0; k < row.arity; ++k) own.total = own.total && x.arg(k).note().total;
  const auto by_row = x.owner()->rules->row[x.node().op].noted;
  return by_row == nullptr ? own : by_row(x, own);
}
/// The notes of a node; they are made once, in the order of the nodes.
constexpr const ops::note& noted(handle x) {
  builder& g = *x.owner();
  while (g.notes.size() <= x.id()) {
    g.notes.push(examined({&g, g.notes.size()}));
    g.chosen.push(none);
  }
  return x.note();
}

/// The side of a mask that is not 0, and the mask with another one in its place.
constexpr handle chosen_side(handle mask) { return mask.arg(mask.arg(2).is_number(0) ? 1 : 2); }
constexpr handle with_chosen(handle mask, handle side) {
  const handle zero = mask.number(0);
  return (mask.arg(2).is_number(0) ? applied<ops::select_>(mask.arg(0), side, zero) : applied<ops::select_>(mask.arg(0), zero, side))
      .filled(mask.extents());
}
/// Whether x is another tensor on a diagonal.
constexpr bool is_diagonal(handle x) { return x.is<ops::rearrange_>() && ops::decode(x.data(), 1, x.extents().rank).repeats(); }
/// Whether a contraction reads it in place, and whether each of its axes is one of that other tensor as well.
constexpr bool is_plain_diagonal(handle x, bool full) {
  if (!is_diagonal(x)) return false;
  const labels in = ops::decode(x.data(), 0, x.arg(0).extents().rank), out = ops::decode(x.data(), 1, x.extents().rank);
  bool plain = !in.repeats();
  for (int i = 0; i < in.rank; ++i) plain = plain && out.contains(in.at[i]);
  for (int i = 0; full && i < out.rank; ++i) plain = plain && in.contains(out.at[i]);
  return plain;
}
constexpr handle same_diagonal(handle x, handle inner) {
  return rearrange(inner, ops::decode(x.data(), 0, inner.extents().rank), ops::decode(x.data(), 1, x.extents().rank), x.extents());
}

/// How many of the terms that an element of x is a sum of were chosen, a condition: 0 where x is 0 whatever
/// the others are. It counts, where a sum of the terms themselves might cancel.
constexpr handle chosen(handle x) {
  if (const handle number = x.without_coefficient(); number.number().valid()) return x.is_number(0) ? x : number;
  if (!noted(x).choosy) return x.number(1).filled(x.extents());
  builder& g = *x.owner();
  if (g.chosen[x.id()] != none) return {&g, g.chosen[x.id()]};
  const node n = x.node();
  const handle a = x.arg(0), b = x.arg(1);
  handle count = x;  // of 0 and 1 itself
  if (const auto by_row = g.rules->row[n.op].counted; by_row != nullptr) count = by_row(x, &chosen);
  else if (!ops::facts.of[n.op].own.choosy) count = construct_again(g, n, x.extents(), chosen(a), b.valid() ? chosen(b) : b, {});
  count = count.filled(x.extents());
  g.chosen[x.id()] = count.id();
  return count;
}
/// x, and 0 where nothing was chosen, as a select that a product can be pulled into.
constexpr handle masked(handle x) {
  const handle any = chosen(x), zero = x.number(0);
  return any == x ? applied<ops::select_>(applied<ops::equal_>(x, zero), zero, x) : applied<ops::select_>(any, x, zero);
}
/// The same, where masks, diagonals and what stands around a piece need no other condition.
constexpr handle guarded(handle x) {
  const handle core = x.without_coefficient();
  if (!noted(core).choosy || core.is<ops::delta_>() || core.is_padded()) return x;
  if (is_plain_diagonal(core, true)) return same_diagonal(core, guarded(core.arg(0))).scaled(x.coefficient());
  if (core.is_mask()) return with_chosen(core, guarded(chosen_side(core))).scaled(x.coefficient());
  return masked(x);
}
/// Whether zeros of x that are there by choice can meet what is no number.
constexpr bool at_risk(handle x, handle factor) { return noted(x).choosy && !noted(factor).total; }
/// The product element by element, for factors of a derivative.
constexpr handle chained(handle a, handle b) {
  const bool left = at_risk(a, b), right = at_risk(b, a);
  if (b.extents().is_scalar()) {
    const handle core = a.without_coefficient();
    const labels half = ops::label_range(1, core.extents().rank / 2);
    if (left && core.is<ops::delta_>()) return rearrange(b, {}, half + half, core.extents()).scaled(a.coefficient());
    if (is_diagonal(core)) return same_diagonal(core, chained(core.arg(0), b)).scaled(a.coefficient());
  }
  return applied<ops::mul_>(left ? guarded(a) : a, right ? guarded(b) : b);
}
/// A contraction that adds nothing up, with the masks of its factors around it.
constexpr handle within_masks(handle a, const labels& la, handle b, const labels& lb, const labels& all, const shape& extents) {
  for (int side = 0; side < 2; ++side) {
    const handle x = side == 0 ? a : b, mask = x.without_coefficient();
    if (!mask.is_mask()) continue;
    const handle inner = chosen_side(mask).filled(mask.extents()), zero = x.number(0);
    const handle condition = mask.arg(0).extents().is_scalar() ? mask.arg(0) : rearrange(mask.arg(0), side == 0 ? la : lb, all, extents);
    const handle product = within_masks(side == 0 ? inner : a, la, side == 0 ? b : inner, lb, all, extents);
    return (mask.arg(2).is_number(0) ? applied<ops::select_>(condition, product, zero) : applied<ops::select_>(condition, zero, product))
        .scaled(x.coefficient());
  }
  return contract(a, la, b, lb, all);
}

}  // namespace leibniz::graph

namespace leibniz {

/// What `contract` is, for factors of a derivative: an adjoint or a tangent, and a slope.
constexpr handle chained(handle a, labels la, handle b, labels lb, labels lo) {
  using namespace graph;
  bool left = at_risk(a, b), right = at_risk(b, a);
  if ((!left && !right) || la.repeats() || lb.repeats()) return contract(a, la, b, lb, lo);
  label_extents known;
  known.learn(la, a.extents());
  known.learn(lb, b.extents());
  const shape result = known.shape_of(lo);
  if (lb.rank == 0) return rearrange(chained(a, b), la, lo, result);
  if (la.rank == 0) return rearrange(chained(b, a), lb, lo, result);
  labels all = la;
  for (int i = 0; i < lb.rank; ++i)
    if (!la.contains(lb.at[i])) all.append(lb.at[i]);
  // The rules of `contract` rename the labels of a diagonal, unless the other factor has two of them.
  const auto renamed = [&](handle x, bool full) {
    const handle core = x.without_coefficient();
    if (!is_plain_diagonal(core, full)) return false;
    const labels out = ops::decode(core.data(), 1, core.extents().rank), &own = x == a ? la : lb, &other = x == a ? lb : la;
    bool once = true;
    for (int i = 0; i < out.rank; ++i)
      for (int k = 0; k < i; ++k) once = once && !(out.at[i] == out.at[k] && other.contains(own.at[i]) && other.contains(own.at[k]));
    return once;
  };
  const auto exact = [&](handle x) {
    const handle core = x.without_coefficient();
    return core.is<ops::delta_>() || (renamed(x, false) && !noted(core.arg(0)).choosy);
  };
  left = left && !exact(a);
  right = right && !exact(b);
  bool sums = false;
  for (int i = 0; i < all.rank; ++i) sums = sums || !lo.contains(all.at[i]);
  const bool covered = la.rank == all.rank || lb.rank == all.rank;
  if (!sums && la.rank == all.rank && a.is_padded()) return rearrange(applied<ops::mul_>(a, rearrange(b, lb, la, a.extents())), la, lo, result);
  const handle zero = a.number(0);
  if (sums && !covered) {
    // A product of matrices stays one: what no term of it has chosen is taken out of the other factor before.
    const auto without = [&](handle x, const labels& l, handle factor, const labels& lf) {
      return applied<ops::select_>(rearrange(chosen(x), l, lf, factor.extents()), factor, zero);
    };
    return contract(right ? without(b, lb, a, la) : a, la, left ? without(a, la, b, lb) : b, lb, lo);
  }
  // Every element of the factors or of the result is one product.
  const auto safe = [&](handle x, const labels& l) {
    const handle mask = guarded(x), core = mask.without_coefficient();
    const bool pulled = core.is_mask() || (!sums && l.rank == all.rank && renamed(x, true));
    return pulled ? mask : masked(x);
  };
  const handle product = within_masks(left ? safe(a, la) : a, la, right ? safe(b, lb) : b, lb, all, known.shape_of(all));
  return rearrange(product, all, lo, result);
}

}  // namespace leibniz
