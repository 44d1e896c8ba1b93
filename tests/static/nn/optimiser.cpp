#include <leibniz/nn.hpp>

namespace lz = leibniz;
namespace nn = leibniz::nn;

constexpr auto P = lz::variable<"P", 3>;
constexpr auto G = lz::variable<"G", 3>;
constexpr auto S = lz::variable<"S", 3>;
constexpr auto eta = lz::variable<"rate">;
constexpr auto mu = lz::variable<"mu">;

static_assert(nn::sgd::next_parameter(P, G) == P - eta * G);
static_assert(!nn::sgd::has_state);
static_assert(nn::momentum::next_state(P, G, S) == mu * S - eta * G);
static_assert(nn::momentum::next_parameter(P, G, S) == P + mu * S - eta * G);
static_assert(nn::momentum::has_state);
