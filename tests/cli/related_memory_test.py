"""What `kithkin related` keeps in memory for a document, measured through the tool itself."""
import random
import unittest
from pathlib import Path

from harness import TOOL, line_of, words
from related_case import RelatedCase


class Memory(RelatedCase):
    @unittest.skipIf(b"__asan_init" in Path(TOOL).read_bytes(), "a sanitizer keeps what is freed")
    def test_a_document_keeps_at_most_600_bytes_in_memory(self):
        # Each document is on one of many matters, so that lists are full; all of one language,
        # whose neighbors are held at the same time. Both sizes are past what is of one size for
        # any crawl: the sample that is learned from, and a block.
        rng = random.Random(41)
        common = words(rng, 400)

        def peak(count):
            rows = []
            for n in range(count):
                matter = random.Random(n % (count // 40))
                special = words(matter, 12, 100_000)
                text = rng.sample(special, 6) + [rng.choice(common) for _ in range(18)]
                rng.shuffle(text)
                rows.append(line_of(id=n, title=" ".join(text[:4]), text=" ".join(text[4:]),
                                    lang="en"))
            path = self.write(f"{count}.jsonl", "".join(rows))
            self.related(path, "--memory", "12M", "--threads", "1", "--overwrite", timeout=600)
            summary = self.summary()
            self.assertGreater(summary["counts"]["articles"], count * 0.95)
            self.assertGreater(summary["counts"]["entries"], count * 9)
            return summary["peak_memory"]

        few, many = 20_000, 50_000
        self.assertLess((peak(many) - peak(few)) / (many - few), 600)


if __name__ == "__main__":
    unittest.main()
