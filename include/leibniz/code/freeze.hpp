#pragma once
#include <leibniz/calculus/reverse.hpp>

// From a graph under construction, which lives only inside one constant evaluation, to a constant of exact size.
//
// A Source says what to build: `static constexpr int output_count` and
// `static constexpr void build(graph::builder&, int* roots)`.

namespace leibniz::code {

constexpr int operand_count(int op) { return ops::facts.of[op].arity; }

/// One operation of a frozen program; its operands are earlier instructions. A constant keeps its fraction as the
/// builder does: the numerator in `data`, the denominator in a and b.
struct instruction {
  int op = 0;
  int a = graph::none, b = graph::none, c = graph::none;
  int shape = 0;
  std::int64_t data = 0;

  constexpr int operand(int i) const { return i == 0 ? a : i == 1 ? b : c; }
  constexpr rational number() const { return {data, (static_cast<std::int64_t>(b) << 31) | a}; }
};

/// The live nodes of a graph in the order of evaluation. Where the capacity was too small, only the counts are valid.
template <int Nodes, int Shapes, int Names, int Outputs>
struct frozen_graph {
  instruction at[Nodes > 0 ? Nodes : 1]{};
  shape shapes[Shapes > 0 ? Shapes : 1]{};
  text_view names[Names > 0 ? Names : 1]{};
  int roots[Outputs > 0 ? Outputs : 1]{};
  int node_count = 0, shape_count = 0, name_count = 0;
  bool fits = true;
  failure error = failure::none;
  text_view culprit;

  constexpr const shape& shape_at(int i) const { return shapes[at[i].shape]; }
};

/// Products of scalars carry their constant in front: 2*(u*v). Where the sweep has made 2*u on its way, (2*u)*v saves a
/// multiplication, and the product without the constant if nobody else needs it; -2*u is its opposite. From the results down, so
/// that it is known who does.
constexpr void share_coefficients(graph::builder& g, const int* roots, int root_count) {
  constexpr int product = ops::index_of<ops::mul_>;
  growing<int> uses(g.size() + 1);
  for (int k = 0; k < root_count; ++k) ++uses[roots[k]];
  const auto use = [&](int i_, int change_) {
    const graph::node& n_ = g.at(i_);
    const int arity_ = operand_count(n_.op);
    if (arity_ > 0) uses[n_.a] += change_;
    if (arity_ > 1) uses[n_.b] += change_;
    if (arity_ > 2) uses[n_.c] += change_;
  };
  const auto is_product = [&](int i_) { return g.at(i_).op == product && g.shape_at(i_).is_scalar(); };
  for (int i = g.size() - 1; i >= 0; --i)
    if (uses[i] > 0) use(i, 1);
  for (int i = g.size() - 1; i >= 0; --i) {
    if (uses[i] == 0 || !is_product(i)) continue;
    const graph::node n = g.at(i);
    if (!g.is_constant(n.a) || g.constant_at(n.a).is(-1)) continue;
    const int minus_one = g.known_constant({-1, 1});
    const int opposite = g.known({product, g.known_constant(-g.constant_at(n.a)), n.b, graph::none, n.shape, 0}, true);
    if (opposite != graph::none && opposite < i && uses[opposite] > 0 && minus_one != graph::none && minus_one < i) {
      use(i, -1);
      g.rewire(i, minus_one, opposite);
      use(i, 1);
      continue;
    }
    if (!is_product(n.b) || uses[n.b] != 1) continue;
    const graph::node inner = g.at(n.b);
    for (int side = 0; side < 2; ++side) {
      const int factor = side == 0 ? inner.a : inner.b, other = side == 0 ? inner.b : inner.a;
      const int scaled = g.known({product, n.a, factor, graph::none, n.shape, 0}, true);
      if (scaled == graph::none || scaled >= i) continue;
      if (uses[scaled]++ == 0) use(scaled, 1);
      ++uses[other];
      if (--uses[n.b] == 0) use(n.b, -1);
      --uses[n.a];
      g.rewire(i, scaled, other);
      break;
    }
  }
}

template <class Source, int Nodes, int Shapes, int Names>
constexpr auto freeze_into() {
  frozen_graph<Nodes, Shapes, Names, Source::output_count> result;
  graph::builder g(graph::late<Source>);
  int roots[Source::output_count > 0 ? Source::output_count : 1]{};
  Source::build(g, roots);
  result.error = g.error;
  result.culprit = g.culprit;
  if (g.error != failure::none) return result;
  share_coefficients(g, roots, Source::output_count);

  constexpr int let = ops::index_of<ops::let_>, variable = ops::index_of<ops::variable_>;
  growing<int> number(g.size() + 1), shape_number, name_number(g.variable_count() + 1);  // place + 1; 0 is dead
  for (int k = 0; k < Source::output_count; ++k) number[roots[k]] = 1;
  for (int i = g.size() - 1; i >= 0; --i) {
    if (number[i] == 0) continue;
    const graph::node& n = g.at(i);
    const int arity = operand_count(n.op);
    if (arity > 0) number[n.a] = 1;
    if (arity > 1) number[n.b] = 1;
    if (arity > 2) number[n.c] = 1;
    shape_number.extend(n.shape + 1);
  }
  for (int i = 0; i < g.size(); ++i) {
    if (number[i] == 0) continue;
    const graph::node& n = g.at(i);
    if (n.op == let) {
      number[i] = number[n.a];
      continue;
    }
    instruction made{n.op, n.a, n.b, n.c, 0, n.data};
    const int arity = operand_count(n.op);
    if (arity > 0) made.a = number[n.a] - 1;
    if (arity > 1) made.b = number[n.b] - 1;
    if (arity > 2) made.c = number[n.c] - 1;
    if (shape_number[n.shape] == 0) {
      if (result.shape_count < Shapes) result.shapes[result.shape_count] = g.shape_at(i);
      shape_number[n.shape] = ++result.shape_count;
    }
    made.shape = shape_number[n.shape] - 1;
    if (n.op == variable) {
      const int index = static_cast<int>(n.data);
      if (name_number[index] == 0) {
        if (result.name_count < Names) result.names[result.name_count] = g.variable_at(index).name;
        name_number[index] = ++result.name_count;
      }
      made.data = name_number[index] - 1;
    }
    if (result.node_count < Nodes) result.at[result.node_count] = made;
    number[i] = ++result.node_count;
  }
  for (int k = 0; k < Source::output_count; ++k) result.roots[k] = number[roots[k]] - 1;
  result.fits = result.node_count <= Nodes && result.shape_count <= Shapes && result.name_count <= Names;
  return result;
}

/// The program of a Source. It is built once, unless it is so large that there is room for it only when its size is known.
template <class Source>
class frozen {
  static constexpr auto first = freeze_into<Source, 512, 32, 32>();
  static constexpr auto make() {
    constexpr int nodes = first.node_count, shapes = first.shape_count, names = first.name_count;
    if constexpr (!first.fits) return freeze_into<Source, nodes, shapes, names>();
    else {
      frozen_graph<nodes, shapes, names, Source::output_count> exact;
      for (int i = 0; i < nodes; ++i) exact.at[i] = first.at[i];
      for (int i = 0; i < shapes; ++i) exact.shapes[i] = first.shapes[i];
      for (int i = 0; i < names; ++i) exact.names[i] = first.names[i];
      for (int i = 0; i < Source::output_count; ++i) exact.roots[i] = first.roots[i];
      exact.node_count = nodes, exact.shape_count = shapes, exact.name_count = names;
      exact.error = first.error;
      exact.culprit = first.culprit;
      return exact;
    }
  }

 public:
  static constexpr auto graph = make();
  static constexpr failure error = graph.error;
};

}  // namespace leibniz::code
