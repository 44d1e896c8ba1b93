// Derivatives whose sweep would need more than four axes on the way: piece by piece, against closed forms.
#define BOOST_TEST_MODULE lower
#include "../../support/boost_test.hpp"

#include <cmath>
#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

constexpr auto x = lz::variable<"x", 3>;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto s = lz::variable<"s">;
constexpr auto T = lz::variable<"T", 2, 2, 2>;
constexpr auto M = lz::variable<"M", 2, 2>;

}  // namespace

BOOST_AUTO_TEST_CASE(third_derivative_of_a_vector) {
  constexpr auto f = lz::sin(lz::dot(x, v)) * x;
  const lz::tensor<double, 3> a{0.3, -0.2, 0.5}, w{1, 2, -1};
  const auto third = lz::evaluate(lz::diff(f, x, x, x), x = a, v = w);
  const double u = a(0) * w(0) + a(1) * w(1) + a(2) * w(2);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) {
          const double expected = -std::cos(u) * w(j) * w(k) * w(l) * a(i) -
                                  std::sin(u) * ((i == j) * w(k) * w(l) + (i == k) * w(j) * w(l) + (i == l) * w(j) * w(k));
          BOOST_TEST(std::abs(third(i, j, k, l) - expected) < 1e-14);
        }
}

BOOST_AUTO_TEST_CASE(fourth_derivative_of_a_scalar) {
  const auto fourth = lz::evaluate(lz::diff(lz::sum(lz::exp(2_c * x)), x, x, x, x), x = lz::tensor<double, 3>{0, 1, -1});
  for (int i = 0; i < 3; ++i) BOOST_TEST(fourth(i, i, i, i) == 16 * std::exp(i == 0 ? 0.0 : i == 1 ? 2.0 : -2.0), boost::test_tools::tolerance(1e-14));
  BOOST_TEST(fourth(0, 0, 0, 1) == 0);
  BOOST_TEST(fourth(0, 1, 1, 1) == 0);
}

BOOST_AUTO_TEST_CASE(beside_a_tensor_of_three_axes) {
  constexpr lz::tensor<double, 2, 2, 2> t{1, 2, 3, 4, 5, 6, 7, 8};
  BOOST_TEST((lz::evaluate(lz::diff(s * lz::sum(T, 0_c), s), T = t) == lz::tensor<double, 2, 2>{6, 8, 10, 12}));
  static_assert(lz::evaluate(lz::diff(lz::sum(T, 0_c), s), T = t, s = 1.0) == lz::tensor<double, 2, 2>{});
  const auto slope = lz::evaluate(lz::diff(lz::sum(lz::square(T), 0_c)(0_c, 1_c), T), T = t);
  BOOST_TEST((slope(0, 0, 1) == 4 && slope(1, 0, 1) == 12 && slope(0, 0, 0) == 0));
}

BOOST_AUTO_TEST_CASE(a_matrix_by_a_scalar_that_runs_through_four_axes) {
  const auto zero = lz::evaluate(lz::diff(lz::diff(lz::exp(s * M), M), s), M = {{1.0, 2.0}, {3.0, 4.0}}, s = 0.5);
  // ∂/∂s of s exp(s M_ij) δ_ik δ_jl
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j) {
      const double m = 1 + 2 * i + j, expected = std::exp(0.5 * m) * (1 + 0.5 * m);
      BOOST_TEST(zero(i, j, i, j) == expected, boost::test_tools::tolerance(1e-14));
      BOOST_TEST(zero(i, j, 1 - i, j) == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_tensor_of_three_axes_by_an_element) {
  const lz::tensor<double, 2, 2, 2> t{1, 2, 3, 4, 5, 6, 7, 8};
  const auto slope = lz::evaluate(lz::diff(lz::square(T), T(1_c, 0_c, 1_c)), T = t);
  BOOST_TEST((slope == lz::tensor<double, 2, 2, 2>{0, 0, 0, 0, 0, 12, 0, 0}));
  constexpr auto L = lz::let<"L">(3_c * T);
  const auto named = lz::evaluate(lz::diff(lz::square(L), L(0_c, 1_c, 1_c)), T = t);
  BOOST_TEST((named == lz::tensor<double, 2, 2, 2>{0, 0, 0, 24, 0, 0, 0, 0}));
}
