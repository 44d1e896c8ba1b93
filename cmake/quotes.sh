#!/bin/sh
# quotes.sh [--update]: the code and output that the documentation shows is that of programs the tests run.
#
# In README.md and docs/*.md the fenced block after
#   <!-- quote: examples/neuron.cpp#chain -->   is the region between `// [chain]` and `// [/chain]` of that file
#                                               (without #chain: the whole file), common indentation removed;
#   <!-- output: neuron -->                     is examples/expected/neuron.txt (neuron#3-9: lines 3 to 9).
# Without --update a block that differs is an error; with it, it is rewritten.
set -eu
cd "$(dirname "$0")/.."

update=${1-}
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
status=0 blocks=0
for page in README.md docs/*.md; do
  [ -f "$page" ] || continue
  blocks=$((blocks + $(grep -Ec '^<!-- (quote|output): ' "$page" || true)))
  awk '
    function fail(what) { print FILENAME ":" FNR ": " what > "/dev/stderr"; bad = 1 }

    # The lines of a quoted region, in body[1..size].
    function load(kind, spec,   parts, file, region, range, line, number, inside, found, i, indent, least) {
      split(spec, parts, "#")
      file = parts[1]; region = parts[2]
      if (kind == "output:") {
        file = "examples/expected/" file ".txt"
        if (region != "") split(region, range, "-")
      }
      size = 0; number = 0; found = 0
      inside = region == "" && kind == "quote:"
      while ((getline line < file) > 0) {
        ++number
        if (kind == "output:") {
          if (region == "" || (number >= range[1] + 0 && number <= range[2] + 0)) body[++size] = line
          continue
        }
        if (line ~ /^ *\/\/ \[\/?[A-Za-z0-9_-]+\]$/) { # a marker, of this region or another
          if (index(line, "// [" region "]")) inside = found = 1
          else if (region != "" && index(line, "// [/" region "]")) inside = 0
          continue
        }
        if (inside) body[++size] = line
      }
      close(file)
      if (number == 0) fail("cannot read " file)
      else if (region != "" && kind == "quote:" && (!found || inside)) fail(file " has no region // [" region "] ... // [/" region "]")
      else if (size == 0) fail(spec " is empty")

      if (kind == "output:") return
      least = -1
      for (i = 1; i <= size; ++i)
        if (body[i] !~ /^ *$/) {
          match(body[i], /^ */)
          if (least < 0 || RLENGTH < least) least = RLENGTH
        }
      for (i = 1; i <= size; ++i) body[i] = substr(body[i], least + 1)
    }

    state == 2 { if (!/^```/) next; state = 0 }                  # the old block
    state == 1 && !/^ *$/ {
      if (!/^```/) { fail("a fenced block must follow the quote"); state = 0 }
      else { print; for (i = 1; i <= size; ++i) print body[i]; state = 2; next }
    }
    /^<!-- (quote|output): [^ ]+ -->$/ { load($2, $3); state = 1 }
    { print }
    END { if (state) fail("unfinished block"); exit bad }
  ' "$page" >"$fresh" || { status=1; continue; }
  cmp -s "$page" "$fresh" && continue
  if [ "$update" = --update ]; then
    cat "$fresh" >"$page"
    echo "$page: updated"
  else
    diff -u "$page" "$fresh" || true
    echo "$page differs from what it quotes: cmake/quotes.sh --update"
    status=1
  fi
done
[ $status -ne 0 ] || echo "$blocks quoted blocks are true"
exit $status
