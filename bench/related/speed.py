#!/usr/bin/env python3
"""Times `kithkin related` beside Lucene's MoreLikeThis on the same documents, each on one core.

    bench/related/make_corpus.py --out build/related/100k.jsonl --documents 100000
    bench/related/speed.py build/related/100k.jsonl            # prints a Markdown table
    bench/related/speed.py --curve                             # makes 10k to 1M and goes over them

Every time is a whole process by the clock: read, tokenize, build the index, list ten documents for
every document. The programs take turns, --runs times, and the medians count. Lucene reads the same
file with one thread, and its collector and compiler share the one core; the start of its virtual
machine and its warming up count as well, some seconds that matter for small crawls only. Where
`had the core` is well below 100 %, something else ran there, and the time is no good.

With --sample K, Lucene lists for the first K documents only (of a random order) where a crawl has
more, and the time of the others is extrapolated from the second half of those, when its compiler
has warmed up: such figures bear a ~.
"""
import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import common

CURVE = (10_000, 30_000, 100_000, 300_000, 1_000_000)
LUCENE_UP_TO = 100_000  # --curve: beyond this, only kithkin


def count_lines(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


class Bench:
    def __init__(self, options, work):
        self.options, self.work = options, Path(work)
        self.kithkin = common.has_related(options.kithkin)
        if not self.kithkin:
            print(f"skipped kithkin: {options.kithkin} has no command `related` yet",
                  file=sys.stderr)

    def time_kithkin(self, corpus, documents):
        out = self.work / "kithkin"
        command = common.kithkin_command(self.options.kithkin, corpus, out, "--overwrite",
                                         *self.options.kithkin_option)
        seconds, busy, _ = common.run(command, self.options.core, self.options.lock)
        return seconds, busy, "-", False

    def time_lucene(self, setting, corpus, documents):
        sample = self.options.sample
        less = ("--documents", str(sample)) if sample and sample < documents else ()
        seconds, busy, indexing, missing = common.run_lucene(
            corpus, self.work / "lists", setting, "--analyzer", self.options.analyzer, *less,
            core=self.options.core, lock=self.options.lock, folder=self.options.index,
            memory=self.options.memory)
        return seconds, busy, f"{indexing:.1f} + {seconds - indexing:.1f}", missing > 0

    def measure(self, corpus, lucene):
        """Rows (program, documents, seconds, share with a core, parts, extrapolated) of medians."""
        documents = count_lines(corpus)
        contenders = {}
        if self.kithkin:
            contenders["kithkin"] = lambda: self.time_kithkin(corpus, documents)
        for setting in self.options.setting if lucene else ():
            contenders[f"Lucene, {setting}"] = (
                lambda setting=setting: self.time_lucene(setting, corpus, documents))
        runs = {name: [] for name in contenders}
        for number in range(self.options.runs):
            for name, time_one in contenders.items():
                runs[name].append(time_one())
                print(f"{corpus} {name}, run {number + 1}: {runs[name][-1][0]:.2f} s",
                      file=sys.stderr)
        rows = []
        for name, times in runs.items():
            times.sort()
            _, busy, parts, guessed = times[len(times) // 2]
            rows.append((name, documents, statistics.median(t[0] for t in times), busy, parts,
                         guessed))
        return rows


def table(rows):
    yield ("| documents | program | seconds | index + rest | had the core | documents/s/core "
           "| kithkin is faster |")
    yield "|---:|---|---:|---:|---:|---:|---:|"
    base = {documents: seconds for name, documents, seconds, *_ in rows if name == "kithkin"}
    for name, documents, seconds, busy, parts, guessed in rows:
        mark = "~" if guessed else ""
        ratio = f"{mark}{seconds / base[documents]:.1f} x" if documents in base else "-"
        yield (f"| {documents:,} | {name} | {mark}{seconds:.1f} | {parts} | {busy:.0%} "
               f"| {mark}{documents / seconds:,.0f} | {ratio} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpora", nargs="*", help="JSONL files (not compressed)")
    parser.add_argument("--curve", action="store_true", help="make and measure 10k to 1M documents")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sample", type=int, help="documents Lucene lists for, of larger crawls")
    parser.add_argument("--setting", action="append", choices=common.SETTINGS)
    parser.add_argument("--analyzer", default="standard", choices=("standard", "english", "arabic"))
    parser.add_argument("--core", type=int, default=1, help="the core everything runs on")
    parser.add_argument("--memory", default="6g", help="heap of Lucene's virtual machine")
    parser.add_argument("--index", help="folder for Lucene's index, such as one in memory")
    parser.add_argument("--lock", help="file to lock while a process is timed")
    parser.add_argument("--kithkin", default=str(common.KITHKIN))
    parser.add_argument("--kithkin-option", action="append", default=[])
    options = parser.parse_args()
    options.setting = options.setting or list(common.SETTINGS)
    if not options.corpora and not options.curve:
        parser.error("name a corpus, or say --curve")

    common.build_peer()
    folder = common.ROOT / "build" / "related"
    rows = []
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(options, work)
        for corpus in options.corpora:
            rows += bench.measure(corpus, lucene=True)
        for documents in CURVE if options.curve else ():
            lucene = documents <= LUCENE_UP_TO
            if not lucene and not bench.kithkin:
                continue
            corpus = folder / f"{documents}.jsonl"
            if not corpus.exists():
                folder.mkdir(parents=True, exist_ok=True)
                maker = Path(__file__).parent / "make_corpus.py"
                part = corpus.with_suffix(".part")
                subprocess.run([sys.executable, maker, "--out", part, "--documents",
                                str(documents)], check=True, stdout=sys.stderr)
                part.rename(corpus)
            rows += bench.measure(corpus, lucene)
    print("\n".join(table(rows)))


if __name__ == "__main__":
    main()
