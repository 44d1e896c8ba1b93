#!/usr/bin/env bash
# test.sh [PRESET...]: install what is needed, then build and test every preset, or those named.
set -euo pipefail
cd "$(dirname "$0")/.."

presets=("$@")
[[ $# -gt 0 ]] || presets=(gcc clang sanitize targets)

sh cmake/install-debian.sh test
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 # a clone elsewhere may use what was compiled here
mkdir -p build

# Debian's Python has SymPy; another one that comes first in the path may not.
options=()
if /usr/bin/python3 -c 'import sympy' 2>/dev/null; then options+=(-DPython3_EXECUTABLE=/usr/bin/python3); fi

status=0 summary=() failed=()
for preset in "${presets[@]}"; do
  printf '\n==== %s\n' "$preset"
  log=build/$preset.log
  start=$SECONDS
  ok=yes
  cmake --preset "$preset" --log-level=NOTICE "${options[@]}"
  # A unit that fails must hide neither the next ones nor the tests of all the others.
  cmake --build --preset "$preset" -- -k 0 || ok=no
  ctest --preset "$preset" --parallel "$(nproc)" | tee "$log" || ok=no
  [[ $ok == yes ]] || { status=1; failed+=("$preset"); }
  summary+=("$(printf '%-13s %4d s  %s  (%s)' "$preset" $((SECONDS - start)) \
    "$(grep -E 'tests passed|No tests' "$log" || echo 'no test ran')" "$([[ $ok == yes ]] && echo ok || echo FAILED)")")
done

# What failed comes last, once more: of a long log often only the end is kept.
for preset in "${failed[@]}"; do
  printf '\n==== what failed with %s, once more\n' "$preset"
  cmake --build --preset "$preset" -- -k 0 || true
  ctest --preset "$preset" --rerun-failed --output-on-failure || true
done

printf '\n==== summary\n'
printf '%s\n' "${summary[@]}"
exit $status
