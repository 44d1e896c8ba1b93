// Random formulas: what `text` writes is read back by a small parser of Python's expression grammar, which shares
// nothing with the library, and must have the value of the graph. A missing parenthesis changes the value.
#define BOOST_TEST_MODULE print_text
#include "../../support/boost_test.hpp"

#include <cctype>
#include <cmath>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <leibniz/calculus/reverse.hpp>
#include <leibniz/print/text.hpp>

namespace {

namespace graph = leibniz::graph;
namespace ops = leibniz::ops;
using leibniz::handle;
using leibniz::rational;
using real = long double;

// comparison: sum [("<" | "<=") sum]; sum: product (("+" | "-") product)*; product: signed (("*" | "/") signed)*;
// signed: "-" signed | power; power: atom ["**" signed]. Two comparisons in a row are refused.
class parser {
 public:
  parser(const std::string& text, const std::map<std::string, real>& values) : rest_(text.c_str()), values_(values) {}

  real formula() {
    const real value = comparison();
    if (*rest_ != 0) throw std::runtime_error(std::string("left over: ") + rest_);
    return value;
  }

 private:
  const char* rest_;
  const std::map<std::string, real>& values_;

  bool take(const std::string& token) {
    while (*rest_ == ' ') ++rest_;
    if (std::string(rest_).compare(0, token.size(), token) != 0) return false;
    rest_ += token.size();
    while (*rest_ == ' ') ++rest_;
    return true;
  }
  void expect(const std::string& token) {
    if (!take(token)) throw std::runtime_error("expected " + token + " before: " + rest_);
  }
  bool at_power() const { return rest_[0] == '*' && rest_[1] == '*'; }

  real comparison() {
    const real left = sum();
    if (take("<=")) return left <= sum() ? 1 : 0;
    if (take("<")) return left < sum() ? 1 : 0;
    return left;
  }
  real sum() {
    real value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return value;
    }
  }
  real product() {
    real value = signed_();
    for (;;) {
      if (!at_power() && take("*")) value *= signed_();
      else if (take("/")) value /= signed_();
      else return value;
    }
  }
  real signed_() { return take("-") ? -signed_() : power(); }
  real power() {
    const real base = atom();
    return take("**") ? std::pow(base, signed_()) : base;
  }
  real atom() {
    if (take("(")) {
      const real value = comparison();
      expect(")");
      return value;
    }
    if (std::isdigit(static_cast<unsigned char>(*rest_))) {
      real value = 0;
      while (std::isdigit(static_cast<unsigned char>(*rest_))) value = 10 * value + static_cast<real>(*rest_++ - '0');
      return value;
    }
    std::string name;
    while (std::isalnum(static_cast<unsigned char>(*rest_)) || *rest_ == '_') name += *rest_++;
    if (!take("(")) {
      if (name == "pi") return std::acos(real(-1));
      if (name == "E") return std::exp(real(1));
      const auto found = values_.find(name);
      if (found == values_.end()) throw std::runtime_error("unknown name '" + name + "' before: " + rest_);
      return found->second;
    }
    std::vector<real> x{comparison()};
    while (take(",")) x.push_back(comparison());
    expect(")");
    return call(name, x);
  }
  static real call(const std::string& name, const std::vector<real>& x) {
    if (x.size() == 1) {
      if (name == "sin") return std::sin(x[0]);
      if (name == "cos") return std::cos(x[0]);
      if (name == "exp") return std::exp(x[0]);
      if (name == "log") return std::log(x[0]);
      if (name == "sqrt") return std::sqrt(x[0]);
      if (name == "cbrt") return std::cbrt(x[0]);
      if (name == "tanh") return std::tanh(x[0]);
      if (name == "abs") return std::fabs(x[0]);
      if (name == "sigmoid") return 1 / (1 + std::exp(-x[0]));
      if (name == "softplus") return x[0] > 0 ? x[0] + std::log1p(std::exp(-x[0])) : std::log1p(std::exp(x[0]));
    }
    if (x.size() == 2) {
      if (name == "hypot") return std::hypot(x[0], x[1]);
      if (name == "min") return x[0] < x[1] ? x[0] : x[1];
      if (name == "max") return x[0] > x[1] ? x[0] : x[1];
      if (name == "atan2") return std::atan2(x[0], x[1]);
      if (name == "equal") return x[0] == x[1] ? 1 : 0;
    }
    if (x.size() == 3 && name == "select") return x[0] != 0 ? x[1] : x[2];
    throw std::runtime_error("unknown function " + name);
  }
};

// The value of every node, by its row.
template <int I>
bool row_value(const graph::builder& g, int i, const std::vector<real>& values, real& out) {
  using row = ops::row<I>;
  const graph::node& n = g.at(i);
  if constexpr (!row::is_elementwise) return false;
  else if (n.op != I) return false;
  else {
    const auto at = [&](int k) { return values[static_cast<std::size_t>(k)]; };
    if constexpr (row::arity == 1) out = row::value(at(n.a));
    else if constexpr (row::arity == 2) out = row::value(at(n.a), at(n.b));
    else out = row::value(at(n.a), at(n.b), at(n.c));
    return true;
  }
}
std::vector<real> evaluate(const graph::builder& g, const std::map<std::string, real>& names) {
  std::vector<real> values;
  for (int i = 0; i < g.size(); ++i) {
    const graph::node& n = g.at(i);
    real value = 0;
    if (g.is_constant(i)) value = g.constant_at(i).value<real>();
    else if (n.op == ops::index_of<ops::symbol_>) value = ops::symbol_::value<real>(n.data);
    else if (n.op == ops::index_of<ops::variable_>) value = names.at(std::string(g.variable_at(static_cast<int>(n.data)).name));
    else [&]<int... I>(std::integer_sequence<int, I...>) {
      (void)(row_value<I>(g, i, values, value) || ...);
    }(std::make_integer_sequence<int, ops::row_count>{});
    values.push_back(value);
  }
  return values;
}

handle combine(int which, handle a, handle b, handle c) {
  const handle two = a.number(2);
  switch (which) {
    case 0: case 1: return a + b;
    case 2: case 3: return a - b;
    case 4: case 5: case 6: return a * b;
    case 7: case 8: return a / b;
    case 9: return -a;
    case 10: return pow(a, two);
    case 11: return pow(a, a.number(-3));
    case 12: return pow(a, b);
    case 13: return pow(abs(a), b);
    case 14: return pow(a.number(rational{2, 3}), b);
    case 15: return pow(abs(a), a.number(rational{-3, 4}));
    case 16: return sqrt(a);
    case 17: return a.scaled({-2, 3});
    case 18: return a.scaled({1, 5});
    case 19: return sin(a);
    case 20: return exp(a);
    case 21: return sigmoid(a);
    case 22: return select(a < b, b, c);
    case 23: return select(a <= c, a, -b);
    case 24: return max(a, b);
    case 25: return hypot(a, b);
    case 26: return log(abs(a));
    case 27: return (a < b) < c;
    case 28: return 1 - a;
    case 29: return equal(a, b) * c;
    case 30: return a * a.symbol(ops::symbol_::pi);
    case 31: return a / b / b;
    default: return b * (a < c);
  }
}

BOOST_AUTO_TEST_CASE(a_random_text_has_the_value_of_its_graph) {
  std::mt19937 random(20240611);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::map<std::string, real> names{{"x", 1.375L}, {"y", -0.8125L}, {"z", 0.34375L}, {"a0", 2.625L}};
  static const char identity = 0;
  int compared = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    graph::builder g;
    std::vector<handle> formulas;
    for (const auto& [name, value] : names) formulas.push_back({&g, g.variable(name, &identity, {})});
    formulas.push_back(formulas[0].number(rational{-1, 2}));
    formulas.push_back(formulas[0].number(3));
    formulas.push_back(formulas[0].symbol(ops::symbol_::e));
    const int steps = 2 + pick(8);
    for (int s = 0; s < steps; ++s) {
      const auto any = [&] { return formulas[formulas.size() - 1 - static_cast<std::size_t>(pick(std::min(7, static_cast<int>(formulas.size()))))]; };
      const handle a = any(), b = any(), c = any();
      formulas.push_back(combine(pick(33), a, b, c));
    }
    const std::vector<real> values = evaluate(g, names);
    bool tame = true;
    for (const real v : values) tame = tame && std::isfinite(v) && std::fabs(v) < 1e4L;
    if (!tame) continue;
    const handle root = formulas.back();
    leibniz::print::writer out;
    leibniz::print::text(g, root.id(), out);
    const std::string text(out.view());
    const real expected = values[static_cast<std::size_t>(root.id())];
    real found = NAN;
    BOOST_CHECK_NO_THROW(found = parser(text, names).formula());
    const bool same = std::fabs(found - expected) <= 1e-9L * (1 + std::fabs(expected));
    BOOST_CHECK_MESSAGE(same, text << " is " << found << ", the graph " << expected);
    ++compared;
  }
  BOOST_TEST(compared > 5000);
}

// The parser itself, on what Python's grammar says.
BOOST_AUTO_TEST_CASE(the_parser_reads_python) {
  const std::map<std::string, real> names{{"x", 3}};
  const auto value = [&](const char* text) { return static_cast<double>(parser(text, names).formula()); };
  BOOST_TEST(value("-x**2") == -9.0);
  BOOST_TEST(value("(-x)**2") == 9.0);
  BOOST_TEST(value("2**-1") == 0.5);
  BOOST_TEST(value("2**3**2") == 512.0);
  BOOST_TEST(value("x - 1 - 1") == 1.0);
  BOOST_TEST(value("12/x/2*5") == 10.0);
  BOOST_TEST(value("select(x < 4, 1/2, 7)") == 0.5);
  BOOST_CHECK_THROW(value("1 < 2 < 3"), std::runtime_error);
  BOOST_CHECK_THROW(value("y"), std::runtime_error);
}

}  // namespace
