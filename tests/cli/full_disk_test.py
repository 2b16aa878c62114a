#!/usr/bin/env python3
"""A disk that is full before the output is whole, in every stage: exit code 4, a message that names
the file, nothing left, nothing lost; and a second run with room gives the bytes it always gives.

The disk is a small file system in memory, mounted where only this process sees it. It runs full by
bytes, and, file by file, by having room for so many files. Skipped where nothing may be mounted.
tests/cli/interruption_test.py does the same for single files, by a limit that needs no mount."""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest

from harness import Case, crawl, edited, line_of, run, words
from related_crawl import news

MOUNTS = "KITHKIN_TEST_MAY_MOUNT"
NAMESPACES = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])


def enter_namespace():
    """Starts this script again where it may mount; the mounts go with it, however it ends. Exits
    with 77 where it may not."""
    if os.environ.get(MOUNTS):
        return
    with tempfile.TemporaryDirectory() as place:
        for namespace in NAMESPACES:
            try:
                tried = subprocess.run([*namespace, "mount", "-t", "tmpfs", "tmpfs", place],
                                       capture_output=True, check=False)
            except FileNotFoundError:
                break
            if tried.returncode == 0:
                os.environ[MOUNTS] = "1"
                os.execvp(namespace[0], [*namespace, sys.executable, *sys.argv])
    print("nothing can be mounted here")
    sys.exit(77)


def spilled_rows():
    """Copies of all degrees, of which 12 MB of memory cannot hold everything."""
    rng = random.Random(72)
    base = [words(rng, 60) for _ in range(300)]
    return "".join(line_of(id=n, url=f"https://host{n % 7}.example/{n}",
                           text=" ".join(edited(rng, base[n % 300], 0.02)
                                         if n % 3 else words(rng, 60, 10**6)))
                   for n in range(9000))


class FullDisk(Case):
    def setUp(self):
        super().setUp()
        self.disk = self.root / "disk"
        self.disk.mkdir()
        self.out = self.disk / "out"
        self.is_mounted = False
        self.addCleanup(self.unmount)

    def unmount(self):
        if self.is_mounted:
            subprocess.run(["umount", self.disk], check=True)
        self.is_mounted = False

    def mount(self):
        """An empty disk with room for everything."""
        self.unmount()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g,nr_inodes=1000000", "tmpfs",
                        self.disk], check=True)
        self.is_mounted = True

    def resize(self, options):
        """Gives it so many bytes or room for so many files and folders, itself among them."""
        subprocess.run(["mount", "-o", "remount," + options, self.disk], check=True)

    def contents(self, out):
        """The files by name; of the summary what is not about time and memory."""
        found = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        if "summary.json" in found:
            summary = json.loads(found["summary.json"])
            found["summary.json"] = {k: summary[k] for k in summary if k not in (
                "seconds", "peak_memory", "spilled_bytes")}
        return found

    def stage_that_failed(self, arguments, left):
        """What the file is called that could not be written; None when all could. `left` tells from
        that name what has to be there then."""
        done = run(*arguments, "--out", self.out)
        if done.returncode == 0:
            return None
        self.assertEqual(done.returncode, 4, done.err)
        self.assertIn("No space left on device", done.err)
        file = re.search(re.escape(str(self.disk)) + r"/?([^ ]*): ", done.err)
        self.assertIsNotNone(file, done.err)
        # out/.kithkin-Ab12Cd/band-7 is band-, whichever it is
        stage = re.sub(r"\d+$", "", re.sub(r"\.kithkin-\w{6}|\.kithkin-partial-\w{6}", "",
                                          file.group(1)).rsplit("/", 1)[-1])
        self.assertEqual(self.contents(self.out), left(stage), stage)
        self.assertEqual(self.out.exists(), left(stage) != {}, stage)
        return stage

    def check(self, arguments, stages, size=(4096, 1.5), files=(2, 1.0), former=None, pages=()):
        """Runs on ever larger disks until one is large enough, by bytes (the first size and its
        growth) and by files. Each of `stages` has to be what failed at some time; `pages` are made
        of an output that is whole, and it stays."""
        arguments = [str(argument) for argument in arguments]
        whole = self.root / "whole"
        self.assertEqual(run(*arguments, "--out", whole).returncode, 0)
        expected = self.contents(whole)
        seen = []
        for option, (room, growth) in (("size", size), ("nr_inodes", files)):
            while True:
                self.mount()
                before, more = {}, []
                if former is not None:
                    self.assertEqual(run(*former, "--out", self.out).returncode, 0)
                    before, more = self.contents(self.out), ["--overwrite"]
                self.resize(f"{option}={room}")

                def left(stage, before=before):
                    return ({n: c for n, c in expected.items() if n not in pages}
                            if stage in pages else before)
                stage = self.stage_that_failed(arguments + more, left)
                if stage is None:
                    self.assertEqual(self.contents(self.out), expected)
                    break
                if stage not in seen:
                    seen.append(stage)
                    self.resize("size=1g,nr_inodes=1000000")
                    again = run(*arguments, "--out", self.out, "--overwrite")
                    self.assertEqual(again.returncode, 0, again.err)
                    self.assertEqual(self.contents(self.out), expected, f"after {stage}")
                room = max(room + 1, int(room * growth))
        self.assertLessEqual(set(stages), set(seen))


class Dedup(FullDisk):
    def test_where_only_the_output_is_written(self):
        path = self.write_documents("in.jsonl", crawl(seed=71, families=60, singles=100))
        self.check(["dedup", path, "--pairs", "--split-like-input", "--threads", "1"],
                   ["out", "in.jsonl", "rejected.jsonl", "clusters.jsonl", "pairs.jsonl",
                    "summary.json"])

    def test_where_much_is_spilled(self):
        path = self.write("in.jsonl", spilled_rows())
        self.check(["dedup", path, "--pairs", "--threads", "1", "--memory", "12M"],
                   ["learn-pages", "sample", "band-", "index-", "pairs.jsonl"],
                   size=(100_000, 1.4), files=(6, 1.5))

    def test_what_a_former_run_left_survives(self):
        path = self.write("in.jsonl", spilled_rows())
        small = self.write_documents("small.jsonl", crawl(seed=73, families=5, singles=20))
        self.check(["dedup", path, "--pairs", "--threads", "1", "--memory", "12M"],
                   ["learn-pages", "band-"], size=(100_000, 3), files=(8, 2),
                   former=["dedup", small, "--pairs"])


class Clean(FullDisk):
    def test_in_every_stage(self):
        path = self.write("in.jsonl", spilled_rows())
        self.check(["clean", path, "--threads", "1", "--memory", "12M"],
                   ["out", "learn-pages", "cleaned.jsonl", "furniture.jsonl", "rejected.jsonl",
                    "summary.json"])


class Related(FullDisk):
    def test_where_only_the_output_is_written(self):
        path = self.write_documents("in.jsonl", news(seed=74, languages=["en", "ar"], events=4))
        self.check(["related", path, "--html", "--threads", "1"],
                   ["out", "related.jsonl", "rejected.jsonl", "stories.jsonl", "stories_log.jsonl",
                    "summary.json", "related.html", "related_snippet.html"],
                   pages=("related.html", "related_snippet.html"))

    def test_where_much_is_spilled(self):
        path = self.write_documents("in.jsonl", news(seed=75, languages=["en"], events=200))
        # Terms are written where held texts were, which took more.
        self.check(["related", path, "--threads", "1", "--memory", "12M"],
                   ["sample", "index-", "held", "related.jsonl"],
                   size=(100_000, 1.5), files=(6, 1.5))


class Synth(FullDisk):
    def test_in_every_stage(self):
        self.check(["synth", "--documents", "300", "--threads", "1"],
                   ["out", "documents.jsonl", "truth.pairs.tsv", "truth.clusters.tsv",
                    "truth.stories.tsv"])


if __name__ == "__main__":
    enter_namespace()
    unittest.main()
