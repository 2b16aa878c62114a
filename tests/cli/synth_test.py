#!/usr/bin/env python3
"""synth: the same bytes whatever the threads, shards and size; a truth that compare, dedup and
evaluate agree with; output whole or not at all."""
import gzip
import hashlib
import json
import os
import signal
import subprocess
import time
import unittest
from collections import Counter, defaultdict

from harness import TOOL, Case, line_of, run, words

KINDS = ["exact", "dateline", "byline", "truncated", "extended", "updated", "moved", "quoted",
         "substituted", "ocr", "punctuation"]
OUTPUTS = {"documents.jsonl", "truth.pairs.tsv", "truth.clusters.tsv", "truth.stories.tsv"}
DOCUMENTS = 3000


def read_tsv(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\n").split("\t") for line in file]


class SynthCase(Case):
    def synth(self, name, *arguments, documents=DOCUMENTS, code=0):
        out = self.root / name
        done = run("synth", "--out", out, "--documents", documents, *arguments)
        self.assertEqual(done.returncode, code, done.err)
        return out

    def digests(self, out):
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in out.iterdir()}


class Bytes(SynthCase):
    def test_threads_do_not_matter(self):
        one = self.digests(self.synth("one", "--threads", "1"))
        self.assertEqual(set(one), OUTPUTS)
        for threads in ("2", "7"):
            self.assertEqual(self.digests(self.synth(threads, "--threads", threads)), one)
        self.assertNotEqual(self.digests(self.synth("other", "--seed", "2")), one)

    def test_a_larger_corpus_begins_with_a_smaller_one(self):
        small, large = self.synth("small", documents=700), self.synth("large", documents=900)
        for name in OUTPUTS:
            self.assertTrue((large / name).read_bytes().startswith((small / name).read_bytes()),
                            name)

    def test_shards_hold_the_same_documents_in_order(self):
        whole = self.synth("whole")
        for shards, compress in ((2, "none"), (7, "gz")):
            name = f"sharded{shards}"
            out = self.synth(name, "--shards", shards, "--compress", compress)
            files = sorted((out / "documents").iterdir())
            self.assertEqual(len(files), shards)
            opened = [gzip.decompress(f.read_bytes()) if compress == "gz" else f.read_bytes()
                      for f in files]
            self.assertEqual(b"".join(opened), (whole / "documents.jsonl").read_bytes())
            lines = [content.count(b"\n") for content in opened]
            self.assertLessEqual(max(lines) - min(lines), 1)
            for truth in OUTPUTS - {"documents.jsonl"}:
                self.assertEqual((out / truth).read_bytes(), (whole / truth).read_bytes())

    def test_languages_are_those_asked_for(self):
        out = self.synth("two", "--languages", "ar:3,ja:1")
        count = Counter(row["lang"] for row in self.lines("documents.jsonl", out))
        self.assertEqual(set(count), {"ar", "ja"})
        self.assertGreater(count["ar"], 2 * count["ja"])


class Truth(SynthCase):
    def test_resemblance_is_what_compare_measures(self):
        out = self.synth("bare", "--no-furniture")
        done = run("compare", out / "documents.jsonl", "--no-clean", "--pairs",
                   out / "truth.pairs.tsv")
        self.assertEqual(done.returncode, 0, done.err)
        measured = [row.split("\t") for row in done.out.splitlines()][1:]
        truth = read_tsv(out / "truth.pairs.tsv")
        self.assertEqual(truth.pop(0), ["id_a", "id_b", "label", "resemblance"])
        self.assertEqual([[a, b, r] for a, b, _, r in truth], [[m[0], m[1], m[3]] for m in measured])

    def test_every_kind_is_there_and_ranges_as_it_should(self):
        out = self.synth("out")
        by_kind = defaultdict(list)
        for _, _, label, resemblance in read_tsv(out / "truth.pairs.tsv")[1:]:
            by_kind[label].append(float(resemblance))
        self.assertEqual(set(by_kind), set(KINDS) | {"template", "translation"})
        for kind in ("exact", "punctuation"):
            self.assertEqual(set(by_kind[kind]), {1.0})
        for kind in ("truncated", "extended", "quoted", "substituted", "ocr", "updated"):
            self.assertLess(min(by_kind[kind]), 0.5, kind)
            self.assertGreater(max(by_kind[kind]), 0.7, kind)
        self.assertLess(max(by_kind["translation"]), 0.05)
        self.assertGreater(max(by_kind["template"]), 0.6)

    def test_clusters_agree_with_pairs(self):
        out = self.synth("out")
        ids = [row["id"] for row in self.lines("documents.jsonl", out)]
        self.assertEqual(len(set(ids)), DOCUMENTS)
        clusters = read_tsv(out / "truth.clusters.tsv")
        self.assertEqual(clusters.pop(0), ["id", "cluster"])
        self.assertEqual([row[0] for row in clusters], ids)
        cluster_of = dict(clusters)
        copies = 0
        for a, b, label, _ in read_tsv(out / "truth.pairs.tsv")[1:]:
            if label in KINDS:
                copies += 1
                self.assertEqual(cluster_of[b], a)
                self.assertEqual(cluster_of[a], a)
            else:
                self.assertNotEqual(cluster_of[a], cluster_of[b], label)
        self.assertEqual(len(set(cluster_of.values())), DOCUMENTS - copies)

    def test_stories_bring_articles_of_a_few_days_together(self):
        out = self.synth("out")
        date = {row["id"]: row["date"] for row in self.lines("documents.jsonl", out)}
        stories = defaultdict(list)
        for name, story in read_tsv(out / "truth.stories.tsv")[1:]:
            stories[story].append(date[name])
        self.assertGreater(sum(len(dates) > 2 for dates in stories.values()), 100)
        for dates in stories.values():
            self.assertEqual(dates, [d for d in dates if d.endswith("Z") and len(d) == 20])
            years = {int(d[:4]) for d in dates}
            self.assertLessEqual(max(years) - min(years), 1)

    def test_hosts_repeat_their_furniture(self):
        texts = defaultdict(list)
        for row in self.lines("documents.jsonl", self.synth("out", "--languages", "en")):
            texts[row["source"]].append(row["text"].split("\n"))
        repeated = sum(len({lines[-1] for lines in pages}) == 1
                       for pages in texts.values() if len(pages) > 20)
        self.assertGreater(repeated, 5)

    def test_dedup_finds_what_is_there(self):
        out = self.synth("corpus")
        self.dedup(out / "documents.jsonl")
        done = run("evaluate", "--labels", out / "truth.pairs.tsv", "--json", self.out)
        self.assertEqual(done.returncode, 0, done.err)
        found = {row["label"]: row["together"] / row["rows"] for row in
                 json.loads(done.out)["labels"]}
        for kind in ("exact", "punctuation", "dateline", "byline", "moved", "truncated"):
            self.assertGreater(found[kind], 0.95, kind)
        for kind in ("extended", "quoted"):
            self.assertGreater(found[kind], 0.7, kind)
        for kind in ("updated", "substituted", "ocr"):
            self.assertGreater(found[kind], 0.3, kind)
        self.assertLess(found["translation"], 0.01)
        self.assertLess(found["template"], 0.2)


class SeedText(SynthCase):
    def articles(self, count):
        import random
        rng = random.Random(5)
        return [{"key": f"mine{i}", "body": " ".join(words(rng, 150)), "title": f"title {i}",
                 "lang": "xx", "date": "2020-02-29"} for i in range(count)]

    def test_articles_come_first_and_their_copies_after_them(self):
        articles = self.articles(60)
        mine = self.write("mine.jsonl", "".join(line_of(**a) for a in articles))
        out = self.synth("out", "--seed-text", mine, "--text-field", "body", documents=400)
        rows = self.lines("documents.jsonl", out)
        self.assertEqual([r["text"] for r in rows[:60]], [a["body"] for a in articles])
        self.assertEqual(rows[59]["title"], "title 59")
        self.assertEqual(rows[59]["date"], "2020-02-29T00:00:00Z")
        pairs = read_tsv(out / "truth.pairs.tsv")[1:]
        self.assertEqual([b for _, b, _, _ in pairs], [f"s{i}" for i in range(60, 400)])
        self.assertEqual({label for _, _, label, _ in pairs}, set(KINDS))
        done = run("compare", out / "documents.jsonl", "--no-clean", "--pairs",
                   out / "truth.pairs.tsv")
        self.assertEqual([row.split("\t")[3] for row in done.out.splitlines()[1:]],
                         [resemblance for _, _, _, resemblance in pairs])

    def test_more_articles_than_the_share_leaves_room_for(self):
        mine = self.write("mine.jsonl", "".join(line_of(**a) for a in self.articles(60)))
        out = self.synth("out", "--seed-text", mine, "--text-field", "body", "--duplicates", "0.5",
                         documents=40)
        self.assertEqual(len(read_tsv(out / "truth.pairs.tsv")), 1 + 20)

    def test_articles_that_the_corpus_would_replace(self):
        out = self.synth("out", documents=100)
        before = self.digests(out)
        for path in (out, out / "documents.jsonl"):
            done = run("synth", "--out", out, "--overwrite", "--documents", "50", "--seed-text", path)
            self.assertEqual(done.returncode, 2, done.err)
            self.assertIn("would be replaced", done.err)
            self.assertEqual(self.digests(out), before)

    def test_no_articles(self):
        empty = self.write("empty.jsonl", "")
        for path in (empty, self.root / "missing.jsonl"):
            done = run("synth", "--out", self.out, "--documents", "10", "--seed-text", path)
            self.assertEqual(done.returncode, 3, done.err)
            self.assertIn(path.name, done.err)
            self.assert_nothing_left()


class Output(SynthCase):
    def test_what_is_there_is_replaced_only_when_asked(self):
        out = self.synth("out", "--shards", "5")
        done = run("synth", "--out", out, "--documents", "10")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--overwrite", done.err)
        (out / "mine.txt").write_text("mine")
        self.synth("out", "--overwrite", "--shards", "3", documents=100)
        self.assertEqual(len(list((out / "documents").iterdir())), 3)
        self.synth("out", "--overwrite", documents=100)
        self.assertEqual({p.name for p in out.iterdir()}, OUTPUTS | {"mine.txt"})

    def test_a_corpus_and_what_was_found_in_it_may_lie_together(self):
        out = self.synth("out", documents=200)
        before = self.digests(out)
        self.dedup(out / "documents.jsonl", "--overwrite", out=out)
        after = self.digests(out)
        self.assertEqual({name: after[name] for name in before}, before)
        self.synth("out", "--overwrite", documents=100)
        self.assertTrue((out / "clusters.jsonl").exists())

    def test_options_that_make_no_sense(self):
        for arguments in (["--documents", "0"], ["--documents", "-3"], ["--documents", "x"],
                          ["--documents", "2000000000000"],
                          ["--documents", "10", "--duplicates", "1.5"],
                          ["--documents", "10", "--duplicates", "nan"],
                          ["--documents", "10", "--duplicates", "0.8", "--templates", "0.8"],
                          ["--documents", "10", "--languages", "xx"],
                          ["--documents", "10", "--languages", "ar:0"],
                          ["--documents", "10", "--shards", "0"],
                          ["--documents", "10", "--shards", "11"], []):
            done = run("synth", "--out", self.out, *arguments)
            self.assertEqual(done.returncode, 2, (arguments, done.err))
            self.assert_nothing_left()

    def test_a_full_disk(self):
        disk = self.root / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", disk],
                          capture_output=True, check=False).returncode != 0:
            self.skipTest("a small file system cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk], check=False)
        done = run("synth", "--out", disk / "out", "--documents", "5000")
        self.assertEqual(done.returncode, 4, done.err)
        self.assertIn("No space left on device", done.err)
        self.assertEqual(list(disk.iterdir()), [])

    def test_an_interruption_leaves_nothing(self):
        process = subprocess.Popen([TOOL, "synth", "--out", str(self.out), "--documents",
                                    "1000000000"], stderr=subprocess.PIPE)
        for _ in range(600):
            if self.out.exists() and any(self.out.rglob("documents.jsonl")):
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        message = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, 130, message)
        self.assertIn("nothing was written", message)
        self.assertFalse(os.path.exists(self.out))


if __name__ == "__main__":
    unittest.main()
