#define BOOST_TEST_MODULE lanes
#include "../../support/boost_test.hpp"
#include "../../support/finite.hpp"

#include <leibniz/core/lanes.hpp>
#include <limits>

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

}  // namespace

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
