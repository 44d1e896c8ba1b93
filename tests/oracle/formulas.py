"""What a formula of the library means: its C++ source read by SymPy, and read by mpmath.

A formula is written once, as C++ source (`lz::sin(x) + 3_c * y`). `python_source` turns it into a Python expression,
and that expression is evaluated in one of two namespaces:

  SYMBOLS   every name means a SymPy expression; SymPy differentiates it;
  NUMBERS   every name means mpmath arithmetic; finite differences of it cross-check SymPy's derivatives.

Both serve tensors, as `Tensor`s of scalars, one formula per element. `value` computes a SymPy expression to as many
digits as asked for; `shaken` does it with a rounding error in every step, which shows how well the formula is
conditioned.
"""

import random
import re

import mpmath
import sympy
from mpmath import mp

# --- from C++ to Python -------------------------------------------------------------------------------------------


def python_source(cpp):
    source = re.sub(r"lz::constant<\s*(-?\d+)\s*,\s*(\d+)\s*>", r"rational(\1, \2)", cpp)
    source = re.sub(r"(?<![\w.])(\d[\d.]*(?:e-?\d+)?)_c\b", r"rational('\1')", source)
    source = re.sub(r'lz::let<"\w+">', "let", source)
    source = source.replace("lz::", "")
    if "_c" in source or ":" in source:
        raise ValueError(f"not understood: {cpp}")
    return source


def read(cpp, namespace, variables):
    return eval(python_source(cpp), {"__builtins__": {}}, {**namespace, **variables})


# --- tensors ------------------------------------------------------------------------------------------------------


class Tensor:
    """Scalars in row-major order, with the library's operators."""

    def __init__(self, shape, items):
        self.shape, self.items = tuple(shape), list(items)
        assert len(self.items) == size(self.shape)

    def at(self, *index):
        place = 0
        for i, extent in zip(index, self.shape):
            assert 0 <= i < extent
            place = place * extent + i
        return self.items[place]

    def __call__(self, *index):
        assert len(index) == len(self.shape)
        return self.at(*(int(i) for i in index))

    def __add__(self, other):
        return each(lambda a, b: a + b, self, other)

    def __radd__(self, other):
        return each(lambda a, b: a + b, other, self)

    def __sub__(self, other):
        return each(lambda a, b: a - b, self, other)

    def __rsub__(self, other):
        return each(lambda a, b: a - b, other, self)

    def __neg__(self):
        return each(lambda a: -a, self)

    def __rmul__(self, scalar):
        return each(lambda a, b: a * b, scalar, self)

    def __truediv__(self, scalar):
        assert not isinstance(scalar, Tensor)
        return each(lambda a, b: a / b, self, scalar)

    def __mul__(self, other):
        if not isinstance(other, Tensor):
            return each(lambda a, b: a * b, self, other)
        assert len(self.shape) == 2 and self.shape[1] == other.shape[0], "vector times vector is refused"
        inner = range(self.shape[1])
        if len(other.shape) == 1:
            return Tensor(self.shape[:1], [total(self.at(i, k) * other.at(k) for k in inner) for i in range(self.shape[0])])
        shape = (self.shape[0], other.shape[1])
        return Tensor(shape, [total(self.at(i, k) * other.at(k, j) for k in inner) for i, j in places(shape)])

    def __lt__(self, other):
        return each(lambda a, b: a < b, self, other)

    def __gt__(self, other):
        return each(lambda a, b: a > b, self, other)


def size(shape):
    count = 1
    for extent in shape:
        count *= extent
    return count


def places(shape):
    result = [()]
    for extent in shape:
        result = [place + (i,) for place in result for i in range(extent)]
    return result


def total(terms):
    terms = list(terms)
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def items_of(value):
    return value.items if isinstance(value, Tensor) else [value]


def each(function, *arguments):
    """The function on scalars; on tensors of one shape, element by element, scalars with every element."""
    shapes = {argument.shape for argument in arguments if isinstance(argument, Tensor)}
    if not shapes:
        return function(*arguments)
    (shape,) = shapes
    count = size(shape)
    columns = [a.items if isinstance(a, Tensor) else [a] * count for a in arguments]
    return Tensor(shape, [function(*row) for row in zip(*columns)])


def transpose(a):
    if len(a.shape) == 1:
        return Tensor((1, a.shape[0]), a.items)
    rows, columns = a.shape
    return Tensor((columns, rows), [a.at(i, j) for j, i in places((columns, rows))])


def hadamard(a, b):
    assert a.shape == b.shape
    return each(lambda p, q: p * q, a, b)


def dot(a, b):
    return total(hadamard(a, b).items)


def outer(a, b):
    return Tensor(a.shape + b.shape, [p * q for p in a.items for q in b.items])


def sum_of(a, axis=None):
    if axis is None:
        return total(a.items)
    axis = int(axis)
    shape = a.shape[:axis] + a.shape[axis + 1 :]
    lines = [total(a.at(*(p[:axis] + (k,) + p[axis:])) for k in range(a.shape[axis])) for p in places(shape)]
    return Tensor(shape, lines) if shape else lines[0]


def product(a):
    result = a.items[0]
    for item in a.items[1:]:
        result = result * item
    return result


def namespace(scalar, rational):
    """The library's names, given the scalar functions."""
    names = {name: (lambda f: lambda *a: each(f, *a))(function) for name, function in scalar.items()}
    exp, log, sqrt, larger = scalar["exp"], scalar["log"], scalar["sqrt"], scalar["max"]

    def logsumexp(a):
        return log(total(exp(item) for item in a.items))

    def softmax(a):
        below = total(exp(item) for item in a.items)
        return Tensor(a.shape, [exp(item) / below for item in a.items])

    def maximum(a, *more):
        if more:
            return each(larger, a, *more)
        result = a.items[0]
        for item in a.items[1:]:
            result = larger(result, item)
        return result

    names.update(
        rational=rational,
        let=lambda body: body,
        transpose=transpose,
        dot=dot,
        outer=outer,
        hadamard=hadamard,
        sum=sum_of,
        prod=product,
        mean=lambda a: total(a.items) / rational(len(a.items), 1),
        max=maximum,
        squared_norm=lambda a: dot(a, a),
        norm=lambda a: sqrt(dot(a, a)),
        logsumexp=logsumexp,
        softmax=softmax,
        log_softmax=lambda a: a - logsumexp(a),
    )
    return names


# --- SymPy's meaning ----------------------------------------------------------------------------------------------


class Choice(sympy.Function):
    """The second operand where the first is positive, else the third; only the chosen one counts.

    SymPy's Piecewise rewrites its conditions, and fails on conditions that contain a Piecewise in version 1.11.
    """

    strict = True
    nargs = 3

    @classmethod
    def eval(cls, switch, chosen, other):
        if switch.is_number:
            return chosen if cls.holds(switch) else other
        return None

    @classmethod
    def holds(cls, switch):
        return switch > 0 if cls.strict else switch >= 0

    def _eval_derivative(self, by):
        switch, chosen, other = self.args
        return self.func(switch, chosen.diff(by), other.diff(by))


class ChoiceAtZero(Choice):
    """The same, with the second operand chosen at 0 too."""

    strict = False


def choose(condition, chosen, other):
    if condition in (True, False):
        return chosen if condition else other
    if not isinstance(condition, sympy.core.relational.Relational):
        return ChoiceAtZero(-(condition**2), other, chosen)  # a number: it holds unless it is 0
    if isinstance(condition, sympy.Equality):
        return ChoiceAtZero(-((condition.lhs - condition.rhs) ** 2), chosen, other)
    strict = isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan))
    return (Choice if strict else ChoiceAtZero)(condition.gts - condition.lts, chosen, other)


positive = Choice


def sigmoid(a):
    return 1 / (1 + sympy.exp(-a))


THIRD, HALF = sympy.Rational(1, 3), sympy.Rational(1, 2)

SYMBOLS = namespace(
    {
        "pow": lambda a, b: a**b,
        "square": lambda a: a**2,
        "cube": lambda a: a**3,
        "sqrt": sympy.sqrt,
        "cbrt": lambda a: positive(a, a**THIRD, -((-a) ** THIRD)),
        "reciprocal": lambda a: 1 / a,
        "hypot": lambda a, b: sympy.sqrt(a**2 + b**2),
        "exp": sympy.exp,
        "exp2": lambda a: sympy.Integer(2) ** a,
        "expm1": lambda a: sympy.exp(a) - 1,
        "log": sympy.log,
        "log2": lambda a: sympy.log(a) / sympy.log(2),
        "log10": lambda a: sympy.log(a) / sympy.log(10),
        "log1p": lambda a: sympy.log(1 + a),
        "sin": sympy.sin,
        "cos": sympy.cos,
        "tan": sympy.tan,
        "asin": sympy.asin,
        "acos": sympy.acos,
        "atan": sympy.atan,
        "sinh": sympy.sinh,
        "cosh": sympy.cosh,
        "tanh": sympy.tanh,
        "asinh": sympy.asinh,
        "acosh": sympy.acosh,
        "atanh": sympy.atanh,
        "atan2": sympy.atan2,
        "erf": sympy.erf,
        "erfc": sympy.erfc,
        "abs": lambda a: positive(a, a, -a),
        "sign": lambda a: positive(a, 1, positive(-a, -1, 0)),
        "min": lambda a, b: positive(b - a, a, b),
        "max": lambda a, b: positive(a - b, a, b),
        "clamp": lambda a, low, high: positive(low - a, low, positive(a - high, high, a)),
        "select": choose,
        "sigmoid": sigmoid,
        "relu": lambda a: positive(a, a, 0),
        "leaky_relu": lambda a: positive(a, a, a / 100),
        "elu": lambda a: positive(a, a, sympy.exp(a) - 1),
        "softplus": lambda a: sympy.log(1 + sympy.exp(a)),
        "gelu": lambda a: a * (1 + sympy.erf(a / sympy.sqrt(2))) / 2,
        "silu": lambda a: a * sigmoid(a),
    },
    lambda p, q=1: sympy.Rational(p) / sympy.Rational(q),
)
SYMBOLS.update(pi=sympy.pi, e=sympy.E)

# --- mpmath's meaning ---------------------------------------------------------------------------------------------


def numeric_sigmoid(a):
    return mp.exp(a) / (1 + mp.exp(a)) if a < 0 else 1 / (1 + mp.exp(-a))


NUMBERS = namespace(
    {
        "pow": mp.power,
        "square": lambda a: a * a,
        "cube": lambda a: a * a * a,
        "sqrt": mp.sqrt,
        "cbrt": lambda a: mp.cbrt(a) if a >= 0 else -mp.cbrt(-a),
        "reciprocal": lambda a: 1 / a,
        "hypot": mp.hypot,
        "exp": mp.exp,
        "exp2": lambda a: mp.power(2, a),
        "expm1": mp.expm1,
        "log": mp.log,
        "log2": lambda a: mp.log(a, 2),
        "log10": mp.log10,
        "log1p": mp.log1p,
        "sin": mp.sin,
        "cos": mp.cos,
        "tan": mp.tan,
        "asin": mp.asin,
        "acos": mp.acos,
        "atan": mp.atan,
        "sinh": mp.sinh,
        "cosh": mp.cosh,
        "tanh": mp.tanh,
        "asinh": mp.asinh,
        "acosh": mp.acosh,
        "atanh": mp.atanh,
        "atan2": mp.atan2,
        "erf": mp.erf,
        "erfc": mp.erfc,
        "abs": mp.fabs,
        "sign": mp.sign,
        "min": lambda a, b: a if a < b else b,
        "max": lambda a, b: a if a > b else b,
        "clamp": lambda a, low, high: low if a < low else high if a > high else a,
        "select": lambda condition, a, b: a if condition else b,
        "sigmoid": numeric_sigmoid,
        "relu": lambda a: a if a > 0 else mp.zero,
        "leaky_relu": lambda a: a if a > 0 else a / 100,
        "elu": lambda a: a if a > 0 else mp.expm1(a),
        "softplus": lambda a: mp.log1p(mp.exp(a)),
        "gelu": lambda a: a * mp.ncdf(a),
        "silu": lambda a: a * numeric_sigmoid(a),
    },
    lambda p, q=1: mp.mpf(p) / mp.mpf(q),
)




NUMERIC_CONSTANTS = {"pi": lambda: +mp.pi, "e": lambda: +mp.e}


def numbers():
    return {**NUMBERS, **{name: compute() for name, compute in NUMERIC_CONSTANTS.items()}}


# --- the value of a SymPy expression ------------------------------------------------------------------------------

FUNCTIONS = {
    "exp": mp.exp,
    "log": mp.log,
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
    "cot": mp.cot,
    "asin": mp.asin,
    "acos": mp.acos,
    "atan": mp.atan,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "tanh": mp.tanh,
    "asinh": mp.asinh,
    "acosh": mp.acosh,
    "atanh": mp.atanh,
    "atan2": mp.atan2,
    "erf": mp.erf,
    "erfc": mp.erfc,
    "Abs": abs,
    "sign": mp.sign,
    "Min": min,
    "Max": max,
    "DiracDelta": lambda a: mp.zero,
    "Heaviside": lambda a, half=None: mp.one if a > 0 else mp.zero,
}

def real(v):
    if isinstance(v, mpmath.mpc):
        if abs(v.imag) > abs(v.real) * mp.mpf(10) ** (-mp.dps // 2):
            raise ValueError("not a real number")
        return v.real
    return v


def walk(expression, at, rounding=lambda v: v):
    """The value of a SymPy expression, each step passed through `rounding`; untaken branches are not visited."""
    known = {}

    def go(node):
        if node not in known:
            known[node] = rounding(step(node))
        return known[node]

    def step(node):
        if node.is_Symbol:
            return at[node.name]
        if node.is_Rational:
            return mp.mpf(node.p) / mp.mpf(node.q)
        if node.is_Float:
            return mp.mpf(str(node))
        if node is sympy.pi or node is sympy.E:
            return +mp.pi if node is sympy.pi else +mp.e
        if node.is_Add or node.is_Mul:
            result = go(node.args[0])
            for part in node.args[1:]:
                result = rounding(result + go(part) if node.is_Add else result * go(part))
            return result
        if node.is_Pow:
            base, exponent = node.args
            if base is sympy.E:
                return mp.exp(go(exponent))
            if exponent == HALF:
                return mp.sqrt(go(base))
            if exponent == -HALF:
                return 1 / mp.sqrt(go(base))
            if exponent.is_Integer:
                return go(base) ** int(exponent)
            return mp.power(go(base), go(exponent))
        if isinstance(node, Choice):
            switch, chosen, other = node.args
            return go(chosen if node.holds(real(go(switch))) else other)
        name = node.func.__name__
        if name in FUNCTIONS:
            return FUNCTIONS[name](*(go(a) for a in node.args))
        raise ValueError(f"no meaning is known for {name}")

    return real(go(sympy.sympify(expression)))


def value(expression, at, digits=30):
    """The value to `digits` digits: the precision is raised until two computations agree."""
    before = None
    for precision in (50, 75, 150, 500, 1000, 1500):
        with mp.workdps(precision):
            try:
                now = walk(expression, at)
            except (ZeroDivisionError, OverflowError, ValueError) as problem:
                before, complaint = None, problem
                continue
            if not mp.isfinite(now):
                before, complaint = None, "not finite"
                continue
            if before is not None:
                size_now, size_before = abs(now), abs(before)
                if now and abs(now - before) <= size_now * mp.mpf(10) ** -digits:
                    return now
                if precision > 500:  # sooner, a 0 may be 1e-300 that had no place beside a 1
                    vanishes = max(size_now, size_before) < mp.mpf(10) ** -320
                    cancels = size_before < mp.mpf(10) ** -45 and size_now < size_before * mp.mpf(10) ** -20
                    if vanishes or cancels:
                        return mp.zero
            before, complaint = now, "does not settle"
    raise ValueError(f"{complaint}: {expression} at {at}")


def shaken(expression, at, exact, seed, trials=6):
    """The largest relative error, in units of 2**-53, that rounding errors in every step lead to."""
    source = random.Random(seed)
    unit = mp.mpf(2) ** -53
    worst = mp.zero
    with mp.workdps(40):
        for _ in range(trials):
            got = walk(expression, at, lambda v: v * (1 + unit * source.uniform(-1, 1)))
            error = abs(got - exact)
            if error:
                worst = max(worst, error / (abs(exact) or mp.mpf(10) ** -30) / unit)
    return worst
