#pragma once
#include <leibniz/calculus/reverse.hpp>

// The chain rule in the other direction. From a variable x up, every node adds what the tangents of its operands bring,
//
//   ∂u/∂x = Σ over the operands a of u:  ∂u/∂a · ∂a/∂x.
//
// Tangents carry the axes of x behind those of their node. The rows' pullbacks supply ∂u/∂a here too. A node that is a scalar
// has its gradient for a tangent, and that comes from a reverse sweep: the directions mix.

namespace leibniz::graph {

/// One forward sweep: the derivative of a formula that is no scalar by x.
class forward_sweep {
 public:
  constexpr forward_sweep(builder& g, int x) : graph_(g), x_(x), by_(g.shape_at(x)) {}

  /// ∂root/∂x; nothing where root does not depend on x, or where a tangent would have more axes than a tensor may.
  /// gradient(s) is the derivative of a scalar node s by x.
  template <class Gradient>
  constexpr handle operator()(int root, Gradient gradient) {
    if (x_ > root) return {};
    growing<char> needed(root + 1), active(root + 1);
    growing<int> name(root + 1), tangent(root + 1);
    needed[root] = 1;
    for (int i = root; i > x_; --i) {
      if (needed[i] == 0 || graph_.is_constant(i)) continue;
      const node& n = graph_.at(i);
      if (n.op == ops::index_of<ops::let_>) name[n.a] = i;
      if (graph_.shape_at(i).is_scalar()) continue;
      for (const int operand : {n.a, n.b, n.c})
        if (operand >= 0) needed[operand] = 1;
    }
    active[x_] = 1;
    for (int i = x_ + 1; i <= root; ++i) {
      if (graph_.is_constant(i)) continue;
      for (const int operand : {graph_.at(i).a, graph_.at(i).b, graph_.at(i).c})
        if (operand >= 0 && active[operand] != 0) active[i] = 1;
    }
    for (int i = x_; i <= root && graph_.error == failure::none; ++i) {
      tangent[i] = none;
      if (needed[i] == 0 || active[i] == 0) continue;
      const shape own = graph_.shape_at(i);
      if (own.rank + by_.rank > max_rank) return {};
      if (i == x_ || own.is_scalar()) {
        const handle t = i == x_ ? identity_tensor({&graph_, i}, by_) : gradient(handle{&graph_, i});
        if (!t.is_number(0)) tangent[i] = t.id();
        continue;
      }
      const node n = graph_.at(i);
      const int operand[3] = {n.a, n.b, n.c};
      for (int k = 0; k < 3; ++k) {
        if (operand[k] < 0 || active[operand[k]] == 0 || tangent[operand[k]] == none) continue;
        const handle flow = pushed(i, k, {&graph_, name[i] != 0 ? name[i] : i}, {&graph_, tangent[operand[k]]}, by_);
        if (flow.id() == too_many_axes) return {};
        if (!flow.valid() || flow.is_number(0)) continue;
        tangent[i] = tangent[i] == none ? flow.id() : joined({&graph_, tangent[i]}, flow).id();
      }
    }
    return tangent[root] == none ? handle{} : handle{&graph_, tangent[root]};
  }

 private:
  builder& graph_;
  int x_;
  shape by_;

  constexpr handle impossible() const { return {&graph_, too_many_axes}; }
  /// Whether a tangent is a diagonal, zero elsewhere: to be kept as such, for infinity times those zeros would be undefined.
  static constexpr bool is_diagonal(handle tangent) {
    handle t = tangent.without_coefficient();
    while (t.is_mask()) t = chosen_side(t).without_coefficient();
    return t.is<ops::delta_>() || graph::is_diagonal(t);
  }
  /// Whether a tangent is zero but for a piece of x: what `rank` axes in front do not touch.
  static constexpr bool is_piece(handle tangent, int rank) {
    return (tangent.is<ops::pad_>() || (tangent.is<ops::slice_>() && tangent.arg(0).extents().size() == tangent.extents().size())) &&
           ops::slice_::slice_lead(tangent.data()) == rank;
  }

  /// What the tangent of operand k, with the axes of `by` behind its own, adds to that of node i.
  constexpr handle pushed(int i, int k, handle self, handle tangent, const shape& by) {
    const node n = graph_.at(i);
    const handle operands[3] = {{&graph_, n.a}, {&graph_, n.b}, {&graph_, n.c}};
    const handle a = operands[k];
    const shape own = graph_.shape_at(i), from = a.extents();
    // All rules are linear, and they leave the axes of x alone: a piece of x stays a piece.
    if (tangent.is<ops::add_>() && is_piece(tangent.arg(0), from.rank) && is_piece(tangent.arg(1), from.rank)) {
      const handle first = pushed(i, k, self, tangent.arg(0), by), second = pushed(i, k, self, tangent.arg(1), by);
      return !first.valid() ? first : !second.valid() ? second : applied<ops::add_>(first, second);
    }
    if (is_piece(tangent, from.rank)) {
      const shape inner = tangent.arg(0).extents().tail(from.rank);
      if (own.rank + inner.rank > max_rank) return impossible();
      const handle piece = pushed(i, k, self, tangent.arg(0), inner);
      if (!piece.valid()) return piece;
      return pad(piece, own.rank, ops::slice_::slice_offset(tangent.data()), by);
    }
    const ops::labels trail = ops::label_range(ops::lead_label, by.rank);
    const auto is = [&n]<class Op>(operation<Op>) { return n.op == ops::index_of<Op>; };
    if (is(operation<ops::contract_>{})) {
      const ops::labels la = ops::decode(n.data, 0, operands[0].extents().rank), lb = ops::decode(n.data, 1, operands[1].extents().rank);
      const ops::labels lo = ops::decode(n.data, 2, own.rank);
      return k == 0 ? chained(tangent, la + trail, operands[1], lb, lo + trail) : chained(operands[0], la, tangent, lb + trail, lo + trail);
    }
    // Where the operand is x itself its tangent is an identity, and what is smaller than x has a smaller one.
    const bool reads_x = tangent.is<ops::delta_>() && from == by && 2 * own.rank <= max_rank;
    const int lead = ops::slice_::slice_lead(n.data), offset = ops::slice_::slice_offset(n.data), depth = by.size();
    if (is(operation<ops::rearrange_>{})) {
      if (reads_x && own.size() < from.size()) return graph_.rules->row[n.op].pullback[0](a, {}, {}, self, identity_tensor(a, own), n.data, own.rank);
      return rearrange(tangent, ops::decode(n.data, 0, from.rank) + trail, ops::decode(n.data, 1, own.rank) + trail, own + by);
    }
    if (is(operation<ops::slice_>{})) {
      if (reads_x && lead == 0) return pad(identity_tensor(a, own), own.rank, offset, by);
      return is_diagonal(tangent) ? impossible() : slice(tangent, lead, offset * depth, own.tail(lead) + by);
    }
    if (is(operation<ops::pad_>{})) return is_diagonal(tangent) ? impossible() : pad(tangent, lead, offset * depth, own.tail(lead) + by);
    if (const auto own_way = graph_.rules->row[n.op].pushforward; own_way != nullptr) return own_way(a, self, tangent, n.data, by.rank);
    return multiplied(n, k, operands, self, tangent, by);
  }

  /// The slopes of any other row times a tangent. The slopes are the pullback of an identity on the axes that the row mixes: none
  /// where it works element by element, those behind the kept ones of a reduction.
  constexpr handle multiplied(const node& n, int k, const handle* operands, handle self, handle tangent, const shape& by) {
    const shape own = self.extents(), from = operands[k].extents();
    const bool elementwise = is_elementwise(n.op), spread = elementwise && from.is_scalar();
    const int kept = elementwise ? own.rank : static_cast<int>(n.data);
    const shape mixed = own.tail(kept);
    if (mixed.rank + own.rank > max_rank || mixed.rank + from.rank > max_rank) return impossible();
    const ops::labels trail = ops::label_range(ops::lead_label, by.rank), mixing = ops::label_range(1 + max_rank, mixed.rank);
    const ops::labels l = ops::label_range(1, spread ? own.rank : from.rank), lo = ops::label_range(1, own.rank);
    handle with[3] = {operands[0], operands[1], operands[2]};
    if (spread) with[k] = with[k].filled(own);
    const handle seed = rearrange(identity_tensor(self, mixed), mixing + lo.tail(kept), mixing + lo, mixed + own);
    const handle slope = graph_.rules->row[n.op].pullback[k](with[0], with[1], with[2], self, seed, n.data, mixed.rank);
    if (!slope.valid() || slope.is_number(0)) return {};
    const ops::labels lt = spread ? trail : l + trail;
    return chained(slope, mixing + l, tangent, lt, ops::label_range(1, kept) + mixing + trail);
  }
};

}  // namespace leibniz::graph
