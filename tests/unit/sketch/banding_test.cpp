// Bands: the choice against trying all, the promise against real signatures.
#include "sketch/banding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "sketch/minhash.h"
#include "sketch/simhash.h"
#include "unit/base/random.h"
#include "unit/sketch/set_pairs.h"

namespace kithkin {
namespace {

double recall_slowly(std::uint32_t bands, std::uint32_t rows, double j) {
  double all_differ = 1, all_equal = 1;
  for (std::uint32_t r = 0; r < rows; ++r)
    all_equal *= j;
  for (std::uint32_t b = 0; b < bands; ++b)
    all_differ *= 1 - all_equal;
  return 1 - all_differ;
}

TEST(BandRecall, IsTheChanceThatSomeBandAgreesInAllRows) {
  for (const double j : {0.0, 0.1, 0.5, 0.6, 0.9, 1.0}) {
    for (std::uint32_t rows = 1; rows <= 32; ++rows) {
      for (std::uint32_t bands = 1; bands <= 128; bands *= 2) {
        EXPECT_NEAR(band_recall({bands, rows}, j), recall_slowly(bands, rows, j), 1e-12);
      }
    }
  }
}

TEST(ChooseBanding, TakesTheMostRowsThatKeepTheRecall) {
  for (const std::uint32_t length : {1U, 2U, 7U, 64U, 100U, 128U}) {
    for (const double recall : {0.5, 0.9, 0.95, 0.99}) {
      for (int percent = 1; percent <= 100; ++percent) {
        const double threshold = percent / 100.0;
        std::uint32_t best = 1;
        for (std::uint32_t rows = 1; rows <= length; ++rows) {
          if (recall_slowly(length / rows, rows, threshold) >= recall) best = rows;
        }
        const Banding chosen = choose_banding(length, threshold, recall);
        ASSERT_EQ(chosen.rows, best) << length << " " << threshold << " " << recall;
        ASSERT_EQ(chosen.bands, length / best);
      }
    }
  }
}

TEST(ChooseBanding, HasItsKnownValues) {
  const auto rows = [](double threshold) { return choose_banding(128, threshold, 0.95).rows; };
  const auto bands = [](double threshold) { return choose_banding(128, threshold, 0.95).bands; };
  EXPECT_EQ(rows(0.3), 2U);
  EXPECT_EQ(rows(0.6), 4U);
  EXPECT_EQ(bands(0.6), 32U);
  EXPECT_EQ(rows(0.8), 7U);
  EXPECT_EQ(bands(0.8), 18U);
  EXPECT_EQ(rows(1), 128U);
}

TEST(BandRecall, IsMetByRealSignatures) {
  constexpr int kTrials = 1000;
  for (const double wanted : {0.3, 0.45, 0.6, 0.75}) {
    const Banding banding = choose_banding(128, 0.6, 0.95);
    Random random(static_cast<std::uint64_t>(wanted * 100));
    std::vector<std::uint32_t> a(128), b(128);
    std::vector<std::uint64_t> keys_a(banding.bands), keys_b(banding.bands);
    int met = 0;
    double truth = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const SetPair sets = make_sets_like(340, wanted, random);
      const MinHasher hasher = MinHasher::create({128, random.word()}).value();
      hasher.sign(sets.a, a);
      hasher.sign(sets.b, b);
      band_keys(a, banding, keys_a);
      band_keys(b, banding, keys_b);
      truth = sets.resemblance();
      met += !std::ranges::equal(keys_a, keys_b, [](auto x, auto y) { return x != y; });
    }
    const double expected = band_recall(banding, truth);
    const double error = std::sqrt(expected * (1 - expected) / kTrials);
    EXPECT_NEAR(static_cast<double>(met) / kTrials, expected, 4.5 * error) << wanted;
  }
}

TEST(BandKeys, AreEqualWhereAllRowsAreAndNowhereElse) {
  Random random(1);
  for (const Banding banding : {Banding{32, 4}, Banding{128, 1}, Banding{18, 7}, Banding{1, 128}}) {
    for (int round = 0; round < 200; ++round) {
      std::vector<std::uint32_t> a(128);
      for (auto& minimum : a)
        minimum = static_cast<std::uint32_t>(random.word());
      auto b = a;
      for (auto& minimum : b) {
        if (random.chance(1.0 / banding.rows)) minimum ^= 1U << random.below(32);
      }
      std::vector<std::uint64_t> keys_a(banding.bands), keys_b(banding.bands);
      band_keys(a, banding, keys_a);
      band_keys(b, banding, keys_b);
      for (std::uint32_t band = 0; band < banding.bands; ++band) {
        const auto first = a.begin() + band * banding.rows;
        const bool equal = std::equal(first, first + banding.rows, b.begin() + band * banding.rows);
        ASSERT_EQ(keys_a[band] == keys_b[band], equal) << band;
      }
    }
  }
}

TEST(BandKeys, OfEqualRowsDifferFromBandToBand) {
  const std::vector<std::uint32_t> same(128, 7);
  std::vector<std::uint64_t> keys(32);
  band_keys(same, {32, 4}, keys);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
}

TEST(BandKeys, SeeTheOrderOfRows) {
  std::vector<std::uint64_t> keys(1), swapped(1);
  band_keys(std::vector<std::uint32_t>{1, 2, 3, 4}, {1, 4}, keys);
  band_keys(std::vector<std::uint32_t>{2, 1, 3, 4}, {1, 4}, swapped);
  EXPECT_NE(keys, swapped);
}

using HammingKeys = std::array<std::uint64_t, kHammingTables>;

HammingKeys hamming_keys_of(std::uint64_t fingerprint) {
  HammingKeys keys{};
  hamming_keys(fingerprint, keys);
  return keys;
}

bool share_a_key(const HammingKeys& a, const HammingKeys& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) return true;
  }
  return false;
}

TEST(HammingKeys, AreSharedByAllPairsAtDistanceThreeOrLess) {
  Random random(2);
  for (int round = 0; round < 4; ++round) {
    const std::uint64_t fingerprint = round == 0 ? 0 : random.word();
    const HammingKeys keys = hamming_keys_of(fingerprint);
    const auto met = [&](std::uint64_t flips) {
      return share_a_key(keys, hamming_keys_of(fingerprint ^ flips));
    };
    ASSERT_TRUE(met(0));
    for (int x = 0; x < 64; ++x) {
      for (int y = x; y < 64; ++y) {
        for (int z = y; z < 64; ++z) {
          const std::uint64_t flips =
              std::uint64_t{1} << x | std::uint64_t{1} << y | std::uint64_t{1} << z;
          ASSERT_TRUE(met(flips)) << x << " " << y << " " << z;
        }
      }
    }
  }
}

TEST(HammingKeys, AreEqualWhereTheirThreeBlocksAreAndNowhereElse) {
  const auto block_of = [](int bit) {  // of 11, 11, 11, 11, 10 and 10 bits
    return bit < 44 ? bit / 11 : 4 + (bit - 44) / 10;
  };
  Random random(3);
  for (int round = 0; round < 20000; ++round) {
    const std::uint64_t fingerprint = random.word();
    std::uint64_t flips = 0;
    for (std::uint64_t left = random.below(8); left > 0; --left)
      flips |= std::uint64_t{1} << random.below(64);
    std::array<bool, 6> touched{};
    for (int bit = 0; bit < 64; ++bit) {
      if (flips >> bit & 1) touched[static_cast<std::size_t>(block_of(bit))] = true;
    }
    const HammingKeys a = hamming_keys_of(fingerprint), b = hamming_keys_of(fingerprint ^ flips);
    std::size_t table = 0;
    for (std::size_t x = 0; x < 6; ++x) {
      for (std::size_t y = x + 1; y < 6; ++y) {
        for (std::size_t z = y + 1; z < 6; ++z, ++table)
          ASSERT_EQ(a[table] == b[table], !touched[x] && !touched[y] && !touched[z]) << flips;
      }
    }
    ASSERT_EQ(table, a.size());
  }
}

TEST(HammingKeys, DifferFromTableToTable) {
  auto keys = hamming_keys_of(0);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
}

TEST(HammingRecall, HasItsEnds) {
  EXPECT_EQ(hamming_recall(1), 1);
  EXPECT_LT(hamming_recall(0), 1e-14);
  EXPECT_GE(hamming_recall(0), 0);
}

TEST(HammingRecall, IsMetByRealFingerprints) {
  constexpr int kTrials = 1000;
  for (const double wanted : {0.9, 0.95, 0.98, 0.99}) {
    Random random(static_cast<std::uint64_t>(wanted * 1000));
    int met = 0;
    double truth = 0;
    for (int trial = 0; trial < kTrials; ++trial) {
      const SetPair sets = make_sets_like(1001, wanted, random);
      const std::uint64_t seed = random.word();
      truth = sets.resemblance();
      met += hamming_distance(simhash(sets.a, seed), simhash(sets.b, seed)) <=
             static_cast<int>(kMostDistance);
    }
    const double expected = hamming_recall(truth);
    const double error = std::sqrt(expected * (1 - expected) / kTrials);
    EXPECT_NEAR(static_cast<double>(met) / kTrials, expected, 4.5 * error) << wanted;
  }
}

}  // namespace
}  // namespace kithkin
