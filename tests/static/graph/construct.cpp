// Smart constructors: what can be simplified is, before there is a node for it.
#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using page::holds;
using page::sheet;

static_assert(holds([](sheet& s) { return s.x + 0 == s.x && s.x * 1 == s.x && s.x / 1 == s.x && s.x - 0 == s.x; }));
static_assert(holds([](sheet& s) { return (s.x * 0).is_number(0) && (0 / s.x).is_number(0) && (s.x / s.x).is_number(1) && (s.x - s.x).is_number(0); }));
static_assert(holds([](sheet& s) { return s.x + s.y == s.y + s.x && s.x * s.y == s.y * s.x && !(s.x - s.y == s.y - s.x); }));
static_assert(holds([](sheet& s) { return (s.number(1, 2) + s.number(1, 3)).is_number(5, 6) && (s.number(2) / s.number(-4)).is_number(-1, 2); }));
static_assert(holds([](sheet& s) { return -(-s.x) == s.x && -(s.x / s.y) == (-s.x) / s.y; }));
static_assert(holds([](sheet& s) { return sqrt(s.x * s.x) == abs(s.x) && sqrt(s.number(9, 4)).is_number(3, 2) && sqrt(s.number(2)).is<ops::sqrt_>(); }));
static_assert(holds([](sheet& s) { return exp(log(s.x)) == s.x && log(exp(s.x)) == s.x && !(log(exp(s.x) + s.y) == s.x + s.y); }));
static_assert(holds([](sheet& s) { return log(sigmoid(s.x)) == -softplus(-s.x) && log(1 - sigmoid(s.x)) == -softplus(s.x); }));
static_assert(holds([](sheet& s) { return log(1 + exp(s.x)) == softplus(s.x) && !(log(2 + exp(s.x)) == softplus(s.x)); }));
static_assert(holds([](sheet& s) { return log(ops::sum_::expand(exp(s.u))) == logsumexp(s.u); }));
static_assert(holds([](sheet& s) { return (1 / s.number(0)).is<ops::div_>(); }));  // undefined, and left so
static_assert(holds([](sheet& s) { return max(s.number(1), s.number(2)).is_number(2) && min(s.x, s.x) == s.x; }));
static_assert(holds([](sheet& s) { return select(s.number(1), s.x, s.y) == s.x && select(s.x < 1, s.y, s.y) == s.y; }));

// Where a rule would not fit 64 bits, the formula stays.
static_assert(holds([](sheet& s) { return (s.number(INT64_MAX) + s.number(1)).is<ops::add_>(); }));
static_assert(holds([](sheet& s) { return pow(s.number(10), s.number(30)).is<ops::pow_>(); }));

// A composite leaves no node of its own; numbers are lifted on either side.
static_assert(holds([](sheet& s) { return square(s.x) == pow(s.x, s.number(2)) && construct(operation<ops::square_>{}, s.x) == square(s.x); }));
static_assert(holds([](sheet& s) { return construct(operation<ops::div_>{}, 1, s.x) == 1 / s.x; }));

// Broadcasting.
static_assert(holds([](sheet& s) { return (s.x * s.u).extents() == make_shape(3) && (s.u + 0) == s.u && (s.u * 0).extents() == make_shape(3); }));
static_assert(holds([](sheet& s) { return pow(s.u, s.number(0)).extents() == make_shape(3) && max(s.x, s.u).extents() == make_shape(3); }));

}  // namespace
