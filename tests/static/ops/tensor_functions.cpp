// Matrix products, sums and their relatives: the shapes that they take, and what they stand for.
#include "page.hpp"

namespace {

using namespace leibniz;
using namespace leibniz::ops;
using page::holds;
using page::sheet;

constexpr shape s{}, v = make_shape(3), m = make_shape(2, 3), n = make_shape(3, 4);
constexpr bool refused(const shape& a) { return a.rank < 0; }

static_assert(matmul_::result(m, n) == make_shape(2, 4) && matmul_::result(m, v) == make_shape(2));
static_assert(matmul_::result(v, make_shape(1, 5)) == make_shape(3, 5));
static_assert(refused(matmul_::result(n, m)) && refused(matmul_::result(v, m)) && refused(matmul_::result(v, v)));
static_assert(transpose_::result(m) == make_shape(3, 2) && transpose_::result(v) == make_shape(1, 3) && transpose_::result(s) == s);
static_assert(refused(transpose_::result(make_shape(2, 2, 2))));
static_assert(dot_::result(v, v) == s && dot_::result(m, m) == s && refused(dot_::result(v, m)));
static_assert(outer_::result(v, m) == make_shape(3, 2, 3) && refused(outer_::result(m, make_shape(2, 2, 2))));
static_assert(sum_axis_<0>::result(m) == v && sum_axis_<1>::result(m) == make_shape(2));
static_assert(refused(sum_axis_<2>::result(m)) && refused(sum_axis_<-1>::result(m)) && refused(sum_axis_<0>::result(s)));
static_assert(flatten_::result(m) == make_shape(6) && flatten_::result(s) == make_shape(1));
static_assert(element_<1, 2>::result(m) == s && refused(element_<2, 0>::result(m)) && refused(element_<0>::result(m)));
static_assert(element_<1, 2>::offset(m) == 5);

static_assert(holds([](sheet& p) { return transpose_::expand(transpose_::expand(p.A)) == p.A; }));
static_assert(holds([](sheet& p) { return transpose_::expand(transpose_::expand(p.S) + p.S).extents() == make_shape(3, 3); }));
static_assert(holds([](sheet& p) { return prod_::expand(p.x.filled(make_shape(3))).extents() == s; }));
static_assert(holds([](sheet& p) { return squared_norm_::expand(p.x) == square(p.x); }));
static_assert(holds([](sheet& p) { return norm_::expand(p.x) == abs(p.x); }));
static_assert(holds([](sheet& p) { return softmax_of_::expand(p.x).is_number(1) && log_softmax_of_::expand(p.x).is_number(0); }));
static_assert(holds([](sheet& p) { return log(softmax_of_::expand(p.u)) == log_softmax_of_::expand(p.u); }));
static_assert(holds([](sheet& p) { return element_<1>::expand(p.u + p.v) == element_<1>::expand(p.u) + element_<1>::expand(p.v); }));
static_assert(holds([](sheet& p) { return !(element_<1>::expand(p.u) == element_<2>::expand(p.u)); }));

}  // namespace
