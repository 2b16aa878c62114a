#!/usr/bin/env python3
"""kill -9 at any moment: what looks whole is whole, and the next run gives the same bytes."""
import random
import subprocess
import time
import unittest

from harness import TOOL, Case, crawl

MOMENTS = 50


class Kill(Case):
    def contents(self):
        """The files of the output by name, without the times of summary.json."""
        found = {str(p.relative_to(self.out)): p.read_bytes()
                 for p in self.out.rglob("*") if p.is_file()}
        summary = self.summary()
        found["summary.json"] = summary["counts"]
        return found

    def test_at_fifty_moments(self):
        small = self.write_documents("small.jsonl", crawl(seed=51, families=5, singles=20))
        large = self.write_documents("large.jsonl", crawl(seed=52, families=400, singles=2000))
        more = ("--pairs", "--split-like-input", "--overwrite", "--quiet")
        self.dedup(small, *more)
        former = self.contents()
        begun = time.monotonic()
        self.dedup(large, *more)
        seconds = time.monotonic() - begun
        expected = self.contents()
        self.assertNotEqual(former.keys(), expected.keys())

        rng = random.Random(53)
        killed = 0
        for moment in range(MOMENTS if seconds < 0.5 else 10):  # sanitizers are slow
            if moment % 2 == 0:
                self.dedup(small, *more)
            process = subprocess.Popen([TOOL, "dedup", large, "--out", self.out, *more])
            # Half of them where the output is put in place.
            time.sleep(seconds * (rng.random() if moment % 4 < 2 else rng.uniform(0.9, 1.05)))
            process.kill()
            killed += process.wait() != 0
            left = {p.name for p in self.out.iterdir()}
            if "summary.json" in left:
                whole = {name: bytes for name, bytes in self.contents().items()
                         if not name.startswith(".kithkin-")}
                self.assertIn(whole, (former, expected), f"moment {moment}")
            self.dedup(large, *more)
            self.assertEqual(self.contents(), expected, f"after moment {moment}")
        # Not more: on a busy machine the run that was timed may have been the slowest by far.
        self.assertGreater(killed, 0)


if __name__ == "__main__":
    unittest.main()
