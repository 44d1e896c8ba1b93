// Exponentials and logarithms in their tails: no identity may overflow on the way.
#define BOOST_TEST_MODULE ops_exponential
#include "boost_test.hpp"
#include "graph_value.hpp"

using namespace reference;
namespace ops = leibniz::ops;

namespace {

handle sum(handle x) { return ops::sum_::expand(x); }
const real tail = 1000;
const real far = 20000;  // exp of it overflows in long double

}  // namespace

BOOST_AUTO_TEST_CASE(inverses) {
  page p;
  const handle x = p.variable("x", far);
  CHECK_VALUE(p, log(exp(x)), far);
  CHECK_VALUE(p, diff(log(exp(x)), x), 1);
  CHECK_VALUE(p, log2(exp2(x)), far);
  CHECK_VALUE(p, log1p(expm1(x)), far);
  CHECK_VALUE(p, exp(log(x)), far);
  CHECK_VALUE(p, expm1(log1p(x)), far);
  CHECK_VALUE(p, log(x.symbol(ops::symbol_::e)), 1);
  CHECK_VALUE(p, pow(x.symbol(ops::symbol_::e), x.number(0)), 1);
}

BOOST_AUTO_TEST_CASE(logistic_losses) {
  page p;
  const handle x = p.variable("x", far);
  const handle plus = log(sigmoid(x)), minus = log(1 - sigmoid(x)), soft = log(1 + exp(x)), soft1p = log1p(exp(x));
  for (const real v : {far, -far, tail, -tail}) {
    p.bound[0] = {v};
    const bool right = v > 0;
    CHECK_VALUE(p, plus, right ? -std::exp(-v) : v);
    CHECK_VALUE(p, minus, right ? -v : -std::exp(v));
    CHECK_VALUE(p, soft, right ? v : std::exp(v));
    CHECK_VALUE(p, soft1p, right ? v : std::exp(v));
    CHECK_VALUE(p, diff(soft, x), right ? 1 : std::exp(v));
    CHECK_VALUE(p, diff(minus, x), right ? -1 : -std::exp(v));
    BOOST_TEST(std::fabs(p(diff(plus, x)) - (right ? 0.0L : 1.0L)) < 1e-18L);
  }
}

BOOST_AUTO_TEST_CASE(quotients_of_exponentials) {
  page p;
  const handle x = p.variable("x", 0), z = p.variable("z", {far, -far, far}, make_shape(3));
  for (const real v : {-far, -tail, real(-1), real(0), real(2), tail, far}) {
    p.bound[0] = {v};
    const real below = std::exp(-std::fabs(v)) / (1 + std::exp(-std::fabs(v))), above = 1 / (1 + std::exp(-std::fabs(v)));
    CHECK_VALUE(p, exp(x) / (1 + exp(x)), v < 0 ? below : above);
    CHECK_VALUE(p, -3 / (1 + exp(-x)), -3 * (v < 0 ? below : above));
    BOOST_TEST(std::isfinite(p(diff(1 / (1 + exp(-x)), x))));
  }
  CHECK_VALUE(p, exp(z) / sum(exp(z)), 0.5L, 0, 0.5L);
}

BOOST_AUTO_TEST_CASE(sums_of_exponentials) {
  page p;
  const handle z = p.variable("z", {far, -far, far}, make_shape(3));
  const handle f = log(sum(exp(z))), s = diff(f, z);
  CHECK_VALUE(p, f, far + std::log(2.0L));
  CHECK_VALUE(p, s, 0.5L, 0, 0.5L);
  CHECK_VALUE(p, diff(s, z), 0.25L, 0, -0.25L, 0, 0, 0, -0.25L, 0, 0.25L);
  p.bound[0] = {-far, -far, -far};
  CHECK_VALUE(p, f, -far + std::log(3.0L));
  CHECK_VALUE(p, s, 1 / 3.0L, 1 / 3.0L, 1 / 3.0L);
  CHECK_VALUE(p, logsumexp(z * 0, 0), std::log(3.0L));
  p.bound[0] = {-infinity, 0, 0};
  CHECK_VALUE(p, f, std::log(2.0L));
  CHECK_VALUE(p, s, 0, 0.5L, 0.5L);
  const handle A = p.variable("A", {0, 7, 9, 0}, make_shape(2, 2));
  const handle trace = ops::dot_::expand(leibniz::identity_tensor(A, make_shape(2)), exp(A));
  CHECK_VALUE(p, log(trace), std::log(2.0L));
  CHECK_VALUE(p, diff(log(trace), A), 0.5L, 0, 0, 0.5L);
}

BOOST_AUTO_TEST_CASE(softmax_in_its_tails) {
  page p;
  const handle A = p.variable("A", {tail, -tail, 0, -far, far, far}, make_shape(2, 3));
  const handle s = softmax(A, 1), l = log(s);
  CHECK_VALUE(p, s, 1, std::exp(-2 * tail), std::exp(-tail), 0, 0.5L, 0.5L);
  const values logs = p.all(l), wanted{0, -2 * tail, -tail, -2 * far - std::log(2.0L), -std::log(2.0L), -std::log(2.0L)};
  for (std::size_t k = 0; k < 6; ++k) BOOST_TEST(std::fabs(logs[k] - wanted[k]) <= 1e-18L * std::fabs(wanted[k]));
  for (const real v : p.all(diff(sum(l), A))) BOOST_TEST(std::isfinite(v));
  for (const real v : p.all(diff(l, A))) BOOST_TEST(std::isfinite(v));
  CHECK_VALUE(p, diff(sum(s), A), 0, 0, 0, 0, 0, 0);
}
