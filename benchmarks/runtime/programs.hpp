#pragma once
#include <cmath>

// The programs of scalars, written once for every kind of number: for operator overloading, and for the
// reference, which differentiates them numerically in long double.

namespace bench {

/// Reprojection error of a camera with two radial distortions (Snavely's model, as in Bundle Adjustment in
/// the Large): p = rotation as an axis times its angle (3), translation (3), focal length, distortions (2),
/// point (3). The angle is not 0.
template <class T>
void reprojection(const T* p, const double* observed, T* residual) {
  using std::cos;
  using std::sin;
  using std::sqrt;
  const T *r = p, *t = p + 3, *point = p + 9;
  const T angle2 = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
  const T angle = sqrt(angle2);
  const T cosine = cos(angle);
  const T along_cross = sin(angle) / angle;
  const T along_axis = (1.0 - cosine) / angle2 * (r[0] * point[0] + r[1] * point[1] + r[2] * point[2]);
  T q[3];
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    q[i] = cosine * point[i] + along_cross * (r[j] * point[k] - r[k] * point[j]) + along_axis * r[i] + t[i];
  }
  const T u = -q[0] / q[2], v = -q[1] / q[2];
  const T radius2 = u * u + v * v;
  const T scale = p[6] * (1.0 + radius2 * (p[7] + p[8] * radius2));
  residual[0] = scale * u - observed[0];
  residual[1] = scale * v - observed[1];
}

template <class T>
T product(const T* x, int n) {
  T result = x[0];
  for (int i = 1; i < n; ++i) result = result * x[i];
  return result;
}

template <class T>
T log_sum_exp(const T* x, int n) {
  using std::exp;
  using std::log;
  T sum = exp(x[0]);
  for (int i = 1; i < n; ++i) sum = sum + exp(x[i]);
  return log(sum);
}

template <class T>
T logistic(const T& z) {
  using std::exp;
  return 1.0 / (1.0 + exp(-z));
}

/// data = input, target; p = weight and bias of one neuron after the other.
template <class T, class Data>
T neurons(const T* p, const Data* data) {
  const T a1 = logistic<T>(p[0] * data[0] + p[1]);
  const T a2 = logistic<T>(p[2] * a1 + p[3]);
  const T a3 = logistic<T>(p[4] * a2 + p[5]);
  const T error = a3 - data[1];
  return error * error;
}

/// Quadratic cost of a network 4-H-H-3; data = inputs (4), targets (3); p = weights and biases, layer by
/// layer.
template <int H, class T, class Data>
T network_cost(const T* p, const Data* data) {
  T first[H], second[H], cost{};
  const T* biases = p + 4 * H;
  for (int j = 0; j < H; ++j) {
    T z = biases[j];
    for (int i = 0; i < 4; ++i) z = z + p[4 * j + i] * data[i];
    first[j] = logistic<T>(z);
  }
  p = biases + H;
  biases = p + H * H;
  for (int j = 0; j < H; ++j) {
    T z = biases[j];
    for (int i = 0; i < H; ++i) z = z + p[H * j + i] * first[i];
    second[j] = logistic<T>(z);
  }
  p = biases + H;
  biases = p + 3 * H;
  for (int j = 0; j < 3; ++j) {
    T z = biases[j];
    for (int i = 0; i < H; ++i) z = z + p[H * j + i] * second[i];
    const T error = logistic<T>(z) - data[4 + j];
    cost = cost + error * error;
  }
  return cost;
}

}  // namespace bench
