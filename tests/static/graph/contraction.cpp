// The labelled primitives, slice and pad: compositions become one node, zeros and constants none.
#include "../ops/page.hpp"

namespace {

using namespace leibniz;
using page::holds;
using page::on;
using page::sheet;

constexpr shape s3 = make_shape(3), s33 = make_shape(3, 3);

static_assert(holds([](sheet& s) { return rearrange(s.u, on(1), on(1), s3) == s.u; }));
static_assert(holds([](sheet& s) {  // twice transposed; and the names of labels do not matter
  const handle t = rearrange(s.A, on(1, 2), on(2, 1), make_shape(3, 2));
  return rearrange(t, on(1, 2), on(2, 1), make_shape(2, 3)) == s.A && t == rearrange(s.A, on(7, 4), on(4, 7), make_shape(3, 2));
}));
static_assert(holds([](sheet& s) {  // the sum of a broadcast vector
  const handle wide = rearrange(s.u, on(2), on(1, 2), s33);
  return rearrange(wide, on(1, 2), on(2), s3) == 3 * s.u;
}));
static_assert(holds([](sheet& s) {  // the trace of a diagonal of equal elements
  const handle diagonal = rearrange(s.x, {}, on(1, 1), s33);
  return rearrange(diagonal, on(1, 2), {}, {}) == 3 * s.x && rearrange(diagonal, on(1, 1), {}, {}) == 3 * s.x &&
         rearrange(diagonal, on(1, 2), on(1), s3) == s.x.filled(s3);
}));
static_assert(holds([](sheet& s) {  // constants are counted once for each label
  return contract(s.number(1).filled(s33), on(2, 2), s.S, on(6, 4), {}) == 3 * ops::sum_::expand(s.S);
}));
static_assert(holds([](sheet& s) { return contract(s.u, on(1), s.v, on(1), on(1)) == s.u * s.v; }));
static_assert(holds([](sheet& s) { return contract(s.x, {}, s.u, on(1), on(1)) == s.x * s.u; }));
static_assert(holds([](sheet& s) { return contract(s.A * 0, on(1, 2), s.u, on(2), on(1)).is_number(0); }));
static_assert(holds([](sheet& s) { return contract(identity_tensor(s.u, s3), on(1, 2), s.u, on(2), on(1)) == s.u; }));
static_assert(holds([](sheet& s) { return identity_tensor(s.x, {}).is_number(1) && identity_tensor(s.u, s3).extents() == s33; }));
static_assert(holds([](sheet& s) {  // a transposed operand is read in place
  const handle t = rearrange(s.S, on(1, 2), on(2, 1), s33);
  return contract(t, on(1, 2), s.u, on(2), on(1)) == contract(s.S, on(2, 1), s.u, on(2), on(1));
}));
static_assert(holds([](sheet& s) {  // a mask stays outside, so that what it hides is never multiplied
  const handle mask = select(s.u < 0, s.number(1), s.number(0));
  return contract(s.A, on(1, 2), mask, on(2), on(1, 2)).is<ops::select_>() && mask.filled(s3) == mask &&
         select(s.x < 0, s.number(1), s.number(0)).filled(s3).is_mask();
}));

// A label that two names of the inner tensor claim joins them: the derivative of a function of a diagonal is 0 beside it.
static_assert(holds([](sheet& s) {
  const handle wide = rearrange(s.S, on(1, 2), on(1, 2, 1, 2), s33 + s33);
  return rearrange(wide, on(3, 4, 5, 5), on(3, 4, 5), make_shape(3, 3, 3)) == rearrange(s.S, on(1, 1), on(1, 1, 1), make_shape(3, 3, 3));
}));

// A rank above four is refused by the graph.
static_assert([] {
  sheet s;
  contract(s.S, on(1, 2), rearrange(s.x, {}, on(1, 2, 3), make_shape(2, 2, 2)) * 2 + s.y, on(3, 4, 5), on(1, 2, 3, 4, 5));
  return s.g.error == failure::rank_above_four;
}());

// slice and pad.
static_assert(holds([](sheet& s) { return slice(s.u, 0, 0, s3) == s.u && pad(s.u, 0, 0, s3) == s.u; }));
static_assert(holds([](sheet& s) { return slice(pad(s.u, 0, 2, make_shape(7)), 0, 2, s3) == s.u; }));
static_assert(holds([](sheet& s) { return slice(pad(s.u, 0, 2, make_shape(7)), 0, 5, make_shape(2)).is_number(0); }));
static_assert(holds([](sheet& s) { return slice(slice(s.S, 0, 2, make_shape(5)), 0, 1, s3) == slice(s.S, 0, 3, s3); }));
static_assert(holds([](sheet& s) { return slice(s.u * s.x, 0, 1, {}) == slice(s.u, 0, 1, {}) * s.x; }));
static_assert(holds([](sheet& s) { return slice(rearrange(s.A, on(1, 2), on(2, 1), make_shape(3, 2)), 0, 5, {}) == slice(s.A, 0, 5, {}); }));
static_assert(holds([](sheet& s) { return slice(identity_tensor(s.u, s3), 0, 4, {}).is_number(1) && slice(identity_tensor(s.u, s3), 0, 3, {}).is_number(0); }));
static_assert(holds([](sheet& s) {  // of a diagonal
  const handle diagonal = rearrange(s.u, on(1), on(1, 1), s33), wide = rearrange(s.u, on(2), on(1, 2, 1), make_shape(3, 3, 3));
  return slice(diagonal, 0, 4, {}) == slice(s.u, 0, 1, {}) && slice(diagonal, 0, 5, {}).is_number(0) &&
         slice(wide, 0, 16, {}) == slice(s.u, 0, 2, {}) && slice(wide, 0, 15, {}).is_number(0);
}));
// A product with a diagonal is made on the diagonal.
static_assert(holds([](sheet& s) {
  const handle diagonal = rearrange(s.u, on(2), on(1, 2, 1), make_shape(3, 3, 3));
  return contract(diagonal, on(1, 2, 3), s.v, on(3), on(1, 2, 3)) == rearrange(contract(s.u, on(2), s.v, on(1), on(1, 2)), on(1, 2), on(1, 2, 1), make_shape(3, 3, 3));
}));

// Reductions of scalars.
static_assert(holds([](sheet& s) { return logsumexp(s.x, 0) == s.x && maximum(s.x, 0) == s.x; }));

}  // namespace
