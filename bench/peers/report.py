"""Writes what was measured: build/peers/report.md, and report.svg beside it."""
import os
import platform
import subprocess
from math import log10
from xml.sax.saxutils import escape

import peers
import sets
from environments import BUILD

PROBES = {"dateline in front": "joined", "paragraphs swapped": "joined", "cut to half": "joined",
          "template page": "apart"}
MISSING = "–"


def machine():
    """Processor, cores and memory, as the system names them."""
    model, memory = platform.machine(), 0
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next(line.split(":")[1].strip() for line in file if "model name" in line)
        with open("/proc/meminfo", encoding="utf-8") as file:
            memory = int(file.readline().split()[1]) / 1e6
    except (OSError, StopIteration):
        pass
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} " \
        f"{platform.release().split('-')[0]}, Python {platform.python_version()}"


def tool():
    done = subprocess.run([sets.KITHKIN, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def table(header, rows):
    yield "| " + " | ".join(header) + " |"
    yield "|---|" + "---:|" * (len(header) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def speed_of(results, peer, size):
    return results[peer.name].get("speeds", {}).get(size, {})


def sizes(results):
    """The crawls that were timed, in megabytes."""
    found = {size for result in results.values() for size in result.get("speeds", {})}
    return sorted(found, key=int)


def speed_rows(results, size):
    base = results["kithkin"].get("speeds", {}).get(size, {}).get("rate")
    for peer in peers.DEDUPLICATION:
        speed = speed_of(results, peer, size)
        if "failed" in speed:
            yield [peer.name, f"{speed['megabytes']:.0f}", speed["failed"], *[MISSING] * 5]
        elif speed:
            times = f"{base / speed['rate']:.1f}" if base else MISSING
            yield [peer.name, f"{speed['megabytes']:.0f}", f"{speed['seconds']:.2f}",
                   f"{speed['rate']:.1f}", times, f"{speed['cpu']:.1f}",
                   f"{speed['peak'] / 1e6:,.0f}", f"{speed['others']:.0%}"]


def score(one):
    if not one:
        return MISSING
    if "failed" in one:
        return one["failed"]
    return f"{one['precision']:.3f} / {one['recall']:.3f} / **{one['f1']:.3f}**"


def quality_rows(results, names):
    for peer in peers.DEDUPLICATION:
        quality = results[peer.name].get("quality")
        if quality:
            yield [peer.name, *(score(quality.get(name)) for name in names)]


def probe_rows(results):
    for peer in peers.DEDUPLICATION:
        found = results[peer.name].get("probes")
        if not found:
            continue
        if "failed" in found:
            yield [peer.name, found["failed"], *[MISSING] * (len(PROBES) - 1)]
            continue
        cells = []
        for what, wanted in PROBES.items():
            joined, languages = found[what]
            cells.append(f"{joined if wanted == 'joined' else languages - joined} of {languages}")
        yield [peer.name, *cells]


def best_peer(results, name):
    """The highest F1 a peer has on a set, and whose it is."""
    scored = [(results[peer.name]["quality"][name]["f1"], peer.name)
              for peer in peers.DEDUPLICATION if not peer.name.startswith("kithkin") and
              "f1" in results[peer.name].get("quality", {}).get(name, {})]
    return max(scored, default=None)


def verdict(results, names):
    """How kithkin stands against the fastest peer that looks at whole documents, and against the
    best one on each set."""
    groups = (("the fastest peer that looks at all of a document", lambda peer: peer.honest),
              ("the fastest at the same shingles and threshold",
               lambda peer: peer.honest and peer.recipe.startswith(peers.SHINGLES)))
    for size in sizes(results):
        own = results["kithkin"].get("speeds", {}).get(size, {}).get("rate")
        for what, belongs in groups:
            speeds = [(speed_of(results, peer, size)["rate"], peer.name)
                      for peer in peers.DEDUPLICATION
                      if belongs(peer) and not peer.name.startswith("kithkin") and
                      "rate" in speed_of(results, peer, size)]
            if speeds and own:
                rate, name = max(speeds)
                yield f"{size} MB: kithkin is {own / rate:.1f} times as fast as {name}, {what}."
    for name in names:
        best = best_peer(results, name)
        ours = results["kithkin"].get("quality", {}).get(name, {}).get("f1")
        if best and ours is not None:
            word = "above" if ours > best[0] else "below" if ours < best[0] else "level with"
            yield f"{name}: F1 {ours:.3f}, {word} the best peer's {best[0]:.3f} ({best[1]})."


def related_rows(related):
    for peer in peers.RELATED:
        result = related[peer.name]
        if not result or "not installed" in result:
            continue
        cells = [f"{result['precision'][name]:.3f}" if name in result.get("precision", {})
                 else MISSING for name in ("bbc", "reuters", "antcorpus")]
        speed = result.get("speed", {})
        if "failed" in speed:
            yield [peer.name, *cells, speed["failed"], *[MISSING] * 3]
            continue
        yield [peer.name, *cells, f"{speed['documents']:,}" if speed else MISSING,
               f"{speed['seconds']:.1f}" if speed else MISSING,
               f"{speed['peak'] / 1e6:,.0f}" if speed else MISSING,
               f"{speed['others']:.0%}" if speed else MISSING]


def sections(results, related):
    names = [*sets.LABELLED, "brute force"]
    yield f"Machine: {machine()}. {tool()}."
    yield ""
    yield from (f"* {line}" for line in verdict(results, names))
    for size in sizes(results):
        yield f"\n## Speed on {size} MB\n"
        yield from table(["", "MB", "seconds", "MB/s", "kithkin is faster, times",
                         "processor seconds", "peak MB", "others had"],
                         speed_rows(results, size))
    yield "\n## Pairs: precision / recall / F1\n"
    yield from table(["", *names], quality_rows(results, names))
    yield "\n## Probes: right in how many languages\n"
    yield from table(["", *(f"{what}: {wanted}" for what, wanted in PROBES.items())],
                     probe_rows(results))
    yield "\n## Related lists: share of ten with the topic of their article, one thread\n"
    yield from table(["", "BBC", "Reuters", "ANT", "documents timed", "seconds", "peak MB",
                      "others had"],
                     related_rows(related))
    missing = [(peer, listed[peer.name]["not installed"])
               for group, listed in ((peers.DEDUPLICATION, results), (peers.RELATED, related))
               for peer in group if "not installed" in listed[peer.name]]
    if missing:
        yield "\n## Not installed\n"
        yield from (f"* {peer.name} {peer.version}: `{why}`" for peer, why in missing)
    yield "\n## Recipes and commands\n"
    yield "| | version | recipe | command |\n|---|---|---|---|"
    for group, listed in ((peers.DEDUPLICATION, results), (peers.RELATED, related)):
        for peer in group:
            command = listed[peer.name].get("command")
            yield f"| {peer.name} | {peer.version} | {peer.recipe} | " \
                + (f"`{command}`" if command else MISSING) + " |"
    yield "\n## Inputs\n"
    yield "| file | bytes | SHA-256 |\n|---|---:|---|"
    for path in sorted(sets.INPUTS.glob("*.jsonl")):
        yield f"| {path.name} | {path.stat().st_size:,} | `{sets.sha256(path)}` |"


def plot(results):
    """A bar a peer: MB/s on the smallest crawl, on a scale of powers of ten."""
    size = min(sizes(results), key=int, default="")
    rows = [(peer.name, speed_of(results, peer, size)["rate"]) for peer in peers.DEDUPLICATION
            if "rate" in speed_of(results, peer, size)]
    rows.sort(key=lambda row: -row[1])
    left, width, height = 170, 420, 22
    least, most = 0.1, 1000

    def place(rate):
        return left + width * (log10(max(rate, least)) - log10(least)) \
            / (log10(most) - log10(least))
    bottom = 40 + height * len(rows)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 70}" ' \
        f'height="{bottom + 30}" font-family="sans-serif" font-size="12">'
    yield f'<rect width="{left + width + 70}" height="{bottom + 30}" fill="white"/>'
    yield f'<text x="{left}" y="20">MB/s from {size} MB of JSON lines to clusters, ' \
        "logarithmic</text>"
    for power in (0.1, 1, 10, 100, 1000):
        x = place(power)
        yield f'<line x1="{x:.0f}" y1="30" x2="{x:.0f}" y2="{bottom}" stroke="#ddd"/>'
        yield f'<text x="{x:.0f}" y="{bottom + 16}" text-anchor="middle">{power:g}</text>'
    for number, (name, rate) in enumerate(rows):
        y = 34 + height * number
        color = "#2a6f97" if name.startswith("kithkin") else "#a0a8b0"
        yield f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
        yield f'<rect x="{left}" y="{y}" width="{place(rate) - left:.0f}" height="{height - 6}" ' \
            f'fill="{color}"/>'
        yield f'<text x="{place(rate) + 5:.0f}" y="{y + 13}">{rate:.1f}</text>'
    yield "</svg>"


def write(results, related):
    (BUILD / "report.md").write_text("\n".join(sections(results, related)) + "\n",
                                     encoding="utf-8")
    (BUILD / "report.svg").write_text("\n".join(plot(results)) + "\n", encoding="utf-8")
    print(BUILD / "report.md")
