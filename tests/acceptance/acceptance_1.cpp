// acceptance 1: the neuron
#include <leibniz/leibniz.hpp>
#include <cmath>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto w = lz::variable<"w">; constexpr auto b = lz::variable<"b">;
constexpr auto a0 = lz::variable<"a0">; constexpr auto y = lz::variable<"y">;
constexpr auto z = lz::let<"z">(w * a0 + b);
constexpr auto a = lz::let<"a">(lz::sigmoid(z));
constexpr auto C = lz::let<"C">(lz::square(a - y));
static_assert(lz::diff(z, w) == a0);
static_assert(lz::diff(a, z) == a * (1_c - a));
static_assert(lz::diff(C, a) == 2_c * (a - y));
static_assert(lz::diff(C, w) == lz::diff(z, w) * lz::diff(a, z) * lz::diff(C, a));
static_assert(lz::diff(C, b) == lz::diff(a, z) * lz::diff(C, a));
static_assert(lz::diff(C, a0) == w * lz::diff(a, z) * lz::diff(C, a));
static_assert(!(lz::diff(C, w) == lz::diff(C, b)));
static_assert(lz::evaluate(lz::diff(C, w), w = 0.0, b = 0.0, a0 = 1.0, y = 1.0) == -0.25);
static_assert(lz::text(lz::diff(w * w, w)) == "2*w");
static_assert(lz::diff(lz::diff(lz::pow(w, 3_c), w), w) == 6_c * w);
static_assert(lz::diff(lz::exp(w * b), w, b) == lz::exp(w * b) * (1_c + w * b));
static_assert(!lz::depends_on(lz::diff(w * b, w), w));
int main() {
  double h = 1e-6, at = 0.3;
  auto value = [&](double v) { return lz::evaluate(C, w = v, b = 0.1, a0 = 0.7, y = 0.2); };
  double slope = lz::evaluate(lz::diff(C, w), w = at, b = 0.1, a0 = 0.7, y = 0.2);
  return std::abs(slope - (value(at + h) - value(at - h)) / (2 * h)) < 1e-9 ? 0 : 1;
}
