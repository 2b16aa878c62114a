#!/usr/bin/env python3
"""Measures what `kithkin clean` removes of planted furniture, and what of articles.

    cmake --preset release && cmake --build build/release
    bench/quality/planted_furniture.py                    all three corpora
    bench/quality/planted_furniture.py --limit 1500       a quick look, without the largest hosts
    bench/quality/planted_furniture.py --write DIR        only the crawls and where all is planted
    bench/quality/planted_furniture.py --self-check       only whether this script measures rightly

furniture_planter.py plants, and says what. Shares are of bytes that are not white space, so that it
does not matter whom a line break belongs to. Prints a Markdown table for each corpus by the pages of
a host, then a table of what was to be reached. Exits 1 when a target is missed or the output is not
what is documented, 3 when something is not there.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import furniture_planter as planter

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))
KINDS = ("host-repeat", "related-box", "embedded-article", "code", "page-repeat", "byline")
REMOVED = 0.99   # of planted furniture, at hosts of ENOUGH pages and more
ENOUGH = 20
LOST = 0.001     # of articles
SIZES = sorted(planter.SIZES)
OUTSIDE = 90     # bytes of context in an example


def read_lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def weight(raw, begin, end):
    return sum(map(len, raw[begin:end].split()))


class Breach(Exception):
    """The output is not what is documented."""


class Measure:
    """Holds a run's output against what was planted."""

    def __init__(self, crawl):
        self.crawl = crawl
        self.total = Counter()       # bytes by (class, size)
        self.removed = Counter()     # of these, removed
        self.removed_as = Counter()  # by (class, kind of the tool, size)
        self.boxes = Counter()       # boxes by (matched?, size)
        self.breaches = []
        self.missed, self.lost = [], []  # (bytes, class, size, id, text)

    def run(self, out):
        pages = self.crawl.pages
        cleaned = read_lines(out / "cleaned.jsonl")
        if [row.get("id") for row in cleaned] != [page["id"] for page in pages]:
            self.breaches.append("cleaned.jsonl does not have the documents in input order")
            return
        spans, known = {}, {page["id"] for page in pages}
        for span in read_lines(out / "furniture.jsonl"):
            spans.setdefault(span["id"], []).append(span)
        for name in spans.keys() - known:
            self.breaches.append(f"furniture.jsonl names {name}, which is not there")
        for page, row, truth in zip(pages, cleaned, self.crawl.truth):
            raw = page["text"].encode()
            mine = spans.get(page["id"], [])
            try:
                check(page, row, raw, mine)
            except Breach as breach:
                self.breaches.append(f"{page['id']}: {breach}")
                continue
            self.count(raw, mine, truth)
            if truth["related"]:
                self.boxes[box_matches(row.get("observed_related", []), truth),
                           truth["size"]] += 1

    def count(self, raw, spans, truth):
        size, at = truth["size"], 0
        for kind, begin, end in truth["spans"]:
            whole = weight(raw, begin, end)
            self.total[kind, size] += whole
            while at < len(spans) and spans[at]["end"] <= begin:
                at += 1
            gone, look, ends = 0, at, [begin]
            while look < len(spans) and spans[look]["start"] < end:
                low, high = max(begin, spans[look]["start"]), min(end, spans[look]["end"])
                here = weight(raw, low, high)
                gone += here
                self.removed_as[kind, spans[look]["kind"], size] += here
                if here and kind in planter.ARTICLE:
                    self.example(self.lost, raw, low, high, here,
                                 f"{kind}, as {spans[look]['kind']}", truth,
                                 spans[look]["why"])
                ends += [low, high]
                look += 1
            self.removed[kind, size] += gone
            if gone < whole and kind in planter.FURNITURE:
                ends.append(end)
                for low, high in zip(ends[::2], ends[1::2]):
                    left = weight(raw, low, high)
                    if left:
                        self.example(self.missed, raw, low, high, left, kind, truth, "")

    @staticmethod
    def example(where, raw, low, high, size, kind, truth, why):
        before = raw[max(0, low - OUTSIDE):low].decode("utf-8", "ignore")
        behind = raw[high:high + OUTSIDE].decode("utf-8", "ignore")
        inside = raw[low:high].decode("utf-8", "replace")
        where.append((size, kind, truth["size"], truth["id"], f"{before}⟦{inside}⟧{behind}", why))

    # Shares ------------------------------------------------------------------------------------

    def share(self, kinds, sizes=SIZES, tool_kind=None):
        """(removed, of) of these classes on hosts of these sizes."""
        of = sum(self.total[kind, size] for kind in kinds for size in sizes)
        if tool_kind is None:
            return sum(self.removed[kind, size] for kind in kinds for size in sizes), of
        return sum(self.removed_as[kind, tool_kind, size] for kind in kinds for size in sizes), of

    def boxes_matched(self, sizes=SIZES):
        return (sum(self.boxes[True, size] for size in sizes),
                sum(self.boxes[matched, size] for size in sizes for matched in (True, False)))


def check(page, row, raw, spans):
    """The contract of one document."""
    def hold(truth, words):
        if not truth:
            raise Breach(words)
    rest = {k: v for k, v in row.items() if k not in ("text", "observed_related")}
    hold(rest == {k: v for k, v in page.items() if k != "text"}, "other fields were touched")
    at, kept = 0, []
    for span in spans:
        begin, end = span["start"], span["end"]
        hold(span["kind"] in KINDS, f"unknown kind {span['kind']}")
        hold(isinstance(span["why"], str) and span["why"], "no why")
        hold(at <= begin < end <= len(raw), f"span {begin} to {end} is empty or out of order")
        hold(all(i == len(raw) or raw[i] & 0xC0 != 0x80 for i in (begin, end)),
             f"span {begin} to {end} cuts a character")
        hold(raw[begin:end].decode() == span["text"], f"span {begin} to {end} has another text")
        kept.append(raw[at:begin])
        at = end
    kept.append(raw[at:])
    hold(b"".join(kept).decode() == row["text"], "the text is not the original minus the spans")


def box_matches(observed, truth):
    """Whether the box's titles are observed in order, with an id of that title where the crawl has
    one, and nothing else but titles that stand in other furniture of the page."""
    wanted = [(r["title"], r["ids"]) for r in truth["related"]]
    for seen in observed:
        ids = wanted[0][1] if wanted else []
        if wanted and seen["title"].strip() == wanted[0][0] and (
                seen.get("id") in ids if ids else "id" not in seen):
            del wanted[0]
        elif seen["title"].strip() not in truth["also"]:
            return False
    return not wanted


# Tables ----------------------------------------------------------------------------------------

def percent(removed, of):
    return f"{removed / of:.4f}" if of else ""


def print_tables(measure):
    sizes = [size for size in SIZES if any(measure.total[kind, size]
                                           for kind in planter.ARTICLE)]
    head = " | ".join(f"{size:,}" for size in sizes)
    rule = "---|" * (len(sizes) + 3)
    name = measure.crawl.name
    print(f"\n{name}: {len(measure.crawl.pages):,} pages. Of planted furniture was removed, by the "
          f"pages of a host\n\n| class | bytes | all | {head} |\n|{rule}")
    for kinds in [[k] for k in planter.FURNITURE] + [planter.FURNITURE]:
        cells = [percent(*measure.share(kinds, [size])) for size in sizes]
        removed, of = measure.share(kinds)
        words = kinds[0] if len(kinds) == 1 else "**all**"
        print(f"| {words} | {of:,} | {percent(removed, of)} | " + " | ".join(cells) + " |")
    cells = [percent(*measure.boxes_matched([size])) for size in sizes]
    matched, of = measure.boxes_matched()
    print(f"| boxes whose observed_related matches | {of:,} boxes | {percent(matched, of)} | "
          + " | ".join(cells) + " |")
    print(f"\n{name}: of article text was removed\n\n| class or kind | bytes | all | {head} |\n"
          f"|{rule}")
    rows = [(kind, [kind], None) for kind in planter.ARTICLE]
    rows += [(f"as {kind}", planter.ARTICLE, kind) for kind in KINDS]
    rows += [("**all**", planter.ARTICLE, None)]
    rows += [(f"({kind}: neither)", [kind], None)
             for kind in (*planter.UNDECIDED, planter.NATIVE)]
    for words, kinds, tool_kind in rows:
        removed, of = measure.share(kinds, tool_kind=tool_kind)
        cells = [percent(*measure.share(kinds, [size], tool_kind)) for size in sizes]
        print(f"| {words} | {of if tool_kind is None else removed:,} | {percent(removed, of)} | "
              + " | ".join(cells) + " |")
    print(f"\n{name}: bytes removed by what they are and what they were taken for\n\n| class | "
          + " | ".join(KINDS) + f" |\n|{'---|' * (len(KINDS) + 1)}")
    for kind in (*planter.FURNITURE, *planter.ARTICLE, *planter.UNDECIDED, planter.NATIVE):
        print(f"| {kind} | " + " | ".join(
            f"{measure.share([kind], tool_kind=tool_kind)[0]:,}" for tool_kind in KINDS) + " |")


def targets(measure):
    """Rows (what, measured, target, reached)."""
    rows, name = [], measure.crawl.name

    def add(kinds, all_kinds, what, figure, target, reached):
        # Each kind for information; what has to be reached are the sums.
        is_sum = kinds is all_kinds
        rows.append((f"{name}: {what if is_sum else kinds[0]} removed", figure,
                     *((target, reached) if is_sum else ("", None))))

    large = [size for size in SIZES if size >= ENOUGH]
    for kinds in [[k] for k in planter.FURNITURE] + [planter.FURNITURE]:
        removed, of = measure.share(kinds, large)
        if of:
            add(kinds, planter.FURNITURE, f"all furniture, at hosts of {ENOUGH} pages and more,",
                f"{removed / of:.4f} ({removed:,} of {of:,})", f"at least {REMOVED}",
                removed / of >= REMOVED)
    for kinds in [[k] for k in planter.ARTICLE] + [planter.ARTICLE]:
        removed, of = measure.share(kinds)
        if of:
            add(kinds, planter.ARTICLE, "all article text", f"{removed / of:.5f} ({removed:,} of {of:,})",
                f"at most {LOST}", removed / of <= LOST)
    matched, of = measure.boxes_matched(large)
    if of:
        rows.append((f"{name}: boxes whose observed_related matches, same hosts",
                     f"{matched / of:.4f} ({matched:,} of {of:,})", "", None))
    rows.append((f"{name}: breaches of the documented output", str(len(measure.breaches)), "0",
                 not measure.breaches))
    return rows


def print_examples(title, examples, count):
    """The weightiest of every class in turn."""
    by_kind = {}
    for example in sorted(examples, key=lambda e: (-e[0], e[3])):
        by_kind.setdefault(example[1], []).append(example)
    shown = []
    for n in range(count):
        shown += [kind[n] for kind in by_kind.values() if n < len(kind)]
    print(f"\n{title}: {min(count, len(shown))} of {len(examples)}")
    for size, kind, host, name, text, why in shown[:count]:
        print(f"\n  {kind}; host of {host:,} pages; {name}; {size} bytes{'; ' + why if why else ''}")
        print("    " + text.replace("\n", "\n    "))


def as_json(measure):
    def table(counter):
        return [[*key, count] for key, count in sorted(counter.items())]
    return {"pages": len(measure.crawl.pages), "bytes": table(measure.total),
            "removed": table(measure.removed), "removed_as": table(measure.removed_as),
            "boxes": table(measure.boxes), "breaches": measure.breaches,
            "targets": [{"what": what, "measured": measured, "target": target, "reached": reached}
                        for what, measured, target, reached in targets(measure)]}


# A tool that knows the truth -------------------------------------------------------------------

KIND_OF = {"embedded article": "embedded-article", "code": "code", "page repeat": "page-repeat",
           "byline": "byline", "source line": "byline", "date line": "byline"}


def oracle(crawl, out, remove=lambda kind: kind in planter.FURNITURE):
    """Writes what a tool would that removes just these classes."""
    with open(out / "cleaned.jsonl", "w", encoding="utf-8") as cleaned, \
            open(out / "furniture.jsonl", "w", encoding="utf-8") as furniture:
        for page, truth in zip(crawl.pages, crawl.truth):
            raw, kept = page["text"].encode(), b""
            for kind, begin, end in truth["spans"]:
                if not remove(kind):
                    kept += raw[begin:end]
                    continue
                furniture.write(json.dumps({
                    "id": page["id"], "kind": KIND_OF.get(kind, "related-box" if "box" in kind
                                                          else "host-repeat"), "start": begin,
                    "end": end, "text": raw[begin:end].decode(), "why": "planted"}) + "\n")
            row = {**page, "text": kept.decode()}
            if truth["related"]:
                row["observed_related"] = [
                    {"title": r["title"], **({"id": r["ids"][0]} if r["ids"] else {})}
                    for r in truth["related"]]
            cleaned.write(json.dumps(row) + "\n")


def self_check(crawl, work):
    """Whether the truth scores 1 and 0, nothing removed 0 and 0, and all removed 1 and 1."""
    everything = set(planter.FURNITURE + planter.ARTICLE)
    for remove, furniture, article in ((planter.FURNITURE, 1, 0), ((), 0, 0), (everything, 1, 1)):
        oracle(crawl, work, lambda kind, remove=remove: kind in remove)
        measure = Measure(crawl)
        measure.run(work)
        assert not measure.breaches, measure.breaches[:3]
        for kinds, share in ((planter.FURNITURE, furniture), (planter.ARTICLE, article)):
            removed, of = measure.share(kinds)
            assert of and removed == share * of, (crawl.name, kinds, removed, of)
        assert bool(measure.missed) == (furniture == 0) and bool(measure.lost) == (article == 1)
        matched, boxes = measure.boxes_matched()
        assert matched == boxes > 0, (matched, boxes)
        if remove == planter.FURNITURE:
            assert all(reached is not False for *_, reached in targets(measure))
            perfect = measure
    breaks_are_seen(crawl, work)
    for page, truth in zip(crawl.pages, crawl.truth):
        ends = [0] + [end for _, _, end in truth["spans"]]
        assert [begin for _, begin, _ in truth["spans"]] == ends[:-1]
        assert ends[-1] == len(page["text"].encode())
    return perfect


def breaks_are_seen(crawl, work):
    """Outputs that are not what is documented, each in one way."""
    def tampered(file, change):
        oracle(crawl, work)
        rows = read_lines(work / file)
        change(rows)
        (work / file).write_text("".join(json.dumps(row) + "\n" for row in rows))
        measure = Measure(crawl)
        measure.run(work)
        assert measure.breaches, file
    tampered("cleaned.jsonl", lambda rows: rows.reverse())
    tampered("cleaned.jsonl", lambda rows: rows[0].update(text=rows[0]["text"] + "\n"))
    tampered("cleaned.jsonl", lambda rows: rows[0].update(title="another"))
    tampered("furniture.jsonl", lambda rows: rows[0].update(start=rows[0]["start"] + 1))
    tampered("furniture.jsonl", lambda rows: rows.insert(1, rows[0]))
    tampered("furniture.jsonl", lambda rows: rows[0].update(text="another"))
    tampered("furniture.jsonl", lambda rows: rows[0].update(kind="another"))


# -----------------------------------------------------------------------------------------------

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kithkin", default=str(ROOT / "build" / "release" / "kithkin"))
    parser.add_argument("--data", default=str(DATA))
    parser.add_argument("--corpus", action="append", help="only those whose name has this in it")
    parser.add_argument("--limit", type=int, help="only so many documents of a corpus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", metavar="DIR", help="write the crawls and the truth, and stop")
    parser.add_argument("--self-check", action="store_true", help="do not run the tool")
    parser.add_argument("--json", metavar="FILE", help="write all that was counted")
    parser.add_argument("--examples", metavar="N", type=int, default=0,
                        help="print so many misses and false removals of a corpus")
    options, more = parser.parse_known_args()  # what is not known goes to the tool
    needed = [options.data] + ([] if options.write or options.self_check else [options.kithkin])
    for path in needed:
        if not Path(path).exists():
            print(f"{path} is not there; see the head of this script", file=sys.stderr)
            return 3

    rows, found = [], {}
    for corpus in planter.CORPORA:
        if options.corpus and not any(part in corpus for part in options.corpus):
            continue
        crawl = planter.Planter(corpus, options.data, options.seed, options.limit).crawl()
        if options.write:
            print(crawl.write(options.write))
            continue
        with tempfile.TemporaryDirectory(prefix="kithkin-furniture-") as work:
            if options.self_check:
                measure = self_check(crawl, Path(work))
            else:
                out = Path(work) / "out"
                command = [options.kithkin, "clean", str(crawl.write(work)), "--out", str(out),
                           *more]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode != 0:
                    sys.exit(f"{' '.join(command)}\n{done.stderr}")
                measure = Measure(crawl)
                measure.run(out)
        print_tables(measure)
        if options.examples:
            print_examples(f"{crawl.name}: furniture left", measure.missed, options.examples)
            print_examples(f"{crawl.name}: article text removed", measure.lost, options.examples)
        rows += targets(measure)
        found[crawl.name] = as_json(measure)
        for breach in measure.breaches[:10]:
            print(breach, file=sys.stderr)
    if options.write:
        return 0
    print("\n| what | measured | target | reached |\n|---|---|---|---|")
    words = {None: "", True: "yes", False: "**no**"}
    for *cells, reached in rows:
        print("| " + " | ".join([*cells, words[reached]]) + " |")
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 1 if any(reached is False for *_, reached in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
