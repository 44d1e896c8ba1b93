#pragma once
#include <leibniz/expr/expression.hpp>

// An optimiser is a formula too: the new parameter, and the new state, from the parameter P, its gradient G and the
// state S. The trainer hands these formulas to the code generator, once per shape of parameter.

namespace leibniz::nn {

/// Gradient descent: P - η G.
struct sgd {
  static constexpr const char* name = "sgd";
  static constexpr bool has_state = false;
  double rate = 0.1;

  static constexpr var<"rate"> eta{};
  template <class P, class G>
  static constexpr auto next_parameter(P p, G g) { return p - eta * g; }
};

/// Gradient descent with momentum μ: the velocity S becomes μ S - η G, and the parameter P + S.
struct momentum {
  static constexpr const char* name = "momentum";
  static constexpr bool has_state = true;
  double rate = 0.1;
  double mu = 0.9;

  static constexpr var<"rate"> eta{};
  static constexpr var<"mu"> inertia{};
  template <class P, class G, class S>
  static constexpr auto next_state(P, G g, S s) { return inertia * s - eta * g; }
  template <class P, class G, class S>
  static constexpr auto next_parameter(P p, G g, S s) { return p + next_state(p, g, s); }
};

}  // namespace leibniz::nn
