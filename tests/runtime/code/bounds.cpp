// Generated code reads and writes no further than the caller's memory reaches. Every value has a heap block of its own and of
// exactly its size: the address sanitizer sees what goes beyond; elsewhere the numbers behind the outputs are checked.
#define BOOST_TEST_MODULE bounds
#include "../../support/boost_test.hpp"

#include <leibniz/leibniz.hpp>
#include <memory>
#include <span>

namespace lz = leibniz;
using namespace leibniz::literals;

namespace {

template <class T, std::size_t N>
struct block {
  static constexpr T mark = T(77);
  std::unique_ptr<T[]> memory;
  std::size_t behind;

  explicit block(std::size_t more) : memory(new T[N + more]), behind(more) {
    for (std::size_t i = 0; i < N + more; ++i) memory[i] = i < N ? T(0.25) * static_cast<T>(i % 7) + T(0.5) : mark;
  }
  std::span<T, N> all() { return std::span<T, N>(memory.get(), N); }
  std::span<const T, N> read() const { return std::span<const T, N>(memory.get(), N); }
  void check() const {
    for (std::size_t i = N; i < N + behind; ++i) BOOST_TEST(memory[i] == mark);
  }
};

template <class T, std::size_t M, std::size_t K, std::size_t N>
void run() {
  constexpr auto A = lz::variable<"A", M, K>;
  constexpr auto B = lz::variable<"B", K, N>;
  constexpr auto x = lz::variable<"x", K>;
  constexpr auto b = lz::variable<"b", M>;
  constexpr auto layer = lz::sigmoid(A * x + b);
  constexpr auto cost = lz::sum(lz::square(layer)) + lz::logsumexp(layer) + x(0_c) * b(0_c);
  constexpr auto f = lz::function(lz::inputs(A, B, x, b),
                                  lz::outputs(A * B, lz::transpose(A) * b, lz::outer(b, x), lz::outer(x, x), layer, lz::diff(cost, A),
                                              lz::diff(cost, x), lz::softmax(B), lz::hadamard(x, x) - x(0_c) * x, lz::diff(lz::prod(x), x)));
  for (const std::size_t behind : {std::size_t(0), std::size_t(3)}) {
    const block<T, M * K> va(0);
    const block<T, K * N> vb(0);
    const block<T, K> vx(0);
    const block<T, M> vbias(0);
    block<T, M * N> product(behind);
    block<T, K> turned(behind), by_x(behind), chain(behind), others(behind);
    block<T, M * K> outer(behind), by_a(behind);
    block<T, K * K> square(behind);
    block<T, M> activation(behind);
    block<T, K * N> rows(behind);
    f.into(product.all(), turned.all(), outer.all(), square.all(), activation.all(), by_a.all(), by_x.all(), rows.all(), chain.all(),
           others.all())(va.read(), vb.read(), vx.read(), vbias.read());
    product.check(), turned.check(), by_x.check(), chain.check(), others.check(), outer.check(), by_a.check(), square.check(),
        activation.check(), rows.check();
    BOOST_TEST(outer.memory[M * K - 1] == vbias.memory[M - 1] * vx.memory[K - 1]);
    BOOST_TEST(square.memory[K * K - 1] == vx.memory[K - 1] * vx.memory[K - 1]);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(short_rows) {
  run<float, 1, 1, 1>();
  run<float, 2, 3, 1>();
  run<float, 7, 3, 5>();
  run<double, 3, 5, 2>();
}
BOOST_AUTO_TEST_CASE(narrow_columns_of_many_rows) {
  run<float, 18, 18, 2>();
  run<float, 9, 4, 3>();
  run<double, 8, 5, 2>();
}
BOOST_AUTO_TEST_CASE(rows_beside_a_vector) {
  run<float, 4, 9, 3>();
  run<float, 9, 15, 17>();
  run<double, 5, 7, 9>();
  run<float, 17, 6, 33>();
}
