#!/usr/bin/env bash
# How many times the parse floor the whole job takes: the medians over interleaved runs, so that a
# machine that gets slower or faster meanwhile does so for both.
#
#   KITHKIN_BENCH_CORPUS=corpus.jsonl bench/ratio.sh [RUNS]      RUNS is 7 unless told
#
# Needs the corpus in memory (the first run of each, which reads it from disk, is not counted) and
# a machine that does nothing else: the last column says how far the runs lay apart.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
bench="$root/build/bench/kithkin_bench"
runs="${1:-7}"
[[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "usage: ${0##*/} [RUNS]" >&2; exit 2; }
if [[ ! -x $bench || ! -r ${KITHKIN_BENCH_CORPUS-} ]]; then
  echo "needs $bench, and KITHKIN_BENCH_CORPUS to name a corpus; see bench/README.md" >&2
  exit 2
fi

# Each run follows an untimed one of the same job: virtual machines give free memory back to their
# host, and the first to touch it again pays for what the next one gets for nothing.
measure() {  # NAME: one run's seconds by the clock
  "$bench" --benchmark_filter="^$1/real_time\$" --benchmark_min_time=0.001 --benchmark_min_warmup_time=0.001 \
    --benchmark_format=json 2>/dev/null |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["benchmarks"][0]["real_time"] / 1e3)'
}

names=()
for threads in 1 2; do
  for job in floor/read_and_parse \
      end_to_end/scalar/{resemblance_only,without_formulas,clusters_only} \
      end_to_end/{resemblance_only,without_excerpts,without_formulas,clusters_only,with_cleaning,full}; do
    names+=("$job/threads:$threads")
  done
done
for ((run = 0; run <= runs; ++run)); do
  for name in "${names[@]}"; do
    echo "$run $name $(measure "$name")"
  done
done | python3 -c '
import statistics, sys
seconds = {}
for run, name, value in (line.split() for line in sys.stdin):
    if run != "0":
        seconds.setdefault(name, []).append(float(value))
print("| job | threads | seconds, median | times the floor | slowest / fastest run |")
print("|---|---|---|---|---|")
for name, values in seconds.items():
    job, threads = name.rsplit("/threads:", 1)
    floor = statistics.median(seconds[f"floor/read_and_parse/threads:{threads}"])
    median = statistics.median(values)
    print(f"| {job} | {threads} | {median:.3f} | {median / floor:.2f} | "
          f"{max(values) / min(values):.2f} |")
'
