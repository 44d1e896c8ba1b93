// EXPECT-TEXT 1: leibniz: into is given a place that is const: give a variable, or a view of memory, that is not
// EXPECT-TEXT 2: leibniz: into is given a place that is const: give a variable, or a view of memory, that is not
// EXPECT-TEXT 3: leibniz: into is given a place that is const: give a variable, or a view of memory, that is not
// EXPECT-TEXT 4: leibniz: into is given a temporary, which takes what is written to it along: give a variable, or a view such as
// EXPECT-TEXT 5: leibniz: into is given a temporary, which takes what is written to it along: give a variable, or a view such as
// EXPECT-TEXT 6: leibniz: an expression of matrices that is not evaluated has no memory: bind (A * B).eval(), and write to a matrix
// EXPECT-TEXT 7: leibniz: this value has another size than the variable it is bound to
// EXPECT-TEXT 8: leibniz: the compiler does not know the size of the value that is bound to this variable
#include <array>
#include <leibniz/leibniz.hpp>
#include <span>
#include <vector>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto f = lz::function(lz::inputs(x), lz::outputs(2_c * x));
constexpr auto g = lz::function(lz::inputs(v), lz::outputs(2_c * v));
// A * B or A + B of Eigen: sizes, but no memory.
struct matrix_expression {
  static constexpr int RowsAtCompileTime = 3, ColsAtCompileTime = 1;
};
int main() {
  std::array<double, 3> values{};
#if REJECT == 1
  const double place = 0;
  f.into(place)(1.0);
#elif REJECT == 2
  const std::array<double, 3> place{};
  g.into(place)(values);
#elif REJECT == 3
  g.into(std::span<const double, 3>(values))(values);
#elif REJECT == 4
  f.into(3.0)(1.0);
#elif REJECT == 5
  g.into(lz::tensor<double, 3>{})(values);
#elif REJECT == 6
  g.into(matrix_expression{})(values);
#elif REJECT == 7
  std::array<double, 4> place{};
  g.into(place)(values);
#elif REJECT == 8
  std::vector<double> place(3);
  g.into(place)(values);
#else
  double place = 0, row[3];
  f.into(place)(1.0);
  const std::span<double, 3> view(row);
  g.into(view)(values);
  g.into(std::span<double, 3>(row))(values);
  g.into(row)(values);
#endif
}
