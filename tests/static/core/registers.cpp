// The vector registers of the target, and how many numbers they hold.
#include <leibniz/core/registers.hpp>

namespace {

using leibniz::lanes_around;
using leibniz::lanes_within;
using leibniz::native_lanes;
using leibniz::register_bytes;

static_assert(register_bytes == 0 || register_bytes == 16 || register_bytes == 32 || register_bytes == 64);
static_assert(register_bytes == 0 || (native_lanes<float> == register_bytes / 4 && native_lanes<double> == register_bytes / 8));
static_assert(native_lanes<long double> == 1 && native_lanes<int> == 1);

static_assert(lanes_within(1, 8) == 1 && lanes_within(3, 8) == 2 && lanes_within(8, 8) == 8 && lanes_within(100, 8) == 8);
static_assert(lanes_around(1, 8) == 1 && lanes_around(3, 8) == 4 && lanes_around(8, 8) == 8 && lanes_around(100, 8) == 8);

}  // namespace
