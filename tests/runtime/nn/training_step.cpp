#define BOOST_TEST_MODULE training_step
#include "../../support/boost_test.hpp"
#include "../../support/two_layers.hpp"

using namespace leibniz::tests;

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
}

// Other shapes and costs are in training_step_shapes.
BOOST_AUTO_TEST_CASE(gradient_descent_agrees_with_loops) {
  compare<4, 8, 3, 4>(nn::sgd{0.3}, descend<30>);
  compare<9, 17, 10, 6>(nn::sgd{0.3}, descend<30>);
  compare<5, 12, 39, 1>(nn::sgd{0.3}, descend<30>);
  compare<4, 8, 3, 5, share_by_hand<>, 2>(nn::sgd{0.02}, descend<2>);
}

BOOST_AUTO_TEST_CASE(momentum_agrees_with_loops) {
  compare<4, 8, 3, 4>(nn::momentum{0.1, 0.8}, roll);
  compare<7, 18, 3, 5>(nn::momentum{0.1, 0.8}, roll);
  compare<3, 9, 13, 1>(nn::momentum{0.1, 0.8}, roll);
  compare<1, 17, 3, 8>(nn::momentum{0.1, 0.8}, roll);
}

BOOST_AUTO_TEST_CASE(adam_agrees_with_loops) {
  compare<4, 8, 3, 4>(nn::adam{.rate = 0.01}, adam<0>);
  compare<7, 18, 3, 5>(nn::adam{.rate = 0.01}, adam<0>);
  compare<3, 9, 13, 1>(nn::adam{.rate = 0.01}, adam<0>);
  compare<7, 18, 3, 5>(nn::adamw(0.01, 0.1), adam<1>);
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
