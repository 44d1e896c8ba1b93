#pragma once
#include <leibniz/graph/handle.hpp>

// How a graph grows: every node is made by its row's rules first ("smart constructors"), so that what can be
// simplified is simplified before it exists.

namespace leibniz {

namespace graph {

/// What one row can do: be made again, hand an adjoint on to its operands and, where it knows a way of its own, a tangent on
/// to its result; and what it notes of its result.
struct rules {
  handle (*construct)(handle a, handle b, handle c) = nullptr;
  handle (*pullback[3])(handle a, handle b, handle c, handle self, handle adjoint, std::int64_t data, int lead) = {};
  handle (*pushforward)(handle x, handle self, handle tangent, std::int64_t data, int trail) = nullptr;
  ops::note (*noted)(handle x, ops::note own) = nullptr;
  handle (*counted)(handle x, handle (*chosen)(handle)) = nullptr;
};
struct rule_table {
  rules row[ops::row_count];
};
using ops::is_elementwise;
constexpr handle construct_elementwise(int op, handle a, handle b, handle c) {
  return a.owner()->rules->row[op].construct(a, b, c);
}

}  // namespace graph

template <class Op, class... A>
constexpr handle applied(handle a, A... others) {
  const handle operand[3]{a, others...};
  return graph::construct_elementwise(ops::index_of<Op>, operand[0], operand[1], operand[2]);
}

constexpr handle lift(const handle& context, int value) { return context.number(value); }
constexpr handle lift(const handle&, handle h) { return h; }

template <class... A>
constexpr handle context_of(const handle& first, A...) { return first; }
template <class... A>
constexpr handle context_of(int, const handle& second, A...) { return second; }

/// The node Op(a...), simplified.
template <class Op>
constexpr handle construct_row(handle a, handle b = {}, handle c = {}) {
  if constexpr (ops::composite<Op>) {
    if constexpr (Op::arity == 1) return Op::expand(a);
    else if constexpr (Op::arity == 2) return Op::expand(a, b);
    else return Op::expand(a, b, c);
  } else {
    shape extents;
    handle simpler;
    if constexpr (Op::arity == 1) {
      extents = a.extents();
      if constexpr (requires { Op::simplify(a); }) simpler = Op::simplify(a);
    } else if constexpr (Op::arity == 2) {
      extents = Op::result(a.extents(), b.extents());
      if constexpr (requires { Op::simplify(a, b); }) simpler = Op::simplify(a, b);
    } else {
      extents = Op::result(a.extents(), b.extents(), c.extents());
      if constexpr (requires { Op::simplify(a, b, c); }) simpler = Op::simplify(a, b, c);
    }
    if (simpler.valid()) return simpler.filled(extents);  // a rule may answer with a scalar
    return {a.owner(), a.owner()->intern(ops::index_of<Op>, a.id(), b.id(), c.id(), 0, extents, Op::commutative)};
  }
}

template <class Op, class... A>
constexpr handle construct(operation<Op>, A... a) {
  const handle context = context_of(a...);
  return construct_row<Op>(lift(context, a)...);
}

template <class Rational>
constexpr handle handle::raised(Rational q) const { return pow(*this, number(q)); }
constexpr handle handle::padded_product(handle other) const {
  if (is<ops::add_>()) return applied<ops::add_>(arg(0).padded_product(other), arg(1).padded_product(other));
  const int lead = ops::slice_::slice_lead(data()), offset = ops::slice_::slice_offset(data());
  const handle part = other.extents().is_scalar() ? other : slice(other, lead, offset, arg(0).extents().tail(lead));
  return pad(applied<ops::mul_>(arg(0), part), lead, offset, extents().tail(lead));
}
constexpr handle handle::masked_product(handle other) const {
  for (int swapped = 0; swapped < 2; ++swapped) {
    const handle padded = swapped == 0 ? *this : other, factor = swapped == 0 ? other : *this;
    if (padded.is_padded() && (factor.extents().is_scalar() || factor.extents() == padded.extents())) return padded.padded_product(factor);
  }
  if (!is_mask()) return other.is_mask() ? other.masked_product(*this) : nothing();
  return arg(2).is_number(0) ? applied<ops::select_>(arg(0), applied<ops::mul_>(arg(1), other), arg(2))
                             : applied<ops::select_>(arg(0), arg(1), applied<ops::mul_>(arg(2), other));
}
constexpr handle handle::masked_quotient(handle divisor) const {
  if (!is_mask()) return nothing();
  return arg(2).is_number(0) ? applied<ops::select_>(arg(0), applied<ops::div_>(arg(1), divisor), arg(2))
                             : applied<ops::select_>(arg(0), arg(1), applied<ops::div_>(arg(2), divisor));
}

}  // namespace leibniz

#include <leibniz/graph/contraction.hpp>  // defines the rules that handles ask for
