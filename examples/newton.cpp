// A formula outside neural networks: Newton's method on Rosenbrock's function, with the gradient and the
// Hessian that the compiler derived.
#include <cstdio>
#include <leibniz/leibniz.hpp>
#include <string>

namespace lz = leibniz;
using namespace leibniz::literals;

// [formulas]
constexpr auto x = lz::variable<"x">;
constexpr auto y = lz::variable<"y">;
constexpr auto f = lz::square(1_c - x) + 100_c * lz::square(y - lz::square(x));
constexpr auto newton = lz::function(
    lz::inputs(x, y),
    lz::outputs(f, lz::diff(f, x), lz::diff(f, y), lz::diff(f, x, x), lz::diff(f, x, y), lz::diff(f, y, y)));

static_assert(lz::diff(f, x, y) == -400_c * x);
static_assert(lz::diff(f, y, y) == 200_c);
// [/formulas]

int main() {
  const auto print = [](const char* name, std::string_view text) {
    std::printf("%-8s = %.*s\n", name, static_cast<int>(text.size()), text.data());
  };
  print("f", lz::text(f));
  print("df/dx", lz::text(lz::diff(f, x)));
  print("df/dy", lz::text(lz::diff(f, y)));
  print("d2f/dx2", lz::text(lz::diff(f, x, x)));

  // [iterate]
  double px = -1.2, py = 1.0;
  for (int step = 0; step < 7; ++step) {
    const auto [value, fx, fy, fxx, fxy, fyy] = newton(px, py);
    std::printf("step %d   x %9.6f   y %9.6f   f %.3e\n", step, px, py, value);
    const double determinant = fxx * fyy - fxy * fxy;
    px -= (fyy * fx - fxy * fy) / determinant;
    py -= (fxx * fy - fxy * fx) / determinant;
  }
  // [/iterate]
}
