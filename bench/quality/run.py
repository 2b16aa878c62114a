#!/usr/bin/env python3
"""Measures how well copies are found on labelled and on exhaustively compared corpora.

    cmake --preset release && cmake --build build/release
    cmake --preset bench && cmake --build build/bench --target kithkin_brute_force
    bench/quality/run.py

Prints a Markdown table, everything at the defaults unless the row says otherwise, then the clusters
of the corpus that should have none. The corpora are found through KITHKIN_DATA (default
../shared/data beside the repository). Exits 1 when a target is missed, 3 when something is not
there. docs/quality.md holds the last table and says what the figures mean.
"""
import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import planted

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))
THRESHOLD = 0.6    # the defaults of `kithkin dedup`
CONTAINMENT = 0.8
LEAST_LISTED = 0.3  # brute force lists pairs down to here
ROUNDING = 1e-12    # two divisions of the same integers, printed and read again


MODES = {"as it is": ("--no-clean",), "cleaned": ()}


class Bench:
    """Runs the tools, holds what comes out, and collects the rows of the table, a column for texts
    as they are and one for cleaned ones."""

    def __init__(self, tool, brute, work):
        self.tool, self.brute, self.work = tool, brute, Path(work)
        self.mode = "as it is"
        self.rows = {}  # what: (target, {mode: (measured, reached)})
        self.missed = False

    @property
    def flags(self):
        return MODES[self.mode]

    def path(self, name):
        return self.work / f"{name} {self.mode}"

    def dedup(self, name, corpus, *options):
        """Runs `kithkin dedup`; gives the output directory and what was said on standard error."""
        out = self.path(name)
        command = [self.tool, "dedup", str(DATA / corpus), "--out", str(out), "--pairs", *self.flags,
                   *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}\n{done.stderr}")
        return out, done.stderr

    def brute_force(self, corpus):
        """Every pair worth listing, by its two ids in input order."""
        table = self.work / "brute_force.tsv"
        with open(table, "w", encoding="utf-8") as out:
            subprocess.run([self.brute, str(DATA / corpus), str(LEAST_LISTED), str(CONTAINMENT)],
                           stdout=out, check=True)
        return {(r["id_a"], r["id_b"]): {key: float(r[key]) for key in
                                         ("resemblance", "containment_a", "containment_b", "exact")}
                for r in read_table(table)}

    def row(self, what, measured, target, reached=None):
        """Adds a figure; `reached` None is one without a target."""
        words = {None: "", True: "yes", False: "**no**"}
        self.note(what, measured, target, words[reached])
        self.missed |= reached is False

    def note(self, what, measured, target, reached):
        self.rows.setdefault(what, (target, {}))[1][self.mode] = (measured, reached)

    def share(self, what, hits, total, target=None, aim=None):
        """A share; below its target the run fails, below its aim the table says so."""
        value = hits / total if total else 0.0
        measured = f"{value:.4f} ({hits:,} of {total:,})"
        if aim is not None:
            self.note(what, measured, f"aim {aim}", "yes" if value >= aim else "not quite")
        elif target is not None:
            self.row(what, measured, f"at least {target}", value >= target)
        else:
            self.row(what, measured, "")

    def none(self, what, count):
        self.row(what, str(count), "0", count == 0)

    def print_table(self):
        print("| what | as it is | cleaned | target | reached |\n|---|---|---|---|---|")
        for what, (target, columns) in self.rows.items():
            measured = [columns.get(mode, ("", ""))[0] for mode in MODES]
            reached = list(dict.fromkeys(reached for _, reached in columns.values()))
            print("| " + " | ".join((what, *measured, target, ", ".join(reached))) + " |")


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def cluster_of(out):
    """Each clustered id's cluster; of ids that stand alone nothing."""
    return {member["id"]: cluster["cluster"] for cluster in read_lines(out / "clusters.jsonl")
            for member in cluster["members"]}


def together(clusters, a, b):
    return a in clusters and clusters[a] == clusters.get(b)


def labelled_pairs(bench, what, corpus, labels, label, target, *options):
    """The share of labelled pairs that end in one cluster."""
    out, _ = bench.dedup(what.split(":")[0].replace(" ", "_"), corpus, *options)
    clusters = cluster_of(out)
    pairs = [r for r in read_table(DATA / labels) if r["label"] == label]
    hits = sum(together(clusters, r["id_a"], r["id_b"]) for r in pairs)
    bench.share(what, hits, len(pairs), target)
    return [(r["id_a"], r["id_b"]) for r in pairs if not together(clusters, r["id_a"], r["id_b"])]


def no_duplicates(bench):
    """A corpus that is almost free of copies: every cluster is to be accounted for."""
    out, _ = bench.dedup("nodup", "ar_khaleej_nodup.jsonl.zst")
    clusters = read_lines(out / "clusters.jsonl")
    bench.row("ar_khaleej_nodup: clusters, each accounted for in docs/quality.md",
              f"{len(clusters)} (of 12,000 documents)", "read them all")
    return clusters


def expected_relation(truth):
    if truth["exact"]:
        return "exact"
    if truth["resemblance"] >= THRESHOLD:
        return "near"
    if max(truth["containment_a"], truth["containment_b"]) >= CONTAINMENT:
        return "contained"
    return "none"


def against_brute_force(bench, corpus, out):
    """Holds pairs.jsonl against every pair there is."""
    truth = bench.brute_force(corpus)
    found = {}
    for pair in read_lines(out / "pairs.jsonl"):
        found[pair["id_a"], pair["id_b"]] = pair
    name = corpus.split(".jsonl")[0]

    def among(low, high):
        return [ids for ids, t in truth.items() if low <= t["resemblance"] < high]
    for low, high, target in ((0.8, 2, 0.995), (THRESHOLD, 0.8, 0.95)):
        pairs = among(low, high)
        words = f"{low} and more" if high > 1 else f"{low} to {high}"
        bench.share(f"{name}: pairs of resemblance {words} that stand in pairs.jsonl",
                    sum(ids in found for ids in pairs), len(pairs), target)
    contained = [ids for ids, t in truth.items() if expected_relation(t) == "contained"]
    bench.share(f"{name}: contained pairs under resemblance {THRESHOLD} that stand there",
                sum(ids in found for ids in contained), len(contained))

    none = {"resemblance": 0, "containment_a": 0, "containment_b": 0, "exact": 0}
    bench.none(f"{name}: `near` under the threshold", sum(
        pair["relation"] == "near" and truth.get(ids, none)["resemblance"] < THRESHOLD
        for ids, pair in found.items()))
    bench.none(f"{name}: `contained` under its own", sum(
        pair["relation"] == "contained" and
        max(truth.get(ids, none)[key] for key in ("containment_a", "containment_b")) < CONTAINMENT
        for ids, pair in found.items()))
    bench.none(f"{name}: relations and measures that differ from brute force's", sum(
        pair["relation"] not in (expected_relation(truth.get(ids, none)), "formula") or
        expected_relation(truth.get(ids, none)) == "none" or
        any(abs(pair[key] - truth.get(ids, none)[key]) > ROUNDING
            for key in ("resemblance", "containment_a", "containment_b"))
        for ids, pair in found.items()))

    clusters = cluster_of(out)
    bench.row(f"{name}: of the verified pairs, formulas",
              f"{sum(pair['relation'] == 'formula' for pair in found.values())}", "")
    for relations in (("exact", "near", "contained"), ("exact", "near"), ("contained",)):
        pairs = [ids for ids, pair in found.items() if pair["relation"] in relations]
        every = len(relations) == 3
        words = "verified pairs" if every else "of these, " + " and ".join(
            f"`{relation}`" for relation in relations)
        bench.share(f"{name}: {words} that end in one cluster",
                    sum(together(clusters, *ids) for ids in pairs), len(pairs),
                    aim=0.97 if every else None)
    return truth, found


COPIES = ("exact", "near", "contained")


def f1(judged):
    """Of (is a copy, is called one) pairs."""
    hits = sum(a and b for a, b in judged)
    wrong = sum(a != b for a, b in judged)
    return 2 * hits / (2 * hits + wrong) if hits else 0.0


def bootstrap(judged, rounds=2000):
    """The interval that holds 95 of 100 F1 of resampled pairs."""
    rng = random.Random(1)
    scores = sorted(f1(rng.choices(judged, k=len(judged))) for _ in range(rounds))
    return f"{scores[rounds // 40]:.3f} to {scores[-rounds // 40]:.3f}"


def gold_pairs(bench):
    """Labelled pairs: copies (ND, PD) against everything else, by `compare` and by clusters."""
    corpus, labels = "ar_saudinewsnet.dev.jsonl.zst", "lab_ar_saudinews_gold.pairs.tsv"
    done = subprocess.run([bench.tool, "compare", str(DATA / corpus), "--pairs",
                           str(DATA / labels), "--profile", "news", "--quiet", *bench.flags],
                          capture_output=True, text=True, check=True)
    relation = {(r["id_a"], r["id_b"]): r["relation"]
                for r in csv.DictReader(done.stdout.splitlines(), delimiter="\t")}
    out, _ = bench.dedup("gold", corpus, "--profile", "news")
    clusters = cluster_of(out)
    pairs = [(r["label"], (r["id_a"], r["id_b"])) for r in read_table(DATA / labels)]
    called = [(label in ("ND", "PD"), relation[ids] in COPIES) for label, ids in pairs]
    joined = [(label in ("ND", "PD"), together(clusters, *ids)) for label, ids in pairs]
    name = "lab_ar_saudinews_gold, --profile news"
    bench.row(f"{name}: F1 of `compare`", f"{f1(called):.3f} (95 %: {bootstrap(called)})",
              "at least 0.93", f1(called) >= 0.93)
    bench.row(f"{name}: F1 of clusters", f"{f1(joined):.3f} (95 %: {bootstrap(joined)})",
              "at least 0.90", f1(joined) >= 0.90)
    bench.none(f"{name}: TPL pairs joined", sum(
        label == "TPL" and together(clusters, *ids) for label, ids in pairs))
    return [(label, *ids, relation[ids], together(clusters, *ids)) for label, ids in pairs
            if (label in ("ND", "PD")) != (relation[ids] in COPIES) or
            (label in ("ND", "PD")) != together(clusters, *ids)]


def cross_outlet(bench):
    """Clusters with members of two outlets or more, by profile."""
    corpus = "ar_saudinewsnet.dev.jsonl.zst"
    source = {}
    raw = subprocess.run(["zstd", "-dc", str(DATA / corpus)], capture_output=True, check=True)
    for line in raw.stdout.splitlines():
        row = json.loads(line)
        source[row["id"]] = row["source"]
    for profile in ("web", "news"):
        out, _ = bench.dedup(f"profile_{profile}", corpus, "--profile", profile)
        clusters = read_lines(out / "clusters.jsonl")
        across = sum(len({source[m["id"]] for m in c["members"]}) > 1 for c in clusters)
        pairs = read_lines(out / "pairs.jsonl")
        formulas = sum(p["relation"] == "formula" for p in pairs)
        bench.row(f"ar_saudinewsnet.dev, --profile {profile}: clusters across outlets",
                  f"{across:,} of {len(clusters):,}; {formulas:,} formula pairs", "")


def planted_excerpts(bench, corpus):
    """Excerpts planted into a real corpus, found again by the length ratio."""
    name = corpus.split(".jsonl")[0]
    path = bench.path(f"planted_{name}.jsonl")
    pairs = planted.write(DATA / corpus, path)
    table = bench.path(f"planted_{name}.tsv")
    table.write_text("id_a\tid_b\n" + "".join(f"{a}\t{b}\n" for a, b, _ in pairs),
                     encoding="utf-8")
    done = subprocess.run([bench.tool, "compare", str(path), "--pairs", str(table), "--quiet",
                           "--keep-formula", "on", *bench.flags], capture_output=True, text=True, check=True)
    measured = [max(float(r["containment_a"]), float(r["containment_b"]))
                for r in csv.DictReader(done.stdout.splitlines(), delimiter="\t")]
    out = bench.path(f"planted_{name}")
    subprocess.run([bench.tool, "dedup", str(path), "--out", str(out), "--pairs", "--quiet",
                    "--keep-formula", "on", *bench.flags], check=True)
    found = {frozenset((p["id_a"], p["id_b"])) for p in read_lines(out / "pairs.jsonl")}
    for ratio in planted.RATIOS:
        wanted = [frozenset((a, b)) for (a, b, r), c in zip(pairs, measured)
                  if r == ratio and 0.87 <= c <= 0.93]
        bench.share(f"{name}: planted excerpts of containment .87 to .93, length ratio 1:{ratio}",
                    sum(pair in found for pair in wanted), len(wanted), 0.95)


def what_must_be_equal(out):
    """All bytes of a run's output, timings and peak memory left out."""
    files = {file.name: file.read_bytes() for file in sorted(out.iterdir())}
    summary = json.loads(files.pop("summary.json"))
    del summary["seconds"], summary["peak_memory"]
    return files, summary


def least_memory(bench, corpus, threads):
    """What the tool names as the least when it is given too little."""
    command = [bench.tool, "dedup", str(DATA / corpus), "--out", str(bench.path("refused")),
               "--memory", "1M", "--threads", threads]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return re.search(r"the least is (\d+M)", done.stderr).group(1)


def same_bytes(bench, corpus):
    one, _ = bench.dedup("one_thread", corpus, "--threads", "1")
    two, _ = bench.dedup("two_threads", corpus, "--threads", "2")
    expected = what_must_be_equal(one)
    bench.row("same bytes with one and two threads", "yes" if what_must_be_equal(two) == expected
              else "no", "yes", what_must_be_equal(two) == expected)
    for threads in ("1", "2"):
        memory = least_memory(bench, corpus, threads)
        out, said = bench.dedup(f"least_memory_{threads}", corpus, "--threads", threads,
                                "--memory", memory)
        spilled = re.search(r"spilled (\d+) bytes", said)
        same = what_must_be_equal(out) == expected and spilled is not None
        bench.row(f"same bytes with {threads} thread{'s'[:int(threads) - 1]} and the least memory, "
                  f"--memory {memory}",
                  f"{'yes' if same else 'no'}, {int(spilled.group(1)) if spilled else 0:,} bytes "
                  "spilled", "yes, and spilled", same)


def print_clusters(clusters):
    print("\n| cluster | member | relation | resemblance | containment | of representative |")
    print("|---|---|---|---|---|---|")
    for cluster in clusters:
        for member in cluster["members"]:
            if member["relation"] == "representative":
                continue
            print(f"| {cluster['cluster']} | {member['id']} | {member['relation']} | "
                  f"{member['resemblance']:.3f} | {member['containment']:.3f} | "
                  f"{member['containment_of_representative']:.3f} |")


def print_misses(title, pairs, truth=None):
    print(f"\n{title}: {len(pairs)}")
    for ids in pairs:
        measures = "" if truth is None else "  " + "  ".join(
            f"{truth[ids][key]:.3f}" for key in ("resemblance", "containment_a", "containment_b"))
        print(f"  {ids[0]}  {ids[1]}{measures}")


def measure(bench):
    """All figures of one mode. The tables of misses and clusters that are printed are of it."""
    revisions = labelled_pairs(
        bench, "lab_en_whitehouse_revisions.dev: `revision` pairs in one cluster",
        "lab_en_whitehouse_revisions.dev.jsonl.gz",
        "lab_en_whitehouse_revisions.dev.pairs.tsv", "revision", 0.98)
    for threshold, target in (("0.6", 0.8), ("0.4", 0.9)):
        labelled_pairs(
            bench, f"lab_ar_khaleej_raw_vs_cleaned at {threshold}: pairs in one cluster",
            "lab_ar_khaleej_raw_vs_cleaned.jsonl.zst",
            "lab_ar_khaleej_raw_vs_cleaned.pairs.tsv", "same-article-cleaned", target,
            "--threshold", threshold)
    clusters = no_duplicates(bench)
    saudi = "ar_saudinewsnet.dev.jsonl.zst"
    out, _ = bench.dedup("saudi", saudi)
    truth = found = {}
    if bench.mode == "as it is":  # brute force knows no other texts
        truth, found = against_brute_force(bench, saudi, out)
    same_bytes(bench, saudi)
    missed = gold_pairs(bench)
    cross_outlet(bench)
    planted_excerpts(bench, "ar_khaleej_nodup.jsonl.zst")
    planted_excerpts(bench, "big_en_whitehouse_full.jsonl.zst")
    return revisions, clusters, missed, truth, found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tool", default=str(ROOT / "build" / "release" / "kithkin"))
    parser.add_argument("--brute-force", default=str(ROOT / "build" / "bench" / "brute_force"))
    parser.add_argument("--misses", action="store_true",
                        help="also list the pairs that were missed")
    options = parser.parse_args()
    for needed in (options.tool, options.brute_force, DATA):
        if not Path(needed).exists():
            print(f"{needed} is not there; see the head of this script", file=sys.stderr)
            return 3

    with tempfile.TemporaryDirectory(prefix="kithkin-quality-") as work:
        bench = Bench(options.tool, options.brute_force, work)
        results = {}
        for bench.mode in MODES:
            results[bench.mode] = measure(bench)
        revisions, clusters, missed, _, _ = results["cleaned"]
        truth, found = results["as it is"][3:]
        bench.print_table()
        print_clusters(clusters)
        print("\nGold pairs that `compare` or the clusters take for something else")
        for miss in missed:
            print("  ", *miss)
        if options.misses:
            print_misses("revision pairs not in one cluster", revisions)
            print_misses("saudinewsnet pairs that stand in no pairs.jsonl",
                         [ids for ids, t in truth.items()
                          if expected_relation(t) != "none" and ids not in found], truth)
        return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
