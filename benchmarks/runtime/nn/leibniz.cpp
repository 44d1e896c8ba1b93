// Leibniz: a trainer as a user writes it.
#include <cstring>
#include <leibniz/nn.hpp>
#include <memory>

#include "../workloads.hpp"

namespace nn = leibniz::nn;

namespace {

template <bench::activation A>
using activation =
    std::conditional_t<A == bench::activation::sigmoid, nn::sigmoid,
                       std::conditional_t<A == bench::activation::relu, nn::relu, nn::identity>>;

template <std::size_t I, class Layers>
struct layered;
template <std::size_t I, std::size_t... L>
struct layered<I, std::index_sequence<L...>> {
  static constexpr const bench::network_workload& w = bench::networks[I];
  using type =
      nn::network<nn::input<static_cast<std::size_t>(w.sizes[0])>,
                  nn::dense<static_cast<std::size_t>(w.sizes[L + 1]), activation<w.activation_of(L)>>...>;
};

template <std::size_t I>
class network {
  static constexpr const bench::network_workload& w = bench::networks[I];
  static constexpr auto x_size = static_cast<std::size_t>(w.batch * w.inputs());
  static constexpr auto y_size = static_cast<std::size_t>(w.batch * w.outputs());
  using net = typename layered<I, std::make_index_sequence<static_cast<std::size_t>(w.layers)>>::type;
  using cost = std::conditional_t<w.cost == bench::cost::quadratic, nn::quadratic, nn::softmax_cross_entropy>;
  using optimiser = std::conditional_t<w.optimiser == bench::optimiser::sgd, nn::sgd, nn::adam>;
  using trainer = nn::trainer<net, cost, optimiser, static_cast<std::size_t>(w.batch), float>;
  using parameters = nn::parameters<net, float>;

  std::unique_ptr<trainer> trainer_;

 public:
  void load(const float* from) {
    const auto values = std::make_unique<parameters>();
    const auto take = [&](auto& value) {
      std::memcpy(value.data(), from, sizeof(float) * static_cast<std::size_t>(value.size()));
      from += value.size();
    };
    std::apply([&](auto&... value) { (take(value), ...); }, values->values);
    trainer_ = std::make_unique<trainer>(*values, optimiser{.rate = w.rate});
  }
  void store(float* to) const {
    const auto values = std::make_unique<parameters>(trainer_->weights());
    const auto put = [&](const auto& value) {
      std::memcpy(to, value.data(), sizeof(float) * static_cast<std::size_t>(value.size()));
      to += value.size();
    };
    std::apply([&](const auto&... value) { (put(value), ...); }, values->values);
  }
  void step(const float* x, const float* y, const int*) { trainer_->update({x, x_size}, {y, y_size}); }
  void forward(const float* x, float* outputs) const { trainer_->predict({x, x_size}, {outputs, y_size}); }
};

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() { return ""; }
