#!/usr/bin/env python3
"""Runs kithkin and its peers side by side on the same machine, files and thread count.

    cmake --preset release && cmake --build build/release
    cmake --preset bench && cmake --build build/bench --target kithkin_brute_force
    bench/peers/run.py                           # everything; writes build/peers/report.md and .svg
    bench/peers/run.py --only rensa --part speed # one peer, one part; results are kept
    bench/peers/run.py --report                  # the report of what was measured so far

Peers are installed at pinned versions, each into an environment of its own below build/peers, with
pip, cargo and Maven as they are set up on the machine; that is what needs the network. One that
cannot be installed is listed with the reason. Results are kept as JSON, a file a peer, and those of
a part that is run again are replaced. KITHKIN names the tool (build/release/kithkin), KITHKIN_DATA
the corpora.
"""
import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import environments
import measure
import peers
import report
import sets
from environments import BUILD, ROOT, NotInstalled

sys.path.append(str(ROOT / "bench" / "related"))
import common  # noqa: E402  what bench/related runs Lucene with
import quality as topics  # noqa: E402

PARTS = ("install", "quality", "probes", "speed", "lists", "lists-speed")
LISTS = ("lists", "lists-speed")


def result_path(kind, peer):
    name = "".join(c if c.isalnum() else "-" for c in peer.name)
    return BUILD / "results" / kind / f"{name}.json"


def load(kind, peer):
    path = result_path(kind, peer)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def save(kind, peer, result):
    path = result_path(kind, peer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")


def command_of(peer, crawl, out, threads):
    if peer.adapter:
        return environments.command(peer, crawl, out, threads)
    return [sets.KITHKIN, "dedup", str(crawl), "--out", str(out), "--clusters-only", "--quiet",
            "--threads", str(threads), *peer.options]


def shown(command, crawl, out, index=""):
    """A command as one can type it: without the folders of this machine."""
    words = {str(crawl): "CRAWL.jsonl", str(out): "OUT", str(index): "INDEX",
             sets.KITHKIN: "build/release/kithkin"}
    parts = [words.get(part, part).replace(f"{ROOT}/", "") for part in command]
    return shlex.join(parts)


class Bench:
    def __init__(self, options):
        self.options = options
        self.threads = options.threads

    def once(self, peer, crawl, work):
        """One run; the clusters' path and the measured run."""
        out = Path(work) / "out"
        command = command_of(peer, crawl, out, self.threads)
        ran = measure.run(command, self.options.limit, self.threads,
                          environments.environ(peer, self.threads))
        return out, ran, shown(command, crawl, out)

    def failed(self, ran):
        if ran.stopped:
            return f"stopped after {self.options.limit} s"
        if ran.code != 0:
            return environments.last_error(ran.said) or f"ended with {ran.code}"
        return None

    def clusters(self, peer, crawl):
        with tempfile.TemporaryDirectory(dir=BUILD) as work:
            out, ran, _ = self.once(peer, crawl, work)
            why = self.failed(ran)
            return (None, why) if why else (sets.read_clusters(out), None)

    def install(self, peer, result):
        if peer.environment:
            result["packages"] = environments.packages(peer)

    def quality(self, peer, result):
        measured = {}
        by_crawl = {}

        def clusters_on(crawl):
            if crawl not in by_crawl:
                path = sets.document_set(crawl)
                by_crawl[crawl] = self.clusters(peer, path) if path else (None, "no data")
            return by_crawl[crawl]

        for name, (crawl, labels, _) in sets.LABELLED.items():
            clusters, why = clusters_on(crawl)
            if clusters is None or sets.document_set(labels) is None:
                measured[name] = {"failed": why or "no data"}
                continue
            with tempfile.TemporaryDirectory(dir=BUILD) as work:
                measured[name] = sets.by_labels(clusters, name, work)
        clusters, why = clusters_on(sets.EXACT)
        if sets.BRUTE_FORCE.exists():
            measured["brute force"] = \
                sets.by_brute_force(clusters) if clusters is not None else {"failed": why}
        result["quality"] = measured

    def probes(self, peer, result):
        crawl, table = sets.probe_files()
        clusters, why = self.clusters(peer, crawl)
        result["probes"] = {"failed": why} if clusters is None else sets.by_probes(clusters, table)

    def speed(self, peer, result):
        crawl = sets.crawl(self.options.megabytes)
        if peer.megabytes and peer.megabytes < self.options.megabytes:
            crawl = sets.first(crawl, peer.megabytes)
        megabytes = crawl.stat().st_size / 1e6
        runs, why = [], None
        for _ in range(self.options.runs):
            with tempfile.TemporaryDirectory(dir=BUILD) as work:
                _, ran, command = self.once(peer, crawl, work)
            why = self.failed(ran)
            result["command"] = command
            if why:
                break
            runs.append(ran)
        speeds = result.setdefault("speeds", {})
        if why:
            speeds[str(self.options.megabytes)] = {"failed": why, "megabytes": megabytes}
            return
        best = min(runs, key=lambda ran: ran.seconds)
        speeds[str(self.options.megabytes)] = {
            "seconds": best.seconds, "cpu": best.cpu, "others": best.others,
            "megabytes": megabytes, "runs": len(runs), "rate": megabytes / best.seconds,
            "peak": max(ran.peak for ran in runs)}

    def deduplicate(self, peer, parts):
        result = load("dedup", peer)
        try:
            print(f"{peer.name}: install", file=sys.stderr)
            environments.install(peer)
            result.pop("not installed", None)
        except NotInstalled as reason:
            result = {"not installed": str(reason)}
            print(f"{peer.name}: {reason}", file=sys.stderr)
        else:
            for part in parts:
                print(f"{peer.name}: {part}", file=sys.stderr)
                getattr(self, part)(peer, result)
                save("dedup", peer, result)
        save("dedup", peer, result)

    def related_command(self, peer, crawl, out, work):
        if peer.adapter:
            return environments.command(peer, crawl, out, 1)
        if peer.name == "kithkin":
            return common.kithkin_command(sets.KITHKIN, crawl, out, "--quiet")
        return common.lucene_command(crawl, Path(work) / "index", out, peer.name.split(", ")[1],
                                     "--analyzer", "standard")

    def lists(self, peer, crawl, work):
        """One run on one core; the lists' path, the measured run, and its command."""
        out = Path(work) / "out"
        (Path(work) / "index").mkdir()
        command = self.related_command(peer, crawl, out, work)
        ran = measure.run(command, self.options.limit, 1, environments.environ(peer, 1))
        return (out / "related.jsonl" if out.is_dir() else out), ran, \
            shown(command, crawl, out, Path(work) / "index")

    def topics(self, peer, result):
        """Precision of the lists on the labelled sets."""
        for name in topics.SETS:
            crawl = sets.INPUTS / f"related-{name}.jsonl"
            try:
                documents, labels = topics.read_set(name)
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{peer.name}, {name}: no data ({error})", file=sys.stderr)
                continue
            if not crawl.exists():
                topics.write_set(documents, crawl)
            with tempfile.TemporaryDirectory(dir=BUILD) as work:
                lists, ran, result["command"] = self.lists(peer, crawl, work)
                if why := self.failed(ran):
                    print(f"{peer.name}, {name}: {why}", file=sys.stderr)
                    continue
                result.setdefault("precision", {})[name] = \
                    topics.precision(topics.read_lists(lists), labels)[0]

    def lists_speed(self, peer, result):
        crawl = sets.related_crawl(self.options.documents)
        with tempfile.TemporaryDirectory(dir=BUILD) as work:
            _, ran, result["command"] = self.lists(peer, crawl, work)
        why = self.failed(ran)
        result["speed"] = {"failed": why} if why else {
            "documents": self.options.documents, "seconds": ran.seconds, "others": ran.others,
            "peak": ran.peak}

    def relate(self, peer, parts):
        result = load("related", peer)
        try:
            environments.install(peer)
            if peer.name.startswith("Lucene"):
                install_lucene()
            result.pop("not installed", None)
        except NotInstalled as reason:
            save("related", peer, {"not installed": str(reason)})
            return
        for part in parts:
            print(f"{peer.name}: {part}", file=sys.stderr)
            {"lists": self.topics, "lists-speed": self.lists_speed}[part](peer, result)
            save("related", peer, result)


def install_lucene():
    """bench/related builds it with Maven, and ends the program where it cannot."""
    try:
        common.build_peer()
    except (SystemExit, OSError, subprocess.CalledProcessError) as error:
        raise NotInstalled(environments.last_error(str(error))) from error


def chosen(listed, only):
    """Peers of these names, all where none is given."""
    return [peer for peer in listed
            if not only or peer.name in only]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", action="append", metavar="NAME",
                        help="one peer of --list; may be repeated")
    parser.add_argument("--part", action="append", choices=PARTS, help="may be repeated")
    parser.add_argument("--report", action="store_true", help="measure nothing, write the report")
    parser.add_argument("--list", action="store_true", help="list the peers")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--megabytes", type=int, default=100, help="of the crawl that is timed")
    parser.add_argument("--documents", type=int, default=10_000,
                        help="of the crawl that related lists are timed on")
    parser.add_argument("--runs", type=int, default=1, help="of each timing; the fastest counts")
    parser.add_argument("--limit", type=float, default=600, help="seconds a run may take")
    options = parser.parse_args()

    if options.list:
        for peer in peers.DEDUPLICATION + peers.RELATED:
            print(f"{peer.name}\t{peer.version}\t{peer.recipe}")
        return 0
    if not Path(sets.KITHKIN).exists():
        print(f"{sets.KITHKIN} is not there; see the head of this script", file=sys.stderr)
        return 3
    BUILD.mkdir(parents=True, exist_ok=True)
    if not options.report:
        parts = options.part or PARTS
        bench = Bench(options)
        names = [peer.name for peer in peers.DEDUPLICATION + peers.RELATED]
        if options.only and not chosen(peers.DEDUPLICATION + peers.RELATED, options.only):
            parser.error(f"no such peer; there are {'; '.join(dict.fromkeys(names))}")
        wanted = [part for part in parts if part not in LISTS]
        lists = [part for part in parts if part in LISTS]
        for peer in chosen(peers.DEDUPLICATION, options.only) if wanted else []:
            bench.deduplicate(peer, wanted)
        for peer in chosen(peers.RELATED, options.only) if lists else []:
            bench.relate(peer, lists)
    report.write({peer.name: load("dedup", peer) for peer in peers.DEDUPLICATION},
                 {peer.name: load("related", peer) for peer in peers.RELATED})
    return 0


if __name__ == "__main__":
    sys.exit(main())
