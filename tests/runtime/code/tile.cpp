#define BOOST_TEST_MODULE tile
#include "../../support/tiles.hpp"

#include <utility>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

template <class T, int Rows, int Columns, int Depth>
void check() {
  constexpr double bound = product_bound<T>(Depth);
  expect_close("padded", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, writer, true, false>(), bound);
  expect_close("padded, turned, long", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, long_writer, true, true>(), bound);
  expect_close("turned", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, writer, false, true>(), bound);
  expect_close("long", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, long_writer, false, false>(), bound);
  expect_close("padded, adding", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, adding_writer, true, false>(), 4 * bound);
  expect_close("padded, updating", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, updating_writer, true, true>(), 4 * bound);
  if constexpr (Columns < native_lanes<T>) expect_close("ragged", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, writer, true, true, true>(), bound);
}
template <class T, int Rows, int Depth, int Columns>
void check_last_vector() {
  constexpr double bound = 4 * product_bound<T>(Depth);
  expect_close("adding", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, adding_writer, false, false>(), bound);
  expect_close("once, turned", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, once_writer, false, true>(), bound);
  expect_close("once, long", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, long_once_writer, false, false>(), bound);
}
template <class T, int Rows, int Depth, int... Columns>
void check_last_vectors() {
  (check_last_vector<T, Rows, Depth, Columns>(), ...);
}
template <class T, int... Columns>
void check_columns(std::integer_sequence<int, Columns...>) {
  (check<T, 5, Columns + 2, 3>(), ...);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_width_of_a_small_product) {
  check_columns<float>(std::make_integer_sequence<int, 34>{});
  check_columns<double>(std::make_integer_sequence<int, 18>{});
}

// In vectors of any length, some of these leave 1, 2, 3, 4, … numbers.
BOOST_AUTO_TEST_CASE(nothing_is_written_twice) {
  check_last_vectors<float, 1, 5, 3, 17, 26, 87>();
  check_last_vectors<float, 5, 9, 23, 36, 89>();
  check_last_vectors<double, 3, 7, 9, 11, 37>();
}

// A single term, few long rows: the rows' numbers stay in registers.
BOOST_AUTO_TEST_CASE(columns_are_updated_one_by_one) {
  check_last_vectors<float, 2, 1, 81, 99, 784>();
  check_last_vectors<float, 16, 1, 96, 113>();
  check_last_vectors<float, 24, 1, 160, 90>();
  check_last_vectors<double, 12, 1, 41, 64, 103>();
  check<float, 12, 200, 1>();
}

BOOST_AUTO_TEST_CASE(products_of_many_shapes) {
  check<float, 1, 16, 1>();
  check<float, 1, 3, 8>();
  check<float, 1, 8, 8>();
  check<float, 1, 14, 8>();
  check<float, 1, 7, 4>();
  check<double, 1, 4, 8>();
  check<double, 1, 5, 6>();
  check<float, 1, 16, 784>();
  check<float, 1, 130, 5>();
  check<float, 17, 10, 33>();
  check<float, 11, 20, 10>();
  check<double, 5, 16, 7>();
  check<float, 33, 70, 31>();
  check<double, 7, 9, 100>();
  check<double, 19, 40, 6>();
  check<double, 2, 5, 9>();
}
