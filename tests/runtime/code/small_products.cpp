#define BOOST_TEST_MODULE small_products
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/function.hpp>
#include <leibniz/leibniz.hpp>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

using namespace leibniz;
using leibniz::tests::factors;

namespace {

enum class lies { as_it_is, left_transposed, right_transposed };

constexpr auto product_of(auto a, auto b, auto how) {
  if constexpr (how() == lies::left_transposed) return transpose(a) * b;
  else if constexpr (how() == lies::right_transposed) return a * transpose(b);
  else return a * b;
}
// The shape is no template argument: the macros and the sums take longer to compile than the products.
template <class T>
void expect(const factors<T>& given, std::vector<T>& result, lies how) {
  const code::product_form& f = given.form;
  BOOST_TEST(result.back() == T(-7));
  result.pop_back();
  const double error = given.error(result), rounding = double{std::numeric_limits<T>::epsilon()} / 2;
  BOOST_TEST(error <= (f.depth + 2) * rounding,
             f.rows << " rows, " << f.depth << " terms, " << f.columns << " columns, form " << static_cast<int>(how) << ": error " << error);
}
/// The form of a product decides how it is computed: A B of numbers that lie dense in the user's memory, or one of them transposed.
template <class T, int Rows, int Terms, int Columns, lies How>
void check() {
  constexpr bool left = How == lies::left_transposed, right = How == lies::right_transposed;
  constexpr auto a = variable<"a", (left ? Terms : Rows), (left ? Rows : Terms)>;
  constexpr auto b = variable<"b", (right ? Columns : Terms), (right ? Terms : Columns)>;
  constexpr auto f = leibniz::function(inputs(a, b), outputs(product_of(a, b, std::integral_constant<lies, How>{})));
  constexpr code::product_form form = right ? tests::across_shape(Rows, Columns, Terms) : tests::product_shape(Rows, Columns, Terms, Columns, left);
  const factors<T> given(form);
  std::vector<T> result(Rows * Columns + 1, T(-7));
  f.into(std::span<T, Rows * Columns>(result.data(), Rows * Columns))(std::span<const T, Rows * Terms>(given.a), std::span<const T, Terms * Columns>(given.b));
  expect(given, result, How);
}
template <int Rows, int Terms, int Columns>
void check_forms() {
  check<float, Rows, Terms, Columns, lies::as_it_is>();
  check<float, Rows, Terms, Columns, lies::left_transposed>();
  check<float, Rows, Terms, Columns, lies::right_transposed>();
  check<double, Rows, Terms, Columns, lies::as_it_is>();
  check<double, Rows, Terms, Columns, lies::left_transposed>();
  check<double, Rows, Terms, Columns, lies::right_transposed>();
}
/// Whole numbers, whose sums are exact: a product with one column, and what is done to it on its way to memory.
template <class T, int Rows, int Terms>
void check_column() {
  constexpr auto a = variable<"a", Terms, Rows>;
  constexpr auto b = variable<"b", Terms, 1>;
  constexpr auto c = variable<"c", Rows, 1>;
  constexpr auto d = variable<"d", Rows, Terms>;
  constexpr auto s = variable<"s">;
  constexpr auto f = function(inputs(a, b, c, d, s), outputs(hadamard(transpose(a) * b + c, c) - s * c, relu(d * b - c), transpose(a) * b - d * b));
  tensor<T, Terms, Rows> A;
  tensor<T, Terms, 1> B;
  tensor<T, Rows, 1> C;
  tensor<T, Rows, Terms> D;
  int i = 0;
  const auto fill = [&i](auto& values) {
    for (auto& value : values) value = static_cast<T>(++i * 7 % 11 - 5);
  };
  fill(A), fill(B), fill(C), fill(D);
  const auto [x, y, z] = f(A, B, C, D, T(3));
  for (std::size_t r = 0; r < Rows; ++r) {
    T first = 0, second = 0;
    for (std::size_t k = 0; k < Terms; ++k) first += A(k, r) * B(k, 0), second += D(r, k) * B(k, 0);
    const T own = C(r, 0);
    BOOST_TEST(x(r, 0) == (first + own) * own - 3 * own);
    BOOST_TEST(y(r, 0) == (second > own ? second - own : T(0)));
    BOOST_TEST(z(r, 0) == first - second);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(few_columns) {
  check_forms<4, 10, 3>();
  check_forms<8, 2, 11>();
  check_forms<3, 3, 14>();
  check_forms<15, 2, 2>();
  check_forms<8, 3, 4>();
  check_forms<8, 3, 3>();
  check_forms<5, 7, 2>();
  check_forms<16, 2, 6>();
  check_forms<20, 4, 5>();
  check_forms<33, 5, 3>();
  check_forms<50, 1, 3>();
  check_forms<64, 9, 2>();
}
BOOST_AUTO_TEST_CASE(more_columns) {
  check_forms<7, 3, 7>();
  check_forms<8, 6, 4>();
  check_forms<12, 8, 4>();
  check_forms<13, 2, 10>();
  check_forms<8, 8, 8>();
  check_forms<9, 20, 12>();
  check_forms<4, 17, 16>();
  check_forms<1, 5, 9>();
  check_forms<1, 2, 19>();
  check_forms<2, 2, 20>();
  check_forms<3, 2, 35>();
}
BOOST_AUTO_TEST_CASE(one_row) {
  check_forms<1, 3, 4>();
  check_forms<1, 6, 4>();
  check_forms<1, 7, 8>();
  check_forms<1, 10, 8>();
}
// A few rows more than there are lanes.
BOOST_AUTO_TEST_CASE(last_rows) {
  check_forms<17, 8, 5>();
  check_forms<34, 5, 6>();
  check_forms<9, 16, 7>();
}
// Few columns, or the last ones, take several terms at a time.
BOOST_AUTO_TEST_CASE(several_terms_at_a_time) {
  check_forms<4, 16, 8>();
  check_forms<5, 17, 7>();
  check_forms<26, 43, 6>();
  check_forms<9, 30, 5>();
  check_forms<8, 53, 4>();
  check_forms<49, 21, 3>();
  check_forms<12, 100, 2>();
  check_forms<9, 43, 20>();
  check_forms<25, 40, 17>();
  check_forms<16, 52, 39>();
}
// Nothing is summed.
BOOST_AUTO_TEST_CASE(outer_products) {
  check_forms<8, 1, 3>();
  check_forms<9, 1, 2>();
  check_forms<12, 1, 10>();
  check_forms<23, 1, 2>();
}
// The transposed operand, or the other one, is turned in registers.
BOOST_AUTO_TEST_CASE(short_sums) {
  check_forms<1, 3, 51>();
  check_forms<2, 3, 32>();
  check_forms<3, 4, 3>();
  check_forms<8, 3, 2>();
  check_forms<8, 16, 5>();
  check_forms<17, 7, 6>();
  check_forms<6, 20, 19>();
  check_forms<11, 13, 4>();
}
// A column is a row in memory: its sums lie side by side in the lanes.
BOOST_AUTO_TEST_CASE(one_column) {
  check_forms<1, 20, 1>();
  check_forms<2, 2, 1>();
  check_forms<3, 8, 1>();
  check_forms<8, 1, 1>();
  check_forms<15, 8, 1>();
  check_forms<16, 16, 1>();
  check_forms<34, 29, 1>();
  check_forms<70, 3, 1>();
}
BOOST_AUTO_TEST_CASE(what_follows_a_column) {
  check_column<float, 1, 7>();
  check_column<float, 3, 8>();
  check_column<float, 16, 5>();
  check_column<float, 34, 29>();
  check_column<double, 17, 3>();
  check_column<double, 6, 1>();
}
