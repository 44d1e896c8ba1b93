#define BOOST_TEST_MODULE turn
#include "../../support/boost_test.hpp"

#include <leibniz/code/turn.hpp>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

// Rows and columns are all that may be read, and Stored numbers of a row all that may be written.
template <class T, int Lanes, int Rows, int Columns, int Stored, int Size = Lanes>
void check_turn() {
  if constexpr (Lanes <= native_lanes<T>) {
    constexpr int step = Columns + 1, pitch = Lanes + 3;
    std::vector<T> from(Rows * step - 1), to(Columns * pitch, T(-1));
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<T>(i);
    turn_block<lanes<T, Lanes>, pitch, Rows, Columns, Stored, Size>(from.data(), step, to.data());
    int wrong = 0;
    for (int c = 0; c < Columns; ++c)
      for (int r = 0; r < pitch; ++r) {
        const T expected = r < Rows && r < Stored ? static_cast<T>(r * step + c) : r < Stored ? T(0) : T(-1);
        wrong += to[static_cast<std::size_t>(c * pitch + r)] != expected;
      }
    BOOST_TEST(wrong == 0, Rows << " rows, " << Columns << " columns: " << wrong << " numbers are wrong");
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(blocks_are_turned) {
  check_turn<float, 16, 16, 16, 16>();
  check_turn<float, 8, 8, 8, 8>();
  check_turn<float, 8, 5, 3, 5>();
  check_turn<float, 4, 4, 2, 4>();
  check_turn<double, 8, 8, 8, 8>();
  check_turn<double, 2, 2, 2, 2>();
}

BOOST_AUTO_TEST_CASE(squares_one_below_the_other) {
  check_turn<float, 16, 16, 8, 16, 8>();
  check_turn<float, 16, 16, 4, 16, 4>();
  check_turn<float, 16, 11, 2, 16, 2>();
  check_turn<float, 8, 3, 4, 8, 4>();
  check_turn<double, 8, 8, 4, 8, 4>();
  check_turn<double, 4, 4, 2, 4, 2>();
}
