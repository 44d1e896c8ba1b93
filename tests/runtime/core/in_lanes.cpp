// Functions in lanes against long double: every 4,001st float, or every nth with LEIBNIZ_EVERY_FLOAT=n in the
// environment (hours; benchmarks/accuracy is faster), and random doubles. And every row's value in lanes against the same row
// number by number. With -ffast-math only finite arguments and results count.
#define BOOST_TEST_MODULE in_lanes
#include "../../support/boost_test.hpp"
#include "../../support/ulps.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <leibniz/core/math.hpp>
#include <leibniz/ops/table.hpp>
#include <limits>
#include <random>

namespace lz = leibniz;
using lz::lanes;

namespace {

// Denormal numbers count, whatever -ffast-math put into the control register.
struct no_flush_to_zero {
#if defined(__SSE2__)
  no_flush_to_zero() { __builtin_ia32_ldmxcsr(0x1f80); }
#endif
};
BOOST_GLOBAL_FIXTURE(no_flush_to_zero);

using reference = long double (*)(long double);

struct worst {
  double error = 0;
  double at = 0;
};
template <class T, int Width, class Function>
class sweep {
  using V = lanes<T, Width>;

 public:
  sweep(Function f, reference exact) : f_(f), exact_(exact) {}
  void add(T x) {
    in_[filled_++] = x;
    if (filled_ == Width) flush();
  }
  worst result() {
    while (filled_ != 0) add(T(1));
    return worst_;
  }

 private:
  void flush() {
    T out[Width];
    f_(V::load(in_)).store(out);
    for (int i = 0; i < Width; ++i) {
      const double error = ulps(out[i], exact_(static_cast<long double>(in_[i])));
      if (!(error <= worst_.error)) worst_ = {error, static_cast<double>(in_[i])};
    }
    filled_ = 0;
  }
  Function f_;
  const volatile reference exact_;  // -ffast-math would put the processor's own, less accurate fsin in place of sinl
  T in_[Width];
  int filled_ = 0;
  worst worst_;
};

template <class T>
T from_bits(std::uint64_t bits) {
  const auto word = static_cast<bits_of<T>>(bits);
  T x = 0;
  std::memcpy(&x, &word, sizeof x);
  return x;
}

/// The arguments whose results are finite.
template <class T>
struct finite_results {
  T low = -std::numeric_limits<T>::max();
  T high = std::numeric_limits<T>::max();
};
struct tested {
  const char* name;
  double bound;
  reference exact;
  finite_results<float> floats = {};
  finite_results<double> doubles = {};
};

template <class T, int Width, class Function>
void check_width(const tested& t, finite_results<T> range, Function f, std::uint64_t stride) {
  sweep<T, Width, Function> numbers(f, t.exact);
  const auto add = [&](std::uint64_t bits) {
    const T x = from_bits<T>(bits);
    if (!finite_math_only || (is_finite_pattern<T>(static_cast<bits_of<T>>(bits)) && range.low <= x && x <= range.high)) numbers.add(x);
  };
  const auto add_number = [&](double number) {
    const T x = static_cast<T>(number);
    bits_of<T> bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    add(bits);
  };
  if constexpr (sizeof(T) == 4) {
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += stride) add(bits);
  } else {
    std::mt19937_64 random(1);
    for (std::uint64_t i = 0; i < 1200000000 / stride; ++i) {
      const std::uint64_t word = random();
      if (i % 3 == 0) add(word);
      else add_number(std::ldexp(static_cast<double>(static_cast<std::int64_t>(word)), -63) * (i % 3 == 1 ? 2 : i % 2 != 0 ? 40 : 750));
    }
  }
  using limits = std::numeric_limits<T>;
  constexpr bits_of<T> infinity = bits_of<T>(2 * limits::max_exponent - 1) << (limits::digits - 1), sign = bits_of<T>(1) << (8 * sizeof(T) - 1);
  for (const bits_of<T> edge : {bits_of<T>(0), bits_of<T>(1), infinity, bits_of<T>(infinity - 1), bits_of<T>(infinity + infinity / 512 * 256)}) {
    add(edge);
    add(edge | sign);
  }
  for (const double x : {1.0, 709.78, 745.1, 745.2, 710.0, 88.72, 88.73, 103.9, 104.1, 1024.0, 1074.0, 1075.0, 128.0, 149.0, 150.0, 65536.0, 65537.0,
                         33554432.0, 33554433.0, 1e22, 3.14159265358979, 1.5707963267949}) {
    add_number(x);
    add_number(-x);
  }
  for (int i = 1; i < 40000; i += 1 + i / 100)  // the numbers next to the zeros of sine and cosine
    for (const double turns : {1.0, 797.0}) {
      const double quarter = static_cast<double>(i * turns * 1.57079632679489661923132169163975144L);
      add_number(quarter);
      add_number(std::nextafter(-quarter, 0));
    }
  const worst w = numbers.result();
  BOOST_TEST_MESSAGE(t.name << ", " << Width << " of " << sizeof(T) << " bytes: " << w.error << " ulp at " << w.at);
  BOOST_TEST(w.error <= t.bound, t.name << ", " << Width << " of " << sizeof(T) << " bytes, at " << w.at << ": " << w.error << " ulp");
}

template <class Function>
void check(const tested& t, Function f) {
  const char* const all = std::getenv("LEIBNIZ_EVERY_FLOAT");
  const std::uint64_t stride = all != nullptr && *all != 0 ? std::strtoull(all, nullptr, 10) : 4001, sparse = stride > 4001 ? stride : 4001;
  constexpr int floats = lz::native_lanes<float> > 1 ? lz::native_lanes<float> : 4, doubles = floats / 2;
  check_width<float, floats>(t, t.floats, f, stride);
  check_width<double, doubles>(t, t.doubles, f, sparse);
  // the other widths have other instructions
  constexpr int few = 1000003;
  check_width<float, 2>(t, t.floats, f, few);
  check_width<double, 2>(t, t.doubles, f, few);
  if constexpr (floats > 4) check_width<float, 4>(t, t.floats, f, few);
  if constexpr (floats > 8) check_width<float, 8>(t, t.floats, f, few);
  if constexpr (doubles > 4) check_width<double, 4>(t, t.doubles, f, few);
}

/// A function of one number for every lane. With -ffast-math g++ would call its library of vectors, whose sine is off by 3 ulp.
template <class T, int N, class Function>
lanes<T, N> one_by_one(lanes<T, N> x, Function f) {
  lanes<T, N> result;
  for (int l = 0; l < N; ++l) {
    const volatile T number = x[l];
    result.v[l] = f(T(number));
  }
  return result;
}

long double sigmoidl(long double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
long double softplusl(long double x) { return (x > 0 || x != x ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }

/// x^y for what C99 says of it, and at random where the result is a number of any size.
template <class T, int Width>
void check_powers() {
  using V = lanes<T, Width>;
  using limits = std::numeric_limits<T>;
  long double (*const volatile exact)(long double, long double) = ::powl;
  T x[Width], y[Width], power[Width];
  int filled = 0;
  double error = 0, at[2] = {};
  const auto add = [&](T base, T exponent) {
    x[filled] = base;
    y[filled++] = exponent;
    if (filled < Width) return;
    filled = 0;
    lz::math::pow(V::load(x), V::load(y)).store(power);
    for (int i = 0; i < Width; ++i) {
      const double e = ulps(power[i], exact(x[i], y[i]));
      if (!(e <= error)) {
        error = e;
        at[0] = x[i];
        at[1] = y[i];
      }
    }
  };
  if constexpr (!finite_math_only) {
    const T most = limits::max(), infinity = limits::infinity(), whole = T(1) / limits::epsilon();  // from 2 whole on all are even
    const T numbers[] = {0, 1, 2, T(0.5), 3, T(1.5), 100, 101, T(1e-5), most, limits::min(), limits::denorm_min(), infinity, limits::quiet_NaN(),
                         whole, whole + 1, whole - 1, whole / 2 + T(0.5), 2 * whole, 2 * whole - 1, 2 * whole + 2, 1 + limits::epsilon(),
                         1 - limits::epsilon() / 2};
    for (const T base : numbers)
      for (const T exponent : numbers)
        for (const T sign : {T(1), T(-1)}) {
          add(sign * base, exponent);
          add(sign * base, -exponent);
        }
  }
  std::mt19937_64 random(3);
  const auto fraction = [&random] { return std::ldexp(static_cast<double>(random()), -64); };
  const double largest = limits::max_exponent, least = limits::min_exponent - limits::digits - 1;
  for (int i = 0; i < 400000; ++i) {
    const double base = i % 4 == 0 ? std::exp2((2 * fraction() - 1) * (largest - 1)) : i % 4 == 1 ? 1 + (fraction() - 0.5) * 1e-4 : 4 * fraction();
    const double logarithm = std::log2(static_cast<double>(static_cast<T>(base)));
    if (!(std::fabs(logarithm) > 1e-12)) continue;
    const double result = (i % 4 == 3 ? least + 30 * fraction() : least + (largest - least) * fraction()) - 1e-3;  // its logarithm
    if (std::fabs(result / logarithm) < static_cast<double>(limits::max()) / 2) add(static_cast<T>(base), static_cast<T>(result / logarithm));
  }
  while (filled != 0) add(T(1), T(1));
  BOOST_TEST(error <= 3, "pow(" << at[0] << ", " << at[1] << ") in " << Width << " lanes of " << sizeof(T) << " bytes: " << error << " ulp");
}

// Every row with its lanes and without, for numbers of all kinds.
template <class Row, class T>
void compare_row() {
  if constexpr (requires { Row::in_lanes; }) {
    if constexpr (Row::in_lanes) {
      constexpr int count = lz::native_lanes<T> > 1 ? lz::native_lanes<T> : 2;
      using V = lanes<T, count>;
      const T limit = std::numeric_limits<T>::max(), tiny = std::numeric_limits<T>::denorm_min(), nan = std::numeric_limits<T>::quiet_NaN();
      const T values[] = {0, -T(0), 1, -1, T(0.5), T(-0.3), 3, -7, 100, -100, T(1e-5), limit, -limit, tiny, -tiny, limit * 2, -limit * 2, nan};
      const T conditions[] = {0, 1, nan};
      const int usable = finite_math_only ? 15 : 18;
      for (int i = 0; i < usable; ++i)
        for (int j = 0; j < usable; ++j)
          for (int k = 0; k < (finite_math_only ? 2 : 3); ++k) {
            const T a = values[i], b = values[j], c = conditions[k];
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

BOOST_AUTO_TEST_CASE(exponentials_and_logarithms) {
  const finite_results<float> floats{-1e30f, 88.72f};
  const finite_results<double> doubles{-1e300, 709.78};
  check({"exp", 2, ::expl, floats, doubles}, [](auto x) { return lz::math::exp(x); });
  check({"exp2", 2, ::exp2l, {-1e30f, 127.99f}, {-1e300, 1023.99}}, [](auto x) { return lz::math::exp2(x); });
  check({"expm1", 2, ::expm1l, floats, doubles}, [](auto x) { return lz::math::expm1(x); });
  check({"log", 2, ::logl, {1e-45f}, {5e-324}}, [](auto x) { return lz::math::log(x); });
  check({"log2", 2, ::log2l, {1e-45f}, {5e-324}}, [](auto x) { return lz::math::log2(x); });
  check({"log10", 2, ::log10l, {1e-45f}, {5e-324}}, [](auto x) { return lz::math::log10(x); });
  check({"log1p", 2, ::log1pl, {-0.9999999f}, {-0.999999999999999}}, [](auto x) { return lz::math::log1p(x); });
  check({"sqrt", 0.5, ::sqrtl, {0}, {0}}, [](auto x) { return lz::math::sqrt(x); });
}

BOOST_AUTO_TEST_CASE(hyperbolic_functions) {
  check({"sinh", 2, ::sinhl, {-89.4f, 89.4f}, {-710.4, 710.4}}, [](auto x) { return lz::math::sinh(x); });
  check({"cosh", 2, ::coshl, {-89.4f, 89.4f}, {-710.4, 710.4}}, [](auto x) { return lz::math::cosh(x); });
}

BOOST_AUTO_TEST_CASE(activations) {
  check({"tanh", 3, ::tanhl}, [](auto x) { return lz::math::tanh(x); });
  check({"sigmoid", 3, sigmoidl}, [](auto x) { return lz::math::sigmoid(x); });
  check({"softplus", 3, softplusl}, [](auto x) { return lz::math::softplus(x); });
  check({"erf", 3, ::erfl}, [](auto x) { return lz::math::erf(x); });
}

BOOST_AUTO_TEST_CASE(functions_of_small_and_huge_angles) {
  check({"sin", 2, ::sinl}, [](auto x) { return lz::math::sin(x); });
  check({"cos", 2, ::cosl}, [](auto x) { return lz::math::cos(x); });
  check({"atan", 2, ::atanl}, [](auto x) { return lz::math::atan(x); });
  check({"sine of both", 2, ::sinl}, [](auto x) { return lz::math::sincos(x).sine; });
  check({"cosine of both", 2, ::cosl}, [](auto x) { return lz::math::sincos(x).cosine; });
  check({"sine of both, of one number", 2, ::sinl}, [](auto x) { return one_by_one(x, [](auto of) { return lz::math::sincos(of).sine; }); });
  check({"cosine of both, of one number", 2, ::cosl}, [](auto x) { return one_by_one(x, [](auto of) { return lz::math::sincos(of).cosine; }); });
}

BOOST_AUTO_TEST_CASE(powers) {
  constexpr int floats = lz::native_lanes<float> > 1 ? lz::native_lanes<float> : 4;
  check_powers<float, floats>();
  check_powers<double, floats / 2>();
  check_powers<float, 2>();
  check_powers<double, 2>();
  if constexpr (floats > 4) check_powers<float, floats / 2>();
  if constexpr (floats > 8) check_powers<double, 4>();
}

BOOST_AUTO_TEST_CASE(rows_in_lanes_are_rows_alone) { compare_rows(std::make_integer_sequence<int, lz::ops::row_count>{}); }
