#pragma once
#include <leibniz/calculus/lower.hpp>
#include <leibniz/code/freeze.hpp>

// Back from a graph to an explicit expression type, for inspection and std::is_same_v.

namespace leibniz {

namespace ops {

/// A tensor primitive with what its node carries, as an operation of expression types.
template <class Op, std::int64_t Data, shape Extents>
struct primitive_ {
  static constexpr int arity = Op::arity;
  static constexpr bool is_composite = true;
  static constexpr bool is_elementwise = false;
  static constexpr const char* name = Op::name;
  template <class... S>
  static constexpr shape result(const S&...) { return Extents; }
  template <class E>
  static constexpr E expand(E a, E b = {}) {
    const graph::node n{index_of<Op>, arity > 0 ? a.id() : graph::none, arity > 1 ? b.id() : graph::none, graph::none, 0, Data};
    return graph::construct_again(*a.owner(), n, Extents, a, b, {});
  }
};

}  // namespace ops

namespace code {

template <std::size_t N>
constexpr fixed_string<N + 1> copy_name(text_view name) {
  char text[N + 1]{};
  for (std::size_t i = 0; i < N; ++i) text[i] = name[i];
  return {text};
}

template <class Program, int I, class Axes>
struct raised_variable;
template <class Program, int I, std::size_t... A>
struct raised_variable<Program, I, std::index_sequence<A...>> {
  static constexpr text_view name = Program::graph.names[Program::graph.at[I].data];
  using type = var<copy_name<name.size()>(name), static_cast<std::size_t>(Program::graph.shape_at(I).extent[A])...>;
};

/// The expression type of node I of a frozen graph.
template <class Program, int I>
struct raised {
  static constexpr auto& graph = Program::graph;
  static constexpr instruction own = graph.at[I];
  static constexpr shape extents = graph.shape_at(I);
  template <int K>
  using operand = typename raised<Program, own.operand(K)>::type;

  static constexpr auto make() {
    using row = ops::row<own.op>;
    if constexpr (std::is_same_v<row, ops::constant_> && extents.rank == 0) {
      return num<own.number().numerator, own.number().denominator>{};
    } else if constexpr (std::is_same_v<row, ops::constant_>) {
      using value = num<own.number().numerator, own.number().denominator>;
      constexpr std::int64_t broadcast = ops::encode(ops::label_range(1, extents.rank)) << 16;
      return apply<ops::primitive_<ops::rearrange_, broadcast, extents>, value>{};
    } else if constexpr (std::is_same_v<row, ops::symbol_>) {
      return sym<static_cast<int>(own.data)>{};
    } else if constexpr (std::is_same_v<row, ops::variable_>) {
      return typename raised_variable<Program, I, std::make_index_sequence<static_cast<std::size_t>(extents.rank)>>::type{};
    } else {
      using op = std::conditional_t<row::is_elementwise, row, ops::primitive_<row, own.data, extents>>;
      if constexpr (row::arity == 0) return apply<op>{};
      else if constexpr (row::arity == 1) return apply<op, operand<0>>{};
      else if constexpr (row::arity == 2) return apply<op, operand<0>, operand<1>>{};
      else return apply<op, operand<0>, operand<1>, operand<2>>{};
    }
  }
  using type = decltype(make());
};

}  // namespace code

/// The simplified formula written out as a type of its own: derivatives worked out, intermediates dissolved.
template <operand_or_number E>
constexpr auto expand(E) {
  using program = code::frozen<formulas<as_operand_t<E>>>;
  if constexpr (sound<program::error>()) return typename code::raised<program, program::graph.roots[0]>::type{};
  else return num<0>{};
}

}  // namespace leibniz
