#!/usr/bin/env bash
# Installs what a build needs and the machine lacks, from Debian's or Ubuntu's own packages.
# Nothing is asked of the network when nothing is missing.
#
#   scripts/install_dependencies.sh         for building, testing and benchmarking
#   scripts/install_dependencies.sh --ci    also what only continuous integration needs
set -euo pipefail

packages=(
  build-essential cmake ninja-build pkg-config ccache python3
  libicu-dev libxxhash-dev libsimdjson-dev libgumbo-dev libzstd-dev zlib1g-dev  # the library
  libcld2-dev libstemmer-dev libhwy-dev libeigen3-dev                           # the library
  libcli11-dev                                                                  # the tool
  libgtest-dev libbenchmark-dev zstd                                            # tests and benchmarks
)
case "${1-}" in
  '') ;;
  --ci) packages+=(clang-format) ;;
  *) echo "usage: ${0##*/} [--ci]" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  cat >&2 <<'END'
This script knows Debian and Ubuntu only. Elsewhere, please install: a C++20 compiler, CMake 3.22
or later, Ninja, pkg-config, Python 3, ICU, xxHash, simdjson, Gumbo, zstd, zlib, CLD2, Snowball's
libstemmer, Highway and CLI11, and for tests and benchmarks GoogleTest, Google Benchmark and the
zstd program; then run `cmake --preset release`.
END
  exit 1
fi

is_installed() {
  [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

# pkg-config has been a name of pkgconf since Debian 12.
is_there() { is_installed "$1" || { [[ $1 == pkg-config ]] && is_installed pkgconf; }; }

missing=()
for package in "${packages[@]}"; do
  is_there "$package" || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || {
    echo "Please install as root: apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi

echo "Installing ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
if ! { "${apt[@]}" update && "${apt[@]}" install --yes --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1 </dev/null; then
  tail -n 40 "$log" >&2
  echo "Could not install: ${missing[*]}" >&2
  exit 1
fi
