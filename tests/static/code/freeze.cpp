#include <leibniz/code/freeze.hpp>
#include <leibniz/calculus/lower.hpp>

namespace lz = leibniz;

constexpr char identity = 0;

// An intermediate is seen through, and what no output needs is gone.
struct small {
  static constexpr int output_count = 2;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle unused{&g, g.variable("unused", &identity, {})}, x{&g, g.variable("x", &identity, {})};
    (void)sin(unused);
    const lz::handle z{&g, g.let("z", &identity, exp(x).id())};
    roots[0] = (z * x).id();
    roots[1] = z.id();
  }
};
using frozen = lz::code::frozen<small>;
static_assert(frozen::graph.node_count == 3 && frozen::graph.name_count == 1 && frozen::graph.names[0] == "x");
static_assert(frozen::graph.at[frozen::graph.roots[1]].op == lz::ops::index_of<lz::ops::exp_>);
static_assert(frozen::graph.at[frozen::graph.roots[0]].op == lz::ops::index_of<lz::ops::mul_>);
static_assert(frozen::error == lz::failure::none);

// More nodes than the first attempt holds.
struct large {
  static constexpr int output_count = 1;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    lz::handle x{&g, g.variable("x", &identity, {})};
    for (int i = 0; i < 400; ++i) x = sin(x);
    roots[0] = x.id();
  }
};
static_assert(lz::code::frozen<large>::graph.node_count == 401 && lz::code::frozen<large>::graph.roots[0] == 400);

// What is wrong with a graph is carried out of the evaluation.
struct wrong {
  static constexpr int output_count = 1;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    g.fail(lz::failure::rank_above_four, "x");
    roots[0] = g.variable("x", &identity, {});
  }
};
static_assert(lz::code::frozen<wrong>::error == lz::failure::rank_above_four);

// -2x is the opposite of 2x, where that is there.
struct opposites {
  static constexpr int output_count = 2;
  static constexpr void build(lz::graph::builder& g, int* roots) {
    const lz::handle x = exp(lz::handle{&g, g.variable("x", &identity, {})}), minus_one = x.number(-1);
    roots[0] = (2 * x).id();
    roots[1] = (cos(-2 * x * minus_one) + -2 * x).id();
  }
};
template <class Graph>
constexpr int multiplications_of(const Graph& g) {
  int result = 0;
  for (int i = 0; i < g.node_count; ++i)
    result += g.at[i].op == lz::ops::index_of<lz::ops::mul_> && !(g.at[g.at[i].a].op == lz::ops::index_of<lz::ops::constant_> && g.at[g.at[i].a].number().is(-1));
  return result;
}
static_assert(multiplications_of(lz::code::frozen<opposites>::graph) == 1);
