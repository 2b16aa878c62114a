#!/usr/bin/env python3
"""Shows the clusters of a deduplicated crawl with the titles of their members.

    scripts/show_clusters.py CRAWL RESULT

CRAWL is the directory of .jsonl and .jsonl.gz files that `kithkin dedup` read, RESULT its output.
"""
import gzip
import json
import sys
from pathlib import Path

MEASURES = {"near": "resemblance", "contained": "containment"}


def lines(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from file


def read_titles(crawl):
    titles = {}
    for path in sorted(crawl.iterdir()):
        for line in lines(path):
            try:
                document = json.loads(line)
            except ValueError:
                continue  # the crawl has a broken line on purpose
            titles.setdefault(document["id"], document["title"])
    return titles


def isolated(text):
    """Keeps right-to-left text from disordering the line around it."""
    return f"\u2068{text}\u2069"


def describe(member):
    relation = member["relation"]
    if relation == "representative":
        return "kept"
    measure = member.get(MEASURES.get(relation))
    return relation if measure is None else f"{relation} {measure:.2f}"


def main(crawl, result):
    titles = read_titles(crawl)
    for number, line in enumerate(lines(result / "clusters.jsonl"), 1):
        members = json.loads(line)["members"]
        print(f"Cluster {number}: {len(members)} documents")
        for member in members:
            name = member["id"]
            print(f"  {describe(member):<15} {name:<22} {isolated(titles.get(name, ''))}")
        print()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: show_clusters.py CRAWL RESULT")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
