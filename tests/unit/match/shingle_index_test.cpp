// Excerpts meet their sources, at the rate that the header promises.
#include "match/shingle_index.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Shingles = std::vector<ShingleHash>;

TEST(ShingleIndex, HoldsSixtyThreeOnAverageWhateverTheLength) {
  Random random(1);
  for (const std::size_t length : {100U, 1000U, 20000U}) {
    double sum = 0;
    constexpr int kRounds = 200;
    for (int round = 0; round < kRounds; ++round) {
      Shingles held = {42};
      ShingleIndex::select(random.words(length), held);
      EXPECT_EQ(held[0], 42U) << "it appends";
      sum += static_cast<double>(held.size() - 1);
    }
    // A mean of 63 with a deviation of at most 8 for each round.
    EXPECT_NEAR(sum / kRounds, 63, 5 * 8 / std::sqrt(kRounds)) << length;
  }
}

TEST(ShingleIndex, HoldsAllOfShortTextsAndNothingOfTheShortest) {
  Random random(2);
  const Shingles few = random.words(ShingleIndex::kLeastShingles - 1);
  const Shingles some = random.words(40);
  Shingles held;
  ShingleIndex::select(few, held);
  EXPECT_TRUE(held.empty());
  EXPECT_FALSE(ShingleIndex::is_looked_up(0, 7));
  ShingleIndex::select(some, held);
  EXPECT_EQ(held, some);
}

TEST(ShingleIndex, WhatATextLooksUpIsHeldByTextsUpToNineTimesAsLong) {
  Random random(3);
  const Shingles source = random.words(9 * 200);
  Shingles held;
  ShingleIndex::select(source, held);
  const std::set<ShingleHash> in_source(held.begin(), held.end());
  for (std::size_t begin = 0; begin + 200 <= source.size(); begin += 50) {
    for (std::size_t i = begin; i < begin + 200; ++i) {
      EXPECT_TRUE(!ShingleIndex::is_looked_up(source[i], 200) || in_source.contains(source[i]));
    }
  }
}

TEST(ShingleIndex, GivesBackWhatWasAppendedHoweverFarDocumentsLieApart) {
  const TemporaryDirectory directory = make_test_directory();
  ShingleIndex index(directory.file("index-"), 1 << 20);
  Random random(6);
  std::map<std::uint32_t, std::vector<std::pair<ShingleHash, std::uint32_t>>> expected;
  std::uint32_t document = 0;
  // Steps around what an entry has room for, most often far ones: some cross what is read at once.
  for (int n = 0; n < 12000; ++n) {
    const Shingles held = random.words(n % 7 == 0 ? 200 : 1);
    ASSERT_TRUE(index.append(document, held));
    for (const ShingleHash shingle : held)
      expected[static_cast<std::uint32_t>(shingle >> 58)].emplace_back(shingle, document);
    document += n % 3 == 0 ? 1000 : static_cast<std::uint32_t>(n % 70);
  }
  const Shingles last = random.words(500);
  ASSERT_TRUE(index.append(UINT32_MAX, last));
  for (const ShingleHash shingle : last)
    expected[static_cast<std::uint32_t>(shingle >> 58)].emplace_back(shingle, UINT32_MAX);
  for (std::uint32_t part = 0; part < ShingleIndex::kParts; ++part) {
    std::vector<KeyedDocument> out;
    ASSERT_TRUE(index.read(part, out));
    ASSERT_EQ(out.size(), expected[part].size());
    ASSERT_GT(out.size(), 4096U) << "too few to be read in pieces";
    for (std::size_t i = 0; i < out.size(); ++i)
      ASSERT_EQ(std::pair(out[i].key, out[i].document), expected[part][i]) << part << " " << i;
  }
}

struct IndexedCrawl {
  explicit IndexedCrawl(std::size_t memory) : index(directory.file("index-"), memory) {}

  void add(const Shingles& shingles) {
    Shingles held;
    ShingleIndex::select(shingles, held);
    ASSERT_TRUE(index.append(static_cast<std::uint32_t>(lengths.size()), held));
    lengths.push_back(static_cast<std::uint32_t>(shingles.size()));
  }

  /// How often each pair is handed on.
  std::map<std::uint64_t, int> propose(unsigned threads) const {
    DocumentSet all(lengths.size());
    for (std::uint32_t d = 0; d < lengths.size(); ++d)
      all.insert(d);
    all.freeze();
    std::map<std::uint64_t, int> out;
    EXPECT_TRUE(propose_contained(
        index, all, {lengths}, 1, threads,
        [&](std::span<const std::uint64_t> pairs) -> Result<void> {
          for (const std::uint64_t pair : pairs)
            ++out[pair];
          return {};
        },
        [] { return true; }));
    return out;
  }

  const TemporaryDirectory directory = make_test_directory();
  ShingleIndex index;
  std::vector<std::uint32_t> lengths;
};

TEST(ProposeContained, FindsExcerptsAtThePromisedRate) {
  Random random(4);
  IndexedCrawl crawl(1 << 20);
  constexpr std::uint32_t kPairs = 600;
  for (std::uint32_t n = 0; n < kPairs; ++n) {
    const Shingles source = random.words(1600);
    Shingles excerpt(source.begin() + 300, source.begin() + 500);
    for (std::size_t i = 0; i < 20; ++i)  // a tenth is its own
      excerpt[i * 10] = random.words(1)[0];
    crawl.add(source);
    crawl.add(excerpt);
  }
  const auto found = crawl.propose(2);
  std::uint32_t met = 0;
  for (std::uint32_t n = 0; n < kPairs; ++n) {
    const auto at = found.find(CandidatePair{2 * n, 2 * n + 1}.packed());
    met += at != found.end() && at->second >= 2 ? 1 : 0;
  }
  // Of 600 with a chance of .987 each, 592 on average with a deviation of 2.8.
  EXPECT_GT(met, 592 - 5 * 2.8);
  EXPECT_LT(found.size(), kPairs + 10) << "and nothing else is proposed";
}

TEST(ProposeContained, GivesTheSameWhateverTheThreadsAndTheMemory) {
  Random random(5);
  IndexedCrawl small(1), large(1 << 20);
  const Shingles base = random.words(400);
  for (int n = 0; n < 5000; ++n) {  // strangers, so that there is something to spill
    const Shingles stranger = random.words(100);
    for (IndexedCrawl* crawl : {&small, &large})
      crawl->add(stranger);
  }
  for (int n = 0; n < 100; ++n) {
    Shingles own(base.begin() + n, base.begin() + 120 + 2 * n);
    for (IndexedCrawl* crawl : {&small, &large})
      crawl->add(own);
  }
  const auto expected = large.propose(1);
  EXPECT_GT(expected.size(), 100U);
  EXPECT_EQ(large.propose(3), expected);
  EXPECT_EQ(small.propose(2), expected);
  EXPECT_GT(small.index.spilled_bytes(), 0U);
  for (const auto& [packed, times] : expected) {
    const CandidatePair pair = CandidatePair::unpack(packed);
    EXPECT_GE(large.lengths[pair.hub], large.lengths[pair.other]) << "the longer one is the hub";
  }
}

TEST(ProposeContained, AskForFewerMeetingsWhereLessIsContained) {
  EXPECT_EQ(shared_needed(.8), 2U);
  EXPECT_EQ(shared_needed(.5), 1U);
}

TEST(ProposeContained, FindsThatAFileIsDamaged) {
  Random random(8);
  IndexedCrawl crawl(1);
  for (int n = 0; n < 2000; ++n)
    crawl.add(random.words(100));
  ASSERT_GT(crawl.index.spilled_bytes(), 0U);
  spoil(crawl.directory.file("index-5"));
  DocumentSet all(crawl.lengths.size());
  all.freeze();
  const auto result = propose_contained(
      crawl.index, all, {crawl.lengths}, 1, 1,
      [](std::span<const std::uint64_t>) -> Result<void> { return {}; }, [] { return true; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::input);
  EXPECT_EQ(result.error().describe(),
            crawl.directory.file("index-5") + ": is damaged: other bytes were written there");
}

}  // namespace
}  // namespace kithkin
