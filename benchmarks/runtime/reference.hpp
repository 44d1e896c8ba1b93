#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "programs.hpp"
#include "workloads.hpp"

// The judge: data for every workload, and what is right for them, by straightforward code in double
// (networks) and long double (programs, whose derivatives are differences). It shares nothing with a
// contestant but the programs' formulas.

namespace bench {

/// SplitMix64: the same numbers everywhere.
class random_numbers {
  std::uint64_t state_;

 public:
  explicit random_numbers(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double uniform(double from = 0, double to = 1) {
    return from + (to - from) * static_cast<double>(bits() >> 11) * 0x1p-53;
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(bits() % n); }
};

/// Examples and starting parameters of a network. Images of 784 pixels are mostly black, as handwritten
/// digits are.
struct network_data {
  static constexpr int examples = 1024;
  std::vector<float> x, y, parameters;
  std::vector<int> labels;

  explicit network_data(const network_workload& w) {
    random_numbers random(static_cast<std::uint64_t>(w.inputs() * 1000 + w.batch));
    const auto outputs = static_cast<std::size_t>(w.outputs());
    y.assign(examples * outputs, 0.0f);
    for (std::size_t e = 0; e < examples; ++e) {
      for (int i = 0; i < w.inputs(); ++i)
        x.push_back(w.inputs() == 784 && random.below(5) != 0 ? 0.0f : static_cast<float>(random.uniform()));
      labels.push_back(static_cast<int>(random.below(outputs)));
      y[e * outputs + static_cast<std::size_t>(labels.back())] = 1;
    }
    for (int l = 0; l < w.layers; ++l) {
      const double spread = std::sqrt(3.0 / w.sizes[l]);
      for (int i = 0; i < w.sizes[l] * w.sizes[l + 1]; ++i)
        parameters.push_back(static_cast<float>(random.uniform(-spread, spread)));
      for (int i = 0; i < w.sizes[l + 1]; ++i)
        parameters.push_back(static_cast<float>(random.uniform(-0.2, 0.2)));
    }
  }
  int batches(const network_workload& w) const { return examples / w.batch; }
};

/// Training in double precision, one example after the other.
class network_reference {
  const network_workload& w_;
  std::vector<double> first_, second_;  // Adam's moments
  int steps_ = 0;

  std::vector<std::vector<double>> activations(const float* x) const {
    std::vector<std::vector<double>> a{{x, x + w_.inputs()}};
    const double* p = parameters.data();
    for (int l = 0; l < w_.layers; ++l) {
      const int n = w_.sizes[l], m = w_.sizes[l + 1];
      std::vector<double> z(p + n * m, p + n * m + m);
      for (int j = 0; j < m; ++j) {
        double& value = z[static_cast<std::size_t>(j)];
        for (int i = 0; i < n; ++i) value += p[j * n + i] * a.back()[static_cast<std::size_t>(i)];
        if (w_.activation_of(l) == activation::sigmoid) value = 1 / (1 + std::exp(-value));
        if (w_.activation_of(l) == activation::relu) value = std::max(value, 0.0);
      }
      a.push_back(z);
      p += (n + 1) * m;
    }
    return a;
  }
  static double slope(activation f, double a) {
    return f == activation::sigmoid ? a * (1 - a) : f == activation::relu ? (a > 0 ? 1 : 0) : 1;
  }

 public:
  std::vector<double> parameters;

  network_reference(const network_workload& w, const std::vector<float>& start)
      : w_(w), first_(start.size()), second_(start.size()), parameters(start.begin(), start.end()) {}

  std::vector<double> outputs(const float* x) const {
    std::vector<double> all;
    for (int b = 0; b < w_.batch; ++b) {
      const auto a = activations(x + b * w_.inputs());
      all.insert(all.end(), a.back().begin(), a.back().end());
    }
    return all;
  }

  void step(const float* x, const float* y) {
    std::vector<double> gradient(parameters.size());
    for (int b = 0; b < w_.batch; ++b) {
      const auto a = activations(x + b * w_.inputs());
      const int classes = w_.outputs();
      std::vector<double> d(static_cast<std::size_t>(classes));
      double sum = 0;
      for (double z : a.back()) sum += std::exp(z);
      for (int j = 0; j < classes; ++j) {
        const double out = a.back()[static_cast<std::size_t>(j)],
                     wanted = static_cast<double>(y[b * classes + j]);
        d[static_cast<std::size_t>(j)] = w_.cost == cost::quadratic
                                             ? 2 * (out - wanted) * slope(w_.output, out)
                                             : std::exp(out) / sum - wanted;
      }
      std::size_t end = parameters.size();
      for (int l = w_.layers - 1; l >= 0; --l) {
        const auto n = static_cast<std::size_t>(w_.sizes[l]), m = static_cast<std::size_t>(w_.sizes[l + 1]);
        const std::size_t begin = end - (n + 1) * m;
        const auto& in = a[static_cast<std::size_t>(l)];
        std::vector<double> before(n);
        for (std::size_t j = 0; j < m; ++j) {
          gradient[begin + n * m + j] += d[j] / w_.batch;
          for (std::size_t i = 0; i < n; ++i) {
            gradient[begin + j * n + i] += d[j] * in[i] / w_.batch;
            before[i] += d[j] * parameters[begin + j * n + i];
          }
        }
        for (std::size_t i = 0; i < n; ++i) before[i] *= slope(w_.hidden, in[i]);
        d = before;
        end = begin;
      }
    }
    ++steps_;
    const double rate = static_cast<double>(w_.rate);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (w_.optimiser == optimiser::sgd) {
        parameters[i] -= rate * gradient[i];
      } else {
        first_[i] = 0.9 * first_[i] + 0.1 * gradient[i];
        second_[i] = 0.999 * second_[i] + 0.001 * gradient[i] * gradient[i];
        const double mean = first_[i] / (1 - std::pow(0.9, steps_)),
                     square = second_[i] / (1 - std::pow(0.999, steps_));
        parameters[i] -= rate * mean / (std::sqrt(square) + 1e-8);
      }
    }
  }
};

/// Arguments of a program: several sets, taken in turn.
struct program_data {
  static constexpr int sets = 32;
  std::vector<double> inputs, data;

  explicit program_data(const program_workload& w) {
    random_numbers random(static_cast<std::uint64_t>(w.inputs));
    const std::string_view name = w.name;
    for (int s = 0; s < sets; ++s) {
      for (int i = 0; i < w.inputs; ++i) {
        double value = random.uniform(-1, 1);
        if (name == "w2p") value = 1 + 0.1 * value;
        if (name == "w1") {
          constexpr double centre[12]{0.5, -0.4, 0.3, 0, 0, 0, 500, -0.1, 0.05, 0, 0, -8};
          constexpr double spread[12]{0.3, 0.3, 0.3, 0.5, 0.5, 0.5, 100, 0.05, 0.02, 1, 1, 1};
          value = centre[i] + spread[i] * value;
        }
        inputs.push_back(value);
      }
      for (int i = 0; i < w.data; ++i)
        data.push_back(name == "w1" ? random.uniform(-50, 50) : random.uniform());
    }
  }
};

/// Values and derivatives of a program: central differences of two widths, combined so that the error is of
/// fourth order.
inline std::vector<double> program_reference(const program_workload& w, const double* inputs,
                                             const double* data) {
  std::vector<long double> x(inputs, inputs + w.inputs);
  const auto values = [&](long double* out) {
    const std::string_view name = w.name;
    if (name == "w1") reprojection(x.data(), data, out);
    if (name == "w2p") out[0] = product(x.data(), w.inputs);
    if (name == "w2l") out[0] = log_sum_exp(x.data(), w.inputs);
    if (name == "w3") out[0] = neurons(x.data(), data);
    if (name == "w4") out[0] = network_cost<8>(x.data(), data);
    if (name == "w4d") out[0] = network_cost<16>(x.data(), data);
  };
  const auto count = static_cast<std::size_t>(w.values), n = static_cast<std::size_t>(w.inputs);
  std::vector<double> result(count * (1 + n));
  long double centre[2], low[2], high[2], wide_low[2], wide_high[2];
  values(centre);
  for (std::size_t v = 0; v < count; ++v) result[v] = static_cast<double>(centre[v]);
  for (std::size_t i = 0; i < n; ++i) {
    const long double at = x[i], h = 1e-4L * std::max(1.0L, std::abs(at));
    const auto move = [&](long double by, long double* out) {
      x[i] = at + by;
      values(out);
    };
    move(-h, low), move(h, high), move(-2 * h, wide_low), move(2 * h, wide_high);
    x[i] = at;
    for (std::size_t v = 0; v < count; ++v)
      result[count + v * n + i] =
          static_cast<double>((8 * (high[v] - low[v]) - (wide_high[v] - wide_low[v])) / (12 * h));
  }
  return result;
}

}  // namespace bench
