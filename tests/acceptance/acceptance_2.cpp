// acceptance 2: a layer, the logistic losses, and the map of gradients
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto W = lz::variable<"W", 3, 4>; constexpr auto b = lz::variable<"b", 3>;
constexpr auto x = lz::variable<"x", 4>;    constexpr auto y = lz::variable<"y", 3>;
constexpr auto z = lz::let<"z">(W * x + b);
constexpr auto a = lz::sigmoid(z);
constexpr auto C = lz::sum(lz::square(a - y));
constexpr auto delta = 2_c * lz::hadamard(a - y, lz::hadamard(a, 1_c - a));
constexpr auto g = lz::gradient(C, W, b, x);
static_assert(g[W] == lz::outer(delta, x));
static_assert(g[b] == delta);
static_assert(g[x] == lz::transpose(W) * delta);
static_assert(lz::diff(C, W(1_c, 2_c)) == 2_c * (a(1_c) - y(1_c)) * a(1_c) * (1_c - a(1_c)) * x(2_c));
static_assert(lz::diff(lz::logsumexp(z) - lz::dot(y, z), z) == lz::softmax(z) - y);
constexpr auto s = lz::variable<"s">; constexpr auto t = lz::variable<"t">;
constexpr auto logistic = -(t * lz::log(lz::sigmoid(s)) + (1_c - t) * lz::log(1_c - lz::sigmoid(s)));
static_assert(lz::diff(logistic, s) == lz::sigmoid(s) - t);
constexpr auto f = lz::function(lz::inputs(W, b, x, y), lz::outputs(C, g[W], g[b]));
constexpr lz::tensor<double, 3, 4> Wv{};
constexpr lz::tensor<double, 3> bv{}, yv{};
constexpr lz::tensor<double, 4> xv{1.0, 2.0, 3.0, 4.0};
constexpr auto out = f(Wv, bv, xv, yv);
static_assert(boost::hana::at_c<0>(out) == 0.75);
static_assert(boost::hana::at_c<1>(out)(2, 3) == 1.0);      // 2 * 0.5 * 0.25 * 4
int main() {
  auto [cost, dW, db] = f(Wv, bv, xv, yv);
  if (cost != 0.75 || dW(0, 1) != 0.5 || db(0) != 0.25) return 2;
  return lz::evaluate(logistic, s = 1000.0, t = 1.0) == 0.0 ? 0 : 1;
}
