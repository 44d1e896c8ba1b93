// EXPECT-TEXT 1: leibniz: vector * vector is ambiguous: write dot(a, b), outer(a, b) or hadamard(a, b)
// EXPECT-TEXT 2: leibniz: a quotient of two tensors is ambiguous: write hadamard(a, reciprocal(b)) for the elementwise one
// EXPECT-TEXT 3: leibniz: a matrix product of shapes that do not fit: the left factor needs as many columns as the right factor has rows
// EXPECT-TEXT 4: leibniz: an elementwise operation on two different shapes: make the shapes equal, or one operand a scalar
// EXPECT-TEXT 5: leibniz: these shapes do not fit this operation
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto W = lz::variable<"W", 3, 4>;
constexpr auto x = lz::variable<"x", 4>;
constexpr auto u = lz::variable<"u", 4>;
constexpr auto b = lz::variable<"b", 3>;
#if REJECT == 1
constexpr auto f = x * u;
#elif REJECT == 2
constexpr auto f = x / u;
#elif REJECT == 3
constexpr auto f = W * b;
#elif REJECT == 4
constexpr auto f = x + b;
#elif REJECT == 5
constexpr auto f = lz::dot(x, b);
#else
constexpr auto f = W * lz::hadamard(x, lz::reciprocal(u)) + b;
#endif
int main() {}
