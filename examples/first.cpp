#include <iostream>
// [preamble]
#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;
// [/preamble]

constexpr auto w = lz::variable<"w">;    // the weight of a neuron
constexpr auto b = lz::variable<"b">;    // its bias
constexpr auto a0 = lz::variable<"a0">;  // the activation of the neuron before
constexpr auto y = lz::variable<"y">;    // what the output should be

constexpr auto z = lz::let<"z">(w * a0 + b);
constexpr auto a = lz::let<"a">(lz::sigmoid(z));
constexpr auto C = lz::let<"C">(lz::square(a - y));

static_assert(lz::diff(a, z) == a * (1_c - a));
static_assert(lz::diff(C, w) == lz::diff(z, w) * lz::diff(a, z) * lz::diff(C, a));

int main() {
  constexpr auto slope = lz::diff(C, w);
  std::cout << "dC/dw = " << lz::text(slope) << '\n';
  std::cout << "      = " << lz::evaluate(slope, w = 0.6, b = -0.4, a0 = 0.5, y = 1.0) << '\n';
}
