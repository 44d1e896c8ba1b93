#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>

#include "../workloads.hpp"

// A training step as one writes it without a library: everything but the matrix products, which are a policy.
// Sizes are known to the compiler, weights are stored as outputs x inputs, and plain gradient descent updates
// them without storing a gradient.

namespace bench::by_hand {

template <int Batch, int Inputs, int Outputs>
struct layer {
  static constexpr int batch = Batch, inputs = Inputs, outputs = Outputs;

  alignas(64) float weights[Outputs * Inputs];
  alignas(64) float biases[Outputs];
  alignas(64) float activations[Batch * Outputs];
  alignas(64) float slopes[Batch * Outputs];  // by the activations, then by the weighted inputs
};

/// What Adam keeps of one layer.
template <int Inputs, int Outputs>
struct moments {
  alignas(64) float slope[Outputs * (Inputs + 1)];
  alignas(64) float mean[Outputs * (Inputs + 1)];
  alignas(64) float variance[Outputs * (Inputs + 1)];
};

template <activation A>
void activate(float* __restrict z, int n) {
  for (int i = 0; i < n; ++i) {
    if constexpr (A == activation::sigmoid)
      z[i] = 1 / (1 + std::exp(-z[i]));
    else if constexpr (A == activation::relu)
      z[i] = z[i] > 0 ? z[i] : 0;
  }
}
template <activation A>
void pass_activation(const float* __restrict a, float* __restrict slopes, int n) {
  for (int i = 0; i < n; ++i) {
    if constexpr (A == activation::sigmoid)
      slopes[i] *= a[i] * (1 - a[i]);
    else if constexpr (A == activation::relu)
      slopes[i] = a[i] > 0 ? slopes[i] : 0;
  }
}

/// The factors of one step of Adam.
struct adam_factors {
  float step, scale;
};
inline void adam_update(float* __restrict p, const float* __restrict g, float* __restrict mean,
                        float* __restrict variance, int n, adam_factors f) {
  for (int i = 0; i < n; ++i) {
    mean[i] = 0.9f * mean[i] + 0.1f * g[i];
    variance[i] = 0.999f * variance[i] + 0.001f * (g[i] * g[i]);
    p[i] -= f.step * mean[i] / (std::sqrt(variance[i] * f.scale) + 1e-8f);
  }
}

/// Products supplies, for a layer and its input x:
///   forward(layer, x)            activations = x W^T + b
///   backward(layer, dx)          dx = slopes W
///   gradient(layer, x, dW, db)   the sums over the batch
///   descend(layer, x, rate)      W -= rate dW, b -= rate db
template <class Products, std::size_t I>
class alignas(64) network {
  static constexpr const network_workload& w = networks[I];
  static constexpr int last = w.layers - 1;
  static constexpr bool keeps = w.optimiser == optimiser::adam;
  template <int L>
  using layer_at = layer<w.has(L) ? w.batch : 1, w.size(L), w.size(L + 1)>;
  template <int L>
  using moments_at = moments<keeps ? w.size(L) : 1, keeps ? w.size(L + 1) : 1>;

  layer_at<0> layer0_;
  layer_at<1> layer1_;
  layer_at<2> layer2_;
  moments_at<0> moments0_;
  moments_at<1> moments1_;
  moments_at<2> moments2_;
  float power1_ = 1, power2_ = 1;

  template <int L>
  auto& at() {
    if constexpr (L == 0)
      return layer0_;
    else if constexpr (L == 1)
      return layer1_;
    else
      return layer2_;
  }
  template <int L>
  auto& moments_of() {
    if constexpr (L == 0)
      return moments0_;
    else if constexpr (L == 1)
      return moments1_;
    else
      return moments2_;
  }

  template <int L>
  void load_from(const float* from) {
    if constexpr (w.has(L)) {
      auto& l = at<L>();
      std::memcpy(l.weights, from, sizeof l.weights);
      from += l.inputs * l.outputs;
      std::memcpy(l.biases, from, sizeof l.biases);
      if constexpr (keeps) moments_of<L>() = {};
      load_from<L + 1>(from + l.outputs);
    }
  }
  template <int L>
  void store_to(float* to) {
    if constexpr (w.has(L)) {
      auto& l = at<L>();
      std::memcpy(to, l.weights, sizeof l.weights);
      to += l.inputs * l.outputs;
      std::memcpy(to, l.biases, sizeof l.biases);
      store_to<L + 1>(to + l.outputs);
    }
  }
  template <int L>
  void forward_from(const float* x) {
    if constexpr (w.has(L)) {
      auto& l = at<L>();
      Products::forward(l, x);
      activate<w.activation_of(L)>(l.activations, w.batch * l.outputs);
      forward_from<L + 1>(l.activations);
    }
  }
  void start_slopes(const float* y, const int* labels) {
    auto& l = at<last>();
    constexpr int n = w.outputs();
    constexpr float share = 1.0f / static_cast<float>(w.batch);
    if constexpr (w.cost == cost::quadratic) {
      for (int i = 0; i < w.batch * n; ++i) l.slopes[i] = 2 * share * (l.activations[i] - y[i]);
      pass_activation<w.output>(l.activations, l.slopes, w.batch * n);
    } else {
      for (int b = 0; b < w.batch; ++b) {
        const float* z = l.activations + b * n;
        float* d = l.slopes + b * n;
        const float most = *std::max_element(z, z + n);
        float sum = 0;
        for (int j = 0; j < n; ++j) d[j] = std::exp(z[j] - most);
        for (int j = 0; j < n; ++j) sum += d[j];
        for (int j = 0; j < n; ++j) d[j] *= share / sum;
        d[labels[b]] -= share;
      }
    }
  }
  template <int L>
  void back_to() {
    if constexpr (L > 0) {
      auto& before = at<L - 1>();
      Products::backward(at<L>(), before.slopes);
      pass_activation<w.hidden>(before.activations, before.slopes, w.batch * before.outputs);
      back_to<L - 1>();
    }
  }
  template <int L>
  void update(const float* x) {
    if constexpr (w.has(L)) {
      auto& l = at<L>();
      if constexpr (keeps) {
        auto& m = moments_of<L>();
        constexpr int weights = w.sizes[L] * w.sizes[L + 1];
        Products::gradient(l, x, m.slope, m.slope + weights);
        const adam_factors f{w.rate / (1 - power1_), 1 / (1 - power2_)};
        adam_update(l.weights, m.slope, m.mean, m.variance, weights, f);
        adam_update(l.biases, m.slope + weights, m.mean + weights, m.variance + weights, l.outputs, f);
      } else {
        Products::descend(l, x, w.rate);
      }
      update<L + 1>(l.activations);
    }
  }

 public:
  void load(const float* from) {
    load_from<0>(from);
    power1_ = power2_ = 1;
  }
  void store(float* to) { store_to<0>(to); }
  void step(const float* x, const float* y, const int* labels) {
    forward_from<0>(x);
    start_slopes(y, labels);
    back_to<last>();
    power1_ *= 0.9f;
    power2_ *= 0.999f;
    update<0>(x);
  }
  void forward(const float* x, float* outputs) {
    forward_from<0>(x);
    std::memcpy(outputs, at<last>().activations, sizeof at<last>().activations);
  }
};

}  // namespace bench::by_hand
