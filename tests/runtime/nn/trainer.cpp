#define BOOST_TEST_MODULE nn_trainer
#include "boost_test.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <leibniz/nn.hpp>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace lz = leibniz;
namespace nn = leibniz::nn;

namespace {
std::size_t allocations = 0;
}
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

// The same step by hand: plain loops in double, sharing nothing with the library.
struct by_hand {
  double W[3][2], b[3], V[2][3], c[2];
  double step(const double (*x)[2], const double (*y)[2], int count, double rate) {
    double dW[3][2]{}, db[3]{}, dV[2][3]{}, dc[2]{}, cost = 0;
    for (int n = 0; n < count; ++n) {
      double a[3], o[2], delta[2], back[3];
      for (int j = 0; j < 3; ++j) a[j] = 1 / (1 + std::exp(-(W[j][0] * x[n][0] + W[j][1] * x[n][1] + b[j])));
      for (int k = 0; k < 2; ++k) {
        o[k] = 1 / (1 + std::exp(-(V[k][0] * a[0] + V[k][1] * a[1] + V[k][2] * a[2] + c[k])));
        cost += (o[k] - y[n][k]) * (o[k] - y[n][k]);
        delta[k] = 2 * (o[k] - y[n][k]) * o[k] * (1 - o[k]);
        dc[k] += delta[k];
        for (int j = 0; j < 3; ++j) dV[k][j] += delta[k] * a[j];
      }
      for (int j = 0; j < 3; ++j) {
        back[j] = (V[0][j] * delta[0] + V[1][j] * delta[1]) * a[j] * (1 - a[j]);
        db[j] += back[j];
        for (int i = 0; i < 2; ++i) dW[j][i] += back[j] * x[n][i];
      }
    }
    for (int j = 0; j < 3; ++j) {
      b[j] -= rate * db[j] / count;
      for (int i = 0; i < 2; ++i) W[j][i] -= rate * dW[j][i] / count;
      for (int k = 0; k < 2; ++k) V[k][j] -= rate * dV[k][j] / count;
    }
    for (int k = 0; k < 2; ++k) c[k] -= rate * dc[k] / count;
    return cost / count;
  }
};

using net = nn::network<nn::input<2>, nn::dense<3, nn::sigmoid>, nn::dense<2, nn::sigmoid>>;
using trainer = nn::trainer<net, nn::quadratic, nn::sgd, 4, double>;

constexpr double xs[7][2] = {{0, 1}, {1, 0}, {0.5, -0.5}, {2, 1}, {-1, 0.25}, {0.75, 3}, {-2, -1}};
constexpr double ys[7][2] = {{0, 1}, {1, 0}, {1, 1}, {0, 0}, {1, 0}, {0, 1}, {1, 1}};

BOOST_AUTO_TEST_CASE(seven_examples_in_batches_of_four_and_a_rest) {
  trainer t(nn::parameters<net, double>::random(3), nn::sgd{0.7});
  by_hand h{};
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 2; ++i) h.W[j][i] = t.weights()[lz::variable<"W1", 3, 2>](j, i);
    for (int k = 0; k < 2; ++k) h.V[k][j] = t.weights()[lz::variable<"W2", 2, 3>](k, j);
  }
  const std::span<const double> x(&xs[0][0], 14), y(&ys[0][0], 14);
  for (int epoch = 0; epoch < 5; ++epoch) {
    const double cost = t.epoch(x, y);
    const double first = h.step(xs, ys, 4, 0.7), second = h.step(xs + 4, ys + 4, 3, 0.7);
    BOOST_TEST(std::abs(cost - (4 * first + 3 * second) / 7) < 1e-13);
  }
  for (int j = 0; j < 3; ++j) {
    BOOST_TEST(std::abs(t.weights()[lz::variable<"b1", 3>](j) - h.b[j]) < 1e-13);
    for (int i = 0; i < 2; ++i) BOOST_TEST(std::abs(t.weights()[lz::variable<"W1", 3, 2>](j, i) - h.W[j][i]) < 1e-13);
    for (int k = 0; k < 2; ++k) BOOST_TEST(std::abs(t.weights()[lz::variable<"W2", 2, 3>](k, j) - h.V[k][j]) < 1e-13);
  }
}

BOOST_AUTO_TEST_CASE(order_and_batch_size) {
  const std::span<const double> x(&xs[0][0], 14), y(&ys[0][0], 14);
  const std::array<std::size_t, 7> order{6, 5, 4, 3, 2, 1, 0};
  trainer straight(nn::parameters<net, double>::random(3)), shuffled(straight);
  straight.epoch(x, y, {}, 1);
  shuffled.epoch(x, y, order, 1);
  BOOST_TEST((straight.weights()[lz::variable<"b2", 2>](0) != shuffled.weights()[lz::variable<"b2", 2>](0)));
  trainer one(nn::parameters<net, double>::random(3)), other(one);
  one.epoch(x.first(8), y.first(8));
  other.step(x.first(8), y.first(8));
  BOOST_TEST((one.weights()[lz::variable<"W2", 2, 3>](1, 2) == other.weights()[lz::variable<"W2", 2, 3>](1, 2)));
}

// Two batches of four hold seven examples; what is behind the last output stays as it was.
BOOST_AUTO_TEST_CASE(any_number_of_predictions) {
  const trainer t(nn::parameters<net, double>::random(3));
  for (std::size_t count = 0; count <= 7; ++count) {
    std::array<double, 16> out;
    out.fill(77);
    t.predict({&xs[0][0], 2 * count}, out);
    for (std::size_t i = 0; i < count; ++i) {
      const auto one = nn::predict(t.weights(), std::array<double, 2>{xs[i][0], xs[i][1]});
      for (std::size_t k = 0; k < 2; ++k) BOOST_TEST(std::abs(out[2 * i + k] - one[k]) < 1e-15);
    }
    for (std::size_t i = 2 * count; i < out.size(); ++i) BOOST_TEST(out[i] == 77);
  }
}

BOOST_AUTO_TEST_CASE(momentum_is_the_recurrence) {
  using small = nn::network<nn::input<1>, nn::dense<1>>;
  nn::trainer<small, nn::quadratic, nn::momentum, 1, double> t({}, nn::momentum{.rate = 0.1, .mu = 0.5});
  const std::array<double, 1> x{2}, y{3};
  double w = 0, b = 0, vw = 0, vb = 0;
  for (int i = 0; i < 6; ++i) {
    t.step(x, y);
    const double e = 2 * (w * 2 + b - 3);
    vw = 0.5 * vw - 0.1 * e * 2;
    vb = 0.5 * vb - 0.1 * e;
    w += vw;
    b += vb;
  }
  BOOST_TEST(std::abs(t.weights()[lz::variable<"W1", 1, 1>](0, 0) - w) < 1e-12);
  BOOST_TEST(std::abs(t.weights()[lz::variable<"b1", 1>](0) - b) < 1e-12);
}

BOOST_AUTO_TEST_CASE(no_heap) {
  trainer t(nn::parameters<net, double>::random(3));
  const std::span<const double> x(&xs[0][0], 14), y(&ys[0][0], 14);
  const std::size_t before = allocations;
  const double cost = t.epoch(x, y);
  const auto output = nn::predict(t.weights(), std::array<double, 2>{1, 2});
  const std::size_t after = allocations;
  BOOST_TEST(after == before);
  BOOST_TEST(cost > 0);
  BOOST_TEST(output[0] > 0);
}

BOOST_AUTO_TEST_CASE(accuracy_counts_the_most_likely) {
  using one = nn::network<nn::input<2>, nn::dense<2>>;
  nn::parameters<one, float> p;
  p[lz::variable<"W1", 2, 2>](0, 0) = 1;
  p[lz::variable<"W1", 2, 2>](1, 1) = 1;
  const std::array<float, 6> x{1, 0, 0, 1, 1, 0};
  const std::array<int, 3> labels{0, 1, 1};
  BOOST_TEST(nn::accuracy(p, std::span<const float>(x), std::span<const int>(labels)) == 2.0 / 3.0);
  BOOST_TEST(nn::accuracy(p, std::vector<float>(x.begin(), x.end()), std::vector<int>{0, 1, 1}) == 2.0 / 3.0);
  BOOST_TEST(nn::accuracy(p, x, labels) == 2.0 / 3.0);
}

BOOST_AUTO_TEST_CASE(starting_values_are_those_of_constant_evaluation) {
  constexpr auto by_compiler = nn::parameters<net, double>::random(3);
  const volatile std::uint64_t seed = 3;
  BOOST_TEST((nn::parameters<net, double>::random(seed).values == by_compiler.values));
}

BOOST_AUTO_TEST_CASE(no_examples_change_nothing) {
  trainer t(nn::parameters<net, double>::random(3));
  const auto before = t.weights();
  BOOST_TEST(t.step({}, {}) == 0);
  BOOST_TEST(t.epoch({}, {}) == 0);
  t.update({}, {});
  BOOST_TEST((t.weights().values == before.values));
}

namespace {

[[gnu::noinline]] void fill_stack(float with) {
  float used[1 << 15];
  std::fill(std::begin(used), std::end(used), with);
  asm volatile("" : : "r"(used) : "memory");
}
/// How many of all numbers in a trainer, those between its rows too, are NaN after a step, if the stack was full of it.
template <std::size_t Hidden, std::size_t Outputs, std::size_t Batch, class Cost = nn::quadratic, class Optimiser = nn::sgd>
std::ptrdiff_t nan_after_a_step() {
  using net = nn::network<nn::input<16>, nn::dense<Hidden, nn::sigmoid>, nn::dense<Outputs, nn::identity>>;
  using trainer = nn::trainer<net, Cost, Optimiser, Batch, float>;
  const auto t = std::make_unique<trainer>(nn::parameters<net, float>::random(1));
  const std::vector<float> x(16 * Batch, 0.5f), y(Outputs * Batch, 0.25f);
  fill_stack(std::numeric_limits<float>::quiet_NaN());
  t->update(x, y);
  std::vector<float> numbers(sizeof(trainer) / sizeof(float));
  std::memcpy(numbers.data(), static_cast<const void*>(t.get()), numbers.size() * sizeof(float));
  return std::count_if(numbers.begin(), numbers.end(), [](float v) { return std::isnan(v); });
}

}  // namespace

// Products read the gaps between rows of the workspace: what is on the stack may be a denormal number, which makes them five times slower.
BOOST_AUTO_TEST_CASE(what_was_on_the_stack_does_not_matter) {
  BOOST_TEST((nan_after_a_step<48, 20, 32>()) == 0);
  BOOST_TEST((nan_after_a_step<48, 17, 8>()) == 0);
  BOOST_TEST((nan_after_a_step<20, 9, 12>()) == 0);
  BOOST_TEST((nan_after_a_step<7, 35, 3>()) == 0);
  BOOST_TEST((nan_after_a_step<33, 21, 1>()) == 0);
  BOOST_TEST((nan_after_a_step<10, 11, 1, nn::softmax_cross_entropy>()) == 0);
  BOOST_TEST((nan_after_a_step<19, 22, 16, nn::softmax_cross_entropy>()) == 0);
  BOOST_TEST((nan_after_a_step<13, 10, 32, nn::softmax_cross_entropy, nn::adam>()) == 0);
  BOOST_TEST((nan_after_a_step<25, 18, 5, nn::quadratic, nn::adam>()) == 0);
}
