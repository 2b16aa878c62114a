"""rensa. Its ordinary path: RMinHash of all shingles, and of what RMinHashLSH.query_all returns,
the pairs that RMinHash.jaccard puts at the threshold. `--recipe rho`: its fast batch path, which
looks at some positions of a document; it answers with flags only, so the rows of its matrix are put
together by band here. `--recipe readme`: RMinHashDeduplicator over single words."""
import jsonl
import numpy
from rensa import RMinHash, RMinHashDeduplicator, RMinHashLSH

LENGTH, BANDS, SEED = 128, 32, 42


def sketch(texts):
    return RMinHash.from_token_sets([jsonl.shingles(text) for text in texts], LENGTH, SEED)


def sketch_rho(texts):
    # The order of tokens matters to rho: it gets the shingles in the order of the text.
    ordered = [[" ".join(run) for run in zip(*(parts[n:] for n in range(jsonl.SHINGLE)))]
               for parts in map(jsonl.words, texts)]
    matrix = RMinHash.digest_matrix_from_token_sets_rho(ordered, LENGTH, SEED)
    return numpy.array(matrix.to_rows(), dtype=numpy.uint32), [bool(one) for one in ordered]


def sketch_words(texts):
    return RMinHash.from_token_sets([text.split() for text in texts], LENGTH, SEED)


def all_tokens(options):
    ids, minhashes, unions = [], [], jsonl.Unions()
    for names, made in jsonl.in_parallel(options.input, options.threads, sketch):
        ids += names
        minhashes += made
    lsh = RMinHashLSH(options.threshold, LENGTH, BANDS)
    lsh.insert_many(minhashes)
    for number, found in enumerate(lsh.query_all(minhashes)):
        for other in found:
            if other < number and unions.root(other) != unions.root(number) and \
                    minhashes[number].jaccard(minhashes[other]) >= options.threshold:
                unions.join(number, other)
    return ids, unions


def rho(options):
    ids, matrices, filled, unions = [], [], [], jsonl.Unions()
    for names, (matrix, some) in jsonl.in_parallel(options.input, options.threads, sketch_rho):
        ids += names
        filled += some
        matrices.append(matrix)
    matrix = numpy.concatenate(matrices)
    rows = LENGTH // BANDS
    for band in range(BANDS):
        keys = numpy.ascontiguousarray(matrix[:, band * rows:(band + 1) * rows])
        first = {}
        for number, key in enumerate(keys.view(f"V{4 * rows}").ravel().tolist()):
            if filled[number]:
                other = first.setdefault(key, number)
                if other != number and unions.root(other) != unions.root(number) and \
                        (matrix[number] == matrix[other]).mean() >= options.threshold:
                    unions.join(number, other)
    return ids, unions


def readme(options):
    ids, unions = [], jsonl.Unions()
    keep = RMinHashDeduplicator(options.threshold, LENGTH, True)
    for names, made in jsonl.in_parallel(options.input, options.threads, sketch_words):
        for name, minhash in zip(names, made):
            number = len(ids)
            ids.append(name)
            if not keep.add(str(number), minhash):
                unions.join(number, int(keep.get_duplicates(minhash)[0]))
    return ids, unions


def main():
    options = jsonl.arguments()
    ids, unions = {"": all_tokens, "rho": rho, "readme": readme}[options.recipe](options)
    jsonl.write_unions(options.output, ids, unions)


if __name__ == "__main__":
    main()
