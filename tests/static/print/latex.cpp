// Formulas as a textbook sets them.

#include <leibniz/print/latex.hpp>

#include "page.hpp"

namespace {

using namespace page;

constexpr bool prints(std::string_view expected, auto make) {
  leibniz::graph::builder g;
  leibniz::print::writer out;
  leibniz::print::latex(g, make(names{g}).id(), out);
  return out.view() == expected;
}

static_assert(prints("x y + z", [](names n) { return n.x * n.y + n.z; }));
static_assert(prints("z - \\left(x + y\\right)", [](names n) { return n.z - (n.x + n.y); }));
static_assert(prints("\\frac{2}{3} x", [](names n) { return n.x.scaled({2, 3}); }));
static_assert(prints("-\\frac{x - 1}{3 y}", [](names n) { return -(n.x - 1) / (3 * n.y); }));
static_assert(prints("\\frac{x}{y^{2}}", [](names n) { return n.x / n.y / n.y; }));
static_assert(prints("\\left(\\frac{x}{y}\\right)^{2}", [](names n) { return square(n.x / n.y); }));
static_assert(prints("3 \\cdot 2^{x}", [](names n) { return 3 * pow(n.number(2), n.x); }));
static_assert(prints("x^{2/3}", [](names n) { return pow(n.x, n.number(2, 3)); }));
static_assert(prints("2 \\pi x", [](names n) { return 2 * n.x * n.x.symbol(leibniz::ops::symbol_::pi); }));

// Functions by the templates and names of their rows.
static_assert(prints("\\sqrt{x + y}", [](names n) { return sqrt(n.x + n.y); }));
static_assert(prints("\\sqrt[3]{x}", [](names n) { return cbrt(n.x); }));
static_assert(prints("\\left|x\\right|", [](names n) { return abs(n.x); }));
static_assert(prints("e^{-x} y", [](names n) { return exp(-n.x) * n.y; }));
static_assert(prints("\\left(e^{x}\\right)^{2}", [](names n) { return square(exp(n.x)); }));
static_assert(prints("\\sin^{2}\\left(x\\right)", [](names n) { return square(sin(n.x)); }));
static_assert(prints("\\sigma\\left(z\\right)", [](names n) { return sigmoid(n.z); }));
static_assert(prints("\\operatorname{erf}\\left(x\\right)", [](names n) { return erf(n.x); }));
static_assert(prints("\\begin{cases}x & \\text{if } x < y \\\\ -y & \\text{otherwise}\\end{cases}",
                     [](names n) { return select(n.x < n.y, n.x, -n.y); }));
static_assert(prints("x \\le y", [](names n) { return n.x <= n.y; }));
static_assert(prints("x = y", [](names n) { return equal(n.x, n.y); }));

// Names.
static_assert(prints("w_{12} a_{0}", [](names n) { return n.variable("w12") * n.variable("a0"); }));
static_assert(prints("\\eta \\mathrm{cost}", [](names n) { return n.variable("eta") * n.variable("cost"); }));

// Tensors.
static_assert(prints("W v + a", [](names n) { return times(n.W, n.v) + n.a; }));
static_assert(prints("W^{\\top} \\left(a \\odot b\\right)", [](names n) { return transposed_times(n.W, n.a * n.b); }));
static_assert(prints("2 x \\left(a - b\\right) \\odot a", [](names n) { return 2 * n.x * ((n.a - n.b) * n.a); }));
static_assert(prints("a^{\\circ 2}", [](names n) { return square(n.a); }));
static_assert(prints("2 \\left\\|a - b\\right\\|", [](names n) { return 2 * leibniz::norm(n.a - n.b, 0); }));
static_assert(prints("a v^{\\top}", [](names n) { return outer(n.a, n.v); }));
static_assert(prints("a^{\\top} b", [](names n) { return dot(n.a, n.b); }));
static_assert(prints("\\frac{1}{3} \\sum_{i} \\left(a_{i} - b_{i}\\right)^{2}", [](names n) { return total(square(n.a - n.b)) / 3; }));
static_assert(prints("\\left(\\sum_{i} a_{i}\\right) x", [](names n) { return total(n.a) * n.x; }));
static_assert(prints("\\sum_{i, j} W_{i j}", [](names n) { return total(n.W); }));
static_assert(prints("\\sum_{j} W_{i j}", [](names n) { return rearrange(n.W, on(1, 2), on(1), make_shape(3)); }));
static_assert(prints("\\sum \\operatorname{softmax}\\left(v\\right)^{\\circ 2}",
                     [](names n) { return total(square(leibniz::softmax(n.v, 0))); }));
static_assert(prints("W_{1, 2}", [](names n) { return slice(n.W, 0, 6, {}); }));
static_assert(prints("w_{1, 2}", [](names n) { return slice(n.variable("w1", 3), 0, 2, {}); }));
static_assert(prints("x \\mathbf{1}_{3 \\times 4}", [](names n) { return n.x.filled(make_shape(3, 4)); }));
static_assert(prints("I_{3}", [](names n) { return leibniz::identity_tensor(n.x, make_shape(3)); }));

}  // namespace
