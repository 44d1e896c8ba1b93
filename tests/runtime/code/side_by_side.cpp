#define BOOST_TEST_MODULE side_by_side
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/side_by_side.hpp>
#include <limits>
#include <utility>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

template <class T, int Rows, int Columns, int Depth, class Writer, bool Ragged = false>
double error_of_rows() {
  constexpr int width = product_width<T, Columns, true>;
  static constexpr product_form form = product_shape(Rows, Columns, Depth, (Ragged ? Columns : padded_columns(Columns)), false, Ragged && (Columns < width));
  if constexpr (!fit_side_by_side<lanes<T, width>, form, Writer>()) return 0;
  else return product_error<T, Writer>(form, [](const T* a_, const T* b_, const Writer& w_) { product_of_rows<lanes<T, width>, form>(a_, b_, w_); });
}
template <class T, int Rows, int Columns, int... Depth>
void check_rows(std::integer_sequence<int, Depth...>) {
  BOOST_TEST_CONTEXT(Rows << " rows, " << Columns << " columns") {
    const auto check = [](double error_, int depth_) { BOOST_TEST(error_ <= product_bound<T>(depth_), "depth " << depth_ << ": error " << error_); };
    (check(error_of_rows<T, Rows, Columns, Depth + 1, writer>(), Depth + 1), ...);
    (check(error_of_rows<T, Rows, Columns, Depth + 1, rows_writer>(), Depth + 1), ...);
    (check(error_of_rows<T, Rows, Columns, Depth + 1, adding_writer>() / 4, Depth + 1), ...);
    if constexpr (Columns < native_lanes<T>) (check(error_of_rows<T, Rows, Columns, Depth + 1, writer, true>(), Depth + 1), ...);
  }
}
// Rows with gaps between them, as a matrix in the workspace has.
constexpr product_form rows_apart(int rows, int columns, int depth, int gap) {
  product_form f = product_shape(rows, columns, depth, padded_columns(columns), false);
  f.broadcast_row += gap;
  return f;
}
template <class T, product_form form>
void check_form() {
  using V = lanes<T, product_width<T, form.columns, true>>;
  if constexpr (fit_side_by_side<V, form, writer>()) {
    const double error = product_error<T, writer>(form, [](const T* a_, const T* b_, const writer& w_) { product_of_rows<V, form>(a_, b_, w_); });
    BOOST_TEST(error <= product_bound<T>(form.depth), form.columns << " columns, depth " << form.depth << ", rows " << form.broadcast_row << " apart: error " << error);
  }
}
template <class T, int Rows, int Columns, int Gap, int... Depth>
void check_rows_apart(std::integer_sequence<int, Depth...>) {
  (check_form<T, rows_apart(Rows, Columns, Depth + 1, Gap)>(), ...);
}
template <class T, int Columns, int Depth, class Writer>
double error_of_terms() {
  constexpr int width = product_width<T, Columns, true>;
  static constexpr product_form form = product_shape(1, Columns, Depth, padded_columns(Columns), false);
  if constexpr (!is_foldable<lanes<T, width>, form>()) return 0;
  else return product_error<T, Writer>(form, [](const T* a_, const T* b_, const Writer& w_) { folded_product<lanes<T, width>, form>(a_, b_, w_); });
}
template <class T, int Columns, int... Depth>
void check_terms(std::integer_sequence<int, Depth...>) {
  BOOST_TEST_CONTEXT(Columns << " columns") {
    const auto check = [](double error_, int depth_) { BOOST_TEST(error_ <= product_bound<T>(depth_), "depth " << depth_ << ": error " << error_); };
    (check(error_of_terms<T, Columns, Depth + 2, writer>(), Depth + 2), ...);
    (check(error_of_terms<T, Columns, Depth + 2, adding_writer>() / 4, Depth + 2), ...);
  }
}

// What is side by side with an infinite term is a term too, or nothing.
template <int Columns, int Depth>
void check_infinite_term() {
  static constexpr product_form form = product_shape(1, Columns, Depth, padded_columns(Columns), false);
  using V = lanes<float, padded_columns(Columns)>;
  if constexpr (is_foldable<V, form>()) {
    std::vector<float> a(Depth, 1.0f), b(Depth * padded_columns(Columns), 2.0f);
    std::vector<double> out(Columns);
    writer w;
    w.out = out.data();
    w.pitch = w.columns = Columns;
    a[Depth - 1] = std::numeric_limits<float>::infinity();
    folded_product<V, form>(a.data(), b.data(), w);
    for (const double sum : out) BOOST_TEST(sum == std::numeric_limits<double>::infinity());
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(rows_side_by_side) {
  constexpr std::make_integer_sequence<int, 10> depths{};
  constexpr std::make_integer_sequence<int, 17> more_depths{};
  check_rows<float, 8, 3>(depths);
  check_rows<float, 13, 4>(depths);
  check_rows<float, 5, 5>(more_depths);
  check_rows<float, 37, 7>(depths);
  check_rows<float, 4, 8>(more_depths);
  check_rows<float, 3, 15>(depths);
  check_rows<double, 9, 3>(depths);
  check_rows<double, 4, 4>(depths);
}
BOOST_AUTO_TEST_CASE(rows_with_gaps_side_by_side) {
  constexpr std::make_integer_sequence<int, 9> depths{};
  check_rows_apart<float, 8, 3, 1>(depths);
  check_rows_apart<float, 9, 4, 3>(depths);
  check_rows_apart<float, 5, 8, 5>(depths);
  check_rows_apart<double, 7, 4, 2>(depths);
}
BOOST_AUTO_TEST_CASE(terms_of_one_row_side_by_side) {
  constexpr std::make_integer_sequence<int, 15> depths{};
  check_terms<float, 1>(depths);
  check_terms<float, 2>(depths);
  check_terms<float, 3>(depths);
  check_terms<float, 8>(depths);
  check_terms<double, 2>(depths);
  check_terms<double, 3>(depths);
  check_infinite_term<3, 7>();
  check_infinite_term<8, 3>();
  check_infinite_term<8, 8>();
}
