#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

constexpr auto x = lz::variable<"x">;
constexpr auto v = lz::variable<"v", 3>;

// Whole powers are products, exact where the product is.
static_assert(lz::evaluate(lz::pow(x, 5_c), x = 3.0) == 243.0);
static_assert(lz::evaluate(lz::pow(x, -2_c), x = 4.0) == 0.0625);
static_assert(lz::evaluate(lz::pow(x, 2_c), x = 0.0) == 0.0);
static_assert(lz::evaluate(lz::diff(lz::pow(x, 2_c), x), x = 0.0) == 0.0);
// Only the chosen side counts.
static_assert(lz::evaluate(lz::select(x > 0_c, lz::log(x), 0_c), x = -1.0) == 0.0);
static_assert(lz::evaluate(lz::diff(lz::select(x > 0_c, lz::sqrt(x), 2_c * x), x), x = 0.0) == 2.0);
// The computing type follows the values.
static_assert(std::is_same_v<decltype(lz::evaluate(x, x = 1.0f)), float>);
static_assert(std::is_same_v<decltype(lz::evaluate(x, x = 1)), double>);
static_assert(std::is_same_v<decltype(lz::evaluate(x, x = 1.0L)), long double>);
// Tensors.
constexpr lz::tensor<double, 3> values{1.0, 2.0, 4.0};
static_assert(lz::evaluate(lz::prod(v), v = values) == 8.0);
static_assert(lz::evaluate(lz::diff(lz::prod(v), v), v = lz::tensor<double, 3>{0.0, 2.0, 4.0})(0) == 8.0);
static_assert(lz::evaluate(lz::sum(v) * v, v = values)(2) == 28.0);
