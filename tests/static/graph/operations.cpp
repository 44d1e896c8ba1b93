// What a formula costs to evaluate.

#include <leibniz/graph/operations.hpp>

#include "../print/page.hpp"

namespace {

using namespace page;

constexpr long long count(auto make) {
  leibniz::graph::builder g;
  const int root = make(names{g}).id();
  return leibniz::graph::operations(g, &root, 1);
}

static_assert(count([](names n) { return n.x; }) == 0);
static_assert(count([](names n) { return n.number(1, 3); }) == 0);
static_assert(count([](names n) { return n.x * n.y + n.z; }) == 2);
static_assert(count([](names n) { return n.x - n.y; }) == 1);
static_assert(count([](names n) { return -n.x - n.y; }) == 2);
static_assert(count([](names n) { return n.x - 2 * n.y; }) == 2);
static_assert(count([](names n) { return -n.x; }) == 1);

// Powers by repeated squaring.
static_assert(count([](names n) { return square(n.x); }) == 1);
static_assert(count([](names n) { return cube(n.x); }) == 2);
static_assert(count([](names n) { return pow(n.x, n.number(5)); }) == 3);
static_assert(count([](names n) { return pow(n.x, n.number(-4)); }) == 3);
static_assert(count([](names n) { return pow(n.x, n.y); }) == 1);

// What is shared is counted once; a difference that is also negated costs both.
static_assert(count([](names n) { return (n.x + n.y) * sin(n.x + n.y); }) == 3);
static_assert(count([](names n) { return n.let("s", n.x + n.y) * n.z; }) == 2);
static_assert(count([](names n) { return (n.y - n.x) * exp(-n.x); }) == 4);

// Tensors.
static_assert(count([](names n) { return n.x * n.a + n.b; }) == 6);
static_assert(count([](names n) { return times(n.W, n.v); }) == 3 * (4 + 3));
static_assert(count([](names n) { return outer(n.a, n.v); }) == 12);
static_assert(count([](names n) { return dot(n.a, n.b); }) == 5);
static_assert(count([](names n) { return total(n.W); }) == 11);
static_assert(count([](names n) { return rearrange(n.W, on(1, 2), on(1), make_shape(3)); }) == 9);
static_assert(count([](names n) { return rearrange(n.W, on(1, 2), on(2, 1), make_shape(4, 3)); }) == 0);
static_assert(count([](names n) { return slice(n.W, 0, 6, {}); }) == 0);
static_assert(count([](names n) { return leibniz::softmax(n.v, 0); }) == 12);

// Several outputs.
static_assert([] {
  leibniz::graph::builder g;
  const names n{g};
  const handle s = n.x * n.y;
  const int roots[] = {(s + 1).id(), s.id(), sin(s).id()};
  return leibniz::graph::operations(g, roots, 3) == 3;
}());

}  // namespace
