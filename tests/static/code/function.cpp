// The same programs in constant evaluation.
#include <leibniz/code/function.hpp>
#include <leibniz/expr/literals.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

constexpr auto W = lz::variable<"W", 2, 3>;
constexpr auto x = lz::variable<"x", 3>;
constexpr auto u = lz::variable<"u", 2>;
constexpr auto s = lz::variable<"s">;

constexpr lz::tensor<double, 2, 3> Wv{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
constexpr lz::tensor<double, 3> xv{1.0, 0.0, -1.0};
constexpr lz::tensor<double, 2> uv{1.0, 2.0};

static_assert(lz::evaluate(W * x, W = Wv, x = xv) == lz::tensor<double, 2>{-2.0, -2.0});
static_assert(lz::evaluate(lz::transpose(W) * u, W = Wv, u = uv) == lz::tensor<double, 3>{9.0, 12.0, 15.0});
static_assert(lz::evaluate(lz::outer(u, x), u = uv, x = xv) == lz::tensor<double, 2, 3>{1.0, 0.0, -1.0, 2.0, 0.0, -2.0});
static_assert(lz::evaluate(lz::dot(x, x), x = xv) == 2.0);
static_assert(lz::evaluate(lz::transpose(W), W = Wv) == lz::tensor<double, 3, 2>{1.0, 4.0, 2.0, 5.0, 3.0, 6.0});
static_assert(lz::evaluate(lz::sum(W), W = Wv) == 21.0);
static_assert(lz::evaluate(W(1_c, 2_c) * s, W = Wv, s = 2) == 12.0);
static_assert(lz::evaluate(lz::diff(x, x), x = xv) == lz::tensor<double, 3, 3>{1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0});
static_assert(lz::evaluate(lz::diff(W(0_c, 1_c), W), W = Wv) == lz::tensor<double, 2, 3>{0.0, 1.0, 0.0, 0.0, 0.0, 0.0});
static_assert(lz::evaluate(lz::diff(lz::hadamard(x, x), x), x = xv) ==
              lz::tensor<double, 3, 3>{2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -2.0});

// arrays of arrays, which constant evaluation must not walk through as one
constexpr double nested[2][3] = {{1, 2, 3}, {4, 5, 6}};
constexpr std::array<std::array<double, 3>, 2> arrays{{{1, 2, 3}, {4, 5, 6}}};
static_assert(lz::evaluate(W * x, W = nested, x = xv) == lz::tensor<double, 2>{-2.0, -2.0});
static_assert(lz::evaluate(W * x, W = arrays, x = xv) == lz::tensor<double, 2>{-2.0, -2.0});

// braces
static_assert(lz::evaluate(W * x, W = {{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}}, x = {1.0, 0.0, -1.0}) == lz::tensor<double, 2>{-2.0, -2.0});
static_assert(lz::evaluate(W * x, W = {1, 2, 3, 4, 5, 6}, x = {1, 0, -1}) == lz::tensor<double, 2>{-2.0, -2.0});
static_assert(std::is_same_v<decltype(lz::evaluate(lz::sum(u), u = {1.0f, 2.0f})), float>);

// powers, and infinities that compilers refuse
static_assert(lz::evaluate(lz::pow(s, 5_c) + lz::pow(s, -2_c), s = 2) == 32.25);
static_assert(lz::evaluate(1_c / s, s = 0.0) > 1e308);
constexpr lz::tensor<double, 2> large{1e200, 1e200};
static_assert(lz::evaluate(lz::dot(u, u), u = large) > 1e308);

// written where the caller says
constexpr auto both = lz::function(lz::inputs(W, x), lz::outputs(lz::sum(W * x), W * x));
constexpr bool into_works() {
  double total = 0;
  double rows[2]{};
  both.into(total, rows)(Wv, xv);
  return total == -4.0 && rows[0] == -2.0 && rows[1] == -2.0;
}
static_assert(into_works());
