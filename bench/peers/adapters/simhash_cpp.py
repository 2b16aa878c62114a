"""simhash-cpp through simhash-pybind: its shingle(), unsigned_hash() and compute(), and
find_all(hashes, blocks=4, distance=3), as its README has them, over shingles of four words (its
default window)."""
import collections

import jsonl
import simhash

BLOCKS, DISTANCE = 4, 3


def sketch(texts):
    return [simhash.compute([simhash.unsigned_hash(" ".join(run).encode("utf-8"))
                             for run in simhash.shingle(jsonl.words(text))]) for text in texts]


def main():
    options = jsonl.arguments()
    ids, unions = [], jsonl.Unions()
    having = collections.defaultdict(list)
    for names, made in jsonl.in_parallel(options.input, options.threads, sketch):
        for name, fingerprint in zip(names, made):
            if fingerprint != 0:  # a text with no shingle
                having[fingerprint].append(len(ids))
            ids.append(name)
    for same in having.values():
        for number in same[1:]:
            unions.join(same[0], number)
    for a, b in simhash.find_all(set(having), BLOCKS, DISTANCE):
        unions.join(having[a][0], having[b][0])
    jsonl.write_unions(options.output, ids, unions)


if __name__ == "__main__":
    main()
