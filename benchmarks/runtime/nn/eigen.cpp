// Eigen: matrices of fixed size, or with EIGEN_DYNAMIC_SIZES of sizes known at run time, which may be the
// faster ones.
#define EIGEN_STACK_ALLOCATION_LIMIT 0
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>

#include "../workloads.hpp"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

namespace {

#ifdef EIGEN_DYNAMIC_SIZES
constexpr int sized(int n) { return n == 1 ? 1 : Eigen::Dynamic; }
#else
constexpr int sized(int n) { return n; }
#endif
template <int Rows, int Columns>
using matrix = Eigen::Matrix<float, sized(Rows), sized(Columns),
                             Columns == 1 || Rows != 1 ? Eigen::ColMajor : Eigen::RowMajor>;

template <bench::activation A, class Z>
void activate(Z& z) {
  if constexpr (A == bench::activation::sigmoid)
    z = (1 + (-z.array()).exp()).inverse().matrix();
  else if constexpr (A == bench::activation::relu)
    z = z.cwiseMax(0.0f);
}
template <bench::activation A, class Slopes, class Z>
void pass_activation(Slopes& slopes, const Z& a) {
  if constexpr (A == bench::activation::sigmoid)
    slopes.array() *= a.array() * (1 - a.array());
  else if constexpr (A == bench::activation::relu)
    slopes = (a.array() > 0).select(slopes, 0);
}

struct adam_factors {
  float step, scale;
};

/// An example is a column.
template <int Batch, int Inputs, int Outputs>
struct layer {
  matrix<Outputs, Inputs> weights{Outputs, Inputs}, slope{Outputs, Inputs}, mean{Outputs, Inputs},
      variance{Outputs, Inputs};
  matrix<Outputs, 1> biases{Outputs, 1}, bias_slope{Outputs, 1}, bias_mean{Outputs, 1},
      bias_variance{Outputs, 1};
  matrix<Outputs, Batch> a{Outputs, Batch}, d{Outputs, Batch};

  const float* load_from(const float* p) {
    weights = Eigen::Map<
        const Eigen::Matrix<float, Outputs, Inputs, Inputs == 1 ? Eigen::ColMajor : Eigen::RowMajor>>(p);
    p += Outputs * Inputs;
    biases = Eigen::Map<const Eigen::Matrix<float, Outputs, 1>>(p);
    mean.setZero(), variance.setZero(), bias_mean.setZero(), bias_variance.setZero();
    return p + Outputs;
  }
  float* store_to(float* p) const {
    Eigen::Map<Eigen::Matrix<float, Outputs, Inputs, Inputs == 1 ? Eigen::ColMajor : Eigen::RowMajor>>{p} =
        weights;
    p += Outputs * Inputs;
    Eigen::Map<Eigen::Matrix<float, Outputs, 1>>{p} = biases;
    return p + Outputs;
  }
  template <bench::activation A, class X>
  void forward(const X& x) {
    a.noalias() = weights * x;
    if constexpr (Batch == 1)
      a += biases;
    else
      a.colwise() += biases;
    activate<A>(a);
  }
  template <class X>
  void descend(const X& x, float rate) {
    if constexpr (Batch == 1) {
      d *= rate;
      weights.noalias() -= d.col(0) * x.col(0).transpose();
      biases -= d.col(0);
    } else {
      d *= rate;
      weights.noalias() -= d * x.transpose();
      biases -= d.rowwise().sum();
    }
  }
  template <class P, class G, class M>
  static void adam(P& p, const G& g, M& m, M& v, adam_factors f) {
    m = 0.9f * m + 0.1f * g;
    v = 0.999f * v + 0.001f * g.cwiseAbs2();
    p.array() -= f.step * m.array() / ((f.scale * v.array()).sqrt() + 1e-8f);
  }
  template <class X>
  void adapt(const X& x, adam_factors f) {
    slope.noalias() = d * x.transpose();
    bias_slope = d.rowwise().sum();
    adam(weights, slope, mean, variance, f);
    adam(biases, bias_slope, bias_mean, bias_variance, f);
  }
};

template <std::size_t I>
class network {
  static constexpr const bench::network_workload& w = bench::networks[I];
  template <int L>
  using layer_at = layer<w.has(L) ? w.batch : 1, w.size(L), w.size(L + 1)>;
  using batch_in = Eigen::Map<const Eigen::Matrix<float, sized(w.inputs()), sized(w.batch)>>;
  using batch_out = Eigen::Map<const Eigen::Matrix<float, sized(w.outputs()), sized(w.batch)>>;

  layer_at<0> first_;
  layer_at<1> second_;
  layer_at<2> third_;
  float power1_ = 1, power2_ = 1;

  auto& last() {
    if constexpr (w.has(2))
      return third_;
    else
      return second_;
  }
  void forward(const batch_in& x) {
    first_.template forward<w.hidden>(x);
    second_.template forward<w.activation_of(1)>(first_.a);
    if constexpr (w.has(2)) third_.template forward<w.output>(second_.a);
  }
  void start_slopes(const float* y, const int* labels) {
    auto& l = last();
    constexpr float share = 1.0f / static_cast<float>(w.batch);
    if constexpr (w.cost == bench::cost::quadratic) {
      l.d = 2 * share * (l.a - batch_out(y, w.outputs(), w.batch));
      pass_activation<w.output>(l.d, l.a);
    } else {
      for (int b = 0; b < w.batch; ++b) {
        auto column = l.d.col(b);
        column = (l.a.col(b).array() - l.a.col(b).maxCoeff()).exp().matrix();
        column *= share / column.sum();
        column[labels[b]] -= share;
      }
    }
  }
  template <class Layer, class Before>
  static void back(const Layer& l, Before& before) {
    before.d.noalias() = l.weights.transpose() * l.d;
    pass_activation<w.hidden>(before.d, before.a);
  }
  template <class Layer, class X>
  void update(Layer& l, const X& x) {
    if constexpr (w.optimiser == bench::optimiser::sgd)
      l.descend(x, w.rate);
    else
      l.adapt(x, {w.rate / (1 - power1_), 1 / (1 - power2_)});
  }

 public:
  EIGEN_MAKE_ALIGNED_OPERATOR_NEW
  void load(const float* p) {
    p = first_.load_from(p);
    p = second_.load_from(p);
    if constexpr (w.has(2)) third_.load_from(p);
    power1_ = power2_ = 1;
  }
  void store(float* p) const {
    p = first_.store_to(p);
    p = second_.store_to(p);
    if constexpr (w.has(2)) third_.store_to(p);
  }
  void step(const float* x, const float* y, const int* labels) {
    const batch_in in(x, w.inputs(), w.batch);
    forward(in);
    start_slopes(y, labels);
    if constexpr (w.has(2)) back(third_, second_);
    back(second_, first_);
    power1_ *= 0.9f;
    power2_ *= 0.999f;
    update(first_, in);
    update(second_, first_.a);
    if constexpr (w.has(2)) update(third_, second_.a);
  }
  void forward(const float* x, float* outputs) {
    forward(batch_in(x, w.inputs(), w.batch));
    std::copy_n(last().a.data(), w.outputs() * w.batch, outputs);
  }
};

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() {
  return "Eigen " TEXT(EIGEN_WORLD_VERSION) "." TEXT(EIGEN_MAJOR_VERSION) "." TEXT(EIGEN_MINOR_VERSION);
}
