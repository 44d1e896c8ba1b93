// Functions in lanes against long double: every 4,001st float, or every nth with LEIBNIZ_EVERY_FLOAT=n in the environment
// (minutes for 1), and random doubles. And every row's value in lanes against the same row number by number. Under -ffast-math
// (tests/targets) finite numbers with finite results only, and zeros have no sign.
#define BOOST_TEST_MODULE in_lanes
#include "../../support/boost_test.hpp"
#include "../../support/finite.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <leibniz/core/math.hpp>
#include <leibniz/ops/table.hpp>
#include <limits>
#include <random>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wnan-infinity-disabled"
#endif

namespace lz = leibniz;
using lz::lanes;
using support::is_finite, support::only_finite;

namespace {

/// The distance of a result from the exact value, in units in the last place of the value; denormal values count in the
/// smallest denormal.
template <class T>
double ulps(const T& got, long double exact) {
  constexpr double wrong = 1e9;
  const T want = static_cast<T>(exact);
  if (only_finite) {
    if (!is_finite(want)) return 0;
    if (!is_finite(got)) return wrong;
    if (got == want) return 0;
  }
  if (std::isnan(want)) return std::isnan(got) ? 0 : wrong;
  if (got == want) return std::signbit(got) == std::signbit(want) ? 0 : wrong;
  if (std::isinf(got) || std::isinf(want)) return std::fabs(exact) < std::numeric_limits<T>::max() * 1.0000001L && std::isinf(want) ? 1 : wrong;
  int exponent = 0;
  std::frexp(std::fabs(want), &exponent);
  if (exponent < std::numeric_limits<T>::min_exponent) exponent = std::numeric_limits<T>::min_exponent;
  const long double unit = std::ldexp(1.0L, exponent - std::numeric_limits<T>::digits);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / unit);
}

struct worst {
  double error = 0;
  double at = 0;
};
template <class T, class Function, class Exact>
class sweep {
  static constexpr int count = lz::native_lanes<T> > 1 ? lz::native_lanes<T> : 2;
  using V = lanes<T, count>;

 public:
  sweep(Function f, Exact exact) : f_(f), exact_(exact) {}
  void add(T x) {
    if (only_finite && !is_finite(x)) return;
    in_[filled_++] = x;
    if (filled_ == count) flush();
  }
  worst result() {
    while (filled_ != 0) add(T(1));
    return worst_;
  }

 private:
  void flush() {
    T out[count];
    f_(V::load(in_)).store(out);
    for (int i = 0; i < count; ++i) {
      const double error = ulps(out[i], exact_(static_cast<long double>(in_[i])));
      if (error > worst_.error) worst_ = {error, static_cast<double>(in_[i])};
    }
    filled_ = 0;
  }
  Function f_;
  Exact exact_;
  T in_[count];
  int filled_ = 0;
  worst worst_;
};

template <class Function, class Exact>
void check(const char* name, double bound, Function f, Exact exact) {
  const char* const every = std::getenv("LEIBNIZ_EVERY_FLOAT");
  const std::uint64_t asked = every != nullptr ? std::strtoull(every, nullptr, 10) : 0, stride = asked > 0 ? asked : 4001;
  sweep<float, Function, Exact> floats(f, exact);
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += stride) {
    const auto word = static_cast<std::uint32_t>(bits);
    float x = 0;
    std::memcpy(&x, &word, sizeof x);
    floats.add(x);
  }
  sweep<double, Function, Exact> doubles(f, exact);
  std::mt19937_64 random(1);
  for (int i = 0; i < (stride > 4001 ? 30000 : 300000); ++i) {
    const std::uint64_t word = random();
    double x = std::ldexp(static_cast<double>(static_cast<std::int64_t>(word)), -63) * (i % 3 == 1 ? 1 : 750);
    if (i % 3 == 0) std::memcpy(&x, &word, sizeof x);
    doubles.add(x);
  }
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double x : {0.0, -0.0, 1.0, -1.0, infinity, -infinity, std::numeric_limits<double>::quiet_NaN(), 5e-324, -5e-324, 1e308, -1e308,
                         709.78, -745.1, -745.2, 710.0, 1000.0, -1000.0})
    doubles.add(x);
  const worst single = floats.result(), twice = doubles.result();
  BOOST_TEST_MESSAGE(name << ": float " << single.error << " ulp at " << single.at << ", double " << twice.error << " ulp at " << twice.at);
  BOOST_TEST(single.error <= bound, name << " of float " << single.at << ": " << single.error << " ulp");
  BOOST_TEST(twice.error <= bound, name << " of double " << twice.at << ": " << twice.error << " ulp");
}

// Every row with its lanes and without, for numbers of all kinds.
template <class Row, class T>
void compare_row() {
  if constexpr (requires { Row::in_lanes; }) {
    if constexpr (Row::in_lanes) {
      constexpr int count = lz::native_lanes<T> > 1 ? lz::native_lanes<T> : 2;
      using V = lanes<T, count>;
      const T limit = std::numeric_limits<T>::max(), tiny = std::numeric_limits<T>::denorm_min(), nan = std::numeric_limits<T>::quiet_NaN();
      const T values[] = {0, -T(0), 1, -1, T(0.5), T(-0.3), 3, -7, 100, -100, limit, -limit, tiny, -tiny, limit * 2, -limit * 2, nan, T(1e-5)};
      for (const T a : values)
        for (const T b : values)
          for (const T c : {T(0), T(1), nan}) {
            if (only_finite && !(is_finite(a) && is_finite(b) && is_finite(c))) continue;
            V lane;
            T alone{};
            if constexpr (Row::arity == 1) {
              lane = Row::value(V(a));
              alone = Row::value(a);
            } else if constexpr (Row::arity == 2) {
              lane = Row::value(V(a), V(b));
              alone = Row::value(a, b);
            } else {
              lane = Row::value(V(c), V(a), V(b));
              alone = Row::value(c, a, b);
            }
            for (int l = 0; l < count; ++l)
              BOOST_TEST(ulps(lane[l], static_cast<long double>(alone)) <= 4, Row::name << "(" << a << ", " << b << ", " << c << "): " << lane[l]
                                                                                       << " in lanes, " << alone << " alone");
          }
    }
  }
}
template <int... I>
void compare_rows(std::integer_sequence<int, I...>) {
  ((compare_row<lz::ops::row<I>, float>(), compare_row<lz::ops::row<I>, double>()), ...);
}

}  // namespace

BOOST_AUTO_TEST_CASE(within_their_bounds_over_the_whole_range) {
  check("exp", 2, [](auto x) { return lz::math::exp(x); }, [](long double x) { return std::exp(x); });
  check("expm1", 2, [](auto x) { return lz::math::expm1(x); }, [](long double x) { return std::expm1(x); });
  check("log", 2, [](auto x) { return lz::math::log(x); }, [](long double x) { return std::log(x); });
  check("sqrt", 0.5, [](auto x) { return lz::math::sqrt(x); }, [](long double x) { return std::sqrt(x); });
  check("tanh", 3, [](auto x) { return lz::math::tanh(x); }, [](long double x) { return std::tanh(x); });
  check("sigmoid", 3, [](auto x) { return lz::math::sigmoid(x); },
        [](long double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); });
  check("softplus", 3, [](auto x) { return lz::math::softplus(x); },
        [](long double x) { return (x > 0 || std::isnan(x) ? x : 0) + std::log1p(std::exp(-std::fabs(x))); });
}

BOOST_AUTO_TEST_CASE(rows_in_lanes_are_rows_alone) { compare_rows(std::make_integer_sequence<int, lz::ops::row_count>{}); }
