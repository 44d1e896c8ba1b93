#pragma once
#include <leibniz/nn/network.hpp>

// The cost of one example. The cost of a set is the average over its examples.

namespace leibniz::nn {

/// Σ (a - y)².
struct quadratic {
  static constexpr const char* name = "quadratic";
  template <class Network>
  static constexpr auto of() { return let<"C">(sum(square(Network::output - Network::y))); }
};

/// -Σ y log(softmax(z)) for targets that add up to 1, as logsumexp(z) - y·z; its gradient by z is softmax(z) - y.
/// The last layer gives the logits z (activation identity), or has the activation softmax: then the formula is -y·log(a), with
/// the same values for such targets and the gradient Σy softmax(z) - y.
struct softmax_cross_entropy {
  static constexpr const char* name = "softmax_cross_entropy";
  template <class Network>
  static constexpr auto of() {
    using activation = typename Network::last_layer::activation;
    static_assert(std::is_same_v<activation, softmax> || std::is_same_v<activation, identity>,
                  "leibniz: softmax_cross_entropy needs a last layer with the activation identity or softmax");
    if constexpr (std::is_same_v<activation, softmax>) return let<"C">(-dot(Network::y, log(Network::output)));
    else return let<"C">(logsumexp(Network::output) - dot(Network::y, Network::output));
  }
};

/// -Σ (y log(a) + (1 - y) log(1 - a)) for outputs in (0, 1); with a sigmoid it is finite for every weighted input.
struct binary_cross_entropy {
  static constexpr const char* name = "binary_cross_entropy";
  template <class Network>
  static constexpr auto of() {
    constexpr auto a = Network::output;
    constexpr auto y = Network::y;
    constexpr num<1> one{};
    return let<"C">(-sum(hadamard(y, log(a)) + hadamard(one - y, log(one - a))));
  }
};

template <class Network, class Cost>
constexpr auto checked_cost() {
  using checked = detail::as_network<Network>;
  constexpr bool known = requires { Cost::name; Cost::template of<checked>(); };
  static_assert(known,
                "leibniz: an unknown cost: use nn::quadratic, nn::softmax_cross_entropy, nn::binary_cross_entropy, or a type of "
                "your own with name and of<Network>()");
  if constexpr (known) return Cost::template of<checked>();
  else return num<0>{};
}
/// The cost formula of one example.
template <class Network, class Cost>
inline constexpr auto cost = checked_cost<Network, Cost>();

}  // namespace leibniz::nn
