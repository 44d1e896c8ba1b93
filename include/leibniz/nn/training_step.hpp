#pragma once
#include <string_view>

#include <leibniz/calculus/samples.hpp>
#include <leibniz/code/function.hpp>
#include <leibniz/nn/cost.hpp>
#include <leibniz/nn/optimiser.hpp>

// One step of training as one program: the cost of one example is differentiated, rewritten for a batch, and put into the
// optimiser's formulas, so that the code generator sees the forward pass, the backward pass and the update together. The
// parameters are stored as the products read them: matrices transposed, rows padded to whole registers.

namespace leibniz::nn {

namespace detail {

template <fixed_string A, fixed_string B>
constexpr auto joined_name() {
  constexpr std::size_t n = A.view().size(), m = B.view().size();
  char text[n + m + 1]{};
  for (std::size_t i = 0; i < n; ++i) text[i] = A.view()[i];
  for (std::size_t i = 0; i < m; ++i) text[n + i] = B.view()[i];
  return fixed_string<n + m + 1>(text);
}
template <fixed_string Name, class V, class Axes = std::make_index_sequence<static_cast<std::size_t>(V::extents.rank)>>
struct variable_like;
template <fixed_string Name, class V, std::size_t... I>
struct variable_like<Name, V, std::index_sequence<I...>> {
  using type = var<Name, static_cast<std::size_t>(V::extents.extent[I])...>;
  template <std::size_t Samples>
  using sampled = var<Name, Samples, static_cast<std::size_t>(V::extents.extent[I])...>;
};

}  // namespace detail

/// A parameter as it is stored: the transpose of a matrix.
template <class V>
struct stored_variable {
  static constexpr bool transposed = false;
  using type = V;
};
template <fixed_string Name, std::size_t Rows, std::size_t Columns>
struct stored_variable<var<Name, Rows, Columns>> {
  static constexpr bool transposed = true;
  using type = var<detail::joined_name<Name, "^T">(), Columns, Rows>;
};

namespace detail {
constexpr handle transpose(handle x) {
  const shape s = x.extents();
  return rearrange(x, ops::label_range(1, 1) + ops::label_range(2, 1), ops::label_range(2, 1) + ops::label_range(1, 1),
                   make_shape(s.extent[1], s.extent[0]));
}
/// A tensor of the parameter's shape from one of the stored shape, and back.
template <class V>
constexpr handle from_storage(handle x) { return stored_variable<V>::transposed ? transpose(x) : x; }
template <class V>
constexpr handle in_storage(handle x) { return from_storage<V>(x); }
}  // namespace detail

/// The memory of one stored parameter.
template <class T, class V>
struct stored {
  using variable = typename stored_variable<V>::type;
  static constexpr bool transposed = stored_variable<V>::transposed;
  static constexpr int columns = code::columns_of(variable::extents), rows = code::rows_of(variable::extents);
  static constexpr int pitch = code::padded_columns(columns);
  using source = code::source<const T, code::storage::row_major, pitch>;
  using target = code::pitched<T, pitch>;

  alignas(leibniz::detail::tensor_alignment<T, static_cast<std::size_t>(rows * pitch)>) T items[rows * pitch]{};

  /// To and from a tensor with the extents of the parameter.
  template <class Tensor>
  constexpr void copy_to(Tensor& to) const {
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) to.data()[flat(r, c)] = items[r * pitch + c];
  }
  template <class Tensor>
  constexpr void copy_from(const Tensor& from) {
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) items[r * pitch + c] = from.data()[flat(r, c)];
  }

 private:
  static constexpr int flat(int r, int c) { return transposed ? c * rows + r : r * columns + c; }
};

/// The network's output for a batch: a row for every example of "X".
template <class Network, int Batch, class List>
struct batch_output;
template <class Network, int Batch, class... V>
struct batch_output<Network, Batch, variables<V...>> {
  using inputs = typename detail::variable_like<"X", std::remove_const_t<decltype(Network::x)>>::template sampled<static_cast<std::size_t>(Batch)>;
  static constexpr int output_count = 1;
  static constexpr void build(graph::builder& g, int* roots) {
    graph::lowering lower(g, false);
    graph::rewriting many(g, Batch);
    many.replace(lower(Network::x), lower(inputs{}), true);
    (many.replace(lower(V{}), detail::from_storage<V>(lower(typename stored_variable<V>::type{})), false), ...);
    roots[0] = many(lower(Network::output)).id();
  }
};

/// The program of one step. Outputs: the new parameters, the new states (the first of all parameters, then the second
/// ...), and the average cost. It reads "X" and "Y", a row for every example, and "shares", what each example counts.
template <class Network, class Cost, class Optimiser, int Batch, bool WithCost, class List>
struct training_step;
template <class Network, class Cost, class Optimiser, int Batch, bool WithCost, class... V>
struct training_step<Network, Cost, Optimiser, Batch, WithCost, variables<V...>> {
  static constexpr std::size_t samples = static_cast<std::size_t>(Batch);
  using inputs = typename detail::variable_like<"X", std::remove_const_t<decltype(Network::x)>>::template sampled<samples>;
  using targets = typename detail::variable_like<"Y", std::remove_const_t<decltype(Network::y)>>::template sampled<samples>;
  using share = var<"share">;
  using shares = var<"shares", samples>;
  template <class W>
  using parameter = typename stored_variable<W>::type;
  template <class W, int State>
  using state = typename detail::variable_like<detail::joined_name<W::name, detail::numbered_name<'.', static_cast<std::size_t>(State)>::value>(),
                                               parameter<W>>::type;
  template <class W>
  using slope = typename detail::variable_like<detail::joined_name<W::name, ".G">(), parameter<W>>::type;
  template <std::size_t I>
  using parameter_at = std::tuple_element_t<I, std::tuple<V...>>;

  static constexpr int parameter_count = sizeof...(V);
  static constexpr int output_count = parameter_count * (1 + Optimiser::states) + (WithCost ? 1 : 0);
  using cost_type = decltype(share{} * nn::cost<Network, Cost>);

  static constexpr void build(graph::builder& g, int* roots) {
    graph::lowering lower(g, false);
    graph::rewriting many(g, Batch);
    many.replace(lower(Network::x), lower(inputs{}), true);
    many.replace(lower(Network::y), lower(targets{}), true);
    many.replace(lower(share{}), lower(shares{}), true);
    (many.replace(lower(V{}), detail::from_storage<V>(lower(parameter<V>{})), false), ...);
    graph::rewriting next(g, 0);
    (next.replace(lower(slope<V>{}), detail::in_storage<V>(many.total(lower(diff(cost_type{}, V{})))), false), ...);
    int i = 0;
    (update<V>(lower, next, roots, i++, std::make_integer_sequence<int, Optimiser::states>{}), ...);
    if constexpr (WithCost) roots[output_count - 1] = many.total(lower(cost_type{})).id();
  }
  /// The variable whose memory an output may take.
  static constexpr std::string_view overwritten(int output) {
    std::string_view names[output_count + 1]{};
    int i = 0;
    ((names[i++] = parameter<V>::name.view()), ...);
    [&]<int... S>(std::integer_sequence<int, S...>) { (name_states<S>(names, i), ...); }(std::make_integer_sequence<int, Optimiser::states>{});
    return names[output];
  }

 private:
  template <int S>
  static constexpr void name_states(std::string_view* names, int& i) {
    ((names[i++] = state<V, S>::name.view()), ...);
  }
  template <class W, int... S>
  static constexpr void update(graph::lowering& lower, graph::rewriting& next, int* roots, int i, std::integer_sequence<int, S...>) {
    constexpr auto made = Optimiser::next(parameter<W>{}, slope<W>{}, state<W, S>{}...);
    roots[i] = next(lower(boost::hana::at_c<0>(made))).id();
    ((roots[i + (S + 1) * parameter_count] = next(lower(boost::hana::at_c<S + 1>(made))).id()), ...);
  }
};

}  // namespace leibniz::nn
