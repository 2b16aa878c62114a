// Options to a recipe, and what the recipe promises.
#include "engine/recipe.h"

#include <algorithm>
#include <cmath>

#include <kithkin/text.h>

#include "base/try.h"
#include "match/shingle_index.h"
#include "match/verify.h"
#include "sketch/banding.h"

namespace kithkin {
namespace {

constexpr double kRecallTarget = 0.95;
constexpr std::uint32_t kSignatureLength = 128;

}  // namespace

Result<Recipe> make_recipe(const DeduplicateOptions& options) {
  KITHKIN_TRY(check_matching(options.match, options.shingle));
  if (options.keep == Keep::source && options.sources.empty()) {
    return Error{ErrorCode::invalid_argument,
                 "keeping by source needs the sources, best first: source:a,b,c", "", 0};
  }
  Recipe recipe;
  recipe.unicode = unicode_version();
  recipe.shingle = options.shingle;
  recipe.sketch = options.sketch;
  recipe.seed = options.seed;
  if (options.sketch == SketchKind::simhash) {
    recipe.length = 64;
    recipe.bands = kHammingTables;
    recipe.rows = kMostDistance;
  } else {
    const Banding banding =
        choose_banding(kSignatureLength, options.match.threshold, kRecallTarget);
    recipe.length = kSignatureLength;
    recipe.bands = banding.bands;
    recipe.rows = banding.rows;
  }
  return recipe;
}

double predicted_recall(const Recipe& recipe, double resemblance) {
  if (recipe.sketch == SketchKind::simhash) return hamming_recall(resemblance);
  return band_recall({recipe.bands, recipe.rows}, resemblance);
}

double resemblance_of_contained(double containment, double length_ratio) {
  return containment / (1 + length_ratio - containment);
}

double predicted_recall_of_contained(const Recipe& recipe, double containment,
                                     double length_ratio) {
  constexpr double kReach = double{ShingleIndex::kHeld} / ShingleIndex::kLooked;
  const double shared = containment * ShingleIndex::kLooked * std::min(1.0, kReach / length_ratio);
  double too_few = std::exp(-shared);
  if (shared_needed(containment) > 1) too_few *= 1 + shared;
  const double by_bands =
      predicted_recall(recipe, resemblance_of_contained(containment, length_ratio));
  return 1 - (1 - by_bands) * too_few;
}

}  // namespace kithkin
