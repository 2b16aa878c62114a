#!/usr/bin/env python3
"""Bad input loses nothing: everything readable is processed, messages name file and line, and the
exit code says what happened."""
import gzip
import json
import os
import random
import stat
import subprocess
import time
import unittest
from pathlib import Path

from harness import LARGE, TOOL, Case, line_of, run, words


def strict_json(line):
    """What Python makes of a line, with the extensions that JSON does not have refused."""
    def refuse(name):
        raise ValueError(name)
    return json.loads(line.decode("utf-8"), parse_constant=refuse)


def is_good(line):
    try:
        row = strict_json(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and isinstance(row.get("text"), str)


class BadRows(Case):
    GOOD = [line_of(id=f"g{n}", text=f"good row number {n} has its own words {n * n}").encode()
            for n in range(6)]

    def check(self, bad, reason=None):
        """Bad rows between good ones are rejected, each by line, and the good ones kept."""
        rows = [row for pair in zip(self.GOOD, bad + [b""] * len(self.GOOD)) for row in
                (pair[0], pair[1] and pair[1] + b"\n")]
        rows += [row + b"\n" for row in bad[len(self.GOOD):]]
        rows = [row for row in rows if row]
        path = self.write("in.jsonl", b"".join(rows))
        done = self.dedup(path, "--overwrite")
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), b"".join(self.GOOD))
        rejected = self.lines("rejected.jsonl")
        self.assertEqual([r["line"] for r in rejected],
                         [n + 1 for n, row in enumerate(rows) if row not in self.GOOD])
        for row in rejected:
            if reason:
                self.assertIn(reason, row["reason"])
            self.assertIn(f"{path}:{row['line']}: ", done.err)
        self.assertEqual(self.counts()[0], len(rows))

    def test_invalid_utf8(self):
        self.check([b'{"text":"\xff"}', b'{"text":"caf\xe9"}', b'{"text":"\xed\xa0\x80"}',
                    b'{"text":"t","x":"\xc0\xaf"}', b'\xfe\xff'], "UTF-8")

    def test_nul_bytes(self):
        self.check([b'{"text":"a\0b"}', b"\0", b'{"text":"t"}\0', b'{"text"\0:"t"}'])

    def test_lines_that_are_no_objects(self):
        self.check([b"[]", b'"text"', b"1", b"true", b"null", b'[{"text":"t"}]'],
                   "not a JSON object")

    def test_wrong_types(self):
        self.check([b'{"text":1}', b'{"text":null}', b'{"text":["t"]}', b'{"text":{}}', b"{}",
                    b'{"id":"x"}'], '"text"')

    def test_deep_nesting(self):
        deep = 100_000
        self.check([b'{"text":"t","x":' + b"[" * deep + b"]" * deep + b"}",
                    b'{"text":"t","x":' + b'{"a":' * deep + b"1" + b"}" * deep + b"}",
                    b"[" * deep, b'{"text":' + b"[" * deep])

    def test_lines_that_are_cut_or_doubled(self):
        self.check([b'{"text":"t"', b'{"text":"t', b'{"text":"t"}{"text":"u"}', b'{"text":"t"},',
                    b"<html></html>"], "not valid JSON")

    def test_lone_surrogates_are_accepted_and_read_as_replacement_characters(self):
        path = self.write("in.jsonl", b'{"id":"a","text":"one \\ud800 two three"}\n'
                                      b'{"id":"b","text":"one \\udfff two three"}\n'
                                      b'{"id":"c","text":"one \\ufffd two three"}\n')
        self.dedup(path)
        self.assertEqual(self.counts(), (3, 1, 2, 0, 1))
        kept = (self.out / "kept.jsonl").read_bytes()
        self.assertIn(kept, path.read_bytes())

    def test_many_rejects_are_all_listed_and_not_all_said(self):
        path = self.write("in.jsonl", b"x\n" * 5000 + self.GOOD[0])
        done = self.dedup(path)
        self.assertEqual(self.counts(), (5001, 1, 0, 5000, 0))
        self.assertEqual(len(self.lines("rejected.jsonl")), 5000)
        self.assertLess(len(done.err.splitlines()), 100)
        self.assertIn("more", done.err)

    # simdjson is told to be lazy and then made to look at everything: Python's parser is the judge.
    def test_a_row_is_rejected_just_where_python_rejects_it(self):
        rng = random.Random(31)
        seeds = [b'{"id":"a","text":"some text","n":[1,-2.5e+3,{"k":null}],"b":true}',
                 b'{"text":"\\u00e9\\ud83d\\ude00 \\"q\\" \\\\","z":{"y":{"x":[[],{}]}},"id":7}',
                 '{"نص":"قيمة","text":"عنوان","e":"","f":false}'.encode()]
        alphabet = [bytes([c]) for c in b'{}[]:,"\\ \t0123456789+-.eEtfnaul/u'] + [
            b"true", b"null", b"\\u12", b"\xff", b"\xd9\x86", b"\0", b'"text"', b'""', b"{}", b"[]"]
        rows = []
        while len(rows) < 30_000:
            row = bytearray(rng.choice(seeds))
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                at = rng.randrange(len(row) + 1)
                kind = rng.randrange(3)
                if kind == 0:
                    row[at:at] = rng.choice(alphabet)
                elif kind == 1:
                    del row[at:at + rng.choice([1, 1, 2, 5])]
                else:
                    row[at:at + 1] = rng.choice(alphabet)
            if row.strip(b" \t\r") and b"\n" not in row:
                rows.append(bytes(row))
        path = self.write("in.jsonl", b"\n".join(rows) + b"\n")
        self.dedup(path, "--quiet", "--annotate")
        rejected = {r["line"] for r in self.lines("rejected.jsonl")}
        expected = {n + 1 for n, row in enumerate(rows) if not is_good(row)}
        self.assertGreater(len(rejected), 10_000)
        self.assertLess(len(rejected), 29_000)
        wrong = [(n, rows[n - 1]) for n in sorted(rejected ^ expected)]
        self.assertEqual(wrong[:3], [])


class BadFiles(Case):
    def rows(self, name, count=3):
        return [line_of(id=f"{name}{n}", text=f"row {n} of {name} with words of its own {n * 7}")
                for n in range(count)]

    def setUp(self):
        super().setUp()
        self.a = self.write("a.jsonl", "".join(self.rows("a")))
        self.c = self.write("c.jsonl", "".join(self.rows("c")))

    def check_others_finished(self, done, named, kept_between=()):
        """Exit 3, the file named in messages and summary, and the output of the others whole."""
        self.assertIn(str(named), done.err)
        self.assertEqual(self.kept_ids(),
                         ["a0", "a1", "a2", *kept_between, "c0", "c1", "c2"])
        self.assert_whole()
        self.assertTrue(any(str(named) in e for e in self.summary()["input_errors"]))

    def test_a_missing_file_in_the_middle(self):
        missing = self.root / "missing.jsonl"
        done = self.dedup(self.a, missing, self.c, code=3)
        self.check_others_finished(done, missing)
        self.assertIn("No such file", done.err)

    def unprivileged(self):
        """What subprocess needs to run the tool as somebody who may not read everything."""
        if os.geteuid() != 0:
            return {}
        self.root.chmod(0o777)
        nobody = {"preexec_fn": lambda: os.setuid(65534)}
        try:
            run("--version", **nobody)
        except (OSError, subprocess.SubprocessError):
            self.skipTest("the tool cannot be run by nobody here")
        return nobody

    def test_a_file_that_may_not_be_read(self):
        more = self.unprivileged()
        secret = self.write("b.jsonl", "".join(self.rows("b")))
        secret.chmod(0)
        done = self.dedup(self.a, secret, self.c, code=3, **more)
        self.check_others_finished(done, secret)
        self.assertIn("Permission denied", done.err)

    def test_a_folder_that_may_not_be_searched_does_not_hide_the_others(self):
        more = self.unprivileged()
        for name in "abc":
            self.write(f"crawl/{name}/x.jsonl", "".join(self.rows(name)))
        (self.root / "crawl/b").chmod(0)
        self.addCleanup((self.root / "crawl/b").chmod, stat.S_IRWXU)
        done = self.dedup(self.root / "crawl", code=3, **more)
        self.check_others_finished(done, self.root / "crawl/b")

    def test_an_output_that_may_not_be_written(self):
        more = self.unprivileged()
        (self.root / "closed").mkdir(mode=0o555)
        done = self.dedup(self.a, out=self.root / "closed/out", code=4, **more)
        self.assertIn(str(self.root / "closed"), done.err)

    def test_a_directory_where_a_file_should_be(self):
        (self.root / "b.jsonl").mkdir()
        self.dedup(self.a, self.root / "b.jsonl", self.c, code=3)  # it is searched: nothing in it
        self.assertEqual(self.counts()[0], 6)
        done = run("compare", self.a, "--pairs", self.root / "b.jsonl")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is a directory", done.err)

    def check_truncated(self, name, content, rows, what):
        path = self.write(name, content)
        done = self.dedup(self.a, path, self.c, "--overwrite", code=3)
        rejected = self.lines("rejected.jsonl")
        kept = self.kept_ids()[3:-3]
        self.assertGreater(len(kept), 100)
        self.assertEqual(kept, [json.loads(row)["id"] for row in rows[:len(kept)]])
        self.assertLessEqual(len(rejected), 1)
        for row in rejected:
            self.assertEqual((row["file"], row["line"]), (str(path), len(kept) + 1))
            self.assertIn(what, row["reason"])
            self.assertIn(f"{path}:{row['line']}: ", done.err)
        self.check_others_finished(done, path, kept)
        self.assertIn(what, " ".join(self.summary()["input_errors"]))
        return len(rejected)

    def test_truncated_gzip(self):
        rng = random.Random(32)
        rows = [line_of(id=f"z{n}", text=" ".join(words(rng, 50, 10**9))) for n in range(2000)]
        packed = gzip.compress("".join(rows).encode())
        cuts = sum(self.check_truncated("b.jsonl.gz", packed[:len(packed) * k // 10], rows,
                                        "truncated") for k in (3, 7, 9))
        self.assertGreater(cuts, 0)

    def test_truncated_zstd(self):
        rng = random.Random(33)
        rows = [line_of(id=f"z{n}", text=" ".join(words(rng, 50, 10**9))) for n in range(3000)]
        made = self.root / "made"
        self.dedup(self.write("rows.jsonl", "".join(rows)), "--compress", "zst", out=made)
        packed = (made / "kept.jsonl.zst").read_bytes()
        cuts = sum(self.check_truncated("b.jsonl.zst", packed[:len(packed) * k // 10], rows,
                                        "truncated") for k in (5, 7, 9))
        self.assertGreater(cuts, 0)

    def test_a_row_cut_just_before_its_end_of_line_is_not_taken_for_whole(self):
        rows = self.rows("b", 200)
        packed = gzip.compress("".join(rows).encode()[:-1])[:-4]
        path = self.write("b.jsonl.gz", packed)
        self.dedup(path, code=3)
        self.assertEqual(self.counts()[:4], (200, 199, 0, 1))
        pairs = self.write("pairs.tsv", "id_a\tid_b\nb199\tb199\nb198\tb198\n")
        done = run("compare", path, "--pairs", pairs)
        self.assertEqual(done.returncode, 3)
        self.assertEqual([r.split("\t")[2] for r in done.out.splitlines()[1:]], ["", "exact"])

    def test_damaged_gzip(self):
        rows = self.rows("b", 2000)
        packed = bytearray(gzip.compress("".join(rows).encode()))
        packed[-6] ^= 0xFF
        path = self.write("b.jsonl.gz", bytes(packed))
        done = self.dedup(self.a, path, self.c, code=3)
        self.check_others_finished(done, path, [f"b{n}" for n in range(2000)])
        self.assertIn("damaged", done.err)

    def test_binary_garbage_is_rejected_line_by_line(self):
        garbage = random.Random(34).randbytes(300_000).replace(b"\x1f\x8b", b"..")
        path = self.write("b.jsonl", b"." + garbage)
        self.dedup(self.a, path, self.c)
        read, kept, removed, rejected, _ = self.counts()
        self.assertEqual((kept, removed), (6, 0))
        self.assertEqual(rejected, len(self.lines("rejected.jsonl")))

    def test_strict_does_not_hide_that_an_input_could_not_be_read(self):
        self.dedup(self.a, self.root / "missing", self.write("b.jsonl", "x\n"), "--strict", code=3)


class Sizes(Case):
    """Large things in little time; KITHKIN_TEST_LARGE makes them as large as the contract says."""

    def test_a_giant_line_is_a_document_like_others(self):
        megabytes = 200 if LARGE else 60
        rng = random.Random(35)
        chunk = " ".join(words(rng, 100_000))
        giant = " ".join([chunk] * (megabytes * 1_000_000 // len(chunk)))
        path = self.write_documents("in.jsonl", [
            {"id": "before", "text": "a short one before"}, {"id": "giant", "text": giant},
            {"id": "after", "text": "and after"}])
        self.dedup(path, timeout=300)
        self.assertEqual(self.kept_ids(), ["before", "giant", "after"])
        self.assertEqual((self.out / "kept.jsonl").stat().st_size, path.stat().st_size)

    def test_equal_documents_without_number_take_seconds(self):
        count = 1_000_000 if LARGE else 100_000
        text = " ".join(words(random.Random(36), 30))
        path = self.write("in.jsonl", "".join(f'{{"id":{n},"text":"{text}"}}\n'
                                              for n in range(count)))
        began = time.monotonic()
        self.dedup(path, "--pairs", timeout=300)
        self.assertLess(time.monotonic() - began, 120 if LARGE else 30)
        self.assertEqual(self.counts(), (count, 1, count - 1, 0, 1))
        cluster, = self.lines("clusters.jsonl")
        self.assertEqual(cluster["size"], count)
        self.assertLess(len((self.out / "pairs.jsonl").read_bytes().splitlines()), 2 * count)

    def test_one_word_a_million_times(self):
        path = self.write_documents("in.jsonl", [
            {"id": "million", "text": "word " * 1_000_000},
            {"id": "less", "text": "word " * 999_999}, {"id": "few", "text": "word " * 5},
            {"id": "one", "text": "word"}, {"id": "none", "text": ""}])
        self.dedup(path)
        cluster, = self.lines("clusters.jsonl")
        self.assertEqual([(m["id"], m["relation"]) for m in cluster["members"]],
                         [("million", "representative"), ("less", "near"), ("few", "near")])

    def test_many_near_copies_of_one_text_take_seconds(self):
        rng = random.Random(37)
        base = words(rng, 60)
        rows = []
        for n in range(20_000):
            copy = list(base)
            copy[rng.randrange(60)] = f"x{n}"
            rows.append(line_of(id=n, text=" ".join(copy)))
        began = time.monotonic()
        self.dedup(self.write("in.jsonl", "".join(rows)), timeout=300)
        self.assertLess(time.monotonic() - began, 60)
        self.assertGreater(self.counts()[2], 19_000)

    @unittest.skipIf(b"__asan_init" in Path(TOOL).read_bytes(), "a sanitizer keeps what is freed")
    def test_a_document_keeps_at_most_64_bytes_in_memory(self):
        rng = random.Random(38)
        vocabulary = words(rng, 1000)

        def peak(count):
            rows = []
            for n in range(0, count, 2):  # each has a near copy
                text = [rng.choice(vocabulary) for _ in range(24)]
                rows += [line_of(id=n, text=" ".join(text)),
                         line_of(id=n + 1, text=" ".join(text + ["more"]))]
            path = self.write("in.jsonl", "".join(rows))
            self.dedup(path, "--memory", "12M", "--threads", "1", "--overwrite", timeout=300)
            self.assertGreater(self.counts()[2], count * 0.45)
            return self.summary()["peak_memory"]

        few, many = 20_000, 120_000
        self.assertLess((peak(many) - peak(few)) / (many - few), 64)

    def test_a_million_blank_lines(self):
        self.dedup(self.write("in.jsonl", "\n" * 1_000_000 + line_of(text="at the end")))
        self.assertEqual(self.counts()[:2], (1, 1))

    def test_many_files(self):
        for n in range(3000):
            self.write(f"crawl/{n % 10}/{n}.jsonl", line_of(id=n, text=f"file {n} has this text"))
        self.dedup(self.root / "crawl", "--split-like-input")
        self.assertEqual(self.counts()[0], 3000)
        self.assertEqual(sum(1 for p in (self.out / "kept").rglob("*.jsonl")), 3000)


if __name__ == "__main__":
    unittest.main()
