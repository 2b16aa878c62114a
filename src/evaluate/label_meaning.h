// What labels of pairs say: which mean copies, and what they say of a pair when they say it twice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <kithkin/evaluate.h>

#include "evaluate/labels.h"
#include "evaluate/metrics.h"

namespace kithkin {

using Meanings = std::vector<LabelMeaning>;  // by number of the label

/// The labels of a file with their frequency, the most frequent first, then bytewise.
std::vector<LabelOutcome> count_labels(const PairLabels& labels);

/// What each label means, by `positive` and `negative` or by itself. Fails with invalid_argument,
/// listing the labels.
Result<Meanings> find_meanings(const PairLabels& labels, const EvaluateOptions& options);

/// The pairs that are judged, each once, by (a, b).
struct JudgedRows {
  std::vector<JudgedPair> pairs;
  std::vector<std::uint32_t> rows;  ///< in PairLabels::rows, where each was said first
  std::uint64_t repeated = 0;       ///< rows that were not needed
};

/// Fails with `input` where a pair is judged in two ways, naming both lines.
Result<JudgedRows> judge(const PairLabels& labels, const Meanings& meanings,
                         const std::string& file);

/// An error about names of labels, with their file.
Error bad_names(const EvaluateOptions& options, std::string message);

}  // namespace kithkin
