// Fingerprints against the definition, and their distance against theory.
#include "sketch/simhash.h"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <vector>

#include "unit/base/random.h"
#include "unit/sketch/set_pairs.h"

namespace kithkin {
namespace {

/// The definition: sums of signed weights.
std::uint64_t simhash_slowly(const std::vector<ShingleHash>& shingles,
                             const std::vector<std::uint32_t>& weights, std::uint64_t seed) {
  std::uint64_t fingerprint = 0;
  for (int bit = 0; bit < 64; ++bit) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < shingles.size(); ++i) {
      const bool set = mix64(shingles[i] ^ mix64(seed)) >> bit & 1;
      sum += set ? std::int64_t{weights[i]} : -std::int64_t{weights[i]};
    }
    if (sum > 0) fingerprint |= std::uint64_t{1} << bit;
  }
  return fingerprint;
}

TEST(SimHash, IsTheSignOfSummedWeights) {
  Random random(1);
  for (std::size_t size = 1; size < 200; ++size) {
    const auto shingles = random.words(size);
    std::vector<std::uint32_t> weights;
    for (std::size_t i = 0; i < size; ++i)
      weights.push_back(random.chance(0.05) ? UINT32_MAX : random.index(10));
    const std::uint64_t seed = random.word();
    ASSERT_EQ(simhash(shingles, weights, seed), simhash_slowly(shingles, weights, seed));
    const std::vector<std::uint32_t> ones(size, 1);
    ASSERT_EQ(simhash(shingles, seed), simhash_slowly(shingles, ones, seed));
    ASSERT_EQ(simhash(shingles, ones, seed), simhash(shingles, seed));
  }
}

TEST(SimHash, AWeightIsARepeat) {
  Random random(2);
  for (int round = 0; round < 50; ++round) {
    const auto shingles = random.words(30);
    std::vector<std::uint32_t> weights;
    std::vector<ShingleHash> repeated;
    for (const ShingleHash shingle : shingles) {
      weights.push_back(random.index(6));
      repeated.insert(repeated.end(), weights.back(), shingle);
    }
    EXPECT_EQ(simhash(shingles, weights, 1), simhash(repeated, 1));
  }
}

TEST(SimHash, OfNothingIsZero) {
  EXPECT_EQ(simhash(std::vector<ShingleHash>(), 1), 0U);
  EXPECT_EQ(simhash(std::vector<ShingleHash>(), std::vector<std::uint32_t>(), 1), 0U);
  Random random(3);
  EXPECT_EQ(simhash(random.words(9), std::vector<std::uint32_t>(9, 0), 1), 0U);
}

TEST(SimHash, OfOneShingleIsItsHash) {
  Random random(4);
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t shingle = random.word(), seed = random.word();
    EXPECT_EQ(simhash(std::vector{shingle}, seed), mix64(shingle ^ mix64(seed)));
  }
}

TEST(SimHash, ATieIsZero) {
  Random random(5);
  const auto two = random.words(2);
  const std::uint64_t a = simhash(std::vector{two[0]}, 1), b = simhash(std::vector{two[1]}, 1);
  EXPECT_EQ(simhash(two, 1), a & b);
}

TEST(SimHash, DoesNotDependOnOrder) {
  Random random(6);
  auto shingles = random.words(100);
  const std::uint64_t expected = simhash(shingles, 1);
  for (int i = 0; i < 10; ++i) {
    random.shuffle(shingles);
    EXPECT_EQ(simhash(shingles, 1), expected);
  }
}

TEST(HammingDistance, CountsBits) {
  EXPECT_EQ(hamming_distance(0, 0), 0);
  EXPECT_EQ(hamming_distance(0, UINT64_MAX), 64);
  EXPECT_EQ(hamming_distance(0b1010, 0b0110), 2);
}

TEST(SimHash, TheExpectedDistanceIsTheAngle) {
  constexpr std::size_t kSize = 1001;  // odd: no ties
  constexpr int kTrials = 500;
  for (const double cosine : {0.0, 0.2, 0.5, 0.7, 0.9, 0.97}) {
    Random random(static_cast<std::uint64_t>(cosine * 1000));
    const auto common = static_cast<std::size_t>(std::lround(cosine * kSize));
    double sum = 0, angle = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const SetPair sets = make_sets_with(kSize, common, random);
      const std::uint64_t seed = random.word();
      angle = std::acos(sets.cosine());
      sum += hamming_distance(simhash(sets.a, seed), simhash(sets.b, seed));
    }
    const double p = angle / std::numbers::pi;
    EXPECT_NEAR(sum / kTrials, 64 * p, 4.5 * std::sqrt(64 * p * (1 - p) / kTrials)) << cosine;
  }
}

}  // namespace
}  // namespace kithkin
