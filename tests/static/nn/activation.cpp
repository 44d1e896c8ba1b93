#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;

constexpr auto z = lz::variable<"z", 3>;
static_assert(nn::identity::apply(z) == z);
static_assert(nn::sigmoid::apply(z) == lz::sigmoid(z));
static_assert(nn::tanh::apply(z) == lz::tanh(z));
static_assert(nn::relu::apply(z) == lz::relu(z));
static_assert(nn::leaky_relu::apply(z) == lz::leaky_relu(z));
static_assert(nn::elu::apply(z) == lz::elu(z));
static_assert(nn::softplus::apply(z) == lz::softplus(z));
static_assert(nn::gelu::apply(z) == lz::gelu(z));
static_assert(nn::silu::apply(z) == lz::silu(z));
static_assert(nn::softmax::apply(z) == lz::softmax(z));
static_assert(!(nn::sigmoid::apply(z) == lz::tanh(z)));
