// The network and the trainer of examples/digits, one step instantiated: what its compilation costs.
#include <leibniz/nn.hpp>

namespace nn = leibniz::nn;

using network = nn::network<nn::input<64>, nn::dense<32, nn::tanh>, nn::dense<10>>;
using trainer = nn::trainer<network, nn::softmax_cross_entropy, nn::sgd, 64, float>;

float train(trainer& t, std::span<const float> x, std::span<const float> y, std::span<const std::size_t> order) {
  return t.epoch(x, y, order);
}
