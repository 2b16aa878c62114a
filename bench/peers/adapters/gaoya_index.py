"""gaoya: MinHashStringIndex with par_bulk_insert_docs and par_bulk_query, its own analyzer and
threads. Word 5-shingles at the threshold; `--recipe notebook`: the parameters of its notebook on
scholarly articles, character 3- and 4-grams at .5."""
import gaoya
import jsonl


def main():
    options = jsonl.arguments()
    ids, texts = [], []
    for name, text in jsonl.rows(options.input):
        ids.append(name)
        texts.append(text)
    if options.recipe == "notebook":
        index = gaoya.minhash.MinHashStringIndex(
            hash_size=32, jaccard_threshold=0.5, num_bands=50, band_size=4, analyzer="char",
            lowercase=True, ngram_range=(3, 4))
    else:
        size = jsonl.SHINGLE
        index = gaoya.minhash.MinHashStringIndex(
            hash_size=32, jaccard_threshold=options.threshold, num_bands=32, band_size=4,
            analyzer="word", lowercase=True, ngram_range=(size, size))
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    unions = jsonl.Unions()
    for number, found in enumerate(index.par_bulk_query(texts)):
        for other in found:
            if other < number:
                unions.join(number, other)
    jsonl.write_unions(options.output, ids, unions)


if __name__ == "__main__":
    main()
