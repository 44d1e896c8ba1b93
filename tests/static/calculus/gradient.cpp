#include <boost/hana/contains.hpp>
#include <boost/hana/size.hpp>
#include <leibniz/leibniz.hpp>

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
