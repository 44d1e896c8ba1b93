#include <boost/hana/contains.hpp>
#include <boost/hana/size.hpp>
#include <leibniz/leibniz.hpp>
#include <boost/hana/length.hpp>

namespace lz = leibniz;
namespace hana = boost::hana;
using namespace leibniz::literals;

constexpr auto w = lz::variable<"w", 3>;
constexpr auto b = lz::variable<"b">;
constexpr auto z = lz::let<"z">(lz::dot(w, w) + b);
constexpr auto g = lz::gradient(lz::square(z), w, b, z);

static_assert(decltype(hana::size(g))::value == 3);
static_assert(g[w] == 4_c * z * w);
static_assert(g[b] == 2_c * z);
static_assert(g[z] == 2_c * z);
static_assert(decltype(hana::contains(g, w))::value);
static_assert(!decltype(hana::contains(g, lz::variable<"w", 4>))::value);

// Keys compare by type; == compares formulas.
static_assert(!decltype(hana::equal(w + w, 2_c * w))::value);
static_assert(w + w == 2_c * w);

namespace by_type {

using namespace leibniz;
using namespace leibniz::literals;
namespace hana = boost::hana;

constexpr auto w = variable<"w">;
constexpr auto W = variable<"W", 2, 3>;
constexpr auto x = variable<"x", 3>;
constexpr auto z = let<"z">(W * x);
constexpr auto C = w * sum(exp(z));
constexpr auto g = gradient(C, W, w, z);

static_assert(std::is_same_v<std::remove_cvref_t<decltype(g[W])>, decltype(diff(C, W))>);
static_assert(std::is_same_v<std::remove_cvref_t<decltype(g[z])>, decltype(diff(C, z))>);
static_assert(!std::is_same_v<std::remove_cvref_t<decltype(g[W])>, std::remove_cvref_t<decltype(g[w])>>);
static_assert(decltype(hana::length(g))::value == 3);
static_assert(decltype(hana::contains(g, w))::value && !decltype(hana::contains(g, x))::value);

// As keys, formulas are equal if their types are.
static_assert(decltype(hana::equal(w, w))::value && !decltype(hana::equal(w + x, x + w))::value);

}  // namespace by_type
