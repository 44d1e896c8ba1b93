#define BOOST_TEST_MODULE outer_product
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/outer_product.hpp>
#include <utility>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

// Not a template: the macros take longer to compile than the products.
[[maybe_unused]] void expect(int rows, int columns, double error, double bound) {
  BOOST_TEST(error <= bound, rows << " rows, " << columns << " columns: error " << error);
}
template <class T, int Rows, int Columns>
void check() {
  using V = lanes<T, (native_lanes<T> > 1 ? native_lanes<T> : 2)>;
  static constexpr product_form form = product_shape(Rows, Columns, 1, Columns, false);
  if constexpr (native_lanes<T> > 1 && Columns > V::count && Columns % V::count != 0)
    expect(Rows, Columns, product_error<T, run_writer>(form, [](const T* a_, const T* b_, const run_writer& w_) { outer_product_in_one_run<V, form>(a_, b_, w_); }), product_bound<T>(1));
}
template <class T, int Rows, int... Columns>
void check_columns(std::integer_sequence<int, Columns...>) { (check<T, Rows, Columns>(), ...); }
template <class T, int... Rows>
void check_rows() { (check_columns<T, Rows>(std::integer_sequence<int, 3, 5, 6, 7, 9, 10, 11, 17, 18, 23, 26, 36, 61>{}), ...); }

}  // namespace

// The memory of the operands ends where they do. Every target has them, whether it takes them or not.
BOOST_AUTO_TEST_CASE(any_number_of_rows_and_columns) {
  check_rows<float, 1, 2, 3, 4, 5, 8, 11>();
  check_rows<double, 1, 2, 5, 13>();
  check<float, 6, 79>();
  check<float, 5, 158>();
}

// A result whose rows are padded, sums, rows that fill vectors and very long ones are better left to others.
BOOST_AUTO_TEST_CASE(only_long_rows_that_fill_no_vector) {
  using V = lanes<float, (native_lanes<float> > 1 ? native_lanes<float> : 2)>;
  BOOST_TEST((is_outer_run<V, product_shape(8, 7, 1, 7, false), run_writer>()) == (register_bytes == 16 && stores_across_wait));
  BOOST_TEST((!is_outer_run<V, product_shape(8, 7, 1, 7, false), writer>()));
  BOOST_TEST((!is_outer_run<V, product_shape(8, 7, 1, 7, false), once_run_writer>()));
  BOOST_TEST((!is_outer_run<V, product_shape(8, 7, 2, 7, false), run_writer>()));
  BOOST_TEST((!is_outer_run<V, product_shape(8, 24, 1, 24, false), run_writer>()));
  BOOST_TEST((is_outer_run<V, product_shape(8, 79, 1, 79, false), run_writer>()) == (register_bytes == 16 && stores_across_wait));
  BOOST_TEST((is_outer_run<V, product_shape(8, 158, 1, 158, false), run_writer>()) == (register_bytes == 16 && stores_across_wait));
  BOOST_TEST((!is_outer_run<V, product_shape(8, 83, 1, 83, false), run_writer>()));
  BOOST_TEST((!is_outer_run<V, product_shape(1, 23, 1, 23, false), run_writer>()));
}
