#define BOOST_TEST_MODULE nn_encoding
#include <leibniz/nn/encoding.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <boost/crc.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "../../support/boost_test.hpp"

namespace nn = leibniz::nn;
namespace detail = nn::file_detail;

static_assert(nn::storable<float> && nn::storable<double> && nn::storable<long double>);
static_assert(!nn::storable<const float> && !nn::storable<int>);

namespace {

template <std::size_t N>
using bytes = std::array<unsigned char, N>;

std::uint32_t crc_of(std::string_view text) {
  detail::crc32 checksum;
  checksum.add(std::vector<unsigned char>(text.begin(), text.end()));
  return checksum.value();
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_are_little_endian) {
  BOOST_TEST((detail::encode(1.0F) == bytes<4>{0x00, 0x00, 0x80, 0x3F}));
  BOOST_TEST((detail::encode(-2.5F) == bytes<4>{0x00, 0x00, 0x20, 0xC0}));
  BOOST_TEST((detail::encode(0.1) == bytes<8>{0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F}));
}

// On a machine of the other byte order the same memory means the reversed bytes.
BOOST_AUTO_TEST_CASE(the_other_byte_order_is_reversed) {
  constexpr auto other = std::endian::native == std::endian::little ? std::endian::big : std::endian::little;
  const auto native = detail::encode<double, std::endian::native>(0.1);
  auto reversed = detail::encode<double, other>(0.1);
  BOOST_TEST((detail::decode<double, other>(reversed) == 0.1));
  BOOST_TEST(reversed != native);
  std::ranges::reverse(reversed);
  BOOST_TEST(reversed == native);
}

using scalars = std::tuple<float, double, long double>;

BOOST_AUTO_TEST_CASE_TEMPLATE(values_survive_bit_by_bit, T, scalars) {
  using limits = std::numeric_limits<T>;
  for (const T value : {T(0), T(1) / 3, -T(1) / 7, limits::max(), limits::min(), limits::denorm_min(),
                        limits::lowest(), limits::infinity(), -limits::infinity()}) {
    BOOST_TEST(detail::decode<T>(detail::encode(value)) == value);
  }
  BOOST_TEST(std::signbit(detail::decode<T>(detail::encode(-T(0)))));
  BOOST_TEST(std::isnan(detail::decode<T>(detail::encode(limits::quiet_NaN()))));
}

BOOST_AUTO_TEST_CASE(the_checksum_is_crc32) {
  BOOST_TEST(crc_of("") == 0U);
  BOOST_TEST(crc_of("123456789") == 0xCBF43926U);  // the check value of the CRC catalogues
  detail::crc32 checksum;
  checksum.add(std::array<unsigned char, 9>{'1', '2', '3', '4', '5', '6', '7', '8', '9'});
  BOOST_TEST((checksum.bytes() == bytes<4>{0x26, 0x39, 0xF4, 0xCB}));
}

BOOST_AUTO_TEST_CASE(the_checksum_agrees_with_boost_crc_piece_by_piece) {
  std::mt19937 random(1);
  std::vector<unsigned char> data(5000);
  for (unsigned char& byte : data) byte = static_cast<unsigned char>(random());
  detail::crc32 ours;
  boost::crc_32_type theirs;
  for (std::span<const unsigned char> rest = data; !rest.empty();) {
    const std::size_t step = std::min<std::size_t>(rest.size(), random() % 700);
    ours.add(rest.first(step));
    theirs.process_bytes(rest.data(), step);
    rest = rest.subspan(step);
    BOOST_TEST(ours.value() == theirs.checksum());
  }
}
