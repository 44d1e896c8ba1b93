// Names as template arguments.
#include <leibniz/core/fixed_string.hpp>
#include <string_view>

#include <type_traits>

namespace {

template <leibniz::fixed_string Name>
struct named {
  static constexpr std::string_view view = Name.view();
};

static_assert(named<"weight">::view == "weight");
static_assert(named<"">::view.empty());
static_assert(named<"λ">::view.size() == 2);  // bytes of UTF-8, none lost
static_assert(std::is_same_v<named<"w">, named<"w">>);
static_assert(!std::is_same_v<named<"w">, named<"W">>);
static_assert(!std::is_same_v<named<"w">, named<"w0">>);

}  // namespace
