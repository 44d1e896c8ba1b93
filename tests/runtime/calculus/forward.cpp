// Both directions of the chain rule give one Jacobian, and it is that of central differences. The judge is
// tests/support/graph_value.hpp, in long double.
#define BOOST_TEST_MODULE forward
#include "boost_test.hpp"

#include "jacobian.hpp"

namespace lz = leibniz;
using namespace leibniz::literals;
using reference::check_close;
using reference::jacobian;
using reference::real;
using reference::values;

namespace {

constexpr auto s = lz::variable<"s">;
constexpr auto x = lz::variable<"x", 3>;
constexpr auto y = lz::variable<"y", 3>;
constexpr auto v = lz::variable<"v", 5>;
constexpr auto p = lz::variable<"p", 10>;
constexpr auto M = lz::variable<"M", 2, 3>;
constexpr auto N = lz::variable<"N", 3, 4>;
constexpr auto A = lz::variable<"A", 5, 3>;
constexpr auto B = lz::variable<"B", 8, 5>;
constexpr auto C = lz::variable<"C", 9, 6>;
constexpr auto w = lz::variable<"w", 2>;
constexpr auto P = lz::variable<"P", 10, 3>;

enum class direction { forward, reverse, either };

template <class F, class X>
void check(const char* what, F formula, X by, direction expected = direction::either) {
  BOOST_TEST_CONTEXT(what) {
    jacobian j(formula, by);
    BOOST_TEST((j.g.error == lz::failure::none));
    const values wanted = j.differences(), reverse = j.all(j.reverse);
    check_close(reverse, wanted, 1e-10L);
    check_close(j.all(j.chosen), reverse, 1e-16L);
    BOOST_TEST_REQUIRE(j.forward.valid());
    check_close(j.all(j.forward), reverse, 1e-16L);
    if (expected == direction::forward) BOOST_TEST((j.chosen == j.forward && !(j.forward == j.reverse)));
    if (expected == direction::reverse) BOOST_TEST((j.chosen == j.reverse));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(chains_of_products) {
  check("A x", A * x, x, direction::reverse);
  check("B tanh(A x)", B * lz::tanh(A * x), x, direction::forward);
  check("B (A x)", B * (A * x), x);
  check("B sigmoid(A exp(s y))", B * lz::sigmoid(A * lz::exp(s * y)), s, direction::forward);
  check("tanh(B sin(A x)) + B (A x)", lz::tanh(B * lz::sin(A * x)) + B * (A * x), x);
  check("C flatten(sin(M))", C * lz::flatten(lz::transpose(lz::transpose(M))), M);
  check("C cos(flatten(M))", C * lz::cos(lz::flatten(M)), M);
  check("P exp(M N) by M", lz::exp(M * N), M);
  check("A M^T", lz::tanh(A * lz::transpose(M)), M);
  check("outer", lz::sin(lz::outer(x, lz::cos(x))), x);
  check("x by x", lz::exp(x), x, direction::reverse);
}

BOOST_AUTO_TEST_CASE(every_kind_of_row) {
  check("softmax", lz::softmax(P * lz::sin(x)), x, direction::forward);
  check("log_softmax", lz::log_softmax(P * lz::sin(x)), x, direction::forward);
  check("softmax of rows", lz::softmax(lz::outer(lz::exp(x), lz::cos(v))), x);
  check("log_softmax of rows", lz::log_softmax(A * N), N);
  check("logsumexp", lz::logsumexp(A * x) * v, x);
  check("norm", lz::norm(A * x) * v, x);
  check("max", lz::max(A * x) * v, x);
  check("prod", lz::prod(x) * v, x);
  check("prod of many", lz::prod(P * x) * v, x);
  check("norm by a scalar", lz::norm(lz::exp(s * y)) * v, s);
  check("sum over rows", lz::tanh(C * lz::flatten(lz::outer(lz::sum(lz::sin(M), 0_c), lz::sum(M, 1_c)))), M);
  check("sums", B * lz::exp(A * lz::sum(M, 0_c)), M);
  check("elements", lz::exp(x(1_c) * v) + lz::sin(x(2_c)) * v, x, direction::either);
  check("select", P * lz::select(x < y, lz::sin(x), x * x(0_c)), x);
  check("select by a scalar", lz::select(v < s, lz::exp(s) * v, s * s * v), s);
  check("min, max", lz::max(P * x, s) + lz::min(P * lz::cos(x), lz::sum(x)), x);
  check("relu", B * lz::relu(A * x - s), x, direction::forward);
  check("broadcast", (lz::sum(x) + lz::exp(v * lz::dot(x, y))) / (1_c + lz::sum(x * s)), x);
  check("pow", lz::pow(v, s) + lz::pow(s, v), s);
  check("pow by a vector", lz::pow(v, lz::sum(x)) + lz::pow(lz::sum(x), v), x);
  check("atan2, hypot", lz::atan2(P * x, s) + lz::hypot(s * p, lz::exp(P * x)), x);
  check("hypot by a scalar", lz::hypot(s, v) + lz::atan2(s, v), s);
  check("quotients", (B * (A * x)) / (1_c + lz::squared_norm(x)), x);
}

// Intermediates and elements, as the library chooses, against closed forms.
BOOST_AUTO_TEST_CASE(by_intermediates_and_elements) {
  constexpr auto z = lz::let<"z">(lz::sin(s));
  const lz::tensor<double, 5> weights{1, -2, 3, 0.5, 0.25};
  const lz::tensor<double, 5, 3> a{1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5};
  const lz::tensor<double, 3> u{0.1, 0.2, -0.3};
  const auto slope = lz::evaluate(lz::diff(lz::tanh(lz::exp(z * v)), z), v = weights, s = 0.5);
  for (int i = 0; i < 5; ++i) {
    const double e = std::exp(std::sin(0.5) * weights(i)), t = std::tanh(e);
    BOOST_TEST(slope(i) == (1 - t * t) * e * weights(i), boost::test_tools::tolerance(1e-14));
  }
  const auto column = lz::evaluate(lz::diff(A * lz::exp(A * x)(1_c) * x(2_c), x(0_c)), A = a, x = u);
  const double e = std::exp(4 * u(0) + 5 * u(1) + 6 * u(2));
  for (int i = 0; i < 5; ++i)
    for (int k = 0; k < 3; ++k) BOOST_TEST(column(i, k) == a(i, k) * 4 * e * u(2), boost::test_tools::tolerance(1e-14));
}

// The Jacobian of a matrix by itself has four axes already: its derivative by a scalar is one forward sweep, none for every element.
BOOST_AUTO_TEST_CASE(of_a_jacobian) {
  constexpr auto f = lz::atan2(lz::atan2(N, 5_c), 0.5_c / s);
  lz::tensor<double, 3, 4> at{};
  for (int i = 0; i < 12; ++i) at.data()[i] = 0.25 * i - 1.5;
  constexpr double h = 1e-5;
  const auto both = lz::evaluate(lz::diff(f, N, s), N = at, s = 0.7), other = lz::evaluate(lz::diff(f, s, N), N = at, s = 0.7);
  const auto above = lz::evaluate(lz::diff(f, N), N = at, s = 0.7 + h), below = lz::evaluate(lz::diff(f, N), N = at, s = 0.7 - h);
  for (std::size_t i = 0; i < both.size(); ++i) {
    BOOST_TEST(std::fabs(both.data()[i] - (above.data()[i] - below.data()[i]) / (2 * h)) < 1e-9);
    BOOST_TEST(std::fabs(both.data()[i] - other.data()[i]) < 1e-14);
  }
}

// docs/edges.md holds in both directions: zeros of masks and around pieces never meet an infinite slope.
BOOST_AUTO_TEST_CASE(edges) {
  const auto both = [](auto formula, auto by, const values& at, const values& wanted) { reference::check_exactly(formula, by, 1, at, wanted); };
  const real inf = reference::infinity;
  both(lz::relu(s * v), s, {0}, values(5, 0));
  both(lz::outer(w, lz::relu(w)), w, {0, 1}, {0, 0, 1, 0, 0, 0, 0, 2});
  // What was not chosen may be infinitely steep, or undefined.
  both(lz::select(v < 2_c, w(1_c) * v, lz::sqrt(w(0_c))), w, {0, 1}, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  both(lz::select(v < 2_c, w(1_c) * v, lz::log(w(0_c))), w, {-1, 1}, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  both(v * lz::select(w(1_c) < 2_c, w(1_c), lz::sqrt(w(0_c))), w, {0, 1}, {0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  both(lz::select(v < 2_c, v, lz::sqrt(w(0_c)) + v), w, {0, 1}, values(10, 0));
  // An infinite slope by one element leaves the others at 0.
  both(v * lz::sqrt(w(0_c)), w, {0, 1}, {inf, 0, inf, 0, inf, 0, inf, 0, inf, 0});
  both(lz::exp(v - v * lz::sqrt(w(0_c))), w, {0, 1}, values{-inf, 0, -inf, 0, -inf, 0, -inf, 0, -inf, 0});
  // prod with a zero, max with a tie, norm at the origin.
  both(lz::prod(w) * v, w, {0, 5}, {5, 0, 5, 0, 5, 0, 5, 0, 5, 0});
  both(lz::max(w) * v, w, {2, 2}, {1, 0, 1, 0, 1, 0, 1, 0, 1, 0});
  both(lz::norm(w) * v, w, {0, 0}, values(10, 0));
}
