#define BOOST_TEST_MODULE dots
#include "../../support/boost_test.hpp"

#include <leibniz/code/dots.hpp>
#include <limits>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

// Rows without a gap between them.
template <class T, int Rows, int Count>
void check_dense_dots() {
  if constexpr (Rows <= native_lanes<T>) {
    constexpr int lanes_needed = lanes_within(2 * Rows - 1, 64);
    std::vector<T> a(Count), b(Rows * Count), out(lanes_needed);
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<T>(static_cast<int>(i % 7) - 3);
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<T>(static_cast<int>(i % 5) - 1);
    dots<lanes_needed, Rows, Count, Count, false>(static_cast<const T*>(a.data()), static_cast<const T*>(b.data())).store(out.data());
    for (std::size_t r = 0; r < static_cast<std::size_t>(Rows); ++r) {
      T sum = 0;
      for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[r * a.size() + k];
      BOOST_TEST(out[r] == sum);
    }
  }
}
template <class T, int Rows, int Count, bool Padded>
void check_dots_in() {
  constexpr int lanes_needed = lanes_within(2 * Rows - 1, 64);
  // What lies behind the end is not a number: it must not be read, or not count.
  constexpr std::size_t room = Padded ? 16 : 0;
  std::vector<T> a(Count), b(Rows * (Count + 3)), out(lanes_needed, T(-1));
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<T>(static_cast<int>(i % 7) - 3);
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<T>(static_cast<int>(i % 5) - 1);
  a.resize(Count + room, std::numeric_limits<T>::quiet_NaN());
  b.resize(b.size() + room, std::numeric_limits<T>::infinity());
  const auto sums = dots<lanes_needed, Rows, Count, Count + 3, Padded>(static_cast<const T*>(a.data()), static_cast<const T*>(b.data()));
  if constexpr (lanes_needed == 1) out[0] = sums;
  else sums.store(out.data());
  for (int r = 0; r < Rows; ++r) {
    T sum = 0;
    for (int k = 0; k < Count; ++k) sum += a[static_cast<std::size_t>(k)] * b[static_cast<std::size_t>(r * (Count + 3) + k)];
    BOOST_TEST(out[static_cast<std::size_t>(r)] == sum);
  }
}
template <class T, int Rows, int Count>
void check_dots() {
  if constexpr (Rows <= native_lanes<T>) {
    check_dots_in<T, Rows, Count, false>();
    check_dots_in<T, Rows, Count, true>();
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
  check_dense_dots<float, 3, 2>();
  check_dense_dots<float, 8, 3>();
  check_dense_dots<float, 15, 2>();
  check_dense_dots<float, 7, 4>();
  check_dense_dots<double, 3, 2>();
  check_dense_dots<double, 4, 3>();
  check_dense_dots<double, 8, 2>();
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
