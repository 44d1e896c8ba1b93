#pragma once
// The C++ side of the oracle: evaluates a formula and its derivatives and compares them with SymPy's answers.
//
// A row of a case is one point: the values of the variables, then the expected outputs, tensors in row-major order.
// With a file name among the program's arguments (`oracle_01 -- texts.tsv`), every scalar case also writes a line of
// its name and the texts of its outputs, separated by tabs, which `generate.py --check` compares with SymPy.

#include <leibniz/leibniz.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace oracle {

// Relative; cases that lose more than a hundredth of it to rounding have been left out. Answers that are exactly 0
// come from cancellation or from untaken branches.
constexpr double tolerance = 1e-12;
constexpr double zero = 1e-14;

constexpr bool near(double got, double want) {
  const double error = got < want ? want - got : got - want;   // NaN compares false below
  const double size = want < 0 ? -want : want;
  return want == 0 ? error <= zero : error <= tolerance * size;
}

template <class... Variables>
struct over_t {};
template <class... Variables>
constexpr over_t<Variables...> over(Variables...) { return {}; }

template <class Variables, std::size_t... Sizes>
struct inputs_t;
template <class... Variables, std::size_t... Sizes>
struct inputs_t<over_t<Variables...>, Sizes...> {};
template <std::size_t... Sizes, class... Variables>
constexpr inputs_t<over_t<Variables...>, Sizes...> inputs(Variables...) { return {}; }

inline void flatten(double value, std::vector<double>& into) { into.push_back(value); }

template <auto... Extents>
void flatten(const lz::tensor<double, Extents...>& value, std::vector<double>& into) {
  constexpr std::size_t rank = sizeof...(Extents);
  constexpr std::array<std::size_t, rank> extents{static_cast<std::size_t>(Extents)...};
  for (std::size_t i = 0; i < (std::size_t{1} * ... * static_cast<std::size_t>(Extents)); ++i) {
    std::array<std::size_t, rank> index{};
    for (std::size_t d = rank, rest = i; d-- > 0; rest /= extents[d]) index[d] = rest % extents[d];
    into.push_back(std::apply([&](auto... at) { return static_cast<double>(value(at...)); }, index));
  }
}

template <class... Outputs>
void flatten(const std::tuple<Outputs...>& values, std::vector<double>& into) {
  std::apply([&](const auto&... value) { (flatten(value, into), ...); }, values);
}

// Beside numbers of size `scale` from the same formula, x is below the rounding: as s(1 - s) of a softmax that is 1 to
// 26 digits. Such an x counts as 0.
inline bool negligible(double x, double scale) { return std::abs(x) <= 1e-16 * scale; }

template <class Result, std::size_t Columns>
void compare(const Result& result, const double (&row)[Columns], std::size_t inputs) {
  std::vector<double> got;
  flatten(result, got);
  double scale = 0;
  for (const double x : got) scale = std::max(scale, std::abs(x));
  BOOST_TEST_REQUIRE(got.size() == Columns - inputs);
  for (std::size_t i = 0; i < got.size(); ++i) {
    BOOST_TEST_CONTEXT("at " << row[0] << ", …; output " << i << " is " << got[i] << ", SymPy says " << row[inputs + i])
    BOOST_TEST((near(got[i], row[inputs + i]) || (negligible(got[i], scale) && negligible(row[inputs + i], scale))));
  }
}

// --- texts -----------------------------------------------------------------------------------------------------

template <class Expression>
inline constexpr auto text_of = lz::text(Expression{});

// The one file that all cases write to; named on the command line.
inline std::ofstream& text_file(const char* path) {
  static std::ofstream file(path);
  return file;
}

template <class... Outputs>
void write_texts(const std::tuple<Outputs...>&) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  if (suite.argc < 2) return;
  std::ofstream& file = text_file(suite.argv[1]);
  file << boost::unit_test::framework::current_test_case().p_name.get();
  ((file << '\t' << std::string_view(text_of<Outputs>)), ...);
  file << std::endl;
}

// --- scalar formulas ---------------------------------------------------------------------------------------------

template <class Expression>
constexpr std::tuple<> seconds(Expression) { return {}; }

template <class Expression, class First, class... Rest>
constexpr auto seconds(Expression e, First a, Rest... rest) {
  return std::tuple_cat(std::tuple<decltype(lz::diff(e, a, a)), decltype(lz::diff(e, a, rest))...>{},
                        seconds(e, rest...));
}

template <class... Variables, class... Outputs, std::size_t Rows, std::size_t Columns>
void values(over_t<Variables...>, const std::tuple<Outputs...>&, const double (&rows)[Rows][Columns]) {
  constexpr auto f = lz::function(lz::inputs(Variables{}...), lz::outputs(Outputs{}...));
  for (const auto& row : rows) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      compare(f(row[I]...), row, sizeof...(I));
    }(std::index_sequence_for<Variables...>{});
  }
}

template <class Expression, class... Variables>
using first_t = std::tuple<Expression, decltype(lz::diff(Expression{}, Variables{}))...>;

// The value and the first derivatives.
template <class Expression, class... Variables, std::size_t Rows, std::size_t Columns>
void first(Expression, over_t<Variables...> variables, const double (&rows)[Rows][Columns]) {
  constexpr first_t<Expression, Variables...> outputs{};
  values(variables, outputs, rows);
  write_texts(outputs);
}

// The value, the first derivatives, and the upper triangle of the second ones.
template <class Expression, class... Variables, std::size_t Rows, std::size_t Columns>
void second(Expression e, over_t<Variables...> variables, const double (&rows)[Rows][Columns]) {
  const auto outputs = std::tuple_cat(first_t<Expression, Variables...>{}, seconds(e, Variables{}...));
  values(variables, outputs, rows);
  write_texts(outputs);
}

// The value and the first derivatives of a formula with named intermediates; its texts are written out in full.
template <class Expression, class... Variables, std::size_t Rows, std::size_t Columns>
void expanded(Expression, over_t<Variables...> variables, const double (&rows)[Rows][Columns]) {
  values(variables, first_t<Expression, Variables...>{}, rows);
  write_texts(std::tuple<decltype(lz::expand(Expression{})),
                         decltype(lz::expand(lz::diff(Expression{}, Variables{})))...>{});
}

// --- tensor formulas -----------------------------------------------------------------------------------------------

template <std::size_t Size>
auto input_from(const double* from) {
  if constexpr (Size == 1) {
    return *from;
  } else {
    std::array<double, Size> result{};
    for (std::size_t i = 0; i < Size; ++i) result[i] = from[i];
    return result;
  }
}

template <class Outputs, class... Variables, std::size_t... Sizes, std::size_t Rows, std::size_t Columns>
void tensors(Outputs, inputs_t<over_t<Variables...>, Sizes...>, const double (&rows)[Rows][Columns]) {
  constexpr auto f = lz::function(lz::inputs(Variables{}...), Outputs{});
  for (const auto& row : rows) {
    const double* next = row;
    auto take = [&]<std::size_t Size>(std::integral_constant<std::size_t, Size>) {
      const double* from = next;
      next += Size;
      return input_from<Size>(from);
    };
    const std::tuple inputs{take(std::integral_constant<std::size_t, Sizes>{})...};   // braces: left to right
    compare(std::apply([&](const auto&... input) { return f(input...); }, inputs), row, (Sizes + ...));
  }
}

}  // namespace oracle

// The evaluate form, at run time and in a constant expression.
#define ORACLE_EVALUATED(want, ...)                    \
  {                                                    \
    static_assert(oracle::near((__VA_ARGS__), (want))); \
    BOOST_TEST(oracle::near((__VA_ARGS__), (want)));    \
  }
