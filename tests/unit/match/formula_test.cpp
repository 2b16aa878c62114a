// The rule at its thresholds, and the table of articles against exact counts.
#include "match/formula.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

constexpr std::uint32_t kOne = Evidence::kOne;

TEST(Evidence, IsToldInFractions) {
  const FormulaReason reason = Evidence{kOne / 8, kOne / 4, kOne / 2, kOne, 3, 4}.reason();
  EXPECT_EQ(reason.substituted, .125);
  EXPECT_EQ(reason.rarity, .25);
  EXPECT_EQ(reason.rare_share, .5);
  EXPECT_EQ(reason.missing, 1);
  EXPECT_EQ(reason.numbers, 3U);
  EXPECT_EQ(reason.slots, 4U);
}

TEST(IsFormula, NotWithoutEvidence) {
  for (const double containment : {0., .1, .6, 1.})
    EXPECT_FALSE(is_formula(containment, {}));
}

TEST(IsFormula, WhenMoreThanFiveHundredthsWerePutForSomethingElse) {
  EXPECT_FALSE(is_formula(1, {3276, kOne, kOne, 0}));  // .05 * 65536 = 3276.8
  EXPECT_TRUE(is_formula(1, {3277, kOne, kOne, 0}));
  EXPECT_TRUE(is_formula(1, {3 * kOne, kOne, kOne, 0})) << "more than what is aligned";
  EXPECT_TRUE(is_formula(0, {3277, kOne, kOne, 0})) << "whatever the containment";
}

TEST(IsFormula, OnLessSubstitutionTheCommonerTheSharedIs) {
  EXPECT_FALSE(is_formula(1, {1638, kOne / 2, kOne, 0}));  // .025 * 65536 = 1638.4
  EXPECT_TRUE(is_formula(1, {1639, kOne / 2, kOne, 0}));
}

TEST(IsFormula, OnThirtyFiveHundredthsOfThatAtTheLeast) {
  for (const std::uint32_t rarity : {0U, kOne / 10, kOne / 3}) {
    EXPECT_FALSE(is_formula(1, {1146, rarity, kOne, 0})) << rarity;  // .0175 * 65536 = 1146.88
    EXPECT_TRUE(is_formula(1, {1147, rarity, kOne, 0})) << rarity;
  }
}

constexpr std::uint32_t kMissing = kOne / 50;

TEST(IsFormula, WhenTheCommonIsSharedAndEachHasRareWordsOfItsOwn) {
  EXPECT_TRUE(is_formula(1, {0, kOne / 2 - 1, 0, kMissing}));
  EXPECT_FALSE(is_formula(1, {0, kOne / 2, 0, kMissing}));
  EXPECT_TRUE(is_formula(.6, {0, 38229, 0, kMissing})) << "containment times rarity";
  EXPECT_FALSE(is_formula(.6, {0, 38230, 0, kMissing}));  // .35 / .6 * 65536 = 38229.3
  EXPECT_FALSE(is_formula(1, {0, 0, 0, 655})) << "nothing is missing";  // .01 * 65536 = 655.36
  EXPECT_TRUE(is_formula(1, {0, 0, 0, 656}));
}

TEST(IsFormula, NotWhenFourFifthsOfWhatIsRareAreShared) {
  EXPECT_TRUE(is_formula(1, {0, 0, 52428, kMissing}));  // .8 * 65536 = 52428.8
  EXPECT_FALSE(is_formula(1, {0, 0, 52429, kMissing}));
  EXPECT_TRUE(is_formula(1, {3277, kOne, 52429, kMissing})) << "which excuses no substitution";
}

TEST(IsFormula, WhenANumberWasPutForANumberInAFamily) {
  EXPECT_TRUE(is_formula(1, {0, 45875, kOne, 0, 1}));  // .7 * 65536 = 45875.2
  EXPECT_FALSE(is_formula(1, {0, 45876, kOne, 0, 1})) << "elsewhere it may be an update";
  EXPECT_FALSE(is_formula(1, {0, 45875, kOne, 0, 0}));
}

TEST(IsFormula, WhenWordsStandForWordsInASlotOfAFamily) {
  EXPECT_TRUE(is_formula(1, {0, 45875, kOne, 0, 0, 1}));  // .7 * 65536 = 45875.2
  EXPECT_FALSE(is_formula(1, {0, 45876, kOne, 0, 0, 1})) << "elsewhere an editor may have put them";
  EXPECT_TRUE(is_formula(0, {0, 0, kOne, 0, 0, 7})) << "whatever the containment";
}

/// Words that stand in one document of very many weigh three times the least.
WordWeights all_rare() { return {}; }

TEST(IsCopyAtAnyRarity, NamesNoneThatCouldBeAFormula) {
  Random random(5);
  std::size_t copies = 0;
  for (int n = 0; n < 200'000; ++n) {
    const auto below = [&](std::uint32_t most) {
      return static_cast<std::uint32_t>(random.below(most));
    };
    Evidence evidence;
    evidence.substitution = below(kOne / 25);
    evidence.missing = below(kOne / 50);
    evidence.numbers = below(2);
    evidence.slots = below(2);
    const bool is_copy = is_copy_at_any_rarity(evidence);
    copies += is_copy ? 1 : 0;
    evidence.rarity = below(kOne + 1);
    evidence.rare_share = below(kOne + 1);
    ASSERT_FALSE(is_copy && is_formula(random.unit(), evidence));
  }
  EXPECT_GT(copies, 10'000U);
}

TEST(FindMissing, GivesTheWeightiestOnceEachInOrder) {
  using Words = std::vector<WordKey>;
  const Words a = {9, 1, 5, 2, 5, 7}, b = {1, 2};
  EXPECT_EQ(find_missing(a, b, 6, all_rare()), (std::vector<std::uint32_t>{0, 2, 5}));
  EXPECT_EQ(find_missing(a, b, 2, all_rare()).size(), 2U);
  EXPECT_TRUE(find_missing(b, a, 6, all_rare()).empty());
}

TEST(IsToldApart, ByMoreThanFiveHundredthsOrByANumber) {
  EXPECT_FALSE(is_told_apart({3276, 0, 0, kOne}));  // .05 * 65536 = 3276.8
  EXPECT_TRUE(is_told_apart({3277, kOne, kOne, 0}));
  EXPECT_TRUE(is_told_apart({0, kOne, kOne, 0, 1}));
  EXPECT_FALSE(is_told_apart({0, 0, 0, kOne, 0, 3})) << "a slot is what it is asked for";
}

TEST(IsOneArticle, AtTheDefaultThresholdsOfCopies) {
  EXPECT_TRUE(is_one_article(.6, 0, {}));
  EXPECT_FALSE(is_one_article(.599, .799, {}));
  EXPECT_TRUE(is_one_article(0, .8, {}));
  EXPECT_TRUE(is_one_article(1, 1, {}));
  EXPECT_FALSE(is_one_article(0, 0, {}));
}

TEST(IsOneArticle, WhenLessThanAHundredthWasPutForSomethingElse) {
  EXPECT_TRUE(is_one_article(1, 1, {654}));
  EXPECT_FALSE(is_one_article(1, 1, {656}));  // 65536 / 100 = 655.36
  EXPECT_FALSE(is_one_article(1, 1, {UINT32_MAX}));
}

TEST(IsOneArticle, NotWhereANumberWasPutForANumberOrAFactForAFact) {
  EXPECT_FALSE(is_one_article(1, 1, {0, kOne, kOne, 0, 1}));
  EXPECT_FALSE(is_one_article(1, 1, {0, kOne, kOne, 0, 0, 1}));
}

/// The rarity of a shingle that stands in so many articles besides the pair's own.
double rarity_slowly(std::uint32_t others) {
  return others >= 99 ? 0 : 1 - std::log(others + 1.) / std::log(100.);
}

double rarity(const ArticleCounts& counts, ShingleHash shingle, std::uint32_t own) {
  return counts.rarity(shingle, own) / double{kOne};
}

TEST(ArticleCounts, RarityFallsWithTheLogarithmToNothingInAHundredOthers) {
  for (const std::uint32_t own : {1U, 2U}) {
    ArticleCounts counts(10, 0, 1);
    for (std::uint32_t n = 0; n < own; ++n)
      counts.add(std::vector<ShingleHash>{7});
    std::uint32_t before = kOne;
    for (std::uint32_t others = 0; others <= 130; ++others) {
      ASSERT_NEAR(rarity(counts, 7, own), rarity_slowly(others), .002) << others;
      ASSERT_LE(counts.rarity(7, own), before);
      before = counts.rarity(7, own);
      counts.add(std::vector<ShingleHash>{7});
    }
  }
}

TEST(ArticleCounts, RarityIsOneInThePairsOwnArticlesAndNothingAmongMany) {
  ArticleCounts counts(10, 0, 1);
  EXPECT_EQ(counts.rarity(7, 1), kOne) << "in none";
  counts.add(std::vector<ShingleHash>{7});
  EXPECT_EQ(counts.rarity(7, 1), kOne);
  EXPECT_EQ(counts.rarity(7, 2), kOne) << "in fewer than the pair's own";
  counts.add(std::vector<ShingleHash>{7});
  EXPECT_EQ(counts.rarity(7, 2), kOne);
  EXPECT_LT(counts.rarity(7, 1), kOne);
  for (int n = 0; n < 100; ++n)
    counts.add(std::vector<ShingleHash>{7});
  EXPECT_EQ(counts.rarity(7, 2), 0U) << "in a hundred others";
}

TEST(ArticleCounts, StayFullOnceTheyAre) {
  ArticleCounts counts(10, 0, 1);
  for (int n = 0; n < 1000; ++n) {
    counts.add(std::vector<ShingleHash>{7});
    ASSERT_EQ(counts.rarity(7, 2) == 0, n >= 100) << n;
  }
  EXPECT_EQ(counts.rarity(8, 1), kOne) << "and do not run over into the next";
}

/// Articles of shingles of which few stand in many articles and many in few.
std::vector<std::vector<ShingleHash>> random_articles(std::size_t articles, std::size_t pool) {
  Random random(1);
  std::vector<std::vector<ShingleHash>> out(articles);
  for (std::uint64_t n = 0; n < pool; ++n) {
    const ShingleHash shingle = random.word();
    const double chance = std::pow(random.unit(), 6);
    for (auto& article : out) {
      if (random.chance(chance)) article.push_back(shingle);
    }
  }
  return out;
}

TEST(KeepJudging, KeepsAQuarterOfALongArticleAndAllOfAShortOne) {
  Random random(2);
  const std::vector<ShingleHash> article = random.words(20000);
  std::vector<ShingleHash> expected, shingles = article;
  for (const ShingleHash shingle : article) {
    if (judges(shingle, article.size())) expected.push_back(shingle);
  }
  EXPECT_NEAR(expected.size(), 5000, 5 * 61);
  ShingleSet scratch;
  const auto kept = keep_judging(shingles, 20000, scratch);
  EXPECT_EQ(std::vector(kept.begin(), kept.end()), expected);
  shingles.assign(article.begin(), article.begin() + 255);
  EXPECT_EQ(keep_judging(shingles, 255, scratch).size(), 255U);
}

TEST(KeepJudging, TakesRepeatsOut) {
  ShingleSet scratch;
  std::vector<ShingleHash> shingles = {5, 9, 5, 7, 9, 5};
  const auto kept = keep_judging(shingles, 3, scratch);
  EXPECT_EQ(std::vector(kept.begin(), kept.end()), (std::vector<ShingleHash>{5, 9, 7}));
}

TEST(ArticleCounts, AreTheSameInAnyNumberOfParts) {
  const auto articles = random_articles(150, 1200);
  const auto make = [&](std::uint32_t part, std::uint32_t parts) {
    ArticleCounts counts(1200, part, parts);
    for (const auto& article : articles)
      counts.add(article);
    return counts;
  };
  const ArticleCounts whole = make(0, 1);
  std::map<ShingleHash, std::uint32_t> exact;
  for (const auto& article : articles) {
    for (const ShingleHash shingle : article)
      ++exact[shingle];
  }
  for (const std::uint32_t parts : {1U, 2U, 3U, 5U, 8U, 100U}) {
    std::map<ShingleHash, int> counted;
    for (std::uint32_t part = 0; part < parts; ++part) {
      const ArticleCounts counts = make(part, parts);
      for (const auto& [shingle, count] : exact) {
        if (!counts.has(shingle)) continue;
        ++counted[shingle];
        for (const std::uint32_t own : {1U, 2U})
          ASSERT_EQ(counts.rarity(shingle, own), whole.rarity(shingle, own)) << parts;
      }
    }
    ASSERT_EQ(counted.size(), exact.size()) << parts;
    for (const auto& [shingle, times] : counted)
      ASSERT_EQ(times, 1) << "in two of " << parts << " parts";
  }
}

TEST(ArticleCounts, AreNeverTooLowAndRightForMost) {
  const auto articles = random_articles(150, 1200);
  ArticleCounts counts(1200, 0, 1);
  std::map<ShingleHash, std::uint32_t> exact;
  for (const auto& article : articles) {
    counts.add(article);
    for (const ShingleHash shingle : article)
      ++exact[shingle];
  }
  std::size_t right = 0;
  for (const auto& [shingle, count] : exact) {
    const double expected = rarity_slowly(count - 1);
    ASSERT_LE(rarity(counts, shingle, 1), expected + .002) << count;
    right += rarity(counts, shingle, 1) > expected - .002 ? 1 : 0;
  }
  EXPECT_GT(right, exact.size() * 3 / 5);
  EXPECT_LT(right, exact.size()) << "some do meet in one place";
}

TEST(ArticleCounts, NeedAPartMoreTheLessMemoryThereIs) {
  constexpr std::uint64_t kMillion = 1 << 20;  // shingles: two million places
  EXPECT_EQ(ArticleCounts::parts_for(kMillion, 1 << 22), 1U);
  EXPECT_EQ(ArticleCounts::parts_for(kMillion, 1 << 21), 1U);
  EXPECT_EQ(ArticleCounts::parts_for(kMillion, 1 << 20), 2U);
  EXPECT_EQ(ArticleCounts::parts_for(kMillion, 1 << 18), 8U);
  EXPECT_EQ(ArticleCounts::parts_for(kMillion + 1, 1 << 18), 16U);
}

TEST(ArticleCounts, NeedOnePartAtTheLeastAndNotOneForEachByte) {
  EXPECT_EQ(ArticleCounts::parts_for(0, 0), 1U);
  EXPECT_EQ(ArticleCounts::parts_for(10, 1), 1U);
  EXPECT_EQ(ArticleCounts::parts_for(1 << 20, 0), 512U);
  EXPECT_EQ(ArticleCounts::parts_for(std::uint64_t{1} << 40, 1), 1U << 20);
}

}  // namespace
}  // namespace kithkin
