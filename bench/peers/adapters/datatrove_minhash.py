"""datatrove: the first three stages of its minhash_deduplication example with MinhashConfig()
(5-grams, 14 buckets of 8: a threshold of about .72) and LocalPipelineExecutor, the crawl in one
file a thread as its README advises. The fourth stage, which writes the kept lines, is left out."""
import os
import struct
import tempfile
from pathlib import Path

import jsonl
from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import (MinhashConfig, MinhashDedupBuckets,
                                              MinhashDedupCluster)
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.hashing import HashConfig


def split(path, folder, files):
    """The lines of the crawl in files of about equal size; the ids of each in order."""
    share = os.path.getsize(path) // files + 1
    with open(path, "rb") as lines:
        for number in range(files):
            with open(folder / f"{number:03d}.jsonl", "wb") as out:
                written = 0
                for line in lines:
                    out.write(line)
                    written += len(line)
                    if written >= share:
                        break
    return [[name for name, _ in jsonl.rows(folder / f"{n:03d}.jsonl")] for n in range(files)]


def main():
    options = jsonl.arguments()
    config = MinhashConfig(hash_config=HashConfig(precision=64))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "crawl").mkdir()
        ids = split(options.input, work / "crawl", options.threads)

        def stage(name, tasks, steps, after=None):
            return LocalPipelineExecutor(pipeline=steps, tasks=tasks, workers=options.threads,
                                         logging_dir=str(work / "logs" / name), depends=after)
        signatures = stage("signatures", options.threads, [
            JsonlReader(str(work / "crawl")),
            MinhashDedupSignature(output_folder=str(work / "signatures"), config=config)])
        buckets = stage("buckets", config.num_buckets, [
            MinhashDedupBuckets(input_folder=str(work / "signatures"),
                                output_folder=str(work / "buckets"), config=config)], signatures)
        stage("clusters", 1, [
            MinhashDedupCluster(input_folder=str(work / "buckets"),
                                output_folder=str(work / "clusters"), config=config,
                                save_cluster_id=True)], buckets).run()

        def clusters():
            for number, names in enumerate(ids):
                file = work / "clusters" / f"{number:06d}.clusters"
                if file.exists():
                    for document, cluster in struct.iter_unpack("<2I", file.read_bytes()):
                        yield names[document], cluster
        jsonl.write_clusters(options.output, clusters())


if __name__ == "__main__":
    main()
