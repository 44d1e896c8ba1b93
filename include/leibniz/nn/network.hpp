#pragma once
#include <boost/hana/tuple.hpp>

#include <leibniz/nn/layer.hpp>

namespace leibniz::nn {

namespace detail {

template <class... Lists>
struct joined {
  using type = variables<>;
};
template <class... V>
struct joined<variables<V...>> {
  using type = variables<V...>;
};
template <class... V, class... W, class... Rest>
struct joined<variables<V...>, variables<W...>, Rest...> {
  using type = typename joined<variables<V..., W...>, Rest...>::type;
};

/// The formulas of layers L, L+1, … one after the other.
template <std::size_t L, class In, class... Layers>
struct chain {
  using parameters = variables<>;
  using output = In;
  template <std::size_t>
  using layer_output = In;
};
template <std::size_t L, class In, class Layer, class... Rest>
struct chain<L, In, Layer, Rest...> {
  using own_output = decltype(Layer::template output<L>(In{}));
  using rest = chain<L + 1, own_output, Rest...>;
  using parameters = typename joined<typename Layer::template parameters<L, In>, typename rest::parameters>::type;
  using output = typename rest::output;
  using last_input = In;
};

/// Layer number Wanted, and the formula that goes into it.
template <std::size_t Wanted, std::size_t L, class In, class... Layers>
struct found;
template <std::size_t Wanted, std::size_t L, class In, class Layer, class... Rest>
struct found<Wanted, L, In, Layer, Rest...> : found<Wanted, L + 1, decltype(Layer::template output<L>(In{})), Rest...> {};
template <std::size_t L, class In, class Layer, class... Rest>
struct found<L, L, In, Layer, Rest...> {
  using layer = Layer;
  using in = In;
};

template <class... Layers>
struct last_of;
template <class Layer>
struct last_of<Layer> {
  using type = Layer;
};
template <class Layer, class... Rest>
struct last_of<Layer, Rest...> : last_of<Rest...> {};

template <class List>
struct listed;
template <class... V>
struct listed<variables<V...>> {
  static constexpr auto tuple() { return boost::hana::make_tuple(V{}...); }
  static constexpr std::size_t count = (static_cast<std::size_t>(V::extents.size()) + ... + 0);
};

/// What a network says about itself.
template <class Input, class... Layers>
struct network_of {
  using input_variable = typename Input::variable;
  using layers = boost::hana::tuple<Input, Layers...>;
  using formula_chain = detail::chain<1, input_variable, Layers...>;
  using parameter_list = typename formula_chain::parameters;
  using output_type = typename formula_chain::output;
  using last_layer = typename detail::last_of<Layers...>::type;
  using target_variable = decltype([] {
    if constexpr (output_type::extents.rank == 0) return var<"y">{};
    else if constexpr (output_type::extents.rank == 1)
      return var<"y", static_cast<std::size_t>(output_type::extents.extent[0])>{};
    else
      return var<"y", static_cast<std::size_t>(output_type::extents.extent[0]), static_cast<std::size_t>(output_type::extents.extent[1])>{};
  }());
  static constexpr std::size_t depth = sizeof...(Layers);
  /// The number of trainable numbers.
  static constexpr std::size_t parameter_count = detail::listed<parameter_list>::count;

  /// The input x and the target y of one example.
  static constexpr input_variable x{};
  static constexpr target_variable y{};
  /// The formula of the output.
  static constexpr output_type output{};
  /// The formula of layer L, counted from 1.
  template <std::size_t L>
  static constexpr auto layer() {
    if constexpr (is_place<L>()) {
      using place = typename detail::found<L, 1, input_variable, Layers...>;
      return place::layer::template output<L>(typename place::in{});
    } else {
      return output;
    }
  }
  /// z, the weighted input of layer L, for layers that have one.
  template <std::size_t L>
  static constexpr auto weighted_input() {
    if constexpr (is_place<L>()) {
      using place = typename detail::found<L, 1, input_variable, Layers...>;
      constexpr bool weighs = requires { place::layer::template weighted_input<L>(typename place::in{}); };
      static_assert(weighs, "leibniz: this layer has no weighted input: nn::flatten only moves elements; ask a dense layer");
      if constexpr (weighs) return place::layer::template weighted_input<L>(typename place::in{});
      else return output;
    } else {
      return output;
    }
  }
  /// The variables of all parameters, as a Boost.Hana tuple: W1, b1, W2, b2, …
  static constexpr auto parameters() { return detail::listed<parameter_list>::tuple(); }

 private:
  template <std::size_t L>
  static constexpr bool is_place() {
    static_assert(L >= 1 && L <= depth, "leibniz: the layers of a network are counted from 1 to its depth");
    return L >= 1 && L <= depth;
  }
};

/// Whether a type is a layer; L is its number in the network.
template <std::size_t L, class Layer>
constexpr bool known_layer() {
  static_assert(layer<Layer>,
                "leibniz: an unknown layer in a network: use nn::dense<units, activation>, nn::flatten, or a type of your own with "
                "activation, parameters<L, In> and output<L>(in); Layer in the types of this message is the culprit, and L its number");
  return layer<Layer>;
}
template <class... Layers, std::size_t... L>
constexpr bool known_layers(std::index_sequence<L...>) {
  return (known_layer<L + 1, Layers>() & ... & true);
}

/// What stands in the network; after a message, what can still be said about it.
template <class Input = void, class... Layers>
constexpr auto checked_network() {
  if constexpr (is_input<Input>) {
    constexpr bool known = known_layers<Layers...>(std::index_sequence_for<Layers...>{});
    static_assert(Input::has_elements, "leibniz: every extent of a network's input must be at least 1");
    static_assert(sizeof...(Layers) > 0, "leibniz: a network needs a layer behind its input, such as nn::dense<units, activation>");
    if constexpr (!Input::has_elements) return std::type_identity<network_of<input<1>, flatten>>{};
    else if constexpr (known && sizeof...(Layers) > 0) return std::type_identity<network_of<Input, Layers...>>{};
    else return std::type_identity<network_of<Input, flatten>>{};
  } else {
    static_assert(is_input<Input>, "leibniz: a network starts with nn::input<extents...>, and layers follow");
    return std::type_identity<network_of<input<1>, flatten>>{};
  }
}

}  // namespace detail

/// A network of layers: a type. `network<input<784>, dense<16, sigmoid>, dense<10, sigmoid>>`.
template <class... Layers>
struct network : decltype(detail::checked_network<Layers...>())::type {};

namespace detail {
template <class Network>
concept has_formulas = requires {
  typename Network::parameter_list;
  Network::x;
  Network::y;
  Network::output;
};
template <class Network>
constexpr auto network_or_refused() {
  static_assert(has_formulas<Network>, "leibniz: something that is no network: write nn::network<nn::input<extents...>, layers...>");
  if constexpr (has_formulas<Network>) return std::type_identity<Network>{};
  else return std::type_identity<network_of<input<1>, flatten>>{};
}
/// The network itself; after a message, some other one.
template <class Network>
using as_network = typename decltype(network_or_refused<Network>())::type;
}  // namespace detail

}  // namespace leibniz::nn
