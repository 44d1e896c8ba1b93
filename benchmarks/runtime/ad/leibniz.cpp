// Leibniz: values and derivatives of each program as one function.
#include <leibniz/leibniz.hpp>
#include <span>

#include "../workloads.hpp"

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

template <std::size_t N>
std::span<const double, N> take(const double*& p) {
  const std::span<const double, N> taken(p, N);
  p += N;
  return taken;
}
template <std::size_t N>
std::span<double, N> place(double*& p) {
  const std::span<double, N> taken(p, N);
  p += N;
  return taken;
}

namespace camera {
constexpr auto p = lz::variable<"p", 12>;
constexpr auto observed = lz::variable<"observed", 2>;

template <int I>
constexpr auto at = p(lz::num<I>{});
constexpr auto angle2 = lz::square(at<0>) + lz::square(at<1>) + lz::square(at<2>);
constexpr auto angle = lz::sqrt(angle2);
constexpr auto cosine = lz::cos(angle);
constexpr auto along_cross = lz::sin(angle) / angle;
constexpr auto along_axis = (1_c - cosine) / angle2 * (at<0> * at<9> + at<1> * at<10> + at<2> * at<11>);
template <int I, int J = (I + 1) % 3, int K = (I + 2) % 3>
constexpr auto turned = cosine* at<9 + I> +
                        along_cross*(at<J>* at<9 + K> - at<K> * at<9 + J>)+along_axis* at<I> + at<3 + I>;
constexpr auto u = -turned<0> / turned<2>;
constexpr auto v = -turned<1> / turned<2>;
constexpr auto radius2 = lz::square(u) + lz::square(v);
constexpr auto scale = at<6> * (1_c + radius2 * (at<7> + at<8> * radius2));
constexpr auto first = scale * u - observed(0_c);
constexpr auto second = scale * v - observed(1_c);
constexpr auto f = lz::function(lz::inputs(p, observed),
                                lz::outputs(first, second, lz::diff(first, p), lz::diff(second, p)));

void run(const double* in, const double* data, double* out) {
  double *residual = out, *rows = out + 2;
  auto first_row = place<12>(rows), second_row = place<12>(rows);
  f.into(residual[0], residual[1], first_row, second_row)(take<12>(in), take<2>(data));
}
}  // namespace camera

constexpr auto x = lz::variable<"x", 100>;

#ifndef BENCHMARK_QUICK
void run_product(const double* in, const double*, double* out) {
  constexpr auto f = lz::function(lz::inputs(x), lz::outputs(lz::prod(x), lz::diff(lz::prod(x), x)));
  double* slope = out + 1;
  f.into(out[0], place<100>(slope))(take<100>(in));
}

void run_log_sum_exp(const double* in, const double*, double* out) {
  constexpr auto f =
      lz::function(lz::inputs(x), lz::outputs(lz::logsumexp(x), lz::diff(lz::logsumexp(x), x)));
  double* slope = out + 1;
  f.into(out[0], place<100>(slope))(take<100>(in));
}

#endif

void run_neurons(const double* in, const double* data, double* out) {
  constexpr auto p = lz::variable<"p", 6>;
  constexpr auto a0 = lz::variable<"a0">;
  constexpr auto y = lz::variable<"y">;
  constexpr auto a1 = lz::sigmoid(p(0_c) * a0 + p(1_c));
  constexpr auto a2 = lz::sigmoid(p(2_c) * a1 + p(3_c));
  constexpr auto a3 = lz::sigmoid(p(4_c) * a2 + p(5_c));
  constexpr auto C = lz::square(a3 - y);
  constexpr auto f = lz::function(lz::inputs(p, a0, y), lz::outputs(C, lz::diff(C, p)));
  double* slope = out + 1;
  f.into(out[0], place<6>(slope))(take<6>(in), data[0], data[1]);
}

#ifndef BENCHMARK_QUICK
template <std::size_t H>
void run_network(const double* in, const double* data, double* out) {
  constexpr auto W1 = lz::variable<"W1", H, 4>;
  constexpr auto b1 = lz::variable<"b1", H>;
  constexpr auto W2 = lz::variable<"W2", H, H>;
  constexpr auto b2 = lz::variable<"b2", H>;
  constexpr auto W3 = lz::variable<"W3", 3, H>;
  constexpr auto b3 = lz::variable<"b3", 3>;
  constexpr auto a0 = lz::variable<"a0", 4>;
  constexpr auto y = lz::variable<"y", 3>;
  constexpr auto a1 = lz::sigmoid(W1 * a0 + b1);
  constexpr auto a2 = lz::sigmoid(W2 * a1 + b2);
  constexpr auto a3 = lz::sigmoid(W3 * a2 + b3);
  constexpr auto C = lz::sum(lz::square(a3 - y));
  constexpr auto f = lz::function(lz::inputs(W1, b1, W2, b2, W3, b3, a0, y),
                                  lz::outputs(C, lz::diff(C, W1), lz::diff(C, b1), lz::diff(C, W2),
                                              lz::diff(C, b2), lz::diff(C, W3), lz::diff(C, b3)));
  const double* p = in;
  const auto w1 = take<H * 4>(p);
  const auto c1 = take<H>(p);
  const auto w2 = take<H * H>(p);
  const auto c2 = take<H>(p);
  const auto w3 = take<3 * H>(p);
  const auto c3 = take<3>(p);
  const auto input = take<4>(data);
  const auto target = take<3>(data);
  double* q = out + 1;
  auto dw1 = place<H * 4>(q);
  auto dc1 = place<H>(q);
  auto dw2 = place<H * H>(q);
  auto dc2 = place<H>(q);
  auto dw3 = place<3 * H>(q);
  auto dc3 = place<3>(q);
  f.into(out[0], dw1, dc1, dw2, dc2, dw3, dc3)(w1, c1, w2, c2, w3, c3, input, target);
}
#endif

}  // namespace

const contestant_row* contestant_rows() {
  static constexpr contestant_row rows[] = {
      bench::program_row("w1", camera::run),
      bench::program_row("w3", run_neurons),
#ifndef BENCHMARK_QUICK
      bench::program_row("w2p", run_product),
      bench::program_row("w2l", run_log_sum_exp),
      bench::program_row("w4", run_network<8>),
      bench::program_row("w4d", run_network<16>),
#endif
      contestant_row{},
  };
  return rows;
}
const char* contestant_version() { return ""; }
