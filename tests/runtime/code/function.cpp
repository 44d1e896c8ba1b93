#define BOOST_TEST_MODULE function
#include "../../support/boost_test.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <leibniz/code/function.hpp>
#include <leibniz/expr/literals.hpp>
#include <new>
#include <span>

namespace {
int allocations = 0;
}
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

constexpr auto W = lz::variable<"W", 3, 4>;
constexpr auto b = lz::variable<"b", 3>;
constexpr auto x = lz::variable<"x", 4>;
constexpr auto y = lz::variable<"y", 3>;
constexpr auto s = lz::variable<"s">;
constexpr auto t = lz::variable<"t">;
constexpr auto a = lz::sigmoid(W * x + b);
constexpr auto cost = lz::sum(lz::square(a - y));

constexpr lz::tensor<double, 3, 4> Wv{0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, -0.8, 0.9, 1.0, -1.1, 1.2};
constexpr lz::tensor<double, 3> bv{0.1, 0.2, -0.3};
constexpr lz::tensor<double, 4> xv{1, -2, 0.5, 0.25};
constexpr lz::tensor<double, 3> yv{0, 1, 0.5};

// the same layer by hand
struct expected {
  double value = 0;
  double dW[3][4]{};
  double db[3]{};
};
template <class Weights>
expected by_hand(const Weights& weight) {
  expected result;
  for (int i = 0; i < 3; ++i) {
    double z = bv(i);
    for (int j = 0; j < 4; ++j) z += weight(i, j) * xv(j);
    const double activation = 1 / (1 + std::exp(-z));
    result.value += (activation - yv(i)) * (activation - yv(i));
    result.db[i] = 2 * (activation - yv(i)) * activation * (1 - activation);
    for (int j = 0; j < 4; ++j) result.dW[i][j] = result.db[i] * xv(j);
  }
  return result;
}

constexpr auto f = lz::function(lz::inputs(W, b, x, y), lz::outputs(cost, lz::diff(cost, W), lz::diff(cost, b)));

}  // namespace

BOOST_AUTO_TEST_CASE(a_layer_and_its_gradient_agree_with_loops_written_by_hand) {
  const expected hand = by_hand(Wv);
  const int before = allocations;
  const auto [value, dW, db] = f(Wv, bv, xv, yv);
  BOOST_TEST(allocations == before);
  BOOST_TEST(value == hand.value, boost::test_tools::tolerance(1e-14));
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(db(i) == hand.db[i], boost::test_tools::tolerance(1e-13));
    for (int j = 0; j < 4; ++j) BOOST_TEST(dW(i, j) == hand.dW[i][j], boost::test_tools::tolerance(1e-13));
  }
}

BOOST_AUTO_TEST_CASE(every_way_of_binding_gives_the_same_value) {
  const double value = std::get<0>(f(Wv, bv, xv, yv));
  double nested[3][4];
  std::array<std::array<double, 4>, 3> arrays{};
  std::array<double, 12> flat{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 4; ++j) nested[i][j] = arrays[i][j] = flat[4 * i + j] = Wv(i, j);
  const std::span<const double, 12> view(flat);
  BOOST_TEST(std::get<0>(f(nested, bv, xv, yv)) == value);
  BOOST_TEST(std::get<0>(f(arrays, bv, xv, yv)) == value);
  BOOST_TEST(std::get<0>(f(flat, bv, xv, yv)) == value);
  BOOST_TEST(std::get<0>(f(view, bv, xv, yv)) == value);
  BOOST_TEST(std::get<0>(f(y = yv, x = xv, W = view, b = bv)) == value);
  BOOST_TEST(lz::evaluate(cost, s = 3, y = yv, x = xv, W = arrays, b = bv) == value);  // nobody needs s
}

BOOST_AUTO_TEST_CASE(into_writes_to_the_callers_memory) {
  const auto [value, dW, db] = f(Wv, bv, xv, yv);
  double scalar = 0;
  double rows[3][4]{};
  std::array<float, 3> narrow{};
  const int before = allocations;
  f.into(scalar, rows, narrow)(Wv, bv, xv, yv);
  std::array<double, 12> memory{};
  lz::tensor<double, 3> db2{};
  f.into(scalar, std::span<double, 12>(memory), db2)(W = Wv, b = bv, x = xv, y = yv);
  BOOST_TEST(allocations == before);
  BOOST_TEST(scalar == value);
  BOOST_TEST((db2 == db));
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST(narrow[i] == static_cast<float>(db(i)));
    for (std::size_t j = 0; j < 4; ++j) {
      BOOST_TEST(rows[i][j] == dW(i, j));
      BOOST_TEST(memory[4 * i + j] == dW(i, j));
    }
  }
}

BOOST_AUTO_TEST_CASE(numbers_are_computed_in_the_common_type) {
  constexpr auto g = lz::function(lz::inputs(s, t), lz::outputs(s / t));
  static_assert(std::is_same_v<decltype(g(1.0f, 3.0f)), float>);
  static_assert(std::is_same_v<decltype(g(1.0f, 3.0)), double>);
  static_assert(std::is_same_v<decltype(g(1, 3)), double>);
  static_assert(std::is_same_v<decltype(g(1.0f, 3.0L)), long double>);
  BOOST_TEST(g(1.0f, 3.0f) == 1.0f / 3.0f);
  BOOST_TEST(g(1, 3) == 1.0 / 3.0);
}

BOOST_AUTO_TEST_CASE(outputs_may_repeat_and_may_be_inputs) {
  constexpr auto g = lz::function(lz::inputs(b, s), lz::outputs(b + s, b + s, b, s, 2_c));
  const auto [p, q, same, scalar, two] = g(bv, 1.0);
  BOOST_TEST((p == q));
  BOOST_TEST((same == bv));
  BOOST_TEST(p(2) == bv(2) + 1.0);
  BOOST_TEST(scalar == 1.0);
  BOOST_TEST(two == 2.0);
}

BOOST_AUTO_TEST_CASE(the_workspace_is_known_and_small) {
  constexpr std::size_t bytes = lz::workspace_bytes(f);
  static_assert(bytes > 0 && bytes <= 6 * 128);
  static_assert(lz::workspace_bytes(lz::function(lz::inputs(s, t), lz::outputs(s * t))) == 0);
}

// Rows of 128 and of 256 numbers do not lie that far apart in the workspace.
BOOST_AUTO_TEST_CASE(long_rows_of_the_workspace_have_gaps) {
  constexpr auto A = lz::variable<"A", 6, 3>;
  constexpr auto B = lz::variable<"B", 3, 128>;
  constexpr auto C = lz::variable<"C", 128, 256>;
  constexpr auto H = lz::let<"H">(lz::square(A * B));
  constexpr auto g = lz::function(lz::inputs(A, B, C), lz::outputs(transpose(H) * H, lz::sigmoid(lz::let<"Z">(H * C)), transpose(lz::let<"Z">(H * C)) * A));
  lz::tensor<double, 6, 3> Av;
  lz::tensor<double, 3, 128> Bv;
  lz::tensor<double, 128, 256> Cv;
  const auto fill = [](auto& to_) {
    for (std::size_t i = 0; i < to_.size(); ++i) to_.data()[i] = std::sin(0.7 * static_cast<double>(i) + static_cast<double>(to_.size()));
  };
  fill(Av), fill(Bv), fill(Cv);
  const auto h = [&](std::size_t r_, std::size_t c_) {
    double sum = 0;
    for (std::size_t k = 0; k < 3; ++k) sum += Av(r_, k) * Bv(k, c_);
    return sum * sum;
  };
  const auto z = [&](std::size_t r_, std::size_t c_) {
    double sum = 0;
    for (std::size_t k = 0; k < 128; ++k) sum += h(r_, k) * Cv(k, c_);
    return sum;
  };
  const auto result = g(Av, Bv, Cv);
  double worst = 0;
  for (std::size_t i = 0; i < 128; i += 9)
    for (std::size_t j = 0; j < 128; ++j) {
      double sum = 0;
      for (std::size_t r = 0; r < 6; ++r) sum += h(r, i) * h(r, j);
      worst = std::fmax(worst, std::fabs(std::get<0>(result)(i, j) - sum));
    }
  for (std::size_t j = 0; j < 256; j += 5)
    for (std::size_t r = 0; r < 6; ++r) worst = std::fmax(worst, std::fabs(std::get<1>(result)(r, j) - 1 / (1 + std::exp(-z(r, j)))));
  for (std::size_t j = 0; j < 256; j += 15)
    for (std::size_t c = 0; c < 3; ++c) {
      double sum = 0;
      for (std::size_t r = 0; r < 6; ++r) sum += z(r, j) * Av(r, c);
      worst = std::fmax(worst, std::fabs(std::get<2>(result)(j, c) - sum));
    }
  BOOST_TEST(worst < 1e-11);
}
