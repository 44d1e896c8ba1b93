#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

constexpr auto w = lz::variable<"w">;
constexpr auto b = lz::variable<"b">;
constexpr auto z = lz::let<"z">(w * lz::sin(w) + b);
static_assert(std::is_same_v<decltype(lz::expand(lz::diff(w * w, w))), decltype(2_c * w)>);
static_assert(std::is_same_v<decltype(lz::expand(z)), decltype(w * lz::sin(w) + b)>);
static_assert(lz::text(lz::expand(lz::square(z))) == "(w*sin(w) + b)**2");

constexpr auto W = lz::variable<"W", 3, 3>;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto y = lz::variable<"y", 3>;
constexpr auto a = lz::let<"a">(lz::softmax(W * v));
constexpr auto C = -lz::dot(y, lz::log(a));
static_assert(lz::expand(lz::diff(C, W)) == lz::diff(C, W));
static_assert(lz::expand(lz::diff(a, v)) == lz::diff(a, v));
static_assert(lz::text(lz::expand(lz::diff(C, W))) == "outer(sum(y)*softmax(W*v) - y, v)");
static_assert(std::is_same_v<decltype(lz::expand(lz::expand(lz::diff(C, W)))), decltype(lz::expand(lz::diff(C, W)))>);
