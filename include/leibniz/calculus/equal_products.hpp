#pragma once
#include <leibniz/graph/builder.hpp>

namespace leibniz::graph {

/// Products of the same scalars are one, in whatever order they were multiplied, and so is what is made of them.
class equal_products {
 public:
  constexpr equal_products(builder& g, const int* roots, int root_count)
      : graph_(g), needed_(g.size() + 1), same_(g.size() + 1), key_(g.size() + 1), table_(2 * g.size() + 1) {
    mark_needed(g, roots, root_count, needed_);
    for (int i = 0; i < g.size(); ++i) {
      same_[i] = i;
      key_[i] = (static_cast<unsigned>(i) + 1) * 0x9E3779B1u;
      key_[i] ^= key_[i] >> 15;
      if (needed_[i] != 0) examine(i);
    }
  }
  /// The first node with the value of node i.
  constexpr int operator[](int i) const { return same_[i]; }

 private:
  static constexpr int most_factors = 8;
  struct factors {
    int at[most_factors]{};
    int count = 0;
  };
  builder& graph_;
  growing<char> needed_;
  growing<int> same_;
  growing<unsigned> key_;
  growing<int> table_;  // plus 1

  constexpr bool is_product(int i) const { return graph_.at(i).op == ops::index_of<ops::mul_> && graph_.shape_at(i).is_scalar(); }
  constexpr void examine(int i) {
    const node n = graph_.at(i);
    node now = n;
    const int arity = ops::facts.of[n.op].arity;
    if (arity > 0) now.a = same_[n.a];
    if (arity > 1) now.b = same_[n.b];
    if (arity > 2) now.c = same_[n.c];
    if (!(now == n)) {
      if (const int known = graph_.known(now, ops::facts.of[n.op].commutative); known != none && known < i && needed_[known] != 0) {
        same_[i] = same_[known];
        return;
      }
      if (arity < 3) graph_.rewire(i, now.a, now.b);
    }
    if (!is_product(i)) return;
    key_[i] = key_[now.a] + key_[now.b];
    unsigned place = key_[i] % static_cast<unsigned>(table_.size());
    for (; table_[static_cast<int>(place)] != 0; place = (place + 1) % static_cast<unsigned>(table_.size())) {
      const int other = table_[static_cast<int>(place)] - 1;
      if (key_[other] == key_[i] && equal(other, i)) {
        same_[i] = other;
        return;
      }
    }
    table_[static_cast<int>(place)] = i + 1;
  }
  constexpr bool collect(int i, factors& into) const {
    if (is_product(i)) return collect(graph_.at(i).a, into) && collect(graph_.at(i).b, into);
    if (into.count == most_factors) return false;
    int place = into.count++;
    for (; place > 0 && into.at[place - 1] > i; --place) into.at[place] = into.at[place - 1];
    into.at[place] = i;
    return true;
  }
  constexpr bool equal(int a, int b) const {
    factors of_a, of_b;
    if (!collect(a, of_a) || !collect(b, of_b) || of_a.count != of_b.count) return false;
    for (int i = 0; i < of_a.count; ++i)
      if (of_a.at[i] != of_b.at[i]) return false;
    return true;
  }
};

}  // namespace leibniz::graph
