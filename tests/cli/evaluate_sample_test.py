#!/usr/bin/env python3
"""evaluate --sample: copies planted in a crawl of one's own, and what is found of them."""
import json
import random
import unittest

from harness import Case, run, words

KINDS = ["exact", "dateline", "byline", "truncated", "extended", "updated", "moved", "quoted",
         "substituted", "ocr", "punctuation"]


class Sample(Case):
    def setUp(self):
        super().setUp()
        rng = random.Random(3)
        self.documents = [
            {"id": f"d{i}", "text": "\n".join(" ".join(words(rng, 50)) for _ in range(4))}
            for i in range(900)]
        self.crawl = self.write_documents("crawl/a.jsonl", self.documents)

    def sample(self, *arguments, code=0, inputs=None):
        done = run("evaluate", "--sample", *(inputs or [self.crawl]), *arguments)
        self.assertEqual(done.returncode, code, done.err)
        return done

    def scores(self, *arguments):
        return json.loads(self.sample("--json", *arguments).out)

    def test_planted_copies_are_found_by_kind_and_by_resemblance(self):
        scores = self.scores()
        self.assertEqual((scores["read"], scores["sampled"], scores["planted"]), (900, 900, 450))
        found = {row["kind"]: row["found"] / row["planted"] for row in scores["kinds"]}
        self.assertEqual(list(found), KINDS)
        for kind in ("exact", "byline", "moved", "punctuation", "quoted"):
            self.assertGreater(found[kind], 0.9, kind)
        # Random words have nothing in common: what is alike enough is found, and nothing else.
        self.assertEqual(scores["precision"], 1)
        for row in scores["resemblance"][6:]:
            self.assertGreater(row["planted"], 0)
            self.assertGreater(row["found"] / row["planted"], 0.9)
            self.assertGreater(row["predicted"], 0.9)
        self.assertLess(scores["resemblance"][1]["predicted"], 0.2)
        low, high = scores["recall_interval"]
        self.assertLess(low, scores["recall"])
        self.assertGreater(high, scores["recall"])

    def test_thresholds_are_tried_and_one_is_recommended(self):
        scores = self.scores("--threshold", "0.65")
        thresholds = scores["thresholds"]
        self.assertEqual([row["threshold"] for row in thresholds],
                         [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8])
        recalls = [row["recall"] for row in thresholds]
        self.assertEqual(recalls, sorted(recalls, reverse=True))
        self.assertGreater(recalls[0], recalls[-1] + 0.05)
        self.assertEqual(recalls[4], scores["recall"])
        self.assertEqual([row["joined"] for row in thresholds], [0] * 7)
        best = max(row["f1"] for row in thresholds)
        self.assertEqual(scores["recommended"], max(
            row["threshold"] for row in thresholds if row["f1"] >= best - 0.005))

    def test_copies_that_the_crawl_holds_are_told_apart_from_planted_ones(self):
        doubled = self.documents[:300] + [{**d, "id": d["id"] + "x"} for d in self.documents[:100]]
        scores = json.loads(self.sample(
            "--json", inputs=[self.write_documents("doubled.jsonl", doubled)]).out)
        self.assertEqual(scores["thresholds"][3]["joined"], 100)
        self.assertEqual(scores["precision"], 1)

    def test_it_is_the_same_again_on_any_number_of_threads(self):
        one = self.sample("--json", "--threads", "1", "--sample-size", "200").out
        self.assertEqual(json.loads(one)["sampled"], 200)
        self.assertEqual(self.sample("--json", "--threads", "2", "--sample-size", "200").out, one)

    def test_the_table(self):
        out = self.sample("--threshold", "0.5").out
        self.assertIn("900 documents read, 900 sampled, 450 copies planted", out)
        for word in (*KINDS, "0.9 to 1.0", "recommended", "as given"):
            self.assertIn(word, out)

    def test_what_cannot_be_sampled(self):
        few = self.write_documents("few.jsonl", self.documents[:19])
        self.assertIn("fewer than 20", self.sample(inputs=[few], code=3).err)
        self.assertIn("missing", self.sample(inputs=[self.root / "missing"], code=3).err)
        self.assertIn("files", self.sample(inputs=["-"], code=2).err)
        for arguments in (["--sample-size", "5"], ["--threshold", "2"],
                          ["--labels", self.crawl], ["--related"], ["--errors", "3"],
                          ["--input", self.crawl]):
            self.sample(*arguments, code=2)
        self.assertEqual(run("evaluate", "--labels", self.crawl, self.root, "--threshold",
                             "0.5").returncode, 2)
        done = run("evaluate", "--labels", self.crawl)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--sample", done.err)


if __name__ == "__main__":
    unittest.main()
