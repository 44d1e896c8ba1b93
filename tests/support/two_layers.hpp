#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

#include <leibniz/nn.hpp>

#include "boost_test.hpp"

// Training steps for the tests: networks of two layers, compared with a textbook's loops in long double.

namespace leibniz::tests {

namespace lz = leibniz;
namespace nn = leibniz::nn;

// The slope of a cost by output k.
struct entropy_by_hand {
  using cost = nn::softmax_cross_entropy;
  static long double slope(const std::vector<long double>& z, const double* y, std::size_t k) {
    long double total = 0;
    for (const long double each : z) total += std::exp(each);
    return std::exp(z[k]) / total - y[k];
  }
};
struct squares_by_hand {
  using cost = nn::quadratic;
  static long double slope(const std::vector<long double>& z, const double* y, std::size_t k) { return 2 * (z[k] - y[k]); }
};
template <int Sevenths>
struct share_of_squares {
  static constexpr const char* name = "share_of_squares";
  template <class Network>
  static constexpr auto of() { return lz::let<"C">(lz::num<Sevenths, 7>{} * lz::sum(lz::square(Network::output - Network::y))); }
};
template <int Sevenths = 5>
struct share_by_hand {
  using cost = share_of_squares<Sevenths>;
  static long double slope(const std::vector<long double>& z, const double* y, std::size_t k) { return 2.0L * Sevenths / 7 * (z[k] - y[k]); }
};
// What no let has a name for.
struct doubling {
  using activation = nn::identity;
  template <std::size_t, class>
  using parameters = nn::variables<>;
  template <std::size_t, class In>
  static constexpr auto output(In in) { return lz::num<2>{} * in; }
};

/// A network of two layers by hand: loops in long double over [out][in] weights, as a textbook has them. Scale is that of the outputs.
template <int In, int Hidden, int Out, class Cost = entropy_by_hand, int Scale = 1>
struct by_hand {
  std::vector<long double> p = std::vector<long double>((In + 1) * Hidden + (Hidden + 1) * Out), m = p, v = p;
  int t = 0;
  std::vector<long double> gradient(const double* x, const double* y, int count) const {
    std::vector<long double> g(p.size());
    const long double *W1 = p.data(), *b1 = W1 + In * Hidden, *W2 = b1 + Hidden, *b2 = W2 + Hidden * Out;
    long double *d1 = g.data(), *e1 = d1 + In * Hidden, *d2 = e1 + Hidden, *e2 = d2 + Hidden * Out;
    for (int s = 0; s < count; ++s) {
      std::vector<long double> a(Hidden), z(Out), delta(Out);
      for (int j = 0; j < Hidden; ++j) {
        long double sum = b1[j];
        for (int i = 0; i < In; ++i) sum += W1[j * In + i] * x[s * In + i];
        a[static_cast<std::size_t>(j)] = sum > 0 ? sum : 0;
      }
      for (int k = 0; k < Out; ++k) {
        long double sum = b2[k];
        for (int j = 0; j < Hidden; ++j) sum += W2[k * Hidden + j] * a[static_cast<std::size_t>(j)];
        z[static_cast<std::size_t>(k)] = Scale * sum;
      }
      for (int k = 0; k < Out; ++k) {
        const long double d = Scale * Cost::slope(z, y + s * Out, static_cast<std::size_t>(k)) / count;
        e2[k] += d;
        for (int j = 0; j < Hidden; ++j) d2[k * Hidden + j] += d * a[static_cast<std::size_t>(j)];
        delta[static_cast<std::size_t>(k)] = d;
      }
      for (int j = 0; j < Hidden; ++j) {
        if (a[static_cast<std::size_t>(j)] == 0) continue;
        long double back = 0;
        for (int k = 0; k < Out; ++k) back += W2[k * Hidden + j] * delta[static_cast<std::size_t>(k)];
        e1[j] += back;
        for (int i = 0; i < In; ++i) d1[j * In + i] += back * x[s * In + i];
      }
    }
    return g;
  }
};

template <class Trainer, class Reference>
void load(const Trainer& trainer, Reference& reference) {
  std::size_t k = 0;
  std::apply([&](const auto&... value) { ((std::for_each(value.begin(), value.end(), [&](auto w) { reference.p[k++] = w; })), ...); },
             trainer.weights().values);
}
template <class Trainer, class Reference>
double distance(const Trainer& trainer, const Reference& reference) {
  std::size_t k = 0;
  long double worst = 0;
  std::apply(
      [&](const auto&... value) {
        ((std::for_each(value.begin(), value.end(), [&](auto w) { worst = std::max(worst, std::abs(w - reference.p[k++])); })), ...);
      },
      trainer.weights().values);
  return static_cast<double>(worst);
}

/// Three epochs, each of two batches and one example more, with the trainer and by hand: the parameters must be the same.
template <int In, int Hidden, int Out, int Batch, class Cost = entropy_by_hand, int Scale = 1, class Optimiser, class Update>
void compare(Optimiser method, Update update) {
  using two_layers = nn::network<nn::input<In>, nn::dense<Hidden, nn::relu>, nn::dense<Out>>;
  using net = std::conditional_t<Scale == 1, two_layers, nn::network<nn::input<In>, nn::dense<Hidden, nn::relu>, nn::dense<Out>, doubling>>;
  nn::trainer<net, typename Cost::cost, Optimiser, Batch, double> trainer(nn::parameters<net, double>::random(7), method);
  by_hand<In, Hidden, Out, Cost, Scale> reference;
  load(trainer, reference);
  std::vector<double> x(In * (2 * Batch + 1)), y(Out * (2 * Batch + 1));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::sin(static_cast<double>(i) * 1.7);
  for (std::size_t s = 0; s < 2 * Batch + 1; ++s) y[s * Out + s % Out] = 1;
  for (int epoch = 0; epoch < 3; ++epoch) {
    trainer.epoch(x, y);
    for (int first = 0; first < 2 * Batch + 1; first += Batch) {
      const int count = std::min(Batch, 2 * Batch + 1 - first);
      update(reference, reference.gradient(x.data() + first * In, y.data() + first * Out, count));
    }
  }
  BOOST_TEST(distance(trainer, reference) < 1e-12);
}

// What an optimiser does to those parameters.
template <int Hundredths>
inline constexpr auto descend = [](auto& n, const std::vector<long double>& g) {
  for (std::size_t i = 0; i < g.size(); ++i) n.p[i] -= Hundredths / 100.0L * g[i];
};
inline constexpr auto roll = [](auto& n, const std::vector<long double>& g) {
  for (std::size_t i = 0; i < g.size(); ++i) n.p[i] += n.m[i] = 0.8L * n.m[i] - 0.1L * g[i];
};
template <int Decay>
inline constexpr auto adam = [](auto& n, const std::vector<long double>& g) {
  ++n.t;
  for (std::size_t i = 0; i < g.size(); ++i) {
    n.m[i] = 0.9L * n.m[i] + 0.1L * g[i];
    n.v[i] = 0.999L * n.v[i] + 0.001L * g[i] * g[i];
    const long double mean = n.m[i] / (1 - std::pow(0.9L, n.t)), variance = n.v[i] / (1 - std::pow(0.999L, n.t));
    n.p[i] -= 0.01L * (mean / (std::sqrt(variance) + 1e-8L) + Decay * 0.1L * n.p[i]);
  }
};

}  // namespace leibniz::tests
