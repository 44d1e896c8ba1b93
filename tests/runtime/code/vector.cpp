#define BOOST_TEST_MODULE vector
#include "../../support/boost_test.hpp"

#include <leibniz/code/vector.hpp>

namespace {

// Small whole numbers, so that every order of additions gives the same sum.
template <int Count, class T>
void compare() {
  T a[Count], b[Count], out[Count];
  T sum = 0;
  for (int i = 0; i < Count; ++i) {
    a[i] = static_cast<T>(i % 7 - 3);
    b[i] = static_cast<T>(i % 5 + 1);
    out[i] = static_cast<T>(i);
    sum += a[i] * b[i];
  }
  BOOST_TEST((leibniz::code::vector_dot<Count>(static_cast<const T*>(a), static_cast<const T*>(b))) == sum);
  leibniz::code::vector_scaled<Count, true>(T(2), static_cast<const T*>(a), static_cast<T*>(out));
  for (int i = 0; i < Count; ++i) BOOST_TEST(out[i] == static_cast<T>(i) + 2 * a[i]);
  leibniz::code::vector_scaled<Count, false>(T(2), static_cast<const T*>(a), static_cast<T*>(out));
  for (int i = 0; i < Count; ++i) BOOST_TEST(out[i] == 2 * a[i]);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_length_agrees_with_a_loop) {
  compare<1, double>();
  compare<4, double>();
  compare<17, double>();
  compare<67, double>();
  compare<3, float>();
  compare<16, float>();
  compare<131, float>();
}
