// Derivatives worked out on paper, as scalar code.
#include <cmath>

#include "../workloads.hpp"

namespace {

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

struct vec {
  double x, y, z;
};
vec cross(vec a, vec b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
double dot(vec a, vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
vec sum(double s, vec a, double t, vec b, double u, vec c) {
  return {s * a.x + t * b.x + u * c.x, s * a.y + t * b.y + u * c.y, s * a.z + t * b.z + u * c.z};
}
void put(double* to, vec a) { to[0] = a.x, to[1] = a.y, to[2] = a.z; }

// q = c X + s (r × X) + k r + t with c = cos θ, s = sin θ / θ, m = (1 - cos θ) / θ², k = m r·X. The row of a
// result whose slope by q is g follows from g·q: by X it is c g + s (g × r) + m (g·r) r, by r the terms of c,
// s, m's own slopes along r.
void reprojection(const double* __restrict p, const double* __restrict observed, double* __restrict out) {
  const vec r{p[0], p[1], p[2]}, t{p[3], p[4], p[5]}, X{p[9], p[10], p[11]};
  const double angle2 = dot(r, r), angle = std::sqrt(angle2), inverse2 = 1 / angle2;
  const double c = std::cos(angle), s = std::sin(angle) * (angle * inverse2), m = (1 - c) * inverse2;
  const double rX = dot(r, X), k = m * rX;
  const vec rxX = cross(r, X);
  const vec q{c * X.x + s * rxX.x + k * r.x + t.x, c * X.y + s * rxX.y + k * r.y + t.y,
              c * X.z + s * rxX.z + k * r.z + t.z};
  const double depth = -1 / q.z, u = q.x * depth, v = q.y * depth, radius2 = u * u + v * v;
  const double bent = 1 + radius2 * (p[7] + p[8] * radius2), scale = p[6] * bent;
  const double slope2 = 2 * p[6] * (p[7] + 2 * p[8] * radius2);  // of scale by radius2, doubled
  out[0] = scale * u - observed[0];
  out[1] = scale * v - observed[1];

  const double uu = scale + slope2 * u * u, uv = slope2 * u * v, vv = scale + slope2 * v * v;
  const double slope_s = (c - s) * inverse2, slope_m = (s - 2 * m) * inverse2;  // over θ, times θ
  const auto row = [&](double by_u, double by_v, double at, double* to) {
    const vec g{by_u * depth, by_v * depth, (by_u * u + by_v * v) * depth};
    const double gX = dot(g, X), gr = dot(g, r), g_cross = dot(g, rxX);
    const double along = -s * gX + slope_s * g_cross + slope_m * rX * gr;
    const vec Xxg = cross(X, g), gxr = cross(g, r);
    put(to,
        {along * r.x + s * Xxg.x + k * g.x + m * gr * X.x, along * r.y + s * Xxg.y + k * g.y + m * gr * X.y,
         along * r.z + s * Xxg.z + k * g.z + m * gr * X.z});
    put(to + 3, g);
    to[6] = bent * at;
    to[7] = p[6] * radius2 * at;
    to[8] = p[6] * radius2 * radius2 * at;
    put(to + 9, sum(c, g, s, gxr, m * gr, r));
  };
  row(uu, uv, u, out + 2);
  row(uv, vv, v, out + 14);
}

/// What stands before x[i], times what stands behind it: right also where a factor is 0.
void product(const double* __restrict x, const double*, double* __restrict out) {
  constexpr int n = 100;
  double* slope = out + 1;
  double before = 1;
  for (int i = 0; i < n; ++i) {
    slope[i] = before;
    before *= x[i];
  }
  double behind = 1;
  for (int i = n - 1; i >= 0; --i) {
    slope[i] *= behind;
    behind *= x[i];
  }
  out[0] = before;
}

void log_sum_exp(const double* __restrict x, const double*, double* __restrict out) {
  constexpr int n = 100;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    out[1 + i] = std::exp(x[i]);
    sum += out[1 + i];
  }
  out[0] = std::log(sum);
  const double inverse = 1 / sum;
  for (int i = 0; i < n; ++i) out[1 + i] *= inverse;
}

void neurons(const double* __restrict p, const double* __restrict data, double* __restrict out) {
  const double a1 = sigmoid(p[0] * data[0] + p[1]), a2 = sigmoid(p[2] * a1 + p[3]),
               a3 = sigmoid(p[4] * a2 + p[5]);
  const double error = a3 - data[1];
  const double d3 = 2 * error * a3 * (1 - a3), d2 = d3 * p[4] * a2 * (1 - a2), d1 = d2 * p[2] * a1 * (1 - a1);
  out[0] = error * error;
  out[1] = d1 * data[0], out[2] = d1;
  out[3] = d2 * a1, out[4] = d2;
  out[5] = d3 * a2, out[6] = d3;
}

/// One layer forward, and the parameters' slopes with what goes to the layer before.
template <int N, int M>
void forward(const double* __restrict p, const double* __restrict in, double* __restrict a) {
  for (int j = 0; j < M; ++j) {
    double z = p[N * M + j];
    for (int i = 0; i < N; ++i) z += p[j * N + i] * in[i];
    a[j] = sigmoid(z);
  }
}
template <int N, int M>
void backward(const double* __restrict p, const double* __restrict in, const double* __restrict d,
              double* __restrict slope, double* __restrict before) {
  for (int i = 0; i < N && before; ++i) before[i] = 0;
  for (int j = 0; j < M; ++j) {
    slope[N * M + j] = d[j];
    for (int i = 0; i < N; ++i) slope[j * N + i] = d[j] * in[i];
    for (int i = 0; i < N && before; ++i) before[i] += d[j] * p[j * N + i];
  }
  for (int i = 0; i < N && before; ++i) before[i] *= in[i] * (1 - in[i]);
}
template <int H>
void network(const double* __restrict p, const double* __restrict data, double* __restrict out) {
  constexpr int first = 5 * H, second = (H + 1) * H;
  double a1[H], a2[H], a3[3], d3[3], d2[H], d1[H], cost = 0;
  forward<4, H>(p, data, a1);
  forward<H, H>(p + first, a1, a2);
  forward<H, 3>(p + first + second, a2, a3);
  for (int j = 0; j < 3; ++j) {
    const double error = a3[j] - data[4 + j];
    cost += error * error;
    d3[j] = 2 * error * a3[j] * (1 - a3[j]);
  }
  out[0] = cost;
  backward<H, 3>(p + first + second, a2, d3, out + 1 + first + second, d2);
  backward<H, H>(p + first, a1, d2, out + 1 + first, d1);
  backward<4, H>(p, data, d1, out + 1, nullptr);
}

}  // namespace

const contestant_row* contestant_rows() {
  static constexpr contestant_row rows[] = {
      bench::program_row("w1", reprojection),
      bench::program_row("w2p", product),
      bench::program_row("w2l", log_sum_exp),
      bench::program_row("w3", neurons),
      bench::program_row("w4", network<8>),
      bench::program_row("w4d", network<16>),
      contestant_row{},
  };
  return rows;
}
const char* contestant_version() { return ""; }
