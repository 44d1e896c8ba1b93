#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;

constexpr auto P = lz::variable<"P", 3>;
constexpr auto G = lz::variable<"G", 3>;
constexpr auto S = lz::variable<"S", 3>;
constexpr auto eta = lz::variable<"rate">;
constexpr auto mu = lz::variable<"mu">;

constexpr auto V = lz::variable<"V", 3>;
namespace hana = boost::hana;

static_assert(hana::at_c<0>(nn::sgd::next(P, G)) == P - eta * G);
static_assert(nn::sgd::states == 0);

constexpr auto rolled = nn::momentum::next(P, G, S);
static_assert(hana::at_c<0>(rolled) == P + mu * S - eta * G);
static_assert(hana::at_c<1>(rolled) == mu * S - eta * G);
static_assert(nn::momentum::states == 1);

constexpr auto b1 = lz::variable<"beta1">;
constexpr auto b2 = lz::variable<"beta2">;
constexpr auto adapted = nn::adam::next(P, G, S, V);
constexpr lz::num<1> one{};
constexpr auto least = lz::variable<"floor">;
static_assert(hana::at_c<1>(adapted) == b1 * S + (one - b1) * G + least);
static_assert(hana::at_c<2>(adapted) == b2 * V + (one - b2) * lz::square(G) + least);
static_assert(nn::adam::states == 2);

// The settings of the first two steps: the corrections for states that started at 0.
constexpr auto first = nn::adam{.rate = 0.5, .beta1 = 0.5, .beta2 = 0.75};
static_assert(first.settings_as<double>()(4) == 0.5 / 0.5 && first.settings_as<double>()(3) == 2.0);
constexpr auto second = [] {
  auto method = first;
  method.advance();
  return method;
}();
static_assert(second.settings_as<double>()(4) == 0.5 / 0.75);
static_assert(nn::adamw(0.5, 0.25).settings_as<double>()(5) == 1 - 0.125);
