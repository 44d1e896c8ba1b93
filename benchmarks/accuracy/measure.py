#!/usr/bin/env python3
"""Functions in lanes: worst errors and times of Leibniz', libmvec's, SLEEF's and xsimd's, written into docs/accuracy.md.

    measure.py [--stride 1] [--jobs 1] [--compiler g++] [FUNCTION ...]

For x86 with AVX-512; wants libsleef-dev and libxsimd-dev. With --stride 1, every float is tried: some minutes a function, with
progress on the terminal. Results are kept in build/accuracy/, so that functions named on the command line replace only theirs.
"""

import argparse
import concurrent.futures
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "accuracy"
PAGE = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
FUNCTIONS = ("exp exp2 expm1 log log1p log2 log10 tanh sigmoid softplus erf sin cos pow sinh cosh atan").split()
TITLES = {"leibniz": "Leibniz", "libmvec": "libmvec", "sleef": "SLEEF", "xsimd": "xsimd"}
FLAGS = ["-std=c++20", "-O3", "-march=native", "-w", f"-I{ROOT / 'include'}"]


def measure(program, function, stride):
    lines = subprocess.run([program, str(stride), function], check=True, stdout=subprocess.PIPE, text=True).stdout
    (BUILD / f"{function}.txt").write_text(f"stride {stride}\n{lines}")


def error(value):
    return "wrong" if value >= 1e6 else f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def table(kind, results, column, form):
    rows = [f"| {kind} | " + " | ".join(TITLES.values()) + " |", "|---|" + "---:|" * len(TITLES)]
    for function in FUNCTIONS:
        cells = [results.get((function, kind, who)) for who in TITLES]
        if any(cells):
            rows.append(f"| `{function}` | " + " | ".join(form(c[column]) if c else "" for c in cells) + " |")
    return "\n".join(rows)


def write():
    results, part = {}, []
    for function in FUNCTIONS:
        file = BUILD / f"{function}.txt"
        if not file.exists():
            continue
        first, *lines = file.read_text().splitlines()
        if first != "stride 1" and function != "pow":
            part.append(f"`{function}` at every {first.split()[1]}th float")
        for line in lines:
            name, kind, who, worst, time = line.split()
            results[name, kind, who] = (float(worst), float(time))
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    text = f"""Worst error in units of the last place:

{table("float", results, 0, error)}

{table("double", results, 0, error)}

Nanoseconds for 16 floats and for 8 doubles, one register of AVX-512 ({cpu}):

{table("float", results, 1, "{:.1f}".format)}

{table("double", results, 1, "{:.1f}".format)}
"""
    if part:
        text += "\nNot every float was tried: " + ", ".join(part) + ".\n"
    page = PAGE.read_text()
    head, rest = page.split(BEGIN)
    PAGE.write_text(head + BEGIN + "\n" + text + END + rest.split(END)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("functions", nargs="*", default=FUNCTIONS)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    program = BUILD / "measure"
    source = pathlib.Path(__file__).with_name("measure.cpp")
    subprocess.run([options.compiler, *FLAGS, source, "-o", program, "-lsleef", "-lmvec"], check=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in [pool.submit(measure, program, f, options.stride) for f in options.functions]:
            done.result()
    write()


if __name__ == "__main__":
    main()
