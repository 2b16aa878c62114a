// From options to a recipe, and what two recipes say of each other.
#include "engine/recipe.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <kithkin/text.h>

namespace kithkin {
namespace {

Result<Recipe> recipe_at(double threshold) {
  DeduplicateOptions options;
  options.match.threshold = threshold;
  return make_recipe(options);
}

using Change = std::function<void(DeduplicateOptions&)>;

void expect_invalid(const Change& change) {
  DeduplicateOptions options;
  change(options);
  const auto recipe = make_recipe(options);
  ASSERT_FALSE(recipe);
  EXPECT_EQ(recipe.error().code, ErrorCode::invalid_argument);
  EXPECT_FALSE(recipe.error().message.empty());
}

void expect_valid(const Change& change) {
  DeduplicateOptions options;
  change(options);
  EXPECT_TRUE(make_recipe(options));
}

TEST(MakeRecipe, TurnsTheThresholdIntoBandsAndRows) {
  struct Row {
    double threshold;
    std::uint32_t bands, rows;
  };
  for (const Row& row : {Row{.3, 64, 2}, Row{.5, 42, 3}, Row{.6, 32, 4}, Row{.7, 25, 5},
                         Row{.8, 18, 7}, Row{.9, 10, 12}, Row{1, 1, 128}}) {
    const auto recipe = recipe_at(row.threshold);
    ASSERT_TRUE(recipe);
    EXPECT_EQ(recipe->bands, row.bands) << row.threshold;
    EXPECT_EQ(recipe->rows, row.rows) << row.threshold;
    EXPECT_EQ(recipe->length, 128U);
  }
}

TEST(MakeRecipe, KeepsItsPromiseOfRecallAtTheThreshold) {
  for (int percent = 3; percent <= 100; ++percent) {  // below, 128 minima cannot
    const auto recipe = recipe_at(percent / 100.0);
    ASSERT_TRUE(recipe);
    EXPECT_GE(predicted_recall(*recipe, percent / 100.0), .95) << percent;
    EXPECT_LE(recipe->bands * recipe->rows, recipe->length);
  }
}

TEST(MakeRecipe, CarriesWhatWasChosen) {
  DeduplicateOptions options;
  options.shingle = 3;
  options.seed = 42;
  const auto recipe = make_recipe(options);
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->shingle, 3U);
  EXPECT_EQ(recipe->seed, 42U);
  EXPECT_EQ(recipe->sketch, SketchKind::minhash);
  EXPECT_EQ(recipe->unicode, unicode_version());
}

TEST(MakeRecipe, OfSimHashHasSixtyFourBitsInTwentyTables) {
  DeduplicateOptions options;
  options.sketch = SketchKind::simhash;
  const auto recipe = make_recipe(options);
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->sketch, SketchKind::simhash);
  EXPECT_EQ(recipe->length, 64U);
  EXPECT_EQ(recipe->bands, 20U);
  EXPECT_EQ(recipe->rows, 3U);
}

TEST(MakeRecipe, RefusesWhatIsOutOfRange) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double threshold : {0.0, -.1, 1.01, nan})
    expect_invalid([=](DeduplicateOptions& o) { o.match.threshold = threshold; });
  for (const double containment : {-.1, 1.01, nan})
    expect_invalid([=](DeduplicateOptions& o) { o.match.containment = containment; });
  for (const std::uint32_t shingle : {0U, 65U})
    expect_invalid([=](DeduplicateOptions& o) { o.shingle = shingle; });
  expect_invalid([](DeduplicateOptions& o) { o.keep = Keep::source; });
}

TEST(MakeRecipe, TakesTheEndsOfTheRanges) {
  for (const double threshold : {1e-9, 1.0})
    expect_valid([=](DeduplicateOptions& o) { o.match.threshold = threshold; });
  for (const double containment : {0.0, 1.0})
    expect_valid([=](DeduplicateOptions& o) { o.match.containment = containment; });
  for (const std::uint32_t shingle : {1U, 64U})
    expect_valid([=](DeduplicateOptions& o) { o.shingle = shingle; });
  expect_valid([](DeduplicateOptions& o) {
    o.keep = Keep::source;
    o.sources = {"a"};
  });
}

TEST(MakeRecipe, TheDoorsRefuseTheSame) {
  DeduplicateOptions options;
  options.shingle = 0;
  EXPECT_FALSE(Deduplicator::create(options));
  EXPECT_FALSE(deduplicate({}, options));
}

TEST(PredictedRecall, RisesWithResemblance) {
  for (const SketchKind sketch : {SketchKind::minhash, SketchKind::simhash}) {
    DeduplicateOptions options;
    options.sketch = sketch;
    const Recipe recipe = make_recipe(options).value();
    for (int percent = 1; percent <= 100; ++percent) {
      EXPECT_GE(predicted_recall(recipe, percent / 100.0),
                predicted_recall(recipe, (percent - 1) / 100.0));
    }
    EXPECT_NEAR(predicted_recall(recipe, 0), 0, 1e-12);
    EXPECT_NEAR(predicted_recall(recipe, 1), 1, 1e-12);
  }
}

TEST(FirstDifference, IsEmptyBetweenEquals) { EXPECT_EQ(first_difference({}, {}), ""); }

TEST(FirstDifference, NamesTheFieldAndBothValues) {
  const Recipe base;
  const std::vector<std::pair<std::string, std::function<void(Recipe&)>>> changes = {
      {"normalizer: nfkc-casefold+marks+arabic/1 and x", [](Recipe& r) { r.normalizer = "x"; }},
      {"unicode:  and 14.0", [](Recipe& r) { r.unicode = "14.0"; }},
      {"cleaning: none and x", [](Recipe& r) { r.cleaning = "x"; }},
      {"tokenizer: uax29+bigrams/2 and x", [](Recipe& r) { r.tokenizer = "x"; }},
      {"shingle: 5 and 3", [](Recipe& r) { r.shingle = 3; }},
      {"sketch: minhash and simhash", [](Recipe& r) { r.sketch = SketchKind::simhash; }},
      {"seed: 1 and 2", [](Recipe& r) { r.seed = 2; }},
      {"length: 128 and 64", [](Recipe& r) { r.length = 64; }},
      {"bands: 32 and 20", [](Recipe& r) { r.bands = 20; }},
      {"rows: 4 and 3", [](Recipe& r) { r.rows = 3; }}};
  Recipe all_before = base;
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    Recipe one = base;
    change->second(one);
    EXPECT_EQ(first_difference(base, one), change->first);
    change->second(all_before);  // and of many, the first
    EXPECT_EQ(first_difference(base, all_before), change->first);
    EXPECT_FALSE(one == base);
  }
}

TEST(ResemblanceOfContained, FollowsFromSizes) {
  // 80 of 100 shingles stand in a text of 250: 80 / (100 + 250 - 80).
  EXPECT_DOUBLE_EQ(resemblance_of_contained(.8, 2.5), 80.0 / 270);
  EXPECT_DOUBLE_EQ(resemblance_of_contained(1, 1), 1);
  // By the shingles looked up alone, at a ratio where bands find nothing: a Poisson distribution.
  const Recipe recipe = *make_recipe({});
  const double shared = .9 * 7;
  EXPECT_NEAR(predicted_recall_of_contained(recipe, .9, 8.9), 1 - std::exp(-shared) * (1 + shared),
              .001);
  EXPECT_GT(predicted_recall_of_contained(recipe, .9, 1), .9999);
  EXPECT_LT(predicted_recall_of_contained(recipe, .9, 100), .2);
}

}  // namespace
}  // namespace kithkin
