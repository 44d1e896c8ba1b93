#!/usr/bin/env python3
"""The coefficients of the polynomials in include/leibniz/core/in_lanes/, with mpmath.

    coefficients.py [NAME ...]

Each is the polynomial of least weighted maximal error (Remez' exchange), its coefficients rounded to the type. Printed highest
power first, as `horner` takes them, with the error that remains in units of the last place of 1.
"""

import sys

from mpmath import atan, cos, erf, erfc, expm1, fabs, linspace, log, log1p, lu_solve, matrix, mp, mpf, pi, sin, sinh, sqrt

mp.dps = 60
BITS = {"float": 24, "double": 53}


def rounded(x, bits):
    with mp.workprec(bits):
        return +x


def remez(f, weight, powers, low, high, points=600):
    """Coefficients c of the sum of c[i] x^powers[i] nearest to f, and the largest weighted error."""
    n = len(powers)
    middle, half = (low + high) / 2, (high - low) / 2
    grid = [middle - half * cos(pi * (i + mpf(1) / 2) / points) for i in range(points)]
    values, weights = [f(x) for x in grid], [weight(x) for x in grid]
    rows = [[x**p for p in powers] for x in grid]
    at = [round((points - 1) * (1 - cos(pi * i / n)) / 2) for i in range(n + 1)]
    for _ in range(40):
        a = matrix(n + 1, n + 1)
        b = matrix(n + 1, 1)
        for i, g in enumerate(at):
            for j in range(n):
                a[i, j] = rows[g][j]
            a[i, n] = (-1) ** i / weights[g]
            b[i] = values[g]
        c = lu_solve(a, b)
        errors = [w * (v - sum(c[j] * r[j] for j in range(n))) for w, v, r in zip(weights, values, rows)]
        # the extremum of each run of one sign; of too many, the smallest at the ends go
        peaks = []
        for g, e in enumerate(errors):
            if peaks and (errors[peaks[-1]] > 0) == (e > 0):
                if fabs(e) > fabs(errors[peaks[-1]]):
                    peaks[-1] = g
            else:
                peaks.append(g)
        while len(peaks) > n + 1:
            peaks.pop(0 if fabs(errors[peaks[0]]) < fabs(errors[peaks[-1]]) else -1)
        worst = max(fabs(e) for e in errors)
        if worst < fabs(c[n]) * mpf("1.02"):
            break
        at = peaks if len(peaks) == n + 1 else exchanged(at, errors)
    return [c[i] for i in range(n)], worst


def exchanged(at, errors):
    """The reference with the largest error in it and signs still alternating."""
    new = max(range(len(errors)), key=lambda g: fabs(errors[g]))
    at = list(at)
    i = sum(g < new for g in at)  # between at[i - 1] and at[i]
    if i < len(at) and at[i] == new:
        return at
    same = lambda j: 0 <= j < len(at) and (errors[at[j]] > 0) == (errors[new] > 0)
    if same(i):
        at[i] = new
    elif same(i - 1):
        at[i - 1] = new
    elif i == 0:
        at = [new] + at[:-1]
    elif i == len(at):
        at = at[1:] + [new]
    return at


def fit(name, kind, f, weight, count, low, high, bits=None, refit=False):
    bits = bits or BITS[kind]
    c, _ = remez(f, weight, list(range(count)), mpf(low), mpf(high))
    fixed = [rounded(x, bits) for x in c]
    if refit:  # the others make up for the rounding of the first
        for first in range(1, count):
            rest, _ = remez(lambda x: f(x) - sum(k * x**i for i, k in enumerate(fixed[:first])), weight, list(range(first, count)),
                            mpf(low), mpf(high))
            fixed[first:] = [rounded(x, bits) for x in rest]
    grid = linspace(mpf(low), mpf(high), 1001)[1:-1]
    worst = max(fabs(weight(x) * (f(x) - sum(k * x**i for i, k in enumerate(fixed)))) for x in grid)
    suffix = "f" if kind == "float" else ""
    print(f"{name}, {kind}: error {mp.nstr(worst * 2**(BITS[kind] - 1), 3)} ulp")
    print("  " + ", ".join(hexadecimal(c, suffix) for c in reversed(fixed)), flush=True)


def hexadecimal(x, suffix):
    return float(x).hex().replace("0000000p", "p") + suffix


ln2 = log(mpf(2))
third = mpf(1) / 3


def all_fits():
    def e(r):
        return (expm1(r) - r) / r**2

    def e_weight(r):
        return sqrt(r**2 + mpf("1e-3"))

    yield "exponential", lambda: fit("exponential", "float", e, e_weight, 5, -0.35, 0.3501)
    yield "exponential", lambda: fit("exponential", "double", e, e_weight, 10, -0.35, 0.3501)

    def l(f):
        return (log1p(f) - f + f**2 / 2) / f**3

    yield "logarithm", lambda: fit("logarithm", "float", l, lambda f: fabs(f**3 / log1p(f)), 9, -0.25, 0.5001)

    def atanh_series(z):
        s = sqrt(z)
        return (log((1 + s) / (1 - s)) - 2 * s) / (s * z)

    yield "logarithm", lambda: fit("logarithm", "double", atanh_series, lambda z: z / 2, 7, "1e-9", "0.0401")
    yield "logistic", lambda: fit("log1p to 1", "float", lambda t: (log1p(t) - t) / t**2, lambda t: t**2 / log1p(t), 9, "1e-6", "1.0001")
    for n in (12,):
        yield "power", lambda n=n: fit("power: log2(1 + f)/f", "float", lambda f: log1p(f) / f / ln2, lambda f: fabs(f / log1p(f)), n,
                                       -0.25, 0.5001, 53)

    def pow_series(z):
        s = sqrt(z)
        return ((log((1 + s) / (1 - s)) / (2 * s) - 1) / z - third) / z

    for n in (8,):
        yield "power", lambda n=n: fit("power: atanh", "double", pow_series, lambda z: 2**11 * z**2, n, "1e-6", "0.0401")

    def sine(z):
        r = sqrt(z)
        return (sin(r) - r) / (r * z)

    def sine_weight(z):
        return z * sqrt(z) / sin(sqrt(z))

    def cosine(z):
        return (cos(sqrt(z)) - 1 + z / 2) / z**2

    for kind, n, m, k in (("float", 4, 3, 3), ("double", 8, 6, 6)):
        yield "sine", lambda kind=kind, n=n: fit("sine to pi/2", kind, sine, sine_weight, n, "1e-9", (pi / 2 + mpf("0.02"))**2,
                                                         refit=kind == "float")
        yield "sincos", lambda kind=kind, m=m: fit("sine to pi/4", kind, sine, sine_weight, m, "1e-9", (pi / 4 + mpf("0.01"))**2)
        yield "sincos", lambda kind=kind, k=k: fit("cosine to pi/4", kind, cosine, lambda z: z**2 / cos(sqrt(z)), k, "1e-7",
                                                   (pi / 4 + mpf("0.01"))**2)

    def odd(f):
        return lambda z: (f(sqrt(z)) - sqrt(z)) / (z * sqrt(z))

    for kind, n, m in (("float", 4, 9), ("double", 7, 19)):
        for name, f, count in (("sinh", sinh, n), ("atan", atan, m)):
            yield name, lambda kind=kind, name=name, f=f, count=count: fit(
                f"{name} to 1", kind, odd(f), lambda z: z * sqrt(z) / f(sqrt(z)), count, "1e-9", "1.0001")

    def erf_small(z):
        x = sqrt(z)
        return erf(x) / x - 1

    for kind, counts, large, high in (("float", (7,), (6,), 4), ("double", (12,), (17,), 6)):
        for n in counts:
            yield "erf", lambda kind=kind, n=n: fit(f"erf to 1, {n}", kind, erf_small, lambda z: sqrt(z) / erf(sqrt(z)), n, "1e-9", "1.0001")
        for n in large:
            yield "erf", lambda kind=kind, n=n, high=high: fit(f"-log2(erfc) from 1, {n}", kind, lambda x: -log(erfc(x)) / ln2,
                                                               lambda x: erfc(x) * ln2, n, 1, high)


if __name__ == "__main__":
    for name, run in all_fits():
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            run()
