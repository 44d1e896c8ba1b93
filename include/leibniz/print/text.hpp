#pragma once
#include <leibniz/print/structure.hpp>
#include <leibniz/print/writer.hpp>

namespace leibniz::print {

/// Writes one formula. `write` is for operands that share the shape of the formula around them, `write_whole` for
/// operands whose shape matters.
class text_printer {
 public:
  constexpr text_printer(const builder& g, writer& out) : g_(g), out_(out) {}

  constexpr void write_whole(int i, level wanted) {
    if (is_scalar(g_, i) || !is_shapeless(g_, i)) return write(i, wanted);
    out_.append("broadcast(");
    write(i, level::lowest);
    extents(g_.shape_at(i));
    out_.append(')');
  }

 private:
  const builder& g_;
  writer& out_;

  constexpr void write(int i, level wanted) {
    i = without_broadcast(g_, i);
    const graph::node& n = g_.at(i);
    const row_looks& row = looks.of[n.op];
    if (g_.is_constant(i)) return number(g_.constant_at(i), wanted);
    switch (row.style) {
      case notation::sum: return sum(i, wanted);
      case notation::product:
      case notation::quotient: return product(i, wanted, false);
      case notation::power:
        open(wanted, level::power);
        write(n.a, level::atom);
        out_.append("**");
        write(n.b, level::power);
        return close(wanted, level::power);
      case notation::relation:
        if (row.infix == nullptr) break;
        open(wanted, level::relation);
        write(n.a, level::sum);
        out_.append(' ');
        out_.append(row.infix);
        out_.append(' ');
        write(n.b, level::sum);
        return close(wanted, level::relation);
      default: break;
    }
    if (is<ops::symbol_>(g_, i)) return out_.append(ops::symbol_::names[n.data]);
    if (is<ops::variable_>(g_, i)) return out_.append(g_.variable_at(static_cast<int>(n.data)).name);
    if (is<ops::let_>(g_, i)) return out_.append(g_.let_at(static_cast<int>(n.data)).name);
    if (is<ops::contract_>(g_, i)) return contract(i, wanted);
    if (is<ops::rearrange_>(g_, i)) return rearrange(i);
    if (is<ops::slice_>(g_, i) || is<ops::pad_>(g_, i)) return piece(i);
    out_.append(row.name);
    out_.append('(');
    for (int k = 0; k < row.arity; ++k) {
      if (k != 0) out_.append(", ");
      if (row.elementwise) write(operand_of(n, k), level::lowest);
      else write_whole(operand_of(n, k), level::lowest);
    }
    if (row.reduction && n.data != 0) {
      out_.append(", ");
      out_.append(n.data);
    }
    if (is<ops::delta_>(g_, i)) extents(g_.shape_at(i).head(g_.shape_at(i).rank / 2), false);
    out_.append(')');
  }

  constexpr void open(level wanted, level own) {
    if (wanted > own) out_.append('(');
  }
  constexpr void close(level wanted, level own) {
    if (wanted > own) out_.append(')');
  }
  constexpr void extents(const shape& s, bool follows = true) {
    for (int i = 0; i < s.rank; ++i) {
      if (follows || i != 0) out_.append(", ");
      out_.append(s.extent[i]);
    }
  }

  constexpr void number(rational c, level wanted, bool unsigned_ = false) {
    const bool minus = c.negative() && !unsigned_;
    const level own = minus || !c.is_integer() ? level::product : level::atom;
    open(wanted, own);
    if (minus) out_.append('-');
    out_.append(c.negative() ? -c.numerator : c.numerator);
    if (!c.is_integer()) {
      out_.append('/');
      out_.append(c.denominator);
    }
    close(wanted, own);
  }

  // A positive term stands first where there is one.
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
    if (g_.is_constant(i)) number(g_.constant_at(i), level::product, unsigned_);
    else if (is_fraction(g_, i)) product(i, level::product, unsigned_);
    else write(i, level::product);
  }

  constexpr void product(int i, level wanted, bool unsigned_) {
    fraction parts;
    collect_factors(g_, i, parts);
    const growing<int>&above = parts.above, &below = parts.below;
    const bool minus = parts.coefficient.negative() && !unsigned_;
    const std::int64_t numerator = parts.coefficient.negative() ? -parts.coefficient.numerator : parts.coefficient.numerator;
    const std::int64_t denominator = parts.coefficient.denominator;

    growing<int> tensors;  // ~i for the reciprocal
    int scalars_above = 0, scalars_below = 0;
    for (int k = 0; k < above.size(); ++k)
      if (is_scalar(g_, above[k])) ++scalars_above;
      else tensors.push(above[k]);
    for (int k = 0; k < below.size(); ++k)
      if (is_scalar(g_, below[k])) ++scalars_below;
      else tensors.push(~below[k]);
    const bool divides_by_tensor = tensors.size() == 1 && tensors[0] < 0;
    const bool has_number = numerator != 1 || (scalars_above == 0 && (divides_by_tensor || tensors.size() == 0));

    level own = level::product;
    if (!minus && !has_number && denominator == 1 && scalars_below == 0 && !divides_by_tensor) {
      if (scalars_above == 0 && tensors.size() > 1) own = level::atom;
      if (above.size() == 1 && below.size() == 0) return write(above[0], wanted);
    }
    open(wanted, own);
    if (minus) out_.append('-');
    if (has_number) out_.append(numerator);
    bool follows = has_number;
    for (int k = 0; k < above.size(); ++k) {
      if (!is_scalar(g_, above[k]) || times_before(above, k) > 0) continue;
      if (follows) out_.append('*');
      repeated(above, k);
      follows = true;
    }
    if (tensors.size() > 0 && !divides_by_tensor) {
      if (follows) out_.append('*');
      hadamard(tensors);
    }
    const int denominators = distinct(below, divides_by_tensor) + (denominator != 1 ? 1 : 0);
    if (denominators > 0) {
      out_.append(denominators > 1 ? "/(" : "/");
      follows = denominator != 1;
      if (follows) out_.append(denominator);
      for (int k = 0; k < below.size(); ++k) {
        if ((!divides_by_tensor && !is_scalar(g_, below[k])) || times_before(below, k) > 0) continue;
        if (follows) out_.append('*');
        repeated(below, k, follows || denominators == 1 ? level::power : level::product);
        follows = true;
      }
      if (denominators > 1) out_.append(')');
    }
    close(wanted, own);
  }
  static constexpr int times_before(const growing<int>& list, int place) {
    int count = 0;
    for (int k = 0; k < place; ++k) count += list[k] == list[place];
    return count;
  }
  static constexpr int times_after(const growing<int>& list, int place) {
    int count = 0;
    for (int k = place + 1; k < list.size(); ++k) count += list[k] == list[place];
    return count;
  }
  // A factor, as a power where it stands in the list several times.
  constexpr void repeated(const growing<int>& list, int place, level alone = level::power) {
    const int times = 1 + times_after(list, place);
    write(list[place], times > 1 ? level::atom : alone);
    if (times == 1) return;
    out_.append("**");
    out_.append(times);
  }
  constexpr int distinct(const growing<int>& below, bool tensors_too) const {
    int count = 0;
    for (int k = 0; k < below.size(); ++k)
      count += (tensors_too || is_scalar(g_, below[k])) && times_before(below, k) == 0;
    return count;
  }
  constexpr void hadamard(const growing<int>& tensors) {
    if (tensors.size() == 1) return write(tensors[0], level::product);
    for (int k = 0; k < tensors.size(); ++k) {
      if (k + 1 < tensors.size()) {
        out_.append(looks.of[ops::index_of<ops::mul_>].name);
        out_.append('(');
      }
      if (tensors[k] >= 0) {
        write(tensors[k], level::lowest);
      } else {
        out_.append("1/");
        write(~tensors[k], level::power);
      }
      if (k + 1 < tensors.size()) out_.append(", ");
    }
    for (int k = 1; k < tensors.size(); ++k) out_.append(')');
  }

  constexpr void call(const char* name, int a, int b = graph::none) {
    out_.append(name);
    out_.append('(');
    write_whole(a, level::lowest);
    if (b != graph::none) {
      out_.append(", ");
      write_whole(b, level::lowest);
    }
    out_.append(')');
  }
  constexpr void factor(int i, const char* function, bool last) {
    if (function != nullptr) return call(function, i);
    write_whole(i, last && is_fraction(g_, i) ? level::power : level::product);
  }
  constexpr void contract(int i, level wanted) {
    const contraction c = recognise(g_, i);
    switch (c.what) {
      case contraction::dot: return call("dot", c.left, c.right);
      case contraction::outer: return call("outer", c.left, c.right);
      case contraction::total:
        out_.append("sum(");
        call(looks.of[ops::index_of<ops::mul_>].name, c.left, c.right);
        return out_.append(')');
      case contraction::matrix_product:
        open(wanted, level::product);
        factor(c.left, c.left_diagonal ? "diagonal" : c.left_transposed ? "transpose" : nullptr, false);
        out_.append('*');
        factor(c.right, c.right_diagonal ? "diagonal" : c.right_transposed ? "transpose" : nullptr, true);
        return close(wanted, level::product);
      default: break;
    }
    const graph::node& n = g_.at(i);
    out_.append("contract(\"");
    spell(labels_of(g_, i, 0, n.a));
    out_.append(',');
    spell(labels_of(g_, i, 1, n.b));
    out_.append("->");
    spell(labels_of(g_, i, 2, i));
    out_.append("\", ");
    write_whole(n.a, level::lowest);
    out_.append(", ");
    write_whole(n.b, level::lowest);
    out_.append(')');
  }
  constexpr void spell(const labels& l) {
    for (int i = 0; i < l.rank; ++i) out_.append(letter(l.at[i]));
  }
  constexpr void rearrange(int i) {
    const int x = g_.at(i).a;
    const rearrangement r = recognise_rearrangement(g_, i);
    switch (r.what) {
      case rearrangement::transpose: return call("transpose", x);
      case rearrangement::total: return call("sum", x);
      case rearrangement::diagonal: return call("diagonal", x);
      case rearrangement::sum:
        out_.append("sum(");
        write_whole(x, level::lowest);
        out_.append(", ");
        out_.append(r.axis);
        return out_.append(')');
      default: break;
    }
    out_.append("rearrange(\"");
    spell(labels_of(g_, i, 0, x));
    out_.append("->");
    spell(labels_of(g_, i, 1, i));
    out_.append("\", ");
    write_whole(x, level::lowest);
    out_.append(')');
  }
  // An element as x[1, 2]; other pieces by their first element and their extents.
  constexpr void piece(int i) {
    const int x = g_.at(i).a;
    const int lead = ops::slice_::slice_lead(g_.at(i).data), offset = ops::slice_::slice_offset(g_.at(i).data);
    if (is<ops::slice_>(g_, i)) {
      if (is_scalar(g_, i)) {
        write_whole(x, level::atom);
        const ops::indices index = ops::unflatten(g_.shape_at(x), offset);
        for (int k = 0; k < g_.shape_at(x).rank; ++k) {
          out_.append(k == 0 ? "[" : ", ");
          out_.append(index.at[k]);
        }
        return out_.append(']');
      }
      if (is_row_of_vector(g_, i)) return call("transpose", x);
    }
    out_.append(looks.of[g_.at(i).op].name);
    out_.append('(');
    write_whole(x, level::lowest);
    out_.append(", ");
    out_.append(offset);
    extents(g_.shape_at(i).tail(lead));
    if (lead != 0) {
      out_.append(", kept=");
      out_.append(lead);
    }
    out_.append(')');
  }
};

/// The formula of a node in SymPy's syntax, with as few parentheses as it takes: infix `+ - * /`, powers as `x**2`,
/// every other operation under its row's own name. Named intermediates appear by their names; of the root itself, if it
/// is one and `right_hand_side`, what it stands for is written. Tensors: `hadamard(a, b)`, `W*x`, `transpose(W)*d`, `dot`, `outer`, `sum(A)`,
/// `sum(A, axis)`, elements as `W[1, 2]`, what has no name as `contract("ij,ik->ijk", A, B)`.
constexpr void text(const builder& g, int root, writer& out, bool right_hand_side = true) {
  text_printer(g, out).write_whole(right_hand_side && is<ops::let_>(g, root) ? g.at(root).a : root, level::lowest);
}

}  // namespace leibniz::print
