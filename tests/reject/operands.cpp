// EXPECT-TEXT 1: leibniz: this operation takes another number of operands
// EXPECT-TEXT 2: leibniz: this operation takes another number of operands
// EXPECT-TEXT 3: leibniz: this operation takes another number of operands
// EXPECT-TEXT 4: leibniz: a variable has at most four axes
// EXPECT-TEXT 5: leibniz: every extent of a variable must be at least 1
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
#if REJECT == 1
constexpr auto f = lz::sin(x, y);
constexpr double value = lz::evaluate(f, x = 1.0, y = 2.0);
#elif REJECT == 2
constexpr auto f = lz::pow(x);
#elif REJECT == 3
constexpr auto f = lz::select(x < y, x);
#elif REJECT == 4
constexpr auto t = lz::variable<"t", 2, 2, 2, 2, 2>;
constexpr auto f = lz::text(t);
#elif REJECT == 5
constexpr auto t = lz::variable<"t", 3, 0>;
constexpr auto f = lz::text(lz::sum(t));
#else
constexpr auto t = lz::variable<"t", 2, 2, 2, 2>;
constexpr auto f = lz::select(x < y, lz::pow(lz::sin(x), y), lz::sum(t));
#endif
int main() {}
