#pragma once

// Values as bytes that are the same on every machine, and the checksum that guards them.

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <type_traits>

namespace leibniz::nn {

/// The types whose values a file can hold: IEEE single, double and quadruple precision, and x87's 80 bits.
template <class T>
concept storable = std::floating_point<T> && std::same_as<T, std::remove_cv_t<T>> &&
    std::numeric_limits<T>::is_iec559 &&
    (std::numeric_limits<T>::digits == 24 || std::numeric_limits<T>::digits == 53 ||
     std::numeric_limits<T>::digits == 64 || std::numeric_limits<T>::digits == 113);

namespace file_detail {

inline constexpr std::size_t checksum_bytes = 4;

/// Bytes of a stored value; the padding of an 80-bit long double is not stored.
template <storable T>
inline constexpr std::size_t stored_bytes = std::numeric_limits<T>::digits == 24   ? 4
                                            : std::numeric_limits<T>::digits == 53 ? 8
                                            : std::numeric_limits<T>::digits == 64 ? 10
                                                                                   : 16;

/// The little-endian bytes of a value held by a machine of the given byte order.
template <storable T, std::endian Machine = std::endian::native>
std::array<unsigned char, stored_bytes<T>> encode(T value) {
  std::array<unsigned char, stored_bytes<T>> bytes;
  std::memcpy(bytes.data(), &value, bytes.size());
  if constexpr (Machine == std::endian::big) std::ranges::reverse(bytes);
  return bytes;
}

/// The inverse of `encode`.
template <storable T, std::endian Machine = std::endian::native>
T decode(std::array<unsigned char, stored_bytes<T>> bytes) {
  if constexpr (Machine == std::endian::big) std::ranges::reverse(bytes);
  T value{};
  std::memcpy(&value, bytes.data(), bytes.size());
  return value;
}

/// CRC-32 as in ISO 3309, gzip and PNG (reflected polynomial 0xEDB88320), fed piece by piece.
class crc32 {
  static constexpr auto table = [] {
    std::array<std::uint32_t, 256> entries{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t entry = i;
      for (int bit = 0; bit < 8; ++bit) entry = (entry >> 1) ^ ((entry & 1) != 0 ? 0xEDB88320U : 0U);
      entries[i] = entry;
    }
    return entries;
  }();
  std::uint32_t state_ = 0xFFFFFFFFU;

 public:
  void add(std::span<const unsigned char> bytes) {
    for (const unsigned char byte : bytes) state_ = (state_ >> 8) ^ table[(state_ ^ byte) & 0xFFU];
  }
  std::uint32_t value() const { return ~state_; }
  std::array<unsigned char, checksum_bytes> bytes() const {
    std::array<unsigned char, checksum_bytes> result;
    for (unsigned i = 0; i < checksum_bytes; ++i) result[i] = static_cast<unsigned char>(value() >> (8 * i));
    return result;
  }
};

}  // namespace file_detail

}  // namespace leibniz::nn
