#!/usr/bin/env python3
"""CPU time of compiling with Leibniz, as ratios to compiling <Eigen/Core>.

    measure.py [--compiler g++ ...] [--rounds 5] [--write] [--check]

Every unit is compiled once per round, in turn, so that a slower minute of the machine is everybody's; a first round is
thrown away. The time is user + system of the compiler and all it starts, and the median is what counts. A unit is
compared with <Eigen/Core> under the same optimisation level. --write puts the table into docs/compile_time.md,
--check ends with 1 if a limit is exceeded.
"""

import argparse
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = "benchmarks/compile_time/"
PAGE = ROOT / "docs" / "compile_time.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
EIGEN_INCLUDES = ["-isystem", os.environ.get("EIGEN3_INCLUDE_DIR", "/usr/include/eigen3")]

# what, source, optimisation, limit as a multiple of the yardstick under the same optimisation
YARDSTICK = "only `Eigen/Core`"
UNITS = [
    (YARDSTICK, HERE + "eigen_core.cpp", "-O0", None),
    ("only `leibniz/leibniz.hpp`", HERE + "leibniz_only.cpp", "-O0", 0.5),
    ("acceptance 1, a neuron", "tests/acceptance/acceptance_1.cpp", "-O0", 1.5),
    ("acceptance 2, a layer", "tests/acceptance/acceptance_2.cpp", "-O0", 1.5),
    (YARDSTICK, HERE + "eigen_core.cpp", "-O2", None),
    ("`digits`: network and trainer", HERE + "digits_trainer.cpp", "-O2", 2.0),
]


def cpu_seconds(command):
    """User and system time of the command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{run.stderr[:4000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(compiler, units, rounds):
    """The median time of every unit."""
    times = [[] for _ in units]
    for turn in range(rounds + 1):
        for unit, (_, source, optimisation, _) in enumerate(units):
            seconds = cpu_seconds(
                [compiler, "-std=c++20", optimisation, "-Iinclude", *EIGEN_INCLUDES, "-c", source, "-o", os.devnull])
            if turn > 0:
                times[unit].append(seconds)
    return [statistics.median(each) for each in times]


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0]


def processor():
    try:
        for line in open("/proc/cpuinfo"):
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--compiler", nargs="+", default=["g++", "clang++-19"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--check", action="store_true", help="fail if a limit is exceeded")
    options = parser.parse_args()
    os.environ.update(LC_ALL="C", CCACHE_DISABLE="1")

    units = [unit for unit in UNITS if (ROOT / unit[1]).exists()]
    for unit in UNITS:
        if unit not in units:
            print(f"not there yet, left out: {unit[1]}", file=sys.stderr)

    lines = [f"On {processor()}, CPU time (user and system), median of {options.rounds}:", "",
             "| compiler | unit | flags | seconds | ratio | limit |", "|---|---|---|---:|---:|---:|"]
    exceeded = 0
    for compiler in options.compiler:
        if not shutil.which(compiler):
            sys.exit(f"{compiler} is not installed")
        version = first_line(compiler, "--version")
        yardstick = {}
        for (what, _, optimisation, limit), seconds in zip(units, measure(compiler, units, options.rounds)):
            if limit is None:
                yardstick[optimisation] = seconds
            ratio = seconds / yardstick[optimisation]
            over = limit is not None and ratio > limit
            exceeded += over
            lines.append(f"| {version} | {what} | {optimisation} | {seconds:.2f} | {ratio:.2f}{' (!)' if over else ''} | "
                         f"{'' if limit is None else f'{limit:.1f}'} |")
    table = "\n".join(lines)
    print(table)

    if options.write:
        page = PAGE.read_text()
        if page.count(BEGIN) != 1 or page.count(END) != 1:
            sys.exit(f"{PAGE} needs one {BEGIN} and one {END}")
        head, _, rest = page.partition(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}")
    if exceeded:
        print(f"{exceeded} limit(s) exceeded", file=sys.stderr)
    return 1 if options.check and exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
