// What was not chosen does not show in a derivative, be it undefined or infinitely steep, wherever the choice
// is made. The judge is differences of the value, which knows only the chosen side.
#define BOOST_TEST_MODULE chosen
#include "boost_test.hpp"

#include "jacobian.hpp"

namespace lz = leibniz;
using namespace leibniz::literals;
using reference::check_close;
using reference::jacobian;
using reference::real;
using reference::values;

namespace {

constexpr auto s = lz::variable<"s">;
constexpr auto v = lz::variable<"v", 2>;
constexpr auto u = lz::variable<"u", 2>;
constexpr auto w = lz::variable<"w", 3>;
constexpr auto A = lz::variable<"A", 2, 2>;
constexpr auto B = lz::variable<"B", 3, 2>;

/// The derivative by every variable, by both sweeps and as the library chooses, where v, u, w and the others
/// are what they are below.
template <class F, class... X>
void check(const char* what, F formula, X... by) {
  const auto one = [&](auto x, std::string_view name) {
    BOOST_TEST_CONTEXT(what << " by " << name) {
      jacobian j(formula, x);
      BOOST_TEST((j.g.error == lz::failure::none));
      for (int i = 0; i < j.g.variable_count(); ++i) {
        const std::string_view variable = j.g.variable_at(i).name;
        values& at = j.bound.at(static_cast<std::size_t>(i));
        if (variable == "v") at = {-1, 2};
        if (variable == "u") at = {0.5L, 3};
        if (variable == "w") at = {4, -2, 0.25L};
        if (variable == "s") at = {-0.5L};
      }
      const values wanted = j.differences();
      for (const real element : wanted) BOOST_TEST_REQUIRE(std::isfinite(element));
      check_close(j.all(j.reverse), wanted, 1e-9L);
      check_close(j.all(j.chosen), wanted, 1e-9L);
      if (j.f.extents().rank > 0 && j.forward.valid()) check_close(j.all(j.forward), wanted, 1e-9L);
    }
  };
  (one(by, X::name.view()), ...);
}

constexpr auto large = lz::outer(v, u) > 2_c;  // where v is negative, nothing is

/// Random formulas of what is not defined everywhere, with choices in between.
class random_formulas {
 public:
  random_formulas(std::uint64_t seed) : random_(seed) {
    for (const int size : {2, 2, 4}) {
      values& at = bound.emplace_back(static_cast<std::size_t>(size));
      for (real& element : at) element = random_.between(-2, 3);
    }
  }
  lz::graph::builder g;
  std::vector<values> bound;
  const lz::handle p{&g, g.variable("p", nullptr, lz::make_shape(2))}, q{&g, g.variable("q", nullptr, lz::make_shape(2))},
      M{&g, g.variable("M", nullptr, lz::make_shape(2, 2))};

  values all(lz::handle h) const { return reference::evaluation(g, bound)(h); }
  lz::handle vector(int depth) {
    if (depth == 0) return random_.below(2) == 0 ? p : q;
    const auto of = [&] { return vector(depth - 1); };
    switch (random_.below(12)) {
      case 0:
        return sqrt(of());
      case 1:
        return log(of());
      case 2:
        return 1 / of();
      case 3:
        return pow(of(), p.number(lz::rational{3, 2}));
      case 4:
        return sin(of());
      case 5:
        return lz::contract(random_.below(2) == 0 ? M : matrix(depth - 1), i + j, of(), j, i);
      case 6:
        return of() * of();
      case 7:
        return of() + of();
      case 8:
        return select(p.number(0) < defined(), of(), of());
      case 9:
        return scalar(depth - 1) * of();
      case 10:
        return lz::rearrange(matrix(depth - 1), i + j, random_.below(2) == 0 ? i : j, p.extents());
      default:
        return lz::softmax(of(), 0);
    }
  }
  lz::handle scalar(int depth) {
    switch (random_.below(4)) {
      case 0:
        return lz::norm(vector(depth), 0);
      case 1:
        return lz::maximum(vector(depth), 0);
      case 2:
        return lz::rearrange(vector(depth), i, {}, {});
      default:
        return lz::rearrange(matrix(depth), i + j, {}, {});
    }
  }

 private:
  reference::random_numbers random_;
  const lz::ops::labels i = lz::ops::label_range(1, 1), j = lz::ops::label_range(2, 1), k = lz::ops::label_range(3, 1);

  lz::handle matrix(int depth) {
    if (depth <= 0) return random_.below(2) == 0 ? M : lz::contract(defined(), i, defined(), j, i + j);
    const auto of = [&] { return matrix(depth - 1); };
    switch (random_.below(8)) {
      case 0:
      case 1:
        return lz::contract(vector(depth - 1), i, vector(depth - 1), j, random_.below(2) == 0 ? i + j : j + i);
      case 2:
        return lz::contract(of(), i + j, of(), j + k, i + k);
      case 3:
        return of() * of();
      case 4:
        return sqrt(of());
      default:
        return select(p.number(0) < matrix(0), of(), of());
    }
  }
  lz::handle defined() { return random_.below(2) == 0 ? vector(0) : lz::contract(M, i + j, vector(0), j, i); }
};

}  // namespace

// Where the value is a number, and smooth, so is the derivative.
BOOST_AUTO_TEST_CASE(of_random_formulas) {
  int judged = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    random_formulas page(seed);
    const bool is_vector = seed % 3 == 0;
    const lz::handle f = is_vector ? page.vector(4) : page.scalar(4);
    bool finite = page.g.error == lz::failure::none;
    for (const real element : page.all(f)) finite = finite && std::isfinite(element);
    for (const lz::handle& x : {page.p, page.q, page.M}) {
      if (!finite) break;
      real doubt = 0;
      const values wanted = reference::differences(page.g, page.bound, f, x, 1e-5L, &doubt);
      if (!(doubt < 1e-8L)) continue;
      ++judged;
      BOOST_TEST_CONTEXT("formula " << seed << " by variable " << x.data()) {
        check_close(page.all(reference::diff(f, x)), wanted, 1e-7L);
        const lz::handle up = lz::graph::forward_sweep(page.g, x.id())(f.id(), [&](lz::handle scalar) { return reference::diff(scalar, x); });
        if (is_vector && up.valid()) check_close(page.all(up.filled(f.extents() + x.extents())), wanted, 1e-7L);
      }
    }
  }
  BOOST_TEST(judged > 3000);
}

BOOST_AUTO_TEST_CASE(outer_products) {
  check("sqrt", lz::sum(lz::select(lz::outer(v, u) > 100_c, lz::outer(lz::sqrt(v), u), lz::outer(v, v))), v, u);
  check("sqrt, some", lz::sum(lz::select(large, lz::outer(lz::sqrt(v), u), lz::outer(v, v))), v, u);
  check("sqrt, turned", lz::sum(lz::select(lz::outer(u, v) > 2_c, lz::outer(u, lz::sqrt(v)), lz::outer(v, v))), v, u);
  check("the other side", lz::sum(lz::select(lz::outer(v, u) <= 2_c, lz::outer(v, v), lz::outer(lz::sqrt(v), u))), v, u);
  check("sin of sqrt", lz::sum(lz::select(large, lz::sin(lz::outer(lz::sin(lz::sqrt(v)), u)), lz::outer(v, u))), v, u);
  check("log", lz::sum(lz::select(large, lz::outer(lz::log(v), u), lz::outer(v, u))), v, u);
  check("pow", lz::sum(lz::select(large, lz::outer(lz::pow(v, 1.5_c), u), lz::outer(v, u))), v, u);
  check("pow of two", lz::sum(lz::select(large, lz::outer(lz::pow(v, s), u), lz::outer(v, u))), v, u, s);
  check("acos", lz::sum(lz::select(lz::outer(u, u) < 1_c, lz::outer(lz::acos(u / 2_c), u), lz::outer(v, u))), v, u);
  check("quotient", lz::sum(lz::select(large, lz::outer(lz::reciprocal(v + 1_c), u), lz::outer(v, u))), v, u);
  check("exp too large", lz::sum(lz::select(large, lz::outer(lz::exp(-20000_c * v), u), lz::outer(v, u))), v, u);
  check("A sqrt(v)", lz::sum(lz::select(lz::outer(u, u) > 100_c, lz::outer(A * lz::sqrt(v), u), lz::outer(v, v))), v, u, A);
  check("a diagonal", lz::select(large, lz::outer(lz::sqrt(v), u), lz::outer(v, v)), v, u);
}

BOOST_AUTO_TEST_CASE(products_of_matrices) {
  constexpr auto M = lz::select(lz::outer(v, u) > 0_c, lz::sqrt(lz::outer(v, u)), A);
  check("of a choice", B * M, v, u, A, B);
  check("chosen by columns", lz::sum(lz::select(lz::outer(w, v) > 0_c, B * A, lz::outer(w, v)) + B * M), v, u, w, A, B);
  check("rows left out", lz::sum(lz::select(lz::outer(w, u) > 0_c, lz::outer(lz::sqrt(w), u) * A, lz::outer(w, u))), w, u, A);
  check("columns left out", lz::sum(lz::select(lz::outer(lz::square(w), v) > 0_c, B * lz::sqrt(lz::outer(u, v)), lz::outer(w, v))), v, u, w);
}

BOOST_AUTO_TEST_CASE(several_choices) {
  check("two", lz::sum(lz::select(large, lz::outer(lz::sqrt(v), u), lz::outer(v, v)) + lz::select(large, lz::outer(lz::log(v), v), A)), v, u, A);
  check("two conditions",
        lz::sum(lz::select(large, lz::outer(lz::sqrt(v), u), lz::outer(v, v)) + lz::select(lz::outer(v, v) > 3_c, lz::outer(lz::sqrt(v), v), A)), v,
        u, A);
  check("of one factor", lz::sum(lz::select(large, lz::outer(lz::sqrt(v), u), A) * lz::select(large, lz::outer(lz::sqrt(v), v), A)), v, u, A);
  check("one in the other", lz::sum(lz::select(large, lz::select(lz::outer(v, v) > 3_c, lz::outer(lz::log(v), v), lz::outer(lz::sqrt(v), u)), A)), v,
        u, A);
  check("a scalar's", lz::sum(lz::select(w > 0_c, lz::sqrt(w), lz::outer(w, w) * w)) * s, w, s);
  check("none of a scalar's", lz::sum(lz::select(w > 10_c, lz::sqrt(s) * w, lz::log(s) - w) * 0_c + lz::select(w > 10_c, lz::sqrt(s) * w, w)), w, s);
  check("by an infinite adjoint", lz::sum(lz::sqrt(lz::select(w > -3_c, lz::square(w), s))), w, s);
}

// Zeros of the structure are zeros beside an infinite slope.
BOOST_AUTO_TEST_CASE(infinite_slopes) {
  const real inf = reference::infinity;
  const auto both = [](const char* what, auto formula, auto by, const values& at, const values& wanted) {
    BOOST_TEST_CONTEXT(what) { reference::check_exactly(formula, by, 0.25L, at, wanted); }
  };
  both("outer", lz::outer(lz::sqrt(v), u), v, {0, 0.25L}, {inf, 0, inf, 0, 0, 0.25L, 0, 0.25L});
  both("outer of both", lz::outer(lz::sqrt(lz::sqrt(v)), lz::sqrt(u)), v, {0, 1}, {inf, 0, inf, 0, 0, 0.125L, 0, 0.125L});
  both("outer, more", lz::sum(lz::outer(lz::hadamard(lz::outer(v, u), lz::outer(u, lz::sqrt(v)))(0_c, 0_c) * lz::sqrt(v), u), 1_c), v, {1, 0},
       {0.0625L, 0, 0, inf});
  both("outer with itself", lz::outer(lz::sqrt(v), v)(0_c, 1_c) + s, v, {0.25L, 0.25L}, {0.25L, 0.5L});
  both("sum of diagonals", lz::sqrt(v) + v * s, v, {0, 0.25L}, {inf, 0, 0, 1.25L});
  both("turned", lz::transpose(lz::sqrt(A)) + lz::sqrt(A), A, {1, 0, 0.25L, 4}, {1, 0, 0, 0, 0, inf, 1, 0, 0, inf, 1, 0, 0, 0, 0, 0.5L});
  both("matrices", lz::sin(lz::sqrt(A) * s) * 0_c + lz::sqrt(lz::sqrt(A)), A, {1, 0, 1, 1}, {0.25L, 0, 0, 0, 0, inf, 0, 0, 0, 0, 0.25L, 0, 0, 0, 0, 0.25L});
  both("columns", lz::sum(lz::sqrt(A), 0_c), A, {1, 0, 0.25L, 4}, {0.5L, 0, 1, 0, 0, inf, 0, 0.25L});
  both("elements", lz::outer(u, u) * lz::sqrt(v(0_c)) + lz::outer(u, u) * v(1_c), v, {1, 0},
       {0.03125L, 0.0625L, 0.03125L, 0.0625L, 0.03125L, 0.0625L, 0.03125L, 0.0625L});
  both("a piece", lz::sqrt(lz::sqrt(v)(1_c) * u) * 4_c, v, {0, 1}, {0, 0.5L, 0, 0.5L});
  both("pieces", (lz::sqrt(w)(0_c) + lz::sqrt(w)(2_c) * s) * u, w, {1, 0, 4}, {0.125L, 0, 0.015625L, 0.125L, 0, 0.015625L});
  both("max", lz::max(lz::sqrt(v)) * 1_c, v, {0, 4}, {0, 0.25L});
  both("max of rows", lz::max(lz::outer(lz::sqrt(v), u)) * u, v, {0, 4}, {0, 0.015625L, 0, 0.015625L});
  both("norm", lz::norm(lz::sqrt(s) * w) * v, s, {0}, {0, 0});
  both("norm by both", lz::norm(lz::sqrt(v) * u(0_c)), v, {0, 0}, {0, 0});
  both("relu", lz::relu(B * -lz::sqrt(v)), v, {0, 4}, values(6, 0));
}
