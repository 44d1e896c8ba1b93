#define BOOST_TEST_MODULE rows_in_lanes
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/rows_in_lanes.hpp>
#include <utility>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

int products_with_rows_in_lanes = 0;

// Not a template: the macros take longer to compile than the products.
[[maybe_unused]] void expect(int rows, int columns, int depth, double error, double bound) {
  ++products_with_rows_in_lanes;
  BOOST_TEST(error <= bound, rows << " rows, " << columns << " columns, depth " << depth << ": error " << error);
}
template <class T, int Rows, int Columns, int Depth, product_form form = product_shape(Rows, Columns, Depth, Columns, true)>
void check() {
  using V = lanes<T, (native_lanes<T> > 1 ? native_lanes<T> : 2)>;
  if constexpr (puts_rows_in_lanes<V, form, run_writer>())
    expect(Rows, Columns, Depth, product_error<T, run_writer>(form, [](const T* a_, const T* b_, const run_writer& w_) { product_with_rows_in_lanes<V, form>(a_, b_, w_); }),
           product_bound<T>(Depth));
}
template <class T, int Columns, int Depth, int... Rows>
void check_rows() { (check<T, Rows, Columns, Depth>(), ...); }
template <class T, int Depth, int... Columns>
void check_columns(std::integer_sequence<int, Columns...>) { (check_rows<T, Columns + 2, Depth, 2, 4, 5, 7, 12, 16, 23, 40, 50>(), ...); }

}  // namespace

// The memory of the operands ends where they do.
BOOST_AUTO_TEST_CASE(any_number_of_rows_and_columns) {
  check_columns<float, 2>(std::make_integer_sequence<int, 4>{});
  check_columns<float, 9>(std::make_integer_sequence<int, 7>{});
  check_columns<float, 64>(std::make_integer_sequence<int, 11>{});
  check_columns<double, 3>(std::make_integer_sequence<int, 3>{});
  check_columns<double, 40>(std::make_integer_sequence<int, 7>{});
  check_rows<float, 3, 8, 17, 18, 19, 33, 35>();
  check_rows<float, 5, 16, 17, 18, 19, 33, 35>();
  check_rows<float, 7, 3, 17, 18, 19, 20, 49>();
  check_rows<float, 12, 9, 17, 18, 19, 34>();
  check_rows<float, 3, 10, 5, 9, 14, 24>();
  check_rows<float, 2, 16, 5, 9, 14, 24>();
  check_rows<double, 4, 5, 5, 9, 10, 11, 17>();
  check_rows<double, 9, 8, 5, 9, 10, 17>();
  check<float, 17, 5, 7, gapped_shape(17, 5, 7, 2)>();
  check<float, 50, 3, 20, gapped_shape(50, 3, 20, 14)>();
  check<float, 16, 5, 9, gapped_shape(16, 5, 9, 3)>();
  check<float, 11, 4, 6, gapped_shape(11, 4, 6, 5)>();
  check<float, 5, 3, 10, gapped_shape(5, 3, 10, 11)>();
  check<double, 6, 3, 12, gapped_shape(6, 3, 12, 2)>();
  BOOST_TEST((products_with_rows_in_lanes > 0) == may_make_runs);
}

// Rows that lie across the lanes are turned.
template <int Depth>
void check_turned() {
  check<float, 8, 2, Depth, across_shape(8, 2, Depth)>();
  check<float, 23, 2, Depth, across_shape(23, 2, Depth, 3)>();
  check<float, 13, 3, Depth, across_shape(13, 3, Depth)>();
  check<float, 16, 6, Depth, across_shape(16, 6, Depth)>();
  check<float, 39, 5, Depth, across_shape(39, 5, Depth, 3)>();
  check<float, 4, 3, Depth, across_shape(4, 3, Depth, 1)>();
  check<float, 33, 3, Depth, product_shape(33, 3, Depth, 3, false)>();
  check<float, 6, 2, Depth, product_shape(6, 2, Depth, 2, false)>();
  check<float, 16, 6, Depth, product_shape(16, 6, Depth, 6, false)>();
  check<double, 8, 4, Depth, across_shape(8, 4, Depth)>();
  check<double, 21, 5, Depth, across_shape(21, 5, Depth, 2)>();
}
template <int... Depth>
void check_all_turned(std::integer_sequence<int, Depth...>) { (check_turned<Depth + 2>(), ...); }
BOOST_AUTO_TEST_CASE(turned_rows) {
  const int before = products_with_rows_in_lanes;
  check_all_turned(std::make_integer_sequence<int, 19>{});
  BOOST_TEST((products_with_rows_in_lanes > before) == (may_make_runs && register_bytes == 64));
}

// A result whose rows are padded, an operand that lies along a long sum, and rows that fill registers are better left as they are.
BOOST_AUTO_TEST_CASE(only_few_columns) {
  using V = lanes<float, (native_lanes<float> > 1 ? native_lanes<float> : 2)>;
  BOOST_TEST((!puts_rows_in_lanes<V, product_shape(32, 3, 8, 3, true), writer>()));
  BOOST_TEST((!puts_rows_in_lanes<V, product_shape(32, 3, 30, 3, false), run_writer>()));
  BOOST_TEST((puts_rows_in_lanes<V, product_shape(32, 3, 8, 3, false), run_writer>()) == (has_fused_multiply_add && register_bytes == 64));  // turned
  BOOST_TEST((!puts_rows_in_lanes<V, product_shape(32, 16, 8, 16, true), run_writer>()));
  BOOST_TEST((!puts_rows_in_lanes<lanes<double, 2>, product_shape(32, 2, 8, 2, true), run_writer>()));
  BOOST_TEST((puts_rows_in_lanes<V, product_shape(32, 2, 8, 2, true), run_writer>()) == may_make_runs);
  // the costs of large products are no whole numbers of a usual size
  BOOST_TEST((puts_rows_in_lanes<V, product_shape(16000, 3, 16000, 3, true), run_writer>()) == may_make_runs);
}
