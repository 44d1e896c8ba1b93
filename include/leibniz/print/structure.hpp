#pragma once
#include <leibniz/core/growing.hpp>
#include <leibniz/graph/operations.hpp>

// What a formula looks like to somebody who writes it down, whatever the language: sums of signed terms, fractions of
// factors, matrix products. The graph's nodes are smaller than that.

namespace leibniz::print {

using graph::builder;
using graph::labels_of;
using ops::labels;
using ops::notation;

/// How tightly a piece of text holds together; it needs parentheses where something tighter is wanted.
enum class level { lowest, relation, sum, hadamard, product, power, atom };

/// What a row says about its looks, and what the engine asks of it.
struct row_looks : ops::row_facts {
  const char* name;
  const char* latex;
  const char* infix;  // the sign of a relation that has one, or null
};
template <class Row>
constexpr row_looks looks_of() {
  row_looks looks{ops::facts.of[ops::index_of<Row>], Row::name, "", nullptr};
  if constexpr (requires { Row::latex; }) looks.latex = Row::latex;
  if constexpr (requires { Row::infix; }) looks.infix = Row::infix;
  return looks;
}
struct look_table {
  row_looks of[ops::row_count];
};
template <class... Rows>
constexpr look_table make_looks(ops::row_list<Rows...>) { return {{looks_of<Rows>()...}}; }
inline constexpr look_table looks = make_looks(ops::primitives{});

template <class Op>
constexpr bool is(const builder& g, int i) { return g.at(i).op == ops::index_of<Op>; }
constexpr int operand_of(const graph::node& n, int which) { return which == 0 ? n.a : which == 1 ? n.b : n.c; }
constexpr bool is_scalar(const builder& g, int i) { return g.shape_at(i).is_scalar(); }

/// Whether the node only repeats a scalar over a shape.
constexpr bool is_broadcast(const builder& g, int i) {
  return is<ops::rearrange_>(g, i) && !is_scalar(g, i) && is_scalar(g, g.at(i).a) &&
         !ops::decode(g.at(i).data, 1, g.shape_at(i).rank).repeats();
}
/// Where every operand has the same shape, a repeated scalar is written as the scalar.
constexpr int without_broadcast(const builder& g, int i) {
  while (is_broadcast(g, i)) i = g.at(i).a;
  return i;
}
/// Whether nothing in the formula, as it would be written, shows its shape.
constexpr bool is_shapeless(const builder& g, int i) {
  if (is_scalar(g, i) || g.is_constant(i) || is_broadcast(g, i)) return true;
  if (!looks.of[g.at(i).op].elementwise || is<ops::let_>(g, i)) return false;
  for (int k = 0; k < looks.of[g.at(i).op].arity; ++k)
    if (!is_shapeless(g, operand_of(g.at(i), k))) return false;
  return true;
}

/// A sum as its terms.
constexpr void collect_terms(const builder& g, int root, growing<int>& terms) {
  growing<int> open;
  open.push(root);
  while (open.size() != 0) {
    const int i = without_broadcast(g, open[open.size() - 1]);
    open.pop();
    if (looks.of[g.at(i).op].style == notation::sum) {
      open.push(g.at(i).b);
      open.push(g.at(i).a);
    } else {
      terms.push(i);
    }
  }
}

/// A product or quotient as a rational number and the factors above and below the line.
struct fraction {
  rational coefficient{1, 1};
  growing<int> above, below;
};
constexpr bool is_fraction(const builder& g, int i) {
  const notation style = looks.of[g.at(i).op].style;
  return style == notation::product || style == notation::quotient;
}
constexpr void collect_factors(const builder& g, int root, fraction& parts) {
  growing<int> open;  // ~i for what stands below the line
  open.push(root);
  while (open.size() != 0) {
    const int next = open[open.size() - 1];
    const bool below = next < 0;
    const int i = without_broadcast(g, below ? ~next : next);
    open.pop();
    const graph::node& n = g.at(i);
    if (g.is_constant(i)) {
      const rational value = g.constant_at(i);
      const rational c = parts.coefficient * (below ? make_rational(value.denominator, value.numerator) : value);
      if (c.valid()) {
        parts.coefficient = c;
        continue;
      }
    }
    const notation style = looks.of[n.op].style;
    if (style == notation::product) {
      open.push(below ? ~n.b : n.b);
      open.push(below ? ~n.a : n.a);
    } else if (style == notation::quotient && !below) {
      open.push(~n.b);
      open.push(n.a);
    } else {
      growing<int>& side = below ? parts.below : parts.above;
      side.push(i);
      if (is<ops::symbol_>(g, i))  // 2*pi*x: symbols stand before the names
        for (int k = side.size() - 1; k > 0 && !is<ops::symbol_>(g, side[k - 1]); --k) {
          side[k] = side[k - 1];
          side[k - 1] = i;
        }
    }
  }
}
/// Whether a term would be written with a minus sign in front.
constexpr bool is_negative(const builder& g, int i) {
  if (g.is_constant(i)) return g.constant_at(i).negative();
  if (!is_fraction(g, i)) return false;
  fraction parts;
  collect_factors(g, i, parts);
  return parts.coefficient.negative();
}

/// A contraction of vectors and matrices by its usual name.
struct contraction {
  enum kind { matrix_product, dot, outer, total, general } what = general;
  int left = graph::none, right = graph::none;
  bool left_transposed = false, right_transposed = false;
  bool left_diagonal = false, right_diagonal = false;  // a vector that scales the rows or columns of the other
};
constexpr contraction recognise(const builder& g, int i) {
  const graph::node& n = g.at(i);
  contraction c{contraction::general, n.a, n.b};
  labels la = labels_of(g, i, 0, n.a), lb = labels_of(g, i, 1, n.b);
  const labels lo = labels_of(g, i, 2, i);
  if (la.repeats() || lb.repeats() || lo.repeats() || la.rank > 2 || lb.rank > 2) return c;
  if (la == lb && lo.rank == 0) {
    c.what = la.rank == 1 ? contraction::dot : contraction::total;
    return c;
  }
  int shared = 0, common = 0;
  for (int k = 0; k < la.rank; ++k)
    if (lb.contains(la.at[k])) {
      common = la.at[k];
      ++shared;
    }
  if (lo.rank > 0 && !la.contains(lo.at[0])) {  // the operand with the first axis of the result stands first
    const labels swapped = la;
    la = lb;
    lb = swapped;
    c.left = n.b;
    c.right = n.a;
  }
  if (shared == 0 && la.rank == 1 && lb.rank == 1 && lo.rank == 2) {
    c.what = contraction::outer;
  } else if (shared == 1 && la.rank == 2 && !lo.contains(common) && lo.rank == lb.rank) {
    c.what = contraction::matrix_product;
    c.left_transposed = la.at[0] == common;
    c.right_transposed = lb.rank == 2 && lb.at[1] == common;
  } else if (shared == 1 && la.rank + lb.rank == 3 && lo.rank == 2 && lo.contains(common)) {
    const bool vector_first = common == lo.at[0], a_is_vector = la.rank == 1;
    const labels& matrix = a_is_vector ? lb : la;
    const int vector_node = a_is_vector ? c.left : c.right, matrix_node = a_is_vector ? c.right : c.left;
    const bool transposed = matrix.at[0] != lo.at[0];
    c.what = contraction::matrix_product;
    c.left = vector_first ? vector_node : matrix_node;
    c.right = vector_first ? matrix_node : vector_node;
    (vector_first ? c.left_diagonal : c.right_diagonal) = true;
    (vector_first ? c.right_transposed : c.left_transposed) = transposed;
  }
  return c;
}

/// A rearrangement by its usual name.
struct rearrangement {
  enum kind { transpose, total, sum, diagonal, general } what = general;
  int axis = 0;  // the axis of a sum
};
constexpr rearrangement recognise_rearrangement(const builder& g, int i) {
  const int x = g.at(i).a;
  const labels lx = labels_of(g, i, 0, x), lo = labels_of(g, i, 1, i);
  if (lx.repeats()) return {};
  if (lx.rank == 1 && lo.rank == 2 && lo.at[0] == lx.at[0] && lo.at[1] == lx.at[0]) return {rearrangement::diagonal};
  if (lo.repeats()) return {};
  if (lo.rank == 0) return {rearrangement::total};
  if (lx.rank == 2 && lo.rank == 2 && lx.at[0] == lo.at[1] && lx.at[1] == lo.at[0]) return {rearrangement::transpose};
  if (lx.rank == 1 && lo.rank == 2 && lx.at[0] == lo.at[1] && g.shape_at(i).extent[0] == 1) return {rearrangement::transpose};
  if (lo.rank == lx.rank - 1) {
    int axis = 0;
    while (axis < lo.rank && lx.at[axis] == lo.at[axis]) ++axis;
    for (int k = axis; k < lo.rank; ++k)
      if (lx.at[k + 1] != lo.at[k]) return {};
    return {rearrangement::sum, axis};
  }
  return {};
}

/// Whether a slice is a whole vector, made a row.
constexpr bool is_row_of_vector(const builder& g, int i) {
  const shape &from = g.shape_at(g.at(i).a), &to = g.shape_at(i);
  return from.rank == 1 && to.rank == 2 && to.extent[0] == 1 && to.extent[1] == from.extent[0];
}

/// The letters of index labels: i, j, k, …
constexpr char letter(int label) { return static_cast<char>('i' + label - 1); }

}  // namespace leibniz::print
