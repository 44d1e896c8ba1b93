#include <leibniz/leibniz.hpp>

namespace lz = leibniz;
using namespace leibniz::literals;

constexpr auto x = lz::variable<"x">;

int main() { return lz::evaluate(lz::diff(x * x, x), x = 3.0) == 6.0 ? 0 : 1; }
