// Programs of scalars: gradients put together from pieces, reciprocals that quotients share, sums that take products along.
#define BOOST_TEST_MODULE scalars
#include "../../support/boost_test.hpp"

#include <array>
#include <cmath>
#include <leibniz/leibniz.hpp>
#include <limits>
#include <span>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

constexpr auto p = lz::variable<"p", 7>;
constexpr auto a = lz::variable<"a">;
constexpr auto b = lz::variable<"b">;
constexpr auto d = lz::variable<"d">;

// Some elements are used twice, one never.
constexpr auto pieces = p(0_c) * lz::sin(p(2_c)) + p(4_c) / p(6_c) + lz::square(p(0_c)) * p(5_c) - p(1_c);
double pieces_at(const std::array<double, 7>& v) { return v[0] * std::sin(v[2]) + v[4] / v[6] + v[0] * v[0] * v[5] - v[1]; }

std::array<double, 7> slope_of_pieces(std::array<double, 7> v) {
  return {std::sin(v[2]) + 2 * v[0] * v[5], -1, v[0] * std::cos(v[2]), 0, 1 / v[6], v[0] * v[0], -v[4] / (v[6] * v[6])};
}
void check_near(double x, double y) { BOOST_TEST(std::fabs(x - y) <= 4e-16 * (std::fabs(x) + std::fabs(y)), x << " is not " << y); }

// Three quotients by d, one of them a derivative.
constexpr auto quotients = lz::function(lz::inputs(a, b, d), lz::outputs(a / d, b / d, lz::diff(a / d, d)));

}  // namespace

BOOST_AUTO_TEST_CASE(gradients_from_pieces) {
  constexpr auto f = lz::function(lz::inputs(p), lz::outputs(pieces, lz::diff(pieces, p)));
  const std::array<double, 7> v{0.3, -1.2, 0.7, 9, 2.5, -0.4, 1.7};
  const auto [value, slope] = f(v);
  check_near(value, pieces_at(v));
  for (int i = 0; i < 7; ++i) check_near(slope(i), slope_of_pieces(v)[static_cast<std::size_t>(i)]);

  std::array<double, 9> memory{};
  memory.fill(77);
  double again = 0;
  f.into(again, std::span<double, 7>(memory.data() + 1, 7))(v);
  BOOST_TEST(again == value);
  for (std::size_t i = 0; i < 7; ++i) check_near(memory[i + 1], slope_of_pieces(v)[i]);
  BOOST_TEST((memory[0] == 77 && memory[8] == 77));

  // The gradient inside another formula, and its own derivative.
  constexpr auto step = p - 0.5_c * lz::diff(pieces, p);
  const auto moved = lz::evaluate(step, p = v);
  for (std::size_t i = 0; i < 7; ++i) check_near(moved.data()[i], v[i] - 0.5 * slope_of_pieces(v)[i]);
  const auto hessian = lz::evaluate(lz::diff(pieces, p, p), p = v);
  check_near(hessian(0, 2), std::cos(v[2]));
  check_near(hessian(2, 0), std::cos(v[2]));
  check_near(hessian(6, 6), 2 * v[4] / (v[6] * v[6] * v[6]));
  BOOST_TEST((hessian(3, 3) == 0 && hessian(1, 4) == 0));
}

BOOST_AUTO_TEST_CASE(elements_beside_vectors) {
  const std::array<double, 7> v{0.3, -1.2, 0.7, 9, 2.5, -0.4, 1.7};
  const auto scaled = lz::evaluate(p * p(6_c) + p(5_c) * p(4_c), p = v);
  for (std::size_t i = 0; i < 7; ++i) check_near(scaled.data()[i], v[i] * v[6] + v[5] * v[4]);
}

BOOST_AUTO_TEST_CASE(every_element_a_piece) {
  constexpr auto q = lz::variable<"q", 3>;
  constexpr auto f = q(0_c) * q(1_c) * q(2_c) + lz::exp(q(1_c));
  const auto slope = lz::evaluate(lz::diff(f, q), q = std::array{2.0, 3.0, 5.0});
  check_near(slope(0), 15);
  check_near(slope(1), 10 + std::exp(3.0));
  check_near(slope(2), 6);
  static_assert(lz::evaluate(lz::diff(f, q), q = lz::tensor<double, 3>{2.0, 0.0, 5.0})(1) == 11);

  // Pieces of several elements, which overlap.
  constexpr auto sums = lz::sum(lz::square(q)) * q(0_c);
  const auto overlapping = lz::evaluate(lz::diff(sums, q), q = std::array{2.0, 3.0, 5.0});
  check_near(overlapping(0), 38 + 8);
  check_near(overlapping(1), 12);
}

BOOST_AUTO_TEST_CASE(shared_divisors) {
  for (const double x : {3.0, -0.1, 1e-300, 5e-324, -1e308, 0.0})
    for (const double y : {7.0, -2.5e-7, 1e300, 4e-320})
      for (const double by : {0.3, -3.0, 5e-324, -2e-309, 1e-308, 1.7e308, -9e307, 0.0, std::numeric_limits<double>::infinity()}) {
        const auto [first, second, slope] = quotients(x, y, by);
        const auto same = [](double got, long double wanted) {
          if (std::isnan(wanted)) return std::isnan(got);
          const double rounded = static_cast<double>(wanted);
          return got == rounded || std::fabs(static_cast<long double>(got) - wanted) <= 4e-16L * std::fabs(wanted) + 5e-324L;
        };
        BOOST_TEST(same(first, static_cast<long double>(x / by)), x << " / " << by << " is not " << first);
        BOOST_TEST(same(second, static_cast<long double>(y / by)), y << " / " << by << " is not " << second);
        BOOST_TEST(same(slope, static_cast<long double>(-(x / by) / by)), "slope of " << x << " / " << by << " is not " << slope);
      }
}

BOOST_AUTO_TEST_CASE(sums_with_products) {
  constexpr auto f = lz::function(lz::inputs(a, b, d), lz::outputs(a * b - d, d - a * b, -(a * b) - d, lz::square(a) - lz::square(b), a * b + a * d));
  const double x = 0.1, y = -0.7, z = 1.3;
  const auto [one, two, three, four, five] = f(x, y, z);
  check_near(one, std::fma(x, y, -z));
  check_near(two, std::fma(-x, y, z));
  check_near(three, std::fma(-x, y, -z));
  check_near(four, (x - y) * (x + y));
  check_near(five, x * (y + z));
  static_assert(lz::evaluate(a * b - d, a = 1e200, b = 1e200, d = 1.0) == std::numeric_limits<double>::infinity());
}

BOOST_AUTO_TEST_CASE(sine_and_cosine_together) {
  constexpr auto turned = lz::function(lz::inputs(a, b), lz::outputs(lz::sin(a) * b, lz::diff(lz::sin(a) * b, a), lz::cos(b), lz::sin(a) / a, a / b, lz::exp(a) / b));
  for (const double x : {0.5, -0.5, 3.14159, 100.0, -1.5707963267948966, 1e-300, -2e-309, 5e-324, 4e7, 1e300}) {
    const double y = x * 0.7;
    const auto [sine, slope, cosine, sinc, quotient, another] = turned(x, y);
    const auto close = [](double got, long double wanted) { return std::fabs(got - wanted) <= 6e-16L * std::fabs(wanted) + 5e-324L; };
    const long double of_x = x, of_y = y;
    BOOST_TEST(close(sine, std::sin(of_x) * of_y), "sin(" << x << ") " << y << " is not " << sine);
    BOOST_TEST(close(slope, std::cos(of_x) * of_y), "cos(" << x << ") " << y << " is not " << slope);
    BOOST_TEST(close(cosine, std::cos(of_y)), "cos(" << y << ") is not " << cosine);
    BOOST_TEST(close(sinc, std::sin(of_x) / of_x), "sin(x) / x is not " << sinc << " for " << x);
    BOOST_TEST(close(quotient, of_x / of_y), x << " / " << y << " is not " << quotient);
  }
  const auto [sine, slope, cosine, sinc, quotient, another] = turned(-0.0, 1.0);
  BOOST_TEST((sine == 0 && std::signbit(sine) && slope == 1 && std::isnan(sinc) && quotient == 0 && another == 1));
  const double infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST((std::isnan(std::get<0>(turned(infinity, 1.0))) && std::isnan(std::get<1>(turned(infinity, 1.0)))));
  BOOST_TEST(std::get<1>(turned(2.0f, 3.0f)) == 3 * std::cos(2.0f), boost::test_tools::tolerance(3e-7f));
  BOOST_TEST(std::get<1>(turned(2.0L, 3.0L)) == 3 * std::cos(2.0L), boost::test_tools::tolerance(3e-18L));
  constexpr auto cosine_first = lz::function(lz::inputs(a), lz::outputs(lz::cos(a), lz::sin(a), lz::cos(a) - lz::sin(a)));
  const auto [c, s, difference] = cosine_first(2.0);
  check_near(c, std::cos(2.0));
  check_near(s, std::sin(2.0));
  check_near(difference, std::cos(2.0) - std::sin(2.0));
  constexpr auto folded = lz::evaluate(lz::sin(a) * lz::cos(a), a = 0.5);
  check_near(folded, std::sin(1.0) / 2);
}

// Equal products become one late: then there are two sines of the same scalar, and one of them has no cosine for itself.
BOOST_AUTO_TEST_CASE(a_cosine_and_two_sines) {
  constexpr auto first = (a * b) * d;
  constexpr auto second = lz::cos(a * (b * d));
  constexpr auto f = lz::function(lz::inputs(a, b, d), lz::outputs(first, lz::diff(first, a), second, lz::diff(second, a), lz::sin(first)));
  const double x = 0.7, y = -1.3, z = 0.9, product = x * y * z;
  const auto [value, slope, cosine, slope_of_cosine, sine] = f(x, y, z);
  check_near(value, product);
  check_near(slope, y * z);
  check_near(cosine, std::cos(product));
  check_near(slope_of_cosine, -std::sin(product) * y * z);
  check_near(sine, std::sin(product));
}

BOOST_AUTO_TEST_CASE(softmax_and_logsumexp_together) {
  constexpr auto x = lz::variable<"x", 11>;
  constexpr auto f = lz::function(lz::inputs(x), lz::outputs(lz::logsumexp(x), lz::diff(lz::logsumexp(x), x)));
  std::array<double, 11> v{};
  for (std::size_t i = 0; i < 11; ++i) v[i] = static_cast<double>(i % 4) - 0.3 * static_cast<double>(i);
  const auto [value, slope] = f(v);
  long double total = 0;
  for (const double w : v) total += std::exp(static_cast<long double>(w));
  check_near(value, static_cast<double>(std::log(total)));
  for (std::size_t i = 0; i < 11; ++i)
    BOOST_TEST(std::fabs(slope.data()[i] - static_cast<double>(std::exp(static_cast<long double>(v[i])) / total)) <= 1e-15);

  // The sum keeps what is small beside the largest, and counts its equals.
  v.fill(-50);
  v[7] = 0;
  BOOST_TEST(std::get<0>(f(v)) == std::log1p(10 * std::exp(-50.0)), boost::test_tools::tolerance(1e-15));
  v.fill(0);
  check_near(std::get<0>(f(v)), std::log(11.0));
  v[3] = std::numeric_limits<double>::infinity();
  BOOST_TEST(std::get<0>(f(v)) == v[3]);
  v[3] = std::numeric_limits<double>::quiet_NaN();
  BOOST_TEST(std::isnan(std::get<0>(f(v))));

  // Of every row for itself, beside the cost.
  constexpr auto W = lz::variable<"W", 3, 5>;
  constexpr auto rows = lz::function(lz::inputs(W), lz::outputs(lz::softmax(W), lz::log_softmax(W)));
  lz::tensor<float, 3, 5> m{};
  for (int i = 0; i < 15; ++i) m.data()[i] = static_cast<float>(i * i % 7);
  const auto [s, ls] = rows(m);
  for (int r = 0; r < 3; ++r) {
    double sum = 0;
    for (int c = 0; c < 5; ++c) sum += std::exp(static_cast<double>(m(r, c)));
    for (int c = 0; c < 5; ++c) {
      BOOST_TEST(std::fabs(s(r, c) - std::exp(static_cast<double>(m(r, c))) / sum) < 3e-7);
      BOOST_TEST(std::fabs(ls(r, c) - (m(r, c) - std::log(sum))) < 2e-6);
    }
  }
}

// An element that a chain over a tensor reads is the same one everywhere in the chain.
BOOST_AUTO_TEST_CASE(an_element_beside_a_tensor) {
  constexpr auto q = lz::variable<"q", 5>;
  constexpr auto f = lz::select(a < b, q, p(1_c));
  static_assert(lz::evaluate(f, a = 2.0, b = 1.0, q = {1.0, 2.0, 3.0, 4.0, 5.0}, p = {0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0}) ==
                lz::tensor<double, 5>{9, 9, 9, 9, 9});
  const auto chosen = [&]<class T>(T) {
    return lz::evaluate(f, a = T(2), b = T(1), q = lz::tensor<T, 5>{1, 2, 3, 4, 5}, p = lz::tensor<T, 7>{0, 9});
  };
  BOOST_TEST((chosen(1.0f) == lz::tensor<float, 5>{9, 9, 9, 9, 9}));
  BOOST_TEST((chosen(1.0) == lz::tensor<double, 5>{9, 9, 9, 9, 9}));
  BOOST_TEST((chosen(1.0L) == lz::tensor<long double, 5>{9, 9, 9, 9, 9}));
}

// A rotated point, and the derivatives of its two coordinates in one program against each of them alone, in long double. Near
// the angle 0 the quotients lose digits, in one way or another: there both are finite, or neither is.
template <class T>
struct rotated {
  static constexpr auto angle = lz::sqrt(lz::square(a) + lz::square(b));
  static constexpr auto along = lz::sin(angle) / angle;
  static constexpr auto across = (1_c - lz::cos(angle)) / lz::square(angle);
  static constexpr auto east = d * lz::cos(angle) + along * (a - b * d) + across * a * b;
  static constexpr auto north = b * lz::cos(angle) - along * (a + d) + across * b * d;

  template <class F>
  static T alone(F formula, double x, double y, double z) { return lz::evaluate(formula, a = T(x), b = T(y), d = T(z)); }
  static std::array<T, 6> each(double x, double y, double z) {
    return {alone(lz::diff(east, a), x, y, z),  alone(lz::diff(east, b), x, y, z),  alone(lz::diff(east, d), x, y, z),
            alone(lz::diff(north, a), x, y, z), alone(lz::diff(north, b), x, y, z), alone(lz::diff(north, d), x, y, z)};
  }
  static std::array<T, 6> together(double x, double y, double z) {
    constexpr auto f = lz::function(lz::inputs(a, b, d), lz::outputs(lz::diff(east, a), lz::diff(east, b), lz::diff(east, d),
                                                                     lz::diff(north, a), lz::diff(north, b), lz::diff(north, d)));
    std::array<T, 6> slopes{};
    f.into(slopes[0], slopes[1], slopes[2], slopes[3], slopes[4], slopes[5])(T(x), T(y), T(z));
    return slopes;
  }
};
BOOST_AUTO_TEST_CASE(several_gradients) {
  for (const double x : {0.3, -2.0, 40.0, 0.02})
    for (const double y : {0.1, -1.5, 7.0})
      for (const double z : {1.0, -0.4}) {
        const auto got = rotated<double>::together(x, y, z);
        const auto wanted = rotated<long double>::each(x, y, z);
        for (std::size_t i = 0; i < 6; ++i)
          BOOST_TEST(std::fabs(static_cast<long double>(got[i]) - wanted[i]) <= 1e-13L * (1 + std::fabs(wanted[i]) + std::fabs(x) + std::fabs(y)),
                     "derivative " << i << " at " << x << ", " << y << ", " << z << " is not " << got[i]);
      }
  for (const double x : {1e-5, 1e-60, 1e-150, 0.0, 1e200})
    for (const double y : {3e-7, 2e-70, 0.0}) {
      const auto got = rotated<double>::together(x, y, 0.5), wanted = rotated<double>::each(x, y, 0.5);
      for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(std::isfinite(got[i]) == std::isfinite(wanted[i]), "derivative " << i << " at " << x << ", " << y);
    }
}
