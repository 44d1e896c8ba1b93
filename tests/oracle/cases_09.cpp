// Written by generate.py; do not edit. Simplification rules: value and first derivatives.
// clang-format off
#define BOOST_TEST_MODULE oracle_09
#include "../support/boost_test.hpp"

#include "check.hpp"

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto z = lz::variable<"z">;

BOOST_AUTO_TEST_CASE(rule_fold_cancel) { oracle::first(lz::constant<1, 3> * (3_c * x), oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_fold_division) { oracle::first((x / 2_c) / 3_c, oracle::over(x), {{-1.3125, -0.21875, 0.1666666666666666666666667}, {0.59375, 0.09895833333333333333333333, 0.1666666666666666666666667}, {2.203125, 0.3671875, 0.1666666666666666666666667}}); }
BOOST_AUTO_TEST_CASE(rule_fold_quotients) { oracle::first((2_c * x) / (4_c * y), oracle::over(x, y), {{-1.3125, 0.84375, -0.7777777777777777777777778, 0.5925925925925925925925926, 0.921810699588477366255144}, {0.59375, -1.71875, -0.1727272727272727272727273, -0.2909090909090909090909091, -0.100495867768595041322314}, {2.203125, 0.40625, 2.711538461538461538461538, 1.230769230769230769230769, -6.674556213017751479289941}}); }
BOOST_AUTO_TEST_CASE(rule_fold_power) { oracle::first(lz::pow(2_c, 3_c) * x, oracle::over(x), {{-1.3125, -10.5, 8}, {0.59375, 4.75, 8}, {2.203125, 17.625, 8}}); }
BOOST_AUTO_TEST_CASE(rule_fold_power_negative) { oracle::first(lz::pow(2_c, -3_c) * x, oracle::over(x), {{-1.3125, -0.1640625, 0.125}, {0.59375, 0.07421875, 0.125}, {2.203125, 0.275390625, 0.125}}); }
BOOST_AUTO_TEST_CASE(rule_fold_power_half) { oracle::first(lz::pow(4_c, 0.5_c) * x, oracle::over(x), {{-1.3125, -2.625, 2}, {0.59375, 1.1875, 2}, {2.203125, 4.40625, 2}}); }
BOOST_AUTO_TEST_CASE(rule_fold_square) { oracle::first(lz::square(3_c) * x + lz::cube(2_c), oracle::over(x), {{-1.3125, -3.8125, 9}, {0.59375, 13.34375, 9}, {2.203125, 27.828125, 9}}); }
BOOST_AUTO_TEST_CASE(rule_fold_root) { oracle::first(lz::sqrt(2_c) * lz::sqrt(2_c) * x, oracle::over(x), {{-1.3125, -2.625, 2}, {0.59375, 1.1875, 2}, {2.203125, 4.40625, 2}}); }
BOOST_AUTO_TEST_CASE(rule_fold_exp_zero) { oracle::first(lz::exp(0_c) * x + lz::log(1_c), oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_fold_trig) { oracle::first(lz::sin(0_c) + lz::cos(0_c) * x, oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_fold_small) { oracle::first(1e-3_c * x * 1e3_c, oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_like_two) { oracle::first(x + x, oracle::over(x), {{-1.3125, -2.625, 2}, {0.59375, 1.1875, 2}, {2.203125, 4.40625, 2}}); }
BOOST_AUTO_TEST_CASE(rule_like_three) { oracle::first(x + x + x, oracle::over(x), {{-1.3125, -3.9375, 3}, {0.59375, 1.78125, 3}, {2.203125, 6.609375, 3}}); }
BOOST_AUTO_TEST_CASE(rule_like_scaled) { oracle::first(2_c * x + 3_c * x, oracle::over(x), {{-1.3125, -6.5625, 5}, {0.59375, 2.96875, 5}, {2.203125, 11.015625, 5}}); }
BOOST_AUTO_TEST_CASE(rule_like_cancel) { oracle::first(2_c * x - 5_c * x + 3_c * x + y, oracle::over(x, y), {{-1.3125, 0.84375, 0.84375, 0, 1}, {0.59375, -1.71875, -1.71875, 0, 1}, {2.203125, 0.40625, 0.40625, 0, 1}}); }
BOOST_AUTO_TEST_CASE(rule_like_fraction) { oracle::first(x / 2_c + x / 3_c, oracle::over(x), {{-1.3125, -1.09375, 0.8333333333333333333333333}, {0.59375, 0.4947916666666666666666667, 0.8333333333333333333333333}, {2.203125, 1.8359375, 0.8333333333333333333333333}}); }
BOOST_AUTO_TEST_CASE(rule_like_products) { oracle::first(x * y + y * x, oracle::over(x, y), {{-1.3125, 0.84375, -2.21484375, 1.6875, -2.625}, {0.59375, -1.71875, -2.041015625, -3.4375, 1.1875}, {2.203125, 0.40625, 1.7900390625, 0.8125, 4.40625}}); }
BOOST_AUTO_TEST_CASE(rule_like_scaled_products) { oracle::first(3_c * x * y - y * 2_c * x, oracle::over(x, y), {{-1.3125, 0.84375, -1.107421875, 0.84375, -1.3125}, {0.59375, -1.71875, -1.0205078125, -1.71875, 0.59375}, {2.203125, 0.40625, 0.89501953125, 0.40625, 2.203125}}); }
BOOST_AUTO_TEST_CASE(rule_like_functions) { oracle::first(lz::sin(x) + y + lz::sin(x), oracle::over(x, y), {{-1.3125, 0.84375, -1.089903113392360459945056, 0.5108675337776233958281466, 1}, {0.59375, -1.71875, -0.599803737505266245230312, 1.657696975218651469620344, 1}, {2.203125, 0.40625, 2.019556786176606274993674, -1.182049581733570937510333, 1}}); }
BOOST_AUTO_TEST_CASE(rule_like_negative) { oracle::first(x - 3_c * x, oracle::over(x), {{-1.3125, 2.625, -2}, {0.59375, -1.1875, -2}, {2.203125, -4.40625, -2}}); }
BOOST_AUTO_TEST_CASE(rule_like_nested) { oracle::first((x + y) + (x - y), oracle::over(x, y), {{-1.3125, 0.84375, -2.625, 2, 0}, {0.59375, -1.71875, 1.1875, 2, 0}, {2.203125, 0.40625, 4.40625, 2, 0}}); }
BOOST_AUTO_TEST_CASE(rule_like_far) { oracle::first(x + y + z + x + y + z, oracle::over(x, y, z), {{-1.3125, 0.84375, 1.453125, 1.96875, 2, 2, 2}, {0.59375, -1.71875, -0.53125, -3.3125, 2, 2, 2}, {2.203125, 0.40625, -2.078125, 1.0625, 2, 2, 2}}); }
BOOST_AUTO_TEST_CASE(rule_like_quotients) { oracle::first(x / y + x / y, oracle::over(x, y), {{-1.3125, 0.84375, -3.111111111111111111111111, 2.37037037037037037037037, 3.687242798353909465020576}, {0.59375, -1.71875, -0.6909090909090909090909091, -1.163636363636363636363636, -0.4019834710743801652892562}, {2.203125, 0.40625, 10.84615384615384615384615, 4.923076923076923076923077, -26.69822485207100591715976}}); }
BOOST_AUTO_TEST_CASE(rule_scaled_sum) { oracle::first(2_c * (x + y) + 3_c * (x + y), oracle::over(x, y), {{-1.3125, 0.84375, -2.34375, 5, 5}, {0.59375, -1.71875, -5.625, 5, 5}, {2.203125, 0.40625, 13.046875, 5, 5}}); }
