// Written by generate.py; do not edit. The evaluate form, also in constant evaluation.
// clang-format off
#define BOOST_TEST_MODULE oracle_06
#include "../support/boost_test.hpp"

#include "check.hpp"

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;

BOOST_AUTO_TEST_CASE(evaluated_exp2) { ORACLE_EVALUATED(4.604756919811930823271039, lz::evaluate(lz::exp2(x), x = 2.203125)); ORACLE_EVALUATED(3.191774276131538018760631, lz::evaluate(lz::diff(lz::exp2(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_expm1) { ORACLE_EVALUATED(8.053260780008057291853374, lz::evaluate(lz::expm1(x), x = 2.203125)); ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::diff(lz::expm1(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_expm1_small) { ORACLE_EVALUATED(-9.313225741817976467654305e-10, lz::evaluate(lz::expm1(x), x = -9.313225746154785e-10)); ORACLE_EVALUATED(0.9999999990686774258182024, lz::evaluate(lz::diff(lz::expm1(x), x), x = -9.313225746154785e-10)); }
BOOST_AUTO_TEST_CASE(evaluated_log) { ORACLE_EVALUATED(0.7898768070184964217128032, lz::evaluate(lz::log(x), x = 2.203125)); ORACLE_EVALUATED(0.4539007092198581560283688, lz::evaluate(lz::diff(lz::log(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_log2) { ORACLE_EVALUATED(1.13955135239879355362455, lz::evaluate(lz::log2(x), x = 2.203125)); ORACLE_EVALUATED(0.6548403022474727522768452, lz::evaluate(lz::diff(lz::log2(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_log10) { ORACLE_EVALUATED(0.3430391386714927304268139, lz::evaluate(lz::log10(x), x = 2.203125)); ORACLE_EVALUATED(0.1971265733461568579409379, lz::evaluate(lz::diff(lz::log10(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_log1p) { ORACLE_EVALUATED(1.16412689577873632196413, lz::evaluate(lz::log1p(x), x = 2.203125)); ORACLE_EVALUATED(0.312195121951219512195122, lz::evaluate(lz::diff(lz::log1p(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_log1p_small) { ORACLE_EVALUATED(-9.313225750491593848884663e-10, lz::evaluate(lz::log1p(x), x = -9.313225746154785e-10)); ORACLE_EVALUATED(1.00000000093132257548284, lz::evaluate(lz::diff(lz::log1p(x), x), x = -9.313225746154785e-10)); }
BOOST_AUTO_TEST_CASE(evaluated_sin) { ORACLE_EVALUATED(0.8066533930883031374968369, lz::evaluate(lz::sin(x), x = 2.203125)); ORACLE_EVALUATED(-0.5910247908667854687551663, lz::evaluate(lz::diff(lz::sin(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_cos) { ORACLE_EVALUATED(-0.5910247908667854687551663, lz::evaluate(lz::cos(x), x = 2.203125)); ORACLE_EVALUATED(-0.8066533930883031374968369, lz::evaluate(lz::diff(lz::cos(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_tan) { ORACLE_EVALUATED(-1.36483850686750542654325, lz::evaluate(lz::tan(x), x = 2.203125)); ORACLE_EVALUATED(2.862784149828321657372931, lz::evaluate(lz::diff(lz::tan(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_asin) { ORACLE_EVALUATED(0.948427838239875981326772, lz::evaluate(lz::asin(x), x = 0.8125)); ORACLE_EVALUATED(1.715380055740471732515766, lz::evaluate(lz::diff(lz::asin(x), x), x = 0.8125)); }
BOOST_AUTO_TEST_CASE(evaluated_acos) { ORACLE_EVALUATED(0.6223684885550206379045497, lz::evaluate(lz::acos(x), x = 0.8125)); ORACLE_EVALUATED(-1.715380055740471732515766, lz::evaluate(lz::diff(lz::acos(x), x), x = 0.8125)); }
BOOST_AUTO_TEST_CASE(evaluated_atan) { ORACLE_EVALUATED(1.144703307160687210965883, lz::evaluate(lz::atan(x), x = 2.203125)); ORACLE_EVALUATED(0.1708303791133169287233599, lz::evaluate(lz::diff(lz::atan(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_sinh) { ORACLE_EVALUATED(4.471401670523846500318764, lz::evaluate(lz::sinh(x), x = 2.203125)); ORACLE_EVALUATED(4.58185910948421079153461, lz::evaluate(lz::diff(lz::sinh(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_cosh) { ORACLE_EVALUATED(4.58185910948421079153461, lz::evaluate(lz::cosh(x), x = 2.203125)); ORACLE_EVALUATED(4.471401670523846500318764, lz::evaluate(lz::diff(lz::cosh(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_tanh) { ORACLE_EVALUATED(0.9758924409675271071337595, lz::evaluate(lz::tanh(x), x = 2.203125)); ORACLE_EVALUATED(0.04763394366244162037007943, lz::evaluate(lz::diff(lz::tanh(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_asinh) { ORACLE_EVALUATED(1.530952868671018683610646, lz::evaluate(lz::asinh(x), x = 2.203125)); ORACLE_EVALUATED(0.4133163184696642590612348, lz::evaluate(lz::diff(lz::asinh(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_acosh) { ORACLE_EVALUATED(1.862285140516467971272363, lz::evaluate(lz::acosh(x), x = 3.296875)); ORACLE_EVALUATED(0.3183134280332760469527612, lz::evaluate(lz::diff(lz::acosh(x), x), x = 3.296875)); }
BOOST_AUTO_TEST_CASE(evaluated_atanh) { ORACLE_EVALUATED(1.134341770659182167894013, lz::evaluate(lz::atanh(x), x = 0.8125)); ORACLE_EVALUATED(2.942528735632183908045977, lz::evaluate(lz::diff(lz::atanh(x), x), x = 0.8125)); }
BOOST_AUTO_TEST_CASE(evaluated_atan2) { ORACLE_EVALUATED(0.1823488158859654894506731, lz::evaluate(lz::atan2(y, x), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(-0.08094566327771561998346062, lz::evaluate(lz::diff(lz::atan2(y, x), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_erf) { ORACLE_EVALUATED(0.9981648445353942927750075, lz::evaluate(lz::erf(x), x = 2.203125)); ORACLE_EVALUATED(0.008800229062653530256195004, lz::evaluate(lz::diff(lz::erf(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_erfc) { ORACLE_EVALUATED(0.001835155464605707224992547, lz::evaluate(lz::erfc(x), x = 2.203125)); ORACLE_EVALUATED(-0.008800229062653530256195004, lz::evaluate(lz::diff(lz::erfc(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_erfc_far) { ORACLE_EVALUATED(4.137031746513810238053903e-37, lz::evaluate(lz::erfc(x), x = 9.0)); ORACLE_EVALUATED(-7.492073428245974491484251e-36, lz::evaluate(lz::diff(lz::erfc(x), x), x = 9.0)); }
BOOST_AUTO_TEST_CASE(evaluated_abs) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::abs(x), x = 2.203125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::abs(x), x), x = 2.203125)); }
