// Formulas in SymPy's syntax.

#include <leibniz/print/text.hpp>

#include "page.hpp"

namespace {

using namespace page;

constexpr bool prints(std::string_view expected, auto make) {
  leibniz::graph::builder g;
  leibniz::print::writer out;
  leibniz::print::text(g, make(names{g}).id(), out);
  return out.view() == expected;
}

// Sums and signs.
static_assert(prints("x*y + z", [](names n) { return n.x * n.y + n.z; }));
static_assert(prints("x - y", [](names n) { return n.x - n.y; }));
static_assert(prints("1 - x", [](names n) { return 1 - n.x; }));
static_assert(prints("x - 1/3", [](names n) { return n.number(-1, 3) + n.x; }));
static_assert(prints("y - x", [](names n) { return -n.x + n.y; }));
static_assert(prints("-x - y", [](names n) { return -n.x - n.y; }));
static_assert(prints("-(x + y)", [](names n) { return -(n.x + n.y); }));
static_assert(prints("z - (x + y)", [](names n) { return n.z - (n.x + n.y); }));

// Products and quotients.
static_assert(prints("2*x", [](names n) { return n.x + n.x; }));
static_assert(prints("-x", [](names n) { return -n.x; }));
static_assert(prints("x/3", [](names n) { return n.x / 3; }));
static_assert(prints("-2*x/3", [](names n) { return n.x.scaled({-2, 3}); }));
static_assert(prints("x/y", [](names n) { return n.x / n.y; }));
static_assert(prints("x/(y*z)", [](names n) { return n.x / (n.y * n.z); }));
static_assert(prints("x/y**2", [](names n) { return n.x / n.y / n.y; }));
static_assert(prints("x/(3*y)", [](names n) { return n.x / (3 * n.y); }));
static_assert(prints("x/(y/z)", [](names n) { return n.x / (n.y / n.z); }));
static_assert(prints("x/(y/z*sin(x))", [](names n) { return n.x / ((n.y / n.z) * sin(n.x)); }));
static_assert(prints("1/x", [](names n) { return 1 / n.x; }));
static_assert(prints("(x + y)*(x - y)", [](names n) { return (n.x + n.y) * (n.x - n.y); }));
static_assert(prints("2*pi*x", [](names n) { return 2 * n.x * n.x.symbol(leibniz::ops::symbol_::pi); }));

// Powers: unary minus is weaker than **, and ** is right-associative.
static_assert(prints("x**2", [](names n) { return n.x * n.x; }));
static_assert(prints("-x**2", [](names n) { return -square(n.x); }));
static_assert(prints("(1 - x)**2", [](names n) { return square(1 - n.x); }));
static_assert(prints("x**(-2)", [](names n) { return pow(n.x, n.number(-2)); }));
static_assert(prints("x**(2/3)", [](names n) { return pow(n.x, n.number(2, 3)); }));
static_assert(prints("2**(-1/2)", [](names n) { return pow(n.number(2), n.number(-1, 2)); }));
static_assert(prints("(-2)**x", [](names n) { return pow(n.number(-2), n.x); }));
static_assert(prints("(1/2)**x", [](names n) { return pow(n.number(1, 2), n.x); }));
static_assert(prints("x**(-y)", [](names n) { return pow(n.x, -n.y); }));
static_assert(prints("(x**y)**z", [](names n) { return pow(pow(n.x, n.y), n.z); }));
static_assert(prints("x**y**z", [](names n) { return pow(n.x, pow(n.y, n.z)); }));
static_assert(prints("(x/y)**2", [](names n) { return square(n.x / n.y); }));
static_assert(prints("sqrt(x)", [](names n) { return pow(n.x, n.number(1, 2)); }));

// Functions and conditions.
static_assert(prints("sigmoid(x + y)", [](names n) { return sigmoid(n.x + n.y); }));
static_assert(prints("select(x < y, x, -y)", [](names n) { return select(n.x < n.y, n.x, -n.y); }));
static_assert(prints("x <= y + 1", [](names n) { return n.x <= n.y + 1; }));
static_assert(prints("(x < y) < z", [](names n) { return (n.x < n.y) < n.z; }));
static_assert(prints("equal(x, y)", [](names n) { return equal(n.x, n.y); }));
static_assert(prints("max(x, y)", [](names n) { return max(n.x, n.y); }));

// Named intermediates: the root's right-hand side, all others by name.
static_assert(prints("x + y", [](names n) { return n.let("s", n.x + n.y); }));
static_assert(prints("t**2", [](names n) { return n.let("s", square(n.let("t", n.x + n.y))); }));

// Tensors.
static_assert(prints("W*v + a", [](names n) { return times(n.W, n.v) + n.a; }));
static_assert(prints("transpose(W)*a", [](names n) { return transposed_times(n.W, n.a); }));
static_assert(prints("S*(a + b)", [](names n) { return times(n.S, n.a + n.b); }));
static_assert(prints("2*x*hadamard(a - b, hadamard(a, 1 - a))", [](names n) { return 2 * (n.a - n.b) * n.a * (1 - n.a) * n.x; }));
static_assert(prints("hadamard(a, b)/x", [](names n) { return n.a * n.b / n.x; }));
static_assert(prints("hadamard(a, 1/b)", [](names n) { return n.a / n.b; }));
static_assert(prints("x*W", [](names n) { return n.x * n.W; }));
static_assert(prints("outer(a, v)", [](names n) { return outer(n.a, n.v); }));
static_assert(prints("dot(a, b)", [](names n) { return dot(n.a, n.b); }));
static_assert(prints("sum((a - b)**2)/3", [](names n) { return total(square(n.a - n.b)) / 3; }));
static_assert(prints("sum(W, 0)", [](names n) { return rearrange(n.W, on(1, 2), on(2), make_shape(4)); }));
static_assert(prints("transpose(W)", [](names n) { return rearrange(n.W, on(1, 2), on(2, 1), make_shape(4, 3)); }));
static_assert(prints("diagonal(a)", [](names n) { return rearrange(n.a, on(1), on(1, 1), make_shape(3, 3)); }));
static_assert(prints("broadcast(x, 3, 4)", [](names n) { return n.x.filled(make_shape(3, 4)); }));
static_assert(prints("broadcast(1, 3)", [](names n) { return n.number(1).filled(make_shape(3)); }));
static_assert(prints("diagonal(a)*S", [](names n) { return contract(n.a, on(1), n.S, on(1, 2), on(1, 2)); }));
static_assert(prints("S*diagonal(a)", [](names n) { return contract(n.a, on(2), n.S, on(1, 2), on(1, 2)); }));
static_assert(prints("contract(\"ij,ij->i\", S, S)", [](names n) { return contract(n.S, on(1, 2), n.S, on(1, 2), on(1)); }));
static_assert(prints("W[1, 2]", [](names n) { return slice(n.W, 0, 6, {}); }));
static_assert(prints("slice(v, 1, 2)", [](names n) { return slice(n.v, 0, 1, make_shape(2)); }));
static_assert(prints("softmax(v)[1]", [](names n) { return slice(leibniz::softmax(n.v, 0), 0, 1, {}); }));
static_assert(prints("logsumexp(W, 1)", [](names n) { return leibniz::logsumexp(n.W, 1); }));
static_assert(prints("identity(3)", [](names n) { return leibniz::identity_tensor(n.x, make_shape(3)); }));

}  // namespace
