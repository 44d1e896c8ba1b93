#pragma once

// The bytes of a file, decompressed on the way if it is a gzip file.

#include <zlib.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace digits {

/// Throws `data_error`: "PATH: expected EXPECTED, found FOUND".
[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view expected,
                         std::string_view found);

/// A plain or gzip file, read from front to back. A file whose name ends in `.gz` must be gzip; any other may
/// be. A missing, unreadable, empty, truncated or corrupted file throws `data_error`.
class byte_source {
 public:
  explicit byte_source(const std::filesystem::path& path);

  /// Fills `bytes`; returns how many there were, fewer than asked for only at the end.
  std::size_t read(std::span<unsigned char> bytes);

  const std::filesystem::path& path() const { return path_; }

 private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct inflater {
    void operator()(z_stream* stream) const {
      inflateEnd(stream);
      delete stream;
    }
  };

  void refill();
  std::size_t inflate_into(std::span<unsigned char> bytes);
  bool next_member();

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, closer> file_;
  std::unique_ptr<z_stream, inflater> stream_;  // empty: a plain file
  std::array<unsigned char, 65536> buffer_;
  std::span<const unsigned char> ahead_;  // read from the file, not yet used
  bool finished_ = false;                 // the last gzip member has ended
};

}  // namespace digits
