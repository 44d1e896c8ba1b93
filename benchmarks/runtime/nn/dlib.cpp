// dlib's deep networks, with its own solvers.
#include <dlib/dnn.h>
#include <dlib/revision.h>

#include <cstring>
#include <type_traits>

#include "../workloads.hpp"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

namespace {

using column = dlib::matrix<float>;

template <bench::activation A, class Below>
struct activated {
  using type = dlib::sig<Below>;
};
template <class Below>
struct activated<bench::activation::relu, Below> {
  using type = dlib::relu<Below>;
};
template <class Below>
struct activated<bench::activation::identity, Below> {
  using type = Below;
};

template <std::size_t I, int L = bench::networks[I].layers>
struct stacked {
  static constexpr const bench::network_workload& w = bench::networks[I];
  using below = dlib::fc<static_cast<unsigned long>(w.sizes[L]), typename stacked<I, L - 1>::type>;
  using type = typename activated<w.activation_of(L - 1), below>::type;
};
template <std::size_t I>
struct stacked<I, 0> {
  using type = dlib::input<column>;
};

template <std::size_t I>
class network {
  static constexpr const bench::network_workload& w = bench::networks[I];
  static constexpr bool quadratic = w.cost == bench::cost::quadratic;
  static constexpr auto batch = static_cast<std::size_t>(w.batch),
                        outputs = static_cast<std::size_t>(w.outputs());
  using top = typename stacked<I>::type;
  using net =
      std::conditional_t<quadratic, dlib::loss_mean_squared_multioutput<top>, dlib::loss_multiclass_log<top>>;
  using solver = std::conditional_t<w.optimiser == bench::optimiser::sgd, dlib::sgd, dlib::adam>;

  net net_;
  std::vector<solver> solvers_;
  dlib::resizable_tensor x_;
  std::vector<column> targets_ = std::vector<column>(batch, column(w.outputs(), 1));
  std::vector<unsigned long> labels_ = std::vector<unsigned long>(batch);

  static solver fresh_solver() {
    if constexpr (w.optimiser == bench::optimiser::sgd)
      return dlib::sgd(0, 0);
    else
      return dlib::adam(0, 0.9f, 0.999f);
  }
  void take(const float* x) { std::memcpy(x_.host_write_only(), x, sizeof(float) * x_.size()); }
  /// The parameters of every layer from the input up: dlib visits them from the output down.
  template <class F>
  void for_layers(F f) {
    std::vector<dlib::tensor*> found;
    dlib::visit_layer_parameters(net_, [&](std::size_t, dlib::tensor& t) {
      if (t.size() > 0) found.push_back(&t);
    });
    for (int l = 0; l < w.layers; ++l)
      f(found[found.size() - 1 - static_cast<std::size_t>(l)]->host(), w.sizes[l], w.sizes[l + 1]);
  }

 public:
  network() {
    const std::vector<column> empty(batch, dlib::zeros_matrix<float>(w.inputs(), 1));
    net_.to_tensor(empty.begin(), empty.end(), x_);
    net_.subnet().forward(x_);
  }
  void load(const float* p) {
    for_layers([&](float* own, int n, int m) {
      for (int j = 0; j < m; ++j)
        for (int i = 0; i < n; ++i) own[i * m + j] = *p++;
      for (int j = 0; j < m; ++j) own[n * m + j] = *p++;
    });
    solvers_.assign(net::num_computational_layers, fresh_solver());
  }
  void store(float* p) {
    for_layers([&](const float* own, int n, int m) {
      for (int j = 0; j < m; ++j)
        for (int i = 0; i < n; ++i) *p++ = own[i * m + j];
      for (int j = 0; j < m; ++j) *p++ = own[n * m + j];
    });
  }
  void step(const float* x, const float* y, const int* labels) {
    take(x);
    if constexpr (quadratic) {
      for (std::size_t b = 0; b < batch; ++b)
        std::memcpy(&targets_[b](0, 0), y + b * outputs, sizeof(float) * outputs);
      net_.compute_parameter_gradients(x_, targets_.begin());
      net_.update_parameters(solvers_, 2 * w.rate);  // its slope of the squared error lacks the factor 2
    } else {
      for (std::size_t b = 0; b < batch; ++b) labels_[b] = static_cast<unsigned long>(labels[b]);
      net_.compute_parameter_gradients(x_, labels_.begin());
      net_.update_parameters(solvers_, w.rate);
    }
  }
  void forward(const float* x, float* to) {
    take(x);
    const dlib::tensor& out = net_.subnet().forward(x_);
    std::memcpy(to, out.host(), sizeof(float) * out.size());
  }
};

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() { return "dlib " TEXT(DLIB_MAJOR_VERSION) "." TEXT(DLIB_MINOR_VERSION); }
