// The values at the edges as users get them: through evaluate, in every precision, at run time and while compiling.
#define BOOST_TEST_MODULE edges
#include "boost_test.hpp"

#include <leibniz/leibniz.hpp>

#include <cmath>
#include <limits>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto u = lz::variable<"u", 3>;

constexpr auto quotient = x / y;
constexpr auto root = lz::sqrt(x * x);
constexpr auto masked = lz::select(0_c < x, lz::sqrt(x), 3_c * x);
constexpr auto sinc = lz::select(lz::equal(x, 0_c), 1_c, lz::sin(x) / x);
constexpr auto log_loss = lz::log(1_c - lz::sigmoid(x));

using precisions = std::tuple<float, double, long double>;

}  // namespace

// In constant evaluation.
static_assert(lz::evaluate(root, x = -3.0) == 3.0 && lz::evaluate(lz::diff(root, x), x = 0.0) == 0.0);
static_assert(lz::evaluate(lz::diff(quotient, y), x = 1e300, y = 1e300) == -1e-300);
static_assert(lz::evaluate(lz::diff(masked, x), x = -1.0) == 3.0 && lz::evaluate(lz::diff(sinc, x), x = 0.0) == 0.0);
static_assert(lz::evaluate(lz::diff(lz::pow(x, 2_c), x), x = 0.0) == 0.0);
static_assert(lz::evaluate(lz::diff(lz::max(x, y), x), x = 1.0, y = 1.0) == 1.0);
static_assert(lz::evaluate(log_loss, x = 1000.0) == -1000.0);
static_assert(lz::evaluate(lz::diff(lz::prod(u), u), u = lz::tensor<double, 3>{2, 0, 3})(1) == 6.0);
static_assert(lz::evaluate(lz::diff(lz::norm(u), u), u = lz::tensor<double, 3>{})(2) == 0.0);

BOOST_AUTO_TEST_CASE_TEMPLATE(far_out, T, precisions) {
  const T large = std::numeric_limits<T>::max() / 16;
  BOOST_TEST(lz::evaluate(quotient, x = large, y = large) == T(1));
  BOOST_TEST(lz::evaluate(lz::diff(quotient, x), x = large, y = large) == T(1) / large);
  BOOST_TEST(lz::evaluate(lz::diff(quotient, y), x = large, y = large) == -T(1) / large);
  BOOST_TEST(lz::evaluate(root, x = -large) == large);
  BOOST_TEST(lz::evaluate(log_loss, x = T(1000)) == T(-1000));
  BOOST_TEST(lz::evaluate(lz::diff(log_loss, x), x = T(1000)) == T(-1));
  BOOST_TEST(lz::evaluate(lz::diff(lz::sigmoid(x), x), x = T(-1e30)) == T(0));
  BOOST_TEST(lz::evaluate(lz::diff(lz::gelu(x), x), x = T(-1000)) == T(0));
  BOOST_TEST(lz::evaluate(lz::hypot(x, y), x = 3 * (large / 16), y = 4 * (large / 16)) == 5 * (large / 16));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(at_zero, T, precisions) {
  const T zero = 0;
  BOOST_TEST(lz::evaluate(lz::diff(root, x), x = zero) == zero);
  BOOST_TEST(lz::evaluate(lz::diff(lz::abs(x), x), x = zero) == zero);
  BOOST_TEST(lz::evaluate(lz::diff(lz::hypot(x, y), x), x = zero, y = zero) == zero);
  BOOST_TEST(lz::evaluate(lz::diff(lz::atan2(y, x), x), x = zero, y = zero) == zero);
  BOOST_TEST(lz::evaluate(lz::diff(lz::pow(x, y), x), x = zero, y = T(1)) == T(1));
  BOOST_TEST(lz::evaluate(lz::diff(lz::pow(x, y), y), x = zero, y = T(2)) == zero);
  BOOST_TEST(lz::evaluate(lz::pow(x, 0_c), x = zero) == T(1));
  BOOST_TEST(std::isinf(lz::evaluate(lz::diff(lz::sqrt(x), x), x = zero)));
  BOOST_TEST(lz::evaluate(lz::diff(sinc, x), x = zero) == zero);
  BOOST_TEST(lz::evaluate(lz::diff(sinc, x, x), x = zero) == zero);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_not_chosen, T, precisions) {
  BOOST_TEST(lz::evaluate(masked, x = T(-1)) == T(-3));
  BOOST_TEST(lz::evaluate(lz::diff(masked, x), x = T(-1)) == T(3));
  const auto each = lz::select(0_c < u, lz::sqrt(u), 3_c * u);
  const lz::tensor<T, 3> at{-1, 0, 4};
  const auto slope = lz::evaluate(lz::diff(lz::sum(each), u), u = at);
  BOOST_TEST((slope(0) == T(3) && slope(1) == T(3) && slope(2) == T(0.25)));
  const auto jacobian = lz::evaluate(lz::diff(each, u), u = at);
  BOOST_TEST((jacobian(0, 0) == T(3) && jacobian(0, 1) == T(0) && jacobian(2, 1) == T(0) && jacobian(2, 2) == T(0.25)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(vectors, T, precisions) {
  const lz::tensor<T, 3> high{1000, 1000, -30000}, zeros{}, two_zeros{0, 0, 5};
  BOOST_TEST(std::fabs(lz::evaluate(lz::logsumexp(u), u = high) - T(1000.6931471805599453L)) < T(1e-4));
  BOOST_TEST((lz::evaluate(lz::softmax(u), u = high) == lz::tensor<T, 3>{T(0.5), T(0.5), 0}));
  BOOST_TEST((lz::evaluate(lz::diff(lz::log(lz::sum(lz::exp(u))), u), u = high) == lz::tensor<T, 3>{T(0.5), T(0.5), 0}));
  BOOST_TEST((lz::evaluate(lz::diff(lz::norm(u), u), u = zeros) == zeros));
  BOOST_TEST((lz::evaluate(lz::diff(lz::prod(u), u), u = two_zeros) == zeros));
  BOOST_TEST((lz::evaluate(lz::diff(lz::prod(u), u, u), u = two_zeros)(0, 1)) == T(5));
  BOOST_TEST((lz::evaluate(lz::diff(lz::max(u), u), u = high) == lz::tensor<T, 3>{1, 0, 0}));
}

// However far from the choice the factor stands that is undefined.
BOOST_AUTO_TEST_CASE_TEMPLATE(not_chosen_in_products, T, precisions) {
  constexpr auto v = lz::variable<"v", 2>;
  constexpr auto w = lz::variable<"w", 2>;
  constexpr auto products = lz::sum(lz::select(lz::outer(v, w) > 100_c, lz::outer(lz::sqrt(v), w), lz::outer(v, v)));
  constexpr auto some = lz::sum(lz::select(lz::outer(v, w) > 2_c, lz::outer(lz::sqrt(v), w), lz::outer(v, w)));
  const lz::tensor<T, 2> at{-1, 4}, beside{T(0.5), 3};
  BOOST_TEST((lz::evaluate(lz::diff(products, v), v = at, w = beside) == lz::tensor<T, 2>{6, 6}));
  BOOST_TEST((lz::evaluate(lz::diff(products, w), v = at, w = beside) == lz::tensor<T, 2>{}));
  BOOST_TEST((lz::evaluate(lz::diff(some, v), v = at, w = beside) == lz::tensor<T, 2>{T(3.5), T(1.25)}));
  BOOST_TEST((lz::evaluate(lz::diff(some, w), v = at, w = beside) == lz::tensor<T, 2>{3, 1}));
  constexpr auto chain = lz::sum(lz::select(lz::outer(w, w) > 100_c, lz::outer(lz::variable<"A", 2, 2> * lz::log(v), w), lz::outer(w, w)));
  const lz::tensor<T, 2, 2> a{1, 2, 3, 4};
  BOOST_TEST((lz::evaluate(lz::diff(chain, v), lz::variable<"A", 2, 2> = a, v = at, w = beside) == lz::tensor<T, 2>{}));
  BOOST_TEST((lz::evaluate(lz::diff(chain, lz::variable<"A", 2, 2>), lz::variable<"A", 2, 2> = a, v = at, w = beside) == lz::tensor<T, 2, 2>{}));
}

// The zeros of a Jacobian's structure, beside an infinite slope.
BOOST_AUTO_TEST_CASE_TEMPLATE(zeros_of_the_structure, T, precisions) {
  constexpr auto v = lz::variable<"v", 2>;
  constexpr auto w = lz::variable<"w", 2>;
  const T inf = std::numeric_limits<T>::infinity();
  const lz::tensor<T, 2> at{0, T(0.25)}, beside{2, 3};
  BOOST_TEST((lz::evaluate(lz::diff(lz::outer(lz::sqrt(w), v), w), w = at, v = beside) == lz::tensor<T, 2, 2, 2>{inf, 0, inf, 0, 0, 2, 0, 3}));
  BOOST_TEST((lz::evaluate(lz::diff(lz::sqrt(w) + x * w, w), w = at, x = T(2)) == lz::tensor<T, 2, 2>{inf, 0, 0, 3}));
  BOOST_TEST((lz::evaluate(lz::diff(lz::norm(lz::sqrt(x) * v) * w, x), x = T(0), v = beside, w = beside) == lz::tensor<T, 2>{}));
  BOOST_TEST((lz::evaluate(lz::diff(lz::max(lz::sqrt(w)), w), w = at) == lz::tensor<T, 2>{0, 1}));
}

// What is zero around an element stays zero, whatever the other factor is there.
BOOST_AUTO_TEST_CASE_TEMPLATE(zeros_around_an_element, T, precisions) {
  constexpr auto l = lz::let<"l">(lz::log(u));
  const lz::tensor<T, 3> at{2, 0, 4};
  const auto slope = lz::evaluate(lz::diff(l(0_c) * l(2_c), u), u = at);
  BOOST_TEST(std::fabs(slope(0) - std::log(T(4)) / 2) < T(1e-6));
  BOOST_TEST(slope(1) == T(0));
  BOOST_TEST(std::fabs(slope(2) - std::log(T(2)) / 4) < T(1e-6));
}
