// The blackboard: one neuron, its cost, and the chain rule factor by factor, as formulas and as numbers.
#include <cstdio>
#include <leibniz/leibniz.hpp>
#include <string>

namespace lz = leibniz;
using namespace leibniz::literals;

// [formulas]
constexpr auto w = lz::variable<"w">;    // the weight
constexpr auto b = lz::variable<"b">;    // the bias
constexpr auto a0 = lz::variable<"a0">;  // the activation of the neuron before
constexpr auto y = lz::variable<"y">;    // what the output should be

constexpr auto z = lz::let<"z">(w * a0 + b);
constexpr auto a = lz::let<"a">(lz::sigmoid(z));
constexpr auto C = lz::let<"C">(lz::square(a - y));

// [chain]
static_assert(lz::diff(C, w) == lz::diff(z, w) * lz::diff(a, z) * lz::diff(C, a));
// [/chain]
// [/formulas]

template <class E>
void line(const char* name, E formula) {
  // [evaluate]
  const double value = lz::evaluate(formula, w = 0.6, b = -0.4, a0 = 0.5, y = 1.0);
  // [/evaluate]
  std::printf("%-6s = %-24s = %9.6f\n", name, std::string(lz::text(formula)).c_str(), value);
}

int main() {
  line("z", z);
  line("a", a);
  line("C", C);
  // [links]
  std::printf("\nthe links of the chain\n");
  line("dz/dw", lz::diff(z, w));
  line("da/dz", lz::diff(a, z));
  line("dC/da", lz::diff(C, a));
  std::printf("\nand the chain\n");
  line("dC/dw", lz::diff(C, w));
  line("dC/db", lz::diff(C, b));
  line("dC/da0", lz::diff(C, a0));
  // [/links]
}
