// EXPECT-TEXT 1: leibniz: a formula is no truth value: select(x < y, a, b) chooses when the program runs
// EXPECT-TEXT 2: leibniz: a formula is no truth value: select(x < y, a, b) chooses when the program runs
// EXPECT-TEXT 3: leibniz: a formula is no truth value: select(x < y, a, b) chooses when the program runs
// EXPECT-TEXT 4: leibniz: a formula is no truth value: select(x < y, a, b) chooses when the program runs
// EXPECT-TEXT 5: leibniz: a formula is no truth value: select(x < y, a, b) chooses when the program runs
// EXPECT-TEXT 6: leibniz: a formula compared with a bare number: write e == 0_c to compare two formulas, equal(x, 0_c) for a condition
// EXPECT-TEXT 7: leibniz: a formula compared with a bare number: write e == 0_c to compare two formulas, equal(x, 0_c) for a condition
// EXPECT-TEXT 8: leibniz: a formula compared with a bare number: write e == 0_c to compare two formulas, equal(x, 0_c) for a condition
// EXPECT-TEXT 9: leibniz: a formula is no truth value
// EXPECT-TEXT 9: text(e) prints one
#include <iostream>
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
int main() {
#if REJECT == 1
  if (x < y) return 1;
#elif REJECT == 2
  return x <= y && y <= x ? 1 : 2;
#elif REJECT == 3
  while (!(x < y)) {
  }
#elif REJECT == 4
  bool less = x < y;
  return less;
#elif REJECT == 5
  static_assert(!x);
#elif REJECT == 6
  static_assert(lz::diff(x, x) == 1);
#elif REJECT == 7
  return 0.0 == x;
#elif REJECT == 8
  if (x != 0) return 1;
#elif REJECT == 9
  std::cout << x + y;
#else
  static_assert(lz::diff(x, x) == 1_c && x != y);
  std::cout << lz::text(x + y);
  return lz::evaluate(lz::select(x < y, lz::equal(x, 0_c), x), x = 0.0, y = 1.0) == 1.0 ? 0 : 1;
#endif
}
