#pragma once
#include <cstddef>
#include <utility>

#include "contestant.hpp"

// What is measured, as rows. A new row is measured by every contestant whose networks are made from the rows.

namespace bench {

enum class activation { identity, sigmoid, relu };
enum class cost { quadratic, softmax_cross_entropy };  // both as averages over the batch
enum class optimiser { sgd, adam };

struct network_workload {
  const char* name;
  const char* says;
  int batch;
  int layers;
  int sizes[4];
  activation hidden, output;
  bench::cost cost;
  bench::optimiser optimiser;
  float rate;

  constexpr activation activation_of(int layer) const { return layer + 1 == layers ? output : hidden; }
  constexpr int inputs() const { return sizes[0]; }
  constexpr int outputs() const { return sizes[layers]; }
  constexpr bool has(int layer) const { return layer < layers; }
  /// The size of what goes into a layer; 1 behind the last.
  constexpr int size(int layer) const { return layer <= layers ? sizes[layer] : 1; }
  constexpr int parameters() const {
    int n = 0;
    for (int l = 0; l < layers; ++l) n += (sizes[l] + 1) * sizes[l + 1];
    return n;
  }
  /// Floating-point operations of the matrix products alone, two to a multiplication and addition. A step has
  /// three products to a layer, but nobody needs the slope by the input of the first one.
  constexpr double operations(bool step) const {
    double all = 0;
    for (int l = 0; l < layers; ++l) all += static_cast<double>(sizes[l]) * sizes[l + 1];
    const double first = static_cast<double>(sizes[0]) * sizes[1];
    return 2 * batch * (step ? 3 * all - first : all);
  }
};

inline constexpr network_workload networks[] = {
    {"N1b1",
     "784-16-16-10 sigmoid, batch 1",
     1,
     3,
     {784, 16, 16, 10},
     activation::sigmoid,
     activation::sigmoid,
     cost::quadratic,
     optimiser::sgd,
     0.5f},
    {"N1b32",
     "784-16-16-10 sigmoid, batch 32",
     32,
     3,
     {784, 16, 16, 10},
     activation::sigmoid,
     activation::sigmoid,
     cost::quadratic,
     optimiser::sgd,
     0.5f},
    {"N2",
     "784-30-10 sigmoid, batch 10",
     10,
     2,
     {784, 30, 10, 0},
     activation::sigmoid,
     activation::sigmoid,
     cost::quadratic,
     optimiser::sgd,
     0.5f},
    {"N3",
     "64-32-10 ReLU, Adam, batch 32",
     32,
     2,
     {64, 32, 10, 0},
     activation::relu,
     activation::identity,
     cost::softmax_cross_entropy,
     optimiser::adam,
     0.001f},
    {"N4s",
     "4-8-8-3 sigmoid, batch 1",
     1,
     3,
     {4, 8, 8, 3},
     activation::sigmoid,
     activation::sigmoid,
     cost::quadratic,
     optimiser::sgd,
     0.1f},
    {"N4r",
     "4-8-8-3 ReLU, batch 1",
     1,
     3,
     {4, 8, 8, 3},
     activation::relu,
     activation::identity,
     cost::quadratic,
     optimiser::sgd,
     0.01f},
    {"N5",
     "784-256-128-10 ReLU, batch 64",
     64,
     3,
     {784, 256, 128, 10},
     activation::relu,
     activation::identity,
     cost::softmax_cross_entropy,
     optimiser::sgd,
     0.05f},
};
inline constexpr std::size_t network_count = sizeof networks / sizeof networks[0];

struct program_workload {
  const char* name;
  const char* says;
  int inputs, data, values;

  constexpr int results() const { return values * (1 + inputs); }
};

inline constexpr program_workload programs[] = {
    {"w1", "reprojection error, Jacobian 2 x 12", 12, 2, 2},
    {"w2p", "product of 100, gradient", 100, 0, 1},
    {"w2l", "log-sum-exp of 100, gradient", 100, 0, 1},
    {"w3", "1-1-1-1 sigmoid, 6 parameters", 6, 2, 1},
    {"w4", "4-8-8-3 sigmoid, 139 parameters", 139, 7, 1},
    {"w4d", "4-16-16-3 sigmoid, 403 parameters", 403, 7, 1},
};

/// What --quick measures, and what its build contains.
constexpr bool is_quick(const char* name) {
  return name[0] == 'w' ? name[1] == '1' || name[1] == '3'
                        : name[1] == '3' || (name[1] == '4' && name[2] == 's');
}
#ifdef BENCHMARK_QUICK
inline constexpr bool only_quick = true;
#else
inline constexpr bool only_quick = false;
#endif

/// The rows of a contestant whose Network<I> does workload number I.
template <template <std::size_t> class Network, std::size_t... I>
const contestant_row* rows_of_networks(std::index_sequence<I...>) {
  static constexpr auto row = []<std::size_t J>() {
    if constexpr (only_quick && !is_quick(networks[J].name))
      return contestant_row{"", {}, {}, {}, {}, {}, {}, {}};
    else
      return network_row<Network<J>>(networks[J].name);
  };
  static constexpr contestant_row rows[] = {row.template operator()<I>()..., contestant_row{}};
  return rows;
}
template <template <std::size_t> class Network>
const contestant_row* rows_of_networks() {
  return rows_of_networks<Network>(std::make_index_sequence<network_count>{});
}

}  // namespace bench
