#pragma once

namespace leibniz {

/// A value for a variable, made by `w = 0.3`. Lvalues are referred to, never copied; temporaries are held.
template <class Variable, class Value>
struct binding {
  Value value;
};

}  // namespace leibniz
