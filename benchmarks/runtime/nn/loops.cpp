// Plain loops with constant bounds: what a careful textbook prints, and the compiler vectorises.
#include "by_hand.hpp"

namespace {

struct loops {
  template <class Layer>
  static void forward(Layer& l, const float* __restrict x) {
    for (int b = 0; b < l.batch; ++b)
      for (int j = 0; j < l.outputs; ++j) {
        float z = l.biases[j];
        for (int i = 0; i < l.inputs; ++i) z += l.weights[j * l.inputs + i] * x[b * l.inputs + i];
        l.activations[b * l.outputs + j] = z;
      }
  }
  template <class Layer>
  static void backward(const Layer& l, float* __restrict dx) {
    for (int b = 0; b < l.batch; ++b) {
      float* row = dx + b * l.inputs;
      for (int i = 0; i < l.inputs; ++i) row[i] = 0;
      for (int j = 0; j < l.outputs; ++j)
        for (int i = 0; i < l.inputs; ++i)
          row[i] += l.slopes[b * l.outputs + j] * l.weights[j * l.inputs + i];
    }
  }
  template <class Layer>
  static void gradient(const Layer& l, const float* __restrict x, float* __restrict dW,
                       float* __restrict db) {
    for (int j = 0; j < l.outputs; ++j) {
      float* row = dW + j * l.inputs;
      db[j] = 0;
      for (int i = 0; i < l.inputs; ++i) row[i] = 0;
      for (int b = 0; b < l.batch; ++b) {
        const float d = l.slopes[b * l.outputs + j];
        db[j] += d;
        for (int i = 0; i < l.inputs; ++i) row[i] += d * x[b * l.inputs + i];
      }
    }
  }
  template <class Layer>
  static void descend(Layer& l, const float* __restrict x, float rate) {
    for (int j = 0; j < l.outputs; ++j) {
      float* __restrict row = l.weights + j * l.inputs;
      for (int b = 0; b < l.batch; ++b) {
        const float d = rate * l.slopes[b * l.outputs + j];
        l.biases[j] -= d;
        for (int i = 0; i < l.inputs; ++i) row[i] -= d * x[b * l.inputs + i];
      }
    }
  }
};

template <std::size_t I>
using network = bench::by_hand::network<loops, I>;

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() { return ""; }
