// EXPECT-TEXT 1: leibniz: diff by something that is neither a variable, nor an element W(1_c, 2_c), nor a let
// EXPECT-TEXT 2: leibniz: this derivative has more than four axes
// EXPECT-TEXT 3: leibniz: gradient of something that is no scalar: use diff(f, x) for a Jacobian
// EXPECT-TEXT 4: leibniz: one name stands for two variables of different shapes in one formula: rename one of them
// EXPECT-TEXT 5: leibniz: one name stands for two different let formulas in one formula: rename one of them
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto T = lz::variable<"T", 2, 2, 2>;
#if REJECT == 1
constexpr auto g = lz::diff(lz::sin(x), x + 1_c);
#elif REJECT == 2
constexpr auto g = lz::diff(lz::hadamard(T, T), T);
#elif REJECT == 3
constexpr auto g = lz::gradient(2_c * v, v);
#elif REJECT == 4
constexpr auto g = lz::text(x + lz::sum(lz::variable<"x", 3>));
#elif REJECT == 5
constexpr auto g = lz::text(lz::let<"z">(x) + lz::let<"z">(lz::sin(x)));
#else
constexpr auto g = lz::gradient(lz::sum(lz::square(v)), v);
#endif
int main() {}
