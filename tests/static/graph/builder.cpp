// Hash-consing: one formula, one node; and errors that the graph carries.
#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using graph::builder;
namespace ops = leibniz::ops;

static_assert([] {
  builder g;
  const int a = g.variable("a", nullptr, {}), b = g.variable("b", nullptr, {});
  const int sum = g.intern(ops::index_of<ops::add_>, a, b, graph::none, 0, {}, true);
  if (g.intern(ops::index_of<ops::add_>, b, a, graph::none, 0, {}, true) != sum) return false;  // commutative
  const int quotient = g.intern(ops::index_of<ops::div_>, a, b, graph::none, 0, {});
  if (g.intern(ops::index_of<ops::div_>, b, a, graph::none, 0, {}) == quotient) return false;
  if (g.intern(ops::index_of<ops::div_>, a, b, graph::none, 0, {}) != quotient) return false;
  return g.variable("a", nullptr, {}) == a && g.variable_count() == 2 && g.variable_at(1).name == "b" && g.size() == 5;
}());

// Constants of every size are exact; shapes tell them apart.
static_assert([] {
  builder g;
  for (const rational c : {rational{0, 1}, rational{-1, 3}, rational{INT64_MAX, INT64_MAX - 1}, rational{-INT64_MAX, std::int64_t{1} << 40}}) {
    const int node = g.constant(c, {});
    if (!g.is_constant(node) || !(g.constant_at(node) == c) || g.constant(c, {}) != node) return false;
    if (g.constant(c, make_shape(2)) == node) return false;
  }
  return true;
}());

// It grows beyond its first table and still finds everything.
static_assert([] {
  builder g;
  int made[600]{};
  for (int i = 0; i < 600; ++i) made[i] = g.constant({i, 7}, {});
  for (int i = 0; i < 600; ++i)
    if (g.constant({i, 7}, {}) != made[i]) return false;
  return g.size() == 600;
}());

constexpr char one = 0, other = 0;

static_assert([] {
  builder g;
  g.variable("x", &one, {});
  g.variable("x", &one, {});
  if (g.error != failure::none) return false;
  g.variable("x", &other, make_shape(2));
  return g.error == failure::two_shapes_for_one_variable && g.culprit == "x";
}());
static_assert([] {
  builder g;
  const int x = g.variable("x", &one, {});
  const int z = g.let("z", &one, x);
  if (g.let("z", &one, x) != z || g.error != failure::none || g.let_at(0).name != "z") return false;
  g.let("z", &other, x);
  return g.error == failure::two_formulas_for_one_let;
}());
static_assert([] {  // the first error is the one that is told
  builder g;
  g.intern(ops::index_of<ops::sqrt_>, 0, graph::none, graph::none, 0, make_shape(2, 2, 2, 2) + make_shape(2));
  g.fail(failure::not_a_target, "late");
  return g.error == failure::rank_above_four && g.culprit.empty();
}());

static_assert([] {  // a denominator is no operand
  builder g;
  const int x = g.variable("x", &one, {}), y = g.variable("y", &other, {}), third = g.constant({1, 3}, {});
  const int product = g.intern(ops::index_of<ops::mul_>, third, y, graph::none, 0, {});
  growing<char> needed(g.size());
  graph::mark_needed(g, &product, 1, needed);
  return needed[product] == 1 && needed[y] == 1 && needed[third] == 1 && needed[x] == 0;
}());

}  // namespace
