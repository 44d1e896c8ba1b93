// A user may call things what he likes: our headers give no -Wshadow warning.
namespace {
[[maybe_unused]] constexpr int a = 0, b = 0, c = 0, d = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0,
                               p = 0, q = 0, r = 0, s = 0, t = 0, u = 0, v = 0, w = 0, x = 0, y = 0, z = 0, E = 0, count = 0,
                               value = 0, values = 0, size = 0, index = 0, result = 0, first = 0, last = 0, rate = 0, cost = 0,
                               input = 0, output = 0, graph = 0, node = 0, root = 0, name = 0, text = 0, step = 0, start = 0,
                               weight = 0, weights = 0, gradient = 0, target = 0, at = 0, left = 0, right = 0, made = 0;
}
#include <leibniz/nn.hpp>

namespace shadow_test {
namespace lz = leibniz;
namespace nn = leibniz::nn;
using namespace leibniz::literals;

constexpr auto alpha = lz::variable<"alpha">;
constexpr auto beta = lz::variable<"beta">;
constexpr auto formula = lz::select(alpha < beta, lz::pow(alpha, beta), lz::atan2(alpha, lz::softplus(beta)));
static_assert(!lz::text(lz::diff(formula, alpha)).empty());
static_assert(!lz::latex(lz::diff(formula, alpha)).empty());
static_assert(lz::diff(formula, alpha) == lz::diff(formula, alpha) + 0_c);
static_assert(lz::evaluate(lz::diff(alpha * beta, alpha), alpha = 1.0, beta = 2.0) == 2.0);

using net = nn::network<nn::input<2>, nn::dense<2, nn::tanh>, nn::dense<2, nn::softmax>>;
using trainer = nn::trainer<net, nn::softmax_cross_entropy, nn::momentum, 4, double>;
inline double train(trainer& subject, std::span<const double> examples, std::span<const double> wanted) {
  return subject.epoch(examples, wanted);
}
}  // namespace shadow_test
