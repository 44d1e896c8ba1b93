// Several neurons in a layer: every weight has two indices, and what a neuron of the layer before does to the
// cost is the sum over the paths that leave it.
#include <array>
#include <boost/hana/for_each.hpp>
#include <cstdio>
#include <leibniz/leibniz.hpp>
#include <span>
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

// [paths]
// One weight, by hand: dC/dW(1,0) = dz1/dW(1,0) * da1/dz1 * dC/da1.
static_assert(lz::diff(C, W(1_c, 0_c)) == x(0_c) * (a(1_c) * (1_c - a(1_c))) * (2_c * (a(1_c) - y(1_c))));

// One input: the three paths through the layer add up.
constexpr auto path = [](auto j) { return W(j, 0_c) * (a(j) * (1_c - a(j))) * (2_c * (a(j) - y(j))); };
static_assert(lz::diff(C, x(0_c)) == path(0_c) + path(1_c) + path(2_c));
// [/paths]
// [/formulas]

void print(const char* name, std::string_view formula) {
  std::printf("%-8s = %.*s\n", name, static_cast<int>(formula.size()), formula.data());
}

int main() {
  print("z", lz::text(z));
  print("C", lz::text(C));
  print("dC/dz", lz::text(lz::diff(C, z)));
  // [gradient]
  constexpr auto g = lz::gradient(C, W, b, x);  // a Boost.Hana map: from each variable to a formula
  boost::hana::for_each(g, [](auto entry) {
    constexpr auto by = boost::hana::first(entry);
    print(("dC/d" + std::string(by.name.view())).c_str(), lz::text(boost::hana::second(entry)));
  });
  // [/gradient]

  // [function]
  constexpr auto f = lz::function(lz::inputs(W, b, x, y), lz::outputs(C, g[W], g[b], g[x]));
  const lz::tensor<double, 3, 2> weights{0.5, -0.25, 1.0, 0.75, -1.0, 0.125};
  const lz::tensor<double, 3> biases{0.0, 0.5, -0.5}, wanted{1.0, 0.0, 1.0};
  const lz::tensor<double, 2> input{0.8, -0.6};
  const auto [cost, dW, db, dx] = f(weights, biases, input, wanted);
  // [/function]

  std::printf("\ncost %.6f\n", cost);
  for (int j = 0; j < 3; ++j)
    std::printf("dW(%d, :) = %9.6f %9.6f   db(%d) = %9.6f\n", j, dW(j, 0), dW(j, 1), j, db(j));
  std::printf("dx       = %9.6f %9.6f\n", dx(0), dx(1));

  // [into]
  // The same by name, from and to memory that is already there.
  std::array<float, 6> flat_weights{0.5f, -0.25f, 1.0f, 0.75f, -1.0f, 0.125f}, flat_gradient;
  float bias_gradient[3], some_input[2] = {0.8f, -0.6f};
  constexpr auto step = lz::function(lz::inputs(W, b, x, y), lz::outputs(g[W], g[b]));
  step.into(flat_gradient, bias_gradient)(x = std::span<const float, 2>(some_input), W = flat_weights,
                                          b = std::array{0.0f, 0.5f, -0.5f},
                                          y = std::array{1.0f, 0.0f, 1.0f});
  // [/into]
  bool same = true;
  for (unsigned i = 0; i < 6; ++i)
    same = same && flat_gradient[i] < dW[i] + 1e-6 && flat_gradient[i] > dW[i] - 1e-6;
  for (unsigned i = 0; i < 3; ++i)
    same = same && bias_gradient[i] < db[i] + 1e-6 && bias_gradient[i] > db[i] - 1e-6;
  return same ? 0 : 1;
}
