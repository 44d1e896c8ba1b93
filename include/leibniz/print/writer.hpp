#pragma once
#include <leibniz/core/growing.hpp>
#include <leibniz/core/text_view.hpp>

namespace leibniz::print {

/// Characters in a row: what the printers write to, in constant evaluation and at run time.
class writer {
 public:
  constexpr void append(char c) { characters_.push(c); }
  constexpr void append(text_view s) {
    for (const char c : s) characters_.push(c);
  }
  constexpr void append(const char* s) {
    for (; *s != 0; ++s) characters_.push(*s);
  }
  constexpr void append(long long n) {
    char digits[20]{};
    int count = 0;
    unsigned long long rest = n < 0 ? 0ULL - static_cast<unsigned long long>(n) : static_cast<unsigned long long>(n);
    do digits[count++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (n < 0) append('-');
    while (count > 0) append(digits[--count]);
  }
  constexpr void append(int n) { append(static_cast<long long>(n)); }
  constexpr void append(long n) { append(static_cast<long long>(n)); }

  constexpr int size() const { return characters_.size(); }
  constexpr char operator[](int i) const { return characters_[i]; }
  /// Valid until the next append.
  constexpr text_view view() const {
    if (characters_.size() == 0) return {};
    return {&characters_[0], static_cast<std::size_t>(characters_.size())};
  }

 private:
  growing<char> characters_;
};

}  // namespace leibniz::print
