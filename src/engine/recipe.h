// What the engine needs to know of recipes beyond the public make_recipe() and predicted_recall().
#pragma once

#include <kithkin/deduplicate.h>
#include <kithkin/recipe.h>

namespace kithkin {

/// The resemblance of a text that stands to this share in another one `length_ratio` times as long.
double resemblance_of_contained(double containment, double length_ratio);

/// The chance that such a text is proposed with the longer one: by the bands, or by the shingles it
/// looks up (match/shingle_index.h) where they number as many as they do on average.
double predicted_recall_of_contained(const Recipe& recipe, double containment, double length_ratio);

}  // namespace kithkin
