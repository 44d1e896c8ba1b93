#define BOOST_TEST_MODULE pack
#include "../../support/boost_test.hpp"

#include <leibniz/code/pack.hpp>
#include <utility>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

constexpr product_form across(int columns, int depth, int gap) {
  product_form f;
  f.columns = columns;
  f.depth = depth;
  f.vector_depth = 1;
  f.vector_column = depth + gap;
  return f;
}
// The memory of the operand ends where it does; that of the packed one ends with a register.
template <class T, int Columns, int Depth, int Gap = 0>
void check_pack() {
  constexpr int pitch = packed_columns(Columns), step = Depth + Gap;
  std::vector<T> from(Columns * step - Gap), to((Depth * pitch + 15) / 16 * 16, T(-1));
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<T>(i);
  pack<across(Columns, Depth, Gap), pitch>(static_cast<const T*>(from.data()), to.data());
  int wrong = 0;
  for (int k = 0; k < Depth; ++k)
    for (int c = 0; c < Columns; ++c) wrong += to[static_cast<std::size_t>(k * pitch + c)] != static_cast<T>(c * step + k);
  BOOST_TEST(wrong == 0, Columns << " columns, depth " << Depth << ": " << wrong << " numbers are wrong");
}
template <class T, int Columns, int... Depth>
void check_depths(std::integer_sequence<int, Depth...>) {
  (check_pack<T, Columns, Depth + 1>(), ...);
  check_pack<T, Columns, 4, 2>();
  check_pack<T, Columns, 13, 1>();
  check_pack<T, Columns, 16>();
  check_pack<T, Columns, 40>();
}
template <class T, int... Columns>
void check_all() { (check_depths<T, Columns>(std::make_integer_sequence<int, 12>{}), ...); }

}  // namespace

BOOST_AUTO_TEST_CASE(operands_are_packed) {
  check_all<float, 2, 3, 4, 5, 7, 8, 10, 16, 33>();
  check_all<double, 2, 3, 4, 5, 7, 8, 10, 16, 33>();
}
