"""text-dedup: `python -m text_dedup.minhash` with a config.toml of its README, at our threshold, on
JSON lines; its clusters.pickle holds the cluster of each row that has a copy."""
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonl

CONFIG = """
[input]
input_type = "local_files"
file_type = "json"

[input.read_arguments]
path = "json"
data_files = "{input}"
split = "train"
cache_dir = "{work}/cache"

[algorithm]
algorithm_name = "minhash"
text_column = "text"
seed = 42
batch_size = 10000
num_perm = 240
threshold = {threshold}
false_positive_weight = 0.5
false_negative_weight = 0.5
hash_bits = 64
ngram_size = 5
check_false_positive = true
num_proc = {threads}

[output]
output_dir = "{work}/output"
clean_cache = false
save_clusters = true

[debug]
enable_profiling = false
"""


def main():
    options = jsonl.arguments()
    with tempfile.TemporaryDirectory() as work:
        Path(work, "config.toml").write_text(CONFIG.format(
            input=Path(options.input).resolve(), work=work, threshold=options.threshold,
            threads=options.threads), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "text_dedup.minhash"], cwd=work, check=True,
                       env={**os.environ, "HF_HOME": f"{work}/hub", "HF_HUB_OFFLINE": "1",
                            "POLARS_MAX_THREADS": str(options.threads)})
        with open(Path(work, "output", "clusters.pickle"), "rb") as file:
            clusters = pickle.load(file)
    ids = [name for name, _ in jsonl.rows(options.input)]
    jsonl.write_clusters(options.output, ((ids[row], ids[of]) for row, of in clusters.items()))


if __name__ == "__main__":
    main()
