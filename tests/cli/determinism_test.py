#!/usr/bin/env python3
"""The same bytes whatever the number of threads and however little memory, on a crawl large enough
to be spilled."""
import json
import random
import re
import unittest

from harness import Case, crawl, edited, line_of, run, words


def big_crawl():
    """Templates with small changes, so that there are many candidates, and texts of their own."""
    rng = random.Random(11)
    documents = []
    for family in range(150):
        base = words(rng, 60)
        documents += [(f"t{family}-{n}", " ".join(edited(rng, base, rng.choice([0, 0.02, 0.05]))))
                      for n in range(40)]
    documents += [(f"s{n}", " ".join(words(rng, 60, 100_000))) for n in range(8000)]
    rng.shuffle(documents)
    return [{"id": name, "text": text} for name, text in documents]


ALPHABETS = ["abcdefghijklmnopqrstuvwxyzABCDEFGHIJ", "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةى",
             "éèàçôîûœæñßaeiou", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "הוזחטיכלמנסעפצ",
             "的一是在不了有和人這中大為上個國", "กขคงจชซญดตถทนบปผพ"]
BETWEEN = [" ", " ", " ", " ", "، ", ", ", ". ", "'", "-", "’", " (", ") ", "\n", ".", "\u00a0", "»",
           " 3.14 ", " 12,345 "]


def mixed_text(rng):
    """Words of many scripts with marks, joiners and numbers between: all lanes of the tokenizer."""
    out = []
    for _ in range(rng.randrange(30, 200)):
        alphabet = rng.choice(ALPHABETS)
        word = "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 14)))
        if rng.random() < .1:
            word += rng.choice(["\u064b", "\u0640", "\u200d", "\u0301", "_", "½"]) + word[:2]
        out += [word, rng.choice(BETWEEN)]
    return "".join(out)


def edit_text(rng, text):
    at = rng.randrange(len(text))
    return text[:at] + " x " + text[at + 3:]


class SameBytes(Case):
    @classmethod
    def setUpClass(cls):
        cls.rows = [line_of(**d) for d in big_crawl()]

    def setUp(self):
        super().setUp()
        third = len(self.rows) // 3
        parts = [self.rows[:third], self.rows[third:2 * third] + ["not json\n"],
                 self.rows[2 * third:]]
        for n, part in enumerate(parts):
            self.write(f"crawl/{n}.jsonl", "".join(part))

    def result(self, *arguments, spills):
        """All files of a run by name, without the times and the memory in the summary."""
        done = self.dedup(self.root / "crawl", "--overwrite", *arguments)
        note = re.search(r"spilled (\d+) bytes", done.err)
        self.assertEqual(note is not None, spills, done.err)
        self.spilled = int(note.group(1)) if note else 0
        files = {str(p.relative_to(self.out)): p.read_bytes()
                 for p in sorted(self.out.rglob("*")) if p.is_file()}
        summary = json.loads(files["summary.json"])
        del summary["seconds"], summary["peak_memory"]
        files["summary.json"] = json.dumps(summary).encode()
        return files

    def assert_same(self, one, other):
        self.assertEqual(list(one), list(other))
        for name, content in one.items():
            self.assertTrue(content == other[name], f"{name} differs")

    def check(self, *arguments):
        reference = self.result("--threads", "1", *arguments, spills=False)
        for threads in ("2", "3"):
            self.assert_same(reference,
                             self.result("--threads", threads, *arguments, spills=False))
        spilled = []
        for threads, memory in (("1", "12M"), ("2", "16M"), ("3", "20M"), ("1", "20M")):
            self.assert_same(reference, self.result("--threads", threads, "--memory", memory,
                                                    *arguments, spills=True))
            spilled.append(self.spilled)
        self.assertGreater(max(spilled), 2_000_000)
        self.assertGreater(spilled[0], spilled[-1])  # more memory, less on disk
        return reference

    def test_any_instructions(self):
        rng = random.Random(5)
        rows = [{"id": f"m{n}", "text": mixed_text(rng)} for n in range(600)]
        rows += [{"id": f"c{n}", "text": edit_text(rng, row["text"])}
                 for n, row in enumerate(rows[:200])]
        self.write("crawl/3.jsonl", "".join(line_of(**row) for row in rows))
        reference = self.result("--simd", "scalar", "--pairs", spills=False)
        seen = 0
        for simd in ("auto", "avx2", "avx512"):
            done = run("dedup", self.root / "crawl", "--out", self.out, "--overwrite", "--simd", simd)
            if done.returncode == 2:
                self.assertIn("this machine has no", done.err)
                continue
            seen += 1
            self.assert_same(reference, self.result("--simd", simd, "--pairs", spills=False))
        self.assertGreater(seen, 0)

    def test_minhash_with_pairs(self):
        files = self.check("--pairs")
        self.assertGreater(files["pairs.jsonl"].count(b"\n"), 50_000)
        self.assertGreater(files["clusters.jsonl"].count(b"\n"), 140)

    def test_simhash_annotated_and_compressed(self):
        self.check("--sketch", "simhash", "--annotate", "--compress", "zst")

    def test_split_and_compressed(self):
        self.check("--split-like-input", "--compress", "gz", "--keep", "first")

    def test_against_an_older_crawl(self):
        old = self.write("old/0.jsonl", (self.root / "crawl/0.jsonl").read_bytes())
        (self.root / "crawl/0.jsonl").unlink()
        self.check("--against", old)

    def test_standard_input_gives_what_a_file_gives(self):
        content = "".join(self.rows[:2000]).encode()
        from_file = self.root / "from_file"
        self.dedup(self.write("in.jsonl", content), out=from_file)
        self.dedup("-", stdin=content)
        self.assertEqual((self.out / "kept.jsonl").read_bytes(),
                         (from_file / "kept.jsonl").read_bytes())

    def test_nothing_temporary_stays_behind(self):
        self.dedup(self.root / "crawl", "--memory", "12M", "--threads", "1")
        self.assert_whole()


class Cleaned(Case):
    """Texts are held while the crawl teaches, cleaned of what it taught, or read anew where most
    lose something or memory is short: the clusters are the same."""

    def crawl_of(self, share):
        """1,500 pages of five hosts, some of them copies; `share` of them carry furniture."""
        rng = random.Random(3)
        texts = [[" ".join(words(rng, 50, 5000)) for _ in range(3)] for _ in range(1000)]
        texts += [[" ".join(edited(rng, line.split(), .01)) for line in text] for text in texts[:500]]
        around = [[" ".join(words(rng, 6)) for _ in range(4)] for _ in range(5)]
        lines = []
        for n, text in enumerate(texts):
            host = rng.randrange(5)
            if rng.random() < share:
                text = [*around[host][:2], *text, *around[host][2:]]
            if rng.random() < .05:
                text = [*text, text[0]]  # what a page shows by itself
            lines.append(line_of(id=f"p{n}", url=f"https://h{host}.example/{n}",
                                 text="\n".join(text)))
        return self.write("crawl.jsonl", "".join(lines))

    def clusters_of(self, crawl, *arguments):
        self.dedup(crawl, "--overwrite", "--clusters-only", "--pairs", *arguments)
        return [(self.out / name).read_bytes() for name in ("clusters.jsonl", "pairs.jsonl")]

    def test_held_cleaned_or_read_anew(self):
        for share in (0, .3, .6, 1):
            with self.subTest(share=share):
                crawl = self.crawl_of(share)
                whole = self.clusters_of(crawl, "--threads", "1")
                self.assertGreater(whole[0].count(b"\n"), 400)
                self.assertEqual(whole, self.clusters_of(crawl, "--threads", "3"))
                self.assertEqual(whole, self.clusters_of(crawl, "--memory", "12M", "--threads", "1"))

    def test_as_the_pages_were_cleaned_before(self):
        for share in (0, .3, .6, 1):
            with self.subTest(share=share):
                crawl = self.crawl_of(share)
                clusters, pairs = self.clusters_of(crawl)
                run("clean", crawl, "--out", self.root / "cleaned", "--overwrite")
                cleaned = self.root / "cleaned" / "cleaned.jsonl"
                again = self.clusters_of(cleaned, "--no-clean")
                self.assertEqual(clusters.replace(b"crawl.jsonl", b""),
                                 again[0].replace(b"cleaned/cleaned.jsonl", b""))
                self.assertEqual(pairs, again[1])


class Files(Case):
    def test_how_a_crawl_is_cut_into_files_changes_nothing_but_their_names(self):
        documents = crawl(seed=12, families=60, singles=100)
        rows = [line_of(**d) for d in documents]
        whole = self.write("whole.jsonl", "".join(rows))
        parts = [self.write(f"part/{n:03}.jsonl", "".join(rows[7 * n:7 * n + 7]))
                 for n in range((len(rows) + 6) // 7)]
        self.assertGreater(len(parts), 20)
        one, many = self.root / "one", self.root / "many"
        self.dedup(whole, out=one)
        self.dedup(self.root / "part", out=many)
        self.assertEqual((one / "kept.jsonl").read_bytes(), (many / "kept.jsonl").read_bytes())

        def bare(out):
            return [[(m["id"], m["relation"], m["resemblance"]) for m in c["members"]]
                    for c in self.lines("clusters.jsonl", out)]
        self.assertEqual(bare(one), bare(many))


class Least(Case):
    def test_the_least_memory_is_enough_for_long_texts_too(self):
        rng = random.Random(13)
        base = words(rng, 150_000)
        documents = [{"id": n, "text": " ".join(edited(rng, base, 0.01))} for n in range(4)]
        path = self.write_documents("in.jsonl", documents)
        done = run("dedup", path, "--out", self.out, "--memory", "12M", "--threads", "1")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual(self.counts(), (4, 1, 3, 0, 1))


if __name__ == "__main__":
    unittest.main()
