// Kinks, ties, and sides that are not chosen: what select leaves out never reaches a value or a slope.
#define BOOST_TEST_MODULE ops_piecewise
#include "boost_test.hpp"
#include "graph_value.hpp"

using namespace reference;
namespace ops = leibniz::ops;

namespace {

handle sum(handle x) { return ops::sum_::expand(x); }
handle dot(handle a, handle b) { return ops::dot_::expand(a, b); }

}  // namespace

BOOST_AUTO_TEST_CASE(kinks) {
  page p;
  const handle x = p.variable("x", 0);
  CHECK_VALUE(p, diff(abs(x), x), 0);
  CHECK_VALUE(p, sign(x), 0);
  CHECK_VALUE(p, diff(sign(x), x), 0);
  CHECK_VALUE(p, diff(diff(abs(x), x), x), 0);
  CHECK_VALUE(p, diff(abs(-3 * x), x), 0);
  p.bound[0] = {-2};
  CHECK_VALUE(p, diff(abs(-3 * x), x), -3);
  CHECK_VALUE(p, sign(-3 * x), 1);
  CHECK_VALUE(p, abs(x * x), 4);
}

BOOST_AUTO_TEST_CASE(ties) {
  page p;
  const handle x = p.variable("x", 1), y = p.variable("y", 1);
  CHECK_VALUE(p, diff(max(x, y), x), 1);
  CHECK_VALUE(p, diff(max(x, y), y), 0);
  CHECK_VALUE(p, diff(min(x, y), x), 1);
  CHECK_VALUE(p, diff(min(x, y), y), 0);
  CHECK_VALUE(p, diff(max(x, x), x), 1);
  CHECK_VALUE(p, diff(min(x, 1 * x), x), 1);
  CHECK_VALUE(p, diff(max(x, x.number(1)), x), 1);
  CHECK_VALUE(p, diff(max(x.number(1), x), x), 0);
  CHECK_VALUE(p, diff(ops::clamp_::expand(x, x.number(1), x.number(2)), x), 1);  // at the limits the slope is x's
  CHECK_VALUE(p, diff(ops::clamp_::expand(x, x.number(0), x.number(1)), x), 1);
  const handle u = p.variable("u", {3, 7, 7}, make_shape(3));
  CHECK_VALUE(p, diff(maximum(u, 0), u), 0, 1, 0);
}

BOOST_AUTO_TEST_CASE(the_other_side_is_undefined) {
  page p;
  const handle x = p.variable("x", -1);
  const handle f = select(0 < x, sqrt(x) * log(x), 3 * x);
  CHECK_VALUE(p, f, -3);
  CHECK_VALUE(p, diff(f, x), 3);
  CHECK_VALUE(p, diff(diff(f, x), x), 0);
  const handle g = select(equal(x, x.number(0)), x.number(1), sin(x) / x);
  p.bound[0] = {0};
  CHECK_VALUE(p, g, 1);
  CHECK_VALUE(p, diff(g, x), 0);
  CHECK_VALUE(p, diff(diff(g, x), x), 0);
  CHECK_VALUE(p, diff(2 * g * g + exp(g), x), 0);
}

BOOST_AUTO_TEST_CASE(nested) {
  page p;
  const handle x = p.variable("x", 0);
  const handle f = select(x < 0, log(-x), select(equal(x, x.number(0)), 5 * x, 1 / x));
  CHECK_VALUE(p, f, 0);
  CHECK_VALUE(p, diff(f, x), 5);
  CHECK_VALUE(p, diff(diff(f, x), x), 0);
  p.bound[0] = {-2};
  CHECK_VALUE(p, diff(f, x), -0.5L);
  p.bound[0] = {2};
  CHECK_VALUE(p, diff(f, x), -0.25L);
  const handle h = select(x < 0, select(x < -1, 1 / (x + 1), sqrt(x)), x) * 2;  // both inner sides undefined somewhere
  p.bound[0] = {0};
  CHECK_VALUE(p, diff(h, x), 2);
  p.bound[0] = {-3};
  CHECK_VALUE(p, diff(h, x), -0.5L);
}

BOOST_AUTO_TEST_CASE(vectors_and_jacobians) {
  page p;
  const handle u = p.variable("u", {-1, 0, 4}, make_shape(3));
  const handle W = p.variable("W", {1, 2, 3, 4, 5, 6}, make_shape(2, 3));
  const handle f = select(0 < u, sqrt(u), 3 * u);
  CHECK_VALUE(p, f, -3, 0, 2);
  CHECK_VALUE(p, diff(sum(f), u), 3, 3, 0.25L);
  CHECK_VALUE(p, diff(f, u), 3, 0, 0, 0, 3, 0, 0, 0, 0.25L);
  CHECK_VALUE(p, diff(diff(sum(f), u), u), 0, 0, 0, 0, 0, 0, 0, 0, -1 / 32.0L);
  const handle z = ops::matmul_::expand(W, f);
  CHECK_VALUE(p, diff(z, u), 3, 6, 0.75L, 12, 15, 1.5L);
  CHECK_VALUE(p, diff(sum(z * z), u), 18, 36, 4.5L);
  CHECK_VALUE(p, diff(dot(f, f), u), -18, 0, 1);
  CHECK_VALUE(p, diff(sum(ops::outer_::expand(f, f)), u), -6, -6, -0.5L);
}

BOOST_AUTO_TEST_CASE(a_scalar_condition_on_vectors) {
  page p;
  const handle x = p.variable("x", -1), u = p.variable("u", {1, 2}, make_shape(2));
  const handle f = select(0 < x, u * log(x), u);
  CHECK_VALUE(p, f, 1, 2);
  CHECK_VALUE(p, diff(f, u), 1, 0, 0, 1);
  CHECK_VALUE(p, diff(f, x), 0, 0);
  CHECK_VALUE(p, diff(sum(f), u), 1, 1);
  p.bound[0] = {0};  // where the slope of the other side is infinite
  const handle g = select(0 < x, u * sqrt(x), u);
  CHECK_VALUE(p, diff(g, x), 0, 0);
  CHECK_VALUE(p, diff(sum(g), x), 0);
  CHECK_VALUE(p, diff(g, u), 1, 0, 0, 1);
}

// A scalar that is chosen nowhere has the slope 0, however steep it is itself.
BOOST_AUTO_TEST_CASE(a_scalar_side_of_a_vector_condition) {
  page p;
  const handle x = p.variable("x", 0), u = p.variable("u", {-1, -2}, make_shape(2));
  const handle f = select(0 < u, sqrt(x), u);
  CHECK_VALUE(p, f, -1, -2);
  CHECK_VALUE(p, diff(f, u), 1, 0, 0, 1);
  CHECK_VALUE(p, diff(f, x), 0, 0);
  CHECK_VALUE(p, diff(sum(f), x), 0);
  p.bound[1] = {-1, 4};
  p.bound[0] = {4};
  CHECK_VALUE(p, diff(f, x), 0, 0.25L);
  CHECK_VALUE(p, diff(sum(f), x), 0.25L);
}

// What is used more than once has an adjoint for each use; none of them may carry the other side's slope along.
BOOST_AUTO_TEST_CASE(a_side_that_uses_a_value_twice) {
  page p;
  const handle x = p.variable("x", -1), y = p.variable("y", 2);
  const handle root = sqrt(x), zero = x.number(0);
  const handle f = select(zero < x, root * sin(root), x * x);
  CHECK_VALUE(p, diff(f, x), -2);
  CHECK_VALUE(p, diff(diff(f, x), x), 2);
  CHECK_VALUE(p, diff(3 * f + select(x <= zero, y, root * exp(root)), x), -6);
  const handle nested = select(zero < x, select(y < x, root * y, root) + root * sin(root), y);
  CHECK_VALUE(p, diff(nested, x), 0);
  CHECK_VALUE(p, diff(nested, y), 1);
  CHECK_VALUE(p, diff(diff(nested, x), y), 0);
  const handle apart = select(zero < x, exp(root), y) + select(y < zero, sin(root), y);
  CHECK_VALUE(p, diff(apart, x), 0);
  CHECK_VALUE(p, diff(diff(apart, y), x), 0);
  const handle power = pow(select(zero < x, pow(x, x), 3 * y / y), x.number(-2));
  CHECK_VALUE(p, diff(diff(power, x), x), 0);
  p.bound[0] = {4};
  CHECK_VALUE(p, diff(select(zero < x, root * root * root + y * root, y), x), 3.5L);
  CHECK_VALUE(p, diff(nested, y), 2);
}
BOOST_AUTO_TEST_CASE(a_side_that_uses_a_vector_twice) {
  page p;
  const handle v = p.variable("v", {-1, 4}, make_shape(2)), s = p.variable("s", -1);
  const handle root = sqrt(v), zero = v.number(0);
  const handle f = select(zero < v, root * root * root + exp(root) * 0 + root * v, v);
  CHECK_VALUE(p, diff(f, v), 1, 0, 0, 6);
  CHECK_VALUE(p, diff(diff(f, v), v), 0, 0, 0, 0, 0, 0, 0, 0.75L);
  CHECK_VALUE(p, diff(diff(sum(select(zero < v, root * sin(root), zero)), v), s), 0, 0);
  CHECK_VALUE(p, diff(diff(select(zero < s, dot(root, sin(root)), s), v), v), 0, 0, 0, 0);
  const handle length = leibniz::norm(v * sqrt(s), 0);
  CHECK_VALUE(p, diff(diff(select(zero < s, length, s), s), s), 0);
  const handle turned = ops::transpose_::expand(root);
  CHECK_VALUE(p, diff(select(zero < s, sum(turned * sin(turned)), s), v), 0, 0);
  CHECK_VALUE(p, diff(select(zero < s, slice(root, 0, 0, {}) * exp(slice(root, 0, 0, {})) + sum(root * root * v), s), v), 0, 0);
}

// A vector that a contraction reads, with an infinite element behind a mask.
BOOST_AUTO_TEST_CASE(through_contractions) {
  page p;
  const handle u = p.variable("u", {0, 1}, make_shape(2)), v = p.variable("v", {2, 3}, make_shape(2));
  const handle safe = select(equal(u, u.number(0)), u.number(0), v / u);
  CHECK_VALUE(p, safe, 0, 3);
  CHECK_VALUE(p, diff(dot(safe, v), v), 0, 6);
  CHECK_VALUE(p, diff(dot(safe, v), u), 0, -9);
  CHECK_VALUE(p, diff(diff(dot(safe, v), v), u), 0, 0, 0, -6);
  CHECK_VALUE(p, diff(sum(ops::outer_::expand(v, safe)), u), 0, -15);
}

BOOST_AUTO_TEST_CASE(equal_sides) {
  page p;
  const handle x = p.variable("x", 2), u = p.variable("u", {1, 2, 3}, make_shape(3));
  CHECK_VALUE(p, select(u < 2, x, x), 2, 2, 2);  // the condition gives the shape
  CHECK_VALUE(p, select(u.number(1), x, u), 2, 2, 2);
  CHECK_VALUE(p, select(u.number(0), x, u), 1, 2, 3);
  CHECK_VALUE(p, max(x, u), 2, 2, 3);
  CHECK_VALUE(p, diff(sum(max(x, u)), x), 2);
}
