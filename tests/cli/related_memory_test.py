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
        # whose neighbors are held at the same time.
        self.assert_little_is_kept(lambda n, count: n % (count // 40), entries=9)

    @unittest.skipIf(b"__asan_init" in Path(TOOL).read_bytes(), "a sanitizer keeps what is freed")
    def test_nor_does_one_that_is_like_no_other_and_a_story_of_its_own(self):
        self.assert_little_is_kept(lambda n, count: n, entries=0, dated=True)

    def assert_little_is_kept(self, matter_of, entries, dated=False):
        """Both sizes are past what is of one size for any crawl: the sample that is learned from,
        a block, and what stories have in common."""
        rng = random.Random(41)
        common = words(rng, 400)

        def peak(count):
            rows = []
            for n in range(count):
                matter = random.Random(matter_of(n, count))
                special = words(matter, 12, 100_000)
                text = rng.sample(special, 6) + [rng.choice(common) for _ in range(18)]
                rng.shuffle(text)
                day = {"date": f"20{n % 20:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"} if dated else {}
                rows.append(line_of(id=n, title=" ".join(text[:4]), text=" ".join(text[4:]),
                                    lang="en", **day))
            path = self.write(f"{count}.jsonl", "".join(rows))
            self.related(path, "--memory", "12M", "--threads", "1", "--overwrite", timeout=600)
            summary = self.summary()
            self.assertGreater(summary["counts"]["articles"], count * 0.95)
            self.assertGreaterEqual(summary["counts"]["entries"], count * entries)
            return summary["peak_memory"]

        few, many = 20_000, 50_000
        self.assertLess((peak(many) - peak(few)) / (many - few), 600)


if __name__ == "__main__":
    unittest.main()
