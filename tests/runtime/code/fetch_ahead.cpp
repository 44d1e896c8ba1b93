#define BOOST_TEST_MODULE fetch_ahead
#include "../../support/tiles.hpp"

#include <leibniz/code/fetch_ahead.hpp>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

template <class T, int Rows, int Columns, int Depth>
void check() {
  expect_close("long", Rows, Columns, Depth, tile_error<T, Rows, Columns, Depth, writer, true>(), product_bound<T>(Depth));
}

/// Counts the lines that an update asks for.
struct asking_writer : updating_writer {
  inline static long asked = 0;
  inline static int last_row = 0, last_column = 0;
  void fetch(int r, int c) const {
    ++asked;
    last_row = std::max(last_row, r);
    last_column = std::max(last_column, c);
  }
};

template <int Rows, int Columns, int Depth>
void check_update(bool asks) {
  asking_writer::asked = 0;
  const double error = tile_error<float, Rows, Columns, Depth, asking_writer, true, true>();
  expect_close("update", Rows, Columns, Depth, error, product_bound<float>(Depth));
  BOOST_TEST(asking_writer::asked == (asks ? Rows * Columns * 4 / 64 : 0));
}

}  // namespace

// Where memory ends, what would come next is asked for all the same, and never read: both operands end with their product.
BOOST_AUTO_TEST_CASE(long_products) {
  check<float, 10, 30, 784>();
  check<float, 13, 64, 300>();
  check<float, 16, 16, 1024>();
  check<double, 9, 20, 600>();
}

// Short vectors that share lines with other columns leave the first cache earlier, unless their rows are half a page apart.
template <int Depth, int Pitch>
constexpr bool leaves() {
  constexpr int n = native_lanes<float> > 1 ? native_lanes<float> : 4;
  return leaves_first_cache<product_shape(8, 2 * n, Depth, Pitch, false), tile_columns<lanes<float, n>, 2>>();
}
static_assert(leaves<1100, 64>() && leaves<1100, 784>() && !leaves<100, 99>() && !leaves<100, 784>());
static_assert(leaves<250, 99>() == (register_bytes < 64) && !leaves<250, 784>());

// An update of a matrix that leaves the second cache asks for every line of it once, where tiles are whole lines; of a smaller one for none.
BOOST_AUTO_TEST_CASE(updates) {
  check_update<301, 256, 16>(register_bytes == 32);
  if (asking_writer::asked > 0) BOOST_TEST((asking_writer::last_row == 300 && asking_writer::last_column == 256 - 16));
  check_update<301, 256, 15>(false);
  check_update<30, 256, 16>(false);
}

// The rows are asked for once in every line of the cache, and not beyond their end.
BOOST_AUTO_TEST_CASE(nothing_changes) {
  constexpr product_form rows = product_shape(4, 8, 200, 8, false);
  const std::vector<float> a(800, 3.0f);
  for (int k = 0; k < 200; ++k) fetch_rows_ahead<rows, 4, 8, 1>(a.data(), k);
  constexpr product_form terms = product_shape(4, 64, 600, 64, false);
  const std::vector<float> b(64, 5.0f);
  if constexpr (native_lanes<float> > 1) fetch_terms_ahead<terms, 4>(b.data(), tile_columns<lanes<float, native_lanes<float>>, 2>(0), 599);
  BOOST_TEST(a.back() + b.back() == 8.0f);
}
