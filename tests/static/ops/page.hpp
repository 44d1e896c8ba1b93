// A graph in constant evaluation, for the pages of ops, graph and calculus.
#pragma once

#include <leibniz/calculus/reverse.hpp>
#include <string_view>

namespace page {

using leibniz::handle;
using leibniz::make_shape;
using leibniz::rational;
using leibniz::graph::builder;
using leibniz::ops::index_of;
using leibniz::ops::labels;

template <class... L>
constexpr labels on(L... label) {
  labels l;
  (l.append(label), ...);
  return l;
}

/// Three scalars, two vectors and two matrices.
struct sheet {
  builder g;
  constexpr handle variable(std::string_view name, const leibniz::shape& s = {}) { return {&g, g.variable(name, nullptr, s)}; }
  handle x = variable("x"), y = variable("y"), z = variable("z"), u = variable("u", make_shape(3)), v = variable("v", make_shape(3));
  handle A = variable("A", make_shape(2, 3)), S = variable("S", make_shape(3, 3));

  constexpr handle number(std::int64_t p, std::int64_t q = 1) const { return x.number(rational{p, q}); }
  constexpr handle diff(handle f, handle by) {
    leibniz::growing<int> adjoints;
    leibniz::graph::reverse_sweep(g, f.id(), adjoints);
    const int found = by.id() <= f.id() ? adjoints[by.id()] : leibniz::graph::none;
    const leibniz::shape extents = f.extents() + by.extents();
    return found == leibniz::graph::none ? number(0).filled(extents) : handle{&g, found}.filled(extents);
  }
};

/// Evaluates a test on a fresh sheet.
template <class Test>
constexpr bool holds(Test test) {
  sheet s;
  return test(s) && s.g.error == leibniz::failure::none;
}

}  // namespace page
