// Written by generate.py; do not edit. Simplification rules: value and first derivatives.
// clang-format off
#define BOOST_TEST_MODULE oracle_12
#include "../support/boost_test.hpp"

#include "check.hpp"

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto z = lz::variable<"z">;

BOOST_AUTO_TEST_CASE(rule_sign_odd_more) { oracle::first(lz::sinh(-x) + lz::atan(-x) + lz::asinh(-x) + lz::erf(-x) + lz::cbrt(-x), oracle::over(x), {{-1.3125, 5.760369648354877610427134, -3.445213360383232575402792}, {0.59375, -3.167937471767266248679121, -4.045709354467279546920907}, {2.203125, -9.446429656739497023498126, -5.371678957676671092301123}}); }
BOOST_AUTO_TEST_CASE(rule_sign_odd_unit) { oracle::first(lz::asin(-x) + lz::atanh(-x), oracle::over(x), {{-0.65625, 1.502036380601986866065422, -3.081736833498416308372401}, {0.296875, -0.6075075027753225263942117, -2.143865426289950635594298}, {0.8125, -2.082769608899058149220785, -4.657908791372655640561743}}); }
BOOST_AUTO_TEST_CASE(rule_sign_abs) { oracle::first(lz::abs(-x) + lz::sign(-x), oracle::over(x), {{-1.3125, 2.3125, -1}, {0.59375, -0.40625, 1}, {2.203125, 1.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_sign_difference) { oracle::first(lz::square(x - y) - lz::square(y - x) + x, oracle::over(x, y), {{-1.3125, 0.84375, -1.3125, 1, 0}, {0.59375, -1.71875, 0.59375, 1, 0}, {2.203125, 0.40625, 2.203125, 1, 0}}); }
BOOST_AUTO_TEST_CASE(rule_abs_twice) { oracle::first(lz::abs(lz::abs(x)), oracle::over(x), {{-1.3125, 1.3125, -1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_abs_square) { oracle::first(lz::abs(lz::square(x)), oracle::over(x), {{-1.3125, 1.72265625, -2.625}, {0.59375, 0.3525390625, 1.1875}, {2.203125, 4.853759765625, 4.40625}}); }
BOOST_AUTO_TEST_CASE(rule_abs_exp) { oracle::first(lz::abs(lz::exp(x)), oracle::over(x), {{-1.3125, 0.269146348729183882901199, 0.269146348729183882901199}, {0.59375, 1.81076607211938716412053, 1.81076607211938716412053}, {2.203125, 9.053260780008057291853374, 9.053260780008057291853374}}); }
BOOST_AUTO_TEST_CASE(rule_abs_times_sign) { oracle::first(lz::abs(x) * lz::sign(x), oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_commute_sum) { oracle::first((y + x) * (x + y), oracle::over(x, y), {{-1.3125, 0.84375, 0.2197265625, -0.9375, -0.9375}, {0.59375, -1.71875, 1.265625, -2.25, -2.25}, {2.203125, 0.40625, 6.808837890625, 5.21875, 5.21875}}); }
BOOST_AUTO_TEST_CASE(rule_commute_product) { oracle::first(lz::exp(x * y) + lz::exp(y * x), oracle::over(x, y), {{-1.3125, 0.84375, 0.660819402916031594908582, 0.557566371210401658204116, -0.8673254663272914683175138}, {0.59375, -1.71875, 0.7208237440821971558952507, -1.238915810141276361694962, 0.4279890980488045613128051}, {2.203125, 0.40625, 4.894767178912488584878198, 1.988499166433198487606768, 10.78378394104157641355978}}); }
BOOST_AUTO_TEST_CASE(rule_commute_min) { oracle::first(lz::min(x, y) + lz::min(y, x), oracle::over(x, y), {{-1.3125, 0.84375, -2.625, 2, 0}, {0.59375, -1.71875, -3.4375, 0, 2}, {2.203125, 0.40625, 0.8125, 0, 2}}); }
BOOST_AUTO_TEST_CASE(rule_associate_sum) { oracle::first(lz::sin((x + y) + z) + lz::sin(x + (y + z)), oracle::over(x, y, z), {{-1.3125, 0.84375, 1.453125, 1.665852776506383918052351, 1.106767602979944345879376, 1.106767602979944345879376, 1.106767602979944345879376}, {0.59375, -1.71875, -0.53125, -1.992702112323199164854768, -0.1706994186945583569818265, -0.1706994186945583569818265, -0.1706994186945583569818265}, {2.203125, 0.40625, -2.078125, 1.013222909628514735284592, 1.724348959869761008734325, 1.724348959869761008734325, 1.724348959869761008734325}}); }
BOOST_AUTO_TEST_CASE(rule_associate_product) { oracle::first(lz::sin((x * y) * z) + lz::sin(x * (y * z)), oracle::over(x, y, z), {{-1.3125, 0.84375, 1.453125, -1.998523617645240788865461, -0.0942032782068448186209057, 0.1465384327662030511880755, 0.08508683192876306198017289}, {0.59375, -1.71875, -0.53125, 1.031948800373447673099581, 1.564306138713474777522234, -0.5403966661010185595076809, -1.748342155032707104289556}, {2.203125, 0.40625, -2.078125, -1.916963974874653215811831, 0.4814742944502880764686696, 2.611072135288100722387785, -0.5104351542668467577600182}}); }
BOOST_AUTO_TEST_CASE(rule_min_itself) { oracle::first(lz::min(x, x) + lz::max(x, x), oracle::over(x), {{-1.3125, -2.625, 2}, {0.59375, 1.1875, 2}, {2.203125, 4.40625, 2}}); }
BOOST_AUTO_TEST_CASE(rule_select_same) { oracle::first(lz::select(x < y, z, z), oracle::over(x, y, z), {{-1.3125, 0.84375, 1.453125, 1.453125, 0, 0, 1}, {0.59375, -1.71875, -0.53125, -0.53125, 0, 0, 1}, {2.203125, 0.40625, -2.078125, -2.078125, 0, 0, 1}}); }
BOOST_AUTO_TEST_CASE(rule_select_constant) { oracle::first(lz::select(2_c < 3_c, x, y), oracle::over(x, y), {{-1.3125, 0.84375, -1.3125, 1, 0}, {0.59375, -1.71875, 0.59375, 1, 0}, {2.203125, 0.40625, 2.203125, 1, 0}}); }
BOOST_AUTO_TEST_CASE(rule_select_outer) { oracle::first(lz::select(x < y, 2_c * x, 2_c * y), oracle::over(x, y), {{-1.3125, 0.84375, -2.625, 2, 0}, {0.59375, -1.71875, -3.4375, 0, 2}, {2.203125, 0.40625, 0.8125, 0, 2}}); }
BOOST_AUTO_TEST_CASE(rule_relu_twice) { oracle::first(lz::relu(lz::relu(x)), oracle::over(x), {{-1.3125, 0, 0}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_relu_of_exp) { oracle::first(lz::relu(lz::exp(x)), oracle::over(x), {{-1.3125, 0.269146348729183882901199, 0.269146348729183882901199}, {0.59375, 1.81076607211938716412053, 1.81076607211938716412053}, {2.203125, 9.053260780008057291853374, 9.053260780008057291853374}}); }
BOOST_AUTO_TEST_CASE(rule_exp_log) { oracle::first(lz::exp(lz::log(x)), oracle::over(x), {{1.3125, 1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_log_exp) { oracle::first(lz::log(lz::exp(x)), oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_log_exp_far) { oracle::first(lz::log(lz::exp(x)), oracle::over(x), {{1000, 1000, 1}, {-1000, -1000, 1}}); }
BOOST_AUTO_TEST_CASE(rule_exp2_log2) { oracle::first(lz::exp2(lz::log2(x)), oracle::over(x), {{1.3125, 1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
BOOST_AUTO_TEST_CASE(rule_log2_exp2) { oracle::first(lz::log2(lz::exp2(x)), oracle::over(x), {{-1.3125, -1.3125, 1}, {0.59375, 0.59375, 1}, {2.203125, 2.203125, 1}}); }
