#pragma once
#include <cstddef>
#include <type_traits>

#include <leibniz/expr/expression.hpp>
#include <leibniz/nn/activation.hpp>

// A layer is an expression with named parameters. Layer number L has
//
//   output<L>(in)      its formula, a `let` "aL" of a `let` "zL"
//   parameters<L, In>  the list of its variables
//
// and nothing here knows how to differentiate.

namespace leibniz::nn {

/// A list of variables.
template <class... V>
struct variables {};

namespace detail {
constexpr std::size_t digits_of(std::size_t n) { return n < 10 ? 1 : 1 + digits_of(n / 10); }
/// "W" and 3 make "W3".
template <char Letter, std::size_t L>
struct numbered_name {
  static constexpr auto make() {
    char text[digits_of(L) + 2]{};
    text[0] = Letter;
    std::size_t rest = L;
    for (std::size_t i = digits_of(L); i > 0; --i, rest /= 10) text[i] = static_cast<char>('0' + rest % 10);
    return fixed_string<digits_of(L) + 2>(text);
  }
  static constexpr auto value = make();
};
}  // namespace detail

/// The variable of a layer's parameter, named by a letter and the layer's number: `parameter<'W', 3, 10, 16>` is `W3`.
template <char Letter, std::size_t L, std::size_t... Extents>
using parameter = var<detail::numbered_name<Letter, L>::value, Extents...>;

/// What goes into the network: `input<784>` a vector, `input<28, 28>` an image.
template <std::size_t... Extents>
struct input {
  using variable = var<"x", Extents...>;
  static constexpr bool has_elements = ((Extents > 0) && ...);
  static constexpr shape extents = make_shape(Extents...);
};

/// A fully connected layer: z = W·a + b, a = activation(z). Parameters "WL" (units x inputs) and "bL" (units).
template <std::size_t Units, class Activation = identity>
struct dense {
  static constexpr std::size_t units = Units > 0 ? Units : 1;  // `output` refuses 0
  using activation = Activation;

  template <std::size_t L, class In>
  static constexpr bool accepts() {
    static_assert(Units > 0, "leibniz: a dense layer needs at least one unit");
    constexpr bool refused = std::is_same_v<In, num<0>>;  // the layer before had a message of its own
    static_assert(In::extents.rank == 1 || refused,
                  "leibniz: a dense layer needs a vector, and the layer before it gives another shape: put a flatten layer between them "
                  "(L in the types of this message is the number of the layer)");
    constexpr bool activates = requires { Activation::name; };
    static_assert(activates,
                  "leibniz: an unknown activation in a dense layer: use nn::sigmoid or another one of nn, or a type of your own "
                  "with name and apply(z)");
    return Units > 0 && In::extents.rank == 1 && activates;
  }
  template <std::size_t L, class In>
  using weights = parameter<'W', L, units, static_cast<std::size_t>(In::extents.rank > 0 ? In::extents.extent[0] : 1)>;
  template <std::size_t L>
  using biases = parameter<'b', L, units>;
  template <std::size_t L, class In>
  using parameters = variables<weights<L, In>, biases<L>>;

  /// z, the weighted input.
  template <std::size_t L, class In>
  static constexpr auto weighted_input(In in) {
    return let<detail::numbered_name<'z', L>::value>(weights<L, In>{} * in + biases<L>{});
  }
  template <std::size_t L, class In>
  static constexpr auto output(In in) {
    if constexpr (accepts<L, In>()) return let<detail::numbered_name<'a', L>::value>(Activation::apply(weighted_input<L>(in)));
    else return biases<L>{};
  }
};

/// An image or any other tensor as one vector, row by row.
struct flatten {
  using activation = identity;
  template <std::size_t, class>
  using parameters = variables<>;
  template <std::size_t L, class In>
  static constexpr auto output(In in) { return make<ops::flatten_>(in); }
};

template <class Layer>
inline constexpr bool is_input = false;
template <std::size_t... N>
inline constexpr bool is_input<input<N...>> = true;

/// A type that can stand in a network behind the input.
template <class Layer>
concept layer = requires { typename Layer::activation; typename Layer::template parameters<1, var<"x", 1>>; };

// The description that a parameter file carries: a layer of your own has a `name`.
template <class Layer>
struct layer_name {
  template <class Out>
  static constexpr void write(Out& out) {
    constexpr bool named = requires { Layer::name; };
    static_assert(named, "leibniz: a parameter file names every layer, and this one has no name: give it static constexpr const char* name");
    if constexpr (named) out(Layer::name);
  }
};
template <std::size_t... N>
struct layer_name<input<N...>> {
  template <class Out>
  static constexpr void write(Out& out) {
    out("input<");
    std::size_t i = 0;
    ((out(i++ == 0 ? "" : ", "), out(N)), ...);
    out(">");
  }
};
template <std::size_t Units, class Activation>
struct layer_name<dense<Units, Activation>> {
  template <class Out>
  static constexpr void write(Out& out) {
    out("dense<");
    out(Units);
    out(", ");
    out(Activation::name);
    out(">");
  }
};
template <>
struct layer_name<flatten> {
  template <class Out>
  static constexpr void write(Out& out) { out("flatten"); }
};

}  // namespace leibniz::nn
