// Which factors can be no number, which zeros are there by choice, and that nothing is spent where the two
// cannot meet.
#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using graph::at_risk;
using graph::noted;
using page::holds;
using page::on;
using page::sheet;

static_assert(holds([](sheet& s) {
  const handle e = s.x * s.y + sigmoid(s.x);
  return noted(e).total && noted(tanh(e)).total && noted(softplus(e)).total && noted(softmax(s.u, 0)).total && noted(pow(e, s.number(3))).total;
}));
static_assert(holds([](sheet& s) {
  return !noted(sqrt(s.x)).total && !noted(log(s.x)).total && !noted(s.y / s.x).total && !noted(acos(s.x)).total &&
         !noted(pow(s.x, s.number(3, 2))).total && !noted(pow(s.x, s.number(-2))).total && !noted(pow(s.x, s.y)).total && !noted(exp(s.x)).total &&
         !noted(sin(1 / s.x)).total;
}));
// What cannot vanish may be divided by.
static_assert(holds([](sheet& s) {
  const handle square_and_more = 1 + square(s.x), dot = contract(s.u, on(1), s.u, on(1), {});
  return noted(1 / square_and_more).total && noted(log(square_and_more)).total && noted(sqrt(dot)).total &&
         noted(s.x / sqrt(dot + s.number(1, 8))).total && noted(exp(-square(s.x))).total && noted(1 / hypot(s.number(1), s.x)).total &&
         !noted(1 / sqrt(dot)).total && !noted(1 / exp(s.x)).total;
}));

constexpr handle positive(sheet& s) { return select(s.number(0) < s.u, s.v, s.number(0)); }
static_assert(holds([](sheet& s) {
  const handle mask = positive(s), product = contract(s.S, on(1, 2), mask, on(2), on(1));
  return noted(mask).choosy && noted(product).choosy && noted(2 * mask).choosy && noted(mask + product).choosy && !noted(mask + s.u).choosy &&
         !noted(s.u).choosy && noted(identity_tensor(s.u, s.u.extents())).choosy;
}));
static_assert(holds([](sheet& s) { return graph::chosen(positive(s)) == (s.number(0) < s.u); }));

// Finite factors are multiplied as they are.
static_assert(holds([](sheet& s) {
  const handle mask = positive(s), product = contract(s.S, on(1, 2), mask, on(2), on(1));
  return !at_risk(product, s.v) && at_risk(product, sqrt(s.v)) && !at_risk(s.v, sqrt(s.v)) &&
         chained(product, on(1), s.S, on(2, 1), on(2)) == contract(product, on(1), s.S, on(2, 1), on(2)) &&
         chained(s.v, on(1), sqrt(s.v), on(1), on(1)) == s.v * sqrt(s.v);
}));
static_assert(holds([](sheet& s) {
  const handle product = contract(s.S, on(1, 2), positive(s), on(2), on(1)), root = sqrt(s.v);
  const handle any = graph::chosen(product), zero = s.number(0);
  return chained(product, on(1), root, on(1), on(1)) == select(any, product * root, zero) &&
         chained(product, on(1), root, on(2), on(1, 2)).is_mask() &&
         chained(product, on(1), root, on(1), {}) == rearrange(select(any, product * root, zero), on(1), {}, {});
}));
// Diagonals stay diagonals.
static_assert(holds([](sheet& s) {
  const handle identity = identity_tensor(s.u, s.u.extents()), root = sqrt(s.v);
  return chained(identity, on(1, 2), root, on(2), on(1, 2)) == rearrange(root, on(1), on(1, 1), identity.extents()) &&
         chained(identity, on(1, 2), sqrt(s.x), {}, on(1, 2)) == rearrange(sqrt(s.x), {}, on(1, 1), identity.extents());
}));

}  // namespace
