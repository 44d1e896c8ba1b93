#include <leibniz/code/product.hpp>

namespace lz = leibniz;
using lz::code::labelled;
using lz::code::make_product;
using lz::code::product_form;

constexpr labelled tensor(int first, int second, lz::shape s, bool columns = false, int pitch = 0) {
  labelled t{{}, s, lz::code::strides_of(s, columns, pitch)};
  t.label.append(first);
  if (second != 0) t.label.append(second);
  return t;
}

// W x: both operands run along the sum.
constexpr product_form matrix_vector = make_product(tensor(1, 2, lz::make_shape(5, 16)), tensor(2, 0, lz::make_shape(16)), tensor(1, 0, lz::make_shape(5)));
static_assert(matrix_vector.valid && matrix_vector.swapped && matrix_vector.columns == 5 && matrix_vector.depth == 16);
static_assert(matrix_vector.vector_column == 16 && matrix_vector.vector_depth == 1 && lz::code::is_dot(matrix_vector));
static_assert(!lz::code::lies_in_lanes(matrix_vector) && !lz::code::wants_packing(matrix_vector));
// Stored by columns, its rows are in lanes.
static_assert(lz::code::lies_in_lanes(
    make_product(tensor(1, 2, lz::make_shape(5, 16), true), tensor(2, 0, lz::make_shape(16)), tensor(1, 0, lz::make_shape(5)))));

// A B, and A Bᵀ, whose second operand lies across the lanes.
constexpr product_form product = make_product(tensor(1, 2, lz::make_shape(6, 7)), tensor(2, 3, lz::make_shape(7, 9), false, 16), tensor(1, 3, lz::make_shape(6, 9)));
static_assert(product.valid && product.rows == 6 && product.columns == 9 && product.depth == 7 && product.broadcast_row == 7);
static_assert(product.vector_depth == 16 && lz::code::lies_in_lanes(product) && !lz::code::is_dot(product));
constexpr bool puts_into_lanes(const product_form& f) { return lz::code::wants_packing(f) || lz::code::turns_rows(f) || lz::code::turns_columns(f); }
constexpr product_form by_rows = make_product(tensor(1, 2, lz::make_shape(6, 7)), tensor(3, 2, lz::make_shape(9, 7)), tensor(1, 3, lz::make_shape(6, 9)));
static_assert(by_rows.valid && by_rows.vector_column == 7 && puts_into_lanes(by_rows) && lz::code::is_dot(by_rows));
// Short sums are put into lanes in registers or in memory, long ones are not for a few rows and columns.
constexpr product_form across(int rows, int columns, int depth) {
  return make_product(tensor(1, 2, lz::make_shape(rows, depth)), tensor(3, 2, lz::make_shape(columns, depth)), tensor(1, 3, lz::make_shape(rows, columns)));
}
static_assert(puts_into_lanes(across(1, 16, 3)) && puts_into_lanes(across(3, 51, 3)) && lz::code::wants_packing(across(64, 256, 128)));
constexpr bool wide = lz::register_bytes == 64, turns_some = wide || lz::register_bytes == 16;
static_assert(lz::code::turns_columns(across(3, 51, 3)) == turns_some && lz::code::turns_rows(across(8, 2, 3)) == wide);
static_assert(lz::code::turns_columns(across(1, 16, 3)) == turns_some && lz::code::turns_columns(across(3, 51, 8)) == wide && lz::code::turns_rows(across(8, 3, 3)) == wide);
static_assert(!lz::code::turns_columns(across(3, 51, 21)) && !lz::code::turns_columns(across(1, 15, 5)) && !lz::code::turns_rows(across(8, 7, 3)));
static_assert(lz::code::wants_packing(across(3, 51, 3)) != lz::code::turns_columns(across(3, 51, 3)));
static_assert(!lz::code::wants_packing(across(4, 5, 32)) && !lz::code::wants_packing(across(6, 2, 16)) && !lz::code::wants_packing(across(1, 10, 784)));

// An outer product sums nothing; the sum of rows is a product with 1.
constexpr product_form outer = make_product(tensor(1, 0, lz::make_shape(6)), tensor(2, 0, lz::make_shape(9)), tensor(1, 2, lz::make_shape(6, 9)));
static_assert(outer.valid && outer.rows == 6 && outer.columns == 9 && outer.depth == 1 && outer.broadcast_row == 1);
constexpr product_form sums = make_product({}, tensor(1, 2, lz::make_shape(6, 9)), tensor(2, 0, lz::make_shape(9)), true);
static_assert(sums.valid && sums.only_sums && sums.rows == 1 && sums.depth == 6 && sums.vector_depth == 9 && sums.broadcast_depth == 0);

// Not matrix products: a label in all three, a diagonal.
static_assert(!make_product(tensor(1, 2, lz::make_shape(6, 9)), tensor(1, 2, lz::make_shape(6, 9)), tensor(1, 2, lz::make_shape(6, 9))).valid);
static_assert(!make_product(tensor(1, 1, lz::make_shape(6, 6)), tensor(2, 0, lz::make_shape(9)), tensor(1, 2, lz::make_shape(6, 9))).valid);

static_assert(lz::code::padded_columns(1) == 1 && lz::code::padded_columns(3) == 4 && lz::code::padded_columns(16) == 16);
static_assert(lz::code::packed_columns(2) == 4 && lz::code::packed_columns(5) == 8 && lz::code::packed_columns(17) == 32);
static_assert(lz::code::padded_columns(17) == 32 && lz::code::padded_columns(10) == 16 && lz::code::padded_columns(6) == 8);
// Rows that would share few sets of the cache are moved apart.
static_assert(lz::code::padded_columns(64) == 64 && lz::code::padded_columns(112) == 112 && lz::code::padded_columns(128) == 144);
static_assert(lz::code::padded_columns(250) == 272 && lz::code::padded_columns(256) == 272 && lz::code::padded_columns(784) == 784);
