#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

// Exact rational arithmetic, expansion and powers of sums, as `==` sees them.
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
static_assert(lz::square(x + y) == lz::square(x) + 2_c * x * y + lz::square(y));
static_assert(lz::cube(x - 1_c) == lz::cube(x) - 3_c * lz::square(x) + 3_c * x - 1_c);
static_assert((x + y) * (x - y) == lz::square(x) - lz::square(y));
static_assert(x / 3_c + x / 6_c == x / 2_c);
static_assert(0.1_c * x + 0.2_c * x == 0.3_c * x);
static_assert(!(lz::square(x + y) == lz::square(x) + lz::square(y)));
static_assert((lz::square(x) - lz::square(y)) / (x - y) == x + y);
