#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

// Terms as Einstein products: summed indices may be renamed, factors may be reordered.
constexpr auto A = lz::variable<"A", 2, 3>;
constexpr auto B = lz::variable<"B", 3, 2>;
constexpr auto u = lz::variable<"u", 2>;
constexpr auto v = lz::variable<"v", 3>;
static_assert(lz::dot(u, A * v) == lz::dot(lz::transpose(A) * u, v));
static_assert((A * B) * u == A * (B * u));
static_assert(lz::sum(lz::hadamard(v, v)) == lz::dot(v, v));
static_assert(lz::sum(lz::outer(u, v)) == lz::sum(u) * lz::sum(v));
static_assert(lz::transpose(A * B) == lz::transpose(B) * lz::transpose(A));
static_assert(!(A * B == lz::transpose(B * A)));
static_assert(!(lz::sum(A, 0_c) == v));
