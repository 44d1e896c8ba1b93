#pragma once

// Elementary functions in lanes, at run time: all numbers of a register at once, without branches but for arguments that
// almost nobody has. Accurate to 2 ulp (tanh, sigmoid, softplus, erf and pow to 3) over the whole range, denormal results
// included; docs/accuracy.md has what was measured. They need no fused operations, and -ffast-math does not spoil them:
// `fixed` stops it where it would. benchmarks/accuracy/coefficients.py computes the coefficients.

#include <leibniz/core/in_lanes/error_function.hpp>
#include <leibniz/core/in_lanes/exponential.hpp>
#include <leibniz/core/in_lanes/hyperbolic.hpp>
#include <leibniz/core/in_lanes/logarithm.hpp>
#include <leibniz/core/in_lanes/power.hpp>
#include <leibniz/core/in_lanes/trigonometric.hpp>
