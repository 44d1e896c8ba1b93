// EXPECT-TEXT 1: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 2: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 3: leibniz: this literal is no exact fraction of 64-bit integers: write constant<p, q> with smaller numbers
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
#if REJECT == 1
constexpr auto f = 2 * x;
#elif REJECT == 2
constexpr auto f = lz::pow(x, 2);
#elif REJECT == 3
constexpr auto f = 99999999999999999999_c * x;
#else
constexpr auto f = 2_c * lz::pow(x, 2_c) + std::integral_constant<int, 3>{} * x;
#endif
int main() {}
