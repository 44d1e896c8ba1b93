#pragma once
#include <leibniz/graph/contraction.hpp>

// Polynomials in Einstein's notation: sums of terms c · Σ Π atom[labels]^q. Axis i of the result carries label i + 1,
// labels from 5 on are summed over inside their term; a scalar has no labels. Elementwise products, sums over axes,
// transposes, broadcasts, diagonals, matrix products and outer products are all of this one form.
//
// This header brings single terms into canonical form; polynomial.hpp computes with sums of them.
// It is longer than 250 lines because the steps of that form only make sense together.

namespace leibniz::graph {

inline constexpr int first_summed = max_rank + 1;

struct factor {
  int atom = 0;
  int labels = 0;  // four bits an axis
  rational exponent{1, 1};
  friend constexpr bool operator==(const factor&, const factor&) = default;
};

struct term {
  rational coefficient;
  int first = 0, count = 0;  // its factors
  int sums = 0;              // how many labels are summed
  bool labelled = false;
  unsigned key = 0;
};

/// A range of terms, in canonical order.
struct polynomial {
  int first = 0, count = 0;
};

/// What a polynomial is made of: a variable, or an operation on polynomials that is none itself.
struct atom {
  int op = 0;
  int base = none;  // the atom of which this is an element
  std::int64_t data = 0;
  polynomial operand[3]{};
  shape extents{};
  shape inner{};  // the operand's shape, where the polynomial does not tell it
  bool positive = false;
  int period = 0;  // atom^period is the polynomial `power`
  polynomial power{};
};

/// Which axis goes where: 1 to 4 are axes of the result, 16 + k is the k-th contracted label.
struct relabelling {
  int to[16]{0, 1, 2, 3, 4};
};
struct contracted {
  int count = 0;
  int extent[2 * max_rank]{};
};

/// The terms of all polynomials of one comparison, and the canonical form of each.
class term_pool {
 public:
  bool failed = false;  // too large, or not representable: the comparison says no

  constexpr polynomial give_up_unless(bool fine) {
    failed = failed || !fine;
    return {};
  }

 protected:
  static constexpr int max_terms = 256, max_factors = 24;

  growing<factor> factors_;
  growing<term> terms_;
  growing<atom> atoms_;
  factor work_[2 * max_factors]{};

  static constexpr rational times(rational a, rational b) {
    if (a.is(1)) return b;
    if (b.is(1)) return a;
    return a * b;
  }
  static constexpr rational plus(rational a, rational b) {
    std::int64_t n = 0;
    if (a.denominator == 1 && b.denominator == 1 && !__builtin_add_overflow(a.numerator, b.numerator, &n) && n != INT64_MIN)
      return {n, 1};
    return a + b;
  }

  /// Where an axis label occurs, as a number that does not depend on how axes are called.
  constexpr unsigned signature(polynomial p, int label) const {
    unsigned total = 0;
    for (int i = 0; i < p.count; ++i) {
      const term& t = terms_[p.first + i];
      unsigned here = 0;
      for (int k = 0; k < t.count; ++k) here += signature(factors_[t.first + k], label);
      total += mixed(here) * (static_cast<unsigned>(t.coefficient.numerator) * 31u + static_cast<unsigned>(t.coefficient.denominator));
    }
    return total;
  }

  static constexpr unsigned mixed(unsigned h) {
    h *= 0x9E3779B1u;
    return h ^ (h >> 15);
  }
  static constexpr unsigned key_of(const factor& f) {
    return mixed(static_cast<unsigned>(f.atom + 1) * 0x85EBCA77u + static_cast<unsigned>(f.labels) * 0xC2B2AE3Du +
                 static_cast<unsigned>(f.exponent.numerator) * 0x27D4EB2Fu + static_cast<unsigned>(f.exponent.denominator));
  }
  static constexpr unsigned signature(const factor& f, int label) {
    unsigned total = 0;
    for (int place = 0; f.labels >> place != 0; place += 4)
      if (((f.labels >> place) & 15) == label) {
        int mask = 0;  // which axes carry this label, and which a summed one
        for (int other = 0; f.labels >> other != 0; other += 4) {
          const int l = (f.labels >> other) & 15;
          mask |= (l == label ? 1 : l < first_summed ? 2 : 3) << other;
        }
        total += mixed(key_of({f.atom, mask, f.exponent}) + static_cast<unsigned>(place));
      }
    return total;
  }

  constexpr void push(const term& t) {
    failed = failed || !t.coefficient.valid();
    terms_.push(t);
  }
  static constexpr int order(const factor& a, const factor& b) {
    if (a.atom != b.atom) return a.atom < b.atom ? -1 : 1;
    if (a.labels != b.labels) return a.labels < b.labels ? -1 : 1;
    return 0;
  }
  static constexpr int order_all(const factor& a, const factor& b) {
    if (const int o = order(a, b); o != 0) return o;
    if (a.exponent.numerator != b.exponent.numerator) return a.exponent.numerator < b.exponent.numerator ? -1 : 1;
    if (a.exponent.denominator != b.exponent.denominator) return a.exponent.denominator < b.exponent.denominator ? -1 : 1;
    return 0;
  }
  constexpr int compare(const term& s, const term& t) const {
    if (s.key != t.key) return s.key < t.key ? -1 : 1;
    if (s.count != t.count) return s.count < t.count ? -1 : 1;
    if (s.first == t.first) return 0;
    for (int k = 0; k < s.count; ++k)
      if (const int o = order_all(factors_[s.first + k], factors_[t.first + k]); o != 0) return o;
    return 0;
  }

  // The product of two scalar terms: two sorted lists of factors become one.
  constexpr void merge(int first, const term& s, const term& t) {
    int n = 0;
    int i = s.first, j = t.first;
    const int last_i = s.first + s.count, last_j = t.first + t.count;
    if (s.count + t.count > max_factors) return void(failed = true);
    while (i < last_i || j < last_j) {
      const int o = i == last_i ? 1 : j == last_j ? -1 : order(factors_[i], factors_[j]);
      work_[n] = o <= 0 ? factors_[i] : factors_[j];
      if (o == 0) {
        work_[n].exponent = plus(work_[n].exponent, factors_[j].exponent);
        failed = failed || !work_[n].exponent.valid();
      }
      if (o <= 0) ++i;
      if (o >= 0) ++j;
      if (work_[n].exponent.numerator != 0) ++n;
    }
    collect(first, times(s.coefficient, t.coefficient), n, 0);
  }

  // The product of two terms with labels.
  constexpr void combine(int first, const term& s, const relabelling& ms, const term& t, const relabelling& mt, const contracted& over) {
    const int base = first_summed + s.sums + t.sums;
    if (base + over.count > 16 || s.count + t.count > max_factors) return void(failed = true);
    rational c = times(s.coefficient, t.coefficient);
    int n = 0, used = 0;
    for (int side = 0; side < 2; ++side) {
      const term& from = side == 0 ? s : t;
      const relabelling& m = side == 0 ? ms : mt;
      for (int k = 0; k < from.count; ++k) {
        factor f = factors_[from.first + k];
        int labels = 0;
        for (int place = 0; f.labels >> place != 0; place += 4) {
          int label = (f.labels >> place) & 15;
          if (label >= first_summed) label += side == 0 ? 0 : s.sums;
          else label = m.to[label] >= 16 ? base + m.to[label] - 16 : m.to[label];
          used |= 1 << label;
          labels |= label << place;
        }
        f.labels = labels;
        work_[n++] = f;
      }
    }
    for (int k = 0; k < over.count; ++k)
      if ((used >> (base + k) & 1) == 0) c = times(c, {over.extent[k], 1});
    finish(first, c, n);
  }

  constexpr void replace(int n, int from, int to) {
    for (int k = 0; k < n; ++k)
      for (int place = 0; work_[k].labels >> place != 0; place += 4)
        if (((work_[k].labels >> place) & 15) == from)
          work_[k].labels = (work_[k].labels & ~(15 << place)) | (to << place);
  }
  static constexpr void sort(factor* list, int n) {
    for (int i = 1; i < n; ++i) {
      const factor f = list[i];
      int j = i;
      for (; j > 0 && order(f, list[j - 1]) < 0; --j) list[j] = list[j - 1];
      list[j] = f;
    }
  }

  // The term c · Σ Π work_[0..n), brought into canonical form: identities resolved, equal factors joined, summed labels
  // renamed by where they occur.
  constexpr void finish(int first, rational c, int n) {
    int extent[16]{};
    for (int k = 0; k < n; ++k)
      for (int axis = 0; work_[k].labels >> (4 * axis) != 0; ++axis)
        extent[(work_[k].labels >> (4 * axis)) & 15] = atoms_[work_[k].atom].extents.extent[axis];
    for (int k = 0; k < n; ++k) {
      if (atoms_[work_[k].atom].op != ops::index_of<ops::delta_>) continue;
      int i = work_[k].labels & 15, j = work_[k].labels >> 4;
      if (work_[k].exponent.negative()) return void(failed = true);
      if (i > j) {
        const int larger = i;
        i = j;
        j = larger;
      }
      const factor kept{work_[k].atom, i | (j << 4), {1, 1}};
      work_[k] = work_[--n];
      if (i == j) {
        --k;
        continue;
      }
      replace(n, j, i);
      if (j >= first_summed) {
        extent[j] = 0;
        k = -1;
      } else {
        work_[n] = work_[k];
        work_[k] = kept;
        ++n;
      }
    }
    sort(work_, n);
    int m = 0;
    for (int k = 0; k < n; ++k) {
      if (m > 0 && order(work_[m - 1], work_[k]) == 0) {
        work_[m - 1].exponent = plus(work_[m - 1].exponent, work_[k].exponent);
        if (!work_[m - 1].exponent.valid()) return void(failed = true);
        if (work_[m - 1].exponent.numerator == 0) --m;
      } else {
        work_[m++] = work_[k];
      }
    }
    n = m;
    int used = 0;
    for (int k = 0; k < n; ++k)
      for (int labels = work_[k].labels; labels != 0; labels >>= 4) used |= 1 << (labels & 15);
    int summed[16]{};
    int sums = 0;
    for (int label = first_summed; label < 16; ++label) {
      if (used >> label & 1) summed[sums++] = label;
      else if (extent[label] != 0) c = times(c, {extent[label], 1});
    }
    if (sums != 0) rename(n, summed, sums);
    collect(first, c, n, sums);
  }

  constexpr void rename(int n, int* summed, int sums) {
    unsigned sign[16]{};
    for (int s = 0; s < sums; ++s)
      for (int k = 0; k < n; ++k) sign[s] += signature(work_[k], summed[s]);
    bool ties = false;
    for (int i = 1; i < sums; ++i)
      for (int j = i; j > 0 && sign[j] <= sign[j - 1]; --j) {
        ties = ties || sign[j] == sign[j - 1];
        if (sign[j] == sign[j - 1]) break;
        const unsigned h = sign[j];
        const int label = summed[j];
        sign[j] = sign[j - 1];
        summed[j] = summed[j - 1];
        sign[j - 1] = h;
        summed[j - 1] = label;
      }
    int permutations = 1;
    for (int k = 2; ties && k <= sums; ++k) permutations *= k;
    if (permutations > 24) permutations = 1;
    factor original[2 * max_factors]{}, best[2 * max_factors]{};
    for (int k = 0; k < n; ++k) original[k] = work_[k];
    for (int p = 0; p < permutations; ++p) {
      int rest[16]{}, place[16]{};
      for (int i = 0; i < sums; ++i) rest[i] = summed[i];
      for (int i = 0, code = p, left = sums; i < sums; ++i, --left) {
        const int pick = code % left;
        code /= left;
        place[rest[pick]] = first_summed + i;
        for (int j = pick; j + 1 < left; ++j) rest[j] = rest[j + 1];
      }
      for (int k = 0; k < n; ++k) {
        work_[k] = original[k];
        for (int at = 0; original[k].labels >> at != 0; at += 4)
          if (const int l = (original[k].labels >> at) & 15; l >= first_summed)
            work_[k].labels = (work_[k].labels & ~(15 << at)) | (place[l] << at);
      }
      sort(work_, n);
      bool better = p == 0;
      for (int k = 0, o = 0; k < n && o == 0 && !better; ++k) {
        o = order_all(work_[k], best[k]);
        better = o < 0;
      }
      for (int k = 0; better && k < n; ++k) best[k] = work_[k];
    }
    for (int k = 0; k < n; ++k) work_[k] = best[k];
  }

  constexpr void push_term(rational c, int n, int sums) {
    term t{c, factors_.size(), n, sums, false, 0};
    for (int k = 0; k < n; ++k) {
      t.key += key_of(work_[k]);
      t.labelled = t.labelled || work_[k].labels != 0;
      factors_.push(work_[k]);
    }
    push(t);
  }
  // Adds a term to those from `first` on.
  constexpr void collect(int first, rational c, int n, int sums) {
    push_term(c, n, sums);
    const int last = terms_.size() - 1;
    for (int i = first; i < last; ++i)
      if (terms_[i].key == terms_[last].key && compare(terms_[i], terms_[last]) == 0) {
        terms_[i].coefficient = plus(terms_[i].coefficient, c);
        failed = failed || !terms_[i].coefficient.valid();
        terms_.pop();
        return;
      }
  }
  constexpr polynomial sorted(int first) {
    int end = first;
    for (int i = first; i < terms_.size(); ++i) {
      const term t = terms_[i];
      if (t.coefficient.numerator == 0) continue;
      int j = end++;
      for (; j > first && compare(t, terms_[j - 1]) < 0; --j) terms_[j] = terms_[j - 1];
      terms_[j] = t;
    }
    while (terms_.size() > end) terms_.pop();
    return {first, end - first};
  }
};

}  // namespace leibniz::graph
