#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;
using namespace leibniz::literals;

constexpr auto W = lz::variable<"W1", 3, 4>;
constexpr auto b = lz::variable<"b1", 3>;
constexpr auto x = lz::variable<"x", 4>;
constexpr auto y = lz::variable<"y", 3>;
constexpr auto z = W * x + b;

template <class Activation>
using net = nn::network<nn::input<4>, nn::dense<3, Activation>>;

// Σ (a - y)²
constexpr auto quadratic = nn::cost<net<nn::sigmoid>, nn::quadratic>;
static_assert(quadratic == lz::sum(lz::square(lz::sigmoid(z) - y)));

// The gradient of the softmax cross-entropy by the logits is softmax(z) - y.
constexpr auto logits = nn::cost<net<nn::identity>, nn::softmax_cross_entropy>;
static_assert(lz::diff(logits, b) == lz::softmax(z) - y);
static_assert(lz::diff(logits, W) == lz::outer(lz::softmax(z) - y, x));
constexpr auto probabilities = nn::cost<net<nn::softmax>, nn::softmax_cross_entropy>;
static_assert(lz::diff(probabilities, b) == lz::sum(y) * lz::softmax(z) - y);  // Σ y = 1 for a distribution

// The gradient of the binary cross-entropy behind a sigmoid is sigmoid(z) - y.
constexpr auto binary = nn::cost<net<nn::sigmoid>, nn::binary_cross_entropy>;
static_assert(lz::diff(binary, b) == lz::sigmoid(z) - y);
