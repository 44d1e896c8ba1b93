#pragma once
#include <leibniz/calculus/samples.hpp>
#include <leibniz/code/function.hpp>
#include <leibniz/core/text_view.hpp>
#include <leibniz/nn/cost.hpp>
#include <leibniz/nn/optimiser.hpp>

// One step of training as one program: the cost of one example is differentiated, rewritten for a batch, and put into the
// optimiser's formulas, so that the code generator sees the forward pass, the backward pass and the update together. The
// parameters are stored as the products read them: matrices transposed, unless rows are better; rows padded to whole registers.

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

/// Whether a layer's matrix is stored as its formula has it, row after row. Every vector of the transpose is multiplied by a number
/// of its own, which one example has to read; along the rows, a vector of inputs serves as many outputs as a register has lanes,
/// whose lanes are added in the end: as long as 5 or 6 reads were measured to take. That is worth it for long rows of few outputs.
constexpr bool is_stored_by_rows(int outputs, int inputs, int batch) {
  constexpr int width = native_lanes<float>;
  const auto vectors = [](int n) { return (n + width - 1) / width; };
  const int by_rows = vectors(inputs) * (outputs + vectors(outputs)) + outputs * 11 / 2, by_columns = inputs * (1 + vectors(outputs));
  return batch == 1 && 4 * by_rows <= 3 * by_columns;
}

/// A parameter as a trainer stores it whose batches have so many examples: a matrix is transposed, unless its rows are read one by one.
template <class V, int Batch>
struct stored_variable {
  static constexpr bool transposed = false;
  using type = V;
};
template <fixed_string Name, std::size_t Rows, std::size_t Columns, int Batch>
  requires (!is_stored_by_rows(static_cast<int>(Rows), static_cast<int>(Columns), Batch))
struct stored_variable<var<Name, Rows, Columns>, Batch> {
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
template <class V, int Batch>
constexpr handle from_storage(handle x) { return stored_variable<V, Batch>::transposed ? transpose(x) : x; }
template <class V, int Batch>
constexpr handle in_storage(handle x) { return from_storage<V, Batch>(x); }

/// A formula times the scalars that it is multiplied by wherever some results need it: -η G in P - η G.
struct scaled_formula {
  handle product, factor;
};
constexpr scaled_formula with_factors(graph::builder& g, const growing<char>& needed, handle x) {
  scaled_formula result{x, x.number(1)};
  while (true) {
    handle user;
    for (int i = result.product.id() + 1; i < needed.size(); ++i) {
      const graph::node& n = g.at(i);
      const int id = result.product.id();
      if (needed[i] == 0 || g.is_constant(i) || (n.a != id && n.b != id && n.c != id)) continue;
      if (user.valid() || n.op != ops::index_of<ops::mul_>) return result;
      user = {&g, i};
    }
    if (!user.valid()) return result;
    const handle other = user.arg(user.arg(0) == result.product ? 1 : 0);
    if (other == result.product || !other.extents().is_scalar()) return result;
    result = {user, result.factor * other};
  }
}
/// A gradient times a factor. A single example's is the product of what the forward pass knows and of what the backward pass
/// brings last: the factor goes to the former, unless that is long.
constexpr handle scaled_early(handle gradient, handle factor) {
  if (!gradient.is<ops::contract_>()) return factor * gradient;
  handle of[2] = {gradient.arg(0), gradient.arg(1)};
  const ops::labels la = ops::decode(gradient.data(), 0, of[0].extents().rank), lb = ops::decode(gradient.data(), 1, of[1].extents().rank);
  const int known = of[0].id() < of[1].id() ? 0 : 1, scaled = of[known].extents().size() > code::storage_grain ? 1 - known : known;
  of[scaled] = factor * of[scaled];
  return contract(of[0], la, of[1], lb, ops::decode(gradient.data(), 2, gradient.extents().rank));
}
}  // namespace detail

/// The memory of one stored parameter.
template <class T, class V, int Batch>
struct stored {
  using variable = typename stored_variable<V, Batch>::type;
  static constexpr bool transposed = stored_variable<V, Batch>::transposed;
  static constexpr int columns = code::columns_of(variable::extents), rows = code::rows_of(variable::extents);
  static constexpr int pitch = code::padded_columns(columns);
  using source = code::source<const T, code::storage::row_major, pitch>;
  using target = code::pitched<T, pitch>;

  alignas(leibniz::detail::tensor_alignment<T, static_cast<std::size_t>(rows * pitch)>) T items[rows * pitch]{};

  /// To and from a tensor with the extents of the parameter.
  template <class Tensor>
  constexpr void copy_to(Tensor& to) const {
    for (int r = 0; r < rows; ++r)
#pragma GCC unroll 1
      for (int c = 0; c < columns; ++c) to.data()[flat(r, c)] = items[r * pitch + c];
  }
  template <class Tensor>
  constexpr void copy_from(const Tensor& from) {
    for (int r = 0; r < rows; ++r)
#pragma GCC unroll 1
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
    (many.replace(lower(V{}), detail::from_storage<V, Batch>(lower(typename stored_variable<V, Batch>::type{})), false), ...);
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
  using parameter = typename stored_variable<W, Batch>::type;
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
    int place = 0;
    (optimise<V>(lower, roots, place++, std::make_integer_sequence<int, Optimiser::states>{}), ...);
    // A factor that all gradients have is better applied once, where the sweep starts.
    constexpr int results = parameter_count * (1 + Optimiser::states);
    growing<char> needed(g.size());
    graph::mark_needed(g, roots, results, needed);
    detail::scaled_formula slopes[] = {detail::with_factors(g, needed, lower(slope<V>{}))...};
    bool same = true;
    for (const detail::scaled_formula& s : slopes) same = same && s.factor == slopes[0].factor;
    const handle one = lower(num<1>{});
    if (!same) {
      int i = 0;
      ((slopes[i++] = {lower(slope<V>{}), one}), ...);
    }
    graph::rewriting many(g, Batch), next(g, 0);
    // One example after the other, each waits for the update before it: nothing is multiplied by a factor on the way.
    const handle late = Batch == 1 ? one.number(cost_factor(lower)) : one;
    sample(lower, many, Batch == 1 ? 1 / late : slopes[0].factor);
    const auto gradient = [&](handle total_) { return Batch == 1 ? detail::scaled_early(total_, late * slopes[0].factor) : total_; };
    int i = 0;
    (next.replace(slopes[i++].product, gradient(detail::in_storage<V, Batch>(many.total(lower(diff(cost_type{}, V{}))))), false), ...);
    for (int k = 0; k < results; ++k) roots[k] = next(handle(&g, roots[k])).id();
    if constexpr (WithCost) {
      graph::rewriting unscaled(g, Batch);
      sample(lower, unscaled, one);
      roots[output_count - 1] = unscaled.total(lower(cost_type{})).id();
    }
  }
  /// The variable whose memory an output may take.
  static constexpr text_view overwritten(int output) {
    text_view names[output_count + 1]{};
    int i = 0;
    ((names[i++] = parameter<V>::name.view()), ...);
    [&]<int... S>(std::integer_sequence<int, S...>) { (name_states<S>(names, i), ...); }(std::make_integer_sequence<int, Optimiser::states>{});
    return names[output];
  }

 private:
  template <int S>
  static constexpr void name_states(text_view* names, int& i) {
    ((names[i++] = state<V, S>::name.view()), ...);
  }
  /// The optimiser's formulas, of a gradient that is not known yet.
  template <class W, int... S>
  static constexpr void optimise(graph::lowering& lower, int* roots, int i, std::integer_sequence<int, S...>) {
    constexpr auto made = Optimiser::next(parameter<W>{}, slope<W>{}, state<W, S>{}...);
    roots[i] = lower(boost::hana::at_c<0>(made)).id();
    ((roots[i + (S + 1) * parameter_count] = lower(boost::hana::at_c<S + 1>(made)).id()), ...);
  }
  /// The number in front of the cost's slope by the network's output, without its sign.
  static constexpr rational cost_factor(graph::lowering& lower) {
    using output = std::remove_const_t<decltype(Network::output)>;
    if constexpr (is_target<output>) {
      const rational c = lower(diff(nn::cost<Network, Cost>, output{})).coefficient();
      if (!c.is(0)) return c.negative() ? -c : c;
    }
    return {1, 1};
  }
  /// From one example to the batch, each example counting with its share times a factor. The share of one alone is 1.
  static constexpr void sample(graph::lowering& lower, graph::rewriting& many, handle factor) {
    many.replace(lower(Network::x), lower(inputs{}), true);
    many.replace(lower(Network::y), lower(targets{}), true);
    if constexpr (Batch == 1) many.replace(lower(share{}), factor, false);
    else many.replace(lower(share{}), factor * lower(shares{}), true);
    (many.replace(lower(V{}), detail::from_storage<V, Batch>(lower(parameter<V>{})), false), ...);
  }
};

}  // namespace leibniz::nn
