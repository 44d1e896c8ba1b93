#define BOOST_TEST_MODULE tile
#include "../../support/boost_test.hpp"

#include <cmath>
#include <leibniz/code/tile.hpp>
#include <limits>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

template <int Rows, int Columns, int Depth, int Pitch, bool Turned, bool Ragged = false>
struct form {
  static constexpr product_form make() {
    product_form f;
    f.valid = true;
    f.rows = Rows;
    f.columns = Columns;
    f.depth = Depth;
    f.broadcast_row = Turned ? 1 : Depth;
    f.broadcast_depth = Turned ? Rows : 1;
    f.vector_depth = Pitch;
    f.vector_column = 1;
    f.ragged = Ragged;
    return f;
  }
  static constexpr product_form value = make();
};
struct writer {
  static constexpr bool is_short = true;
  double* out;
  int pitch, columns;
  template <class V>
  void operator()(int r, int c, V value) const {
    for (int l = 0; l < V::count && c + l < columns; ++l) out[r * pitch + c + l] = static_cast<double>(value[l]);
  }
};
struct long_writer : writer {
  static constexpr bool is_short = false;
};
/// Adds 1, and takes it off again.
struct adding_writer : writer {
  static constexpr bool adds = true;
  template <class V>
  V added(int, int) const { return V(1); }
  template <class V>
  void operator()(int r, int c, V value) const { writer::operator()(r, c, value - V(1)); }
  template <class V>
  void product(int r, int c, V value) const { writer::operator()(r, c, value); }
};

// The largest error in units of the sum of absolute terms.
enum class way { tiles, terms_side_by_side, rows_side_by_side };
template <class T, int Rows, int Columns, int Depth, bool Padded, bool Turned, class Writer, way Way = way::tiles, bool Ragged = false>
double error() {
  constexpr int pitch = Padded && !Ragged ? padded_columns(Columns) : Columns;
  using shape = form<Rows, Columns, Depth, pitch, Turned, Ragged && (pitch < padded_columns(Columns))>;
  std::vector<T> a(Rows * Depth), b(static_cast<std::size_t>(Depth * pitch), T(7));
  std::vector<double> out(Rows * Columns, -1);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<T>(std::sin(1.0 * static_cast<double>(i)));
  for (int k = 0; k < Depth; ++k)
    for (int c = 0; c < Columns; ++c) b[static_cast<std::size_t>(k * pitch + c)] = static_cast<T>(std::cos(0.7 * (k * Columns + c)));
  constexpr int width = Padded ? (padded_columns(Columns) < native_lanes<T> ? padded_columns(Columns) : native_lanes<T>)
                               : lanes_within(Columns, native_lanes<T>);
  Writer w;
  w.out = out.data();
  w.pitch = Columns;
  w.columns = Columns;
  if constexpr (Way == way::terms_side_by_side) {
    if constexpr (is_foldable<lanes<T, width>, shape>()) folded_product<lanes<T, width>, shape>(a.data(), b.data(), w);
    else return 0;
  } else if constexpr (Way == way::rows_side_by_side) {
    if constexpr (fit_side_by_side<lanes<T, width>, shape>()) product_of_rows<lanes<T, width>, shape>(a.data(), b.data(), w);
    else return 0;
  } else if constexpr (width > 1) tile_product<lanes<T, width>, shape, Padded, Padded>(a.data(), b.data(), w);
  else return 0;
  double worst = 0;
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < Columns; ++c) {
      long double sum = 0, size = 1e-30L;
      for (int k = 0; k < Depth; ++k) {
        const long double term = static_cast<long double>(a[static_cast<std::size_t>(Turned ? k * Rows + r : r * Depth + k)]) *
                                 b[static_cast<std::size_t>(k * pitch + c)];
        sum += term;
        size += std::abs(term);
      }
      worst = std::max(worst, static_cast<double>(std::abs(out[static_cast<std::size_t>(r * Columns + c)] - sum) / size));
    }
  return worst;
}
template <class T, int Rows, int Columns, int Depth>
void check() {
  constexpr double bound = Depth * (sizeof(T) == 4 ? 6e-8 : 1.2e-16);
  BOOST_TEST_CONTEXT(Rows << " rows, " << Columns << " columns, depth " << Depth) {
    BOOST_TEST((error<T, Rows, Columns, Depth, true, false, writer>()) <= bound);
    BOOST_TEST((error<T, Rows, Columns, Depth, true, true, long_writer>()) <= bound);
    BOOST_TEST((error<T, Rows, Columns, Depth, false, true, writer>()) <= bound);
    BOOST_TEST((error<T, Rows, Columns, Depth, false, false, long_writer>()) <= bound);
    BOOST_TEST((error<T, Rows, Columns, Depth, true, false, adding_writer>()) <= 100 * bound);
  }
}
template <class T, int Rows, int Columns, int Depth>
void check_rows_of() {
  constexpr double bound = Depth * (sizeof(T) == 4 ? 6e-8 : 1.2e-16);
  BOOST_TEST_CONTEXT(Rows << " rows, " << Columns << " columns, depth " << Depth) {
    BOOST_TEST((error<T, Rows, Columns, Depth, true, false, writer, way::rows_side_by_side>()) <= bound);
    if constexpr (Columns < native_lanes<T>) {
      BOOST_TEST((error<T, Rows, Columns, Depth, true, false, writer, way::rows_side_by_side, true>()) <= bound);
      BOOST_TEST((error<T, Rows, Columns, Depth, true, true, writer, way::tiles, true>()) <= bound);
    }
    BOOST_TEST((error<T, Rows, Columns, Depth, true, false, adding_writer, way::rows_side_by_side>()) <= 100 * bound);
  }
}
template <class T, int Rows, int Columns, int... Depth>
void check_rows(std::integer_sequence<int, Depth...>) {
  (check_rows_of<T, Rows, Columns, Depth + 1>(), ...);
}
template <class T, int Columns, int Depth>
void check_folded_of() {
  constexpr double bound = Depth * (sizeof(T) == 4 ? 6e-8 : 1.2e-16);
  BOOST_TEST_CONTEXT(Columns << " columns, depth " << Depth) {
    BOOST_TEST((error<T, 1, Columns, Depth, true, false, writer, way::terms_side_by_side>()) <= bound);
    BOOST_TEST((error<T, 1, Columns, Depth, true, false, adding_writer, way::terms_side_by_side>()) <= 100 * bound);
  }
}
template <class T, int Columns, int... Depth>
void check_folded(std::integer_sequence<int, Depth...>) {
  (check_folded_of<T, Columns, Depth + 2>(), ...);
}
template <class T, int... Columns>
void check_columns(std::integer_sequence<int, Columns...>) {
  (check<T, 5, Columns + 2, 3>(), ...);
}

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

template <int Columns, int Depth>
struct across {
  static constexpr product_form make() {
    product_form f;
    f.columns = Columns;
    f.depth = Depth;
    f.vector_depth = 1;
    f.vector_column = Depth + 2;
    return f;
  }
  static constexpr product_form value = make();
};
template <class T, int Columns, int Depth>
void check_pack() {
  constexpr int pitch = padded_columns(Columns);
  std::vector<T> from(Columns * (Depth + 2)), to(Depth * pitch, T(-1));
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<T>(i);
  pack<across<Columns, Depth>, pitch>(static_cast<const T*>(from.data()), to.data());
  bool right = true;
  for (int k = 0; k < Depth; ++k)
    for (int c = 0; c < Columns; ++c)
      right = right && to[static_cast<std::size_t>(k * pitch + c)] == static_cast<T>(c * (Depth + 2) + k);
  BOOST_TEST(right);
}

}  // namespace

BOOST_AUTO_TEST_CASE(operands_are_turned) {
  check_pack<float, 16, 16>();
  check_pack<float, 10, 16>();
  check_pack<float, 33, 40>();
  check_pack<float, 3, 5>();
  check_pack<float, 1, 7>();
  check_pack<double, 8, 8>();
  check_pack<double, 21, 30>();
  check_pack<double, 2, 2>();
}

BOOST_AUTO_TEST_CASE(parts_are_even) {
  for (int n = 1; n < 200; ++n)
    for (const int most : {1, 4, 6, 16}) {
      const parts p(n, most);
      BOOST_TEST(p.big * p.size + p.small * (p.size - 1) == n);
      BOOST_TEST((p.size <= most && p.big > 0));
    }
}

BOOST_AUTO_TEST_CASE(every_width_of_a_small_product) {
  check_columns<float>(std::make_integer_sequence<int, 34>{});
  check_columns<double>(std::make_integer_sequence<int, 18>{});
}

// What is side by side with an infinite term is a term too, or nothing.
template <int Columns, int Depth>
void check_infinite_term() {
  using shape = form<1, Columns, Depth, padded_columns(Columns), false>;
  using V = lanes<float, padded_columns(Columns)>;
  if constexpr (is_foldable<V, shape>()) {
    std::vector<float> a(Depth, 1.0f), b(Depth * padded_columns(Columns), 2.0f);
    std::vector<double> out(Columns);
    writer w;
    w.out = out.data();
    w.pitch = w.columns = Columns;
    a[Depth - 1] = std::numeric_limits<float>::infinity();
    folded_product<V, shape>(a.data(), b.data(), w);
    for (const double sum : out) BOOST_TEST(sum == std::numeric_limits<double>::infinity());
  }
}
BOOST_AUTO_TEST_CASE(rows_side_by_side_and_rows_without_padding) {
  constexpr std::make_integer_sequence<int, 10> depths{};
  check_rows<float, 8, 3>(depths);
  check_rows<float, 13, 4>(depths);
  check_rows<float, 5, 5>(depths);
  check_rows<float, 37, 7>(depths);
  check_rows<float, 4, 8>(depths);
  check_rows<float, 3, 15>(depths);
  check_rows<double, 9, 3>(depths);
  check_rows<double, 4, 4>(depths);
}
BOOST_AUTO_TEST_CASE(terms_side_by_side) {
  constexpr std::make_integer_sequence<int, 15> depths{};
  check_folded<float, 1>(depths);
  check_folded<float, 2>(depths);
  check_folded<float, 3>(depths);
  check_folded<float, 8>(depths);
  check_folded<double, 2>(depths);
  check_folded<double, 3>(depths);
  check_infinite_term<3, 7>();
  check_infinite_term<8, 3>();
  check_infinite_term<8, 8>();
}

BOOST_AUTO_TEST_CASE(products_of_many_shapes) {
  check<float, 1, 16, 1>();
  check<float, 1, 16, 784>();
  check<float, 1, 130, 5>();
  check<float, 17, 10, 33>();
  check<float, 33, 70, 31>();
  check<double, 7, 9, 100>();
  check<double, 19, 40, 6>();
  check<double, 2, 5, 9>();
}

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
