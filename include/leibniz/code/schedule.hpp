#pragma once
#include <leibniz/code/freeze.hpp>
#include <leibniz/ops/labels.hpp>

// What is computed when, and where it is kept. A scalar is a local variable. A tensor is either kept in memory, or
// fused: computed element by element inside the loop that needs it. Memory is shared between values that do not live
// at the same time.

namespace leibniz::code {

enum class place : char {
  fused,   // no storage: leaves, and tensors that their only user computes on the way
  local,   // a scalar
  memory,  // at `offset` of the workspace
  output,  // the caller's memory; `offset` says which output
};

struct step {
  instruction made;
  shape extents;
  place where = place::fused;
  int offset = 0;
};

template <int... I>
constexpr auto make_elementwise(std::integer_sequence<int, I...>) {
  struct table {
    bool at[sizeof...(I)];
  };
  return table{{ops::row<I>::is_elementwise...}};
}
inline constexpr auto elementwise_rows = make_elementwise(std::make_integer_sequence<int, ops::row_count>{});

inline constexpr int storage_grain = 16;  // elements: at least 64 bytes

template <int Nodes>
struct schedule_table {
  place where[Nodes > 0 ? Nodes : 1]{};
  int offset[Nodes > 0 ? Nodes : 1]{};
  int local_count = 0;
  int workspace = 0;  // elements
};

constexpr bool is_leaf(int op) { return operand_count(op) == 0 && op != ops::index_of<ops::delta_>; }
constexpr bool is_slice(const instruction& n) { return n.op == ops::index_of<ops::slice_>; }
/// A scalar repeated over a shape.
template <class Graph>
constexpr bool is_fill(const Graph& g, const instruction& n) {
  return n.op == ops::index_of<ops::rearrange_> && g.shape_at(n.a).is_scalar() &&
         !ops::decode(n.data, 1, g.shapes[n.shape].rank).repeats();
}
/// The sum of all elements.
template <class Graph>
constexpr bool is_total(const Graph& g, const instruction& n) {
  return n.op == ops::index_of<ops::rearrange_> && g.shapes[n.shape].is_scalar() &&
         !ops::decode(n.data, 0, g.shape_at(n.a).rank).repeats();
}
/// Whether one element can be had without the others.
template <class Graph>
constexpr bool is_pointwise(const Graph& g, const instruction& n) {
  return elementwise_rows.at[n.op] || is_leaf(n.op) || is_fill(g, n) ||
         (is_slice(n) && ops::slice_::slice_lead(n.data) == 0);
}
/// Whether the operands have to lie in memory.
template <class Graph>
constexpr bool reads_memory(const Graph& g, const instruction& n) {
  if (operand_count(n.op) == 0 || elementwise_rows.at[n.op] || is_fill(g, n) || is_total(g, n)) return false;
  return !is_slice(n) && n.op != ops::index_of<ops::pad_>;
}

/// Gives every value in memory its place: the lowest that is free as long as it lives.
template <class Graph, class Table>
constexpr void plan_storage(const Graph& g, Table& result, const growing<int>& last_use) {
  struct region {
    int begin, end, last;
  };
  growing<region> live;  // by address
  for (int i = 0; i < g.node_count; ++i) {
    if (result.where[i] != place::memory) continue;
    growing<region> kept;
    const int size = (g.shape_at(i).size() + storage_grain - 1) / storage_grain * storage_grain;
    int begin = 0;
    bool placed = false;
    for (int r = 0; r < live.size(); ++r) {
      if (live[r].last < i) continue;
      if (!placed && live[r].begin - begin >= size) {
        kept.push({begin, begin + size, last_use[i]});
        result.offset[i] = begin;
        placed = true;
      }
      if (!placed) begin = live[r].end;
      kept.push(live[r]);
    }
    if (!placed) {
      kept.push({begin, begin + size, last_use[i]});
      result.offset[i] = begin;
    }
    if (result.offset[i] + size > result.workspace) result.workspace = result.offset[i] + size;
    live.clear();
    for (int r = 0; r < kept.size(); ++r) live.push(kept[r]);
  }
}

template <class Source>
constexpr auto make_schedule() {
  constexpr const auto& g = frozen<Source>::graph;
  schedule_table<g.node_count> result;
  growing<int> uses(g.node_count + 1), executed(g.node_count + 1), last_use(g.node_count + 1);
  growing<char> in_memory(g.node_count + 1);
  for (int i = 0; i < g.node_count; ++i) {
    const instruction& n = g.at[i];
    const bool memory = reads_memory(g, n);
    for (int k = 0; k < operand_count(n.op); ++k) {
      ++uses[n.operand(k)];
      if (memory) in_memory[n.operand(k)] = 1;
    }
  }
  bool any_memory = false;
  for (int i = 0; i < g.node_count; ++i) {
    const instruction& n = g.at[i];
    if (n.shape == 0 && g.shapes[0].is_scalar() ? true : g.shape_at(i).is_scalar()) {
      if (is_leaf(n.op)) continue;
      result.where[i] = place::local;
      result.offset[i] = result.local_count++;
      continue;
    }
    if (n.op == ops::index_of<ops::variable_>) continue;
    const bool repeated = uses[i] > 1 && !is_leaf(n.op) && !is_fill(g, n);
    if (in_memory[i] != 0 || repeated || !is_pointwise(g, n)) {
      result.where[i] = place::memory;
      any_memory = true;
    }
  }
  for (int k = 0; k < Source::output_count; ++k) {
    const int i = g.roots[k];
    if (result.where[i] == place::memory || (result.where[i] == place::fused && !is_leaf(g.at[i].op))) {
      result.where[i] = place::output;
      result.offset[i] = k;
    }
  }
  if (!any_memory) return result;
  // A fused value is read when its user is executed.
  for (int i = g.node_count - 1; i >= 0; --i) {
    const instruction& n = g.at[i];
    if (result.where[i] != place::fused) executed[i] = i;
    for (int k = 0; k < operand_count(n.op); ++k) {
      const int operand = n.operand(k);
      if (last_use[operand] < executed[i]) last_use[operand] = executed[i];
      if (executed[operand] < executed[i]) executed[operand] = executed[i];
    }
  }
  plan_storage(g, result, last_use);
  return result;
}

// g++ copies a large constant whenever one element of it is read, so that the steps are read from small blocks.
inline constexpr int block_size = 64;
struct step_block {
  step at[block_size];
};
template <class Source>
inline constexpr auto schedule_of = make_schedule<Source>();

template <class Source>
constexpr step_block make_block(int first) {
  constexpr const auto& g = frozen<Source>::graph;
  step_block result{};
  for (int i = 0; i < block_size && first + i < g.node_count; ++i)
    result.at[i] = {g.at[first + i], g.shape_at(first + i), schedule_of<Source>.where[first + i],
                    schedule_of<Source>.offset[first + i]};
  return result;
}
template <class Source, int Block>
inline constexpr step_block block_of = make_block<Source>(Block * block_size);

/// The program of a Source, ready to be executed.
template <class Source>
struct program {
  static constexpr int node_count = frozen<Source>::graph.node_count;
  static constexpr int output_count = Source::output_count;
  static constexpr int local_count = schedule_of<Source>.local_count;
  static constexpr int workspace = schedule_of<Source>.workspace;
  static constexpr int variable_count = frozen<Source>::graph.name_count;

  template <int I>
  static constexpr const step& at() { return block_of<Source, I / block_size>.at[I % block_size]; }
  template <int K>
  static constexpr int root = frozen<Source>::graph.roots[K];
  static constexpr std::string_view name(int variable) { return frozen<Source>::graph.names[variable]; }
};

}  // namespace leibniz::code
