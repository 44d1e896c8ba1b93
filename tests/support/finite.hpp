// What a page needs that is also compiled with -ffast-math: there nothing is promised of NaN and infinities, and the compiler
// takes every question about them for answered.
#pragma once

#include <cstdint>
#include <cstring>

namespace support {

/// Whether this unit is compiled with -ffast-math or its like.
inline constexpr bool only_finite = __FINITE_MATH_ONLY__ != 0;

/// By the bits in memory: even an argument that is passed by value, a compiler takes for finite.
inline bool is_finite(const double& x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof x);
  return (bits >> 52 & 0x7ff) != 0x7ff;
}
inline bool is_finite(const float& x) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &x, sizeof x);
  return (bits >> 23 & 0xff) != 0xff;
}

}  // namespace support
