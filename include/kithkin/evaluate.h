// Hold clusters against labels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/result.h>

namespace kithkin {

struct EvaluateOptions {
  std::string labels;                 ///< TSV: "id_a id_b label ..." or "id cluster ..."
  std::string clusters;               ///< clusters.jsonl, or the output directory that holds it
  std::vector<std::string> positive;  ///< pair labels that mean "copies"
  std::vector<std::string> negative;  ///< pair labels that mean "not copies"; empty: all others
};

/// What the label of a pair says.
enum class LabelMeaning : std::uint8_t { positive, negative, ignored };

/// "positive", "negative" or "ignored".
constexpr std::string_view to_string(LabelMeaning meaning) noexcept {
  switch (meaning) {
    case LabelMeaning::positive: return "positive";
    case LabelMeaning::negative: return "negative";
    case LabelMeaning::ignored: return "ignored";
  }
  return "ignored";
}

/// What became of the pairs with one label.
struct LabelOutcome {
  std::string label;
  LabelMeaning meaning = LabelMeaning::ignored;
  std::uint64_t rows = 0;      ///< in the label file, repeated pairs included
  std::uint64_t together = 0;  ///< of these, both ids in one cluster
};

/// A measure that would divide by nothing is 1: where nothing was predicted, precision; where
/// there is nothing to find, recall. docs/cli/evaluate.md defines each measure.
struct Evaluation {
  std::uint64_t labelled_pairs = 0;       ///< pairs judged, each once; of cluster labels all pairs
  std::uint64_t documents = 0;            ///< ids that stand in judged labels
  std::uint64_t clustered_documents = 0;  ///< of these, how many stand in the clusters
  std::uint64_t true_positives = 0, false_positives = 0, false_negatives = 0, true_negatives = 0;
  double pair_precision = 0, pair_recall = 0, pair_f1 = 0;
  double bcubed_precision = 0, bcubed_recall = 0, bcubed_f1 = 0;
  double adjusted_rand = 0;
  std::vector<LabelOutcome> labels;  ///< of pair labels, the most frequent first
};

/// Holds clusters against labels. Ids in no cluster are alone; of an id that stands in two
/// clusters the first counts. With pair labels, a pair is predicted to be copies when both ids are
/// in one cluster, and B-cubed and adjusted Rand are taken over the ids of judged pairs, the true
/// clusters being the transitive closure of the positive pairs. With cluster labels all measures
/// are taken over the labelled ids, and all pairs of them.
/// Labels without `positive` must be 1/0, true/false or yes/no, in any case.
/// Fails with `input` (file:line) where a file cannot be read, makes no sense or contradicts
/// itself, and with invalid_argument where labels need `positive` and have none, or where a name
/// in `positive` or `negative` is no label.
Result<Evaluation> evaluate(const EvaluateOptions& options);

/// The evaluation as one JSON object on one line: the members above under their names.
std::string to_json(const Evaluation& evaluation);

}  // namespace kithkin
