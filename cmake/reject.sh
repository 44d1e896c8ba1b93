#!/bin/sh
# reject.sh SOURCE CASE COMPILER [FLAG...]: a test that code is refused, and refused for the right reason.
#
# CASE twin: the source must compile as it stands, so that a case fails for its own reason and no other.
# CASE n:    with -DREJECT=n it must not compile, with one error, and the compiler must say what the source announces:
#              // EXPECT n: an extended regular expression, matched within one line
#              // EXPECT-TEXT n: words to be found literally
set -u
export LC_ALL=C
source=$1 case=$2
shift 2

output=$(mktemp)
trap 'rm -f "$output"' EXIT
fail() {
  printf '%s: case %s: %s\n---- the compiler said:\n' "$source" "$case" "$1"
  head -c 8000 "$output"
  exit 1
}

if [ "$case" = twin ]; then
  "$@" -fsyntax-only "$source" >"$output" 2>&1 || fail 'the twin does not compile'
  exit 0
fi

"$@" -fsyntax-only "-DREJECT=$case" "$source" >"$output" 2>&1 && fail 'compiles, and must not'
grep -Eq 'internal compiler error|PLEASE submit a bug report' "$output" && fail 'the compiler crashed'
grep -q 'error: ' "$output" || fail 'fails without an error message'

wanted=$(sed -nE "s|^ *// EXPECT $case: *||p" "$source")
literal=$(sed -nE "s|^ *// EXPECT-TEXT $case: *||p" "$source")
[ -n "$wanted$literal" ] || fail "no line '// EXPECT $case: ...' in the source"
each() { # each OPTION LINES: every line must be found
  printf '%s\n' "$2" | while IFS= read -r line; do
    [ -z "$line" ] || grep -q "$1" -e "$line" "$output" || { printf '%s' "$line"; break; }
  done
}
missing=$(each -E "$wanted")$(each -F "$literal")
[ -z "$missing" ] || fail "the message does not say: $missing"
[ "$(grep -c 'error: ' "$output")" = 1 ] || fail 'one mistake, and more than one error'
grep 'error: ' "$output"
