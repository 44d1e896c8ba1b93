// Ceres' dual numbers: one pass, every number carries its derivatives.
#include <ceres/jet.h>
#include <ceres/version.h>

#include "../programs.hpp"
#include "../workloads.hpp"

namespace {

/// program(variables, results) on numbers that carry N derivatives.
template <int N, int Values, class Program>
void differentiate(const double* in, double* out, Program program) {
  using number = ceres::Jet<double, N>;
  static thread_local number variables[N];  // of the largest workload, 1.3 MB
  for (int i = 0; i < N; ++i) variables[i] = number(in[i], i);
  number results[Values];
  program(variables, results);
  for (int v = 0; v < Values; ++v) {
    out[v] = results[v].a;
    for (int i = 0; i < N; ++i) out[Values + v * N + i] = results[v].v[i];
  }
}

void run_reprojection(const double* in, const double* data, double* out) {
  differentiate<12, 2>(in, out, [&](const auto* p, auto* results) { bench::reprojection(p, data, results); });
}
void run_product(const double* in, const double*, double* out) {
  differentiate<100, 1>(in, out, [](const auto* x, auto* results) { results[0] = bench::product(x, 100); });
}
void run_log_sum_exp(const double* in, const double*, double* out) {
  differentiate<100, 1>(in, out,
                        [](const auto* x, auto* results) { results[0] = bench::log_sum_exp(x, 100); });
}
void run_neurons(const double* in, const double* data, double* out) {
  differentiate<6, 1>(in, out, [&](const auto* p, auto* results) { results[0] = bench::neurons(p, data); });
}
template <int H>
void run_network(const double* in, const double* data, double* out) {
  differentiate<H * H + 9 * H + 3, 1>(
      in, out, [&](const auto* p, auto* results) { results[0] = bench::network_cost<H>(p, data); });
}

}  // namespace

const contestant_row* contestant_rows() {
  static constexpr contestant_row rows[] = {
      bench::program_row("w1", run_reprojection),
      bench::program_row("w2p", run_product),
      bench::program_row("w2l", run_log_sum_exp),
      bench::program_row("w3", run_neurons),
      bench::program_row("w4", run_network<8>),
      bench::program_row("w4d", run_network<16>),
      contestant_row{},
  };
  return rows;
}
const char* contestant_version() { return "Ceres " CERES_VERSION_STRING; }
