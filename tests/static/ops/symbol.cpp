// Numbers that are no fractions.
#include "page.hpp"

namespace {

using leibniz::ops::symbol_;
using page::holds;
using page::sheet;

static_assert(symbol_::value<double>(symbol_::pi) == 3.141592653589793);
static_assert(symbol_::value<double>(symbol_::e) == 2.718281828459045);
static_assert(symbol_::value<float>(symbol_::pi) == 3.14159265f);
static_assert(std::string_view(symbol_::names[symbol_::pi]) == "pi" && std::string_view(symbol_::names[symbol_::e]) == "E");

static_assert(holds([](sheet& s) { return s.x.symbol(symbol_::pi) == s.y.symbol(symbol_::pi); }));
static_assert(holds([](sheet& s) { return !(s.x.symbol(symbol_::pi) == s.x.symbol(symbol_::e)); }));
static_assert(holds([](sheet& s) { return log(s.x.symbol(symbol_::e)).is_number(1); }));
static_assert(holds([](sheet& s) { return pow(s.x.symbol(symbol_::e), s.y) == exp(s.y); }));
static_assert(holds([](sheet& s) { return s.diff(s.x.symbol(symbol_::pi) * s.x, s.x) == s.x.symbol(symbol_::pi); }));

}  // namespace
