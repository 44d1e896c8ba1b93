#!/bin/sh
# refusal.sh WORDS PROGRAM [ARGUMENT...]: the program must end with a status other than 0 and say WORDS on its error output.
words=$1
shift
if said=$("$@" 2>&1 >/dev/null); then
  echo "accepted: $*"
  exit 1
fi
printf '%s\n' "$said"
case $said in *"$words"*) ;; *) echo "and nothing of: $words"; exit 1 ;; esac
