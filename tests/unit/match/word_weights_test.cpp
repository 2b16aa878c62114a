// The logarithm against the library's, weights against exact counts, and who is sampled.
#include "match/word_weights.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

constexpr std::uint32_t kAll = 8192;

TEST(Log2Fixed, IsTheLogarithmToA256th) {
  const auto expect_near = [](std::uint64_t x) {
    const double exact = 256 * std::log2(static_cast<double>(x));
    ASSERT_LE(log2_fixed(x), exact + 1e-9) << x;
    ASSERT_GT(log2_fixed(x), exact - 1.001) << x;
  };
  for (std::uint64_t x = 1; x < 100000; ++x)
    expect_near(x);
  Random random(1);
  for (int i = 0; i < 100000; ++i)
    expect_near((random.word() >> random.below(64)) | 1);
}

TEST(Log2Fixed, IsExactForPowersOfTwo) {
  for (std::uint32_t power = 0; power < 64; ++power)
    EXPECT_EQ(log2_fixed(std::uint64_t{1} << power), 256 * power);
}

TEST(Log2Fixed, NeverFalls) {
  for (std::uint64_t x = 1; x < 100000; ++x)
    ASSERT_LE(log2_fixed(x - 1), log2_fixed(x)) << x;
  for (std::uint32_t power = 1; power < 64; ++power)
    EXPECT_LE(log2_fixed((std::uint64_t{1} << power) - 1), 256 * power);
}

TEST(Log2Fixed, OfZeroIsZeroAndOfTheLargestIsJustUnder64) {
  EXPECT_EQ(log2_fixed(0), 0U);
  EXPECT_EQ(log2_fixed(1), 0U);
  EXPECT_EQ(log2_fixed(UINT64_MAX), 64U * 256 - 1);
}

ContentHash content(std::uint64_t number) { return {mix64(2 * number), mix64(2 * number + 1)}; }

/// Of `documents` documents, word n stands in counts[n].
std::vector<WordKey> keys(const std::vector<std::uint64_t>& hashes) {
  std::vector<WordKey> out;
  for (const std::uint64_t hash : hashes)
    out.push_back(word_key(hash));
  return out;
}

WordWeights weigh(const std::vector<WordKey>& words, const std::vector<std::uint32_t>& counts,
                  std::uint32_t documents) {
  WordSample sample;
  for (std::uint32_t document = 0; document < documents; ++document) {
    std::vector<WordKey> here;
    for (std::size_t n = 0; n < words.size(); ++n) {
      if (document < counts[n]) here.push_back(words[n]);
    }
    EXPECT_TRUE(sample.add(content(document), here));
  }
  return sample.finish();
}

TEST(WordWeights, WithoutASampleAreTheMost) {
  const WordWeights weights;
  Random random(2);
  EXPECT_EQ(weights.of(0), WordWeights::kMost);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(weights.of(random.word()), WordWeights::kMost);
}

TEST(WordWeights, FallWithTheLogarithmOfTheCountFromThreeToOne) {
  for (const std::uint32_t documents : {1U, 2U, 7U, 100U, 1024U, 3000U}) {
    std::vector<std::uint32_t> counts;
    for (std::uint32_t count = 0; count <= documents; count += 1 + count / 20)
      counts.push_back(count);
    counts.push_back(documents);
    const std::vector<WordKey> words = keys(Random(documents).words(counts.size()));
    const WordWeights weights = weigh(words, counts, documents);
    std::uint32_t before = WordWeights::kMost;
    for (std::size_t n = 0; n < words.size(); ++n) {
      const std::uint32_t weight = weights.of(words[n]);
      ASSERT_LE(weight, before) << counts[n] << " of " << documents;
      ASSERT_GE(weight, WordWeights::kLeast);
      const double whole = std::log(documents + 1.);
      const double exact = 1 + 2 * (1 - std::log(std::max(counts[n], 1U)) / whole);
      ASSERT_NEAR(weight / 256., exact, .02) << counts[n] << " of " << documents;
      before = weight;
    }
  }
}

TEST(WordWeights, OfWordsInOneDocumentOrNoneAreThree) {
  const WordWeights weights = weigh({10, 20}, {1, 2}, 50);
  EXPECT_EQ(weights.of(10), WordWeights::kMost);
  EXPECT_EQ(weights.of(99), WordWeights::kMost);
  EXPECT_LT(weights.of(20), WordWeights::kMost);
}

TEST(WordWeights, OfAWordInAllOfManyDocumentsAreOne) {
  EXPECT_EQ(weigh({10}, {1024}, 1024).of(10), WordWeights::kLeast);
}

TEST(WordWeights, OfAWordInMoreDocumentsThanACounterHoldsStayAtTheBottom) {
  EXPECT_LE(weigh({10}, {70000}, 70000).of(10), WordWeights::kLeast + 5);
}

TEST(WordWeights, AreNotThoseOfAnotherWordInTheSamePlaceOfOneRow) {
  const WordKey rare = 12345, common = rare + (WordKey{1} << 20);
  const WordWeights weights = weigh({rare, common}, {1, 100}, 100);
  EXPECT_EQ(weights.of(rare), WordWeights::kMost);
  EXPECT_LE(weights.of(common), WordWeights::kLeast + 5);
}

TEST(WordSample, CountsAnExactCopyOnce) {
  Random random(3);
  const std::vector<WordKey> words = keys(random.words(50));
  WordSample plain, with_copies;
  for (std::uint32_t document = 0; document < 200; ++document) {
    std::vector<WordKey> here;
    for (std::size_t n = 0; n < words.size(); ++n) {
      if (random.chance(static_cast<double>(n) / 50)) here.push_back(words[n]);
    }
    EXPECT_TRUE(plain.add(content(document), here));
    EXPECT_TRUE(with_copies.add(content(document), here));
    for (std::uint64_t copy = random.below(4); copy > 0; --copy)
      EXPECT_FALSE(with_copies.add(content(document), here));
    if (random.chance(.2)) {
      EXPECT_FALSE(with_copies.add(content(0), words)) << "nor one much later";
    }
  }
  const WordWeights expected = plain.finish(), weights = with_copies.finish();
  for (const WordKey word : words)
    EXPECT_EQ(weights.of(word), expected.of(word));
}

TEST(WordSample, TakesAllOfTheFirst8192) {
  Random random(4);
  for (std::uint32_t document = 0; document < kAll; ++document)
    ASSERT_TRUE(WordSample::takes({random.word(), random.word()}, document));
  for (const std::uint64_t high : {std::uint64_t{0}, UINT64_MAX})
    EXPECT_TRUE(WordSample::takes({high, high}, kAll - 1));
  EXPECT_FALSE(WordSample::takes({UINT64_MAX, UINT64_MAX}, kAll));
}

TEST(WordSample, TakesSome4096FromEachDoublingAfterThat) {
  Random random(5);
  for (int level = 1; level <= 6; ++level) {
    const std::uint32_t begin = kAll << (level - 1);
    int taken = 0, taken_early = 0;
    for (std::uint32_t document = begin; document < 2 * begin; ++document) {
      const bool takes = WordSample::takes({random.word(), random.word()}, document);
      taken += takes ? 1 : 0;
      taken_early += takes && document < begin + begin / 2 ? 1 : 0;
    }
    const double chance = std::ldexp(1, -level);
    const double sigma = std::sqrt(begin * chance * (1 - chance));
    EXPECT_NEAR(taken, 4096, 5 * sigma) << level;
    EXPECT_NEAR(taken_early, 2048, 5 * sigma / std::sqrt(2)) << "evenly: " << level;
  }
}

TEST(WordSample, RefusesAtAllHigherNumbersWhomItRefusedAtOne) {
  Random random(6);
  std::vector<std::uint32_t> numbers = {0, kAll - 1, kAll, 2 * kAll - 1, 2 * kAll, UINT32_MAX};
  for (int i = 0; i < 100; ++i)
    numbers.push_back(static_cast<std::uint32_t>(random.word() >> (32 + random.below(19))));
  std::sort(numbers.begin(), numbers.end());
  int refused_late = 0;
  for (int i = 0; i < 10000; ++i) {
    // Few documents come far: of half of these the hash begins with many zeros.
    const ContentHash hash{random.word() >> random.below(20), random.word()};
    bool refused = false;
    for (const std::uint32_t number : numbers) {
      const bool takes = WordSample::takes(hash, number);
      ASSERT_FALSE(refused && takes) << hash.high << " at " << number;
      if (!takes && !refused && number >= 4 * kAll) ++refused_late;
      refused = !takes;
    }
  }
  EXPECT_GT(refused_late, 1000);
}

TEST(WordSample, TakesOneIn524288AtTheLastNumber) {
  EXPECT_TRUE(WordSample::takes({(1ULL << 45) - 1, 0}, UINT32_MAX));
  EXPECT_FALSE(WordSample::takes({1ULL << 45, 0}, UINT32_MAX));
}

}  // namespace
}  // namespace kithkin
