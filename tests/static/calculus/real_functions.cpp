#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
static_assert(lz::sigmoid(-x) == 1_c - lz::sigmoid(x));
static_assert(lz::sin(-x) == -lz::sin(x));
static_assert(lz::cos(y - x) == lz::cos(x - y));
static_assert(lz::exp(x + y) == lz::exp(x) * lz::exp(y));
static_assert(lz::exp(-x) == 1_c / lz::exp(x));
static_assert(lz::sqrt(x) * lz::sqrt(x) == x);
// Not everywhere true, or not true at all.
static_assert(!(lz::log(x * y) == lz::log(x) + lz::log(y)));
static_assert(!(lz::sqrt(lz::square(x)) == x));
static_assert(!(lz::sigmoid(x) == lz::sigmoid(y)));
static_assert(!(lz::abs(x) == x));
