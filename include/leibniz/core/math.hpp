#pragma once

// The elementary functions, constexpr with every compiler: std::'s at run time, the library's own (a few ulp,
// few steps) in constant evaluation. The latter are reachable at run time as leibniz::math::constant::, for
// tests. T is float, double, or any IEEE-like long double; in constant evaluation narrower types are computed
// in double.

#include <leibniz/core/math/arithmetic.hpp>
#include <leibniz/core/math/exponential.hpp>
#include <leibniz/core/math/hyperbolic.hpp>
#include <leibniz/core/in_lanes.hpp>
#include <leibniz/core/math/inverse_trigonometric.hpp>
#include <leibniz/core/math/logarithm.hpp>
#include <leibniz/core/math/power.hpp>
#include <leibniz/core/math/special.hpp>
#include <leibniz/core/math/trigonometric.hpp>
