#include <boost/hana/size.hpp>
#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;

using net = nn::network<nn::input<2, 2>, nn::flatten, nn::dense<3, nn::tanh>, nn::dense<2, nn::softmax>>;

static_assert(net::depth == 3);
static_assert(net::parameter_count == 3 * 4 + 3 + 2 * 3 + 2);
static_assert(decltype(boost::hana::size(net::parameters()))::value == 4);
static_assert(net::x.extents == lz::make_shape(2, 2) && net::y.extents == lz::make_shape(2));
static_assert(net::output.extents == lz::make_shape(2));

constexpr auto a2 = lz::tanh(lz::variable<"W2", 3, 4> * lz::flatten(net::x) + lz::variable<"b2", 3>);
static_assert(net::layer<2>() == a2);
static_assert(net::output == lz::softmax(lz::variable<"W3", 2, 3> * a2 + lz::variable<"b3", 2>));
static_assert(!(net::output == net::layer<2>()));
static_assert(lz::text(net::weighted_input<3>()) == "W3*a2 + b3");
