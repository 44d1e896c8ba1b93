// A writer in constant evaluation.

#include <leibniz/print/writer.hpp>
#include <string_view>

namespace {

constexpr bool writes(std::string_view expected, auto fill) {
  leibniz::print::writer out;
  fill(out);
  return out.view() == expected && out.size() == static_cast<int>(expected.size());
}

static_assert(writes("", [](auto&) {}));
static_assert(writes("ab(c", [](auto& out) { out.append("ab"); out.append('('); out.append(std::string_view("cd", 1)); }));
static_assert(writes("0 -7 42", [](auto& out) { out.append(0); out.append(' '); out.append(-7L); out.append(' '); out.append(42LL); }));
static_assert(writes("9223372036854775807", [](auto& out) { out.append(9223372036854775807LL); }));
static_assert(writes("-9223372036854775808", [](auto& out) { out.append(-9223372036854775807LL - 1); }));
static_assert([] {
  leibniz::print::writer out;
  for (int i = 0; i < 1000; ++i) out.append("text ");
  return out.size() == 5000 && out.view().substr(4995) == "text " && out[4998] == 't';
}());

}  // namespace
