#!/usr/bin/env python3
"""Finds planted copies among very many pages of one template.

    bench/quality/template_bucket.py [PAGES]      a million unless told

Pages share some fifty words and differ in a dozen; a thousand of them have a copy in which two words
were edited and a line was put behind. Prints how many of the copies end in their page's cluster, how
many pages are taken for copies of other pages, and what it took.
"""
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COPIES = 1000
SYLLABLES = ["ba", "den", "kor", "li", "mas", "ne", "pol", "ra", "sun", "tor", "vi", "zan"]


def name(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize()


def page(rng):
    day, month, number = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(10 ** 6)
    return (f"The council of {name(rng)} announced that the office in {name(rng)} street "
            f"{rng.randrange(300)} will be open to all residents from {day} {month} until the end of "
            f"the season. Visitors are asked to bring form {number} and proof of address. Questions "
            f"are answered by {name(rng)} {name(rng)} under extension {rng.randrange(10 ** 5)} on "
            f"working days between nine and noon. The fee of {rng.randrange(10, 99)} is due on "
            f"arrival and cannot be returned. Applications for the district of {name(rng)} will be "
            f"taken by {name(rng)} {name(rng)} at the same place.").split()


def copy(rng, words):
    out = list(words)
    plain = [at for at, word in enumerate(words) if word.islower()]  # no fact is touched
    for at in rng.sample(plain, 2):
        out[at] = rng.choice(["also", "then", "now", "here"])
    return out + ["This", "notice", "was", "printed", "by", "the", "district", "paper"]


def main():
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rng = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="kithkin-template-") as work:
        crawl, out = Path(work) / "crawl.jsonl", Path(work) / "out"
        with open(crawl, "w", encoding="utf-8") as file:
            for n in range(pages):
                words = page(rng)
                file.write(json.dumps({"id": f"p{n}", "text": " ".join(words)}) + "\n")
                if n % (pages // COPIES) == 0:
                    text = " ".join(copy(rng, words))
                    file.write(json.dumps({"id": f"c{n}", "text": text}) + "\n")
        began = time.monotonic()
        subprocess.run([ROOT / "build/release/kithkin", "dedup", crawl, "--out", out, "--quiet",
                        "--clusters-only"], check=True)
        took = time.monotonic() - began
        summary = json.loads((out / "summary.json").read_text())
        found = wrong = 0
        for line in open(out / "clusters.jsonl", encoding="utf-8"):
            members = [m["id"] for m in json.loads(line)["members"]]
            numbers = {member[1:] for member in members}
            wrong += len(members) if len(numbers) > 1 else 0
            found += sum(f"p{m[1:]}" in members for m in members if m[0] == "c")
        print(f"{pages:,} pages: {found} of {COPIES} copies found; {wrong} pages in clusters with "
              f"another page; {summary['counts']['hot_buckets']} hot buckets, "
              f"{summary['counts']['candidate_pairs']:,} candidate pairs, "
              f"{summary['counts']['formula_pairs']:,} formula pairs, {took:.0f} s, "
              f"{summary['peak_memory'] / 1e9:.1f} GB")
        print(summary["seconds"])


if __name__ == "__main__":
    main()
