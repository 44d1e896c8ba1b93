#pragma once
#include <leibniz/calculus/equal_products.hpp>
#include <leibniz/calculus/forward.hpp>
#include <leibniz/expr/derivative.hpp>
#include <leibniz/graph/operations.hpp>

// From types to a graph. Intermediates become nodes of their own only where somebody differentiates by them or wants
// to read their names; elsewhere the simplifier sees through them.

namespace leibniz {

namespace graph {

template <class E>
inline constexpr char identity_of = 0;

/// The state of one lowering: the graph, the intermediates that are differentiated by, and what is known already.
class lowering {
 public:
  /// `sweeps`: how many scalars are differentiated.
  constexpr explicit lowering(builder& g, bool keep_names, int sweeps = 1) : graph_(g), keep_names_(keep_names), sweep_count_(sweeps) {}

  template <class E>
  constexpr handle operator()(E e) {
    if constexpr (formula_size<E> < 8) return lower(e);
    else return known(&identity_of<E>, [&] { return lower(e); });
  }

 private:
  struct memory {
    const void* identity = nullptr;
    int scope = 0;
    int node = none;
  };
  struct sweep {
    int root = none;
    int offset = 0;
  };

  builder& graph_;
  bool keep_names_;
  int sweep_count_;
  int scope_ = 0, scopes_ = 0;
  growing<int> targets_;
  growing<memory> memory_;
  growing<sweep> sweeps_;
  growing<int> adjoints_;

  template <class Make>
  constexpr handle known(const void* identity, Make make) {
    for (int i = 0; i < memory_.size(); ++i)
      if (memory_[i].identity == identity && memory_[i].scope == scope_) return {&graph_, memory_[i].node};
    const handle made = make();
    memory_.push({identity, scope_, made.id()});
    return made;
  }
  constexpr handle start() { return {&graph_, graph_.constant({0, 1}, {})}; }

  template <fixed_string Name, std::size_t... N>
  constexpr handle lower(var<Name, N...>) {
    return {&graph_, graph_.variable(var<Name, N...>::name.view(), &identity_of<var<Name, N...>>, var<Name, N...>::extents)};
  }
  template <long long P, long long Q>
  constexpr handle lower(num<P, Q>) { return {&graph_, graph_.constant({P, Q}, {})}; }
  template <int Which>
  constexpr handle lower(sym<Which>) { return start().symbol(Which); }
  template <class Op>
  constexpr handle lower(apply<Op>) { return Op::expand(start()); }
  template <class Op, class A>
  constexpr handle lower(apply<Op, A>) { return build<Op>((*this)(A{})); }
  template <class Op, class A, class B>
  constexpr handle lower(apply<Op, A, B>) {
    const handle a = (*this)(A{});
    return build<Op>(a, (*this)(B{}));
  }
  template <class Op, class A, class B, class C>
  constexpr handle lower(apply<Op, A, B, C>) {
    const handle a = (*this)(A{}), b = (*this)(B{});
    return build<Op>(a, b, (*this)(C{}));
  }
  template <class Op, class... H>
  constexpr handle build(H... h) {
    if constexpr (ops::composite<Op>) return Op::expand(h...);
    else return construct_row<Op>(h...);
  }
  template <fixed_string Name, class Body>
  constexpr handle lower(let_type<Name, Body>) {
    return known(&identity_of<let_type<Name, Body>>, [&] { return lower_let<let_type<Name, Body>, Body>(); });
  }
  template <class Let, class Body>
  constexpr handle lower_let() {
    const int index = graph_.let_index(Let::name.view(), &identity_of<Let>);
    const handle body = (*this)(Body{});
    return is_kept(index) ? handle{&graph_, graph_.let(Let::name.view(), &identity_of<Let>, body.id())} : body;
  }
  constexpr bool is_kept(int index) const {
    bool kept = keep_names_;
    for (int i = 0; i < targets_.size(); ++i) kept = kept || targets_[i] == index;
    return kept;
  }

  template <class F, fixed_string Name, std::size_t... N>
  constexpr handle lower(derivative<F, var<Name, N...>> d) {
    return known(&identity_of<decltype(d)>, [&] { return lower_by<F>(var<Name, N...>{}); });
  }
  template <class F, fixed_string Name, class Body>
  constexpr handle lower(derivative<F, let_type<Name, Body>> d) {
    return known(&identity_of<decltype(d)>, [&] { return lower_by<F>(let_type<Name, Body>{}); });
  }
  // The derivative by the whole of X, or where that has more than four axes, by one element of it.
  template <class F, fixed_string Name, std::size_t... N>
  constexpr handle lower_by(var<Name, N...>, int split = 0, int offset = 0) { return adjoint<F, var<Name, N...>>(split, offset); }
  template <class F, fixed_string Name, class Body>
  constexpr handle lower_by(let_type<Name, Body>, int split = 0, int offset = 0) {
    using Let = let_type<Name, Body>;
    const int index = graph_.let_index(Let::name.view(), &identity_of<Let>);
    if (is_kept(index)) return adjoint<F, Let>(split, offset);
    const int scope = scope_;
    targets_.push(index);
    scope_ = ++scopes_;
    const handle slope = adjoint<F, Let>(split, offset);
    targets_.pop();
    scope_ = scope;
    return without_let(slope, index);
  }
  template <class F, long long... I, class X>
  constexpr handle lower(derivative<F, apply<ops::element_<I...>, X>> d) {
    constexpr int offset = ops::element_<I...>::offset(X::extents), split = F::extents.rank + X::extents.rank - max_rank;
    if constexpr (split <= 0) return slice((*this)(derivative<F, X>{}), F::extents.rank, offset, {});
    else return known(&identity_of<decltype(d)>, [&] { return lower_by<F>(X{}, split, offset); });
  }

  template <class F, class X>
  constexpr handle adjoint(int split, int offset) {
    const handle f = (*this)(F{}), x = (*this)(X{});
    return split > 0 ? element_by_pieces(f, x, split, offset) : adjoint(f, x);
  }
  /// ∂f/∂x in the direction that takes fewer operations. Where f is not larger than x, the reverse one does.
  constexpr handle adjoint(handle f, handle x) {
    const shape extents = f.extents() + x.extents();
    const bool taller = f.extents().size() > x.extents().size();
    const auto forward = [&] { return forward_sweep(graph_, x.id())(f.id(), [&](handle scalar_) { return reverse(scalar_, x); }); };
    // Where the reverse direction would be a sweep for every piece of f, none of them is begun.
    if (taller && 2 * f.extents().rank > max_rank)
      if (const handle once = forward(); once.valid()) return once.filled(extents);
    const handle backward = reverse(f, x);
    if (!taller || graph_.error != failure::none) return backward;
    const long long cost = operations_behind(backward);
    if (cost == 0) return backward;
    const handle once = forward();
    return once.valid() && operations_behind(once) < cost ? once.filled(extents) : backward;
  }
  constexpr long long operations_behind(handle h) const {
    const int root = h.id();
    return operations(graph_, &root, 1);
  }
  constexpr handle reverse(handle f, handle x) {
    const shape extents = f.extents() + x.extents();
    if (2 * f.extents().rank > max_rank) return reverse_by_pieces(f, x, extents, 2 * f.extents().rank - max_rank);
    int offset = none;
    for (int i = 0; i < sweeps_.size(); ++i)
      if (sweeps_[i].root == f.id()) offset = sweeps_[i].offset;
    if (offset == none) {
      offset = adjoints_.size();
      sweeps_.push({f.id(), offset});
      reverse_sweep(graph_, f.id(), adjoints_, sweep_count_);
    }
    const int found = x.id() <= f.id() ? adjoints_[offset + x.id()] : none;
    if (found == too_many_axes) return reverse_by_pieces(f, x, extents, 1);
    return found == none ? start().filled(extents) : handle{&graph_, found}.filled(extents);
  }

  /// A sweep carries the axes of its root beside those of every node: where that is too many, one sweep for each piece of f
  /// behind its first axes.
  constexpr handle reverse_by_pieces(handle f, handle x, const shape& extents, int split) {
    if (f.extents().rank < split || extents.rank > max_rank) {
      graph_.fail(failure::rank_above_four, {});
      return start();
    }
    const shape rest = f.extents().tail(split);
    handle all;
    for (int i = 0; i < f.extents().head(split).size(); ++i) {
      const handle slope = reverse(slice(f, 0, i * rest.size(), rest), x);
      const handle piece = pad(slope, 0, i * slope.extents().size(), extents);
      all = all.valid() ? applied<ops::add_>(all, piece) : piece;
    }
    return all;
  }

  constexpr handle element_by_pieces(handle f, handle x, int split, int offset) {
    const shape rest = f.extents().tail(split);
    handle all = start().filled(f.extents());
    for (int i = 0; i < f.extents().head(split).size(); ++i) {
      const handle slope = slice(adjoint(slice(f, 0, i * rest.size(), rest), x), rest.rank, offset, {});
      all = applied<ops::add_>(all, pad(slope, 0, i * rest.size(), f.extents()));
    }
    return all;
  }

  /// The same formula with the intermediate replaced by what it stands for.
  constexpr handle without_let(handle root, int index) {
    const int count = root.id() + 1;
    growing<char> reached(count);
    growing<int> now(count);
    reached[root.id()] = 1;
    for (int i = root.id(); i >= 0; --i) {
      if (reached[i] == 0 || graph_.is_constant(i)) continue;
      const node& n = graph_.at(i);
      if (n.a >= 0) reached[n.a] = 1;
      if (n.b >= 0) reached[n.b] = 1;
      if (n.c >= 0) reached[n.c] = 1;
    }
    for (int i = 0; i < count; ++i) {
      now[i] = i;
      if (reached[i] == 0 || graph_.is_constant(i)) continue;
      const node n = graph_.at(i);
      if (n.op == ops::index_of<ops::let_> && n.data == index) {
        now[i] = now[n.a];
        continue;
      }
      const int a = n.a < 0 ? none : now[n.a], b = n.b < 0 ? none : now[n.b], c = n.c < 0 ? none : now[n.c];
      if (a == n.a && b == n.b && c == n.c) continue;
      now[i] = n.op == ops::index_of<ops::let_>
                   ? graph_.intern(n.op, a, none, none, n.data, graph_.shape_at(i))
                   : construct_again(graph_, n, graph_.shape_at(i), {&graph_, a}, {&graph_, b}, {&graph_, c}).id();
    }
    return {&graph_, now[root.id()]};
  }
};

}  // namespace graph

/// The scalar that a formula is a derivative of, for which its type stands.
template <class E>
inline constexpr const void* differentiated = nullptr;
template <class F, class X> requires(F::extents.is_scalar())
inline constexpr const void* differentiated<derivative<F, X>> = &graph::identity_of<F>;
/// How many scalars are differentiated among these formulas.
template <class... E>
constexpr int differentiated_scalars() {
  const void* const of[] = {differentiated<E>..., nullptr};
  int result = 0;
  for (int i = 0; i < static_cast<int>(sizeof...(E)); ++i) {
    bool first = of[i] != nullptr;
    for (int j = 0; j < i; ++j) first = first && of[j] != of[i];
    result += first ? 1 : 0;
  }
  return result;
}

/// The graph of several formulas that share what they have in common, intermediates dissolved.
template <class... E>
struct formulas {
  static constexpr int output_count = sizeof...(E);
  static constexpr void build(graph::builder& g, int* roots) { build(g, roots, false); }
  static constexpr void build(graph::builder& g, int* roots, bool keep_names) {
    const int sweeps = keep_names ? 1 : differentiated_scalars<E...>();
    graph::lowering lower(g, keep_names, sweeps);
    int i = 0;
    ((roots[i++] = lower(E{}).id()), ...);
    if (sweeps < 2 || g.error != failure::none) return;
    const graph::equal_products same(g, roots, output_count);
    for (i = 0; i < output_count; ++i) roots[i] = same[roots[i]];
  }
};

/// The same with the intermediates kept as nodes, for those who read it.
template <class... E>
struct named_formulas {
  static constexpr int output_count = sizeof...(E);
  static constexpr void build(graph::builder& g, int* roots) { formulas<E...>::build(g, roots, true); }
};

}  // namespace leibniz
