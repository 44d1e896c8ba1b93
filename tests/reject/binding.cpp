// EXPECT-TEXT 1: leibniz: a variable of the formula is not bound
// EXPECT-TEXT 2: leibniz: a variable is bound twice
// EXPECT-TEXT 3: leibniz: this value has another size than the variable it is bound to
// EXPECT-TEXT 4: leibniz: the compiler does not know the size of the value that is bound to this variable
// EXPECT-TEXT 5: leibniz: this value has another size than the variable it is bound to
// EXPECT-TEXT 6: leibniz: depends_on asks for something that is neither a variable, nor an element W(1_c, 2_c), nor a let
// EXPECT-TEXT 7: leibniz: braces that are no list of numbers of one type: write u = {1.0, 2.0}, W = {{1.0, 2.0}, {3.0, 4.0}}
// EXPECT-TEXT 8: leibniz: braces that are no list of numbers of one type: write u = {1.0, 2.0}, W = {{1.0, 2.0}, {3.0, 4.0}}
// EXPECT-TEXT 9: leibniz: this value cannot be bound to a variable
// EXPECT-TEXT 10: leibniz: this value cannot be bound to a variable
// EXPECT-TEXT 11: leibniz: an expression of matrices that is not evaluated has no memory: bind (A * B).eval(), and write to a matrix
// EXPECT-TEXT 12: leibniz: a variable of the formula is not bound
// EXPECT-TEXT 13: leibniz: a variable is bound twice
// EXPECT-TEXT 14: leibniz: every extent of a tensor must be at least 1
// EXPECT-TEXT 15: leibniz: a tensor has at most four axes
#include <array>
#include <complex>
#include <leibniz/leibniz.hpp>
#include <vector>
namespace lz = leibniz;
using namespace leibniz::literals;
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto v = lz::variable<"v", 3>;
constexpr auto W = lz::variable<"W", 2, 2>;
// A * B or A + B of Eigen: sizes, but no memory.
struct matrix_expression {
  static constexpr int RowsAtCompileTime = 3, ColsAtCompileTime = 1;
  static constexpr bool IsRowMajor = false;
};
struct matrix : matrix_expression {
  double at[3]{};
  const double* data() const { return at; }
};
int main() {
#if REJECT == 1
  constexpr auto value = lz::evaluate(x * y, x = 1.0);
#elif REJECT == 2
  (void)lz::evaluate(x * y, x = 1.0, y = 2.0, x = 3.0);
#elif REJECT == 3
  (void)lz::evaluate(lz::sum(v), v = std::array<double, 4>{});
#elif REJECT == 4
  (void)lz::evaluate(lz::sum(v), v = std::vector<double>(3));
#elif REJECT == 5
  (void)lz::evaluate(lz::sum(v), v = {1.0, 2.0});
#elif REJECT == 6
  (void)lz::depends_on(x * y, x + y);
#elif REJECT == 7
  (void)lz::evaluate(lz::sum(v), v = {1, 2.0, 3.0});
#elif REJECT == 8
  (void)lz::evaluate(lz::sum(W), W = {{1.0, 2.0}, {3.0}});
#elif REJECT == 9
  (void)lz::evaluate(x, x = std::complex<double>{1.0});
#elif REJECT == 10
  (void)lz::evaluate(x, x = y);
#elif REJECT == 11
  (void)lz::evaluate(lz::sum(v), v = matrix_expression{});
#elif REJECT == 12
  constexpr auto f = lz::function(lz::inputs(x), lz::outputs(x * y));
  (void)f(1.0);
#elif REJECT == 13
  constexpr auto f = lz::function(lz::inputs(x, x), lz::outputs(x));
  (void)f(1.0, 2.0);
#elif REJECT == 14
  (void)lz::tensor<double, 0>{};
#elif REJECT == 15
  (void)lz::tensor<double, 2, 2, 2, 2, 2>{};
#else
  (void)lz::tensor<double, 2, 2, 2, 2>{};
  (void)lz::evaluate(x * y, x = 1.0, y = 2.0);
  (void)lz::evaluate(lz::sum(v), v = std::array<double, 3>{});
  (void)lz::evaluate(lz::sum(v), v = matrix{});
  static_assert(lz::evaluate(lz::sum(v), v = {1.0, 2.0, 3.0}) == 6.0);
  static_assert(lz::evaluate(lz::sum(W), W = {{1.0, 2.0}, {3.0, 4.0}}) == 10.0);
  (void)lz::depends_on(x * y, x);
#endif
}
