#pragma once
#include <boost/hana/tuple.hpp>

#include <leibniz/expr/expression.hpp>
#include <leibniz/nn/layer.hpp>

// An optimiser is a formula too: the new parameter and the new states, from the parameter P, its gradient G and the
// states. The trainer hands these formulas to the code generator together with the gradient.
//
// A type of your own has all four:
//
//   states                 how many tensors of the parameter's shape it keeps; they start at 0
//   settings               the variables of its settings, and settings_as<T>() their values for the next step
//   next(p, g, states...)  a Boost.Hana tuple: the new parameter, then the new states
//   advance()              called after every step

namespace leibniz::nn {

/// A type that can be a trainer's optimiser.
template <class Method>
concept descent_method = requires { Method::states; typename Method::settings; };

/// Gradient descent: P becomes P - η G.
struct sgd {
  static constexpr const char* name = "sgd";
  static constexpr int states = 0;
  double rate = 0.1;

  static constexpr var<"rate"> eta{};
  using settings = variables<var<"rate">>;
  template <class T>
  constexpr tensor<T, 1> settings_as() const { return {static_cast<T>(rate)}; }
  constexpr void advance() {}
  template <class P, class G>
  static constexpr auto next(P p, G g) { return boost::hana::make_tuple(p - eta * g); }
};

/// Gradient descent with momentum μ: the velocity S becomes μ S - η G, and the parameter P + S.
struct momentum {
  static constexpr const char* name = "momentum";
  static constexpr int states = 1;
  double rate = 0.1;
  double mu = 0.9;

  static constexpr var<"rate"> eta{};
  static constexpr var<"mu"> inertia{};
  using settings = variables<var<"rate">, var<"mu">>;
  template <class T>
  constexpr tensor<T, 2> settings_as() const { return {static_cast<T>(rate), static_cast<T>(mu)}; }
  constexpr void advance() {}
  template <class P, class G, class S>
  static constexpr auto next(P p, G g, S s) {
    const auto velocity = inertia * s - eta * g;
    return boost::hana::make_tuple(p + velocity, velocity);
  }
};

/// Adam (Kingma and Ba 2015), with weight decay as in AdamW (Loshchilov and Hutter 2019) if `decay` is not 0:
/// M becomes β₁M + (1 - β₁)G, V becomes β₂V + (1 - β₂)G², and P becomes P - η (M̂/(√V̂ + ε) + decay P), where M̂ and V̂ are M
/// and V divided by 1 - βᵗ after t steps. What is added to M and V every time has a floor of 1e-30: without it those of a unit
/// that never fires would shrink to denormal numbers, and processors are slow with these.
struct adam {
  static constexpr const char* name = "adam";
  static constexpr int states = 2;
  double rate = 0.001;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double decay = 0;
  double floor = 1e-30;
  double power1 = beta1;  // βᵗ of the next step
  double power2 = beta2;

  static constexpr var<"beta1"> keep1{};
  static constexpr var<"beta2"> keep2{};
  static constexpr var<"epsilon"> tiny{};
  static constexpr var<"scale"> scale{};    // 1/√(1 - β₂ᵗ)
  static constexpr var<"step"> step{};      // η/(1 - β₁ᵗ)
  static constexpr var<"shrink"> shrink{};  // 1 - η decay
  static constexpr var<"floor"> least{};
  using settings = variables<var<"beta1">, var<"beta2">, var<"epsilon">, var<"scale">, var<"step">, var<"shrink">, var<"floor">>;
  template <class T>
  constexpr tensor<T, 7> settings_as() const {
    return {static_cast<T>(beta1),   static_cast<T>(beta2),
            static_cast<T>(epsilon), static_cast<T>(1 / math::sqrt(1 - power2)),
            static_cast<T>(rate / (1 - power1)), static_cast<T>(1 - rate * decay),
            static_cast<T>(floor)};
  }
  constexpr void advance() {
    power1 *= beta1;
    power2 *= beta2;
  }
  template <class P, class G, class M, class V>
  static constexpr auto next(P p, G g, M m, V v) {
    constexpr num<1> one{};
    const auto mean = keep1 * m + ((one - keep1) * g + least);
    const auto variance = keep2 * v + ((one - keep2) * square(g) + least);
    return boost::hana::make_tuple(shrink * p - hadamard(step * mean, reciprocal(scale * sqrt(variance) + tiny)), mean, variance);
  }
};

/// Adam with decoupled weight decay.
constexpr adam adamw(double rate = 0.001, double decay = 0.01) {
  adam method;
  method.rate = rate;
  method.decay = decay;
  return method;
}

}  // namespace leibniz::nn
