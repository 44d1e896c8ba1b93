// By hand, and seriously: weights as inputs x outputs in padded rows, register tiles with explicit lanes, an
// exponential in lanes, and the update at the end of the tile that sums the gradient.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "../workloads.hpp"

namespace {

#if defined(__AVX512F__)
constexpr int widest = 16, registers = 32;
#elif defined(__AVX__)
constexpr int widest = 8, registers = 16;
#elif defined(__aarch64__)
constexpr int widest = 4, registers = 32;
#else
constexpr int widest = 4, registers = 16;
#endif
constexpr int lanes_for(int n) { return n > 8 && widest >= 16 ? 16 : n > 4 && widest >= 8 ? 8 : 4; }
constexpr int padded(int n) { return (n + lanes_for(n) - 1) / lanes_for(n) * lanes_for(n); }
constexpr int divided_up(int n, int by) { return (n + by - 1) / by; }

template <int L>
struct lane_types {
  typedef float vector __attribute__((vector_size(L * 4), may_alias));
  typedef float unaligned __attribute__((vector_size(L * 4), aligned(4), may_alias));
  typedef std::int32_t integers __attribute__((vector_size(L * 4)));
};
template <int L>
using vector = typename lane_types<L>::vector;

template <int L>
[[gnu::always_inline]] inline vector<L> read(const float* p) {
  return *reinterpret_cast<const typename lane_types<L>::unaligned*>(p);
}
template <int L>
[[gnu::always_inline]] inline void write(float* p, vector<L> v) {
  *reinterpret_cast<typename lane_types<L>::unaligned*>(p) = v;
}

/// exp, to about 1e-7: 2^n from the exponent's bits times a polynomial on [-ln 2 / 2, ln 2 / 2].
template <int L>
[[gnu::always_inline]] inline vector<L> exponential(vector<L> x) {
  using integers = typename lane_types<L>::integers;
  x = x > 88.0f ? vector<L>{} + 88.0f : x;
  x = x < -87.0f ? vector<L>{} - 87.0f : x;
  const integers n =
      __builtin_convertvector(x * 1.44269504f + 128.5f, integers) - 128;  // rounds: positive there
  const vector<L> whole = __builtin_convertvector(n, vector<L>);
  vector<L> r = x - whole * 0.693359375f;
  r = r + whole * 2.12194440e-4f;
  vector<L> p = r * 1.3888889e-3f + 8.3333333e-3f;
  p = p * r + 4.1666667e-2f;
  p = p * r + 1.6666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  return p * reinterpret_cast<vector<L>>((n + 127) << 23);
}
template <bench::activation A, int L>
[[gnu::always_inline]] inline vector<L> activated(vector<L> z) {
  if constexpr (A == bench::activation::sigmoid)
    return 1.0f / (1.0f + exponential<L>(-z));
  else if constexpr (A == bench::activation::relu)
    return z > 0.0f ? z : vector<L>{};
  else
    return z;
}
/// A slope by the activation becomes one by the weighted input.
template <bench::activation A, int L>
[[gnu::always_inline]] inline vector<L> passed(vector<L> slope, vector<L> a) {
  if constexpr (A == bench::activation::sigmoid)
    return slope * (a * (1.0f - a));
  else if constexpr (A == bench::activation::relu)
    return a > 0.0f ? slope : vector<L>{};
  else
    return slope;
}

/// How the operands of a product lie in memory: a(r, k) at r * row + k * depth, b(k, c) at k * pitch + c.
template <int Row, int Depth, int Pitch>
struct strides {
  static constexpr int row = Row, depth = Depth, pitch = Pitch;
};

/// Rows x Vectors registers of sums over k of a(r, k) b(k, c); finish(r, c, sums) takes them. A tile too
/// small to keep the multipliers busy splits its sum into several.
template <int L, int Rows, int Vectors, int Depth, class S, class Finish>
[[gnu::always_inline]] inline void tile(const float* __restrict a, const float* __restrict b, Finish finish) {
  constexpr int count = Rows * Vectors;
  constexpr int parts = count >= 8 || Depth < 8 ? 1 : std::min(Depth / 4, (8 + count - 1) / count);
  vector<L> sums[parts][Rows][Vectors]{};
  const auto add = [&](vector<L>(&to)[Rows][Vectors], int k) __attribute__((always_inline)) {
    vector<L> row[Vectors];
#pragma GCC unroll 8
    for (int v = 0; v < Vectors; ++v) row[v] = read<L>(b + k * S::pitch + v * L);
#pragma GCC unroll 32
    for (int r = 0; r < Rows; ++r) {
      const float factor = a[r * S::row + k * S::depth];
#pragma GCC unroll 8
      for (int v = 0; v < Vectors; ++v) to[r][v] += row[v] * factor;
    }
  };
  int k = 0;
  for (; k + parts <= Depth; k += parts) {
#pragma GCC unroll 16
    for (int p = 0; p < parts; ++p) add(sums[p], k + p);
  }
  for (; k < Depth; ++k) add(sums[0], k);
#pragma GCC unroll 32
  for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 8
    for (int v = 0; v < Vectors; ++v) {
      vector<L> sum = sums[0][r][v];
#pragma GCC unroll 16
      for (int p = 1; p < parts; ++p) sum += sums[p][r][v];
      finish(r, v * L, sum);
    }
}

template <int L, int Rows, int Vectors, int Depth, class S, class Finish>
[[gnu::always_inline]] inline void column_of_tiles(const float* __restrict a, const float* __restrict b,
                                                   Finish finish) {
  constexpr int accumulators = registers == 32 ? (Vectors == 1 ? 16 : 24) : 8;
  constexpr int most = std::min(Rows, accumulators / Vectors);
  constexpr int height = divided_up(Rows, divided_up(Rows, most)), rest = Rows % height;
  int r = 0;
  for (; r + height <= Rows; r += height)
    tile<L, height, Vectors, Depth, S>(
        a + r * S::row,
        b, [&](int i, int c, vector<L> sum) __attribute__((always_inline)) { finish(r + i, c, sum); });
  if constexpr (rest > 0)
    tile<L, rest, Vectors, Depth, S>(
        a + r * S::row,
        b, [&](int i, int c, vector<L> sum) __attribute__((always_inline)) { finish(r + i, c, sum); });
}

/// All of a product: finish(r, c, sums) for every row r and every vector of columns from c.
template <int L, int Rows, int Columns, int Depth, class S, class Finish>
inline void product(const float* __restrict a, const float* __restrict b, Finish finish) {
  constexpr int vectors = Columns / L, wide = std::min(vectors, 4), rest = vectors % wide;
  int c = 0;
  for (; c + wide * L <= Columns; c += wide * L)
    column_of_tiles<L, Rows, wide, Depth, S>(
        a, b + c, [&](int r, int i, vector<L> sum) __attribute__((always_inline)) { finish(r, c + i, sum); });
  if constexpr (rest > 0)
    column_of_tiles<L, Rows, rest, Depth, S>(
        a, b + c, [&](int r, int i, vector<L> sum) __attribute__((always_inline)) { finish(r, c + i, sum); });
}

/// L x L numbers, transposed in registers: bit by bit of the indices.
template <int L, int Bit, int... J>
[[gnu::always_inline]] inline void swap_bit(vector<L>* v, std::integer_sequence<int, J...>) {
#pragma GCC unroll 16
  for (int i = 0; i < L; ++i) {
    if (i & Bit) continue;
    const vector<L> low = v[i], high = v[i + Bit];
    v[i] = __builtin_shufflevector(low, high, ((J & Bit) ? L + J - Bit : J)...);
    v[i + Bit] = __builtin_shufflevector(low, high, ((J & Bit) ? L + J : J + Bit)...);
  }
}
template <int L>
inline void transpose_block(const float* from, int from_pitch, float* to, int to_pitch) {
  vector<L> v[L];
#pragma GCC unroll 16
  for (int i = 0; i < L; ++i) v[i] = read<L>(from + i * from_pitch);
  constexpr std::make_integer_sequence<int, L> columns{};
  swap_bit<L, 1>(v, columns);
  swap_bit<L, 2>(v, columns);
  if constexpr (L > 4) swap_bit<L, 4>(v, columns);
  if constexpr (L > 8) swap_bit<L, 8>(v, columns);
#pragma GCC unroll 16
  for (int i = 0; i < L; ++i) write<L>(to + i * to_pitch, v[i]);
}

/// What plain descent or Adam does to a vector of parameters, given their slope.
struct descent {
  template <int L>
  [[gnu::always_inline]] void update(float* p, int, vector<L> slope, float rate, float) {
    write<L>(p, read<L>(p) - rate * slope);
  }
};
template <int N>
struct adam_moments {
  alignas(64) float mean[N]{}, variance[N]{};
  template <int L>
  [[gnu::always_inline]] void update(float* p, int at, vector<L> slope, float rate, float scale) {
    const vector<L> m = 0.9f * read<L>(mean + at) + 0.1f * slope;
    const vector<L> v = 0.999f * read<L>(variance + at) + 0.001f * (slope * slope);
    write<L>(mean + at, m);
    write<L>(variance + at, v);
    vector<L> root = v * scale;
    for (int i = 0; i < L; ++i) root[i] = std::sqrt(root[i]);
    write<L>(p, read<L>(p) - rate * m / (root + 1e-8f));
  }
};

template <int Batch, int Inputs, int Outputs, bench::activation A, bool Adam, bool First>
struct layer {
  static constexpr int outputs = Outputs, inputs = Inputs, lanes = lanes_for(Outputs),
                       pitch = padded(Outputs);
  static constexpr int in_lanes = lanes_for(Inputs), in_pitch = padded(Inputs),
                       rows = First ? Inputs : in_pitch;
  // A small batch keeps the transposed weights up to date, a large one transposes them in every step.
  static constexpr bool both = !First && Batch <= 4 && !Adam && Inputs == in_pitch;
  static constexpr int block = std::min(lanes, in_lanes), turned_rows = First ? 1 : pitch;

  alignas(64) float weights[rows * pitch]{}, turned[turned_rows * in_pitch]{}, biases[pitch]{};
  alignas(64) float activations[Batch * pitch]{}, slopes[Batch * pitch]{};
  std::conditional_t<Adam, adam_moments<rows * pitch>, descent> of_weights;
  std::conditional_t<Adam, adam_moments<pitch>, descent> of_biases;

  const float* load_from(const float* p) {
    for (int j = 0; j < Outputs; ++j)
      for (int i = 0; i < Inputs; ++i) weights[i * pitch + j] = *p++;
    for (int j = 0; j < Outputs; ++j) biases[j] = *p++;
    if constexpr (both)
      for (int j = 0; j < Outputs; ++j)
        for (int i = 0; i < Inputs; ++i) turned[j * in_pitch + i] = weights[i * pitch + j];
    of_weights = {};
    of_biases = {};
    return p;
  }
  float* store_to(float* p) const {
    for (int j = 0; j < Outputs; ++j)
      for (int i = 0; i < Inputs; ++i) *p++ = weights[i * pitch + j];
    for (int j = 0; j < Outputs; ++j) *p++ = biases[j];
    return p;
  }

  template <int Pitch>
  void forward(const float* x) {
    product<lanes, Batch, pitch, Inputs, strides<Pitch, 1, pitch>>(
        x, weights, [&](int b, int c, vector<lanes> z) __attribute__((always_inline)) {
          write<lanes>(activations + b * pitch + c, activated<A, lanes>(z + read<lanes>(biases + c)));
        });
  }
  /// The slopes of the layer before, by its weighted inputs.
  template <class Before>
  void backward(Before& before) {
    if constexpr (!both)
      for (int i = 0; i < rows; i += block)
        for (int j = 0; j < pitch; j += block)
          transpose_block<block>(weights + i * pitch + j, pitch, turned + j * in_pitch + i, in_pitch);
    product<in_lanes, Batch, in_pitch, Outputs, strides<pitch, 1, in_pitch>>(
        slopes, turned, [&](int b, int c, vector<in_lanes> slope) __attribute__((always_inline)) {
          const int at = b * in_pitch + c;
          write<in_lanes>(before.slopes + at,
                          passed<Before::function, in_lanes>(slope, read<in_lanes>(before.activations + at)));
        });
  }
  static constexpr bench::activation function = A;

  template <int Pitch>
  void update(const float* x, float rate, float scale) {
    product<lanes, Inputs, pitch, Batch, strides<1, Pitch, pitch>>(
        x, slopes, [&](int i, int c, vector<lanes> slope) __attribute__((always_inline)) {
          of_weights.template update<lanes>(weights + i * pitch + c, i * pitch + c, slope, rate, scale);
        });
    if constexpr (both)
      product<in_lanes, Outputs, in_pitch, Batch, strides<1, pitch, Pitch>>(
          slopes, x, [&](int j, int c, vector<in_lanes> slope) __attribute__((always_inline)) {
            float* to = turned + j * in_pitch + c;
            write<in_lanes>(to, read<in_lanes>(to) - rate * slope);
          });
    for (int c = 0; c < pitch; c += lanes) {
      vector<lanes> slope{};
      for (int b = 0; b < Batch; ++b) slope += read<lanes>(slopes + b * pitch + c);
      of_biases.template update<lanes>(biases + c, c, slope, rate, scale);
    }
  }
};

template <std::size_t I>
class alignas(64) network {
  static constexpr const bench::network_workload& w = bench::networks[I];
  static constexpr bool adam = w.optimiser == bench::optimiser::adam;
  template <int L>
  using layer_at = layer<w.has(L) ? w.batch : 1, w.size(L), w.size(L + 1), w.activation_of(L), adam, L == 0>;

  layer_at<0> first_;
  layer_at<1> second_;
  layer_at<2> third_;
  float power1_ = 1, power2_ = 1;

  auto& last() {
    if constexpr (w.has(2))
      return third_;
    else
      return second_;
  }
  void forward(const float* x) {
    first_.template forward<w.inputs()>(x);
    second_.template forward<decltype(first_)::pitch>(first_.activations);
    if constexpr (w.has(2)) third_.template forward<decltype(second_)::pitch>(second_.activations);
  }
  void start_slopes(const float* y, const int* labels) {
    auto& l = last();
    constexpr int n = w.outputs(), pitch = padded(n), lanes = lanes_for(n);
    constexpr float share = 1.0f / static_cast<float>(w.batch);
    for (int b = 0; b < w.batch; ++b, y += n) {
      float* d = l.slopes + b * pitch;
      const float* a = l.activations + b * pitch;
      if constexpr (w.cost == bench::cost::quadratic) {
        for (int j = 0; j < n; ++j) d[j] = 2 * share * (a[j] - y[j]);
        for (int c = 0; c < pitch; c += lanes)
          write<lanes>(d + c, passed<w.output, lanes>(read<lanes>(d + c), read<lanes>(a + c)));
      } else {
        const float most = *std::max_element(a, a + n);
        for (int c = 0; c < pitch; c += lanes)
          write<lanes>(d + c, exponential<lanes>(read<lanes>(a + c) - most));
        for (int j = n; j < pitch; ++j) d[j] = 0;
        float sum = 0;
        for (int j = 0; j < pitch; ++j) sum += d[j];
        for (int j = 0; j < pitch; ++j) d[j] *= share / sum;
        d[labels[b]] -= share;
      }
    }
  }

 public:
  void load(const float* p) {
    p = first_.load_from(p);
    p = second_.load_from(p);
    if constexpr (w.has(2)) third_.load_from(p);
    power1_ = power2_ = 1;
  }
  void store(float* p) const {
    p = first_.store_to(p);
    p = second_.store_to(p);
    if constexpr (w.has(2)) third_.store_to(p);
  }
  void step(const float* x, const float* y, const int* labels) {
    forward(x);
    start_slopes(y, labels);
    if constexpr (w.has(2)) third_.backward(second_);
    second_.backward(first_);
    power1_ *= 0.9f;
    power2_ *= 0.999f;
    const float rate = adam ? w.rate / (1 - power1_) : w.rate, scale = adam ? 1 / (1 - power2_) : 1;
    first_.template update<w.inputs()>(x, rate, scale);
    second_.template update<decltype(first_)::pitch>(first_.activations, rate, scale);
    if constexpr (w.has(2))
      third_.template update<decltype(second_)::pitch>(second_.activations, rate, scale);
  }
  void forward(const float* x, float* outputs) {
    forward(x);
    for (int b = 0; b < w.batch; ++b)
      std::memcpy(outputs + b * w.outputs(), last().activations + b * padded(w.outputs()),
                  sizeof(float) * w.outputs());
  }
};

}  // namespace

const contestant_row* contestant_rows() { return bench::rows_of_networks<network>(); }
const char* contestant_version() { return ""; }
