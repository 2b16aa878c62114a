// The two scores that text-dedup publishes, as its evaluator takes them
// (benchmarks/benchmark_core.py and utils.py of github.com/ChenghaoMou/text-dedup; the same in its
// earlier tests/benchmark_core.py).
//
// A document has a set of labelled copies and a set of found ones, itself in neither. It is
//   TP  where some were found, some are labelled, and all the labelled are among the found
//   FP  where some were found otherwise      FN  none found, some labelled      TN  neither
// "Macro F1" is (TP / (TP + FP) + TN / (TN + FN)) / 2: no F1, but the mean of two precisions, and a
// found copy too many costs nothing. Accuracy is the share of documents whose two sets are equal.
#pragma once

#include <cstdint>
#include <span>

#include "evaluate/metrics.h"

namespace kithkin {

struct TextDedupScores {
  double macro_f1 = 0, accuracy = 0;  ///< a quotient of nothing is 0 in the first, 1 in the second
};

/// The labelled copies are the others of a true cluster. The spans have equal size. O(n).
TextDedupScores text_dedup_scores(std::span<const std::uint32_t> predicted,
                                  std::span<const std::uint32_t> truth);

/// The labelled copies are those of positive pairs, taken as they are and not as connected.
/// `predicted` is by document, and `pairs` are each given once.
TextDedupScores text_dedup_scores(std::span<const std::uint32_t> predicted,
                                  std::span<const JudgedPair> pairs);

}  // namespace kithkin
