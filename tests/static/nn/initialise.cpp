#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;

// SplitMix64's published first outputs for seed 1234567.
constexpr std::uint64_t nth(int n) {
  nn::random_bits bits(1234567);
  for (int i = 0; i < n; ++i) bits();
  return bits();
}
static_assert(nth(0) == 6457827717110365317u);
static_assert(nth(1) == 3203168211198807973u);

constexpr bool within(double low, double high) {
  nn::random_bits bits(7);
  for (int i = 0; i < 100; ++i)
    if (const double u = bits.uniform(); u < low || u >= high) return false;
  return true;
}
static_assert(within(0, 1));
static_assert(!within(0, 0.5));

static_assert(nn::xavier::limit(lz::make_shape(10, 14)) == 0.5);
static_assert(nn::he::limit(lz::make_shape(10, 24)) == 0.5);
static_assert(nn::zero::limit(lz::make_shape(10, 24)) == 0);
static_assert(nn::xavier::limit(lz::make_shape(10)) == 0);  // biases start at 0

using net = nn::network<nn::input<4>, nn::dense<3>>;
constexpr auto start = nn::parameters<net, double>::random(1);
static_assert(start[lz::variable<"W1", 3, 4>](0, 0) != 0);
static_assert(start[lz::variable<"b1", 3>](0) == 0);
// The same bits on every compiler: numbers of a Python program, Glorot's √(6/7) and He's √(6/4) times 2u - 1.
constexpr auto W1 = lz::variable<"W1", 3, 4>;
static_assert(start[W1](0, 0) == 0x1.f8d2e16b60d93p-4 && start[W1](2, 3) == 0x1.8fc54fa482b6bp-3);
constexpr auto he = nn::parameters<net, double>::random(1, nn::he{});
static_assert(he[W1](0, 0) == 0x1.4de8d6b25d14fp-3 && he[W1](2, 3) == 0x1.086c6a1d27797p-2);
constexpr auto nothing = nn::parameters<net, double>::random(1, nn::zero{});
static_assert(nothing[W1](0, 0) == 0 && nothing[W1](2, 3) == 0);

static_assert(nn::parameters<net, double>::random(1)[lz::variable<"W1", 3, 4>](2, 3) == start[lz::variable<"W1", 3, 4>](2, 3));
static_assert(nn::parameters<net, double>::random(2)[lz::variable<"W1", 3, 4>](2, 3) != start[lz::variable<"W1", 3, 4>](2, 3));
