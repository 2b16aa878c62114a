// Exact counts against std::set, and the rule at its thresholds.
#include "match/verify.h"

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <set>
#include <span>
#include <unordered_set>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Shingles = std::vector<ShingleHash>;

/// Distinct shingles from a small range, so that sets meet and 0 comes up; spread over the word
/// by `stride`, and of one slot in a table where that is large.
Shingles random_set(Random& random, std::size_t size, std::uint64_t stride) {
  std::set<ShingleHash> out;
  for (std::size_t i = 0; i < size; ++i)
    out.insert(random.below(2 * size + 1) * stride);
  Shingles list(out.begin(), out.end());
  random.shuffle(list);
  return list;
}

std::uint32_t count_shared_slowly(const Shingles& a, const Shingles& b) {
  const std::set<ShingleHash> first(a.begin(), a.end()), second(b.begin(), b.end());
  Shingles both;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(),
                        std::back_inserter(both));
  return static_cast<std::uint32_t>(both.size());
}

const std::vector<std::uint64_t> kStrides = {1, 0x9e3779b97f4a7c15ULL, 1 << 20,
                                             std::uint64_t{1} << 40};

TEST(ShingleSet, HoldsWhatWasInserted) {
  Random random(1);
  ShingleSet table;  // one for all rounds: it has to be emptied well
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t stride = kStrides[random.below(kStrides.size())];
    std::set<ShingleHash> naive;
    const std::size_t size = random.below(200);
    table.reset(size);
    for (std::size_t i = 0; i < size; ++i) {
      const ShingleHash shingle = random.below(100) * stride;
      ASSERT_EQ(table.insert(shingle), naive.insert(shingle).second);
    }
    for (std::uint64_t i = 0; i < 150; ++i)
      ASSERT_EQ(table.contains(i * stride), naive.contains(i * stride)) << i;
  }
}

TEST(ShingleSet, HoldsZeroOnlyWhenInserted) {
  ShingleSet table;
  table.reset(3);
  EXPECT_FALSE(table.contains(0));
  EXPECT_TRUE(table.insert(0));
  EXPECT_FALSE(table.insert(0));
  EXPECT_TRUE(table.contains(0));
  table.reset(3);
  EXPECT_FALSE(table.contains(0));
}

TEST(KeepDistinct, MovesTheFirstOfEachToTheFrontInOrder) {
  ShingleSet scratch;
  Shingles shingles = {5, 0, 3, 5, 0, 0, 9, 3};
  ASSERT_EQ(scratch.keep_distinct(shingles), 4U);
  shingles.resize(4);
  EXPECT_EQ(shingles, (Shingles{5, 0, 3, 9}));
  EXPECT_EQ(scratch.keep_distinct(shingles), 4U) << "there is nothing more to take out";
  EXPECT_EQ(scratch.keep_distinct({}), 0U);
}

TEST(KeepDistinct, KeepsWhatASetWould) {
  Random random(3);
  ShingleSet scratch;
  for (int round = 0; round < 300; ++round) {
    Shingles shingles, expected;
    for (std::size_t left = random.below(round < 290 ? 400 : 90'000); left > 0; --left)
      shingles.push_back(random.below(300) * kStrides[random.below(kStrides.size())]);
    std::unordered_set<ShingleHash> seen;
    for (const ShingleHash shingle : shingles) {
      if (seen.insert(shingle).second) expected.push_back(shingle);
    }
    shingles.resize(scratch.keep_distinct(shingles));
    ASSERT_EQ(shingles, expected);
  }
}

TEST(Measure, DividesTheSharedByUnionAndByEach) {
  Random random(3);
  for (int round = 0; round < 500; ++round) {
    const Shingles a = random_set(random, 1 + random.below(50), 1);
    const Shingles b = random_set(random, 1 + random.below(50), 1);
    std::set<ShingleHash> all(a.begin(), a.end());
    all.insert(b.begin(), b.end());
    const auto shared = static_cast<double>(count_shared_slowly(a, b));
    const Measures m = measure(a.size(), b.size(), count_shared_slowly(a, b));
    EXPECT_EQ(m.resemblance, shared / static_cast<double>(all.size()));
    EXPECT_EQ(m.containment_a, shared / static_cast<double>(a.size()));
    EXPECT_EQ(m.containment_b, shared / static_cast<double>(b.size()));
  }
}

TEST(Measure, IsZeroWhereASetIsEmpty) {
  for (const Measures& m : {measure(0, 0, 0), measure(5, 0, 0), measure(0, 5, 0)}) {
    EXPECT_EQ(m.resemblance, 0);
    EXPECT_EQ(m.containment_a, 0);
    EXPECT_EQ(m.containment_b, 0);
  }
}

TEST(Measure, OfEqualSetsIsOne) {
  const Measures m = measure(7, 7, 7);
  EXPECT_EQ(m.resemblance, 1);
  EXPECT_EQ(m.containment_a, 1);
  EXPECT_EQ(m.containment_b, 1);
}

TEST(Decide, HoldsAtItsThresholdsExactly) {
  const MatchOptions options{.threshold = 0.6, .containment = 0.8};
  struct Row {
    std::uint64_t size_a, size_b, shared;
    Relation relation;
  };
  const std::vector<Row> rows = {
      {100, 100, 75, Relation::near},        // 75 / 125 = .6
      {100, 100, 74, Relation::none},        // 74 / 126
      {8, 8, 6, Relation::near},             // 6 / 10
      {10, 100, 8, Relation::contained},     // 8 of a's 10
      {100, 10, 8, Relation::contained},     // 8 of b's 10
      {100, 1000, 80, Relation::contained},  // .8
      {100, 1000, 79, Relation::none},       // .79
      {5, 5, 5, Relation::near},             // all, and yet not exact: order may differ
      {5, 50, 5, Relation::contained},
      {5, 5, 0, Relation::none},
      {0, 0, 0, Relation::none},
      {0, 9, 0, Relation::none},
  };
  for (const Row& row : rows) {
    const Measures m = measure(row.size_a, row.size_b, row.shared);
    EXPECT_EQ(decide(m, false, options), row.relation)
        << row.size_a << " " << row.size_b << " " << row.shared;
    EXPECT_EQ(decide(m, true, options), Relation::exact) << "exactness needs no measure";
  }
}

TEST(Decide, FindsNothingContainedWhereContainmentIsOff) {
  const MatchOptions off{.threshold = 0.6, .containment = 0};
  EXPECT_EQ(decide(measure(10, 1000, 10), false, off), Relation::none);
  EXPECT_EQ(decide(measure(10, 10, 0), false, off), Relation::none);
  EXPECT_EQ(decide(measure(10, 10, 8), false, off), Relation::near);
}

TEST(Decide, AtThresholdsOfOneWantsEverything) {
  const MatchOptions strict{.threshold = 1, .containment = 1};
  EXPECT_EQ(decide(measure(10, 10, 10), false, strict), Relation::near);
  EXPECT_EQ(decide(measure(10, 10, 9), false, strict), Relation::none);
  EXPECT_EQ(decide(measure(10, 20, 10), false, strict), Relation::contained);
}

TEST(MayDrop, NeedsTheDroppedTextsOwnContainment) {
  const MatchOptions options{.threshold = 0.6, .containment = 0.8};
  const Measures m = measure(10, 100, 9);  // a stands in b, b not in a
  EXPECT_TRUE(may_drop(m.resemblance, m.containment_a, options));
  EXPECT_FALSE(may_drop(m.resemblance, m.containment_b, options));
  EXPECT_TRUE(may_drop(0.6, 0.1, options)) << "resemblance is enough";
  EXPECT_TRUE(may_drop(0.1, 0.8, options));
  EXPECT_FALSE(may_drop(0.599, 0.799, options));
  EXPECT_FALSE(may_drop(0.1, 1, {.threshold = 0.6, .containment = 0}));
}

/// Sets by document, as verification reads them: with repeats.
class Sets final : public ShingleSource {
 public:
  explicit Sets(std::vector<Shingles> sets) : sets_(std::move(sets)) {}

  Result<std::span<ShingleHash>> shingles(std::uint32_t document,
                                          TextBuffer& buffer) const override {
    ++reads_;
    if (document >= sets_.size()) return Error{ErrorCode::input, "not there", "", 0};
    const Shingles& set = sets_[document];
    buffer.shingles = set;
    for (std::size_t i = 0; document % 3 == 0 && i < set.size() / 4; ++i)
      buffer.shingles.insert(buffer.shingles.begin() + 3 * i, set[2 * i]);
    return std::span<ShingleHash>(buffer.shingles);
  }
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override {
    return static_cast<std::uint32_t>(sets_[document].size());
  }
  [[nodiscard]] const Shingles& operator[](std::uint32_t document) const { return sets_[document]; }
  [[nodiscard]] int reads() const { return reads_; }

 private:
  std::vector<Shingles> sets_;
  mutable std::atomic<int> reads_{0};
};

Sets random_sets(std::uint32_t documents) {
  Random random(4);
  std::vector<Shingles> sets;
  for (std::uint32_t d = 0; d < documents; ++d)
    sets.push_back(random_set(random, random.below(d % 4 == 0 ? 300 : 30), 1));
  return Sets(std::move(sets));
}

std::vector<std::uint64_t> all_pairs(std::uint32_t documents) {
  std::vector<std::uint64_t> out;
  for (std::uint32_t a = 0; a < documents; ++a) {
    for (std::uint32_t b = 0; b < documents; ++b) {
      if (a != b) out.push_back(CandidatePair{a, b}.packed());
    }
  }
  return out;
}

struct Outcome {
  Result<void> result;
  std::vector<VerifiedPair> pairs;
  std::uint64_t told = 0;
};

Outcome verify(const std::vector<std::uint64_t>& candidates, const Sets& sets, unsigned threads,
               const MatchOptions& options, std::uint64_t stop_after = UINT64_MAX) {
  std::size_t at = 0;
  Outcome out;
  out.result = verify_pairs(
      [&](std::uint64_t& pair) -> Result<bool> {
        if (at == candidates.size()) return false;
        pair = candidates[at++];
        return true;
      },
      sets, options, threads,
      [&](const VerifiedPair& pair) -> Result<void> {
        out.pairs.push_back(pair);
        return {};
      },
      [&](std::uint64_t count) {
        EXPECT_GE(count, out.told);
        out.told = count;
        return count <= stop_after;
      });
  return out;
}

TEST(VerifyPairs, HandOnTheCopiesInOrderWithExactCounts) {
  const Sets sets = random_sets(90);  // 8010 pairs: several batches
  const auto candidates = all_pairs(90);
  const MatchOptions options{.threshold = 0.4, .containment = 0.7};
  std::vector<VerifiedPair> expected;
  for (const std::uint64_t packed : candidates) {
    const CandidatePair pair = CandidatePair::unpack(packed);
    const Shingles &a = sets[pair.hub], &b = sets[pair.other];
    const std::uint32_t shared = count_shared_slowly(a, b);
    if (decide(measure(a.size(), b.size(), shared), false, options) == Relation::none) continue;
    expected.push_back(
        {pair, shared, static_cast<std::uint32_t>(a.size()), static_cast<std::uint32_t>(b.size())});
  }
  ASSERT_GT(expected.size(), 100U);
  ASSERT_LT(expected.size(), candidates.size());
  for (unsigned threads = 1; threads <= 4; ++threads) {
    const Outcome outcome = verify(candidates, sets, threads, options);
    ASSERT_TRUE(outcome.result);
    EXPECT_EQ(outcome.told, candidates.size());
    ASSERT_EQ(outcome.pairs.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(outcome.pairs[i].pair.packed(), expected[i].pair.packed());
      ASSERT_EQ(outcome.pairs[i].shared, expected[i].shared);
      ASSERT_EQ(outcome.pairs[i].size_hub, expected[i].size_hub);
      ASSERT_EQ(outcome.pairs[i].size_other, expected[i].size_other);
    }
  }
}

TEST(VerifyPairs, ReadAHubOnceForAllItsPairs) {
  const Sets sets = random_sets(30);
  ASSERT_TRUE(verify(all_pairs(30), sets, 1, {}).result);
  EXPECT_EQ(sets.reads(), 30 + 30 * 29);
}

TEST(VerifyPairs, OfNothingAreNothing) {
  const Outcome outcome = verify({}, random_sets(1), 2, {});
  EXPECT_TRUE(outcome.result);
  EXPECT_TRUE(outcome.pairs.empty());
}

TEST(VerifyPairs, PassOnWhatCannotBeRead) {
  const Outcome outcome = verify({CandidatePair{0, 99}.packed()}, random_sets(3), 2, {});
  ASSERT_FALSE(outcome.result);
  EXPECT_EQ(outcome.result.error().code, ErrorCode::input);
}

TEST(VerifyPairs, StopWhenTold) {
  const Outcome outcome = verify(all_pairs(90), random_sets(90), 2, {}, 2000);
  ASSERT_FALSE(outcome.result);
  EXPECT_EQ(outcome.result.error().code, ErrorCode::cancelled);
  EXPECT_LT(outcome.told, 8010U);
}

}  // namespace
}  // namespace kithkin
