// What became of the pairs that people judged: all of them, by label, and by true resemblance.
#pragma once

#include <kithkin/evaluate.h>

#include "evaluate/label_meaning.h"
#include "evaluate/labels.h"
#include "evaluate/prediction.h"

namespace kithkin {

/// Sets all measures but what is odd about the files. `judged` and `meanings` are those of
/// `labels`.
void evaluate_pairs(const PairLabels& labels, const Meanings& meanings, const JudgedRows& judged,
                    const Prediction& prediction, const EvaluateOptions& options, Evaluation& out);

}  // namespace kithkin
