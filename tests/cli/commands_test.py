#!/usr/bin/env python3
"""compare, explain and evaluate: the formats of what they print, ids that are unknown, and the same
decisions as dedup's."""
import gzip
import json
import random
import unittest

from harness import Case, crawl, measures, relation, run, words

HEADER = "id_a\tid_b\trelation\tresemblance\tcontainment_a\tcontainment_b\trelated_score"


class Compare(Case):
    def setUp(self):
        super().setUp()
        self.documents = crawl(seed=21, families=20, singles=20)
        self.text = {d["id"]: d["text"] for d in self.documents}
        self.path = self.write_documents("crawl/a.jsonl", self.documents)

    def write_pairs(self, pairs, header="id_a\tid_b", end="\n"):
        rows = [header] + ["\t".join(pair) for pair in pairs]
        return self.write("pairs.tsv", end.join(rows) + end)

    def compare(self, pairs_file, *arguments, code=0, inputs=None):
        done = run("compare", *(inputs or [self.root / "crawl"]), "--pairs", pairs_file, *arguments)
        self.assertEqual(done.returncode, code, done.err)
        rows = done.out.split("\n")
        self.assertEqual(rows[0], HEADER)
        self.assertEqual(rows.pop(), "")
        return [row.split("\t") for row in rows[1:]], done

    def test_every_pair_comes_back_in_order_with_its_measures(self):
        rng = random.Random(1)
        ids = list(self.text)
        pairs = [tuple(rng.choices(ids, k=2)) for _ in range(2000)]
        pairs += [(i, i) for i in ids[:20]] + pairs[:10]
        families = {}
        for name in ids:
            families.setdefault(name.split("-")[0], []).append(name)
        pairs += [(a, b) for names in families.values() for a in names for b in names]
        rows, done = self.compare(self.write_pairs(pairs))
        self.assertEqual([tuple(row[:2]) for row in rows], pairs)
        kinds = set()
        for a, b, kind, *numbers, _ in rows:
            self.assertEqual(kind, relation(self.text[a], self.text[b]))
            self.assertEqual(tuple(map(float, numbers)), measures(self.text[a], self.text[b]))
            kinds.add(kind)
        self.assertEqual(kinds, {"exact", "near", "contained", "none"})

    def test_pairs_of_dedup_are_measured_alike(self):
        self.dedup(self.root / "crawl", "--pairs")
        pairs = self.lines("pairs.jsonl")
        rows, _ = self.compare(self.write_pairs([(p["id_a"], p["id_b"]) for p in pairs]))
        self.assertEqual([[r[2], *map(float, r[3:6])] for r in rows],
                         [list(p.values())[2:] for p in pairs])

    def test_thresholds_and_shingles_are_those_given(self):
        ids = list(self.text)
        pairs = [(a, b) for a in ids[:40] for b in ids[:40]]
        rows, _ = self.compare(self.write_pairs(pairs), "--threshold", "0.3", "--containment", "0",
                               "--shingle", "2", "--keep-formula", "on")
        for a, b, kind, *numbers, _ in rows:
            self.assertEqual(kind, relation(self.text[a], self.text[b], 0.3, 0, 2))
            self.assertEqual(tuple(map(float, numbers)), measures(self.text[a], self.text[b], 2))

    def test_more_columns_and_line_ends_of_any_kind_are_fine(self):
        pairs = [("s1", "s2", "label", "7"), ("s3", "s4"), ("s5", "s6", "")]
        for header in ("id_a\tid_b\tlabel\tscore", "\ufeffid_a\tid_b"):
            for end in ("\n", "\r\n"):
                rows, _ = self.compare(self.write_pairs(pairs, header, end))
                self.assertEqual([row[:2] for row in rows], [list(p[:2]) for p in pairs])
        packed = self.write("pairs.tsv.gz",
                            gzip.compress(self.write_pairs(pairs).read_bytes()))
        self.assertEqual(len(self.compare(packed)[0]), 3)

    def test_unknown_ids_leave_empty_cells_and_are_listed(self):
        rows, done = self.compare(self.write_pairs(
            [("s1", "nobody"), ("s1", "s2"), ("nowhere", "nobody")]))
        self.assertEqual(rows[0], ["s1", "nobody", "", "", "", "", ""])
        self.assertEqual(rows[1][2], "none")
        self.assertEqual(rows[2], ["nowhere", "nobody", "", "", "", "", ""])
        for name in ("nobody", "nowhere"):
            self.assertEqual(sum(line.endswith(" " + name) for line in done.err.splitlines()), 1)

    def test_ids_of_rows_without_one_are_file_and_line(self):
        path = self.write("x.jsonl", '{"text":"a b c d e f g"}\n\n{"text":"a b c d e f g"}\n')
        rows, _ = self.compare(self.write_pairs([(f"{path}:1", f"{path}:3")]), inputs=[path])
        self.assertEqual(rows[0][2], "exact")

    def test_of_documents_with_one_id_the_first_counts(self):
        path = self.write_documents("x.jsonl", [{"id": "x", "text": "one two three"},
                                                {"id": "x", "text": "four five six"},
                                                {"id": "y", "text": "One, two, three!"}])
        rows, _ = self.compare(self.write_pairs([("x", "y")]), inputs=[path])
        self.assertEqual(rows[0][2], "exact")

    def test_empty_texts_are_no_copies(self):
        path = self.write_documents("x.jsonl", [{"id": "x", "text": ""}, {"id": "y", "text": ""}])
        rows, _ = self.compare(self.write_pairs([("x", "y"), ("x", "x")]), inputs=[path])
        self.assertEqual([row[2:] for row in rows], [["none", "0", "0", "0", "0"]] * 2)

    def test_no_pairs_are_a_header(self):
        self.assertEqual(self.compare(self.write_pairs([]))[0], [])

    def test_the_pairs_file_must_make_sense(self):
        for content, says in (("", "is empty"), ("a\tb\n1\t2\n", ":1: the header"),
                              ("id_a\tid_b\ns1\n", ":2: two ids")):
            path = self.write("bad.tsv", content)
            done = run("compare", self.path, "--pairs", path)
            self.assertEqual((done.returncode, done.out), (3, ""))
            self.assertIn(str(path), done.err)
            self.assertIn(says, done.err)
        done = run("compare", self.path, "--pairs", self.root / "missing.tsv")
        self.assertEqual(done.returncode, 3)

    def test_a_missing_input_is_exit_code_three_and_the_others_are_compared(self):
        missing = self.root / "missing.jsonl"
        rows, done = self.compare(self.write_pairs([("s1", "s1")]), code=3,
                                  inputs=[missing, self.path])
        self.assertEqual(rows[0][2], "exact")
        self.assertIn(str(missing), done.err)

    def test_standard_input_is_read(self):
        pairs = self.write_pairs([("s1", "s1"), ("s1", "s2")])
        done = run("compare", "-", "--pairs", pairs, stdin=self.path.read_bytes())
        self.assertEqual([row.split("\t")[2] for row in done.out.splitlines()[1:]],
                         ["exact", "none"])

    def test_quiet_prints_the_table_only(self):
        done = run("compare", self.path, "--pairs", self.write_pairs([("s1", "s2")]), "--quiet")
        self.assertEqual(done.err, "")
        self.assertEqual(done.out.count("\n"), 2)


class Explain(Case):
    def setUp(self):
        super().setUp()
        rng = random.Random(22)
        base = words(rng, 80)
        changed = list(base)
        changed[40] = "4711"
        self.path = self.write_documents("in.jsonl", [
            {"id": "a", "title": "First", "text": " ".join(base)},
            {"id": "b", "title": "Second", "text": " ".join(changed)},
            {"id": "ar1", "text": "أعلنت الوزارة اليوم عن افتتاح 3 مدارس جديدة في المدينة القديمة"},
            {"id": "ar2", "text": "أعلنت الوزارة اليوم عن افتتاح 5 مدارس جديدة في المدينة القديمة"},
            {"id": "x", "text": "nothing in common"}])
        self.replaced = base[40]

    def test_what_differs_is_shown(self):
        done = run("explain", self.path, "a", "b")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("near", done.out)
        self.assertIn("4711", done.out)
        self.assertIn(self.replaced, done.out)
        self.assertNotIn("\x1b", done.out)

    def test_right_to_left_text_is_isolated(self):
        done = run("explain", self.path, "ar1", "ar2", "--width", "80")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("\u2068", done.out)
        self.assertEqual(done.out.count("\u2068"), done.out.count("\u2069"))

    def test_color_only_where_asked_for(self):
        self.assertIn("\x1b", run("explain", self.path, "a", "b", "--color", "always").out)

    def test_texts_that_are_no_copies_are_explained_too(self):
        done = run("explain", self.path, "a", "x")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn("not copies", done.out)

    def test_unknown_ids_are_named(self):
        done = run("explain", self.path, "a", "nobody")
        self.assertEqual((done.returncode, done.out), (3, ""))
        self.assertIn("nobody", done.err)


class Evaluate(Case):
    def test_dedup_and_evaluate_go_together(self):
        documents = crawl(seed=23, families=30, singles=30)
        self.dedup(self.write_documents("in.jsonl", documents))
        labels = self.write("labels.tsv", "id\tcluster\n" + "".join(
            f"{d['id']}\t{d['id'].split('-')[0]}\n" for d in documents))
        for place in (self.out, self.out / "clusters.jsonl"):
            done = run("evaluate", "--labels", labels, place, "--json")
            self.assertEqual(done.returncode, 0, done.err)
            scores = json.loads(done.out)
            self.assertGreater(scores["pair_precision"], 0.99)
            for key in ("pair_f1", "bcubed_f1", "adjusted_rand"):
                self.assertGreater(scores[key], 0.7)

    def test_pairs_with_labels_need_their_meaning(self):
        self.dedup(self.write_documents("in.jsonl", [
            {"id": "a", "text": "same words here"}, {"id": "b", "text": "same words here"},
            {"id": "c", "text": "others"}]))
        labels = self.write("labels.tsv", "id_a\tid_b\tlabel\na\tb\tND\na\tc\tTOP\n")
        done = run("evaluate", "--labels", labels, self.out, "--positive", "ND", "--json")
        scores = json.loads(done.out)
        self.assertEqual((scores["pair_precision"], scores["pair_recall"], scores["pair_f1"]),
                         (1, 1, 1))
        done = run("evaluate", "--labels", labels, self.out)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--positive", done.err)
        self.assertIn("ND", done.err)

    def test_files_that_are_missing_are_named(self):
        labels = self.write("labels.tsv", "id\tcluster\na\t1\n")
        for arguments in ((labels, self.root / "missing"), (self.root / "missing", labels)):
            done = run("evaluate", "--labels", *arguments)
            self.assertEqual(done.returncode, 3)
            self.assertIn("missing", done.err)


if __name__ == "__main__":
    unittest.main()
