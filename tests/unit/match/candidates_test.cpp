// Proposed pairs against buckets made the slow way.
#include "match/candidates.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using PairSet = std::set<std::uint64_t>;

std::uint64_t packed(std::uint32_t hub, std::uint32_t other) {
  return CandidatePair{hub, other}.packed();
}

/// A crawl as propose_pairs() sees it: lengths, keys by document and band, and who takes part.
struct Crawl {
  std::uint32_t bands = 0;
  std::vector<std::uint32_t> lengths;
  std::vector<std::uint64_t> keys;
  DocumentSet eligible;
};

/// `buckets` different keys a band; fewer make larger buckets.
Crawl make_crawl(std::uint32_t documents, std::uint32_t bands, std::uint64_t buckets,
                 std::uint64_t seed) {
  Random random(seed);
  Crawl crawl{bands, {}, {}, DocumentSet(documents)};
  for (std::uint32_t d = 0; d < documents; ++d) {
    crawl.lengths.push_back(random.index(20));
    for (std::uint32_t b = 0; b < bands; ++b)
      crawl.keys.push_back(mix64(random.below(buckets) + 1));
    if (random.chance(0.9)) crawl.eligible.insert(d);
  }
  crawl.eligible.freeze();
  return crawl;
}

struct Slow {
  PairSet pairs;
  ProposeCounts counts;
};

Slow propose_slowly(const Crawl& crawl, std::size_t hot) {
  Slow out;
  for (std::uint32_t band = 0; band < crawl.bands; ++band) {
    std::map<std::uint64_t, std::vector<std::uint32_t>> buckets;
    for (std::uint32_t d = 0; d < crawl.lengths.size(); ++d) {
      if (crawl.eligible.contains(d)) buckets[crawl.keys[d * crawl.bands + band]].push_back(d);
    }
    for (auto& [key, bucket] : buckets) {
      std::stable_sort(bucket.begin(), bucket.end(), [&](std::uint32_t a, std::uint32_t b) {
        return crawl.lengths[a] > crawl.lengths[b];
      });
      for (std::size_t i = 0; i < bucket.size(); ++i) {
        if (i % hot == 0) continue;  // the first of its piece
        out.pairs.insert(packed(bucket[i - i % hot], bucket[i]));
        out.pairs.insert(packed(bucket[i - 1], bucket[i]));
      }
      if (bucket.size() <= hot) continue;
      ++out.counts.hot_buckets;
      out.counts.hot_documents += bucket.size();
    }
  }
  return out;
}

struct Fast {
  Result<ProposeCounts> counts;
  PairSet pairs;
};

Fast propose_fast(const Crawl& crawl, const ProposeOptions& options) {
  const TemporaryDirectory directory = make_test_directory();
  BandStore store(crawl.bands, directory.file("band-"), 1 << 16);
  EXPECT_TRUE(store.append(crawl.keys));
  PairSet pairs;
  const auto sink = [&](std::span<const std::uint64_t> found) -> Result<void> {
    pairs.insert(found.begin(), found.end());
    return {};
  };
  auto counts =
      propose_pairs(store, crawl.eligible, {crawl.lengths}, options, sink, [] { return true; });
  return {std::move(counts), std::move(pairs)};
}

void expect_fast_is_slow(const Crawl& crawl, const ProposeOptions& options) {
  const Slow slow = propose_slowly(crawl, options.hot_bucket);
  const Fast fast = propose_fast(crawl, options);
  ASSERT_TRUE(fast.counts);
  EXPECT_EQ(fast.pairs, slow.pairs);
  EXPECT_EQ(fast.counts->hot_buckets, slow.counts.hot_buckets);
  EXPECT_EQ(fast.counts->hot_documents, slow.counts.hot_documents);
}

TEST(CandidatePair, PacksAndUnpacks) {
  const CandidatePair pair = CandidatePair::unpack(packed(7, UINT32_MAX));
  EXPECT_EQ(pair.hub, 7U);
  EXPECT_EQ(pair.other, UINT32_MAX);
  EXPECT_LT(packed(1, UINT32_MAX), packed(2, 0)) << "pairs of a hub stand together";
}

TEST(CandidatePair, HasTheLongerFirstAndOfEqualsTheEarlier) {
  const std::vector<std::uint32_t> lengths = {5, 9, 5};
  const LongerFirst longer{lengths};
  EXPECT_EQ(make_candidate(0, 1, longer).packed(), packed(1, 0));
  EXPECT_EQ(make_candidate(1, 0, longer).packed(), packed(1, 0));
  EXPECT_EQ(make_candidate(2, 0, longer).packed(), packed(0, 2));
}

TEST(Bucket, GivesAStarAndAChainByLength) {
  const std::vector<std::uint32_t> lengths = {10, 40, 30, 40, 20};
  std::vector<std::uint32_t> bucket = {0, 1, 2, 3, 4};
  std::vector<std::uint64_t> pairs;
  EXPECT_FALSE(propose_in_bucket(bucket, {lengths}, 4096, pairs));
  EXPECT_EQ(PairSet(pairs.begin(), pairs.end()),
            (PairSet{packed(1, 3), packed(1, 2), packed(1, 4), packed(1, 0),  // the star
                     packed(3, 2), packed(2, 4), packed(4, 0)}));             // the chain
}

TEST(Bucket, CostsAtMostTwoPairsAMember) {
  Random random(1);
  for (std::uint32_t size = 0; size < 200; ++size) {
    std::vector<std::uint32_t> lengths, bucket;
    for (std::uint32_t d = 0; d < size; ++d) {
      lengths.push_back(random.index(5));
      bucket.push_back(d);
    }
    for (const std::size_t hot : {1, 2, 3, 10, 4096}) {
      std::vector<std::uint64_t> pairs;
      random.shuffle(bucket);
      EXPECT_EQ(propose_in_bucket(bucket, {lengths}, hot, pairs), size > hot);
      std::vector<int> as_other(size, 0);  // a pair is the cost of its shorter member
      for (const std::uint64_t pair : pairs) {
        const CandidatePair p = CandidatePair::unpack(pair);
        ASSERT_NE(p.hub, p.other);
        ASSERT_TRUE(LongerFirst{lengths}(p.hub, p.other)) << "in its one form";
        ASSERT_LE(++as_other[p.other], 2);
      }
      EXPECT_EQ(PairSet(pairs.begin(), pairs.end()).size(), pairs.size()) << "each once";
    }
  }
}

TEST(Bucket, ThatIsHotIsCutByLength) {
  const std::vector<std::uint32_t> lengths = {1, 2, 3, 4, 5};
  std::vector<std::uint32_t> bucket = {0, 1, 2, 3, 4};
  std::vector<std::uint64_t> pairs;
  EXPECT_TRUE(propose_in_bucket(bucket, {lengths}, 2, pairs));
  EXPECT_EQ(PairSet(pairs.begin(), pairs.end()), (PairSet{packed(4, 3), packed(2, 1)}));
}

TEST(ProposePairs, EqualBucketsMadeTheSlowWay) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto documents = static_cast<std::uint32_t>(1 + seed * 23);
    const Crawl crawl = make_crawl(documents, 1 + seed % 7, 1 + documents / (1 + seed % 5), seed);
    for (unsigned threads = 1; threads <= 4; threads *= 2)
      expect_fast_is_slow(crawl, {threads, 1 << 26, 4096});
  }
}

TEST(ProposePairs, DoNotDependOnMemoryOrThreads) {
  const Crawl crawl = make_crawl(80000, 3, 30000, 1);  // parts at the least memory: three and more
  for (unsigned threads = 1; threads <= 4; threads *= 2) {
    for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 26})
      expect_fast_is_slow(crawl, {threads, memory, 5});
  }
}

TEST(ProposePairs, FindTwoAmongManyThatStandAlone) {
  const Crawl crawl = make_crawl(150000, 2, 1000000, 7);
  expect_fast_is_slow(crawl, {2, std::size_t{1} << 30, 4096});
  EXPECT_GT(propose_slowly(crawl, 4096).pairs.size(), 1000U) << "or this tests nothing";
}

TEST(ProposePairs, CutHotBucketsAndCountThem) {
  const Crawl crawl = make_crawl(3000, 4, 7, 2);
  for (const std::size_t hot : {1, 2, 50, 400, 4096}) {
    expect_fast_is_slow(crawl, {2, 1 << 26, hot});
  }
  EXPECT_GT(propose_slowly(crawl, 50).counts.hot_buckets, 0U) << "or this tests nothing";
}

TEST(ProposePairs, NeverNameADocumentThatIsNotEligible) {
  Crawl crawl = make_crawl(500, 2, 10, 3);
  for (const std::uint64_t pair : propose_fast(crawl, {}).pairs) {
    EXPECT_TRUE(crawl.eligible.contains(CandidatePair::unpack(pair).hub));
    EXPECT_TRUE(crawl.eligible.contains(CandidatePair::unpack(pair).other));
  }
  crawl.eligible = DocumentSet(500);
  crawl.eligible.freeze();
  EXPECT_TRUE(propose_fast(crawl, {}).pairs.empty());
}

TEST(ProposePairs, OfNoDocumentsAreNone) {
  const Fast fast = propose_fast(make_crawl(0, 3, 1, 4), {});
  ASSERT_TRUE(fast.counts);
  EXPECT_TRUE(fast.pairs.empty());
}

TEST(ProposePairs, TellAfterEachBandAndStopWhenTold) {
  const Crawl crawl = make_crawl(50, 6, 10, 5);
  const TemporaryDirectory directory = make_test_directory();
  BandStore store(crawl.bands, directory.file("band-"), 1 << 16);
  ASSERT_TRUE(store.append(crawl.keys));
  const auto sink = [](std::span<const std::uint64_t>) { return Result<void>(); };
  int calls = 0;
  ASSERT_TRUE(propose_pairs(store, crawl.eligible, {crawl.lengths}, {}, sink,
                            [&] { return ++calls, true; }));
  EXPECT_EQ(calls, 6);
  const auto cancelled =
      propose_pairs(store, crawl.eligible, {crawl.lengths}, {}, sink, [] { return false; });
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
}

TEST(ProposePairs, PassOnTheErrorOfTheSink) {
  const Crawl crawl = make_crawl(50, 6, 10, 6);
  const TemporaryDirectory directory = make_test_directory();
  BandStore store(crawl.bands, directory.file("band-"), 1 << 16);
  ASSERT_TRUE(store.append(crawl.keys));
  const auto result = propose_pairs(
      store, crawl.eligible, {crawl.lengths}, {2, 1 << 20, 4096},
      [](std::span<const std::uint64_t>) -> Result<void> {
        return Error{ErrorCode::output, "full", "", 0};
      },
      [] { return true; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "full");
}

}  // namespace
}  // namespace kithkin
