// What a score promises: how many random pairs that were not seen before reach it.
#include "relate/calibration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <vector>

#include "relate/vocabulary.h"
#include "unit/relate/articles.h"

namespace kithkin {
namespace {

/// The promise of the header.
double chance_of(double score) { return std::pow(10, -3 * std::pow(score / (1 - score), 0.25)); }

using Draw = std::function<double(Random&)>;

double exponential(Random& random) { return -std::log(1 - random.unit()); }
double normal(Random& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i)
    sum += random.unit();
  return sum;
}

const std::vector<std::pair<const char*, Draw>>& distributions() {
  static const std::vector<std::pair<const char*, Draw>> all = {
      {"exponential", [](Random& r) { return 0.05 * exponential(r); }},
      {"shifted", [](Random& r) { return 0.2 + 0.03 * exponential(r); }},
      {"gamma", [](Random& r) { return 0.02 * (exponential(r) + exponential(r)); }},
      {"half nothing", [](Random& r) { return r.chance(0.5) ? 0 : 0.04 * exponential(r); }},
      {"two kinds",
       [](Random& r) { return r.chance(0.05) ? 0.3 + 0.04 * exponential(r) : 0.1 * r.unit(); }}};
  return all;
}

std::vector<float> drawn(const Draw& draw, Random& random, std::size_t count) {
  std::vector<float> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(static_cast<float>(std::clamp(draw(random), 0.0, 1.0)));
  return out;
}

double share_reaching(const Calibration& calibration, const std::vector<float>& similarities,
                      float score) {
  const auto reaching = std::count_if(similarities.begin(), similarities.end(),
                                      [&](float s) { return calibration.score(s) >= score; });
  return static_cast<double>(reaching) / static_cast<double>(similarities.size());
}

TEST(Calibration, PromisesWhatTheHeaderSays) {
  EXPECT_NEAR(chance_of(1.0 / 82), 0.1, 1e-6);
  EXPECT_NEAR(chance_of(0.16), 0.01, 5e-4);
  EXPECT_NEAR(chance_of(0.5), 0.001, 1e-6);
  EXPECT_NEAR(chance_of(0.76), 1e-4, 1e-5);
  EXPECT_NEAR(chance_of(0.94), 1e-6, 3e-7);
}

TEST(Calibration, KeepsItsPromiseToPairsItHasNotSeen) {
  Random random(1);
  constexpr std::size_t kPairs = 100000;
  for (const auto& [name, draw] : distributions()) {
    SCOPED_TRACE(name);
    const Calibration calibration(drawn(draw, random, kPairs));
    const std::vector<float> fresh = drawn(draw, random, kPairs);
    for (const float score : {0.01F, 0.05F, 0.16F}) {
      const double expected = chance_of(score);
      // Both samples err: five sigma of the difference.
      const double sigma = std::sqrt(2 * expected / kPairs);
      EXPECT_NEAR(share_reaching(calibration, fresh, score), expected, 5 * sigma) << score;
    }
  }
}

TEST(Calibration, KeepsItBeyondTheKnotsWhereTheTailIsExponential) {
  Random random(2);
  for (const auto& [name, draw] : distributions()) {
    SCOPED_TRACE(name);
    const Calibration calibration(drawn(draw, random, 100000));
    const std::vector<float> fresh = drawn(draw, random, 400000);
    EXPECT_NEAR(std::log10(share_reaching(calibration, fresh, 0.5F)), -3, 0.15);
    EXPECT_NEAR(std::log10(share_reaching(calibration, fresh, 0.76F)), -4, 0.35);
  }
}

TEST(Calibration, IsWithinAFewTimesWhereTheTailIsAnother) {
  Random random(3);
  const std::vector<std::pair<const char*, Draw>> others = {
      {"normal", [](Random& r) { return 0.3 + 0.08 * normal(r); }},
      {"bounded", [](Random& r) { return 0.3 * std::sqrt(r.unit()); }},
      {"heavy", [](Random& r) { return 0.02 * std::pow(1 - r.unit(), -0.25); }}};
  for (const auto& [name, draw] : others) {
    SCOPED_TRACE(name);
    const Calibration calibration(drawn(draw, random, 100000));
    const std::vector<float> fresh = drawn(draw, random, 400000);
    EXPECT_NEAR(std::log10(share_reaching(calibration, fresh, 0.16F)), std::log10(chance_of(0.16)),
                0.05);
    const double reached = share_reaching(calibration, fresh, 0.5F);
    EXPECT_LT(reached, 0.003);
  }
}

TEST(Calibration, HoldsForFewPairsToo) {
  Random random(4);
  const Draw& draw = distributions()[0].second;
  double sum = 0;
  for (int i = 0; i < 200; ++i) {
    const Calibration calibration(drawn(draw, random, Calibration::kLeastPairs));
    sum += share_reaching(calibration, drawn(draw, random, 2000), 0.16F);
  }
  EXPECT_NEAR(sum / 200, 0.0125, 0.0035) << "one in a hundred of two hundred are two";
}

void expect_ascending(const Calibration& calibration) {
  float before = -1, rarity_before = -1;
  for (int i = 0; i <= 5000; ++i) {
    const float similarity = static_cast<float>(i) / 5000;
    const float score = calibration.score(similarity), rarity = calibration.rarity(similarity);
    ASSERT_TRUE(std::isfinite(score) && std::isfinite(rarity)) << similarity;
    ASSERT_GE(score, before) << similarity;
    ASSERT_GE(rarity, rarity_before) << similarity;
    ASSERT_GE(score, 0);
    ASSERT_LE(score, 1);
    before = score;
    rarity_before = rarity;
  }
}

TEST(Calibration, AscendsWithTheSimilarity) {
  Random random(5);
  expect_ascending(Calibration());
  for (const auto& [name, draw] : distributions()) {
    SCOPED_TRACE(name);
    for (const std::size_t size : {200, 201, 1000, 50000}) {
      const Calibration calibration(drawn(draw, random, size));
      expect_ascending(calibration);
      EXPECT_LT(calibration.score(0), 1e-4);
      EXPECT_GT(calibration.score(1), 0.9);
    }
  }
}

TEST(Calibration, DoesNotDependOnTheOrder) {
  Random random(6);
  std::vector<float> pairs = drawn(distributions()[2].second, random, 5000);
  const Calibration one(pairs);
  random.shuffle(pairs);
  const Calibration other(pairs);
  for (int i = 0; i <= 1000; ++i)
    ASSERT_EQ(one.score(static_cast<float>(i) / 1000), other.score(static_cast<float>(i) / 1000));
}

TEST(Calibration, OfAllEqualSimilaritiesIsNoScoreForThem) {
  for (const float value : {0.0F, 0.3F, 0.99F}) {
    const Calibration calibration(std::vector<float>(5000, value));
    expect_ascending(calibration);
    EXPECT_LT(calibration.score(value), 0.01) << value;
    EXPECT_GT(calibration.score(value + 0.1F), 0.9) << "that is unheard of";
  }
}

TEST(Calibration, OfAHandfulOfPairsIsSound) {
  Random random(7);
  for (std::size_t size = 1; size < Calibration::kLeastPairs; size += 1 + size / 3)
    expect_ascending(Calibration(drawn(distributions()[0].second, random, size)));
}

TEST(Calibration, KnowsTheSimilarityOfARarity) {
  Random random(8);
  std::vector<Calibration> all = {Calibration()};
  for (const auto& [name, draw] : distributions())
    all.emplace_back(drawn(draw, random, 20000));
  for (const Calibration& calibration : all) {
    for (float rarity = 0; rarity < 7; rarity += 0.05F) {
      const float similarity = calibration.similarity_of_rarity(rarity);
      ASSERT_NEAR(calibration.rarity(similarity), rarity, 2e-3);
    }
  }
}

TEST(Calibration, FadesToAShareOfTheScore) {
  Random random(9);
  std::vector<Calibration> all = {Calibration()};
  for (const auto& [name, draw] : distributions())
    all.emplace_back(drawn(draw, random, 20000));
  for (const Calibration& calibration : all) {
    for (float similarity = 0; similarity <= 1; similarity += 0.01F) {
      EXPECT_NEAR(calibration.faded(similarity, 1), similarity, 1e-5);
      float before = similarity;
      for (const float share : {0.9F, 0.5F, 0.1F}) {
        const float faded = calibration.faded(similarity, share);
        const float expected = share * calibration.score(similarity);
        ASSERT_NEAR(calibration.score(faded), expected, 1e-4 + 1e-2 * expected) << similarity;
        ASSERT_LE(faded, before);
        ASSERT_GE(faded, 0);
        before = faded;
      }
    }
  }
}

/// A language of invented articles: how many terms it has, how long articles are, how many themes
/// there are and how much they are of one.
struct Invented {
  const char* name;
  std::size_t known, length, themes;
  double on_theme;
};

/// Similarities of random pairs, by the way that articles go: counts, weights, latent space.
std::vector<float> similarities_of(const Invented& language, Random& random, std::size_t pairs) {
  constexpr std::size_t kArticles = 800;
  std::vector<std::vector<TermCount>> counts;
  LanguageStatistics statistics;
  Vocabulary vocabulary(1 << 16);
  for (std::size_t i = 0; i < kArticles; ++i) {
    const std::size_t theme = random.below(language.themes);
    std::map<TermHash, std::uint32_t> terms;
    const std::size_t length = language.length / 2 + random.below(language.length);
    for (std::size_t n = 0; n < length; ++n) {
      const double at = std::pow(random.unit(), 3);
      const bool is_on_theme = random.chance(language.on_theme);
      const std::size_t known = is_on_theme ? language.known / 20 : language.known;
      const std::size_t begin = is_on_theme ? language.known + theme * known : 0;
      terms[static_cast<TermHash>(begin +
                                  static_cast<std::size_t>(at * static_cast<double>(known)))] += 8;
    }
    counts.emplace_back();
    for (const auto& [term, eighths] : terms) {
      counts.back().push_back({term, eighths});
      statistics.eighths += eighths;
    }
    vocabulary.add(counts.back());
    ++statistics.articles;
  }
  const TermWeigher weigher(vocabulary);
  std::vector<Terms> weights(kArticles), sharp;
  for (std::size_t i = 0; i < kArticles; ++i) {
    weigher.weigh(counts[i], statistics, {}, weights[i]);
    sharp.push_back(weights[i]);
    weigher.sharpen(sharp.back(), statistics);
  }
  const LatentSpace space = LatentSpace::learn(sharp);
  std::vector<Coordinates> places;
  for (const Terms& article : sharp) {
    std::vector<float> unit(LatentSpace::kDimensions);
    space.project(article, unit);
    places.emplace_back(unit.size());
    quantize(unit, places.back());
  }
  std::vector<float> out;
  while (out.size() < pairs) {
    const std::size_t a = random.below(kArticles), b = random.below(kArticles);
    if (a != b) out.push_back(similarity({weights[a], places[a]}, {weights[b], places[b]}));
  }
  return out;
}

TEST(Calibration, KeepsItsPromiseInLanguagesThatAreUnlike) {
  Random random(10);
  std::vector<float> of_one_score;
  for (const Invented& language : {Invented{"many short articles", 20000, 60, 40, 0.3},
                                   Invented{"long articles", 6000, 500, 15, 0.2},
                                   Invented{"hardly any words", 900, 120, 6, 0.1}}) {
    SCOPED_TRACE(language.name);
    std::vector<float> pairs = similarities_of(language, random, 120000);
    const std::vector<float> fresh(pairs.begin() + 40000, pairs.end());
    pairs.resize(40000);
    const Calibration calibration(pairs);
    of_one_score.push_back(calibration.similarity_of_rarity(2));
    for (const float score : {0.01F, 0.16F}) {
      const double sigma = std::sqrt(chance_of(score) * (1.0 / 40000 + 1.0 / 80000));
      EXPECT_NEAR(share_reaching(calibration, fresh, score), chance_of(score), 5 * sigma) << score;
    }
    EXPECT_LT(share_reaching(calibration, fresh, 0.5F), 0.004);
  }
  std::sort(of_one_score.begin(), of_one_score.end());
  EXPECT_GT(of_one_score[2], of_one_score[0] + 0.05) << "else any fixed threshold would do";
}

}  // namespace
}  // namespace kithkin
