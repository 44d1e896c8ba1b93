#pragma once
#include <leibniz/graph/builder.hpp>

namespace leibniz {

// Defined in construct.hpp and contraction.hpp.
template <class Op, class... A>
constexpr handle construct(operation<Op>, A... a);
constexpr handle rearrange(handle x, ops::labels lx, ops::labels lo, const shape& extents);
constexpr handle contract(handle a, ops::labels la, handle b, ops::labels lb, ops::labels lo);
constexpr handle slice(handle x, int lead, int offset, const shape& trailing);
constexpr handle pad(handle x, int lead, int offset, const shape& trailing);
constexpr handle logsumexp(handle x, int kept = 0);
constexpr handle softmax(handle x, int kept);
constexpr handle log_softmax(handle x, std::int64_t kept);
constexpr handle argmax_mask(handle x, int kept);
constexpr handle maximum(handle x, int kept = 0);
constexpr handle norm(handle x, int kept);
constexpr handle product_of_all(handle x, int kept);
constexpr handle products_of_others(handle x, int kept);
constexpr handle identity_tensor(handle context, const shape& half);
/// The product of an adjoint or a tangent and a slope, labelled as for `contract`; defined in calculus/chosen.hpp.
constexpr handle chained(handle a, ops::labels la, handle b, ops::labels lb, ops::labels lo);
/// Op of handles, for functions that are no templates: by the table of rules. Compilers make what an operator needs at once,
/// all the rules of its row, also where the library is only included.
template <class Op, class... A>
constexpr handle applied(handle a, A... others);

/// A node of a graph under construction. Rows compute with handles as if they were numbers.
class handle : public formula {
 public:
  constexpr handle() = default;
  constexpr handle(graph::builder* g, int id) : graph_(g), id_(id) {}

  static constexpr handle nothing() { return {}; }
  constexpr bool valid() const { return id_ >= 0; }
  constexpr int id() const { return id_; }
  constexpr graph::builder* owner() const { return graph_; }
  constexpr const graph::node& node() const { return graph_->at(id_); }
  constexpr shape extents() const { return graph_->shape_at(id_); }
  constexpr std::int64_t data() const { return node().data; }
  constexpr handle arg(int i) const { return {graph_, i == 0 ? node().a : i == 1 ? node().b : node().c}; }
  template <class Op>
  constexpr bool is() const { return node().op == ops::index_of<Op>; }
  /// What was noted of this node: calculus/chosen.hpp asks in the order of the nodes.
  constexpr const ops::note& note() const { return graph_->notes[id_]; }
  friend constexpr bool operator==(handle a, handle b) { return a.id_ == b.id_; }

  // Constants.
  constexpr handle number(rational value) const { return {graph_, graph_->constant(value, {})}; }
  constexpr handle number(int value) const { return number(rational{value, 1}); }
  constexpr handle symbol(int which) const {
    return {graph_, graph_->intern(ops::index_of<ops::symbol_>, graph::none, graph::none, graph::none, which, {})};
  }
  /// The value of a constant, or an invalid rational.
  constexpr rational number() const { return graph_->is_constant(id_) ? graph_->constant_at(id_) : rational::overflow(); }
  constexpr bool is_number(std::int64_t n, std::int64_t d = 1) const { return number().is(n, d); }
  /// The constant or scalar repeated over a shape.
  constexpr handle filled(const shape& s) const {
    if (extents() == s) return *this;
    if (const rational c = number(); c.valid()) return {graph_, graph_->constant(c, s)};
    return rearrange(*this, ops::labels{}, ops::label_range(1, s.rank), s);
  }

  // Terms c*x with a rational c.
  constexpr rational coefficient() const {
    if (const rational c = number(); c.valid()) return c;
    return is<ops::mul_>() && graph_->is_constant(node().a) ? graph_->constant_at(node().a) : rational{1, 1};
  }
  constexpr handle without_coefficient() const {
    if (number().valid()) return number(1).filled(extents());
    return is<ops::mul_>() && graph_->is_constant(node().a) ? arg(1) : *this;
  }
  /// Whether the term starts with a minus sign.
  constexpr bool negative() const {
    return is<ops::div_>() && arg(0).number().valid() ? arg(0).negative() : coefficient().negative();
  }
  /// c times this formula.
  constexpr handle scaled(rational c) const {
    if (c.is(1)) return *this;
    if (c.is(0)) return number(0).filled(extents());
    if (const rational own = number(); own.valid()) {
      if (const rational folded = own * c; folded.valid()) return number(folded).filled(extents());
    } else if (const rational k = coefficient(); !k.is(1)) {
      if (const rational folded = k * c; folded.valid()) return arg(1).scaled(folded);
    } else if (is<ops::div_>() && arg(0).number().valid()) {
      if (const rational folded = arg(0).number() * c; folded.valid())
        return {graph_, graph_->intern(node().op, number(folded).filled(arg(0).extents()).id(), node().b, graph::none, 0, extents())};
    }
    return {graph_, graph_->intern(ops::index_of<ops::mul_>, number(c).id(), id_, graph::none, 0, extents(), true)};
  }

  // Factors x^q with a rational q.
  constexpr rational power_exponent() const {
    if (is<ops::pow_>() && graph_->is_constant(node().b)) return graph_->constant_at(node().b);
    return is<ops::sqrt_>() ? rational{1, 2} : rational{1, 1};
  }
  constexpr handle power_base() const {
    return (is<ops::pow_>() && graph_->is_constant(node().b)) || is<ops::sqrt_>() ? arg(0) : *this;
  }
  constexpr bool is_power(std::int64_t n) const { return is<ops::pow_>() && power_exponent().is(n); }
  template <class Rational = rational>  // a template, so that including the library does not make `pow`
  constexpr handle raised(Rational q) const;

  // Patterns that several rows look for.
  /// u in 1 - u, or nothing.
  constexpr handle complement() const {
    const handle u = without_unit_term();
    return u.valid() && u.coefficient().is(-1) ? u.without_coefficient() : nothing();
  }
  /// u in 1 + u, or nothing.
  constexpr handle without_unit_term() const {
    if (!is<ops::add_>()) return nothing();
    return arg(0).is_number(1) ? arg(1) : arg(1).is_number(1) ? arg(0) : nothing();
  }
  /// y in c/y, or nothing.
  constexpr handle unit_quotient_divisor() const {
    return is<ops::div_>() && arg(0).number().valid() ? arg(1) : nothing();
  }
  constexpr bool is_quotient_by(handle divisor) const { return is<ops::div_>() && arg(1) == divisor; }
  /// Whether this is the sum of all elements of arg(0).
  constexpr bool is_total() const {  // not the trace, which is a sum as well
    return is<ops::rearrange_>() && extents().is_scalar() && !ops::decode(data(), 0, arg(0).extents().rank).repeats();
  }
  constexpr bool is_relation() const { return ops::facts.of[node().op].style == ops::notation::relation; }
  constexpr bool is_mask() const { return is<ops::select_>() && (arg(1).is_number(0) || arg(2).is_number(0)); }
  /// A tensor that is zero around one element or piece, or a sum of such.
  constexpr bool is_padded() const { return is<ops::pad_>() || (is<ops::add_>() && arg(0).is_padded() && arg(1).is_padded()); }
  constexpr handle padded_product(handle other) const;
  /// select(c, u, 0) * v as select(c, u * v, 0), and so for the zeros around a piece: what is not chosen must not reach the
  /// product, be it infinite.
  constexpr handle masked_product(handle other) const;
  constexpr handle masked_quotient(handle divisor) const;

 private:
  graph::builder* graph_ = nullptr;
  int id_ = graph::none;
};

}  // namespace leibniz

#include <leibniz/graph/construct.hpp>  // defines what is declared above
