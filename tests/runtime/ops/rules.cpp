// Every row's derivatives against differences, and every rule against the formula as it was written: random formulas
// are built twice, through the rules and without them, and both are evaluated by tests/support/graph_value.hpp.
#define BOOST_TEST_MODULE ops_rules
#include "boost_test.hpp"
#include "graph_value.hpp"

#include <algorithm>
#include <sstream>

using namespace reference;
namespace ops = leibniz::ops;
using leibniz::graph::construct_elementwise;

namespace {

std::string written(const builder& g, int i, int depth = 12) {
  const leibniz::graph::node& n = g.at(i);
  const row_facts& row = facts[static_cast<std::size_t>(n.op)];
  std::ostringstream out;
  if (row.name == "constant") {
    const rational c = g.constant_at(i);
    out << c.numerator;
    if (c.denominator != 1) out << '/' << c.denominator;
  } else if (row.name == "variable") {
    out << g.variable_at(static_cast<int>(n.data)).name;
  } else {
    out << row.name;
    if (!row.elementwise) out << '<' << std::hex << n.data << std::dec << '>';
    out << '(';
    const int operand[3] = {n.a, n.b, n.c};
    for (int k = 0; k < row.arity; ++k) out << (k == 0 ? "" : ", ") << (depth == 0 ? "..." : written(g, operand[k], depth - 1));
    out << ')';
  }
  for (int k = 0; k < g.shape_at(i).rank; ++k) out << (k == 0 ? ':' : 'x') << g.shape_at(i).extent[k];
  return out.str();
}

bool near(real a, real b, real tolerance) { return std::fabs(a - b) <= tolerance * (1 + std::fabs(b)) || (std::isnan(a) && std::isnan(b)); }

/// Whether the symbolic derivative is what differences of f say.
void check_derivative(page& p, handle f, handle x, const std::string& what) {
  const handle slope = diff(f, x);
  BOOST_TEST_REQUIRE((slope.extents() == f.extents() + x.extents()), what);
  const values symbolic = p.all(slope);
  const values numeric = differences(p.g, p.bound, f, x, 1e-4L);
  BOOST_TEST_REQUIRE(symbolic.size() == numeric.size());
  for (std::size_t k = 0; k < symbolic.size(); ++k)
    BOOST_TEST(near(symbolic[k], numeric[k], 1e-9L), what << ": " << symbolic[k] << " instead of " << numeric[k] << " in " << written(p.g, slope.id()));
}

/// Whether a row's operand only chooses: it has no slope, and its values are 0 and 1.
bool chooses(const row_facts& row, int operand) { return row.name == "select" && operand == 0; }

/// A graph with one node of the row; operand k is a vector where the mask has bit k.
struct sample {
  page p;
  handle operand[3], node;
  sample(int op, int mask, random_numbers& random) {
    const row_facts& row = facts[static_cast<std::size_t>(op)];
    static const char* const names[] = {"x", "y", "z"};
    for (int k = 0; k < row.arity; ++k) {
      const bool vector = (mask >> k & 1) != 0;
      values v(vector ? 3 : 1);
      for (real& e : v) e = chooses(row, k) ? static_cast<real>(random.below(2)) : random.between(row.low, row.high);
      operand[k] = p.variable(names[k], v, vector ? make_shape(3) : shape{});
    }
    node = construct_elementwise(op, operand[0], operand[1], operand[2]);
  }
};

template <class Visit>
void every_row(Visit visit) {
  for (int op = 0; op < ops::row_count; ++op) {
    const row_facts& row = facts[static_cast<std::size_t>(op)];
    if (row.elementwise) visit(op, row);
  }
}

// -- formulas in two versions: `simple` went through the rules, `raw` is as it was written
struct twin {
  handle simple, raw;
};
struct bench {
  page simple, raw;
  std::vector<twin> pool;
  std::vector<int> variables;

  void variable(const char* name, const shape& s = {}) {
    const values zeros(static_cast<std::size_t>(s.size()), 0);
    variables.push_back(static_cast<int>(pool.size()));
    pool.push_back({simple.variable(name, zeros, s), raw.variable(name, zeros, s)});
  }
  twin constant(rational c) { return {{&simple.g, simple.g.constant(c, {})}, {&raw.g, raw.g.constant(c, {})}}; }

  twin elementwise(int op, twin a, twin b = {}, twin c = {}) {
    return {construct_elementwise(op, a.simple, b.simple, c.simple), plain(raw.g, op, a.raw, b.raw, c.raw)};
  }
  twin negative(twin a) { return {-a.simple, plain<ops::mul_>(constant({-1, 1}).raw, a.raw)}; }
  twin minus(twin a, twin b) { return {a.simple - b.simple, plain<ops::add_>(a.raw, negative(b).raw)}; }
  twin power(twin a, rational q) {
    return {pow(a.simple, a.simple.number(q)), plain<ops::pow_>(a.raw, constant(q).raw)};
  }
  twin labelled(twin a, labels la, labels lo, const shape& extents) {
    return {rearrange(a.simple, la, lo, extents),
            plain(raw.g, ops::index_of<ops::rearrange_>, a.raw, {}, {}, ops::encode(la) | (ops::encode(lo) << 16), extents)};
  }
  twin labelled(twin a, labels la, twin b, labels lb, labels lo, const shape& extents) {
    return {contract(a.simple, la, b.simple, lb, lo),
            plain(raw.g, ops::index_of<ops::contract_>, a.raw, b.raw, {},
                  ops::encode(la) | (ops::encode(lb) << 16) | (ops::encode(lo) << 32), extents)};
  }
  twin piece(twin a, int lead, int offset, const shape& trailing) {
    return {slice(a.simple, lead, offset, trailing),
            plain(raw.g, ops::index_of<ops::slice_>, a.raw, {}, {}, ops::slice_::encode(lead, offset), a.raw.extents().head(lead) + trailing)};
  }
  twin padded(twin a, int lead, int offset, const shape& trailing) {
    return {pad(a.simple, lead, offset, trailing),
            plain(raw.g, ops::index_of<ops::pad_>, a.raw, {}, {}, ops::slice_::encode(lead, offset), a.raw.extents().head(lead) + trailing)};
  }
  template <class Row>
  twin reduced(twin a, int kept, handle simplified, bool keeps) {
    return {simplified, plain(raw.g, ops::index_of<Row>, a.raw, {}, {}, kept, keeps ? a.raw.extents() : a.raw.extents().head(kept))};
  }

  void bind(int which, const values& v) {
    simple.bound[static_cast<std::size_t>(which)] = v;
    raw.bound[static_cast<std::size_t>(which)] = v;
  }
  std::string at_point() const {
    std::ostringstream out;
    out.precision(21);
    for (std::size_t i = 0; i < variables.size(); ++i) {
      out << "  " << raw.g.variable_at(static_cast<int>(i)).name << " =";
      for (const real v : raw.bound[i]) out << ' ' << v;
    }
    return out.str();
  }

  /// Compares all twins of the pool at the bound point. Accuracy is judged by noise: with every rounding 2^24 times
  /// larger, the simplified formula may not stray much farther than the one that was written.
  void compare(std::uint64_t seed, int& failures) {
    constexpr real noise = 0x1p-40L;
    evaluation exact(raw.g, raw.bound), ours(simple.g, simple.bound);
    std::vector<evaluation> raw_noisy, simple_noisy;
    for (std::uint64_t trial = 1; trial <= 6; ++trial) {
      raw_noisy.emplace_back(raw.g, raw.bound, noise, seed * 64 + trial);
      simple_noisy.emplace_back(simple.g, simple.bound, noise, seed * 64 + 32 + trial);
    }
    for (std::size_t i = variables.size(); i < pool.size(); ++i) {
      const twin t = pool[i];
      const auto complain = [&](std::size_t e, const char* what, real got, real wanted) {
        if (++failures > 12) return;
        BOOST_TEST_MESSAGE(what << ' ' << got << " instead of " << wanted << " in element " << e << "\n  simplified "
                                << written(simple.g, t.simple.id()) << "\n  from       " << written(raw.g, t.raw.id()) << '\n' << at_point());
      };
      if (!(t.simple.extents() == t.raw.extents())) return complain(0, "another shape:", 0, 0);
      // Each on its own: was there an overflow or a lost intermediate on the way to this one?
      evaluation alone(raw.g, raw.bound);
      const values wanted = alone(t.raw), got = ours(t.simple);
      for (std::size_t e = 0; e < wanted.size(); ++e) {
        if (!std::isfinite(wanted[e])) continue;
        if (alone.absorbed()) continue;
        if (std::isnan(got[e])) return complain(e, "undefined:", got[e], wanted[e]);
        if (alone.harsh()) continue;  // beyond the range of the arithmetic: tested by hand
        real spread = 0, stray = 0;
        for (evaluation& n : raw_noisy) spread = std::max(spread, std::isfinite(n(t.raw)[e]) ? std::fabs(n(t.raw)[e] - wanted[e]) : infinity);
        if (spread > 1e-3L * std::fabs(wanted[e])) continue;  // nothing to be compared with
        if (!std::isfinite(got[e])) return complain(e, "undefined:", got[e], wanted[e]);
        for (evaluation& n : simple_noisy) stray = std::max(stray, std::isfinite(n(t.simple)[e]) ? std::fabs(n(t.simple)[e] - wanted[e]) : 0);
        const real allowed = 24 * spread + 32 * noise * std::fabs(wanted[e]) + 1e-300L;
        const bool cancels = wanted[e] == 0 && spread == 0;  // equal terms err together in the one, not in the other
        if (!cancels && !alone.tied() && !(stray <= allowed)) return complain(e, "less accurate:", wanted[e] + stray, wanted[e]);
        if (!(std::fabs(got[e] - wanted[e]) <= allowed * 0x1p-22L + 1e-300L))
          return complain(e, "differs:", got[e], wanted[e]);
      }
    }
  }

  /// The gradients of the twins, symbolic of the simplified formula, by differences of the one that was written.
  void compare_slopes(int& failures, int& checked) {
    for (std::size_t i = variables.size(); i < pool.size(); ++i) {
      const twin t = pool[i];
      if (2 * t.simple.extents().rank > leibniz::max_rank) continue;
      for (const int which : variables) {
        const twin x = pool[static_cast<std::size_t>(which)];
        if (t.simple.extents().rank + x.simple.extents().rank > leibniz::max_rank) continue;
        real doubt = 0;
        const values numeric = differences(raw.g, raw.bound, t.raw, x.raw, 1e-4L, &doubt);
        if (!(doubt < 1e-10L)) continue;
        const handle slope = diff(t.simple, x.simple);
        if (simple.g.error != leibniz::failure::none) {  // a rank above four on the way: refused, not wrong
          simple.g.error = leibniz::failure::none;
          continue;
        }
        const values symbolic = simple.all(slope);
        ++checked;
        for (std::size_t k = 0; k < numeric.size(); ++k)
          if (!near(symbolic[k], numeric[k], 1e-8L) && ++failures <= 12) {
            BOOST_TEST_MESSAGE("slope " << symbolic[k] << " instead of " << numeric[k] << " in element " << k << "\n  of " << written(simple.g, t.simple.id())
                                        << "\n  from " << written(raw.g, t.raw.id()) << "\n  is " << written(simple.g, slope.id()) << '\n' << at_point());
            break;
          }
      }
    }
  }
};

const std::vector<real>& special_points() {
  static const std::vector<real> list{0, 1, -1, 2, 0.5L, infinity, -infinity, 1e300L, -1e300L, 5e-324L, 1000, -1000, 1e-9L};
  return list;
}

void bind_random(bench& b, random_numbers& random, int style) {
  const real common = special_points()[static_cast<std::size_t>(random.below(static_cast<int>(special_points().size())))];
  for (std::size_t i = 0; i < b.variables.size(); ++i) {
    values v(b.raw.bound[i].size());
    for (real& e : v) {
      const int kind = style == 3 ? random.below(3) : style;
      if (kind == 0) e = random.between(-2, 2);
      else if (kind == 1) e = special_points()[static_cast<std::size_t>(random.below(static_cast<int>(special_points().size())))];
      else e = common;
    }
    b.bind(static_cast<int>(i), v);
  }
}

labels random_labels(random_numbers& random, const shape& s, int (&extent)[16], bool repeats) {
  labels l;
  for (int axis = 0; axis < s.rank; ++axis) {
    int label = 0;
    do label = 1 + random.below(6);
    while ((extent[label] != 0 && extent[label] != s.extent[axis]) || (!repeats && l.contains(label)));
    extent[label] = s.extent[axis];
    l.append(label);
  }
  return l;
}
labels random_result(random_numbers& random, const int (&extent)[16], bool repeats, shape& extents) {
  std::vector<int> known;
  for (int l = 1; l < 16; ++l)
    if (extent[l] != 0) known.push_back(l);
  labels out;
  const int rank = std::min(random.below(4), repeats ? 4 : static_cast<int>(known.size()));
  for (int k = 0; k < rank && !known.empty(); ++k) {
    const auto pick = static_cast<std::size_t>(random.below(static_cast<int>(known.size())));
    out.append(known[pick]);
    extents.append(extent[known[pick]]);
    if (!repeats) known.erase(known.begin() + static_cast<std::ptrdiff_t>(pick));
  }
  return out;
}

twin pick(bench& b, random_numbers& random) { return b.pool[static_cast<std::size_t>(random.below(static_cast<int>(b.pool.size())))]; }
/// An operand that fits a: of its shape, a scalar, or now and then a constant.
twin pick_like(bench& b, random_numbers& random, const shape& s) {
  static constexpr rational constants[] = {{0, 1}, {1, 1}, {-1, 1}, {2, 1}, {1, 2}, {-3, 4}, {10, 1}, {1, 100000000000000000}};
  if (random.below(5) == 0) return b.constant(constants[random.below(8)]);
  for (int tries = 0; tries < 20; ++tries)
    if (const twin t = pick(b, random); t.raw.extents() == s || t.raw.extents().is_scalar()) return t;
  return b.constant({1, 1});
}

void grow_scalar(bench& b, random_numbers& random) {
  static constexpr rational exponents[] = {{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {-1, 1}, {-2, 1}, {1, 2}, {3, 2}, {-1, 2}, {1, 3}, {2, 3}};
  const twin a = pick(b, random);
  const shape s = a.raw.extents();
  switch (random.below(9)) {
    case 0: return b.pool.push_back(b.negative(a));
    case 1: return b.pool.push_back(b.minus(a, pick_like(b, random, s)));
    case 2: return b.pool.push_back(b.power(a, exponents[random.below(12)]));
    case 3: {
      const twin c = pick_like(b, random, s);
      return b.pool.push_back({a.simple * c.simple, plain<ops::mul_>(a.raw, c.raw)});
    }
    case 4: {
      const twin c = pick_like(b, random, s);
      return b.pool.push_back({a.simple / c.simple, plain<ops::div_>(a.raw, c.raw)});
    }
    case 5: {
      const twin c = pick_like(b, random, s);
      return b.pool.push_back({a.simple + c.simple, plain<ops::add_>(a.raw, c.raw)});
    }
    default: break;
  }
  int op = random.below(ops::row_count);
  while (!facts[static_cast<std::size_t>(op)].elementwise || facts[static_cast<std::size_t>(op)].name == "let") op = random.below(ops::row_count);
  const twin second = pick_like(b, random, s);
  const shape both = s.is_scalar() ? second.raw.extents() : s;
  if (facts[static_cast<std::size_t>(op)].arity == 1) return b.pool.push_back(b.elementwise(op, a));
  if (facts[static_cast<std::size_t>(op)].arity == 2) return b.pool.push_back(b.elementwise(op, a, second));
  b.pool.push_back(b.elementwise(op, a, second, pick_like(b, random, both)));
}

void grow_tensor(bench& b, random_numbers& random) {
  const twin a = pick(b, random);
  const shape s = a.raw.extents();
  int extent[16]{};
  const bool repeats = random.below(6) == 0;
  shape extents;
  switch (random.below(9)) {
    case 0:
    case 1: {
      const labels la = random_labels(random, s, extent, repeats);
      if (random.below(3) == 0) extent[7] = 2;  // a broadcast axis
      const labels lo = random_result(random, extent, repeats, extents);
      return b.pool.push_back(b.labelled(a, la, lo, extents));
    }
    case 2:
    case 3:
    case 4: {
      const twin c = pick(b, random);
      const labels la = random_labels(random, s, extent, repeats), lb = random_labels(random, c.raw.extents(), extent, repeats);
      const labels lo = random_result(random, extent, repeats, extents);
      return b.pool.push_back(b.labelled(a, la, c, lb, lo, extents));
    }
    case 5: {
      if (s.is_scalar()) return;
      const int lead = random.below(s.rank), count = s.tail(lead).size();
      const int length = 1 + random.below(count), offset = random.below(count - length + 1);
      const shape trailing = length == 1 && random.below(2) == 0 ? shape{} : make_shape(length);
      return b.pool.push_back(b.piece(a, lead, offset, trailing));
    }
    case 6: {
      const int lead = random.below(s.rank + 1), count = s.tail(lead).size();
      const int offset = random.below(3);
      if (lead >= 3) return;
      return b.pool.push_back(b.padded(a, lead, offset, make_shape(offset + count + random.below(2))));
    }
    case 7: {
      const int kept = random.below(s.rank + 1);
      if (s.is_scalar() || kept == s.rank) return;
      switch (random.below(7)) {
        case 0: return b.pool.push_back(b.reduced<ops::logsumexp_>(a, kept, logsumexp(a.simple, kept), false));
        case 1: return b.pool.push_back(b.reduced<ops::softmax_>(a, kept, softmax(a.simple, kept), true));
        case 2: return b.pool.push_back(b.reduced<ops::maximum_>(a, kept, maximum(a.simple, kept), false));
        case 3: return b.pool.push_back(b.reduced<ops::euclidean_>(a, kept, norm(a.simple, kept), false));
        case 4: return b.pool.push_back(b.reduced<ops::product_>(a, kept, product_of_all(a.simple, kept), false));
        case 5: return kept + 1 == s.rank ? b.pool.push_back(b.reduced<ops::products_of_others_>(a, kept, products_of_others(a.simple, kept), true)) : void();
        default: return b.pool.push_back(b.reduced<ops::argmax_mask_>(a, kept, argmax_mask(a.simple, kept), true));
      }
    }
    default: return grow_scalar(b, random);
  }
}

constexpr int rounds = 1000;

}  // namespace

BOOST_AUTO_TEST_CASE(every_row_of_the_table_is_known_to_the_judge) {
  every_row([](int, const row_facts& row) { BOOST_CHECK_NO_THROW(known(row.name)); });
  BOOST_CHECK_THROW(known("no such row"), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(values_of_rows) {  // the row's own value() against the judge's
  random_numbers random(1);
  const auto check = [&]<int I>(std::integral_constant<int, I>) {
    using row = ops::row<I>;
    if constexpr (row::is_elementwise) {
      for (int round = 0; round < 200; ++round) {
        real x[3];
        for (int k = 0; k < 3; ++k) x[k] = random.between(facts[I].low, facts[I].high);
        real got = 0;
        if constexpr (row::arity == 1) got = row::value(x[0]);
        else if constexpr (row::arity == 2) got = row::value(x[0], x[1]);
        else got = row::value(x[0], x[1], x[2]);
        const real wanted = known(row::name).value(x);
        BOOST_TEST(near(got, wanted, 1e-17L), row::name << '(' << x[0] << ", " << x[1] << "): " << got << " instead of " << wanted);
      }
    }
  };
  [&]<int... I>(std::integer_sequence<int, I...>) { (check(std::integral_constant<int, I>{}), ...); }(std::make_integer_sequence<int, ops::row_count>{});
}

BOOST_AUTO_TEST_CASE(derivatives_of_rows) {
  random_numbers random(2);
  every_row([&](int op, const row_facts& row) {
    for (int mask = 0; mask < 1 << row.arity; ++mask)
      for (int round = 0; round < 8; ++round) {
        sample s(op, mask, random);
        const std::string what = std::string(row.name) + " with vectors " + std::to_string(mask);
        for (int k = 0; k < row.arity; ++k) {
          if (chooses(row, k)) {
            for (const real v : s.p.all(diff(s.node, s.operand[k]))) BOOST_TEST(v == 0);
            continue;
          }
          check_derivative(s.p, s.node, s.operand[k], what);  // of a scalar, or a Jacobian
          const handle weights = s.p.variable("weights", {1.5L, -0.75L, 0.25L}, make_shape(3));
          const handle total = mask == 0 ? s.node * weights : s.node;  // and the sum, whose adjoints have no lead
          const handle f = ops::dot_::expand(total.filled(make_shape(3)), weights);
          check_derivative(s.p, f, s.operand[k], what + ", weighted sum");
          s.p.bound.resize(static_cast<std::size_t>(s.p.g.variable_count()));
        }
      }
  });
}

BOOST_AUTO_TEST_CASE(second_derivatives_of_rows) {
  random_numbers random(3);
  every_row([&](int op, const row_facts& row) {
    for (int mask = 0; mask < 1 << row.arity; ++mask)
      for (int round = 0; round < 3; ++round) {
        sample s(op, mask, random);
        const std::string what = "second derivative of " + std::string(row.name) + " with vectors " + std::to_string(mask);
        const handle total = ops::sum_::expand(s.node);
        for (int k = 0; k < row.arity; ++k)
          for (int l = 0; l < row.arity; ++l) {
            if (chooses(row, k) || chooses(row, l)) continue;
            check_derivative(s.p, diff(total, s.operand[k]), s.operand[l], what);
            if (const handle jacobian = diff(s.node, s.operand[k]); 2 * jacobian.extents().rank <= leibniz::max_rank)
              check_derivative(s.p, jacobian, s.operand[l], what + ", of the Jacobian");
          }
      }
  });
}

// A slope is finite wherever the value and the true slope are: at 0 and far out.
BOOST_AUTO_TEST_CASE(derivatives_at_the_edges) {
  every_row([&](int op, const row_facts& row) {
    for (const real v : {0.0L, 1e-4940L, -1e-4940L, 5e-324L, 1000.0L, -1000.0L, 1e300L, -1e300L}) {
      if (row.arity != 1 || v < (row.low > -3 ? row.low : -infinity) || v > (row.high < 3 ? row.high : infinity)) continue;
      page p;
      const handle x = p.variable("x", v), f = construct_elementwise(op, x, {}, {});
      if (std::isfinite(p(f))) BOOST_TEST(std::isfinite(p(diff(f, x))), row.name << " at " << v << ": slope " << p(diff(f, x)));
    }
  });
}

BOOST_AUTO_TEST_CASE(rules_of_scalar_formulas) {
  int failures = 0;
  for (int round = 0; round < 2 * rounds; ++round) {
    random_numbers random(1000 + static_cast<std::uint64_t>(round));
    bench b;
    b.variable("x");
    b.variable("y");
    if (round % 3 == 0) b.variable("u", make_shape(2));
    for (int step = 0; step < 7; ++step) grow_scalar(b, random);
    for (int point = 0; point < 6; ++point) {
      bind_random(b, random, point < 2 ? 0 : point < 4 ? 1 : point - 2);
      b.compare(static_cast<std::uint64_t>(round * 8 + point), failures);
    }
  }
  BOOST_TEST(failures == 0);
}

BOOST_AUTO_TEST_CASE(rules_of_tensor_formulas) {
  int failures = 0;
  for (int round = 0; round < rounds; ++round) {
    random_numbers random(500000 + static_cast<std::uint64_t>(round));
    bench b;
    b.variable("x");
    b.variable("u", make_shape(3));
    b.variable("v", make_shape(2));
    b.variable("A", make_shape(2, 3));
    b.variable("S", make_shape(3, 3));
    for (int step = 0; step < 7; ++step) grow_tensor(b, random);
    for (int point = 0; point < 3; ++point) {
      bind_random(b, random, point == 2 ? 3 : 0);
      b.compare(static_cast<std::uint64_t>(round * 8 + point), failures);
    }
  }
  BOOST_TEST(failures == 0);
}

BOOST_AUTO_TEST_CASE(slopes_of_random_formulas) {
  int failures = 0, checked = 0;
  for (int round = 0; round < rounds / 3; ++round) {
    random_numbers random(900000 + static_cast<std::uint64_t>(round));
    bench b;
    b.variable("x");
    b.variable("u", make_shape(3));
    b.variable("A", make_shape(2, 3));
    for (int step = 0; step < 5; ++step) grow_tensor(b, random);
    bind_random(b, random, 0);
    b.compare_slopes(failures, checked);
  }
  BOOST_TEST(failures == 0);
  BOOST_TEST(checked > rounds);
}
