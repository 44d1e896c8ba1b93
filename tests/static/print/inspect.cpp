// text, latex, operations and depends_on of expression types.

#include <leibniz/expr/literals.hpp>
#include <leibniz/print/inspect.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

constexpr auto w = lz::variable<"w">;
constexpr auto b = lz::variable<"b">;
constexpr auto a0 = lz::variable<"a0">;
constexpr auto y = lz::variable<"y">;
constexpr auto z = lz::let<"z">(w * a0 + b);
constexpr auto a = lz::let<"a">(lz::sigmoid(z));
constexpr auto C = lz::let<"C">(lz::square(a - y));

static_assert(lz::text(lz::diff(w * w, w)) == "2*w");
static_assert(lz::text(z) == "w*a0 + b");
static_assert(lz::text(a) == "sigmoid(z)");
static_assert(lz::text(C) == "(a - y)**2");
static_assert(lz::text(C + z) == "C + z");
static_assert(lz::text(lz::diff(z, w)) == "a0");
static_assert(lz::text(lz::diff(a * y, y)) == "a");
static_assert(lz::text(lz::diff(C, a)) == "2*(a - y)");

static_assert(lz::latex(z) == "w a_{0} + b");
static_assert(lz::latex_equation(z) == "z = w a_{0} + b");
static_assert(lz::latex_equation(lz::diff(C, a)) == "\\frac{\\partial C}{\\partial a} = 2 \\left(a - y\\right)");
static_assert(lz::latex_equation(lz::diff(C, w, a0)).starts_with("\\frac{\\partial^{2} C}{\\partial a_{0} \\partial w} = "));
static_assert(lz::latex_equation(w * b) == "w b");

static_assert(lz::operations(w * a0 + b) == 2);
static_assert(lz::operations(z) == lz::operations(w * a0 + b));
static_assert(lz::operations(lz::sin(w), lz::sin(w) * b) == 2);

static_assert(lz::depends_on(C, w) && lz::depends_on(C, z) && lz::depends_on(C, y));
static_assert(!lz::depends_on(z, y) && !lz::depends_on(z, a));
static_assert(!lz::depends_on(lz::diff(w * b, w), w));
static_assert(!lz::depends_on(w - w + b, w));

constexpr auto W = lz::variable<"W", 3, 4>;
constexpr auto x = lz::variable<"x", 4>;
static_assert(lz::text(W * x) == "W*x");
static_assert(lz::text(W(1_c, 2_c)) == "W[1, 2]");
static_assert(lz::depends_on(W * x, W(1_c, 2_c)) && lz::depends_on(W * x, W));
static_assert(lz::depends_on(W(1_c, 2_c) * w, W(1_c, 2_c)) && lz::depends_on(W(1_c, 2_c) * w, W));
static_assert(!lz::depends_on(W(1_c, 2_c) * w, W(2_c, 1_c)));
static_assert(!lz::depends_on(W(1_c, 2_c) * w, x));

// A text longer than the first attempt holds.
constexpr auto long_name = lz::variable<"a_name_of_fifty_characters_so_that_texts_grow_fast">;
constexpr auto five = lz::sin(long_name + lz::sin(long_name + lz::sin(long_name + lz::sin(long_name + lz::sin(long_name)))));
constexpr auto twenty = five * lz::cos(five) * lz::tan(five) * lz::exp(five);
constexpr auto forty = lz::hypot(twenty, lz::atan(twenty));
static_assert(lz::text(forty).size() > 2000 && lz::text(forty).substr(0, 6) == "hypot(" && lz::text(forty).back() == ')');

}  // namespace
