// Long because every plan decides about the same table of places, and each reads what the others have decided.
#pragma once
#include <leibniz/code/freeze.hpp>
#include <leibniz/code/product.hpp>

// What is computed when, and where it is kept. A scalar is a local variable. A tensor is either kept in memory, or
// fused: computed element by element inside the loop that needs it. A matrix product whose only user is an elementwise
// chain is held in registers while the chain is computed. Memory is shared between values that do not live at the same
// time; its rows are padded to whole registers.

namespace leibniz::code {

enum class place : char {
  fused,   // no storage: leaves, and tensors that their only user computes on the way
  local,   // a scalar
  memory,  // at `offset` of the workspace
  output,  // the caller's memory; `offset` says which output
  piece,   // a pad that is written to its place in the output `offset` as soon as it is known
};

struct step {
  instruction made;
  shape extents;
  place where = place::fused;
  int offset = 0;
  int held = graph::none;     // the product inside this chain that is computed with it
  int joined = graph::none;   // the sum that this product is a term of: it is computed together with the product
  int along = graph::none;    // the step that is computed before this one in the same loop
  bool elsewhere = false;     // this step is computed in the loop of a later one
  int scratch = graph::none;  // where in the workspace an operand of the product is packed
  int inverse = graph::none;  // the local variable of 1/x, where quotients are products with the reciprocal of their divisor x
  bool inverts = false;       // the first of these quotients, in front of which 1/x is made
  int partner = graph::none;  // another operation on the same operand, made together with this one
  bool assembled = false;     // a sum of pads: every piece is written to its place
};

inline constexpr int storage_grain = 16;  // elements: at least 64 bytes

template <int Nodes>
struct schedule_table {
  static constexpr int nodes = Nodes;
  place where[Nodes > 0 ? Nodes : 1]{};
  int offset[Nodes > 0 ? Nodes : 1]{};
  int held[Nodes > 0 ? Nodes : 1]{};     // plus 1
  int joined[Nodes > 0 ? Nodes : 1]{};   // plus 1
  int along[Nodes > 0 ? Nodes : 1]{};    // plus 1
  bool elsewhere[Nodes > 0 ? Nodes : 1]{};
  int scratch[Nodes > 0 ? Nodes : 1]{};  // plus 1
  int inverse[Nodes > 0 ? Nodes : 1]{};  // plus 1
  bool inverts[Nodes > 0 ? Nodes : 1]{};
  int partner[Nodes > 0 ? Nodes : 1]{};  // plus 1
  bool assembled[Nodes > 0 ? Nodes : 1]{};
  int local_count = 0;
  int workspace = 0;  // elements
  bool shares_divisors = false;
};

constexpr bool is_leaf(int op) { return operand_count(op) == 0 && op != ops::index_of<ops::delta_>; }
constexpr bool is_slice(const instruction& n) { return n.op == ops::index_of<ops::slice_>; }
/// How a smaller tensor is repeated over a shape.
enum class repeated : char {
  no,
  scalar,
  row,     // the same row, a vector, for every index in front
  column,  // the element of a vector along the row of a matrix
};
template <class Graph>
constexpr repeated repetition(const Graph& g, const instruction& n) {
  if (n.op != ops::index_of<ops::rearrange_>) return repeated::no;
  const ops::labels in = ops::decode(n.data, 0, g.shape_at(n.a).rank), out = ops::decode(n.data, 1, g.shapes[n.shape].rank);
  if (out.repeats() || in.rank >= out.rank || in.rank > 1) return repeated::no;
  if (in.rank == 0) return repeated::scalar;
  if (out.at[out.rank - 1] == in.at[0]) return repeated::row;
  return out.rank == 2 && out.at[0] == in.at[0] ? repeated::column : repeated::no;
}
template <class Graph>
constexpr bool is_fill(const Graph& g, const instruction& n) { return repetition(g, n) == repeated::scalar; }
/// The last axis, and all in front of it.
constexpr int columns_of(const shape& s) { return s.rank > 0 ? s.extent[s.rank - 1] : 1; }
constexpr int rows_of(const shape& s) { return s.size() / columns_of(s); }
/// The distance of the rows of a tensor in the workspace.
constexpr int pitch_of(const shape& s) { return padded_columns(columns_of(s)); }
constexpr int storage_of(const shape& s) { return (rows_of(s) * pitch_of(s) + storage_grain - 1) / storage_grain * storage_grain; }
/// A labelled product as the matrix product it is. The storage of variables does not matter for matrices.
template <class Graph>
constexpr product_form product_of(const Graph& g, const instruction& n) {
  const auto operand = [&](int i_, int place_) {
    const shape& own_ = g.shape_at(i_);
    return labelled{ops::decode(n.data, place_, own_.rank), own_, strides_of(own_, false, g.at[i_].op == ops::index_of<ops::variable_> ? 0 : pitch_of(own_))};
  };
  const shape& s = g.shapes[n.shape];
  if (n.op == ops::index_of<ops::contract_>)
    return make_product(operand(n.a, 0), operand(n.b, 1), {ops::decode(n.data, 2, s.rank), s, strides_of(s)});
  if (n.op != ops::index_of<ops::rearrange_>) return {};
  return make_product({}, operand(n.a, 0), {ops::decode(n.data, 1, s.rank), s, strides_of(s)}, true);
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
  return ops::is_elementwise(n.op) || is_leaf(n.op) || repetition(g, n) != repeated::no ||
         (is_slice(n) && ops::slice_::slice_lead(n.data) == 0);
}
/// Whether the operands have to lie in memory.
template <class Graph>
constexpr bool reads_memory(const Graph& g, const instruction& n) {
  if (operand_count(n.op) == 0 || ops::is_elementwise(n.op) || is_fill(g, n) || is_total(g, n)) return false;
  return !is_slice(n) && n.op != ops::index_of<ops::pad_>;
}

/// Marks the sums of pads: tensors that are put together from pieces, as the gradient by a vector whose elements are used one
/// by one. What is inside such a sum is not computed for itself.
template <class Graph, class Table>
constexpr void plan_assemblies(const Graph& g, Table& result, const growing<int>& uses) {
  constexpr int add = ops::index_of<ops::add_>, pad = ops::index_of<ops::pad_>;
  const auto is_part = [&](int i_) {
    return g.at[i_].op == pad ? ops::slice_::slice_lead(g.at[i_].data) == 0 : result.assembled[i_] && uses[i_] == 1;
  };
  for (int i = 0; i < g.node_count; ++i) {
    const instruction& n = g.at[i];
    if (n.op != add || !is_part(n.a) || !is_part(n.b)) continue;
    result.assembled[i] = true;
    result.where[i] = place::memory;
    for (const int part : {n.a, n.b})
      if (uses[part] == 1) result.where[part] = place::fused;
  }
}
/// The pads that a sum of them is made of, and whether they overlap or leave gaps.
template <int Count>
struct piece_list {
  int at[Count > 0 ? Count : 1]{};
  int count = 0;
  bool disjoint = true, complete = false;
};
template <int Count, class Graph>
constexpr piece_list<Count> pieces_of(const Graph& g, int root) {
  piece_list<Count> result;
  growing<int> open;
  growing<char> covered(g.shape_at(root).size());
  int filled = 0;
  open.push(root);
  while (open.size() > 0) {
    const int i = open[open.size() - 1];
    open.pop();
    const instruction& n = g.at[i];
    if (n.op == ops::index_of<ops::add_>) {
      open.push(n.b);
      open.push(n.a);
      continue;
    }
    if (result.count < Count) result.at[result.count] = i;
    ++result.count;
    for (int k = 0, first = ops::slice_::slice_offset(n.data); k < g.shape_at(n.a).size(); ++k) {
      if (covered[first + k] != 0) result.disjoint = false;
      else ++filled;
      covered[first + k] = 1;
    }
  }
  result.complete = filled == covered.size();
  return result;
}

/// The pieces of an output are written when they are computed: what is kept until the end takes registers.
template <class Graph, class Table>
constexpr void write_pieces_early(const Graph& g, Table& result, int root) {
  const auto pieces = pieces_of<Table::nodes>(g, root);
  bool early = pieces.disjoint && pieces.complete;
  for (int k = 0; k < pieces.count; ++k) early = early && result.where[pieces.at[k]] == place::fused;
  for (int k = 0; early && k < pieces.count; ++k) {
    result.where[pieces.at[k]] = place::piece;
    result.offset[pieces.at[k]] = result.offset[root];
  }
}

/// Memory, given out the lowest place first that is free as long as it is needed.
struct storage_plan {
  struct region {
    int begin, end, last;
  };
  growing<region> live;  // by address
  int total = 0;

  constexpr int reserve(int size, int now, int last) {
    growing<region> kept;
    int begin = 0, free = 0;
    bool placed = false;
    for (int r = 0; r < live.size(); ++r) {
      if (live[r].last < now) continue;
      if (!placed && live[r].begin - free >= size) {
        begin = free;
        kept.push({begin, begin + size, last});
        placed = true;
      }
      free = live[r].end;
      kept.push(live[r]);
    }
    if (!placed) {
      begin = free;
      kept.push({begin, begin + size, last});
    }
    if (begin + size > total) total = begin + size;
    live.clear();
    for (int r = 0; r < kept.size(); ++r) live.push(kept[r]);
    return begin;
  }
};
/// Two operations that together cost little more than one of them, for the same operand.
struct pair_of_rows {
  int one, other;
  constexpr int partner_of(int op) const { return op == one ? other : op == other ? one : graph::none; }
};
/// A softmax and a logsumexp of the same elements, and the sine and the cosine of one scalar variable or result, are made together,
/// when the first of them is due.
template <class Graph, class Table>
constexpr void plan_partners(const Graph& g, Table& result) {
  constexpr pair_of_rows exponentials{ops::index_of<ops::softmax_>, ops::index_of<ops::logsumexp_>}, waves{ops::index_of<ops::sin_>, ops::index_of<ops::cos_>};
  for (int i = 0; i < g.node_count; ++i) {
    const instruction& n = g.at[i];
    int with = exponentials.partner_of(n.op);
    if (g.shape_at(i).is_scalar() && waves.partner_of(n.op) != graph::none) with = waves.partner_of(n.op);
    for (int j = 0; j < i && with != graph::none && result.partner[i] == 0; ++j) {
      // An operation may be there twice: who has a partner already takes no other.
      if (g.at[j].op != with || g.at[j].a != n.a || g.at[j].data != n.data || result.partner[j] != 0) continue;
      result.partner[i] = j + 1;
      result.partner[j] = i + 1;
    }
  }
}
template <class Graph, class Table>
constexpr void plan_storage(const Graph& g, Table& result, const growing<int>& last_use) {
  storage_plan plan;
  for (int i = 0; i < g.node_count; ++i) {
    const int later = result.partner[i] - 1;
    if (later >= 0 && later < i) continue;
    if (result.where[i] == place::memory) result.offset[i] = plan.reserve(storage_of(g.shape_at(i)), i, last_use[i]);
    if (later > i && result.where[later] == place::memory)
      result.offset[later] = plan.reserve(storage_of(g.shape_at(later)), i, last_use[later]);
    if (result.scratch[i] != 0) result.scratch[i] = plan.reserve(result.scratch[i], i, i) + 1;
  }
  result.workspace = plan.total;
}

/// Who reads a node, and when first: a fused value is read when its user is executed.
struct readers {
  static constexpr int operands = 3;
  growing<int> count, begin, edge, next_edge;

  template <class Graph, class Table>
  constexpr void find(const Graph& g, const Table& table) {
    count.extend(g.node_count);
    begin.extend(g.node_count);
    edge.extend(g.node_count);
    next_edge.extend(operands * g.node_count);
    for (int i = g.node_count - 1; i >= 0; --i) {
      const int now = table.where[i] == place::fused ? begin[i] : i;
      for (int k = 0; k < operand_count(g.at[i].op); ++k) {
        const int operand = g.at[i].operand(k), e = operands * i + k;
        if (count[operand]++ == 0 || now < begin[operand]) begin[operand] = now;
        next_edge[e] = edge[operand];
        edge[operand] = e + 1;
      }
    }
  }
  /// The edges to the readers of a node, from the first on; 0 ends them.
  constexpr int next(int e) const { return next_edge[e - 1]; }
  static constexpr int reader(int e) { return (e - 1) / operands; }
  /// The reader of a node that has one.
  constexpr int only(int i) const { return reader(edge[i]); }
};

/// The step in whose loop a chain of elementwise operations ends that begins with node i, or nothing.
template <class Graph, class Table>
constexpr int end_of_chain(const Graph& g, const Table& table, const readers& read, int i) {
  while (ops::is_elementwise(g.at[i].op) && table.where[i] == place::fused) i = read.only(i);
  const bool is_loop = ops::is_elementwise(g.at[i].op) && !table.assembled[i] && (table.where[i] == place::memory || table.where[i] == place::output);
  return is_loop ? i : graph::none;
}
/// Elementwise steps of one shape, one of which reads the other, are computed in one loop, if nothing else reads the first
/// before the second is there.
template <class Graph, class Table>
constexpr void plan_loops(const Graph& g, Table& result, const readers& read) {
  growing<int> loop(g.node_count + 1);  // where each step is computed
  for (int i = g.node_count - 1; i >= 0; --i) {
    loop[i] = i;
    if (g.shape_at(i).is_scalar() || end_of_chain(g, result, read, i) != i) continue;
    int with = g.node_count, other = g.node_count;  // the first loop that reads it, and the first other step
    for (int e = read.edge[i]; e != 0; e = read.next(e)) {
      const int u = readers::reader(e), end = end_of_chain(g, result, read, u);
      if (end != graph::none && g.shape_at(end) == g.shape_at(i)) {
        if (loop[end] < with) with = loop[end];
      } else {
        const int begin = result.where[u] == place::fused ? read.begin[u] : u;
        if (begin < other) other = begin;
      }
    }
    if (with == g.node_count || other <= with) continue;
    loop[i] = with;
    result.elsewhere[i] = true;
    int first = with;  // what one step needs of another is computed before
    while (result.along[first] != 0) first = result.along[first] - 1;
    result.along[first] = i + 1;
  }
}

/// Which chain each product is computed with, and how much memory its packed operand takes.
template <class Graph, class Table>
constexpr void plan_products(const Graph& g, Table& result, const readers& read) {
  growing<int> loop(g.node_count + 1);  // where a step is computed
  for (int i = 0; i < g.node_count; ++i)
    if (!result.elsewhere[i])
      for (int k = i; k >= 0; k = result.along[k] - 1) loop[k] = i;
  for (int i = 0; i < g.node_count; ++i) {
    if (g.shape_at(i).is_scalar() || is_pointwise(g, g.at[i])) continue;
    const product_form form = product_of(g, g.at[i]);
    if (!form.valid) continue;
    int root = i;
    if (result.where[i] == place::memory) {
      int found = graph::none;
      bool one_loop = true;
      for (int e = read.edge[i]; e != 0; e = read.next(e)) {
        const int end = end_of_chain(g, result, read, readers::reader(e)), at = end == graph::none ? end : loop[end];
        one_loop = one_loop && at != graph::none && (found == graph::none || found == at);
        found = at;
      }
      if (one_loop && found != graph::none && g.shape_at(found) == g.shape_at(i) && result.held[found] == 0) {
        root = found;
        result.where[i] = place::fused;
        result.held[root] = i + 1;
        for (int sum = i; read.count[sum] == 1 && (sum == i || result.where[sum] == place::fused); result.joined[root] = sum + 1) {
          sum = read.only(sum);
          if (g.at[sum].op != ops::index_of<ops::add_>) break;
        }
      }
    }
    if (wants_packing(form)) result.scratch[root] = (form.depth * packed_columns(form.columns) + storage_grain - 1) / storage_grain * storage_grain;
  }
}

/// A Source with `static constexpr text_view overwritten(int output)` names the variable whose memory an output takes.
template <class Source>
inline constexpr bool overwrites = requires { Source::overwritten(0); };

/// An output must not be written over a variable that is still to be read: then it is computed elsewhere and copied at the
/// end. An elementwise chain may read what it is about to write.
template <class Source, class Graph, class Table>
constexpr void keep_what_is_read(const Graph& g, Table& result, const growing<int>& executed) {
  for (int k = 0; k < Source::output_count; ++k) {
    const int partner = result.partner[g.roots[k]] - 1;
    const int root = partner >= 0 && partner < executed[g.roots[k]] ? partner : executed[g.roots[k]];
    if (result.where[g.roots[k]] != place::output || result.offset[g.roots[k]] != k) continue;
    for (int i = 0; i < g.node_count; ++i)
      for (int j = 0; j < operand_count(g.at[i].op); ++j) {
        const instruction& read = g.at[g.at[i].operand(j)];
        if (read.op != ops::index_of<ops::variable_> || g.names[read.data] != Source::overwritten(k)) continue;
        const bool in_step = ops::is_elementwise(g.at[i].op) && !result.assembled[g.roots[k]];
        if (executed[i] > root || (executed[i] == root && !in_step)) result.where[g.roots[k]] = place::memory;
      }
  }
}

/// A product or square of scalars: a factor pair that a sum can take along in one fused operation.
template <class Graph>
constexpr bool is_scalar_product(const Graph& g, int i) {
  const instruction& n = g.at[i];
  if (!g.shape_at(i).is_scalar()) return false;
  return n.op == ops::index_of<ops::mul_> ||
         (n.op == ops::index_of<ops::pow_> && g.at[n.b].op == ops::index_of<ops::constant_> && g.at[n.b].number().is(2));
}
template <class Graph>
constexpr bool is_negation(const Graph& g, const instruction& n) {
  return n.op == ops::index_of<ops::mul_> && g.at[n.a].op == ops::index_of<ops::constant_> && g.at[n.a].number().is(-1);
}
/// Gives scalars their local variables. A product whose only user is a sum stays a part of it, so that every compiler may
/// fuse them. A divisor of several quotients gets its reciprocal; and so does that of sin(x)/x, which can be made beside the sine, if
/// the program has to be there a second time for others' reciprocals anyway.
template <class Source, class Graph, class Table>
constexpr void plan_scalars(const Graph& g, Table& result, const growing<int>& uses) {
  growing<char> in_sum(g.node_count + 1);
  growing<int> quotients(g.node_count + 1);
  growing<char> of_its_sine(g.node_count + 1);  // the x of sin(x)/x
  bool any_shared = false;
  for (int i = g.node_count - 1; i >= 0; --i) {
    const instruction& n = g.at[i];
    if (!g.shape_at(i).is_scalar()) continue;
    const bool takes = n.op == ops::index_of<ops::add_> || (in_sum[i] != 0 && is_negation(g, n));
    if (takes)
      for (const int operand : {n.a, n.b})
        if (uses[operand] == 1 && is_scalar_product(g, operand)) in_sum[operand] = 1;
    if (n.op == ops::index_of<ops::div_> && g.at[n.b].op != ops::index_of<ops::constant_>) {
      if (++quotients[n.b] > 1) any_shared = true;
      if (g.at[n.a].op == ops::index_of<ops::sin_> && g.at[n.a].a == n.b) of_its_sine[n.b] = 1;
    }
  }
  for (int k = 0; k < Source::output_count; ++k) in_sum[g.roots[k]] = 0;
  growing<char> inverted(g.node_count + 1);
  for (int i = 0; i < g.node_count; ++i) {
    if (const int divisor = g.at[i].b; g.at[i].op == ops::index_of<ops::div_> && result.inverse[divisor] != 0 && inverted[divisor]++ == 0)
      result.inverts[i] = true;
    if (!g.shape_at(i).is_scalar()) continue;
    if ((quotients[i] > 1 || (any_shared && of_its_sine[i] != 0)) && !overwrites<Source>) {  // what a program overwrites cannot be computed again
      result.inverse[i] = ++result.local_count;
      result.shares_divisors = true;
    }
    // An element of a variable is read where it is used: that costs less than a register from the start to the end.
    const bool element = is_slice(g.at[i]) && g.at[g.at[i].a].op == ops::index_of<ops::variable_>;
    if (is_leaf(g.at[i].op) || in_sum[i] != 0 || element) continue;
    result.where[i] = place::local;
    result.offset[i] = result.local_count++;
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
  plan_scalars<Source>(g, result, uses);
  plan_partners(g, result);
  bool any_memory = false;
  for (int i = 0; i < g.node_count; ++i) {
    const instruction& n = g.at[i];
    if (g.shape_at(i).is_scalar() || n.op == ops::index_of<ops::variable_>) continue;
    const bool shared = uses[i] > 1 && !is_leaf(n.op) && repetition(g, n) == repeated::no;
    if (in_memory[i] != 0 || shared || !is_pointwise(g, n)) {
      result.where[i] = place::memory;
      any_memory = true;
    }
  }
  if (any_memory) plan_assemblies(g, result, uses);
  for (int k = 0; k < Source::output_count; ++k) {
    const int i = g.roots[k];
    if (result.where[i] == place::memory || (result.where[i] == place::fused && !is_leaf(g.at[i].op))) {
      result.where[i] = place::output;
      result.offset[i] = k;
      if (result.assembled[i] && !overwrites<Source>) write_pieces_early(g, result, i);
    }
  }
  if (!any_memory && !overwrites<Source>) return result;
  readers read;
  read.find(g, result);
  plan_loops(g, result, read);
  plan_products(g, result, read);
  // A fused value is read when its user is executed.
  for (int i = g.node_count - 1; i >= 0; --i) {
    const instruction& n = g.at[i];
    if (result.where[i] != place::fused && !result.elsewhere[i]) {
      executed[i] = i;
      for (int k = result.along[i] - 1; k >= 0; k = result.along[k] - 1) executed[k] = i;
    }
    for (int k = 0; k < operand_count(n.op); ++k) {
      const int operand = n.operand(k);
      if (last_use[operand] < executed[i]) last_use[operand] = executed[i];
      if (executed[operand] < executed[i]) executed[operand] = executed[i];
    }
  }
  if constexpr (overwrites<Source>) keep_what_is_read<Source>(g, result, executed);
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
    result.at[i] = {g.at[first + i],
                    g.shape_at(first + i),
                    schedule_of<Source>.where[first + i],
                    schedule_of<Source>.offset[first + i],
                    schedule_of<Source>.held[first + i] - 1,
                    schedule_of<Source>.joined[first + i] - 1,
                    schedule_of<Source>.along[first + i] - 1,
                    schedule_of<Source>.elsewhere[first + i],
                    schedule_of<Source>.scratch[first + i] - 1,
                    schedule_of<Source>.inverse[first + i] - 1,
                    schedule_of<Source>.inverts[first + i],
                    schedule_of<Source>.partner[first + i] - 1,
                    schedule_of<Source>.assembled[first + i]};
  return result;
}
template <class Source, int Block>
inline constexpr step_block block_of = make_block<Source>(Block * block_size);

template <class Row, class Graph>
constexpr int count(const Graph& g) {
  int result = 0;
  for (int i = 0; i < g.node_count; ++i) result += g.at[i].op == ops::index_of<Row> ? 1 : 0;
  return result;
}
/// The program of a Source, ready to be executed.
template <class Source>
struct program {
  static constexpr int node_count = frozen<Source>::graph.node_count;
  static constexpr int output_count = Source::output_count;
  static constexpr int local_count = schedule_of<Source>.local_count;
  static constexpr int workspace = schedule_of<Source>.workspace;
  static constexpr bool shares_divisors = schedule_of<Source>.shares_divisors;
  static constexpr int variable_count = frozen<Source>::graph.name_count;
  static constexpr bool in_place = overwrites<Source>;
  static constexpr bool has_one_product = count<ops::contract_>(frozen<Source>::graph) == 1;

  template <int I>
  static constexpr const step& at() { return block_of<Source, I / block_size>.at[I % block_size]; }
  template <int K>
  static constexpr int root = frozen<Source>::graph.roots[K];
  template <int I>
  static constexpr bool repeats = repetition(frozen<Source>::graph, frozen<Source>::graph.at[I]) != repeated::no;
  /// The pieces of an assembled tensor.
  template <int I>
  static constexpr auto pieces = pieces_of<pieces_of<0>(frozen<Source>::graph, I).count>(frozen<Source>::graph, I);
  static constexpr text_view name(int variable) { return frozen<Source>::graph.names[variable]; }
};

}  // namespace leibniz::code
