#!/usr/bin/env python3
"""What vectors do to related lists: the figures of docs/quality.md under "Vectors".

    cmake --preset release && cmake --build build/release
    bench/quality/related_vectors.py

No model is at hand where this was made, so the vectors are those of the oldest cross-language
baseline, which knows no language: the character n-grams of a text, weighted by how rare they are,
hashed into a few hundred numbers (McNamee and Mayfield 2004). Languages that share an alphabet
share names and loan words; others share next to nothing, which a model would mend. The corpora are
found through KITHKIN_DATA.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections import Counter
from pathlib import Path

from related import DATA, ROOT, lines_of, pearson, read_table

GRAM, DIMENSIONS = 4, 512
TOP = 1000  # what is not among so many counts as 0


def grams(text):
    """Of words without marks and case, each with its ends."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold())
                    if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    counts = Counter()
    for word in words:
        word = f" {word} "
        counts.update(word[at:at + GRAM] for at in range(max(1, len(word) - GRAM + 1)))
    return counts


def with_vectors(rows):
    """Adds "vector" to each row."""
    counted = [grams(f"{row.get('title') or ''} {row['text']}") for row in rows]
    frequency = Counter(gram for counts in counted for gram in counts)
    for row, counts in zip(rows, counted):
        vector = [0.0] * DIMENSIONS
        for gram, count in counts.items():
            hashed = zlib.crc32(gram.encode())
            weight = (1 + math.log(count)) * math.log(len(rows) / frequency[gram])
            vector[hashed % DIMENSIONS] += weight if hashed >> 31 else -weight
        row["vector"] = [round(x, 3) for x in vector]
        yield row


def related(tool, work, name, *arguments):
    out = Path(work) / name
    done = subprocess.run([tool, "related", *map(str, arguments), "--out", out, "--quiet"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return out, done.stdout


def prepare(corpus, work):
    path = Path(work) / "corpus.jsonl"
    rows = [json.loads(line) for line in lines_of(DATA / corpus)]
    with open(path, "w", encoding="utf-8") as file:
        for row in with_vectors(rows):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def scores(out):
    found = {}
    with open(out / "related.jsonl", encoding="utf-8") as file:
        for line in map(json.loads, file):
            for entry in line["related"]:
                found[line["id"], entry["id"]] = entry["score"]
    return found


def semeval(tool, work):
    """Pearson of scores with human judgements, by kind of pair, without vectors and with them."""
    path = prepare("related_semeval22.jsonl.gz", work)
    with open(DATA / "related_semeval22.scores.tsv", encoding="utf-8") as file:
        judged = list(read_table(file))
    told = [scores(related(tool, work, name, path, "--top", TOP, *more)[0])
            for name, more in (("texts", ()), ("vectors", ("--vectors", "vector")))]
    kinds = {}
    for pair in judged:
        languages = "-".join(sorted((pair["lang_a"], pair["lang_b"])))
        same = pair["lang_a"] == pair["lang_b"]
        for kind in (languages, "one language" if same else "two languages"):
            kinds.setdefault(kind, []).append(
                [-float(pair["dissimilarity_1_4"])] +
                [score.get((pair["id_a"], pair["id_b"]), 0.0) for score in told])
    print("| pairs | how many | Pearson by texts | with vectors |\n|---|---|---|---|")
    for kind, pairs in sorted(kinds.items(), key=lambda item: -len(item[1])):
        if len(pairs) < 20:
            continue
        values = [pearson([(row[0], row[1 + run]) for row in pairs]) for run in (0, 1)]
        print(f"| {kind} | {len(pairs)} | {values[0]:.3f} | {values[1]:.3f} |", flush=True)


def topics(tool, work, name):
    """P@10 by texts, by both, and by vectors alone: those of articles without a word."""
    path = prepare(f"{name}.jsonl.gz", work)
    silent = Path(work) / "silent.jsonl"
    with open(path, encoding="utf-8") as file, open(silent, "w", encoding="utf-8") as out:
        for row in map(json.loads, file):
            out.write(json.dumps({"id": row["id"], "text": "", "vector": row["vector"]}) + "\n")
    by_vectors = ("--vectors", "vector")
    values = [float(related(tool, work, f"{name}-{run}", *arguments, "--measure", "P@10",
                            "--labels", DATA / f"{name}.clusters.tsv")[1].split("\t")[1])
              for run, arguments in enumerate(((path,), (path, *by_vectors),
                                               (silent, *by_vectors)))]
    print(f"| {name} | {values[0]:.3f} | {values[1]:.3f} | {values[2]:.3f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tool", default=str(ROOT / "build" / "release" / "kithkin"))
    options = parser.parse_args()
    for needed in (options.tool, DATA):
        if not os.path.exists(needed):
            print(f"{needed} is not there; see the head of this script", file=sys.stderr)
            return 3
    with tempfile.TemporaryDirectory(prefix="kithkin-quality-") as work:
        semeval(options.tool, work)
        print("\n| P@10 | by texts | with vectors | by vectors alone |\n|---|---|---|---|")
        for name in ("related_en_bbc_topics", "related_en_reuters_topics"):
            topics(options.tool, work, name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
