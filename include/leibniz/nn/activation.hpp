#pragma once
#include <leibniz/ops/table.hpp>

// The activations that a layer can name: `dense<16, nn::sigmoid>`. A tag of your own needs `name` and `apply`.

namespace leibniz::nn {

struct identity {
  static constexpr const char* name = "identity";
  template <class E>
  static constexpr auto apply(E z) { return z; }
};
struct sigmoid {
  static constexpr const char* name = "sigmoid";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::sigmoid(z); }
};
struct tanh {
  static constexpr const char* name = "tanh";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::tanh(z); }
};
struct relu {
  static constexpr const char* name = "relu";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::relu(z); }
};
struct leaky_relu {
  static constexpr const char* name = "leaky_relu";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::leaky_relu(z); }
};
struct elu {
  static constexpr const char* name = "elu";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::elu(z); }
};
struct softplus {
  static constexpr const char* name = "softplus";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::softplus(z); }
};
struct gelu {
  static constexpr const char* name = "gelu";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::gelu(z); }
};
struct silu {
  static constexpr const char* name = "silu";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::silu(z); }
};
/// Probabilities; for the last layer.
struct softmax {
  static constexpr const char* name = "softmax";
  template <class E>
  static constexpr auto apply(E z) { return leibniz::softmax(z); }
};

}  // namespace leibniz::nn
