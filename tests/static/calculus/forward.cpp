// The direction of a sweep is chosen by counting: tall Jacobians from the variable up, wide ones from the result down.
#include <leibniz/calculus/forward.hpp>
#include <leibniz/calculus/equivalent.hpp>
#include <leibniz/expr/literals.hpp>
#include <leibniz/print/inspect.hpp>

#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using namespace leibniz::literals;

constexpr auto s = variable<"s">;
constexpr auto x = variable<"x", 2>;
constexpr auto y = variable<"y", 5>;
constexpr auto A = variable<"A", 5, 2>;
constexpr auto B = variable<"B", 9, 5>;
constexpr auto D = variable<"D", 2, 5>;

// B tanh(A x): A x, tanh and 1 - f² are needed in both directions. Up: A scaled by rows, 10, then B times that.
constexpr long long slopes = 5 * 3 + 5 + 5 + 5;
static_assert(operations(diff(B * tanh(A * x), x)) == slopes + 10 + 9 * 2 * (2 * 5 - 1));
static_assert(operations(diff(B * tanh(s * y), s)) == 5 + 5 + 5 + 5 + 5 + 9 * (2 * 5 - 1));
static_assert(operations(diff(B * (A * sin(x)), x)) == 2 + 10 + 9 * 2 * (2 * 5 - 1));

// The Jacobian of a matrix by itself stays a diagonal when a scalar differentiates it: cos(s A) - s A sin(s A) for every element.
static_assert(operations(diff(sin(s * A), A, s)) <= 7 * 10);

// Wide ones, and scalars, as before: D scaled by rows is the smaller one.
static_assert(operations(diff(D * tanh(y), y)) == 5 + 5 + 5 + 10);
static_assert(text(diff(B * y, y)) == "B" && text(diff(s * y, s)) == "y");

using page::holds;
using page::sheet;

/// The forward sweep alone, gradients of scalars by the reverse one.
constexpr handle up(sheet& p, handle f, handle by) {
  return graph::forward_sweep(p.g, by.id())(f.id(), [&](handle scalar_) { return p.diff(scalar_, by); });
}
static_assert(holds([](sheet& p) { return up(p, p.x * p.u, p.x) == p.u && up(p, sin(p.u), p.u) == p.diff(sin(p.u), p.u); }));
static_assert(holds([](sheet& p) { return up(p, ops::matmul_::expand(p.A, p.u), p.u) == p.A; }));
static_assert(holds([](sheet& p) { return !up(p, p.x * p.u, p.y).valid(); }));                        // does not depend on it
static_assert(holds([](sheet& p) { return up(p, ops::matmul_::expand(p.A, p.S), p.S).valid(); }));
static_assert(holds([](sheet& p) {  // too many axes are no error
  const handle T = p.variable("T", make_shape(2, 2, 2));
  return !up(p, 2 * T, T).valid();
}));

}  // namespace
