#!/usr/bin/env bash
# Installs what is missing, builds and runs the tests, and ends with "N passed, N failed, N skipped".
#
#   scripts/test.sh [--preset PRESET] [--label REGEX] [-D...]
#
# PRESET: dev (default: optimized, assertions on), asan or tsan. REGEX picks tests by label: unit,
# cli, example, install, rule.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=dev
selection=()
definitions=()
while (($#)); do
  case $1 in
    --preset) preset=$2; shift ;;
    --label) selection=(--label-regex "$2"); shift ;;
    -D*) definitions+=("$1") ;;
    *) echo "usage: ${0##*/} [--preset PRESET] [--label REGEX] [-D...]" >&2; exit 2 ;;
  esac
  shift
done

scripts/build.sh "$preset" "${definitions[@]}"

results="$PWD/build/$preset/test-results.xml"
rm -f "$results"
echo "Testing $preset"
ctest --test-dir "build/$preset" --parallel "$(nproc)" --timeout 600 "${selection[@]}" \
  --output-on-failure --output-junit "$results" >"build/$preset/test.log" 2>&1 </dev/null || true
python3 scripts/test_summary.py "$results"
