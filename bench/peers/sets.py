"""The inputs, and how clusters are scored on them."""
import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import probes
from environments import BUILD, ROOT

DATA = Path(os.environ.get("KITHKIN_DATA", ROOT / ".." / "shared" / "data"))
KITHKIN = os.environ.get("KITHKIN", str(ROOT / "build" / "release" / "kithkin"))
BRUTE_FORCE = ROOT / "build" / "bench" / "brute_force"
THRESHOLD, CONTAINMENT = 0.6, 0.8
SYNTHETIC = 20_000

# name: crawl, labels, options of `kithkin evaluate`.
LABELLED = {
    "synthetic": ("synthetic.jsonl", "synthetic.clusters.tsv", ()),
    "White House revisions": ("lab_en_whitehouse_revisions.dev.jsonl",
                              "lab_en_whitehouse_revisions.dev.pairs.tsv",
                              ("--positive", "revision")),
    "Khaleej, raw and cleaned": ("lab_ar_khaleej_raw_vs_cleaned.jsonl", "khaleej.clusters.tsv", ()),
    "Saudi news, gold": ("ar_saudinewsnet.dev.jsonl", "lab_ar_saudinews_gold.pairs.tsv",
                         ("--positive", "ND,PD")),
}
EXACT = "ar_saudinewsnet.dev.jsonl"  # what brute force compares all pairs of
INPUTS = BUILD / "inputs"


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _call(command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False,
                          **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _made(name, script, *options):
    """A file of INPUTS, made by a script that takes --out where it is not there."""
    path = INPUTS / name
    if not path.exists():
        INPUTS.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        _call([sys.executable, ROOT / "bench" / script, "--out", part, *options])
        part.rename(path)
    return path


def crawl(megabytes):
    """The crawl that is timed."""
    return _made(f"crawl-{megabytes}.jsonl", "make_corpus.py", "--megabytes", megabytes)


def related_crawl(documents):
    """The crawl that related lists are timed on."""
    return _made(f"related-{documents}.jsonl", "related/make_corpus.py", "--documents", documents)


def first(path, megabytes):
    """The first megabytes of a crawl, in whole lines."""
    out = path.with_name(f"{path.stem}-first-{megabytes}.jsonl")
    if not out.exists():
        with open(path, "rb") as lines, open(out, "wb") as file:
            for line in lines:
                if file.tell() >= megabytes * 1_000_000:
                    break
                file.write(line)
    return out


def document_set(name):
    """A file of LABELLED, made where it is not there; None where the data is not."""
    path = INPUTS / name
    if path.exists():
        return path
    INPUTS.mkdir(parents=True, exist_ok=True)
    if name.startswith("synthetic."):
        made = INPUTS / "synthetic"
        _call([KITHKIN, "synth", "--out", made, "--documents", SYNTHETIC, "--overwrite", "--quiet"])
        (made / "documents.jsonl").rename(INPUTS / "synthetic.jsonl")
        (made / "truth.clusters.tsv").rename(INPUTS / "synthetic.clusters.tsv")
    elif name == "khaleej.clusters.tsv":
        pairs = DATA / "lab_ar_khaleej_raw_vs_cleaned.pairs.tsv"
        if not pairs.exists():
            return None
        with open(path, "w", encoding="utf-8") as out:
            out.write("id\tcluster\n")
            for row in read_table(pairs):
                out.write(f"{row['id_a']}\t{row['id_a']}\n{row['id_b']}\t{row['id_a']}\n")
    elif name.endswith(".tsv"):
        return DATA / name if (DATA / name).exists() else None
    else:
        for program, ending in (("zstd", ".zst"), ("gzip", ".gz")):
            if (DATA / (name + ending)).exists():
                path.write_bytes(_call([program, "-dc", DATA / (name + ending)]))
                return path
        return None
    return path


def probe_files():
    crawl_path, table = INPUTS / "probes.jsonl", INPUTS / "probes.tsv"
    INPUTS.mkdir(parents=True, exist_ok=True)
    probes.write(crawl_path, table)
    return crawl_path, table


def read_clusters(path):
    """Lists of ids, of an adapter's TSV or of kithkin's clusters.jsonl."""
    if Path(path).is_dir():
        with open(Path(path) / "clusters.jsonl", encoding="utf-8") as file:
            return [[member["id"] for member in json.loads(line)["members"]] for line in file]
    clusters = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, cluster = line.rstrip("\n").split("\t")
            clusters.setdefault(cluster, []).append(name)
    return [members for members in clusters.values() if len(members) > 1]


def cluster_of(clusters):
    return {name: number for number, members in enumerate(clusters) for name in members}


def scores(precision, recall):
    total = precision + recall
    return {"precision": precision, "recall": recall,
            "f1": 2 * precision * recall / total if total else 0.0}


def by_labels(clusters, name, work):
    """Pairwise precision, recall and F1, by `kithkin evaluate`."""
    _, labels, options = LABELLED[name]
    found = Path(work) / "clusters.jsonl"
    with open(found, "w", encoding="utf-8") as out:
        for members in clusters:
            out.write(json.dumps({"cluster": members[0], "size": len(members),
                                  "members": [{"id": one} for one in members]},
                                 ensure_ascii=False) + "\n")
    said = json.loads(_call([KITHKIN, "evaluate", "--labels", document_set(labels), *options,
                             "--resamples", "0", "--json", "--quiet", found]))
    return {key: said[f"pair_{key}"] for key in ("precision", "recall", "f1")}


def exact_pairs():
    """Brute force's pairs: (id_a, id_b, resemblance)."""
    table = INPUTS / "brute_force.tsv"
    if not table.exists():
        part = table.with_suffix(".part")
        part.write_bytes(_call([BRUTE_FORCE, document_set(EXACT), THRESHOLD, CONTAINMENT]))
        part.rename(table)
    return [(row["id_a"], row["id_b"], float(row["resemblance"])) for row in read_table(table)]


def by_brute_force(clusters):
    """Of all pairs put together, the share that are of resemblance .6 or containment .8; of all
    pairs of resemblance .6, the share put together."""
    place = cluster_of(clusters)
    joined = sum(len(members) * (len(members) - 1) // 2 for members in clusters)
    right = alike = found = 0
    for a, b, resemblance in exact_pairs():
        together = a in place and place[a] == place.get(b)
        right += together
        if resemblance >= THRESHOLD:
            alike += 1
            found += together
    return scores(right / joined if joined else 1.0, found / alike)


def by_probes(clusters, table):
    """By probe, in how many languages the two documents share a cluster: for template pages, any
    two of the language."""
    place = cluster_of(clusters)
    joined = {}
    for row in read_table(table):
        languages = joined.setdefault(row["what"], {})
        together = row["id_a"] in place and place[row["id_a"]] == place.get(row["id_b"])
        languages[row["language"]] = languages.get(row["language"], False) or together
    return {what: [sum(languages.values()), len(languages)] for what, languages in joined.items()}
