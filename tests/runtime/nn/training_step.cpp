#define BOOST_TEST_MODULE training_step
#include "boost_test.hpp"

#include <cmath>
#include <leibniz/nn.hpp>
#include <vector>

namespace lz = leibniz;
namespace nn = leibniz::nn;

namespace {

template <class T, class V, int Batch = 2>
void storage_returns_what_it_was_given() {
  nn::stored<T, V, Batch> own;
  nn::value_of<T, V> in, out{};
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<T>(i) + 1;
  own.copy_from(in);
  own.copy_to(out);
  BOOST_TEST((in == out));
}

// The slope of a cost by output k.
struct entropy_by_hand {
  using cost = nn::softmax_cross_entropy;
  static long double slope(const std::vector<long double>& z, const double* y, std::size_t k) {
    long double total = 0;
    for (const long double each : z) total += std::exp(each);
    return std::exp(z[k]) / total - y[k];
  }
};
struct squares_by_hand {
  using cost = nn::quadratic;
  static long double slope(const std::vector<long double>& z, const double* y, std::size_t k) { return 2 * (z[k] - y[k]); }
};
template <int Sevenths>
struct share_of_squares {
  static constexpr const char* name = "share_of_squares";
  template <class Network>
  static constexpr auto of() { return lz::let<"C">(lz::num<Sevenths, 7>{} * lz::sum(lz::square(Network::output - Network::y))); }
};
template <int Sevenths = 5>
struct share_by_hand {
  using cost = share_of_squares<Sevenths>;
  static long double slope(const std::vector<long double>& z, const double* y, std::size_t k) { return 2.0L * Sevenths / 7 * (z[k] - y[k]); }
};
// What no let has a name for.
struct doubling {
  using activation = nn::identity;
  template <std::size_t, class>
  using parameters = nn::variables<>;
  template <std::size_t, class In>
  static constexpr auto output(In in) { return lz::num<2>{} * in; }
};

// A network of two layers by hand: loops in long double over [out][in] weights, as a textbook has them. Scale is that of the outputs.
template <int In, int Hidden, int Out, class Cost = entropy_by_hand, int Scale = 1>
struct by_hand {
  std::vector<long double> p = std::vector<long double>((In + 1) * Hidden + (Hidden + 1) * Out), m = p, v = p;
  int t = 0;
  std::vector<long double> gradient(const double* x, const double* y, int count) const {
    std::vector<long double> g(p.size());
    const long double *W1 = p.data(), *b1 = W1 + In * Hidden, *W2 = b1 + Hidden, *b2 = W2 + Hidden * Out;
    long double *d1 = g.data(), *e1 = d1 + In * Hidden, *d2 = e1 + Hidden, *e2 = d2 + Hidden * Out;
    for (int s = 0; s < count; ++s) {
      std::vector<long double> a(Hidden), z(Out), delta(Out);
      for (int j = 0; j < Hidden; ++j) {
        long double sum = b1[j];
        for (int i = 0; i < In; ++i) sum += W1[j * In + i] * x[s * In + i];
        a[static_cast<std::size_t>(j)] = sum > 0 ? sum : 0;
      }
      for (int k = 0; k < Out; ++k) {
        long double sum = b2[k];
        for (int j = 0; j < Hidden; ++j) sum += W2[k * Hidden + j] * a[static_cast<std::size_t>(j)];
        z[static_cast<std::size_t>(k)] = Scale * sum;
      }
      for (int k = 0; k < Out; ++k) {
        const long double d = Scale * Cost::slope(z, y + s * Out, static_cast<std::size_t>(k)) / count;
        e2[k] += d;
        for (int j = 0; j < Hidden; ++j) d2[k * Hidden + j] += d * a[static_cast<std::size_t>(j)];
        delta[static_cast<std::size_t>(k)] = d;
      }
      for (int j = 0; j < Hidden; ++j) {
        if (a[static_cast<std::size_t>(j)] == 0) continue;
        long double back = 0;
        for (int k = 0; k < Out; ++k) back += W2[k * Hidden + j] * delta[static_cast<std::size_t>(k)];
        e1[j] += back;
        for (int i = 0; i < In; ++i) d1[j * In + i] += back * x[s * In + i];
      }
    }
    return g;
  }
};

template <class Trainer, class Reference>
void load(const Trainer& trainer, Reference& reference) {
  std::size_t k = 0;
  std::apply([&](const auto&... value) { ((std::for_each(value.begin(), value.end(), [&](auto w) { reference.p[k++] = w; })), ...); },
             trainer.weights().values);
}
template <class Trainer, class Reference>
double distance(const Trainer& trainer, const Reference& reference) {
  std::size_t k = 0;
  long double worst = 0;
  std::apply(
      [&](const auto&... value) {
        ((std::for_each(value.begin(), value.end(), [&](auto w) { worst = std::max(worst, std::abs(w - reference.p[k++])); })), ...);
      },
      trainer.weights().values);
  return static_cast<double>(worst);
}

template <int In, int Hidden, int Out, int Batch, class Cost = entropy_by_hand, int Scale = 1, class Optimiser, class Update>
void compare(Optimiser method, Update update) {
  using two_layers = nn::network<nn::input<In>, nn::dense<Hidden, nn::relu>, nn::dense<Out>>;
  using net = std::conditional_t<Scale == 1, two_layers, nn::network<nn::input<In>, nn::dense<Hidden, nn::relu>, nn::dense<Out>, doubling>>;
  nn::trainer<net, typename Cost::cost, Optimiser, Batch, double> trainer(nn::parameters<net, double>::random(7), method);
  by_hand<In, Hidden, Out, Cost, Scale> reference;
  load(trainer, reference);
  std::vector<double> x(In * (2 * Batch + 1)), y(Out * (2 * Batch + 1));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::sin(static_cast<double>(i) * 1.7);
  for (std::size_t s = 0; s < 2 * Batch + 1; ++s) y[s * Out + s % Out] = 1;
  for (int epoch = 0; epoch < 3; ++epoch) {
    trainer.epoch(x, y);
    for (int first = 0; first < 2 * Batch + 1; first += Batch) {
      const int count = std::min(Batch, 2 * Batch + 1 - first);
      update(reference, reference.gradient(x.data() + first * In, y.data() + first * Out, count));
    }
  }
  BOOST_TEST(distance(trainer, reference) < 1e-12);
}

template <int Hundredths>
constexpr auto descend = [](auto& n, const std::vector<long double>& g) {
  for (std::size_t i = 0; i < g.size(); ++i) n.p[i] -= Hundredths / 100.0L * g[i];
};
constexpr auto roll = [](auto& n, const std::vector<long double>& g) {
  for (std::size_t i = 0; i < g.size(); ++i) n.p[i] += n.m[i] = 0.8L * n.m[i] - 0.1L * g[i];
};
template <int Decay>
constexpr auto adam = [](auto& n, const std::vector<long double>& g) {
  ++n.t;
  for (std::size_t i = 0; i < g.size(); ++i) {
    n.m[i] = 0.9L * n.m[i] + 0.1L * g[i];
    n.v[i] = 0.999L * n.v[i] + 0.001L * g[i] * g[i];
    const long double mean = n.m[i] / (1 - std::pow(0.9L, n.t)), variance = n.v[i] / (1 - std::pow(0.999L, n.t));
    n.p[i] -= 0.01L * (mean / (std::sqrt(variance) + 1e-8L) + Decay * 0.1L * n.p[i]);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(parameters_are_stored_and_returned) {
  storage_returns_what_it_was_given<float, lz::var<"W", 5, 3>>();
  storage_returns_what_it_was_given<double, lz::var<"W", 1, 17>>();
  storage_returns_what_it_was_given<float, lz::var<"b", 9>>();
  storage_returns_what_it_was_given<float, lz::var<"K", 3, 2, 5>>();
  using batch_of_two = nn::stored<float, lz::var<"W", 10, 30>, 2>;
  static_assert(batch_of_two::rows == 30 && batch_of_two::pitch == 16);
}

// A single example reads few long rows as the formula has them, where that is less than reading all its numbers one by one.
BOOST_AUTO_TEST_CASE(few_long_rows_of_one_example_stay_rows) {
  storage_returns_what_it_was_given<float, lz::var<"W", 3, 200>, 1>();
  storage_returns_what_it_was_given<double, lz::var<"W", 2, 401>, 1>();
  using W = lz::var<"W", 3, 200>;
  static_assert(nn::stored<float, W, 1>::rows == (lz::native_lanes<float> > 1 ? 3 : 200));
  static_assert(nn::stored<float, W, 2>::rows == 200 && nn::stored<float, lz::var<"W", 200, 3>, 1>::rows == 3);
  compare<200, 3, 2, 1>(nn::sgd{0.1}, descend<10>);
  compare<401, 2, 7, 1>(nn::sgd{0.1}, descend<10>);
  compare<300, 16, 2, 1>(nn::sgd{0.1}, descend<10>);
  compare<3, 130, 2, 1>(nn::sgd{0.1}, descend<10>);
  compare<150, 4, 3, 1>(nn::adam{.rate = 0.01}, adam<0>);
  compare<150, 4, 3, 1>(nn::momentum{0.1, 0.8}, roll);
}

BOOST_AUTO_TEST_CASE(gradient_descent_agrees_with_loops) {
  compare<3, 5, 2, 1>(nn::sgd{0.3}, descend<30>);
  compare<4, 8, 3, 4>(nn::sgd{0.3}, descend<30>);
  compare<9, 17, 10, 6>(nn::sgd{0.3}, descend<30>);
  compare<10, 33, 6, 9>(nn::sgd{0.3}, descend<30>);
  compare<20, 33, 5, 11>(nn::sgd{0.3}, descend<30>);
  compare<2, 1, 1, 3>(nn::sgd{0.3}, descend<30>);
  compare<9, 17, 10, 1>(nn::sgd{0.3}, descend<30>);
  compare<5, 12, 39, 1>(nn::sgd{0.3}, descend<30>);
}

// Matrices with one column are rows in memory.
BOOST_AUTO_TEST_CASE(one_input_agrees_with_loops) {
  compare<1, 9, 1, 5, squares_by_hand>(nn::sgd{0.02}, descend<2>);
  compare<1, 21, 1, 1, squares_by_hand>(nn::sgd{0.02}, descend<2>);
  compare<1, 17, 3, 8>(nn::momentum{0.1, 0.8}, roll);
  compare<1, 8, 1, 16, squares_by_hand>(nn::adam{.rate = 0.01}, adam<0>);
}

// The factors of the cost and of the rate are those of one product.
BOOST_AUTO_TEST_CASE(every_cost_agrees_with_loops) {
  compare<4, 8, 3, 1, squares_by_hand>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 1, share_by_hand<>>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 1, squares_by_hand, 2>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 1, share_by_hand<>, 2>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 1, share_by_hand<-1>>(nn::sgd{0.02}, descend<2>);  // uphill
  compare<19, 5, 2, 1, squares_by_hand>(nn::sgd{0.02}, descend<2>);
  compare<3, 21, 1, 1, share_by_hand<>>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 5, squares_by_hand>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 5, share_by_hand<>, 2>(nn::sgd{0.02}, descend<2>);
  compare<4, 8, 3, 1, squares_by_hand>(nn::momentum{0.1, 0.8}, roll);
  compare<4, 8, 3, 1, share_by_hand<>>(nn::adam{.rate = 0.01}, adam<0>);
}
// A single example's errors are multiplied by nothing on their way back.
BOOST_AUTO_TEST_CASE(the_rate_is_multiplied_to_what_is_known_first) {
  using net = nn::network<nn::input<4>, nn::dense<8, nn::relu>, nn::dense<3>>;
  using step = nn::training_step<net, nn::quadratic, nn::sgd, 1, false, net::parameter_list>;
  constexpr const auto& g = lz::code::frozen<step>::graph;
  int scaled = 0;
  for (int i = 0; i < g.node_count; ++i) {
    if (g.at[i].op != lz::ops::index_of<lz::ops::mul_> || g.at[g.at[i].a].op != lz::ops::index_of<lz::ops::constant_> || !g.at[g.at[i].a].number().is(-2)) continue;
    ++scaled;
    for (int j = 0; j < g.node_count; ++j)
      if (g.at[j].op == lz::ops::index_of<lz::ops::contract_>) BOOST_TEST((g.at[j].a != i || i < g.at[j].b));
  }
  BOOST_TEST(scaled == 4);
}

// A method of one's own, with a fraction in its formula.
struct fixed_rate : nn::sgd {
  template <class P, class G>
  static constexpr auto next(P p, G g) { return boost::hana::make_tuple(p - lz::num<300001, 1000003>{} * g); }
};
BOOST_AUTO_TEST_CASE(a_fraction_as_rate_agrees_with_loops) {
  const auto descend_by_fraction = [](auto& n, const std::vector<long double>& g) {
    for (std::size_t i = 0; i < g.size(); ++i) n.p[i] -= 300001.0L / 1000003 * g[i];
  };
  compare<4, 8, 3, 4>(fixed_rate{}, descend_by_fraction);
  compare<9, 17, 10, 1>(fixed_rate{}, descend_by_fraction);
}

BOOST_AUTO_TEST_CASE(momentum_agrees_with_loops) {
  compare<4, 8, 3, 4>(nn::momentum{0.1, 0.8}, roll);
  compare<7, 18, 3, 5>(nn::momentum{0.1, 0.8}, roll);
  compare<3, 9, 13, 1>(nn::momentum{0.1, 0.8}, roll);
}

BOOST_AUTO_TEST_CASE(adam_agrees_with_loops) {
  compare<4, 8, 3, 4>(nn::adam{.rate = 0.01}, adam<0>);
  compare<7, 18, 3, 5>(nn::adam{.rate = 0.01}, adam<0>);
  compare<3, 9, 13, 1>(nn::adam{.rate = 0.01}, adam<0>);
  compare<7, 18, 3, 5>(nn::adamw(0.01, 0.1), adam<1>);
}

// A unit that never fires has gradients of 0: Adam's states shrink, but not to denormal numbers, which are slow.
BOOST_AUTO_TEST_CASE(the_states_of_a_dead_unit_stay_normal) {
  constexpr auto P = lz::variable<"P">;
  constexpr auto G = lz::variable<"G">;
  constexpr auto M = lz::variable<"M">;
  constexpr auto V = lz::variable<"V">;
  constexpr auto made = nn::adam::next(P, G, M, V);
  constexpr auto states = lz::function(lz::inputs(M, V, G, nn::adam::keep1, nn::adam::keep2, nn::adam::least),
                                       lz::outputs(boost::hana::at_c<1>(made), boost::hana::at_c<2>(made)));
  const nn::adam method;
  const auto settings = method.settings_as<float>();
  float m = 1, v = 1;
  for (int step = 0; step < 200000; ++step) states.into(m, v)(float(m), float(v), 0.0f, settings(0), settings(1), settings(6));
  BOOST_TEST(std::isnormal(m));
  BOOST_TEST(std::isnormal(v));
  BOOST_TEST(v < 1e-20f);
}

// Plain gradient descent stores no gradient: the update is part of the product that makes it. What each example counts is
// stored, times the rate.
BOOST_AUTO_TEST_CASE(the_update_is_fused) {
  using net = nn::network<nn::input<64>, nn::dense<32, nn::sigmoid>, nn::dense<16>>;
  using step = nn::training_step<net, nn::quadratic, nn::sgd, 8, false, net::parameter_list>;
  using program = lz::code::program<step>;
  static_assert(program::workspace <= 8 * (32 + 16) * 2 + 32 * 16 + 16);
  bool in_place = true;
  [&]<int... K>(std::integer_sequence<int, K...>) {
    ((in_place = in_place && program::at<program::root<K>>().where == lz::code::place::output && program::at<program::root<K>>().held >= 0), ...);
  }(std::make_integer_sequence<int, 4>{});
  BOOST_TEST(in_place);
}

// Nor does Adam: its states and the parameter are computed together, in the loop that makes the gradient.
BOOST_AUTO_TEST_CASE(an_update_with_states_is_one_loop) {
  using net = nn::network<nn::input<64>, nn::dense<32, nn::sigmoid>, nn::dense<16>>;
  using step = nn::training_step<net, nn::quadratic, nn::adam, 8, false, net::parameter_list>;
  using program = lz::code::program<step>;
  static_assert(program::workspace <= 8 * (32 + 16) * 2 + 32 * 16);
  constexpr int parameter = program::root<0>, first = program::root<4>, second = program::root<8>;
  static_assert(program::at<parameter>().held >= 0 && !program::at<parameter>().elsewhere);
  static_assert(program::at<first>().elsewhere && program::at<second>().elsewhere);
  static_assert(program::at<parameter>().along == second && program::at<second>().along == first);
  BOOST_TEST((program::at<parameter>().where == lz::code::place::output));
}
