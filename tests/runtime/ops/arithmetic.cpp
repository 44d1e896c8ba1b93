// Where sums, products, quotients, powers and roots are delicate.
#define BOOST_TEST_MODULE ops_arithmetic
#include "boost_test.hpp"
#include "graph_value.hpp"

using namespace reference;
namespace ops = leibniz::ops;

namespace {

handle power(handle x, std::int64_t p, std::int64_t q = 1) { return pow(x, x.number(rational{p, q})); }
handle prod(handle x) { return ops::prod_::expand(x); }
handle sum(handle x) { return ops::sum_::expand(x); }

}  // namespace

BOOST_AUTO_TEST_CASE(quotients_far_out) {
  for (const real y0 : {1e3000L, -1e3000L, 1e-3000L}) {
    page p;
    const handle x = p.variable("x", y0), y = p.variable("y", y0), f = x / y;
    CHECK_VALUE(p, f, 1);
    CHECK_VALUE(p, diff(f, x), 1 / y0);
    CHECK_VALUE(p, diff(f, y), -1 / y0);  // -x/(y*y) would be 0 or infinite
  }
  page p;
  const handle x = p.variable("x", 3), y = p.variable("y", 1e2000L), f = x / y;
  CHECK_VALUE(p, diff(diff(f, y), y), 6e-2000L / 1e2000L / 1e2000L);
  CHECK_VALUE(p, diff(diff(f, x), y), -1 / 1e2000L / 1e2000L);
}

BOOST_AUTO_TEST_CASE(equal_numerator_and_denominator) {
  page p;
  const handle x = p.variable("x", 1e-4000L), y = p.variable("y", -2);
  CHECK_VALUE(p, x / x, 1);
  CHECK_VALUE(p, diff(x / x, x), 0);
  CHECK_VALUE(p, (x * y) / x, -2);
  CHECK_VALUE(p, 1 / (1 / x), 1e-4000L);
}

BOOST_AUTO_TEST_CASE(small_coefficients) {
  page p;
  const handle x = p.variable("x", 1e4L), f = x.number(rational{1, 100000000000000000}) * power(x, 4);
  CHECK_VALUE(p, f, 0.1L);
  CHECK_VALUE(p, diff(f, x), 4e-5L);
  CHECK_VALUE(p, diff(diff(f, x), x), 12e-9L);
  const handle c = x.number(rational{1, 100000000000000000});
  p.bound[0] = {-1};
  CHECK_VALUE(p, x + 1 + c, 1e-17L);  // 1 + 1e-17 is 1 in double
}

BOOST_AUTO_TEST_CASE(roots) {
  page p;
  const handle x = p.variable("x", 0), f = sqrt(x * x);
  CHECK_VALUE(p, f, 0);
  CHECK_VALUE(p, diff(f, x), 0);
  CHECK_VALUE(p, diff(diff(f, x), x), 0);
  BOOST_TEST(p.at(f, x, -1e4000L) == 1e4000L);  // the square would overflow
  BOOST_TEST(p.at(diff(f, x), x, -3) == -1);
  BOOST_TEST(p.at(diff(f, x), x, 3) == 1);
  BOOST_TEST(p.at(diff(sqrt(x), x), x, 0) == infinity);
  BOOST_TEST(p.at(cbrt(x), x, -8) == -2);
  BOOST_TEST(p.at(diff(cbrt(x), x), x, -8) == 1 / 12.0L);
  BOOST_TEST(p.at(power(cbrt(x), 3), x, -8) == -8);
  BOOST_TEST(std::isnan(p.at(sqrt(x), x, -1)));
  const handle y = p.variable("y", 1e-170L), twice = y / sqrt(x) / sqrt(x);  // y/x
  BOOST_TEST(p.at(twice, x, 4) == 1e-170L / 4);
  BOOST_TEST(p.at(twice, x, 1e-4000L) == 1e-170L / 1e-4000L);
  BOOST_TEST(p.at(twice, x, 0) == infinity);
  BOOST_TEST(p.at(twice, x, infinity) == 0);
  BOOST_TEST(std::isnan(p.at(power(sqrt(x), 2) + 0, x, -1)) == false);  // sqrt(x)**2 is x, defined where it was
}

BOOST_AUTO_TEST_CASE(powers_at_zero) {
  page p;
  const handle x = p.variable("x", 0);
  CHECK_VALUE(p, power(x, 0), 1);
  CHECK_VALUE(p, diff(power(x, 0), x), 0);
  CHECK_VALUE(p, power(x, 1), 0);
  CHECK_VALUE(p, diff(power(x, 1), x), 1);
  CHECK_VALUE(p, diff(diff(power(x, 1), x), x), 0);
  CHECK_VALUE(p, power(x, 2), 0);
  CHECK_VALUE(p, diff(power(x, 2), x), 0);
  CHECK_VALUE(p, diff(diff(power(x, 2), x), x), 2);
  CHECK_VALUE(p, diff(diff(diff(power(x, 2), x), x), x), 0);
  CHECK_VALUE(p, diff(diff(diff(power(x, 3), x), x), x), 6);
  CHECK_VALUE(p, power(x, 1, 2), 0);
  CHECK_VALUE(p, diff(power(x, 1, 2), x), infinity);
  CHECK_VALUE(p, diff(power(x, 3, 2), x), 0);
  CHECK_VALUE(p, power(x, -1), infinity);
  CHECK_VALUE(p, diff(power(x, -1), x), -infinity);
}

// Where the exponent is 0 the slope is 0, but the slope of the slope is not.
BOOST_AUTO_TEST_CASE(powers_with_a_variable_exponent) {
  page p;
  const handle x = p.variable("x", 2), y = p.variable("y", 0), f = pow(x, y);
  CHECK_VALUE(p, diff(f, x), 0);
  CHECK_VALUE(p, diff(diff(f, x), y), 0.5L);
  CHECK_VALUE(p, diff(diff(f, y), x), 0.5L);
  CHECK_VALUE(p, diff(diff(diff(f, x), y), x), -0.25L);
  p.bound[1] = {1};
  CHECK_VALUE(p, diff(diff(diff(f, x), x), y), 0.5L);
}

BOOST_AUTO_TEST_CASE(powers_of_negative_numbers) {
  page p;
  const handle x = p.variable("x", -2);
  CHECK_VALUE(p, power(x, 3), -8);
  CHECK_VALUE(p, diff(power(x, 3), x), 12);
  CHECK_VALUE(p, power(x, -2), 0.25L);
  CHECK_VALUE(p, diff(power(x, -2), x), 0.25L);
  CHECK_VALUE(p, power(power(x, 2), 1, 2), 2);  // |x|, not x
  BOOST_TEST(std::isnan(p(power(x, 1, 3))));
}

BOOST_AUTO_TEST_CASE(symbolic_exponents_at_zero) {
  for (const real exponent : {0.0L, 1.0L, 2.0L, 3.0L}) {
    page p;
    const handle x = p.variable("x", 0), y = p.variable("y", exponent), f = pow(x, y);
    CHECK_VALUE(p, f, exponent == 0 ? 1.0L : 0.0L);
    CHECK_VALUE(p, diff(f, x), exponent == 1 ? 1.0L : 0.0L);
    CHECK_VALUE(p, diff(diff(f, x), x), exponent == 2 ? 2.0L : 0.0L);
    CHECK_VALUE(p, diff(f, y), 0);
    CHECK_VALUE(p, diff(diff(f, y), y), 0);
    BOOST_TEST(std::isfinite(p(diff(diff(f, x), y))));
    if (exponent != 1) BOOST_TEST(p(diff(diff(f, x), y)) == p(diff(diff(f, y), x)));  // at 1 it is log(0)
  }
}

BOOST_AUTO_TEST_CASE(products_with_zeros) {
  page p;
  const handle u = p.variable("u", {2, 0, 3, 5}, make_shape(4));
  CHECK_VALUE(p, prod(u), 0);
  CHECK_VALUE(p, diff(prod(u), u), 0, 30, 0, 0);
  CHECK_VALUE(p, diff(diff(prod(u), u), u), 0, 15, 0, 0, 15, 0, 10, 6, 0, 10, 0, 0, 0, 6, 0, 0);
  p.bound[0] = {2, 0, 0, 5};
  CHECK_VALUE(p, diff(prod(u), u), 0, 0, 0, 0);
  CHECK_VALUE(p, diff(diff(prod(u), u), u), 0, 0, 0, 0, 0, 0, 10, 0, 0, 10, 0, 0, 0, 0, 0, 0);
  p.bound[0] = {0, 0, 0, 5};
  CHECK_VALUE(p, diff(diff(prod(u), u), u), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  for (int n = 1; n < 14; ++n) {
    page q;
    const handle v = q.variable("v", values(static_cast<std::size_t>(n), 2), make_shape(n));
    CHECK_VALUE(q, prod(v), static_cast<real>(1 << n));
    CHECK_VALUE(q, sum(diff(prod(v), v)), static_cast<real>(n << (n - 1)));
    if (n > 1) CHECK_VALUE(q, sum(diff(diff(prod(v), v), v)), static_cast<real>((n * (n - 1)) << (n - 2)));
  }
  // A long product is a reduction: with one zero, with two, and its second slope.
  page r;
  const handle w = r.variable("w", {2, 1, 3, 1, 0, 1, 1, 5, 1, 1}, make_shape(10));
  CHECK_VALUE(r, prod(w), 0);
  CHECK_VALUE(r, diff(prod(w), w), 0, 0, 0, 0, 30, 0, 0, 0, 0, 0);
  const values second = r.all(diff(diff(prod(w), w), w));
  for (std::size_t i = 0; i < 10; ++i)
    for (std::size_t j = 0; j < 10; ++j)
      BOOST_TEST(second[10 * i + j] == ((i == 4) == (j == 4) ? 0 : 30 / r.bound[0][i == 4 ? j : i]));
  r.bound[0][0] = 0;
  CHECK_VALUE(r, diff(prod(w), w), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  BOOST_TEST(r.all(diff(diff(prod(w), w), w))[4] == 15);
}

BOOST_AUTO_TEST_CASE(hypotenuse) {
  page p;
  const handle a = p.variable("a", 0), b = p.variable("b", 0), f = hypot(a, b);
  CHECK_VALUE(p, f, 0);
  CHECK_VALUE(p, diff(f, a), 0);
  CHECK_VALUE(p, diff(f, b), 0);
  BOOST_TEST(std::isfinite(p(diff(diff(f, a), b))));
  BOOST_TEST(std::isfinite(p(diff(diff(f, a), a))));
  p.bound = {{3}, {4}};
  CHECK_VALUE(p, diff(diff(f, a), a), 16 / 125.0L);
  CHECK_VALUE(p, diff(diff(f, a), b), -12 / 125.0L);
  p.bound = {{3e4900L}, {-4e4900L}};
  CHECK_VALUE(p, f, 5e4900L);
  CHECK_VALUE(p, diff(f, a), 0.6L);
  CHECK_VALUE(p, diff(f, b), -0.8L);
  CHECK_VALUE(p, diff(hypot(a, a), a), std::sqrt(2.0L));
}

BOOST_AUTO_TEST_CASE(length_of_a_vector) {  // the slope at the origin is 0
  page p;
  const handle u = p.variable("u", {0, 0, 0}, make_shape(3)), f = ops::norm_::expand(u);
  CHECK_VALUE(p, f, 0);
  CHECK_VALUE(p, diff(f, u), 0, 0, 0);
  for (const real v : p.all(diff(diff(f, u), u))) BOOST_TEST(std::isfinite(v));
  p.bound[0] = {3, 0, -4};
  CHECK_VALUE(p, diff(f, u), 0.6L, 0, -0.8L);
  p.bound[0] = {3e4000L, 0, -4e4000L};
  CHECK_VALUE(p, f, 5e4000L);
  CHECK_VALUE(p, diff(f, u), 0.6L, 0, -0.8L);
}
