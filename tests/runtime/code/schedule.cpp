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

// z = m x and functions of z, each of which needs the one before: one loop, and z is never stored. What reads a step before
// its loop is there keeps that from happening.
template <bool ReadEarly>
struct three_of_one_product {
  static constexpr int output_count = 3;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle m = variable(g, "m", lz::make_shape(5, 5)), x = variable(g, "x", lz::make_shape(5));
    const lz::ops::labels in = lz::ops::label_range(2, 1), out = lz::ops::label_range(1, 1);
    const lz::handle z = lz::contract(m, lz::ops::label_range(1, 2), x, in, out);
    const lz::handle first = tanh(z);
    const lz::handle more = ReadEarly ? lz::contract(m, lz::ops::label_range(1, 2), first, in, out) : z * z;
    roots[0] = first.id();
    const lz::handle second = exp(first) + sin(more);
    roots[1] = second.id();
    roots[2] = (first * second + cos(second)).id();
  }
};
using together = lz::code::program<three_of_one_product<false>>;
static_assert(together::workspace == 0);
static_assert(together::at<together::root<0>>().elsewhere && together::at<together::root<1>>().elsewhere);
static_assert(together::at<together::root<2>>().along == together::root<1> && together::at<together::root<1>>().along == together::root<0>);
using apart = lz::code::program<three_of_one_product<true>>;
static_assert(!apart::at<apart::root<0>>().elsewhere);

// The sine and the cosine of one scalar are made together; of another, or of a tensor, each for itself.
struct waves {
  static constexpr int output_count = 4;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x = variable(g, "x", {}), y = variable(g, "y", {}), t = variable(g, "t", lz::make_shape(3));
    roots[0] = (cos(x) * sin(x)).id();
    roots[1] = sin(y).id();
    roots[2] = sin(t).id();
    roots[3] = cos(t).id();
  }
};
/// In how many steps a field names something.
template <class Program, int lz::code::step::*Field>
constexpr int count_named() {
  return []<int... I>(std::integer_sequence<int, I...>) { return ((Program::template at<I>().*Field != lz::graph::none ? 1 : 0) + ...); }(
      std::make_integer_sequence<int, Program::node_count>{});
}
static_assert(count_named<lz::code::program<waves>, &lz::code::step::partner>() == 2);
static_assert(lz::code::program<waves>::at<lz::code::program<waves>::root<1>>().partner == lz::graph::none);

// Where quotients share divisors, that of sin(x)/x has its reciprocal made beside the sine; where nothing else is shared, it divides.
template <bool Shared>
struct quotients {
  static constexpr int output_count = 3;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x = variable(g, "x", {}), y = variable(g, "y", {});
    roots[0] = (sin(x) / x).id();
    roots[1] = (exp(y) / y).id();
    roots[2] = Shared ? (x / y).id() : x.id();
  }
};
static_assert(count_named<lz::code::program<quotients<true>>, &lz::code::step::inverse>() == 2);
static_assert(count_named<lz::code::program<quotients<false>>, &lz::code::step::inverse>() == 0);

// Short rows: side by side in the caller's memory, so that they are computed as one, or padded.
template <int Columns>
struct short_rows {
  static constexpr int output_count = 2;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x = variable(g, "x", lz::make_shape(7, Columns)), square = x * x;
    roots[0] = square.id();
    roots[1] = (x + square).id();
  }
};

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

template <bool ReadEarly, class T>
void check_three() {
  T m[25], x[5], first[5], second[5], third[5];
  for (int i = 0; i < 25; ++i) m[i] = static_cast<T>(std::sin(1.3 * i) / 2);
  for (int i = 0; i < 5; ++i) x[i] = static_cast<T>(std::cos(0.7 * i));
  using source = lz::code::source<const T, lz::code::storage::row_major>;
  lz::code::execute<lz::code::program<three_of_one_product<ReadEarly>>, T>(lz::code::slots_of<source, source>{{source{m}}, {source{x}}},
                                                                        lz::code::slots_of<T*, T*, T*>{{first}, {second}, {third}});
  double t[5];
  const auto row = [&](int r, const auto& v) {
    double sum = 0;
    for (int c = 0; c < 5; ++c) sum += static_cast<double>(m[5 * r + c]) * static_cast<double>(v[c]);
    return sum;
  };
  const double bound = sizeof(T) == 4 ? 1e-6 : 1e-14;
  for (int r = 0; r < 5; ++r) t[r] = std::tanh(row(r, x));
  for (int r = 0; r < 5; ++r) {
    const double z = row(r, x), more = ReadEarly ? row(r, t) : z * z, s = std::exp(t[r]) + std::sin(more);
    BOOST_TEST(std::abs(static_cast<double>(first[r]) - t[r]) <= bound);
    BOOST_TEST(std::abs(static_cast<double>(second[r]) - s) <= 3 * bound);
    BOOST_TEST(std::abs(static_cast<double>(third[r]) - (t[r] * s + std::cos(s))) <= 6 * bound);
  }
}
BOOST_AUTO_TEST_CASE(steps_of_one_loop) {
  check_three<false, float>();
  check_three<false, double>();
  check_three<false, long double>();
  check_three<true, float>();
  check_three<true, double>();
}

template <int Columns, class T>
void check_short_rows() {
  constexpr std::size_t size = 7 * Columns;
  T x[size], square[size + 1], sum[size + 1];
  for (std::size_t i = 0; i < size; ++i) x[i] = static_cast<T>(i) - T(9.5);
  square[size] = sum[size] = T(-1);
  using source = lz::code::source<const T, lz::code::storage::row_major>;
  lz::code::execute<lz::code::program<short_rows<Columns>>, T>(lz::code::slots_of<source>{{source{x}}}, lz::code::slots_of<T*, T*>{{square}, {sum}});
  bool right = square[size] == T(-1) && sum[size] == T(-1);
  for (std::size_t i = 0; i < size; ++i) right = right && square[i] == x[i] * x[i] && sum[i] == x[i] + x[i] * x[i];
  BOOST_TEST_CONTEXT(Columns << " columns") BOOST_TEST(right);
}
BOOST_AUTO_TEST_CASE(rows_shorter_than_a_vector) {
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (check_short_rows<I + 1, float>(), ...);
    (check_short_rows<I + 1, double>(), ...);
  }(std::make_integer_sequence<int, 18>{});
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
