#!/bin/sh
# run_with.sh FEATURES COMMAND...: run the command if this processor has all the features, a list as CMake writes it; else
# 77, which the tests report as skipped.
features=$1
shift
for feature in $(echo "$features" | tr ';' ' '); do
  grep -qw "$feature" /proc/cpuinfo 2>/dev/null || { echo "skipped: this processor has no $feature"; exit 77; }
done
exec "$@"
