#define BOOST_TEST_MODULE turn
#include "../../support/boost_test.hpp"

#include <leibniz/code/turn.hpp>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

template <int Columns, int Depth>
struct across {
  static constexpr product_form make() {
    product_form f;
    f.columns = Columns;
    f.depth = Depth;
    f.vector_depth = 1;
    f.vector_column = Depth + 2;
    return f;
  }
  static constexpr product_form value = make();
};
template <class T, int Columns, int Depth>
void check_pack() {
  constexpr int pitch = padded_columns(Columns);
  std::vector<T> from(Columns * (Depth + 2)), to(Depth * pitch, T(-1));
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<T>(i);
  pack<across<Columns, Depth>, pitch>(static_cast<const T*>(from.data()), to.data());
  bool right = true;
  for (int k = 0; k < Depth; ++k)
    for (int c = 0; c < Columns; ++c)
      right = right && to[static_cast<std::size_t>(k * pitch + c)] == static_cast<T>(c * (Depth + 2) + k);
  BOOST_TEST(right);
}

}  // namespace

BOOST_AUTO_TEST_CASE(operands_are_turned) {
  check_pack<float, 16, 16>();
  check_pack<float, 10, 16>();
  check_pack<float, 33, 40>();
  check_pack<float, 3, 5>();
  check_pack<float, 1, 7>();
  check_pack<double, 8, 8>();
  check_pack<double, 21, 30>();
  check_pack<double, 2, 2>();
}
