#pragma once
#include <leibniz/calculus/lower.hpp>
#include <leibniz/core/text_view.hpp>
#include <leibniz/graph/operations.hpp>
#include <leibniz/print/latex.hpp>
#include <leibniz/print/text.hpp>

namespace leibniz {

namespace print {

enum class language { text, latex, latex_equation };

template <class E>
inline constexpr bool is_let = false;
template <fixed_string Name, class Body>
inline constexpr bool is_let<let_type<Name, Body>> = true;

// ∂f/∂x with what has a name; nothing if f has none.
template <class E>
struct left_hand_side {
  static constexpr bool exists = false;
};
template <fixed_string Name, class Body>
struct left_hand_side<let_type<Name, Body>> {
  static constexpr bool exists = true;
  static constexpr int order = 0;
  static constexpr void function(writer& out) { symbol(out); }
  static constexpr void variables(writer&) {}
  static constexpr void symbol(writer& out) {
    const name_parts parts = split_name(let_type<Name, Body>::name.view());
    latex_word(parts.base, out);
    if (parts.subscript.empty()) return;
    out.append("_{");
    latex_word(parts.subscript, out);
    out.append('}');
  }
};
template <class F, class X>
struct left_hand_side<derivative<F, X>> {
  static constexpr bool exists = left_hand_side<F>::exists;
  static constexpr int order = [] {
    if constexpr (exists) return left_hand_side<F>::order + 1;
    else return 0;
  }();
  static constexpr void function(writer& out) { left_hand_side<F>::function(out); }
  // The last variable stands first: ∂²f/∂y∂x is ∂/∂y of ∂f/∂x.
  static constexpr void variables(writer& out) {
    out.append(" \\partial ");
    graph::builder g(graph::late<F>);
    int root = 0;
    named_formulas<X>::build(g, &root);
    latex(g, root, out, false);
    left_hand_side<F>::variables(out);
  }
  static constexpr void symbol(writer& out) {
    out.append("\\frac{\\partial");
    if (order > 1) {
      out.append("^{");
      out.append(order);
      out.append('}');
    }
    out.append(' ');
    function(out);
    out.append("}{");
    writer below;
    variables(below);
    out.append(below.view().substr(1));
    out.append('}');
  }
};

template <class E, language Language>
constexpr failure print_formula(writer& out) {
  graph::builder g(graph::late<E>);
  int root = 0;
  named_formulas<E>::build(g, &root);
  if (g.error != failure::none) return g.error;
  if constexpr (Language == language::text) {
    text(g, root, out, is_let<E>);
  } else {
    if constexpr (Language == language::latex_equation && left_hand_side<E>::exists) {
      left_hand_side<E>::symbol(out);
      out.append(" = ");
    }
    latex(g, root, out, is_let<E>);
  }
  return failure::none;
}

template <int N>
struct characters {
  failure error = failure::none;
  int length = 0;
  char at[N + 1]{};
};
// Short texts are done at the first attempt; a longer one is written once more, at its own length.
inline constexpr int usual_length = 1000;

template <class E, language Language, int N>
constexpr characters<N> printed() {
  writer out;
  characters<N> result{print_formula<E, Language>(out)};  // assigned, clang would do all this once more, to look for overflow
  result.length = out.size();
  for (int i = 0; i < out.size() && i < N; ++i) result.at[i] = out[i];
  return result;
}
template <class E, language Language>
inline constexpr auto attempt = printed<E, Language, usual_length>();

template <class E, language Language>
inline constexpr auto storage = [] {
  constexpr int length = attempt<E, Language>.length;
  if constexpr (!sound<attempt<E, Language>.error>()) {
    return characters<1>{};
  } else if constexpr (length <= usual_length) {
    characters<length> exact{failure::none, length};
    for (int i = 0; i < length; ++i) exact.at[i] = attempt<E, Language>.at[i];
    return exact;
  } else {
    return printed<E, Language, length>();
  }
}();
template <class E, language Language>
inline constexpr text_view view_of{storage<E, Language>.at, static_cast<std::size_t>(storage<E, Language>.length)};

struct count {
  failure error = failure::none;
  long long operations = 0;
};
template <class... E>
inline constexpr count operation_count = [] {
  graph::builder g(graph::late<formulas<E...>>);
  int roots[sizeof...(E)]{};
  formulas<E...>::build(g, roots);
  return g.error != failure::none ? count{g.error, 0} : count{failure::none, graph::operations(g, roots, sizeof...(E))};
}();

/// Whether the formula of `root` needs the node x. An element is also needed by whoever needs its whole tensor.
constexpr bool needs(const builder& g, int root, int x) {
  const bool element = is<ops::slice_>(g, x);
  const int whole = element ? g.at(x).a : graph::none;
  growing<bool> reached(root + 1);
  reached[root] = true;
  for (int i = root; i >= 0; --i) {
    if (!reached[i]) continue;
    if (i == x || i == whole) return true;
    const graph::node& n = g.at(i);
    if (element && is<ops::slice_>(g, i) && n.a == whole && ops::slice_::slice_lead(n.data) == 0) {
      const int first = ops::slice_::slice_offset(n.data), wanted = ops::slice_::slice_offset(g.at(x).data);
      if (first <= wanted && wanted < first + g.shape_at(i).size()) return true;
      continue;
    }
    for (int k = 0; k < looks.of[n.op].arity; ++k) reached[operand_of(n, k)] = true;
  }
  return false;
}
template <class X>
inline constexpr bool within_let = is_let<X>;
template <class Op, class X>
inline constexpr bool within_let<apply<Op, X>> = is_let<X>;

struct dependence {
  failure error = failure::none;
  bool holds = false;
};
template <class E, class X>
inline constexpr dependence depends = [] {
  graph::builder g(graph::late<E>);
  int roots[2]{};
  if constexpr (within_let<X>) named_formulas<E, X>::build(g, roots);
  else formulas<E, X>::build(g, roots);
  if (g.error != failure::none) return dependence{g.error, false};
  return dependence{failure::none, needs(g, roots[0], roots[1])};
}();

}  // namespace print

/// The formula in SymPy's syntax, functions under the library's own names, intermediates by theirs: `2*w`,
/// `sigmoid(z)`, `select(x < y, a, b)`. Of a let, its right-hand side. The characters live as long as the program.
template <operand_or_number E>
constexpr text_view text(E) { return print::view_of<as_operand_t<E>, print::language::text>; }

/// The formula as a textbook sets it, without the dollar signs.
template <operand_or_number E>
constexpr text_view latex(E) { return print::view_of<as_operand_t<E>, print::language::latex>; }

/// The same as an equation where the left-hand side has a name: `z = …` of a let, `\frac{\partial C}{\partial w} = …`
/// of its derivative.
template <operand_or_number E>
constexpr text_view latex_equation(E) { return print::view_of<as_operand_t<E>, print::language::latex_equation>; }

/// The number of arithmetic operations that evaluate the formulas, what they share counted once; see
/// graph::operations.
template <operand_or_number... E> requires(sizeof...(E) > 0)
constexpr long long operations(E...) {
  [[maybe_unused]] constexpr bool good = sound<print::operation_count<as_operand_t<E>...>.error>();
  return print::operation_count<as_operand_t<E>...>.operations;
}

/// Whether x, a variable, an element or an intermediate, occurs in the simplified formula.
template <operand_or_number E, operand_or_number X> requires operands<E, X>
constexpr bool depends_on(E, X) {
  static_assert(is_target<X>,
                "leibniz: depends_on asks for something that is neither a variable, nor an element W(1_c, 2_c), nor a let");
  if constexpr (is_target<X>) {
    [[maybe_unused]] constexpr bool good = sound<print::depends<as_operand_t<E>, X>.error>();
    return print::depends<as_operand_t<E>, X>.holds;
  } else {
    return false;
  }
}

}  // namespace leibniz
