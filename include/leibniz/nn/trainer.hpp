#pragma once
#include <array>
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
#include <leibniz/nn/training_step.hpp>

namespace leibniz::nn {

namespace detail {

template <class T, class V, class Axes = std::make_index_sequence<static_cast<std::size_t>(V::extents.rank)>>
struct tensor_for;
template <class T, class V, std::size_t... I>
struct tensor_for<T, V, std::index_sequence<I...>> {
  using type = tensor<T, static_cast<std::size_t>(V::extents.extent[I])...>;
};
}  // namespace detail

/// The value that belongs to a variable: a tensor of its extents.
template <class T, class V>
using value_of = typename detail::tensor_for<T, V>::type;

template <class Network, class T, class List = typename detail::as_network<Network>::parameter_list>
struct parameters;

/// The parameters of a network as values, in the order W1, b1, W2, b2, …
template <class Network, class T, class... V>
struct parameters<Network, T, variables<V...>> {
  std::tuple<value_of<T, V>...> values{};

  constexpr parameters() = default;
  /// Random starting values: the same for the same seed everywhere.
  template <class Initialiser = xavier>
  static constexpr parameters random(std::uint64_t seed, Initialiser = {}) {
    constexpr bool known = requires { Initialiser::limit(shape{}); };
    static_assert(known, "leibniz: an unknown initialiser: use nn::xavier, nn::he, nn::zero, or a type of your own with limit(shape)");
    parameters p;
    random_bits bits(seed);
    if constexpr (known) std::apply([&](auto&... value_) { (initialise<Initialiser>(value_, V::extents, bits), ...); }, p.values);
    return p;
  }
  /// The values of one variable: `p[variable<"W1", 16, 784>]`.
  template <class W>
  constexpr auto& operator[](W) { return std::get<index_of<W>()>(values); }
  template <class W>
  constexpr const auto& operator[](W) const { return std::get<index_of<W>()>(values); }

 private:
  template <class W>
  static constexpr std::size_t index_of() {
    static_assert((std::is_same_v<W, V> || ...),
                  "leibniz: a network without this parameter: net::parameters() has them all, W1 and b1 of the first layer and so on; see V in the types "
                  "of this message");
    constexpr bool is[] = {std::is_same_v<W, V>...};
    std::size_t i = 0;
    while (i < sizeof...(V) && !is[i]) ++i;
    return i < sizeof...(V) ? i : 0;
  }
};

/// The output of the network for one example.
template <class Network, class List = typename detail::as_network<Network>::parameter_list>
struct prediction;
template <class Network, class... V>
struct prediction<Network, variables<V...>> {
  static constexpr auto formula = function(inputs(detail::as_network<Network>::x, V{}...), outputs(detail::as_network<Network>::output));
  template <class T, class X>
  static constexpr auto of(const parameters<Network, T>& p, const X& x) {
    return std::apply([&](const auto&... value_) { return formula(x, value_...); }, p.values);
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
          class List = typename detail::as_network<Network>::parameter_list>
class trainer;

/// Gradient descent on batches of at most `Batch` examples. Inputs and targets are contiguous, example after example;
/// their number is known at run time, and a last, smaller batch counts with its own average.
template <class Network, class Cost, class Optimiser, std::size_t Batch, class T, class... V>
class trainer<Network, Cost, Optimiser, Batch, T, variables<V...>> {
  static constexpr bool descends = descent_method<Optimiser>;
  static_assert(Batch > 0, "leibniz: a trainer's batch size is at least 1");
  static_assert(descends,
                "leibniz: an unknown optimiser in a trainer: use nn::sgd, nn::momentum, nn::adam, or a type of your own with states, "
                "settings, next(p, g, states...) and advance()");
  template <bool WithCost>
  using plan = training_step<Network, Cost, Optimiser, static_cast<int>(Batch), WithCost, variables<V...>>;

 public:
  using scalar = T;
  static constexpr std::size_t batch_size = Batch;
  static constexpr std::size_t input_size = static_cast<std::size_t>(detail::as_network<Network>::x.extents.size());
  static constexpr std::size_t target_size = static_cast<std::size_t>(detail::as_network<Network>::y.extents.size());
  static constexpr std::size_t output_size = static_cast<std::size_t>(detail::as_network<Network>::output.extents.size());
  /// The cost of one example, as a formula.
  static constexpr auto cost_formula = nn::cost<Network, Cost>;

  Optimiser optimiser;

  constexpr explicit trainer(const parameters<Network, T>& initial, Optimiser optimiser_ = {}) : optimiser(optimiser_) { set_weights(initial); }
  template <class Other, class U, class List>
  constexpr explicit trainer(const parameters<Other, U, List>& initial, Optimiser optimiser_ = {}) : optimiser(optimiser_) { set_weights(initial); }

  /// The parameters as they are now. They are stored as the products read them: this is a copy.
  constexpr parameters<Network, T> weights() const {
    parameters<Network, T> result;
    std::apply([&](auto&... value_) { std::apply([&](const auto&... own_) { (own_.copy_to(value_), ...); }, weights_); }, result.values);
    return result;
  }
  /// Goes on from other parameters; what the optimiser remembers stays.
  constexpr void set_weights(const parameters<Network, T>& from) {
    std::apply([&](const auto&... value_) { std::apply([&](auto&... own_) { (own_.copy_from(value_), ...); }, weights_); }, from.values);
  }

  template <class Other, class U, class List>
  constexpr void set_weights(const parameters<Other, U, List>&) {
    constexpr bool same_network = std::is_same_v<Other, Network>;
    static_assert(same_network, "leibniz: parameters of another network than the trainer's; see Other in the types of this message");
    static_assert(!same_network || std::is_same_v<U, T>,
                  "leibniz: parameters of another type than the trainer's: write nn::trainer<net, cost, optimiser, batch, double> for "
                  "nn::parameters<net, double>, and float for float; see U in the types of this message");
  }

  /// One step of gradient descent on up to `Batch` examples; returns their average cost before the step.
  constexpr T step(std::span<const T> x, std::span<const T> y) {
    const std::size_t count = x.size() / input_size;
    if (count == Batch) return run<true>(x.data(), y.data(), count);
    return gathered<true>(x, y, {}, 0, count);
  }
  /// The same without the cost.
  constexpr void update(std::span<const T> x, std::span<const T> y) {
    const std::size_t count = x.size() / input_size;
    if (count == Batch) run<false>(x.data(), y.data(), count);
    else gathered<false>(x, y, {}, 0, count);
  }

  /// The outputs of the network for any number of examples, one after the other.
  constexpr void predict(std::span<const T> x, std::span<T> out) const {
    const std::size_t count = x.size() / input_size;
    if (count == Batch) predict_batch(x.data(), out.data(), std::index_sequence_for<V...>{});
    else predict_all(x.data(), out.data(), count);
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
      const T cost = order.empty() && count == Batch ? run<true>(&x[first * input_size], &y[first * target_size], count)
                                                     : gathered<true>(x, y, order, first, count);
      total += cost * static_cast<T>(count);
    }
    return examples == 0 ? T(0) : total / static_cast<T>(examples);
  }

 private:
  static constexpr std::size_t parameter_count = sizeof...(V);
  static constexpr std::size_t states = [] {
    if constexpr (descends) return static_cast<std::size_t>(Optimiser::states);
    else return std::size_t{0};
  }();
  template <class W>
  using own = stored<T, W, static_cast<int>(Batch)>;
  using storage = std::tuple<own<V>...>;
  storage weights_{};
  std::array<storage, states> states_{};

  /// `count` examples of Size numbers from `first` on, in the order given, side by side. What is missing to a whole batch is
  /// filled with the first of them.
  template <std::size_t Size>
  static constexpr void gather(T* to, const T* from, std::span<const std::size_t> order, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < Batch; ++i) {
      const std::size_t place = i < count ? first + i : first, example = order.empty() ? place : order[place];
      for (std::size_t k = 0; k < Size; ++k) to[i * Size + k] = from[example * Size + k];
    }
  }
  /// A step on such examples; the share of what only fills the batch is 0.
  template <bool WithCost>
  constexpr T gathered(std::span<const T> x, std::span<const T> y, std::span<const std::size_t> order, std::size_t first, std::size_t count) {
    if (count == 0) return T(0);
    alignas(64) T inputs[Batch * input_size], targets[Batch * target_size];
    gather<input_size>(inputs, x.data(), order, first, count);
    gather<target_size>(targets, y.data(), order, first, count);
    return run<WithCost>(inputs, targets, count);
  }

  template <std::size_t... I>
  constexpr void predict_batch(const T* x, T* out, std::index_sequence<I...>) const {
    using output = batch_output<Network, static_cast<int>(Batch), variables<V...>>;
    using program = code::program<output>;
    using names = code::variable_list<typename output::inputs, typename own<V>::variable...>;
    using sources = code::slots_of<number, typename stored_at<I>::source...>;
    code::execute_ordered<program, names, T>(sources{{number{x}}, {typename stored_at<I>::source{std::get<I>(weights_).items}}...},
                                             code::slots_of<T*>{{out}}, std::make_integer_sequence<int, program::variable_count>{});
  }
  /// Batch after batch.
  constexpr void predict_all(const T* x, T* out, std::size_t count) const {
    constexpr std::index_sequence_for<V...> all{};
    for (; count >= Batch; count -= Batch, x += Batch * input_size, out += Batch * output_size) predict_batch(x, out, all);
    if (count == 0) return;
    alignas(64) T inputs[Batch * input_size], outputs[Batch * output_size];
    gather<input_size>(inputs, x, {}, 0, count);
    predict_batch(inputs, outputs, all);
    for (std::size_t i = 0; i < count * output_size; ++i) out[i] = outputs[i];
  }
  template <bool WithCost>
  constexpr T run(const T* x, const T* y, std::size_t count) {
    if constexpr (descends) return run_step<WithCost>(x, y, count);
    else return T{};
  }
  template <bool WithCost>
  constexpr T run_step(const T* x, const T* y, std::size_t count) {
    T shares[Batch];
    for (std::size_t i = 0; i < Batch; ++i) shares[i] = i < count ? T(1) / static_cast<T>(count) : T(0);
    T cost{};
    const auto settings = optimiser.template settings_as<T>();
    run_with<WithCost>(x, y, shares, settings.data(), &cost, typename Optimiser::settings{}, std::index_sequence_for<V...>{},
                       std::make_index_sequence<decltype(settings)::size()>{}, std::make_index_sequence<parameter_count * states>{});
    optimiser.advance();
    return cost;
  }
  using number = code::source<const T, code::storage::row_major>;
  template <std::size_t>
  using number_at = number;
  template <std::size_t I>
  using stored_at = std::tuple_element_t<I % parameter_count, storage>;
  template <class Plan, std::size_t J>
  using state_at = typename Plan::template state<std::tuple_element_t<J % parameter_count, std::tuple<V...>>, static_cast<int>(J / parameter_count)>;

  template <bool WithCost, class... Setting, std::size_t... I, std::size_t... S, std::size_t... J>
  constexpr void run_with(const T* x, const T* y, const T* shares, const T* settings, T* cost, variables<Setting...>, std::index_sequence<I...>,
                          std::index_sequence<S...>, std::index_sequence<J...>) {
    using step = plan<WithCost>;
    using program = code::program<step>;
    using names = code::variable_list<typename step::inputs, typename step::targets, typename step::shares, Setting...,
                                      typename own<V>::variable..., state_at<step, J>...>;
    using sources = code::slots_of<number, number, number, number_at<S>..., typename stored_at<I>::source..., typename stored_at<J>::source...>;
    const sources all{{number{x}},
                      {number{y}},
                      {number{shares}},
                      {number{settings + S}}...,
                      {typename stored_at<I>::source{std::get<I>(weights_).items}}...,
                      {typename stored_at<J>::source{std::get<J % parameter_count>(states_[J / parameter_count]).items}}...};
    constexpr std::make_integer_sequence<int, program::variable_count> order{};
    using targets = code::slots_of<typename stored_at<I>::target..., typename stored_at<J>::target...>;
    using targets_and_cost = code::slots_of<typename stored_at<I>::target..., typename stored_at<J>::target..., T*>;
    if constexpr (WithCost)
      code::execute_ordered<program, names, T>(
          all,
          targets_and_cost{{typename stored_at<I>::target{std::get<I>(weights_).items}}...,
                           {typename stored_at<J>::target{std::get<J % parameter_count>(states_[J / parameter_count]).items}}...,
                           {cost}},
          order);
    else
      code::execute_ordered<program, names, T>(
          all,
          targets{{typename stored_at<I>::target{std::get<I>(weights_).items}}...,
                  {typename stored_at<J>::target{std::get<J % parameter_count>(states_[J / parameter_count]).items}}...},
          order);
  }
};

/// The share of examples whose most likely class is the label. The labels are any contiguous range.
template <class Network, class T, class Labels>
constexpr double accuracy(const parameters<Network, T>& p, std::span<const std::type_identity_t<T>> x, const Labels& all) {
  const std::span labels(all);
  constexpr std::size_t n = static_cast<std::size_t>(Network::x.extents.size());
  std::size_t right = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<const T, n> example(&x[i * n], n);
    right += most_likely(predict(p, example)) == static_cast<std::size_t>(labels[i]) ? 1u : 0u;
  }
  return labels.empty() ? 0.0 : static_cast<double>(right) / static_cast<double>(labels.size());
}

}  // namespace leibniz::nn
