// What the elementary functions answer in constant evaluation: known values and IEEE edge cases, for every
// type.

#include <leibniz/core/math.hpp>

namespace math = leibniz::math;

namespace {

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T nan = std::numeric_limits<T>::quiet_NaN();
template <class T>
constexpr T largest = std::numeric_limits<T>::max();
template <class T>
constexpr T smallest = std::numeric_limits<T>::denorm_min();

template <class T>
constexpr bool same(T x, T y) {
  return !(x < y) && !(y < x) && math::isnan(x) == math::isnan(y) && math::signbit(x) == math::signbit(y);
}

/// Equal to within four units of the type's last place.
template <class T>
constexpr bool near(T x, long double y) {
  const T expected = static_cast<T>(y);
  return math::fabs(x - expected) <= 4 * std::numeric_limits<T>::epsilon() * math::fabs(expected);
}

template <class T>
constexpr bool kinds() {
  return math::isnan(nan<T>) && !math::isnan(inf<T>) && !math::isnan(T(0)) && !math::isnan(T(-1)) &&
         math::isinf(inf<T>) && math::isinf(-inf<T>) && !math::isinf(largest<T>) && !math::isinf(nan<T>) &&
         math::isfinite(largest<T>) && !math::isfinite(nan<T>) && !math::isfinite(-inf<T>) &&
         math::signbit(T(-0.0)) && !math::signbit(T(0)) && math::signbit(-smallest<T>) &&
         same(math::fabs(T(-0.0)), T(0)) && same(math::abs(-inf<T>), inf<T>) &&
         same(math::copysign(T(2), T(-0.0)), T(-2));
}
static_assert(kinds<float>() && kinds<double>() && kinds<long double>());

template <class T>
constexpr bool whole_numbers() {
  return same(math::trunc(T(-1.5)), T(-1)) && same(math::trunc(T(-0.5)), T(-0.0)) &&
         same(math::floor(T(-1.5)), T(-2)) && same(math::floor(T(1.5)), T(1)) &&
         same(math::floor(T(-0.0)), T(-0.0)) && same(math::ceil(T(1.5)), T(2)) &&
         same(math::ceil(T(-0.5)), T(-0.0)) && same(math::floor(largest<T>), largest<T>) &&
         same(math::floor(-inf<T>), -inf<T>) && math::isnan(math::trunc(nan<T>));
}
static_assert(whole_numbers<float>() && whole_numbers<double>() && whole_numbers<long double>());

template <class T>
constexpr bool arithmetic() {
  const T big = largest<T>;
  return same(math::add(T(1), T(2)), T(3)) && same(math::add(big, big), inf<T>) &&
         same(math::add(-big, -big), -inf<T>) && same(math::add(big, -big), T(0)) &&
         same(math::add(big, T(1)), big) && math::isnan(math::add(inf<T>, -inf<T>)) &&
         same(math::add(inf<T>, inf<T>), inf<T>) && math::isnan(math::add(nan<T>, T(1))) &&
         math::isnan(math::add(inf<T>, nan<T>)) && same(math::add(T(-0.0), T(-0.0)), T(-0.0)) &&
         math::isnan(math::subtract(inf<T>, inf<T>)) && same(math::subtract(T(1), inf<T>), -inf<T>) &&
         same(math::subtract(T(3), T(2)), T(1)) && same(math::multiply(big, T(2)), inf<T>) &&
         same(math::multiply(big, T(-2)), -inf<T>) && same(math::multiply(big, big), inf<T>) &&
         same(math::multiply(big, T(1)), big) && same(math::multiply(big / 2, T(2)), big) &&
         same(math::multiply(big, smallest<T>), big * smallest<T>) &&
         math::isnan(math::multiply(T(0), inf<T>)) && math::isnan(math::multiply(-inf<T>, T(-0.0))) &&
         math::isnan(math::multiply(nan<T>, T(0))) && same(math::multiply(inf<T>, T(-2)), -inf<T>) &&
         same(math::multiply(T(0), T(-2)), T(-0.0)) && same(math::multiply(smallest<T>, smallest<T>), T(0)) &&
         same(math::divide(T(1), T(0)), inf<T>) && same(math::divide(T(1), T(-0.0)), -inf<T>) &&
         math::isnan(math::divide(T(0), T(0))) && math::isnan(math::divide(nan<T>, T(0))) &&
         same(math::divide(T(-1), inf<T>), T(-0.0)) && same(math::divide(inf<T>, T(-2)), -inf<T>) &&
         same(math::divide(inf<T>, T(0)), inf<T>) && math::isnan(math::divide(inf<T>, inf<T>)) &&
         same(math::divide(T(1), smallest<T>), inf<T>) && same(math::divide(big, T(0.5)), inf<T>) &&
         same(math::divide(big, big), T(1)) && same(math::divide(smallest<T>, smallest<T>), T(1)) &&
         same(math::divide(big, T(-1)), -big) && same(math::divide(T(6), T(3)), T(2));
}
static_assert(arithmetic<float>() && arithmetic<double>() && arithmetic<long double>());

template <class T>
constexpr bool exponentials() {
  return same(math::exp(T(0)), T(1)) && near(math::exp(T(1)), 2.71828182845904523536028747135266249776L) &&
         same(math::exp(inf<T>), inf<T>) && same(math::exp(-inf<T>), T(0)) &&
         math::isnan(math::exp(nan<T>)) && same(math::exp(largest<T>), inf<T>) &&
         same(math::exp(-largest<T>), T(0)) && same(math::exp(smallest<T>), T(1)) &&
         same(math::exp2(T(10)), T(1024)) &&
         same(math::exp2(T(std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits)),
              smallest<T>) &&
         same(math::exp2(T(std::numeric_limits<T>::max_exponent)), inf<T>) &&
         near(math::exp2(T(0.5)), 1.41421356237309504880168872420969807857L) &&
         math::isnan(math::exp2(nan<T>)) && same(math::expm1(T(-0.0)), T(-0.0)) &&
         same(math::expm1(smallest<T>), smallest<T>) && same(math::expm1(-inf<T>), T(-1)) &&
         same(math::expm1(inf<T>), inf<T>) && math::isnan(math::expm1(nan<T>)) &&
         near(math::expm1(T(1)), 1.71828182845904523536028747135266249776L);
}
static_assert(exponentials<float>() && exponentials<double>() && exponentials<long double>());

// the last doubles before overflow and underflow
static_assert(math::exp(709.782712893384) < inf<double>);
static_assert(same(math::exp(709.7827128933841), inf<double>));
static_assert(same(math::exp(-745.1332191019411), smallest<double>));
static_assert(same(math::exp(-745.1332191019412), 0.0));
static_assert(math::exp(88.72283f) < inf<float>);
static_assert(same(math::exp(88.7229f), inf<float>));
static_assert(same(math::exp(-103.97f), smallest<float>));

template <class T>
constexpr bool logarithms() {
  return same(math::log(T(1)), T(0)) && near(math::log(T(2)), 0.693147180559945309417232121458176568L) &&
         same(math::log(T(0)), -inf<T>) && same(math::log(T(-0.0)), -inf<T>) &&
         math::isnan(math::log(T(-1))) && math::isnan(math::log(-inf<T>)) &&
         same(math::log(inf<T>), inf<T>) && math::isnan(math::log(nan<T>)) &&
         same(math::log2(T(1024)), T(10)) && same(math::log10(T(1000)), T(3)) &&
         same(math::log2(smallest<T>),
              T(std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits)) &&
         same(math::log10(T(0)), -inf<T>) && math::isnan(math::log2(T(-2))) &&
         same(math::log10(inf<T>), inf<T>) && same(math::log1p(T(-0.0)), T(-0.0)) &&
         same(math::log1p(T(-1)), -inf<T>) && math::isnan(math::log1p(T(-2))) &&
         same(math::log1p(inf<T>), inf<T>) && math::isnan(math::log1p(nan<T>)) &&
         same(math::log1p(-smallest<T>), -smallest<T>) &&
         near(math::log1p(T(1)), 0.693147180559945309417232121458176568L);
}
static_assert(logarithms<float>() && logarithms<double>() && logarithms<long double>());

template <class T>
constexpr bool roots() {
  return same(math::sqrt(T(9)), T(3)) && near(math::sqrt(T(2)), 1.41421356237309504880168872420969807857L) &&
         same(math::sqrt(T(-0.0)), T(-0.0)) && math::isnan(math::sqrt(T(-1))) &&
         math::isnan(math::sqrt(-inf<T>)) && same(math::sqrt(inf<T>), inf<T>) &&
         math::isnan(math::sqrt(nan<T>)) && math::sqrt(smallest<T>) * math::sqrt(smallest<T>) > 0 &&
         same(math::cbrt(T(-27)), T(-3)) && same(math::cbrt(T(-0.0)), T(-0.0)) &&
         same(math::cbrt(-inf<T>), -inf<T>) && math::isnan(math::cbrt(nan<T>)) &&
         same(math::hypot(T(3), T(-4)), T(5)) && same(math::hypot(-inf<T>, nan<T>), inf<T>) &&
         math::isnan(math::hypot(nan<T>, T(1))) && same(math::hypot(T(-0.0), T(0)), T(0)) &&
         same(math::hypot(largest<T>, T(1)), largest<T>) &&
         same(math::hypot(largest<T>, largest<T>), inf<T>) &&
         same(math::hypot(3 * smallest<T>, 4 * smallest<T>), 5 * smallest<T>);
}
static_assert(roots<float>() && roots<double>() && roots<long double>());

// the special cases of C99, F.9.4.4, in its order
template <class T>
constexpr bool powers() {
  const T zero = 0;
  return same(math::pow(zero, T(-3)), inf<T>) && same(math::pow(-zero, T(-3)), -inf<T>) &&
         same(math::pow(-zero, T(-2)), inf<T>) && same(math::pow(-zero, T(-2.5)), inf<T>) &&
         same(math::pow(zero, -inf<T>), inf<T>) && same(math::pow(-zero, T(3)), -zero) &&
         same(math::pow(-zero, T(2)), zero) && same(math::pow(-zero, T(0.5)), zero) &&
         same(math::pow(T(-1), inf<T>), T(1)) && same(math::pow(T(-1), -inf<T>), T(1)) &&
         same(math::pow(T(1), nan<T>), T(1)) && same(math::pow(nan<T>, -zero), T(1)) &&
         same(math::pow(inf<T>, zero), T(1)) && math::isnan(math::pow(T(-2), T(0.5))) &&
         math::isnan(math::pow(nan<T>, T(1))) && math::isnan(math::pow(T(2), nan<T>)) &&
         math::isnan(math::pow(T(-1), T(0.5))) && same(math::pow(T(0.5), -inf<T>), inf<T>) &&
         same(math::pow(T(-2), -inf<T>), zero) && same(math::pow(T(-0.5), inf<T>), zero) &&
         same(math::pow(T(-2), inf<T>), inf<T>) && same(math::pow(-inf<T>, T(-3)), -zero) &&
         same(math::pow(-inf<T>, T(-2)), zero) && same(math::pow(-inf<T>, T(3)), -inf<T>) &&
         same(math::pow(-inf<T>, T(2.5)), inf<T>) && same(math::pow(inf<T>, T(-0.5)), zero) &&
         same(math::pow(inf<T>, T(0.5)), inf<T>) && same(math::pow(T(-2), T(3)), T(-8)) &&
         same(math::pow(T(-1), largest<T>), T(1)) && same(math::pow(T(2), largest<T>), inf<T>) &&
         same(math::pow(T(2), -largest<T>), zero) && same(math::pow(largest<T>, smallest<T>), T(1)) &&
         same(math::pow(T(2), T(std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits)),
              smallest<T>) &&
         near(math::pow(T(2), T(0.5)), 1.41421356237309504880168872420969807857L) &&
         same(math::pow(T(10), T(3)), T(1000));
}
static_assert(powers<float>() && powers<double>() && powers<long double>());

template <class T>
constexpr bool whole_powers() {
  constexpr int least = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits;
  return same(math::powi(T(3), 4), T(81)) && same(math::powi(T(2), -3), T(0.125)) &&
         same(math::powi(nan<T>, 0), T(1)) && same(math::powi(T(0), 0), T(1)) &&
         same(math::powi(T(0), -1), inf<T>) && same(math::powi(T(-0.0), -3), -inf<T>) &&
         same(math::powi(T(-0.0), 3), T(-0.0)) && same(math::powi(T(2), least), smallest<T>) &&
         same(math::powi(T(-2), least - 5), least % 2 == 0 ? T(-0.0) : T(0)) &&
         same(math::powi(T(0.5), least), inf<T>) && same(math::powi(T(-10), 100001), -inf<T>) &&
         same(math::powi(-inf<T>, -3), T(-0.0)) && math::isnan(math::powi(nan<T>, 2)) &&
         same(math::powi(T(-1), std::numeric_limits<long long>::min()), T(1)) &&
         same(math::powi(T(2), std::numeric_limits<long long>::min()), T(0)) &&
         same(math::powi(T(2), std::numeric_limits<long long>::max()), inf<T>);
}
static_assert(whole_powers<double>() && whole_powers<float>() && whole_powers<long double>());

template <class T>
constexpr bool circular() {
  return same(math::sin(T(-0.0)), T(-0.0)) && same(math::cos(T(-0.0)), T(1)) &&
         same(math::tan(T(-0.0)), T(-0.0)) && math::isnan(math::sin(inf<T>)) &&
         math::isnan(math::cos(-inf<T>)) && math::isnan(math::tan(inf<T>)) &&
         math::isnan(math::sin(nan<T>)) && math::isnan(math::cos(nan<T>)) && math::isnan(math::tan(nan<T>)) &&
         near(math::sin(T(1)), 0.841470984807896506652502321630298999623L) &&
         near(math::cos(T(1)), 0.540302305868139717400936607442976603733L) &&
         near(math::tan(T(1)), 1.55740772465490223050697480745836017308L) &&
         near(math::cos(T(4)), -0.653643620863611914639168183097750381424L) &&
         near(math::sin(T(-1000)), -0.826879540532002560255887429109218141213L) &&
         same(math::sin(smallest<T>), smallest<T>) && same(math::tan(-smallest<T>), -smallest<T>);
}
static_assert(circular<float>() && circular<double>() && circular<long double>());

// next to a multiple of pi/2, and at the end of the stated range
static_assert(near(math::cos(1.5707963267948966), 6.12323399573676588613032966137500529e-17L));
static_assert(near(math::sin(0x1p50), 0.4963965152089408408768219L));
static_assert(near(math::sin(1e15), 0.8582727931702358355238864L));

template <class T>
constexpr bool angles() {
  constexpr long double pi = 3.14159265358979323846264338327950288420L;
  return same(math::atan(T(-0.0)), T(-0.0)) && near(math::atan(inf<T>), pi / 2) &&
         near(math::atan(T(-1)), -pi / 4) && math::isnan(math::atan(nan<T>)) &&
         same(math::asin(T(-0.0)), T(-0.0)) && near(math::asin(T(-1)), -pi / 2) &&
         near(math::asin(T(0.5)), pi / 6) && math::isnan(math::asin(T(1.5))) &&
         math::isnan(math::asin(nan<T>)) && same(math::acos(T(1)), T(0)) && near(math::acos(T(-1)), pi) &&
         near(math::acos(T(0)), pi / 2) && near(math::acos(T(-0.5)), 2 * pi / 3) &&
         math::isnan(math::acos(-inf<T>)) && math::isnan(math::acos(nan<T>)) &&
         same(math::atan2(T(0), T(0)), T(0)) && near(math::atan2(T(0), T(-0.0)), pi) &&
         near(math::atan2(T(-0.0), T(-1)), -pi) && same(math::atan2(T(-0.0), T(1)), T(-0.0)) &&
         near(math::atan2(T(-1), T(0)), -pi / 2) && near(math::atan2(inf<T>, -inf<T>), 3 * pi / 4) &&
         near(math::atan2(inf<T>, T(2)), pi / 2) && same(math::atan2(T(-2), inf<T>), T(-0.0)) &&
         near(math::atan2(T(2), -inf<T>), pi) && near(math::atan2(T(-1), T(-1)), -3 * pi / 4) &&
         near(math::atan2(largest<T>, smallest<T>), pi / 2) &&
         same(math::atan2(smallest<T>, largest<T>), T(0)) && math::isnan(math::atan2(nan<T>, T(1))) &&
         math::isnan(math::atan2(T(1), nan<T>));
}
static_assert(angles<float>() && angles<double>() && angles<long double>());

template <class T>
constexpr bool hyperbolic() {
  return same(math::sinh(T(-0.0)), T(-0.0)) && same(math::sinh(-inf<T>), -inf<T>) &&
         same(math::sinh(largest<T>), inf<T>) &&
         near(math::sinh(T(1)), 1.17520119364380145688238185059560081516L) && same(math::cosh(T(0)), T(1)) &&
         same(math::cosh(-inf<T>), inf<T>) && same(math::cosh(-largest<T>), inf<T>) &&
         near(math::cosh(T(1)), 1.54308063481524377847790562075706168260L) &&
         math::isnan(math::cosh(nan<T>)) && same(math::tanh(T(-0.0)), T(-0.0)) &&
         same(math::tanh(-inf<T>), T(-1)) &&
         near(math::tanh(T(1)), 0.761594155955764888119458282604793590413L) &&
         math::isnan(math::tanh(nan<T>)) && same(math::asinh(T(-0.0)), T(-0.0)) &&
         same(math::asinh(-inf<T>), -inf<T>) &&
         near(math::asinh(T(-1)), -0.881373587019543025232609324979792309028L) &&
         math::isnan(math::asinh(nan<T>)) && same(math::acosh(T(1)), T(0)) &&
         math::isnan(math::acosh(T(0.5))) && math::isnan(math::acosh(-inf<T>)) &&
         same(math::acosh(inf<T>), inf<T>) &&
         near(math::acosh(T(2)), 1.31695789692481670862504634730796844403L) &&
         same(math::atanh(T(-0.0)), T(-0.0)) && same(math::atanh(T(-1)), -inf<T>) &&
         math::isnan(math::atanh(T(2))) &&
         near(math::atanh(T(0.5)), 0.549306144334054845697622618461852252237L) &&
         math::isnan(math::atanh(nan<T>));
}
static_assert(hyperbolic<float>() && hyperbolic<double>() && hyperbolic<long double>());

template <class T>
constexpr bool error_functions() {
  return same(math::erf(T(-0.0)), T(-0.0)) && same(math::erf(-inf<T>), T(-1)) &&
         math::isnan(math::erf(nan<T>)) &&
         near(math::erf(T(1)), 0.842700792949714869341220635082609259296L) && same(math::erfc(T(0)), T(1)) &&
         same(math::erfc(inf<T>), T(0)) && same(math::erfc(-inf<T>), T(2)) &&
         math::isnan(math::erfc(nan<T>)) &&
         near(math::erfc(T(2)), 4.67773498104726583793074363274707139e-3L) &&
         near(math::erfc(T(5)), 1.53745979442803485018834348538337889e-12L) &&
         same(math::erfc(largest<T>), T(0));
}
static_assert(error_functions<float>() && error_functions<double>() && error_functions<long double>());

template <class T>
constexpr bool logistic() {
  return same(math::sigmoid(T(0)), T(0.5)) && same(math::sigmoid(inf<T>), T(1)) &&
         same(math::sigmoid(-inf<T>), T(0)) && same(math::sigmoid(largest<T>), T(1)) &&
         same(math::sigmoid(-largest<T>), T(0)) && math::isnan(math::sigmoid(nan<T>)) &&
         near(math::sigmoid(T(-40)), 4.248354255291588977280721e-18L) &&
         near(math::softplus(T(0)), 0.693147180559945309417232121458176568L) &&
         same(math::softplus(T(1000)), T(1000)) && same(math::softplus(inf<T>), inf<T>) &&
         same(math::softplus(-inf<T>), T(0)) && math::isnan(math::softplus(nan<T>)) &&
         near(math::softplus(T(-40)), 4.248354255291588986304978e-18L);
}
static_assert(logistic<float>() && logistic<double>() && logistic<long double>());
static_assert(same(math::sigmoid(-745.0), smallest<double>) && same(math::sigmoid(-746.0), 0.0));
static_assert(same(math::softplus(-1000.0), 0.0) && same(math::softplus(-1000.0f), 0.0f));
static_assert(math::softplus(-1000.0L) > 0 || std::numeric_limits<long double>::max_exponent == 1024);

}  // namespace

int main() {}
