#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>

#include <leibniz/code/function.hpp>
#include <leibniz/core/tensor.hpp>
#include <leibniz/nn/cost.hpp>
#include <leibniz/nn/initialise.hpp>
#include <leibniz/nn/optimiser.hpp>

namespace leibniz::nn {

namespace detail {

template <class T, class V, class Axes = std::make_index_sequence<static_cast<std::size_t>(V::extents.rank)>>
struct tensor_for;
template <class T, class V, std::size_t... I>
struct tensor_for<T, V, std::index_sequence<I...>> {
  using type = tensor<T, static_cast<std::size_t>(V::extents.extent[I])...>;
};
template <class S, fixed_string Name, class Axes = std::make_index_sequence<static_cast<std::size_t>(S::extents.rank)>>
struct variable_like;
template <class S, fixed_string Name, std::size_t... I>
struct variable_like<S, Name, std::index_sequence<I...>> {
  using type = var<Name, static_cast<std::size_t>(S::extents.extent[I])...>;
};

}  // namespace detail

/// The value that belongs to a variable: a tensor of its extents.
template <class T, class V>
using value_of = typename detail::tensor_for<T, V>::type;

template <class Network, class T, class List = typename Network::parameter_list>
struct parameters;

/// The parameters of a network as values, in the order W1, b1, W2, b2, …
template <class Network, class T, class... V>
struct parameters<Network, T, variables<V...>> {
  std::tuple<value_of<T, V>...> values{};

  constexpr parameters() = default;
  /// Random starting values: the same for the same seed everywhere.
  template <class Initialiser = xavier>
  static constexpr parameters random(std::uint64_t seed, Initialiser = {}) {
    parameters p;
    random_bits bits(seed);
    std::apply([&](auto&... value) { (initialise<Initialiser>(value, V::extents, bits), ...); }, p.values);
    return p;
  }
  /// The values of one variable: `p[net::dense_1::weights]`.
  template <class W>
  constexpr auto& operator[](W) { return std::get<index_of<W>()>(values); }
  template <class W>
  constexpr const auto& operator[](W) const { return std::get<index_of<W>()>(values); }

 private:
  template <class W>
  static constexpr std::size_t index_of() {
    constexpr bool is[] = {std::is_same_v<W, V>...};
    std::size_t i = 0;
    while (i < sizeof...(V) && !is[i]) ++i;
    return i;
  }
};

/// The output of the network for one example.
template <class Network, class List = typename Network::parameter_list>
struct prediction;
template <class Network, class... V>
struct prediction<Network, variables<V...>> {
  static constexpr auto formula = function(inputs(Network::x, V{}...), outputs(Network::output));
  template <class T, class X>
  static constexpr auto of(const parameters<Network, T>& p, const X& x) {
    return std::apply([&](const auto&... value) { return formula(x, value...); }, p.values);
  }
};
template <class Network, class T, class X>
constexpr auto predict(const parameters<Network, T>& p, const X& x) {
  return prediction<Network>::of(p, x);
}

/// The place of the largest output: the class that the network says.
template <class Output>
constexpr std::size_t most_likely(const Output& a) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < static_cast<std::size_t>(a.size()); ++i)
    if (a.data()[i] > a.data()[best]) best = i;
  return best;
}

template <class Network, class Cost, class Optimiser = sgd, std::size_t Batch = 1, class T = float,
          class List = typename Network::parameter_list>
class trainer;

/// Gradient descent on batches of at most `Batch` examples. Inputs and targets are contiguous, example after example;
/// their number is known at run time, and a last, smaller batch counts with its own average.
template <class Network, class Cost, class Optimiser, std::size_t Batch, class T, class... V>
class trainer<Network, Cost, Optimiser, Batch, T, variables<V...>> {
  static_assert(Batch > 0, "leibniz: a trainer's batch size is at least 1");

 public:
  using scalar = T;
  static constexpr std::size_t batch_size = Batch;
  static constexpr std::size_t input_size = static_cast<std::size_t>(Network::x.extents.size());
  static constexpr std::size_t target_size = static_cast<std::size_t>(Network::y.extents.size());
  /// The cost of one example, as a formula, and its gradients, in the order of the parameters.
  static constexpr auto cost_formula = nn::cost<Network, Cost>;
  static constexpr auto step_function =
      function(inputs(Network::x, Network::y, V{}...), outputs(cost_formula, diff(cost_formula, V{})...));

  parameters<Network, T> weights;
  Optimiser optimiser;

  constexpr explicit trainer(const parameters<Network, T>& initial, Optimiser method = {}) : weights(initial), optimiser(method) {}

  /// One step of gradient descent on up to `Batch` examples; returns their average cost before the step.
  constexpr T step(std::span<const T> x, std::span<const T> y) {
    const std::size_t count = x.size() / input_size;
    T total = 0;
    for (std::size_t i = 0; i < count; ++i) total += add_example(&x[i * input_size], &y[i * target_size], i == 0);
    update(static_cast<T>(1) / static_cast<T>(count));
    return total / static_cast<T>(count);
  }

  /// All examples once, in the order given, in batches of `batch` (at most `Batch`); returns the average cost.
  /// `order` holds the numbers of the examples, shuffled by the caller; empty: as they come.
  constexpr T epoch(std::span<const T> x, std::span<const T> y, std::span<const std::size_t> order = {},
                    std::size_t batch = Batch) {
    const std::size_t examples = x.size() / input_size;
    if (batch == 0 || batch > Batch) batch = Batch;
    T total = 0;
    for (std::size_t first = 0; first < examples; first += batch) {
      const std::size_t count = examples - first < batch ? examples - first : batch;
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t example = order.empty() ? first + i : order[first + i];
        total += add_example(&x[example * input_size], &y[example * target_size], i == 0);
      }
      update(static_cast<T>(1) / static_cast<T>(count));
    }
    return examples == 0 ? T(0) : total / static_cast<T>(examples);
  }

 private:
  std::tuple<value_of<T, V>...> gradient_{};
  std::tuple<value_of<T, V>...> sum_{};
  std::tuple<value_of<T, V>...> state_{};

  // The cost of one example; its gradient is added to the sum of the batch.
  constexpr T add_example(const T* x, const T* y, bool first) {
    T cost{};
    auto& target = first ? sum_ : gradient_;
    const std::span<const T, input_size> input(x, input_size);
    const std::span<const T, target_size> wanted(y, target_size);
    std::apply(
        [&](auto&... gradient) {
          std::apply([&](const auto&... weight) { step_function.into(cost, gradient...)(input, wanted, weight...); }, weights.values);
        },
        target);
    if (!first) accumulate(std::index_sequence_for<V...>{});
    return cost;
  }
  template <std::size_t... I>
  constexpr void accumulate(std::index_sequence<I...>) {
    (add(std::get<I>(sum_), std::get<I>(gradient_)), ...);
  }
  template <class Tensor>
  static constexpr void add(Tensor& sum, const Tensor& term) {
    T* s = sum.data();
    const T* t = term.data();
    const std::size_t n = sum.size();
    for (std::size_t i = 0; i < n; ++i) s[i] += t[i];
  }
  constexpr void update(T share) { update_all(share, std::index_sequence_for<V...>{}); }
  template <std::size_t... I>
  constexpr void update_all(T share, std::index_sequence<I...>) {
    (update_one<V>(share, std::get<I>(weights.values), std::get<I>(sum_), std::get<I>(state_)), ...);
  }
  template <class W, class Tensor>
  constexpr void update_one(T share, Tensor& weight, const Tensor& sum, Tensor& state) {
    constexpr typename detail::variable_like<W, "P">::type p{};
    constexpr typename detail::variable_like<W, "G">::type g{};
    constexpr typename detail::variable_like<W, "S">::type s{};
    constexpr var<"share"> part{};
    if constexpr (Optimiser::has_state) {
      constexpr auto next = function(inputs(p, g, s, part, Optimiser::eta, Optimiser::inertia),
                                     outputs(Optimiser::next_parameter(p, part * g, s), Optimiser::next_state(p, part * g, s)));
      next.into(weight, state)(weight, sum, state, share, static_cast<T>(optimiser.rate), static_cast<T>(optimiser.mu));
    } else {
      constexpr auto next = function(inputs(p, g, part, Optimiser::eta), outputs(Optimiser::next_parameter(p, part * g)));
      next.into(weight)(weight, sum, share, static_cast<T>(optimiser.rate));
    }
  }
};

/// The share of examples whose most likely class is the label.
template <class Network, class T, class Label>
constexpr double accuracy(const parameters<Network, T>& p, std::span<const T> x, std::span<const Label> labels) {
  constexpr std::size_t n = static_cast<std::size_t>(Network::x.extents.size());
  std::size_t right = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<const T, n> example(&x[i * n], n);
    right += most_likely(predict(p, example)) == static_cast<std::size_t>(labels[i]) ? 1u : 0u;
  }
  return labels.empty() ? 0.0 : static_cast<double>(right) / static_cast<double>(labels.size());
}

}  // namespace leibniz::nn
