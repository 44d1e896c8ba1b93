#pragma once

// A file that is replaced in one step, and a file that is read under a checksum: what parameter files
// (`file.hpp`) are written to and read from. Without exceptions this header declares nothing.

#if defined(__cpp_exceptions)

#include <leibniz/nn/encoding.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace leibniz::nn {

/// A parameter file that cannot be read or written. `what()` names the file, what was expected and what was
/// found.
class file_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace file_detail {

/// Control characters and backslashes, and in messages everything beyond ASCII, as \xNN: a header line stays
/// one line, and a file's bytes cannot steer a terminal.
inline std::string escaped(std::string_view text, bool ascii_only) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '\\' && byte != 0x7F && (byte < 0x80 || !ascii_only)) {
      result += c;
    } else {
      result += "\\x";
      result += "0123456789abcdef"[byte >> 4];
      result += "0123456789abcdef"[byte & 15];
    }
  }
  return result;
}

inline std::string quoted(std::string_view text) { return "'" + escaped(text, true) + "'"; }

[[noreturn]] inline void refuse(const std::filesystem::path& path, std::string_view expected,
                                std::string_view found) {
  throw file_error(path.string().append(": expected ").append(expected).append(", found ").append(found));
}

[[noreturn]] inline void fail_save(const std::filesystem::path& path, std::string_view what,
                                   std::error_code reason) {
  throw file_error(
      path.string().append(": cannot save: ").append(what).append(": ").append(reason.message()));
}

inline std::error_code last_error() { return {errno, std::generic_category()}; }

struct closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, closer>;

/// A new version of a file: written beside the old one, which it replaces in one step, by `commit` only.
class atomic_file {
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  file_handle file_;

  void create() {
    for (int attempt = 0; attempt < 1000; ++attempt) {
      temporary_ = target_.parent_path() / ("leibniz-save-" + std::to_string(attempt) + ".tmp");
      errno = 0;
      file_.reset(std::fopen(temporary_.string().c_str(), "wbx"));
      if (file_ || errno != EEXIST) break;
    }
    if (!file_)
      fail_save(target_, "expected to create a temporary file in the same folder, found", last_error());
  }

 public:
  explicit atomic_file(const std::filesystem::path& path) : target_(path) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::file_status old = fs::status(path, ignored);
    if (path.filename().empty() || (fs::exists(old) && !fs::is_regular_file(old)))
      refuse(path, "the name of a file to save to", path.empty() ? "an empty name" : "a folder or a device");
    constexpr auto any_write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    if (fs::exists(old) && (old.permissions() & any_write) == fs::perms::none)
      refuse(path, "a file that may be replaced", "one that is write-protected");
    if (fs::is_symlink(path, ignored)) {  // replace what the link points to, not the link
      const fs::path resolved = fs::weakly_canonical(path, ignored);
      if (!ignored) target_ = resolved;
    }
    create();
    if (fs::exists(old)) fs::permissions(temporary_, old.permissions(), ignored);
  }
  atomic_file(const atomic_file&) = delete;
  atomic_file& operator=(const atomic_file&) = delete;
  ~atomic_file() {
    if (temporary_.empty()) return;
    file_.reset();
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
  }

  void write(std::span<const unsigned char> bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
      fail_save(target_, "expected to write all values, found", last_error());
  }

  void commit() {
    bool flushed = std::fflush(file_.get()) == 0;
#if defined(__unix__) || defined(__APPLE__)
    flushed = flushed && ::fsync(::fileno(file_.get())) == 0;
#endif
    if (!flushed) fail_save(target_, "expected to write all values, found", last_error());
    if (std::fclose(file_.release()) != 0)
      fail_save(target_, "expected to close the file, found", last_error());
    std::error_code failed;
    std::filesystem::rename(temporary_, target_, failed);
    if (failed) fail_save(target_, "expected to replace the old file, found", failed);
    temporary_.clear();
  }
};

/// A file read from front to back, with the checksum of what has been read.
class checked_file {
  std::filesystem::path path_;
  std::uintmax_t size_ = 0;
  std::uintmax_t read_ = 0;
  file_handle file_;
  crc32 checksum_;

 public:
  explicit checked_file(const std::filesystem::path& path) : path_(path) {
    namespace fs = std::filesystem;
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (status.type() == fs::file_type::not_found) refuse(path, "a parameter file", "no such file");
    if (!failed && !fs::is_regular_file(status)) refuse(path, "a parameter file", "a folder or a device");
    errno = 0;
    file_.reset(std::fopen(path.string().c_str(), "rb"));
    if (!file_) refuse(path, "a readable parameter file", last_error().message());
    size_ = fs::file_size(path, failed);
    if (failed) refuse(path, "a readable parameter file", failed.message());
    if (size_ == 0) refuse(path, "a parameter file", "an empty file");
  }

  std::uintmax_t size() const { return size_; }
  std::uintmax_t left() const { return size_ - read_; }
  const crc32& checksum() const { return checksum_; }

  void read(std::span<unsigned char> bytes) {
    errno = 0;
    const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), file_.get());
    if (count != bytes.size())
      refuse(path_, std::to_string(size_) + " bytes",
             std::ferror(file_.get()) != 0 ? last_error().message()
                                           : "only " + std::to_string(read_ + count) + ": it became shorter");
    read_ += count;
    checksum_.add(bytes);
  }

  /// The next line with its newline; without one at the end of the file, or if the line is longer than
  /// `limit`.
  std::string line(std::size_t limit) {
    std::string text;
    while (left() > 0 && text.size() < limit && !text.ends_with('\n')) {
      unsigned char byte = 0;
      read({&byte, 1});
      text += static_cast<char>(byte);
    }
    return text;
  }

  /// Reads what is left; whether the last four bytes are the checksum of all others.
  bool ends_well() {
    if (left() < checksum_bytes) return false;
    std::array<unsigned char, 4096> bytes;
    while (left() > checksum_bytes)
      read({bytes.data(),
            static_cast<std::size_t>(std::min<std::uintmax_t>(bytes.size(), left() - checksum_bytes))});
    const auto computed = checksum_.bytes();
    std::array<unsigned char, checksum_bytes> stored;
    read(stored);
    return stored == computed;
  }
};

}  // namespace file_detail

}  // namespace leibniz::nn

#endif
