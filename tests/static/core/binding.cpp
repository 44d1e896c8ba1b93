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

// A variable of another name makes another binding.
static_assert(!std::is_same_v<decltype(w = 0.3), decltype(leibniz::variable<"b"> = 0.3)>);

}  // namespace
