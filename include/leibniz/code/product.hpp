#pragma once
#include <utility>

#include <leibniz/code/loops.hpp>
#include <leibniz/core/lanes.hpp>

// Which labelled sums are matrix products, whatever axes and storage their operands have.

namespace leibniz::code {

/// out[row][column] = Σ broadcast[row][depth] vector[depth][column], with the steps of the two operands. The columns are
/// the last axis of the result; an operand that is missing an index has step 0 along it. The sum of the rows of a matrix is
/// a product too: with the number 1 as broadcast operand.
struct product_form {
  bool valid = false;
  bool swapped = false;  // the broadcast operand is the second one
  bool only_sums = false;  // the broadcast operand is the number 1
  bool is_fresh = false;  // the broadcast operand was computed just before: a short row of it may still be in a register
  bool ragged = false;  // a vector is longer than the columns: behind the last row it must not read on
  int rows = 1, columns = 1, depth = 1;
  int broadcast_row = 0, broadcast_depth = 0;
  int vector_depth = 0, vector_column = 0;
  int pitch = 0;  // from row to row of the vector operand, where what lies behind a row may be read too; 0 where it may not
  bool aligned = false;  // vectors of the vector operand, none of them longer than the pitch, do not cross two lines of the cache
};

/// The axes that several labels run over as one: their extent, and the step of each tensor; or nothing.
struct merged_axis {
  bool valid = true;
  int extent = 1, a = 0, b = 0;
  constexpr void add(int n, int step_a, int step_b) {
    if (n == 1) return;
    if (extent != 1 && (a != step_a * n || b != step_b * n)) valid = false;
    extent *= n;
    a = step_a;
    b = step_b;
  }
};

constexpr product_form make_product(labelled a, labelled b, const labelled& out, bool only_sums = false) {
  product_form form;
  form.only_sums = only_sums;
  if (a.label.repeats() || b.label.repeats() || out.label.repeats()) return form;
  if (only_sums) {
    if (out.label.rank != 1) return form;
    for (int i = 0; i < b.label.rank; ++i)
      if (!out.label.contains(b.label.at[i])) a.label.append(b.label.at[i]);
    for (int i = 0, k = 0; i < b.label.rank; ++i)
      if (k < a.label.rank && a.label.at[k] == b.label.at[i]) a.extents.append(b.extents.extent[i]), ++k;
  }
  if (out.label.rank > 0) {
    const int last = out.label.at[out.label.rank - 1];
    if (a.label.contains(last) == b.label.contains(last)) return form;
    if (a.label.contains(last)) {
      const labelled other = a;
      a = b;
      b = other;
      form.swapped = true;
    }
    form.columns = out.extents.extent[out.label.rank - 1];
    form.vector_column = step_along(b, last);
  }
  merged_axis rows, depth;
  for (int i = 0; i + 1 < out.label.rank; ++i) {
    const int label = out.label.at[i];
    if (b.label.contains(label)) return form;
    rows.add(out.extents.extent[i], step_along(a, label), 0);
  }
  for (int i = 0; i < a.label.rank; ++i) {
    const int label = a.label.at[i];
    if (out.label.contains(label)) continue;
    if (!b.label.contains(label)) return form;
    depth.add(a.extents.extent[i], a.step.at[i], step_along(b, label));
  }
  for (int i = 0; i < b.label.rank; ++i)
    if (!out.label.contains(b.label.at[i]) && !a.label.contains(b.label.at[i])) return form;
  form.valid = rows.valid && depth.valid;
  form.rows = rows.extent;
  form.broadcast_row = rows.a;
  form.depth = depth.extent;
  form.broadcast_depth = depth.a;
  form.vector_depth = depth.b;
  return form;
}

/// The product of some of the columns.
constexpr product_form with_columns(product_form form, int columns) {
  form.columns = columns;
  return form;
}
/// Some of the terms of all its sums.
constexpr product_form with_terms(product_form form, int terms) {
  form.depth = terms;
  return form;
}
/// The product with a vector operand that is stored so.
constexpr product_form stored_as(product_form form, int pitch, bool aligned) {
  form.pitch = pitch;
  form.aligned = aligned;
  return form;
}
/// The same with the rows of the vector operand one below the other, put there by the library.
constexpr product_form packed(product_form form, int pitch) {
  form.vector_depth = pitch;
  form.vector_column = 1;
  return stored_as(form, pitch, true);
}
/// The same where a vector is longer than the columns and the rows lie without gaps: it reads on into the next row.
constexpr product_form as_ragged(product_form form) {
  form.ragged = true;
  return form;
}
/// Whether rows of that pitch hold whole vectors of so many numbers, the last one of a row too.
constexpr bool holds_vectors(int pitch, int width) { return pitch > 0 && pitch % width == 0; }
/// Whether a vector longer than the rows of the vector operand may read on into the next one.
constexpr bool may_read_on(const product_form& form, int width) {
  return form.vector_column == 1 && form.columns < width && (form.depth == 1 || form.vector_depth + form.columns >= width);
}
/// The form as vectors of so many lanes read it.
constexpr product_form to_be_read(const product_form& form, int width) {
  return may_read_on(form, width) && !holds_vectors(form.pitch, width) ? as_ragged(form) : form;
}
/// The product the other way round: the columns of the result as rows. How its new vector operand is stored it does not know.
constexpr product_form turned(product_form form) {
  form.ragged = false;
  form = stored_as(form, 0, false);
  form.swapped = !form.swapped;
  std::swap(form.rows, form.columns);
  std::swap(form.broadcast_row, form.vector_column);
  std::swap(form.broadcast_depth, form.vector_depth);
  return form;
}

/// Both operands run along the sum without gaps.
constexpr bool is_dot(const product_form& form) {
  return form.valid && (form.depth == 1 || (form.broadcast_depth == 1 && form.vector_depth == 1));
}
/// What a product takes whose vector operand lies across the lanes: as it lies, each row of the result in so many dots, which are added up
/// in the lanes together; or with the operand put into lanes first, in blocks of 4 x 4. Fitted to products of 1 to 24 rows, 2 to 51
/// columns and 2 to 32 terms that were measured both ways, with registers of 16 floats and of 8. A multiplication in lanes is 0.5.
struct packing_costs {
  int lanes;
  double row, short_dot, dot, ragged_dot, pack;
};
inline constexpr packing_costs costs_of_packing =
    register_bytes == 64 ? packing_costs{16, 4, 0.2, 0.7, 1.35, 5.5} : packing_costs{8, 1.2, 0.75, 0.25, 0.75, 1};
constexpr double cost_of_dots(const product_form& form) {
  constexpr packing_costs cost = costs_of_packing;
  const int whole = form.columns / cost.lanes * cost.lanes;
  const int more = form.columns > whole ? lanes_around(form.columns - whole, cost.lanes) : 0;
  const int vectors = (form.depth + cost.lanes - 1) / cost.lanes;
  const double dot = form.depth <= 2 ? cost.short_dot : (form.depth % 4 == 0 ? cost.dot : cost.ragged_dot) + 0.6 * vectors;
  return form.rows * (cost.row + (whole + more) * dot);
}
constexpr double cost_of_packed(const product_form& form) {
  constexpr packing_costs cost = costs_of_packing;
  const int blocks = (form.columns + 3) / 4 * ((form.depth + 3) / 4), vectors = (form.columns + cost.lanes - 1) / cost.lanes;
  return cost.pack + 2 * blocks + form.rows * (1 + 0.5 * form.depth * vectors);
}
constexpr bool lies_in_lanes(const product_form& form) { return form.vector_column == 1 || form.columns == 1; }
/// An operand that runs along short sums is turned in registers, as many of its rows as there are lanes, and stays there while the rows of
/// the other one go by: the broadcast operand, whose rows are the lanes then, where the result has few columns, or the vector operand.
/// Which products take less time so was measured, with registers of 64 bytes, any numbers of which are picked from two at once, and for the vector
/// operand of 16; of 32, where it depends on the type, turns_floats (code/turned_columns.hpp) says it. Rows of 2 or 3 numbers have to lie one
/// behind the other.
constexpr bool turns_well(const product_form& form, int step, int most) {
  return form.valid && form.depth >= 2 && form.depth <= most && (step == form.depth || (step > form.depth && form.depth >= 4));
}
constexpr bool turns_rows(const product_form& form) {
  if (register_bytes != 64 || form.columns == 1 || form.broadcast_depth != 1 || !turns_well(form, form.broadcast_row, 20)) return false;
  if (lies_in_lanes(form)) return form.columns < 4 ? form.rows > 8 : form.columns <= 6 && form.rows >= 16 && form.depth >= 8;
  return is_dot(form) && (form.columns < 4 ? form.rows >= 3 : form.columns <= 6 && form.rows >= 8);
}
constexpr bool turns_columns(const product_form& form) {
  const int most = register_bytes == 64 ? 20 : register_bytes == 16 ? (spreads_as_it_reads ? 4 : 3) : 0;
  if (lies_in_lanes(form) || !is_dot(form) || !turns_well(form, form.vector_column, most)) return false;
  // Of four terms, packed columns are better, unless there are many, or the last vector of a row would be parts of two that were just stored.
  if (register_bytes == 16) return form.depth < 4 ? form.columns >= 4 : form.rows > 1 && (form.columns > 20 || form.columns % 4 == 3);
  if (form.rows > 1) return form.columns >= 4;
  return form.columns >= 8 && (form.depth <= 3 || (form.columns >= 16 && form.depth <= 8 && form.depth != 7));
}
/// Whether it pays to put the vector operand into lanes first, and the memory that this takes. With registers of 16 and 32 bytes some products leave
/// it unused: those of two columns whose result is a run of numbers (code/two_columns.hpp), and what turns_floats takes; the plan does not know that.
constexpr bool wants_packing(const product_form& form) {
  if (register_bytes == 0 || !form.valid || lies_in_lanes(form) || turns_rows(form) || turns_columns(form)) return false;
  return is_dot(form) ? cost_of_packed(form) < 0.85 * cost_of_dots(form) : form.rows > 1;
}

/// The bytes that caches hand on at once.
inline constexpr int cache_line = 64;
/// The bytes that surely stay in the first cache of a processor.
inline constexpr int first_cache = 1 << 15;
/// What stays in the second one. Only for registers of 32 bytes was it measured to matter; the others' are larger, or their tiles slower.
inline constexpr int second_cache = register_bytes == 32 ? 1 << 18 : 1 << 30;
/// The distance of rows that are padded to whole registers: up to 16 numbers, a power of two. Long rows do not begin a multiple of 64 numbers
/// apart: what lies below each other would share few sets of the cache.
constexpr int padded_columns(int columns) {
  const int unit = lanes_around(columns, 16);
  const int padded = (columns + unit - 1) / unit * unit;
  return padded >= 128 && padded % 64 == 0 ? padded + unit : padded;
}
/// The same of an operand that is packed: parts of a register are 4 numbers at least.
constexpr int packed_columns(int columns) { return padded_columns(columns < 4 ? 4 : columns); }

}  // namespace leibniz::code
