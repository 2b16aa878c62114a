// Excerpts meet their sources, at the rate that the header promises.
#include "match/shingle_index.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using Shingles = std::vector<ShingleHash>;

/// What a document with these may hold, where all of it is looked up.
Shingles select_all(const Shingles& shingles) {
  const TemporaryDirectory directory = make_test_directory();
  ShingleIndex index(directory.file("index-"), 1 << 20);
  EXPECT_TRUE(index.look_up(shingles));
  EXPECT_TRUE(index.make_filter(1 << 20));
  std::vector<KeyedDocument> held = {{42, 1}};
  index.select(7, shingles, held);
  EXPECT_EQ(held[0].key, 42U) << "it appends";
  held.erase(held.begin());
  const std::size_t selected = held.size();
  index.keep_looked_up(held);
  EXPECT_EQ(held.size(), selected);
  Shingles out;
  for (const KeyedDocument& item : held) {
    EXPECT_EQ(item.document, 7U);
    out.push_back(item.key);
  }
  return out;
}

TEST(ShingleIndex, HoldsSixtyThreeOnAverageWhateverTheLength) {
  Random random(1);
  for (const std::size_t length : {100U, 1000U, 20000U}) {
    double sum = 0;
    constexpr int kRounds = 200;
    for (int round = 0; round < kRounds; ++round) {
      sum += static_cast<double>(select_all(random.words(length)).size());
    }
    // A mean of 63 with a deviation of at most 8 for each round.
    EXPECT_NEAR(sum / kRounds, 63, 5 * 8 / std::sqrt(kRounds)) << length;
  }
}

TEST(ShingleIndex, HoldsAllOfShortTextsAndNothingOfTheShortest) {
  Random random(2);
  const Shingles few = random.words(ShingleIndex::kLeastShingles - 1);
  const Shingles some = random.words(40);
  EXPECT_TRUE(select_all(few).empty());
  EXPECT_FALSE(ShingleIndex::is_looked_up(0, 7));
  EXPECT_EQ(select_all(some), some);
}

TEST(ShingleIndex, SelectsWhatIsLookedUpAsOneByOne) {
  Random random(9);
  for (std::uint32_t length = 0; length < 300; ++length) {
    Shingles shingles = random.words(length);
    const std::uint64_t bound = (std::uint64_t{ShingleIndex::kLooked} << 32) / (length + 1);
    for (std::size_t i = 0; i + 1 < shingles.size(); i += 2)  // around the bound
      shingles[i] = (shingles[i] >> 32 << 32) | ((bound + i % 5 - 2) & UINT32_MAX);
    Shingles expected = {42}, looked_up = {42};
    for (const ShingleHash shingle : shingles) {
      if (ShingleIndex::is_looked_up(shingle, length)) expected.push_back(shingle);
    }
    ShingleIndex::select_looked_up(shingles, looked_up);
    ASSERT_EQ(looked_up, expected) << length;
  }
}

TEST(ShingleIndex, WhatATextLooksUpIsHeldByTextsUpToNineTimesAsLong) {
  Random random(3);
  const Shingles source = random.words(9 * 200);
  const Shingles held = select_all(source);
  const std::set<ShingleHash> in_source(held.begin(), held.end());
  for (std::size_t begin = 0; begin + 200 <= source.size(); begin += 50) {
    for (std::size_t i = begin; i < begin + 200; ++i) {
      EXPECT_TRUE(!ShingleIndex::is_looked_up(source[i], 200) || in_source.contains(source[i]));
    }
  }
}

std::vector<KeyedDocument> of_document(std::uint32_t document, const Shingles& shingles) {
  std::vector<KeyedDocument> out;
  for (const ShingleHash shingle : shingles)
    out.push_back({shingle, document});
  return out;
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
    ASSERT_TRUE(index.append(of_document(document, held)));
    for (const ShingleHash shingle : held)
      expected[static_cast<std::uint32_t>(shingle >> 58)].emplace_back(shingle, document);
    document += n % 3 == 0 ? 1000 : static_cast<std::uint32_t>(n % 70);
  }
  const Shingles last = random.words(500);
  ASSERT_TRUE(index.append(of_document(UINT32_MAX, last)));
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

// A fuzzer's find: a document that stood there twice became a pair with itself.
TEST(ShingleIndex, DocumentsThatGoBackAreDamage) {
  const TemporaryDirectory directory = make_test_directory();
  ShingleIndex index(directory.file("index-"), 1);
  for (std::uint32_t n = 0; n < 1000; ++n)
    ASSERT_TRUE(index.append(of_document(5 + 1000 * n, {7})));
  ASSERT_GT(index.spilled_bytes(), 0U);
  std::fstream file(directory.file("index-0"), std::ios::binary | std::ios::in | std::ios::out);
  for (const std::uint64_t stored : {std::uint64_t{1} << 32, std::uint64_t{5}, std::uint64_t{67}}) {
    file.seekp(2 * sizeof stored);
    file.write(reinterpret_cast<const char*>(&stored), sizeof stored).flush();
    std::vector<KeyedDocument> out;
    const auto read = index.read(0, out);
    ASSERT_FALSE(read) << stored;
    EXPECT_EQ(read.error().code, ErrorCode::input);
  }
}

/// Pairs by the rule itself: each document that looks a shingle up with the next two longer ones
/// and the longest two of those that may hold it, however many nobody looks up.
std::map<std::uint64_t, int> propose_slowly(const std::vector<Shingles>& texts) {
  std::vector<std::uint32_t> lengths;
  std::map<ShingleHash, std::set<std::uint32_t>> holders;
  for (std::uint32_t d = 0; d < texts.size(); ++d) {
    lengths.push_back(static_cast<std::uint32_t>(texts[d].size()));
    if (texts[d].size() < ShingleIndex::kLeastShingles) continue;
    const std::uint64_t below = (std::uint64_t{ShingleIndex::kHeld} << 32) / texts[d].size();
    for (const ShingleHash shingle : texts[d]) {
      if ((shingle & UINT32_MAX) < below) holders[shingle].insert(d);
    }
  }
  std::map<std::uint64_t, int> out;
  for (const auto& [shingle, documents] : holders) {
    std::vector<std::uint32_t> bucket(documents.begin(), documents.end());
    std::sort(bucket.begin(), bucket.end(), LongerFirst{lengths});
    for (std::size_t i = 1; i < bucket.size(); ++i) {
      if (!ShingleIndex::is_looked_up(shingle, lengths[bucket[i]])) continue;
      std::set<std::size_t> longer = {i - 1, 0};
      if (i >= 2) longer.insert({i - 2, 1});
      for (const std::size_t n : longer)
        ++out[CandidatePair{bucket[n], bucket[i]}.packed()];
    }
  }
  return out;
}

struct IndexedCrawl {
  explicit IndexedCrawl(std::size_t memory)
      : index(directory.file("index-"), memory), filter_memory(memory) {}

  void add(const Shingles& shingles) {
    Shingles looked_up;
    ShingleIndex::select_looked_up(shingles, looked_up);
    ASSERT_TRUE(index.look_up(looked_up));
    lengths.push_back(static_cast<std::uint32_t>(shingles.size()));
    texts.push_back(shingles);
  }

  /// Call when all are added.
  void hold() {
    ASSERT_TRUE(index.make_filter(filter_memory));
    for (std::uint32_t d = 0; d < texts.size(); ++d) {
      std::vector<KeyedDocument> held;
      index.select(d, texts[d], held);
      index.keep_looked_up(held);
      ASSERT_TRUE(index.append(held));
    }
    index.drop_filter();
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
  std::size_t filter_memory;
  std::vector<std::uint32_t> lengths;
  std::vector<Shingles> texts;
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
  crawl.hold();
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

TEST(ProposeContained, GivesWhatTheRuleSaysWhateverTheThreadsAndTheMemory) {
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
  for (IndexedCrawl* crawl : {&small, &large})
    crawl->hold();
  const auto expected = large.propose(1);
  EXPECT_EQ(expected, propose_slowly(large.texts));
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
  for (int n = 0; n < 10000; ++n)
    crawl.add(random.words(100));
  crawl.hold();
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
