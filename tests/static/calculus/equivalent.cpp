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

// Derivatives by elements: the order does not matter, and they are elements of the whole derivative.
constexpr auto f = lz::sum(lz::square(lz::sigmoid(W * v)));
static_assert(lz::diff(f, v(0_c), v(1_c)) == lz::diff(f, v(1_c), v(0_c)));
static_assert(lz::diff(f, v, v)(0_c, 2_c) == lz::diff(f, v(2_c), v(0_c)));
static_assert(!(lz::diff(f, v(0_c), v(1_c)) == lz::diff(f, v(0_c), v(2_c))));
static_assert(lz::diff(lz::prod(v), v, v) == lz::transpose(lz::diff(lz::prod(v), v, v)));
static_assert(!(lz::diff(lz::prod(v), v, v) == lz::diff(lz::sum(v) * v(0_c) * v(1_c), v, v)));
static_assert(lz::diff(lz::square(W), W(1_c, 2_c))(1_c, 2_c) == 2_c * W(1_c, 2_c));
static_assert(lz::diff(lz::square(W), W(1_c, 2_c))(2_c, 1_c) == 0_c);
static_assert(lz::flatten(W)(5_c) == W(1_c, 2_c) && !(lz::flatten(W)(5_c) == W(2_c, 1_c)));

namespace by_type {

using namespace leibniz;
using namespace leibniz::literals;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto u = variable<"u", 3>;
constexpr auto z = let<"z">(x * y);

static_assert((x + y) * (x - y) == square(x) - square(y));
static_assert(!((x + y) * (x - y) == square(x) + square(y)));
static_assert(x == x && !(x == y) && x != y);
static_assert(diff(x * x * y, x) == 2_c * x * y && !(diff(x * x * y, x) == x * y));
static_assert(z == x * y && let<"other">(x * y) == z && !(z == x + y));  // names do not matter
static_assert(!(x == u) && !(0_c == u - u));                            // shapes do
static_assert(dot(u, 2_c * u) == 2_c * squared_norm(u));
static_assert(equivalent(x, x) && !equivalent(x, y));
static_assert(std::is_same_v<decltype(x == y), bool>);

}  // namespace by_type
