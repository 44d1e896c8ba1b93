// Trigonometric functions at 0, at the ends of their domains and far out.
#define BOOST_TEST_MODULE ops_trigonometric
#include "boost_test.hpp"
#include "graph_value.hpp"

using namespace reference;
namespace ops = leibniz::ops;

BOOST_AUTO_TEST_CASE(the_angle_of_a_point) {
  const real half = std::acos(0.0L);
  page p;
  const handle y = p.variable("y", 0), x = p.variable("x", 0), f = atan2(y, x);
  CHECK_VALUE(p, f, 0);
  CHECK_VALUE(p, diff(f, y), 0);
  CHECK_VALUE(p, diff(f, x), 0);
  BOOST_TEST(std::isfinite(p(diff(diff(f, x), y))));
  BOOST_TEST(std::isfinite(p(diff(diff(f, x), x))));
  p.bound = {{1}, {0}};
  CHECK_VALUE(p, f, half);
  CHECK_VALUE(p, diff(f, y), 0);
  CHECK_VALUE(p, diff(f, x), -1);
  p.bound = {{0}, {-1}};
  CHECK_VALUE(p, f, 2 * half);
  CHECK_VALUE(p, diff(f, y), -1);
  p.bound = {{3e4000L}, {4e4000L}};  // squares would overflow
  CHECK_VALUE(p, diff(f, y), 4.0L / 5 / 5e4000L);
  CHECK_VALUE(p, diff(f, x), -3.0L / 5 / 5e4000L);
  p.bound = {{3e-4000L}, {4e-4000L}};  // and vanish
  CHECK_VALUE(p, diff(f, y), 0.8L / 5e-4000L);
}

BOOST_AUTO_TEST_CASE(the_ends_of_domains) {
  page p;
  const handle x = p.variable("x", 0);
  const real close = 1 - 0x1p-40L;
  BOOST_TEST(agree(p.at(diff(asin(x), x), x, close), 1 / std::sqrt(0x1p-40L * (1 + close))));
  BOOST_TEST(agree(p.at(diff(acos(x), x), x, close), -1 / std::sqrt(0x1p-40L * (1 + close))));
  BOOST_TEST(agree(p.at(diff(atanh(x), x), x, close), 1 / (0x1p-40L * (1 + close))));
  BOOST_TEST(agree(p.at(diff(acosh(x), x), x, 1 + 0x1p-40L), 1 / std::sqrt(0x1p-40L * (2 + 0x1p-40L))));
  BOOST_TEST(p.at(diff(asin(x), x), x, 1) == infinity);
  BOOST_TEST(p.at(diff(acosh(x), x), x, 1) == infinity);
  BOOST_TEST(p.at(diff(acosh(x), x), x, 1e4000L) == 1e-4000L);
}

BOOST_AUTO_TEST_CASE(far_out) {
  page p;
  const handle x = p.variable("x", 0);
  for (const real v : {1e4000L, -1e4000L}) {
    BOOST_TEST(agree(p.at(diff(asinh(x), x), x, v), 1e-4000L));
    BOOST_TEST(p.at(diff(atan(x), x), x, v) == 0);
    BOOST_TEST(p.at(diff(tanh(x), x), x, v) == 0);
    BOOST_TEST(p.at(diff(erf(x), x), x, v) == 0);
    BOOST_TEST(p.at(diff(erfc(x), x), x, v) == 0);
    BOOST_TEST(p.at(diff(sigmoid(x), x), x, v) == 0);
  }
  BOOST_TEST(agree(p.at(erfc(x), x, 100), std::erfc(100.0L)));  // not 1 - erf(x), which is 0
}

BOOST_AUTO_TEST_CASE(odd_and_even) {
  page p;
  const handle x = p.variable("x", 0.7L);
  BOOST_TEST((sin(-x) == -sin(x)));
  BOOST_TEST((cos(-x) == cos(x)));
  BOOST_TEST((sinh(-2 * x) == -sinh(2 * x)));
  BOOST_TEST((cosh(-2 * x) == cosh(2 * x)));
  BOOST_TEST((erf(-x) == -erf(x)));
  BOOST_TEST(!(acos(-x) == acos(x)));
  BOOST_TEST(!(erfc(-x) == erfc(x)));
  BOOST_TEST(agree(p(acos(-x)), std::acos(-0.7L)));
  BOOST_TEST(agree(p(erfc(-x)), std::erfc(-0.7L)));
}

BOOST_AUTO_TEST_CASE(inverses) {
  page p;
  const handle x = p.variable("x", 0.7L);
  BOOST_TEST((sin(asin(x)) == x));
  BOOST_TEST((tanh(atanh(x)) == x));
  BOOST_TEST(!(asin(sin(x)) == x));  // only in [-pi/2, pi/2]
  BOOST_TEST(!(acosh(cosh(x)) == x));
  BOOST_TEST(agree(p.at(acosh(cosh(x)), x, -2), 2));
}
