#pragma once
#include <leibniz/ops/labels.hpp>

// A labelled sum as a nest of loops: one loop for every label, with a stride for each tensor.

namespace leibniz::code {

struct strides {
  int at[max_rank]{};
};
/// The distance between neighbours along each axis.
constexpr strides strides_of(const shape& s, bool column_major = false) {
  strides result;
  int step = 1;
  for (int i = 0; i < s.rank; ++i) {
    const int axis = column_major ? i : s.rank - 1 - i;
    result.at[axis] = step;
    step *= s.extent[axis];
  }
  return result;
}

/// What the innermost loop does.
enum class inner_loop {
  row,      // out[i] (+)= a b, everything with stride 1 or 0: the compiler vectorises it
  dot,      // out (+)= Σ a b with stride 1: vectorised by several partial sums
  strided,  // anything else
};

inline constexpr int max_loops = 2 * max_rank;

struct loop {
  int extent = 1;
  int a = 0, b = 0, out = 0;
  bool summed = false;
};

struct loop_nest {
  int depth = 0;
  loop at[max_loops]{};
  inner_loop inner = inner_loop::strided;
  bool accumulates = false;  // some loop outside the innermost sums
  bool clears = false;       // out starts from zeros
  int out_size = 1;

  /// Adjacent loops that walk through memory as one become one.
  constexpr void merge() {
    for (int i = depth - 2; i >= 0; --i) {
      loop &outer = at[i], &next = at[i + 1];
      const int n = next.extent;
      if (outer.summed != next.summed || outer.a != next.a * n || outer.b != next.b * n || outer.out != next.out * n) continue;
      next.extent *= outer.extent;
      erase(i);
    }
  }
  constexpr loop erase(int i) {
    const loop gone = at[i];
    for (--depth; i < depth; ++i) at[i] = at[i + 1];
    return gone;
  }
  constexpr bool is_row(const loop& l) const { return !l.summed && l.out == 1 && l.a >= 0 && l.a <= 1 && l.b >= 0 && l.b <= 1; }
  constexpr bool is_dot(const loop& l) const { return l.summed && l.a <= 1 && l.b <= 1; }
  constexpr void choose_inner() {
    int row = -1, dot = -1;
    for (int i = 0; i < depth; ++i) {
      if (is_row(at[i])) row = i;
      if (is_dot(at[i]) && (dot < 0 || at[dot].extent < at[i].extent)) dot = i;
    }
    if (row >= 0 && dot >= 0 && at[row].extent < 8 && at[row].extent < at[dot].extent) row = -1;
    inner = row >= 0 ? inner_loop::row : dot >= 0 ? inner_loop::dot : inner_loop::strided;
    const int chosen = row >= 0 ? row : dot;
    if (chosen >= 0) {
      const loop last = erase(chosen);
      at[depth++] = last;
    }
    for (int i = 0; i + 1 < depth; ++i) accumulates = accumulates || at[i].summed;
    if (inner == inner_loop::strided && depth > 0) accumulates = accumulates || at[depth - 1].summed;
    clears = clears || accumulates;
  }
};

/// out[lo] = Σ a[la] b[lb] over the labels that lo lacks; a sum of one tensor has an empty lb.
constexpr loop_nest make_loops(const ops::labels& la, const shape& sa, bool a_columns, const ops::labels& lb, const shape& sb,
                               bool b_columns, const ops::labels& lo, const shape& so) {
  ops::label_extents extents;
  extents.learn(la, sa);
  extents.learn(lb, sb);
  extents.learn(lo, so);
  loop_nest nest;
  ops::labels order = lo;
  const ops::labels all = lo + la;
  order = {};
  for (int pass = 0; pass < 2; ++pass) {
    const ops::labels& source = pass == 0 ? all : lb;
    for (int i = 0; i < source.rank; ++i)
      if (!order.contains(source.at[i])) order.append(source.at[i]);
  }
  const strides ta = strides_of(sa, a_columns), tb = strides_of(sb, b_columns), to = strides_of(so);
  for (int i = 0; i < order.rank; ++i) {
    const int label = order.at[i];
    loop l;
    l.extent = extents.of[label];
    for (int k = 0; k < la.rank; ++k) l.a += la.at[k] == label ? ta.at[k] : 0;
    for (int k = 0; k < lb.rank; ++k) l.b += lb.at[k] == label ? tb.at[k] : 0;
    for (int k = 0; k < lo.rank; ++k) l.out += lo.at[k] == label ? to.at[k] : 0;
    l.summed = !lo.contains(label);
    if (l.extent != 1) nest.at[nest.depth++] = l;
  }
  nest.out_size = so.size();
  nest.clears = lo.repeats();
  nest.merge();
  nest.choose_inner();
  return nest;
}

}  // namespace leibniz::code
