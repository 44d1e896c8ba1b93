// Several neurons in a layer: every weight has two indices, and what a neuron of the layer before does to the cost is
// the sum over the paths that leave it.
#include <cstdio>
#include <leibniz/leibniz.hpp>
#include <string>

namespace lz = leibniz;
using namespace leibniz::literals;

// [formulas]
constexpr auto W = lz::variable<"W", 3, 2>;  // W(j, k): from neuron k to neuron j
constexpr auto b = lz::variable<"b", 3>;
constexpr auto x = lz::variable<"x", 2>;
constexpr auto y = lz::variable<"y", 3>;

constexpr auto z = lz::let<"z">(W * x + b);
constexpr auto a = lz::let<"a">(lz::sigmoid(z));
constexpr auto C = lz::let<"C">(lz::sum(lz::square(a - y)));

// One weight, by hand: dC/dW(1,0) = dz1/dW(1,0) * da1/dz1 * dC/da1.
static_assert(lz::diff(C, W(1_c, 0_c)) == x(0_c) * (a(1_c) * (1_c - a(1_c))) * (2_c * (a(1_c) - y(1_c))));

// One input: the three paths through the layer add up.
constexpr auto path = [](auto j) {
  return W(j, 0_c) * (a(j) * (1_c - a(j))) * (2_c * (a(j) - y(j)));
};
static_assert(lz::diff(C, x(0_c)) == path(0_c) + path(1_c) + path(2_c));
// [/formulas]

void print(const char* name, std::string_view formula) {
  std::printf("%-8s = %.*s\n", name, static_cast<int>(formula.size()), formula.data());
}

int main() {
  print("z", lz::text(z));
  print("C", lz::text(C));
  print("dC/dz", lz::text(lz::diff(C, z)));
  print("dC/dW", lz::text(lz::diff(C, W)));
  print("dC/db", lz::text(lz::diff(C, b)));
  print("dC/dx", lz::text(lz::diff(C, x)));

  // [function]
  constexpr auto g = lz::gradient(C, W, b, x);
  constexpr auto f = lz::function(lz::inputs(W, b, x, y), lz::outputs(C, g[W], g[b], g[x]));
  const lz::tensor<double, 3, 2> weights{0.5, -0.25, 1.0, 0.75, -1.0, 0.125};
  const lz::tensor<double, 3> biases{0.0, 0.5, -0.5}, wanted{1.0, 0.0, 1.0};
  const lz::tensor<double, 2> input{0.8, -0.6};
  const auto [cost, dW, db, dx] = f(weights, biases, input, wanted);
  // [/function]

  std::printf("\ncost %.6f\n", cost);
  for (int j = 0; j < 3; ++j) std::printf("dW(%d, :) = %9.6f %9.6f   db(%d) = %9.6f\n", j, dW(j, 0), dW(j, 1), j, db(j));
  std::printf("dx       = %9.6f %9.6f\n", dx(0), dx(1));
}
