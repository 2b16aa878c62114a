#!/usr/bin/env python3
"""kithkin related on input that is odd, broken or absent, on a full disk, and interrupted: a clear
message or a sensible list, and nothing left that looks whole."""
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from harness import LARGE, TOOL, line_of, run
from related_case import FILES, RelatedCase
from related_crawl import Event, name, news


class Dates(RelatedCase):
    def crawl(self):
        return news(seed=21, languages=["en", "ru"], events=6)

    def run_with(self, documents, *options):
        path = self.write_documents("in.jsonl", documents)
        self.related(path, "--overwrite", *options)
        return path

    def test_no_dates(self):
        documents = [{k: v for k, v in d.items() if k != "date"} for d in self.crawl()]
        path = self.run_with(documents)
        lines = self.check_contract(documents, path)
        self.assertTrue(all(len(line["related"]) == 10 for line in lines))
        for options in (("--window", "1"), ("--half-life", "1")):  # they ask nothing of them
            before = (self.out / "related.jsonl").read_bytes()
            self.run_with(documents, *options)
            self.assertEqual((self.out / "related.jsonl").read_bytes(), before)

    def test_dates_that_are_none(self):
        wrong = ["yesterday", "2024-02-31", "31/12/2024", "", "0000-00-00", "2024-13-01", "٢٠٢٤",
                 "1e400", "--", "2024-01-01T25:00:00Z"]
        documents = [{**d, "date": wrong[n % len(wrong)]} for n, d in enumerate(self.crawl())]
        self.run_with(documents)
        for line in self.lines("related.jsonl"):
            self.assertNotIn("date", line)
            for entry in line["related"]:
                self.assertNotIn("date", entry)
        for story in self.lines("stories.jsonl"):
            self.assertNotIn("first", story)
            self.assertNotIn("last", story)
        undated = [{k: v for k, v in d.items() if k != "date"} for d in documents]
        before = (self.out / "related.jsonl").read_bytes()
        self.run_with(undated)
        self.assertEqual((self.out / "related.jsonl").read_bytes(), before)

    def test_dates_of_any_type_are_dates_or_nothing(self):
        documents = self.crawl()[:60]
        odd = [None, True, [], {}, 1720000000, 1720000000000, -5, 1e300, 2**63]
        for d, date in zip(documents, odd):
            d["date"] = date
        self.run_with(documents)
        dates = [line.get("date") for line in self.lines("related.jsonl")[:len(odd)]]
        self.assertEqual(dates[:6], [None] * 4 + ["2024-07-03T09:46:40Z"] * 2)
        self.assertEqual(dates[6], "1969-12-31T23:59:55Z")
        self.assertEqual(dates[7:], [None, None])

    def test_dates_in_the_future_and_far_away(self):
        documents = self.crawl()
        for n, d in enumerate(documents):
            d["date"] = ["2199-05-06T07:08:09Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
                         "2024-06-01T00:00:00Z"][n % 4]
        path = self.write_documents("in.jsonl", documents)
        for options in ((), ("--window", "7"), ("--half-life", "7")):
            self.related(path, "--overwrite", *options)
            lines = self.check_contract(documents, path)
            self.assertGreater(sum(bool(line["related"]) for line in lines), len(lines) * 0.9)

    def test_a_date_beyond_all_calendars_is_no_other_date(self):
        documents = self.crawl()[:60]
        for d, date in zip(documents, (9_000_000_000_000_000, -70_000_000_000_000, 10**15)):
            d["date"] = date
        self.run_with(documents)
        for line in self.lines("related.jsonl")[:3]:
            self.assertNotIn("date", line)
        for line in self.lines("related.jsonl"):
            for entry in line["related"]:
                self.assertTrue(entry.get("date", "2024").startswith("2024"))

    def test_wrong_dates_beside_right_ones(self):
        documents = self.crawl()
        for d in documents[::5]:
            d["date"] = "no date"
        self.run_with(documents)
        self.assertGreater(self.summary()["counts"]["stories"], 0)
        told = [line for line in self.lines("related.jsonl") if "date" in line]
        self.assertEqual(len(told), len(documents) - len(documents[::5]))


class Languages(RelatedCase):
    def test_one_language_only(self):
        for language in ("ar", "th"):
            documents = news(seed=22, languages=[language], events=6)
            path = self.write_documents("in.jsonl", documents)
            self.related(path, "--overwrite")
            lines = self.check_contract(documents, path)
            self.assertEqual(self.summary()["languages"].keys(), {language})
            self.assertEqual({len(line["related"]) for line in lines}, {10})

    def test_forty_languages_in_one_crawl(self):
        codes = ("af az ca cs cy da de es et eu fi fr ga hr hu id is it lt lv mg ms mt nl no pl pt "
                 "ro sk sl so sq sv sw tl tr uz vi xh zu").split()
        self.assertEqual(len(codes), 40)
        rng = random.Random(23)
        documents = []
        for code in codes:
            words = [name(rng, "en").lower() + code for _ in range(60)]
            for n in range(12):  # of each language two matters
                own = words[:30] if n % 2 else words[30:]
                documents.append({"id": f"{code}-{n % 2}-{n}", "lang": code,
                                  "text": " ".join(rng.choices(own, k=40))})
        rng.shuffle(documents)
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        lines = self.check_contract(documents, path)
        self.assertGreaterEqual(len(self.summary()["languages"]), 40)
        right = [e["id"].split("-")[:2] == line["id"].split("-")[:2]
                 for line in lines for e in line["related"][:5]]
        self.assertGreater(sum(right) / len(right), 0.95)
        self.assertTrue(all(e["id"].split("-")[0] == line["id"].split("-")[0]
                            for line in lines for e in line["related"]))

    def test_languages_that_nobody_knows(self):
        documents = [{**d, "lang": lang} for d, lang in zip(
            news(seed=24, events=3), ["", "xx", "klingon", "\u0000", "en-Latn-US", "und"] * 99)]
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        self.check_contract(documents, path)

    def test_scripts_mixed_in_one_article(self):
        rng = random.Random(25)
        one, other = Event(rng, "ar", 0), Event(rng, "zh", 1)
        documents = [{"id": str(n), "text": one.text(rng, 3) + " " + other.text(rng, 3)}
                     for n in range(40)]
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        lines = self.check_contract(documents, path)
        self.assertGreater(sum(len(line["related"]) for line in lines), 300)


class Sizes(RelatedCase):
    def test_articles_of_three_words(self):
        rng = random.Random(26)
        documents = [{"id": n, "text": " ".join(rng.choices(
            "harbour storm ferry violin opera fever clinic vaccine mackerel".split(), k=3))}
            for n in range(300)]
        documents = [{**d, "id": f"n{d['id']}"} for d in documents]
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        lines = self.check_contract(documents, path)
        text = {d["id"]: set(d["text"].split()) for d in documents}
        full = [line for line in lines if line["related"]]
        self.assertGreater(len(full), 250)
        right = [bool(text[line["id"]] & text[e["id"]]) for line in full for e in line["related"]]
        self.assertGreater(sum(right) / len(right), 0.9)

    def test_a_crawl_of_one_article(self):
        documents = news(seed=27, languages=["en"], events=1)[:1]
        path = self.write_documents("in.jsonl", documents)
        self.related(path, "--html")
        line, = self.check_contract(documents, path, html=True)
        self.assertEqual((line["related"], line["story"]), ([], line["id"]))
        self.related(path, "--query", path, out=self.root / "query")
        self.assertEqual(self.lists(self.root / "query"), {documents[0]["id"]: []})

    def test_two_and_three_articles(self):
        for count in (2, 3):
            documents = news(seed=28, languages=["en"], events=1, copies=False)[:count]
            path = self.write_documents("in.jsonl", documents)
            self.related(path, "--overwrite")
            self.check_contract(documents, path)

    def test_an_empty_crawl(self):
        empty = self.write("in.jsonl", "")
        (self.root / "nothing").mkdir()
        self.related(self.root / "nothing", code=3)
        self.assert_nothing_left()
        for given in (empty, "-"):
            done = self.related(given, "--overwrite", "--html")
            self.check_contract([], empty, html=True)
            self.assertIn("0 read, 0 articles", done.err)
            self.assertEqual((self.out / "related.jsonl").read_bytes(), b"")

    def test_texts_without_a_word(self):
        documents = [{"id": f"e{n}", "text": text} for n, text in
                     enumerate(["", " ", "...", "\n\n", "—", "12", "12", "a", "a"])]
        documents += news(seed=29, languages=["en"], events=4)
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        lines = self.check_contract(documents, path)
        for line in lines[:5]:
            self.assertEqual(line["related"], [])
        listed = {e["id"] for line in lines for e in line["related"]}
        self.assertEqual(listed & {f"e{n}" for n in range(5)}, set())

    def test_many_copies_of_one_article(self):
        count = 1_000_000 if LARGE else 30_000
        documents = news(seed=30, languages=["en"], events=3, copies=False)
        text = documents[0]["text"]
        rows = "".join(f'{{"id":"c{n}","text":"{text}"}}\n' for n in range(count))
        path = self.write("in.jsonl", rows + "".join(line_of(**d) for d in documents[1:]))
        began = time.monotonic()
        self.related(path)
        self.assertLess(time.monotonic() - began, 600 if LARGE else 60)
        counts = self.summary()["counts"]
        self.assertEqual((counts["read"], counts["articles"]),
                         (count + len(documents) - 1, len(documents)))
        lines = self.lines("related.jsonl")
        own = [(e["id"], e["score"]) for e in lines[0]["related"]]
        self.assertEqual(len(own), 10)
        for line in lines[1:count]:
            self.assertEqual([(e["id"], e["score"]) for e in line["related"]], own)
        copies = {f"c{n}" for n in range(count)}
        for line in lines[count:]:
            listed = [e["id"] for e in line["related"] if e["id"] in copies]
            self.assertLessEqual(len(listed), 1)

    def test_nothing_but_copies(self):
        text = news(seed=31, languages=["en"], events=1)[0]["text"]
        documents = [{"id": f"c{n}", "text": text} for n in range(50)]
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        lines = self.check_contract(documents, path)
        self.assertEqual([line["related"] for line in lines], [[]] * 50)
        self.assertEqual({line["story"] for line in lines}, {lines[0]["story"]})

    def test_one_word_very_often_and_a_word_very_long(self):
        documents = [{"id": "often", "text": "harbour " * 200_000},
                     {"id": "long", "text": "x" * 3_000_000 + " harbour"},
                     *news(seed=32, languages=["en"], events=3)]
        path = self.write_documents("in.jsonl", documents)
        self.related(path)
        self.check_contract(documents, path)

    def test_ids_that_are_twice_or_missing(self):
        documents = news(seed=33, languages=["en"], events=2, copies=False)
        rows = [line_of(**{**d, "id": "same"}) for d in documents[:10]]
        rows += [line_of(**{k: v for k, v in d.items() if k != "id"}) for d in documents[10:]]
        path = self.write("in.jsonl", "".join(rows))
        self.related(path)
        lines = self.lines("related.jsonl")
        self.assertEqual([line["id"] for line in lines],
                         ["same"] * 10 + [f"{path}:{n + 1}" for n in range(10, len(documents))])
        self.assertEqual([line["title"] for line in lines], [d["title"] for d in documents])
        self.assertTrue(all(line["related"] for line in lines))

    def test_titles_of_any_bytes(self):
        documents = news(seed=34, languages=["en"], events=2, copies=False)
        odd = ["\u0000in the middle\u0000", "quote \" back \\ slash", "<script>alert(1)</script>",
               "\u202eright to left", "tab\tand\nbreak", "x" * 100_000, "\U0001f600"]
        for d, title in zip(documents, odd):
            d["title"] = title
        path = self.write_documents("in.jsonl", documents)
        self.related(path, "--html")
        self.check_contract(documents, path, html=True)
        page = (self.out / "related.html").read_text(encoding="utf-8")
        self.assertNotIn("<script>alert", page)


class Broken(RelatedCase):
    def test_rows_that_cannot_be_read_are_rejected_and_the_others_listed(self):
        documents = news(seed=35, languages=["en", "hi"], events=3)
        rows = [line_of(**d).encode() for d in documents]
        bad = [b'{"id":"u","text":"caf\xe9"}\n', b'{"text":"\xed\xa0\x80"}\n', b"[]\n",
               b'{"id":"x"}\n', b'{"text":7}\n', b'{"text":"cut\n', b"\xff\xfe\n"]
        for n, row in enumerate(bad):
            rows.insert(3 * n + 1, row)
        path = self.write("in.jsonl", b"".join(rows))
        done = self.related(path)
        self.check_contract(documents, path)
        self.assertEqual([r["line"] for r in self.lines("rejected.jsonl")],
                         [3 * n + 2 for n in range(len(bad))])
        for n in range(len(bad)):
            self.assertIn(f"{path}:{3 * n + 2}: ", done.err)
        self.related(path, "--overwrite", "--strict", code=1)
        self.check_contract(documents, path)

    def test_a_missing_file_among_others(self):
        documents = news(seed=36, languages=["en"], events=3)
        path = self.write_documents("in.jsonl", documents)
        missing = self.root / "missing.jsonl"
        done = self.related(path, missing, code=3)
        self.assertIn(str(missing), done.err)
        self.check_contract(documents, path)
        self.assertTrue(any(str(missing) in e for e in self.summary()["input_errors"]))

    def test_nothing_can_be_read(self):
        done = self.related(self.root / "missing.jsonl", code=3)
        self.assertIn("missing.jsonl", done.err)
        self.assert_nothing_left()

    def test_queries_that_are_missing(self):
        path = self.write_documents("in.jsonl", news(seed=37, languages=["en"], events=2))
        done = self.related(path, "--query", self.root / "missing.jsonl", code=3)
        self.assertIn("missing.jsonl", done.err)
        self.assert_nothing_left()

    def test_queries_of_another_language_get_empty_lists(self):
        path = self.write_documents("in.jsonl", news(seed=38, languages=["en"], events=4))
        query = self.write_documents("q.jsonl", news(seed=39, languages=["th"], events=1))
        self.related(path, "--query", query)
        self.assertEqual({len(entries) for entries in self.lists().values()}, {0})

    def test_an_empty_crawl_for_queries(self):
        query = self.write_documents("q.jsonl", news(seed=39, languages=["en"], events=1))
        self.related(self.write("empty.jsonl", ""), "--query", query)
        self.assertEqual({len(entries) for entries in self.lists().values()}, {0})


class Refused(RelatedCase):
    """Exit 2 (3 for a file), a message that says what is wrong, and nothing left."""

    def setUp(self):
        super().setUp()
        self.path = self.write_documents("in.jsonl", news(seed=40, languages=["en"], events=2))

    def refused(self, says, *arguments, code=2):
        done = self.related(self.path, *arguments, code=code)
        self.assertIn(says, done.err, arguments)
        self.assertEqual(done.out, "")
        self.assert_nothing_left()

    def test_options_out_of_range(self):
        for says, *arguments in (
                ("top must be from 1 to 1000", "--top", "0"), ("top must be", "--top", "1001"),
                ("--top", "--top", "-1"), ("--top", "--top", "many"), ("--top", "--top", "2.5"),
                ("score must be from 0 to 1", "--min-score", "1.01"),
                ("score must be from 0 to 1", "--min-score", "-0.01"),
                ("score must be from 0 to 1", "--min-score", "nan"),
                ("window must be", "--window", "-1"), ("window must be", "--window", "inf"),
                ("half-life must be", "--half-life", "-1"),
                ("half-life must be", "--half-life", "nan"),
                ("diversity must be from 0 to 1", "--diversity", "1.5"),
                ("diversity must be from 0 to 1", "--diversity", "-1"),
                ("--per-host", "--per-host", "-1"), ("--per-host", "--per-host", "x"),
                ("--threads", "--threads", "-1"), ("--threshold", "--threshold", "x"),
                ("threshold", "--threshold", "1.5"), ("--vectors", "--vectors", ""),
                ("too little memory", "--memory", "1M")):
            self.refused(says, *arguments)

    def test_fields(self):
        for fields in ("", "body:1", "title:", "title:x", "title:0,text:0", "title", "title:nan",
                       "title:-1,text:1", "text:1001", "title:2;text:1", "title:1:2"):
            if fields == "title":
                self.related(self.path, "--fields", fields, out=self.root / "fine")
                continue
            self.refused("weights", "--fields", fields)

    def test_measure_and_labels(self):
        labels = self.write("labels.tsv", "id\tcluster\nx\ty\n")
        for says, *arguments in (
                ("P@10", "--measure", "P@0", "--labels", labels),
                ("P@10", "--measure", "10", "--labels", labels),
                ("P@10", "--measure", "P@x", "--labels", labels),
                ("P@10", "--measure", "P@99999999999", "--labels", labels),
                ("labels", "--measure", "P@10"), ("labels", "--labels", labels),
                ("more entries", "--measure", "P@11", "--labels", labels)):
            self.refused(says, *arguments)

    def test_labels_that_make_no_sense(self):
        for content, says in (("", "labels.tsv"), ("a\tb\nx\ty\n", "labels.tsv:1"),
                              ("id_a\tid_b\tlabel\na\tb\t1\n", "id<tab>cluster"),
                              ("id\tcluster\nx\n", "labels.tsv:2")):
            self.refused(says, "--measure", "P@5", "--labels", self.write("labels.tsv", content),
                         code=3)
        self.refused("nowhere.tsv", "--measure", "P@5", "--labels", self.root / "nowhere.tsv",
                     code=3)

    def test_labels_of_nothing_in_the_crawl_measure_nothing(self):
        labels = self.write("labels.tsv", "id\tcluster\nnobody\tx\n")
        done = self.related(self.path, "--measure", "P@5", "--labels", labels)
        self.assertEqual(done.out, "P@5\t0.0000\n")

    def test_no_input_and_no_output(self):
        self.assertEqual(run("related", "--out", self.out).returncode, 2)
        self.assertEqual(run("related", self.path).returncode, 2)
        self.assert_nothing_left()

    def test_an_output_that_is_not_empty(self):
        self.out.mkdir()
        (self.out / "mine.txt").write_text("mine")
        done = self.related(self.path, code=2)
        self.assertIn("is not empty", done.err)
        self.assert_nothing_left("mine.txt")
        self.related(self.path, "--overwrite")  # what is not kithkin's stays
        self.assertEqual({p.name for p in self.out.iterdir()}, FILES | {"mine.txt"})

    def test_an_output_whose_files_are_the_input(self):
        self.related(self.path)
        before = {p.name: p.read_bytes() for p in self.out.iterdir()}
        done = run("related", self.out / "related.jsonl", "--text-field", "title", "--out", self.out,
                   "--overwrite")
        self.assertEqual(done.returncode, 2, done.err)
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, before)


def rows(count, seed=41):
    rng = random.Random(seed)
    events = [Event(rng, "en", n % 3) for n in range(300)]
    return "".join(line_of(id=n, text=events[n % 300].text(rng, 6)) for n in range(count))


class Interrupts(RelatedCase):
    PASSES = (b"read and fingerprint", b"find shared passages", b"count terms", b"place articles",
              b"find neighbors", b"write lists")

    def start(self, *arguments, **more):
        process = subprocess.Popen([TOOL, *map(str, arguments)], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, **more)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def interrupt_at(self, path, line, signal_number=signal.SIGINT):
        """Sends the signal when the pass is announced; returns the exit code."""
        process = self.start("related", path, "--out", self.out, "--threads", "2", "--overwrite")
        for message in process.stderr:
            if line in message:
                break
        process.send_signal(signal_number)
        process.stderr.read()
        return process.wait(timeout=120)

    # A pass may be over before the signal comes: then the output is whole, and never half.
    def test_ctrl_c_in_any_pass_leaves_all_or_nothing(self):
        path = self.write("in.jsonl", rows(12_000))
        stopped = []
        for line in self.PASSES:
            code = self.interrupt_at(path, line)
            self.assertIn(code, (0, 130), line)
            if code == 130:
                stopped.append(line)
                self.assert_nothing_left()
            else:
                self.assertEqual({p.name for p in self.out.iterdir()}, FILES)
                for file in self.out.iterdir():
                    file.unlink()
                self.out.rmdir()
        self.assertGreaterEqual(len(stopped), 4, stopped)

    def test_ctrl_c_in_the_long_passes_is_heard_soon(self):
        path = self.write("in.jsonl", rows(12_000))
        for line in (b"place articles", b"find neighbors"):
            process = self.start("related", path, "--out", self.out, "--threads", "1")
            for message in process.stderr:
                if line in message:
                    break
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.stderr.read()
            self.assertEqual(process.wait(timeout=120), 130, line)
            self.assertLess(time.monotonic() - began, 20, line)
            self.assert_nothing_left()

    def test_ctrl_c_leaves_a_former_output_as_it_was(self):
        self.related(self.write("small.jsonl", rows(50)))
        before = {p.name: p.read_bytes() for p in self.out.iterdir()}
        self.assertEqual(self.interrupt_at(self.write("in.jsonl", rows(12_000)), b"count terms"), 130)
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, before)

    def test_being_asked_to_terminate_is_no_different(self):
        path = self.write("in.jsonl", rows(12_000))
        self.assertEqual(self.interrupt_at(path, b"count terms", signal.SIGTERM), 130)
        self.assert_nothing_left()


def limit_files(size):
    """Files may not grow over `size` bytes: what a full disk is like, without one."""
    def apply():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return {"preexec_fn": apply, "restore_signals": False}


class FullDisk(RelatedCase):
    def test_wherever_the_space_ends_nothing_is_left(self):
        path = self.write("in.jsonl", rows(4000))
        failed = 0
        for n, size in enumerate((0, 100, 3000, 50_000, 500_000, 2_000_000, 50_000_000)):
            out = self.root / f"out{n}"
            done = run("related", path, "--out", out, "--threads", "1", "--memory", "12M", "--html",
                       **limit_files(size))
            self.assertIn(done.returncode, (0, 4), done.err)
            left = {p.name for p in out.iterdir()} if out.exists() else set()
            if done.returncode == 0:
                self.assertEqual(left, FILES | {"related.html", "related_snippet.html"})
                continue
            failed += 1
            self.assertIn(str(out), done.err)
            self.assertEqual(left, set(), size)
        self.assertGreaterEqual(failed, 4)
        self.assertLess(failed, 7)

    def test_a_former_output_survives_a_full_disk(self):
        self.related(self.write("small.jsonl", rows(50)))
        before = {p.name: p.read_bytes() for p in self.out.iterdir()}
        done = run("related", self.write("in.jsonl", rows(4000)), "--out", self.out, "--overwrite",
                   **limit_files(20_000))
        self.assertEqual(done.returncode, 4, done.err)
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, before)

    def test_what_was_measured_cannot_be_printed(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full here")
        path = self.write("in.jsonl", rows(100))
        labels = self.write("labels.tsv", "id\tcluster\n1\tx\n")
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [TOOL, "related", path, "--out", self.out, "--measure", "P@5", "--labels", labels],
                stdout=full, stderr=subprocess.PIPE, check=False, timeout=120)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn(b"standard output cannot be written", done.stderr)


if __name__ == "__main__":
    unittest.main()
