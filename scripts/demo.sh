#!/usr/bin/env bash
# Installs what is missing, builds kithkin, makes a small crawl in ten languages, deduplicates it,
# and shows what was found and why. Everything it writes is in build/demo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/build.sh release
kithkin=build/release/kithkin
demo=build/demo
rm -rf "$demo"
python3 scripts/make_demo_crawl.py "$demo/crawl" --labels "$demo/labels.tsv"

# Shows a command as one would type it, and runs it.
run() {
  printf '\n$ %s\n' "$*"
  "$@"
}

run "$kithkin" dedup "$demo/crawl" --out "$demo/result"
echo
python3 scripts/show_clusters.py "$demo/crawl" "$demo/result"
echo "What could not be read:"
cat "$demo/result/rejected.jsonl"
run "$kithkin" explain "$demo/crawl" flood flood-agency
run "$kithkin" related "$demo/crawl" --out "$demo/related" --min-score 0.05 --html
run "$kithkin" evaluate --labels "$demo/labels.tsv" "$demo/result"
echo
echo "The crawl, the kept articles and the clusters are in $demo; the lists of similar articles are"
echo "on the page $demo/related/related.html"
