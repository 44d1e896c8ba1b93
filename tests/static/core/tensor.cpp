#include <leibniz/core/tensor.hpp>

namespace lz = leibniz;

constexpr lz::tensor<double, 2, 3> m{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
static_assert(m(1, 0) == 4.0 && m[5] == 6.0 && m.size() == 6 && *(m.end() - 1) == 6.0);
static_assert(m.extents == lz::make_shape(2, 3));
static_assert(lz::tensor<int, 2>{} == lz::tensor<int, 2>{0, 0} && !(lz::tensor<int, 2>{} == lz::tensor<int, 2>{0, 1}));
static_assert(lz::tensor<double>{7.0}() == 7.0);
static_assert(alignof(lz::tensor<double, 100>) == 64 && alignof(lz::tensor<double, 3>) == alignof(double));
static_assert(sizeof(lz::tensor<double, 3>) == 3 * sizeof(double));

constexpr bool writable() {
  lz::tensor<float, 2, 2> t{};
  t(0, 1) = 2;
  float sum = 0;
  for (const float item : t) sum += item;
  return sum == 2 && t.data()[1] == 2;
}
static_assert(writable());
