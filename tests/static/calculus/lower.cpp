// From types to a graph: shared formulas are one node, intermediates dissolve, errors are carried.
#include <leibniz/calculus/lower.hpp>
#include <leibniz/expr/literals.hpp>

namespace {

using namespace leibniz;
using namespace leibniz::literals;

constexpr auto w = variable<"w">;
constexpr auto b = variable<"b">;
constexpr auto W = variable<"W", 2, 3>;
constexpr auto x = variable<"x", 3>;
constexpr auto z = let<"z">(w * b + 1_c);
constexpr auto a = let<"a">(exp(z));

/// Builds the formulas and asks about the graph.
template <class Test, class... E>
constexpr bool lowered(Test test, E...) {
  graph::builder g;
  int roots[sizeof...(E)]{};
  formulas<E...>::build(g, roots);
  return test(g, roots);
}
template <class A, class B>
constexpr bool same_node(A first, B second) {
  return lowered([](graph::builder& g, int* roots) { return g.error == failure::none && roots[0] == roots[1]; }, first, second);
}

static_assert(same_node(w + b, b + w) && same_node(w * w, square(w)) && !same_node(w - b, b - w));
static_assert(same_node(diff(w * b, w), b) && same_node(diff(exp(w * b), w), b * exp(w * b)));
static_assert(same_node(diff(cube(w), w, w), 6_c * w));
static_assert(same_node(diff(W * x, x), W) && same_node(diff(W * x, x)(1_c, 2_c), W(1_c, 2_c)));
static_assert(same_node(diff(sum(W * x), W(0_c, 2_c)), x(2_c)));  // by an element
static_assert(same_node(diff(w, b), 0_c) && same_node(diff(w, w), 1_c));

// By an intermediate; its own formula is back when nobody needs the name any more.
static_assert(same_node(diff(a, z), exp(w * b + 1_c)) && same_node(diff(square(z), z), 2_c * z) && same_node(z, w * b + 1_c));
static_assert(same_node(diff(a, w), diff(z, w) * diff(a, z)));
static_assert(same_node(diff(square(z), z, z), 2_c) && same_node(diff(w * z, z), w));
static_assert(!same_node(diff(a, z), diff(a, w)));
static_assert(lowered([](graph::builder& g, int* roots) {
  for (int i = 0; i <= roots[0]; ++i)
    if (i == roots[0] && g.at(i).op == ops::index_of<ops::let_>) return false;
  return true;
}, z));
static_assert([] {  // kept for those who read it
  graph::builder g;
  int root = 0;
  named_formulas<std::remove_const_t<decltype(z)>>::build(g, &root);
  return g.at(root).op == ops::index_of<ops::let_> && g.let_at(static_cast<int>(g.at(root).data)).name == "z";
}());

// Several scalars that are differentiated share the slopes of what depends on one scalar alone.
constexpr auto angle = sqrt(square(w) + square(b));
constexpr auto east = w * cos(angle) + b * (sin(angle) / angle);
constexpr auto north = b * cos(angle) - w * (sin(angle) / angle);
static_assert(differentiated_scalars<decltype(east), decltype(north)>() == 0);
static_assert(differentiated_scalars<std::remove_const_t<decltype(diff(east, w))>, std::remove_const_t<decltype(diff(east, b))>>() == 1);
static_assert(differentiated_scalars<std::remove_const_t<decltype(diff(east, w))>, std::remove_const_t<decltype(diff(north, b))>>() == 2);
template <class... E>
constexpr long long operations_of(E...) {
  graph::builder g;
  int roots[sizeof...(E)]{};
  formulas<E...>::build(g, roots);
  return graph::operations(g, roots, sizeof...(E));
}
template <class... E>
constexpr long long plain_operations(E...) {
  graph::builder g;
  graph::lowering lower(g, false);
  const int roots[] = {lower(E{}).id()...};
  return graph::operations(g, roots, sizeof...(E));
}
static_assert(operations_of(diff(east, w), diff(east, b)) == plain_operations(diff(east, w), diff(east, b)));
static_assert(operations_of(diff(east, w), diff(east, b), diff(north, w), diff(north, b)) <
              plain_operations(diff(east, w), diff(east, b), diff(north, w), diff(north, b)));

// Errors are carried by the graph, the first one with its name.
template <class... E>
constexpr failure error_of(E...) {
  graph::builder g;
  int roots[sizeof...(E)]{};
  formulas<E...>::build(g, roots);
  return g.error;
}
static_assert(error_of(w + b) == failure::none);
static_assert(error_of(w + sum(variable<"w", 2>)) == failure::two_shapes_for_one_variable);
static_assert(error_of(let<"z">(w) + z) == failure::two_formulas_for_one_let);
static_assert(error_of(let<"w">(sin(w))) == failure::let_named_like_variable && error_of(let<"v">(sin(w))) == failure::none);
static_assert(error_of(z + z) == failure::none);

}  // namespace
