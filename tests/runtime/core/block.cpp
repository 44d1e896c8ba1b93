#define BOOST_TEST_MODULE block
#include "../../support/boost_test.hpp"

#include <algorithm>
#include <cmath>
#include <leibniz/core/block.hpp>
#include <leibniz/core/math.hpp>
#include <limits>
#include <vector>

using namespace leibniz;

namespace {

// Numbers of both signs, without pattern, from integer arithmetic.
template <class T>
std::vector<T> sample(int n, unsigned seed) {
  std::vector<T> x;
  for (int i = 0; i < n; ++i) {
    seed = seed * 1664525u + 1013904223u;
    x.push_back(static_cast<T>(static_cast<int>(seed >> 16) % 1000) / T(400) + T(0.0125));
  }
  return x;
}

// What a block makes of its numbers; outputs have one number more, which must stay as it is.
template <class T>
struct results {
  T largest, largest_number, sum, product, total, count;
  std::vector<T> marks, doubled, negated, squares, others;
};
template <class T, class Block>
results<T> run(const Block& block, std::size_t n) {
  results<T> r;
  r.largest = block.largest([](auto v) { return v; });
  r.largest_number = block.largest_number([](auto v) { return v; });
  r.sum = block.sum([](auto v) { return v; });
  r.product = block.product();
  std::vector<T> out(n + 1, T(77));
  block.mark_largest(out.data());
  r.marks = out;
  block.write(out.data(), [](auto v) { return v + v; });
  r.doubled = out;
  block.at(out.data()).write(out.data(), [](auto v) { return -v; });  // what is written may take the place of what is read
  r.negated = out;
  const two_sums<T> sums = block.write_and_sum(
      out.data(), [](auto v) { return v * v; }, [](auto v, auto square) { return square - v; }, [](auto v, auto) { return decltype(v)(1); });
  r.total = sums.first;
  r.count = sums.second;
  r.squares = out;
  block.products_of_others(out.data());
  r.others = out;
  return r;
}
// A template of the type alone: the macros take longer to compile than the blocks.
template <class T>
void check(const results<T>& r, const std::vector<T>& x) {
  const auto n = static_cast<long double>(x.size());
  const auto near = [](T a, long double b, long double scale) {
    return std::fabs(static_cast<long double>(a) - b) <= 8 * static_cast<long double>(std::numeric_limits<T>::epsilon()) * scale;
  };
  long double sum = 0, size = 0, product = 1, total = 0;
  T largest = x[0];
  for (const T v : x) {
    sum += v;
    size += std::fabs(v);
    product *= v;
    total += static_cast<long double>(v * v) - v;
    largest = v > largest ? v : largest;
  }
  BOOST_TEST(r.largest == largest);
  BOOST_TEST(r.largest_number == largest);
  BOOST_TEST(r.count == static_cast<T>(x.size()));
  BOOST_TEST(near(r.sum, sum, size));
  BOOST_TEST(near(r.product, product, n * std::fabs(product)));
  BOOST_TEST(near(r.total, total, 8 * n));
  const auto first = static_cast<std::size_t>(std::find(x.begin(), x.end(), largest) - x.begin());
  for (std::size_t i = 0; i < x.size(); ++i) {
    BOOST_TEST(r.marks[i] == (i == first ? 1 : 0));
    BOOST_TEST(r.doubled[i] == x[i] + x[i]);
    BOOST_TEST(r.negated[i] == -(x[i] + x[i]));
    BOOST_TEST(r.squares[i] == x[i] * x[i]);
    long double others = 1;
    for (std::size_t k = 0; k < x.size(); ++k) others *= k == i ? 1.0L : x[k];
    BOOST_TEST(near(r.others[i], others, n * std::fabs(others)));
  }
  for (const auto* out : {&r.marks, &r.doubled, &r.negated, &r.squares, &r.others}) BOOST_TEST(out->back() == T(77));
}
void expect_nan(double largest) { BOOST_TEST(std::isnan(largest)); }

template <class T, int N>
void both_ways() {
  std::vector<T> x = sample<T>(N, static_cast<unsigned>(N));
  check(run<T>(number_block<T>{x.data(), N}, N), x);
  check(run<T>(block_of_numbers<T, N>(x.data()), N), x);
  x[static_cast<std::size_t>(N / 2)] = 0;
  check(run<T>(block_of_numbers<T, N>(x.data()), N), x);
  x[0] = 0;
  check(run<T>(block_of_numbers<T, N>(x.data()), N), x);

  // A NaN is the largest, wherever it is.
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<T> y = x;
    y[i] = std::numeric_limits<T>::quiet_NaN();
    expect_nan(static_cast<double>(block_of_numbers<T, N>(y.data()).largest([](auto v) { return v; })));
  }
}

template <class T, int... N>
void all_lengths(std::integer_sequence<int, N...>) {
  (both_ways<T, N + 1>(), ...);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_length) {
  all_lengths<float>(std::make_integer_sequence<int, 40>{});
  all_lengths<double>(std::make_integer_sequence<int, 20>{});
  both_ways<float, 79>();
  both_ways<float, 100>();
  both_ways<double, 67>();
  both_ways<double, 100>();
}

BOOST_AUTO_TEST_CASE(constants) {
  static constexpr double x[] = {2, -1, 0.5, 4};
  constexpr number_block<double> block{x, 4};
  static_assert(block.product() == -4 && block.largest([](auto v) { return v; }) == 4);
  static_assert([block] {
    double marks[4]{};
    block.mark_largest(marks);
    return marks[0] + marks[1] + marks[2] == 0 && marks[3] == 1;
  }());
  static_assert(block.sum([](auto v) { return v; }) == 5.5);
}
