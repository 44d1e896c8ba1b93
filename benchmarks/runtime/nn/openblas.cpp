// The matrix products by OpenBLAS, the rest by hand.
#include <cblas.h>

#include "by_hand.hpp"

namespace {

struct blas {
  template <class Layer>
  static void forward(Layer& l, const float* x) {
    for (int b = 0; b < l.batch; ++b) std::copy_n(l.biases, l.outputs, l.activations + b * l.outputs);
    if constexpr (Layer::batch == 1)
      cblas_sgemv(CblasRowMajor, CblasNoTrans, l.outputs, l.inputs, 1, l.weights, l.inputs, x, 1, 1,
                  l.activations, 1);
    else
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, l.batch, l.outputs, l.inputs, 1, x, l.inputs,
                  l.weights, l.inputs, 1, l.activations, l.outputs);
  }
  template <class Layer>
  static void backward(const Layer& l, float* dx) {
    if constexpr (Layer::batch == 1)
      cblas_sgemv(CblasRowMajor, CblasTrans, l.outputs, l.inputs, 1, l.weights, l.inputs, l.slopes, 1, 0, dx,
                  1);
    else
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, l.batch, l.inputs, l.outputs, 1, l.slopes,
                  l.outputs, l.weights, l.inputs, 0, dx, l.inputs);
  }
  template <class Layer>
  static void gradient(const Layer& l, const float* x, float* dW, float* db) {
    std::fill_n(dW, l.outputs * l.inputs, 0.0f);
    std::fill_n(db, l.outputs, 0.0f);
    add(l, x, 1, dW, db);
  }
  template <class Layer>
  static void descend(Layer& l, const float* x, float rate) {
    add(l, x, -rate, l.weights, l.biases);
  }

 private:
  template <class Layer>
  static void add(const Layer& l, const float* x, float factor, float* W, float* b) {
    if constexpr (Layer::batch == 1)
      cblas_sger(CblasRowMajor, l.outputs, l.inputs, factor, l.slopes, 1, x, 1, W, l.inputs);
    else
      cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, l.outputs, l.inputs, l.batch, factor, l.slopes,
                  l.outputs, x, l.inputs, 1, W, l.inputs);
    for (int e = 0; e < l.batch; ++e)
      for (int j = 0; j < l.outputs; ++j) b[j] += factor * l.slopes[e * l.outputs + j];
  }
};

template <std::size_t I>
using network = bench::by_hand::network<blas, I>;

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() { return openblas_get_config(); }
