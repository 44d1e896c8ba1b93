#pragma once

// What the shared object of a contestant exports: one table, a row for every workload that it can do. The
// process that measures knows nothing else of it, so that the contestants may be built by different compilers
// and with different flags.

extern "C" {

struct contestant_row {
  const char* workload;  // a name from workloads.hpp; null in the row behind the last

  // A network. The parameters are those of one layer after the other: the weights, outputs x inputs, row by
  // row, then the biases. Batches hold one example after the other.
  void* (*create)();
  void (*destroy)(void* network);
  void (*load)(void* network, const float* parameters);  // and the optimiser starts anew
  void (*store)(void* network, float* parameters);
  void (*step)(void* network, const float* x, const float* y, const int* labels);
  void (*forward)(void* network, const float* x, float* outputs);

  // A program of scalars: its values, then their derivatives by the inputs, row by row.
  void (*program)(const double* inputs, const double* data, double* results);
};

[[gnu::visibility("default")]] const contestant_row* contestant_rows();
[[gnu::visibility("default")]] const char* contestant_version();
}

namespace bench {

/// The row of a network: a class with load, store, step and forward.
template <class Network>
constexpr contestant_row network_row(const char* workload) {
  return {workload,
          []() -> void* { return new Network; },
          [](void* network) { delete static_cast<Network*>(network); },
          [](void* network, const float* parameters) { static_cast<Network*>(network)->load(parameters); },
          [](void* network, float* parameters) { static_cast<Network*>(network)->store(parameters); },
          [](void* network, const float* x, const float* y, const int* labels) {
            static_cast<Network*>(network)->step(x, y, labels);
          },
          [](void* network, const float* x, float* outputs) {
            static_cast<Network*>(network)->forward(x, outputs);
          },
          nullptr};
}

/// The row of a program.
constexpr contestant_row program_row(const char* workload,
                                     void (*program)(const double*, const double*, double*)) {
  return {workload, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, program};
}

}  // namespace bench
