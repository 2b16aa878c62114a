"""scikit-learn: the ten nearest by the cosine of TfidfVectorizer(sublinear_tf=True, min_df=2,
max_df=.5), all pairs measured. `--recipe svd`: after TruncatedSVD(100), the number its
documentation advises for latent semantic analysis, and Normalizer."""
import jsonl
import numpy
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

TOP, BLOCK = 10, 500


def main():
    options = jsonl.arguments()
    ids, texts = jsonl.titled(options.input)
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, max_df=0.5).fit_transform(texts)
    if options.recipe == "svd":
        vectors = make_pipeline(TruncatedSVD(100, random_state=1),
                                Normalizer(copy=False)).fit_transform(vectors)

    def lists():
        for begin in range(0, len(ids), BLOCK):
            likeness = vectors[begin:begin + BLOCK] @ vectors.T
            if not isinstance(likeness, numpy.ndarray):
                likeness = likeness.toarray()
            for row, own in zip(likeness, range(begin, begin + BLOCK)):
                row[own] = -1
                best = numpy.argpartition(-row, TOP)[:TOP] if len(row) > TOP else range(len(row))
                yield ids[own], [ids[n] for n in sorted(best, key=lambda n: -row[n]) if row[n] > 0]
    jsonl.write_lists(options.output, lists())


if __name__ == "__main__":
    main()
