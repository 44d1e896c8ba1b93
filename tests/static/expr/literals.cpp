// Exact constants from decimal literals.
#include <leibniz/expr/literals.hpp>

namespace {

using namespace leibniz;
using namespace leibniz::literals;

template <class E, long long P, long long Q = 1>
constexpr bool is = std::is_same_v<E, num<P, Q>>;

static_assert(is<decltype(2_c), 2> && is<decltype(0_c), 0> && is<decltype(1'000_c), 1000>);
static_assert(is<decltype(0.5_c), 1, 2> && is<decltype(0.50_c), 1, 2> && is<decltype(.25_c), 1, 4> && is<decltype(2._c), 2>);
static_assert(is<decltype(1e-3_c), 1, 1000> && is<decltype(1e+3_c), 1000> && is<decltype(1.5e2_c), 150> && is<decltype(2E-1_c), 1, 5>);
static_assert(is<decltype(0e50_c), 0> && is<decltype(0.000_c), 0>);
static_assert(is<decltype(9223372036854775807_c), INT64_MAX>);
static_assert(!is<decltype(0.1_c), 1, 2> && !is<decltype(2_c), 3>);

// What has no 64-bit fraction, or is no decimal literal.
static_assert(!detail::parse_decimal<'9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0', '8'>().valid());
static_assert(!detail::parse_decimal<'1', 'e', '1', '9'>().valid() && detail::parse_decimal<'1', 'e', '1', '8'>().valid());
static_assert(!detail::parse_decimal<'1', 'e', '-', '1', '9'>().valid() && detail::parse_decimal<'1', 'e', '-', '1', '8'>().valid());
static_assert(!detail::parse_decimal<'1', 'e', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9'>().valid());
static_assert(!detail::parse_decimal<'0', 'x', '1', 'F'>().valid());
static_assert(!detail::parse_decimal<'0', '1', '0'>().valid() && detail::parse_decimal<'0', '1', '0', '.'>().is(10));

}  // namespace
