#pragma once
#include <leibniz/calculus/single_source.hpp>

// The chain rule. From the result down, every node hands its adjoint on to its operands,
//
//   ∂f/∂a = Σ over the users u of a:  ∂f/∂u · ∂u/∂a,
//
// and the rows supply ∂u/∂a. Adjoints carry the axes of f in front of those of their node.

namespace leibniz::graph {

/// What flows to operand `Which` of an elementwise row: the adjoint times the slope, summed where a scalar operand
/// was broadcast.
template <class Row, int Which>
constexpr handle elementwise_pullback(handle a, handle b, handle c, handle self, handle adjoint, int lead) {
  handle slope;
  if constexpr (Row::arity == 1) slope = Row::derivative(a, self);
  else if constexpr (Row::arity == 2) slope = Row::template derivative<Which>(a, b, self);
  else slope = Row::template derivative<Which>(a, b, c);
  if (slope.is_number(0)) return {};
  const shape own = self.extents(), target = (Which == 0 ? a : Which == 1 ? b : c).extents();
  const labels f = ops::label_range(ops::lead_label, lead), l = ops::label_range(1, own.rank);
  if (slope.extents().is_scalar() && !own.is_scalar()) {
    const handle flow = chained(adjoint, slope);
    return target == own ? flow : rearrange(flow, f + l, f, adjoint.extents().head(lead));
  }
  if (lead == 0 && target == own) return chained(adjoint, slope);
  return chained(adjoint, f + l, slope, l, target == own ? f + l : f);
}

template <class Row, int Which>
constexpr handle row_pullback(handle a, handle b, handle c, handle self, handle adjoint, std::int64_t data, int lead) {
  if constexpr (Which >= Row::arity) return {};
  else if constexpr (Row::is_elementwise) return elementwise_pullback<Row, Which>(a, b, c, self, adjoint, lead);
  else if constexpr (Row::arity == 1) return Row::template pullback<Which>(a, self, adjoint, data, lead);
  else return Row::template pullback<Which>(a, b, self, adjoint, data, lead);
}

template <class Row>
constexpr handle row_construct(handle a, handle b, handle c) {
  return construct_row<Row>(a, b, c);
}
template <class Row>
constexpr rules rules_of() {
  rules r{nullptr, {&row_pullback<Row, 0>, &row_pullback<Row, 1>, &row_pullback<Row, 2>}};
  if constexpr (Row::is_elementwise) r.construct = &row_construct<Row>;
  if constexpr (requires(handle h) { Row::pushforward(h, h, h, 0, 0); }) r.pushforward = &Row::template pushforward<handle>;
  if constexpr (requires(handle h, ops::note own) { Row::noted(h, own); }) r.noted = &Row::template noted<handle>;
  if constexpr (requires(handle h, handle (*chosen)(handle)) { Row::counted(h, chosen); }) r.counted = &Row::template counted<handle>;
  return r;
}
template <class Late, class... Rows>
constexpr rule_table make_rules(ops::row_list<Rows...>) {
  return {{rules_of<Rows>()...}};
}
template <class Late>
inline constexpr rule_table rules_of_all = make_rules<Late>(ops::primitives{});
template <class Late>
constexpr const rule_table* all_rules() {
  return &rules_of_all<Late>;
}

/// In place of an adjoint that would have more axes than a tensor may.
inline constexpr int too_many_axes = -2;

/// Appends to `adjoints`, for every node up to `root`, the derivative of root by that node (none where it is 0).
/// `sweeps` says how many roots there are, whose sweeps can share the slopes by single sources.
constexpr void reverse_sweep(builder& g, int root, growing<int>& adjoints, int sweeps = 1) {
  const int base = adjoints.size(), count = root + 1;
  adjoints.extend(base + count);
  growing<char> reached(count), active(count);
  growing<int> name(count);
  reached[root] = 1;
  for (int i = root; i >= 0; --i) {
    adjoints[base + i] = none;
    name[i] = none;
    if (reached[i] == 0) continue;
    const node& n = g.at(i);
    if (n.op == ops::index_of<ops::variable_>) continue;
    if (n.a >= 0 && !g.is_constant(i)) reached[n.a] = 1;
    if (n.b >= 0 && !g.is_constant(i)) reached[n.b] = 1;
    if (n.c >= 0) reached[n.c] = 1;
  }
  for (int i = 0; i < count; ++i) {
    if (reached[i] == 0 || g.is_constant(i)) continue;
    const node& n = g.at(i);
    const bool is_let = n.op == ops::index_of<ops::let_>;
    if (is_let) name[n.a] = i;
    active[i] = n.op == ops::index_of<ops::variable_> || is_let || (n.a >= 0 && active[n.a] != 0) ||
                (n.b >= 0 && active[n.b] != 0) || (n.c >= 0 && active[n.c] != 0);
  }
  const shape f = g.shape_at(root);
  const bool shares = sweeps > 1 && f.is_scalar();
  single_sources sources(g, shares ? count : 0);
  if (shares) sources.find(active, sweeps);
  const bool mixed = sources.any();
  adjoints[base + root] = identity_tensor({&g, root}, f).id();
  growing<char> handed_on;
  const auto is_adjoint = [&](handle factor_) { return factor_.id() < handed_on.size() && handed_on[factor_.id()] != 0; };
  const auto add = [&](int i_, handle flow_) {
    if (!flow_.valid() || flow_.is_number(0)) return;
    int& sum_ = adjoints[base + i_];
    if (sum_ == none) sum_ = flow_.id();
    else if (mixed && flow_.extents().is_scalar()) sum_ = gathered({&g, sum_}, flow_, is_adjoint).id();
    else sum_ = joined({&g, sum_}, flow_).id();
  };
  for (int i = root; i >= 0 && g.error == failure::none; --i) {
    if (adjoints[base + i] == none || active[i] == 0) continue;
    const node n = g.at(i);
    // A named result is called by its name in the slopes: a * (1 - a).
    const handle self{&g, name[i] != none ? name[i] : i}, adjoint{&g, adjoints[base + i] == too_many_axes ? none : adjoints[base + i]};
    if (mixed && adjoint.extents().is_scalar()) {
      const int scalar = adjoint.without_coefficient().id();
      if (scalar >= handed_on.size()) handed_on.extend(2 * scalar + 1);
      handed_on[scalar] = 1;
    }
    if (mixed && sources.of(i) != none) {
      if (const handle slope = sources.slope(i, name); slope.valid()) add(sources.of(i), chained(adjoint, slope));
      continue;
    }
    const int operand[3] = {n.a, n.b, n.c};
    for (int k = 0; k < 3; ++k) {
      if (operand[k] < 0 || active[operand[k]] == 0) continue;
      int& sum = adjoints[base + operand[k]];
      if (sum == too_many_axes) continue;
      if (adjoints[base + i] == too_many_axes || f.rank + g.shape_at(operand[k]).rank > max_rank) {
        sum = too_many_axes;
        continue;
      }
      add(operand[k], g.rules->row[n.op].pullback[k]({&g, n.a}, {&g, n.b}, {&g, n.c}, self, adjoint, n.data, f.rank));
    }
  }
}

}  // namespace leibniz::graph
