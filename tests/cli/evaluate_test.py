#!/usr/bin/env python3
"""evaluate: scores by kind and resemblance with intervals, errors with their texts, and what it says
of files that are odd or wrong."""
import json
import unittest

from harness import Case, run


class EvaluateCase(Case):
    def evaluate(self, *arguments, code=0):
        done = run("evaluate", *arguments)
        self.assertEqual(done.returncode, code, done.err)
        return done

    def clusters(self, *clusters):
        return self.write("clusters.jsonl", "".join(
            json.dumps({"members": [{"id": i} for i in ids]}) + "\n" for ids in clusters))


class OnASyntheticCorpus(EvaluateCase):
    def setUp(self):
        super().setUp()
        self.corpus = self.root / "corpus"
        done = run("synth", "--out", self.corpus, "--documents", "2000", "--quiet")
        self.assertEqual(done.returncode, 0, done.err)
        self.documents = self.corpus / "documents.jsonl"
        self.dedup(self.documents)

    def test_recall_by_kind_and_by_resemblance(self):
        done = self.evaluate("--labels", self.corpus / "truth.pairs.tsv", "--json", self.out)
        scores = json.loads(done.out)
        self.assertEqual(len(scores["labels"]), 13)
        for row in scores["labels"]:
            low, high = row["interval"]
            self.assertLessEqual(low, row["together"] / row["rows"])
            self.assertGreaterEqual(high, row["together"] / row["rows"])
        recall = [row["together"] / max(1, row["pairs"]) for row in scores["resemblance"]]
        self.assertGreater(min(recall[6:]), 0.85)
        self.assertEqual(sum(row["pairs"] for row in scores["resemblance"]),
                         scores["true_positives"] + scores["false_negatives"])
        self.assertGreater(scores["purity"], 0.98)

    def test_text_dedup_scores_and_the_table(self):
        arguments = ["--labels", self.corpus / "truth.clusters.tsv", self.out]
        scores = json.loads(self.evaluate(*arguments, "--json").out)
        self.assertGreater(scores["text_dedup_macro_f1"], 0.7)
        table = self.evaluate(*arguments).out
        for value in ("pair_f1", "purity", "text_dedup_macro_f1", "text_dedup_accuracy"):
            self.assertIn(f"{scores[value]:.4f}", table)
        self.assertIn(" to ", table)
        self.assertNotIn(" to ", self.evaluate(*arguments, "--resamples", "0").out)

    def test_errors_are_shown_side_by_side(self):
        arguments = ["--labels", self.corpus / "truth.pairs.tsv", "--errors", "2", self.out]
        listed = json.loads(self.evaluate(*arguments, "--json").out)["misses_listed"]
        self.assertEqual(len(listed), 2)
        self.assertIn("resemblance", listed[0])
        without = self.evaluate(*arguments).out
        self.assertIn(f"miss: {listed[0]['id_a']} and {listed[0]['id_b']}", without)
        self.assertNotIn("What differs", without)
        texts = self.evaluate(*arguments, "--input", self.documents).out
        self.assertGreaterEqual(texts.count("shingles: "), 2)

    def test_labels_on_ids_that_the_crawl_does_not_hold(self):
        labels = self.write("labels.tsv", "id\tcluster\ns1\t1\ns2\t2\nnobody\t2\nnowhere\t3\n")
        done = self.evaluate("--labels", labels, self.out, "--input", self.documents, "--json",
                             code=1)
        self.assertIn("2 labelled ids are in no document and left out: nobody, nowhere", done.err)
        scores = json.loads(done.out)
        self.assertEqual((scores["unknown_ids"], scores["unknown"]), (2, ["nobody", "nowhere"]))
        self.assertEqual(scores["documents"], 2)
        pairs = self.write("pairs.tsv", "id_a\tid_b\tlabel\ns1\ts2\t0\ns1\tnobody\t1\n")
        done = self.evaluate("--labels", pairs, self.out, "--input", self.documents, "--json",
                             "--quiet", code=1)
        self.assertIn("1 labelled id is in no document and left out: nobody", done.err)
        self.assertEqual(json.loads(done.out)["labelled_pairs"], 1)
        self.evaluate("--labels", pairs, self.out)  # who is not asked cannot tell

    def test_a_crawl_that_cannot_be_read(self):
        labels = self.write("labels.tsv", "id\tcluster\ns1\t1\n")
        done = self.evaluate("--labels", labels, self.out, "--input", self.root / "missing", code=3)
        self.assertIn("missing", done.err)


class Related(EvaluateCase):
    def setUp(self):
        super().setUp()
        self.corpus = self.root / "corpus"
        run("synth", "--out", self.corpus, "--documents", "1500", "--languages", "en,fr", "--quiet")
        self.lists = self.root / "lists"
        self.stories = self.corpus / "truth.stories.tsv"
        self.related = run("related", self.corpus / "documents.jsonl", "--out", self.lists,
                           "--measure", "P@5", "--labels", self.stories)
        self.assertEqual(self.related.returncode, 0, self.related.err)

    def test_precision_is_what_related_measures(self):
        for path in (self.lists, self.lists / "related.jsonl"):
            done = self.evaluate("--related", "--labels", self.stories, "--at", "5", path, "--json")
            scores = json.loads(done.out)
            self.assertIn(f"P@5\t{scores['precision']:.4f}", self.related.out)
            self.assertGreater(scores["ndcg"], 0.6)
            low, high = scores["ndcg_interval"]
            self.assertLess(low, scores["ndcg"])
            self.assertGreater(high, scores["ndcg"])
        table = self.evaluate("--related", "--labels", self.stories, "--at", "5", self.lists).out
        self.assertIn(f"{scores['precision']:.4f} (", table)
        self.assertIn("share of empty lists", table)

    def test_scores_of_compare_are_correlated_with_numbers(self):
        of_story = {}
        for line in self.stories.read_text().splitlines()[1:]:
            name, story = line.split("\t")
            of_story.setdefault(story, []).append(name)
        stories = [ids for ids in of_story.values() if len(ids) > 1]
        pairs = [(ids[0], ids[1], 1) for ids in stories]
        pairs += [(a[0], b[0], 0) for a, b in zip(stories, stories[1:])]
        labels = self.write("scores.tsv", "id_a\tid_b\tlabel\n" + "".join(
            f"{a}\t{b}\t{score}\n" for a, b, score in pairs))
        compared = self.write("compared.tsv", run(
            "compare", self.corpus / "documents.jsonl", "--pairs", labels).out)
        scores = json.loads(self.evaluate("--related", "--labels", labels, compared, "--json").out)
        self.assertEqual((scores["pairs"], scores["scored"]), (len(pairs), len(pairs)))
        self.assertGreater(scores["pearson"], 0.5)
        lists = self.evaluate("--related", "--labels", labels, self.lists).out
        self.assertIn("Pearson correlation", lists)

    def test_options_that_do_not_go_together(self):
        for more in (["--positive", "1"], ["--errors", "3"]):
            done = self.evaluate("--related", "--labels", self.stories, self.lists, *more, code=2)
            self.assertIn(more[0], done.err)
        self.evaluate("--labels", self.stories, self.lists, "--at", "5", code=2)
        self.evaluate("--related", "--labels", self.stories, self.lists, "--at", "0", code=2)
        self.evaluate("--related", "--labels", self.stories, self.root / "missing", code=3)


class OddFiles(EvaluateCase):
    def test_empty_files(self):
        clusters = self.clusters(["a", "b"])
        empty = self.write("empty.tsv", "")
        self.assertIn("empty.tsv: the file is empty",
                      self.evaluate("--labels", empty, clusters, code=3).err)
        header = self.write("header.tsv", "id_a\tid_b\tlabel\n")
        self.assertIn("no labels under the header",
                      self.evaluate("--labels", header, clusters, code=3).err)
        labels = self.write("labels.tsv", "id\tcluster\na\t1\nb\t1\n")
        nothing = self.write("nothing.jsonl", "")
        done = self.evaluate("--labels", labels, nothing)
        self.assertIn("none of the labelled ids stands in a cluster", done.err)

    def test_pairs_given_twice_are_counted_and_against_each_other_refused(self):
        clusters = self.clusters(["a", "b"])
        twice = self.write("twice.tsv", "id_a\tid_b\tlabel\na\tb\t1\nb\ta\t1\na\tb\tyes\n")
        done = self.evaluate("--labels", twice, clusters)
        self.assertIn("2 rows say again", done.err)
        self.assertIn("1 pair judged", done.out)
        against = self.write("against.tsv", "id_a\tid_b\tlabel\na\tb\t1\na\tc\t1\nb\ta\t0\n")
        done = self.evaluate("--labels", against, clusters, code=3)
        self.assertIn("against.tsv:4: ", done.err)
        self.assertIn("in line 2", done.err)

    def test_clusters_that_overlap(self):
        labels = self.write("labels.tsv", "id\tcluster\na\t1\nb\t1\nc\t1\n")
        done = self.evaluate("--labels", labels, self.clusters(["a", "b"], ["b", "c"]))
        self.assertIn("1 labelled id stands in several clusters, and the first counts: b", done.err)
        self.assertNotIn("several", self.evaluate("--labels", labels, "--quiet",
                                                  self.clusters(["a", "b"], ["b", "c"])).err)
        overlap = self.write("overlap.tsv", "id\tcluster\na\t1\na\t2\n")
        done = self.evaluate("--labels", overlap, self.clusters(["a", "b"]), code=3)
        self.assertIn("overlap.tsv:3: ", done.err)

    def test_a_resemblance_that_is_no_number(self):
        labels = self.write("labels.tsv", "id_a\tid_b\tlabel\tresemblance\na\tb\t1\thigh\n")
        done = self.evaluate("--labels", labels, self.clusters(["a", "b"]), code=3)
        self.assertIn('labels.tsv:2: the resemblance "high" is no number from 0 to 1', done.err)


if __name__ == "__main__":
    unittest.main()
