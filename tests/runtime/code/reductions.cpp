#define BOOST_TEST_MODULE reductions
#include "../../support/boost_test.hpp"

#include <cmath>
#include <leibniz/code/kernels.hpp>
#include <leibniz/core/in_lanes.hpp>
#include <leibniz/ops/tensor.hpp>
#include <limits>
#include <vector>

using namespace leibniz;

namespace {

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();

/// Row by row, as the formulas say.
struct by_definition {
  static std::vector<long double> softmax(const std::vector<long double>& x) {
    long double largest = x[0], sum = 0;
    for (const long double v : x) largest = std::max(largest, v);
    for (const long double v : x) sum += std::exp(v - largest);
    std::vector<long double> result;
    for (const long double v : x) result.push_back(std::exp(v - largest) / sum);
    return result;
  }
  static long double logsumexp(const std::vector<long double>& x) {
    long double largest = x[0], sum = 0;
    for (const long double v : x) largest = std::max(largest, v);
    if (std::isinf(largest)) return largest;
    for (const long double v : x) sum += std::exp(v - largest);
    return largest + std::log(sum);
  }
};

template <class T>
bool near(T a, long double b, long double bound) {
  return std::isinf(b) ? static_cast<long double>(a) == b : std::fabs(static_cast<long double>(a) - b) <= bound * std::numeric_limits<T>::epsilon();
}

// `Rows` blocks of `Columns` numbers in rows that lie further apart: what is between the rows of the result stays as it was.
template <class T, int Rows, int Columns, int PitchFrom, int PitchTo>
void compare() {
  std::vector<T> given(Rows * PitchFrom, T(99)), made(Rows * PitchTo, T(77)), logs(Rows + 1, T(77)), totals(logs), multiplied(logs), marked(made);
  T *const in = given.data(), *const out = made.data(), *const more = logs.data(), *const sums = totals.data();
  T *const products = multiplied.data(), *const marks = marked.data();
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < Columns; ++c) in[r * PitchFrom + c] = static_cast<T>((r * 31 + c * 17) % 23 - 11) / 2;
  if (Rows > 2) {
    for (int c = 0; c < Columns; ++c) in[c] = c == Columns / 2 ? 1000 : -1000;
    for (int c = 0; c < Columns; ++c) in[PitchFrom + c] = 5;
    in[2 * PitchFrom] = -infinity<T>;
  }
  const T* const from = in;
  code::reduce_kernel<Rows, Columns, PitchFrom, Columns, PitchTo, true>(
      from, out, more, [](const auto& block, auto* to, auto* log) { *log = ops::softmax_::reduce_and_sum(block, to).log(); });
  code::reduce_kernel<Rows, Columns, PitchFrom, 1, 1, true>(from, sums, nullptr,
                                                             [](const auto& block, auto* to, auto*) { ops::logsumexp_::reduce(block, to); });
  code::reduce_kernel<Rows, Columns, PitchFrom, 1, 1, true>(from, products, nullptr,
                                                             [](const auto& block, auto* to, auto*) { ops::product_::reduce(block, to); });
  code::reduce_kernel<Rows, Columns, PitchFrom, Columns, PitchTo, true>(
      from, marks, nullptr, [](const auto& block, auto* to, auto*) { ops::argmax_mask_::reduce(block, to); });
  for (int r = 0; r < Rows; ++r) {
    const std::vector<long double> row(from + r * PitchFrom, from + r * PitchFrom + Columns), expected = by_definition::softmax(row);
    const long double *const x = row.data(), *const softmax = expected.data(), log = by_definition::logsumexp(row);
    long double product = 1;
    int place = 0;
    for (int c = 0; c < Columns; ++c) {
      BOOST_TEST(near(out[r * PitchTo + c], softmax[c], 8 * softmax[c] + 1e-30L));
      product *= x[c];
      if (x[c] > x[place]) place = c;
    }
    for (int c = 0; c < Columns; ++c) BOOST_TEST(marks[r * PitchTo + c] == (c == place ? 1 : 0));
    BOOST_TEST(near(more[r], log, 8 * std::fabs(log)));
    BOOST_TEST(near(sums[r], log, 8 * std::fabs(log)));
    if (std::fabs(product) < 1e30L || std::isinf(product)) BOOST_TEST(near(products[r], product, Columns * std::fabs(product)));
    if (PitchTo % 16 != 0)
      for (int c = Columns; c < PitchTo; ++c) BOOST_TEST((out[r * PitchTo + c] == 77 && marks[r * PitchTo + c] == 77));
  }
  BOOST_TEST((more[Rows] == 77 && sums[Rows] == 77 && products[Rows] == 77));
}

template <class T, int Rows>
void columns() {
  compare<T, Rows, 2, 2, 2>();
  compare<T, Rows, 3, 7, 5>();
  compare<T, Rows, 10, 16, 16>();
  compare<T, Rows, 10, 10, 10>();
  compare<T, Rows, 10, 16, 10>();
  compare<T, Rows, 17, 32, 19>();
  compare<T, Rows, 40, 48, 40>();
}

/// Whether a NaN at any place, alone or beside an infinity, makes all results of its row NaN, and none of the others.
template <class T, int Rows, int Columns>
bool nan_stays_in_its_row() {
  bool right = true;
  for (const T beside : {T(1), infinity<T>, -infinity<T>})
    for (int place = 0; place < Columns; ++place) {
      std::vector<T> given(Rows * Columns, T(0.5)), parts(given), below(given), logs(Rows), sums(Rows);
      T* const x = given.data();
      const int row = place % Rows * Columns;
      x[row + (place + 1) % Columns] = beside;
      x[row + place] = std::numeric_limits<T>::quiet_NaN();
      const T* const in = x;
      code::reduce_kernel<Rows, Columns, Columns, Columns, Columns, true>(
          in, parts.data(), logs.data(), [](const auto& block, auto* to, auto* log) { *log = ops::softmax_::reduce_and_sum(block, to).log(); });
      code::reduce_kernel<Rows, Columns, Columns, 1, 1, true>(in, sums.data(), nullptr, [](const auto& block, auto* to, auto*) { ops::logsumexp_::reduce(block, to); });
      code::reduce_kernel<Rows, Columns, Columns, Columns, Columns, true>(in, below.data(), nullptr,
                                                                          [](const auto& block, auto* to, auto*) { ops::log_softmax_::reduce(block, to); });
      for (int i = 0; i < Rows * Columns; ++i) {
        const int r = i / Columns;
        for (const T result : {parts.data()[i], below.data()[i], logs.data()[r], sums.data()[r]}) right = right && std::isnan(result) == (r * Columns == row);
      }
    }
  return right;
}

}  // namespace

// Few rows and many: one after the other, a row in every lane, and a last group that overlaps the one before it.
BOOST_AUTO_TEST_CASE(rows_of_blocks) {
  columns<float, 1>();
  columns<float, 2>();
  columns<float, 5>();
  columns<float, 16>();
  columns<float, 37>();
  columns<double, 4>();
  columns<double, 8>();
  columns<double, 21>();
  columns<long double, 3>();
}

// What is not a number stays so in its row, and nowhere else.
BOOST_AUTO_TEST_CASE(not_a_number) {
  BOOST_TEST((nan_stays_in_its_row<float, 1, 2>()));
  BOOST_TEST((nan_stays_in_its_row<float, 1, 37>()));
  BOOST_TEST((nan_stays_in_its_row<float, 3, 100>()));
  BOOST_TEST((nan_stays_in_its_row<float, 16, 4>()));
  BOOST_TEST((nan_stays_in_its_row<float, 21, 10>()));
  BOOST_TEST((nan_stays_in_its_row<double, 1, 19>()));
  BOOST_TEST((nan_stays_in_its_row<double, 2, 67>()));
  BOOST_TEST((nan_stays_in_its_row<double, 9, 10>()));
}
