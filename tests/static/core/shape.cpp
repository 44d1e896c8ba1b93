// Extents of scalars, vectors, matrices and tensors.
#include <leibniz/core/shape.hpp>

namespace {

using leibniz::make_shape;
using leibniz::shape;

constexpr shape scalar{}, vector = make_shape(3), matrix = make_shape(3, 4), tensor = make_shape(2, 3, 4, 5);

static_assert(scalar.is_scalar() && !vector.is_scalar());
static_assert(!make_shape(1).is_scalar());  // one element, but a vector
static_assert(scalar.size() == 1 && vector.size() == 3 && matrix.size() == 12 && tensor.size() == 120);
static_assert(scalar == make_shape() && matrix == make_shape(3, 4));
static_assert(!(matrix == make_shape(4, 3)) && !(vector == make_shape(3, 1)) && !(scalar == make_shape(1)));

static_assert(tensor.head(2) == make_shape(2, 3) && tensor.tail(2) == make_shape(4, 5));
static_assert(tensor.head(0) == scalar && tensor.tail(4) == scalar);
static_assert(tensor.head(4) == tensor && tensor.tail(0) == tensor);
static_assert(tensor.head(1) + tensor.tail(1) == tensor);

static_assert(vector + matrix == make_shape(3, 3, 4));
static_assert(scalar + matrix == matrix && matrix + scalar == matrix);
static_assert((matrix + matrix).rank == leibniz::max_rank);
static_assert((tensor + vector).rank == 5);  // too many axes: marked, not cut off
static_assert((tensor + tensor).rank > leibniz::max_rank);

}  // namespace
