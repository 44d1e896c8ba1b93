// Globals of a user with the names that the headers use for their own: -Wshadow must find nothing in what is instantiated
// from them, neither a lambda's parameter nor what it declares.
#include <leibniz/nn.hpp>
#include <leibniz/nn/save.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

[[maybe_unused]] constexpr int a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1, i = 1, j = 1, k = 1, l = 1, m = 1, n = 1, r = 1, s = 1, t = 1,
                               u = 1, v = 1, w = 1, z = 1, D = 1;
[[maybe_unused]] constexpr int at = 1, before = 1, block = 1, count = 1, data = 1, first = 1, half = 1, height = 1, high = 1, in = 1, inner = 1,
                               items = 1, kept = 1, label = 1, lane = 1, largest = 1, lead = 1, low = 1, method = 1, own = 1, part = 1, pi = 1,
                               pitch = 1, place = 1, product = 1, rest = 1, result = 1, row = 1, scale = 1, self = 1, shape = 1, size = 1, spans = 1,
                               step = 1, sum = 1, sums_of_row = 1, target = 1, together = 1, value = 1, wide = 1, width = 1;

constexpr auto x = lz::variable<"x", 9>;
constexpr auto y = lz::variable<"y", 9>;
constexpr auto W = lz::variable<"W", 12, 9>;
constexpr auto formula = lz::sum(lz::hadamard(lz::sin(x), lz::cos(y)) + lz::pow(lz::exp(x), y) + lz::erf(x) + lz::sigmoid(y) + lz::softplus(x) +
                                 lz::hadamard(lz::tanh(x), lz::reciprocal(lz::sqrt(lz::square(x) + 1_c))) + lz::log1p(lz::exp(x)) + lz::atan(y)) +
                         lz::prod(x) + lz::logsumexp(W * x) + lz::norm(x) + lz::max(y) + x(0_c) / y(1_c) + x(1_c) / y(1_c);
constexpr auto all = lz::function(lz::inputs(x, y, W), lz::outputs(formula, lz::diff(formula, x), lz::diff(formula, y), lz::diff(formula, W)));

// Few units and few examples; and enough of both for every form of a product that the processor has.
using few = lz::nn::network<lz::nn::input<9>, lz::nn::dense<5, lz::nn::sigmoid>, lz::nn::dense<3>>;
using many = lz::nn::network<lz::nn::input<40>, lz::nn::dense<35, lz::nn::tanh>, lz::nn::dense<10>>;

[[maybe_unused]] auto values_of(const lz::tensor<float, 9>& p, const lz::tensor<float, 9>& q, const lz::tensor<float, 12, 9>& M) { return all(p, q, M); }
template <class Network, std::size_t Inputs, class T>
T trained(lz::nn::parameters<Network, T>& p, std::span<const T> inputs, std::span<const T> targets) {
  lz::nn::load("parameters", p);
  lz::nn::trainer<Network, lz::nn::softmax_cross_entropy, lz::nn::adam, 16, T> trainer(p);
  const T cost = trainer.epoch(inputs, targets);
  lz::nn::save("parameters", trainer.weights());
  return cost + lz::nn::predict(p, inputs.template first<Inputs>())(0);
}
template float trained<few, 9>(lz::nn::parameters<few, float>&, std::span<const float>, std::span<const float>);
template float trained<many, 40>(lz::nn::parameters<many, float>&, std::span<const float>, std::span<const float>);
template double trained<many, 40>(lz::nn::parameters<many, double>&, std::span<const double>, std::span<const double>);
int main() {}
