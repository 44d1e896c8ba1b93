#define BOOST_TEST_MODULE kernels
#include "../../support/boost_test.hpp"

#include <leibniz/code/kernels.hpp>

using namespace leibniz;
using namespace leibniz::code;

namespace {

constexpr ops::labels labels_of(int a = 0, int b = 0, int c = 0, int d = 0) {
  ops::labels l;
  for (const int label : {a, b, c, d})
    if (label != 0) l.append(label);
  return l;
}

// Every element by its definition: a loop over all values of all labels.
void by_definition(const ops::labels& la, const shape& sa, const double* a, const ops::labels& lb, const shape& sb,
                   const double* b, const ops::labels& lo, const shape& so, double* out) {
  ops::label_extents extents;
  extents.learn(la, sa);
  extents.learn(lb, sb);
  extents.learn(lo, so);
  for (int i = 0; i < so.size(); ++i) out[i] = 0;
  int total = 1;
  for (const int n : extents.of) total *= n > 0 ? n : 1;
  for (int flat = 0; flat < total; ++flat) {
    int value[16]{}, rest = flat;
    for (int label = 0; label < 16; ++label)
      if (extents.of[label] > 0) {
        value[label] = rest % extents.of[label];
        rest /= extents.of[label];
      }
    const auto offset = [&](const ops::labels& l, const shape& s) {
      int result = 0;
      for (int i = 0; i < l.rank; ++i) result = result * s.extent[i] + value[l.at[i]];
      return result;
    };
    out[offset(lo, so)] += a[offset(la, sa)] * (lb.rank > 0 ? b[offset(lb, sb)] : 1.0);
  }
}

template <class Loops>
void compare() {
  constexpr auto sa = Loops::sa, sb = Loops::sb, so = Loops::so;
  double a[sa.size()], b[sb.size()], out[so.size()], hand[so.size()], columns[sa.size()];
  for (int i = 0; i < sa.size(); ++i) a[i] = (i * 37 % 101) - 50;
  for (int i = 0; i < sb.size(); ++i) b[i] = (i * 53 % 97) - 40;
  by_definition(Loops::la, sa, a, Loops::lb, sb, b, Loops::lo, so, hand);
  contract_kernel<Loops, Loops::binary>(static_cast<const double*>(a), static_cast<const double*>(b), static_cast<double*>(out));
  for (int i = 0; i < so.size(); ++i) BOOST_TEST(out[i] == hand[i]);
  if constexpr (sa.rank == 2) {
    for (int i = 0; i < sa.size(); ++i) columns[i / sa.extent[1] + i % sa.extent[1] * sa.extent[0]] = a[i];
    contract_kernel<typename Loops::by_columns, Loops::binary>(static_cast<const double*>(columns), static_cast<const double*>(b),
                                                               static_cast<double*>(out));
    for (int i = 0; i < so.size(); ++i) BOOST_TEST(out[i] == hand[i]);
  }
}

#define LEIBNIZ_CASE(name, LA, SA, LB, SB, LO, SO)                                              \
  struct name {                                                                                 \
    static constexpr ops::labels la = LA, lb = LB, lo = LO;                                     \
    static constexpr shape sa = SA, sb = SB, so = SO;                                           \
    static constexpr bool binary = lb.rank > 0;                                                 \
    static constexpr labelled out{lo, so, strides_of(so)}, second{lb, sb, strides_of(sb)};          \
    static constexpr loop_nest value = make_loops({la, sa, strides_of(sa)}, second, out);           \
    struct by_columns {                                                                         \
      [[maybe_unused]] static constexpr loop_nest value = make_loops({la, sa, strides_of(sa, true)}, second, out); \
    };                                                                                          \
  }

LEIBNIZ_CASE(matrix_vector, labels_of(1, 2), make_shape(5, 37), labels_of(2), make_shape(37), labels_of(1), make_shape(5));
LEIBNIZ_CASE(transposed, labels_of(1, 2), make_shape(37, 19), labels_of(1), make_shape(37), labels_of(2), make_shape(19));
LEIBNIZ_CASE(product, labels_of(1, 2), make_shape(6, 7), labels_of(2, 3), make_shape(7, 21), labels_of(1, 3), make_shape(6, 21));
LEIBNIZ_CASE(product_by_rows, labels_of(1, 2), make_shape(6, 40), labels_of(3, 2), make_shape(3, 40), labels_of(1, 3), make_shape(6, 3));
LEIBNIZ_CASE(product_swapped, labels_of(1, 2), make_shape(6, 9), labels_of(2, 3), make_shape(9, 5), labels_of(3, 1), make_shape(5, 6));
LEIBNIZ_CASE(outer_product, labels_of(1), make_shape(5), labels_of(2), make_shape(33), labels_of(1, 2), make_shape(5, 33));
LEIBNIZ_CASE(dot_product, labels_of(1, 2), make_shape(9, 11), labels_of(1, 2), make_shape(9, 11), labels_of(), make_shape());
LEIBNIZ_CASE(scaled_rows, labels_of(1, 2), make_shape(4, 17), labels_of(1), make_shape(4), labels_of(1, 2), make_shape(4, 17));
LEIBNIZ_CASE(high_rank, labels_of(1, 2, 3), make_shape(2, 3, 4), labels_of(3, 2, 4), make_shape(4, 3, 5), labels_of(4, 1), make_shape(5, 2));
LEIBNIZ_CASE(transpose, labels_of(1, 2), make_shape(4, 7), labels_of(), make_shape(), labels_of(2, 1), make_shape(7, 4));
LEIBNIZ_CASE(row_sums, labels_of(1, 2), make_shape(4, 70), labels_of(), make_shape(), labels_of(1), make_shape(4));
LEIBNIZ_CASE(column_sums, labels_of(1, 2), make_shape(4, 70), labels_of(), make_shape(), labels_of(2), make_shape(70));
LEIBNIZ_CASE(trace, labels_of(1, 1), make_shape(6, 6), labels_of(), make_shape(), labels_of(), make_shape());
LEIBNIZ_CASE(take_diagonal, labels_of(1, 1), make_shape(6, 6), labels_of(), make_shape(), labels_of(1), make_shape(6));
LEIBNIZ_CASE(make_diagonal, labels_of(1), make_shape(6), labels_of(), make_shape(), labels_of(1, 1), make_shape(6, 6));
LEIBNIZ_CASE(broadcast, labels_of(2), make_shape(6), labels_of(), make_shape(), labels_of(1, 2), make_shape(3, 6));
LEIBNIZ_CASE(ones, labels_of(1, 2), make_shape(1, 1), labels_of(2), make_shape(1), labels_of(1), make_shape(1));

#undef LEIBNIZ_CASE

template <class... Case>
void compare_all() { (compare<Case>(), ...); }

}  // namespace

BOOST_AUTO_TEST_CASE(every_labelled_sum_agrees_with_its_definition) {
  compare_all<matrix_vector, transposed, product, product_by_rows, product_swapped, outer_product, dot_product, scaled_rows,
              high_rank, transpose, row_sums, column_sums, trace, take_diagonal, make_diagonal, broadcast, ones>();
}
