#pragma once
#include <leibniz/core/math.hpp>
#include <leibniz/ops/operation.hpp>
#include <leibniz/ops/symbol.hpp>

namespace leibniz {
namespace ops {

/// The logistic function 1/(1 + exp(-x)).
struct sigmoid_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "sigmoid";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\sigma";
  template <class T>
  [[gnu::always_inline]] static constexpr T value(T x) { return math::sigmoid(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return f * (1 - f); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x.number(rational{1, 2});
    return E::nothing();
  }
};

/// log(1 + exp(x)).
struct softplus_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "softplus";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\operatorname{softplus}";
  template <class T>
  static constexpr T value(T x) { return math::softplus(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return sigmoid(x); }
};

struct relu_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "relu";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\operatorname{relu}";
  template <class T>
  static constexpr T value(T x) { return math::larger(T(0), x); }
  template <class E>
  static constexpr E derivative(E x, E) { return select(x.number(0) < x, x.number(1), x.number(0)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (const rational c = x.number(); c.valid()) return c.negative() ? x.number(0) : x;
    return E::nothing();
  }
};

/// x for positive x, x/100 for negative; slope 1/100 at 0.
struct leaky_relu_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "leaky_relu";
  static constexpr const char* latex = "\\operatorname{leaky\\_relu}";
  template <class T>
  static constexpr T value(T x) { return math::choose(x > T(0), x, x / T(100)); }
  template <class E>
  static constexpr E derivative(E x, E) { return select(x.number(0) < x, x.number(1), x.number(rational{1, 100})); }
};

/// x for positive x, exp(x) - 1 for negative.
struct elu_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "elu";
  static constexpr const char* latex = "\\operatorname{elu}";
  template <class T>
  static constexpr T value(T x) { return math::choose(x > T(0), x, math::expm1(x)); }
  template <class E>
  static constexpr E derivative(E x, E) { return select(x.number(0) < x, x.number(1), exp(x)); }
};

/// x Φ(x), Φ the distribution function of the standard normal distribution (Hendrycks and Gimpel 2016), exact.
struct gelu_ : elementwise<1> {
  static constexpr const char* name = "gelu";
  static constexpr const char* latex = "\\operatorname{gelu}";
  template <class T>
  static constexpr T value(T x) {
    return x < -40 ? T(0) * x : math::multiply(x, math::erfc(x * T(-0.707106781186547524400844362104849039L)) / 2);
  }
  template <class E>
  static constexpr E derivative(E x, E) {
    const E half = x.number(rational{1, 2});
    const E density = exp(-(half * square(x))) / sqrt(2 * x.symbol(symbol_::pi));
    return half * erfc(-(x * sqrt(half))) + x * density;
  }
};

/// x·sigmoid(x).
struct silu_ : elementwise<1> {
  static constexpr bool is_composite = true;
  static constexpr const char* name = "silu";
  template <class E>
  static constexpr E expand(E x) { return x * sigmoid(x); }
};

}  // namespace ops

/// The logistic function 1/(1 + exp(-x)), right in both tails.
template <class... A> requires operands<A...>
constexpr made<ops::sigmoid_, A...> sigmoid(A... x) { return make<ops::sigmoid_>(x...); }
/// log(1 + exp(x)) without overflow.
template <class... A> requires operands<A...>
constexpr made<ops::softplus_, A...> softplus(A... x) { return make<ops::softplus_>(x...); }
/// max(x, 0), with slope 0 at 0.
template <class... A> requires operands<A...>
constexpr made<ops::relu_, A...> relu(A... x) { return make<ops::relu_>(x...); }
/// x, or x/100 where x is negative; slope 1/100 at 0.
template <class... A> requires operands<A...>
constexpr made<ops::leaky_relu_, A...> leaky_relu(A... x) { return make<ops::leaky_relu_>(x...); }
/// x, or exp(x) - 1 where x is negative.
template <class... A> requires operands<A...>
constexpr made<ops::elu_, A...> elu(A... x) { return make<ops::elu_>(x...); }
/// x·Φ(x), exact.
template <class... A> requires operands<A...>
constexpr made<ops::gelu_, A...> gelu(A... x) { return make<ops::gelu_>(x...); }
/// x·sigmoid(x).
template <class... A> requires operands<A...>
constexpr made<ops::silu_, A...> silu(A... x) { return make<ops::silu_>(x...); }

}  // namespace leibniz
