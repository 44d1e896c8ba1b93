#define BOOST_TEST_MODULE dots
#include "../../support/boost_test.hpp"

#include <leibniz/code/dots.hpp>
#include <limits>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

template <class T, int Rows, int Count, int Step, bool Padded, bool JustStored = false>
void check_dots_in() {
  constexpr int lanes_needed = lanes_within(2 * Rows - 1, 64);
  // What lies between the rows or behind the end is not a number: it must not be read, or not count.
  constexpr std::size_t room = Padded ? 16 : 0, step = Step;
  std::vector<T> a(Count), b(Rows * step + room, std::numeric_limits<T>::infinity()), out(lanes_needed, T(-1));
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<T>(static_cast<int>(i % 7) - 3);
  for (std::size_t i = 0; i < Rows * step; ++i)
    if (i % step < a.size()) b[i] = static_cast<T>(static_cast<int>(i % 5) - 1);
  a.resize(Count + room, std::numeric_limits<T>::quiet_NaN());
  const auto sums = dots<lanes_needed, Rows, Count, Step, Padded, JustStored>(static_cast<const T*>(a.data()), static_cast<const T*>(b.data()));
  if constexpr (lanes_needed == 1) out[0] = sums;
  else sums.store(out.data());
  for (std::size_t r = 0; r < out.size(); ++r) {
    T sum = 0;
    if (r < Rows)
      for (std::size_t k = 0; k < static_cast<std::size_t>(Count); ++k) sum += a[k] * b[r * step + k];
    BOOST_TEST(out[r] == sum);
  }
}
template <class T, int Rows, int Count, int Step = Count + 3>
void check_dots() {
  if constexpr (Rows <= native_lanes<T>) {
    check_dots_in<T, Rows, Count, Step, false>();
    check_dots_in<T, Rows, Count, Step, true>();
    check_dots_in<T, Rows, Count, Step, true, true>();
    if constexpr (Step == Count) check_dots_in<T, Rows, Count, Step, false, true>();
  }
}
// Lanes that hold no sum are 0, whatever is multiplied.
template <class T, int Lanes, int Rows, int Count, int Step, bool JustStored>
void check_the_other_lanes() {
  if constexpr (Lanes <= native_lanes<T>) {
    const std::vector<T> a(64, std::numeric_limits<T>::infinity()), b(64, T(1));
    const auto sums = dots<Lanes, Rows, Count, Step, true, JustStored>(a.data(), b.data());
    for (int r = 0; r < Lanes; ++r) BOOST_TEST(sums[r] == (r < Rows ? std::numeric_limits<T>::infinity() : T(0)));
  }
}

// Each sum is of other numbers, so that a lane that got into the wrong sum shows.
template <class T, int Width, int Count>
void check_native_sums() {
  lanes<T, Width> x[Count];
  for (int r = 0; r < Count; ++r)
    for (int l = 0; l < Width; ++l) x[r].v[l] = static_cast<T>(1000 * r + l);
  const auto sums = sums_of<Count>([&](int r_) { return x[r_]; });
  for (int r = 0; r < Count; ++r) {
    const T wanted = static_cast<T>(1000 * r * Width + Width * (Width - 1) / 2);
    if constexpr (Count == 1) BOOST_TEST(sums == wanted);
    else BOOST_TEST(sums[r] == wanted);
  }
}
template <class T, int Width, int Count>
void check_sums() {
  if constexpr (Width <= native_lanes<T> && Count <= native_lanes<T>) check_native_sums<T, Width, Count>();
}
template <class T, int... Width>
void check_sums_of_widths() {
  (check_sums<T, Width, 1>(), ...);
  (check_sums<T, Width, 2>(), ...);
  (check_sums<T, Width, 4>(), ...);
  (check_sums<T, Width, 8>(), ...);
  (check_sums<T, Width, 16>(), ...);
}

}  // namespace

BOOST_AUTO_TEST_CASE(sums_of_many_vectors_at_once) {
  check_sums_of_widths<float, 2, 4, 8, 16>();
  check_sums_of_widths<double, 2, 4, 8>();
}

BOOST_AUTO_TEST_CASE(dot_products_of_small_matrices) {
  check_dots<float, 3, 2, 2>();
  check_dots<float, 8, 3, 3>();
  check_dots<float, 15, 2, 2>();
  check_dots<float, 7, 4, 4>();
  check_dots<double, 3, 2, 2>();
  check_dots<double, 4, 3, 3>();
  check_dots<double, 8, 2, 2>();
}
BOOST_AUTO_TEST_CASE(dot_products_of_a_few_columns) {
  check_dots<float, 8, 3, 4>();
  check_dots<float, 5, 3, 4>();
  check_dots<float, 6, 2, 3>();
  check_dots<float, 9, 2, 2>();
  check_dots<float, 4, 3, 4>();
  check_dots<float, 11, 2, 2>();
  check_dots<double, 4, 3, 4>();
  check_dots<double, 5, 2, 2>();
  check_dots<double, 3, 2, 4>();
}
BOOST_AUTO_TEST_CASE(dot_products_of_rows_of_16_bytes) {
  check_dots<float, 3, 2, 4>();
  check_dots<float, 4, 2, 4>();
  check_dots<float, 5, 4, 4>();
  check_dots<float, 6, 2, 4>();
  check_dots<float, 7, 3, 4>();
  check_dots<float, 8, 4, 4>();
  check_dots<float, 11, 3, 4>();
  check_dots<float, 16, 4, 4>();
  check_dots<double, 4, 2, 2>();
  check_dots<double, 7, 2, 2>();
  check_the_other_lanes<float, 4, 3, 2, 4, true>();
  check_the_other_lanes<float, 8, 5, 3, 4, true>();
  check_the_other_lanes<float, 8, 5, 3, 4, false>();
  check_the_other_lanes<double, 4, 3, 2, 2, true>();
  check_the_other_lanes<float, 16, 3, 2, 2, false>();
  check_the_other_lanes<float, 16, 4, 2, 2, true>();
}
BOOST_AUTO_TEST_CASE(dot_products_of_every_length) {
  check_dots<float, 1, 1>();
  check_dots<float, 3, 5>();
  check_dots<float, 8, 16>();
  check_dots<float, 7, 100>();
  check_dots<double, 1, 333>();
  check_dots<float, 4, 3>();
  check_dots<float, 2, 17>();
  check_dots<double, 5, 63>();
  check_dots<double, 8, 9>();
}
