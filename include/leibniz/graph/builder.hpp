#pragma once
#include <cstdint>

#include <leibniz/core/failure.hpp>
#include <leibniz/core/growing.hpp>
#include <leibniz/core/rational.hpp>
#include <leibniz/core/shape.hpp>
#include <leibniz/core/text_view.hpp>
#include <leibniz/ops/table.hpp>

namespace leibniz::graph {

inline constexpr int none = -1;

/// One operation of the graph. `op` is a row's place in the table of ops/table.hpp; a, b, c are earlier nodes;
/// `data` is what the row says it is (the labels of a contraction, the offset of a slice, the index of a variable).
struct node {
  int op = 0;
  int a = none, b = none, c = none;
  int shape = 0;
  std::int64_t data = 0;
  friend constexpr bool operator==(const node&, const node&) = default;
};

/// A name with the type that carries it: one name must stand for one thing.
struct named {
  text_view name;
  const void* identity = nullptr;
  int node = none;
};

/// The functions of all rows, by number. They are made where a graph is made, so that including the library costs
/// little; contraction.hpp and calculus/reverse.hpp say what is in it.
struct rule_table;
template <class Late>
constexpr const rule_table* all_rules();
/// `builder g(late<E>)` in a template on E: a compiler must wait for E, else clang makes the functions at once.
template <class E>
inline constexpr void* late = nullptr;

/// The graph under construction: hash-consed nodes, so that equal sub-formulas are one node, every operand before
/// its user. It knows no rule and no derivative; these are in the rows of `ops` and in `calculus`.
class builder {
 public:
  template <class Late = void>
  constexpr explicit builder(Late* = nullptr) : rules(all_rules<Late>()), table_(512) { shapes_.push({}); }

  constexpr const node& at(int i) const { return nodes_[i]; }
  constexpr int size() const { return nodes_.size(); }
  constexpr const shape& shape_at(int i) const { return shapes_[nodes_[i].shape]; }
  constexpr const named& variable_at(int index) const { return variables_[index]; }
  constexpr int variable_count() const { return variables_.size(); }
  constexpr const named& let_at(int index) const { return lets_[index]; }

  /// The node with this content, new or known. Operands of a commutative row may be found in the other order.
  constexpr int intern(int op, int a, int b, int c, std::int64_t data, const shape& extents, bool commutative = false) {
    if (extents.rank > max_rank) fail(failure::rank_above_four, {});
    const node wanted{op, a, b, c, intern_shape(extents), data};
    const unsigned place = place_of(wanted, commutative);
    if (table_[static_cast<int>(place)] != 0) return table_[static_cast<int>(place)] - 1;
    nodes_.push(wanted);
    table_[static_cast<int>(place)] = nodes_.size();
    if (2 * nodes_.size() > table_.size()) enlarge();
    return nodes_.size() - 1;
  }

  /// The node with this content if there is one; none else.
  constexpr int known(const node& wanted, bool commutative) const { return table_[static_cast<int>(place_of(wanted, commutative))] - 1; }
  /// The same for a scalar constant.
  constexpr int known_constant(rational value) const { return known(constant_node(value), false); }
  /// Gives a node other operands with which it has the same value. Nothing is interned after that.
  constexpr void rewire(int i, int a, int b) {
    nodes_[i].a = a;
    nodes_[i].b = b;
  }

  /// A constant, the same in every element. The numerator is the node's data, the denominator is split over a and b.
  constexpr int constant(rational value, const shape& extents) {
    const node n = constant_node(value);
    return intern(n.op, n.a, n.b, n.c, n.data, extents);
  }
  constexpr rational constant_at(int i) const {
    const node& n = nodes_[i];
    return {n.data, (static_cast<std::int64_t>(static_cast<std::uint32_t>(n.b)) << 31) | n.a};
  }
  constexpr bool is_constant(int i) const { return nodes_[i].op == ops::index_of<ops::constant_>; }

  constexpr int variable(text_view name, const void* identity, const shape& extents) {
    int index = find(variables_, name);
    if (index == none) {
      if (find(lets_, name) != none) fail(failure::let_named_like_variable, name);
      variables_.push({name, identity, none});
      index = variables_.size() - 1;
    } else if (variables_[index].identity != identity) {
      fail(failure::two_shapes_for_one_variable, name);
    }
    const int made = intern(ops::index_of<ops::variable_>, none, none, none, index, extents);
    variables_[index].node = made;
    return made;
  }

  /// A named intermediate that stays a node of its own, so that it can be differentiated by and printed.
  constexpr int let(text_view name, const void* identity, int body) {
    return intern(ops::index_of<ops::let_>, body, none, none, let_index(name, identity), shape_at(body));
  }
  /// The place of a name among the intermediates; refuses one name for two formulas, or for a formula and a variable.
  constexpr int let_index(text_view name, const void* identity) {
    int index = find(lets_, name);
    if (index == none) {
      if (find(variables_, name) != none) fail(failure::let_named_like_variable, name);
      lets_.push({name, identity, none});
      index = lets_.size() - 1;
    } else if (lets_[index].identity != identity) {
      fail(failure::two_formulas_for_one_let, name);
    }
    return index;
  }

  constexpr void fail(failure what, text_view who) {
    if (error == failure::none) {
      error = what;
      culprit = who;
    }
  }
  const rule_table* rules;
  // What calculus/chosen.hpp knows of the nodes, and the nodes that say where others are not 0 by choice.
  growing<ops::note> notes;
  growing<int> chosen;
  failure error = failure::none;
  text_view culprit;

 private:
  growing<node> nodes_;
  growing<int> table_;
  growing<leibniz::shape> shapes_;
  growing<named> variables_;
  growing<named> lets_;

  static constexpr node constant_node(rational value) {
    return {ops::index_of<ops::constant_>, static_cast<int>(value.denominator & 0x7fffffff), static_cast<int>(value.denominator >> 31),
            none, 0, value.numerator};
  }
  /// Where in the table a node is, or would be.
  constexpr unsigned place_of(const node& wanted, bool commutative) const {
    const unsigned mask = static_cast<unsigned>(table_.size()) - 1;
    unsigned place = hash(wanted) & mask;
    while (table_[static_cast<int>(place)] != 0) {
      const node& n = nodes_[table_[static_cast<int>(place)] - 1];
      if (n.op == wanted.op && n.c == wanted.c && n.data == wanted.data && n.shape == wanted.shape &&
          ((n.a == wanted.a && n.b == wanted.b) || (commutative && n.a == wanted.b && n.b == wanted.a)))
        break;
      place = (place + 1) & mask;
    }
    return place;
  }
  // Symmetric in a and b, so that a commutative row finds its node in either order.
  static constexpr unsigned hash(const node& n) {
    const unsigned a = static_cast<unsigned>(n.a + 1), b = static_cast<unsigned>(n.b + 1);
    const unsigned h = static_cast<unsigned>(n.op) * 0x9E3779B1u + (a + b) * 0x85EBCA77u + (a * b) * 0xC2B2AE3Du +
                       static_cast<unsigned>(n.c + 1) * 0x27D4EB2Fu + static_cast<unsigned>(n.data) * 0x165667B1u +
                       static_cast<unsigned>(n.data >> 32) * 0x9E3779B1u;
    return h ^ (h >> 15);
  }
  constexpr void enlarge() {
    const int count = 4 * table_.size();
    table_.clear();
    table_.extend(count);
    for (int i = 0; i < nodes_.size(); ++i) {
      unsigned place = hash(nodes_[i]) & (static_cast<unsigned>(count) - 1);
      while (table_[static_cast<int>(place)] != 0) place = (place + 1) & (static_cast<unsigned>(count) - 1);
      table_[static_cast<int>(place)] = i + 1;
    }
  }
  constexpr int intern_shape(const shape& extents) {
    if (extents.rank == 0) return 0;
    for (int i = 1; i < shapes_.size(); ++i)
      if (shapes_[i] == extents) return i;
    shapes_.push(extents);
    return shapes_.size() - 1;
  }
  static constexpr int find(const growing<named>& list, text_view name) {
    for (int i = 0; i < list.size(); ++i)
      if (list[i].name == name) return i;
    return none;
  }
};

/// Marks the nodes that some results need, these among them.
constexpr void mark_needed(const builder& g, const int* roots, int count, growing<char>& needed) {
  for (int k = 0; k < count; ++k) needed[roots[k]] = 1;
  for (int i = g.size() - 1; i >= 0; --i) {
    if (needed[i] == 0 || g.is_constant(i)) continue;
    for (const int operand : {g.at(i).a, g.at(i).b, g.at(i).c})
      if (operand >= 0) needed[operand] = 1;
  }
}

}  // namespace leibniz::graph
