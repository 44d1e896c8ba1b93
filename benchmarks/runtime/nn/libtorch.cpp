// libtorch, eager: modules, autograd and its optimisers, on one thread.
#include <torch/torch.h>

#include <cstring>

#include "../workloads.hpp"

namespace {

template <std::size_t I>
class network {
  static constexpr const bench::network_workload& w = bench::networks[I];
  std::vector<torch::nn::Linear> layers_;
  std::unique_ptr<torch::optim::Optimizer> optimiser_;

  torch::Tensor outputs(torch::Tensor x) {
    for (int l = 0; l < w.layers; ++l) {
      x = layers_[static_cast<std::size_t>(l)](x);
      if (w.activation_of(l) == bench::activation::sigmoid) x = torch::sigmoid(x);
      if (w.activation_of(l) == bench::activation::relu) x = torch::relu(x);
    }
    return x;
  }
  static torch::Tensor batch(const float* values, int width) {
    return torch::from_blob(const_cast<float*>(values), {w.batch, width});
  }

 public:
  network() {
    at::set_num_threads(1);
    for (int l = 0; l < w.layers; ++l) layers_.emplace_back(w.sizes[l], w.sizes[l + 1]);
  }
  void load(const float* p) {
    const torch::NoGradGuard no_gradient;
    std::vector<torch::Tensor> all;
    for (auto& layer : layers_)
      for (const torch::Tensor& value : {layer->weight, layer->bias}) {
        std::memcpy(value.data_ptr<float>(), p, sizeof(float) * static_cast<std::size_t>(value.numel()));
        p += value.numel();
        all.push_back(value);
      }
    const double rate = static_cast<double>(w.rate);
    if (w.optimiser == bench::optimiser::sgd)
      optimiser_ = std::make_unique<torch::optim::SGD>(all, torch::optim::SGDOptions(rate));
    else
      optimiser_ = std::make_unique<torch::optim::Adam>(all, torch::optim::AdamOptions(rate));
  }
  void store(float* p) {
    for (auto& layer : layers_)
      for (const torch::Tensor& value : {layer->weight, layer->bias}) {
        std::memcpy(p, value.data_ptr<float>(), sizeof(float) * static_cast<std::size_t>(value.numel()));
        p += value.numel();
      }
  }
  void step(const float* x, const float* y, const int* labels) {
    optimiser_->zero_grad();
    const torch::Tensor out = outputs(batch(x, w.inputs()));
    torch::Tensor cost;
    if constexpr (w.cost == bench::cost::quadratic) {
      cost = torch::mse_loss(out, batch(y, w.outputs()), at::Reduction::Sum) / static_cast<double>(w.batch);
    } else {
      const auto classes =
          torch::from_blob(const_cast<int*>(labels), {w.batch}, torch::kInt32).to(torch::kInt64);
      cost = torch::nn::functional::cross_entropy(out, classes);
    }
    cost.backward();
    optimiser_->step();
  }
  void forward(const float* x, float* to) {
    const torch::NoGradGuard no_gradient;
    const torch::Tensor out = outputs(batch(x, w.inputs()));
    std::memcpy(to, out.data_ptr<float>(), sizeof(float) * static_cast<std::size_t>(out.numel()));
  }
};

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() { return "libtorch " TORCH_VERSION; }
