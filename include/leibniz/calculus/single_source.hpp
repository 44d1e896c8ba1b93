#pragma once
#include <leibniz/calculus/sums.hpp>

// Where several results are differentiated, the directions mix: what depends on the variables through one scalar alone, as sin θ
// and (1 - cos θ)/θ² do, has a slope by that scalar which all the sweeps share. Inside, the chain rule runs forward; an adjoint is
// handed on to the source in one multiplication.

namespace leibniz::graph {

/// The scalars below one root that have a single source, where several sweeps take fewer operations with it.
class single_sources {
 public:
  constexpr explicit single_sources(builder& g, int count) : graph_(g), source_(count), slope_(count) {
    for (int i = 0; i < count; ++i) source_[i] = slope_[i] = none;
  }

  /// Finds the sources of all active nodes, and keeps those for which
  ///
  ///   `sweeps` times the edges > the edges but those at the source + `sweeps` times the nodes with users elsewhere,
  ///
  /// an edge being a multiplication by a slope, which at the source itself forward is one by 1.
  constexpr void find(const growing<char>& active, int sweeps) {
    const int count = source_.size();
    if (count == 0) return;
    for (int i = 0; i < count; ++i)
      if (active[i] != 0) source_[i] = source_of(i, active);
    growing<int> saved(count);
    growing<char> used(count);
    used[count - 1] = 1;
    for (int i = count - 1; i >= 0; --i) {
      if (active[i] == 0) continue;
      const int source = source_[i];
      for (const int operand : {graph_.at(i).a, graph_.at(i).b, graph_.at(i).c}) {
        if (operand < 0 || active[operand] == 0) continue;
        if (source_[operand] != source) used[operand] = 1;
        if (source != none) saved[source] += operand == source ? sweeps : sweeps - 1;
      }
      if (source != none && used[i] != 0) saved[source] -= sweeps;
    }
    for (int i = 0; i < count; ++i) {
      if (source_[i] == none) continue;
      if (saved[source_[i]] > 0) any_ = true;
      else source_[i] = none;
    }
  }
  constexpr bool any() const { return any_; }
  /// none for a scalar that has several.
  constexpr int of(int i) const { return source_[i]; }

  /// The derivative of node i by its source, not valid where it is 0; name[i] is the node by whose name i is called, or none.
  constexpr handle slope(int i, const growing<int>& name) {
    if (slope_[i] == none) {
      const handle sum = make_slope(i, name);
      slope_[i] = sum.valid() ? sum.id() : zero;
    }
    return {&graph_, slope_[i]};
  }

 private:
  static constexpr int zero = -2;
  builder& graph_;
  growing<int> source_, slope_;
  bool any_ = false;

  constexpr int source_of(int i, const growing<char>& active) const {
    const node& n = graph_.at(i);
    if (!ops::is_elementwise(n.op) || n.op == ops::index_of<ops::let_> || !graph_.shape_at(i).is_scalar()) return none;
    int source = none;
    for (const int operand : {n.a, n.b, n.c}) {
      if (operand < 0 || active[operand] == 0) continue;
      const int behind = source_[operand] != none ? source_[operand] : operand;
      if (source != none && source != behind) return none;
      source = behind;
    }
    return source;
  }
  constexpr handle make_slope(int i, const growing<int>& name) {
    const node n = graph_.at(i);
    const handle operands[3] = {{&graph_, n.a}, {&graph_, n.b}, {&graph_, n.c}}, self{&graph_, name[i] != none ? name[i] : i};
    handle sum;
    for (int k = 0; k < 3; ++k) {
      const int operand = operands[k].id();
      if (operand < 0 || (operand != source_[i] && source_[operand] != source_[i])) continue;
      const handle inner = operand == source_[i] ? self.number(1) : slope(operand, name);
      if (!inner.valid()) continue;
      const handle flow = graph_.rules->row[n.op].pullback[k](operands[0], operands[1], operands[2], self, inner, n.data, 0);
      if (!flow.valid() || flow.is_number(0)) continue;
      sum = sum.valid() ? gathered(sum, flow, [](handle) { return false; }) : flow;
    }
    return sum;
  }
};

}  // namespace leibniz::graph
