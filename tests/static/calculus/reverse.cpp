// The sweep: one pass serves every derivative, and shared sub-formulas are visited once.
#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using page::holds;
using page::sheet;

static_assert(holds([](sheet& s) { return s.diff(s.x * s.y, s.x) == s.y && s.diff(s.x, s.x).is_number(1) && s.diff(s.x, s.y).is_number(0); }));
static_assert(holds([](sheet& s) { return s.diff(sin(s.x), s.x) == cos(s.x) && s.diff(cube(s.x), s.x) == 3 * square(s.x); }));
static_assert(holds([](sheet& s) { return s.diff(s.x + square(s.x), s.x) == 1 + 2 * s.x; }));  // the sum over the paths
static_assert(holds([](sheet& s) { return s.diff(s.number(3), s.x).is_number(0); }));

// One sweep, all derivatives; nodes that no variable reaches have none.
static_assert(holds([](sheet& s) {
  const handle constant_part = exp(s.number(2)), f = s.x * s.y + constant_part;
  growing<int> adjoints;
  graph::reverse_sweep(s.g, f.id(), adjoints);
  return adjoints.size() == f.id() + 1 && adjoints[s.x.id()] == s.y.id() && adjoints[s.y.id()] == s.x.id() &&
         adjoints[s.u.id()] == graph::none && handle{&s.g, adjoints[f.id()]}.is_number(1);
}));

// A chain of n products doubles nothing: the graph of the derivative grows in proportion to the formula.
static_assert([] {
  sheet s;
  handle f = s.x;
  for (int i = 0; i < 40; ++i) f = sin(f);
  const int before = s.g.size();
  s.diff(f, s.x);
  return s.g.size() - before <= 3 * 40;
}());

// Scalars that were broadcast collect what their copies get.
static_assert(holds([](sheet& s) { return s.diff(ops::sum_::expand(s.x * s.u), s.x) == ops::sum_::expand(s.u); }));
static_assert(holds([](sheet& s) { return s.diff(s.x * s.u, s.x) == s.u && s.diff(s.x * s.u, s.u).extents() == make_shape(3, 3); }));

// Adjoints stop at a rank of four, as an error that the graph carries.
static_assert([] {
  sheet s;
  s.diff(s.variable("T", make_shape(2, 2, 2)) * 2, s.x);
  return s.g.error == failure::rank_above_four;
}());

}  // namespace
