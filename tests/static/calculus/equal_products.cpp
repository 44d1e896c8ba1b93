// Products of the same scalars are one value.
#include <leibniz/calculus/equal_products.hpp>

#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using page::holds;
using page::sheet;

/// Whether a and b are one in a graph with these results.
constexpr bool same(sheet& s, handle a, handle b) {
  const int roots[] = {a.id(), b.id()};
  const graph::equal_products one(s.g, roots, 2);
  return one[a.id()] == one[b.id()];
}

static_assert(holds([](sheet& s) { return same(s, (s.x * s.y) * s.z, s.x * (s.z * s.y)); }));
static_assert(holds([](sheet& s) { return !same(s, (s.x * s.y) * s.z, (s.x * s.y) * exp(s.z)); }));
static_assert(holds([](sheet& s) { return !same(s, (s.x * s.y) * s.z, s.x * s.y); }));
// And what is made of them.
static_assert(holds([](sheet& s) { return same(s, sin((s.x * s.y) * s.z) / s.x, sin(s.x * (s.z * s.y)) / s.x); }));
static_assert(holds([](sheet& s) { return same(s, s.z + exp((s.x * s.y) * s.z), exp(s.y * (s.x * s.z)) + s.z); }));
// Numbers are factors.
static_assert(holds([](sheet& s) { return same(s, 2 * (s.x * (s.y * s.z)), 2 * ((s.x * s.y) * s.z)) && !same(s, 2 * ((s.x * s.y) * s.z), 3 * (s.x * (s.y * s.z))); }));
// Elements of tensors are not examined: their products are loops.
static_assert(holds([](sheet& s) { return !same(s, (s.x * s.u) * exp(s.u), s.x * (s.u * exp(s.u))); }));
// A product that no result needs is no reason to compute it.
static_assert(holds([](sheet& s) {
  const handle unused = (s.x * s.y) * s.z, first = s.x * (s.y * s.z);
  const int roots[] = {first.id()};
  return graph::equal_products(s.g, roots, 1)[first.id()] == first.id() && unused.valid();
}));

}  // namespace
