#!/usr/bin/env python3
"""How many of ten related documents are of the same topic: precision at 10 on three labelled sets.

    bench/related/quality.py                            # runs kithkin and Lucene on all three
    bench/related/quality.py --prepare antcorpus FILE   # the documents of a set, as JSON lines
    bench/related/quality.py --set antcorpus LISTS...   # measures lists that are there already

A list is a line `id \\t id1,id2,...`, best first, or an object of kithkin's related.jsonl:
{"id": ..., "related": [{"id": ...}, ...]}. Only the first ten count. A place that stays empty
counts as wrong, and so does a document without a list; `empty` is the share of documents without
one. Documents without a label are left out of a set before anything reads it.
"""
import argparse
import csv
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import common

TOP = 10
SETS = {
    "bbc": ("BBC", "related_en_bbc_topics"),
    "reuters": ("Reuters", "related_en_reuters_topics"),
    "antcorpus": ("ANTCorpus", "ar_antcorpus"),
}


def read_set(name):
    """Documents with labels, and id: set of labels. Any label in common is the same topic."""
    stem = common.DATA / SETS[name][1]
    if name == "antcorpus":
        raw = subprocess.run(["zstd", "-dc", f"{stem}.jsonl.zst"], capture_output=True, check=True)
        documents = [json.loads(line) for line in raw.stdout.splitlines()]
        labels = {d["id"]: {d["category"]} for d in documents if d.get("category")}
    else:
        with gzip.open(f"{stem}.jsonl.gz", "rb") as file:
            documents = [json.loads(line) for line in file]
        with open(f"{stem}.clusters.tsv", encoding="utf-8", newline="") as file:
            labels = {row["id"]: set(row["cluster"].split("|"))
                      for row in csv.DictReader(file, delimiter="\t") if row["cluster"]}
    return [d for d in documents if d["id"] in labels], labels


def write_set(documents, path):
    with open(path, "w", encoding="utf-8") as out:
        for document in documents:
            out.write(json.dumps(document, ensure_ascii=False) + "\n")


def read_lists(path):
    """id: ids of related documents, best first, of either form."""
    lists = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("{"):
                row = json.loads(line)
                lists[row["id"]] = [one["id"] for one in row["related"]]
            elif line:
                own, _, others = line.partition("\t")
                lists[own] = others.split(",") if others else []
    return lists


def precision(lists, labels):
    """Share of the ten places with a document of the same topic, and of empty lists."""
    right = empty = 0
    for own, topics in labels.items():
        # Nothing counts twice, and no document is related to itself.
        others = list(dict.fromkeys(lists.get(own, ())))[:TOP]
        right += sum(other != own and not topics.isdisjoint(labels.get(other, ()))
                     for other in others)
        empty += not others
    return right / (TOP * len(labels)), empty / len(labels)


def measure_all(options):
    """Rows of (program, set: (precision, empty))."""
    common.build_peer()
    analyzers = options.analyzer or ["standard"]
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        kithkin = common.has_related(options.kithkin)
        if not kithkin:
            print(f"skipped kithkin: {options.kithkin} has no command `related` yet",
                  file=sys.stderr)
        for name in SETS:
            documents, labels = read_set(name)
            corpus, lists = work / f"{name}.jsonl", work / "lists"
            write_set(documents, corpus)
            if kithkin:
                common.run(common.kithkin_command(options.kithkin, corpus, work / name,
                                                  *options.kithkin_option))
                rows.setdefault("kithkin", {})[name] = precision(
                    read_lists(work / name / "related.jsonl"), labels)
            for setting in common.SETTINGS:
                for analyzer in analyzers:
                    common.run_lucene(corpus, lists, setting, "--analyzer", analyzer)
                    rows.setdefault(f"Lucene, {setting}, {analyzer}", {})[name] = precision(
                        read_lists(lists), labels)
    return rows


def print_table(rows, names):
    print("| lists |" + "".join(f" {SETS[name][0]} P@10 | empty |" for name in names))
    print("|---|" + "---:|---:|" * len(names))
    for program, measured in rows.items():
        print(f"| {program} |" + "".join(
            f" {measured[name][0]:.4f} | {measured[name][1]:.2%} |" for name in names))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("lists", nargs="*", help="files of lists for --set")
    parser.add_argument("--set", choices=SETS)
    parser.add_argument("--prepare", nargs=2, metavar=("SET", "FILE"))
    parser.add_argument("--analyzer", action="append", choices=("standard", "english", "arabic"))
    parser.add_argument("--kithkin", default=str(common.KITHKIN))
    parser.add_argument("--kithkin-option", action="append", default=[])
    options = parser.parse_args()
    if bool(options.set) != bool(options.lists):
        parser.error("--set and files of lists go together")

    if options.prepare:
        name, path = options.prepare
        if name not in SETS:
            parser.error(f"no set {name}: one of {', '.join(SETS)}")
        documents, _ = read_set(name)
        write_set(documents, path)
        print(f"{path}: {len(documents)} documents")
    elif options.set:
        _, labels = read_set(options.set)
        rows = {path: {options.set: precision(read_lists(path), labels)} for path in options.lists}
        print_table(rows, [options.set])
    else:
        print_table(measure_all(options), list(SETS))


if __name__ == "__main__":
    main()
