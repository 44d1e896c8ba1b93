#!/bin/sh
# layers.sh: the rules of CONTRIBUTING.md that a script can see, for the headers of include/leibniz.
#   1. Includes point down the layers only: core < ops < expr < graph < calculus < code, print < nn.
#   2. A header has at most 400 lines, or its first comment says "Long because ...".
#   3. LAYER/NAME.hpp has its test, tests/static/LAYER/NAME.cpp or tests/runtime/LAYER/NAME.cpp;
#      the headers of LAYER/GROUP/ may share tests/static/LAYER/GROUP.cpp.
#   4. Streams are for nn only, which reads and writes files.
set -eu
root=$(cd "${1:-$(dirname "$0")/..}" && pwd)
cd "$root"

headers=$(find include/leibniz -name '*.hpp' | sort)
[ -n "$headers" ] || { echo 'include/leibniz has no header'; exit 1; }
count=$(echo "$headers" | wc -l)
status=0

# shellcheck disable=SC2086
awk '
  BEGIN {
    # code and print share a rank: neither includes the other
    n = split("core ops expr graph calculus code|print leibniz.hpp nn nn.hpp", ranks, " ")
    for (i = 1; i <= n; ++i) {
      m = split(ranks[i], names, "|")
      for (j = 1; j <= m; ++j) rank[names[j]] = i
    }
  }
  function complain(what) { print FILENAME ":" FNR ": " what; bad = 1 }
  function layer(path,   parts) { split(path, parts, "/"); return parts[1] } # path is relative to include/leibniz
  function normal(path) { while (sub(/[^\/]+\/\.\.\//, "", path)); return path }
  function finish() {
    if (lines > 400 && !excused) { print file ": " lines " lines, and no \"Long because\" in its first comment"; bad = 1 }
  }

  FNR == 1 {
    finish()
    file = FILENAME; excused = 0; opening = 1
    path = file; sub(/^include\/leibniz\//, "", path)
    here = layer(path)
    if (!(here in rank)) complain("no such layer: " here)
  }
  { lines = FNR }
  opening && !/^ *(\/\/|\/\*|\*|$)/ { opening = 0 }
  opening && /Long because/ { excused = 1 }

  /^ *# *include/ {
    target = $0
    sub(/^[^<"]*[<"]/, "", target); sub(/[>"].*$/, "", target)
    if ($0 ~ /"/) {
      directory = path; sub(/[^\/]*$/, "", directory)
      target = "leibniz/" normal(directory target)
    }
    if (target ~ /^(iostream|istream|ostream|fstream|sstream|iomanip)$/ && here != "nn") complain("<" target "> outside nn")
    if (sub(/^leibniz\//, "", target)) {
      there = layer(target)
      if (!(there in rank)) complain("includes " target ", which is in no layer")
      else if (here != there && rank[there] >= rank[here]) complain(here " includes " target)
    }
  }
  END { finish(); exit bad }
' $headers || status=1

tested() { [ -e "tests/static/$1" ] || [ -e "tests/runtime/$1" ]; }
for header in $headers; do
  name=${header#include/leibniz/}
  name=${name%.hpp}
  case $name in
  leibniz | nn) continue ;; # they only include; the acceptance programs are their test
  */*/*) tested "$name.cpp" || tested "${name%/*}.cpp" ;; # a group of headers may share a page
  *) tested "$name.cpp" || tested "$name" ;;              # the header that includes a group
  esac || {
    echo "$header: no tests/static/$name.cpp and no tests/runtime/$name.cpp"
    status=1
  }
done

[ $status -ne 0 ] || echo "$count headers keep the rules"
exit $status
