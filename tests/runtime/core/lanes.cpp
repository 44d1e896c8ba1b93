#define BOOST_TEST_MODULE lanes
#include "../../support/boost_test.hpp"
#include "../../support/finite.hpp"

#include <leibniz/core/lanes.hpp>
#include <limits>
#include <utility>

using namespace leibniz;

namespace {

template <class T, int N>
void check() {
  using V = lanes<T, N>;
  T a[N], b[N], out[N];
  for (int i = 0; i < N; ++i) {
    a[i] = static_cast<T>(i - 2);
    b[i] = static_cast<T>(3 - 2 * i);
  }
  const V x = V::load(a), y = V::load(b);
  const auto each = [&](V value, auto hand) {
    value.store(out);
    for (int i = 0; i < N; ++i) BOOST_TEST(out[i] == hand(a[i], b[i]));
  };
  each(x + y, [](T p, T q) { return p + q; });
  each(x - y, [](T p, T q) { return p - q; });
  each(x * y, [](T p, T q) { return p * q; });
  each(x / y, [](T p, T q) { return p / q; });
  each(-x, [](T p, T) { return -p; });
  each(V(2.5), [](T, T) { return T(2.5); });
  each(math::choose(x < y, x, y), [](T p, T q) { return p < q ? p : q; });
  each(math::choose(x > y || x == y, x, y), [](T p, T q) { return p >= q ? p : q; });
  each(math::choose(!(x <= y) && x != V(0), x, y), [](T p, T q) { return p > q && p != 0 ? p : q; });
  each(math::choose(x >= y, V(1), V(0)), [](T p, T q) { return p >= q ? T(1) : T(0); });
  each(V::from_bits(x.bits()), [](T p, T) { return p; });
  each(math::larger(x, y), [](T p, T q) { return p > q ? p : q; });
  // What a NaN does is promised where the compiler counts with it.
  if constexpr (!support::only_finite) {
    const V nan(std::numeric_limits<T>::quiet_NaN());
    each(math::choose(nan < x || nan >= x || nan == x, V(1), V(0)), [](T, T) { return T(0); });
    each(math::larger(nan, y), [](T, T q) { return q; });
    const T stays = math::larger(V(0), nan)[0];
    BOOST_TEST(stays != stays);
  }
  for (int i = 0; i < N; ++i) BOOST_TEST(x[i] == a[i]);
}

template <class T, int N, int Count>
void check_first() {
  using V = lanes<T, N>;
  T from[Count], to[N + 1];
  for (int i = 0; i < Count; ++i) from[i] = static_cast<T>(i + 1);
  const V x = V::template load_first<Count>(from);
  for (int i = 0; i < N; ++i) BOOST_TEST(x[i] == (i < Count ? static_cast<T>(i + 1) : T(0)));
  for (T& t : to) t = T(-1);
  (x + x).template store_first<Count>(to);
  for (int i = 0; i <= N; ++i) BOOST_TEST(to[i] == (i < Count ? static_cast<T>(2 * i + 2) : T(-1)));
}
template <class T, int N, int... Less>
void check_all_first(std::integer_sequence<int, Less...>) {
  (check_first<T, N, Less + 1>(), ...);
}

/// Where lanes go: lane i of the result is lane from(i), or 0 where that is negative.
template <class V, class From>
void check_moved(V moved, From from) {
  for (int i = 0; i < V::count; ++i) BOOST_TEST(moved[i] == (from(i) < 0 ? 0 : 10 + from(i)));
}
template <class T, int N>
void check_moves_of() {
  using V = lanes<T, N>;
  constexpr std::make_integer_sequence<int, N> all{};
  T a[N];
  for (int i = 0; i < N; ++i) a[i] = static_cast<T>(10 + i);
  const V x = V::load(a);
  constexpr int half = N / 2, quarter = N / 4;
  check_moved(x.template half_of<0>(std::make_integer_sequence<int, half>{}), [](int i) { return i; });
  check_moved(x.template half_of<half - 1>(std::make_integer_sequence<int, half>{}), [](int i) { return half - 1 + i; });
  check_moved(x.template first_lanes<half>(), [](int i) { return i; });
  check_moved(x.template same<0>(all), [](int) { return 0; });
  check_moved(x.template same<N - 1>(all), [](int) { return N - 1; });
  check_moved(x.template repeated<1, half, 2>(all), [](int i) { return 1 + i / 2; });
  check_moved(x.template repeated<1, half - 1, 2>(all), [](int i) { return i / 2 < half - 1 ? 1 + i / 2 : -1; });
  check_moved(x.template spread<half, half, 1>(all), [](int i) { return i / half * half + 1; });
  check_moved(x.template spread<2, 1, 0>(all), [](int i) { return i / 2; });
  check_moved(x.template spread<2 * half, 1, 0, 1>(all), [](int i) { return (i + 1) / (2 * half); });
  check_moved(x.template around<1, half>(all), [](int i) { return (i + 1) % half; });
  const V put = x.template gathered<half, half - 1>(all);
  for (int i = 0; i < 2 * (half - 1); ++i) BOOST_TEST(put[i] == 10 + i / (half - 1) * half + i % (half - 1));
  const auto small = x.template first_lanes<half>();
  for (int i = 0; i < half; ++i) BOOST_TEST(small.template widened<N>()[i] == a[i]);
  check_moved(small.template before_zeros<N>(), [](int i) { return i < half ? i : -1; });
  check_moved(small.template tiled<N>(), [](int i) { return i % half; });
  if constexpr (quarter > 1) {
    const auto smaller = x.template first_lanes<quarter>();
    for (int i = 0; i < quarter; ++i) BOOST_TEST(smaller.template widened<N>()[i] == a[i]);
    check_moved(smaller.template before_zeros<N>(), [](int i) { return i < quarter ? i : -1; });
    check_moved(smaller.template tiled<N>(), [](int i) { return i % quarter; });
  }
}

template <class T, int N>
void check_moves() {
  if constexpr (N <= native_lanes<T>) check_moves_of<T, N>();
}

}  // namespace

BOOST_AUTO_TEST_CASE(lanes_move) {
  check_moves<float, 4>();
  check_moves<float, 8>();
  check_moves<float, 16>();
  check_moves<double, 4>();
  check_moves<double, 8>();
}

BOOST_AUTO_TEST_CASE(lanes_compute_as_their_numbers_do) {
  check<float, native_lanes<float>>();
  check<double, native_lanes<double>>();
  check<float, 4>();
  check<float, 2>();
  check<double, 2>();
}

BOOST_AUTO_TEST_CASE(the_first_lanes) {
  using V = lanes<float, 4>;
  const float from[3] = {1, 2, 3};
  const V x = V::load_first<3>(from);
  BOOST_TEST((x[0] == 1 && x[1] == 2 && x[2] == 3 && x[3] == 0));
  float to[3] = {};
  (x + x).store_first<2>(to);
  BOOST_TEST((to[0] == 2 && to[1] == 4 && to[2] == 0));
  check_all_first<float, native_lanes<float>>(std::make_integer_sequence<int, native_lanes<float>>{});
  check_all_first<double, native_lanes<double>>(std::make_integer_sequence<int, native_lanes<double>>{});
  check_all_first<float, 2>(std::make_integer_sequence<int, 2>{});
}

static_assert(native_lanes<long double> == 1);
static_assert(is_lanes<lanes<float, 4>> && !is_lanes<float>);

namespace {

template <int... Place>
void check_shuffle() {
  if constexpr (native_lanes<double> >= 8) {
    using V = lanes<double, 8>;
    double numbers[16];
    for (int i = 0; i < 16; ++i) numbers[i] = 10 + i;
    asm volatile("" : "+m"(numbers));  // or the compiler shuffles itself
    double out[8];
    V::shuffled<Place...>(V::load(numbers), V::load(numbers + 8)).store(out);
    const int expected[] = {Place...};
    int wrong = 0;
    for (int i = 0; i < 8; ++i) wrong += out[i] != 10 + expected[i];
    BOOST_TEST(wrong == 0, expected[2] << ", " << expected[3]);
  }
}
template <int... N>
void check_shuffles(std::integer_sequence<int, N...>) {
  (check_shuffle<0, 1, N / 8, N % 8, 4, 5, 6, 7>(), ...);
  (check_shuffle<1, 1, N / 8, N % 8, 5, 4, 7, 7>(), ...);
  (check_shuffle<0, 9, N / 8, N % 8 + 8, 4, 13, 6, 15>(), ...);
}

}  // namespace

// g++ 12 takes some of 8 doubles from the wrong lanes, where all but the third and the fourth stay within their 16 bytes.
BOOST_AUTO_TEST_CASE(lanes_in_any_order) { check_shuffles(std::make_integer_sequence<int, 64>{}); }

// Every part ends up in the first one, once.
BOOST_AUTO_TEST_CASE(parts_as_a_tree) {
  const auto sum = []<int Count>() {
    int part[Count];
    for (int i = 0; i < Count; ++i) part[i] = 1 << i;
    as_tree<Count>([&part](int i_, int k_) { part[i_] += part[k_]; });
    return part[0];
  };
  BOOST_TEST(sum.operator()<1>() == 1);
  BOOST_TEST(sum.operator()<2>() == 3);
  BOOST_TEST(sum.operator()<3>() == 7);
  BOOST_TEST(sum.operator()<5>() == 31);
  BOOST_TEST(sum.operator()<8>() == 255);
}
