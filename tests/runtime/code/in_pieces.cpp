#define BOOST_TEST_MODULE in_pieces
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/in_pieces.hpp>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

int products_in_pieces = 0;

template <class T, int Columns, int Depth, class Writer, bool Padded>
double error() {
  constexpr int pitch = Padded ? padded_columns(Columns) : Columns, width = product_width<T, Columns, Padded>;
  static constexpr product_form form = Padded ? padded_shape(1, Columns, Depth, pitch, false) : product_shape(1, Columns, Depth, pitch, false);
  if constexpr (width == 1) return 0;
  else {
    if (terms_of_piece<lanes<T, width>>(form) < Depth) ++products_in_pieces;
    return product_error<T, Writer>(form, [](const T* a_, const T* b_, const Writer& w_) { product_in_pieces<lanes<T, width>, form, Padded>(a_, b_, w_); });
  }
}
template <class T, int Depth, int... Columns>
void check() {
  constexpr double bound = 4 * product_bound<T>(Depth);
  const auto expect = [&](const char* kind_, int columns_, double error_) {
    BOOST_TEST(error_ <= bound, kind_ << ", " << columns_ << " columns, depth " << Depth << ": error " << error_);
  };
  (expect("plain", Columns, error<T, Columns, Depth, writer, false>()), ...);
  (expect("padded", Columns, error<T, Columns, Depth, writer, true>()), ...);
  (expect("once", Columns, error<T, Columns, Depth, once_writer, false>()), ...);
  (expect("adding, padded", Columns, error<T, Columns, Depth, adding_writer, true>()), ...);
  (expect("long", Columns, error<T, Columns, Depth, long_writer, false>()), ...);
}

}  // namespace

// Pieces that are alike, and a shorter one behind them; columns that leave some lanes.
BOOST_AUTO_TEST_CASE(one_row_times_a_large_matrix) {
  check<float, 784, 64, 100>();
  check<float, 331, 65, 127, 258>();
  check<float, 37, 1003>();
  check<double, 257, 66, 81>();
  if (register_bytes > 0) BOOST_TEST((products_in_pieces > 0) == (register_bytes < 64));
}
// It is not worth the sums in memory where the matrix stays in the first cache, where one tile has all columns, and for several rows.
BOOST_AUTO_TEST_CASE(one_piece) {
  using V = lanes<float, (native_lanes<float> > 1 ? native_lanes<float> : 2)>;
  BOOST_TEST((terms_of_piece<V>(padded_shape(1, 100, 50, 100, false))) == 50);
  BOOST_TEST((terms_of_piece<V>(padded_shape(1, V::count, 5000, V::count, false))) == 5000);
  BOOST_TEST((terms_of_piece<V>(padded_shape(2, 784, 256, 256, false))) == 256);
  BOOST_TEST((terms_of_piece<V>(padded_shape(1, 10000, 784, 10000, false))) == 784);
}
