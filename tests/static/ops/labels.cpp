// Index labels: sets, words, extents, and names in order of appearance.
#include "page.hpp"

namespace {

using namespace leibniz::ops;
using page::on;

static_assert(on(1, 2) == on(1, 2) && !(on(1, 2) == on(2, 1)) && !(on(1) == on(1, 1)));
static_assert(on(1, 2).contains(2) && !on(1, 2).contains(3) && !labels{}.contains(1));
static_assert(on(1, 2, 1).repeats() && !on(1, 2, 3).repeats() && !labels{}.repeats());
static_assert(label_range(3, 2) == on(3, 4) && label_range(1, 0) == labels{});
static_assert(on(1) + on(2, 3) == on(1, 2, 3));

static_assert(decode(encode(on(15, 1, 9, 4)), 0, 4) == on(15, 1, 9, 4));
static_assert(decode(encode(on(5, 6)) << 16, 1, 2) == on(5, 6));
static_assert(decode(encode(on(5, 6)) << 32, 2, 2) == on(5, 6));
static_assert(encode(labels{}) == 0);

static_assert([] {
  labels l = on(1, 2, 1);
  l.replace(1, 7);
  return l == on(7, 2, 7);
}());

static_assert([] {
  label_extents known;
  known.learn(on(1, 2), leibniz::make_shape(3, 4));
  known.learn(on(2, 5), leibniz::make_shape(4, 6));
  return known.shape_of(on(5, 1, 1)) == leibniz::make_shape(6, 3, 3) && known.of[9] == 0;
}());

static_assert([] {
  renaming names;
  return names.apply(on(7, 3, 7)) == on(1, 2, 1) && names.apply(on(9, 3)) == on(3, 2);
}());

constexpr auto shape = leibniz::make_shape(2, 3, 4);
static_assert(flatten(shape, {{1, 2, 3}}) == 23 && flatten(shape, {{0, 0, 0}}) == 0);
static_assert([] {
  for (int i = 0; i < 24; ++i)
    if (flatten(shape, unflatten(shape, i)) != i) return false;
  return true;
}());
static_assert(flatten({}, unflatten({}, 0)) == 0);

}  // namespace
