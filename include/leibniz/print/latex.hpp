// Long because one recursive printer is one class: every construct may stand in every other.
#pragma once
#include <leibniz/print/names.hpp>
#include <leibniz/print/structure.hpp>

namespace leibniz::print {

/// Writes one formula; the levels are those of `text_printer`, with ⊙ weaker than juxtaposition.
class latex_printer {
 public:
  constexpr latex_printer(const builder& g, writer& out) : g_(g), out_(out) {}

  constexpr void write_whole(int i, level wanted) {
    if (is_scalar(g_, i) || !is_shapeless(g_, i)) return write(i, wanted);
    i = without_broadcast(g_, i);
    const rational c = g_.is_constant(i) ? g_.constant_at(i) : rational::overflow();
    const bool bare = c.is(1) || c.is(0);
    const level own = bare ? level::atom : level::product;
    open(wanted, own);
    if (!bare) {
      write(i, level::product);
      out_.append(' ');
    }
    out_.append(c.is(0) ? "\\mathbf{0}" : "\\mathbf{1}");
    extents_below(g_.shape_at(broadcast_shape_));
    close(wanted, own);
  }
  constexpr void write_root(int i) {
    broadcast_shape_ = i;
    write_whole(i, level::lowest);
  }

 private:
  const builder& g_;
  writer& out_;
  int broadcast_shape_ = 0;
  int indexed_ = 0;  // within Σ over i, j, …: the number of indices that every tensor carries

  constexpr void write_operand(int i, level wanted) {
    broadcast_shape_ = i;
    write_whole(i, wanted);
  }

  constexpr void write(int i, level wanted) {
    i = without_broadcast(g_, i);
    const graph::node& n = g_.at(i);
    const row_looks& row = looks.of[n.op];
    if (g_.is_constant(i)) return number(g_.constant_at(i), wanted);
    switch (row.style) {
      case notation::sum: return sum(i, wanted);
      case notation::product:
      case notation::quotient: return product(i, wanted, false);
      case notation::power: return power(i, wanted);
      case notation::relation:
        open(wanted, level::relation);
        write(n.a, level::sum);
        out_.append(' ');
        out_.append(row.latex);
        out_.append(' ');
        write(n.b, level::sum);
        return close(wanted, level::relation);
      default: break;
    }
    if (is<ops::symbol_>(g_, i)) return out_.append(ops::symbol_::latex_names[n.data]);
    if (is<ops::variable_>(g_, i) || is<ops::let_>(g_, i)) return name(i);
    if (is<ops::contract_>(g_, i)) return contract(i, wanted);
    if (is<ops::rearrange_>(g_, i)) return rearrange(i, wanted);
    if (is<ops::slice_>(g_, i) || is<ops::pad_>(g_, i)) return piece(i, wanted);
    if (is<ops::delta_>(g_, i)) {
      out_.append('I');
      return extents_below(g_.shape_at(i).head(g_.shape_at(i).rank / 2));
    }
    const char* place = row.latex;
    while (*place != 0 && *place != '#') ++place;
    if (*place == '#') return filled(i, wanted);
    function(row);
    arguments(i);
  }

  constexpr void open(level wanted, level own) {
    if (wanted > own) out_.append("\\left(");
  }
  constexpr void close(level wanted, level own) {
    if (wanted > own) out_.append("\\right)");
  }
  constexpr void extents_below(const shape& s) {
    out_.append("_{");
    for (int i = 0; i < s.rank; ++i) {
      if (i != 0) out_.append(" \\times ");
      out_.append(s.extent[i]);
    }
    out_.append('}');
  }

  // Functions.
  constexpr void function(const row_looks& row) {
    if (*row.latex != 0) return out_.append(row.latex);
    out_.append("\\operatorname{");
    for (const char* c = row.name; *c != 0; ++c) {
      if (*c == '_') out_.append('\\');
      out_.append(*c);
    }
    out_.append('}');
  }
  constexpr void arguments(int i) {
    const graph::node& n = g_.at(i);
    const row_looks& row = looks.of[n.op];
    out_.append("\\left(");
    for (int k = 0; k < row.arity; ++k) {
      if (k != 0) out_.append(", ");
      if (row.elementwise) write(operand_of(n, k), level::lowest);
      else write_operand(operand_of(n, k), level::lowest);
    }
    out_.append("\\right)");
  }
  // A row's template. Cases have no right-hand delimiter, and a power is no atom.
  constexpr void filled(int i, level wanted) {
    const graph::node& n = g_.at(i);
    const char* const pattern = looks.of[n.op].latex;
    level own = level::atom;
    for (const char* c = pattern; *c != 0; ++c) {
      if (*c == '^') own = level::power;
      if (*c == '&') own = level::relation;
    }
    open(wanted, own);
    int next = 0;
    for (const char* c = pattern; *c != 0; ++c) {
      if (*c != '#') {
        out_.append(*c);
        continue;
      }
      if (is_digit(c[1])) next = *++c - '1';
      if (looks.of[n.op].elementwise) write(operand_of(n, next++), level::lowest);
      else write_operand(operand_of(n, next++), level::lowest);
    }
    close(wanted, own);
  }

  // Names, with what hangs below them: digits, indices of an element, indices of a sum.
  constexpr void name(int i, int element_of = graph::none, int offset = 0) {
    const graph::node& n = g_.at(i);
    const int index = static_cast<int>(n.data);
    const name_parts parts = split_name(is<ops::let_>(g_, i) ? g_.let_at(index).name : g_.variable_at(index).name);
    latex_word(parts.base, out_);
    const bool running = indexed_ > 0 && !is_scalar(g_, i) && element_of == graph::none;
    if (parts.subscript.empty() && !running && element_of == graph::none) return;
    out_.append("_{");
    bool follows = !parts.subscript.empty();
    if (follows) latex_word(parts.subscript, out_);
    if (element_of != graph::none) element(g_.shape_at(element_of), offset, follows);
    for (int k = 0; running && k < indexed_; ++k) {
      if (follows) out_.append(k == 0 ? ", " : " ");
      out_.append(letter(k + 1));
      follows = true;
    }
    out_.append('}');
  }
  constexpr void element(const shape& s, int offset, bool follows) {
    const ops::indices at = ops::unflatten(s, offset);
    for (int k = 0; k < s.rank; ++k) {
      if (follows) out_.append(", ");
      out_.append(at.at[k]);
      follows = true;
    }
  }

  // Arithmetic.
  constexpr void number(rational c, level wanted, bool unsigned_ = false) {
    const bool minus = c.negative() && !unsigned_;
    const level own = minus || !c.is_integer() ? level::product : level::atom;
    open(wanted, own);
    if (minus) out_.append('-');
    if (!c.is_integer()) out_.append("\\frac{");
    out_.append(c.negative() ? -c.numerator : c.numerator);
    if (!c.is_integer()) {
      out_.append("}{");
      out_.append(c.denominator);
      out_.append('}');
    }
    close(wanted, own);
  }
  constexpr void sum(int i, level wanted) {
    open(wanted, level::sum);
    growing<int> terms;
    collect_terms(g_, i, terms);
    int first = 0;
    while (first < terms.size() && is_negative(g_, terms[first])) ++first;
    if (first == terms.size()) first = 0;
    term(terms[first], false);
    for (int k = 0; k < terms.size(); ++k) {
      if (k == first) continue;
      out_.append(is_negative(g_, terms[k]) ? " - " : " + ");
      term(terms[k], true);
    }
    close(wanted, level::sum);
  }
  constexpr void term(int i, bool unsigned_) {
    if (g_.is_constant(i)) number(g_.constant_at(i), level::hadamard, unsigned_);
    else if (is_fraction(g_, i)) product(i, level::hadamard, unsigned_);
    else write(i, level::hadamard);
  }
  constexpr bool is_tensor(int i) const { return indexed_ == 0 && !is_scalar(g_, i); }
  constexpr int tensors_in(const growing<int>& factors) const {
    int count = 0;
    for (int k = 0; k < factors.size(); ++k) count += is_tensor(factors[k]);
    return count;
  }

  constexpr void product(int i, level wanted, bool unsigned_) {
    fraction parts;
    collect_factors(g_, i, parts);
    const rational c = parts.coefficient;
    const bool minus = c.negative() && !unsigned_;
    const std::int64_t numerator = c.negative() ? -c.numerator : c.numerator;
    const bool has_below = parts.below.size() != 0;
    if (!minus && !has_below && numerator == 1 && c.denominator == 1 && parts.above.size() == 1)
      return write(parts.above[0], wanted);
    const level own = !has_below && tensors_in(parts.above) > 1 ? level::hadamard : level::product;
    open(wanted, own);
    if (minus) out_.append('-');
    if (has_below) {
      out_.append("\\frac{");
      factors(numerator, parts.above, true);
      out_.append("}{");
      factors(c.denominator, parts.below, true);
      out_.append('}');
    } else if (c.denominator != 1) {
      out_.append("\\frac{");
      out_.append(numerator);
      out_.append("}{");
      out_.append(c.denominator);
      out_.append('}');
      if (parts.above.size() != 0) {
        out_.append(' ');
        factors(1, parts.above, false);
      }
    } else {
      factors(numerator, parts.above, false);
    }
    close(wanted, own);
  }
  // Scalars first, side by side; then tensors with ⊙ between them. `enclosed`: nothing else stands beside them.
  constexpr void factors(std::int64_t coefficient, const growing<int>& list, bool enclosed) {
    bool follows = coefficient != 1 || list.size() == 0;
    if (follows) out_.append(coefficient);
    const bool alone = enclosed && !follows && list.size() == 1;
    const int tensors = tensors_in(list);
    int left = list.size();
    for (int pass = 0; pass < 2; ++pass) {
      bool first_tensor = true;
      for (int k = 0; k < list.size(); ++k) {
        if (is_tensor(list[k]) != (pass == 1)) continue;
        int times = 1;
        bool seen = false;
        for (int j = 0; j < list.size(); ++j) {
          if (j != k && list[j] == list[k]) {
            seen = seen || j < k;
            ++times;
          }
        }
        if (seen) continue;
        left -= times;
        if (pass == 1 && !first_tensor) out_.append(" \\odot ");
        else if (follows) out_.append(starts_with_digit(list[k]) ? " \\cdot " : " ");
        const bool juxtaposed = pass == 0 || tensors == 1;
        const level wanted = times > 1                        ? level::atom
                             : alone                          ? level::lowest
                             : !juxtaposed                    ? level::power
                             : left > 0                       ? level::power
                             : is_scalar(g_, list[k])         ? level::hadamard
                                                              : level::product;
        if (is_fraction(g_, list[k]) && !alone) write(list[k], level::power);
        else write(list[k], wanted);
        if (times > 1) {
          out_.append(pass == 1 ? "^{\\circ " : "^{");
          out_.append(times);
          out_.append('}');
        }
        follows = true;
        first_tensor = first_tensor && pass == 0;
      }
    }
  }
  constexpr bool starts_with_digit(int i) const {
    i = without_broadcast(g_, i);
    if (g_.is_constant(i)) return true;
    const row_looks& row = looks.of[g_.at(i).op];
    if (row.style == notation::power) return g_.is_constant(g_.at(i).a);
    return is_digit(*row.latex);
  }
  // sin²(x), and x² for everything else.
  constexpr void power(int i, level wanted) {
    const graph::node& n = g_.at(i);
    const int base = without_broadcast(g_, n.a), exponent = without_broadcast(g_, n.b);
    const row_looks& row = looks.of[g_.at(base).op];
    const rational q = g_.is_constant(exponent) ? g_.constant_at(exponent) : rational::overflow();
    bool function_name = row.elementwise && row.style == notation::call && *row.latex != 0 && q.is_integer() && q.numerator > 1;
    for (const char* c = row.latex; *c != 0; ++c) function_name = function_name && *c != '#' && *c != '_';
    open(wanted, level::power);
    if (function_name) function(row);
    else write(base, level::atom);
    out_.append("^{");
    if (is_tensor(i) && !function_name) out_.append("\\circ ");  // element by element, unlike a power of a matrix
    if (q.valid() && !q.is_integer()) {
      out_.append(q.numerator);
      out_.append('/');
      out_.append(q.denominator);
    } else {
      write(exponent, level::lowest);
    }
    out_.append('}');
    if (function_name) arguments(base);
    close(wanted, level::power);
  }

  // Tensors.
  constexpr void transposed(int i) {
    write_operand(i, level::atom);
    out_.append("^{\\top}");
  }
  constexpr void factor(int i, bool transpose) {
    if (transpose) transposed(i);
    else write_operand(i, is<ops::contract_>(g_, i) ? level::product : level::power);
  }
  constexpr void diagonal(int vector) {
    out_.append("\\operatorname{diag}\\left(");
    write(vector, level::lowest);
    out_.append("\\right)");
  }
  constexpr void contract(int i, level wanted) {
    const contraction c = recognise(g_, i);
    const graph::node& n = g_.at(i);
    if (c.what == contraction::dot && c.left == c.right) {
      open(wanted, level::power);
      out_.append("\\left\\|");
      write_operand(c.left, level::lowest);
      out_.append("\\right\\|^{2}");
      return close(wanted, level::power);
    }
    if (c.what == contraction::dot || c.what == contraction::outer || c.what == contraction::matrix_product) {
      open(wanted, level::product);
      c.left_diagonal ? diagonal(c.left) : factor(c.left, c.what == contraction::dot || c.left_transposed);
      out_.append(' ');
      c.right_diagonal ? diagonal(c.right) : factor(c.right, c.what == contraction::outer || c.right_transposed);
      return close(wanted, level::product);
    }
    if (c.what == contraction::total) {
      const int rank = g_.shape_at(n.a).rank;
      const bool runs = is_indexable(n.a) && is_indexable(n.b);
      open(wanted, level::hadamard);
      sum_sign(rank, runs);
      const int outer = indexed_;
      indexed_ = runs ? rank : 0;
      write(n.a, level::power);
      out_.append(runs ? " " : " \\odot ");
      write(n.b, level::power);
      indexed_ = outer;
      return close(wanted, level::hadamard);
    }
    out_.append("\\operatorname{contract}_{");
    spell(labels_of(g_, i, 0, n.a));
    out_.append(", ");
    spell(labels_of(g_, i, 1, n.b));
    out_.append(" \\to ");
    spell(labels_of(g_, i, 2, i));
    out_.append('}');
    arguments(i);
  }
  constexpr void spell(const labels& l) {
    for (int i = 0; i < l.rank; ++i) out_.append(letter(l.at[i]));
  }
  constexpr void sum_sign(int rank, bool runs, int axis = 0) {
    out_.append("\\sum");
    if (runs) {
      out_.append("_{");
      for (int k = 0; k < rank; ++k) {
        if (k != 0) out_.append(", ");
        out_.append(letter(axis + k + 1));
      }
      out_.append('}');
    }
    out_.append(' ');
  }
  // Whether a tensor is elementwise in names, so that indices can be written to the names.
  constexpr bool is_indexable(int i) const {
    if (is_scalar(g_, i) || g_.is_constant(i) || is_broadcast(g_, i)) return true;
    if (is<ops::variable_>(g_, i) || is<ops::let_>(g_, i)) return true;
    const row_looks& row = looks.of[g_.at(i).op];
    if (!row.elementwise) return false;
    for (int k = 0; k < row.arity; ++k)
      if (!is_indexable(operand_of(g_.at(i), k))) return false;
    return true;
  }
  constexpr void rearrange(int i, level wanted) {
    const int x = g_.at(i).a;
    const rearrangement r = recognise_rearrangement(g_, i);
    const int outer = indexed_;
    switch (r.what) {
      case rearrangement::transpose:
        open(wanted, level::power);
        transposed(x);
        return close(wanted, level::power);
      case rearrangement::total:
      case rearrangement::sum: {
        const int rank = g_.shape_at(x).rank;
        const bool runs = is_indexable(x);
        open(wanted, level::hadamard);
        if (r.what == rearrangement::total) sum_sign(rank, runs);
        else sum_sign(1, true, r.axis);
        indexed_ = runs ? rank : 0;
        write(x, level::hadamard);
        indexed_ = outer;
        return close(wanted, level::hadamard);
      }
      case rearrangement::diagonal: out_.append("\\operatorname{diag}"); break;
      default:
        out_.append("\\operatorname{rearrange}_{");
        spell(labels_of(g_, i, 0, x));
        out_.append(" \\to ");
        spell(labels_of(g_, i, 1, i));
        out_.append('}');
    }
    arguments(i);
  }
  constexpr void piece(int i, level wanted) {
    const int x = g_.at(i).a;
    const int lead = ops::slice_::slice_lead(g_.at(i).data), offset = ops::slice_::slice_offset(g_.at(i).data);
    if (is<ops::slice_>(g_, i) && is_scalar(g_, i)) {
      if (is<ops::variable_>(g_, x) || is<ops::let_>(g_, x)) return name(x, x, offset);
      const int outer = indexed_;
      indexed_ = 0;
      write_operand(x, level::atom);
      indexed_ = outer;
      out_.append("_{");
      element(g_.shape_at(x), offset, false);
      return out_.append('}');
    }
    if (is<ops::slice_>(g_, i) && is_row_of_vector(g_, i)) {
      open(wanted, level::power);
      transposed(x);
      return close(wanted, level::power);
    }
    function(looks.of[g_.at(i).op]);
    out_.append("_{");
    out_.append(offset);
    const shape kept = g_.shape_at(i).tail(lead);
    for (int k = 0; k < kept.rank; ++k) {
      out_.append(k == 0 ? "; " : " \\times ");
      out_.append(kept.extent[k]);
    }
    out_.append('}');
    arguments(i);
  }
};

/// The formula of a node as a textbook sets it: fractions, roots, subscripts, Greek letters, `W^{\top} \delta`, ⊙,
/// sums over indices. Named intermediates as in `text`.
constexpr void latex(const builder& g, int root, writer& out, bool right_hand_side = true) {
  latex_printer(g, out).write_root(right_hand_side && is<ops::let_>(g, root) ? g.at(root).a : root);
}

}  // namespace leibniz::print
