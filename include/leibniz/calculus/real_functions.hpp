// Long because it is one list of identities.
#pragma once
#include <leibniz/calculus/polynomial.hpp>

// Functions of polynomials over the reals: each identity holds wherever its left side is defined, and its right side is
// defined there.
//
// The switch relates operations to each other (what is odd, what is a logarithm of what), which no single row can say;
// a row that it does not name is an atom of its operands' normal forms.

namespace leibniz::graph {

class real_functions : public polynomials {
 public:
  static constexpr int symbol_e = ops::symbol_::e;

  constexpr polynomial symbol(int which, rational exponent = {1, 1}) {
    atom a{ops::index_of<ops::symbol_>, none, which};
    a.positive = true;
    return single(intern(a), 0, exponent);
  }

  constexpr bool oriented(polynomial& p) {
    if (!leading(p).negative()) return false;
    p = scaled(p, {-1, 1});
    return true;
  }
  constexpr rational magnitude(polynomial p) const { return leading(p).negative() ? -leading(p) : leading(p); }

  constexpr polynomial apply(int op, polynomial a, polynomial b = {}, polynomial c = {}) {
    if (failed) return {};
    const rational one{1, 1}, minus{-1, 1}, half{1, 2};
    switch (op) {
      case ops::index_of<ops::add_>: return sum(a, b);
      case ops::index_of<ops::mul_>: return product(a, b);
      case ops::index_of<ops::div_>: return quotient(a, b);
      case ops::index_of<ops::sqrt_>: return power(a, half);
      case ops::index_of<ops::pow_>:
        if (is_number(b)) return power(a, number_of(b));
        if (is_number(a) && !number_of(a).negative() && !number_of(a).is(0)) return exponential(product(b, logarithm(a)));
        if (same(a, symbol(symbol_e))) return exponential(b);
        return function(op, a, b);
      case ops::index_of<ops::hypot_>: return power(sum(integer_power(a, 2), integer_power(b, 2)), half);
      case ops::index_of<ops::cbrt_>: {
        const rational k = magnitude(a);
        if (a.count == 0) return a;
        const bool flipped = oriented(a);
        polynomial root = scaled(a, reciprocal(k));
        if (!is_one(root)) root = function(op, root);
        return scaled(product(root, number_power(k, {1, 3})), flipped ? minus : one);
      }
      case ops::index_of<ops::exp_>: return exponential(a);
      case ops::index_of<ops::exp2_>: return exponential(product(a, logarithm(number({2, 1}))));
      case ops::index_of<ops::expm1_>: return sum(exponential(a), number(minus));
      case ops::index_of<ops::log_>: return logarithm(a);
      case ops::index_of<ops::log1p_>: return logarithm(sum(a, number(one)));
      case ops::index_of<ops::log2_>: return quotient(logarithm(a), logarithm(number({2, 1})));
      case ops::index_of<ops::log10_>: return quotient(logarithm(a), logarithm(number({10, 1})));
      case ops::index_of<ops::abs_>: return absolute(a);
      case ops::index_of<ops::tan_>:
        return quotient(apply(ops::index_of<ops::sin_>, a), apply(ops::index_of<ops::cos_>, a));
      case ops::index_of<ops::tanh_>:
        return quotient(apply(ops::index_of<ops::sinh_>, a), apply(ops::index_of<ops::cosh_>, a));
      case ops::index_of<ops::acos_>:
        return sum(scaled(symbol(ops::symbol_::pi), half), apply(ops::index_of<ops::asin_>, a), minus);
      case ops::index_of<ops::erfc_>: return sum(number(one), apply(ops::index_of<ops::erf_>, a), minus);
      // odd
      case ops::index_of<ops::sin_>:
      case ops::index_of<ops::asin_>:
      case ops::index_of<ops::atan_>:
      case ops::index_of<ops::sinh_>:
      case ops::index_of<ops::asinh_>:
      case ops::index_of<ops::atanh_>:
      case ops::index_of<ops::erf_>: {
        if (a.count == 0) return a;
        const bool flipped = oriented(a);
        return scaled(function(op, a), flipped ? minus : one);
      }
      case ops::index_of<ops::sign_>: {
        if (is_number(a)) return number({a.count == 0 ? 0 : number_of(a).negative() ? -1 : 1, 1});
        const rational k = leading(a);
        return scaled(function(op, scaled(a, reciprocal(k))), k.negative() ? minus : one);
      }
      // even
      case ops::index_of<ops::cos_>:
      case ops::index_of<ops::cosh_>:
        if (a.count == 0) return number(one);
        oriented(a);
        return function(op, a);
      // f(-u) = 1 - f(u), and f(-u) = f(u) - u
      case ops::index_of<ops::sigmoid_>: {
        if (a.count == 0) return number(half);
        const bool flipped = oriented(a);
        const polynomial f = function(op, a);
        return flipped ? sum(number(one), f, minus) : f;
      }
      case ops::index_of<ops::relu_>:
        if (is_number(a)) return leading(a).negative() ? polynomial{} : a;
        [[fallthrough]];
      case ops::index_of<ops::softplus_>:
      case ops::index_of<ops::gelu_>: {
        if (op == ops::index_of<ops::gelu_> && a.count == 0) return a;
        const bool flipped = oriented(a);
        const rational k = op == ops::index_of<ops::relu_> ? magnitude(a) : one;
        const polynomial f = scaled(function(op, scaled(a, reciprocal(k))), k);
        return flipped ? sum(f, a, minus) : f;
      }
      case ops::index_of<ops::leaky_relu_>:
        return sum(scaled(a, {1, 100}), apply(ops::index_of<ops::relu_>, a), {99, 100});
      case ops::index_of<ops::max_>: return sum(b, apply(ops::index_of<ops::relu_>, sum(a, b, minus)));
      case ops::index_of<ops::min_>: return sum(a, apply(ops::index_of<ops::relu_>, sum(a, b, minus)), minus);
      // conditions: 0 < difference
      case ops::index_of<ops::less_>: {
        const polynomial difference = sum(b, a, minus);
        if (is_number(difference)) return number({number_of(difference).numerator > 0 ? 1 : 0, 1});
        return function(op, scaled(difference, reciprocal(magnitude(difference))));
      }
      case ops::index_of<ops::less_equal_>: return sum(number(one), apply(ops::index_of<ops::less_>, b, a), minus);
      case ops::index_of<ops::equal_>: {
        const polynomial difference = sum(b, a, minus);
        if (is_number(difference)) return number({difference.count == 0 ? 1 : 0, 1});
        return function(op, scaled(difference, reciprocal(leading(difference))));
      }
      case ops::index_of<ops::select_>: {
        if (is_number(a)) return a.count == 0 ? c : b;
        if (same(b, c)) return b;
        const rational k = b.count != 0 ? leading(b) : leading(c);
        return scaled(function(op, a, scaled(b, reciprocal(k)), scaled(c, reciprocal(k))), k);
      }
      default: return function(op, a, b, c);
    }
  }
  constexpr polynomial quotient(polynomial p, polynomial q) {
    if (q.count > 1 && p.count == q.count) {
      const rational ratio = leading(p) * reciprocal(leading(q));
      if (ratio.valid() && same(p, scaled(q, ratio))) return number(ratio);
    }
    return product(p, power(q, {-1, 1}));
  }

  // Whether a term is a product of factors that are positive, but for one at most: only then is the power or the
  // logarithm of the product that of the factors wherever it is defined.
  constexpr bool splits(polynomial p, int& other) const {
    other = none;
    if (p.count != 1 || term_at(p.first).sums != 0) return false;
    const term& t = term_at(p.first);
    for (int k = 0; k < t.count; ++k)
      if (!atom_at(factor_at(t.first + k).atom).positive) {
        if (other != none) return false;
        other = k;
      }
    return !t.coefficient.negative();
  }
  static constexpr bool is_even(rational q) { return q.is_integer() && q.numerator % 2 == 0; }

  constexpr polynomial power(polynomial p, rational q) {
    if (!q.valid()) return give_up_unless(false);
    if (q.is(0)) return number({1, 1});
    if (q.is(1) || is_one(p)) return p;
    if (p.count == 0) return give_up_unless(q.numerator > 0);
    const term t = term_at(p.first);
    if (q.is_integer()) {
      if (p.count == 1 && t.sums == 0) {
        polynomial result = number(leibniz::power(t.coefficient, q.numerator));
        for (int k = 0; k < t.count; ++k) {
          const factor f = factor_at(t.first + k);
          result = product(result, raised(f, q));
        }
        return result;
      }
      if (!q.negative()) return integer_power(p, q.numerator);
      return product(number(leibniz::power(t.coefficient, q.numerator)), whole(scaled(p, reciprocal(t.coefficient)), q));
    }
    int other = none;
    if (splits(p, other)) {
      polynomial result = number_power(t.coefficient, q);
      for (int k = 0; k < t.count; ++k) {
        const factor f = factor_at(t.first + k);
        if (k == other && is_even(f.exponent)) {
          result = product(result, power(absolute(raised({f.atom, f.labels, {1, 1}}, {1, 1})), f.exponent * q));
        } else {
          result = product(result, raised(f, q));
        }
      }
      return result;
    }
    const rational k = magnitude(p);
    return product(number_power(k, q), whole(scaled(p, reciprocal(k)), q));
  }
  constexpr polynomial raised(const factor& f, rational q) {
    const rational exponent = f.exponent * q;
    if (!exponent.valid()) return give_up_unless(false);
    return single(f.atom, f.labels, exponent);
  }
  // The polynomial as an atom.
  constexpr polynomial whole(polynomial p, rational q) {
    if (failed) return {};
    return function(ops::index_of<ops::add_>, p, {}, {}, q);
  }
  /// c^q for positive c and a fraction q, over prime factors.
  constexpr polynomial number_power(rational c, rational q) {
    polynomial result = number({1, 1});
    const prime_factors primes = factorised(c);
    for (int i = 0; i < primes.count; ++i) {
      atom a{ops::index_of<ops::constant_>, none, primes.base[i]};
      a.positive = true;
      a.period = 1;
      result = product(result, raised({intern(a), 0, {primes.exponent[i], 1}}, q));
    }
    return result;
  }
  struct prime_factors {
    int count = 0;
    std::int64_t base[16]{};  // what is left over counts as a prime: then an equality may be missed
    int exponent[16]{};
  };
  static constexpr prime_factors factorised(rational c) {
    prime_factors list;
    for (int side = 0; side < 2; ++side) {
      std::int64_t n = side == 0 ? c.numerator : c.denominator;
      for (const int prime : {2, 3, 5, 7, 11, 13}) {
        int count = 0;
        for (; n > 1 && n % prime == 0; n /= prime) ++count;
        if (count == 0) continue;
        list.base[list.count] = prime;
        list.exponent[list.count++] = side == 0 ? count : -count;
      }
      if (n <= 1) continue;
      list.base[list.count] = n;
      list.exponent[list.count++] = side == 0 ? 1 : -1;
    }
    return list;
  }

  // exp of a sum is the product of the exps, exp(c·m) is exp(m)^c.
  constexpr polynomial exponential(polynomial p) {
    polynomial result = number({1, 1});
    for (int i = 0; i < p.count && !failed; ++i) {
      const term t = term_at(p.first + i);
      if (t.count == 0) {
        result = product(result, symbol(symbol_e, t.coefficient));
        continue;
      }
      const polynomial monomial = scaled({p.first + i, 1}, reciprocal(t.coefficient));
      const factor f = factor_at(t.first);
      const atom a = atom_at(f.atom);
      if (t.count == 1 && t.sums == 0 && f.exponent.is(1) && a.op == ops::index_of<ops::log_>)
        result = product(result, power(at_labels(a.operand[0], f.labels), t.coefficient));
      else
        result = product(result, function(ops::index_of<ops::exp_>, monomial, {}, {}, t.coefficient));
    }
    return result;
  }
  constexpr polynomial at_labels(polynomial p, int labels) {
    if (labels == 0) return p;
    relabelling m;
    for (int axis = 0; labels >> (4 * axis) != 0; ++axis) m.to[axis + 1] = (labels >> (4 * axis)) & 15;
    return relabelled(p, m);
  }

  constexpr polynomial logarithm(polynomial p) {
    if (p.count == 0) return give_up_unless(false);
    polynomial result{};
    int other = none;
    const rational k = magnitude(p);
    if (p.count == 1 && leading(p).negative() && is_number(p)) return give_up_unless(false);
    const prime_factors primes = factorised(k);
    for (int i = 0; i < primes.count; ++i)
      result = sum(result, function(ops::index_of<ops::log_>, number({primes.base[i], 1})), {primes.exponent[i], 1});
    if (!splits(p, other)) return sum(result, logarithm_of_sum(scaled(p, reciprocal(k))));
    const term t = term_at(p.first);
    for (int i = 0; i < t.count && !failed; ++i) {
      const factor f = factor_at(t.first + i);
      const atom a = atom_at(f.atom);
      polynomial part = single(f.atom, f.labels);
      if (a.op == ops::index_of<ops::exp_>) part = at_labels(a.operand[0], f.labels);
      else if (a.op == ops::index_of<ops::symbol_> && a.data == symbol_e) part = number({1, 1});
      else if (a.op == ops::index_of<ops::sigmoid_>) part = sum(at_labels(a.operand[0], f.labels), softplus_of(f), {-1, 1});
      else if (a.op == ops::index_of<ops::constant_>) part = function(ops::index_of<ops::log_>, number({a.data, 1}));
      else part = function(ops::index_of<ops::log_>, i == other && is_even(f.exponent) ? absolute(part) : part);
      result = sum(result, part, f.exponent);
    }
    return result;
  }

  // log(1 - sigmoid(u)) is -softplus(u), log(1 + exp(u)) is softplus(u).
  constexpr polynomial logarithm_of_sum(polynomial p) {
    const polynomial rest = sum(p, number({1, 1}), {-1, 1});
    if (rest.count == 1 && !failed && term_at(rest.first).sums == 0) {
      const term t = term_at(rest.first);
      const factor f = factor_at(t.first);
      if (t.coefficient.is(-1) && t.count == 1 && f.exponent.is(1) && atom_at(f.atom).op == ops::index_of<ops::sigmoid_>)
        return scaled(softplus_of(f), {-1, 1});
      bool exponentials = !t.coefficient.negative();
      for (int i = 0; i < t.count; ++i)
        exponentials = exponentials && atom_at(factor_at(t.first + i).atom).op == ops::index_of<ops::exp_>;
      if (exponentials) return apply(ops::index_of<ops::softplus_>, logarithm(rest));
    }
    return function(ops::index_of<ops::log_>, p);
  }
  constexpr polynomial softplus_of(const factor& f) {
    return apply(ops::index_of<ops::softplus_>, at_labels(atom_at(f.atom).operand[0], f.labels));
  }

  constexpr polynomial absolute(polynomial p) {
    if (p.count == 0) return p;
    const rational k = magnitude(p);
    const term t = term_at(p.first);
    if (p.count != 1 || t.sums != 0) return scaled(absolute_atom(scaled(p, reciprocal(leading(p)))), k);
    polynomial result = number(k);
    for (int i = 0; i < t.count && !failed; ++i) {
      const factor f = factor_at(t.first + i);
      const atom& a = atom_at(f.atom);
      const bool kept = a.positive || is_even(f.exponent) || !f.exponent.is_integer() || a.op == ops::index_of<ops::abs_>;
      if (kept) {
        result = product(result, single(f.atom, f.labels, f.exponent));
      } else {
        const rational rest = f.exponent - rational{1, 1};
        if (!rest.is(0)) result = product(result, single(f.atom, f.labels, rest));
        result = product(result, absolute_atom(single(f.atom, f.labels)));
      }
    }
    return result;
  }
  constexpr polynomial absolute_atom(polynomial p) { return function(ops::index_of<ops::abs_>, p); }

  // What an atom's square (or cube, ...) is.
  constexpr void learn_period(atom& a) {
    const polynomial u = a.operand[0];
    switch (a.op) {
      case ops::index_of<ops::add_>: a.period = 1; a.power = u; break;
      case ops::index_of<ops::abs_>: a.period = 2; a.power = integer_power(u, 2); break;
      case ops::index_of<ops::cbrt_>: a.period = 3; a.power = u; break;
      case ops::index_of<ops::sin_>:
        a.period = 2;
        a.power = sum(number({1, 1}), function(ops::index_of<ops::cos_>, axes_of(a), {}, {}, {2, 1}), {-1, 1});
        break;
      case ops::index_of<ops::cosh_>:
        a.period = 2;
        a.power = sum(number({1, 1}), function(ops::index_of<ops::sinh_>, axes_of(a), {}, {}, {2, 1}));
        break;
      default: break;
    }
  }
  static constexpr polynomial axes_of(const atom& a) { return a.operand[0]; }
  static constexpr bool is_positive(int op) {
    return op == ops::index_of<ops::exp_> || op == ops::index_of<ops::sigmoid_> || op == ops::index_of<ops::softplus_> ||
           op == ops::index_of<ops::cosh_>;
  }

  /// The atom op(p, q, r)^exponent, elementwise. Its axes are those that the operands have, in an order of its own, so
  /// that it does not matter whether an operand or the result was transposed or broadcast.
  constexpr polynomial function(int op, polynomial p, polynomial q = {}, polynomial r = {}, rational exponent = {1, 1}) {
    if (failed) return {};
    atom a{op};
    a.operand[0] = p;
    a.operand[1] = q;
    a.operand[2] = r;
    int extent[max_rank + 1]{};
    bool any = false;
    for (int side = 0; side < 3; ++side) any = learn_extents(a.operand[side], extent) || any;
    int labels = 0;
    if (any) {
      int axes[max_rank]{}, rank = 0;
      unsigned sign[max_rank]{};
      relabelling m;
      bool moved = false;
      for (int label = 1; label <= max_rank; ++label) {
        if (extent[label] == 0) continue;
        unsigned h = 0;
        for (int side = 0; side < 3; ++side) h = h * 0x9E3779B1u + signature(a.operand[side], label);
        int i = rank++;
        for (; i > 0 && h < sign[i - 1]; --i) {
          sign[i] = sign[i - 1];
          axes[i] = axes[i - 1];
        }
        sign[i] = h;
        axes[i] = label;
      }
      for (int i = 0; i < rank; ++i) {
        labels |= axes[i] << (4 * i);
        a.extents.append(extent[axes[i]]);
        m.to[axes[i]] = i + 1;
        moved = moved || axes[i] != i + 1;
      }
      for (int side = 0; moved && side < 3; ++side) a.operand[side] = relabelled(a.operand[side], m);
    }
    a.positive = is_positive(op);
    learn_period(a);
    if (failed) return {};
    return single(intern(a), labels, exponent);
  }
  constexpr bool learn_extents(polynomial p, int (&extent)[max_rank + 1]) const {
    bool any = false;
    for (int i = 0; i < p.count; ++i) {
      const term& t = term_at(p.first + i);
      for (int k = 0; t.labelled && k < t.count; ++k) {
        const factor& f = factor_at(t.first + k);
        for (int axis = 0; f.labels >> (4 * axis) != 0; ++axis)
          if (const int label = (f.labels >> (4 * axis)) & 15; label < first_summed) {
            extent[label] = atom_at(f.atom).extents.extent[axis];
            any = true;
          }
      }
    }
    return any;
  }
};

}  // namespace leibniz::graph
