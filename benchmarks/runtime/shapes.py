#!/usr/bin/env python3
"""The products of a layer, of shapes that nobody tuned for: are they right, faster than plain loops, and no slower than their
neighbours?

    shapes.py [--product XW|XtD|DWt] [--sample] [--batch 8] [--compiler g++] [--jobs N] [--build DIR] [--no-docs]

A shape is batch x inputs x outputs, and the products are those of a forward and a backward pass: X W, X^T D and D W^T. The whole
sweep has all pairs of sides 1 to 70 at one batch size, 2,000 pairs drawn with batches 1 to 33, and a dozen large odd shapes;
building it takes long. --sample has a few blocks of neighbours and some of the others, and writes no plot. A shape stands out
if its time for a multiplication and addition of the padded shape is more than 25 % above the median of its neighbours', whose
sides differ by at most 1. Sums of one term are counted apart: their time is that of the stores, which sums of two share; and so is
one row alone: its time is that of reading the other operand, which two rows share. A shape that stands out, or is slower than plain
loops, is measured five times, and the least disturbed time counts.
"""

import argparse
import os
import pathlib
import platform
import random
import shutil
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import plot  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PRODUCTS = {"XW": "X W", "XtD": "X^T D", "DWt": "D W^T"}
LARGE = [(33, 127, 129), (17, 255, 257), (64, 300, 99), (5, 1000, 37), (1, 1023, 65), (31, 511, 13), (3, 777, 333),
         (100, 101, 103), (7, 61, 509), (13, 1, 1001), (29, 999, 1), (50, 391, 45)]
CHUNK = 24  # shapes of one translation unit


def cpu_field(field):
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith(field):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return ""


def machine():
    return cpu_field("model name") or platform.machine()


def all_shapes(batch):
    drawn = random.Random(1)
    shapes = [(batch, n, m) for n in range(1, 71) for m in range(1, 71)]
    some = {(drawn.randint(1, 33), drawn.randint(1, 70), drawn.randint(1, 70)) for _ in range(2400)} - set(shapes)
    return shapes + sorted(some)[:2000] + LARGE


def sample(batch):
    drawn = random.Random(2)
    shapes = [(batch, n + i, m + j) for n, m in ((3, 3), (15, 15), (31, 16), (47, 63)) for i in range(3) for j in range(3)]
    return shapes + sorted({(drawn.randint(1, 33), drawn.randint(1, 70), drawn.randint(1, 70)) for _ in range(20)}) + LARGE[:4]


def build(shapes, product, compiler, directory, jobs):
    """One program for every CHUNK shapes, by ninja."""
    directory.mkdir(parents=True, exist_ok=True)
    limits = "-fconstexpr-steps=1000000000 -fbracket-depth=1024" if "clang" in compiler else \
        "-fconstexpr-ops-limit=1000000000 -fconstexpr-loop-limit=100000000"
    rules = ["rule compile",
             f"  command = {compiler} -std=c++20 -O3 -march=native {limits} -I{ROOT / 'include'} -MD -MF $out.d "
             f"-DPRODUCT={list(PRODUCTS).index(product)} -DSHAPES='\"$list\"' {HERE / 'shapes.cpp'} -o $out",
             "  depfile = $out.d", "  deps = gcc"]
    programs = []
    for first in range(0, len(shapes), CHUNK):
        text = "".join(f"SHAPE({b}, {n}, {m})\n" for b, n, m in shapes[first:first + CHUNK])
        rows, program = directory / f"shapes_{first // CHUNK}.inc", directory / f"shapes_{first // CHUNK}"
        if not rows.exists() or rows.read_text() != text:
            rows.write_text(text)
        rules += [f"build {program}: compile {HERE / 'shapes.cpp'} | {rows}", f"  list = {rows}"]
        programs.append(program)
    (directory / "build.ninja").write_text("\n".join(rules) + "\n")
    if subprocess.run(["ninja", "-C", directory, f"-j{jobs}"]).returncode != 0:
        sys.exit("building failed")
    return programs


def measure(programs, shapes, wanted):
    """(error, ns of Leibniz, ns of plain loops) of the shapes that are wanted."""
    results = {}
    for number, program in enumerate(programs):
        print(f"\rmeasuring {number + 1} of {len(programs)}", end="", file=sys.stderr, flush=True)
        places = [str(place) for place, shape in enumerate(shapes[number * CHUNK:][:CHUNK]) if shape in wanted]
        if not places:
            continue
        for line in subprocess.run([program, *places], check=True, capture_output=True, text=True).stdout.split():
            b, n, m, error, own, loops = line.split(",")
            results[int(b), int(n), int(m)] = float(error), float(own), float(loops)
    print(file=sys.stderr)
    return results


def sides(product, shape):
    """Rows, terms and columns."""
    b, n, m = shape
    return {"XW": (b, n, m), "XtD": (n, b, m), "DWt": (b, m, n)}[product]


def padded_size(product, shape):
    """Multiplications, with columns as they fill registers of 4, 8 or 16 numbers."""
    rows, terms, columns = sides(product, shape)
    lanes = 4 if columns <= 4 else 8 if columns <= 8 else 16
    return rows * terms * -(-columns // lanes) * lanes


def cliffs(product, results, tolerance):
    """The shapes that stand out of their neighbours, and by how much."""
    each = {shape: own / padded_size(product, shape) for shape, (_, own, _) in results.items()}
    found = {}
    for b, n, m in results:
        near = [each[b, n + i, m + j] for i in (-1, 0, 1) for j in (-1, 0, 1) if (i or j) and (b, n + i, m + j) in each]
        if len(near) >= 3 and each[b, n, m] > tolerance * statistics.median(near):
            found[b, n, m] = each[b, n, m] / statistics.median(near)
    return found


def slower_than_loops(results, tolerance):
    return {shape: own / loops for shape, (_, own, loops) in results.items() if own > tolerance * loops}


def measure_all(programs, product, shapes):
    """Once, and what stands out or nearly does four times more: then the time counts that was disturbed least, each one's own."""
    results = measure(programs, shapes, set(shapes))
    suspects = {*slower_than_loops(results, 0.98), *cliffs(product, results, 1.2)}
    runs = [results] + [measure(programs, shapes, suspects) for _ in range(4)]
    for shape in suspects:
        results[shape] = tuple(min(run[shape][which] for run in runs) for which in range(3))
    return results


def worst(of):
    return ", ".join(f"{b}x{n}x{m} ({value:.2f})" for (b, n, m), value in sorted(of.items(), key=lambda item: -item[1])[:8]) or "none"


def summary_of(product, compiler, results):
    """The lines that say how the products did."""
    wrong = [shape for shape, (error, _, _) in results.items() if not error <= 1]
    slower = slower_than_loops(results, 1.02)  # a twin moves by that much
    uneven = cliffs(product, results, 1.25)
    of_one_term = {shape: value for shape, value in uneven.items() if sides(product, shape)[1] == 1}
    of_one_row = {shape: value for shape, value in uneven.items() if sides(product, shape)[0] == 1 and shape not in of_one_term}
    others = {shape: value for shape, value in uneven.items() if shape not in of_one_term and shape not in of_one_row}
    return [f"{PRODUCTS[product]}: {len(results)} shapes, batch x inputs x outputs, {compiler}",
            f"wrong: {len(wrong)}" + "".join(f" {b}x{n}x{m}" for b, n, m in wrong[:8]),
            "median of the loops' time over ours: "
            f"{statistics.median(loops / own for _, own, loops in results.values()):.2f}",
            f"slower than plain loops: {len(slower)}, {sum(value > 1.1 for value in slower.values())} of them by more "
            f"than 10 %; as a multiple of them: {worst(slower)}",
            f"more than 25 % above the neighbours: {len(others)}; as a multiple of them: {worst(others)}",
            f"the same for sums of one term: {len(of_one_term)}; as a multiple of the neighbours: {worst(of_one_term)}",
            f"the same for one row: {len(of_one_row)}; as a multiple of the neighbours: {worst(of_one_row)}"]


def write_docs(product, results, summary):
    target = ROOT / "docs" / "performance" / f"shapes_{product}.svg"
    target.parent.mkdir(exist_ok=True)
    points = {curve: [(b * n * m, results[b, n, m][which] / padded_size(product, (b, n, m))) for b, n, m in results]
              for curve, which in (("Leibniz", 1), ("plain loops", 2))}
    target.write_text(plot.points(f"{PRODUCTS[product]}, {len(results)} arbitrary shapes", "multiplications and additions",
                                  "ns for one of the padded shape", list(points.items())))
    where = f", {time.strftime('%Y-%m-%d')}, {machine()}"
    target.with_suffix(".txt").write_text("\n".join([summary[0] + where, *summary[1:]]) + "\n")
    print(f"wrote {target.relative_to(ROOT)} and .txt")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--product", choices=list(PRODUCTS), default="XW")
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "shapes")
    parser.add_argument("--no-docs", action="store_true", help="write no plot")
    options = parser.parse_args()
    if not shutil.which("ninja"):
        sys.exit("ninja is not installed")
    product = options.product
    shapes = sample(options.batch) if options.sample else all_shapes(options.batch)
    directory = options.build.resolve() / f"{pathlib.Path(options.compiler).name}-{product}-{'sample' if options.sample else 'all'}"
    results = measure_all(build(shapes, product, options.compiler, directory, options.jobs), product, shapes)
    (directory / "results.csv").write_text("".join(f"{b},{n},{m},{error},{own},{loops}\n" for (b, n, m), (error, own, loops) in results.items()))

    summary = summary_of(product, options.compiler, results)
    print("\n".join(summary))
    if not options.sample and not options.no_docs:
        write_docs(product, results, summary)
    return 0 if all(error <= 1 for error, _, _ in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
