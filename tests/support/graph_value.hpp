// Evaluates a graph in long double, node by node, with a table of <cmath>'s functions of its own: it shares no code
// with the rows whose values and derivatives it judges.
#pragma once

#include <leibniz/calculus/reverse.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace reference {

using leibniz::handle;
using leibniz::make_shape;
using leibniz::rational;
using leibniz::shape;
using leibniz::graph::builder;
using leibniz::ops::label_range;
using leibniz::ops::labels;

using real = long double;
using values = std::vector<real>;
inline constexpr real infinity = std::numeric_limits<real>::infinity();

/// A reproducible sequence, the same with every compiler.
class random_numbers {
 public:
  explicit random_numbers(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  int below(int n) { return static_cast<int>(next() % static_cast<unsigned>(n)); }
  real between(real low, real high) { return low + (high - low) * static_cast<real>(next() >> 11) / 9007199254740992.0L; }

 private:
  std::uint64_t state_;
};

// -- what the judge knows of an elementwise row: its value, and whether it rounds
struct known_row {
  std::string_view name;
  bool rounds;
  real (*value)(const real*);
};
inline real smaller(real a, real b) { return std::isnan(a) || std::isnan(b) ? a + b : std::fmin(a, b); }
inline real larger(real a, real b) { return std::isnan(a) || std::isnan(b) ? a + b : std::fmax(a, b); }
inline const known_row known_rows[] = {
    {"let", false, [](const real* x) { return x[0]; }},
    {"add", true, [](const real* x) { return x[0] + x[1]; }},
    {"hadamard", true, [](const real* x) { return x[0] * x[1]; }},
    {"divide", true, [](const real* x) { return x[0] / x[1]; }},
    {"pow", true, [](const real* x) { return x[0] < 0 && x[1] != std::nearbyint(x[1]) ? std::sqrt(-1.0L) : std::pow(x[0], x[1]); }},
    {"sqrt", true, [](const real* x) { return std::sqrt(x[0]); }},
    {"cbrt", true, [](const real* x) { return std::cbrt(x[0]); }},
    {"hypot", true, [](const real* x) { return std::hypot(x[0], x[1]); }},
    {"exp", true, [](const real* x) { return std::exp(x[0]); }},
    {"exp2", true, [](const real* x) { return std::exp2(x[0]); }},
    {"expm1", true, [](const real* x) { return std::expm1(x[0]); }},
    {"log", true, [](const real* x) { return std::log(x[0]); }},
    {"log2", true, [](const real* x) { return std::log2(x[0]); }},
    {"log10", true, [](const real* x) { return std::log10(x[0]); }},
    {"log1p", true, [](const real* x) { return std::log1p(x[0]); }},
    {"sin", true, [](const real* x) { return std::sin(x[0]); }},
    {"cos", true, [](const real* x) { return std::cos(x[0]); }},
    {"tan", true, [](const real* x) { return std::tan(x[0]); }},
    {"asin", true, [](const real* x) { return std::asin(x[0]); }},
    {"acos", true, [](const real* x) { return std::acos(x[0]); }},
    {"atan", true, [](const real* x) { return std::atan(x[0]); }},
    {"atan2", true, [](const real* x) { return std::atan2(x[0], x[1]); }},
    {"sinh", true, [](const real* x) { return std::sinh(x[0]); }},
    {"cosh", true, [](const real* x) { return std::cosh(x[0]); }},
    {"tanh", true, [](const real* x) { return std::tanh(x[0]); }},
    {"asinh", true, [](const real* x) { return std::asinh(x[0]); }},
    {"acosh", true, [](const real* x) { return std::acosh(x[0]); }},
    {"atanh", true, [](const real* x) { return std::atanh(x[0]); }},
    {"erf", true, [](const real* x) { return std::erf(x[0]); }},
    {"erfc", true, [](const real* x) { return std::erfc(x[0]); }},
    {"abs", false, [](const real* x) { return std::fabs(x[0]); }},
    {"sign", false, [](const real* x) { return x[0] == 0 || std::isnan(x[0]) ? x[0] : std::copysign(1.0L, x[0]); }},
    {"min", false, [](const real* x) { return smaller(x[0], x[1]); }},
    {"max", false, [](const real* x) { return larger(x[0], x[1]); }},
    {"less", false, [](const real* x) { return std::isless(x[0], x[1]) ? 1.0L : 0.0L; }},
    {"less_equal", false, [](const real* x) { return std::islessequal(x[0], x[1]) ? 1.0L : 0.0L; }},
    {"equal", false, [](const real* x) { return x[0] == x[1] ? 1.0L : 0.0L; }},
    {"select", false, [](const real* x) { return x[0] == 0 ? x[2] : x[1]; }},
    {"sigmoid", true, [](const real* x) { return x[0] < 0 ? std::exp(x[0]) / (1 + std::exp(x[0])) : 1 / (1 + std::exp(-x[0])); }},
    {"softplus", true, [](const real* x) { return larger(x[0], 0) + std::log1p(std::exp(-std::fabs(x[0]))); }},
    {"relu", false, [](const real* x) { return larger(x[0], 0); }},
    {"leaky_relu", true, [](const real* x) { return x[0] > 0 ? x[0] : x[0] / 100; }},
    {"elu", true, [](const real* x) { return x[0] > 0 ? x[0] : std::expm1(x[0]); }},
    {"gelu", true, [](const real* x) { return x[0] / 2 * std::erfc(-x[0] * std::sqrt(0.5L)); }},
};
/// Throws for a row that the judge does not know: whoever adds a row adds its value here too.
inline const known_row& known(std::string_view name) {
  for (const known_row& row : known_rows)
    if (row.name == name) return row;
  throw std::runtime_error("tests/support/graph_value.hpp has no value for the row '" + std::string(name) + "'");
}

// -- what the table says of its rows
struct row_facts {
  std::string_view name;
  int arity = 0;
  bool elementwise = false;
  real low = -3, high = 3;
};
template <int I>
constexpr row_facts facts_of() {
  using row = leibniz::ops::row<I>;
  row_facts f{row::name, row::arity, row::is_elementwise};
  if constexpr (requires { row::domain; }) {
    f.low = row::domain.low;
    f.high = row::domain.high;
  }
  return f;
}
template <int... I>
std::vector<row_facts> list_facts(std::integer_sequence<int, I...>) { return {facts_of<I>()...}; }
inline const std::vector<row_facts> facts = list_facts(std::make_integer_sequence<int, leibniz::ops::row_count>{});

/// Calls visit(index) for every index of the shape, in row-major order.
template <class Visit>
void every_index(const std::vector<int>& extents, Visit visit) {
  std::vector<int> index(extents.size(), 0);
  for (;;) {
    visit(index);
    std::size_t axis = extents.size();
    while (axis > 0 && ++index[axis - 1] == extents[axis - 1]) index[--axis] = 0;
    if (axis == 0) return;
  }
}

/// One evaluation. With noise, every rounding node's result is off by a random relative error of up to that size: the
/// spread of such evaluations tells how accurate a formula is.
class evaluation {
 public:
  evaluation(const builder& g, const std::vector<values>& bound, real noise = 0, std::uint64_t seed = 1)
      : g_(g), bound_(bound), noise_(noise), random_(seed), known_(static_cast<std::size_t>(g.size())) {}

  const values& operator()(int i) {
    values& v = known_[static_cast<std::size_t>(i)];
    if (v.empty()) v = evaluate(i);
    return v;
  }
  const values& operator()(handle h) { return (*this)(h.id()); }
  /// Whether a finite node had an infinite or a vanished intermediate result, so that only its finiteness counts.
  bool harsh() const { return harsh_; }
  /// Whether a sum lost one of its terms entirely: then the formula as it was written is no judge.
  bool absorbed() const { return absorbed_; }
  /// Whether a comparison was decided by an equality, which noise would break.
  bool tied() const { return tied_; }

 private:
  const builder& g_;
  const std::vector<values>& bound_;
  real noise_;
  random_numbers random_;
  std::vector<values> known_;
  bool harsh_ = false, tied_ = false, absorbed_ = false;

  // A condition on an undefined number is undefined, whatever IEEE says of it; only select may ignore one.
  static real judged(const known_row& judge, int arity, const real* x) {
    if (judge.name == "select") return std::isnan(x[0]) ? x[0] : judge.value(x);
    for (int k = 0; k < arity; ++k)
      if (std::isnan(x[k])) return x[k];
    return judge.value(x);
  }
  real rounded(real x, bool rounds) {
    if (std::isinf(x) || (x != 0 && std::fabs(x) < 1e-4900L)) harsh_ = true;
    if (rounds && noise_ != 0) x *= 1 + noise_ * random_.between(-1, 1);
    return x == 0 ? 0 : x;  // no negative zeros: formulas are over the reals
  }

  values evaluate(int i) {
    const leibniz::graph::node n = g_.at(i);
    const row_facts& row = facts[static_cast<std::size_t>(n.op)];
    const shape extents = g_.shape_at(i);
    const auto size = static_cast<std::size_t>(extents.size());
    values out(size);
    if (row.name == "constant") {
      const rational c = g_.constant_at(i);
      const bool inexact = (c.denominator & (c.denominator - 1)) != 0;
      out.assign(size, rounded(static_cast<real>(c.numerator) / static_cast<real>(c.denominator), inexact));
      return out;
    }
    if (row.name == "symbol") return {n.data == 0 ? std::acos(-1.0L) : std::exp(1.0L)};
    if (row.name == "variable") return bound_.at(static_cast<std::size_t>(n.data));
    if (row.name == "identity") {
      std::size_t half = 1;
      for (int k = 0; k < extents.rank / 2; ++k) half *= static_cast<std::size_t>(extents.extent[k]);
      for (std::size_t k = 0; k < half; ++k) out[k * half + k] = 1;
      return out;
    }
    if (row.elementwise) {
      const known_row& judge = known(row.name);
      const int operand[3] = {n.a, n.b, n.c};
      const values* v[3] = {};
      for (int k = 0; k < row.arity; ++k) v[k] = &(*this)(operand[k]);
      for (std::size_t e = 0; e < size; ++e) {
        real x[3]{};
        for (int k = 0; k < row.arity; ++k) x[k] = (*v[k])[v[k]->size() == 1 ? 0 : e];
        const real y = judged(judge, row.arity, x);
        if (y == 0 && row.name == "hadamard" && x[0] != 0 && x[1] != 0) harsh_ = true;
        if (y == 0 && row.name == "divide" && x[0] != 0) harsh_ = true;
        const bool compares = row.name.starts_with("less") || row.name == "equal";
        if (compares && x[0] == x[1]) tied_ = true;
        if (compares && x[0] != x[1] && std::fabs(x[0] - x[1]) < 0x1p-36L * std::fabs(x[0])) harsh_ = true;
        // What comes out as a short number was exact, in both versions of a formula.
        const bool unit = row.name == "hadamard" && (std::fabs(x[0]) == 1 || std::fabs(x[1]) == 1);
        if (row.name == "add" && ((y == x[0] && x[1] != 0) || (y == x[1] && x[0] != 0))) harsh_ = absorbed_ = true;
        const bool lost = row.name == "add" && (y - x[0] != x[1] || y - x[1] != x[0]);
        const bool exact = unit || (std::fabs(y) < 64 && 4 * y == std::nearbyint(4 * y) && !lost);
        if ((row.name == "sin" || row.name == "cos" || row.name == "tan") && std::fabs(x[0]) > 1e6L) harsh_ = true;
        out[e] = rounded(y, judge.rounds && !exact);
      }
      return out;
    }
    const values& a = (*this)(n.a);
    const shape sa = g_.shape_at(n.a);
    if (row.name == "contract") return einstein({&a, &(*this)(n.b)}, {sa, g_.shape_at(n.b)}, n.data, extents);
    if (row.name == "rearrange") return einstein({&a}, {sa}, n.data, extents);
    const auto lead = static_cast<int>(n.data >> 32);
    const auto offset = static_cast<std::size_t>(n.data & 0x7fffffff);
    if (row.name == "slice" || row.name == "pad") {
      std::size_t blocks = 1;
      for (int k = 0; k < lead; ++k) blocks *= static_cast<std::size_t>(sa.extent[k]);
      const std::size_t wide = a.size() / blocks, narrow = size / blocks;
      for (std::size_t b = 0; b < blocks; ++b)
        for (std::size_t k = 0; k < (row.name == "slice" ? narrow : wide); ++k)
          if (row.name == "slice") out[b * narrow + k] = a.at(b * wide + offset + k);
          else out.at(b * narrow + offset + k) = a[b * wide + k];
      return out;
    }
    return reduce(row.name, a, sa, static_cast<int>(n.data), out);
  }

  values einstein(const std::vector<const values*>& factors, const std::vector<shape>& shapes, std::int64_t word, const shape& extents) {
    int extent[16];
    for (int& e : extent) e = 1;
    const auto label = [&](std::size_t which, int axis) { return static_cast<int>(word >> (16 * static_cast<int>(which) + 4 * axis)) & 15; };
    for (std::size_t f = 0; f < shapes.size(); ++f)
      for (int axis = 0; axis < shapes[f].rank; ++axis) extent[label(f, axis)] = shapes[f].extent[axis];
    for (int axis = 0; axis < extents.rank; ++axis) extent[label(shapes.size(), axis)] = extents.extent[axis];
    values out(static_cast<std::size_t>(extents.size()), 0), largest = out;
    std::vector<int> terms(out.size(), 0);
    every_index(std::vector<int>(extent, extent + 16), [&](const std::vector<int>& at) {
      const auto flat = [&](std::size_t which, const shape& s) {
        int offset = 0;
        for (int axis = 0; axis < s.rank; ++axis) offset = offset * s.extent[axis] + at[static_cast<std::size_t>(label(which, axis))];
        return static_cast<std::size_t>(offset);
      };
      real term = 1;
      for (std::size_t f = 0; f < factors.size(); ++f) term *= (*factors[f])[flat(f, shapes[f])];
      const std::size_t place = flat(shapes.size(), extents);
      if (factors.size() > 1) term = rounded(term, true);
      if (std::isinf(term)) harsh_ = true;
      out[place] += term;
      if (term != 0) ++terms[place];
      largest[place] = larger(largest[place], std::fabs(term));
    });
    for (std::size_t k = 0; k < out.size(); ++k)  // sums may be done in any order
      if (noise_ != 0 && terms[k] > 1) out[k] += noise_ * random_.between(-1, 1) * largest[k];
    return out;
  }

  values reduce(std::string_view name, const values& a, const shape& sa, int kept, values out) {
    std::size_t blocks = 1;
    for (int k = 0; k < kept; ++k) blocks *= static_cast<std::size_t>(sa.extent[k]);
    const std::size_t n = a.size() / blocks;
    for (std::size_t b = 0; b < blocks; ++b) {
      const real* x = &a[b * n];
      std::size_t best = 0;
      bool undefined = false;
      for (std::size_t k = 0; k < n; ++k) {
        if (k != best && name == "argmax_mask" && std::fabs(x[k] - x[best]) <= 0x1p-36L * std::fabs(x[k])) harsh_ = true;  // a tie
        if (x[k] > x[best]) best = k;
        undefined = undefined || std::isnan(x[k]);
      }
      real sum = 0;
      for (std::size_t k = 0; k < n; ++k) sum += std::isinf(x[best]) ? (x[k] == x[best] ? 1.0L : 0.0L) : std::exp(x[k] - x[best]);
      const real nan = std::numeric_limits<real>::quiet_NaN();
      if (name == "norm") {
        real length = 0;
        for (std::size_t k = 0; k < n; ++k) length = std::hypot(length, x[k]);
        out[b] = undefined ? nan : rounded(length, true);
      } else if (name == "max") out[b] = undefined ? nan : x[best];
      else if (name == "prod") {
        real product = 1;
        for (std::size_t k = 0; k < n; ++k) product = rounded(product * x[k], true);
        out[b] = product;
      } else if (name == "logsumexp") out[b] = undefined ? nan : rounded(std::isinf(x[best]) ? x[best] : x[best] + std::log(sum), true);
      else
        for (std::size_t k = 0; k < n; ++k) {
          if (name == "argmax_mask") out[b * n + k] = undefined ? nan : k == best ? 1 : 0;
          else if (name == "log_softmax") out[b * n + k] = undefined || std::isinf(x[best]) ? nan : rounded(x[k] - x[best] - std::log(sum), true);
          else if (name == "softmax") out[b * n + k] = undefined || std::isinf(x[best]) ? nan : rounded(std::exp(x[k] - x[best]) / sum, true);
          else if (name == "products_of_others") {
            real product = 1;
            for (std::size_t j = 0; j < n; ++j) product = j == k ? product : rounded(product * x[j], true);
            out[b * n + k] = product;
          } else throw std::runtime_error("tests/support/graph_value.hpp has no value for the row '" + std::string(name) + "'");
        }
    }
    return out;
  }
};

/// A graph, its variables and their values.
struct page {
  builder g;
  std::vector<values> bound;

  handle variable(const char* name, values v, const shape& s = {}) {
    bound.push_back(static_cast<values&&>(v));
    return {&g, g.variable(name, nullptr, s)};
  }
  handle variable(const char* name, real v) { return variable(name, values{v}); }
  values all(handle h) const { return evaluation(g, bound)(h); }
  real operator()(handle h) const { return all(h).at(0); }
  real at(handle h, handle x, real v) {
    bound[static_cast<std::size_t>(x.data())] = {v};
    return (*this)(h);
  }
};

/// ∂f/∂x by one reverse sweep: the shape of f, then that of x. Fails where the sweep would carry too many axes.
inline handle diff(handle f, handle x) {
  leibniz::growing<int> adjoints;
  leibniz::graph::reverse_sweep(*f.owner(), f.id(), adjoints);
  const int found = x.id() <= f.id() ? adjoints[x.id()] : leibniz::graph::none;
  const shape extents = f.extents() + x.extents();
  if (found == leibniz::graph::too_many_axes) f.owner()->fail(leibniz::failure::rank_above_four, {});
  if (f.owner()->error != leibniz::failure::none) return f;
  return found == leibniz::graph::none ? f.number(0).filled(extents) : handle{f.owner(), found}.filled(extents);
}

/// Equal to a relative error of 2^-58, both infinite, or both undefined.
inline bool agree(real got, real wanted) {
  if (std::isnan(wanted) || std::isinf(wanted)) return got == wanted || (std::isnan(got) && std::isnan(wanted));
  return std::fabs(got - wanted) <= 0x1p-58L * std::fabs(wanted);
}
inline bool agree(const values& got, const values& wanted) {
  bool same = got.size() == wanted.size();
  for (std::size_t k = 0; same && k < got.size(); ++k) same = agree(got[k], wanted[k]);
  return same;
}
inline std::string show(const values& v) {
  std::string text;
  for (const real x : v) text += std::to_string(x) + ' ';
  return text;
}
#define CHECK_VALUE(page, formula, ...)                                                                                  \
  do {                                                                                                                   \
    const reference::values got_ = (page).all(formula);                                                                  \
    BOOST_TEST(reference::agree(got_, reference::values{__VA_ARGS__}), #formula " is " << reference::show(got_) << "instead of " #__VA_ARGS__); \
  } while (false)

/// ∂f/∂x by differences of the fourth order, in the same layout. `doubt` is how far two step sizes disagree.
inline values differences(const builder& g, std::vector<values> bound, handle f, handle x, real step, real* doubt = nullptr) {
  const std::size_t rows = static_cast<std::size_t>(f.extents().size()), columns = static_cast<std::size_t>(x.extents().size());
  values result(rows * columns), coarse(rows * columns);
  values& v = bound[static_cast<std::size_t>(x.data())];
  for (std::size_t c = 0; c < columns; ++c) {
    const real here = v[c];
    for (int round = 0; round < 2; ++round) {
      const real h = step * (round == 0 ? 2 : 1) * larger(1, std::fabs(here));
      const auto shifted = [&](real by) {
        v[c] = here + by;
        return evaluation(g, bound)(f);
      };
      const values a = shifted(h), b = shifted(-h), aa = shifted(2 * h), bb = shifted(-2 * h);
      for (std::size_t r = 0; r < rows; ++r)
        (round == 0 ? coarse : result)[r * columns + c] = (8 * (a[r] - b[r]) - (aa[r] - bb[r])) / (12 * h);
    }
    v[c] = here;
  }
  if (doubt != nullptr) {
    *doubt = 0;
    for (std::size_t k = 0; k < result.size(); ++k) {
      const real d = std::fabs(result[k] - coarse[k]);
      *doubt = std::isnan(d) ? infinity : larger(*doubt, d);
    }
  }
  return result;
}

/// A node as it is written: no rule sees it.
inline handle plain(builder& g, int op, handle a, handle b = {}, handle c = {}, std::int64_t data = 0, shape extents = {}) {
  if (facts[static_cast<std::size_t>(op)].elementwise) {
    const handle operands[3] = {a, b, c};
    for (const handle& h : operands)
      if (h.valid() && !h.extents().is_scalar()) extents = h.extents();
  }
  return {&g, g.intern(op, a.id(), b.id(), c.id(), data, extents)};
}
template <class Row>
handle plain(handle a, handle b = {}, handle c = {}) { return plain(*a.owner(), leibniz::ops::index_of<Row>, a, b, c); }

}  // namespace reference
