#pragma once
#include <leibniz/graph/contraction.hpp>

// What was not chosen stays out of derivatives. An adjoint is zero where a select took its other side, beside
// a diagonal and around a piece; the factor that it meets there may be infinite or undefined, and 0 times
// that is NaN. `chained` multiplies them so that such zeros win. It costs something only where a factor can
// be infinite: what is finite for all finite variables is multiplied as it is.

namespace leibniz::graph {

/// What is known of a node from its row and its operands.
constexpr note examined(builder& g, int i) {
  using ops::index_of;
  const node& n = g.at(i);
  if (g.is_constant(i)) {
    const rational c = g.constant_at(i);
    return {.total = true, .from_zero = !c.negative(), .above_zero = !c.negative() && !c.is(0)};
  }
  const note unknown, a = n.a >= 0 ? g.notes[n.a] : unknown, b = n.b >= 0 ? g.notes[n.b] : unknown, c = n.c >= 0 ? g.notes[n.c] : unknown;
  const ops::row_facts& row = ops::facts.of[n.op];
  note x{.total = row.total && (n.a < 0 || a.total) && (n.b < 0 || b.total), .from_zero = row.from_zero};
  switch (n.op) {
    case index_of<ops::symbol_>:
      x.above_zero = true;
      break;
    case index_of<ops::let_>:
    case index_of<ops::slice_>:
    case index_of<ops::pad_>:
    case index_of<ops::rearrange_>: {
      const bool around = n.op == index_of<ops::pad_> || (n.op == index_of<ops::rearrange_> && ops::decode(n.data, 1, g.shape_at(i).rank).repeats());
      x = {.total = a.total, .choosy = a.choosy || around, .from_zero = a.from_zero, .above_zero = a.above_zero && !around};
      break;
    }
    case index_of<ops::delta_>:
    case index_of<ops::argmax_mask_>:
      x.choosy = true;
      break;
    case index_of<ops::add_>:
      x.choosy = a.choosy && b.choosy;
      x.from_zero = a.from_zero && b.from_zero;
      x.above_zero = x.from_zero && (a.above_zero || b.above_zero);
      break;
    case index_of<ops::contract_>:
    case index_of<ops::mul_>:
      x.choosy = a.choosy || b.choosy;
      x.from_zero = (a.from_zero && b.from_zero) || (n.a == n.b && (n.data & 0xffff) == (n.data >> 16 & 0xffff));
      x.above_zero = a.above_zero && b.above_zero;
      break;
    case index_of<ops::div_>:
      x.total = a.total && b.total && b.above_zero;
      x.choosy = a.choosy;
      x.from_zero = a.from_zero && b.from_zero;
      break;
    case index_of<ops::pow_>: {
      if (!g.is_constant(n.b)) break;
      const rational q = g.constant_at(n.b);
      const bool whole = q.is_integer();
      x.total = a.total && (q.negative() ? a.above_zero : whole || a.from_zero);
      x.from_zero = a.from_zero || !whole || q.numerator % 2 == 0;
      break;
    }
    case index_of<ops::sqrt_>:
      x.total = a.total && a.from_zero;
      x.above_zero = a.above_zero;
      break;
    case index_of<ops::log_>:
      x.total = a.total && a.above_zero;
      break;
    case index_of<ops::exp_>: {
      const handle exponent{&g, n.a};
      const auto falls = [&] { return exponent.coefficient().negative() && g.notes[exponent.without_coefficient().id()].from_zero; };
      x.total = a.total && (g.is_constant(n.a) || falls());
      break;
    }
    case index_of<ops::hypot_>:
      x.above_zero = a.above_zero || b.above_zero;
      break;
    case index_of<ops::select_>:
      x.total = b.total && c.total;
      x.choosy = handle{&g, i}.is_mask() || b.choosy || c.choosy;
      x.from_zero = b.from_zero && c.from_zero;
      x.above_zero = b.above_zero && c.above_zero;
      break;
    default:
      break;
  }
  return x;
}
/// The notes of a node; they are made once, in the order of the nodes.
constexpr note& noted(handle x) {
  builder& g = *x.owner();
  while (g.notes.size() <= x.id()) g.notes.push(examined(g, g.notes.size()));
  return g.notes[x.id()];
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
  if (noted(x).chosen != none) return {x.owner(), noted(x).chosen};
  const node n = x.node();
  const handle a = x.arg(0), b = x.arg(1), c = x.arg(2);
  handle count = x;  // of 0 and 1 itself
  switch (n.op) {
    case ops::index_of<ops::select_>: {
      const bool relation = ops::facts.of[a.node().op].style == ops::notation::relation;
      const handle first = chosen(b), second = chosen(c);
      count = relation && first.is_number(1) && second.is_number(0) ? a : applied<ops::select_>(a, first, second);
      break;
    }
    case ops::index_of<ops::add_>:
      count = applied<ops::add_>(chosen(a), chosen(b));
      break;
    case ops::index_of<ops::mul_>:
      count = applied<ops::mul_>(chosen(a), chosen(b));
      break;
    case ops::index_of<ops::let_>:
    case ops::index_of<ops::div_>:
      count = chosen(a);
      break;
    case ops::index_of<ops::delta_>:
    case ops::index_of<ops::argmax_mask_>:
      break;
    default:
      count = construct_again(*x.owner(), n, x.extents(), chosen(a), b.valid() ? chosen(b) : b, {});
  }
  count = count.filled(x.extents());
  noted(x).chosen = count.id();
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
