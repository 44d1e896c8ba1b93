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

template <class T, int N, class Block>
void check(const Block& block, const std::vector<T>& x) {
  constexpr long double bound = 8 * std::numeric_limits<T>::epsilon();
  const auto near = [](T a, long double b, long double scale) { return std::fabs(static_cast<long double>(a) - b) <= bound * scale; };
  long double sum = 0, size = 0, product = 1;
  T largest = x[0];
  for (const T v : x) {
    sum += v;
    size += std::fabs(v);
    product *= v;
    largest = v > largest ? v : largest;
  }
  BOOST_TEST(block.largest([](auto v) { return v; }) == largest);
  BOOST_TEST(near(block.sum([](auto v) { return v; }), sum, size));
  BOOST_TEST(near(block.product(), product, N * std::fabs(product)));

  // What is written ends where it should, and may take the place of what is read.
  std::vector<T> out(x.size() + 1, T(77));
  block.mark_largest(out.data());
  const auto first = static_cast<std::size_t>(std::find(x.begin(), x.end(), largest) - x.begin());
  for (std::size_t i = 0; i < x.size(); ++i) BOOST_TEST(out[i] == (i == first ? 1 : 0));
  block.write(out.data(), [](auto v) { return v + v; });
  for (std::size_t i = 0; i < x.size(); ++i) BOOST_TEST(out[i] == x[i] + x[i]);
  block.at(out.data()).write(out.data(), [](auto v) { return -v; });
  for (std::size_t i = 0; i < x.size(); ++i) BOOST_TEST(out[i] == -(x[i] + x[i]));
  BOOST_TEST(near(block.write_and_sum(out.data(), [](auto v) { return v * v; }, [](auto v, auto square) { return square - v; }),
                  [&] {
                    long double total = 0;
                    for (const T v : x) total += static_cast<long double>(v * v) - v;
                    return total;
                  }(),
                  8 * N));
  for (std::size_t i = 0; i < x.size(); ++i) BOOST_TEST(out[i] == x[i] * x[i]);

  block.products_of_others(out.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    long double others = 1;
    for (std::size_t k = 0; k < x.size(); ++k) others *= k == i ? 1.0L : x[k];
    BOOST_TEST(near(out[i], others, N * std::fabs(others)));
  }
  BOOST_TEST(out.back() == T(77));
}

template <class T, int N>
void both_ways() {
  std::vector<T> x = sample<T>(N, static_cast<unsigned>(N));
  check<T, N>(number_block<T>{x.data(), N}, x);
  check<T, N>(block_of_numbers<T, N>(x.data()), x);
  x[static_cast<std::size_t>(N / 2)] = 0;
  check<T, N>(block_of_numbers<T, N>(x.data()), x);
  x[0] = 0;
  check<T, N>(block_of_numbers<T, N>(x.data()), x);

  // A NaN is the largest, wherever it is.
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<T> y = x;
    y[i] = std::numeric_limits<T>::quiet_NaN();
    BOOST_TEST(std::isnan(block_of_numbers<T, N>(y.data()).largest([](auto v) { return v; })));
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
  both_ways<float, 100>();
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
