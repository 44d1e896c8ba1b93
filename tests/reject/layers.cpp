// EXPECT-TEXT 1: leibniz: a dense layer needs a vector, and the layer before it gives another shape: put a flatten layer between them
// EXPECT-TEXT 2: leibniz: an unknown layer in a network: use nn::dense<units, activation>, nn::flatten, or a type of your own
// EXPECT-TEXT 3: leibniz: softmax_cross_entropy needs a last layer with the activation identity or softmax
// EXPECT-TEXT 4: leibniz: a network starts with nn::input<extents...>
#include <leibniz/nn.hpp>
namespace nn = leibniz::nn;
#if REJECT == 1
using net = nn::network<nn::input<8, 8>, nn::dense<10, nn::sigmoid>>;
#elif REJECT == 2
using net = nn::network<nn::input<8>, nn::sigmoid>;
#elif REJECT == 3
using net = nn::network<nn::input<8>, nn::dense<10, nn::tanh>>;
#elif REJECT == 4
using net = nn::network<nn::dense<8>, nn::dense<10>>;
#else
using net = nn::network<nn::input<8, 8>, nn::flatten, nn::dense<10>>;
#endif
constexpr auto C = nn::cost<net, nn::softmax_cross_entropy>;
int main() {}
