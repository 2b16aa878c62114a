"""What the adapters share: reading rows, cutting texts into shingles, and writing clusters.

An adapter is given a JSONL file with `id` and `text` in each line and writes a TSV `id, cluster`
with a line for each document that has a copy; a document alone is left out. Those of related lists
write `id, id1,id2,...`, the nearest first. Nothing here is of kithkin.
"""
import argparse
import json
import multiprocessing
import os
import re

WORD = re.compile(r"\w+")
SHINGLE = 5           # words; the libraries that take ready sets all get the same ones
PIECE = 4_000_000     # bytes a worker takes at a time: small, so that none waits for another


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--threshold", type=float, default=0.6)
    parser.add_argument("--recipe", default="")
    return parser.parse_args()


def rows(path, begin=0, end=None):
    """(id, text) of the lines that begin in these bytes of the file."""
    with open(path, "rb") as file:
        if begin > 0:
            file.seek(begin - 1)
            file.readline()
        while (end is None or file.tell() < end) and (line := file.readline()):
            row = json.loads(line)
            yield row["id"], row["text"]


def titled(path):
    """ids, and titles with texts, for related lists."""
    ids, texts = [], []
    with open(path, "rb") as file:
        for line in file:
            row = json.loads(line)
            ids.append(row["id"])
            texts.append(f"{row.get('title') or ''}\n{row['text']}")
    return ids, texts


def words(text):
    return WORD.findall(text.lower())


def shingles(text, size=SHINGLE):
    """The set of runs of `size` words; a shorter text is one shingle."""
    parts = words(text)
    if len(parts) < size:
        return [" ".join(parts)] if parts else []
    return list({" ".join(run) for run in zip(*(parts[n:] for n in range(size)))})


def _work(task):
    sketch, path, begin, end = task
    ids, texts = [], []
    for name, text in rows(path, begin, end):
        ids.append(name)
        texts.append(text)
    return (ids, sketch(texts)) if ids else None  # no line begins in this piece


def in_parallel(path, threads, sketch):
    """(ids, sketch(texts)) of piece after piece of the file, in order. Python does one thing at a
    time, so each thread is a process of its own, which reads, cuts and sketches; what comes back
    should be small."""
    size = os.path.getsize(path)
    tasks = [(sketch, path, begin, min(begin + PIECE, size)) for begin in range(0, size, PIECE)]
    if threads == 1:
        yield from filter(None, map(_work, tasks))
        return
    with multiprocessing.Pool(threads) as pool:
        yield from filter(None, pool.imap(_work, tasks))


class Unions:
    """Union-find over document numbers."""

    def __init__(self):
        self.parent = {}

    def root(self, a):
        parent = self.parent
        while (up := parent.setdefault(a, a)) != a:
            parent[a] = a = parent[up]
        return a

    def join(self, a, b):
        a, b = self.root(a), self.root(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)


def write_unions(path, ids, unions):
    write_clusters(path, ((ids[a], ids[unions.root(a)]) for a in sorted(unions.parent)))


def write_clusters(path, pairs):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"{name}\t{cluster}\n" for name, cluster in pairs)


def write_lists(path, lists):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"{name}\t{','.join(others)}\n" for name, others in lists)
