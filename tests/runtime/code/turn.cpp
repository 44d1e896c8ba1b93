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

// Nothing beyond the last number of the last row may be read.
template <class T, int Lanes, int Rows, int Count, int Gap>
void check_load() {
  if constexpr (Lanes <= native_lanes<T> && Rows <= Lanes) {
    constexpr int step = Count + Gap;
    std::vector<T> from(Rows * step - Gap);
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<T>(i);
    lanes<T, Lanes> term[Count];
    load_turned<Rows, step>(static_cast<const T*>(from.data()), term);
    int wrong = 0;
    for (int k = 0; k < Count; ++k)
      for (int r = 0; r < Rows; ++r) wrong += term[k][r] != static_cast<T>(r * step + k);
    BOOST_TEST(wrong == 0, Lanes << " lanes, " << Rows << " rows of " << Count << " numbers, gap " << Gap << ": " << wrong << " numbers are wrong");
  }
}
template <int Gap, int... Count>
void check_loads(std::integer_sequence<int, Count...>) {
  (check_load<float, 4, 4, Count, Gap>(), ...);
  (check_load<float, 4, 3, Count, Gap>(), ...);
  (check_load<float, 8, 8, Count, Gap>(), ...);
  (check_load<float, 8, 5, Count, Gap>(), ...);
  (check_load<float, 16, 16, Count, Gap>(), ...);
  (check_load<float, 16, 9, Count, Gap>(), ...);
  (check_load<double, 8, 8, Count, Gap>(), ...);
  (check_load<double, 8, 3, Count, Gap>(), ...);
  (check_load<double, 4, 4, Count, Gap>(), ...);
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

BOOST_AUTO_TEST_CASE(rows_are_turned_in_registers) {
  check_loads<0>(std::integer_sequence<int, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16, 17, 20>{});
  check_loads<1>(std::integer_sequence<int, 4, 5, 6, 7, 8, 10, 13, 15>{});
  check_loads<6>(std::integer_sequence<int, 4, 5, 10, 18>{});
}
