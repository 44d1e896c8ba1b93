#pragma once

// Parameter files: what `save` writes and `load` reads back.
//
// Version 1 of the format: a header of text lines, the values, a checksum.
//
//     leibniz parameters 1
//     architecture: input<64>, dense<10, softmax>
//     scalar: float32
//     parameter W1: 10 x 64
//     parameter b1: 10
//     values: 2600 bytes
//     (2600 bytes: the blocks in the order of the header, each in row-major order, little-endian)
//     (4 bytes: CRC-32 of everything before them, little-endian)
//
// A reader knows the architecture, so it builds the header that it expects and compares line by line; no size
// is ever taken from the file. Without exceptions this header declares nothing.

#if defined(__cpp_exceptions)

#include <leibniz/nn/encoding.hpp>
#include <leibniz/nn/stored_file.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace leibniz::nn {

/// One named parameter of a network. No extents: a scalar.
struct parameter_block {
  std::string_view name;
  std::span<const std::size_t> extents;
};

namespace file_detail {

inline constexpr std::string_view magic = "leibniz parameters ";
inline constexpr std::string_view version = "1";

inline std::size_t element_count(const parameter_block& block) {
  std::size_t count = 1;
  for (const std::size_t extent : block.extents) count *= extent;
  return count;
}

/// Checks that the blocks describe the values and returns the number of values.
template <class Span>
std::size_t checked_total(std::span<const parameter_block> blocks, std::span<const Span> values) {
  if (blocks.size() != values.size())
    throw std::invalid_argument("parameter file: expected values for " + std::to_string(blocks.size()) +
                                " parameters, found " + std::to_string(values.size()));
  std::size_t total = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (values[i].size() != element_count(blocks[i]))
      throw std::invalid_argument("parameter file: expected " + std::to_string(element_count(blocks[i])) +
                                  " values of parameter " + quoted(blocks[i].name) + ", found " +
                                  std::to_string(values[i].size()));
    total += values[i].size();
  }
  return total;
}

template <storable T>
std::vector<std::string> header(std::string_view architecture, std::span<const parameter_block> blocks,
                                std::size_t total) {
  std::vector<std::string> lines;
  lines.push_back(std::string(magic).append(version));
  lines.push_back("architecture: " + escaped(architecture, false));
  lines.push_back("scalar: float" + std::to_string(8 * stored_bytes<T>));
  for (const parameter_block& block : blocks) {
    std::string extents;
    for (const std::size_t extent : block.extents)
      extents.append(extents.empty() ? "" : " x ").append(std::to_string(extent));
    lines.push_back("parameter " + escaped(block.name, false) + ": " +
                    (extents.empty() ? "scalar" : extents));
  }
  lines.push_back("values: " + std::to_string(total * stored_bytes<T>) + " bytes");
  for (std::string& line : lines) line += '\n';
  return lines;
}

/// Reads the header and compares it with the expected one.
inline void check_header(checked_file& file, const std::filesystem::path& path,
                         const std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& expected = lines[i];
    const std::string_view expected_text(expected.data(), expected.size() - 1);
    const std::string found = file.line(i == 0 ? 64 : expected.size() + 65536);
    if (found == expected) continue;
    const std::string_view text(found.data(), found.size() - (found.ends_with('\n') ? 1 : 0));
    const std::string shown = text.size() > 500 ? quoted(text.substr(0, 500)) + "…" : quoted(text);

    if (file.left() == 0 && expected.starts_with(found))
      refuse(path, "header line " + std::to_string(i + 1) + ", " + quoted(expected_text),
             (found.empty() ? std::string() : shown + " and ") + "the end of a truncated file");
    if (i > 0)
      refuse(path, quoted(expected_text),
             shown + (file.ends_well() ? "" : " (and a wrong checksum: the file is damaged)"));

    const bool ours = text.starts_with(magic) && text.size() > magic.size();
    const std::string_view number = ours ? text.substr(magic.size()) : std::string_view();
    if (ours && number.front() != '0' && number.find_first_not_of("0123456789") == std::string_view::npos)
      refuse(path, "format version " + std::string(version), "the newer version " + std::string(number));
    refuse(path, "a parameter file, which begins with " + quoted(expected_text), shown);
  }
}

}  // namespace file_detail

/// Saves parameters: `values[i]` are the values of `blocks[i]` in row-major order. Every value is stored
/// exactly, NaN and infinity too. The file appears complete or not at all: a failure throws `file_error`,
/// leaves an older file as it was and no temporary one behind. Blocks and values that do not match throw
/// `std::invalid_argument`.
template <storable T>
void write_parameters(const std::filesystem::path& path, std::string_view architecture,
                      std::span<const parameter_block> blocks, std::span<const std::span<const T>> values) {
  using namespace file_detail;
  const std::size_t total = checked_total(blocks, values);
  std::vector<unsigned char> bytes;
  for (const std::string& line : header<T>(architecture, blocks, total))
    bytes.insert(bytes.end(), line.begin(), line.end());

  atomic_file file(path);
  crc32 checksum;
  const auto flush = [&] {
    checksum.add(bytes);
    file.write(bytes);
    bytes.clear();
  };
  for (const std::span<const T> block : values) {
    for (const T value : block) {
      const auto encoded = encode(value);
      bytes.insert(bytes.end(), encoded.begin(), encoded.end());
      if (bytes.size() >= 65536) flush();
    }
  }
  flush();
  file.write(checksum.bytes());
  file.commit();
}

/// Loads what `write_parameters` saved for the same architecture, scalar type and blocks, bit by bit.
/// Anything else (no file, another kind of file, a newer version, another architecture, a truncated, extended
/// or damaged file) throws `file_error`, and the values stay as they were.
template <storable T>
void read_parameters(const std::filesystem::path& path, std::string_view architecture,
                     std::span<const parameter_block> blocks, std::span<const std::span<T>> values) {
  using namespace file_detail;
  const std::size_t total = checked_total(blocks, values);
  checked_file file(path);
  check_header(file, path, header<T>(architecture, blocks, total));

  const std::uintmax_t rest = std::uintmax_t{total} * stored_bytes<T> + checksum_bytes;
  const std::string expected_size = std::to_string(file.size() - file.left() + rest) + " bytes";
  if (file.left() < rest) refuse(path, expected_size, "a truncated file of " + std::to_string(file.size()));
  if (file.left() > rest)
    refuse(path, expected_size,
           std::to_string(file.left() - rest) + " trailing bytes: a file of " + std::to_string(file.size()));

  std::vector<T> staged(total);
  for (T& value : staged) {
    std::array<unsigned char, stored_bytes<T>> bytes;
    file.read(bytes);
    value = decode<T>(bytes);
  }
  if (!file.ends_well())
    refuse(path, "values that match the file's checksum", "a wrong checksum: the file is damaged");

  const T* next = staged.data();
  for (const std::span<T> block : values) {
    std::copy_n(next, block.size(), block.begin());
    next += block.size();
  }
}

}  // namespace leibniz::nn

#endif
