// Where several scalars are differentiated, what has a single source takes a short cut. The derivatives stay those of the plain
// sweep and of central differences, also where there is no derivative. The judge is tests/support/graph_value.hpp, in long double.
#define BOOST_TEST_MODULE single_source
#include "boost_test.hpp"
#include "graph_value.hpp"

#include <algorithm>
#include <leibniz/calculus/reverse.hpp>

namespace lz = leibniz;
namespace ops = leibniz::ops;
using namespace reference;
using leibniz::graph::construct_elementwise;
using leibniz::growing;

namespace {

/// The derivative of f by x in a graph that differentiates so many scalars.
handle derivative(handle f, handle x, int sweeps) {
  growing<int> adjoints;
  lz::graph::reverse_sweep(*f.owner(), f.id(), adjoints, sweeps);
  const int found = x.id() <= f.id() ? adjoints[x.id()] : lz::graph::none;
  return found == lz::graph::none ? f.number(0) : handle{f.owner(), found};
}

/// A pool of random formulas of two variables, many of them of one formula alone.
struct formulas {
  page p;
  handle x, y;
  std::vector<handle> pool;

  explicit formulas(random_numbers& random) {
    x = p.variable("x", 0.5L);
    y = p.variable("y", 0.75L);
    pool = {x, y, x * y + x};
    const auto any = [&] { return pool[static_cast<std::size_t>(random.below(static_cast<int>(pool.size())))]; };
    const auto late = [&] { return pool[pool.size() - 1 - static_cast<std::size_t>(random.below(std::min<int>(4, static_cast<int>(pool.size()))))]; };
    while (pool.size() < 16) {
      const int op = random.below(ops::row_count);
      const row_facts& row = facts[static_cast<std::size_t>(op)];
      if (!row.elementwise || row.arity == 0 || row.name == "let") continue;
      handle operand[3] = {late(), row.arity > 1 ? any() : handle{}, row.arity > 2 ? any() : handle{}};
      if (row.name == "select") operand[0] = construct_elementwise(ops::index_of<ops::less_>, operand[0], operand[1], {});
      if (row.name == "pow") operand[1] = x.number(1 + random.below(4));
      if (random.below(4) == 0) operand[0] = operand[0].scaled({1 + random.below(3), 1 + random.below(4)});
      pool.push_back(construct_elementwise(op, operand[0], operand[1], operand[2]));
    }
  }
  /// Whether everything inside a formula is finite at the bound point.
  bool finite_inside(handle h) const {
    evaluation value(p.g, p.bound);
    std::vector<bool> inside(static_cast<std::size_t>(h.id()) + 1);
    inside.back() = true;
    for (int i = h.id(); i >= 0; --i) {
      if (!inside[static_cast<std::size_t>(i)]) continue;
      if (!std::isfinite(value(i)[0])) return false;
      if (p.g.is_constant(i)) continue;
      const lz::graph::node n = p.g.at(i);
      for (const int operand : {n.a, n.b, n.c})
        if (operand >= 0) inside[static_cast<std::size_t>(operand)] = true;
    }
    return true;
  }
  /// Whether `got` is the value of h up to rounding: four times with every rounding 2^24 times larger, h says how far that may be.
  bool is_value(real got, handle h) const {
    const real wanted = p.all(h)[0], off = std::fabs(got - wanted), bound = 1e-15L * (1 + std::fabs(wanted));
    real spread = 0;
    for (std::uint64_t trial = 1; trial <= 4 && !(off <= bound); ++trial)
      spread = std::fmax(spread, std::fabs(evaluation(p.g, p.bound, 0x1p-40L, trial)(h)[0] - wanted));
    return off <= bound + 0x1p-16L * spread;
  }
  void bind(real at_x, real at_y) {
    p.bound[0] = {at_x};
    p.bound[1] = {at_y};
  }
};

/// Every derivative of the formulas of 600 pools, by the plain sweep and by the mixed one.
template <class Visit>
void every_derivative(Visit visit) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    random_numbers random(seed);
    formulas f(random);
    for (const handle root : f.pool)
      for (const handle by : {f.x, f.y}) visit(seed, random, f, root, by, derivative(root, by, 1), derivative(root, by, 3));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(random_formulas) {
  int checked = 0, changed = 0, failures = 0;
  every_derivative([&](std::uint64_t seed, random_numbers& random, formulas& f, handle root, handle by, handle plain, handle mixed) {
    changed += plain == mixed ? 0 : 1;
    for (int point = 0; point < 3; ++point) {
      f.bind(random.between(0.2L, 1.4L), random.between(0.2L, 1.4L));
      real doubt = 0;
      const values numeric = differences(f.p.g, f.p.bound, root, by, 1e-4L, &doubt);
      const real wanted = f.p.all(plain)[0], got = f.p.all(mixed)[0];
      if (!std::isfinite(wanted) || !f.finite_inside(root)) continue;
      const bool right = f.is_value(got, plain) && (!(doubt < 1e-10L) || std::fabs(got - numeric[0]) <= 1e-8L * (1 + std::fabs(got)));
      ++checked;
      if (!right && ++failures < 12) BOOST_TEST_MESSAGE("seed " << seed << ": " << got << " for " << wanted << " and " << numeric[0]);
    }
  });
  BOOST_TEST(failures == 0);
  BOOST_TEST(checked > 10000);
  BOOST_TEST(changed > 500);
}

BOOST_AUTO_TEST_CASE(singular_points) {
  // Where the formula is finite throughout and the plain sweep has a number, the mixed one has the same.
  int checked = 0, failures = 0;
  every_derivative([&](std::uint64_t seed, random_numbers&, formulas& f, handle root, handle, handle plain, handle mixed) {
    if (plain == mixed) return;
    for (const real a : {0.0L, 1.0L, -1.0L, 1e30L, -1e-30L, infinity}) {
      for (const real b : {0.0L, 1.0L, -2.0L, infinity}) {
        f.bind(a, b);
        const real wanted = f.p.all(plain)[0], got = f.p.all(mixed)[0];
        if (!std::isfinite(wanted) || !f.finite_inside(root)) continue;
        ++checked;
        if (!f.is_value(got, plain) && ++failures < 12)
          BOOST_TEST_MESSAGE("seed " << seed << " at " << a << ", " << b << ": " << got << " for " << wanted);
      }
    }
  });
  BOOST_TEST(failures == 0);
  BOOST_TEST(checked > 3000);
}
