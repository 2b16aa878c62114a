#!/usr/bin/env python3
"""Makes a crawl of any size for timing related lists: real sentences, and no document a copy.

    bench/related/make_corpus.py --out FILE --documents N [--seed S]

Articles of the shared corpora in English, Arabic and French are cut into pieces of some 30, 45 or
65 words that end where a sentence does, if they can. A sentence whose first or last six words were
seen before is left out, which takes away the copies and versions among the sources and the
furniture of their pages. A document is four pieces of one size, at first two of one article and two
of another, and its first words become its title. Documents have 104 to 288 words.

That no two documents share more than one piece, less than a third of either, follows from how the
pieces are dealt: P of them, a prime number, lie in each of four columns, and document i of round r
takes from column c the piece (i + r * c) mod P. Two documents with two columns in common would have
(r - r') * (c - c') = 0 mod P. So a million documents can be made of some 900,000 pieces, and the
documents that use an article are related without being copies.

The same seed and data give the same bytes. The data is found through KITHKIN_DATA, by default
../shared/data beside the repository; it needs the programs `zstd` and `gzip`.
"""
import argparse
import datetime
import json
import os
import random
import re
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))

# Language: its share of the documents, and where its text comes from.
SOURCES = {
    "en": (0.5, ["related_en_bbc_topics.jsonl.gz", "related_en_reuters_topics.jsonl.gz",
                 "en_reuters21578.jsonl.zst", "en_masakhanews.jsonl.gz",
                 "big_en_whitehouse_full.jsonl.zst"]),
    "ar": (0.3, ["ar_saudinewsnet.dev.jsonl.zst", "ar_antcorpus.jsonl.zst",
                 "ar_khaleej_nodup.jsonl.zst"]),
    "fr": (0.2, ["fr_masakhanews.jsonl.gz", "big_fr_codes_articles_full.jsonl.zst"]),
}
SIZES = ((26, 34), (38, 50), (56, 72))  # words in a piece; the most is a third of 4 at the least
COLUMNS = 4
TITLE = 8           # words of the first piece that become the title
SHORT = 6           # words; a shorter sentence may come again, as "He said no." does
NO_LETTER = re.compile(r"[^\w\s]")
FIRST_DAY = datetime.date(2020, 1, 1)
DAYS = 1500
SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|\n\s*\n")


def read_rows(name):
    program = "zstd" if name.endswith(".zst") else "gzip"
    with subprocess.Popen([program, "-dc", str(DATA / name)], stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode != 0:
        sys.exit(f"cannot read {DATA / name}")


def cut(text, least, most, seen):
    """The pieces of an article: `least` to `most` words each, of sentences not seen before.

    "The council met on Friday, May 1." and "The council met on Friday May 2" begin with the same
    six words; the later one is left out.
    """
    pieces, words = [], []
    for sentence in SENTENCE_END.split(text):
        new = sentence.split()
        letters = NO_LETTER.sub("", sentence).lower().split()
        if len(letters) >= SHORT:
            ends = {zlib.crc32(" ".join(end).encode())
                    for end in (letters[:SHORT], letters[-SHORT:])}
            if not ends.isdisjoint(seen):
                continue
            seen |= ends
        words += new
        while len(words) >= most:
            pieces.append(" ".join(words[:most]))
            words = words[most:]
        if len(words) >= least:
            pieces.append(" ".join(words))
            words = []
    return pieces


def is_prime(number):
    return number > 1 and all(number % by for by in range(2, int(number ** 0.5) + 1))


class Grid:
    """The pieces of one size and language in four columns, and the documents made of them."""

    def __init__(self, size, wanted):
        self.size = size
        self.rows = wanted
        while not is_prime(self.rows) or self.rows <= COLUMNS:
            self.rows += 1
        self.pairs = []   # two pieces that follow each other in an article, and its source
        self.made = 0

    def full(self):
        return len(self.pairs) >= 2 * self.rows

    def deal(self):
        """Fewer rows, and more rounds, where there are not pieces enough."""
        while not self.full() or not is_prime(self.rows):
            self.rows -= 1
        if self.rows <= COLUMNS:
            sys.exit("not enough text: is KITHKIN_DATA the folder of the shared data?")

    def next(self):
        """The words of a document, and the source of its first piece."""
        turn, i = divmod(self.made, self.rows)
        if turn >= self.rows:
            sys.exit("more documents wanted than can be made without repeating a pair of pieces")
        self.made += 1
        parts = []
        for column in range(COLUMNS):
            row = (i + turn * column) % self.rows
            pair = self.pairs[row + (column // 2) * self.rows]
            parts.append(pair[column % 2])
        return " ".join(parts).split(" "), self.pairs[i][2]


def make_grids(language, documents, rng):
    """Cuts articles, in an order drawn by lot, until there are pieces enough or none left."""
    grids = [Grid(size, documents // len(SIZES) + 1) for size in SIZES]
    articles = [(row.get("source") or name.split(".")[0], row["text"])
                for name in SOURCES[language][1] for row in read_rows(name) if row.get("text")]
    rng.shuffle(articles)
    seen = set()
    for source, text in articles:
        lacking = [grid for grid in grids if not grid.full()]
        if not lacking:
            break
        grid = lacking[rng.randrange(len(lacking))]
        pieces = cut(text, *grid.size, seen)
        grid.pairs += [(pieces[at], pieces[at + 1], source) for at in range(0, len(pieces) - 1, 2)]
    for grid in grids:
        grid.deal()
    return grids


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    rng = random.Random(options.seed)
    turns = []  # which grid makes the next document
    for language, (share, _) in SOURCES.items():
        documents = round(options.documents * share)
        grids = make_grids(language, documents, rng)
        turns += [(language, grids[at % len(grids)]) for at in range(documents)]
    rng.shuffle(turns)
    with open(options.out, "w", encoding="utf-8") as out:
        for number, (language, grid) in enumerate(turns):
            words, source = grid.next()
            day = FIRST_DAY + datetime.timedelta(days=rng.randrange(DAYS))
            row = {"id": f"{language}-{number:07d}", "title": " ".join(words[:TITLE]),
                   "text": " ".join(words[TITLE:]), "date": day.isoformat(), "lang": language,
                   "source": source}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    pieces = sum(COLUMNS * grid.rows for grid in {id(g): g for _, g in turns}.values())
    print(f"{options.out}: {len(turns)} documents of {pieces} pieces")


if __name__ == "__main__":
    main()
