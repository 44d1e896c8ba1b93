#define BOOST_TEST_MODULE flat
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/flat.hpp>
#include <utility>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

int products_in_one_run = 0;

// Not a template: the macros take longer to compile than the products.
[[maybe_unused]] void expect(int rows, int columns, int depth, bool turned, double error, double bound) {
  ++products_in_one_run;
  BOOST_TEST(error <= bound, rows << " rows, " << columns << " columns, depth " << depth << (turned ? ", turned" : "") << ": error " << error);
}
template <class T, int Rows, int Columns, int Depth, bool Turned, product_form form = product_shape(Rows, Columns, Depth, Columns, Turned)>
void check() {
  using V = lanes<T, (native_lanes<T> > 1 ? native_lanes<T> : 2)>;
  if constexpr (is_run<V, form, run_writer>())
    expect(Rows, Columns, Depth, Turned, product_error<T, run_writer>(form, [](const T* a_, const T* b_, const run_writer& w_) { product_in_one_run<V, form>(a_, b_, w_); }),
           product_bound<T>(Depth));
}
template <class T, int Rows, int... Columns>
void check_columns(std::integer_sequence<int, Columns...>) {
  (check<T, Rows, Columns + 2, 1, false>(), ...);
  (check<T, Rows, Columns + 2, 2, false>(), ...);
  (check<T, Rows, Columns + 2, 2, true>(), ...);
  (check<T, Rows, Columns + 2, 3, true>(), ...);
  (check<T, Rows, Columns + 2, 5, false>(), ...);
  (check<T, Rows, Columns + 2, 7, true>(), ...);
}
template <class T, int... Rows>
void check_all() {
  (check_columns<T, Rows>(std::make_integer_sequence<int, 11>{}), ...);
}

}  // namespace

// The memory of the operands ends where they do.
BOOST_AUTO_TEST_CASE(any_number_of_rows_and_columns) {
  check_all<float, 9, 16, 31, 70>();
  check_all<double, 8, 13, 41>();
  check<float, 8, 3, 2, true>();
  check<float, 8, 6, 4, true>();
  check<float, 7, 3, 3, false>();
  check<float, 20, 4, 3, false>();
  check<float, 20, 6, 3, false>();
  check<float, 150, 6, 4, true>();
  check<float, 20, 5, 3, false>();
  check<float, 8, 3, 3, false>();
  check<float, 20, 6, 7, false>();
  check<float, 120, 5, 5, false>();
  check<float, 12, 4, 8, true>();
  check<float, 5, 4, 2, true>();
  check<float, 7, 4, 2, true>();
  check<float, 6, 4, 3, true>();
  check<float, 20, 2, 2, true>();
  check<float, 3, 8, 2, true>();
  check<double, 5, 2, 2, true>();
  check<float, 8, 6, 1, false>();
  check<float, 50, 10, 2, false>();
  check<float, 50, 7, 3, false>();
  check<float, 20, 5, 3, true, gapped_shape(20, 5, 3, 12)>();
  check<float, 50, 3, 2, true, gapped_shape(50, 3, 2, 14)>();
  check<float, 17, 4, 3, true, gapped_shape(17, 4, 3, 1)>();
  check<float, 5, 4, 3, true, gapped_shape(5, 4, 3, 2)>();
  check<float, 8, 2, 2, true, gapped_shape(8, 2, 2, 5)>();
  check<float, 8, 3, 2, false, padded_shape(8, 3, 2, 4, false)>();
  check<float, 9, 3, 3, false, padded_shape(9, 3, 3, 4, false)>();
  check<float, 33, 3, 4, false, padded_shape(33, 3, 4, 4, false)>();
  check<float, 40, 6, 3, false, padded_shape(40, 6, 3, 8, false)>();
  check<float, 50, 10, 1, false, padded_shape(50, 10, 1, 16, false)>();
  check<double, 41, 3, 1, false, padded_shape(41, 3, 1, 4, false)>();
  BOOST_TEST((products_in_one_run > 0) == may_make_runs);
}

// A result whose rows are padded, or through which something is done to the product, is none.
BOOST_AUTO_TEST_CASE(only_runs) {
  using V = lanes<float, (native_lanes<float> > 1 ? native_lanes<float> : 2)>;
  BOOST_TEST((!is_run<V, product_shape(32, 3, 1, 3, false), writer>()));
  BOOST_TEST((!is_run<V, product_shape(32, 16, 1, 16, false), run_writer>()));
  BOOST_TEST((!is_run<V, product_shape(32, 3, 40, 3, false), run_writer>()));
  // an outer product is little more than its stores, and the last vector of a short run is as dear as the others
  BOOST_TEST((is_run<V, product_shape(33, 10, 1, 10, false), run_writer>()) == (has_fused_multiply_add && register_bytes == 64));
  BOOST_TEST((is_run<V, product_shape(32, 5, 4, 5, true), run_writer>()) == (has_fused_multiply_add && register_bytes == 64));
  BOOST_TEST((!is_run<V, product_shape(4, 5, 4, 5, true), run_writer>()));
  BOOST_TEST((is_run<V, product_shape(8, 3, 1, 3, false), run_writer>()) == may_make_runs);
  BOOST_TEST((is_run<V, product_shape(12, 3, 2, 3, false), run_writer>()) == may_make_runs);
  BOOST_TEST((!is_run<lanes<double, 2>, product_shape(8, 3, 1, 3, false), run_writer>()));
}
