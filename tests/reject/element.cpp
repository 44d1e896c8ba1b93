// EXPECT-TEXT 1: leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)
// EXPECT-TEXT 2: leibniz: these shapes do not fit this operation
// EXPECT-TEXT 3: leibniz: the axis of a sum must be part of its type: write sum(A, 0_c) instead of sum(A, 0)
// EXPECT-TEXT 4: leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)
// EXPECT-TEXT 5: leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)
// EXPECT-TEXT 6: leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)
// EXPECT-TEXT 7: leibniz: the index of a formula's element must be part of its type: write W(1_c, 2_c) instead of W(1, 2)
// EXPECT-TEXT 8: leibniz: these shapes do not fit this operation
// EXPECT-TEXT 9: leibniz: the axis of a sum must be part of its type: write sum(A, 0_c) instead of sum(A, 0)
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
#elif REJECT == 4
  auto element = W(1, 2);
  (void)element;
#elif REJECT == 5
  auto&& element = 2_c * W(1, 2);
  (void)element;
#elif REJECT == 6
  (void)W(0.5_c, 2_c);
#elif REJECT == 7
  (void)W(lz::variable<"i">, 2_c);
#elif REJECT == 8
  (void)W(2_c);
#elif REJECT == 9
  auto columns = lz::sum(W, 0);
  (void)(2_c * columns);
#else
  (void)lz::sum(W, 0_c);
  W(1_c, 2_c);
  auto element = 2_c * W(1_c, std::integral_constant<int, 2>{});
  (void)element;
#endif
}
int main() {}
