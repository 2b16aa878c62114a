#!/usr/bin/env python3
"""Holds the articles that `kithkin clean` takes out of HTML pages against what people marked in them.

    cmake --preset release && cmake --build build/release
    bench/quality/html_f1.py

The pages are those of Scrapinghub's article extraction benchmark, found through KITHKIN_DATA
(default ../shared/data beside the repository). Words are runs of \\w, in small letters. Two
figures, each a mean over the pages of F1 = 2pr / (p + r):

    words     bags of words: what of the words taken is in the gold text, as often, and the reverse
    4-grams   bags of runs of four words, as in that benchmark

The benchmark's own figure takes precision and recall as means over the pages first; it is printed
too. The pages come in two halves by a hash of their id: only pages of half 0 were looked at
while the rules were made (docs/quality.md says what of half 1 was seen). Exits 1 when a target is
missed, 3 when something is not there.
"""
import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))
TARGET = 0.95  # words, all pages
WORD = re.compile(r"\w+")


def shingles(text, size):
    """The bag of runs of `size` words; of a shorter text the one run that it is."""
    words = WORD.findall(text.lower())
    if not words:
        return Counter()
    return Counter(tuple(words[i:i + size]) for i in range(max(1, len(words) - size + 1)))


def measure(gold, found):
    """Precision, recall and F1 of one bag in another; two empty bags agree."""
    if not gold and not found:
        return 1.0, 1.0, 1.0
    shared = sum((gold & found).values())
    if shared == 0:
        return float(not found), float(not gold), 0.0
    precision = shared / sum(found.values())
    recall = shared / sum(gold.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def half_of(page):
    return hashlib.sha256(page.encode()).digest()[0] & 1


def read_gold(corpus):
    text = subprocess.run(["zstd", "-dcq", str(corpus)], stdout=subprocess.PIPE, check=True).stdout
    # Split at line feeds only: the pages hold other line separators.
    return {row["id"]: row["gold_text"] for row in map(json.loads, text.decode().strip("\n").split("\n"))}


def mean(values):
    values = list(values)
    return sum(values) / max(1, len(values))


def print_table(pages):
    """`pages`: (id, half, measures of words, measures of 4-grams). Gives the F1 of words, of all."""
    print("| pages | words F1 | precision | recall | 4-grams F1 | benchmark's own |")
    print("|---|---|---|---|---|---|")
    for name, halves in (("half 0", {0}), ("half 1", {1}), ("all", {0, 1})):
        rows = [row for row in pages if row[1] in halves]
        precision, recall = (mean(row[3][i] for row in rows) for i in (0, 1))
        own = 2 * precision * recall / (precision + recall) if precision + recall else 0
        figures = [mean(row[2][2] for row in rows), mean(row[2][0] for row in rows),
                   mean(row[2][1] for row in rows), mean(row[3][2] for row in rows), own]
        print(f"| {name} ({len(rows)}) | " + " | ".join(f"{figure:.4f}" for figure in figures) + " |")
    return mean(row[2][2] for row in pages)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kithkin", default=str(ROOT / "build" / "release" / "kithkin"))
    parser.add_argument("--corpus", default=str(DATA / "html_scrapinghub.jsonl.zst"))
    parser.add_argument("--misses", type=int, default=0, metavar="N",
                        help="also list the N worst pages of half 0")
    args = parser.parse_args()
    for needed in (args.kithkin, args.corpus):
        if not Path(needed).exists():
            print(f"{needed} is not there", file=sys.stderr)
            return 3
    gold = read_gold(args.corpus)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([args.kithkin, "clean", args.corpus, "--html-field", "html", "--out", out,
                        "--quiet"], check=True)
        lines = Path(out, "cleaned.jsonl").read_text(encoding="utf-8").strip("\n").split("\n")
    pages = []
    for line in lines:
        row = json.loads(line)
        measures = [measure(shingles(gold[row["id"]], size), shingles(row["text"], size))
                    for size in (1, 4)]
        pages.append((row["id"], half_of(row["id"]), *measures))
    if len(pages) != len(gold):
        print(f"{len(pages)} of {len(gold)} pages came back", file=sys.stderr)
        return 3
    words = print_table(pages)
    for page, _, (precision, recall, f1), _ in sorted(
            (row for row in pages if row[1] == 0), key=lambda row: row[2][2])[:args.misses]:
        print(f"{f1:.3f} precision {precision:.3f} recall {recall:.3f} {page}")
    return 0 if words >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
