#pragma once
#include <cstddef>

#include <leibniz/core/text_view.hpp>

namespace leibniz {

/// A string that can be a template argument: the name of a variable or of an intermediate.
template <std::size_t N>
struct fixed_string {
  char text[N]{};

  constexpr fixed_string(const char (&literal)[N]) {
    for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
  constexpr text_view view() const { return {text, N - 1}; }
};

}  // namespace leibniz
