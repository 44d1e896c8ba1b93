// Random pairs of formulas, made as they are said or through the simplifier: whenever the normal form calls two of
// them equal, they agree at every point where both are defined. The values come from a little evaluator of this file.
#define BOOST_TEST_MODULE normal_form
#include "../../support/boost_test.hpp"

#include <leibniz/calculus/normal_form.hpp>
#include <leibniz/calculus/reverse.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace leibniz;
using real = long double;
constexpr int extent = 2;  // of every axis
const real undefined = std::numeric_limits<real>::quiet_NaN();

int elements(int rank) { return rank == 0 ? 1 : extent * elements(rank - 1); }
shape shape_of(int rank) {
  shape s;
  for (int i = 0; i < rank; ++i) s.append(extent);
  return s;
}
ops::labels at(std::initializer_list<int> list) {
  ops::labels l;
  for (const int i : list) l.append(i);
  return l;
}

struct unary {
  const char* name;
  int op;
  real (*value)(real);
};
struct binary {
  const char* name;
  int op;
  real (*value)(real, real);
};
real checked(bool defined, real v) { return defined && std::isfinite(v) && std::abs(v) < 1e4L ? v : undefined; }
bool fragile(real v) { return v != 0 && std::abs(v) < 1e-9L; }

const unary unaries[] = {
    {"sqrt", ops::index_of<ops::sqrt_>, [](real a) { return checked(a >= 0 && !fragile(a), std::sqrt(a)); }},
    {"cbrt", ops::index_of<ops::cbrt_>, [](real a) { return checked(!fragile(a), std::cbrt(a)); }},
    {"exp", ops::index_of<ops::exp_>, [](real a) { return checked(true, std::exp(a)); }},
    {"log", ops::index_of<ops::log_>, [](real a) { return checked(a > 0 && !fragile(a), std::log(a)); }},
    {"log1p", ops::index_of<ops::log1p_>, [](real a) { return checked(a > -1 && !fragile(1 + a), std::log(1 + a)); }},
    {"exp2", ops::index_of<ops::exp2_>, [](real a) { return checked(true, std::exp2(a)); }},
    {"expm1", ops::index_of<ops::expm1_>, [](real a) { return checked(true, std::expm1(a)); }},
    {"log2", ops::index_of<ops::log2_>, [](real a) { return checked(a > 0 && !fragile(a), std::log2(a)); }},
    {"sin", ops::index_of<ops::sin_>, [](real a) { return checked(true, std::sin(a)); }},
    {"cos", ops::index_of<ops::cos_>, [](real a) { return checked(true, std::cos(a)); }},
    {"tan", ops::index_of<ops::tan_>, [](real a) { return checked(true, std::tan(a)); }},
    {"asin", ops::index_of<ops::asin_>, [](real a) { return checked(std::abs(a) <= 1 - 1e-9L, std::asin(a)); }},
    {"acos", ops::index_of<ops::acos_>, [](real a) { return checked(std::abs(a) <= 1 - 1e-9L, std::acos(a)); }},
    {"sinh", ops::index_of<ops::sinh_>, [](real a) { return checked(true, std::sinh(a)); }},
    {"cosh", ops::index_of<ops::cosh_>, [](real a) { return checked(true, std::cosh(a)); }},
    {"tanh", ops::index_of<ops::tanh_>, [](real a) { return checked(true, std::tanh(a)); }},
    {"erf", ops::index_of<ops::erf_>, [](real a) { return checked(true, std::erf(a)); }},
    {"erfc", ops::index_of<ops::erfc_>, [](real a) { return checked(true, std::erfc(a)); }},
    {"abs", ops::index_of<ops::abs_>, [](real a) { return checked(true, std::abs(a)); }},
    {"sign", ops::index_of<ops::sign_>, [](real a) { return checked(!fragile(a), a > 0 ? real(1) : a < 0 ? real(-1) : real(0)); }},
    {"sigmoid", ops::index_of<ops::sigmoid_>, [](real a) { return checked(true, 1 / (1 + std::exp(-a))); }},
    {"softplus", ops::index_of<ops::softplus_>, [](real a) { return checked(true, std::log(1 + std::exp(a))); }},
    {"relu", ops::index_of<ops::relu_>, [](real a) { return checked(true, a > 0 ? a : 0); }},
    {"leaky_relu", ops::index_of<ops::leaky_relu_>, [](real a) { return checked(true, a > 0 ? a : a / 100); }},
    {"elu", ops::index_of<ops::elu_>, [](real a) { return checked(true, a > 0 ? a : std::expm1(a)); }},
    {"gelu", ops::index_of<ops::gelu_>, [](real a) { return checked(true, a / 2 * std::erfc(-a / std::sqrt(real(2)))); }},
};
const binary binaries[] = {
    {"+", ops::index_of<ops::add_>, [](real a, real b) { return checked(true, a + b); }},
    {"*", ops::index_of<ops::mul_>, [](real a, real b) { return checked(true, a * b); }},
    {"/", ops::index_of<ops::div_>, [](real a, real b) { return checked(b != 0 && !fragile(b), a / b); }},
    {"pow", ops::index_of<ops::pow_>,
     [](real a, real b) {
       const real nearest = std::round(b);
       if (fragile(a) || (b != nearest && std::abs(b - nearest) < 1e-9L)) return undefined;
       return checked((a > 0) || (b == nearest && (a != 0 || b >= 0)) || (a == 0 && b > 0), std::pow(a, b));
     }},
    {"max", ops::index_of<ops::max_>, [](real a, real b) { return checked(!std::isnan(a) && !std::isnan(b), a > b ? a : b); }},
    {"min", ops::index_of<ops::min_>, [](real a, real b) { return checked(!std::isnan(a) && !std::isnan(b), a < b ? a : b); }},
    {"less", ops::index_of<ops::less_>, [](real a, real b) { return checked(std::isfinite(a - b) && !fragile(a - b), a < b ? 1 : 0); }},
    {"less_equal", ops::index_of<ops::less_equal_>, [](real a, real b) { return checked(std::isfinite(a - b) && !fragile(a - b), a <= b ? 1 : 0); }},
    {"equal", ops::index_of<ops::equal_>, [](real a, real b) { return checked(std::isfinite(a - b) && !fragile(a - b), a == b ? 1 : 0); }},
    {"hypot", ops::index_of<ops::hypot_>, [](real a, real b) { return checked(true, std::hypot(a, b)); }},
};

using values = std::vector<real>;

struct point {
  values of[6];  // x, y, u, v, S, R
};
const int variable_rank[] = {0, 0, 1, 1, 2, 2};

/// A formula: its node, its value, and how it reads.
struct formula_case {
  handle node;
  int rank = 0;
  std::function<values(const point&)> value;
  std::string text;
};

class maker {
 public:
  explicit maker(unsigned seed) : random_(seed) {}

  formula_case make(int rank, int depth, bool tensors) {
    if (depth == 0 || pick(8) == 0) return leaf(rank);
    if (tensors && pick(2) == 0) return tensor(rank, depth);
    switch (pick(5)) {
      case 0: return of_one(make(rank, depth - 1, tensors));
      case 1: {
        // Powers with constant exponents.
        const formula_case a = make(rank, depth - 1, tensors);
        static const rational exponents[] = {{2, 1}, {3, 1}, {-1, 1}, {-2, 1}, {1, 2}, {1, 3}, {3, 2}, {-1, 2}};
        const rational q = exponents[pick(8)];
        return of_two(binaries[3], a, constant(q));
      }
      case 2: {
        if (pick(3) != 0) break;
        const formula_case c = of_two(binaries[6], make(rank, depth - 1, tensors), make(0, 0, tensors));
        const formula_case a = make(rank, depth - 1, tensors), b = make(rank, depth - 1, tensors);
        formula_case r;
        r.rank = rank;
        r.text = "select(" + c.text + ", " + a.text + ", " + b.text + ")";
        r.node = intern(ops::index_of<ops::select_>, c.node, a.node, b.node, shape_of(rank));
        r.value = [=, cv = c.value, av = a.value, bv = b.value](const point& p) {
          const values vc = cv(p), va = av(p), vb = bv(p);
          values out(static_cast<std::size_t>(elements(rank)));
          for (std::size_t i = 0; i < out.size(); ++i) {
            const real chosen = vc[vc.size() == 1 ? 0 : i];
            out[i] = std::isnan(chosen) ? undefined : chosen != 0 ? va[va.size() == 1 ? 0 : i] : vb[vb.size() == 1 ? 0 : i];
          }
          return out;
        };
        return r;
      }
      default: break;
    }
    const formula_case a = make(rank, depth - 1, tensors);
    const formula_case b = make(pick(4) == 0 ? 0 : rank, depth - 1, tensors);
    const int which = pick(3) != 0 ? pick(3) : pick(static_cast<int>(std::size(binaries)));
    return pick(2) == 0 ? of_two(binaries[which], a, b) : of_two(binaries[which], b, a);
  }

  point random_point() {
    point p;
    static const real choices[] = {0, 1, -1, 0.5L, -0.5L, 2, -2, 0.25L, 3};
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < elements(variable_rank[i]); ++j)
        p.of[i].push_back(pick(3) == 0 ? choices[pick(9)] : std::uniform_real_distribution<real>(-2, 2)(random_));
    return p;
  }
  graph::builder& graph() { return g_; }
  int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

  formula_case of_one(const formula_case& a) {
    const unary& f = unaries[pick(static_cast<int>(std::size(unaries)))];
    formula_case r;
    r.rank = a.rank;
    r.text = std::string(f.name) + "(" + a.text + ")";
    r.node = intern(f.op, a.node, {}, {}, shape_of(a.rank));
    r.value = [apply = f.value, av = a.value](const point& p) {
      values v = av(p);
      for (real& e : v) e = std::isnan(e) ? undefined : apply(e);
      return v;
    };
    return r;
  }
  formula_case of_two(const binary& f, const formula_case& a, const formula_case& b) {
    formula_case r;
    r.rank = a.rank > b.rank ? a.rank : b.rank;
    r.text = "(" + a.text + " " + f.name + " " + b.text + ")";
    r.node = intern(f.op, a.node, b.node, {}, shape_of(r.rank));
    r.value = [apply = f.value, av = a.value, bv = b.value, rank = r.rank](const point& p) {
      const values va = av(p), vb = bv(p);
      values out(static_cast<std::size_t>(elements(rank)));
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = apply(va[va.size() == 1 ? 0 : i], vb[vb.size() == 1 ? 0 : i]);
      return out;
    };
    return r;
  }

 private:
  std::mt19937 random_;
  graph::builder g_;

  handle intern(int op, handle a, handle b, handle c, const shape& s) {
    if (pick(2) == 0)
      if (const handle simplified = g_.rules->row[op].construct(a, b, c); simplified.extents() == s) return simplified;
    return {&g_, g_.intern(op, a.id(), b.id(), c.id(), 0, s)};
  }
  formula_case constant(rational q) {
    formula_case r;
    r.node = {&g_, g_.constant(q, {})};
    r.text = std::to_string(q.numerator) + "/" + std::to_string(q.denominator);
    r.value = [q](const point&) { return values{q.value<real>()}; };
    return r;
  }
  formula_case leaf(int rank) {
    if (rank == 0 && pick(3) == 0) {
      static const rational numbers[] = {{1, 1}, {2, 1}, {-1, 1}, {1, 2}, {-2, 1}};
      return constant(numbers[pick(5)]);
    }
    static const char* const names[] = {"x", "y", "u", "v", "S", "R"};
    const int index = 2 * rank + pick(2);
    formula_case r;
    r.rank = rank;
    r.text = names[index];
    r.node = {&g_, g_.variable(names[index], nullptr, shape_of(rank))};
    r.value = [index](const point& p) { return p.of[index]; };
    return r;
  }

  // out[lo] = Σ a[la] b[lb]
  formula_case einstein(const std::string& name, const formula_case& a, const ops::labels& la, const formula_case& b,
                        const ops::labels& lb, const ops::labels& lo) {
    formula_case r;
    r.rank = lo.rank;
    r.text = name + "(" + a.text + (b.node.valid() ? ", " + b.text : "") + ")";
    r.node = b.node.valid() ? contract(a.node, la, b.node, lb, lo) : graph::intern_rearrange(a.node, la, lo, shape_of(lo.rank));
    r.value = [=, av = a.value, bv = b.value](const point& p) {
      const values va = av(p), vb = bv ? bv(p) : values{1};
      values out(static_cast<std::size_t>(elements(lo.rank)));
      for (int code = 0; code < 8; ++code) {
        const auto index = [code](const ops::labels& l) {
          int offset = 0;
          for (int i = 0; i < l.rank; ++i) offset = offset * extent + ((code >> (l.at[i] - 1)) & 1);
          return static_cast<std::size_t>(offset);
        };
        bool counted = true;  // a label that nothing carries runs once
        for (int label = 1; label <= 3; ++label)
          if (((code >> (label - 1)) & 1) != 0 && !la.contains(label) && !lb.contains(label) && !lo.contains(label)) counted = false;
        if (counted) out[index(lo)] += va[index(la)] * vb[index(lb)];
      }
      for (real& e : out) e = checked(true, e);
      return out;
    };
    return r;
  }
  formula_case tensor(int rank, int depth) {
    const auto sub = [&](int r) { return make(r, depth - 1, true); };
    if (rank == 0) switch (pick(5)) {
        case 0: return einstein("dot", sub(1), at({1}), sub(1), at({1}), at({}));
        case 1: return einstein("sum", sub(1), at({1}), {}, at({}), at({}));
        case 2: return einstein("sum", sub(2), at({1, 2}), {}, at({}), at({}));
        case 3: return einstein("trace", sub(2), at({1, 1}), {}, at({}), at({}));
        default: {
          const formula_case a = sub(1 + pick(2));
          const int offset = pick(elements(a.rank));
          formula_case r;
          r.text = a.text + "[" + std::to_string(offset) + "]";
          r.node = pick(2) == 0 ? slice(a.node, 0, offset, {})
                                : handle{&g_, g_.intern(ops::index_of<ops::slice_>, a.node.id(), -1, -1, ops::slice_::encode(0, offset), {})};
          r.value = [av = a.value, offset](const point& p) { return values{av(p)[static_cast<std::size_t>(offset)]}; };
          return r;
        }
      }
    if (rank == 1) switch (pick(5)) {
        case 0: return einstein("times", sub(2), at({1, 2}), sub(1), at({2}), at({1}));
        case 1: return einstein("times", sub(1), at({2}), sub(2), at({2, 1}), at({1}));
        case 2: return einstein("row_sum", sub(2), at({1, 2}), {}, at({}), at({pick(2) + 1}));
        case 3: return einstein("diagonal", sub(2), at({1, 1}), {}, at({}), at({1}));
        default: return einstein("fill", sub(0), at({}), {}, at({}), at({1}));
      }
    switch (pick(5)) {
      case 0: return einstein("times", sub(2), at({1, 2}), sub(2), at({2, 3}), at({1, 3}));
      case 1: return einstein("outer", sub(1), at({1}), sub(1), at({2}), at({1, 2}));
      case 2: return einstein("transpose", sub(2), at({1, 2}), {}, at({}), at({2, 1}));
      case 3: return einstein("scale_rows", sub(2), at({1, 2}), sub(1), at({pick(2) + 1}), at({1, 2}));
      default: return einstein("rows", sub(1), at({1}), {}, at({}), at({2, 1}));
    }
  }
};

// Compares all pairs of a pool; returns how many of different nodes were called equal.
int compare_pool(unsigned seed, int rank, int depth, bool tensors, int count) {
  maker make(seed);
  std::vector<formula_case> pool;
  for (int i = 0; i < count; ++i) pool.push_back(make.make(rank, 1 + make.pick(depth), tensors));
  std::vector<point> points;
  for (int i = 0; i < 24; ++i) points.push_back(make.random_point());
  std::vector<std::vector<values>> at_points(pool.size());
  for (std::size_t i = 0; i < pool.size(); ++i)
    for (const point& p : points) at_points[i].push_back(pool[i].value(p));
  int equal = 0;
  for (std::size_t i = 0; i < pool.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      if (pool[i].node == pool[j].node && pool[i].text == pool[j].text) continue;
      if (!graph::same_formula(make.graph(), pool[i].node.id(), pool[j].node.id())) continue;
      ++equal;
      for (std::size_t k = 0; k < points.size(); ++k)
        for (std::size_t e = 0; e < at_points[i][k].size(); ++e) {
          const real a = at_points[i][k][e], b = at_points[j][k][e];
          if (std::isnan(a) || std::isnan(b)) continue;
          if (std::abs(a - b) <= 1e-6L * (1 + std::abs(a))) continue;
          BOOST_ERROR("called equal: " << pool[i].text << "  and  " << pool[j].text << ": " << a << " and " << b << " (seed " << seed << ")");
          k = points.size() - 1;
          break;
        }
    }
  return equal;
}

}  // namespace

BOOST_AUTO_TEST_CASE(scalar_formulas_called_equal_agree) {
  int equal = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) equal += compare_pool(seed, 0, 3, false, 120);
  BOOST_TEST_MESSAGE(equal << " pairs of scalar formulas called equal");
  BOOST_TEST(equal > 500);
}

BOOST_AUTO_TEST_CASE(tensor_formulas_called_equal_agree) {
  int equal = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) equal += compare_pool(1000 + seed, static_cast<int>(seed % 3), 3, true, 120);
  BOOST_TEST_MESSAGE(equal << " pairs of tensor formulas called equal");
  BOOST_TEST(equal > 300);
}

// Pairs that are equal by construction in exact arithmetic find the normal form at work more often.
BOOST_AUTO_TEST_CASE(regrouped_formulas_are_found) {
  int found = 0, tried = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    maker make(5000 + seed);
    const formula_case a = make.make(0, 2, false), b = make.make(0, 2, false), c = make.make(0, 1, false);
    const binary &plus = binaries[0], &times = binaries[1];
    const formula_case left = make.of_two(times, make.of_two(plus, a, b), c);
    const formula_case right = make.of_two(plus, make.of_two(times, c, b), make.of_two(times, a, c));
    ++tried;
    found += graph::same_formula(make.graph(), left.node.id(), right.node.id()) ? 1 : 0;
  }
  BOOST_TEST_MESSAGE(found << " of " << tried << " regrouped pairs found");
  BOOST_TEST(100 * found >= 95 * tried);
}
