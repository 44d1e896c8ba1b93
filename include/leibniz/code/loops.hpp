#pragma once
#include <leibniz/ops/labels.hpp>

// A labelled sum as a nest of loops: one loop for every label, with a stride for each tensor.

namespace leibniz::code {

struct strides {
  int at[max_rank]{};
};
/// The distance between neighbours along each axis. Rows may lie further apart than their length: by `pitch`.
constexpr strides strides_of(const shape& s, bool column_major = false, int pitch = 0) {
  strides result;
  int step = 1;
  for (int i = 0; i < s.rank; ++i) {
    const int axis = column_major ? i : s.rank - 1 - i;
    result.at[axis] = step;
    step *= i == 0 && pitch > 0 ? pitch : s.extent[axis];
  }
  return result;
}

/// A tensor that a labelled sum reads or writes.
struct labelled {
  ops::labels label;
  shape extents;
  strides step;
};

/// How far one step of a label moves: along a diagonal, over several axes at once.
constexpr int step_along(const labelled& t, int label) {
  int step = 0;
  for (int i = 0; i < t.label.rank; ++i) step += t.label.at[i] == label ? t.step.at[i] : 0;
  return step;
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

/// out = Σ a b over the labels that out lacks; a sum of one tensor has an empty b.
constexpr loop_nest make_loops(const labelled& a, const labelled& b, const labelled& out) {
  ops::label_extents extents;
  ops::labels order;
  for (int k = 0; k < 3; ++k) {
    const labelled& t = k == 0 ? out : k == 1 ? a : b;
    extents.learn(t.label, t.extents);
    for (int i = 0; i < t.label.rank; ++i)
      if (!order.contains(t.label.at[i])) order.append(t.label.at[i]);
  }
  loop_nest nest;
  for (int i = 0; i < order.rank; ++i) {
    const int label = order.at[i];
    loop l;
    l.extent = extents.of[label];
    l.a = step_along(a, label);
    l.b = step_along(b, label);
    l.out = step_along(out, label);
    l.summed = !out.label.contains(label);
    if (l.extent != 1) nest.at[nest.depth++] = l;
  }
  for (int i = 0; i < out.extents.rank; ++i) nest.out_size += (out.extents.extent[i] - 1) * out.step.at[i];
  nest.clears = out.label.repeats();
  nest.merge();
  nest.choose_inner();
  return nest;
}

}  // namespace leibniz::code
