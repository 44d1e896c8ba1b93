#pragma once

// Quotients and square roots that -ffast-math leaves alone. It lets a compiler put an estimate and a Newton step in their
// place, multiply with a reciprocal that several quotients share, and make x/(y z) of x/y/z. Where the estimate, the
// reciprocal or the product overflows or is denormal, a result that is finite is lost. So under that option they are written as
// instructions, which no compiler rewrites; without it they are the language's.

#include <leibniz/core/math/libm.hpp>

namespace leibniz::math::detail {

#if defined(__FAST_MATH__) || defined(__RECIPROCAL_MATH__) || __FINITE_MATH_ONLY__
inline constexpr bool may_estimate = true;
#else
inline constexpr bool may_estimate = false;
#endif

/// x / y; R is T, or a vector of T of 16 bytes or more.
template <class T, class R>
[[gnu::always_inline]] inline R quotient(R x, R y) {
  [[maybe_unused]] constexpr bool one = sizeof(R) == sizeof(T), single = sizeof(T) == sizeof(float);
  if constexpr (!may_estimate || sizeof(T) > sizeof(double)) return x / y;
#if defined(__AVX__)
  else if constexpr (one && single) asm("vdivss %1, %0, %0" : "+v"(x) : "v"(y));
  else if constexpr (one) asm("vdivsd %1, %0, %0" : "+v"(x) : "v"(y));
  else if constexpr (single) asm("vdivps %1, %0, %0" : "+v"(x) : "v"(y));
  else asm("vdivpd %1, %0, %0" : "+v"(x) : "v"(y));
#elif defined(__SSE2__)
  else if constexpr (one && single) asm("divss %1, %0" : "+x"(x) : "x"(y));
  else if constexpr (one) asm("divsd %1, %0" : "+x"(x) : "x"(y));
  else if constexpr (single) asm("divps %1, %0" : "+x"(x) : "x"(y));
  else asm("divpd %1, %0" : "+x"(x) : "x"(y));
#else
  // No estimates, unless the user asks for them; what the compiler does not see it neither shares nor combines.
  else {
    asm("" : "+m"(y));
    x = x / y;
    asm("" : "+m"(x));
  }
#endif
  return x;
}

#if defined(__SSE2__)
inline constexpr bool has_root = may_estimate;
#else
inline constexpr bool has_root = false;
#endif
/// √x where the compiler's own may be an estimate: has_root. T is float or double.
template <class T>
[[gnu::always_inline]] inline T root(T x) {
  [[maybe_unused]] constexpr bool single = sizeof(T) == sizeof(float);
#if defined(__AVX__)
  if constexpr (single) asm("vsqrtss %0, %0, %0" : "+v"(x));
  else asm("vsqrtsd %0, %0, %0" : "+v"(x));
#elif defined(__SSE2__)
  if constexpr (single) asm("sqrtss %0, %0" : "+x"(x));
  else asm("sqrtsd %0, %0" : "+x"(x));
#endif
  return x;
}

}  // namespace leibniz::math::detail
