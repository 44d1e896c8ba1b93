// EXPECT-TEXT 1: leibniz: a function is called with another number of values than it has inputs: give one value for each input
// EXPECT-TEXT 2: leibniz: a function is called with another number of values than it has inputs: give one value for each input
// EXPECT-TEXT 3: leibniz: a call mixes values by position and values by name: use one of the two
// EXPECT-TEXT 4: leibniz: a call mixes values by position and values by name: use one of the two
// EXPECT-TEXT 5: leibniz: into is called with another number of places than the function has outputs: give one for each output
// EXPECT-TEXT 6: leibniz: evaluate takes values by name: write evaluate(e, w = 0.3)
// EXPECT-TEXT 7: leibniz: a variable of the formula is not bound
// EXPECT-TEXT 8: leibniz: inputs takes variables: something else is in the list
// EXPECT-TEXT 9: leibniz: the first list of a function is that of its inputs, which are variables
// EXPECT-TEXT 10: leibniz: a function is made of two lists: write function(inputs(x, y), outputs(x * y))
// EXPECT-TEXT 11: leibniz: a function needs at least one output
// EXPECT-TEXT 12: leibniz: a function is called with another number of values than it has inputs: give one value for each input
// EXPECT-TEXT 13: leibniz: this value has another size than the variable it is bound to
#include <array>
#include <leibniz/leibniz.hpp>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto f = lz::function(lz::inputs(x, y), lz::outputs(x * y));
int main() {
  [[maybe_unused]] double place = 0;
#if REJECT == 1
  constexpr auto value = f(1.0);
#elif REJECT == 2
  (void)f(1.0, 2.0, 3.0);
#elif REJECT == 3
  (void)f(1.0, y = 2.0);
#elif REJECT == 4
  f.into(place)(x = 1.0, 2.0);
#elif REJECT == 5
  f.into(place, place)(1.0, 2.0);
#elif REJECT == 6
  constexpr auto value = lz::evaluate(x, 1.0);
#elif REJECT == 7
  (void)f(y = 2.0);
#elif REJECT == 8
  constexpr auto g = lz::function(lz::inputs(x + y), lz::outputs(x + y));
  (void)g(1.0);
#elif REJECT == 9
  constexpr auto g = lz::function(lz::outputs(x + y), lz::inputs(x, y));
  (void)g(1.0);
#elif REJECT == 10
  constexpr auto g = lz::function(lz::inputs(x, y), x + y);
#elif REJECT == 11
  constexpr auto g = lz::function(lz::inputs(x), lz::outputs());
#elif REJECT == 12
  f.into(place)(1.0);
#elif REJECT == 13
  constexpr auto value = f(1.0, std::array<double, 2>{1.0, 2.0});
#else
  f.into(place)(1.0, 2.0);
  f.into(place)(y = 1.0, x = 2.0);
  static_assert(f(2.0, 3.0) == 6.0 && lz::evaluate(x, x = 1.0) == 1.0);
#endif
}
