#define BOOST_TEST_MODULE schedule
#include "../../support/boost_test.hpp"

#include <cmath>
#include <leibniz/code/function.hpp>
#include <leibniz/calculus/lower.hpp>

namespace lz = leibniz;
using lz::code::place;

namespace {

constexpr char identity = 0;
constexpr lz::handle variable(lz::graph::builder& g, const char* name, const lz::shape& s) {
  return {&g, g.variable(name, &identity, s)};
}

// A sum over a chain of elementwise operations needs no memory at all.
struct fused_sum {
  static constexpr int output_count = 1;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x = variable(g, "x", lz::make_shape(100));
    roots[0] = lz::rearrange(exp(sin(x)), lz::ops::label_range(1, 1), {}, {}).id();
  }
};
static_assert(lz::code::program<fused_sum>::workspace == 0);

// A chain of matrix-vector products needs two buffers, however long it is.
template <int Length>
struct chain {
  static constexpr int output_count = 1;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle m = variable(g, "m", lz::make_shape(16, 16));
    lz::handle x = variable(g, "x", lz::make_shape(16));
    lz::ops::labels lm = lz::ops::label_range(1, 2), in, out;
    out.append(1);
    in.append(2);
    for (int i = 0; i < Length; ++i) x = tanh(lz::contract(m, lm, x, in, out));
    roots[0] = x.id();
  }
};
static_assert(lz::code::program<chain<12>>::workspace <= 3 * 16);
static_assert(lz::code::program<chain<12>>::workspace == lz::code::program<chain<5>>::workspace);

// A long scalar program: several blocks, built twice.
template <int Length>
struct recurrence {
  static constexpr int output_count = 1;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x = variable(g, "x", {}), c = variable(g, "c", {});
    lz::handle v = x;
    for (int i = 0; i < Length; ++i) v = sin(v) + c * v;
    roots[0] = v.id();
  }
};

template <class Source, class T, std::size_t N>
T run(const T (&values)[N]) {
  using program = lz::code::program<Source>;
  T result{};
  const auto source = [](const T& v) { return lz::code::source<const T, lz::code::storage::row_major>{&v}; };
  const auto inputs = lz::code::slots_of<decltype(source(values[0])), decltype(source(values[0]))>{{source(values[0])}, {source(values[1])}};
  lz::code::execute<program, T>(inputs, lz::code::slots_of<T*>{{&result}});
  return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(long_scalar_programs_agree_with_a_loop) {
  double v = 0.7;
  const double c = 0.3;
  for (int i = 0; i < 300; ++i) v = std::sin(v) + c * v;
  const double values[] = {0.7, 0.3};
  BOOST_TEST((run<recurrence<300>>(values)) == v, boost::test_tools::tolerance(1e-13));
  static_assert(lz::code::program<recurrence<300>>::node_count == 902);
}

BOOST_AUTO_TEST_CASE(a_chain_through_shared_buffers_agrees_with_a_loop) {
  using program = lz::code::program<chain<7>>;
  lz::tensor<double, 16, 16> m;
  lz::tensor<double, 16> x, out;
  for (int i = 0; i < 256; ++i) m[static_cast<std::size_t>(i)] = std::sin(i * 1.0);
  for (int i = 0; i < 16; ++i) x(i) = std::cos(i * 1.0);
  const auto inputs = [&] {
    using source = lz::code::source<const double, lz::code::storage::row_major>;
    return lz::code::slots_of<source, source>{{source{m.data()}}, {source{x.data()}}};
  }();
  lz::code::execute<program, double>(inputs, lz::code::slots_of<double*>{{out.data()}});
  for (int step = 0; step < 7; ++step) {
    lz::tensor<double, 16> next{};
    for (int i = 0; i < 16; ++i) {
      for (int j = 0; j < 16; ++j) next(i) += m(i, j) * x(j);
      next(i) = std::tanh(next(i));
    }
    x = next;
  }
  for (int i = 0; i < 16; ++i) BOOST_TEST(out(i) == x(i), boost::test_tools::tolerance(1e-11));
}
