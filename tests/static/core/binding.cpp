// `w = 0.3` binds a value: what has a name is referred to, what has none is held.
#include <leibniz/expr/expression.hpp>

namespace {

constexpr auto w = leibniz::variable<"w">;
using w_type = std::remove_const_t<decltype(w)>;

static_assert(std::is_same_v<decltype(w = 0.3), leibniz::binding<w_type, double>>);
static_assert((w = 0.3).value == 0.3);

constexpr double named = 2.5;
static_assert(std::is_same_v<decltype(w = named), leibniz::binding<w_type, const double&>>);
static_assert(&(w = named).value == &named);

// Braces make values that the binding holds, in the numbers that stand in them.
constexpr auto u = leibniz::variable<"u", 3>;
constexpr auto W = leibniz::variable<"W", 2, 2>;
static_assert((u = {1.0f, 2.0f, 3.0f}).value == leibniz::tensor<float, 3>{1.0f, 2.0f, 3.0f});
static_assert((W = {{1, 2}, {3, 4}}).value == leibniz::tensor<int, 2, 2>{1, 2, 3, 4});
static_assert((W = {1.0, 2.0, 3.0, 4.0}).value == leibniz::tensor<double, 4>{1.0, 2.0, 3.0, 4.0});
static_assert((w = {2.0}).value[0] == 2.0);
constexpr double several[3]{};
static_assert(&(u = several).value == &several);  // an array with a name is referred to

// A variable of another name makes another binding.
static_assert(!std::is_same_v<decltype(w = 0.3), decltype(leibniz::variable<"b"> = 0.3)>);

}  // namespace
