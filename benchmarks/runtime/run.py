#!/usr/bin/env python3
"""Builds every contestant that is found, lets them take turns, and writes docs/performance.md.

    run.py [--runs 5] [--rounds 21] [--chunk 4] [--only N1b32 ...] [--compilers g++ clang++-19] [--build DIR] [--no-docs]
    run.py --rewrite       the page again from the last results
    run.py --shapes        products of shapes that nobody tuned for; shapes.py has the whole sweep
    run.py --quick         a smoke test: one short run of Leibniz and two opponents, no page

A run is a process of its own that loads all contestants (measure.cpp). What counts is, within a run, the ratio of a
contestant to the fastest opponent, and of the runs the median. A contestant whose result is wrong is not timed.
"""

import argparse
import collections
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import plot  # noqa: E402
import shapes  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "performance.md"
PLOTS = ROOT / "docs" / "performance"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

OWN = "leibniz"
QUIET = 1.08  # a process whose shortest probe is longer than this, as a multiple of the shortest of all, was disturbed from beginning to end
# who, and how they are called; also the order of the columns
NAMES = {"leibniz": "Leibniz", "tiles": "tiles by hand", "loops": "loops", "hand": "by hand", "eigen": "Eigen",
         "openblas": "OpenBLAS", "dlib": "dlib", "libtorch": "libtorch", "ceres": "Ceres Jet", "adolc": "ADOL-C"}
PACKAGES = {"eigen": "libeigen3-dev", "openblas": "libopenblas-dev", "dlib": "libdlib-dev", "libtorch": "libtorch-dev",
            "ceres": "libceres-dev", "adolc": "libadolc-dev"}
QUICK = ["N3", "N4s", "w1", "w3"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def call(command, what, environment=None):
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    if run.returncode != 0:
        sys.exit(f"{what} failed: {' '.join(map(str, command))}\n{(run.stdout + run.stderr)[-6000:]}")
    return run.stdout


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0]
    except OSError:
        return ""


def family(contestant):
    """nn.loops-wide/g++ is one of the ways in which the loops were built."""
    return contestant.partition(".")[2].partition("/")[0].partition("-")[0]


# ---- building ------------------------------------------------------------------------------------------------------

def build(compiler, directory, quick):
    """The contestants that one compiler builds: {name: file}, and the programs measure and heap."""
    say(f"configuring for {compiler}")
    call(["cmake", "-S", ROOT, "-B", directory, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}",
          "-DCMAKE_BUILD_TYPE=Release", "-DLEIBNIZ_BUILD_TESTS=OFF", "-DLEIBNIZ_BUILD_EXAMPLES=OFF",
          "-DLEIBNIZ_BUILD_BENCHMARKS=ON", f"-DLEIBNIZ_BENCHMARK_QUICK={'ON' if quick else 'OFF'}"], "configuring")
    say(f"building with {compiler}")
    run = subprocess.Popen(["cmake", "--build", directory, "--target", "runtime", "--", "-k", "0"],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    log = []
    for line in run.stdout:
        log.append(line)
        if line.startswith("["):
            say("  " + line.strip()[:110])
    built = directory / "benchmarks" / "runtime"
    failed = set()
    if run.wait() != 0:
        failed = set(re.findall(r"^FAILED: .*?contestant\.([\w.-]+)\.dir/", "".join(log), re.MULTILINE))
        if not failed or any(family(name) == OWN for name in failed):
            sys.exit("building failed:\n" + "".join(log)[-6000:])
        say(f"{compiler} does not build {' '.join(sorted(failed))}: left out")
    found = {name: built / f"{name}.so" for name in (built / "contestants.txt").read_text().split() if name not in failed}
    return found, built / "measure", built / "heap.so"


# ---- measuring -----------------------------------------------------------------------------------------------------

def environment():
    """One thread for everybody; OpenBLAS 0.3.21 does not know every processor that has AVX-512."""
    settings = dict(os.environ, LC_ALL="C")
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        settings[name] = "1"
    if "avx512f" in shapes.cpu_field("flags").split():
        settings["OPENBLAS_CORETYPE"] = "SKYLAKEX"  # whatever the shell says: its fastest kernels count
    return settings


def measured(command, settings, label):
    """The lines of one process, as they come."""
    run = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True, env=settings)
    lines, said = [], None
    for line in run.stdout:
        kind, workload, what, who, value = line.rstrip("\n").split(",", 4)
        lines.append((kind, workload, what, who, value if kind in ("version", "says") else float(value)))
        if kind in ("time", "heap") and (workload, what) != said:
            said = (workload, what)
            say(f"  {label}: {workload} {what}")
    if run.wait() != 0:
        sys.exit(f"measuring failed: {' '.join(map(str, command))}")
    return lines


def measure(options):
    contestants, programs = {}, None
    for compiler in options.compilers:
        short = pathlib.Path(compiler).name
        found, program, heap = build(compiler, options.build / short, options.quick)
        programs = programs or (program, heap)
        for name, file in found.items():
            contestants[f"{name}/{short}"] = file
    say(f"{len(contestants)} contestants: " + " ".join(sorted(contestants)))
    arguments = [f"{name}={file}" for name, file in contestants.items()]
    settings = environment()
    workloads = options.only or [None]
    runs = []
    start = time.time()
    for run in range(options.runs):
        lines = []
        for workload in workloads:
            only = ["--only", workload] if workload else []
            lines += measured([programs[0], "--rounds", options.rounds, "--chunk", options.chunk, *only, *arguments],
                              settings, f"run {run + 1} of {options.runs}, {time.time() - start:.0f} s")
        runs.append(lines)
    heap = []
    for workload in workloads:
        only = ["--only", workload] if workload else []
        heap += measured([programs[0], "--heap", *only, *arguments], dict(settings, LD_PRELOAD=str(programs[1])), "allocations")
    packages = {}
    for who, package in PACKAGES.items():
        packages[who] = first_line("dpkg-query", "-W", "-f", "${Version}", package) if shutil.which("dpkg-query") else ""
    return {"runs": runs, "heap": heap, "machine": shapes.machine(),
            "system": f"{platform.system()} {platform.release()}",
            "date": time.strftime("%Y-%m-%d"),
            "compilers": {compiler: first_line(compiler, "--version") for compiler in options.compilers},
            "packages": packages, "rounds": options.rounds, "chunk": options.chunk}


# ---- what follows from the numbers ------------------------------------------------------------------------------------

class Results:
    def __init__(self, raw):
        self.raw = raw
        self.errors = collections.defaultdict(dict)  # [workload, what][contestant], the largest of the runs
        self.heap = collections.defaultdict(dict)    # [workload, what][family], of several builds the one with the least
        self.versions = {}
        self.timed = collections.defaultdict(set)
        probes = [{(workload, what): value for kind, workload, what, _, value in lines if kind == "quiet"} for lines in raw["runs"]]
        shortest = min((value for run in probes for value in run.values() if value > 0), default=0)
        def is_quiet(run, key):
            return 0 < probes[run].get(key, 0) <= QUIET * shortest
        quiet = {key for run in range(len(probes)) for key in probes[run] if is_quiet(run, key)}  # calls with a run that was
        self.disturbed = []  # and those without
        ratios = collections.defaultdict(lambda: collections.defaultdict(list))
        times = collections.defaultdict(lambda: collections.defaultdict(list))
        peaks, shares = [], collections.defaultdict(list)
        self.says, operations = {}, {}
        for number, lines in enumerate(raw["runs"]):
            run = collections.defaultdict(dict)
            peak = max([value for kind, _, _, _, value in lines if kind == "peak"], default=0)
            if not quiet or any(is_quiet(number, key) for key in probes[number]):
                peaks.append(peak)
            for kind, workload, what, who, value in lines:
                if kind == "time":
                    run[workload, what][who] = value
                    self.timed[workload, what].add(who)
                elif kind == "error":
                    errors = self.errors[workload, what]
                    errors[who] = max(value, errors.get(who, 0))
                elif kind == "version" and value:
                    self.versions[family(who)] = value
                elif kind == "says":
                    self.says[workload] = value
                elif kind == "quiet" and (workload, what) not in quiet:
                    self.disturbed.append(f"{workload} {what}")
                elif kind == "operations":
                    operations[workload, what] = value
            for key, by_contestant in run.items():
                ratios[key]  # in the order of the workloads, whichever run counts
                if key in quiet and not is_quiet(number, key):
                    continue
                best = {}
                for who, value in by_contestant.items():
                    best[family(who)] = min(value, best.get(family(who), value))
                    if family(who) == OWN:
                        best[who] = value
                opponents = {who: value for who, value in best.items() if "/" not in who and who != OWN}
                fastest = min(opponents.values(), default=best.get(OWN, 1))
                for who, value in best.items():
                    ratios[key][who].append(value / fastest)
                    times[key][who].append(value)
                if key in operations and OWN in best and peak:
                    shares[key].append(operations[key] / best[OWN] / peak)
        for kind, workload, what, who, value in raw["heap"]:
            if kind == "heap":
                of = self.heap[workload, what]
                better = max if family(who) == OWN else min  # nobody is favoured less than we are
                of[family(who)] = better(value, of.get(family(who), value))
        self.counted = sorted({len(all) for row in times.values() for all in row.values()})  # runs, of the calls
        self.ratios = {key: {who: statistics.median(all) for who, all in row.items()} for key, row in ratios.items()}
        self.times = {key: {who: statistics.median(all) for who, all in row.items()} for key, row in times.items()}
        self.shares = {key: statistics.median(all) for key, all in shares.items()}
        self.peak = statistics.median(peaks) if peaks else 0
        self.wrong = sorted({(who, key) for key, row in self.errors.items() for who in row
                             if who not in self.timed[key]})


# ---- the page ------------------------------------------------------------------------------------------------------------

def duration(ns):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def ratio(value):
    return "" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|---" * 2 + "|---:" * (len(head) - 2) + "|",
            *("| " + " | ".join(row) + " |" for row in rows), ""]


def keys_of(results, what):
    return [key for key in results.ratios if key[1] == what]


def ratio_table(results, what):
    keys = keys_of(results, what)
    present = [who for who in NAMES if who != OWN and any(who in results.ratios[key] for key in keys)]
    builds = sorted({who for key in keys for who in results.ratios[key] if "/" in who}, key=lambda who: who[-1] != "+")
    with_share = any(key in results.shares for key in keys)
    head = ["workload", "fastest opponent"] + [f"Leibniz, {who.partition('/')[2]}" for who in builds]
    head += ["share of peak"] * with_share + [NAMES[who] for who in present]
    rows = []
    for key in keys:
        row, times = results.ratios[key], results.times[key]
        opponents = [who for who in present if who in row]
        fastest = min(opponents, key=lambda who: row[who]) if opponents else OWN
        rows.append([f"{key[0]}: {results.says[key[0]]}", f"{NAMES[fastest]}, {duration(times[fastest])}"]
                    + [f"**{ratio(row[who])}**" if who in row else "" for who in builds]
                    + ([f"{100 * results.shares[key]:.0f} %"] if with_share else [])
                    + [ratio(row.get(who)) for who in present])
    return table(head, rows)


def heap_table(results):
    present = [who for who in NAMES if any(who in row for row in results.heap.values())]
    rows = [[workload, what] + [f"{row[who]:.3g}" if who in row else "" for who in present]
            for (workload, what), row in results.heap.items()]
    return table(["workload", "call"] + [NAMES[who] for who in present], rows)


def written_shapes():
    products = sorted(PLOTS.glob("shapes_*.txt"))
    lines = ["", "### Shapes that nobody tuned for"] if products else []
    for summary in products:
        title, *others = summary.read_text().splitlines()
        lines += ["", f"![{title.partition(':')[0]} of arbitrary shape against plain loops](performance/{summary.stem}.svg)", "", f"{title}:", ""]
        lines += [f"- {line}" for line in others]
    return lines


def written(results):
    raw = results.raw
    runs = f"{len(raw['runs'])} runs" + (f" ({results.counted[0]} or more count)" if results.counted[:1] != [len(raw["runs"])] else "")
    lines = [f"Measured on {raw['date']}, {raw['machine']}, {raw['system']}: {runs}, in each the median of "
             f"{raw['rounds']} or more turns of {raw['chunk']:g} ms. One core multiplied and added at most {results.peak:.0f} GFLOP/s "
             "in float.", *([f"Somebody else used the core, too, during {', '.join(dict.fromkeys(results.disturbed))}."] if results.disturbed else []),
             "", "### A training step", ""]
    lines += ratio_table(results, "step") + ["### A forward pass", ""] + ratio_table(results, "forward")
    lines += ["![Networks: ratios to the fastest opponent](performance/networks.svg)", "",
              "### Value and derivatives of a program of scalars", ""] + ratio_table(results, "gradient")
    lines += ["![Programs: ratios to the fastest opponent](performance/programs.svg)", "", "### Allocations",
              "", "What one call takes from the heap, in number of allocations:", ""] + heap_table(results)
    own = [(error, key) for key, row in results.errors.items() for who, error in row.items() if family(who) == OWN]
    lines += ["### Errors", ""]
    for group, keys in (("float", ("step", "forward")), ("double", ("gradient",))):
        worst = max(((error, key) for error, key in own if key[1] in keys), default=None)
        if worst:
            lines.append(f"- Leibniz's largest relative error in {group}: {worst[0]:.1e} ({' '.join(worst[1])}).")
    lines += [f"- Not timed, because the result is wrong: {who} in {' '.join(key)} "
              f"({results.errors[key][who]:.1e})." for who, key in results.wrong]
    lines += written_shapes()
    lines += ["", "### Versions", ""]
    lines += [f"- {version}" for version in raw["compilers"].values()]
    lines += [f"- {NAMES[who]}: " + ", ".join(filter(None, [results.versions.get(who), f"Debian {package}" if package else ""]))
              for who, package in raw["packages"].items()
              if any(who in row for row in results.ratios.values())]
    return "\n".join(lines)


def write_page(raw):
    results = Results(raw)
    page = PAGE.read_text()
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        sys.exit(f"{PAGE} needs one {BEGIN} and one {END}")
    head, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{written(results)}\n{END}{rest.partition(END)[2]}")
    PLOTS.mkdir(exist_ok=True)
    axis = "time, as a multiple of the fastest opponent's"
    for file, title, calls in (("networks", "Training steps and forward passes", ("step", "forward")),
                               ("programs", "Value and derivatives of programs of scalars", ("gradient",))):
        keys = [key for what in calls for key in keys_of(results, what)]
        names = [who for who in NAMES if any(who in results.ratios[key] for key in keys)]
        rows = [(f"{workload} {what}", {NAMES[who]: results.ratios[workload, what][who] for who in names
                                        if who in results.ratios[workload, what]}) for workload, what in keys]
        if rows:
            (PLOTS / f"{file}.svg").write_text(plot.ratios(title, axis, rows, [NAMES[who] for who in names]))
    say(f"wrote {PAGE.relative_to(ROOT)} and {PLOTS.relative_to(ROOT)}/")


def summary(results):
    """A line for every call, for the terminal."""
    for key, row in results.ratios.items():
        times = results.times[key]
        print(f"{key[0]:6} {key[1]:9}" + "".join(
            f"  {who.replace('nn.', '').replace('ad.', '')} {duration(times[who])} ({ratio(value)})"
            for who, value in sorted(row.items(), key=lambda item: item[1])))
    for who, key in results.wrong:
        print(f"wrong: {who} in {' '.join(key)}, error {results.errors[key][who]:.1e}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=21, help="turns of everybody within a run")
    parser.add_argument("--chunk", type=float, default=4, help="milliseconds of a turn")
    parser.add_argument("--only", nargs="+", metavar="WORKLOAD", help="these workloads; no page is written")
    parser.add_argument("--compilers", nargs="+", default=["g++", "clang++-19"])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "runtime")
    parser.add_argument("--no-docs", action="store_true", help="write no page")
    parser.add_argument("--rewrite", action="store_true", help="the page again, from the last results")
    parser.add_argument("--shapes", action="store_true", help="a sample of shapes instead (shapes.py)")
    parser.add_argument("--quick", action="store_true", help="a smoke test")
    options = parser.parse_args()
    options.build = options.build.resolve()
    stored = options.build / "results.json"

    if options.shapes:
        return max(subprocess.run([sys.executable, HERE / "shapes.py", "--sample", "--product", product]).returncode for product in shapes.PRODUCTS)
    if options.rewrite:
        write_page(json.loads(stored.read_text()))
        return 0
    missing = [compiler for compiler in options.compilers if not shutil.which(compiler)]
    for compiler in missing:
        say(f"{compiler} is not installed: left out")
    options.compilers = [compiler for compiler in options.compilers if compiler not in missing]
    if not options.compilers:
        sys.exit("no compiler")
    if options.quick:
        options.runs, options.rounds, options.chunk, options.only = 1, 3, 0.5, QUICK

    raw = measure(options)
    results = Results(raw)
    summary(results)
    if not options.quick and not options.only:
        stored.write_text(json.dumps(raw))
        if not options.no_docs:
            write_page(raw)
    wrong_of_ours = [entry for entry in results.wrong if family(entry[0]) == OWN]
    taken = [key for key, row in results.heap.items() if row.get(OWN, 0) > 0]
    for key in taken:
        say(f"Leibniz allocates in {' '.join(key)}")
    return 1 if wrong_of_ours or taken else 0


if __name__ == "__main__":
    sys.exit(main())
