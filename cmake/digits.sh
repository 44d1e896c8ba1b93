#!/bin/sh
# digits.sh [OPTION...]: install what is needed, build the digits example, and run it with the options given.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/digits

sh "$root/cmake/install-debian.sh" digits
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DLEIBNIZ_BUILD_TESTS=OFF \
  -DLEIBNIZ_BUILD_BENCHMARKS=OFF --log-level=WARNING
cmake --build "$build" --target digits
exec "$build/examples/digits" "$@"
