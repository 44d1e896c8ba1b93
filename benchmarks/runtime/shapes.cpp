// Products of shapes that nobody tuned for: this file is compiled with SHAPES, the name of a list of
// SHAPE(batch, inputs, outputs), many times over, since every shape is a type of its own (shapes.py). Prints,
// for each of them, batch,inputs,outputs,error,ns of Leibniz,ns of plain loops; the error as a multiple of
// what rounding explains.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <leibniz/leibniz.hpp>
#include <span>
#include <vector>

namespace lz = leibniz;

namespace {

struct shape {
  int batch, inputs, outputs;
  void (*product)(const float* x, const float* w, float* z);
  void (*loops)(const float* x, const float* w, float* z);
};

template <std::size_t B, std::size_t N, std::size_t M>
void product(const float* x, const float* w, float* z) {
  constexpr auto X = lz::variable<"X", B, N>;
  constexpr auto W = lz::variable<"W", N, M>;
  constexpr auto f = lz::function(lz::inputs(X, W), lz::outputs(X * W));
  f.into(std::span<float, B * M>(z, B * M))(std::span<const float, B * N>(x, B * N),
                                            std::span<const float, N * M>(w, N * M));
}

/// In the order that vectorises without reordering a sum.
template <std::size_t B, std::size_t N, std::size_t M>
void loops(const float* __restrict x, const float* __restrict w, float* __restrict z) {
  for (std::size_t b = 0; b < B; ++b) {
    for (std::size_t j = 0; j < M; ++j) z[b * M + j] = 0;
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < M; ++j) z[b * M + j] += x[b * N + i] * w[i * M + j];
  }
}

#define SHAPE(B, N, M) {B, N, M, product<B, N, M>, loops<B, N, M>},
const shape shapes[] = {
#include SHAPES
};
#undef SHAPE

double now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

}  // namespace

int main() {
  for (const shape& s : shapes) {
    const auto size = [](int a, int b) { return static_cast<std::size_t>(a) * static_cast<std::size_t>(b); };
    // One behind the other, each from the beginning of a line of the cache: where memory lies must not be chance.
    const auto lines = [](std::size_t count) { return (count + 15) / 16 * 16; };
    const std::size_t x_size = size(s.batch, s.inputs), w_size = size(s.inputs, s.outputs), z_size = size(s.batch, s.outputs);
    const auto all = static_cast<float*>(std::aligned_alloc(4096, (lines(x_size) + lines(w_size) + z_size) * sizeof(float) / 4096 * 4096 + 4096));
    const std::span<float> x(all, x_size), w(all + lines(x_size), w_size), z(all + lines(x_size) + lines(w_size), z_size);
    unsigned state = 1;
    const auto fill = [&](std::span<float> v) {
      for (float& value : v)
        value = static_cast<float>((state = state * 1664525u + 1013904223u) >> 8) * 0x1p-23f - 1;
    };
    fill(x), fill(w);
    s.product(x.data(), w.data(), z.data());
    double error = 0;
    for (std::size_t b = 0; b < static_cast<std::size_t>(s.batch); ++b)
      for (std::size_t j = 0; j < static_cast<std::size_t>(s.outputs); ++j) {
        double sum = 0, size_of = 0;
        const auto n = static_cast<std::size_t>(s.inputs), m = static_cast<std::size_t>(s.outputs);
        for (std::size_t i = 0; i < n; ++i) {
          const double term = static_cast<double>(x[b * n + i]) * static_cast<double>(w[i * m + j]);
          sum += term;
          size_of += std::fabs(term);
        }
        const double allowed = 6e-8 * static_cast<double>(n + 2) * size_of + 1e-30;
        error = std::max(error, std::fabs(static_cast<double>(z[b * m + j]) - sum) / allowed);
      }

    std::vector<double> times[2];
    const auto timed = [&](int which, long count) {
      const auto f = which == 0 ? s.product : s.loops;
      const double start = now();
      for (long i = 0; i < count; ++i) f(x.data(), w.data(), z.data());
      return (now() - start) / static_cast<double>(count);
    };
    const double operations = static_cast<double>(s.batch) * s.inputs * s.outputs;
    for (int which = 0; which < 2; ++which) timed(which, 3);
    const long count = std::clamp(static_cast<long>(4e6 / operations), 1L, 20000L);
    for (int turn = 0; turn < 7; ++turn)
      for (int which = 0; which < 2; ++which) times[which].push_back(timed(which, count));
    for (auto& some : times) std::sort(some.begin(), some.end());
    std::printf("%d,%d,%d,%.3g,%.4g,%.4g\n", s.batch, s.inputs, s.outputs, error, times[0][3], times[1][3]);
    std::free(all);
  }
}
