// The measures against their definitions: by hand, and over all pairs of random clusterings.
#include "evaluate/metrics.h"

#include <algorithm>
#include <cstddef>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace kithkin {
namespace {

using Clustering = std::vector<std::uint32_t>;

PairCounts count_all_pairs(const Clustering& predicted, const Clustering& truth) {
  PairCounts out;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    for (std::size_t j = i + 1; j < predicted.size(); ++j) {
      const bool found = predicted[i] == predicted[j], true_pair = truth[i] == truth[j];
      out.true_positives += found && true_pair;
      out.false_positives += found && !true_pair;
      out.false_negatives += !found && true_pair;
      out.true_negatives += !found && !true_pair;
    }
  }
  return out;
}

/// The mean over documents of the share of those with it in `a` that are also with it in `b`.
double mean_share(const Clustering& a, const Clustering& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    double with = 0, both = 0;
    for (std::size_t j = 0; j < a.size(); ++j) {
      with += a[i] == a[j];
      both += a[i] == a[j] && b[i] == b[j];
    }
    sum += both / with;
  }
  return sum / static_cast<double>(a.size());
}

double choose_two(double n) { return n * (n - 1) / 2; }

/// As Hubert & Arabie write it: (index - expected) / (maximum - expected).
double textbook_adjusted_rand(const Clustering& predicted, const Clustering& truth) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> cells;
  std::map<std::uint32_t, double> rows, columns;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    ++cells[{predicted[i], truth[i]}];
    ++rows[predicted[i]];
    ++columns[truth[i]];
  }
  const auto pairs_in = [](const auto& sizes) {
    double sum = 0;
    for (const auto& [name, size] : sizes)
      sum += choose_two(size);
    return sum;
  };
  const double in_rows = pairs_in(rows), in_columns = pairs_in(columns);
  const double expected = in_rows * in_columns / choose_two(static_cast<double>(predicted.size()));
  const double maximum = (in_rows + in_columns) / 2;
  return maximum == expected ? 1 : (pairs_in(cells) - expected) / (maximum - expected);
}

Clustering random_clustering(std::mt19937_64& random, std::size_t size, std::uint32_t clusters) {
  Clustering out(size);
  for (auto& cluster : out)
    cluster = static_cast<std::uint32_t>(random() % clusters);
  return out;
}

/// Calls check(predicted, truth) on clusterings of 2 to 40 documents in 1 to all clusters, half of
/// them close to the truth.
template <class Check>
void for_random_clusterings(Check check) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 400; ++round) {
    const std::size_t size = 2 + random() % 39;
    const auto clusters = [&] { return static_cast<std::uint32_t>(1 + random() % size); };
    const Clustering truth = random_clustering(random, size, clusters());
    Clustering predicted = random_clustering(random, size, clusters());
    for (std::size_t i = 0; i < size && round % 2 == 1; ++i) {
      if (random() % 5 != 0) predicted[i] = truth[i];
    }
    SCOPED_TRACE(round);
    check(predicted, truth);
  }
}

Clustering singletons(std::size_t size) {
  Clustering out(size);
  std::iota(out.begin(), out.end(), 0U);
  return out;
}

// {a b c} {d e} against {a b} {c d e}, as in metrics.cpp.
const Clustering kPredicted = {4, 4, 4, 9, 9};
const Clustering kTruth = {9, 9, 4, 4, 4};

TEST(Metrics, PairsOfTheWorkedExampleAreCountedAsByHand) {
  EXPECT_EQ(count_pairs(kPredicted, kTruth), (PairCounts{2, 2, 2, 4}));
}

TEST(Metrics, TheWorkedExampleScoresAsByHand) {
  const Score pairs = pair_score(count_pairs(kPredicted, kTruth));
  EXPECT_DOUBLE_EQ(pairs.precision, 0.5);
  EXPECT_DOUBLE_EQ(pairs.recall, 0.5);
  EXPECT_DOUBLE_EQ(pairs.f1, 0.5);
  const Score documents = bcubed(kPredicted, kTruth);
  EXPECT_DOUBLE_EQ(documents.precision, 11.0 / 15);
  EXPECT_DOUBLE_EQ(documents.recall, 11.0 / 15);
  EXPECT_DOUBLE_EQ(documents.f1, 11.0 / 15);
  EXPECT_DOUBLE_EQ(adjusted_rand(count_pairs(kPredicted, kTruth)), 1.0 / 6);
}

TEST(Metrics, PrecisionAndRecallAreNotMixedUp) {
  const Score pairs = pair_score({3, 1, 9, 100});
  EXPECT_DOUBLE_EQ(pairs.precision, 3.0 / 4);
  EXPECT_DOUBLE_EQ(pairs.recall, 3.0 / 12);
  EXPECT_DOUBLE_EQ(pairs.f1, 6.0 / 16);
  // One cluster for everything finds everything; of four, each document has one companion.
  const Score documents = bcubed(Clustering{0, 0, 0, 0}, Clustering{0, 0, 1, 1});
  EXPECT_DOUBLE_EQ(documents.precision, 0.5);
  EXPECT_DOUBLE_EQ(documents.recall, 1);
  EXPECT_DOUBLE_EQ(documents.f1, 2.0 / 3);
}

TEST(Metrics, JudgedPairsFallIntoTheFourCells) {
  const std::vector<JudgedPair> judged = {
      {0, 1, true}, {0, 2, false}, {3, 2, true}, {1, 4, false}, {4, 3, true}};
  EXPECT_EQ(count_pairs(judged, kPredicted), (PairCounts{2, 1, 1, 1}));
}

TEST(Metrics, JudgingEveryPairGivesTheCountsOfTheClusterings) {
  for_random_clusterings([](const Clustering& predicted, const Clustering& truth) {
    std::vector<JudgedPair> judged;
    for (std::uint32_t a = 0; a < truth.size(); ++a) {
      for (std::uint32_t b = 0; b < a; ++b)
        judged.push_back({a, b, truth[a] == truth[b]});
    }
    EXPECT_EQ(count_pairs(judged, predicted), count_pairs(predicted, truth));
  });
}

TEST(Metrics, PairCountsEqualThoseOfAllPairsWrittenOut) {
  for_random_clusterings([](const Clustering& predicted, const Clustering& truth) {
    EXPECT_EQ(count_pairs(predicted, truth), count_all_pairs(predicted, truth));
  });
}

TEST(Metrics, BcubedEqualsItsDefinition) {
  for_random_clusterings([](const Clustering& predicted, const Clustering& truth) {
    const Score score = bcubed(predicted, truth);
    const double precision = mean_share(predicted, truth), recall = mean_share(truth, predicted);
    EXPECT_NEAR(score.precision, precision, 1e-12);
    EXPECT_NEAR(score.recall, recall, 1e-12);
    EXPECT_NEAR(score.f1, 2 / (1 / precision + 1 / recall), 1e-12);
  });
}

TEST(Metrics, AdjustedRandEqualsTheTextbookForm) {
  for_random_clusterings([](const Clustering& predicted, const Clustering& truth) {
    EXPECT_NEAR(adjusted_rand(count_pairs(predicted, truth)),
                textbook_adjusted_rand(predicted, truth), 1e-9);
  });
}

TEST(Metrics, AdjustedRandOfChanceIsZeroInTheMean) {
  std::mt19937_64 random(11);
  double sum = 0;
  constexpr int kRounds = 2000;
  for (int round = 0; round < kRounds; ++round) {
    Clustering predicted = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3};
    const Clustering truth = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    std::shuffle(predicted.begin(), predicted.end(), random);
    sum += adjusted_rand(count_pairs(predicted, truth));
  }
  EXPECT_NEAR(sum / kRounds, 0, 0.02);  // the unadjusted index has 0.60
}

TEST(Metrics, ClusterNumbersSayNothingMoreThanWhoIsTogether) {
  for_random_clusterings([](const Clustering& predicted, const Clustering& truth) {
    Clustering renamed = predicted;
    for (auto& cluster : renamed)
      cluster = UINT32_MAX - 977 * cluster;
    EXPECT_EQ(count_pairs(renamed, truth), count_pairs(predicted, truth));
    EXPECT_NEAR(bcubed(renamed, truth).precision, bcubed(predicted, truth).precision, 1e-12);
  });
}

TEST(Metrics, EqualClusteringsScoreExactlyOne) {
  for_random_clusterings([](const Clustering&, const Clustering& truth) {
    const Score pairs = pair_score(count_pairs(truth, truth)), documents = bcubed(truth, truth);
    EXPECT_EQ(pairs.precision, 1);
    EXPECT_EQ(pairs.recall, 1);
    EXPECT_EQ(pairs.f1, 1);
    EXPECT_EQ(documents.precision, 1);
    EXPECT_EQ(documents.recall, 1);
    EXPECT_EQ(documents.f1, 1);
    EXPECT_EQ(adjusted_rand(count_pairs(truth, truth)), 1);
  });
}

TEST(Metrics, NoDocumentsAndOneDocumentAreInFullAgreement) {
  for (const Clustering& few : {Clustering{}, Clustering{3}}) {
    EXPECT_EQ(count_pairs(few, few), PairCounts{});
    EXPECT_EQ(pair_score(count_pairs(few, few)).f1, 1);
    EXPECT_EQ(bcubed(few, few).f1, 1);
    EXPECT_EQ(adjusted_rand(count_pairs(few, few)), 1);
  }
}

TEST(Metrics, SingletonsAgainstClustersHavePrecisionOneAndRecallOfThemselves) {
  const Clustering truth = {0, 0, 1, 1};
  const Score pairs = pair_score(count_pairs(singletons(4), truth));
  EXPECT_EQ(pairs.precision, 1);
  EXPECT_EQ(pairs.recall, 0);
  EXPECT_EQ(pairs.f1, 0);
  const Score documents = bcubed(singletons(4), truth);
  EXPECT_EQ(documents.precision, 1);
  EXPECT_EQ(documents.recall, 0.5);
  EXPECT_EQ(adjusted_rand(count_pairs(singletons(4), truth)), 0);
}

TEST(Metrics, ClustersAgainstSingletonsHavePrecisionZeroAndRecallOne) {
  const Score pairs = pair_score(count_pairs(Clustering{0, 0, 1, 1}, singletons(4)));
  EXPECT_EQ(pairs.precision, 0);
  EXPECT_EQ(pairs.recall, 1);
  EXPECT_EQ(pairs.f1, 0);
}

TEST(Metrics, SingletonsAgainstSingletonsAgreeFully) {
  const PairCounts counts = count_pairs(singletons(5), Clustering{9, 8, 7, 6, 5});
  EXPECT_EQ(counts, (PairCounts{0, 0, 0, 10}));
  EXPECT_EQ(pair_score(counts).f1, 1);
  EXPECT_EQ(adjusted_rand(counts), 1);
}

TEST(Metrics, LargeCountsAreExact) {
  // Halves against every other one: four cells of m, and products of counts far over 64 bits.
  constexpr std::uint64_t kQuarter = 100'000;
  Clustering predicted(4 * kQuarter), truth(4 * kQuarter);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    predicted[i] = i < 2 * kQuarter ? 0 : 1;
    truth[i] = static_cast<std::uint32_t>(i % 2);
  }
  const PairCounts counts = count_pairs(predicted, truth);
  EXPECT_EQ(counts, (PairCounts{19'999'800'000, 20'000'000'000, 20'000'000'000, 20'000'000'000}));
  const double m = kQuarter;  // 2 (tp tn - fp fn) / ((tp + fn)(fn + tn) + ...), with m cancelled
  const double expected = -2 * m / ((2 * (2 * m - 1)) * (2 * m));
  EXPECT_NEAR(adjusted_rand(counts) / expected, 1, 1e-12);
}

}  // namespace
}  // namespace kithkin
