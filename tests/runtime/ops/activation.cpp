// Activations in their tails and at their kinks.
#define BOOST_TEST_MODULE ops_activation
#include "boost_test.hpp"
#include "graph_value.hpp"

using namespace reference;
namespace ops = leibniz::ops;

BOOST_AUTO_TEST_CASE(tails) {
  page p;
  const handle x = p.variable("x", 0);
  for (const real v : {20000.0L, 1e4000L, infinity}) {
    BOOST_TEST(p.at(sigmoid(x), x, v) == 1);
    BOOST_TEST(p.at(sigmoid(x), x, -v) == 0);
    BOOST_TEST(p.at(diff(sigmoid(x), x), x, v) == 0);
    BOOST_TEST(p.at(diff(sigmoid(x), x), x, -v) == 0);
    BOOST_TEST(p.at(softplus(x), x, v) == v);
    BOOST_TEST(p.at(softplus(x), x, -v) == 0);
    BOOST_TEST(p.at(diff(softplus(x), x), x, v) == 1);
    BOOST_TEST(p.at(diff(softplus(x), x), x, -v) == 0);
    BOOST_TEST(p.at(diff(elu(x), x), x, v) == 1);
    BOOST_TEST(p.at(elu(x), x, -v) == -1);
    BOOST_TEST(p.at(diff(elu(x), x), x, -v) == 0);
    BOOST_TEST(p.at(diff(relu(x), x), x, v) == 1);
    BOOST_TEST(p.at(diff(relu(x), x), x, -v) == 0);
    if (std::isinf(v)) continue;
    BOOST_TEST(p.at(diff(gelu(x), x), x, v) == 1);
    BOOST_TEST(p.at(diff(gelu(x), x), x, -v) == 0);
    BOOST_TEST(p.at(diff(ops::silu_::expand(x), x), x, v) == 1);
    BOOST_TEST(p.at(diff(ops::silu_::expand(x), x), x, -v) == 0);
    BOOST_TEST(std::isfinite(p.at(diff(diff(gelu(x), x), x), x, v)));
    BOOST_TEST(std::isfinite(p.at(diff(diff(softplus(x), x), x), x, v)));
  }
  BOOST_TEST(agree(p.at(sigmoid(x), x, -1000), std::exp(-1000.0L)));  // small, not 0
  BOOST_TEST(agree(p.at(softplus(x), x, -1000), std::exp(-1000.0L)));
}

BOOST_AUTO_TEST_CASE(at_zero) {
  page p;
  const handle x = p.variable("x", 0);
  CHECK_VALUE(p, sigmoid(x), 0.5L);
  CHECK_VALUE(p, diff(sigmoid(x), x), 0.25L);
  CHECK_VALUE(p, softplus(x), std::log(2.0L));
  CHECK_VALUE(p, diff(relu(x), x), 0);
  CHECK_VALUE(p, leaky_relu(x), 0);
  CHECK_VALUE(p, diff(leaky_relu(x), x), 0.01L);
  CHECK_VALUE(p, diff(elu(x), x), 1);
  CHECK_VALUE(p, diff(gelu(x), x), 0.5L);
  CHECK_VALUE(p, diff(ops::silu_::expand(x), x), 0.5L);
}

BOOST_AUTO_TEST_CASE(of_constants) {
  page p;
  const handle x = p.variable("x", 0);
  BOOST_TEST((relu(x.number(3)) == x.number(3)));
  BOOST_TEST((relu(x.number(-3)) == x.number(0)));
  BOOST_TEST((sigmoid(x * 0) == x.number(rational{1, 2})));
  BOOST_TEST(!(sigmoid(-x) == sigmoid(x)));
}
