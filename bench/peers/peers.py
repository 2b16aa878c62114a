"""The programs that are held side by side: version, environment, and how each is run.

A peer's recipe is the one its own documentation gives; where that leaves a threshold and tokens
open, they are kithkin's defaults: resemblance .6 of word 5-shingles. What differs is said in
`recipe`, which stands in the report.
"""
from dataclasses import dataclass, field

SHINGLES = "word 5-shingles, threshold .6"


@dataclass(frozen=True)
class Peer:
    name: str
    version: str
    recipe: str
    adapter: str = ""
    options: tuple = ()
    environment: str = ""      # a folder below build/peers; variants of one peer share it
    packages: tuple = ()       # for pip, pinned
    python: str = "python3"    # the interpreter the environment is made from
    git: tuple = ()            # for cargo: address and revision
    processes: bool = False    # the adapter starts a process a thread; each is held to one thread
    environ: dict = field(default_factory=dict)
    megabytes: int = 0         # takes only the first of the crawl when timed; 0: all of it
    honest: bool = True        # looks at all of a document: rho does not


DATASKETCH = {"environment": "datasketch", "packages": ("datasketch==2.0.0",), "processes": True,
              "adapter": "datasketch_lsh.py"}
RENSA = {"environment": "rensa", "packages": ("rensa==0.5.0", "numpy==2.4.1"), "processes": True,
         "adapter": "rensa_lsh.py"}
FAST = {"environment": "FastSketchLSH", "packages": ("fastsketchlsh==1.0.1", "numpy==2.4.1"),
        "processes": True, "adapter": "fastsketch_lsh.py"}
GAOYA = {"environment": "gaoya", "packages": ("gaoya==0.2.2",), "adapter": "gaoya_index.py"}

DEDUPLICATION = [
    Peer("kithkin", "as built", "defaults"),
    Peer("kithkin, news", "as built", "`--profile news`", options=("--profile", "news")),
    Peer("kithkin, texts as they are", "as built",
         "`--no-clean`: the furniture of pages is compared too, as in all peers",
         options=("--no-clean",)),
    Peer("datasketch", "2.0.0",
         f"{SHINGLES}; `MinHashLSH(threshold=0.6, num_perm=128)`, estimate checked", **DATASKETCH),
    Peer("rensa", "0.5.0", f"{SHINGLES}; `RMinHash`, `RMinHashLSH` of 32 bands, estimate checked",
         **RENSA),
    Peer("rensa, rho", "0.5.0",
         f"{SHINGLES}; `digest_matrix_from_token_sets_rho`, 32 bands", honest=False,
         options=("--recipe", "rho"), **RENSA),
    Peer("rensa, README", "0.5.0",
         "its README: single words, threshold .8, `RMinHashDeduplicator`",
         options=("--recipe", "readme", "--threshold", "0.8"), **RENSA),
    Peer("FastSketchLSH", "1.0.1", f"{SHINGLES}; size 128, 32 bands, estimate checked", **FAST),
    Peer("FastSketchLSH, README", "1.0.1",
         "its README: single words, size 128, 16 bands, candidates not checked",
         options=("--recipe", "readme"), **FAST),
    Peer("gaoya", "0.2.2", f"{SHINGLES}; `MinHashStringIndex`, 32 bands of 4, its own analyzer",
         **GAOYA),
    Peer("gaoya, notebook", "0.2.2",
         "its notebook: characters by 3 and 4, threshold .5, 50 bands of 4",
         options=("--recipe", "notebook"), **GAOYA),
    Peer("text-dedup", "0.4.1",
         f"{SHINGLES}; its README's config: 240 permutations, false positives checked",
         adapter="text_dedup_minhash.py", environment="text-dedup", python="python3.12",
         packages=("text-dedup==0.4.1",)),
    Peer("datatrove", "0.10.1",
         "its example: `MinhashConfig()`, word 5-grams, 14 buckets of 8 (about .72)",
         adapter="datatrove_minhash.py", environment="datatrove", processes=True,
         packages=("datatrove[io,processing]==0.10.1", "spacy==3.8.7")),
    Peer("duplodocus", "dd3ac60",
         "its README: `minhash-memory`, 5-grams by `uniseg`, 20 buckets of 5",
         adapter="duplodocus.py", environment="duplodocus",
         git=("https://github.com/allenai/duplodocus",
              "dd3ac60bc86545fd6ce4a4707f51fd34f9cce942")),
    Peer("simhash-cpp", "simhash-pybind 0.0.3",
         "its README: word 4-shingles, `find_all(hashes, 4, 3)`", adapter="simhash_cpp.py",
         environment="simhash-cpp", packages=("simhash-pybind==0.0.3",), processes=True),
]

SKLEARN = {"environment": "scikit-learn", "packages": ("scikit-learn==1.9.1",),
           "adapter": "sklearn_lists.py"}

RELATED = [
    Peer("kithkin", "as built", "defaults"),
    Peer("Lucene, defaults", "9.12.3", "MoreLikeThis, StandardAnalyzer, its defaults"),
    Peer("Lucene, best", "9.12.3", "minTermFreq 1, minDocFreq 2, maxQueryTerms 80"),
    Peer("Xapian", "1.4.26",
         "`get_eset(40)` of the document's terms, default weights (BM25), no stemmer",
         adapter="xapian_lists.py", environment="xapian",
         packages=("xapian-bindings-binary==1.4.26",)),
    Peer("scikit-learn, TF-IDF", "1.9.1",
         "`TfidfVectorizer(sublinear_tf=True, min_df=2, max_df=0.5)`, cosine of all pairs",
         **SKLEARN),
    Peer("scikit-learn, SVD", "1.9.1", "the same through `TruncatedSVD(100)` and `Normalizer`",
         options=("--recipe", "svd"), **SKLEARN),
]
