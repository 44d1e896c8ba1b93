#!/bin/sh
# accuracy.sh PROGRAM LEAST [ARGUMENTS...]: run digits; its test accuracy must be LEAST percent or more.
program=$1 least=$2
shift 2
output=$("$program" "$@") || exit 1
accuracy=$(printf '%s\n' "$output" | sed -n 's/^test accuracy \([0-9.]*\) %.*/\1/p')
echo "test accuracy $accuracy %, at least $least % wanted ($*)"
awk "BEGIN { exit !($accuracy >= $least) }"
