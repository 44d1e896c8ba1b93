// A node as a number: constants, terms with coefficients, powers, and the patterns that rows look for.
#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using page::holds;
using page::sheet;

static_assert(operand<handle> && !operand<graph::builder>);
static_assert(!handle{}.valid() && !handle::nothing().valid());

static_assert(holds([](sheet& s) { return s.number(1, 2).number() == rational{1, 2} && !s.x.number().valid(); }));
static_assert(holds([](sheet& s) { return s.number(3).is_number(3) && !s.number(3).is_number(2) && !s.x.is_number(3); }));

// Terms.
static_assert(holds([](sheet& s) { return (3 * s.x).coefficient().is(3) && (3 * s.x).without_coefficient() == s.x; }));
static_assert(holds([](sheet& s) { return s.x.coefficient().is(1) && s.x.without_coefficient() == s.x; }));
static_assert(holds([](sheet& s) { return (-s.x).negative() && !s.x.negative() && (-2 / s.x).negative(); }));
static_assert(holds([](sheet& s) { return s.x.scaled({2, 1}).scaled({1, 2}) == s.x && s.x.scaled({0, 1}).is_number(0); }));
static_assert(holds([](sheet& s) {  // a product that does not fit stays two factors
  const handle large = s.x.scaled({INT64_MAX, 1});
  return large.scaled({2, 1}).coefficient().is(2) && !(large.scaled({2, 1}) == large);
}));

// Powers.
static_assert(holds([](sheet& s) { return square(s.x).is_power(2) && square(s.x).power_base() == s.x && !s.x.is_power(2); }));
static_assert(holds([](sheet& s) { return sqrt(s.x).power_exponent() == rational{1, 2} && sqrt(s.x).power_base() == s.x; }));
static_assert(holds([](sheet& s) { return s.x.raised({0, 1}).is_number(1) && s.x.raised({1, 1}) == s.x; }));
static_assert(holds([](sheet& s) { return pow(s.x, s.y).power_base() == pow(s.x, s.y); }));

// Patterns.
static_assert(holds([](sheet& s) { return (1 - s.x).complement() == s.x && !(1 + s.x).complement().valid() && !s.x.complement().valid(); }));
static_assert(holds([](sheet& s) { return (1 + s.x).without_unit_term() == s.x && !(2 + s.x).without_unit_term().valid(); }));
static_assert(holds([](sheet& s) { return (1 / s.y).unit_quotient_divisor() == s.y && !(s.x / s.y).unit_quotient_divisor().valid(); }));
static_assert(holds([](sheet& s) { return (s.x / s.y).is_quotient_by(s.y) && !(s.x / s.y).is_quotient_by(s.x); }));
static_assert(holds([](sheet& s) { return select(s.x < 0, s.y, s.number(0)).is_mask() && !select(s.x < 0, s.y, s.x).is_mask(); }));
static_assert(holds([](sheet& s) { return ops::sum_::expand(s.u).is_total() && !s.u.is_total(); }));

// A factor goes into the chosen side.
static_assert(holds([](sheet& s) { return select(s.x < 0, s.y, s.number(0)) * s.x == select(s.x < 0, s.y * s.x, s.number(0)); }));
static_assert(holds([](sheet& s) { return s.x * select(s.x < 0, s.number(0), s.y) == select(s.x < 0, s.number(0), s.x * s.y); }));
static_assert(holds([](sheet& s) { return select(s.x < 0, s.y, s.number(0)) / s.x == select(s.x < 0, s.y / s.x, s.number(0)); }));

// Shapes.
static_assert(holds([](sheet& s) { return s.x.filled(make_shape(3)).extents() == make_shape(3) && s.u.filled(make_shape(3)) == s.u; }));

}  // namespace
