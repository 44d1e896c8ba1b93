// ADOL-C: a tape is recorded at the first call; later calls replay it forward and in reverse.
#include <adolc/adolc.h>

#include <algorithm>

#include "../programs.hpp"
#include "../workloads.hpp"

namespace {

/// Data are variables too, whose derivatives nobody reads: a tape holds constants as they were when it was
/// recorded.
template <short Tape, int N, int Data, int Values, class Program>
void replay(const double* in, const double* data, double* out, Program program) {
  double all[N + Data];
  std::copy_n(in, N, all);
  std::copy_n(data, Data, all + N);
  static const bool recorded = [&] {
    trace_on(Tape);
    adouble variables[N + Data], results[Values];
    for (int i = 0; i < N + Data; ++i) variables[i] <<= all[i];
    program(variables, variables + N, results);
    double ignored;
    for (int v = 0; v < Values; ++v) results[v] >>= ignored;
    trace_off();
    return true;
  }();
  (void)recorded;
  double slopes[Values][N + Data], values[Values];
  if constexpr (Values == 1) {
    zos_forward(Tape, 1, N + Data, 1, all, values);
    const double seed = 1;
    fos_reverse(Tape, 1, N + Data, const_cast<double*>(&seed), slopes[0]);
  } else {
    double* rows[Values];
    for (int v = 0; v < Values; ++v) rows[v] = slopes[v];
    ::function(Tape, Values, N + Data, all, values);
    ::jacobian(Tape, Values, N + Data, all, rows);
  }
  std::copy_n(values, Values, out);
  for (int v = 0; v < Values; ++v) std::copy_n(slopes[v], N, out + Values + v * N);
}

void run_reprojection(const double* in, const double* data, double* out) {
  replay<1, 12, 2, 2>(in, data, out, [](const adouble* p, const adouble* observed, adouble* results) {
    constexpr double origin[2]{};
    bench::reprojection(p, origin, results);
    for (int v = 0; v < 2; ++v) results[v] -= observed[v];
  });
}
void run_product(const double* in, const double* data, double* out) {
  replay<2, 100, 0, 1>(in, data, out, [](const adouble* x, const adouble*, adouble* results) {
    results[0] = bench::product(x, 100);
  });
}
void run_log_sum_exp(const double* in, const double* data, double* out) {
  replay<3, 100, 0, 1>(in, data, out, [](const adouble* x, const adouble*, adouble* results) {
    results[0] = bench::log_sum_exp(x, 100);
  });
}
void run_neurons(const double* in, const double* data, double* out) {
  replay<4, 6, 2, 1>(in, data, out, [](const adouble* p, const adouble* d, adouble* results) {
    results[0] = bench::neurons(p, d);
  });
}
template <int H>
void run_network(const double* in, const double* data, double* out) {
  replay<4 + H, H * H + 9 * H + 3, 7, 1>(in, data, out,
                                         [](const adouble* p, const adouble* d, adouble* results) {
                                           results[0] = bench::network_cost<H>(p, d);
                                         });
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
const char* contestant_version() { return "ADOL-C"; }
