#pragma once
// Leibniz: compile-time symbolic differentiation. Formulas are types, their derivatives are worked out by the
// compiler, and both become straight machine code. Networks are in <leibniz/nn.hpp>.
#include <boost/hana/at.hpp>
#include <boost/hana/ext/std/tuple.hpp>

#include <leibniz/calculus/equivalent.hpp>
#include <leibniz/calculus/gradient.hpp>
#include <leibniz/calculus/lower.hpp>
#include <leibniz/code/expand.hpp>
#include <leibniz/code/function.hpp>
#include <leibniz/core/tensor.hpp>
#include <leibniz/expr/derivative.hpp>
#include <leibniz/expr/expression.hpp>
#include <leibniz/expr/literals.hpp>
#include <leibniz/print/inspect.hpp>
