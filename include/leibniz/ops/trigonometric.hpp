#pragma once
#include <leibniz/core/math.hpp>
#include <leibniz/ops/operation.hpp>
#include <leibniz/ops/symbol.hpp>

namespace leibniz {
namespace ops {

struct asin_;
struct acos_;
struct atan_;
struct asinh_;
struct acosh_;
struct atanh_;

struct sin_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "sin";
  static constexpr const char* latex = "\\sin";
  template <class T>
  static constexpr T value(T x) { return math::sin(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return cos(x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -sin(-x);
    if (x.template is<asin_>()) return x.arg(0);
    return E::nothing();
  }
};

struct cos_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "cos";
  static constexpr const char* latex = "\\cos";
  template <class T>
  static constexpr T value(T x) { return math::cos(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return -sin(x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return 1 + x;
    if (x.negative()) return cos(-x);
    if (x.template is<acos_>()) return x.arg(0);
    return E::nothing();
  }
};

struct tan_ : elementwise<1> {
  static constexpr const char* name = "tan";
  static constexpr const char* latex = "\\tan";
  static constexpr interval domain{-1.2, 1.2};
  template <class T>
  static constexpr T value(T x) { return math::tan(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return 1 + square(f); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -tan(-x);
    if (x.template is<atan_>()) return x.arg(0);
    return E::nothing();
  }
};

struct asin_ : elementwise<1> {
  static constexpr const char* name = "asin";
  static constexpr const char* latex = "\\arcsin";
  static constexpr interval domain{-0.9, 0.9};
  template <class T>
  static constexpr T value(T x) { return math::asin(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / sqrt((1 - x) * (1 + x)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -asin(-x);
    return E::nothing();
  }
};

struct acos_ : elementwise<1> {
  static constexpr const char* name = "acos";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\arccos";
  static constexpr interval domain{-0.9, 0.9};
  template <class T>
  static constexpr T value(T x) { return math::acos(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return -(1 / sqrt((1 - x) * (1 + x))); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(1)) return x - 1;
    return E::nothing();
  }
};

struct atan_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "atan";
  static constexpr const char* latex = "\\arctan";
  template <class T>
  static constexpr T value(T x) { return math::atan(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / (1 + square(x)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -atan(-x);
    return E::nothing();
  }
};

struct sinh_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "sinh";
  static constexpr bool total = false;
  static constexpr const char* latex = "\\sinh";
  template <class T>
  static constexpr T value(T x) { return math::sinh(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return cosh(x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -sinh(-x);
    if (x.template is<asinh_>()) return x.arg(0);
    return E::nothing();
  }
};

struct cosh_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "cosh";
  static constexpr bool from_zero = true;
  static constexpr bool total = false;
  static constexpr const char* latex = "\\cosh";
  template <class T>
  static constexpr T value(T x) { return math::cosh(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return sinh(x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return 1 + x;
    if (x.negative()) return cosh(-x);
    if (x.template is<acosh_>()) return x.arg(0);
    return E::nothing();
  }
};

struct tanh_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "tanh";
  static constexpr const char* latex = "\\tanh";
  template <class T>
  static constexpr T value(T x) { return math::tanh(x); }
  template <class E>
  static constexpr E derivative(E, E f) { return 1 - square(f); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -tanh(-x);
    if (x.template is<atanh_>()) return x.arg(0);
    return E::nothing();
  }
};

struct asinh_ : elementwise<1> {
  static constexpr const char* name = "asinh";
  static constexpr const char* latex = "\\operatorname{arsinh}";
  template <class T>
  static constexpr T value(T x) { return math::asinh(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / hypot(x.number(1), x); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -asinh(-x);
    return E::nothing();
  }
};

struct acosh_ : elementwise<1> {
  static constexpr const char* name = "acosh";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\operatorname{arcosh}";
  static constexpr interval domain{1.2, 9};
  template <class T>
  static constexpr T value(T x) { return math::acosh(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / (sqrt(x - 1) * sqrt(x + 1)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(1)) return x - 1;
    return E::nothing();
  }
};

struct atanh_ : elementwise<1> {
  static constexpr const char* name = "atanh";
  static constexpr const char* latex = "\\operatorname{artanh}";
  static constexpr interval domain{-0.9, 0.9};
  template <class T>
  static constexpr T value(T x) { return math::atanh(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 1 / ((1 - x) * (1 + x)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -atanh(-x);
    return E::nothing();
  }
};

struct erf_ : elementwise<1> {
  static constexpr bool in_lanes = true;
  static constexpr const char* name = "erf";
  static constexpr const char* latex = "\\operatorname{erf}";
  template <class T>
  static constexpr T value(T x) { return math::erf(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return 2 / sqrt(x.symbol(symbol_::pi)) * exp(-square(x)); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return x;
    if (x.negative()) return -erf(-x);
    return E::nothing();
  }
};

struct erfc_ : elementwise<1> {
  static constexpr const char* name = "erfc";
  static constexpr bool from_zero = true;
  static constexpr const char* latex = "\\operatorname{erfc}";
  template <class T>
  static constexpr T value(T x) { return math::erfc(x); }
  template <class E>
  static constexpr E derivative(E x, E) { return -(2 / sqrt(x.symbol(symbol_::pi)) * exp(-square(x))); }
  template <class E>
  static constexpr E simplify(E x) {
    if (x.is_number(0)) return 1 + x;
    return E::nothing();
  }
};

/// The angle of the point (x, y), given as atan2(y, x). Slope 0 at the origin.
struct atan2_ : elementwise<2> {
  static constexpr const char* name = "atan2";
  static constexpr const char* latex = "\\operatorname{atan2}";
  template <class T>
  static constexpr T value(T y, T x) { return math::atan2(y, x); }
  template <int Which, class E>
  static constexpr E derivative(E y, E x, E f) {
    const E r = hypot(x, y);
    const E slope = Which == 0 ? x / r / r : -(y / r / r);
    return select(equal(r, r.number(0)), f.number(0), slope);
  }
};

}  // namespace ops

/// The sine of an angle in radians.
template <class... A> requires operands<A...>
constexpr made<ops::sin_, A...> sin(A... x) { return make<ops::sin_>(x...); }
/// The cosine of an angle in radians.
template <class... A> requires operands<A...>
constexpr made<ops::cos_, A...> cos(A... x) { return make<ops::cos_>(x...); }
/// The tangent of an angle in radians.
template <class... A> requires operands<A...>
constexpr made<ops::tan_, A...> tan(A... x) { return make<ops::tan_>(x...); }
/// The inverse of sin, in [-π/2, π/2].
template <class... A> requires operands<A...>
constexpr made<ops::asin_, A...> asin(A... x) { return make<ops::asin_>(x...); }
/// The inverse of cos, in [0, π].
template <class... A> requires operands<A...>
constexpr made<ops::acos_, A...> acos(A... x) { return make<ops::acos_>(x...); }
/// The inverse of tan, in (-π/2, π/2).
template <class... A> requires operands<A...>
constexpr made<ops::atan_, A...> atan(A... x) { return make<ops::atan_>(x...); }
/// atan2(y, x): the angle of the point (x, y), in [-π, π].
template <class... A> requires operands<A...>
constexpr made<ops::atan2_, A...> atan2(A... x) { return make<ops::atan2_>(x...); }
/// The hyperbolic sine.
template <class... A> requires operands<A...>
constexpr made<ops::sinh_, A...> sinh(A... x) { return make<ops::sinh_>(x...); }
/// The hyperbolic cosine.
template <class... A> requires operands<A...>
constexpr made<ops::cosh_, A...> cosh(A... x) { return make<ops::cosh_>(x...); }
/// The hyperbolic tangent.
template <class... A> requires operands<A...>
constexpr made<ops::tanh_, A...> tanh(A... x) { return make<ops::tanh_>(x...); }
/// The inverse of sinh.
template <class... A> requires operands<A...>
constexpr made<ops::asinh_, A...> asinh(A... x) { return make<ops::asinh_>(x...); }
/// The inverse of cosh, for x >= 1.
template <class... A> requires operands<A...>
constexpr made<ops::acosh_, A...> acosh(A... x) { return make<ops::acosh_>(x...); }
/// The inverse of tanh, for |x| < 1.
template <class... A> requires operands<A...>
constexpr made<ops::atanh_, A...> atanh(A... x) { return make<ops::atanh_>(x...); }
/// The error function.
template <class... A> requires operands<A...>
constexpr made<ops::erf_, A...> erf(A... x) { return make<ops::erf_>(x...); }
/// 1 - erf(x), accurate for large x.
template <class... A> requires operands<A...>
constexpr made<ops::erfc_, A...> erfc(A... x) { return make<ops::erfc_>(x...); }

}  // namespace leibniz
