#pragma once
#include <leibniz/core/math.hpp>
#include <leibniz/ops/operation.hpp>
#include <leibniz/ops/symbol.hpp>

namespace leibniz {
namespace ops {

struct softmax_;
struct sigmoid_;
struct log_;
struct log2_;
struct log1p_;

struct exp_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "exp";
  static constexpr bool from_zero = true;
  static constexpr bool total = false;
  static constexpr const char* latex = "e^{#}";
  template <class T>
  static constexpr T value(T x) { return math::exp(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return f; }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return 1 + x;
    if (x.template is<log_>()) return x.arg(0);
    return E::nothing();
  }
  template <class E>
  static constexpr note noted(E x, note own) {
    const E exponent = x.arg(0);
    const auto falls = [&] { return exponent.coefficient().negative() && exponent.without_coefficient().note().from_zero; };
    own.total = exponent.note().total && (exponent.number().valid() || falls());
    return own;
  }
};

struct exp2_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "exp2";
  static constexpr bool from_zero = true;
  static constexpr bool total = false;
  static constexpr const char* latex = "2^{#}";
  template <class T>
  static constexpr T value(T x) { return math::exp2(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return log(f.number(2)) * f; }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return 1 + x;
    if (x.template is<log2_>()) return x.arg(0);
    return E::nothing();
  }
};

struct expm1_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "expm1";
  static constexpr bool total = false;
  static constexpr const char* latex = "\\operatorname{expm1}";
  template <class T>
  static constexpr T value(T x) { return math::expm1(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return exp(x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.template is<log1p_>()) return x.arg(0);
    return E::nothing();
  }
};

struct log_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "log";
  static constexpr const char* latex = "\\ln";
  static constexpr interval domain{0.1, 9};
  template <class T>
  static constexpr T value(T x) { return math::log(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / x; }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(1)) return x - 1;
    if (x.template is<exp_>()) return x.arg(0);
    if (x.template is<symbol_>() && x.data() == symbol_::e) return x.number(1);
    if (x.template is<sigmoid_>()) return -softplus(-x.arg(0));
    if (E s = x.complement(); s.valid() && s.template is<sigmoid_>()) return -softplus(s.arg(0));
    if (E u = x.without_unit_term(); u.valid() && u.template is<exp_>()) return softplus(u.arg(0));
    if (x.template is<softmax_>()) return log_softmax(x.arg(0), x.data());
    if (x.is_total() && x.arg(0).template is<exp_>()) return logsumexp(x.arg(0).arg(0));
    return E::nothing();
  }
  template <class E>
  static constexpr note noted(E x, note own) {
    own.total = x.arg(0).note().total && x.arg(0).note().above_zero;
    return own;
  }
};

struct log2_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "log2";
  static constexpr const char* latex = "\\log_2";
  static constexpr interval domain{0.1, 9};
  template <class T>
  static constexpr T value(T x) { return math::log2(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / (x * log(x.number(2))); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(1)) return x - 1;
    if (x.template is<exp2_>()) return x.arg(0);
    return E::nothing();
  }
};

struct log10_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "log10";
  static constexpr const char* latex = "\\log_{10}";
  static constexpr interval domain{0.1, 9};
  template <class T>
  static constexpr T value(T x) { return math::log10(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / (x * log(x.number(10))); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(1)) return x - 1;
    return E::nothing();
  }
};

struct log1p_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "log1p";
  static constexpr const char* latex = "\\operatorname{log1p}";
  static constexpr interval domain{-0.9, 9};
  template <class T>
  static constexpr T value(T x) { return math::log1p(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / (1 + x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.template is<expm1_>()) return x.arg(0);
    if (x.template is<exp_>()) return softplus(x.arg(0));
    return E::nothing();
  }
};

}  // namespace ops

/// e to the power x.
template <class... A> requires operands<A...>
constexpr made<ops::exp_, A...> exp(A... x) { return make<ops::exp_>(x...); }
/// 2 to the power x.
template <class... A> requires operands<A...>
constexpr made<ops::exp2_, A...> exp2(A... x) { return make<ops::exp2_>(x...); }
/// exp(x) - 1, accurate near 0.
template <class... A> requires operands<A...>
constexpr made<ops::expm1_, A...> expm1(A... x) { return make<ops::expm1_>(x...); }
/// The natural logarithm; -∞ at 0, NaN below.
template <class... A> requires operands<A...>
constexpr made<ops::log_, A...> log(A... x) { return make<ops::log_>(x...); }
/// The logarithm to base 2.
template <class... A> requires operands<A...>
constexpr made<ops::log2_, A...> log2(A... x) { return make<ops::log2_>(x...); }
/// The logarithm to base 10.
template <class... A> requires operands<A...>
constexpr made<ops::log10_, A...> log10(A... x) { return make<ops::log10_>(x...); }
/// log(1 + x), accurate near 0.
template <class... A> requires operands<A...>
constexpr made<ops::log1p_, A...> log1p(A... x) { return make<ops::log1p_>(x...); }

}  // namespace leibniz
