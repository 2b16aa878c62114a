"""FastSketchLSH: FastSimilaritySketch(size=128).batch and LSH, and of the candidates the pairs that
estimate puts at the threshold (the share of equal places, as estimate_jaccard takes it). `--recipe
readme`: its README's example as it stands, single words, 16 bands, every candidate taken."""
import jsonl
import numpy
from FastSketchLSH import LSH, FastSimilaritySketch

LENGTH = 128


def sketch(texts):
    return FastSimilaritySketch(size=LENGTH, seed=42).batch([jsonl.shingles(t) for t in texts])


def sketch_words(texts):
    return FastSimilaritySketch(size=LENGTH, seed=42).batch(
        [sorted(set(text.lower().split())) for text in texts])


def main():
    options = jsonl.arguments()
    readme = options.recipe == "readme"
    ids, matrices, unions = [], [], jsonl.Unions()
    for names, made in jsonl.in_parallel(options.input, options.threads,
                                         sketch_words if readme else sketch):
        ids += names
        matrices.append(numpy.asarray(made))
    matrix = numpy.concatenate(matrices)
    lsh = LSH(num_perm=LENGTH, num_bands=16 if readme else 32, num_threads=options.threads)
    lsh.insert(matrix)
    for number, found in enumerate(lsh.query(matrix)):
        for other in found:
            if other < number and unions.root(other) != unions.root(number) and \
                    (readme or (matrix[number] == matrix[other]).mean() >= options.threshold):
                unions.join(number, other)
    jsonl.write_unions(options.output, ids, unions)


if __name__ == "__main__":
    main()
