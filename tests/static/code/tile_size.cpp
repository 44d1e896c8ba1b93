#include "../../support/products.hpp"

#include <leibniz/code/tile_size.hpp>

using namespace leibniz;
using namespace leibniz::code;

constexpr bool parts_are_even() {
  for (int n = 1; n < 200; ++n)
    for (const int most : {1, 4, 6, 16}) {
      const parts p(n, most);
      if (p.big * p.size + p.small * (p.size - 1) != n || p.size > most || p.big <= 0) return false;
    }
  return true;
}
static_assert(parts_are_even());

// A tile never has more sums than registers, with one left for each operand; and the operand that it has less of stays beside them.
constexpr bool sums_fit() {
  for (int vectors = 1; vectors <= tile_vectors; ++vectors) {
    const int rows = tile_rows(vectors), fewer = rows < vectors ? rows : vectors;
    if (vectors * rows > register_count - 2 || (rows > 1 && vectors * rows + fewer + 1 > register_count)) return false;
  }
  return 2 * rows_of_pairs(neighbours::terms) <= register_count - 2 && rows_of_pairs(neighbours::rows) <= register_count - 2;
}
static_assert(sums_fit());

// Few rows keep their numbers beside the sums, one row does so where its vectors do not fit there.
static_assert(parts_of_sums(1) == 8 && parts_of_sums(5) == 2 && parts_of_sums(12) == 1);
static_assert(reads_as_it_multiplies(1, 16) && !reads_as_it_multiplies(1, 3) && !reads_as_it_multiplies(4, 3));
static_assert(reads_as_it_multiplies(2, 4) == (register_count < 32));

template <int Rows, int Columns, int Depth, bool Turned>
constexpr product_form product = tests::product_shape(Rows, Columns, Depth, Columns, Turned);
// Neighbours are read together in long sums, by tiles of one vector of floats; never by a few rows.
using wide = lanes<float, 16>;
constexpr neighbours expected(neighbours together) { return has_fused_multiply_add ? together : neighbours::none; }
static_assert(read_together<wide>(product<32, 16, 784, false>, 1) == expected(neighbours::terms));
static_assert(read_together<wide>(product<784, 16, 32, true>, 1) == expected(neighbours::rows));
static_assert(read_together<wide>(product<1, 16, 784, false>, 1) == neighbours::none);
static_assert(read_together<wide>(product<5, 16, 784, true>, 1) == neighbours::none);
static_assert(read_together<wide>(product<32, 16, 8, false>, 1) == neighbours::none);
static_assert(read_together<wide>(product<32, 32, 784, false>, 2) == neighbours::none);
static_assert(read_together<lanes<double, 8>>(product<32, 8, 784, false>, 1) == neighbours::none);
static_assert(read_together<lanes<float, 4>>(product<32, 4, 784, false>, 1) == neighbours::none);

static_assert(vectors_of_tiles({32, 2, 1, true, 0}) == 2);
// Where ten sums have to be under way, ten rows are tiles of five by two vectors, not of three and two by four.
static_assert(sums_under_way < 10 || (vectors_of_tiles({10, 8, 1, true, 0}) == 2 && vectors_of_tiles({8, 7, 1, false, 0}) == 4));
// The largest matrices are counted, too.
static_assert(vectors_of_tiles({16000, 20000, 16000, false, 16000 * 32}) > 0);
// Where vectors come from the second cache again and again, tiles of 32 bytes have fewer of them and more rows.
constexpr int vectors_of(int rows, int depth) { return vectors_of_tiles({rows, 32, depth, true, depth * 32}); }
static_assert(register_bytes != 32 || !has_fused_multiply_add || (vectors_of(64, 784) == 2 && vectors_of(64, 64) == 4 && vectors_of(3, 784) == 4));
// Eight sums may be better than twelve for short sums, but not for terms that are far apart, nor for those that go to memory first.
using native = lanes<float, (native_lanes<float> > 1 ? native_lanes<float> : 4)>;
constexpr int sums_of(const product_form& f, int vectors, bool is_short = true) { return sums_of_tiles(in_tiles<native>(f, is_short), vectors); }
constexpr int fewer = beside_sums(12) > 0 ? 8 : tile_sums;
static_assert(sums_of(product<64, 64, 32, false>, 2) == fewer && sums_of(product<64, 64, 32, true>, 4) == fewer && sums_of(product<64, 64, 48, true>, 4) == fewer);
static_assert(sums_of(product<64, 64, 32, false>, 4, false) == tile_sums && sums_of(product<64, 64, 49, true>, 4) == tile_sums);
// Nor where that many do not fill a tile: of three vectors it would have two rows.
static_assert(sums_of(product<64, 48, 32, false>, 3) == tile_sums && sums_of(product<64, 8, 32, false>, 1) == tile_sums);
static_assert(stays_in_registers(8, 3, 1) && !stays_in_registers(1, 3, 1) && !stays_in_registers(8, 100, 1));
// As many rows of sums as fit beside the vector operand; one, where nothing waits.
static_assert(rows_beside(8, 1) == (register_count >= 32 ? 4 : register_count - 10 < 4 ? register_count - 10 : 4));
static_assert(rows_beside(10, 4) == 1 && rows_beside(3, 1) == 1);

int main() {}
