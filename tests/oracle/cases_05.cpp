// Written by generate.py; do not edit. The evaluate form, also in constant evaluation.
// clang-format off
#define BOOST_TEST_MODULE oracle_05
#include "../support/boost_test.hpp"

#include "check.hpp"

constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;

BOOST_AUTO_TEST_CASE(evaluated_add) { ORACLE_EVALUATED(2.609375, lz::evaluate(x + y, x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(x + y, x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_sub) { ORACLE_EVALUATED(1.796875, lz::evaluate(x - y, x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(x - y, x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_mul) { ORACLE_EVALUATED(0.89501953125, lz::evaluate(x * y, x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(0.40625, lz::evaluate(lz::diff(x * y, x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_div) { ORACLE_EVALUATED(5.423076923076923076923077, lz::evaluate(x / y, x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(2.461538461538461538461538, lz::evaluate(lz::diff(x / y, x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_neg) { ORACLE_EVALUATED(-2.203125, lz::evaluate(-x, x = 2.203125)); ORACLE_EVALUATED(-1, lz::evaluate(lz::diff(-x, x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_constant) { ORACLE_EVALUATED(6.924107142857142857142857, lz::evaluate(lz::constant<22, 7> * x, x = 2.203125)); ORACLE_EVALUATED(3.142857142857142857142857, lz::evaluate(lz::diff(lz::constant<22, 7> * x, x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pi) { ORACLE_EVALUATED(6.921321314940013228488011, lz::evaluate(lz::pi * x, x = 2.203125)); ORACLE_EVALUATED(3.141592653589793238462643, lz::evaluate(lz::diff(lz::pi * x, x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_e) { ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::pow(lz::e, x), x = 2.203125)); ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::diff(lz::pow(lz::e, x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_integer) { ORACLE_EVALUATED(51.90338632185012102127075, lz::evaluate(lz::pow(x, 5_c), x = 2.203125)); ORACLE_EVALUATED(117.7949193120002746582031, lz::evaluate(lz::diff(lz::pow(x, 5_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_negative) { ORACLE_EVALUATED(0.09351528117119556396017296, lz::evaluate(lz::pow(x, -3_c), x = 2.203125)); ORACLE_EVALUATED(-0.1273399573395003424138525, lz::evaluate(lz::diff(lz::pow(x, -3_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_zero) { ORACLE_EVALUATED(1, lz::evaluate(lz::pow(x, 0_c), x = 2.203125)); ORACLE_EVALUATED(0, lz::evaluate(lz::diff(lz::pow(x, 0_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_one) { ORACLE_EVALUATED(2.203125, lz::evaluate(lz::pow(x, 1_c), x = 2.203125)); ORACLE_EVALUATED(1, lz::evaluate(lz::diff(lz::pow(x, 1_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_half) { ORACLE_EVALUATED(1.484292760879739654334115, lz::evaluate(lz::pow(x, 0.5_c), x = 2.203125)); ORACLE_EVALUATED(0.3368607684266075811254728, lz::evaluate(lz::diff(lz::pow(x, 0.5_c), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_third) { ORACLE_EVALUATED(1.693139567972790439984549, lz::evaluate(lz::pow(x, lz::constant<2, 3>), x = 2.203125)); ORACLE_EVALUATED(0.5123448338073692111537169, lz::evaluate(lz::diff(lz::pow(x, lz::constant<2, 3>), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_rational) { ORACLE_EVALUATED(0.2510044998598997430034727, lz::evaluate(lz::pow(x, lz::constant<-7, 4>), x = 2.203125)); ORACLE_EVALUATED(-0.1993794608816224908963755, lz::evaluate(lz::diff(lz::pow(x, lz::constant<-7, 4>), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_base) { ORACLE_EVALUATED(11.25013578631133190611557, lz::evaluate(lz::pow(3_c, x), x = 2.203125)); ORACLE_EVALUATED(12.3595374240264961740521, lz::evaluate(lz::diff(lz::pow(3_c, x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_general) { ORACLE_EVALUATED(1.378350442751449423921721, lz::evaluate(lz::pow(x, y), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(0.2541639114293452838437216, lz::evaluate(lz::diff(lz::pow(x, y), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_pow_of_itself) { ORACLE_EVALUATED(5.698467850002609933776565, lz::evaluate(lz::pow(x, x), x = 2.203125)); ORACLE_EVALUATED(10.19955544026022767440498, lz::evaluate(lz::diff(lz::pow(x, x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_square) { ORACLE_EVALUATED(4.853759765625, lz::evaluate(lz::square(x), x = 2.203125)); ORACLE_EVALUATED(4.40625, lz::evaluate(lz::diff(lz::square(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_cube) { ORACLE_EVALUATED(10.693439483642578125, lz::evaluate(lz::cube(x), x = 2.203125)); ORACLE_EVALUATED(14.561279296875, lz::evaluate(lz::diff(lz::cube(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_sqrt) { ORACLE_EVALUATED(1.484292760879739654334115, lz::evaluate(lz::sqrt(x), x = 2.203125)); ORACLE_EVALUATED(0.3368607684266075811254728, lz::evaluate(lz::diff(lz::sqrt(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_cbrt) { ORACLE_EVALUATED(1.301206965848550335827825, lz::evaluate(lz::cbrt(x), x = 2.203125)); ORACLE_EVALUATED(0.196872921546825582725723, lz::evaluate(lz::diff(lz::cbrt(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_reciprocal) { ORACLE_EVALUATED(0.4539007092198581560283688, lz::evaluate(lz::reciprocal(x), x = 2.203125)); ORACLE_EVALUATED(-0.206025853830290226849756, lz::evaluate(lz::diff(lz::reciprocal(x), x), x = 2.203125)); }
BOOST_AUTO_TEST_CASE(evaluated_hypot) { ORACLE_EVALUATED(2.240267579581733803384561, lz::evaluate(lz::hypot(x, y), x = 2.203125, y = 0.40625)); ORACLE_EVALUATED(0.9834204717685248743368332, lz::evaluate(lz::diff(lz::hypot(x, y), x), x = 2.203125, y = 0.40625)); }
BOOST_AUTO_TEST_CASE(evaluated_exp) { ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::exp(x), x = 2.203125)); ORACLE_EVALUATED(9.053260780008057291853374, lz::evaluate(lz::diff(lz::exp(x), x), x = 2.203125)); }
