"""duplodocus: `minhash-memory` as its README has it, annotating instead of removing: 5-grams of
words as Unicode cuts them, 20 buckets of 5."""
import json
import os
import subprocess
import tempfile
from pathlib import Path

import jsonl


def main():
    options = jsonl.arguments()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "crawl").mkdir()
        os.symlink(Path(options.input).resolve(), work / "crawl" / "crawl.jsonl")
        (work / "config.yaml").write_text(
            "minhash_params: {num_buckets: 20, bucket_size: 5, ngram_size: 5, "
            "permutation_seed: 42, tokenizer: uniseg}\n"
            "eng_params: {num_docs: 1000000, max_lines_per_path: 1000000, num_sig_chunks: 8}\n"
            "output_params: {annotate: true, annotate_key: minhash, remove_duplicates: false, "
            "delete_while_cleaning: false}\n", encoding="utf-8")
        subprocess.run([os.environ["DUPLODOCUS"], "minhash-memory", "--input-dir", work / "crawl",
                        "--storage-dir", work / "storage", "--output-dir", work / "out",
                        "--text-key", "text", "--config", work / "config.yaml"],
                       check=True, env={**os.environ, "RAYON_NUM_THREADS": str(options.threads)})
        with open(options.output, "w", encoding="utf-8") as out:
            for file in sorted((work / "out").rglob("*.jsonl*")):
                for line in open(file, encoding="utf-8"):
                    row = json.loads(line)
                    if found := row.get("minhash"):
                        out.write(f"{row['id']}\t{found['cc_id']}\n")


if __name__ == "__main__":
    main()
