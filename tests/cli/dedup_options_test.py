#!/usr/bin/env python3
"""What the options of dedup decide: which copy stays, what counts as one, what older crawls hold;
and what a mistyped command says."""
import gzip
import random
import unittest

from harness import Case, crawl, edited, line_of, measures, relation, run, words


class Keep(Case):
    """One article five times; who stays is the policy's choice."""

    def setUp(self):
        super().setUp()
        rng = random.Random(3)
        base = words(rng, 100)
        self.documents = [
            {"id": "c", "text": " ".join(base), "date": "2015-07-23T08:00:00+03:00", "source": "x"},
            {"id": "e", "text": " ".join(base + words(rng, 9)), "date": 1437628000, "source": "y"},
            {"id": "a", "text": " ".join(base), "source": "z"},
            {"id": "d", "text": " ".join(base + words(rng, 4)),
             "date": "Thu, 23 Jul 2015 04:59:59 GMT", "source": "x"},
            {"id": "b", "text": " ".join(base + words(rng, 9)), "date": "garbage", "source": "z"},
        ]
        self.path = self.write_documents("in.jsonl", self.documents)

    def kept(self, *arguments):
        self.dedup(self.path, "--overwrite", *arguments)
        cluster, = self.lines("clusters.jsonl")
        self.assertEqual(cluster["size"], 5)
        self.assertEqual(self.kept_ids(), [cluster["cluster"]])
        return cluster["cluster"]

    def test_longest_is_the_default_and_ties_end_in_the_id(self):
        self.assertEqual(self.kept(), "b")
        self.assertEqual(self.kept("--keep", "longest"), "b")

    def test_first(self):
        self.assertEqual(self.kept("--keep", "first"), "c")

    def test_earliest_reads_every_kind_of_date(self):
        self.assertEqual(self.kept("--keep", "earliest"), "d")

    def test_earliest_without_dates_ends_in_the_id(self):
        self.assertEqual(self.kept("--keep", "earliest", "--date-field", "none"), "a")

    def test_source_in_the_order_given_and_then_the_longest(self):
        self.assertEqual(self.kept("--keep", "source:y,x,z"), "e")
        self.assertEqual(self.kept("--keep", "source:x,y"), "d")
        self.assertEqual(self.kept("--keep", "source:z"), "b")
        self.assertEqual(self.kept("--keep", "source:nobody"), "b")

    def test_the_representative_comes_first_and_the_others_in_input_order(self):
        self.kept("--keep", "source:y")
        self.assertEqual([m["id"] for m in self.lines("clusters.jsonl")[0]["members"]],
                         ["e", "c", "a", "d", "b"])


class Containment(Case):
    """A text is dropped as contained only when the kept one holds it."""

    def setUp(self):
        super().setUp()
        rng = random.Random(4)
        self.long = words(rng, 400)
        self.documents = [{"id": "short", "text": " ".join(self.long[40:100])},
                          {"id": "long", "text": " ".join(self.long)}]
        self.path = self.write_documents("in.jsonl", self.documents)

    def pairs(self, *arguments):
        self.dedup(self.path, "--pairs", "--overwrite", *arguments)
        return [(p["id_a"], p["id_b"], p["relation"]) for p in self.lines("pairs.jsonl")]

    # At a resemblance of 0.15 a pair is proposed by luck; a threshold this low proposes it surely.
    LOW = ["--threshold", "0.2"]

    def test_the_short_one_is_dropped_for_the_long_one(self):
        self.assertEqual(self.pairs(*self.LOW), [("short", "long", "contained")])
        self.assertEqual(self.kept_ids(), ["long"])
        member = self.lines("clusters.jsonl")[0]["members"][1]
        self.assertEqual((member["relation"], member["containment"]), ("contained", 1))
        self.assertLess(member["containment_of_representative"], 0.2)

    def test_no_policy_drops_the_long_one_for_the_short_one(self):
        for keep in ("first", "earliest", "source:s"):
            self.assertEqual(self.pairs(*self.LOW, "--keep", keep),
                             [("short", "long", "contained")])
            self.assertIn("long", self.kept_ids())

    def test_zero_turns_it_off(self):
        self.assertEqual(self.pairs(*self.LOW, "--containment", "0"), [])
        self.assertEqual(self.kept_ids(), ["short", "long"])

    def test_no_policy_loses_text_in_a_whole_crawl(self):
        documents = crawl(seed=5, families=40, singles=5, length=80)
        text = {d["id"]: d["text"] for d in documents}
        path = self.write_documents("crawl.jsonl", documents)
        for keep in ("longest", "first", "earliest"):
            self.dedup(path, "--overwrite", "--keep", keep, "--threshold", "0.5")
            removed = 0
            for cluster in self.lines("clusters.jsonl"):
                for member in cluster["members"][1:]:
                    removed += 1
                    resemblance, own, _ = measures(text[member["id"]], text[cluster["cluster"]])
                    self.assertTrue(resemblance >= 0.5 or own >= 0.8, (keep, member))
            self.assertEqual(removed, self.counts()[2])
            self.assertGreater(removed, 60)


class Thresholds(Case):
    def setUp(self):
        super().setUp()
        self.documents = crawl(seed=6, families=30, singles=20)
        self.text = {d["id"]: d["text"] for d in self.documents}
        self.path = self.write_documents("in.jsonl", self.documents)

    def check(self, *arguments, size=5, **limits):
        self.dedup(self.path, "--pairs", "--overwrite", "--keep-formula", "on", *arguments)
        pairs = self.lines("pairs.jsonl")
        for pair in pairs:
            a, b = self.text[pair["id_a"]], self.text[pair["id_b"]]
            self.assertEqual(pair["relation"], relation(a, b, size=size, **limits))
            self.assertEqual((pair["resemblance"], pair["containment_a"], pair["containment_b"]),
                             measures(a, b, size))
            self.assertNotEqual(pair["relation"], "none")
        return len(pairs)

    def test_thresholds_and_the_shingle_size_are_those_given(self):
        normal = self.check()
        self.assertGreater(self.check("--threshold", "0.3", threshold=0.3), normal)
        self.assertLess(self.check("--threshold", "0.9", "--containment", "0", threshold=0.9,
                                   containment=0), normal)
        self.check("--containment", "0.95", containment=0.95)
        self.check("--shingle", "1", "--threshold", "0.9", size=1, threshold=0.9)
        self.check("--shingle", "3", size=3)
        self.check("--shingle", "64", size=64)
        self.check("--threshold", "1", "--containment", "1", threshold=1, containment=1)

    def test_the_seed_changes_the_sketch_and_not_the_measures(self):
        self.check("--seed", "12345678901234567890")
        self.assertEqual(self.summary()["recipe"]["seed"], 12345678901234567890)

    def test_simhash_finds_copies_too_and_decides_on_the_shingles(self):
        found = self.check("--sketch", "simhash")
        self.assertGreater(found, 30)
        self.assertEqual(self.summary()["recipe"]["sketch"], "simhash")

    def test_no_clean_is_accepted_and_changes_nothing(self):
        self.dedup(self.path)
        before = (self.out / "clusters.jsonl").read_bytes()
        self.dedup(self.path, "--overwrite", "--no-clean")
        self.assertEqual((self.out / "clusters.jsonl").read_bytes(), before)

    def test_the_recipe_in_the_summary_is_the_one_asked_for(self):
        self.dedup(self.path, "--threshold", "0.7", "--containment", "0.9", "--shingle", "4",
                   "--keep", "first")
        recipe = self.summary()["recipe"]
        self.assertEqual((recipe["threshold"], recipe["containment"], recipe["shingle"],
                          recipe["keep"]), (0.7, 0.9, 4, "first"))


class Against(Case):
    def setUp(self):
        super().setUp()
        rng = random.Random(7)
        articles = [words(rng, 120) for _ in range(6)]
        join = " ".join
        self.old = [{"id": "o1", "text": join(articles[0])},
                    {"id": "o2", "text": join(articles[1])},
                    {"id": "o2-copy", "text": join(articles[1])},
                    {"id": "o3", "text": join(articles[2][:60])}]
        self.new = [{"id": "n1", "text": join(articles[0])},                    # exact copy of o1
                    {"id": "n2", "text": join(edited(rng, articles[1], 0.02))},  # near copy of o2
                    {"id": "n3", "text": join(articles[2])},                    # more than o3 holds
                    {"id": "n4", "text": join(articles[3])},                    # new
                    {"id": "n5", "text": join(articles[3])},                    # twice
                    {"id": "n6", "text": join(articles[4])}]
        self.old_path = self.write_documents("old.jsonl", self.old)
        self.new_path = self.write_documents("new.jsonl", self.new)

    def check(self, old, *more):
        self.dedup(self.new_path, "--against", old, "--overwrite", *more)
        self.assertEqual(self.kept_ids(), ["n3", "n4", "n6"])
        read, kept, removed, rejected, _ = self.counts()
        self.assertEqual((read, kept, removed, rejected), (6, 3, 3, 0))
        members = {m["id"]: m for c in self.lines("clusters.jsonl") for m in c["members"]}
        for name, member in members.items():
            self.assertEqual(member.get("old"), True if name.startswith("o") else None, name)
        by_representative = {c["cluster"]: {m["id"] for m in c["members"]}
                             for c in self.lines("clusters.jsonl")}
        self.assertIn("n1", by_representative["o1"])
        self.assertEqual(by_representative["n4"], {"n4", "n5"})
        self.assertEqual(members["n2"]["relation"], "near")

    def test_new_files_lose_what_an_old_crawl_holds(self):
        self.check(self.old_path)
        self.check(self.old_path, "--keep", "longest")
        self.check(self.old_path, "--keep", "earliest")

    def test_a_former_output_does_as_well(self):
        former = self.root / "former"
        for more in ([], ["--compress", "gz"], ["--compress", "zst"], ["--split-like-input"],
                     ["--split-like-input", "--compress", "gz"], ["--annotate"]):
            self.dedup(self.old_path, "--overwrite", *more, out=former)
            self.check(former)

    def test_a_former_output_without_kept_lines_is_refused_with_a_reason(self):
        former = self.root / "former"
        self.dedup(self.old_path, "--clusters-only", out=former)
        done = run("dedup", self.new_path, "--against", former, "--out", self.out)
        self.assertIn(done.returncode, (2, 3), done.err)
        self.assertIn(str(former), done.err)

    def test_several_old_crawls_may_be_named(self):
        first = self.write_documents("1.jsonl", self.old[:2])
        rest = self.write("more/2.jsonl.gz", gzip.compress(
            "".join(line_of(**d) for d in self.old[2:]).encode()))
        self.check(first, "--against", rest.parent)

    def test_an_old_document_keeps_its_place_whatever_is_longer(self):
        longer = self.write_documents("longer.jsonl", [
            {"id": "n", "text": self.old[0]["text"] + " and a little more"}])
        self.dedup(longer, "--against", self.old_path)
        self.assertEqual(self.kept_ids(), [])
        cluster, = [c for c in self.lines("clusters.jsonl") if c["cluster"] == "o1"]
        self.assertEqual([m["id"] for m in cluster["members"]], ["o1", "n"])

    def test_clusters_of_old_documents_only_are_not_reported(self):
        old = self.write("olds.jsonl", line_of(id="x", text="a text that stands here twice")
                         + line_of(id="y", text="a text that stands here twice"))
        self.dedup(self.write("news.jsonl", line_of(id="z", text="another")), "--against", old)
        self.assertEqual(self.counts(), (1, 1, 0, 0, 0))
        self.assertEqual(self.lines("clusters.jsonl"), [])

    def test_bad_rows_of_the_old_crawl_are_not_rejects_of_the_new_one(self):
        bad = self.write("bad.jsonl", "x\n" + line_of(**self.old[0]))
        done = self.dedup(self.new_path, "--against", bad)
        self.assertIn(f"{bad}:1:", done.err)
        self.assertEqual(self.counts()[3], 0)
        self.assertEqual(self.lines("rejected.jsonl"), [])

    def test_an_old_crawl_that_is_missing_is_exit_code_three(self):
        done = self.dedup(self.new_path, "--against", self.root / "missing", code=3)
        self.assertIn(str(self.root / "missing"), done.err)

    def test_split_files_are_those_of_the_new_files(self):
        self.dedup(self.new_path, "--against", self.old_path, "--split-like-input")
        self.assertEqual([p.name for p in (self.out / "kept").iterdir()], ["new.jsonl"])

    def test_annotate_names_old_representatives(self):
        self.dedup(self.new_path, "--against", self.old_path, "--annotate")
        rows = {r["id"]: r for r in self.lines("kept.jsonl")}
        self.assertEqual(set(rows), {d["id"] for d in self.new})
        self.assertEqual((rows["n1"]["cluster"], rows["n1"]["cluster_relation"]), ("o1", "exact"))


class Usage(Case):
    def setUp(self):
        super().setUp()
        self.path = self.write("in.jsonl", line_of(id="a", text="text"))

    def refused(self, *arguments, says):
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, done.err)
        self.assertEqual(done.out, "")
        self.assertTrue(done.err.startswith("kithkin: "), done.err)
        for word in says if isinstance(says, list) else [says]:
            self.assertIn(word, done.err)
        self.assertFalse(self.out.exists())

    def test_a_mistyped_command_is_refused_with_a_hint(self):
        out = ["--out", self.out]
        self.refused(says="--help")
        self.refused("dedupe", self.path, *out, says="--help")
        self.refused("dedup", self.path, says=["--out", "required"])
        self.refused("dedup", *out, says="INPUT")
        self.refused("dedup", self.path, *out, "--treshold", "0.5", says="--treshold")
        self.refused("dedup", self.path, *out, "--threshold", says="--threshold")

    def test_values_out_of_range_are_refused_by_name(self):
        dedup = ["dedup", self.path, "--out", self.out]
        for value in ("0", "-0.1", "1.01", "nan", "inf"):
            self.refused(*dedup, "--threshold=" + value, says="threshold")
        for value in ("-0.1", "1.01", "nan"):
            self.refused(*dedup, "--containment=" + value, says="containment")
        for value in ("0", "65"):
            self.refused(*dedup, "--shingle=" + value, says="shingle")
        for option in ("--threshold", "--containment", "--shingle", "--seed", "--threads",
                       "--memory"):
            self.refused(*dedup, option + "=much", says=option)
        self.refused(*dedup, "--shingle=-1", says="--shingle")
        self.refused(*dedup, "--threads=-1", says="--threads")
        self.refused(*dedup, "--memory=-1", says="--memory")

    def test_choices_are_listed_when_none_of_them_is_given(self):
        dedup = ["dedup", self.path, "--out", self.out]
        self.refused(*dedup, "--keep", "best", says=["--keep", "longest", "earliest", "source:"])
        self.refused(*dedup, "--keep", "source:", says=["--keep", "source:"])
        self.refused(*dedup, "--sketch", "crc", says=["--sketch", "minhash", "simhash"])
        self.refused(*dedup, "--compress", "rar", says=["--compress", "gz", "zst"])

    def test_too_little_memory_names_the_least(self):
        done = run("dedup", self.path, "--out", self.out, "--memory", "1M", "--threads", "2")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.err, r"least is \d+M")
        self.assertFalse(self.out.exists())
        least = done.err.split("least is ")[1].split()[0].rstrip(".,")
        self.dedup(self.path, "--memory", least, "--threads", "2")

    def test_nothing_is_left_of_parents_made_for_a_run_that_was_refused(self):
        run("dedup", self.path, "--out", self.root / "x/y", "--memory", "1M")
        self.assertFalse((self.root / "x").exists())

    def test_the_other_commands_refuse_alike(self):
        self.refused("compare", self.path, says="--pairs")
        self.refused("compare", "--pairs", self.path, says="INPUT")
        self.refused("explain", self.path, "a", says="ID_B")
        self.refused("explain", says="INPUT")
        self.refused("evaluate", self.path, says="--labels")
        pairs = self.write("pairs.tsv", "id_a\tid_b\na\ta\n")
        self.refused("compare", self.path, "--pairs", pairs, "--threshold", "2", says="threshold")
        self.refused("explain", self.path, "a", "a", "--shingle", "0", says="shingle")

    def test_help_names_every_option(self):
        done = run("--help")
        self.assertEqual((done.returncode, done.err), (0, ""))
        for command in ("dedup", "compare", "explain", "evaluate"):
            self.assertIn(command, done.out)
            self.assertEqual(run(command, "--help").returncode, 0)
            self.assertIn("--quiet", run(command, "--help").out)
        text = run("dedup", "--help").out
        for option in ("--out", "--threshold", "--containment", "--keep", "--shingle", "--seed",
                       "--threads", "--memory", "--against", "--annotate", "--clusters-only",
                       "--pairs", "--sketch", "--no-clean", "--compress", "--split-like-input",
                       "--overwrite", "--strict", "--id-field", "--text-field", "--date-field",
                       "--source-field", "--lang-field", "--title-field", "--url-field"):
            self.assertIn(option, text)
        for default in ("0.6", "0.8", "longest"):
            self.assertIn(default, text)

    def test_the_version_is_told(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.out, r"^kithkin \d+\.\d+\.\d+\n$")

    def test_sizes_have_units(self):
        for size in ("64M", "64m", "64MB", "64MiB", "1g", "100000000"):
            self.dedup(self.path, "--memory", size, "--overwrite", "--threads", "1")


if __name__ == "__main__":
    unittest.main()
