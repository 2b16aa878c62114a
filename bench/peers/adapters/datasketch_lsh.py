"""datasketch: MinHash.update_batch and MinHashLSH(threshold, num_perm=128), as in its "MinHash LSH"
page; of what a query returns, the pairs that MinHash.jaccard puts at the threshold are joined."""
import jsonl
from datasketch import MinHash, MinHashLSH

LENGTH = 128


def sketch(texts):
    made = []
    for text in texts:
        minhash = MinHash(num_perm=LENGTH)
        if parts := jsonl.shingles(text):
            minhash.update_batch([part.encode("utf-8") for part in parts])
        made.append((minhash.hashvalues, bool(parts)))
    return made


def main():
    options = jsonl.arguments()
    lsh = MinHashLSH(threshold=options.threshold, num_perm=LENGTH)
    empty = MinHash(num_perm=LENGTH)
    ids, minhashes, unions = [], [], jsonl.Unions()
    for names, made in jsonl.in_parallel(options.input, options.threads, sketch):
        for name, (values, has_words) in zip(names, made):
            number = len(ids)
            ids.append(name)
            # The permutations are all the same; making them anew for each would be slow.
            minhash = MinHash(num_perm=LENGTH, hashvalues=values, permutations=empty.permutations,
                              scheme="affine32")
            minhashes.append(minhash)
            if not has_words:
                continue
            for other in lsh.query(minhash):
                if minhash.jaccard(minhashes[other]) >= options.threshold:
                    unions.join(number, other)
            lsh.insert(number, minhash, check_duplication=False)
    jsonl.write_unions(options.output, ids, unions)


if __name__ == "__main__":
    main()
