// Derivatives worked out on paper, written with Eigen's vectors where the program has vectors.
#include <Eigen/Core>
#include <cmath>

#include "../workloads.hpp"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

namespace {

template <int N>
using column = Eigen::Matrix<double, N, 1>;

void log_sum_exp(const double* x, const double*, double* out) {
  using numbers = Eigen::Array<double, 100, 1>;
  Eigen::Map<numbers> slope(out + 1);
  slope = Eigen::Map<const numbers>(x).exp();
  const double sum = slope.sum();
  out[0] = std::log(sum);
  slope *= 1 / sum;
}

template <int N, int M>
struct layer {
  using matrix = Eigen::Matrix<double, M, N, Eigen::RowMajor>;
  static column<M> forward(const double* p, const column<N>& in) {
    const column<M> z = Eigen::Map<const matrix>(p) * in + Eigen::Map<const column<M>>(p + N * M);
    return (1 + (-z.array()).exp()).inverse().matrix();
  }
  static void slopes(const column<N>& in, const column<M>& d, double* to) {
    Eigen::Map<matrix>{to}.noalias() = d * in.transpose();
    Eigen::Map<column<M>>{to + N* M} = d;
  }
  static column<N> before(const double* p, const column<N>& in, const column<M>& d) {
    return ((Eigen::Map<const matrix>(p).transpose() * d).array() * in.array() * (1 - in.array())).matrix();
  }
};

template <int H>
void network(const double* p, const double* data, double* out) {
  const double *second = p + 5 * H, *third = second + (H + 1) * H;
  double* slope = out + 1;
  const column<4> x = Eigen::Map<const column<4>>(data);
  const column<H> a1 = layer<4, H>::forward(p, x), a2 = layer<H, H>::forward(second, a1);
  const column<3> a3 = layer<H, 3>::forward(third, a2);
  const column<3> error = a3 - Eigen::Map<const column<3>>(data + 4);
  const column<3> d3 = (2 * error.array() * a3.array() * (1 - a3.array())).matrix();
  const column<H> d2 = layer<H, 3>::before(third, a2, d3), d1 = layer<H, H>::before(second, a1, d2);
  out[0] = error.squaredNorm();
  layer<4, H>::slopes(x, d1, slope);
  layer<H, H>::slopes(a1, d2, slope + 5 * H);
  layer<H, 3>::slopes(a2, d3, slope + 5 * H + (H + 1) * H);
}

}  // namespace

const contestant_row* contestant_rows() {
  static constexpr contestant_row rows[] = {
      bench::program_row("w2l", log_sum_exp),
      bench::program_row("w4", network<8>),
      bench::program_row("w4d", network<16>),
      contestant_row{},
  };
  return rows;
}
const char* contestant_version() {
  return "Eigen " TEXT(EIGEN_WORLD_VERSION) "." TEXT(EIGEN_MAJOR_VERSION) "." TEXT(EIGEN_MINOR_VERSION);
}
