// EXPECT-TEXT 1: leibniz: a variable of the formula is not bound
// EXPECT-TEXT 2: leibniz: a variable is bound twice
// EXPECT-TEXT 3: leibniz: this value has another size than the variable it is bound to
// EXPECT-TEXT 4: leibniz: the compiler does not know the size of the value that is bound to this variable
// EXPECT-TEXT 5: leibniz: a function is called with another number of values than it has inputs: give one value for each input
// EXPECT-TEXT 6: leibniz: depends_on asks for something that is neither a variable, nor an element W(1_c, 2_c), nor a let
#include <array>
#include <leibniz/leibniz.hpp>
#include <vector>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto f = lz::function(lz::inputs(x, y), lz::outputs(x * y));
int main() {
#if REJECT == 1
  (void)lz::evaluate(x * y, x = 1.0);
#elif REJECT == 2
  (void)lz::evaluate(x * y, x = 1.0, y = 2.0, x = 3.0);
#elif REJECT == 3
  (void)lz::evaluate(lz::sum(v), v = std::array<double, 4>{});
#elif REJECT == 4
  (void)lz::evaluate(lz::sum(v), v = std::vector<double>(3));
#elif REJECT == 5
  (void)f(1.0);
#elif REJECT == 6
  (void)lz::depends_on(x * y, x + y);
#else
  (void)lz::evaluate(x * y, x = 1.0, y = 2.0);
  (void)lz::evaluate(lz::sum(v), v = std::array<double, 3>{});
  (void)lz::depends_on(x * y, x);
#endif
}
