#define BOOST_TEST_MODULE turned_columns
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/turned_columns.hpp>
#include <utility>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

// Not a template: the macros take longer to compile than the products.
[[maybe_unused]] void expect(int rows, int columns, int depth, double error, double bound) {
  BOOST_TEST(error <= bound, rows << " rows, " << columns << " columns, depth " << depth << ": error " << error);
}
template <class T, class Writer, bool Padded, int Rows, int Columns, int Depth, int Gap>
void check_product() {
  constexpr int width = product_width<T, Columns, Padded>;
  static constexpr product_form form = across_shape(Rows, Columns, Depth, Gap);
  if constexpr (width >= 4 || (Columns == 3 && width == 2))
    expect(Rows, Columns, Depth, product_error<T, Writer>(form, [](const T* a_, const T* b_, const Writer& w_) { product_of_turned_columns<lanes<T, width>, form, Padded>(a_, b_, w_); }),
           product_bound<T>(Depth) * (Writer::beside + 1));
}
template <class T, int Rows, int Columns, int Depth, int Gap = 0>
void check() {
  check_product<T, writer, false, Rows, Columns, Depth, Gap>();
  check_product<T, writer, true, Rows, Columns, Depth, Gap>();
  check_product<T, once_writer, false, Rows, Columns, Depth, Gap>();
  check_product<T, long_writer, false, Rows, Columns, Depth, Gap>();
  check_product<T, adding_writer, true, Rows, Columns, Depth, Gap>();
  check_product<T, adding_writer, false, Rows, Columns, Depth, Gap>();
}
template <class T, int Rows, int Columns, int... Depth>
void check_depths(std::integer_sequence<int, Depth...>) { (check<T, Rows, Columns, Depth>(), ...); }
template <class T, int Rows, int... Columns>
void check_columns(std::integer_sequence<int, Columns...>) { (check_depths<T, Rows, Columns>(std::integer_sequence<int, 2, 3, 7, 8, 13, 20>{}), ...); }

}  // namespace

// The memory of the operands ends where they do.
BOOST_AUTO_TEST_CASE(any_number_of_rows_and_columns) {
  check_columns<float, 1>(std::integer_sequence<int, 8, 19, 51>{});
  check_columns<float, 9>(std::integer_sequence<int, 4, 7, 16, 30, 33>{});
  check_columns<double, 5>(std::integer_sequence<int, 4, 9, 24>{});
  check_columns<float, 8>(std::integer_sequence<int, 17, 24>{});
  check_columns<double, 3>(std::integer_sequence<int, 17>{});
  check<double, 16, 17, 8>();
  check<double, 16, 9, 8, 3>();
}
BOOST_AUTO_TEST_CASE(parts_of_vectors) {
  check<float, 1, 5, 3>();
  check<float, 1, 6, 3>();
  check<float, 4, 13, 2>();
  check<float, 5, 21, 3>();
  check<float, 2, 15, 3>();
  check<float, 9, 31, 2>();
}
BOOST_AUTO_TEST_CASE(three_columns) {
  check<float, 1, 3, 2>();
  check<float, 1, 3, 3>();
  check<float, 2, 3, 3>();
  check<float, 15, 3, 2>();
  check<float, 16, 3, 3>();
}
// With registers of 32 bytes: what would be packed for short rows, or for rows that end with parts of two vectors.
constexpr bool turns(const product_form& f) { return turns_floats<float, true>(f); }
constexpr bool some = register_bytes == 32 && has_fused_multiply_add;
static_assert(turns(across_shape(8, 4, 2)) == some && turns(across_shape(8, 3, 2)) == some && turns(across_shape(33, 3, 3)) == some);
static_assert(turns(across_shape(8, 11, 2)) == some && turns(across_shape(8, 31, 3)) == some && turns(across_shape(1, 8, 3)) == some);
static_assert(!turns(across_shape(33, 3, 2)) && !turns(across_shape(8, 12, 2)) && !turns(across_shape(8, 11, 4)) && !turns(across_shape(1, 9, 3)));
static_assert(turns_floats<float, false>(across_shape(1, 9, 3)) == some && !turns_floats<double, false>(across_shape(8, 4, 2)) && !turns(product_shape(8, 4, 2, 4, false)));
BOOST_AUTO_TEST_CASE(rows_with_gaps) {
  check<float, 12, 20, 10, 6>();
  check<float, 7, 13, 5, 3>();
  check<double, 3, 17, 9, 1>();
}
