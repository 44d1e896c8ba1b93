#define BOOST_TEST_MODULE parts_of_columns
#include "../../support/tiles.hpp"

#include <leibniz/code/parts_of_columns.hpp>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

constexpr int width = native_lanes<float>, half = width / 2;
using V = lanes<float, width < 4 ? 4 : width>;

template <int Columns, int Depth, int Rows>
void check() {
  constexpr double bound = product_bound<float>(Depth);
  expect_close("adding", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, adding_writer, true>(), 4 * bound);
  if constexpr (Columns < product_width<float, Columns, true>) expect_close("long, ragged", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, long_writer, true, false, true>(), bound);
  expect_close("long", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, long_writer, true>(), bound);
}
template <int Columns, int Depth, int... Rows>
void check_rows() {
  (check<Columns, Depth, Rows>(), ...);
}

/// The last columns of longer rows, as the library's own rows and as the user's, which end where the columns end. SideBySide: the rows lie one
/// behind the other in the broadcast operand.
template <bool SideBySide, int Columns, int Depth, int Rows>
void check_last() {
  constexpr double bound = product_bound<float>(Depth);
  expect_close("adding", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, adding_writer, true, SideBySide>(), 4 * bound);
  expect_close("long", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, long_writer, true, SideBySide>(), bound);
  expect_close("dense", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, writer, false, SideBySide>(), bound);
  expect_close("once", Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, once_writer, false, SideBySide>(), 4 * bound);
}
template <int Columns, int Depth, int... Rows>
void check_last_of_rows() {
  (check_last<false, Columns, Depth, Rows>(), ...);
}
template <int Columns, int Depth, int... Rows>
void check_last_of_rows_side_by_side() {
  (check_last<true, Columns, Depth, Rows>(), ...);
}

template <int Rows>
std::vector<float> stored(const V (&result)[Rows][1]) {
  std::vector<float> all(std::size_t{Rows} * V::count);
  for (int r = 0; r < Rows; ++r) result[r][0].store(all.data() + r * V::count);
  return all;
}
/// The parts of a tile alone, whether a product would take them or not; `columns` counts in vectors of the target.
template <int Rows, int Others, int Depth>
std::vector<float> sums(const std::vector<float>& a, const std::vector<float>& b) {
  static constexpr product_form form = product_shape(Rows, half + Others, Depth, V::count, false);
  V result[Rows][1];
  add_parts_of_columns<Depth, Others, form>(a.data(), b.data(), tile_columns<V, 1>(0), result);
  return stored(result);
}
/// Columns that fit Each times into a vector.
template <int Rows, int Columns, int Each, int Depth>
std::vector<float> sums_of_part(const std::vector<float>& a, const std::vector<float>& b) {
  static constexpr product_form form = product_shape(Rows, Columns, Depth, V::count, false);
  V result[Rows][1];
  add_terms_side_by_side<Depth, Each, form>(a.data(), b.data(), tile_columns<V, 1>(0), result);
  return stored(result);
}
/// What is no number in one row stays there, what is behind the columns is not looked at, and 0 is behind them.
template <int Rows, int Columns>
void check_part() {
  if constexpr (2 * Columns <= width) {
    constexpr int each = V::count / lanes_around(Columns, V::count), depth = 3 * each;
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> a(std::size_t{Rows} * depth), b(std::size_t{depth} * V::count, nan);
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i * i % 7) - 3;
    for (std::size_t k = 0; k < depth; ++k)
      for (std::size_t c = 0; c < Columns; ++c) b[k * V::count + c] = static_cast<float>((k + c) * (k + c) % 11) + 1;
    a[(Rows - 1) * depth] = infinity;
    const std::vector<float> got = sums_of_part<Rows, Columns, each, depth>(a, b);
    for (std::size_t r = 0; r < Rows; ++r) {
      for (std::size_t c = 0; c < Columns; ++c) {
        float sum = 0;  // of small whole numbers: exact
        for (std::size_t k = 0; k < depth; ++k) sum += a[r * depth + k] * b[k * V::count + c];
        BOOST_TEST(got[r * V::count + c] == sum, Rows << " rows, " << Columns << " columns: row " << r << ", column " << c);
      }
      for (std::size_t c = V::count / each; c < V::count; ++c) BOOST_TEST(got[r * V::count + c] == 0);
    }
  }
}
/// The rows of a tile, some at a time; what is no number in one row stays there.
template <int Rows, int Columns, int Depth>
void check_rows_side_by_side() {
  if constexpr (2 * Columns <= width && Rows >= V::count / lanes_around(Columns, V::count)) {
    constexpr int each = V::count / lanes_around(Columns, V::count);
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    static constexpr product_form form = product_shape(Rows, Columns, Depth, V::count, true);
    std::vector<float> a(std::size_t{Rows} * Depth), b(std::size_t{Depth} * V::count, nan);
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i * i % 7) - 3;
    for (std::size_t k = 0; k < Depth; ++k)
      for (std::size_t c = 0; c < Columns; ++c) b[k * V::count + c] = static_cast<float>((k + c) * (k + c) % 11) + 1;
    a[Rows / 2] = infinity;
    V result[Rows][1];
    add_rows_side_by_side<Depth, each, form>(a.data(), b.data(), tile_columns<V, 1>(0), result);
    const std::vector<float> got = stored(result);
    for (std::size_t r = 0; r < Rows; ++r) {
      for (std::size_t c = 0; c < Columns; ++c) {
        float sum = 0;  // of small whole numbers: exact
        for (std::size_t k = 0; k < Depth; ++k) sum += a[k * Rows + r] * b[k * V::count + c];
        BOOST_TEST(got[r * V::count + c] == sum, Rows << " rows, " << Columns << " columns: row " << r << ", column " << c);
      }
      for (std::size_t c = V::count / each; c < V::count; ++c) BOOST_TEST(got[r * V::count + c] == 0);
    }
  }
}
template <int Rows, int Others>
void check_parts() {
  if constexpr (width >= 4) {
    constexpr int depth = 2 * V::count;
    std::vector<float> a(std::size_t{Rows} * depth), b(std::size_t{depth} * V::count);
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i * i % 7) - 3;
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<float>(i * i % 11) - 5;
    const std::vector<float> got = sums<Rows, Others, depth>(a, b);
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t c = 0; c < half + Others; ++c) {
        float sum = 0;  // of small whole numbers: exact
        for (std::size_t k = 0; k < depth; ++k) sum += a[r * depth + k] * b[k * V::count + c];
        BOOST_TEST(got[r * V::count + c] == sum, Rows << " rows, " << Others << " others: row " << r << ", column " << c);
      }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(any_number_of_rows) {
  check_rows<10, 32, 11, 12, 13, 16, 23, 24, 25, 48, 49, 64>();
  check_rows<9, 48, 12, 15, 17, 24, 26>();
  check_rows<11, 36, 12, 14, 31>();
  check_rows<12, 32, 12, 18, 32>();
}

// Terms that are left over, and sums that go through the cache in pieces.
BOOST_AUTO_TEST_CASE(any_number_of_terms) {
  check<10, 31, 16>();
  check<10, 33, 16>();
  check<10, 39, 12>();
  check<9, 63, 16>();
  check<9, 256, 13>();
  check<10, 256, 24>();
  check<10, 257, 24>();
  check<10, 784, 16>();
  check<9, 1000, 12>();
  check<12, 255, 16>();
}

BOOST_AUTO_TEST_CASE(every_part_of_any_vector) {
  check_parts<1, 1>();
  check_parts<2, 1>();
  check_parts<9, 1>();
  check_parts<24, 1>();
  if constexpr (width >= 8) {
    check_parts<1, 2>();
    check_parts<5, 2>();
    check_parts<16, 2>();
  }
  if constexpr (width >= 16) {
    check_parts<3, 4>();
    check_parts<8, 4>();
  }
}

BOOST_AUTO_TEST_CASE(last_columns) {
  check_last_of_rows<17, 40, 8, 9, 24, 25>();
  check_last_of_rows<18, 47, 8, 15>();
  check_last_of_rows<19, 56, 10, 33>();
  check_last_of_rows<20, 41, 8, 13, 49>();
  check_last_of_rows<24, 64, 16, 26>();
  check_last_of_rows<21, 43, 16>();
  check_last_of_rows<50, 100, 8, 32>();
  check_last_of_rows<100, 44, 12>();
  check_last_of_rows<9, 45, 11>();  // vectors of 8
  check_last_of_rows<12, 40, 9>();
}

BOOST_AUTO_TEST_CASE(part_of_any_vector) {
  check_part<1, 1>();
  check_part<19, 1>();
  check_part<8, 2>();
  check_part<13, 2>();
  check_part<4, 3>();
  check_part<7, 4>();
  check_part<24, 4>();
  check_part<3, 5>();
  check_part<16, 8>();
}

BOOST_AUTO_TEST_CASE(rows_side_by_side_of_any_vector) {
  check_rows_side_by_side<16, 1, 3>();
  check_rows_side_by_side<17, 1, 20>();
  check_rows_side_by_side<24, 1, 9>();
  check_rows_side_by_side<8, 2, 7>();
  check_rows_side_by_side<15, 2, 8>();
  check_rows_side_by_side<23, 2, 33>();
  check_rows_side_by_side<4, 3, 1>();
  check_rows_side_by_side<21, 3, 5>();
  check_rows_side_by_side<8, 4, 6>();
  check_rows_side_by_side<22, 4, 16>();
  check_rows_side_by_side<2, 5, 4>();
  check_rows_side_by_side<9, 6, 10>();
  check_rows_side_by_side<24, 7, 5>();
  check_rows_side_by_side<19, 8, 32>();
}

BOOST_AUTO_TEST_CASE(last_columns_of_rows_side_by_side) {
  check_last_of_rows_side_by_side<17, 8, 16, 17, 31, 33, 47, 70>();
  check_last_of_rows_side_by_side<18, 3, 10, 15, 25>();
  check_last_of_rows_side_by_side<19, 10, 8, 27>();
  check_last_of_rows_side_by_side<20, 32, 8, 26, 51>();
  check_last_of_rows_side_by_side<21, 5, 10, 29>();
  check_last_of_rows_side_by_side<23, 16, 33>();
  check_last_of_rows_side_by_side<24, 9, 8, 13, 24, 50>();
  check_last_of_rows_side_by_side<24, 4, 12>();  // too few terms
  check_last_of_rows_side_by_side<36, 7, 30, 64>();
  check_last_of_rows_side_by_side<50, 16, 40>();
  check_last_of_rows_side_by_side<101, 12, 100>();  // larger than the first cache
}

// All rows, each in one tile, and tiles begin at a multiple of the group.
BOOST_AUTO_TEST_CASE(tiles_of_rows_in_groups) {
  for (const int group : {1, 2, 4, 8, 16})
    for (const int most : {16, 24})
      for (int rows = group; rows < 200; ++rows) {
        const tiles_of_rows t(rows, most, group);
        BOOST_TEST((t.size % group == 0 && t.size <= most && t.smaller == t.size - group));
        BOOST_TEST((t.big % t.size == 0 && t.big <= t.whole && t.whole <= rows && rows - t.whole < t.size));
        BOOST_TEST((t.whole == t.big || (t.whole - t.big) % t.smaller == 0));
        BOOST_TEST((group > 1 || t.whole == rows));
      }
}

// What is no number in one row stays there; the surplus of the vector operand is not looked at.
BOOST_AUTO_TEST_CASE(rows_keep_to_themselves) {
  if constexpr (width >= 4) {
    constexpr int rows = 6, depth = 2 * V::count;
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> a(std::size_t{rows} * depth, 1.0f), b(std::size_t{depth} * V::count, 2.0f);
    for (std::size_t k = 0; k < depth; ++k)
      for (std::size_t c = half + 1; c < V::count; ++c) b[k * V::count + c] = nan;
    a[2 * depth + 3] = infinity;
    a[4 * depth + 5] = nan;
    const std::vector<float> got = sums<rows, 1, depth>(a, b);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < half + 1; ++c) {
        const float x = got[r * V::count + c];
        if (r == 4) BOOST_TEST(x != x);
        else BOOST_TEST(x == (r == 2 ? infinity : 2.0f * depth));
      }
  }
}
