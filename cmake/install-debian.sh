#!/bin/sh
# install-debian.sh digits|test|benchmark: install what is missing of the Debian packages that the command needs.
set -eu

build='g++ cmake ninja-build libboost-dev'
case ${1-} in
digits) packages="$build libcli11-dev zlib1g-dev" ;;
test)
  packages="$build libcli11-dev zlib1g-dev libboost-test-dev libeigen3-dev
    clang-19 libc++-19-dev libc++abi-19-dev libclang-rt-19-dev python3-sympy dataset-fashion-mnist
    g++-aarch64-linux-gnu g++-arm-linux-gnueabi qemu-user"
  ;;
benchmark) packages="$build libeigen3-dev clang-19 python3" ;;
*)
  echo "usage: $0 digits|test|benchmark" >&2
  exit 2
  ;;
esac

if ! command -v apt-get >/dev/null; then
  echo "no apt-get here: going on without installing;" needed: $packages >&2
  exit 0
fi

missing=
for package in $packages; do
  case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
  installed) ;;
  *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "as root, please: apt-get install$missing" >&2; exit 1; }
  as_root=sudo
fi
echo "installing$missing"
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
