// Generated code against long double, on random and on extreme numbers: products in all forms, chains, reductions, each
// within an error bound that rounding explains. With finite inputs and results the bounds hold with -ffast-math too
// (tests/targets), so this page tells numbers from NaN and infinity by their bits.
#define BOOST_TEST_MODULE numbers
#include "boost_test.hpp"
#include "finite.hpp"

#include <cmath>
#include <leibniz/leibniz.hpp>
#include <limits>
#include <random>
#include <tuple>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

using real = long double;
using both = std::tuple<float, double>;
template <class T>
constexpr real unit = std::numeric_limits<T>::epsilon() / 2;
template <class T>
constexpr real smallest = std::numeric_limits<T>::denorm_min();

/// The numbers that a test starts from.
enum class kind { ordinary, any_exponent, large, denormal_results, cancelling };
constexpr kind all_kinds[] = {kind::ordinary, kind::any_exponent, kind::large, kind::denormal_results, kind::cancelling};
constexpr const char* names[] = {"ordinary", "any exponent", "large", "denormal results", "cancelling"};

/// Numbers whose products, and sums of at most 2^8 of them, are finite.
template <class T>
class source {
 public:
  explicit source(kind k) : kind_(k), random_(static_cast<unsigned>(k) + 1) {}
  T operator()() {
    constexpr int range = std::numeric_limits<T>::max_exponent;
    const T sign = random_() % 2 == 0 ? T(1) : T(-1);
    const T x = sign * (T(1) + fraction() + fraction() / 8388608);
    const int power = static_cast<int>(random_() % static_cast<unsigned>(range)) - range / 2;
    switch (kind_) {
      case kind::ordinary: return x - sign;
      case kind::any_exponent: return std::ldexp(x, power * 7 / 8);
      case kind::large: return std::ldexp(x, range / 2 - 6);
      case kind::denormal_results: return std::ldexp(x, -range / 2 - std::numeric_limits<T>::digits / 4);
      case kind::cancelling:
        if (random_() % 8 == 0 || last_ == 0) return last_ = x;
        return last_ *= random_() % 2 == 0 ? T(-1) : T(1) + 4 * static_cast<T>(unit<T>);
    }
    return x;
  }
  template <class Tensor>
  void fill(Tensor& t) {
    for (auto& x : t) x = (*this)();
  }

 private:
  T fraction() { return static_cast<T>(random_() % 8388608) / 8388608; }
  kind kind_;
  std::minstd_rand random_;
  T last_ = 0;
};

/// The worst error of some results, as a share of what is allowed.
class verdict {
 public:
  template <class T>
  void add(const T& got, real want, real allowed) {
    const real error = support::is_finite(got) ? std::fabs(static_cast<real>(got) - want) / allowed : 1e9L;
    if (error > worst_) worst_ = error;
  }
  real worst() const { return worst_; }

 private:
  real worst_ = 0;
};

/// Σ a b with the error that any order of the sum, fused or not, can make: n roundings of at most half a unit, of it and of
/// the reference; a product may lose what is below the smallest denormal.
template <class T>
struct exact_sum {
  real sum = 0, absolute = 0;
  int terms = 0;
  void add(T a, T b) {
    const real product = static_cast<real>(a) * static_cast<real>(b);
    sum += product;
    absolute += std::fabs(product);
    ++terms;
  }
  real allowed() const { return 1.001L * static_cast<real>(terms) * (unit<T> + unit<real>) * absolute + static_cast<real>(terms) * smallest<T>; }
};

template <class T, int M, int N, int K>
struct products {
  static constexpr auto A = lz::variable<"A", M, K>;
  static constexpr auto B = lz::variable<"B", K, N>;
  static constexpr auto C = lz::variable<"C", N, K>;
  static constexpr auto x = lz::variable<"x", K>;
  static constexpr auto y = lz::variable<"y", M>;
  static constexpr auto f = lz::function(lz::inputs(A, B, C, x, y),
                                         lz::outputs(A * B, lz::transpose(B) * lz::transpose(A), A * lz::transpose(C), A * x,
                                                     lz::transpose(A) * y, lz::outer(y, x), lz::dot(x, x)));
  static void check(kind k) {
    source<T> numbers(k);
    lz::tensor<T, M, K> a;
    lz::tensor<T, K, N> b;
    lz::tensor<T, N, K> c;
    lz::tensor<T, K> u;
    lz::tensor<T, M> v;
    numbers.fill(a), numbers.fill(b), numbers.fill(c), numbers.fill(u), numbers.fill(v);
    const auto [ab, turned, ac, au, av, vu, uu] = f(a, b, c, u, v);
    verdict all;
    for (int i = 0; i < M; ++i) {
      exact_sum<T> row;
      for (int l = 0; l < K; ++l) row.add(a(i, l), u(l));
      all.add(au(i), row.sum, row.allowed());
      for (int j = 0; j < N; ++j) {
        exact_sum<T> first, second;
        for (int l = 0; l < K; ++l) first.add(a(i, l), b(l, j)), second.add(a(i, l), c(j, l));
        all.add(ab(i, j), first.sum, first.allowed());
        all.add(turned(j, i), first.sum, first.allowed());
        all.add(ac(i, j), second.sum, second.allowed());
      }
    }
    exact_sum<T> square;
    for (int l = 0; l < K; ++l) {
      exact_sum<T> column;
      for (int i = 0; i < M; ++i) {
        column.add(a(i, l), v(i));
        exact_sum<T> one;
        one.add(v(i), u(l));
        all.add(vu(i, l), one.sum, one.allowed());
      }
      all.add(av(l), column.sum, column.allowed());
      square.add(u(l), u(l));
    }
    all.add(uu, square.sum, square.allowed());
    BOOST_TEST(all.worst() <= 1, M << "x" << N << "x" << K << ", " << names[static_cast<int>(k)] << " numbers of " << sizeof(T) << " bytes: "
                                   << all.worst() << " times the bound");
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(products_in_all_forms) {
  for (const kind k : all_kinds) {
    products<float, 1, 16, 33>::check(k);
    products<float, 7, 5, 3>::check(k);
    products<float, 17, 35, 40>::check(k);
    products<double, 3, 1, 7>::check(k);
    products<double, 19, 10, 37>::check(k);
  }
}

namespace {

/// What a rounding of `by` before it makes of a monotonous function.
template <class Function>
real spread(Function g, real at, real by) { return std::fmax(std::fabs(g(at + by) - g(at)), std::fabs(g(at - by) - g(at))); }

real sigmoid(real x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
real softplus(real x) { return (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))); }
real exponential(real x) { return std::exp(x); }
real logarithm(real x) { return std::log1p(x); }
real root(real x) { return x > 0 ? std::sqrt(x) : 0; }

// Each step of a chain rounds: an operation by one unit, exp and log by 2 ulp (4 units), the others by 3 ulp.
template <class T, int N>
struct chains {
  static constexpr auto x = lz::variable<"x", N>;
  static constexpr auto y = lz::variable<"y", N>;
  static constexpr auto z = lz::variable<"z", N>;
  static constexpr auto f = lz::function(
      lz::inputs(x, y, z), lz::outputs(lz::sigmoid(lz::hadamard(x, y) + z), lz::exp(-lz::square(x)), lz::log(1_c + lz::square(x)),
                                       lz::hadamard(x, lz::reciprocal(y)), lz::hadamard(lz::tanh(x), y) + z, lz::softplus(x) - lz::relu(y),
                                       lz::sqrt(lz::square(x) + lz::square(y)), lz::select(x < y, lz::square(x), lz::sqrt(lz::abs(z))),
                                       lz::diff(lz::sum(lz::tanh(x)), x)));
  static void check(kind k) {
    source<T> numbers(k);
    lz::tensor<T, N> a, b, c;
    numbers.fill(a), numbers.fill(b), numbers.fill(c);
    const auto [sigmoids, bells, logarithms, quotients, fused, differences, lengths, selected, slopes] = f(a, b, c);
    constexpr real u = (unit<T> + unit<real>) * 1.001L, tiny = smallest<T>;
    verdict all[9];
    for (int i = 0; i < N; ++i) {
      const real p = a(i), q = b(i), r = c(i);
      const real h = p * q + r, dh = u * (2 * std::fabs(p * q) + std::fabs(r)) + tiny;
      all[0].add(sigmoids(i), sigmoid(h), spread(sigmoid, h, dh) + 6 * u * sigmoid(h) + tiny);
      const real square = p * p, bell = std::exp(-square);
      all[1].add(bells(i), bell, spread(exponential, -square, u * square + tiny) + 4 * u * bell + 2 * tiny);
      const real log = std::log1p(square);
      all[2].add(logarithms(i), log, spread(logarithm, square, u * (1 + 2 * square) + tiny) + 4 * u * log + tiny);
      all[3].add(quotients(i), p / q, 2 * u * std::fabs(p / q) + tiny * (1 + std::fabs(p)));
      const real t = std::tanh(p);
      all[4].add(fused(i), t * q + r, u * (8 * std::fabs(t * q) + std::fabs(r)) + tiny * (1 + std::fabs(q)));
      const real s = softplus(p), relu = q > 0 ? q : 0;
      all[5].add(differences(i), s - relu, u * (7 * s + relu) + tiny);
      const real sum = square + q * q;
      all[6].add(lengths(i), std::sqrt(sum), spread(root, sum, 2 * u * sum + 2 * tiny) + u * std::sqrt(sum));
      const real chosen = p < q ? square : std::sqrt(std::fabs(r));
      all[7].add(selected(i), chosen, u * chosen + tiny);
      const real slope = std::pow(std::cosh(p), -2.0L);
      all[8].add(slopes(i), slope, u * (14 * t * t + 2 * slope) + tiny);
    }
    for (int chain = 0; chain < 9; ++chain)
      BOOST_TEST(all[chain].worst() <= 1, "chain " << chain << " of " << N << ", " << names[static_cast<int>(k)] << " numbers of " << sizeof(T)
                                                   << " bytes: " << all[chain].worst() << " times the bound");
  }
};

template <class T, int M, int N>
struct reductions {
  static constexpr auto A = lz::variable<"A", M, N>;
  static constexpr auto x = lz::variable<"x", N>;
  static constexpr auto f = lz::function(
      lz::inputs(A, x), lz::outputs(lz::sum(A), lz::sum(A, 0_c), lz::sum(A, 1_c), lz::sum(lz::square(x)), lz::norm(x), lz::max(x),
                                    lz::logsumexp(x), lz::softmax(x), lz::mean(lz::abs(x))));
  static void check(kind k) {
    source<T> numbers(k);
    lz::tensor<T, M, N> a;
    lz::tensor<T, N> v;
    numbers.fill(a), numbers.fill(v);
    const auto [total, columns, rows, squares, norm, largest, log_sum, shares, mean] = f(a, v);
    constexpr real u = (unit<T> + unit<real>) * 1.001L, tiny = smallest<T>;
    verdict all;
    exact_sum<T> whole, square, absolute;
    for (int j = 0; j < N; ++j) {
      exact_sum<T> column;
      for (int i = 0; i < M; ++i) column.add(a(i, j), T(1)), whole.add(a(i, j), T(1));
      all.add(columns(j), column.sum, column.allowed());
      square.add(v(j), v(j));
      absolute.add(std::fabs(v(j)), T(1));
    }
    for (int i = 0; i < M; ++i) {
      exact_sum<T> row;
      for (int j = 0; j < N; ++j) row.add(a(i, j), T(1));
      all.add(rows(i), row.sum, row.allowed());
    }
    all.add(total, whole.sum, whole.allowed());
    all.add(squares, square.sum, square.allowed());
    all.add(mean, absolute.sum / N, absolute.allowed() / N + u * absolute.sum / N + tiny);
    real greatest = v(0), exponentials = 0, extent = 0, squared = 0;
    for (const T each : v) greatest = std::fmax(greatest, each);
    for (const T each : v) exponentials += std::exp(each - greatest);
    all.add(largest, greatest, tiny / 2);
    const real log = std::log(exponentials);
    all.add(log_sum, greatest + log, u * (std::fabs(greatest) + (N + 8) * std::fmax(log, 1)) + tiny);
    for (int j = 0; j < N; ++j) {
      const real shift = v(j) - greatest, share = std::exp(shift) / exponentials;
      all.add(shares(j), share, spread(exponential, shift, u * std::fabs(shift)) / exponentials + (N + 8) * u * share + 2 * tiny);
    }
    // scaled: long double may have no more range than T
    for (const T each : v) extent = std::fmax(extent, std::fabs(each));
    for (const T each : v) squared += each / extent * (each / extent);
    const real length = std::sqrt(squared) * extent;
    all.add(norm, length, (N / 2 + 6) * u * length + tiny);
    BOOST_TEST(all.worst() <= 1, M << "x" << N << ", " << names[static_cast<int>(k)] << " numbers of " << sizeof(T) << " bytes: " << all.worst()
                                   << " times the bound");
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(chains_of_operations) {
  for (const kind k : all_kinds) {
    chains<float, 45>::check(k);
    chains<double, 45>::check(k);
  }
}

BOOST_AUTO_TEST_CASE(sums_and_other_reductions) {
  for (const kind k : all_kinds) {
    reductions<float, 5, 45>::check(k);
    reductions<double, 5, 45>::check(k);
  }
}

namespace {

// Divisors whose reciprocals overflow or are denormal: the quotients are ordinary numbers.
template <class T, int N>
struct quotients {
  static constexpr auto x = lz::variable<"x", N>;
  static constexpr auto s = lz::variable<"s">;
  static constexpr auto a = lz::variable<"a">;
  static constexpr auto b = lz::variable<"b">;
  static constexpr auto c = lz::variable<"c">;
  static constexpr auto f = lz::function(
      lz::inputs(x, s, a, b, c), lz::outputs(x / s, lz::sqrt(lz::abs(x)), lz::norm(x), a / s, b / s, c / s, a / s / b, lz::sqrt(lz::abs(a)),
                                             lz::pow(s, -1_c), lz::diff(a / s, s)));
  static void check(T divisor) {
    source<T> numbers(kind::ordinary);
    lz::tensor<T, N> v;
    for (auto& each : v) each = divisor * (numbers() / 16);
    const T p = divisor / 2, q = divisor * T(-0.75), r = divisor / 4;
    const auto [shares, roots, norm, ps, qs, rs, psq, root_p, inverse, slope] = f(v, divisor, p, q, r);
    constexpr real u = (unit<T> + unit<real>) * 1.001L, tiny = smallest<T>;
    verdict all;
    const auto quotient = [&](const T& got, real above, real below, int roundings = 2) {  // or a shared reciprocal and a product
      const real want = above / below;
      if (std::fabs(want) < std::numeric_limits<T>::max()) all.add(got, want, roundings * u * std::fabs(want) + tiny);
    };
    real squares = 0;
    for (int i = 0; i < N; ++i) {
      quotient(shares(i), v(i), divisor);
      all.add(roots(i), std::sqrt(std::fabs(static_cast<real>(v(i)))), u * std::sqrt(std::fabs(static_cast<real>(v(i)))));
      squares += std::pow(static_cast<real>(v(i)) / divisor, 2.0L);
    }
    all.add(norm, std::sqrt(squares) * divisor, (N / 2 + 6) * u * std::sqrt(squares) * divisor + tiny);
    quotient(ps, p, divisor), quotient(qs, q, divisor), quotient(rs, r, divisor);
    quotient(psq, static_cast<real>(p) / divisor, q, 4);
    all.add(root_p, std::sqrt(static_cast<real>(p)), u * std::sqrt(static_cast<real>(p)));
    quotient(inverse, 1, divisor);
    quotient(slope, -static_cast<real>(p) / divisor, divisor, 4);
    BOOST_TEST(all.worst() <= 1, "quotients of " << N << " by " << divisor << ": " << all.worst() << " times the bound");
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(quotients_at_the_ends_of_the_range, T, both) {
  using limits = std::numeric_limits<T>;
  for (const T divisor : {limits::max(), limits::max() / 3, T(1) / 3, limits::min(), limits::min() / 64, 4096 * limits::denorm_min()}) {
    quotients<T, 45>::check(divisor);
    quotients<T, 3>::check(divisor);
  }
}
