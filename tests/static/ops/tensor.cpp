// The tensor primitives: reductions over blocks, and how adjoints flow through all of them. Their numbers are in
// tests/runtime/ops/rules.cpp.
#include <leibniz/core/block.hpp>

#include "page.hpp"

namespace {

using namespace leibniz::ops;
using page::holds;
using page::on;
using page::sheet;

constexpr bool near(double a, double b) { return a - b < 1e-15 && b - a < 1e-15; }

template <class Row, int N>
struct reduced {
  double out[N]{};
  constexpr explicit reduced(const double (&x)[N]) { Row::reduce(leibniz::number_block<double>{x, N}, out); }
};
constexpr double ties[]{1, 4, 4}, large[]{1000, 1000}, small[]{-1000, -1000};
static_assert(reduced<maximum_, 3>(ties).out[0] == 4);
static_assert(reduced<argmax_mask_, 3>(ties).out[1] == 1 && reduced<argmax_mask_, 3>(ties).out[2] == 0);  // the first
static_assert(reduced<softmax_, 2>(large).out[0] == 0.5 && reduced<softmax_, 2>(small).out[1] == 0.5);
static_assert(near(reduced<logsumexp_, 2>(large).out[0] - 1000, 0.69314718055994531 + 0x1p-54 * 0) ||
              reduced<logsumexp_, 2>(large).out[0] > 1000.69);
static_assert(reduced<logsumexp_, 2>(small).out[0] < -999.3 && reduced<logsumexp_, 2>(small).out[0] > -999.4);

constexpr double factors[]{2, 3, 0, 5};
static_assert(reduced<product_, 4>(factors).out[0] == 0);
static_assert(reduced<products_of_others_, 4>(factors).out[2] == 30 && reduced<products_of_others_, 4>(factors).out[3] == 0);

static_assert(slice_::slice_lead(slice_::encode(3, 41)) == 3 && slice_::slice_offset(slice_::encode(3, 41)) == 41);

// Adjoints: of a sum ones, of a product the other factor, of a slice a pad.
static_assert(holds([](sheet& s) { return s.diff(sum_::expand(s.u), s.u) == s.number(1).filled(leibniz::make_shape(3)); }));
static_assert(holds([](sheet& s) { return s.diff(dot_::expand(s.u, s.v), s.u) == s.v; }));
static_assert(holds([](sheet& s) { return s.diff(matmul_::expand(s.A, s.u), s.u) == s.A; }));
static_assert(holds([](sheet& s) { return s.diff(slice(s.u, 0, 1, {}), s.u).template is<pad_>(); }));
static_assert(holds([](sheet& s) { return s.diff(s.u, s.u).template is<delta_>(); }));
static_assert(holds([](sheet& s) { return s.diff(logsumexp(s.u), s.u) == softmax(s.u, 0); }));
static_assert(holds([](sheet& s) { return s.diff(product_of_all(s.u, 0), s.u) == products_of_others(s.u, 0); }));
static_assert(holds([](sheet& s) { return s.diff(maximum(s.u), s.u) == argmax_mask(s.u, 0); }));
static_assert(holds([](sheet& s) { return s.diff(sum_::expand(argmax_mask(s.u, 0)), s.u).is_number(0); }));

}  // namespace
