#pragma once
#include <utility>

#include <leibniz/ops/activation.hpp>
#include <leibniz/ops/arithmetic.hpp>
#include <leibniz/ops/exponential.hpp>
#include <leibniz/ops/piecewise.hpp>
#include <leibniz/ops/symbol.hpp>
#include <leibniz/ops/tensor.hpp>
#include <leibniz/ops/tensor_functions.hpp>
#include <leibniz/ops/trigonometric.hpp>

// The table of primitives: a row's place here is its number in the graph. A new primitive is one line in this list.

namespace leibniz::ops {

/// What a graph starts from.
struct leaf : tensor_row<0> {
  static constexpr int cost = 0;
};
struct constant_ : leaf {
  static constexpr const char* name = "constant";
  template <class E>
  static constexpr note noted(E x, note own) {
    own.from_zero = !x.number().negative();
    own.above_zero = own.from_zero && !x.is_number(0);
    return own;
  }
};
struct variable_ : leaf {
  static constexpr const char* name = "variable";
};
/// A named intermediate: the identity, kept apart so that it can be printed and differentiated by.
struct let_ : elementwise<1> {
  static constexpr const char* name = "let";
  static constexpr const char* latex = "";
  static constexpr int cost = 0;
  template <class T>
  static constexpr T value(T x) { return x; }
  template <class E>
  static constexpr E derivative(E x, E) { return x.number(1); }
  template <class E>
  static constexpr note noted(E x, note) { return x.arg(0).note(); }
  template <class E>
  static constexpr E counted(E x, E (*chosen)(E)) { return chosen(x.arg(0)); }
};

template <class... Rows>
struct row_list {
  static constexpr int size = sizeof...(Rows);
};

using primitives =
    row_list<constant_, symbol_, variable_, let_,                                                    //
             add_, mul_, div_, pow_, sqrt_, cbrt_, hypot_,                                           //
             exp_, exp2_, expm1_, log_, log2_, log10_, log1p_,                                       //
             sin_, cos_, tan_, asin_, acos_, atan_, atan2_,                                          //
             sinh_, cosh_, tanh_, asinh_, acosh_, atanh_, erf_, erfc_,                               //
             abs_, sign_, min_, max_, less_, less_equal_, equal_, select_,                           //
             sigmoid_, softplus_, relu_, leaky_relu_, elu_, gelu_,                                   //
             contract_, rearrange_, delta_, slice_, pad_, logsumexp_, softmax_, log_softmax_, euclidean_, maximum_, argmax_mask_,   //
             product_, products_of_others_>;

inline constexpr int row_count = primitives::size;

// A row's number and the row of a number, by one inheritance instead of a search.
template <int I, class Row>
struct numbered {
  using row = Row;
};
template <class Sequence, class List>
struct numbered_rows;
template <int... I, class... Rows>
struct numbered_rows<std::integer_sequence<int, I...>, row_list<Rows...>> : numbered<I, Rows>... {};
using all_numbered = numbered_rows<std::make_integer_sequence<int, row_count>, primitives>;

template <class Row, int I>
constexpr int number_of(const numbered<I, Row>*) { return I; }
template <int I, class Row>
numbered<I, Row> row_at(const numbered<I, Row>*);

/// The place of a row in the table.
template <class Row>
inline constexpr int index_of = number_of<Row>(static_cast<const all_numbered*>(nullptr));
/// The row at a place of the table.
template <int I>
using row = typename decltype(row_at<I>(static_cast<const all_numbered*>(nullptr)))::row;

/// What the engine asks of rows by their number.
struct row_facts {
  notation style;
  int arity;
  int cost;
  bool elementwise;
  bool commutative;
  bool reduction;
  note own;  // what is known of the row's result if nothing is known of its operands but that they are numbers
};
struct row_table {
  row_facts of[row_count];
};
/// Rows say it, or their domain does.
template <class Row>
constexpr bool total_row() {
  constexpr interval everywhere{};
  if constexpr (requires { Row::total; }) return Row::total;
  else if constexpr (requires { Row::domain; }) return Row::domain.low <= everywhere.low && Row::domain.high >= everywhere.high;
  else return true;
}
template <class... Rows>
constexpr row_table facts_of_rows(row_list<Rows...>) {
  return {{{Rows::style, Rows::arity, Rows::cost, Rows::is_elementwise, Rows::commutative, requires { Rows::is_reduction; },
            {total_row<Rows>(), requires { Rows::choosy; }, requires { Rows::from_zero; }, requires { Rows::above_zero; }}}...}};
}
inline constexpr row_table facts = facts_of_rows(primitives{});
/// Whether the row at a place of the table works element by element.
constexpr bool is_elementwise(int op) { return facts.of[op].elementwise; }

}  // namespace leibniz::ops
