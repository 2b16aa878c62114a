#!/usr/bin/env python3
"""The demo crawl comes out as it was made: each article's copies in one cluster, formula texts
apart, the broken line in rejected.jsonl."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOOL = os.environ["KITHKIN_TOOL"]
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

EXACT = {
    "flood-vocalized", "flood-typed", "flood-shaped", "port-digits", "train-quotes",
    "fish-decomposed", "lighthouse-without-yo", "rain-digits", "buses-arabic-keyboard",
    "library-pointed", "books-fullwidth", "tram-halfwidth",
}
NEAR = {"flood-agency", "train-agency", "books-agency", "market-cut"}
CONTAINED = {"olives", "train-excerpt"}


class DemoCrawl(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name)
        subprocess.run([sys.executable, SCRIPTS / "make_demo_crawl.py", root / "crawl",
                        "--labels", root / "labels.tsv"], check=True)
        subprocess.run([TOOL, "dedup", root / "crawl", "--out", root / "result"],
                       check=True, stdin=subprocess.DEVNULL)
        cls.result = root / "result"
        rows = (root / "labels.tsv").read_text(encoding="utf-8").splitlines()[1:]
        cls.labels = dict(row.split("\t") for row in rows)
        cls.clusters = [c["members"] for c in cls.lines("clusters.jsonl")]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def lines(cls, name):
        text = (cls.result / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def ids_by_relation(self):
        ids = {}
        for member in (member for members in self.clusters for member in members):
            ids.setdefault(member["relation"], set()).add(member["id"])
        return ids

    def test_the_clusters_are_the_articles_with_copies(self):
        expected = {}
        for name, article in self.labels.items():
            expected.setdefault(article, set()).add(name)
        self.assertCountEqual([{m["id"] for m in members} for members in self.clusters],
                              [ids for ids in expected.values() if len(ids) > 1])

    def test_each_copy_is_found_as_the_kind_it_is(self):
        ids = self.ids_by_relation()
        self.assertEqual(ids["exact"], EXACT)
        self.assertEqual(ids["near"], NEAR)
        self.assertEqual(ids["contained"], CONTAINED)

    def test_the_broken_line_is_rejected_and_nothing_else(self):
        rejected = self.lines("rejected.jsonl")
        self.assertEqual([row["line"] for row in rejected], [8])
        self.assertTrue(rejected[0]["file"].endswith("agencies.jsonl"))

    def test_related_lists_what_docs_say(self):
        root = Path(self.folder.name)
        subprocess.run([TOOL, "related", root / "crawl", "--out", root / "related", "--min-score",
                        "0.5"], check=True, stdin=subprocess.DEVNULL)
        with open(root / "related" / "related.jsonl", encoding="utf-8") as file:
            lists = {line["id"]: [e["id"] for e in line["related"]] for line in map(json.loads, file)}
        self.assertEqual({i: entries for i, entries in lists.items() if entries}, {
            "weather-sunday": ["weather-friday"], "weather-friday": ["weather-sunday"],
            "telegram-mayor": ["telegram-university"], "telegram-university": ["telegram-mayor"]})


if __name__ == "__main__":
    unittest.main()
