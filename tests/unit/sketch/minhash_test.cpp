// Signatures against a plain loop, and the estimate they give against theory.
#include "sketch/minhash.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "unit/base/random.h"
#include "unit/sketch/set_pairs.h"

namespace kithkin {
namespace {

using Signature = std::vector<std::uint32_t>;

MinHasher make_hasher(std::uint32_t length, std::uint64_t seed) {
  return MinHasher::create({length, seed}).value();
}

Signature sign(const MinHasher& hasher, const std::vector<ShingleHash>& shingles) {
  Signature out(hasher.options().length, 42);
  hasher.sign(shingles, out);
  return out;
}

/// The definition, from the seed on.
Signature sign_slowly(std::uint32_t length, std::uint64_t seed,
                      const std::vector<ShingleHash>& shingles) {
  Signature out;
  std::uint64_t state = seed;
  for (std::uint32_t i = 0; i < length; ++i) {
    const std::uint64_t word = splitmix64(state);
    const std::uint64_t a = (word >> 32) | 1, b = word & 0xffffffffU;
    std::uint64_t least = 0xffffffffU;
    for (const ShingleHash shingle : shingles)
      least = std::min(least, (a * (shingle >> 32) + b) % (std::uint64_t{1} << 32));
    out.push_back(static_cast<std::uint32_t>(least));
  }
  return out;
}

TEST(MinHash, EqualsAPlainLoopForEveryLength) {
  Random random(1);
  const auto shingles = random.words(50);
  for (std::uint32_t length = 1; length <= 200; ++length)
    ASSERT_EQ(sign(make_hasher(length, 7), shingles), sign_slowly(length, 7, shingles)) << length;
  for (const std::uint32_t length : {255U, 256U, 257U, 1023U, 1024U})
    ASSERT_EQ(sign(make_hasher(length, 7), shingles), sign_slowly(length, 7, shingles)) << length;
}

TEST(MinHash, EqualsAPlainLoopForEverySizeAndSeed) {
  Random random(2);
  for (const std::size_t size : {1, 2, 3, 20, 340, 3000}) {
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX}) {
      const auto shingles = random.words(size);
      ASSERT_EQ(sign(make_hasher(128, seed), shingles), sign_slowly(128, seed, shingles));
    }
  }
}

TEST(MinHash, HasItsKnownFamily) {
  const MinHasher hasher = make_hasher(128, 1);
  EXPECT_EQ(hasher.multiplier(0), 0x910a2dedU);
  EXPECT_EQ(hasher.addend(0), 0x89025cc1U);
  for (std::uint32_t i = 0; i < 128; ++i)
    EXPECT_EQ(hasher.multiplier(i) % 2, 1U);
}

TEST(MinHash, AShorterSignatureBeginsALongerOne) {
  Random random(3);
  const auto shingles = random.words(100);
  const Signature longer = sign(make_hasher(128, 5), shingles);
  const Signature shorter = sign(make_hasher(37, 5), shingles);
  EXPECT_TRUE(std::equal(shorter.begin(), shorter.end(), longer.begin()));
}

TEST(MinHash, OfAnEmptySetIsAllOnes) {
  for (const std::uint32_t length : {1U, 63U, 64U, 65U, 128U})
    EXPECT_EQ(sign(make_hasher(length, 1), {}), Signature(length, UINT32_MAX));
}

TEST(MinHash, DoesNotDependOnOrder) {
  Random random(4);
  auto shingles = random.words(300);
  const MinHasher hasher = make_hasher(128, 1);
  const Signature expected = sign(hasher, shingles);
  for (int i = 0; i < 10; ++i) {
    random.shuffle(shingles);
    EXPECT_EQ(sign(hasher, shingles), expected);
  }
}

TEST(MinHash, DoesNotDependOnRepeats) {
  Random random(5);
  auto shingles = random.words(100);
  const MinHasher hasher = make_hasher(128, 1);
  const Signature expected = sign(hasher, shingles);
  for (int i = 0; i < 200; ++i)
    shingles.push_back(shingles[random.below(100)]);
  EXPECT_EQ(sign(hasher, shingles), expected);
}

TEST(MinHash, OfAUnionIsTheLesserOfBoth) {
  Random random(6);
  const auto a = random.words(80), b = random.words(120);
  auto both = a;
  both.insert(both.end(), b.begin(), b.end());
  const MinHasher hasher = make_hasher(128, 1);
  const Signature of_a = sign(hasher, a), of_b = sign(hasher, b), of_both = sign(hasher, both);
  for (std::size_t i = 0; i < 128; ++i)
    EXPECT_EQ(of_both[i], std::min(of_a[i], of_b[i]));
}

TEST(MinHash, DependsOnItsSeed) {
  Random random(7);
  const auto shingles = random.words(50);
  const Signature one = sign(make_hasher(128, 1), shingles);
  const Signature two = sign(make_hasher(128, 2), shingles);
  EXPECT_LT(estimated_resemblance(one, two), 0.05);
}

TEST(MinHash, RefusesLengthsOutOfRange) {
  for (const std::uint32_t length : {0U, 1025U, UINT32_MAX}) {
    const auto hasher = MinHasher::create({length, 1});
    ASSERT_FALSE(hasher);
    EXPECT_EQ(hasher.error().code, ErrorCode::invalid_argument);
  }
  EXPECT_TRUE(MinHasher::create({1, 1}));
  EXPECT_TRUE(MinHasher::create({1024, 1}));
}

TEST(EstimatedResemblance, IsTheShareOfEqualMinima) {
  EXPECT_EQ(estimated_resemblance(Signature{1, 2, 3, 4}, Signature{1, 9, 3, 9}), 0.5);
  EXPECT_EQ(estimated_resemblance(Signature{1}, Signature{1}), 1);
  EXPECT_EQ(estimated_resemblance(Signature{1}, Signature{2}), 0);
}

/// Bias and spread of the estimate over many sets and seeds, against a binomial of K draws. The
/// bounds are those of a z-test at 4.5 standard errors: with the seeds fixed the outcome is, too,
/// and a bias of .01 at any size is far outside.
class Estimate : public testing::TestWithParam<std::size_t> {};

TEST_P(Estimate, HasNoBiasAndTheSpreadOfTheory) {
  const int trials = GetParam() >= 1000 ? 300 : 1000;
  constexpr std::uint32_t kLength = 128;
  for (const double wanted : {0.1, 0.3, 0.5, 0.6, 0.8, 0.95}) {
    Random random(GetParam() * 1000 + static_cast<std::uint64_t>(wanted * 100));
    double sum = 0, squares = 0, truth = 0;
    for (int trial = 0; trial < trials; ++trial) {
      const SetPair sets = make_sets_like(GetParam(), wanted, random);
      const MinHasher hasher = make_hasher(kLength, random.word());
      truth = sets.resemblance();
      const double error =
          estimated_resemblance(sign(hasher, sets.a), sign(hasher, sets.b)) - truth;
      sum += error;
      squares += error * error;
    }
    const double variance = truth * (1 - truth) / kLength;
    const double z = sum / std::sqrt(variance * trials);
    EXPECT_LT(std::abs(z), 4.5) << "bias " << sum / trials << " at " << truth;
    const double ratio = squares / trials / variance;
    EXPECT_NEAR(ratio, 1, 4.5 * std::sqrt(2.0 / trials)) << "spread at " << truth;
  }
}

INSTANTIATE_TEST_SUITE_P(BySetSize, Estimate, testing::Values(20, 100, 340, 1000, 5000));

TEST(Estimate, HoldsForSetsWithinSets) {  // resemblance as low as the sizes are different
  Random random(9);
  double sum = 0;
  constexpr int kTrials = 1000;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto large = random.words(1000);
    const std::vector<ShingleHash> small(large.begin(), large.begin() + 100);
    const MinHasher hasher = make_hasher(128, random.word());
    sum += estimated_resemblance(sign(hasher, large), sign(hasher, small));
  }
  EXPECT_NEAR(sum / kTrials, 0.1, 4.5 * std::sqrt(0.09 / 128 / kTrials));
}

}  // namespace
}  // namespace kithkin
