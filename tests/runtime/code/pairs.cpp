#define BOOST_TEST_MODULE pairs
#include "../../support/tiles.hpp"

#include <leibniz/code/pairs.hpp>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

template <int Rows, int Columns, int Depth, bool Turned>
void check() {
  constexpr double bound = product_bound<float>(Depth);
  const char* const kind = Turned ? "pairs of rows" : "pairs of terms";
  expect_close(kind, Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, adding_writer, true, Turned>(), 4 * bound);
  if constexpr (Rows % 2 == 0) expect_close(kind, Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, once_writer, false, Turned>(), 4 * bound);
  else if constexpr (Columns < product_width<float, Columns, true>)
    expect_close(kind, Rows, Columns, Depth, tile_error<float, Rows, Columns, Depth, long_writer, true, Turned, true>(), bound);
}
template <int Columns, int Depth, int... Rows>
void check_rows() {
  (check<Rows, Columns, Depth, false>(), ...);
  (check<Rows, Columns, Depth, true>(), ...);
}

}  // namespace

BOOST_AUTO_TEST_CASE(any_number_of_rows) {
  check_rows<16, 12, 3, 4, 5, 7, 8, 9, 12, 13, 24, 25>();
  check_rows<10, 13, 4, 6, 11, 17, 26>();
  check_rows<7, 15, 8, 10, 11>();
}

BOOST_AUTO_TEST_CASE(long_sums) {
  check<32, 16, 784, false>();
  check<61, 8, 129, false>();
  check<785, 16, 32, true>();
  check<50, 5, 31, true>();
}

// What alternates comes apart again, in its order.
BOOST_AUTO_TEST_CASE(interleaved_vectors_come_apart) {
  if constexpr (native_lanes<float> >= 4) {
    using V = lanes<float, native_lanes<float>>;
    constexpr std::make_integer_sequence<int, V::count> all{};
    float x[2 * V::count];
    std::iota(x, x + 2 * V::count, 0.0f);
    const V a = V::load(x), b = V::load(x + V::count);
    const V first = interleave<false, shuffled_together<V>>(a, b, all), second = interleave<true, shuffled_together<V>>(a, b, all);
    const V even = every_second<false>(first, second, all), odd = every_second<true>(first, second, all), both = V::alternating(x + 3);
    for (int l = 0; l < V::count; ++l) {
      BOOST_TEST(even[l] == a[l]);
      BOOST_TEST(odd[l] == b[l]);
      BOOST_TEST(both[l] == x[3 + l % 2]);
    }
  }
}

// Bits pass as they are: subnormals, the sign of zero, infinities.
BOOST_AUTO_TEST_CASE(any_number_alternates) {
  if constexpr (native_lanes<float> >= 4) {
    using V = lanes<float, native_lanes<float>>;
    constexpr float infinity = std::numeric_limits<float>::infinity(), tiny = std::numeric_limits<float>::denorm_min();
    for (const auto& pair : std::vector<std::pair<float, float>>{{tiny, -0.0f}, {-infinity, tiny}, {1.0f, -infinity}, {-0.0f, infinity}}) {
      const float two[2] = {pair.first, pair.second};
      const auto bits = V::alternating(two).bits();
      const auto expected = [](float x_) { return lanes<float, 4>(x_).bits()[0]; };
      for (int l = 0; l < V::count; ++l) BOOST_TEST(bits[l] == expected(l % 2 == 0 ? pair.first : pair.second));
    }
  }
}
