#pragma once
#include <leibniz/calculus/polynomial.hpp>

// The normal form behind `e1 == e2`: every node becomes a polynomial over atoms. The identities used here hold over
// the reals wherever the left side is defined, and a normal form is defined wherever its formula is; so equal forms
// mean formulas that agree wherever both are defined. Nothing is ever computed with these forms.
//
// The switch below relates operations to each other (what is odd, what is a logarithm of what); a row that it does
// not name is an atom of its operands' normal forms. It is longer than 250 lines for that list.

namespace leibniz::graph {

class normal_forms : private polynomials {
 public:
  constexpr explicit normal_forms(builder& g) : g_(g) {}

  constexpr bool same_formula(int a, int b) {
    if (a == b) return true;
    if (!(g_.shape_at(a) == g_.shape_at(b))) return false;
    visit(a > b ? a : b, a, b);
    if (failed) return false;
    const polynomial left = forms_[a], right = forms_[b];
    if (same(left, right)) return true;
    const polynomial difference = cleared(sum(left, right, {-1, 1}));
    if (failed) return false;
    if (difference.count == 0) return true;
    const polynomial written_out = cleared(with_sums_written_out(difference));
    return !failed && written_out.count == 0;
  }

 private:
  builder& g_;
  growing<polynomial> forms_;

  // Operands come before their users: mark what is needed from the top down, then go up. No recursion, because
  // compilers limit its depth.
  constexpr void visit(int top, int a, int b) {
    growing<char> needed(top + 1);
    forms_.extend(top + 1);
    needed[a] = needed[b] = 1;
    for (int i = top; i >= 0; --i) {
      if (needed[i] == 0 || g_.is_constant(i)) continue;
      const node& n = g_.at(i);
      if (n.a >= 0) needed[n.a] = 1;
      if (n.b >= 0) needed[n.b] = 1;
      if (n.c >= 0) needed[n.c] = 1;
    }
    for (int i = 0; i <= top && !failed; ++i)
      if (needed[i] != 0) forms_[i] = form(i);
  }

  constexpr polynomial form(int i) {
    const node n = g_.at(i);
    switch (n.op) {
      case ops::index_of<ops::constant_>: return number(g_.constant_at(i));
      case ops::index_of<ops::variable_>: return leaf(n, g_.shape_at(i));
      case ops::index_of<ops::symbol_>: return symbol(static_cast<int>(n.data));
      case ops::index_of<ops::let_>: return forms_[n.a];
      case ops::index_of<ops::contract_>: return contraction(n, g_.shape_at(i));
      case ops::index_of<ops::rearrange_>: return contraction(n, g_.shape_at(i));
      case ops::index_of<ops::delta_>: {
        const shape s = g_.shape_at(i);
        polynomial result = number({1, 1});
        for (int axis = 0; axis < s.rank / 2; ++axis)
          result = product(result, identity(axis + 1, axis + 1 + s.rank / 2, s.extent[axis]));
        return result;
      }
      case ops::index_of<ops::slice_>:
        if (g_.shape_at(i).is_scalar() && ops::slice_::slice_lead(n.data) == 0) {
          const shape source = g_.shape_at(n.a);
          const ops::indices index = ops::unflatten(source, ops::slice_::slice_offset(n.data));
          fixing at;
          for (int axis = 0; axis < source.rank; ++axis) at.index[axis + 1] = index.at[axis];
          return element(forms_[n.a], at);
        }
        return leaf(n, g_.shape_at(i));
      default:
        if (!is_elementwise(n.op)) return leaf(n, g_.shape_at(i));
        return apply(n.op, forms_[n.a], n.b >= 0 ? forms_[n.b] : polynomial{}, n.c >= 0 ? forms_[n.c] : polynomial{});
    }
  }

  // An atom with all axes of its shape: a variable, a reduction, a piece of a tensor.
  constexpr polynomial leaf(const node& n, const shape& extents) {
    atom a{n.op, none, n.data};
    a.extents = extents;
    a.positive = n.op == ops::index_of<ops::softmax_>;
    if (n.a >= 0) {
      a.operand[0] = forms_[n.a];
      a.inner = g_.shape_at(n.a);
    }
    int labels = 0;
    for (int axis = 0; axis < extents.rank; ++axis) labels |= (axis + 1) << (4 * axis);
    return single(intern(a), labels);
  }
  constexpr polynomial symbol(int which, rational exponent = {1, 1}) {
    atom a{ops::index_of<ops::symbol_>, none, which};
    a.positive = true;
    return single(intern(a), 0, exponent);
  }

  // contract_ and rearrange_: labels that the result has name its axes, the others are summed; a label that the result
  // has twice is a diagonal.
  constexpr polynomial contraction(const node& n, const shape& extents) {
    const bool two = n.op == ops::index_of<ops::contract_>;
    const shape left = g_.shape_at(n.a), right = two ? g_.shape_at(n.b) : shape{};
    const ops::labels la = ops::decode(n.data, 0, left.rank), lb = ops::decode(n.data, 1, right.rank);
    const ops::labels lo = ops::decode(n.data, two ? 2 : 1, extents.rank);
    int place[16]{};
    for (int i = extents.rank - 1; i >= 0; --i) place[lo.at[i]] = i + 1;
    contracted over;
    relabelling ma, mb;
    const auto assign = [&](const ops::labels& l, const shape& s, relabelling& m) {
      for (int i = 0; i < l.rank; ++i) {
        if (place[l.at[i]] == 0) {
          over.extent[over.count] = s.extent[i];
          place[l.at[i]] = 16 + over.count++;
        }
        m.to[i + 1] = place[l.at[i]];
      }
    };
    assign(la, left, ma);
    assign(lb, right, mb);
    polynomial result = product(forms_[n.a], ma, two ? forms_[n.b] : number({1, 1}), mb, over);
    for (int i = 0; i < extents.rank; ++i)
      if (place[lo.at[i]] != i + 1) result = product(result, identity(place[lo.at[i]], i + 1, extents.extent[i]));
    return result;
  }

  // ---- operations on polynomials ----

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
  // A condition `0 < u` and a quotient by `u` are made again from one operand when an element of them is taken.
  constexpr polynomial apply_again(const atom& a, polynomial p, polynomial q, polynomial r) {
    switch (a.op) {
      case ops::index_of<ops::less_>:
      case ops::index_of<ops::equal_>: return apply(a.op, {}, p);
      default: return apply(a.op, p, q, r);
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
    for_prime_factors(c, [&](std::int64_t prime, int count) {
      atom a{ops::index_of<ops::constant_>, none, prime};
      a.positive = true;
      a.period = 1;
      result = product(result, raised({intern(a), 0, {count, 1}}, q));
    });
    return result;
  }
  template <class F>
  static constexpr void for_prime_factors(rational c, F f) {
    for (int side = 0; side < 2; ++side) {
      std::int64_t n = side == 0 ? c.numerator : c.denominator;
      for (const int prime : {2, 3, 5, 7, 11, 13}) {
        int count = 0;
        for (; n > 1 && n % prime == 0; n /= prime) ++count;
        if (count != 0) f(prime, side == 0 ? count : -count);
      }
      if (n > 1) f(n, side == 0 ? 1 : -1);
    }
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
    for_prime_factors(k, [&](std::int64_t prime, int count) {
      result = sum(result, function(ops::index_of<ops::log_>, number({prime, 1})), {count, 1});
    });
    if (!splits(p, other)) return sum(result, function(ops::index_of<ops::log_>, scaled(p, reciprocal(k))));
    const term t = term_at(p.first);
    for (int i = 0; i < t.count && !failed; ++i) {
      const factor f = factor_at(t.first + i);
      const atom a = atom_at(f.atom);
      polynomial part = single(f.atom, f.labels);
      if (a.op == ops::index_of<ops::exp_>) part = at_labels(a.operand[0], f.labels);
      else if (a.op == ops::index_of<ops::symbol_> && a.data == symbol_e) part = number({1, 1});
      else if (a.op == ops::index_of<ops::constant_>) part = function(ops::index_of<ops::log_>, number({a.data, 1}));
      else part = function(ops::index_of<ops::log_>, i == other && is_even(f.exponent) ? absolute(part) : part);
      result = sum(result, part, f.exponent);
    }
    return result;
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

  // ---- elements ----

  struct fixing {
    int index[max_rank + 1]{none, none, none, none, none};  // by axis label; `none` keeps the axis
  };

  /// p with some axes fixed; the others move up.
  constexpr polynomial element(polynomial p, const fixing& at) {
    relabelling kept;
    int axes = 0;
    for (int label = 1; label <= max_rank; ++label) kept.to[label] = at.index[label] == none ? ++axes : 0;
    polynomial total{};
    for (int i = 0; i < p.count && !failed; ++i) {
      const term t = term_at(p.first + i);
      int last = 0;
      for (int label = 1; label <= last_axis(t); ++label)
        if (kept.to[label] > last) last = kept.to[label];
      opened o = open(t, last + 1);
      for (int label = 1; label <= max_rank; ++label) o.names.to[label] = kept.to[label];
      polynomial part = number(t.coefficient);
      for (int k = 0; k < t.count && !failed; ++k) {
        const factor f = factor_at(t.first + k);
        fixing inner;
        int rest = 0, count = 0;
        bool any = false;
        for (int axis = 0; f.labels >> (4 * axis) != 0; ++axis) {
          const int label = (f.labels >> (4 * axis)) & 15;
          if (label < first_summed && at.index[label] != none) {
            inner.index[axis + 1] = at.index[label];
            any = true;
          } else {
            rest |= o.names.to[label] << (4 * count++);
          }
        }
        if (any) part = product(part, at_labels(power(element_of(f.atom, inner), f.exponent), rest));
        else part = product(part, single(f.atom, rest, f.exponent));
      }
      total = sum(total, o.over.count == 0 ? part : relabelled(part, o.back, o.over));
    }
    return total;
  }
  constexpr polynomial element_of(int which, const fixing& at) {
    const atom a = atom_at(which);
    if (a.op == ops::index_of<ops::add_>) return element(a.operand[0], at);
    if (is_elementwise(a.op))
      return apply_again(a, element(a.operand[0], at), element(a.operand[1], at), element(a.operand[2], at));
    if (a.op == ops::index_of<ops::delta_> && at.index[1] != none && at.index[2] != none)
      return number({at.index[1] == at.index[2] ? 1 : 0, 1});
    // Elements of elements: the indices of the first and of the second, axis by axis.
    atom result{ops::index_of<ops::slice_>, a.base == none ? which : a.base, 0};
    const shape source = atom_at(result.base).extents;
    int labels = 0;
    for (int axis = 0, open_axis = 0; axis < source.rank; ++axis) {
      std::int64_t index = a.base == none ? 0 : (a.data >> (15 * axis)) & 0x7fff;
      if (index == 0) {
        ++open_axis;
        index = at.index[open_axis] + 1;
        if (index > 0x7fff) return give_up_unless(false);
      }
      if (index == 0) {
        result.extents.append(source.extent[axis]);
        labels |= result.extents.rank << (4 * (result.extents.rank - 1));
      }
      result.data |= index << (15 * axis);
    }
    result.positive = a.positive;
    return single(intern(result), labels);
  }

  // ---- the difference of two formulas ----

  /// Multiplied by what stands in denominators, until nothing does: p is 0 where it is defined if the result is.
  constexpr polynomial cleared(polynomial p) {
    for (int round = 0; round < 8 && !failed && p.count != 0; ++round) {
      factor worst;
      bool any = false;
      for (int i = 0; i < p.count; ++i) {
        const term& t = term_at(p.first + i);
        for (int k = 0; k < t.count; ++k) {
          const factor f = factor_at(t.first + k);
          if (!f.exponent.negative() || atom_at(f.atom).period == 0 || has_summed(f.labels)) continue;
          if (any && (f.atom != worst.atom || f.labels != worst.labels)) continue;
          if (!any || less(f.exponent, worst.exponent)) worst = f;
          any = true;
        }
      }
      if (!any) break;
      p = product(p, single(worst.atom, worst.labels, {floor_up(worst.exponent), 1}));
    }
    return p;
  }
  static constexpr std::int64_t floor_up(rational negative) { return -floor(negative); }
  static constexpr bool has_summed(int labels) {
    for (; labels != 0; labels >>= 4)
      if ((labels & 15) >= first_summed) return true;
    return false;
  }

  /// Short sums as what they are sums of.
  constexpr polynomial with_sums_written_out(polynomial p) {
    polynomial total{};
    for (int i = 0; i < p.count && !failed; ++i) {
      const term t = term_at(p.first + i);
      if (t.sums == 0) {
        total = sum(total, {p.first + i, 1});
        continue;
      }
      const int axes = last_axis(t);
      opened o = open(t, axes + 1);
      polynomial body = number(t.coefficient);
      for (int k = 0; k < t.count && !failed; ++k) {
        const factor f = factor_at(t.first + k);
        body = product(body, single(f.atom, renamed(f.labels, o.names), f.exponent));
      }
      int combinations = 1;
      for (int k = 0; k < t.sums; ++k) combinations *= o.over.extent[k] > longest_sum ? longest_sum + 1 : o.over.extent[k];
      if (combinations > 2 * longest_sum) return give_up_unless(false);
      for (int at = 0; at < combinations && !failed; ++at) {
        fixing index;
        for (int k = 0, code = at; k < t.sums; ++k) {
          index.index[axes + 1 + k] = code % o.over.extent[k];
          code /= o.over.extent[k];
        }
        total = sum(total, element(body, index));
      }
    }
    return total;
  }

  static constexpr int longest_sum = 16;
  static constexpr int symbol_e = ops::symbol_::e;
};

/// Whether two nodes of one builder are the same formula in normal form: equal over the reals wherever both are
/// defined. May miss an equality (too many terms, an identity that is not listed here), never invents one. Different
/// shapes are different formulas; names of intermediates do not matter.
constexpr bool same_formula(builder& g, int a, int b) { return normal_forms{g}.same_formula(a, b); }

}  // namespace leibniz::graph
