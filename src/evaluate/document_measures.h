// The measured documents as two clusterings of them, what follows from these, and how sure it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <kithkin/evaluate.h>

#include "evaluate/bootstrap.h"
#include "evaluate/metrics.h"
#include "evaluate/prediction.h"
#include "evaluate/text_dedup.h"

namespace kithkin {

using Numbers = std::vector<std::uint32_t>;

/// The documents that are measured, numbered from 0, with the first member of the cluster that
/// each is in: what all measures are taken from.
struct Documents {
  Numbers ids;  ///< number of the id, ascending
  Numbers predicted, truth;
};

/// `ids` ascend; `truth_of` is by number of the id.
Documents make_documents(Numbers ids, const Prediction& prediction, const Numbers& truth_of);

/// Sets the four counts and what is taken from them.
void set_pair_measures(const PairCounts& counts, Evaluation& out);

/// Sets what is taken over documents; `all_pairs` counts all pairs of them.
void set_document_measures(const Documents& documents, const Prediction& prediction,
                           const PairCounts& all_pairs, const TextDedupScores& text_dedup,
                           Evaluation& out);

/// Columns of GroupSums: first these, then two for each share that is asked for.
enum Column : std::size_t {
  kDocuments,
  kBoth,       // pairs together in both
  kTogether,   // pairs predicted to be together
  kBelonging,  // pairs truly together
  kPrecision,
  kRecall,  // sums of B-cubed
  kPure,
  kInversePure,  // documents
  kTruePositives,
  kFalsePositives,
  kFalseNegatives,
  kColumns
};

/// Which pairs the pair measures are of: judged ones, or all of the documents.
enum class PairsOf : std::uint8_t { judgments, documents };

/// Takes the sums of documents, sets the intervals, and returns those of the shares; none where
/// there are too few groups.
std::vector<Interval> set_intervals(const Documents& documents, PairsOf kind, std::size_t shares,
                                    std::uint32_t resamples, GroupSums& sums, Evaluation& out);

}  // namespace kithkin
