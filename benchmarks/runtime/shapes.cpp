// The products of a layer, of shapes that nobody tuned for: this file is compiled with SHAPES, the name of a list of
// SHAPE(batch, inputs, outputs), many times over, since every shape is a type of its own, and with PRODUCT: 0 for X W, 1 for
// X^T D, 2 for D W^T (shapes.py). Prints, for each of them or for those whose places in the list are the arguments,
// batch,inputs,outputs,error,ns of Leibniz,ns of plain loops; the error as a multiple of what rounding explains.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <leibniz/leibniz.hpp>
#include <span>
#include <vector>

#include "core.hpp"

namespace lz = leibniz;

namespace {

constexpr int transposed = PRODUCT;  // which operand lies transposed in memory, or 0

struct shape {
  int batch, inputs, outputs, rows, terms, columns;
  void (*product)(const float* a, const float* b, float* z);
  void (*loops)(const float* a, const float* b, float* z);
};

constexpr auto product_of(auto a, auto b) {
  if constexpr (transposed == 1) return transpose(a) * b;
  else if constexpr (transposed == 2) return a * transpose(b);
  else return a * b;
}
template <std::size_t R, std::size_t K, std::size_t C>
void product(const float* a, const float* b, float* z) {
  constexpr auto A = lz::variable<"A", transposed == 1 ? K : R, transposed == 1 ? R : K>;
  constexpr auto B = lz::variable<"B", transposed == 2 ? C : K, transposed == 2 ? K : C>;
  constexpr auto f = lz::function(lz::inputs(A, B), lz::outputs(product_of(A, B)));
  f.into(std::span<float, R * C>(z, R * C))(std::span<const float, R * K>(a, R * K), std::span<const float, K * C>(b, K * C));
}

/// Where the numbers of the operands lie.
constexpr std::size_t in_a(std::size_t rows, std::size_t terms, std::size_t r, std::size_t k) { return transposed == 1 ? k * rows + r : r * terms + k; }
constexpr std::size_t in_b(std::size_t terms, std::size_t columns, std::size_t k, std::size_t c) {
  return transposed == 2 ? c * terms + k : k * columns + c;
}
/// In the order that vectorises without reordering a sum; where the second operand is transposed there is none.
template <std::size_t R, std::size_t K, std::size_t C>
void loops(const float* __restrict a, const float* __restrict b, float* __restrict z) {
  for (std::size_t r = 0; r < R; ++r) {
    if constexpr (transposed == 2) {
      for (std::size_t c = 0; c < C; ++c) {
        float sum = 0;
        for (std::size_t k = 0; k < K; ++k) sum += a[in_a(R, K, r, k)] * b[in_b(K, C, k, c)];
        z[r * C + c] = sum;
      }
    } else {
      for (std::size_t c = 0; c < C; ++c) z[r * C + c] = 0;
      for (std::size_t k = 0; k < K; ++k)
        for (std::size_t c = 0; c < C; ++c) z[r * C + c] += a[in_a(R, K, r, k)] * b[in_b(K, C, k, c)];
    }
  }
}

template <std::size_t R, std::size_t K, std::size_t C>
constexpr shape make_shape(int batch, int inputs, int outputs) { return {batch, inputs, outputs, R, K, C, product<R, K, C>, loops<R, K, C>}; }
template <std::size_t B, std::size_t N, std::size_t M>
constexpr shape product_of_layer() {
  if constexpr (PRODUCT == 0) return make_shape<B, N, M>(B, N, M);
  else if constexpr (PRODUCT == 1) return make_shape<N, B, M>(B, N, M);
  else return make_shape<B, M, N>(B, N, M);
}
#define SHAPE(B, N, M) product_of_layer<B, N, M>(),
const shape shapes[] = {
#include SHAPES
};
#undef SHAPE

}  // namespace

int main(int argc, char** argv) {
  std::vector<shape> chosen(std::begin(shapes), std::end(shapes));
  if (argc > 1) chosen.clear();
  for (int i = 1; i < argc; ++i) chosen.push_back(shapes[std::strtoul(argv[i], nullptr, 10)]);
  for (const shape& s : chosen) {
    const auto rows = static_cast<std::size_t>(s.rows), terms = static_cast<std::size_t>(s.terms), columns = static_cast<std::size_t>(s.columns);
    // One behind the other, each from the beginning of a line of the cache: where memory lies must not be chance.
    const auto lines = [](std::size_t count) { return (count + 15) / 16 * 16; };
    const std::size_t a_size = rows * terms, b_size = terms * columns, z_size = rows * columns;
    const auto all = static_cast<float*>(std::aligned_alloc(4096, (lines(a_size) + lines(b_size) + z_size) * sizeof(float) / 4096 * 4096 + 4096));
    const std::span<float> a(all, a_size), b(all + lines(a_size), b_size), z(all + lines(a_size) + lines(b_size), z_size);
    unsigned state = 1;
    const auto fill = [&](std::span<float> v) {
      for (float& value : v)
        value = static_cast<float>((state = state * 1664525u + 1013904223u) >> 8) * 0x1p-23f - 1;
    };
    fill(a), fill(b);
    s.product(a.data(), b.data(), z.data());
    double error = 0;
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        double sum = 0, size_of = 0;
        for (std::size_t k = 0; k < terms; ++k) {
          const double term = static_cast<double>(a[in_a(rows, terms, r, k)]) * static_cast<double>(b[in_b(terms, columns, k, c)]);
          sum += term;
          size_of += std::fabs(term);
        }
        const double allowed = 6e-8 * static_cast<double>(terms + 2) * size_of + 1e-30;
        error = std::max(error, std::fabs(static_cast<double>(z[r * columns + c]) - sum) / allowed);
      }

    const auto timed = [&](int which, long count) {
      const auto f = which == 0 ? s.product : s.loops;
      const double start = core::now();
      for (long i = 0; i < count; ++i) f(a.data(), b.data(), z.data());
      return (core::now() - start) / static_cast<double>(count);
    };
    const double operations = static_cast<double>(rows * terms * columns);
    for (int which = 0; which < 2; ++which) timed(which, 3);
    const long count = std::clamp(static_cast<long>(4e6 / operations), 1L, 20000L);
    const auto times = core::take_turns(2, 7, [&](std::size_t which) { return timed(static_cast<int>(which), count); }).times;
    std::printf("%d,%d,%d,%.3g,%.4g,%.4g\n", s.batch, s.inputs, s.outputs, error, times[0], times[1]);
    std::free(all);
  }
}
