// Counts of terms against the slow way, and what articles weigh by them.
#include "relate/vocabulary.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Counts = std::vector<TermCount>;
using Weights = std::vector<TermWeight>;
using Host = std::vector<HostTerms::Entry>;

constexpr TermHash kFirst = 1;  // terms of tests are 1, 2, 3 and so on

/// A language of `articles` articles of length `length` words in which term n stands in counts[n].
struct TestLanguage {
  Vocabulary vocabulary{1000};
  LanguageStatistics statistics;
  TermWeigher weigher{vocabulary};

  TestLanguage(const std::vector<std::uint32_t>& counts, std::uint32_t articles,
               std::uint64_t length = 100) {
    statistics = {articles, articles * length * 8};
    for (std::uint32_t article = 0; article < articles; ++article) {
      Counts terms;
      for (std::size_t n = 0; n < counts.size(); ++n) {
        if (article < counts[n]) terms.push_back({static_cast<TermHash>(kFirst + n), 8});
      }
      vocabulary.add(terms);
    }
  }
  [[nodiscard]] Weights weigh(const Counts& article, const Host& host = {}) const {
    Weights out = {{99, 1.0F}};  // it replaces
    weigher.weigh(article, statistics, host, out);
    return out;
  }
};

float weight_of(const Weights& weights, TermHash term) {
  for (const TermWeight& entry : weights) {
    if (entry.term == term) return entry.weight;
  }
  return 0;
}

double length_of(const Weights& weights) {
  double square = 0;
  for (const TermWeight& entry : weights)
    square += static_cast<double>(entry.weight) * entry.weight;
  return std::sqrt(square);
}

bool is_ascending(const Weights& weights) {
  for (std::size_t i = 1; i < weights.size(); ++i) {
    if (weights[i - 1].term >= weights[i].term) return false;
  }
  return true;
}

TEST(Vocabulary, CountsTheArticlesOfFewTermsExactly) {
  const TestLanguage language({0, 1, 7, 50}, 50);
  EXPECT_EQ(language.vocabulary.articles_with(kFirst), 0U);
  EXPECT_EQ(language.vocabulary.articles_with(kFirst + 1), 1U);
  EXPECT_EQ(language.vocabulary.articles_with(kFirst + 2), 7U);
  EXPECT_EQ(language.vocabulary.articles_with(kFirst + 3), 50U);
}

TEST(Vocabulary, NeverCountsTooLowAndSeldomTooHigh) {
  // Three times as many terms as counters.
  Random random(1);
  Vocabulary vocabulary(0);
  std::map<TermHash, std::uint32_t> exact;
  for (int article = 0; article < 2000; ++article) {
    std::map<TermHash, std::uint32_t> terms;
    for (int i = 0; i < 150; ++i) {
      const double at = std::pow(random.unit(), 3) * 200000;
      terms[static_cast<TermHash>(mix64(static_cast<std::uint64_t>(at)))] += 8;
    }
    Counts counts;
    for (const auto& [term, eighths] : terms) {
      counts.push_back({term, eighths});
      ++exact[term];
    }
    vocabulary.add(counts);
  }
  ASSERT_GT(exact.size(), 65536U);
  double over = 0;
  for (const auto& [term, count] : exact) {
    ASSERT_GE(vocabulary.articles_with(term), count);
    over += vocabulary.articles_with(term) - count;
  }
  EXPECT_LT(over / static_cast<double>(exact.size()), 2.5);
}

TEST(Vocabulary, WithRoomCountsNextToAllTermsExactly) {
  Vocabulary vocabulary(1 << 18);
  Random random(2);
  std::vector<TermHash> terms;
  for (int i = 0; i < 50000; ++i)
    terms.push_back(static_cast<TermHash>(random.word()));
  for (const TermHash term : terms)
    vocabulary.add(Counts{{term, 8}});
  const auto wrong = std::count_if(terms.begin(), terms.end(), [&](TermHash term) {
    return vocabulary.articles_with(term) != 1;
  });
  EXPECT_LT(wrong, 50000 / 20);  // a fifth of the counters is in use: met in both by .18 * .18
}

TEST(TermWeigher, GivesUnitLengthAscending) {
  Random random(3);
  std::vector<std::uint32_t> counts;
  for (int i = 0; i < 300; ++i)
    counts.push_back(random.index(120));
  const TestLanguage language(counts, 200);
  for (int i = 0; i < 50; ++i) {
    Counts article;
    for (TermHash term = kFirst; term < kFirst + 300; ++term) {
      if (random.chance(0.4)) article.push_back({term, 1 + random.index(100)});
    }
    const Weights weights = language.weigh(article);
    EXPECT_NEAR(length_of(weights), 1, 1e-5);
    EXPECT_TRUE(is_ascending(weights));
    Weights sharp = weights;
    language.weigher.sharpen(sharp, language.statistics);
    EXPECT_NEAR(length_of(sharp), 1, 1e-5);
    EXPECT_TRUE(is_ascending(sharp));
  }
}

TEST(TermWeigher, LeavesOutWhatStandsInMoreThanHalfOfTheArticles) {
  const TestLanguage language({101, 100, 200, 3}, 200);
  const Weights weights = language.weigh({{1, 80}, {2, 8}, {3, 800}, {4, 8}});
  EXPECT_EQ(weight_of(weights, 1), 0);
  EXPECT_GT(weight_of(weights, 2), 0);
  EXPECT_EQ(weight_of(weights, 3), 0);
  EXPECT_GT(weight_of(weights, 4), weight_of(weights, 2));
}

TEST(TermWeigher, TakesForStopWordsAmongThreeArticlesWhatAllOfThemHave) {
  const TestLanguage language({3, 2, 1}, 3);
  const Weights weights = language.weigh({{1, 8}, {2, 8}, {3, 8}});
  EXPECT_EQ(weight_of(weights, 1), 0);
  EXPECT_GT(weight_of(weights, 2), 0);
  EXPECT_GT(weight_of(weights, 3), weight_of(weights, 2));
}

TEST(TermWeigher, GivesNothingForArticlesOfStopWordsAndOfNothing) {
  const TestLanguage language({200, 150}, 200);
  EXPECT_TRUE(language.weigh({}).empty());
  EXPECT_TRUE(language.weigh({{1, 8}, {2, 80}}).empty());
  Weights nothing;
  language.weigher.sharpen(nothing, language.statistics);
  EXPECT_TRUE(nothing.empty());
  const TestLanguage nobody({}, 0);
  EXPECT_NEAR(length_of(nobody.weigh({{1, 8}})), 1, 1e-6) << "an article that was not counted";
}

TEST(TermWeigher, WeighsRareTermsMore) {
  std::vector<std::uint32_t> counts;
  Counts article;
  for (std::uint32_t n = 1; n <= 100; n += 3) {
    counts.push_back(n);
    article.push_back({static_cast<TermHash>(counts.size()), 8});
  }
  const TestLanguage language(counts, 200);
  const Weights weights = language.weigh(article);
  for (std::size_t i = 1; i < weights.size(); ++i)
    EXPECT_LT(weights[i].weight, weights[i - 1].weight);
  // The root of how rare a term is, and all of it once sharpened.
  const auto rare = [&](std::size_t i) { return std::log(201 / (counts[i] + 0.5)); };
  EXPECT_NEAR(weights[0].weight / weights[20].weight, std::sqrt(rare(0) / rare(20)), 1e-3);
  Weights sharp = weights;
  language.weigher.sharpen(sharp, language.statistics);
  EXPECT_NEAR(sharp[0].weight / sharp[20].weight, rare(0) / rare(20), 1e-3);
}

TEST(TermWeigher, WeighsRepeatedTermsMoreAndEachTimeLess) {
  const TestLanguage language({5, 5}, 200);
  double before = 0, step_before = 1e9;
  for (std::uint32_t times = 1; times <= 40; ++times) {
    // Filler keeps the length of the article: stop words count for it too.
    const Weights weights = language.weigh({{1, 8 * times}, {2, 8}, {3, 800 - 8 * times}});
    const double ratio = weight_of(weights, 1) / weight_of(weights, 2);
    EXPECT_GT(ratio, before) << times;
    EXPECT_LE(ratio, times + 1e-4);
    if (times > 1) {
      EXPECT_LT(ratio - before, step_before) << times;
      step_before = ratio - before;
    }
    before = ratio;
  }
}

TEST(TermWeigher, SaturatesTermsOfShortArticlesEarlier) {
  const TestLanguage language({5, 5, 200}, 200);
  const auto ratio = [&](std::uint32_t filler) {
    const Weights weights = language.weigh({{1, 80}, {2, 8}, {3, filler}});
    return weight_of(weights, 1) / weight_of(weights, 2);
  };
  EXPECT_LT(ratio(8), ratio(800));
  EXPECT_LT(ratio(800), ratio(8000));
}

TEST(TermWeigher, LowersWhatAHostsArticlesShare) {
  const TestLanguage language({4, 4, 4, 30}, 200);
  const Counts article = {{1, 8}, {2, 8}, {3, 8}, {4, 8}};
  const Weights foreign = language.weigh(article);
  EXPECT_EQ(weight_of(foreign, 1), weight_of(foreign, 2));
  const Weights own = language.weigh(article, {{2, 0.3F}, {3, 0.9F}, {4, 0.1F}});
  EXPECT_LT(weight_of(own, 2), 0.8 * weight_of(own, 1)) << "as if in 60 articles";
  EXPECT_EQ(weight_of(own, 3), 0) << "a stop word of the host";
  EXPECT_NEAR(weight_of(own, 4) / weight_of(own, 1), weight_of(foreign, 4) / weight_of(foreign, 1),
              1e-5)
      << "more common in the language than at the host";
}

TEST(TermWeigher, KeepsTheWeightiest) {
  std::vector<std::uint32_t> counts;
  Counts article;
  for (std::uint32_t n = 0; n < 400; ++n) {
    counts.push_back(1 + n * 7 % 90);
    article.push_back({kFirst + n, 8});
  }
  const TestLanguage language(counts, 200);
  const Weights weights = language.weigh(article);
  ASSERT_EQ(weights.size(), TermWeigher::kMost);
  EXPECT_NEAR(length_of(weights), 1, 1e-5);
  EXPECT_TRUE(is_ascending(weights));
  std::uint32_t most_kept = 0, least_lost = UINT32_MAX;
  for (std::uint32_t n = 0; n < 400; ++n) {
    if (weight_of(weights, kFirst + n) > 0)
      most_kept = std::max(most_kept, counts[n]);
    else
      least_lost = std::min(least_lost, counts[n]);
  }
  EXPECT_LE(most_kept, least_lost);
  // Of equals the lesser: whatever order they come in.
  const TestLanguage equal(std::vector<std::uint32_t>(400, 5), 200);
  const Weights kept = equal.weigh(article);
  ASSERT_EQ(kept.size(), TermWeigher::kMost);
  EXPECT_EQ(kept.back().term, TermWeigher::kMost);
}

TEST(HostTerms, AreThoseOfAFifthOfTheArticles) {
  std::vector<Counts> articles;
  for (std::uint32_t i = 0; i < 10; ++i) {
    Counts terms = {{7, 8 * (i + 1)}};
    if (i < 2) terms.push_back({9, 8});
    if (i < 1) terms.push_back({8, 80});
    std::sort(terms.begin(), terms.end(),
              [](const TermCount& a, const TermCount& b) { return a.term < b.term; });
    articles.push_back(terms);
  }
  const Host host = HostTerms::learn(articles);
  ASSERT_EQ(host.size(), 2U);
  EXPECT_EQ(host[0].term, 7U);
  EXPECT_EQ(host[0].share, 1);
  EXPECT_EQ(host[1].term, 9U);
  EXPECT_NEAR(host[1].share, 0.2, 1e-6);
  EXPECT_TRUE(HostTerms::learn({}).empty());
  EXPECT_TRUE(HostTerms::learn(std::vector<Counts>(10)).empty());
}

TEST(LanguageStatistics, HaveAMeanLengthOfNoArticlesToo) {
  EXPECT_EQ(LanguageStatistics{}.mean_length(), 1);
  EXPECT_EQ((LanguageStatistics{4, 800}.mean_length()), 200);
}

}  // namespace
}  // namespace kithkin
