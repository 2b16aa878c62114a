// Labels and clusters become two lists of cluster numbers over the same documents, and metrics.h
// does the rest.
//
//   labels  a b copy                 clusters  {a b c}
//           b d copy
//           c d other
//
//   pairs      ab together and a copy (tp), bd apart (fn), cd apart and no copy (tn)
//   predicted  a b c | d             a c, b c, a d are nobody's judgment: counted only below
//   truth      a b d | c             what positive pairs connect; c is alone
//
// The closure is a reading of the labels, not a fact: where people judged a and b, and b and d,
// nobody judged a and d. The pair measures stay with what was judged.
// Tests: tests/unit/evaluate/evaluate_test.cpp.
#include <cstddef>
#include <optional>
#include <unordered_set>
#include <utility>
#include <variant>

#include <kithkin/evaluate.h>

#include "base/try.h"
#include "evaluate/document_measures.h"
#include "evaluate/evaluation.h"
#include "evaluate/label_meaning.h"
#include "evaluate/labels.h"
#include "evaluate/metrics.h"
#include "evaluate/pair_evaluation.h"
#include "evaluate/prediction.h"
#include "evaluate/text_dedup.h"

namespace kithkin {
namespace {

/// Pairs of the first member of a cluster and the first of each other cluster that meets it there.
std::vector<PairError> list_cells(const ClusterLabels& labels, const Documents& documents,
                                  const Numbers& outer, const Numbers& inner, std::uint64_t most) {
  std::vector<PairError> out;
  std::unordered_set<std::uint64_t> listed;
  for (std::uint32_t i = 0; i < outer.size() && out.size() < most; ++i) {
    const std::uint32_t first = outer[i];
    if (inner[i] == inner[first]) continue;
    if (!listed.insert(std::uint64_t{first} << 32 | inner[i]).second) continue;
    out.push_back({std::string(labels.ids[documents.ids[first]]),
                   std::string(labels.ids[documents.ids[i]]), "", std::nullopt});
  }
  return out;
}

void evaluate_clusters(const ClusterLabels& labels, Numbers ids, const EvaluateOptions& options,
                       const Prediction& prediction, Evaluation& out) {
  const Documents documents = make_documents(std::move(ids), prediction, labels.cluster_of);
  const PairCounts counts = count_pairs(documents.predicted, documents.truth);
  set_pair_measures(counts, out);
  set_document_measures(documents, prediction, counts,
                        text_dedup_scores(documents.predicted, documents.truth), out);
  out.false_positives_listed =
      list_cells(labels, documents, documents.predicted, documents.truth, options.errors);
  out.misses_listed =
      list_cells(labels, documents, documents.truth, documents.predicted, options.errors);
  if (options.resamples == 0) return;
  GroupSums sums(documents.predicted, documents.truth, kColumns);
  set_intervals(documents, PairsOf::documents, 0, options.resamples, sums, out);
}

// --- what the crawl does not hold --------------------------------------------------------------

/// Whether the crawl holds each id; all of them where there is no crawl to ask.
Result<std::vector<bool>> find_known(const NameTable& ids, const ForEachId& crawl,
                                     Evaluation& out) {
  std::vector<bool> known(ids.size(), !crawl);
  if (!crawl) return known;
  KITHKIN_TRY(crawl([&](std::string_view id) {
    if (const auto number = ids.find(id)) known[*number] = true;
  }));
  for (std::uint32_t id = 0; id < ids.size(); ++id) {
    if (known[id]) continue;
    if (out.unknown_ids++ < Evaluation::kMostListed) out.unknown.emplace_back(ids[id]);
  }
  return known;
}

void note_overlaps(const NameTable& ids, const Prediction& prediction, Evaluation& out) {
  out.overlapping_ids = prediction.overlapping.size();
  for (const std::uint32_t id : prediction.overlapping) {
    if (out.overlapping.size() == Evaluation::kMostListed) break;
    out.overlapping.emplace_back(ids[id]);
  }
}

Result<Evaluation> evaluate_kind(PairLabels& labels, const EvaluateOptions& options,
                                 const ForEachId& crawl) {
  Evaluation out;
  KITHKIN_TRY_ASSIGN(const Meanings meanings, find_meanings(labels, options));
  KITHKIN_TRY_ASSIGN(const auto known, find_known(labels.ids, crawl, out));
  if (out.unknown_ids > 0) {
    std::erase_if(labels.rows,
                  [&](const PairLabel& row) { return !known[row.a] || !known[row.b]; });
  }
  KITHKIN_TRY_ASSIGN(const JudgedRows judged, judge(labels, meanings, options.labels));
  KITHKIN_TRY_ASSIGN(const Prediction prediction, read_prediction(options.clusters, labels.ids));
  note_overlaps(labels.ids, prediction, out);
  evaluate_pairs(labels, meanings, judged, prediction, options, out);
  return out;
}

Result<Evaluation> evaluate_kind(ClusterLabels& labels, const EvaluateOptions& options,
                                 const ForEachId& crawl) {
  if (!options.positive.empty() || !options.negative.empty()) {
    return bad_names(options,
                     "--positive and --negative are for labels of pairs; these are "
                     "clusters");
  }
  Evaluation out;
  KITHKIN_TRY_ASSIGN(const auto known, find_known(labels.ids, crawl, out));
  KITHKIN_TRY_ASSIGN(const Prediction prediction, read_prediction(options.clusters, labels.ids));
  note_overlaps(labels.ids, prediction, out);
  Numbers ids;
  for (std::uint32_t id = 0; id < known.size(); ++id) {
    if (known[id]) ids.push_back(id);
  }
  evaluate_clusters(labels, std::move(ids), options, prediction, out);
  return out;
}

}  // namespace

Result<Evaluation> evaluate_labels(const EvaluateOptions& options, const ForEachId& crawl) {
  KITHKIN_TRY_ASSIGN(auto labels, read_labels(options.labels));
  return std::visit([&](auto& kind) { return evaluate_kind(kind, options, crawl); }, labels);
}

Result<Evaluation> evaluate(const EvaluateOptions& options) { return evaluate_labels(options, {}); }

}  // namespace kithkin
