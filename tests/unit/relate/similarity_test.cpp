// Blocks against the exact measure, and sums of sixteen bits against the worst that can be added.
#include "relate/similarity.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

#include "relate/vocabulary.h"
#include "unit/relate/articles.h"

namespace kithkin {
namespace {

constexpr float kNoLimit = std::numeric_limits<float>::infinity();
constexpr float kOff = 0.015F;  // "about .01": how far a similarity of a block may be off

/// Similarities of `row` with all of a block, by place.
std::vector<float> measured(const ArticleBlock& block, const ArticleView& row) {
  ArticleBlock::Scratch scratch;
  block.measure(std::span(&row, 1), scratch);
  std::vector<Hit> hits;
  const std::vector<float> least(block.places(), -kNoLimit);
  block.select(scratch, 0, -kNoLimit, least, hits);
  EXPECT_EQ(hits.size(), block.places());
  std::vector<float> out;
  for (const Hit& hit : hits)
    out.push_back(hit.similarity);
  return out;
}

void fill(const TestArticles& articles, ArticleBlock& block) {
  block.clear();
  for (std::size_t i = 0; i < articles.size(); ++i)
    block.add(articles.view(i));
  block.finish();
}

/// Every pair, both ways.
void expect_block_is_near(const TestArticles& articles) {
  ArticleBlock block;
  fill(articles, block);
  for (std::size_t a = 0; a < articles.size(); ++a) {
    const std::vector<float> found = measured(block, articles.view(a));
    for (std::size_t b = 0; b < articles.size(); ++b) {
      const float exact = similarity(articles.view(a), articles.view(b));
      ASSERT_NEAR(std::max(found[b], 0.0F), exact, kOff) << a << " " << b;
    }
  }
}

TEST(Similarity, IsOneOfAnArticleWithItself) {
  Random random(1);
  for (int i = 0; i < 50; ++i) {
    const Terms terms = random_terms(random, 60, 1000);
    const Coordinates place = random_place(random);
    EXPECT_NEAR(similarity({terms, place}, {terms, place}), 1, 1e-3);
    EXPECT_NEAR(similarity({terms, {}}, {terms, {}}), 1, 1e-3);
    EXPECT_LE(similarity({terms, {}}, {terms, {}}), 1);
  }
}

TEST(Similarity, IsTheRootOfTheTermsCosineAndThatOfThePlacesTogether) {
  const Terms a = {{1, 0.6F}, {2, 0.8F}}, b = {{2, 0.6F}, {3, 0.8F}};  // cosine .48
  Coordinates east(LatentSpace::kDimensions, 0), north = east, between = east;
  east[0] = north[1] = 16384;
  between[0] = between[1] = 11585;  // 45 degrees
  const double root = std::sqrt(.48);
  EXPECT_NEAR(term_cosine(a, b), .48, 1e-6);
  EXPECT_NEAR(similarity({a, {}}, {b, {}}), root, 1e-5);
  EXPECT_NEAR(similarity({a, east}, {b, north}), kTermShare * root, 1e-4);
  EXPECT_NEAR(similarity({a, east}, {b, between}),
              kTermShare * root + (1 - kTermShare) * std::sqrt(.5), 1e-4);
}

TEST(Similarity, IsTheSameBothWaysAndNeverNegative) {
  Random random(2);
  bool was_negative = false;
  for (int i = 0; i < 200; ++i) {
    const Terms a = random_terms(random, 10, 300), b = random_terms(random, 10, 300);
    const Coordinates here = random_place(random), there = random_place(random);
    const float value = similarity({a, here}, {b, there});
    EXPECT_EQ(value, similarity({b, there}, {a, here}));
    EXPECT_GE(value, 0);
    was_negative = was_negative || value == 0;
  }
  EXPECT_TRUE(was_negative) << "or this tests nothing";
}

TEST(Similarity, IsWhatItSaysOfRandomArticles) {
  Random random(9);
  Measurer measurer;
  for (int i = 0; i < 50; ++i) {
    const Terms a = random_terms(random, random.below(160), 300);
    const Coordinates here = random_place(random);
    measurer.set({a, here});
    for (int n = 0; n < 20; ++n) {
      const Terms b = random_terms(random, random.below(160), 300);
      const Coordinates there = random_place(random);
      double places = 0;
      for (std::size_t c = 0; c < here.size(); ++c)
        places += static_cast<double>(here[c]) * there[c] / 16384 / 16384;
      const double expected = kTermShare * std::sqrt(term_cosine(a, b)) + (1 - kTermShare) * places;
      ASSERT_NEAR(measurer.similarity_to({b, there}), std::max(expected, 0.0), 1e-5);
      ASSERT_EQ(measurer.similarity_to({b, there}), similarity({a, here}, {b, there}));
    }
  }
}

TEST(Similarity, OfNothingIsNone) {
  const Coordinates nowhere(LatentSpace::kDimensions, 0);
  const Terms terms = {{1, 1.0F}};
  EXPECT_EQ(similarity({{}, nowhere}, {terms, nowhere}), 0);
  EXPECT_EQ(similarity({{}, {}}, {{}, {}}), 0);
}

TEST(ArticleBlock, MeasuresAsTheExactMeasureDoes) {
  Random random(3);
  TestArticles articles;
  for (int i = 0; i < 150; ++i)
    articles.add(random_terms(random, 5 + random.below(140), 2000), random_place(random));
  expect_block_is_near(articles);
}

TEST(ArticleBlock, MeasuresByTermsAloneWhereThereAreNoPlaces) {
  Random random(4);
  TestArticles articles;
  for (int i = 0; i < 100; ++i)
    articles.add(random_terms(random, 5 + random.below(140), 500), {});
  expect_block_is_near(articles);
}

TEST(ArticleBlock, MeasuresArticlesOfLessThanUnitLength) {
  Random random(5);
  TestArticles articles;
  for (int i = 0; i < 60; ++i) {
    Terms terms = random_terms(random, 50, 500);
    Coordinates place = random_place(random);
    for (TermWeight& entry : terms)
      entry.weight *= 0.3F;
    for (std::int16_t& c : place)
      c = static_cast<std::int16_t>(c * 0.3F);
    articles.add(terms, place);
  }
  expect_block_is_near(articles);
}

TEST(ArticleBlock, MeasuresTermsThatAlmostAllHaveAndSuchAsFewHave) {
  // The former stand in columns and the latter in lists, and of 200 frequent ones not all can have
  // a column.
  Random random(12);
  for (const std::size_t frequent : {1, 2, 3, 127, 128, 129, 200}) {
    TestArticles articles;
    for (int i = 0; i < 90; ++i) {
      Terms terms;
      for (std::size_t n = 0; n < frequent; ++n) {
        if (random.chance(0.7)) terms.push_back({static_cast<TermHash>(n), 1.0F});
      }
      for (int n = 0; n < 20; ++n)
        terms.push_back({1000 + random.index(1000), 1.0F});
      articles.add(unit_terms(terms), random_place(random));
    }
    expect_block_is_near(articles);
  }
}

TEST(ArticleBlock, GivesArticlesWithoutTermsNothing) {
  TestArticles articles;
  const Coordinates nowhere(LatentSpace::kDimensions, 0);
  articles.add({}, nowhere);
  articles.add({{1, 1.0F}}, nowhere);
  articles.add({}, nowhere);
  ArticleBlock block;
  fill(articles, block);
  for (const float value : measured(block, articles.view(0)))
    EXPECT_EQ(value, 0);
}

TEST(ArticleBlock, MeasuresSeveralRowsAsEachAlone) {
  Random random(6);
  TestArticles articles;
  for (int i = 0; i < 40; ++i)
    articles.add(random_terms(random, 40, 200), random_place(random));
  ArticleBlock block;
  fill(articles, block);
  const std::vector<float> least(block.places(), -kNoLimit);
  for (std::size_t count = 1; count <= kRowsAtOnce; ++count) {
    std::vector<ArticleView> rows;
    for (std::size_t i = 0; i < count; ++i)
      rows.push_back(articles.view(7 * i));
    ArticleBlock::Scratch scratch;
    block.measure(rows, scratch);
    for (std::size_t row = 0; row < count; ++row) {
      const std::vector<float> alone = measured(block, rows[row]);
      std::vector<Hit> hits;
      block.select(scratch, row, -kNoLimit, least, hits);
      ASSERT_EQ(hits.size(), alone.size());
      for (const Hit& hit : hits)
        ASSERT_EQ(hit.similarity, alone[hit.place]);
    }
  }
}

TEST(ArticleBlock, HoldsNothingOfWhatItHeldBefore) {
  Random random(7);
  TestArticles before, articles;
  for (int i = 0; i < 100; ++i)
    before.add(random_terms(random, 40, 200), random_place(random));
  for (int i = 0; i < 30; ++i)
    articles.add(random_terms(random, 40, 200), {});
  ArticleBlock used, fresh;
  fill(before, used);
  fill(articles, used);
  fill(articles, fresh);
  ASSERT_EQ(used.size(), 30U);
  for (std::size_t i = 0; i < articles.size(); ++i)
    EXPECT_EQ(measured(used, articles.view(i)), measured(fresh, articles.view(i)));
}

// Sums of products have sixteen bits. What overflows comes out as almost nothing.

TEST(ArticleBlock, HoldsAllMassOnOneTerm) {
  const Coordinates nowhere(LatentSpace::kDimensions, 0);
  TestArticles articles;
  for (const float weight : {1.0F, std::nextafter(1.0F, 2.0F), 1.0001F})
    articles.add({{7, weight}}, nowhere);
  expect_block_is_near(articles);
}

TEST(ArticleBlock, HoldsAnyNumberOfEqualWeights) {
  for (std::size_t count = 1; count <= TermWeigher::kMost; ++count) {
    Terms terms;
    for (std::size_t i = 0; i < count; ++i)
      terms.push_back({static_cast<TermHash>(i), 1.0F});
    terms = unit_terms(terms);
    ArticleBlock block;
    const ArticleView article{terms, {}};
    block.add(article);
    block.finish();
    ASSERT_NEAR(measured(block, article)[0], 1, 0.03) << count;
  }
}

TEST(ArticleBlock, HoldsTheWeightsThatRoundUpMost) {
  // As many as can be at each weight that is just above a half, the rest of the length on one term.
  for (int half = 18; half < 230; ++half) {
    const double each = (half + 0.5001) / 230;
    auto count = static_cast<std::size_t>(1 / (each * each));
    count = std::min(count, TermWeigher::kMost);
    Terms terms;
    for (std::size_t i = 0; i < count; ++i)
      terms.push_back({static_cast<TermHash>(i), static_cast<float>(each)});
    const double rest = 1 - static_cast<double>(count) * each * each;
    if (count < TermWeigher::kMost && rest > 0)
      terms.push_back({1000, static_cast<float>(std::sqrt(rest))});
    double square = 0;
    for (const TermWeight& entry : terms)
      square += static_cast<double>(entry.weight) * entry.weight;
    ASSERT_LE(square, 1.0001);
    ArticleBlock block;
    const ArticleView article{terms, {}};
    block.add(article);
    block.finish();
    ASSERT_NEAR(measured(block, article)[0], std::sqrt(square), 0.03) << half;
  }
}

TEST(ArticleBlock, HoldsIdenticalArticles) {
  Random random(8);
  for (int i = 0; i < 30; ++i) {
    const Terms terms = random_terms(random, 1 + random.below(300), 100000);
    const Coordinates place = random_place(random);
    ArticleBlock block;
    for (int n = 0; n < 40; ++n)
      block.add({terms, place});
    block.finish();
    const std::vector<float> found = measured(block, {terms, place});
    for (std::size_t n = 0; n < 40; ++n)
      ASSERT_NEAR(found[n], 1, kOff);
    for (std::size_t n = 40; n < block.places(); ++n)
      ASSERT_EQ(found[n], 0) << "nobody lies there";
  }
}

TEST(ArticleBlock, TakesAsManyAsItMay) {
  ArticleBlock block;
  const Terms even = {{2, 1.0F}}, odd = {{3, 1.0F}};
  for (std::size_t i = 0; i < ArticleBlock::kMost; ++i)
    block.add({i % 2 == 0 ? even : odd, {}});
  block.finish();
  ASSERT_EQ(block.size(), ArticleBlock::kMost);
  const std::vector<float> found = measured(block, {odd, {}});
  for (std::size_t i = 0; i < found.size(); ++i)
    ASSERT_NEAR(found[i], i % 2 == 0 ? 0 : 1, 1e-6) << i;
}

}  // namespace
}  // namespace kithkin
