#!/usr/bin/env python3
"""Makes a large crawl for timing out of the shared corpora: real text in three languages.

    bench/make_corpus.py --out FILE --megabytes 500 [--seed S]

Documents are taken from English, Arabic and French sources in turns that give each language its
share of the bytes. The first time around they come as they are. When a source is used up, it starts
over, and every document gets four words in ten replaced by other words of its language, which
leaves of a hundred five-word shingles some eight: the same lengths, letters and word frequencies,
but another document. One document in five is made from a recent one instead, as crawls hold them:
a few words replaced, a sentence dropped, or something put in front and behind. The same seed and
data give the same bytes. The data is found through KITHKIN_DATA, by default ../shared/data beside
the repository; it needs the `zstd` program.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))

# Language: its share of the bytes, and where its text comes from.
SOURCES = {
    "en": (0.4, ["big_en_whitehouse_full.jsonl.zst"]),
    "ar": (0.35, ["ar_khaleej_nodup.jsonl.zst", "ar_saudinewsnet.dev.jsonl.zst"]),
    "fr": (0.25, ["big_fr_codes_articles_full.jsonl.zst", "fr_masakhanews.jsonl.gz"]),
}
EDITED = 0.2     # share of documents that are made from a recent one
REPLACED = 0.4   # share of words that are replaced in a document that is used again
RECENT = 4000    # documents that an edit may be made from
SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+")


def read_rows(name):
    program = "zstd" if name.endswith(".zst") else "gzip"
    with subprocess.Popen([program, "-dc", str(DATA / name)], stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode != 0:
        sys.exit(f"cannot read {DATA / name}")


def replace_words(text, share, words, rng):
    """Puts other words in for a share of the words; about share * words draws."""
    parts = text.split(" ")
    for _ in range(int(-len(parts) * _log_rest(share))):
        parts[int(rng.random() * len(parts))] = words[int(rng.random() * len(words))]
    return " ".join(parts)


def _log_rest(share):
    """ln(1 - share), by its series: how many draws with repeats hit that share of the places."""
    return -sum(share ** n / n for n in range(1, 60))


def edit(text, words, rng):
    """A near copy: one of the things that happen to an article on its way."""
    kind = rng.random()
    if kind < 0.4:
        return replace_words(text, rng.choice((0.005, 0.01, 0.02, 0.04)), words, rng)
    sentences = SENTENCE_END.split(text)
    if kind < 0.8 and len(sentences) > 3:
        for _ in range(rng.randint(1, max(1, len(sentences) // 8))):
            sentences.pop(rng.randrange(len(sentences)))
        return " ".join(sentences)
    around = [words[int(rng.random() * len(words))] for _ in range(rng.randint(6, 24))]
    cut = rng.randint(0, len(around))
    return " ".join(around[:cut] + [text] + around[cut:])


class Language:
    """The documents of a language, round after round."""

    def __init__(self, name, rng):
        self.name = name
        self.rng = rng
        self.share, files = SOURCES[name]
        self.rows = [row for file in files for row in read_rows(file)]
        rng.shuffle(self.rows)
        some = rng.sample(self.rows, min(2000, len(self.rows)))
        self.words = [w for row in some for w in row["text"].split(" ")[:200] if w]
        self.round = 0
        self.at = 0
        self.written = 0
        self.recent = []

    def next(self):
        if self.recent and self.rng.random() < EDITED:
            row = dict(self.rng.choice(self.recent))
            row["text"] = edit(row["text"], self.words, self.rng)
            return row
        if self.at == len(self.rows):
            self.at = 0
            self.round += 1
        row = self.rows[self.at]
        self.at += 1
        if self.round > 0:
            row = dict(row)
            row["text"] = replace_words(row["text"], REPLACED, self.words, self.rng)
        if len(self.recent) < RECENT:
            self.recent.append(row)
        else:
            self.recent[self.rng.randrange(RECENT)] = row
        return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    rng = random.Random(options.seed)
    languages = [Language(name, rng) for name in SOURCES]
    left = options.megabytes * 1_000_000
    number = 0
    with open(options.out, "wb") as out:
        while left > 0:
            language = min(languages, key=lambda l: l.written / l.share)
            row = dict(language.next())
            row["id"] = f"{language.name}-{number:07d}"
            line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
            out.write(line)
            language.written += len(line)
            left -= len(line)
            number += 1
    print(f"{options.out}: {number} documents")


if __name__ == "__main__":
    main()
