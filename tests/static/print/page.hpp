// What the pages of print share: formulas made by hand, and what is printed of them.
#pragma once

#include <string_view>

#include <leibniz/calculus/reverse.hpp>

namespace page {

using leibniz::handle;
using leibniz::make_shape;
using leibniz::rational;
using leibniz::ops::labels;

template <class... L>
constexpr labels on(L... label) {
  labels l;
  (l.append(label), ...);
  return l;
}

// Scalars and tensors by name; x, y, z are scalars, a and b have 3 elements, v has 4, W is 3 x 4, S is 3 x 3.
struct names {
  leibniz::graph::builder& g;
  template <class... N>
  constexpr handle variable(std::string_view name, N... extents) const {
    return {&g, g.variable(name, &g, make_shape(extents...))};
  }
  constexpr handle let(std::string_view name, handle body) const { return {&g, g.let(name, &g, body.id())}; }
  constexpr handle number(std::int64_t p, std::int64_t q = 1) const { return {&g, g.constant(leibniz::make_rational(p, q), {})}; }
  handle x = variable("x"), y = variable("y"), z = variable("z");
  handle a = variable("a", 3), b = variable("b", 3), v = variable("v", 4);
  handle W = variable("W", 3, 4), S = variable("S", 3, 3);
};

constexpr handle times(handle matrix, handle vector) { return contract(matrix, on(1, 2), vector, on(2), on(1)); }
constexpr handle transposed_times(handle matrix, handle vector) { return contract(matrix, on(1, 2), vector, on(1), on(2)); }
constexpr handle dot(handle a, handle b) { return contract(a, on(1), b, on(1), on()); }
constexpr handle outer(handle a, handle b) { return contract(a, on(1), b, on(2), on(1, 2)); }
constexpr handle total(handle a) { return rearrange(a, leibniz::ops::label_range(1, a.extents().rank), on(), {}); }

}  // namespace page
