#pragma once
#include <leibniz/graph/builder.hpp>
#include <leibniz/ops/labels.hpp>

namespace leibniz::graph {

/// The multiplications that x to the power n takes by repeated squaring; a negative power divides once more.
constexpr long long multiplications(std::int64_t n) {
  long long count = n < 0 ? 1 : 0;
  if (n < 0) n = -n;
  for (; n > 1; n /= 2) count += 1 + n % 2;
  return count;
}

/// The labels of a node in its place `place`, carried by the node `of_node`.
constexpr ops::labels labels_of(const builder& g, int i, int place, int of_node) {
  return ops::decode(g.at(i).data, place, g.shape_at(of_node).rank);
}

/// The operations of one node.
constexpr long long operations_of(const builder& g, int i) {
  const node& n = g.at(i);
  const ops::row_facts& row = ops::facts.of[n.op];
  if (row.elementwise) {
    if (row.style == ops::notation::power && g.is_constant(n.b) && g.constant_at(n.b).is_integer())
      return multiplications(g.constant_at(n.b).numerator) * g.shape_at(i).size();
    return static_cast<long long>(row.cost) * g.shape_at(i).size();
  }
  if (row.reduction) return static_cast<long long>(row.cost) * g.shape_at(n.a).size();
  if (n.op == ops::index_of<ops::contract_>) {
    ops::label_extents known;
    known.learn(labels_of(g, i, 0, n.a), g.shape_at(n.a));
    known.learn(labels_of(g, i, 1, n.b), g.shape_at(n.b));
    long long products = 1;
    for (const int extent : known.of)
      if (extent != 0) products *= extent;
    const long long outputs = g.shape_at(i).size();
    return products == outputs ? outputs : 2 * products - outputs;
  }
  if (n.op == ops::index_of<ops::rearrange_>) {
    const ops::labels in = labels_of(g, i, 0, n.a), out = labels_of(g, i, 1, i);
    ops::label_extents known;
    known.learn(in, g.shape_at(n.a));
    long long kept = 1, summed = 1;
    for (int label = 0; label < 16; ++label)
      if (known.of[label] != 0) (out.contains(label) ? kept : summed) *= known.of[label];
    return kept * (summed - 1);
  }
  return 0;
}

/// The number of arithmetic operations that evaluate the given nodes; what they share is counted once.
/// - An elementwise operation counts its row's `cost` for every element; a difference a + (-1)*b counts as one.
/// - An integer power counts the multiplications of repeated squaring, and one division if it is negative.
/// - A contraction counts a multiplication for every combination of indices and an addition for every one that is
///   added to another: 2·m·n - m for an m x n matrix times a vector.
/// - A sum of n elements counts n - 1, another reduction its row's `cost` for every element.
/// - Moving, repeating and naming elements costs nothing.
constexpr long long operations(const builder& g, const int* roots, int count) {
  int last = -1;
  for (int k = 0; k < count; ++k)
    if (roots[k] > last) last = roots[k];
  growing<bool> needed(last + 1);
  for (int k = 0; k < count; ++k) needed[roots[k]] = true;
  const auto negated = [&](int i) {
    return ops::facts.of[g.at(i).op].style == ops::notation::product && g.is_constant(g.at(i).a) && g.constant_at(g.at(i).a).is(-1);
  };
  long long total = 0;
  for (int i = last; i >= 0; --i) {
    if (!needed[i]) continue;
    total += operations_of(g, i);
    const node& n = g.at(i);
    const int arity = ops::facts.of[n.op].arity;
    int subtracted = none;
    if (ops::facts.of[n.op].style == ops::notation::sum) subtracted = negated(n.b) ? 1 : negated(n.a) ? 0 : none;
    for (int k = 0; k < arity; ++k) {
      const int operand = k == 0 ? n.a : k == 1 ? n.b : n.c;
      needed[k == subtracted ? g.at(operand).b : operand] = true;
    }
  }
  return total;
}

}  // namespace leibniz::graph
