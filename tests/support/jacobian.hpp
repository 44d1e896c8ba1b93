// A Jacobian by both sweeps and by central differences. The judge is graph_value.hpp, in long double.
#pragma once

#include <leibniz/calculus/forward.hpp>
#include <leibniz/leibniz.hpp>

#include "boost_test.hpp"
#include "graph_value.hpp"

namespace reference {

/// One formula in one graph, its derivative made in both directions and as the library chooses.
struct jacobian {
  builder g;
  std::vector<values> bound;
  handle f, x, forward, reverse, chosen;

  template <class F, class X>
  jacobian(F formula, X by) {
    leibniz::graph::lowering lower(g, false);
    f = lower(formula);
    x = lower(by);
    reverse = reference::diff(f, x);
    forward = leibniz::graph::forward_sweep(g, x.id())(f.id(), [&](handle scalar) { return reference::diff(scalar, x); });
    chosen = lower(leibniz::diff(formula, by));
    random_numbers random(7);
    for (int i = 0; i < g.variable_count(); ++i) {
      values& value = bound.emplace_back(static_cast<std::size_t>(g.shape_at(g.variable_at(i).node).size()));
      for (real& element : value) element = random.between(0.2L, 1.3L);
    }
  }
  values& at_x() { return bound.at(static_cast<std::size_t>(x.data())); }
  values all(handle h) const { return evaluation(g, bound)(h); }
  values differences() {
    constexpr real h = 1e-6L;
    const auto rows = static_cast<std::size_t>(f.extents().size()), columns = at_x().size();
    values result(rows * columns);
    for (std::size_t k = 0; k < columns; ++k) {
      const real middle = at_x()[k];
      at_x()[k] = middle + h;
      const values above = all(f);
      at_x()[k] = middle - h;
      const values below = all(f);
      at_x()[k] = middle;
      for (std::size_t i = 0; i < rows; ++i) result[i * columns + k] = (above[i] - below[i]) / (2 * h);
    }
    return result;
  }
};

inline void check_close(const values& got, const values& wanted, real tolerance) {
  BOOST_REQUIRE_EQUAL(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const bool close = std::fabs(got[i] - wanted[i]) <= tolerance * std::fmax(1.0L, std::fabs(wanted[i]));
    BOOST_TEST(close, "element " << i << ": " << got[i] << " for " << wanted[i]);
  }
}

/// Every element of the derivative in both directions, exactly: by has the value `at`, all other elements are
/// `others`.
template <class F, class X>
void check_exactly(F formula, X by, real others, const values& at, const values& wanted) {
  jacobian j(formula, by);
  for (values& value : j.bound) value.assign(value.size(), others);
  j.at_x() = at;
  const auto holds = [&](const char* sweep, handle made) {
    const values got = j.all(made);
    BOOST_REQUIRE_EQUAL(got.size(), wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      BOOST_TEST((got[i] == wanted[i]), sweep << " element " << i << ": " << got[i] << " for " << wanted[i]);
  };
  holds("reverse", j.reverse);
  holds("chosen", j.chosen);
  if (j.f.extents().rank > 0) {
    BOOST_TEST_REQUIRE(j.forward.valid());
    holds("forward", j.forward);
  }
}

}  // namespace reference
