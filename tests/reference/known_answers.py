#!/usr/bin/env python3
"""Recomputes the known answers in docs/formats.md from the definitions on that page.

Uses the standard library only and shares no code with kithkin; XXH3 (the content hash) it leaves
out. Fails with the first line whose result is another, and when a kind of line is missing.
"""

import pathlib
import re
import sys

M32, M64 = 2**32 - 1, 2**64 - 1
P = 0x2545F4914F6CDD1D
BLOCKS = [(0, 11), (11, 11), (22, 11), (33, 11), (44, 10), (54, 10)]  # first bit, bits


def mix64(x):
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & M64
    x = (x ^ x >> 27) * 0x94D049BB133111EB & M64
    return x ^ x >> 31


def token(data):
    h = 0x9E3779B97F4A7C15 * (len(data) + 1) & M64
    for i in range(0, len(data), 8):
        h = (h ^ int.from_bytes(data[i : i + 8], "little")) * 0xD6E8FEB86659FD93 & M64
        h ^= h >> 32
    return [h]


def shingles(k, tokens):
    k = min(k, len(tokens))
    tokens = [t >> 32 & ~1 for t in tokens]
    runs = [tokens[i : i + k] for i in range(len(tokens) - k + 1)] if tokens else []
    return [mix64(sum(t * P ** (k - 1 - i) for i, t in enumerate(run)) + k & M64) for run in runs]


def minima(seed, number, values):
    words = [mix64(seed + (i + 1) * 0x9E3779B97F4A7C15 & M64) for i in range(number)]
    return [min([((w >> 32 | 1) * (x >> 32) + w) & M32 for x in values], default=M32) for w in words]


def band_keys(bands, rows, signature):
    keys = []
    for b in range(bands):
        key = b + 1
        for m in signature[b * rows : (b + 1) * rows]:
            key = (key ^ m) * 0x9FB21C651E98DF25 & M64
            key ^= key >> 32
        keys.append(mix64(key))
    return keys


def simhash(seed, values):
    hashes = [mix64(x ^ mix64(seed)) for x in values]
    ones = [sum(h >> b & 1 for h in hashes) for b in range(64)]
    return [sum(1 << b for b in range(64) if 2 * ones[b] > len(values))]


def hamming_keys(fingerprint):
    masks = [(2**bits - 1) << first for first, bits in BLOCKS]
    chosen = [masks[x] | masks[y] | masks[z]
              for x in range(6) for y in range(x + 1, 6) for z in range(y + 1, 6)]
    return [mix64(fingerprint & mask ^ mix64(t + 1)) for t, mask in enumerate(chosen)]


def hexes(text):
    return [] if text == "-" else [int(x, 16) for x in text.split(",")]


KINDS = {  # from the arguments of a line to the result and its digits
    "token": lambda a: (token(bytes.fromhex(a.replace("-", ""))), 16),
    "shingles": lambda k, t: (shingles(int(k), hexes(t)), 16),
    "minima": lambda seed, n, s: (minima(int(seed, 16), int(n), hexes(s)), 8),
    "band_keys": lambda b, r, m: (band_keys(int(b), int(r), hexes(m)), 16),
    "simhash": lambda seed, s: (simhash(int(seed, 16), hexes(s)), 16),
    "hamming_keys": lambda f: (hamming_keys(int(f, 16)), 16),
}


def main():
    page = pathlib.Path(__file__).resolve().parents[2] / "docs" / "formats.md"
    block = re.search(r"^```known-answers\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)
    if block is None:
        sys.exit(f"{page}: no block of known answers")
    seen = set()
    for line in block[1].splitlines():
        question, expected = line.split(" -> ")
        kind, *arguments = question.split()
        if kind == "content":
            continue
        values, digits = KINDS[kind](*arguments)
        answer = ",".join(f"{v:0{digits}x}" for v in values) or "-"
        if answer != expected:
            sys.exit(f"{page}: {question}\n  the page says  {expected}\n  computed       {answer}")
        seen.add(kind)
    if seen != set(KINDS):
        sys.exit(f"{page}: no line for {', '.join(sorted(set(KINDS) - seen))}")


if __name__ == "__main__":
    main()
