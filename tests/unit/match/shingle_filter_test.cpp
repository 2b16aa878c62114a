// The filter against a set: it forgets nothing, and takes few strangers for known.
#include "match/shingle_filter.h"

#include <gtest/gtest.h>
#include <set>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Shingles = std::vector<ShingleHash>;

ShingleFilter make_filter(const Shingles& shingles, std::size_t memory) {
  ShingleFilter::Counts counts{};
  for (const ShingleHash shingle : shingles)
    ++counts[ShingleFilter::range_of(shingle)];
  ShingleFilter filter(counts, memory);
  filter.insert(shingles);
  return filter;
}

std::size_t strangers_taken(const ShingleFilter& filter, const Shingles& strangers) {
  std::vector<KeyedDocument> left;
  for (std::uint32_t n = 0; n < strangers.size(); ++n)
    left.push_back({strangers[n], n});
  filter.keep_known(left);
  return left.size();
}

TEST(ShingleFilter, KnowsNothingAtFirst) {
  Random random(1);
  EXPECT_EQ(strangers_taken(ShingleFilter(), random.words(1000)), 0U);
  EXPECT_EQ(strangers_taken(make_filter({}, 1 << 20), random.words(1000)), 0U);
}

TEST(ShingleFilter, NeverForgetsAndTakesFewStrangers) {
  Random random(2);
  const Shingles known = random.words(200000), strangers = random.words(200000);
  for (const std::size_t memory : {1U << 20, 1U << 16, 1U}) {
    const ShingleFilter filter = make_filter(known, memory);
    for (const ShingleHash shingle : known) {
      ASSERT_TRUE(filter.may_contain(shingle));
      ASSERT_TRUE(filter.knows_range_of(shingle));
    }
  }
  // In a word of 64 bits 8 shingles on average have set two each: a stranger finds both set with a
  // chance of about (1 - e^-.25)^2 = .049.
  const std::size_t taken = strangers_taken(make_filter(known, 1 << 20), strangers);
  EXPECT_LT(taken, strangers.size() * 6 / 100);
  EXPECT_GT(taken, strangers.size() * 3 / 100);
}

TEST(ShingleFilter, KeepsWhatASetKeepsAndALittleMoreInOrder) {
  Random random(3);
  const Shingles all = random.words(5000);
  const Shingles known(all.begin(), all.begin() + 1000);
  const std::set<ShingleHash> in_known(known.begin(), known.end());
  std::vector<KeyedDocument> left;
  for (std::uint32_t n = 0; n < all.size(); ++n)
    left.push_back({all[n], n});
  make_filter(known, 1 << 20).keep_known(left);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    kept += in_known.contains(left[i].key) ? 1 : 0;
    ASSERT_EQ(all[left[i].document], left[i].key);
    ASSERT_TRUE(i == 0 || left[i - 1].document < left[i].document);
  }
  EXPECT_EQ(kept, known.size());
}

TEST(ShingleFilter, KnowsNoRangeOfWhichNothingCame) {
  Random random(4);
  Shingles low = random.words(1000), high = random.words(1000);
  for (ShingleHash& shingle : low)
    shingle &= ~(std::uint64_t{7} << 29);  // lower halves under an eighth
  for (ShingleHash& shingle : high)
    shingle |= std::uint64_t{1} << 29;
  const ShingleFilter filter = make_filter(low, 1 << 20);
  for (const ShingleHash shingle : high) {
    EXPECT_FALSE(filter.knows_range_of(shingle));
    EXPECT_FALSE(filter.may_contain(shingle));
  }
}

TEST(ShingleFilter, PutsLargerLowerHalvesIntoLaterRanges) {
  std::size_t last = 0;
  for (std::uint64_t lower = 0; lower <= UINT32_MAX; lower += 1 + lower / 16) {
    const std::size_t range = ShingleFilter::range_of(lower | std::uint64_t{5} << 32);
    ASSERT_LT(range, ShingleFilter::kRanges);
    ASSERT_GE(range, last);
    last = range;
  }
  EXPECT_EQ(ShingleFilter::range_of(UINT32_MAX), ShingleFilter::kRanges - 1);
}

}  // namespace
}  // namespace kithkin
