#pragma once

// The C library's functions, by the compiler's names for them: including <cmath> costs more than all of core/math,
// because libstdc++ puts the special functions of physics into it.

namespace leibniz::math::libm {

#define LEIBNIZ_FUNCTION(name)                                        \
  inline float name(float x) { return __builtin_##name##f(x); }       \
  inline double name(double x) { return __builtin_##name(x); }        \
  inline long double name(long double x) { return __builtin_##name##l(x); }
#define LEIBNIZ_FUNCTION_OF_TWO(name)                                             \
  inline float name(float x, float y) { return __builtin_##name##f(x, y); }       \
  inline double name(double x, double y) { return __builtin_##name(x, y); }       \
  inline long double name(long double x, long double y) { return __builtin_##name##l(x, y); }

LEIBNIZ_FUNCTION(acos)
LEIBNIZ_FUNCTION(acosh)
LEIBNIZ_FUNCTION(asin)
LEIBNIZ_FUNCTION(asinh)
LEIBNIZ_FUNCTION(atan)
LEIBNIZ_FUNCTION(atanh)
LEIBNIZ_FUNCTION(cbrt)
LEIBNIZ_FUNCTION(ceil)
LEIBNIZ_FUNCTION(cos)
LEIBNIZ_FUNCTION(cosh)
LEIBNIZ_FUNCTION(erf)
LEIBNIZ_FUNCTION(erfc)
LEIBNIZ_FUNCTION(exp)
LEIBNIZ_FUNCTION(exp2)
LEIBNIZ_FUNCTION(expm1)
LEIBNIZ_FUNCTION(floor)
LEIBNIZ_FUNCTION(log)
LEIBNIZ_FUNCTION(log10)
LEIBNIZ_FUNCTION(log1p)
LEIBNIZ_FUNCTION(log2)
LEIBNIZ_FUNCTION(sin)
LEIBNIZ_FUNCTION(sinh)
LEIBNIZ_FUNCTION(sqrt)
LEIBNIZ_FUNCTION(tan)
LEIBNIZ_FUNCTION(tanh)
LEIBNIZ_FUNCTION(trunc)
LEIBNIZ_FUNCTION_OF_TWO(atan2)
LEIBNIZ_FUNCTION_OF_TWO(hypot)
LEIBNIZ_FUNCTION_OF_TWO(pow)

/// The cosine, in a call of its own. With that of the sine g++ would join it to a call of sincos, although a processor makes
/// the two at the same time.
template <class T>
[[gnu::always_inline]] inline T cos_alone(T x) {
#if defined(__SSE2__)
  if constexpr (sizeof(T) <= sizeof(double)) asm("" : "+x"(x));
#elif defined(__aarch64__)
  if constexpr (sizeof(T) <= sizeof(double)) asm("" : "+w"(x));
#endif
  return cos(x);
}

#undef LEIBNIZ_FUNCTION
#undef LEIBNIZ_FUNCTION_OF_TWO

}  // namespace leibniz::math::libm
