// text-dedup's two scores against their definition, set by set.
#include "evaluate/text_dedup.h"

#include <gtest/gtest.h>
#include <random>
#include <set>
#include <vector>

namespace kithkin {
namespace {

using Numbers = std::vector<std::uint32_t>;
using Sets = std::vector<std::set<std::uint32_t>>;

Sets others_of(const Numbers& clusters) {
  Sets out(clusters.size());
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    for (std::uint32_t j = 0; j < clusters.size(); ++j) {
      if (i != j && clusters[i] == clusters[j]) out[i].insert(j);
    }
  }
  return out;
}

TextDedupScores by_definition(const Sets& labelled, const Sets& found) {
  double tp = 0, fp = 0, tn = 0, fn = 0, equal = 0;
  for (std::size_t i = 0; i < labelled.size(); ++i) {
    equal += labelled[i] == found[i];
    const bool subset =
        std::includes(found[i].begin(), found[i].end(), labelled[i].begin(), labelled[i].end());
    if (found[i].empty())
      ++(labelled[i].empty() ? tn : fn);
    else
      ++(!labelled[i].empty() && subset ? tp : fp);
  }
  const double duplicates = tp + fp == 0 ? 0 : tp / (tp + fp);
  const double others = tn + fn == 0 ? 0 : tn / (tn + fn);
  return {(duplicates + others) / 2, equal / static_cast<double>(labelled.size())};
}

Numbers random_clusters(std::mt19937& random, std::uint32_t documents, std::uint32_t clusters) {
  Numbers out(documents);
  for (auto& cluster : out)
    cluster = random() % clusters;
  return out;
}

TEST(TextDedupScores, OfClustersAreTheirDefinition) {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const std::uint32_t n = 1 + random() % 12;
    const Numbers predicted = random_clusters(random, n, 1 + random() % n);
    const Numbers truth = i % 3 == 0 ? predicted : random_clusters(random, n, 1 + random() % n);
    const auto expected = by_definition(others_of(truth), others_of(predicted));
    const auto scores = text_dedup_scores(predicted, truth);
    EXPECT_DOUBLE_EQ(scores.macro_f1, expected.macro_f1);
    EXPECT_DOUBLE_EQ(scores.accuracy, expected.accuracy);
  }
}

TEST(TextDedupScores, OfPairsAreTheirDefinition) {
  std::mt19937 random(2);
  for (int i = 0; i < 500; ++i) {
    const std::uint32_t n = 2 + random() % 10;
    const Numbers predicted = random_clusters(random, n, 1 + random() % n);
    std::vector<JudgedPair> pairs;
    Sets labelled(n);
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) {
        const bool positive = random() % 2 == 0;
        if (random() % 3 != 0) continue;
        pairs.push_back({a, b, positive});
        if (positive) labelled[a].insert(b), labelled[b].insert(a);
      }
    }
    const auto expected = by_definition(labelled, others_of(predicted));
    const auto scores = text_dedup_scores(predicted, pairs);
    EXPECT_DOUBLE_EQ(scores.macro_f1, expected.macro_f1);
    EXPECT_DOUBLE_EQ(scores.accuracy, expected.accuracy);
  }
}

TEST(TextDedupScores, ACopyTooManyCostsAccuracyOnly) {
  // Labelled {0 1} {2} {3}; found {0 1 2} {3}.
  const auto scores = text_dedup_scores(Numbers{0, 0, 0, 3}, Numbers{0, 0, 2, 3});
  EXPECT_DOUBLE_EQ(scores.macro_f1, (2.0 / 3 + 1) / 2);  // 2 is the one false positive
  EXPECT_DOUBLE_EQ(scores.accuracy, 1.0 / 4);
}

}  // namespace
}  // namespace kithkin
