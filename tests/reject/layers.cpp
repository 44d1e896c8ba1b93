// EXPECT-TEXT 1: leibniz: a dense layer needs a vector, and the layer before it gives another shape: put a flatten layer between them
// EXPECT-TEXT 2: leibniz: an unknown layer in a network: use nn::dense<units, activation>, nn::flatten, or a type of your own
// EXPECT 2: (known_layer<1U?L?, leibniz::nn::sigmoid>|with .*L = 1; Layer = leibniz::nn::sigmoid)
// EXPECT-TEXT 3: leibniz: softmax_cross_entropy needs a last layer with the activation identity or softmax
// EXPECT-TEXT 4: leibniz: a network starts with nn::input<extents...>, and layers follow
// EXPECT-TEXT 5: leibniz: a network starts with nn::input<extents...>, and layers follow
// EXPECT-TEXT 6: leibniz: a network needs a layer behind its input, such as nn::dense<units, activation>
// EXPECT-TEXT 7: leibniz: a dense layer needs at least one unit
// EXPECT-TEXT 8: leibniz: every extent of a network's input must be at least 1
// EXPECT-TEXT 9: leibniz: an unknown activation in a dense layer
// EXPECT-TEXT 10: leibniz: a dense layer needs a vector, and the layer before it gives another shape: put a flatten layer between them
// EXPECT-TEXT 11: leibniz: the layers of a network are counted from 1 to its depth
// EXPECT-TEXT 12: leibniz: the layers of a network are counted from 1 to its depth
// EXPECT-TEXT 13: leibniz: this layer has no weighted input
// EXPECT-TEXT 14: leibniz: an unknown cost
// EXPECT-TEXT 15: leibniz: a network without this parameter
// EXPECT-TEXT 16: leibniz: a trainer's batch size is at least 1
// EXPECT-TEXT 17: leibniz: an unknown optimiser in a trainer: use nn::sgd
// EXPECT-TEXT 18: leibniz: an unknown initialiser: use nn::xavier, nn::he, nn::zero
// EXPECT-TEXT 19: leibniz: a matrix product of shapes that do not fit
// EXPECT-TEXT 20: leibniz: a parameter file names every layer, and this one has no name
// EXPECT-TEXT 21: leibniz: parameters of another type than the trainer's
// EXPECT-TEXT 22: leibniz: parameters of another type than the trainer's
// EXPECT-TEXT 23: leibniz: something that is no network
// EXPECT-TEXT 24: leibniz: something that is no network
// EXPECT-TEXT 25: leibniz: something that is no network
// EXPECT-TEXT 26: leibniz: parameters of another network than the trainer's
// EXPECT-TEXT 27: leibniz: something that is no network
#include <leibniz/nn.hpp>
#include <leibniz/nn/save.hpp>
namespace nn = leibniz::nn;
using method = nn::softmax_cross_entropy;
struct unnamed {
  using activation = nn::identity;
  template <std::size_t, class>
  using parameters = nn::variables<leibniz::var<"K", 5, 8>>;
  template <std::size_t, class In>
  static constexpr auto output(In in) { return leibniz::variable<"K", 5, 8> * in; }
};
#if REJECT == 1
using net = nn::network<nn::input<8, 8>, nn::dense<5, nn::sigmoid>, nn::dense<10>>;
#elif REJECT == 2
using net = nn::network<nn::input<8>, nn::sigmoid>;
#elif REJECT == 3
using net = nn::network<nn::input<8>, nn::dense<10, nn::tanh>>;
#elif REJECT == 4
using net = nn::network<nn::dense<8>, nn::dense<10>>;
#elif REJECT == 5
using net = nn::network<>;
#elif REJECT == 6
using net = nn::network<nn::input<4>>;
#elif REJECT == 7
using net = nn::network<nn::input<4>, nn::dense<0, nn::sigmoid>, nn::dense<10>>;
#elif REJECT == 8
using net = nn::network<nn::input<0>, nn::dense<10>>;
#elif REJECT == 9
using net = nn::network<nn::input<4>, nn::dense<3, int>, nn::dense<10>>;
#elif REJECT == 10
using net = nn::network<nn::input<>, nn::dense<10>>;
#elif REJECT == 19
using net = nn::network<nn::input<7>, unnamed, nn::dense<10>>;
#elif REJECT == 20
using net = nn::network<nn::input<8>, unnamed, nn::dense<10>>;
const auto text = nn::architecture<net>();
#else
using net = nn::network<nn::input<8, 8>, nn::flatten, nn::dense<10>>;
#if REJECT == 11
constexpr auto a = net::layer<0>();
#elif REJECT == 12
constexpr auto a = net::weighted_input<3>();
#elif REJECT == 13
constexpr auto a = net::weighted_input<1>();
#elif REJECT == 14
constexpr auto a = nn::cost<net, nn::sgd>;
#elif REJECT == 15
constexpr auto a = nn::parameters<net, float>{}[leibniz::variable<"W2", 10, 63>];
#elif REJECT == 16
nn::trainer<net, method, nn::sgd, 0> trainer{nn::parameters<net, float>{}};
#elif REJECT == 17
nn::trainer<net, method, nn::quadratic, 4> trainer{nn::parameters<net, float>{}};
float loss(std::span<const float> in, std::span<const float> out) { return trainer.epoch(in, out); }
#elif REJECT == 18
constexpr auto a = nn::parameters<net, float>::random(1, nn::sgd{});
#elif REJECT == 21
nn::trainer<net, method, nn::sgd, 4, double> trainer{nn::parameters<net, float>{}};
#elif REJECT == 22
nn::trainer<net, method> trainer{nn::parameters<net, double>::random(1)};
#elif REJECT == 23
constexpr auto a = nn::cost<nn::dense<3>, nn::quadratic>;
#elif REJECT == 24
constexpr auto a = nn::parameters<nn::dense<3>, float>{};
#elif REJECT == 25
nn::trainer<nn::dense<3>, nn::quadratic> trainer{nn::parameters<nn::dense<3>, float>{}};
#elif REJECT == 26
using other = nn::network<nn::input<8>, nn::dense<10>>;
nn::trainer<net, method> trainer{nn::parameters<other, float>{}};
#elif REJECT == 27
constexpr auto a = nn::cost<nn::input<3>, method>;
#else
nn::trainer<net, method, nn::sgd, 4, double> trainer{nn::parameters<net, double>{}};
constexpr auto a = net::layer<2>();
constexpr auto z = net::weighted_input<2>();
constexpr auto W2 = nn::parameters<net, float>{}[leibniz::variable<"W2", 10, 64>];
#endif
#endif
constexpr auto C = nn::cost<net, method>;
int main() {}
