// Written by generate.py; do not edit. Simplification rules: value and first derivatives.
// clang-format off
#define BOOST_TEST_MODULE oracle_08
#include "../support/boost_test.hpp"

#include "check.hpp"

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;

BOOST_AUTO_TEST_CASE(rule_zero_plus) { oracle::first(0_c + x, oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_plus_zero) { oracle::first(lz::sin(x) + 0_c, oracle::over(x), {{-1.3125, -0.9668265566961802299725281, 0.2554337668888116979140733}, {0.59375, 0.559473131247366877384844, 0.8288484876093257348101718}, {2.203125, 0.8066533930883031374968369, -0.5910247908667854687551663}}); }
BOOST_AUTO_TEST_CASE(rule_minus_zero) { oracle::first(x - 0_c, oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_zero_minus) { oracle::first(0_c - lz::exp(x), oracle::over(x), {{-1.3125, -0.269146348729183882901199, -0.269146348729183882901199}, {0.59375, -1.81076607211938716412053, -1.81076607211938716412053}, {2.203125, -9.053260780008057291853374, -9.053260780008057291853374}}); }
BOOST_AUTO_TEST_CASE(rule_zero_times) { oracle::first(0_c * x + y, oracle::over(x, y), {{-1.3125, 0.84375, 0.84375, 0, 1}, {0.59375, -1.71875, -1.71875, 0, 1}, {2.203125, 0.40625, 0.40625, 0, 1}}); }
BOOST_AUTO_TEST_CASE(rule_one_times) { oracle::first(1_c * x * 1_c, oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_minus_one_times) { oracle::first(-1_c * x, oracle::over(x), {{-1.3125, 1.3125, -1}, {0.59375, -0.59375, -1}, {2.203125, -2.203125, -1}}); }
BOOST_AUTO_TEST_CASE(rule_over_one) { oracle::first(lz::cos(x) / 1_c, oracle::over(x), {{-1.3125, 0.2554337668888116979140733, 0.9668265566961802299725281}, {0.59375, 0.8288484876093257348101718, -0.559473131247366877384844}, {2.203125, -0.5910247908667854687551663, -0.8066533930883031374968369}}); }
BOOST_AUTO_TEST_CASE(rule_zero_over) { oracle::first(0_c / x + x, oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_one_over) { oracle::first(1_c / x, oracle::over(x), {{-1.3125, -0.7619047619047619047619048, -0.5804988662131519274376417}, {0.59375, 1.684210526315789473684211, -2.836565096952908587257618}, {2.203125, 0.4539007092198581560283688, -0.206025853830290226849756}}); }
BOOST_AUTO_TEST_CASE(rule_over_constant) { oracle::first(x / 3_c, oracle::over(x), {{-1.3125, -0.4375, 0.3333333333333333333333333}, {0.59375, 0.1979166666666666666666667, 0.3333333333333333333333333}, {2.203125, 0.734375, 0.3333333333333333333333333}}); }
BOOST_AUTO_TEST_CASE(rule_minus_itself) { oracle::first(x - x, oracle::over(x), {{-1.3125, 0, 0}, {0.59375, 0, 0}, {2.203125, 0, 0}}); }
BOOST_AUTO_TEST_CASE(rule_formula_minus_itself) { oracle::first(lz::sin(x * y) - lz::sin(y * x), oracle::over(x, y), {{-1.3125, 0.84375, 0, 0, 0}, {0.59375, -1.71875, 0, 0, 0}, {2.203125, 0.40625, 0, 0, 0}}); }
BOOST_AUTO_TEST_CASE(rule_over_itself) { oracle::first(x / x, oracle::over(x), {{-1.3125, 1, 0}, {0.59375, 1, 0}, {2.203125, 1, 0}}); }
BOOST_AUTO_TEST_CASE(rule_formula_over_itself) { oracle::first(lz::exp(x) / lz::exp(x), oracle::over(x), {{-1.3125, 1, 0}, {0.59375, 1, 0}, {2.203125, 1, 0}}); }
BOOST_AUTO_TEST_CASE(rule_power_zero) { oracle::first(lz::pow(lz::sin(x), 0_c), oracle::over(x), {{-1.3125, 1, 0}, {0.59375, 1, 0}, {2.203125, 1, 0}}); }
BOOST_AUTO_TEST_CASE(rule_power_one) { oracle::first(lz::pow(lz::sin(x), 1_c), oracle::over(x), {{-1.3125, -0.9668265566961802299725281, 0.2554337668888116979140733}, {0.59375, 0.559473131247366877384844, 0.8288484876093257348101718}, {2.203125, 0.8066533930883031374968369, -0.5910247908667854687551663}}); }
BOOST_AUTO_TEST_CASE(rule_one_to_power) { oracle::first(lz::pow(1_c, x) * y, oracle::over(x, y), {{-1.3125, 0.84375, 0.84375, 0, 1}, {0.59375, -1.71875, -1.71875, 0, 1}, {2.203125, 0.40625, 0.40625, 0, 1}}); }
BOOST_AUTO_TEST_CASE(rule_power_two) { oracle::first(lz::pow(x + y, 2_c), oracle::over(x, y), {{-1.3125, 0.84375, 0.2197265625, -0.9375, -0.9375}, {0.59375, -1.71875, 1.265625, -2.25, -2.25}, {2.203125, 0.40625, 6.808837890625, 5.21875, 5.21875}}); }
BOOST_AUTO_TEST_CASE(rule_fold_sum) { oracle::first(x + 1_c + 2_c + 0.5_c, oracle::over(x), {{-1.3125, 2.1875, 1}, {0.59375, 4.09375, 1}, {2.203125, 5.703125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_fold_apart) { oracle::first((1_c + x) + (2_c + y), oracle::over(x, y), {{-1.3125, 0.84375, 2.53125, 1, 1}, {0.59375, -1.71875, 1.875, 1, 1}, {2.203125, 0.40625, 5.609375, 1, 1}}); }
BOOST_AUTO_TEST_CASE(rule_fold_difference) { oracle::first((x - 3_c) - (y - 5_c), oracle::over(x, y), {{-1.3125, 0.84375, -0.15625, 1, -1}, {0.59375, -1.71875, 4.3125, 1, -1}, {2.203125, 0.40625, 3.796875, 1, -1}}); }
BOOST_AUTO_TEST_CASE(rule_fold_product) { oracle::first(2_c * x * 3_c * 0.25_c, oracle::over(x), {{-1.3125, -1.96875, 1.5}, {0.59375, 0.890625, 1.5}, {2.203125, 3.3046875, 1.5}}); }
BOOST_AUTO_TEST_CASE(rule_fold_thirds) { oracle::first(lz::constant<1, 3> * x + lz::constant<1, 6> * x, oracle::over(x), {{-1.3125, -0.65625, 0.5}, {0.59375, 0.296875, 0.5}, {2.203125, 1.1015625, 0.5}}); }
