// Many training examples: the cost of the set is the average of the costs, so its gradient is the average of
// the gradients, and gradient descent follows it.
#include <cstdio>
#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

// [formulas]
constexpr auto w = lz::variable<"w">;
constexpr auto b = lz::variable<"b">;
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto a = lz::let<"a">(lz::sigmoid(w * x + b));
constexpr auto C = lz::let<"C">(lz::square(a - y));
// [/formulas]

// [vector]
// The same as one formula over a vector of examples.
constexpr auto X = lz::variable<"X", 4>;
constexpr auto Y = lz::variable<"Y", 4>;
constexpr auto average = lz::mean(lz::square(lz::sigmoid(w * X + b) - Y));
// [/vector]

int main() {
  constexpr double xs[4] = {-2, -1, 1, 3}, ys[4] = {0, 0, 1, 1};
  // [descent]
  constexpr auto step = lz::function(lz::inputs(w, b, x, y), lz::outputs(C, lz::diff(C, w), lz::diff(C, b)));
  double weight = 0.1, bias = 0.5;
  for (int epoch = 0; epoch <= 50; ++epoch) {
    double cost = 0, slope_w = 0, slope_b = 0;
    for (int i = 0; i < 4; ++i) {
      const auto [c, dw, db] = step(weight, bias, xs[i], ys[i]);
      cost += c / 4;
      slope_w += dw / 4;
      slope_b += db / 4;
    }
    if (epoch % 10 == 0)
      std::printf("epoch %2d   average cost %.6f   w %8.5f   b %8.5f\n", epoch, cost, weight, bias);
    weight -= 2 * slope_w;
    bias -= 2 * slope_b;
  }
  // [/descent]
  // [all]
  const lz::tensor<double, 4> all_x{-2.0, -1.0, 1.0, 3.0}, all_y{0.0, 0.0, 1.0, 1.0};
  std::printf("one formula over all four:   %.6f\n",
              lz::evaluate(average, w = weight, b = bias, X = all_x, Y = all_y));
  // [/all]
}
