// The randomized SVD against Eigen's own on a dense copy, and the crawls that have hardly any
// space.
#include "relate/latent.h"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <vector>

#include "unit/relate/articles.h"

namespace kithkin {
namespace {

constexpr std::size_t kLatentDimensions = LatentSpace::kDimensions;
using Articles = std::vector<Terms>;

/// `themes` themes with some terms of their own; each article has most terms of one of them and a
/// little of others. So there are as many great singular values as themes, and then a gap.
Articles themed_articles(Random& random, std::size_t size, std::size_t themes,
                         std::size_t terms_each, double noise) {
  Articles out;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t theme = i % themes;
    Terms terms;
    for (std::size_t t = 0; t < terms_each; ++t) {
      if (random.chance(0.93))
        terms.push_back({static_cast<TermHash>(1 + theme * terms_each + t), 1.0F});
    }
    for (int n = 0; n < 3; ++n) {
      const auto other = static_cast<TermHash>(1 + random.below(themes * terms_each));
      terms.push_back({other, static_cast<float>(noise * (0.5 + random.unit()))});
    }
    out.push_back(unit_terms(terms));
  }
  return out;
}

std::vector<float> projected(const LatentSpace& space, const Terms& article) {
  std::vector<float> out(kLatentDimensions, 7.0F);
  space.project(article, out);
  return out;
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// What the header promises, by Eigen: articles in the space of the first right singular vectors,
/// each stretched by the root of its value and of what of it is no noise; rows are articles, of
/// unit length, which are learned from divided by how much is like them.
struct Reference {
  Eigen::MatrixXd places;      // articles by dimensions
  Eigen::VectorXd values;      // singular ones, all
  Eigen::VectorXd stretches;   // of the directions
  Eigen::MatrixXd unit;        // articles as dense rows
  Eigen::MatrixXd directions;  // terms by dimensions, of unit length

  Reference(const Articles& articles, std::size_t dimensions) {
    std::map<TermHash, int> counts, columns;
    for (const Terms& article : articles) {
      for (const TermWeight& entry : article)
        ++counts[entry.term];
    }
    for (const auto& [term, count] : counts) {
      if (count > 1) columns.emplace(term, static_cast<int>(columns.size()));
    }
    unit = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(articles.size()),
                                 static_cast<Eigen::Index>(columns.size()));
    for (std::size_t i = 0; i < articles.size(); ++i) {
      for (const TermWeight& entry : articles[i]) {
        const auto at = columns.find(entry.term);
        if (at != columns.end()) unit(static_cast<Eigen::Index>(i), at->second) = entry.weight;
      }
    }
    const Eigen::VectorXd likes = (unit * unit.transpose()).rowwise().sum();
    const Eigen::VectorXd least = Eigen::VectorXd::Constant(likes.size(), likes.mean() / 4);
    const Eigen::MatrixXd even = likes.cwiseMax(least).cwiseInverse().asDiagonal() * unit;
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(even, Eigen::ComputeThinU | Eigen::ComputeThinV);
    values = svd.singularValues();
    directions = svd.matrixV().leftCols(static_cast<Eigen::Index>(dimensions));
    const double noise = values(directions.cols()) * values(directions.cols());
    const Eigen::ArrayXd kept = values.head(directions.cols()).array();
    stretches = (kept * (1 - noise / kept.square())).sqrt();
    places = unit * directions * stretches.asDiagonal();
    places.rowwise().normalize();
  }
  [[nodiscard]] double cosine(std::size_t a, std::size_t b) const {
    return places.row(static_cast<Eigen::Index>(a)).dot(places.row(static_cast<Eigen::Index>(b)));
  }
};

void expect_cosines(const Articles& articles, const LatentSpace& space, const Reference& reference,
                    double off) {
  std::vector<std::vector<float>> places;
  for (const Terms& article : articles)
    places.push_back(projected(space, article));
  for (std::size_t a = 0; a < articles.size(); ++a) {
    ASSERT_NEAR(length_of(places[a]), 1, 1e-5);
    for (std::size_t b = 0; b < a; ++b)
      ASSERT_NEAR(cosine(places[a], places[b]), reference.cosine(a, b), off) << a << " " << b;
  }
}

TEST(LatentSpace, PutsArticlesWhereEigensSvdPutsThem) {
  // Of 72 articles 24 dimensions are learned: as many as there are themes.
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Random random(seed);
    const Articles articles = themed_articles(random, 72, 24, 12, 0.1);
    const Reference reference(articles, 24);
    ASSERT_GT(reference.values(23), 2 * reference.values(24)) << "there is a gap";
    const LatentSpace space = LatentSpace::learn(articles);
    ASSERT_FALSE(space.is_empty());
    expect_cosines(articles, space, reference, 2e-3);
  }
}

TEST(LatentSpace, HasAllDimensionsOfManyArticles) {
  Random random(6);
  const Articles articles = themed_articles(random, 400, kLatentDimensions, 8, 0.1);
  const Reference reference(articles, kLatentDimensions);
  ASSERT_GT(reference.values(kLatentDimensions - 1), 2 * reference.values(kLatentDimensions));
  expect_cosines(articles, LatentSpace::learn(articles), reference, 2e-3);
}

TEST(LatentSpace, LearnsLessFromWhatManyWriteAbout) {
  // One matter has half of all articles, in twenty kinds, each greater than any of the 63 others:
  // these have the directions all the same.
  Random random(15);
  Articles articles = themed_articles(random, 189, 63, 12, 0.1);
  for (std::size_t i = 0; i < 200; ++i) {
    Terms terms;
    for (std::size_t t = 0; t < 6; ++t) {
      terms.push_back({static_cast<TermHash>(5000 + t), 1.0F});
      terms.push_back({static_cast<TermHash>(5006 + i % 20 * 6 + t), 1.0F});
    }
    articles.push_back(unit_terms(terms));
  }
  const Reference reference(articles, kLatentDimensions);
  ASSERT_GT(reference.values(kLatentDimensions - 1), 2 * reference.values(kLatentDimensions));
  const LatentSpace space = LatentSpace::learn(articles);
  expect_cosines(articles, space, reference, 2e-3);
  for (std::size_t i = 0; i < 126; ++i)
    EXPECT_GT(cosine(projected(space, articles[i]), projected(space, articles[i + 63])), 0.9);
}

TEST(LatentSpace, OfMoreThemesThanDirectionsKnowsSome) {
  // All are alike great: what stands out of them by chance is no reason to know nobody.
  Articles articles;
  for (std::size_t i = 0; i < 400; ++i)
    articles.push_back({{static_cast<TermHash>(1 + i % 100), 1.0F}});
  const LatentSpace space = LatentSpace::learn(articles);
  std::size_t known = 0;
  for (const Terms& article : articles)
    known += length_of(projected(space, article)) > 0.5F ? 1 : 0;
  EXPECT_GT(known, 200U);
}

TEST(LatentSpace, SpansWhatEigensSvdSpans) {
  // A term's direction is where an article of this term alone lies: those of all terms span the
  // space. What of them is not in Eigen's span is nothing.
  Random random(7);
  const Articles articles = themed_articles(random, 90, 30, 12, 0.1);
  const Reference reference(articles, 30);
  ASSERT_GT(reference.values(29), 2 * reference.values(30));
  const LatentSpace space = LatentSpace::learn(articles);
  std::map<TermHash, int> counts;
  for (const Terms& article : articles) {
    for (const TermWeight& entry : article)
      ++counts[entry.term];
  }
  std::vector<std::vector<float>> rows;  // by term, as in the reference; all of unit length
  for (const auto& [term, count] : counts) {
    if (count > 1) rows.push_back(projected(space, {{term, 1.0F}}));
  }
  ASSERT_EQ(static_cast<Eigen::Index>(rows.size()), reference.directions.rows());
  for (std::size_t a = 0; a < rows.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const auto stretched = [&](std::size_t i) {
        const Eigen::VectorXd row = reference.directions.row(static_cast<Eigen::Index>(i))
                                        .transpose()
                                        .cwiseProduct(reference.stretches);
        return Eigen::VectorXd(row.normalized());
      };
      ASSERT_NEAR(cosine(rows[a], rows[b]), stretched(a).dot(stretched(b)), 5e-3);
    }
  }
}

TEST(LatentSpace, PutsArticlesOnOneMatterTogetherWhereTheyShareNoTerm) {
  // Terms 1 to 8 are one matter, of which an article has about half; the two have other ones.
  Random random(8);
  Articles articles;
  for (std::size_t i = 0; i < 120; ++i) {
    Terms terms;
    for (std::size_t t = 0; t < 4; ++t)
      terms.push_back({static_cast<TermHash>(1 + i % 12 * 8 + random.below(8)), 1.0F});
    terms.push_back({static_cast<TermHash>(1 + random.below(96)), 0.5F});
    articles.push_back(unit_terms(terms));
  }
  const LatentSpace space = LatentSpace::learn(articles);
  const Terms one = unit_terms({{1, 1.0F}, {2, 1.0F}, {3, 1.0F}});
  const Terms other = unit_terms({{5, 1.0F}, {6, 1.0F}, {7, 1.0F}});
  const Terms foreign = unit_terms({{9, 1.0F}, {10, 1.0F}, {11, 1.0F}});
  ASSERT_EQ(term_cosine(one, other), 0);
  EXPECT_GT(cosine(projected(space, one), projected(space, other)), 0.5);
  EXPECT_LT(cosine(projected(space, one), projected(space, foreign)), 0.2);
}

TEST(LatentSpace, IsTheSameEachTime) {
  Random random(9);
  const Articles articles = themed_articles(random, 100, 20, 8, 0.5);
  const LatentSpace one = LatentSpace::learn(articles), again = LatentSpace::learn(articles);
  for (const Terms& article : articles)
    ASSERT_EQ(projected(one, article), projected(again, article));
}

TEST(LatentSpace, IsEmptyOfFewerThan24Articles) {
  Random random(10);
  Articles articles = themed_articles(random, 24, 4, 8, 0.1);
  EXPECT_FALSE(LatentSpace::learn(articles).is_empty());
  articles.pop_back();
  const LatentSpace space = LatentSpace::learn(articles);
  EXPECT_TRUE(space.is_empty());
  EXPECT_EQ(projected(space, articles[0]), std::vector<float>(kLatentDimensions, 0));
  EXPECT_TRUE(LatentSpace::learn({}).is_empty());
}

/// Nobody lies at no place that is a number; returns them.
std::vector<std::vector<float>> expect_sound(const Articles& articles, const LatentSpace& space) {
  std::vector<std::vector<float>> out;
  for (const Terms& article : articles) {
    out.push_back(projected(space, article));
    for (const float x : out.back())
      EXPECT_TRUE(std::isfinite(x));
    const float length = length_of(out.back());
    EXPECT_TRUE(length == 0 || std::abs(length - 1) < 1e-5) << length;
  }
  return out;
}

TEST(LatentSpace, OfIdenticalArticlesIsOnePlace) {
  Random random(11);
  const Articles articles(100, random_terms(random, 60, 1000));
  const auto places = expect_sound(articles, LatentSpace::learn(articles));
  EXPECT_NEAR(cosine(places[0], places[99]), 1, 1e-5);
}

TEST(LatentSpace, OfArticlesOfOneTermEachHasAPlaceForEachTerm) {
  Articles articles;
  for (std::size_t i = 0; i < 90; ++i)
    articles.push_back({{static_cast<TermHash>(1 + i % 10), 1.0F}});
  const auto places = expect_sound(articles, LatentSpace::learn(articles));
  for (std::size_t a = 0; a < 90; ++a) {
    for (std::size_t b = 0; b < a; ++b)
      ASSERT_NEAR(cosine(places[a], places[b]), a % 10 == b % 10 ? 1 : 0, 1e-2) << a << " " << b;
  }
}

TEST(LatentSpace, OfTheSameSingleTermIsOnePlace) {
  const Articles articles(30, Terms{{5, 1.0F}});
  const auto places = expect_sound(articles, LatentSpace::learn(articles));
  EXPECT_NEAR(cosine(places[0], places[29]), 1, 1e-5);
}

TEST(LatentSpace, OfArticlesThatShareNothingKnowsNobody) {
  Articles articles;
  for (std::size_t i = 0; i < 40; ++i)
    articles.push_back({{static_cast<TermHash>(1 + i), 1.0F}});
  for (const auto& place : expect_sound(articles, LatentSpace::learn(articles)))
    EXPECT_EQ(length_of(place), 0) << "a term that stands in one article is no term here";
}

TEST(LatentSpace, OfEmptyArticlesKnowsNobody) {
  Articles articles(50);
  for (const auto& place : expect_sound(articles, LatentSpace::learn(articles)))
    EXPECT_EQ(length_of(place), 0);
  Random random(12);
  const Articles others = themed_articles(random, 50, 5, 8, 0.1);
  articles.insert(articles.end(), others.begin(), others.end());
  const auto places = expect_sound(articles, LatentSpace::learn(articles));
  EXPECT_EQ(length_of(places[0]), 0);
  EXPECT_GT(length_of(places[60]), 0);
}

TEST(LatentSpace, LeavesUnknownTermsOutOfAPlace) {
  Random random(13);
  const Articles articles = themed_articles(random, 60, 6, 8, 0.1);
  const LatentSpace space = LatentSpace::learn(articles);
  Terms with_unknown = articles[0];
  with_unknown.push_back({1000000, 0.7F});
  EXPECT_NEAR(cosine(projected(space, with_unknown), projected(space, articles[0])), 1, 1e-5);
  EXPECT_EQ(length_of(projected(space, {{1000000, 1.0F}})), 0);
}

TEST(LatentSpace, OfOneThemeAndALonerIsSound) {
  // What the loner has stands in one article; there are many fewer directions than columns.
  Random random(14);
  Articles articles(60, random_terms(random, 30, 100));
  articles.push_back({{5000, 1.0F}});
  articles.push_back({{5000, 1.0F}});
  const auto places = expect_sound(articles, LatentSpace::learn(articles));
  EXPECT_NEAR(cosine(places[60], places[61]), 1, 1e-4);
  EXPECT_NEAR(cosine(places[0], places[60]), 0, 1e-2);
}

TEST(Quantize, RoundsToTheNearestOfFourteenBits) {
  const std::vector<float> unit = {1, -1, 0, 0.5F, 1.4F / 16384, 1.6F / 16384, -1.6F / 16384};
  std::vector<std::int16_t> out(unit.size());
  quantize(unit, out);
  EXPECT_EQ(out, (std::vector<std::int16_t>{16384, -16384, 0, 8192, 1, 2, -2}));
}

TEST(Normalize, MakesTheLengthOneUnlessThereIsNone) {
  std::vector<float> vector = {3, 0, -4};
  EXPECT_EQ(length_of(vector), 5);
  EXPECT_TRUE(normalize(vector));
  EXPECT_NEAR(length_of(vector), 1, 1e-6);
  EXPECT_NEAR(vector[2], -0.8, 1e-6);
  std::vector<float> nothing(5, 0.0F);
  EXPECT_FALSE(normalize(nothing));
  EXPECT_EQ(nothing, std::vector<float>(5, 0.0F));
}

}  // namespace
}  // namespace kithkin
