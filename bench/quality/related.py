#!/usr/bin/env python3
"""How good related lists are: the table of docs/quality.md, with default options.

    cmake --preset release && cmake --build build/release
    bench/quality/related.py

The corpora are not part of the project; they are found through KITHKIN_DATA. Exit 1 when a target
is missed, with what fell short at the end.
"""
import argparse
import csv
import gzip
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT.parent / "shared" / "data"))

BIG = ("big_en_whitehouse_full.jsonl.zst", "big_fr_codes_articles_full.jsonl.zst")
BIG_LINES = 20_000
NOT_ARTICLES = ("html_scrapinghub.jsonl.zst",)
COPIES = {"exact", "near", "contained"}


def lines_of(path):
    """The lines of a corpus, decompressed."""
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as file:
            yield from file
        return
    with subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE) as process:
        yield from process.stdout
        process.stdout.close()


def read_table(lines):
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


class Bench:
    def __init__(self, tool, work):
        self.tool, self.work = tool, Path(work)
        self.missed = []
        print("| what | measured | target | reached |\n|---|---|---|---|")

    def run(self, command, *arguments):
        done = subprocess.run([self.tool, command, *map(str, arguments), "--quiet"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"kithkin {command} {' '.join(map(str, arguments))}\n{done.stderr}")
        return done.stdout

    def row(self, what, value, target=None):
        reached = "" if target is None else "yes" if value >= target else "**no**"
        if reached == "**no**":
            self.missed.append(f"{what}: {value:.4f}, {target} is wanted")
        aim = "" if target is None else f"at least {target}"
        print(f"| {what} | {value:.4f} | {aim} | {reached} |", flush=True)

    def precision(self, name, corpus, labels, target):
        """The share of the first ten that bear a label of their article."""
        said = self.run("related", DATA / corpus, "--out", self.work / name, "--measure", "P@10",
                        "--labels", labels)
        self.row(f"{name}: P@10", float(said.split("\t")[1]), target)

    def category_labels(self, corpus):
        path = self.work / "labels.tsv"
        with open(path, "w", encoding="utf-8") as out:
            out.write("id\tcluster\n")
            for line in lines_of(DATA / corpus):
                row = json.loads(line)
                if row.get("category"):
                    out.write(f"{row['id']}\t{row['category']}\n")
        return path

    def semeval(self, target):
        """Pearson of related_score with the negated dissimilarity, by language."""
        labels = DATA / "related_semeval22.scores.tsv"
        said = self.run("compare", DATA / "related_semeval22.jsonl.gz", "--pairs", labels)
        found = {}
        with open(labels, encoding="utf-8") as file:
            for given, told in zip(read_table(file), read_table(said.splitlines()), strict=True):
                if given["lang_a"] == given["lang_b"] and told["related_score"]:
                    found.setdefault(given["lang_a"], []).append(
                        (float(told["related_score"]), -float(given["dissimilarity_1_4"])))
        means = {language: pearson(pairs) for language, pairs in found.items()}
        for language, value in sorted(means.items(), key=lambda item: -item[1]):
            self.row(f"semeval, {language} ({len(found[language])} pairs): Pearson", value)
        self.row(f"semeval, mean of {len(means)} languages", sum(means.values()) / len(means), target)

    def no_copies(self, corpus):
        """Lists that hold a copy of their article, and pairs of copies within lists, by the pairs
        that dedup verifies. Ids that are twice in a corpus are numbered apart."""
        path, texts = self.work / "corpus.jsonl", 0
        with open(path, "wb") as out:
            most = BIG_LINES if corpus.name in BIG else None
            for number, line in enumerate(itertools.islice(lines_of(corpus), most)):
                row = json.loads(line)
                texts += isinstance(row.get("text"), str)
                row["id"] = f"{number}:{row.get('id', '')}"
                out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        if texts == 0:
            return 0, 0, 0
        self.run("dedup", path, "--out", self.work / "dedup", "--pairs", "--clusters-only",
                 "--overwrite")
        self.run("related", path, "--out", self.work / "related", "--overwrite")
        copies = {}
        with open(self.work / "dedup" / "pairs.jsonl", encoding="utf-8") as file:
            for pair in map(json.loads, file):
                if pair["relation"] in COPIES:
                    copies.setdefault(pair["id_a"], set()).add(pair["id_b"])
                    copies.setdefault(pair["id_b"], set()).add(pair["id_a"])
        lists = own = within = 0
        with open(self.work / "related" / "related.jsonl", encoding="utf-8") as file:
            for line in map(json.loads, file):
                ids = [entry["id"] for entry in line["related"]]
                lists += bool(ids)
                known = copies.get(line["id"], set()) | {line["id"]}
                own += not known.isdisjoint(ids)
                within += any(b in copies.get(a, ()) for a, b in itertools.combinations(ids, 2))
        return lists, own, within

    def all_corpora(self):
        for corpus in sorted(DATA.glob("*.jsonl.*")):
            if corpus.name in NOT_ARTICLES:
                continue
            lists, own, within = self.no_copies(corpus)
            name = corpus.name.split(".jsonl")[0]
            reached = "yes" if own + within == 0 else "**no**"
            if own + within:
                self.missed.append(f"{name}: {own} lists with a copy of their article, {within} with "
                                   "two copies of one")
            print(f"| {name}: of {lists:,} lists, with a copy of their article; with two copies of "
                  f"one | {own}; {within} | 0; 0 | {reached} |", flush=True)


def pearson(pairs):
    n = len(pairs)
    means = [sum(pair[side] for pair in pairs) / n for side in (0, 1)]
    both = sum((x - means[0]) * (y - means[1]) for x, y in pairs)
    squares = [sum((pair[side] - means[side]) ** 2 for pair in pairs) for side in (0, 1)]
    return both / math.sqrt(squares[0] * squares[1]) if all(squares) else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tool", default=str(ROOT / "build" / "release" / "kithkin"))
    parser.add_argument("--only", choices=("labels", "copies"), help="one half of it")
    options = parser.parse_args()
    for needed in (options.tool, DATA):
        if not Path(needed).exists():
            print(f"{needed} is not there; see the head of this script", file=sys.stderr)
            return 3
    with tempfile.TemporaryDirectory(prefix="kithkin-quality-") as work:
        bench = Bench(options.tool, work)
        if options.only != "copies":
            for name, target in (("related_en_bbc_topics", 0.945),
                                 ("related_en_reuters_topics", 0.890)):
                bench.precision(name, f"{name}.jsonl.gz", DATA / f"{name}.clusters.tsv", target)
            ant = "ar_antcorpus.jsonl.zst"
            bench.precision("ar_antcorpus", ant, bench.category_labels(ant), 0.725)
            bench.semeval(0.72)
        if options.only != "labels":
            bench.all_corpora()
        for miss in bench.missed:
            print(f"short: {miss}", file=sys.stderr)
        return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
