// The table of primitives: every row has one place, and every place a row.
#include <leibniz/ops/table.hpp>

#include <string_view>
#include <type_traits>

namespace {

using namespace leibniz::ops;

template <int... I>
constexpr bool one_to_one(std::integer_sequence<int, I...>) { return ((index_of<row<I>> == I) && ...); }
static_assert(one_to_one(std::make_integer_sequence<int, row_count>{}));
static_assert(index_of<constant_> == 0);
static_assert(index_of<add_> != index_of<mul_>);
static_assert(std::is_same_v<row<index_of<sigmoid_>>, sigmoid_>);

// Every elementwise row has a name of its own, one to three operands and a domain that is one.
template <int... I>
constexpr bool well_formed(std::integer_sequence<int, I...>) {
  const std::string_view names[] = {row<I>::is_elementwise ? row<I>::name : ""...};
  for (int i = 0; i < row_count; ++i)
    for (int j = 0; j < i; ++j)
      if (!names[i].empty() && names[i] == names[j]) return false;
  const auto fits = []<class Row>(std::type_identity<Row>) {
    if constexpr (Row::is_elementwise) return Row::arity >= 1 && Row::arity <= 3 && Row::domain.low < Row::domain.high;
    else return Row::arity <= 2;
  };
  return (fits(std::type_identity<row<I>>{}) && ...);
}
static_assert(well_formed(std::make_integer_sequence<int, row_count>{}));

// No primitive is a composite: those are expanded before they reach a graph.
template <int... I>
constexpr bool primitive(std::integer_sequence<int, I...>) { return (!composite<row<I>> && ...); }
static_assert(primitive(std::make_integer_sequence<int, row_count>{}));
static_assert(composite<square_> && composite<norm_>);

static_assert(let_::value(2.5) == 2.5);

}  // namespace
