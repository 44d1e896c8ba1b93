// What two terms have in common is pulled out of their sum.
#include <leibniz/calculus/sums.hpp>

#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using graph::gathered;
using graph::without_divisor;
using graph::without_factor;
using page::holds;
using page::sheet;

constexpr bool never(handle) { return false; }

static_assert(holds([](sheet& s) { return without_divisor(s.x / s.y / s.z, s.y) == s.x / s.z && without_divisor(s.x / s.y, s.y) == s.x; }));
static_assert(holds([](sheet& s) { return !without_divisor(s.x / s.y, s.z).valid() && !without_divisor(s.x, s.x).valid(); }));
static_assert(holds([](sheet& s) { return without_factor(s.x * s.y * s.z, s.y) == s.x * s.z && without_factor(s.x, s.x).is_number(1); }));
static_assert(holds([](sheet& s) { return !without_factor(s.x * s.y, s.z).valid() && !without_factor(s.x + s.y, s.x).valid(); }));

// Powers of two are exact, thirds are not.
static_assert(holds([](sheet& s) { return gathered(s.x / 2, s.y, never) == (s.x + 2 * s.y) / 2; }));
static_assert(holds([](sheet& s) { return gathered(s.x / 4, -s.y / 2, never) == (s.x - 2 * s.y) / 4; }));
static_assert(holds([](sheet& s) { return gathered(s.x / 3, s.y / 3, never) == s.x / 3 + s.y / 3; }));
// Divisors, also those further in.
static_assert(holds([](sheet& s) { return gathered(s.x / s.z, s.y / s.z, never) == (s.x + s.y) / s.z; }));
static_assert(holds([](sheet& s) { return gathered(s.x / s.z, s.y / s.z / s.x, never) == (s.x + s.y / s.x) / s.z; }));
static_assert(holds([](sheet& s) { return gathered(s.x / s.z, s.y / s.x, never) == s.x / s.z + s.y / s.x; }));
static_assert(holds([](sheet& s) { return gathered(s.x / s.z, -3 * (s.y / s.z), never) == (s.x - 3 * s.y) / s.z; }));
// Factors only where that is wanted.
static_assert(holds([](sheet& s) { return gathered(s.x * s.y, s.x * s.z, never) == s.x * s.y + s.x * s.z; }));
static_assert(holds([](sheet& s) { return gathered(s.x * s.y, s.z * s.x * s.y, [&](handle f) { return f == s.x; }) == s.x * (s.y + s.z * s.y); }));
static_assert(holds([](sheet& s) { return gathered(s.number(2), s.number(3), [](handle) { return true; }).is_number(5); }));
static_assert(holds([](sheet& s) { return gathered(2 * s.x, s.y, [](handle) { return true; }) == 2 * s.x + s.y; }));
// Diagonals and masks stay what they are.
static_assert(holds([](sheet& s) { return graph::joined(2 * relu(s.x), -relu(s.x)) == relu(s.x); }));

}  // namespace
