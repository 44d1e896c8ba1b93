#!/bin/sh
# example.sh EXPECTED PROGRAM [ARGUMENT...]: run an example; if EXPECTED exists, its output must be that, to the byte.
# LEIBNIZ_UPDATE_GOLDEN=1 in the environment writes EXPECTED instead.
set -eu
expected=$1
shift

output=$(mktemp)
trap 'rm -f "$output"' EXIT
if "$@" >"$output"; then :; else
  status=$?
  cat "$output"
  echo "$1 ended with $status"
  exit 1
fi
if [ -n "$expected" ] && [ -n "${LEIBNIZ_UPDATE_GOLDEN-}" ]; then
  mkdir -p "$(dirname "$expected")"
  cp "$output" "$expected"
  echo "wrote $expected"
elif [ -f "$expected" ]; then
  diff -u "$expected" "$output"
else
  cat "$output"
fi
