// EXPECT-TEXT 1: leibniz: diff by something that is neither a variable, nor an element W(1_c, 2_c), nor a let
// EXPECT-TEXT 2: leibniz: this derivative has more than four axes
// EXPECT-TEXT 3: leibniz: gradient of something that is no scalar: use diff(f, x) for a Jacobian
// EXPECT-TEXT 4: leibniz: one name stands for two variables of different shapes in one formula: rename one of them
// EXPECT-TEXT 5: leibniz: one name stands for two different let formulas in one formula: rename one of them
// EXPECT-TEXT 6: leibniz: diff by a number: differentiate by a variable, and twice with diff(f, x, x)
// EXPECT-TEXT 7: leibniz: diff by a number: differentiate by a variable, and twice with diff(f, x, x)
// EXPECT-TEXT 8: leibniz: diff of a formula by nothing: write diff(f, x)
// EXPECT-TEXT 9: leibniz: this derivative has more than four axes
// EXPECT-TEXT 10: leibniz: this derivative has more than four axes
// EXPECT-TEXT 11: leibniz: one name stands for two variables of different shapes in one formula: rename one of them
// EXPECT-TEXT 12: leibniz: depends_on asks for something that is neither a variable, nor an element W(1_c, 2_c), nor a let
// EXPECT-TEXT 13: leibniz: gradient by one variable twice: list every variable once
// EXPECT-TEXT 14: leibniz: diff by a number: differentiate by a variable
// EXPECT-TEXT 15: leibniz: a bare number in a formula
// EXPECT-TEXT 16: leibniz: one name stands for two variables of different shapes in one formula: rename one of them
// EXPECT-TEXT 17: leibniz: one name stands for a variable and for a let in one formula: rename one of them
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
#elif REJECT == 6
constexpr auto g = lz::diff(lz::sin(x), 3);
#elif REJECT == 7
constexpr auto g = lz::diff(lz::sin(x), x, 2);
#elif REJECT == 8
constexpr auto g = lz::diff(lz::sin(x));
#elif REJECT == 9
constexpr auto g = lz::text(lz::diff(lz::hadamard(v, v), v, v, v, v));
#elif REJECT == 10
constexpr auto g = lz::evaluate(lz::diff(lz::hadamard(v, v), v, v, v, v), v = {1.0, 2.0, 3.0});
#elif REJECT == 11
constexpr auto g = lz::operations(x + lz::sum(lz::variable<"x", 3>));
#elif REJECT == 12
constexpr auto g = lz::depends_on(x * x, 3);
#elif REJECT == 13
constexpr auto map = lz::gradient(lz::sin(x), x, x);
constexpr auto g = map[x];
#elif REJECT == 14
constexpr auto g = lz::gradient(lz::sin(x), 3);
#elif REJECT == 15
constexpr auto g = lz::gradient(3, x);
#elif REJECT == 16
constexpr bool g = x == lz::sum(lz::variable<"x", 3>);
#elif REJECT == 17
constexpr auto g = lz::text(lz::let<"x">(lz::sum(v)) * x);
#else
constexpr auto g = lz::gradient(lz::sum(lz::square(v)), v);
static_assert(lz::diff(lz::sin(x), x, x) == -lz::sin(x) && lz::depends_on(x * x, x));
static_assert(lz::diff(lz::square(v(0_c)), v, v, v).extents == lz::make_shape(3, 3, 3));
#endif
int main() {}
