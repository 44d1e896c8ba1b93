#!/usr/bin/env python3
"""SymPy's answers about the library's formulas.

  generate.py                  writes cases_NN.cpp beside this file: formulas, points, and the right values there
  generate.py --check FILE...  reads the texts that the compiled cases wrote, parses them with SymPy, and compares
                               them with SymPy's own derivatives of the formulas in cases_NN.cpp

The cases are the rows of table.py and random compositions; what a formula means is in formulas.py. Values come from
SymPy's derivatives, computed by mpmath until they settle, and are cross-checked here by finite differences. A random
formula whose values lose more than a few digits to rounding is dropped, so that one tolerance serves every case.
"""

import argparse
import itertools
import math
import os
import pathlib
import random
import re
import signal
import sys
import zlib

import sympy
from mpmath import mp

sys.dont_write_bytecode = True  # the source tree stays as it is

import table
from formulas import SYMBOLS, Tensor, items_of, numbers, places, read, shaken, size, value

HERE = pathlib.Path(__file__).resolve().parent
SEED = 1684  # Nova methodus pro maximis et minimis
COMPOSITIONS = 330
PER_FILE = 24
DIGITS = 25
ROUGHEST = 150  # units of 2**-53 that a random case may lose; the tolerance of check.hpp is 9000 of them
FIRST, SECOND = "first", "second"


class Impatient(Exception):
    pass


class BadlyConditioned(ValueError):
    pass


def give_up(*_):
    raise Impatient


def seed_of(*parts):
    return zlib.crc32("|".join(map(str, parts)).encode())


# --- scalar cases -------------------------------------------------------------------------------------------------


def symbols(names):
    return {name: sympy.Symbol(name, real=True) for name in names}


def exact(fraction):
    return mp.mpf(fraction.numerator) / mp.mpf(fraction.denominator)


def targets(order, variables):
    """What a scalar case computes, in order: the value, the first derivatives, and the upper triangle of second ones."""
    result = [()] + [(v,) for v in variables]
    if order == SECOND:
        result += list(itertools.combinations_with_replacement(variables, 2))
    return result


def answers(cpp, variables, order):
    known = symbols(variables)
    formula = sympy.sympify(read(cpp, SYMBOLS, known))
    return [sympy.diff(formula, *(known[v] for v in t)) if t else formula for t in targets(order, variables)]


def difference(function, at, target, step):
    """A central difference of a function of a dictionary, once for each name of the target."""
    if not target:
        return function(at)
    name, rest = target[0], target[1:]
    ahead, behind = ({**at, name: at[name] + sign * step} for sign in (1, -1))
    return (difference(function, ahead, rest, step) - difference(function, behind, rest, step)) / (2 * step)


def agree(cpp, function, at, target, answer):
    """SymPy's answer against a finite difference of the same formula in mpmath arithmetic."""
    far = any(abs(v) > 20 for v in at.values())
    with mp.workdps(1600 if far else 160):
        rough = difference(function, at, target, mp.mpf(10) ** -30)
        least = mp.mpf(10) ** (-280 if far else -30)
        if abs(rough - answer) > max(abs(rough), abs(answer), least) * mp.mpf(10) ** -20:
            raise ValueError(f"SymPy and finite differences disagree: {cpp} {target} {at}: {answer} {rough}")


def scalar_case(name, cpp, variables, order, points, strict):
    """The case's line of C++, or an exception that says why it is none."""
    expressions = answers(cpp, variables, order)
    lines = []
    for point in points:
        at = {v: exact(c) for v, c in zip(variables, point)}
        results = []
        for target, expression in zip(targets(order, variables), expressions):
            result = value(expression, at)
            agree(cpp, lambda there: read(cpp, numbers(), there), at, target, result)
            if strict:
                if result and not 1e-5 < abs(result) < 1e5:
                    raise ValueError("too large or too small")
                if shaken(expression, at, result, seed_of(name, target, point)) > ROUGHEST:
                    raise BadlyConditioned(name)
            results.append(result)
        if strict and not any(results[1:]):
            raise ValueError("flat")
        lines.append(row(point, results))
    return line(f"oracle::{order}({cpp}, oracle::over({', '.join(variables)}), {{{', '.join(lines)}}});", name)


def row(point, results):
    return "{" + ", ".join([shown_exactly(p) for p in point] + [shown(r) for r in results]) + "}"


def line(statement, name):
    return f"BOOST_AUTO_TEST_CASE({name}) {{ {statement} }}"


def shown_exactly(fraction):
    assert float(fraction) == fraction
    text = repr(float(fraction))
    return text[:-2] if text.endswith(".0") else text


def shown(number):
    if abs(number) < mp.mpf(10) ** -306:
        return "0"
    with mp.workdps(60):
        if number == int(number) and abs(number) < 10**9:
            return str(int(number))
        return mp.nstr(number, DIGITS, strip_zeros=True)


def variables_in(cpp, among):
    return [name for name in sorted(among, key=str.lower) if re.search(rf"(?<![\w:]){name}(?!\w)", cpp.replace('"', ":"))]


# --- random compositions ------------------------------------------------------------------------------------------


def away(kinks, values, gap=1 / 16):
    return all(abs(v - kink) > gap for v in values for kink in kinks)


def within(low, high):
    return lambda a: all(low < v < high for v in a)


def apart(a, b):
    return all(abs(u - v) > 1 / 16 for u, v in zip(a, b))


def nonzero(a):
    return all(abs(v) > 1 / 8 for v in a)


# name: how it is written, how many operands, how they are used, where it may be tried
UNARY = {
    "neg": ("-{0}", lambda a: True),
    "pow_integer": ("lz::pow({0}, 3_c)", within(-6, 6)),
    "pow_negative": ("lz::pow({0}, -2_c)", nonzero),
    "pow_rational": ("lz::pow({0}, lz::constant<3, 2>)", within(0.1, 20)),
    "pow_root": ("lz::pow({0}, lz::constant<-1, 3>)", within(0.1, 20)),
    "square": ("lz::square({0})", within(-8, 8)),
    "cube": ("lz::cube({0})", within(-5, 5)),
    "sqrt": ("lz::sqrt({0})", within(0.1, 50)),
    "cbrt": ("lz::cbrt({0})", nonzero),
    "reciprocal": ("lz::reciprocal({0})", nonzero),
    "exp": ("lz::exp({0})", within(-5, 4)),
    "exp2": ("lz::exp2({0})", within(-6, 6)),
    "expm1": ("lz::expm1({0})", within(-4, 4)),
    "log": ("lz::log({0})", within(0.1, 100)),
    "log2": ("lz::log2({0})", within(0.1, 100)),
    "log10": ("lz::log10({0})", within(0.1, 100)),
    "log1p": ("lz::log1p({0})", within(-0.9, 100)),
    "sin": ("lz::sin({0})", within(-6, 6)),
    "cos": ("lz::cos({0})", within(-6, 6)),
    "tan": ("lz::tan({0})", within(-1.3, 1.3)),
    "asin": ("lz::asin({0})", within(-0.95, 0.95)),
    "acos": ("lz::acos({0})", within(-0.95, 0.95)),
    "atan": ("lz::atan({0})", within(-20, 20)),
    "sinh": ("lz::sinh({0})", within(-4, 4)),
    "cosh": ("lz::cosh({0})", within(-4, 4)),
    "tanh": ("lz::tanh({0})", within(-3, 3)),
    "asinh": ("lz::asinh({0})", within(-20, 20)),
    "acosh": ("lz::acosh({0})", within(1.1, 50)),
    "atanh": ("lz::atanh({0})", within(-0.95, 0.95)),
    "erf": ("lz::erf({0})", within(-2.5, 2.5)),
    "erfc": ("lz::erfc({0})", within(-2.5, 3)),
    "abs": ("lz::abs({0})", lambda a: away([0], a)),
    "sign": ("lz::sign({0}) * {0}", lambda a: away([0], a)),
    "sigmoid": ("lz::sigmoid({0})", within(-5, 5)),
    "relu": ("lz::relu({0})", lambda a: away([0], a) and max(a) > 0),
    "leaky_relu": ("lz::leaky_relu({0})", lambda a: away([0], a)),
    "elu": ("lz::elu({0})", lambda a: away([0], a) and min(a) > -4),
    "softplus": ("lz::softplus({0})", within(-5, 8)),
    "gelu": ("lz::gelu({0})", within(-2.5, 6)),
    "silu": ("lz::silu({0})", within(-5, 8)),
}
BINARY = {
    "add": ("{0} + {1}", lambda a, b: True),
    "sub": ("{0} - {1}", lambda a, b: True),
    "mul": ("{0} * {1}", lambda a, b: True),
    "div": ("{0} / {1}", lambda a, b: nonzero(b)),
    "pow_general": ("lz::pow({0}, {1})", lambda a, b: within(0.2, 8)(a) and within(-3, 3)(b)),
    "hypot": ("lz::hypot({0}, {1})", lambda a, b: nonzero(a) and nonzero(b)),
    "atan2": ("lz::atan2({0}, {1})", lambda a, b: nonzero(a) and nonzero(b)),
    "min": ("lz::min({0}, {1})", apart),
    "max": ("lz::max({0}, {1})", apart),
}
SEVERAL = {
    "clamp": ("lz::clamp({0}, -1_c, lz::constant<5, 4>)", 1, lambda a: away([-1, 1.25], a) and any(-1 < v < 1.25 for v in a)),
    "clamp_formula": ("lz::clamp({0}, {1}, 2_c)", 2, lambda a, b: away([2], a) and apart(a, b) and max(b) < 2),
    "select_less": ("lz::select({0} < {1}, {2}, {3})", 4, lambda a, b, c, d: apart(a, b)),
    "select_greater": ("lz::select({0} > {1}, {2}, {3})", 4, lambda a, b, c, d: apart(a, b)),
    "select_at_most": ("lz::select({0} <= {1}, {2}, {3})", 4, lambda a, b, c, d: apart(a, b)),
    "select_at_least": ("lz::select({0} >= {1}, {2}, {3})", 4, lambda a, b, c, d: apart(a, b)),
}
WAYS = {
    **{name: (written, 1, domain) for name, (written, domain) in UNARY.items()},
    **{name: (written, 2, domain) for name, (written, domain) in BINARY.items()},
    **SEVERAL,
}
COMMON = ["add", "sub", "mul", "div", "add", "mul"]
CONSTANTS = ["2_c", "3_c", "0.5_c", "-1_c", "lz::constant<1, 3>", "lz::constant<-5, 4>", "0.75_c", "1.5_c", "lz::constant<7, 5>"]


class Formula:
    def __init__(self, cpp, values, operations, compound):
        self.cpp, self.values, self.operations, self.compound = cpp, values, operations, compound
        self.constant = cpp in CONSTANTS


class Growth:
    """Random formulas over fixed points, each operation used only where it is smooth and well inside its domain."""

    def __init__(self, source, variables, points):
        self.source, self.variables = source, variables
        self.at = [{v: exact(c) for v, c in zip(variables, point)} for point in points]

    def leaf(self, constants):
        if constants and self.source.random() < 0.25:
            return self.valued(self.source.choice(CONSTANTS), 0, False)
        return self.valued(self.source.choice(self.variables), 0, False)

    def valued(self, cpp, operations, compound):
        values = [float(read(cpp, numbers(), there)) for there in self.at]
        return Formula(cpp, values, operations, compound)

    def grow(self, depth, wanted=None):
        """A formula of exactly this depth, with the wanted operation at its root; None where luck failed."""
        if depth == 0:
            return self.leaf(True)
        for _ in range(25):
            name = wanted or (self.source.choice(COMMON) if self.source.random() < 0.4 else self.source.choice(list(WAYS)))
            written, count, domain = WAYS[name]
            deep = self.source.randrange(count)
            parts = []
            for i in range(count):
                if i == deep:
                    parts.append(self.grow(depth - 1) if depth > 1 else self.leaf(False))
                else:
                    parts.append(self.grow(self.source.randrange(min(depth, 2))))
            if any(part is None for part in parts) or not domain(*(part.values for part in parts)):
                continue
            if count in (2, 4) and (parts[0].cpp == parts[1].cpp or parts[0].constant and parts[1].constant):
                continue
            if count == 4 and parts[2].cpp == parts[3].cpp:
                continue
            made = self.join(written, parts)
            if all(math.isfinite(v) and abs(v) < 200 for v in made.values) and any(abs(v) > 1e-3 for v in made.values):
                return made
        return None

    def join(self, written, parts):
        operators = not written.startswith("lz::") or ")" != written[-1]
        tight = operators or " < {1}" in written or "{0} >" in written or "{0} <" in written
        texts = [f"({p.cpp})" if tight and (p.compound or p.cpp.startswith("-")) else p.cpp for p in parts]
        return self.valued(written.format(*texts), 1 + sum(p.operations for p in parts), operators)


def random_points(source, variables, count=3):
    signs = [source.choice((1, 1, -1)) for _ in variables]
    while True:
        points = []
        for _ in range(count):
            points.append(tuple(table.F(sign * source.randrange(18, 150), 64) for sign in signs))
        if all(abs(a - b) > table.F(1, 8) for p in points for a, b in itertools.combinations(p, 2)):
            return points


def compositions():
    source = random.Random(SEED)
    found, used = [], {name: 0 for name in WAYS}
    order_of = itertools.cycle(WAYS)
    for wanted in order_of:
        if len(found) == COMPOSITIONS:
            break
        depth = 2 + len(found) % 4
        for _ in range(60):
            variables = ["x", "y", "z"] if source.random() < 0.5 else source.sample(["x", "y", "z"], 2)
            variables.sort()
            points = random_points(source, variables)
            made = Growth(source, variables, points).grow(depth, wanted)
            if made is None or made.operations > 11:
                continue
            inside = variables_in(made.cpp, variables)
            if not inside or any(made.cpp == other for other, *_ in found):
                continue
            points = [tuple(c for v, c in zip(variables, point) if v in inside) for point in points]
            name = f"mix_{len(found) + 1:03}_depth_{depth}"
            order = SECOND if len(found) % 8 == 0 and len(inside) < 3 else FIRST
            signal.alarm(15)
            try:
                text = scalar_case(name, made.cpp, inside, order, points, strict=True)
            except (ValueError, ZeroDivisionError, OverflowError, TypeError, RecursionError, Impatient):
                continue
            finally:
                signal.alarm(0)
            found.append((made.cpp, text))
            used[wanted] += 1
            break
    print("compositions:", len(found), "fewest of one operation:", min(used.values()))
    return [text for _, text in found]


# --- tensor cases -------------------------------------------------------------------------------------------------

VALUES = {
    "any": lambda source: table.F(source.choice((1, -1)) * source.randrange(12, 110), 64),
    "positive": lambda source: table.F(source.randrange(20, 140), 64),
    "far": lambda source: table.F(source.choice((1000, 997, 940, -990, 991, 999))),
}


def tensor_points(name, kind, variables, attempt):
    source = random.Random(seed_of(SEED, name, attempt))
    for turn in range(2):
        cells = [[] for _ in variables]
        for v, cell in zip(variables, cells):
            while len(cell) < size(table.SHAPES[v]):
                new = VALUES["any" if kind == "zeros" else kind](source)
                if new not in cell and all(kind == "far" or abs(new - other) > table.F(1, 16) for other in cell):
                    cell.append(new)
        if kind == "zeros":
            where = variables.index("x")
            cells[where][1] = table.F(0)
            if turn:
                cells[where][2] = table.F(0)
        yield [c for cell in cells for c in cell]


def element_names(variable, shape):
    return [variable + "".join(f"_{i}" for i in place) for place in places(shape)]


def tensor_case(name, cpp, differentiated, kind):
    """The case at the first random points where it is well conditioned."""
    for attempt in range(20):
        try:
            return tensor_case_at(name, cpp, differentiated, kind, attempt)
        except BadlyConditioned as problem:
            last = problem
    raise last


def tensor_case_at(name, cpp, differentiated, kind, attempt):
    variables = variables_in(cpp, table.SHAPES)
    names = [n for v in variables for n in element_names(v, table.SHAPES[v])]

    def bind(scalars):
        bound = {}
        for v in variables:
            cells = [scalars[n] for n in element_names(v, table.SHAPES[v])]
            bound[v] = Tensor(table.SHAPES[v], cells) if table.SHAPES[v] else cells[0]
        return bound

    def elements_of(target):
        if "(" not in target:
            return element_names(target, table.SHAPES[target])
        return [target[0] + "".join(f"_{i}" for i in re.findall(r"\d+(?=_c)", target))]

    known = symbols(names)
    formulas = items_of(read(cpp, SYMBOLS, bind(known)))
    outputs, cells = [cpp], [(place, ()) for place in range(len(formulas))]
    for target in differentiated.split():
        by = target.split(":")
        outputs.append(f"lz::diff({cpp}, {', '.join(b.replace(',', ', ') for b in by)})")
        cells += [(place, combination) for place in range(len(formulas)) for combination in itertools.product(*map(elements_of, by))]

    lines = []
    for point in tensor_points(name, kind, variables, attempt):
        at = {n: exact(c) for n, c in zip(names, point)}
        results = []
        for place, target in cells:
            expression = sympy.diff(formulas[place], *(known[n] for n in target)) if target else formulas[place]
            result = value(expression, at)
            agree(cpp, lambda there: items_of(read(cpp, numbers(), bind(there)))[place], at, target, result)
            if result and kind != "far" and shaken(expression, at, result, seed_of(name, target, place)) > ROUGHEST:
                raise BadlyConditioned(f"{name} {target} {result} at {at}")
            results.append(result)
        lines.append(row(point, results))
    sizes = ", ".join(str(size(table.SHAPES[v])) for v in variables)
    call = f"oracle::inputs<{sizes}>({', '.join(variables)})"
    if len(outputs) > 2:
        formula = f"constexpr auto e = {cpp};"
        listed = ", ".join(o.replace(f"lz::diff({cpp}, ", "lz::diff(e, ") if i else "e" for i, o in enumerate(outputs))
    else:
        formula, listed = "", ", ".join(outputs)
    statement = f"oracle::tensors(lz::outputs({listed}), {call}, {{{', '.join(lines)}}});"
    return line(f"{formula} {statement}".strip(), name)


# --- the evaluate form, at run time and in constant evaluation ----------------------------------------------------


def evaluated_case(name, cpp, variables, point):
    expressions = answers(cpp, variables, FIRST)
    at = {v: exact(c) for v, c in zip(variables, point)}
    bound = ", ".join(f"{v} = {shown_exactly(c)}" if "." in shown_exactly(c) else f"{v} = {shown_exactly(c)}.0" for v, c in zip(variables, point))
    parts = []
    for target, expression in zip(targets(FIRST, variables)[:2], expressions):
        formula = f"lz::diff({cpp}, {target[0]})" if target else cpp
        want = shown(value(expression, at))
        parts.append(f"ORACLE_EVALUATED({want}, lz::evaluate({formula}, {bound}));")
    return line(" ".join(parts), name)


# --- the files ----------------------------------------------------------------------------------------------------

HEAD = """// Written by generate.py; do not edit. {about}
// clang-format off
#define BOOST_TEST_MODULE oracle_{number:02}
#include "../support/boost_test.hpp"

#include "check.hpp"

{variables}
{cases}
"""


def declared(cases):
    everything = "\n".join(cases)
    lines = []
    for v in variables_in(everything, table.SHAPES.keys() | {"z"}):
        shape = table.SHAPES.get(v, ()) if "oracle::tensors" in everything else ()
        lines.append(f'constexpr auto {v} = lz::variable<"{v}"{"".join(f", {n}" for n in shape)}>;')
    return "\n".join(lines) + "\n"


def write(groups):
    for old in HERE.glob("cases_*.cpp"):
        old.unlink()
    number = count = written = 0
    for about, cases, per_file in groups:
        files = -(-len(cases) // per_file)
        each = -(-len(cases) // files)
        for start in range(0, len(cases), each):
            number += 1
            chunk = cases[start : start + each]
            text = HEAD.format(about=about, number=number, variables=declared(chunk), cases="\n".join(chunk))
            (HERE / f"cases_{number:02}.cpp").write_text(text, encoding="utf-8")
            count, written = count + len(chunk), written + len(text)
    print(f"{count} cases in {number} files, {written} bytes")


def scalars(prefix, text, order):
    for name, cpp, kind in table.rows(text):
        variables = variables_in(cpp, "xyz")
        yield scalar_case(f"{prefix}_{name}", cpp, variables, order, table.points_of(kind, variables), strict=False)


def evaluated():
    for name, cpp, kind in table.rows(table.OPERATIONS):
        variables = variables_in(cpp, "xyz")
        yield evaluated_case(f"evaluated_{name}", cpp, variables, table.points_of(kind, variables)[-1])


def tensor_cases(text):
    return [tensor_case(f"tensor_{name}", cpp, by, kind) for name, cpp, by, kind in table.rows(text)]


def generate():
    signal.signal(signal.SIGALRM, give_up)
    write(
        [
            ("Every operation: value, first and second derivatives.", list(scalars("op", table.OPERATIONS, SECOND)), PER_FILE),
            ("The evaluate form, also in constant evaluation.", list(evaluated()), 36),
            ("Simplification rules: value and first derivatives.", list(scalars("rule", table.RULES, FIRST)), PER_FILE),
            ("Named intermediates.", [c.replace("oracle::first", "oracle::expanded") for c in scalars("rule", table.LETS, FIRST)], PER_FILE),
            ("Tensor formulas, element by element.", tensor_cases(table.TENSORS), 16),
            ("Elementwise functions of several tensors.", tensor_cases(table.ELEMENTWISE), 16),
            ("Random compositions.", compositions(), PER_FILE),
        ]
    )


# --- checking texts -----------------------------------------------------------------------------------------------

CASE = re.compile(r"BOOST_AUTO_TEST_CASE\((\w+)\) \{ oracle::(first|second|expanded)\((.*), oracle::over\(([^)]*)\), \{(.*)\}\); \}")


def committed():
    """The scalar cases as the C++ files hold them: name -> formula, variables, order, points; and name -> file."""
    cases, origin = {}, {}
    for file in sorted(HERE.glob("cases_*.cpp")):
        for name, order, cpp, variables, data in CASE.findall(file.read_text(encoding="utf-8")):
            variables = variables.split(", ")
            points = [tuple(table.F(n) for n in r.split(", ")[: len(variables)]) for r in re.findall(r"\{([^{}]*)\}", data)]
            cases[name] = (cpp, variables, SECOND if order == SECOND else FIRST, points)
            origin[name] = file.name
    return cases, origin


def parse(text, variables):
    from sympy.parsing.sympy_parser import parse_expr

    if re.search(r"__|\blambda\b|\bimport\b|[\[\]{};=]", text.replace("<=", "<").replace(">=", ">")):
        raise ValueError("not a formula")
    own = {name: meaning for name, meaning in SYMBOLS.items() if name not in ("e", "let", "rational")}
    return parse_expr(text, local_dict={**own, "equal": sympy.Eq, **symbols(variables)})


def compare(text, answer, variables, points):
    """'identical' where SymPy sees the same expression, else 'equal' in value; an exception where it is neither."""
    parsed = sympy.sympify(parse(text, variables))
    foreign = {s.name for s in parsed.free_symbols} - set(variables)
    if foreign:
        raise ValueError(f"unknown name {', '.join(sorted(foreign))}")
    for point in points:
        at = {v: exact(c) for v, c in zip(variables, point)}
        got, want = value(parsed, at), value(answer, at)
        with mp.workdps(60):
            if abs(got - want) > abs(want) * mp.mpf(10) ** -25:
                where = ", ".join(f"{v} = {c}" for v, c in zip(variables, point))
                raise ValueError(f"is {mp.nstr(got, 17)} at {where}, SymPy says {mp.nstr(want, 17)} = {answer}")
    return "identical" if parsed == answer else "equal"


def check(files):
    signal.signal(signal.SIGALRM, give_up)
    cases, origin = committed()
    seen, counts, wrong = set(), {"identical": 0, "equal": 0}, 0
    for file in map(pathlib.Path, files):
        if not file.exists():
            print(f"{file}: not there; the compiled cases write it, as in `oracle_01 -- {file.name}`")
            wrong += 1
            continue
        for printed in file.read_text(encoding="utf-8").splitlines():
            name, *texts = printed.split("\t")
            if name not in cases:
                print(f"{name}: no such case in {HERE}")
                wrong += 1
                continue
            cpp, variables, order, points = cases[name]
            seen.add(name)
            what = targets(order, variables)
            if len(texts) != len(what):
                print(f"{name}: {len(texts)} texts, expected {len(what)}")
                wrong += 1
                continue
            for target, text, answer in zip(what, texts, answers(cpp, variables, order)):
                signal.alarm(60)
                try:
                    counts[compare(text, answer, variables, points)] += 1
                except Exception as problem:  # whatever SymPy objects to, the text is at fault
                    wrong += 1
                    formula = f"diff({cpp}, {', '.join(target)})" if target else cpp
                    print(f"{name}: {formula}\n  text: {text}\n  {type(problem).__name__}: {problem}")
                finally:
                    signal.alarm(0)
    missing = [name for name in cases if name not in seen and origin[name] in {origin[other] for other in seen}]
    if missing:
        print("no text was written for", ", ".join(missing))
        wrong += len(missing)
    print(
        f"{len(seen)} of {len(cases)} scalar cases: {counts['identical']} texts identical to SymPy's answer, "
        f"{counts['equal']} equal to it, {wrong} wrong"
    )
    return 1 if wrong or not seen else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", nargs="+", metavar="FILE", help="compare printed texts with SymPy's answers")
    options = parser.parse_args()
    if options.check:
        return check(options.check)
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of SymPy's terms follows it, and so do rounding errors
        os.execve(sys.executable, [sys.executable, __file__], {**os.environ, "PYTHONHASHSEED": "0"})
    generate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
