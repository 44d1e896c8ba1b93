#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;

static_assert(nn::layer<nn::dense<3>> && nn::layer<nn::flatten>);
static_assert(!nn::layer<nn::input<3>> && !nn::layer<nn::sigmoid> && !nn::layer<int>);
static_assert(nn::is_input<nn::input<2, 2>> && !nn::is_input<nn::flatten>);

constexpr auto x = lz::variable<"x", 4>;
using layer = nn::dense<3, nn::sigmoid>;
constexpr auto a = layer::output<12>(x);
static_assert(a == lz::sigmoid(lz::variable<"W12", 3, 4> * x + lz::variable<"b12", 3>));
static_assert(lz::text(a) == "sigmoid(z12)");
static_assert(lz::text(layer::weighted_input<12>(x)) == "W12*x + b12");
static_assert(std::is_same_v<layer::parameters<12, lz::var<"x", 4>>, nn::variables<lz::var<"W12", 3, 4>, lz::var<"b12", 3>>>);

static_assert(nn::flatten::output<1>(lz::variable<"x", 2, 3>).extents == lz::make_shape(6));
