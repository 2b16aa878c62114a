"""What the tests of the tool share: running it, crawls to run it on, and the measures of two texts
by the definition."""
import json
import os
import random
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

TOOL = os.environ["KITHKIN_TOOL"]
OUTPUTS = {"kept.jsonl", "clusters.jsonl", "rejected.jsonl", "summary.json"}

#: Set to run the sizes that take minutes: a line of 200 MB, a million documents.
LARGE = bool(os.environ.get("KITHKIN_TEST_LARGE"))


def run(*arguments, stdin=b"", timeout=300, **more):
    """Runs the tool to its end; its output and messages as text."""
    done = subprocess.run([TOOL, *map(str, arguments)], input=stdin, capture_output=True,
                          timeout=timeout, check=False, **more)
    done.out = done.stdout.decode("utf-8")
    done.err = done.stderr.decode("utf-8", "replace")
    return done


def line_of(**fields):
    return json.dumps(fields, ensure_ascii=False) + "\n"


def read_lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


# Texts -----------------------------------------------------------------------------------------

def words(rng, count, vocabulary=4000):
    """Words of letters only, so that a word is a token and nothing folds but case."""
    return ["w" + spell(rng.randrange(vocabulary)) for _ in range(count)]


def spell(number):
    letters = ""
    while True:
        letters += chr(ord("a") + number % 26)
        number //= 26
        if number == 0:
            return letters


def edited(rng, source, share):
    """A copy with that share of its words replaced, one by one."""
    return [words(rng, 1)[0] if rng.random() < share else word for word in source]


def shingles(text, size=5):
    tokens = text.lower().split()
    if not tokens:
        return set()
    return {tuple(tokens[i:i + size]) for i in range(max(1, len(tokens) - size + 1))}


def measures(text_a, text_b, size=5):
    """resemblance, containment of a in b, containment of b in a."""
    a, b = shingles(text_a, size), shingles(text_b, size)
    if not a or not b:
        return 0.0, 0.0, 0.0
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared), shared / len(a), shared / len(b)


def relation(text_a, text_b, threshold=0.6, containment=0.8, size=5):
    if text_a.lower().split() == text_b.lower().split() and text_a.split():
        return "exact"
    resemblance, a_in_b, b_in_a = measures(text_a, text_b, size)
    if resemblance >= threshold:
        return "near"
    if containment > 0 and max(a_in_b, b_in_a) >= containment:
        return "contained"
    return "none"


def crawl(seed, families, singles, length=120):
    """Documents {id, text}: families of an article with copies of several kinds, and articles by
    themselves, shuffled."""
    rng = random.Random(seed)
    documents = []
    for family in range(families):
        base = words(rng, rng.randrange(length // 2, length * 2))
        copies = [base]
        for _ in range(rng.randrange(1, 6)):
            kind = rng.randrange(4)
            if kind == 0:
                copies.append(list(base))
            elif kind == 1:
                copies.append(edited(rng, base, rng.choice([0.01, 0.03, 0.06, 0.12])))
            elif kind == 2:
                cut = rng.randrange(10, len(base))
                copies.append(base[:cut])
            else:
                copies.append(base + words(rng, rng.randrange(5, len(base))))
        documents += [(f"f{family}-{i}", " ".join(copy)) for i, copy in enumerate(copies)]
    documents += [(f"s{i}", " ".join(words(rng, rng.randrange(3, length)))) for i in range(singles)]
    rng.shuffle(documents)
    return [{"id": name, "text": text} for name, text in documents]


# Cases -----------------------------------------------------------------------------------------

class Case(unittest.TestCase):
    """A test with a folder of its own, in which `dedup` writes to `out` unless told otherwise."""

    maxDiff = 2000

    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="kithkin-cli-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.out = self.root / "out"

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def write_documents(self, name, documents):
        return self.write(name, "".join(line_of(**document) for document in documents))

    def dedup(self, *arguments, code=0, out=None, **more):
        done = run("dedup", *arguments, "--out", out or self.out, **more)
        self.assertEqual(done.returncode, code, done.err)
        return done

    def lines(self, name, out=None):
        return read_lines((out or self.out) / name)

    def summary(self, out=None):
        return json.loads(((out or self.out) / "summary.json").read_text(encoding="utf-8"))

    def counts(self, out=None):
        """(read, kept, removed, rejected, clusters), and the balance holds."""
        counts = self.summary(out)["counts"]
        self.assertEqual(counts["read"], counts["kept"] + counts["removed"] + counts["rejected"])
        return tuple(counts[k] for k in ("read", "kept", "removed", "rejected", "clusters"))

    def kept_ids(self, out=None, name="kept.jsonl"):
        return [row["id"] for row in self.lines(name, out)]

    def assert_nothing_left(self, *allowed):
        """No output, no temporary files; the directory itself is gone too if the run made it."""
        left = sorted(p.name for p in self.out.iterdir()) if self.out.exists() else []
        self.assertEqual(left, sorted(allowed))

    def assert_whole(self, *more, out=None):
        """The files of a finished run and nothing else."""
        self.assertEqual({p.name for p in (out or self.out).iterdir()}, OUTPUTS | set(more))
