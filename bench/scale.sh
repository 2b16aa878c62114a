#!/usr/bin/env bash
# How a run grows with the number of documents: `kithkin dedup --no-clean --clusters-only` on 1, 5 and
# 20 million short documents, a tenth of them copies, with the default memory and with --memory 1G.
#
#   bench/scale.sh DIRECTORY [MILLIONS...]      MILLIONS are 1 5 20 unless told
#
# DIRECTORY takes 0.7 GB a million documents and half as much again while a run goes on; the corpora
# are deleted when they are measured. Needs the bench and release presets built.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
corpus_tool="$root/build/bench/scale_corpus" tool="$root/build/release/kithkin"
if (($# < 1)) || [[ ! -x $corpus_tool || ! -x $tool ]]; then
  echo "usage: ${0##*/} DIRECTORY [MILLIONS...]; needs $corpus_tool and $tool" >&2
  exit 2
fi
directory="$1"
shift
(($#)) || set -- 1 5 20
mkdir -p "$directory"
trap 'rm -rf "$directory/scale.jsonl" "$directory/scale.out"' EXIT

echo "| documents | memory | GB | seconds | a million documents | MB/s | peak, MB | removed |"
echo "|---|---|---|---|---|---|---|---|"
for millions; do
  "$corpus_tool" "${millions}000000" >"$directory/scale.jsonl"
  for memory in default 1G; do
    options=()
    [[ $memory == default ]] || options=(--memory "$memory")
    "$tool" dedup "$directory/scale.jsonl" --out "$directory/scale.out" --overwrite --quiet --no-clean \
      --clusters-only "${options[@]}"
    python3 - "$directory/scale.out/summary.json" "$millions" "$memory" <<'PYTHON'
import json, sys
path, millions, memory = sys.argv[1:]
summary = json.load(open(path))
seconds, read = summary["seconds"]["total"], summary["bytes"]
print(f"| {millions} million | {memory} | {read / 1e9:.2f} | {seconds:.1f} | {seconds / int(millions):.2f} | "
      f"{read / seconds / 1e6:.0f} | {summary['peak_memory'] / 1e6:.0f} | "
      f"{summary['counts']['removed']:,} |")
print("passes: " + ", ".join(f"{name} {value:.1f}" for name, value in summary["seconds"].items()),
      file=sys.stderr)
PYTHON
  done
done
