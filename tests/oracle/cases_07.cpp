// Written by generate.py; do not edit. The evaluate form, also in constant evaluation.
// clang-format off
#define BOOST_TEST_MODULE oracle_07
#include "../support/boost_test.hpp"

#include "check.hpp"

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto z = lz::variable<"z">;

BOOST_AUTO_TEST_CASE(evaluated_sign) { ORACLE_EVALUATED(1, lz::evaluate(lz::sign(x), x = 2.203125)); ORACLE_EVALUATED(0, lz::evaluate(lz::diff(lz::sign(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_min) { ORACLE_EVALUATED(0.40625, lz::evaluate(lz::min(x, y), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(0, lz::evaluate(lz::diff(lz::min(x, y), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_max) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::max(x, y), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::max(x, y), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_clamp_below) { ORACLE_EVALUATED(2.5, lz::evaluate(lz::clamp(x, 2.5_c, 3_c), x = 2.203125)); ORACLE_EVALUATED(0, lz::evaluate(lz::diff(lz::clamp(x, 2.5_c, 3_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_clamp_inside) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::clamp(x, -2_c, 3_c), x = 2.203125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::clamp(x, -2_c, 3_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_clamp_above) { ORACLE_EVALUATED(-2, lz::evaluate(lz::clamp(x, -4_c, -2_c), x = 2.203125)); ORACLE_EVALUATED(0, lz::evaluate(lz::diff(lz::clamp(x, -4_c, -2_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_clamp_formulas) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::clamp(x, y, lz::square(z) + 2_c), x = 2.203125, y = 0.40625, z = -2.078125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::clamp(x, y, lz::square(z) + 2_c), x), x = 2.203125, y = 0.40625, z = -2.078125)); }
BOOST_AUTO_TEST_CASE(evaluated_select_less) { ORACLE_EVALUATED(0.918609155794918267837825, lz::evaluate(lz::select(x < y, lz::sin(x), lz::cos(y)), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(0, lz::evaluate(lz::diff(lz::select(x < y, lz::sin(x), lz::cos(y)), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_select_greater) { ORACLE_EVALUATED(0.89501953125, lz::evaluate(lz::select(x > y, x * y, x / y), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(0.40625, lz::evaluate(lz::diff(lz::select(x > y, x * y, x / y), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_select_at_most) { ORACLE_EVALUATED(10.693439483642578125, lz::evaluate(lz::select(x <= 1_c, lz::square(x), lz::cube(x)), x = 2.203125)); ORACLE_EVALUATED(14.561279296875, lz::evaluate(lz::diff(lz::select(x <= 1_c, lz::square(x), lz::cube(x)), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_select_at_least) { ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::select(x >= y, lz::exp(x), lz::exp(y)), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::diff(lz::select(x >= y, lz::exp(x), lz::exp(y)), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_select_unseen) { ORACLE_EVALUATED(0.7898768070184964217128032, lz::evaluate(lz::select(x > 0_c, lz::log(x), x), x = 2.203125)); ORACLE_EVALUATED(0.4539007092198581560283688, lz::evaluate(lz::diff(lz::select(x > 0_c, lz::log(x), x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_select_hidden) { ORACLE_EVALUATED(1.484292760879739654334115, lz::evaluate(lz::select(x < 0_c, lz::square(x), lz::sqrt(x)), x = 2.203125)); ORACLE_EVALUATED(0.3368607684266075811254728, lz::evaluate(lz::diff(lz::select(x < 0_c, lz::square(x), lz::sqrt(x)), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_sigmoid) { ORACLE_EVALUATED(0.9005297861178929311076685, lz::evaluate(lz::sigmoid(x), x = 2.203125)); ORACLE_EVALUATED(0.08957589043235494305116685, lz::evaluate(lz::diff(lz::sigmoid(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_sigmoid_far) { ORACLE_EVALUATED(9.859676543759770856705373e-305, lz::evaluate(lz::sigmoid(x), x = -700.0)); ORACLE_EVALUATED(9.859676543759770856705373e-305, lz::evaluate(lz::diff(lz::sigmoid(x), x), x = -700.0)); }
BOOST_AUTO_TEST_CASE(evaluated_relu) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::relu(x), x = 2.203125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::relu(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_leaky_relu) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::leaky_relu(x), x = 2.203125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::leaky_relu(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_elu) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::elu(x), x = 2.203125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::elu(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_softplus) { ORACLE_EVALUATED(2.30789703760290422598804, lz::evaluate(lz::softplus(x), x = 2.203125)); ORACLE_EVALUATED(0.9005297861178929311076685, lz::evaluate(lz::diff(lz::softplus(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_softplus_far) { ORACLE_EVALUATED(9.859676543759770856705373e-305, lz::evaluate(lz::softplus(x), x = -700.0)); ORACLE_EVALUATED(9.859676543759770856705373e-305, lz::evaluate(lz::diff(lz::softplus(x), x), x = -700.0)); }
BOOST_AUTO_TEST_CASE(evaluated_gelu) { ORACLE_EVALUATED(2.172737363424158662143122, lz::evaluate(lz::gelu(x), x = 2.203125)); ORACLE_EVALUATED(1.063826141000398090885523, lz::evaluate(lz::diff(lz::gelu(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_silu) { ORACLE_EVALUATED(1.983979685040982863846582, lz::evaluate(lz::silu(x), x = 2.203125)); ORACLE_EVALUATED(1.09787666972667491501727, lz::evaluate(lz::diff(lz::silu(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_silu_far) { ORACLE_EVALUATED(-1.590237931802586489803208e-258, lz::evaluate(lz::silu(x), x = -600.0)); ORACLE_EVALUATED(-1.587587535249582178986869e-258, lz::evaluate(lz::diff(lz::silu(x), x), x = -600.0)); }
