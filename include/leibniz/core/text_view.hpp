#pragma once
#include <cstddef>
#include <type_traits>

namespace leibniz {

namespace detail {
/// std::string_view and std::string, without their headers: characters and their number, with traits.
template <class S>
concept standard_string = requires { typename S::traits_type; } && std::is_constructible_v<S, const char*, std::size_t>;
}  // namespace detail

/// Characters in a row, kept elsewhere: what `text` and `latex` return lives as long as the program. It converts to
/// std::string_view, and compares and prints as that does; its header costs clang a seventh of all that this library includes.
class text_view {
 public:
  using value_type = char;
  using size_type = std::size_t;
  using const_iterator = const char*;

  constexpr text_view() = default;
  constexpr text_view(const char* characters, std::size_t size) : data_(characters), size_(size) {}
  constexpr text_view(const char* terminated) : data_(terminated) {
    while (terminated[size_] != 0) ++size_;
  }
  template <class S> requires detail::standard_string<S>
  constexpr text_view(const S& standard) : data_(standard.data()), size_(standard.size()) {}
  template <class S> requires detail::standard_string<S>
  constexpr operator S() const { return S(data_, size_); }

  constexpr const char* data() const { return data_; }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr const char* begin() const { return data_; }
  constexpr const char* end() const { return data_ + size_; }
  constexpr char operator[](std::size_t i) const { return data_[i]; }
  constexpr char front() const { return data_[0]; }
  constexpr char back() const { return data_[size_ - 1]; }
  constexpr bool starts_with(text_view beginning) const { return size_ >= beginning.size_ && substr(0, beginning.size_) == beginning; }
  /// The characters from `first` on, at most `most` of them.
  constexpr text_view substr(std::size_t first, std::size_t most = static_cast<std::size_t>(-1)) const {
    const std::size_t rest = size_ - first;
    return {data_ + first, most < rest ? most : rest};
  }

  friend constexpr bool operator==(text_view a, text_view b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (a.data_[i] != b.data_[i]) return false;
    return true;
  }
  template <class S> requires detail::standard_string<S>
  friend constexpr bool operator==(text_view a, const S& b) { return a == text_view(b.data(), b.size()); }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

template <class Stream> requires requires(Stream& out, const char* p, std::ptrdiff_t n) { typename Stream::traits_type; out.write(p, n); }
Stream& operator<<(Stream& out, text_view text) {
  out.write(text.data(), static_cast<std::ptrdiff_t>(text.size()));
  return out;
}

}  // namespace leibniz
