#define BOOST_TEST_MODULE samples
#include "../../support/boost_test.hpp"

#include <cmath>
#include <leibniz/calculus/samples.hpp>
#include <leibniz/leibniz.hpp>
#include <tuple>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

constexpr int count = 5;
constexpr auto W = lz::variable<"W", 3, 4>;
constexpr auto b = lz::variable<"b", 3>;
constexpr auto x = lz::variable<"x", 4>;
constexpr auto t = lz::variable<"t">;
constexpr auto X = lz::variable<"X", 5, 4>;
constexpr auto Ts = lz::variable<"Ts", 5>;

// The formula of one sample, for all samples at once: their sum, and all of them.
template <class F>
struct total_of {
  static constexpr int output_count = 1;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    lz::graph::lowering lower(g, false);
    lz::graph::rewriting many(g, count);
    many.replace(lower(x), lower(X), true);
    many.replace(lower(t), lower(Ts), true);
    roots[0] = many.total(lower(F{})).id();
  }
};

template <class Source, int Size>
lz::tensor<double, Size> run(const lz::tensor<double, 3, 4>& w, const lz::tensor<double, 3>& bias, const lz::tensor<double, 5, 4>& xs,
                             const lz::tensor<double, 5>& ts) {
  using program = lz::code::program<Source>;
  using names = lz::code::variable_list<std::remove_const_t<decltype(W)>, std::remove_const_t<decltype(b)>, std::remove_const_t<decltype(X)>,
                                        std::remove_const_t<decltype(Ts)>>;
  lz::tensor<double, Size> out{};
  lz::code::execute_on<program, names, double>(lz::code::slots_of<double*>{{out.data()}}, w, bias, xs, ts);
  return out;
}

// Against a loop over the samples that evaluates the formula of one.
template <class F>
void compare(F f) {
  lz::tensor<double, 3, 4> w;
  lz::tensor<double, 3> bias;
  lz::tensor<double, 5, 4> xs;
  lz::tensor<double, 5> ts;
  for (int i = 0; i < 12; ++i) w[static_cast<std::size_t>(i)] = std::sin(i * 1.3);
  for (int i = 0; i < 3; ++i) bias(i) = std::cos(i * 2.1);
  for (int i = 0; i < 20; ++i) xs[static_cast<std::size_t>(i)] = std::sin(i * 0.9 + 1);
  for (int i = 0; i < 5; ++i) ts(i) = 0.3 + 0.2 * i;
  constexpr int size = F::extents.size();
  const auto all = run<total_of<F>, size>(w, bias, xs, ts);
  double sum[size]{};
  for (int s = 0; s < count; ++s) {
    const lz::tensor<double, 4> one{xs(s, 0), xs(s, 1), xs(s, 2), xs(s, 3)};
    const auto value = lz::function(lz::inputs(W, b, x, t), lz::outputs(f))(w, bias, one, ts(s));
    if constexpr (size == 1 && F::extents.rank == 0) sum[0] += value;
    else
      for (int i = 0; i < size; ++i) sum[i] += value[static_cast<std::size_t>(i)];
  }
  for (int i = 0; i < size; ++i) BOOST_TEST(all[static_cast<std::size_t>(i)] == sum[i], boost::test_tools::tolerance(1e-12));
}

constexpr auto z = lz::let<"z">(W * x + b);

}  // namespace

BOOST_AUTO_TEST_CASE(what_depends_on_the_samples_gets_their_axis) {
  compare(z);
  compare(lz::sigmoid(z));
  compare(t * lz::tanh(z));
  compare(lz::sum(lz::square(z)));
  compare(lz::dot(z, lz::exp(z)));
  compare(lz::logsumexp(z) * t);
  compare(lz::softmax(z));
  compare(lz::log_softmax(z) * t);
  compare(lz::norm(x));
  compare(lz::max(z));
  compare(lz::outer(x, z));
  compare(lz::hadamard(b, z) + b);
  compare(lz::sum(x) * W);
  compare(x(2_c) * b + z(1_c) * t);
  compare(lz::select(lz::variable<"t"> < 0.6_c, z, b));
}

BOOST_AUTO_TEST_CASE(what_does_not_is_counted_once_for_each) {
  compare(lz::sum(lz::square(b)));
  compare(W);
}

BOOST_AUTO_TEST_CASE(gradients_of_a_batch) {
  constexpr auto C = lz::sum(lz::square(lz::sigmoid(z) - b)) * t;
  compare(lz::diff(C, W));
  compare(lz::diff(C, b));
  compare(lz::diff(lz::logsumexp(z) - lz::dot(b, z), W));
  compare(lz::diff(lz::norm(z) * t, W));
  compare(lz::diff(lz::diff(C, t), W));
}

// The gradient of a weight matrix is one product whose sum runs over the samples: no tensor of three axes.
BOOST_AUTO_TEST_CASE(the_sum_over_samples_is_one_product) {
  constexpr auto C = lz::sum(lz::square(lz::sigmoid(z) - b));
  using program = lz::code::program<total_of<lz::derivative<std::remove_const_t<decltype(C)>, std::remove_const_t<decltype(W)>>>>;
  bool small = true;
  [&]<int... I>(std::integer_sequence<int, I...>) {
    ((small = small && program::at<I>().extents.rank <= 2), ...);
  }(std::make_integer_sequence<int, program::node_count>{});
  BOOST_TEST(small);
}
