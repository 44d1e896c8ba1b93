#include <initializer_list>
#include <leibniz/code/loops.hpp>

namespace lz = leibniz;
using lz::code::inner_loop;
using lz::code::loop_nest;
using lz::code::make_loops;

constexpr lz::ops::labels labels_of(int a = 0, int b = 0) {
  lz::ops::labels l;
  for (const int label : {a, b})
    if (label != 0) l.append(label);
  return l;
}
constexpr lz::shape matrix = lz::make_shape(20, 30);
constexpr lz::code::labelled tensor(lz::ops::labels l, lz::shape s, bool columns = false, int pitch = 0) {
  return {l, s, lz::code::strides_of(s, columns, pitch)};
}

// W x runs along the rows of W, whatever way W is stored.
constexpr loop_nest by_rows = make_loops(tensor(labels_of(1, 2), matrix), tensor(labels_of(2), lz::make_shape(30)), tensor(labels_of(1), lz::make_shape(20)));
constexpr loop_nest by_columns = make_loops(tensor(labels_of(1, 2), matrix, true), tensor(labels_of(2), lz::make_shape(30)), tensor(labels_of(1), lz::make_shape(20)));
static_assert(by_rows.inner == inner_loop::dot && by_rows.depth == 2 && by_rows.at[1].extent == 30 && !by_rows.clears);
static_assert(by_columns.inner == inner_loop::row && by_columns.at[1].extent == 20 && by_columns.clears && by_columns.accumulates);

// Loops through contiguous memory become one.
constexpr loop_nest total = make_loops(tensor(labels_of(1, 2), matrix), {}, {});
static_assert(total.depth == 1 && total.at[0].extent == 600 && total.inner == inner_loop::dot);

// Padded rows stay rows.
constexpr loop_nest padded = make_loops(tensor(labels_of(1, 2), matrix, false, 32), {}, {});
static_assert(padded.depth == 2 && padded.at[0].a == 32 && padded.at[1].extent == 30);
static_assert(make_loops(tensor(labels_of(1, 2), matrix), {}, tensor(labels_of(1, 2), matrix, false, 32)).out_size == 19 * 32 + 30);
