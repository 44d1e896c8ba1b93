// Like terms and like powers are collected; what the user grouped stays grouped.
#include "page.hpp"

namespace {

using page::holds;
using page::sheet;

static_assert(holds([](sheet& s) { return s.x + s.x == 2 * s.x; }));
static_assert(holds([](sheet& s) { return 2 * s.x + s.y + s.x == 3 * s.x + s.y; }));
static_assert(holds([](sheet& s) { return s.x + s.y - s.x == s.y; }));
static_assert(holds([](sheet& s) { return s.x * s.y * s.x == square(s.x) * s.y; }));
static_assert(holds([](sheet& s) { return square(s.x) * cube(s.x) == pow(s.x, s.number(5)); }));
static_assert(holds([](sheet& s) { return (s.x + 1) + 2 == s.x + 3; }));
static_assert(holds([](sheet& s) { return (s.x + 1) + s.number(-1) == s.x; }));
static_assert(holds([](sheet& s) { return !(s.x + s.y == s.x - s.y) && !(s.x * s.y == s.x + s.y); }));

// Quotients: like terms, and what numerator and divisor share.
static_assert(holds([](sheet& s) { return (1 / s.x - 1 / s.x).is_number(0) && 1 / s.x + 1 / s.x == 2 / s.x; }));
static_assert(holds([](sheet& s) { return s.x * s.y / (s.x * exp(s.y)) == s.y / exp(s.y); }));
static_assert(holds([](sheet& s) { return s.y / (s.x * s.y) == 1 / s.x && s.x / s.y * (s.y / exp(s.x)) == s.x / exp(s.x); }));
static_assert(holds([](sheet& s) { return (1 - s.x) / s.y / (1 - s.x) == 1 / s.y; }));
static_assert(holds([](sheet& s) { return s.x / sqrt(s.y) / sqrt(s.y) == s.x / s.y && 1 / sqrt(s.y) / sqrt(s.y) == 1 / s.y; }));
static_assert(holds([](sheet& s) { return !(s.x / sqrt(s.y) / sqrt(s.x) == s.x / s.y) && !(s.x / s.y / s.y == s.x / square(s.y)); }));
// Coefficients whose product is 1.
static_assert(holds([](sheet& s) { return (2 * s.x) * (s.y / 2) == s.x * s.y && (-s.x) * (-s.y) == s.x * s.y; }));

// (x + y) + z and x + (y + z) round differently.
static_assert(holds([](sheet& s) {
  const auto z = s.variable("z");
  return !((s.x + s.y) + z == s.x + (s.y + z));
}));
// Not x + (1 + 1e-17): where x is -1 the small number is all there is.
static_assert(holds([](sheet& s) { return (s.x + 1 + s.number(1, 100000000000000000)).template is<leibniz::ops::add_>() &&
                                          !(s.x + 1 + s.number(1, 100000000000000000)).arg(1).is_number(100000000000000001, 100000000000000000); }));

static_assert(leibniz::ops::absorbs({3, 1}) && leibniz::ops::absorbs({-1, 3}) && leibniz::ops::absorbs({5, 1 << 20}));
static_assert(!leibniz::ops::absorbs({100000000000000001, 100000000000000000}) && !leibniz::ops::absorbs({1, 1000003}));
static_assert(!leibniz::ops::absorbs({-(std::int64_t{1} << 24), 1}));

}  // namespace
