// How names are set.

#include <leibniz/print/names.hpp>
#include <string_view>

namespace {

namespace print = leibniz::print;

constexpr bool set(std::string_view name, std::string_view base, std::string_view subscript) {
  print::writer out, below;
  const print::name_parts parts = print::split_name(name);
  print::latex_word(parts.base, out);
  print::latex_word(parts.subscript.empty() ? "0" : parts.subscript, below);
  return out.view() == base && (parts.subscript.empty() ? subscript.empty() : below.view() == subscript);
}

static_assert(set("w", "w", ""));
static_assert(set("a0", "a", "0"));
static_assert(set("w12", "w", "12"));
static_assert(set("alpha", "\\alpha", ""));
static_assert(set("Omega", "\\Omega", ""));
static_assert(set("alphabet", "\\mathrm{alphabet}", ""));
static_assert(set("delta3", "\\delta", "3"));
static_assert(set("cost", "\\mathrm{cost}", ""));
static_assert(set("x_1", "x", "1"));
static_assert(set("w_out", "w", "\\mathrm{out}"));
static_assert(set("w_a_b", "w", "\\mathrm{a\\_b}"));
static_assert(set("x_", "\\mathrm{x\\_}", ""));
static_assert(set("_x", "\\mathrm{\\_x}", ""));
static_assert(set("7", "7", ""));

}  // namespace
