#define BOOST_TEST_MODULE binding
#include "../../support/boost_test.hpp"

#include <Eigen/Core>
#include <leibniz/code/function.hpp>
#include <leibniz/expr/literals.hpp>

namespace lz = leibniz;

namespace {
constexpr auto A = lz::variable<"A", 3, 4>;
constexpr auto B = lz::variable<"B", 4, 2>;
constexpr auto x = lz::variable<"x", 4>;
constexpr auto product = lz::function(lz::inputs(A, B), lz::outputs(A * B));
}  // namespace

BOOST_AUTO_TEST_CASE(eigen_matrices_bind_in_their_own_storage_order) {
  Eigen::Matrix<double, 3, 4> columns;
  Eigen::Matrix<double, 4, 2, Eigen::RowMajor> rows;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j) columns(i, j) = i + 0.1 * j;
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 2; ++j) rows(i, j) = i - 2.5 * j;
  const Eigen::Matrix<double, 3, 2> hand = columns * rows;
  const auto out = product(columns, rows);
  Eigen::Matrix<double, 3, 2> by_columns;
  Eigen::Matrix<double, 3, 2, Eigen::RowMajor> by_rows;
  product.into(by_columns)(columns, rows);
  product.into(by_rows)(columns, rows);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j) {
      BOOST_TEST(out(i, j) == hand(i, j), boost::test_tools::tolerance(1e-14));
      BOOST_TEST(by_columns(i, j) == out(i, j));
      BOOST_TEST(by_rows(i, j) == out(i, j));
    }
}

BOOST_AUTO_TEST_CASE(elementwise_reads_and_reductions_respect_the_order_too) {
  Eigen::Matrix<float, 3, 4> columns;
  lz::tensor<float, 3, 4> rows{};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j) columns(i, j) = rows(i, j) = static_cast<float>(10 * i + j);
  const Eigen::Vector4f v(1, 2, 3, 4);
  const lz::tensor<float, 4> w{1, 2, 3, 4};
  constexpr auto f = lz::function(lz::inputs(A), lz::outputs(A + A, lz::softmax(A), lz::transpose(A)));
  BOOST_TEST((f(columns) == f(rows)));
  BOOST_TEST((lz::evaluate(A * x, A = columns, x = v) == lz::evaluate(A * x, A = rows, x = w)));
  BOOST_TEST((lz::evaluate(A * x, A = Eigen::Map<const Eigen::Matrix<float, 3, 4>>(columns.data()), x = v) ==
              lz::evaluate(A * x, A = rows, x = w)));
}

BOOST_AUTO_TEST_CASE(into_writes_through_views_that_are_temporaries) {
  constexpr auto f = lz::function(lz::inputs(x), lz::outputs(x + x));
  const Eigen::Vector4d v(1, 2, 3, 4);
  Eigen::Vector4d out = Eigen::Vector4d::Zero();
  f.into(Eigen::Map<Eigen::Vector4d>(out.data()))(v);
  BOOST_TEST((out == 2 * v));
  Eigen::Matrix<double, 4, 2> both = Eigen::Matrix<double, 4, 2>::Zero();
  f.into(both.col(1))((v + v).eval());
  BOOST_TEST((both.col(0) == Eigen::Vector4d::Zero() && both.col(1) == 4 * v));
  f.into(Eigen::Ref<Eigen::Vector4d>(out))(both.col(1));
  BOOST_TEST((out == 8 * v));
}
