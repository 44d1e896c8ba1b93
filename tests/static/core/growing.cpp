// A growing array that constant evaluation can afford.
#include <leibniz/core/growing.hpp>

#include <type_traits>

namespace {

using leibniz::growing;

static_assert(!std::is_copy_constructible_v<growing<int>> && !std::is_copy_assignable_v<growing<int>>);
static_assert(std::is_default_constructible_v<growing<int>>);
static_assert(!std::is_convertible_v<int, growing<int>>);

static_assert([] {
  growing<int> list;
  if (list.size() != 0) return false;
  for (int i = 0; i < 1000; ++i) list.push(i * i);
  for (int i = 0; i < 1000; ++i)
    if (list[i] != i * i) return false;
  list.pop();
  return list.size() == 999;
}());

// An item of the list itself may be pushed while the list moves.
static_assert([] {
  growing<int> list;
  for (int i = 0; i < 16; ++i) list.push(7 + i);
  list.push(int{list[0]});
  return list[16] == 7 && list.size() == 17;
}());

static_assert([] {
  growing<int> list(3);
  if (list.size() != 3 || list[2] != 0) return false;
  list[2] = 5;
  list.extend(40);
  if (list.size() != 40 || list[2] != 5 || list[39] != 0) return false;
  list.extend(10);  // never shrinks
  return list.size() == 40;
}());

// What was cleared does not come back.
static_assert([] {
  growing<int> list;
  list.push(1);
  list.clear();
  if (list.size() != 0) return false;
  list.extend(2);
  return list[0] == 0 && list[1] == 0;
}());

static_assert([] {
  growing<int> list;
  list.push(4);
  list.reserve(100);
  list.reserve(2);
  return list.size() == 1 && list[0] == 4;
}());

}  // namespace
