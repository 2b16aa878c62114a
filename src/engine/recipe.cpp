// Options to a recipe, and what the recipe promises.
#include "engine/recipe.h"

#include <algorithm>
#include <cmath>

#include <kithkin/text.h>

#include "sketch/banding.h"

namespace kithkin {
namespace {

constexpr double kRecallTarget = 0.95;
constexpr std::uint32_t kSignatureLength = 128;

Error invalid(std::string message) {
  return {ErrorCode::invalid_argument, std::move(message), "", 0};
}

}  // namespace

Result<Recipe> make_recipe(const DeduplicateOptions& options) {
  if (!(options.match.threshold > 0 && options.match.threshold <= 1)) {
    return invalid("the threshold is a resemblance over 0 and at most 1");
  }
  if (!(options.match.containment >= 0 && options.match.containment <= 1)) {
    return invalid("the containment threshold lies between 0 (off) and 1");
  }
  if (options.shingle < 1 || options.shingle > 64) return invalid("a shingle has 1 to 64 tokens");
  if (options.keep == Keep::source && options.sources.empty()) {
    return invalid("keeping by source needs the sources, best first: source:a,b,c");
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

}  // namespace kithkin
