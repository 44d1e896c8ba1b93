// A network that is trained while the program compiles: the compiler runs gradient descent, and a
// static_assert checks what the network has learned.
#include <array>
#include <cstdio>
#include <leibniz/nn.hpp>

namespace nn = leibniz::nn;

// [network]
using net = nn::network<nn::input<2>, nn::dense<3, nn::tanh>, nn::dense<1, nn::sigmoid>>;
using trainer = nn::trainer<net, nn::binary_cross_entropy, nn::momentum, 4, double>;

constexpr std::array<double, 8> x{0, 0, 0, 1, 1, 0, 1, 1};
constexpr std::array<double, 4> y{0, 1, 1, 0};

// [epochs]
constexpr trainer epochs(trainer t, int count) {
  for (int i = 0; i < count; ++i) t.epoch(x, y);
  return t;
}

// A few epochs a constant: compilers limit the steps of one constant evaluation.
constexpr trainer start(nn::parameters<net, double>::random(1, nn::xavier{}),
                        nn::momentum{.rate = 1, .mu = 0.8});
constexpr trainer after_10 = epochs(start, 10);
constexpr trainer after_20 = epochs(after_10, 10);
constexpr trainer after_30 = epochs(after_20, 10);
constexpr trainer trained = epochs(after_30, 10);

constexpr double answer(double p, double q) {
  return nn::predict(trained.weights(), std::array<double, 2>{p, q})[0];
}
// [/epochs]
static_assert(answer(0, 0) < 0.5 && answer(0, 1) > 0.5 && answer(1, 0) > 0.5 && answer(1, 1) < 0.5);
// [/network]

int main() {
  for (int i = 0; i < 4; ++i) {
    const double p = x[2 * static_cast<unsigned>(i)], q = x[2 * static_cast<unsigned>(i) + 1];
    std::printf("%g xor %g = %.2f\n", p, q, answer(p, q));
  }
}
