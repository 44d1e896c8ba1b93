#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto W = lz::variable<"W", 3, 3>;

static_assert(x * (y + 1_c) == x * y + x);
static_assert(!(x * (y + 1_c) == x * y + y));
static_assert(lz::let<"a">(x + y) == lz::let<"b">(y + x));  // names do not matter
static_assert(!(x == v));                                    // shapes do
static_assert(lz::transpose(lz::transpose(W)) == W);
static_assert(!(lz::transpose(W) == W));
static_assert(lz::transpose(W * W) == lz::transpose(W) * lz::transpose(W));
static_assert(!(lz::sqrt(lz::square(x)) == x));
static_assert(lz::sqrt(lz::square(x)) == lz::abs(x));
static_assert(lz::square(x - y) == lz::square(y - x));
