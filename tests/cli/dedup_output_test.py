#!/usr/bin/env python3
"""What dedup writes: each file's format, the kept lines byte for byte, and measures that are those
of the definition."""
import gzip
import json
import shutil
import subprocess
import unittest

from harness import Case, crawl, line_of, measures, read_lines, relation

MEMBER_KEYS = ["id", "file", "line", "relation", "resemblance", "containment",
               "containment_of_representative"]


def ordered_keys(line):
    return list(json.loads(line, object_pairs_hook=dict))


class Contract(Case):
    """One crawl in two files, read once; all of its output held against the definition."""

    @classmethod
    def setUpClass(cls):
        cls.documents = crawl(seed=1, families=40, singles=60)
        cls.text = {d["id"]: d["text"] for d in cls.documents}

    def setUp(self):
        super().setUp()
        half = len(self.documents) // 2
        self.files = [self.write_documents("crawl/a.jsonl", self.documents[:half]),
                      self.write_documents("crawl/b.jsonl", self.documents[half:])]
        self.dedup(self.root / "crawl", "--pairs")
        self.place = {}
        for file, part in zip(self.files, (self.documents[:half], self.documents[half:])):
            self.place.update({d["id"]: (str(file), i + 1) for i, d in enumerate(part)})
        self.clusters = self.lines("clusters.jsonl")

    def test_the_files_are_those_that_are_documented(self):
        self.assert_whole("pairs.jsonl")

    def test_the_counts_add_up_and_are_those_of_the_files(self):
        read, kept, removed, rejected, clusters = self.counts()
        self.assertEqual(read, len(self.documents))
        self.assertEqual(kept, len(self.lines("kept.jsonl")))
        self.assertEqual(rejected, 0)
        self.assertEqual(clusters, len(self.clusters))
        self.assertEqual(removed, sum(c["size"] - 1 for c in self.clusters))
        self.assertGreater(clusters, 30)

    def test_kept_lines_are_input_lines_in_input_order(self):
        removed = {m["id"] for c in self.clusters for m in c["members"][1:]}
        lines = b"".join(file.read_bytes() for file in self.files).splitlines(True)
        expected = b"".join(line for line in lines if json.loads(line)["id"] not in removed)
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), expected)

    def test_clusters_have_the_documented_fields_in_order(self):
        for line in (self.out / "clusters.jsonl").read_text().splitlines():
            self.assertEqual(ordered_keys(line), ["cluster", "size", "min_resemblance", "members"])
            cluster = json.loads(line)
            self.assertGreaterEqual(cluster["size"], 2)
            self.assertEqual(cluster["size"], len(cluster["members"]))
            self.assertEqual(cluster["cluster"], cluster["members"][0]["id"])
            self.assertEqual(cluster["min_resemblance"],
                             min(m["resemblance"] for m in cluster["members"]))
            for member in cluster["members"]:
                self.assertEqual(list(member), MEMBER_KEYS)
                self.assertEqual((member["file"], member["line"]), self.place[member["id"]])

    def test_members_are_measured_against_their_representative(self):
        for cluster in self.clusters:
            first, *others = cluster["members"]
            self.assertEqual((first["relation"], first["resemblance"], first["containment"],
                              first["containment_of_representative"]), ("representative", 1, 1, 1))
            for member in others:
                a, b = self.text[member["id"]], self.text[first["id"]]
                self.assertEqual(member["relation"], relation(a, b))
                self.assertEqual((member["resemblance"], member["containment"],
                                  member["containment_of_representative"]), measures(a, b))

    def test_what_is_removed_stands_in_what_is_kept(self):
        for cluster in self.clusters:
            for member in cluster["members"][1:]:
                self.assertTrue(member["resemblance"] >= 0.6 or member["containment"] >= 0.8,
                                member)

    def test_a_document_is_in_one_cluster_at_most(self):
        ids = [m["id"] for c in self.clusters for m in c["members"]]
        self.assertEqual(len(ids), len(set(ids)))

    def test_exact_copies_are_always_together(self):
        by_text = {}
        for document in self.documents:
            by_text.setdefault(document["text"], set()).add(document["id"])
        cluster_of = {m["id"]: c["cluster"] for c in self.clusters for m in c["members"]}
        for ids in by_text.values():
            self.assertEqual(len({cluster_of.get(i, i) for i in ids}), 1)

    def test_pairs_are_right_and_none_of_those_that_resemble_is_missing(self):
        found = {}
        for line in (self.out / "pairs.jsonl").read_text().splitlines():
            self.assertEqual(ordered_keys(line), ["id_a", "id_b", "relation", "resemblance",
                                                  "containment_a", "containment_b"])
            pair = json.loads(line)
            a, b = self.text[pair["id_a"]], self.text[pair["id_b"]]
            self.assertEqual(pair["relation"], relation(a, b))
            self.assertNotEqual(pair["relation"], "none")
            self.assertEqual((pair["resemblance"], pair["containment_a"], pair["containment_b"]),
                             measures(a, b))
            key = (pair["id_a"], pair["id_b"])
            self.assertNotIn(key, found)
            found[key] = pair
        order = {d["id"]: i for i, d in enumerate(self.documents)}
        keys = [(order[a], order[b]) for a, b in found]
        self.assertEqual(keys, sorted(keys))
        self.assertTrue(all(a < b for a, b in keys))
        missed = 0
        for i, a in enumerate(self.documents):
            for b in self.documents[i + 1:]:
                resemblance = measures(a["text"], b["text"])[0]
                if resemblance >= 0.6 and (a["id"], b["id"]) not in found:
                    missed += 1
                    self.assertLess(resemblance, 0.8)
        self.assertLess(missed, 0.05 * len(found))

    def test_the_summary_has_the_documented_fields(self):
        summary = self.summary()
        self.assertEqual([k for k in summary if k != "input_errors"],
                         ["recipe", "counts", "seconds", "bytes", "peak_memory",
                          "predicted_recall"])
        self.assertEqual(list(summary["counts"])[:5],
                         ["read", "kept", "removed", "rejected", "clusters"])
        self.assertEqual(summary["bytes"], sum(f.stat().st_size for f in self.files))
        self.assertGreater(summary["peak_memory"], 1_000_000)
        self.assertTrue(all(s >= 0 for s in summary["seconds"].values()))
        for key in ("normalizer", "unicode", "cleaning", "tokenizer", "shingle", "sketch", "seed",
                    "length", "bands", "rows"):
            self.assertIn(key, summary["recipe"])
        self.assertGreaterEqual(summary["predicted_recall"]["at_threshold"], 0.95)


class Lines(Case):
    def test_lines_are_kept_with_whatever_stands_in_them(self):
        lines = [
            b'{"text":"one two three four five six","id":"a","z":[1, 2,  {"y":null}],"a":1e5}\n',
            b'  { "id" : "b" , "text" : "\\u0041nother \\/ line \\ud83d\\ude00" }  \n',
            '{"id":"c","text":"نص عربي قصير هنا الآن","مفتاح":"قيمة"}\n'.encode(),
            b'{"id":"d","text":"carriage return at the end of this"}\r\n',
            b'{"id":"e","id":"f","text":"a key that stands twice in it"}\n',
        ]
        self.dedup(self.write("in.jsonl", b"".join(lines)))
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), b"".join(lines))

    def test_the_last_line_gets_its_end(self):
        self.dedup(self.write("in.jsonl", '{"id":"a","text":"no end of line"}'))
        self.assertEqual((self.out / "kept.jsonl").read_text(),
                         '{"id":"a","text":"no end of line"}\n')

    def test_blank_lines_are_counted_nowhere_and_still_have_numbers(self):
        self.dedup(self.write("in.jsonl", '\n{"text":"one"}\n \t\r\n\r\n{"text":"two"}\nx\n\n'))
        self.assertEqual(self.counts(), (3, 2, 0, 1, 0))
        self.assertEqual(self.lines("rejected.jsonl")[0]["line"], 6)

    def test_a_missing_id_is_file_and_line(self):
        path = self.write("in.jsonl", '\n{"text":"the same text twice"}\n'
                                      '{"id":null,"text":"the same text twice"}\n'
                                      '{"id":"","text":"the same text twice"}\n')
        self.dedup(path)
        members = self.lines("clusters.jsonl")[0]["members"]
        self.assertEqual({m["id"] for m in members}, {f"{path}:{n}" for n in (2, 3, 4)})

    def test_a_number_as_id_is_its_digits(self):
        numbers = ["7", "-1", "12345678901234567890123", "1e3", "1.0"]
        text = '"text":"the same text again and again"'
        self.dedup(self.write("in.jsonl", "".join(f'{{"id":{n},{text}}}\n' for n in numbers)))
        ids = {m["id"] for m in self.lines("clusters.jsonl")[0]["members"]}
        self.assertEqual(ids, set(numbers))

    def test_the_same_id_twice_is_two_documents(self):
        a = self.write("a.jsonl", line_of(id="x", text="first text of this id here"))
        b = self.write("b.jsonl", line_of(id="x", text="another text of this id there")
                       + line_of(id="x", text="first text of this id here"))
        self.dedup(a, b)
        self.assertEqual(self.counts(), (3, 2, 1, 0, 1))
        places = {(m["file"], m["line"]) for m in self.lines("clusters.jsonl")[0]["members"]}
        self.assertEqual(places, {(str(a), 1), (str(b), 2)})

    def test_ids_of_any_kind_come_out_as_they_went_in(self):
        ids = ["a\tb", 'quote " and \\', "سطر", "😀", "new\nline", "nul\0", " ", "x" * 5000]
        self.dedup(self.write_documents(
            "in.jsonl", [{"id": i, "text": "one and the same text for all"} for i in ids]))
        members = self.lines("clusters.jsonl")[0]["members"]
        self.assertEqual({m["id"] for m in members}, set(ids))

    def test_a_byte_order_mark_at_the_beginning_is_no_reject(self):
        self.dedup(self.write("in.jsonl", b"\xef\xbb\xbf" + line_of(id="a", text="t").encode()))
        self.assertEqual(self.counts(), (1, 1, 0, 0, 0))
        self.assertEqual(self.kept_ids(), ["a"])

    def test_rejected_rows_name_file_line_and_reason(self):
        path = self.write("in.jsonl", b'{"text":"fine"}\n[]\n{"text":1}\n{"id":"x"}\n\xff\nx\n')
        done = self.dedup(path)
        text = (self.out / "rejected.jsonl").read_text()
        for line in text.splitlines():
            self.assertEqual(ordered_keys(line), ["file", "line", "reason"])
        rejected = self.lines("rejected.jsonl")
        self.assertEqual([(r["file"], r["line"]) for r in rejected],
                         [(str(path), n) for n in (2, 3, 4, 5, 6)])
        for row in rejected:
            self.assertIn(f"{path}:{row['line']}: {row['reason']}", done.err)
        self.assertEqual(self.counts(), (6, 1, 0, 5, 0))

    def test_texts_that_differ_only_in_form_are_exact(self):
        self.dedup(self.write_documents("in.jsonl", [
            {"id": "a", "text": "Café, don’t GO — ١٢٣ ملكُ"},
            {"id": "b", "text": "cafe\u0301 don't go 123 ملك"},
        ]))
        self.assertEqual([m["relation"] for m in self.lines("clusters.jsonl")[0]["members"]],
                         ["representative", "exact"])

    def test_texts_without_a_word_are_no_copies_of_each_other(self):
        self.dedup(self.write_documents("in.jsonl", [{"id": i, "text": t} for i, t in enumerate(
            ["", " ", "...", "?!", "", "\n"])]))
        self.assertEqual(self.counts(), (6, 6, 0, 0, 0))

    def test_texts_shorter_than_a_shingle_can_be_copies(self):
        self.dedup(self.write_documents("in.jsonl", [
            {"id": "a", "text": "Breaking"}, {"id": "b", "text": "breaking!"},
            {"id": "c", "text": "Breaking news"}, {"id": "d", "text": "breaking, news."}]))
        self.assertEqual({frozenset(m["id"] for m in c["members"])
                          for c in self.lines("clusters.jsonl")},
                         {frozenset("ab"), frozenset("cd")})


class Inputs(Case):
    def test_files_directories_and_compression_mix(self):
        rows = [line_of(id=str(n), text=f"text number {n} is not like the others {n * n}").encode()
                for n in range(6)]
        self.write("crawl/b.jsonl", rows[1])
        self.write("crawl/a/x.ndjson.gz", gzip.compress(rows[0]))
        self.write("crawl/c.json", rows[2])
        self.write("crawl/notes.txt", b"not read")
        last = self.write("named.dump", gzip.compress(rows[3]) + gzip.compress(rows[4]))
        if shutil.which("zstd"):
            more = subprocess.run(["zstd", "-c"], input=rows[5], capture_output=True, check=True)
            more = [self.write("z.jsonl.zst", more.stdout * 2)]
        else:
            more = []
        self.dedup(self.root / "crawl", last, *more)
        expected = b"".join(rows[:5] + (rows[5:] if more else []))
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), expected)

    def test_standard_input_is_read(self):
        rows = line_of(id="a", text="from a pipe") + line_of(text="without an id")
        self.dedup("-", stdin=rows.encode())
        self.assertEqual((self.out / "kept.jsonl").read_text(), rows)
        self.assert_whole()

    def test_standard_input_may_be_compressed_and_between_files(self):
        rows = [line_of(id=i, text=f"row {i} of three {i}").encode() for i in "abc"]
        self.dedup(self.write("1.jsonl", rows[0]), "-", self.write("3.jsonl", rows[2]),
                   stdin=gzip.compress(rows[1]))
        self.assertEqual(self.kept_ids(), ["a", "b", "c"])

    def test_rows_of_standard_input_are_named_by_a_dash(self):
        self.dedup("-", stdin=b'{"text":"twice the same"}\n{"text":"twice the same"}\nx\n')
        members = self.lines("clusters.jsonl")[0]["members"]
        self.assertEqual({(m["id"], m["file"]) for m in members}, {("-:1", "-"), ("-:2", "-")})
        self.assertEqual(self.lines("rejected.jsonl")[0]["file"], "-")

    def test_fields_can_be_renamed_and_nested(self):
        rows = [{"meta": {"key": "a", "when": "2020-01-01", "site": "s1"},
                 "content": {"body": "the body of it all"}, "text": "not this"},
                {"meta": {"key": "b", "when": "2019-01-01", "site": "s2"},
                 "content": {"body": "the body of it all"}, "text": "nor this"}]
        path = self.write_documents("in.jsonl", rows)
        names = ["--text-field", "content.body", "--id-field", "meta.key", "--date-field",
                 "meta.when", "--source-field", "meta.site"]
        self.dedup(path, *names, "--keep", "earliest")
        self.assertEqual(self.lines("kept.jsonl"), rows[1:])
        self.dedup(path, *names, "--keep", "source:s1", "--overwrite")
        self.assertEqual(self.lines("kept.jsonl"), rows[:1])

    def test_no_input_file_at_all_in_a_directory_is_an_error(self):
        (self.root / "empty").mkdir()
        done = self.dedup(self.root / "empty", code=3)
        self.assertIn("empty: holds no *.jsonl", done.err)
        self.assert_nothing_left()

    def test_empty_files_are_fine(self):
        self.dedup(self.write("a.jsonl", b""), self.write("b.jsonl.gz", gzip.compress(b"")))
        self.assertEqual(self.counts(), (0, 0, 0, 0, 0))


class Outputs(Case):
    def setUp(self):
        super().setUp()
        self.documents = crawl(seed=2, families=10, singles=10)
        self.path = self.write_documents("in/a.jsonl", self.documents)

    def reference(self):
        out = self.root / "reference"
        self.dedup(self.path, out=out)
        return out

    def test_gzip_holds_the_same_lines(self):
        kept = (self.reference() / "kept.jsonl").read_bytes()
        self.dedup(self.path, "--compress", "gz")
        self.assertEqual(gzip.decompress((self.out / "kept.jsonl.gz").read_bytes()), kept)
        self.assertFalse((self.out / "kept.jsonl").exists())

    def test_zstd_holds_the_same_lines(self):
        kept = (self.reference() / "kept.jsonl").read_bytes()
        self.dedup(self.path, "--compress", "zst")
        if shutil.which("zstd"):
            done = subprocess.run(["zstd", "-dc", self.out / "kept.jsonl.zst"], check=True,
                                  capture_output=True)
            self.assertEqual(done.stdout, kept)
        again = self.root / "again"
        self.dedup(self.out / "kept.jsonl.zst", "--threshold", "1", "--containment", "0", out=again)
        self.assertEqual((again / "kept.jsonl").read_bytes(), kept)

    def test_clusters_only_writes_no_kept_lines_and_counts_alike(self):
        self.reference()
        self.dedup(self.path, "--clusters-only")
        self.assertEqual({p.name for p in self.out.iterdir()},
                         {"clusters.jsonl", "rejected.jsonl", "summary.json"})
        self.assertEqual(self.counts(), self.counts(self.root / "reference"))
        self.assertEqual((self.out / "clusters.jsonl").read_bytes(),
                         (self.root / "reference/clusters.jsonl").read_bytes())

    def test_annotate_keeps_every_line_with_its_cluster(self):
        reference = self.reference()
        role = {m["id"]: (c["cluster"], m["relation"])
                for c in self.lines("clusters.jsonl", reference) for m in c["members"]}
        self.dedup(self.path, "--annotate")
        rows = self.lines("kept.jsonl")
        self.assertEqual([r["id"] for r in rows], [d["id"] for d in self.documents])
        for row, document in zip(rows, self.documents):
            cluster, kind = role.get(row["id"], (row["id"], "representative"))
            self.assertEqual((row["cluster"], row["cluster_relation"]), (cluster, kind))
            self.assertEqual(row["text"], document["text"])
        read, kept, removed, _, _ = self.counts()
        self.assertEqual((kept, removed), (read, 0))

    def test_annotating_what_is_annotated_changes_nothing(self):
        rows = ['{"id": "1", "text": "one", "x": ",\\"cluster\\":\\"2\\""}',
                '{"id": "q\\"\\\\", "text": "two", "more": {"cluster": "y", "cluster_relation": "z"}} ',
                '{"id": "3", "text": "one"}']
        self.dedup(self.write("c.jsonl", "\n".join(rows) + "\n"), "--annotate")
        once = (self.out / "kept.jsonl").read_bytes()
        self.dedup(self.write("d.jsonl", once), "--annotate", "--overwrite")
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), once)
        self.assertEqual([row["cluster"] for row in self.lines("kept.jsonl")],
                         ["1", 'q"\\', "1"])

    def test_annotated_lines_and_no_lines_at_all_exclude_each_other(self):
        done = self.dedup(self.path, "--annotate", "--clusters-only", code=2)
        self.assertIn("clusters-only", done.err)
        self.assert_nothing_left()

    def test_annotated_lines_begin_as_the_input_lines_do(self):
        rows = ['{"id":"a","text":"first one"}', ' { "id" : "b", "text":"second}" } ',
                '{"id":"c","text":"third","x":{"y":{}}}\r']
        self.dedup(self.write("b.jsonl", "\n".join(rows) + "\n"), "--annotate")
        kept = (self.out / "kept.jsonl").read_bytes().decode().split("\n")
        for row, line in zip(rows, kept):
            self.assertTrue(line.startswith(row[:row.rindex("}")]), line)
            self.assertEqual(json.loads(line)["cluster_relation"], "representative")

    def test_split_like_input_writes_a_file_for_each(self):
        b = self.write("in/sub/a.jsonl.gz", gzip.compress(self.path.read_bytes()))
        empty = self.write("in/z.jsonl", "")
        self.dedup(self.path, b, empty, "--split-like-input")
        names = {str(p.relative_to(self.out / "kept"))
                 for p in (self.out / "kept").rglob("*") if p.is_file()}
        self.assertEqual(names, {"a.jsonl", "sub/a.jsonl", "z.jsonl"})
        first = read_lines(self.out / "kept/a.jsonl")
        second = read_lines(self.out / "kept/sub/a.jsonl")
        self.assertEqual(len(first) + len(second), self.counts()[1])
        self.assertEqual((self.out / "kept/z.jsonl").read_bytes(), b"")
        ids = [d["id"] for d in self.documents]
        for rows in (first, second):
            order = [ids.index(r["id"]) for r in rows]
            self.assertEqual(order, sorted(order))

    def test_split_files_are_compressed_where_asked_for(self):
        self.dedup(self.path, "--split-like-input", "--compress", "gz")
        name = self.out / "kept/a.jsonl.gz"
        self.assertEqual(len(gzip.decompress(name.read_bytes()).splitlines()), self.counts()[1])

    def test_inputs_of_one_name_are_split_into_files_of_their_own(self):
        other = self.write("other/a.jsonl", line_of(id="z", text="something else altogether now"))
        self.dedup(self.path, other, self.path, "-", "--split-like-input",
                   stdin=line_of(id="p", text="out of the pipe comes this text").encode())
        files = sorted(p for p in (self.out / "kept").rglob("*") if p.is_file())
        self.assertEqual(len(files), 4)
        self.assertEqual(sum(len(read_lines(f)) for f in files), self.counts()[1])

    def test_a_directory_that_is_not_empty_is_refused(self):
        self.write("out/precious.txt", "mine")
        done = self.dedup(self.path, code=2)
        self.assertIn("--overwrite", done.err)
        self.assertIn(str(self.out), done.err)
        self.assert_nothing_left("precious.txt")

    def test_overwrite_replaces_a_former_output_and_touches_nothing_else(self):
        self.dedup(self.path, "--pairs", "--compress", "gz")
        self.write("out/precious.txt", "mine")
        self.dedup(self.path, "--overwrite")
        self.assert_whole("precious.txt")

    def test_overwrite_leaves_the_former_output_where_the_run_fails(self):
        self.dedup(self.path)
        before = {p.name: p.read_bytes() for p in self.out.iterdir()}
        self.dedup(self.path, "--overwrite", "--threshold", "7", code=2)
        self.dedup(self.path, "--overwrite", "--memory", "1M", code=2)
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, before)

    def test_an_output_never_replaces_its_own_input(self):
        self.dedup(self.path)
        kept = (self.out / "kept.jsonl").read_bytes()
        for arguments in ([self.out / "kept.jsonl"], [self.path, "--against", self.out]):
            run = self.dedup(*arguments, "--overwrite", code=2)
            self.assertIn("would be replaced", run.err)
            self.assertEqual((self.out / "kept.jsonl").read_bytes(), kept)

    def test_an_output_directory_that_is_a_file_is_refused(self):
        self.write("out", "a file")
        self.assertIn("is not a directory", self.dedup(self.path, code=2).err)

    def test_missing_parents_of_the_output_are_made(self):
        self.dedup(self.path, out=self.root / "x/y/z")
        self.assert_whole(out=self.root / "x/y/z")

    def test_an_output_inside_the_input_is_not_read(self):
        out = self.root / "in" / "out"
        self.dedup(self.root / "in", out=out)
        self.assertEqual(self.counts(out)[0], len(self.documents))

    def test_a_former_output_inside_the_input_is_not_read_again(self):
        out = self.root / "in" / "out"
        self.dedup(self.root / "in", out=out)
        before = self.counts(out)
        self.dedup(self.root / "in", "--overwrite", out=out)
        self.assertEqual(self.counts(out), before)

    def test_quiet_says_nothing(self):
        for more in ([], ["--pairs"], ["--annotate"]):
            done = self.dedup(self.path, "--quiet", "--overwrite", *more)
            self.assertEqual((done.out, done.err), ("", ""))
        bad = self.write("bad.jsonl", "x\n")
        done = self.dedup(bad, "--quiet", "--overwrite")
        self.assertEqual((done.out, done.err), ("", ""))

    def test_quiet_still_says_which_file_could_not_be_read(self):
        missing = self.root / "missing.jsonl"
        done = self.dedup(self.path, missing, "--quiet", code=3)
        self.assertIn(str(missing), done.err)

    def test_plain_lines_of_progress_where_there_is_no_terminal(self):
        done = self.dedup(self.path)
        self.assertEqual(done.out, "")
        self.assertNotIn("\x1b", done.err)
        self.assertNotIn("\r", done.err)
        self.assertTrue(all(line.startswith("kithkin: ") for line in done.err.splitlines()))
        self.assertIn(f"{len(self.documents)} read", done.err)

    def test_strict_turns_rejects_into_exit_code_one(self):
        bad = self.write("bad.jsonl", "x\n")
        self.dedup(self.path, "--strict")
        self.dedup(self.path, bad, "--overwrite")
        self.dedup(self.path, bad, "--overwrite", "--strict", code=1)
        self.assert_whole()
        self.assertEqual(self.counts()[3], 1)


if __name__ == "__main__":
    unittest.main()
