#pragma once
#include <leibniz/calculus/term_pool.hpp>

// Sums, products and powers of polynomials, and the atoms they are made of.

namespace leibniz::graph {

class polynomials : public term_pool {
 public:

  constexpr polynomial number(rational c) {
    if (c.numerator == 0) return give_up_unless(c.valid());
    const int first = terms_.size();
    push({c, 0, 0, 0, false, 0});
    return {first, 1};
  }
  constexpr polynomial single(int which, int labels, rational exponent = {1, 1}) {
    return reduced(unreduced(which, labels, exponent));
  }
  /// The same, left a power of the atom: [1 + x]^1 still cancels [1 + x]^-1.
  constexpr polynomial unreduced(int which, int labels, rational exponent) {
    const int first = terms_.size();
    work_[0] = {which, labels, exponent};
    if (labels == 0) push_term({1, 1}, 1, 0);
    else finish(first, {1, 1}, 1);
    return {first, terms_.size() - first};
  }
  constexpr bool is_number(polynomial p) const { return p.count == 0 || (p.count == 1 && terms_[p.first].count == 0); }
  constexpr rational number_of(polynomial p) const { return p.count == 0 ? rational{0, 1} : terms_[p.first].coefficient; }
  constexpr bool is_one(polynomial p) const { return p.count == 1 && is_number(p) && number_of(p).is(1); }
  constexpr rational leading(polynomial p) const { return p.count == 0 ? rational{1, 1} : terms_[p.first].coefficient; }

  constexpr bool same(polynomial p, polynomial q) const {
    if (p.count != q.count) return false;
    if (p.first == q.first) return true;
    for (int i = 0; i < p.count; ++i)
      if (terms_[p.first + i].key != terms_[q.first + i].key) return false;
    for (int i = 0; i < p.count; ++i) {
      const term &s = terms_[p.first + i], &t = terms_[q.first + i];
      if (!(s.coefficient == t.coefficient) || compare(s, t) != 0) return false;
    }
    return true;
  }

  constexpr polynomial scaled(polynomial p, rational c) {
    if (c.is(1)) return p;
    if (c.numerator == 0) return give_up_unless(c.valid());
    const int first = terms_.size();
    for (int i = 0; i < p.count; ++i) {
      term t = terms_[p.first + i];
      t.coefficient = times(t.coefficient, c);
      push(t);
    }
    return {first, p.count};
  }

  /// p + c·q.
  constexpr polynomial sum(polynomial p, polynomial q, rational c = {1, 1}) {
    if (q.count == 0) return p;
    if (p.count == 0) return scaled(q, c);
    if (p.count + q.count > 2 * max_terms) return give_up_unless(false);
    const int first = terms_.size();
    int i = p.first, j = q.first;
    const int last_i = p.first + p.count, last_j = q.first + q.count;
    while (i < last_i || j < last_j) {
      const int order = i == last_i ? 1 : j == last_j ? -1 : compare(terms_[i], terms_[j]);
      term t = order <= 0 ? terms_[i] : terms_[j];
      if (order > 0) t.coefficient = times(t.coefficient, c);
      if (order == 0) t.coefficient = plus(t.coefficient, times(terms_[j].coefficient, c));
      if (order <= 0) ++i;
      if (order >= 0) ++j;
      if (t.coefficient.numerator != 0 || !t.coefficient.valid()) push(t);
    }
    return {first, terms_.size() - first};
  }

  constexpr polynomial product(polynomial p, polynomial q) {
    if (is_number(p)) return scaled(q, number_of(p));
    if (is_number(q)) return scaled(p, number_of(q));
    return product(p, {}, q, {}, {});
  }
  /// Σ p·q over the contracted labels, both relabelled.
  constexpr polynomial product(polynomial p, const relabelling& mp, polynomial q, const relabelling& mq, const contracted& over) {
    if (failed || p.count * q.count > max_terms) return give_up_unless(!failed && p.count * q.count <= max_terms);
    const int first = terms_.size();
    for (int i = 0; i < p.count; ++i)
      for (int j = 0; j < q.count; ++j) {
        const term s = terms_[p.first + i], t = terms_[q.first + j];
        if (over.count == 0 && !s.labelled && !t.labelled) merge(first, s, t);
        else combine(first, s, mp, t, mq, over);
        if (failed) return {};
      }
    return reduced(sorted(first));
  }
  constexpr polynomial relabelled(polynomial p, const relabelling& m, const contracted& over = {}) {
    return product(p, m, number({1, 1}), {}, over);
  }
  constexpr polynomial integer_power(polynomial p, std::int64_t n) {
    if (n > max_power) return give_up_unless(false);
    polynomial result = number({1, 1});
    for (; n > 0 && !failed; --n) result = product(result, p);
    return result;
  }

  // Atoms.
  constexpr int intern(const atom& wanted) {
    for (int i = 0; i < atoms_.size(); ++i) {
      const atom& known = atoms_[i];
      if (known.op == wanted.op && known.base == wanted.base && known.data == wanted.data &&
          same(known.operand[0], wanted.operand[0]) && same(known.operand[1], wanted.operand[1]) &&
          same(known.operand[2], wanted.operand[2]) && known.extents == wanted.extents && known.inner == wanted.inner)
        return i;
    }
    atoms_.push(wanted);
    reducible_ = reducible_ || wanted.period != 0;
    return atoms_.size() - 1;
  }
  constexpr const atom& atom_at(int i) const { return atoms_[i]; }
  constexpr const term& term_at(int i) const { return terms_[i]; }
  constexpr const factor& factor_at(int i) const { return factors_[i]; }

  /// δ with two axes.
  constexpr polynomial identity(int i, int j, int extent) {
    atom a{ops::index_of<ops::delta_>};
    a.extents = make_shape(extent, extent);
    return single(intern(a), i | (j << 4));
  }

  /// One term, its coefficient left out, with the summed labels made axes; and back.
  struct opened {
    polynomial body;
    relabelling names;  // for the labels of the term's factors
    relabelling back;
    contracted over;
  };
  constexpr opened open(const term& t, int first_axis) {
    opened o;
    if (first_axis - 1 + t.sums > max_rank) {
      give_up_unless(false);
      return o;
    }
    for (int k = 0; k < t.sums; ++k) {
      o.names.to[first_summed + k] = first_axis + k;
      o.back.to[first_axis + k] = 16 + k;
      o.over.extent[k] = extent_in(t, first_summed + k);
    }
    o.over.count = t.sums;
    return o;
  }
  static constexpr int renamed(int labels, const relabelling& m) {
    int result = 0;
    for (int place = 0; labels >> place != 0; place += 4) result |= m.to[(labels >> place) & 15] << place;
    return result;
  }
  constexpr int extent_in(const term& t, int label) const {
    for (int k = 0; k < t.count; ++k) {
      const factor& f = factors_[t.first + k];
      for (int axis = 0; f.labels >> (4 * axis) != 0; ++axis)
        if (((f.labels >> (4 * axis)) & 15) == label) return atoms_[f.atom].extents.extent[axis];
    }
    return 0;
  }
  /// The largest axis label that occurs.
  constexpr int last_axis(const term& t) const {
    int last = 0;
    for (int k = 0; k < t.count; ++k)
      for (int labels = factors_[t.first + k].labels; labels != 0; labels >>= 4)
        if ((labels & 15) < first_summed && (labels & 15) > last) last = labels & 15;
    return last;
  }

 protected:
  static constexpr std::int64_t floor(rational q) {
    const std::int64_t n = q.numerator / q.denominator;
    return q.numerator < n * q.denominator ? n - 1 : n;
  }

 private:
  static constexpr int max_power = 12;
  bool reducible_ = false;

  // How many periods of its atom a factor holds: √(1+x)·√(1+x) is 1+x, |x|·|x| is x², √2·√2 is 2.
  constexpr std::int64_t periods(const factor& f) const {
    const atom& a = atoms_[f.atom];
    if (a.period == 0) return 0;
    const std::int64_t n = floor(f.exponent) / a.period;
    return n > 0 ? n : a.op == ops::index_of<ops::constant_> ? floor(f.exponent) : 0;
  }
  constexpr polynomial reduced(polynomial p) {
    if (!reducible_ || failed) return p;
    bool any = false;
    for (int i = 0; i < p.count && !any; ++i) {
      const term& t = terms_[p.first + i];
      for (int k = 0; k < t.count; ++k) any = any || periods(factors_[t.first + k]) != 0;
    }
    if (!any) return p;
    polynomial result{};
    for (int i = 0; i < p.count && !failed; ++i) result = sum(result, reduced_term(terms_[p.first + i]));
    return result;
  }
  constexpr polynomial reduced_term(const term t) {
    int where = 0;
    std::int64_t n = 0;
    for (int k = 0; k < t.count && n == 0; ++k)
      if (n = periods(factors_[t.first + k]); n != 0) where = k;
    if (n == 0) {
      const int first = terms_.size();
      push(t);
      return {first, 1};
    }
    const factor f = factors_[t.first + where];
    const atom a = atoms_[f.atom];
    const rational left = plus(f.exponent, {-n * a.period, 1});
    const opened o = open(t, last_axis(t) + 1);
    if (failed) return {};
    int m = 0;
    for (int k = 0; k < t.count; ++k) {
      if (k == where && left.numerator == 0) continue;
      work_[m] = factors_[t.first + k];
      work_[m].labels = renamed(work_[m].labels, o.names);
      if (k == where) work_[m].exponent = left;
      ++m;
    }
    const int first = terms_.size();
    sort(work_, m);
    push_term(t.coefficient, m, 0);
    polynomial rest{first, 1};
    if (a.op == ops::index_of<ops::constant_>) {
      rest = scaled(rest, leibniz::power({a.data, 1}, n));
    } else {
      relabelling axes;
      for (int axis = 0; f.labels >> (4 * axis) != 0; ++axis) axes.to[axis + 1] = o.names.to[(f.labels >> (4 * axis)) & 15];
      rest = product(reduced(rest), {}, integer_power(a.power, n), axes, {});
    }
    rest = reduced(rest);
    return o.over.count == 0 ? rest : relabelled(rest, o.back, o.over);
  }
};

}  // namespace leibniz::graph
