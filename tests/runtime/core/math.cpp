// The constant-evaluation versions, run at run time against std:: in long double: worst error over points
// spread over the whole range, denormals included, in units of the last place of the exact result. Constant
// evaluation never fuses a product and a sum; on targets with FMA this file needs -ffp-contract=off to be
// compiled to the same arithmetic.

#define BOOST_TEST_MODULE core_math
#include <boost/test/unit_test.hpp>

#include <leibniz/core/math.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace {

namespace math = leibniz::math;
using real = long double;

template <class T>
using limits = std::numeric_limits<T>;

std::mt19937_64 engine(1646);

real between(real low, real high) { return low + (high - low) * (static_cast<real>(engine()) * 0x1p-64L); }

/// Any exponent of T is as likely as any other, those of denormals included.
template <class T>
T anywhere() {
  const auto exponents =
      static_cast<std::uint64_t>(limits<T>::max_exponent - limits<T>::min_exponent + limits<T>::digits);
  const int exponent = static_cast<int>(engine() % exponents) + limits<T>::min_exponent - limits<T>::digits;
  const T x = static_cast<T>(std::ldexp(between(1, 1.9999L), exponent));
  return (engine() & 1) != 0 ? x : -x;
}

/// Error in units of the last place of `exact`, which is rounded no further than to long double.
template <class T>
real error(T computed, real exact) {
  if (std::isnan(exact) || std::isnan(computed)) {
    return std::isnan(exact) && std::isnan(computed) ? 0 : limits<real>::infinity();
  }
  const T expected = static_cast<T>(exact);
  if (std::isinf(expected) || std::isinf(computed)) {
    return expected < computed || computed < expected ? limits<real>::infinity() : 0;
  }
  int exponent = limits<T>::min_exponent;
  if (std::fabs(exact) > 0) { std::frexp(exact, &exponent); }
  const int last_place = std::max(exponent, limits<T>::min_exponent) - limits<T>::digits;
  return std::ldexp(std::fabs(static_cast<real>(computed) - exact), -last_place);
}

struct interval {
  real low;
  real high;
};

/// Checks that f stays within `bound` ulp of `exact` over the whole range of T, in the intervals and at their
/// ends.
template <class T, class F, class G>
void check(const char* name, F f, G exact, std::vector<interval> intervals, real bound) {
  real worst = 0;
  T where = 0;
  const auto at = [&](T x) {
    const real found = error(f(x), exact(static_cast<real>(x)));
    if (found > worst) {
      worst = found;
      where = x;
    }
  };
  for (int i = 0; i < 4000; ++i) { at(anywhere<T>()); }
  for (const auto& [low, high] : intervals) {
    at(static_cast<T>(low));
    at(static_cast<T>(high));
    for (int i = 0; i < 4000; ++i) { at(static_cast<T>(between(low, high))); }
  }
  for (const T x :
       {T(0), T(-0.0), T(1), T(-1), limits<T>::max(), limits<T>::lowest(), limits<T>::min(),
        limits<T>::denorm_min(), limits<T>::infinity(), -limits<T>::infinity(), limits<T>::quiet_NaN()}) {
    at(x);
  }
  BOOST_TEST_MESSAGE(name << ", " << limits<T>::digits << " bits: " << worst << " ulp at " << where);
  BOOST_TEST(worst <= bound, name << ", " << limits<T>::digits << " bits: " << worst << " ulp at " << where);
}

template <class T, class F, class G, class Points>
void check_pairs(const char* name, F f, G exact, Points points, real bound) {
  real worst = 0;
  T first = 0;
  T second = 0;
  for (int i = 0; i < 40000; ++i) {
    const auto [x, y] = points();
    const real found = error(f(x, y), exact(static_cast<real>(x), static_cast<real>(y)));
    if (found > worst) {
      worst = found;
      first = x;
      second = y;
    }
  }
  BOOST_TEST_MESSAGE(name << ", " << limits<T>::digits << " bits: " << worst << " ulp at " << first << ", "
                          << second);
  BOOST_TEST(worst <= bound, name << ", " << limits<T>::digits << " bits: " << worst << " ulp at " << first
                                  << ", " << second);
}

template <class T>
struct pair {
  T first;
  T second;
};

/// The bound for T: float is computed in double and rounded once; for long double the reference errs as well.
template <class T>
real bound(real for_double) {
  return limits<T>::digits < 53 ? 0.51L : limits<T>::digits == 53 ? for_double : for_double + 1;
}

using types = std::tuple<float, double, long double>;

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(exponentials, T, types) {
  check<T>(
      "exp", [](T x) { return math::constant::exp(x); }, [](real x) { return std::exp(x); },
      {{-1, 1}, {-104, 89}, {-745.5L, -708}, {700, 710}, {-11400, 11400}}, bound<T>(1.5L));
  check<T>(
      "exp2", [](T x) { return math::constant::exp2(x); }, [](real x) { return std::exp2(x); },
      {{-1, 1}, {-150, 128}, {-1075, -1000}, {1000, 1025}, {-16446, 16385}}, bound<T>(1.5L));
  check<T>(
      "expm1", [](T x) { return math::constant::expm1(x); }, [](real x) { return std::expm1(x); },
      {{-1, 1}, {-1e-3L, 1e-3L}, {-40, 89}, {700, 710}, {-100, 11400}}, bound<T>(3));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(logarithms, T, types) {
  check<T>(
      "log", [](T x) { return math::constant::log(x); }, [](real x) { return std::log(x); },
      {{0, 2}, {0.99L, 1.01L}, {0, 1000}}, bound<T>(1));
  check<T>(
      "log2", [](T x) { return math::constant::log2(x); }, [](real x) { return std::log2(x); },
      {{0, 2}, {0.99L, 1.01L}, {0, 1000}}, bound<T>(0.6L));
  check<T>(
      "log10", [](T x) { return math::constant::log10(x); }, [](real x) { return std::log10(x); },
      {{0, 2}, {0.99L, 1.01L}, {0, 1000}}, bound<T>(0.6L));
  check<T>(
      "log1p", [](T x) { return math::constant::log1p(x); }, [](real x) { return std::log1p(x); },
      {{-1, 1}, {-1e-3L, 1e-3L}, {0, 1000}}, bound<T>(1.1L));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(roots, T, types) {
  check<T>(
      "sqrt", [](T x) { return math::constant::sqrt(x); }, [](real x) { return std::sqrt(x); },
      {{0, 1}, {1, 4}}, limits<T>::digits > 53 ? 1 : 0.501L);
  check<T>(
      "cbrt", [](T x) { return math::constant::cbrt(x); }, [](real x) { return std::cbrt(x); },
      {{-1, 1}, {1, 8}}, bound<T>(0.6L));
  const auto hypot = [](T x, T y) { return math::constant::hypot(x, y); };
  const auto exact = [](real x, real y) { return std::hypot(x, y); };
  check_pairs<T>(
      "hypot", hypot, exact,
      [] {
        return pair<T>{anywhere<T>(), anywhere<T>()};
      },
      bound<T>(1));
  check_pairs<T>(
      "hypot", hypot, exact,
      [] {
        const T x = anywhere<T>();
        return pair<T>{x, static_cast<T>(x * between(-2, 2))};
      },
      bound<T>(1));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(powers, T, types) {
  const auto pow = [](T x, T y) { return math::constant::pow(x, y); };
  const auto exact = [](real x, real y) { return std::pow(x, y); };
  check_pairs<T>(
      "pow", pow, exact,
      [] {
        return pair<T>{anywhere<T>(), anywhere<T>()};
      },
      bound<T>(1.5L));
  check_pairs<T>(
      "pow", pow, exact,
      [] {
        return pair<T>{static_cast<T>(between(0, 10)), static_cast<T>(between(-20, 20))};
      },
      bound<T>(1.5L));
  check_pairs<T>(
      "pow, next to 1", pow, exact,
      [] {
        return pair<T>{static_cast<T>(between(0.999L, 1.001L)), static_cast<T>(between(-7e5L, 7e5L))};
      },
      bound<T>(1.5L));
  check_pairs<T>(
      "pow, whole exponents", pow, exact,
      [] {
        return pair<T>{static_cast<T>(between(-10, 10)), std::trunc(static_cast<T>(between(-40, 40)))};
      },
      limits<T>::digits > 53
          ? 5
          : bound<T>(1.5L));  // against quad precision: glibc's powl errs by 3.1, this by 1.2
  check_pairs<T>(
      "pow, results everywhere", pow, exact,
      [] {
        const T x = std::fabs(anywhere<T>());
        return pair<T>{x, static_cast<T>(between(-1.01L, 1.01L) * limits<T>::max_exponent /
                                         std::log2(static_cast<real>(x)))};
      },
      bound<T>(1.5L));
  for (int n = -20; n <= 20; ++n) {
    for (int i = 0; i < 1000; ++i) {
      const T x = static_cast<T>(between(0.1L, 3));
      BOOST_TEST(error(math::powi(x, n), std::pow(static_cast<real>(x), static_cast<real>(n))) <=
                 2 + std::abs(n));
    }
  }
  BOOST_TEST(math::powi(T(2), limits<T>::min_exponent - limits<T>::digits) == limits<T>::denorm_min());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(circular, T, types) {
  // the points avoid what constant evaluation refuses, angles beyond 2^50
  const auto within = [](auto f) {
    return [f](auto x) { return std::isfinite(x) && !(std::fabs(x) <= 0x1p50) ? decltype(x)(0) : f(x); };
  };
  const std::vector<interval> angles = {
      {-0.8L, 0.8L}, {-7, 7}, {-1000, 1000}, {-1e7L, 1e7L}, {-1e15L, 1e15L}};
  check<T>("sin", within([](T x) { return math::constant::sin(x); }),
           within([](real x) { return std::sin(x); }), angles, bound<T>(1));
  check<T>("cos", within([](T x) { return math::constant::cos(x); }),
           within([](real x) { return std::cos(x); }), angles, bound<T>(1));
  check<T>("tan", within([](T x) { return math::constant::tan(x); }),
           within([](real x) { return std::tan(x); }), angles, bound<T>(2.5L));
  // next to the zeros nothing but the exactness of the reduction counts
  for (int i = 0; i < 20000; ++i) {
    const real n = std::trunc(between(-1, 1) * std::exp2(between(0, 49)));
    const T x = static_cast<T>(n * 1.57079632679489661923132169163975144L);
    BOOST_TEST(error(math::constant::sin(x), std::sin(static_cast<real>(x))) <= bound<T>(1));
    BOOST_TEST(error(math::constant::cos(x), std::cos(static_cast<real>(x))) <= bound<T>(1));
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(angles, T, types) {
  check<T>(
      "atan", [](T x) { return math::constant::atan(x); }, [](real x) { return std::atan(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {-10, 10}}, bound<T>(2));
  check<T>(
      "asin", [](T x) { return math::constant::asin(x); }, [](real x) { return std::asin(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {0.99L, 1}}, bound<T>(3.5L));
  check<T>(
      "acos", [](T x) { return math::constant::acos(x); }, [](real x) { return std::acos(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {0.99L, 1}}, bound<T>(3.5L));
  const auto atan2 = [](T y, T x) { return math::constant::atan2(y, x); };
  const auto exact = [](real y, real x) { return std::atan2(y, x); };
  check_pairs<T>(
      "atan2", atan2, exact,
      [] {
        return pair<T>{anywhere<T>(), anywhere<T>()};
      },
      bound<T>(2.5L));
  check_pairs<T>(
      "atan2", atan2, exact,
      [] {
        return pair<T>{static_cast<T>(between(-10, 10)), static_cast<T>(between(-10, 10))};
      },
      bound<T>(2.5L));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(hyperbolic, T, types) {
  check<T>(
      "sinh", [](T x) { return math::constant::sinh(x); }, [](real x) { return std::sinh(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {-90, 90}, {-711, 711}, {-11400, 11400}}, bound<T>(3.5L));
  check<T>(
      "cosh", [](T x) { return math::constant::cosh(x); }, [](real x) { return std::cosh(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {-90, 90}, {-711, 711}, {-11400, 11400}}, bound<T>(2));
  check<T>(
      "tanh", [](T x) { return math::constant::tanh(x); }, [](real x) { return std::tanh(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {-50, 50}}, bound<T>(3.5L));
  check<T>(
      "asinh", [](T x) { return math::constant::asinh(x); }, [](real x) { return std::asinh(x); },
      {{-0.1L, 0.1L}, {-3, 3}, {-1000, 1000}}, bound<T>(2));
  check<T>(
      "acosh", [](T x) { return math::constant::acosh(x); }, [](real x) { return std::acosh(x); },
      {{1, 1.1L}, {1, 3}, {1, 1000}}, bound<T>(2.5L));
  check<T>(
      "atanh", [](T x) { return math::constant::atanh(x); }, [](real x) { return std::atanh(x); },
      {{-0.1L, 0.1L}, {-1, 1}, {0.99L, 1}}, bound<T>(2));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(error_functions, T, types) {
  check<T>(
      "erf", [](T x) { return math::constant::erf(x); }, [](real x) { return std::erf(x); },
      {{-0.5L, 0.5L}, {-3, 3}, {-10, 10}}, bound<T>(2.5L));
  check<T>(
      "erfc", [](T x) { return math::constant::erfc(x); }, [](real x) { return std::erfc(x); },
      {{-0.5L, 0.5L}, {-4, 0}, {0.5L, 3}, {3, 4}, {3, 27.3L}, {27, 107}}, bound<T>(3.5L));
}

// what runs at run time is what users train with: no constant-evaluation twin to hide behind
BOOST_AUTO_TEST_CASE_TEMPLATE(logistic, T, types) {
  const auto exact_sigmoid = [](real x) {
    return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
  };
  const auto exact_softplus = [](real x) {
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
  };
  check<T>(
      "sigmoid", [](T x) { return math::sigmoid(x); }, exact_sigmoid,
      {{-1, 1}, {-104, 104}, {-745.5L, -700}, {-11500, 100}}, 3);
  check<T>(
      "softplus", [](T x) { return math::softplus(x); }, exact_softplus,
      {{-1, 1}, {-104, 104}, {-745.5L, -700}, {-11500, 100}}, 3);
  BOOST_TEST(math::sigmoid(T(-1e4)) < T(1e-30));
  BOOST_TEST(math::softplus(T(1000)) == T(1000));
  BOOST_TEST(math::sigmoid(T(1000)) == T(1));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ieee_arithmetic, T, types) {
  // the plain operators at run time are the reference: the same value, NaN for NaN
  const auto same = [](T x, T y) {
    return (std::isnan(x) && std::isnan(y)) || (!(x < y) && !(y < x) && !std::isnan(x + y - y));
  };
  const auto agrees = [&](T x, T y) {
    return same(x, y) || (std::isinf(x) && std::isinf(y) && std::signbit(x) == std::signbit(y));
  };
  const auto compare = [&](T x, T y) {
    BOOST_TEST(agrees(math::constant::add(x, y), x + y), x << " + " << y);
    BOOST_TEST(agrees(math::constant::subtract(x, y), x - y), x << " - " << y);
    BOOST_TEST(agrees(math::constant::multiply(x, y), x * y), x << " * " << y);
    BOOST_TEST(agrees(math::constant::divide(x, y), x / y), x << " / " << y);
  };
  const T big = limits<T>::max();
  std::vector<T> special = {0,
                            1,
                            2,
                            T(0.5),
                            T(0.3),
                            big,
                            big / 2,
                            big / 3,
                            std::nextafter(big, T(0)),
                            limits<T>::min(),
                            limits<T>::denorm_min(),
                            limits<T>::epsilon(),
                            limits<T>::infinity(),
                            limits<T>::quiet_NaN()};
  const std::size_t count = special.size();
  for (std::size_t i = 0; i < count; ++i) { special.push_back(-special[i]); }
  for (const T x : special) {
    for (const T y : special) { compare(x, y); }
  }
  for (int i = 0; i < 4000; ++i) {
    const T x = anywhere<T>();
    compare(x, anywhere<T>());
    compare(static_cast<T>(big * between(0.4L, 0.6L)), static_cast<T>(big * between(0.4L, 0.6L)));
    // next to the overflow of a product and of a quotient
    compare(x, static_cast<T>(big / x * static_cast<T>(between(0.9999999L, 1.0000001L))));
    compare(x, static_cast<T>(x / big * static_cast<T>(between(0.9999999L, 1.0000001L))));
  }
}
