// Functions in lanes against others': the worst error and the time of Leibniz', libmvec's, SLEEF's and xsimd's, in one process,
// one after the other for every block of arguments. Run by measure.py.
//   measure STRIDE [FUNCTION ...]: every STRIDE-th float (1: all of them), and random doubles
#include <immintrin.h>
#include <sleef.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <leibniz/core/math.hpp>
#include <random>
#include <type_traits>
#include <xsimd/xsimd.hpp>

#include "../../tests/support/ulps.hpp"

namespace lz = leibniz;

constexpr int block = 4096;
template <class T>
using runner = void (*)(const T* x, const T* y, T* out);
template <class T>
struct contestant {
  const char* name;
  runner<T> run;
  double error = 0, time = 1e9;
};

// Each as a loop over a block, and no way to do less.
template <class T, auto F>
[[gnu::noinline]] void ours(const T* x, const T* y, T* out) {
  constexpr int n = lz::native_lanes<T>;
  using V = lz::lanes<T, n>;
  for (int i = 0; i < block; i += n) F(V::load(x + i), V::load(y + i)).store(out + i);
}
template <class T, auto F>
[[gnu::noinline]] void xsimds(const T* x, const T* y, T* out) {
  using B = xsimd::batch<T>;
  for (int i = 0; i < block; i += static_cast<int>(B::size)) F(B::load_unaligned(x + i), B::load_unaligned(y + i)).store_unaligned(out + i);
}
template <auto F>
[[gnu::noinline]] void registers(const float* x, const float* y, float* out) {
  for (int i = 0; i < block; i += 16) _mm512_storeu_ps(out + i, F(_mm512_loadu_ps(x + i), _mm512_loadu_ps(y + i)));
}
template <auto F>
[[gnu::noinline]] void registers(const double* x, const double* y, double* out) {
  for (int i = 0; i < block; i += 8) _mm512_storeu_pd(out + i, F(_mm512_loadu_pd(x + i), _mm512_loadu_pd(y + i)));
}

extern "C" {
#define VECTOR(name)                  \
  __m512 _ZGVeN16v_##name##f(__m512); \
  __m512d _ZGVeN8v_##name(__m512d);
VECTOR(exp) VECTOR(exp2) VECTOR(expm1) VECTOR(log) VECTOR(tanh) VECTOR(erf) VECTOR(sin) VECTOR(cos)
VECTOR(erfc) VECTOR(log1p) VECTOR(log2) VECTOR(log10) VECTOR(sinh) VECTOR(cosh) VECTOR(atan)
__m512 _ZGVeN16vv_powf(__m512, __m512);
__m512d _ZGVeN8vv_pow(__m512d, __m512d);
}

/// The largest error of a block; `ulps` written for speed, unless there is anything special in the block.
[[gnu::noinline]] double worst(const double* exact, const float* out) {
  constexpr int n = 16;
  double largest[n] = {};
  std::uint32_t special[n] = {};
  for (int i = 0; i < block; i += n)
    for (int k = 0; k < n; ++k) {
      const float want = static_cast<float>(exact[i + k]);
      std::uint32_t bits = 0, out_bits = 0;
      std::memcpy(&bits, &want, sizeof bits);
      std::memcpy(&out_bits, out + i + k, sizeof bits);
      const std::uint32_t exponent = bits >> 23 & 255, least = exponent < 1 ? 1 : exponent;
      const std::uint64_t inverse = static_cast<std::uint64_t>(1023 + 150 - least) << 52;
      double scale = 0;
      std::memcpy(&scale, &inverse, sizeof scale);
      const double error = std::fabs(static_cast<double>(out[i + k]) - exact[i + k]) * scale;
      largest[k] = error > largest[k] ? error : largest[k];
      special[k] |= (exponent == 255) | ((out_bits >> 23 & 255) == 255) | ((bits << 1) == 0) | ((out_bits << 1) == 0);
    }
  double result = 0;
  bool any = false;
  for (int k = 0; k < n; ++k) {
    result = std::fmax(result, largest[k]);
    any = any || special[k] != 0;
  }
  if (!any) return result;
  result = 0;
  for (int i = 0; i < block; ++i) result = std::fmax(result, ulps(out[i], exact[i]));
  return result;
}

template <class T>
double seconds_of(const contestant<T>& c, const T* x, const T* y, T* out) {
  const auto start = std::chrono::steady_clock::now();
  c.run(x, y, out);
  asm volatile("" : : "r"(out) : "memory");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <class T, int N>
void report(const char* function, contestant<T> (&all)[N]) {
  for (const auto& c : all)
    std::printf("%s %s %s %.3f %.2f\n", function, sizeof(T) == 4 ? "float" : "double", c.name, c.error, c.time * 1e9 * 64 / sizeof(T) / block);
  std::fflush(stdout);
}

template <class T, int N>
void time_all(contestant<T> (&all)[N], double low, double high, double exponent) {
  static T x[block], y[block], out[block];
  std::mt19937 random(5);
  for (int i = 0; i < block; ++i) {
    x[i] = static_cast<T>(low + (high - low) * random() / 4294967296.0);
    y[i] = static_cast<T>(exponent * random() / 4294967296.0);
  }
  for (int round = 0; round < 400; ++round)
    for (auto& c : all)
      c.time = std::fmin(c.time, seconds_of(c, x, y, out));
}

template <int N, int M>
void unary(const char* name, contestant<float> (&floats)[N], contestant<double> (&doubles)[M], double (*exact)(double),
           long double (*long_exact)(long double), double low, double high, std::uint64_t stride) {
  time_all(floats, low, high, 0);
  time_all(doubles, low, high, 0);
  static float x[block], out[block];
  static double want[block];
  std::uint64_t bits = 0, blocks = 0;
  while (bits < (std::uint64_t{1} << 32)) {
    for (int i = 0; i < block; ++i, bits += stride) {
      const auto word = static_cast<std::uint32_t>(bits);
      std::memcpy(x + i, &word, sizeof word);
      want[i] = exact(static_cast<double>(x[i]));
    }
    for (auto& c : floats)
      if (&c == floats || blocks % 16 == 0) {  // the opponents only on a part of them, which flatters them
        c.run(x, x, out);
        c.error = std::fmax(c.error, worst(want, out));
      }
    if (++blocks % 4096 == 0) std::fprintf(stderr, "\r%s %3d%%", name, static_cast<int>(bits * 100 >> 32));
  }
  report(name, floats);
  static double wide[block], wide_out[block];
  std::mt19937_64 random(1);
  for (int round = 0; round < 1000; ++round) {
    for (int i = 0; i < block; ++i) {
      const std::uint64_t word = random();
      if (i % 3 == 0) std::memcpy(wide + i, &word, sizeof word);
      else wide[i] = std::ldexp(static_cast<double>(static_cast<std::int64_t>(word)), -63) * (i % 3 == 1 ? 2 : i % 2 != 0 ? 40 : 750);
    }
    static long double long_want[block];
    for (int i = 0; i < block; ++i) long_want[i] = long_exact(wide[i]);
    for (auto& c : doubles) {
      c.run(wide, wide, wide_out);
      for (int i = 0; i < block; ++i) c.error = std::fmax(c.error, ulps(wide_out[i], long_want[i]));
    }
    if (round % 64 == 0) std::fprintf(stderr, "\r%s, double %3d%%", name, round / 10);
  }
  std::fprintf(stderr, "\r                                \r");
  report(name, doubles);
}

/// Powers of positive numbers, the results of all sizes.
template <class T, int N>
void powers(contestant<T> (&all)[N]) {
  time_all(all, 0.1, 9, 3);
  static T x[block], y[block], out[block];
  std::mt19937_64 random(3);
  const auto fraction = [&random] { return std::ldexp(static_cast<double>(random()), -64); };
  using limits = std::numeric_limits<T>;
  const double largest = limits::max_exponent, least = limits::min_exponent - limits::digits - 1;
  for (int round = 0; round < 2500; ++round) {
    for (int i = 0; i < block; ++i) {
      const double base = i % 4 == 0 ? std::exp2((2 * fraction() - 1) * (largest - 1)) : i % 4 == 1 ? 1 + (fraction() - 0.5) * 1e-4 : 4 * fraction();
      x[i] = static_cast<T>(base);
      const double logarithm = std::log2(static_cast<double>(x[i])), result = least + (largest - least) * fraction();
      y[i] = std::fabs(logarithm) > 1e-12 ? static_cast<T>(result / logarithm) : T(1);
    }
    static long double want[block];
    for (int i = 0; i < block; ++i) want[i] = std::pow(static_cast<long double>(x[i]), static_cast<long double>(y[i]));
    for (auto& c : all) {
      c.run(x, y, out);
      for (int i = 0; i < block; ++i) c.error = std::fmax(c.error, ulps(out[i], want[i]));
    }
  }
  report("pow", all);
}

#define OURS(T, f) {"leibniz", ours<T, [](auto x, auto) { return lz::math::f(x); }>}
#define XSIMD(T, f) {"xsimd", xsimds<T, [](auto x, auto) { return xsimd::f(x); }>}
#define MEASURE(name, low, high)                                                                                               \
  if (wanted(#name)) {                                                                                                         \
    contestant<float> floats[] = {OURS(float, name),                                                                           \
                                  {"libmvec", registers<[](__m512 x, __m512) { return _ZGVeN16v_##name##f(x); }>},             \
                                  {"sleef", registers<[](__m512 x, __m512) { return Sleef_##name##f16_u10avx512f(x); }>},      \
                                  XSIMD(float, name)};                                                                         \
    contestant<double> doubles[] = {OURS(double, name),                                                                        \
                                    {"libmvec", registers<[](__m512d x, __m512d) { return _ZGVeN8v_##name(x); }>},             \
                                    {"sleef", registers<[](__m512d x, __m512d) { return Sleef_##name##d8_u10avx512f(x); }>},   \
                                    XSIMD(double, name)};                                                                      \
    unary(#name, floats, doubles, ::name, ::name##l, low, high, stride);                                                             \
  }
#define MEASURE_OURS(name, exact, long_exact, low, high)                            \
  if (wanted(#name)) {                                                              \
    contestant<float> floats[] = {OURS(float, name)};                               \
    contestant<double> doubles[] = {OURS(double, name)};                            \
    unary(#name, floats, doubles, exact, long_exact, low, high, stride);            \
  }

template <class E>
E logistic(E x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
template <class E>
E log_of_one_and_exp(E x) { return (x > 0 || x != x ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }

int main(int count, char** arguments) {
  const std::uint64_t stride = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
  const auto wanted = [&](const char* name) {
    for (int i = 2; i < count; ++i)
      if (std::strcmp(arguments[i], name) == 0) return true;
    return count <= 2;
  };
  MEASURE(exp, -10, 10)
  MEASURE(exp2, -10, 10)
  MEASURE(expm1, -3, 3)
  MEASURE(log, 0.1, 10)
  MEASURE(tanh, -5, 5)
  MEASURE_OURS(sigmoid, logistic<double>, logistic<long double>, -10, 10)
  MEASURE_OURS(softplus, log_of_one_and_exp<double>, log_of_one_and_exp<long double>, -10, 10)
  MEASURE(erf, -3, 3)
  MEASURE(sin, -10, 10)
  MEASURE(cos, -10, 10)
  MEASURE(log1p, -0.9, 10)
  MEASURE(log2, 0.1, 10)
  MEASURE(log10, 0.1, 10)
  MEASURE(sinh, -5, 5)
  MEASURE(cosh, -5, 5)
  MEASURE(atan, -5, 5)
  if (wanted("pow")) {
    contestant<float> floats[] = {{"leibniz", ours<float, [](auto x, auto y) { return lz::math::pow(x, y); }>},
                                  {"libmvec", registers<[](__m512 x, __m512 y) { return _ZGVeN16vv_powf(x, y); }>},
                                  {"sleef", registers<[](__m512 x, __m512 y) { return Sleef_powf16_u10avx512f(x, y); }>},
                                  {"xsimd", xsimds<float, [](auto x, auto y) { return xsimd::pow(x, y); }>}};
    contestant<double> doubles[] = {{"leibniz", ours<double, [](auto x, auto y) { return lz::math::pow(x, y); }>},
                                    {"libmvec", registers<[](__m512d x, __m512d y) { return _ZGVeN8vv_pow(x, y); }>},
                                    {"sleef", registers<[](__m512d x, __m512d y) { return Sleef_powd8_u10avx512f(x, y); }>},
                                    {"xsimd", xsimds<double, [](auto x, auto y) { return xsimd::pow(x, y); }>}};
    powers(floats);
    powers(doubles);
  }
}
