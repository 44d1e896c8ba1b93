#pragma once
#include <leibniz/ops/operation.hpp>

namespace leibniz::ops {

/// A number that is no fraction: π or e.
struct symbol_ {
  static constexpr int arity = 0;
  static constexpr bool is_elementwise = false;
  static constexpr bool commutative = false;
  static constexpr notation style = notation::call;
  static constexpr int cost = 0;
  static constexpr bool from_zero = true;
  static constexpr bool above_zero = true;
  static constexpr const char* name = "symbol";
  static constexpr const char* latex = "";
  static constexpr int pi = 0, e = 1;
  static constexpr const char* names[] = {"pi", "E"};
  static constexpr const char* latex_names[] = {"\\pi", "e"};
  template <class T>
  static constexpr T value(long long which) {
    return which == pi ? static_cast<T>(3.14159265358979323846264338327950288L)
                       : static_cast<T>(2.71828182845904523536028747135266250L);
  }
};

}  // namespace leibniz::ops
