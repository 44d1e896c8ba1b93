#pragma once
#include "boost_test.hpp"
#include "products.hpp"

#include <leibniz/code/tile.hpp>

// Products in tiles for the tests of kernels.

namespace leibniz::tests {

/// The error of a product in tiles. Turned: the rows of the broadcast operand lie side by side. Ragged: those of the vector operand have
/// no padding, and its vectors read on into the next one.
template <class T, int Rows, int Columns, int Depth, class Writer, bool Padded, bool Turned = false, bool Ragged = false>
double tile_error() {
  constexpr int pitch = Padded && !Ragged ? code::padded_columns(Columns) : Columns, width = product_width<T, Columns, Padded>;
  static constexpr code::product_form dense = product_shape(Rows, Columns, Depth, pitch, Turned, Ragged && (Columns < width));
  static constexpr code::product_form form = Padded ? packed(dense, pitch) : dense;
  if constexpr (width == 1) return 0;
  else return product_error<T, Writer>(form, [](const T* a_, const T* b_, const Writer& w_) { code::tile_product<lanes<T, width>, form, Padded>(a_, b_, w_); });
}
// Not a template: the macros take longer to compile than the products.
inline void expect_close(const char* kind, int rows, int columns, int depth, double error, double bound) {
  BOOST_TEST(error <= bound, kind << ", " << rows << " rows, " << columns << " columns, depth " << depth << ": error " << error);
}

}  // namespace leibniz::tests
