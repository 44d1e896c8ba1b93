// What is recognised in a graph.

#include <leibniz/print/structure.hpp>

#include "page.hpp"

namespace {

using namespace page;
namespace print = leibniz::print;
using print::contraction;
using print::rearrangement;

constexpr bool holds(auto property) {
  leibniz::graph::builder g;
  return property(names{g});
}

// Fractions: the number, what stands above and what below.
static_assert(holds([](names n) {
  print::fraction parts;
  print::collect_factors(n.g, (-2 * n.x * n.z / (3 * n.y)).id(), parts);
  return parts.coefficient.is(-2, 3) && parts.above.size() == 2 && parts.below.size() == 1 && parts.below[0] == n.y.id();
}));
static_assert(holds([](names n) {
  leibniz::growing<int> terms;
  print::collect_terms(n.g, (n.x - (n.y - 3)).id(), terms);
  return terms.size() == 2 && terms[0] == n.x.id() && print::is_negative(n.g, terms[1]);
}));
static_assert(holds([](names n) { return print::is_negative(n.g, (-n.x / n.y).id()); }));
static_assert(holds([](names n) { return !print::is_negative(n.g, (1 - n.x).id()); }));

// Contractions by name.
static_assert(holds([](names n) { return print::recognise(n.g, times(n.W, n.v).id()).what == contraction::matrix_product; }));
static_assert(holds([](names n) { return print::recognise(n.g, transposed_times(n.W, n.a).id()).left_transposed; }));
static_assert(holds([](names n) { return !print::recognise(n.g, times(n.W, n.v).id()).left_transposed; }));
static_assert(holds([](names n) { return print::recognise(n.g, dot(n.a, n.b).id()).what == contraction::dot; }));
static_assert(holds([](names n) {
  const contraction c = print::recognise(n.g, contract(n.a, on(2), n.v, on(1), on(1, 2)).id());
  return c.what == contraction::outer && c.left == n.v.id() && c.right == n.a.id();
}));
static_assert(holds([](names n) {
  const contraction c = print::recognise(n.g, contract(n.S, on(1, 2), n.W, on(1, 3), on(3, 2)).id());
  return c.what == contraction::matrix_product && c.left == n.W.id() && c.left_transposed && !c.right_transposed;
}));
static_assert(holds([](names n) {
  const contraction c = print::recognise(n.g, contract(n.a, on(1), n.S, on(1, 2), on(1, 2)).id());
  return c.what == contraction::matrix_product && c.left == n.a.id() && c.left_diagonal && !c.right_diagonal;
}));
static_assert(holds([](names n) {
  const contraction c = print::recognise(n.g, contract(n.a, on(2), n.S, on(1, 2), on(2, 1)).id());
  return c.left == n.a.id() && c.left_diagonal && c.right_transposed;
}));
static_assert(holds([](names n) {
  return print::recognise(n.g, contract(n.S, on(1, 2), n.S, on(1, 2), on(1)).id()).what == contraction::general;
}));

// Rearrangements by name.
constexpr rearrangement::kind kind_of(names n, handle h) { return print::recognise_rearrangement(n.g, h.id()).what; }
static_assert(holds([](names n) { return kind_of(n, total(n.W)) == rearrangement::total; }));
static_assert(holds([](names n) {
  return kind_of(n, rearrange(n.W, on(1, 2), on(2, 1), make_shape(4, 3))) == rearrangement::transpose;
}));
static_assert(holds([](names n) { return kind_of(n, rearrange(n.a, on(1), on(1, 1), make_shape(3, 3))) == rearrangement::diagonal; }));
static_assert(holds([](names n) {
  const rearrangement r = print::recognise_rearrangement(n.g, rearrange(n.W, on(1, 2), on(2), make_shape(4)).id());
  return r.what == rearrangement::sum && r.axis == 0;
}));
static_assert(holds([](names n) { return kind_of(n, rearrange(n.a, on(1), on(1, 2), make_shape(3, 2))) == rearrangement::general; }));

// What shows its shape and what does not.
static_assert(holds([](names n) { return print::is_shapeless(n.g, sin(n.x.filled(make_shape(3))).id()); }));
static_assert(holds([](names n) { return !print::is_shapeless(n.g, (n.x + n.a).id()); }));

}  // namespace
