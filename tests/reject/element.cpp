// EXPECT-TEXT 1: leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)
// EXPECT-TEXT 2: leibniz: these shapes do not fit this operation
// EXPECT-TEXT 3: leibniz: the axis of a sum must be part of its type: write sum(A, 0_c) instead of sum(A, 0)
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto W = lz::variable<"W", 3, 4>;
void f() {
#if REJECT == 1
  W(1, 2);
#elif REJECT == 2
  W(3_c, 2_c);
#elif REJECT == 3
  lz::sum(W, 0);
#else
  (void)lz::sum(W, 0_c);
  W(1_c, 2_c);
#endif
}
int main() {}
