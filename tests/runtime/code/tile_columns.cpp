#define BOOST_TEST_MODULE tile_columns
#include "../../support/boost_test.hpp"

#include <leibniz/code/product.hpp>
#include <leibniz/code/tile_columns.hpp>
#include <map>
#include <utility>
#include <vector>

using namespace leibniz;
using namespace leibniz::code;

namespace {

// Notes what is written where; a place may be written to only once.
struct notes {
  std::map<int, double>& at;
  template <class V>
  void operator()(int, int column, V value) const {
    if constexpr (is_lanes<V>)
      for (int l = 0; l < V::count; ++l) (*this)(0, column + l, value[l]);
    else BOOST_TEST(at.emplace(column, static_cast<double>(value)).second, "twice: " << column);
  }
  template <class V>
  V added(int, int column) const {
    if constexpr (is_lanes<V>) {
      typename V::scalar value[V::count];
      for (int l = 0; l < V::count; ++l) value[l] = added<typename V::scalar>(0, column + l);
      return V::load(value);
    } else {
      at.emplace(column, -1);
      return static_cast<V>(column);
    }
  }
};

template <class T, int Width, int Count>
void check_first() {
  using V = lanes<T, Width>;
  T numbers[Width];
  for (int l = 0; l < Width; ++l) numbers[l] = static_cast<T>(10 + l);
  std::map<int, double> written, read;
  finish_first<false, Count>(notes{written}, 0, 100, V::load(numbers));
  BOOST_TEST(written.size() == std::size_t(Count));
  for (const auto& [column, value] : written) BOOST_TEST(value == column - 90);
  const V added = added_first<V, Count>(notes{read}, 0, 100);
  BOOST_TEST((read.size() == std::size_t(Count) && read.rbegin()->first == 99 + Count));
  for (int l = 0; l < Width; ++l) BOOST_TEST(added[l] == static_cast<T>(l < Count ? 100 + l : 0));
}
constexpr product_form form{};
template <class T, int Width, int... Count>
void check_width(std::integer_sequence<int, Count...>) {
  if constexpr (Width <= native_lanes<T>) BOOST_TEST_CONTEXT(Width << " lanes") { (check_first<T, Width, Count + 1>(), ...); }
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_numbers_of_a_vector) {
  check_width<float, 2>(std::make_integer_sequence<int, 2>{});
  check_width<float, 4>(std::make_integer_sequence<int, 4>{});
  check_width<float, 8>(std::make_integer_sequence<int, 8>{});
  check_width<float, 16>(std::make_integer_sequence<int, 16>{});
  check_width<double, 2>(std::make_integer_sequence<int, 2>{});
  check_width<double, 8>(std::make_integer_sequence<int, 8>{});
}

BOOST_AUTO_TEST_CASE(the_last_vector_of_a_row) {
  for (const int width : {2, 4, 8, 16})
    for (int columns = width; columns < 100; ++columns) {
      const int rest = columns % width, last = last_lanes(columns, width, false);
      BOOST_TEST(last_lanes(columns, width, true) == (rest == 0 ? width : rest));
      BOOST_TEST(((last & (last - 1)) == 0 && last <= width));
      BOOST_TEST((rest == 0 ? last == width : last >= rest && last < 2 * rest));
    }
}

BOOST_AUTO_TEST_CASE(only_the_last_vector_is_short) {
  using V = lanes<float, 4>;
  const tile_columns<V, 2, 1> columns(0, 4);
  const std::vector<float> row{1, 2, 3, 4, 5};  // memory ends where the row ends
  BOOST_TEST((columns.is_whole(0) && !columns.is_whole(1)));
  const V whole = columns.load<form, false>(row.data(), 0), last = columns.load<form, false>(row.data(), 1);
  BOOST_TEST((whole[3] == 4 && last[0] == 5 && last[1] == 0));
  std::map<int, double> written;
  columns.finish<false>(notes{written}, 0, 1, last);
  BOOST_TEST((written.size() == 1 && written[4] == 5));
}
