"""Plants excerpts of known containment among real articles."""
import json
import random
import subprocess

RATIOS = (1, 2, 4, 8)
PER_RATIO = 400
LEAST = 480  # words in a source
EVERY = 45   # a word in so many is replaced: with five-word shingles about .9 of them stay


def excerpt(rng, words, ratio):
    """A passage of the text with words replaced, at a length ratio of 1:ratio."""
    length = len(words) // ratio
    begin = rng.randrange(len(words) - length + 1)
    out = words[begin:begin + length]
    for at in range(rng.randrange(EVERY), length, EVERY):
        out[at] = f"x{rng.randrange(10 ** 9)}"
    return out


def write(corpus, path):
    """Writes the corpus with excerpts behind it; returns (excerpt, source, ratio) by id."""
    rng = random.Random(1)
    raw = subprocess.run(["zstd", "-dc", str(corpus)], capture_output=True, check=True)
    documents = [json.loads(line) for line in raw.stdout.splitlines()]
    sources = [d for d in documents if len(d["text"].split()) >= LEAST]
    rng.shuffle(sources)
    pairs = []
    with open(path, "w", encoding="utf-8") as out:
        for document in documents:
            out.write(json.dumps({"id": document["id"], "text": document["text"]}) + "\n")
        for n, source in enumerate(sources[:PER_RATIO * len(RATIOS)]):
            ratio = RATIOS[n % len(RATIOS)]
            text = " ".join(excerpt(rng, source["text"].split(), ratio))
            pairs.append((f"planted-{n}", source["id"], ratio))
            out.write(json.dumps({"id": pairs[-1][0], "text": text}) + "\n")
    return pairs
