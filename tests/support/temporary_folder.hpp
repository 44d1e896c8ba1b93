#pragma once

// A folder of its own for every test case, and the small jobs that tests of files need.

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace support {

/// A new, empty folder, removed with all that is in it.
class temporary_folder {
 public:
  temporary_folder() {
    static std::atomic<int> counter = 0;
#if defined(__unix__) || defined(__APPLE__)
    const std::string process = std::to_string(::getpid());
#else
    const std::string process = "0";
#endif
    path_ = std::filesystem::temp_directory_path() /
            ("leibniz-test-" + process + "-" + std::to_string(counter++));
    if (!std::filesystem::create_directory(path_)) throw std::runtime_error("exists: " + path_.string());
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  /// How many files there are.
  std::size_t size() const {
    std::size_t count = 0;
    for (auto entry = std::filesystem::directory_iterator(path_);
         entry != std::filesystem::directory_iterator(); ++entry)
      ++count;
    return count;
  }

 private:
  std::filesystem::path path_;
};

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void overwrite(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
}

/// The message of the exception of type `Error` that `action` throws; "nothing thrown" if it does not throw.
template <class Error, class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) { return error.what(); }
  return "nothing thrown";
}

/// Whether `text` contains every one of `words`.
template <class... Words>
bool mentions(std::string_view text, const Words&... words) {
  return (... && (text.find(words) != std::string_view::npos));
}

}  // namespace support
