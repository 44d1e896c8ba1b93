// Exact fractions: lowest terms, signs, and what happens where 64 bits end.
#include <leibniz/core/rational.hpp>

namespace {

using leibniz::less;
using leibniz::make_rational;
using leibniz::power;
using leibniz::rational;
using leibniz::reciprocal;

constexpr rational half{1, 2}, third{1, 3}, none = rational::overflow();
constexpr std::int64_t largest = INT64_MAX;

// Lowest terms, the sign above.
static_assert(make_rational(6, 4) == rational{3, 2});
static_assert(make_rational(6, -4) == rational{-3, 2});
static_assert(make_rational(-6, -4) == rational{3, 2});
static_assert(make_rational(0, -7) == rational{0, 1});
static_assert(make_rational(largest, largest).is(1));
static_assert(make_rational(largest, -1).is(-largest));
static_assert(!make_rational(1, 0).valid());
static_assert(!make_rational(INT64_MIN, 2).valid());  // its negative would not exist
static_assert(!make_rational(2, INT64_MIN).valid());
static_assert(!make_rational(INT64_MIN, 1).valid());

// Questions.
static_assert(half.valid() && !none.valid());
static_assert(rational{3, 1}.is(3) && !half.is(1) && half.is(1, 2));
static_assert(rational{3, 1}.is_integer() && !half.is_integer() && !none.is_integer());
static_assert((-half).negative() && !half.negative() && !rational{}.negative());
static_assert(third.value<double>() == 1.0 / 3.0);
static_assert(rational{}.is(0));

// Arithmetic.
static_assert(half + third == rational{5, 6});
static_assert(half - third == rational{1, 6});
static_assert(half - half == rational{0, 1});
static_assert(half * rational{2, 3} == third);
static_assert(rational{-2, 3} * rational{3, -2 * -1} == rational{-1, 1});
static_assert(rational{0, 1} * third == rational{0, 1});
static_assert(reciprocal(rational{-2, 3}) == rational{-3, 2});
static_assert(!reciprocal(rational{0, 1}).valid());
static_assert(-(-third) == third);

// Cancelling comes first, so that what fits is found.
static_assert((rational{largest, 2} * rational{2, largest}).is(1));
static_assert((rational{largest, 3} * rational{3, 1}).is(largest));
static_assert((rational{largest, 1} + rational{-1, 1}).is(largest - 1));

// Where 64 bits end.
static_assert(!(rational{largest, 1} + rational{1, 1}).valid());
static_assert(!(rational{-largest, 1} - rational{1, 1}).valid());  // INT64_MIN
static_assert(!(rational{largest, 1} * rational{2, 1}).valid());
static_assert(!(rational{1, largest} * half).valid());
static_assert(!(rational{1, largest} + half).valid());
static_assert(!(rational{INT64_MIN / 2, 1} * rational{2, 1}).valid());
static_assert(!(none + half).valid() && !(half + none).valid() && !(none - half).valid());
static_assert(!(none * half).valid() && !(half * none).valid() && !(-none).valid());
static_assert(!reciprocal(none).valid());

// Powers.
static_assert(power(rational{-2, 3}, 3) == rational{-8, 27});
static_assert(power(rational{-2, 3}, -2) == rational{9, 4});
static_assert(power(third, 0).is(1) && power(rational{0, 1}, 0).is(1));
static_assert(power(rational{0, 1}, 5).is(0));
static_assert(!power(rational{0, 1}, -1).valid());
static_assert(power(rational{2, 1}, 62).is(std::int64_t{1} << 62));
static_assert(!power(rational{2, 1}, 63).valid());
static_assert(power(rational{-1, 1}, largest).is(-1));
static_assert(power(rational{1, 1}, -largest).is(1));
static_assert(!power(none, 2).valid());

// Order, also where the difference does not fit.
static_assert(less(third, half) && !less(half, third) && !less(half, half));
static_assert(less(-half, third) && less(rational{-1, 1}, rational{0, 1}));
static_assert(less(rational{-largest, 1}, rational{largest, 1}) && !less(rational{largest, 1}, rational{-largest, 1}));

}  // namespace
