#define BOOST_TEST_MODULE training_step_shapes
#include "../../support/boost_test.hpp"
#include "../../support/two_layers.hpp"

using namespace leibniz::tests;

// A single example that reads few long rows, or many short ones.
BOOST_AUTO_TEST_CASE(long_rows_agree_with_loops) {
  compare<401, 2, 7, 1>(nn::sgd{0.1}, descend<10>);
  compare<300, 16, 2, 1>(nn::sgd{0.1}, descend<10>);
  compare<3, 130, 2, 1>(nn::sgd{0.1}, descend<10>);
  compare<150, 4, 3, 1>(nn::adam{.rate = 0.01}, adam<0>);
  compare<150, 4, 3, 1>(nn::momentum{0.1, 0.8}, roll);
}

BOOST_AUTO_TEST_CASE(gradient_descent_agrees_with_loops) {
  compare<3, 5, 2, 1>(nn::sgd{0.3}, descend<30>);
  compare<10, 33, 6, 9>(nn::sgd{0.3}, descend<30>);
  compare<20, 33, 5, 11>(nn::sgd{0.3}, descend<30>);
  compare<2, 1, 1, 3>(nn::sgd{0.3}, descend<30>);
  compare<9, 17, 10, 1>(nn::sgd{0.3}, descend<30>);
}

// A matrix that leaves the second cache, and asks for its parameters before they are updated.
BOOST_AUTO_TEST_CASE(a_large_matrix_agrees_with_loops) { compare<301, 256, 2, 16>(nn::sgd{0.01}, descend<1>); }

// Matrices with one column are rows in memory.
BOOST_AUTO_TEST_CASE(one_input_agrees_with_loops) {
  compare<1, 9, 1, 5, squares_by_hand>(nn::sgd{0.02}, descend<2>);
  compare<1, 21, 1, 1, squares_by_hand>(nn::sgd{0.02}, descend<2>);
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
  compare<4, 8, 3, 1, squares_by_hand>(nn::momentum{0.1, 0.8}, roll);
  compare<4, 8, 3, 1, share_by_hand<>>(nn::adam{.rate = 0.01}, adam<0>);
}

// A method of one's own, with a fraction in its formula.
namespace {
struct fixed_rate : nn::sgd {
  template <class P, class G>
  static constexpr auto next(P p, G g) { return boost::hana::make_tuple(p - lz::num<300001, 1000003>{} * g); }
};
}  // namespace
BOOST_AUTO_TEST_CASE(a_fraction_as_rate_agrees_with_loops) {
  const auto descend_by_fraction = [](auto& n, const std::vector<long double>& g) {
    for (std::size_t i = 0; i < g.size(); ++i) n.p[i] -= 300001.0L / 1000003 * g[i];
  };
  compare<4, 8, 3, 4>(fixed_rate{}, descend_by_fraction);
  compare<9, 17, 10, 1>(fixed_rate{}, descend_by_fraction);
}
