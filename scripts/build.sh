#!/usr/bin/env bash
# Configures and builds one preset in build/<preset>, with the compiler's words in its build.log.
#
#   scripts/build.sh [PRESET] [-D...]       PRESET: release (default), dev, asan, tsan, fuzz, bench
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=release
if (($#)) && [[ $1 != -* ]]; then
  preset=$1
  shift
fi

scripts/install_dependencies.sh
mkdir -p "build/$preset"
log="build/$preset/build.log"
echo "Building $preset in build/$preset"
if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
  grep -E '^FAILED:|: (fatal )?error:|undefined reference|Error at' "$log" | head -n 40 >&2 || true
  echo "The build failed; all of its output is in $log" >&2
  exit 1
fi
grep -E 'warning:' "$log" | sort -u | head -n 20 || true
