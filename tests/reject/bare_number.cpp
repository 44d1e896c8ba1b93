// EXPECT-TEXT 1: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 2: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 3: leibniz: this literal is no exact fraction of 64-bit integers: write constant<p, q> with smaller numbers
// EXPECT-TEXT 4: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 5: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 6: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 7: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 8: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 9: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 10: leibniz: a value in a formula: only variables, constants and what is made of them can stand there
// EXPECT-TEXT 11: leibniz: a value in a formula: only variables, constants and what is made of them can stand there
// EXPECT-TEXT 12: leibniz: this constant does not fit a signed 64-bit integer: write constant<p, q> with smaller numbers
// EXPECT-TEXT 13: leibniz: this constant does not fit a signed 64-bit integer: write constant<p, q> with smaller numbers
// EXPECT-TEXT 14: leibniz: constant<p, q> takes a q other than 0, and a p and q whose sign can be changed in 64 bits
// EXPECT-TEXT 15: leibniz: constant<p, q> takes a q other than 0, and a p and q whose sign can be changed in 64 bits
// EXPECT-TEXT 16: leibniz: this literal is no exact fraction of 64-bit integers: write constant<p, q> with smaller numbers
// EXPECT-TEXT 17: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 18: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 19: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 20: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 21: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 22: leibniz: constant<p, q> takes a q other than 0, and a p and q whose sign can be changed in 64 bits
// EXPECT-TEXT 23: leibniz: a value in a formula: only variables, constants and what is made of them can stand there
// EXPECT-TEXT 24: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
// EXPECT-TEXT 25: leibniz: a bare number in a formula: its value is not part of the type; write 2_c, 0.5_c or constant<1, 3>
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto v = lz::variable<"v", 2>;
#if REJECT == 1
constexpr auto f = 2 * x;
#elif REJECT == 2
constexpr auto f = lz::pow(x, 2);
#elif REJECT == 3
constexpr auto f = 99999999999999999999_c * x;
#elif REJECT == 4
constexpr auto f = lz::select(x < 0, -x, x);
#elif REJECT == 5
constexpr auto f = lz::text(3);
#elif REJECT == 6
constexpr auto f = lz::latex(3);
#elif REJECT == 7
constexpr auto f = lz::operations(x, 3);
#elif REJECT == 8
constexpr auto f = lz::diff(3, x);
#elif REJECT == 9
constexpr auto f = lz::evaluate(2.5, x = 1.0);
#elif REJECT == 10
constexpr auto f = v + lz::tensor<double, 2>{1.0, 2.0};
#elif REJECT == 11
constexpr auto f = 2_c * (x = 1.0);
#elif REJECT == 12
constexpr auto f = boost::hana::ullong_c<18446744073709551615u> * x;
#elif REJECT == 13
constexpr auto f = lz::pow(x, std::integral_constant<long long, INT64_MIN>{});
#elif REJECT == 14
constexpr auto f = lz::constant<INT64_MIN> * x;
#elif REJECT == 15
constexpr auto f = lz::constant<1, 0> * x;
#elif REJECT == 16
constexpr auto f = 010_c * x;
#elif REJECT == 17
constexpr auto f = lz::sum(3.0) + x;
#elif REJECT == 18
constexpr auto f = lz::dot(v, 2.0);
#elif REJECT == 19
constexpr auto f = lz::transpose(1.0);
#elif REJECT == 20
constexpr auto f = lz::norm(2);
#elif REJECT == 21
constexpr auto f = lz::outer(2.0f, v);
#elif REJECT == 22
constexpr auto f = lz::constant<1, 0>;
#elif REJECT == 23
constexpr auto f = lz::dot(lz::tensor<double, 2>{1.0, 2.0}, v);
#elif REJECT == 24
constexpr auto f = lz::sin(2.0) * x;
#elif REJECT == 25
constexpr auto f = lz::relu(-1) + x;
#else
static_assert(boost::hana::ullong_c<9223372036854775807u> * x == lz::constant<INT64_MAX, 1> * x);
constexpr auto f = 2_c * lz::pow(x, 2_c) + std::integral_constant<int, 3>{} * x + lz::select(x < 0_c, -x, x);
static_assert(lz::text(3_c) == "3" && lz::latex(3_c) == "3" && lz::operations(x, 3_c) == 0 && lz::diff(3_c, x) == 0_c);
static_assert(lz::sum(3_c) + x == 3_c + x && lz::transpose(1_c) == 1_c && lz::norm(-2_c) == 2_c && lz::outer(2_c, v) == 2_c * v);
static_assert(lz::evaluate(2.5_c, x = 1.0) == 2.5);
#endif
int main() {}
