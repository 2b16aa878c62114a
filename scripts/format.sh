#!/usr/bin/env bash
# Formats every C++ file of the project in place; with --check only says what it would change.
# CI uses Debian 12's clang-format 14: other versions differ in small things.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1-}" in
  '') action=(-i) ;;
  --check) action=(--dry-run --Werror) ;;
  *) echo "usage: ${0##*/} [--check]" >&2; exit 2 ;;
esac
find include src tests examples bench -type f \( -name '*.h' -o -name '*.cpp' \) -print0 |
  sort -z | xargs -0 clang-format "${action[@]}"
