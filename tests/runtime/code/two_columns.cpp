#define BOOST_TEST_MODULE two_columns
#include "../../support/boost_test.hpp"
#include "../../support/products.hpp"

#include <leibniz/code/two_columns.hpp>
#include <utility>

using namespace leibniz;
using namespace leibniz::code;
using namespace leibniz::tests;

namespace {

template <int Rows>
using twos = lanes<float, numbers_in_twos(Rows)>;
constexpr bool in_twos = register_bytes == 16 || (register_bytes == 32 && has_fused_multiply_add);
int products_in_twos = 0;

// Not a template: the macros take longer to compile than the products.
[[maybe_unused]] void expect(int rows, int depth, double error, double bound) {
  ++products_in_twos;
  BOOST_TEST(error <= bound, rows << " rows, depth " << depth << ": error " << error);
}
template <product_form form>
void check() {
  if constexpr (takes_rows_in_twos<twos<form.rows>, form, run_writer>())
    expect(form.rows, form.depth, product_error<float, run_writer>(form, [](const float* a_, const float* b_, const run_writer& w_) { product_of_two_columns<twos<form.rows>, form>(a_, b_, w_); }),
           product_bound<float>(form.depth));
}
/// The rows of one operand have a gap.
constexpr product_form with_gap(product_form f, int gap) {
  f.broadcast_row += gap;
  return f;
}
template <int Rows, int Depth>
void check_shapes() {
  check<product_shape(Rows, 2, Depth, 2, false)>();
  check<product_shape(Rows, 2, Depth, 5, false)>();
  check<product_shape(Rows, 2, Depth, 2, true)>();
  check<gapped_shape(Rows, 2, Depth, 3)>();
  check<across_shape(Rows, 2, Depth)>();
  check<across_shape(Rows, 2, Depth, 1)>();
  check<with_gap(product_shape(Rows, 2, Depth, 2, false), 3)>();
  check<with_gap(across_shape(Rows, 2, Depth), 1)>();
}
template <int Rows, int... Depth>
void check_depths(std::integer_sequence<int, Depth...>) { (check_shapes<Rows, Depth + 2>(), ...); }

}  // namespace

// The memory of the operands ends where they do.
BOOST_AUTO_TEST_CASE(any_number_of_rows_and_terms) {
  constexpr std::make_integer_sequence<int, 14> depths{};
  check_depths<2>(depths);
  check_depths<3>(depths);
  check_depths<4>(depths);
  check_depths<5>(depths);
  check_depths<6>(depths);
  check_depths<7>(depths);
  check_depths<8>(depths);
  check_depths<13>(depths);
  BOOST_TEST((products_in_twos > 0) == in_twos);
}

// A result whose rows are padded, more columns, long sums and rows whose terms lie apart are better left to others.
BOOST_AUTO_TEST_CASE(only_two_columns) {
  BOOST_TEST((!takes_rows_in_twos<twos<8>, product_shape(8, 2, 5, 2, false), writer>()));
  BOOST_TEST((!takes_rows_in_twos<twos<8>, product_shape(8, 2, 5, 2, false), once_run_writer>()));
  BOOST_TEST((!takes_rows_in_twos<twos<8>, product_shape(8, 3, 5, 3, false), run_writer>()));
  BOOST_TEST((!takes_rows_in_twos<twos<8>, product_shape(8, 2, 13, 2, false), run_writer>()));
  BOOST_TEST((!takes_rows_in_twos<twos<8>, product_shape(8, 2, 5, 2, true), run_writer>()));
  BOOST_TEST((takes_rows_in_twos<twos<2>, product_shape(2, 2, 5, 2, true), run_writer>()) == in_twos);
  BOOST_TEST((!takes_rows_in_twos<twos<8>, across_shape(8, 2, 8), run_writer>()));
  BOOST_TEST((!takes_rows_in_twos<twos<8>, across_shape(8, 2, 3, 1), run_writer>()));
}
