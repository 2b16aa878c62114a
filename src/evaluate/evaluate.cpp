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
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>
#include <variant>

#include <kithkin/evaluate.h>

#include "base/components.h"
#include "base/radix_sort.h"
#include "base/try.h"
#include "evaluate/bootstrap.h"
#include "evaluate/evaluation.h"
#include "evaluate/label_meaning.h"
#include "evaluate/labels.h"
#include "evaluate/metrics.h"
#include "evaluate/prediction.h"
#include "evaluate/text_dedup.h"

namespace kithkin {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// The documents that are measured, numbered from 0, with the first member of the cluster that
/// each is in: what all measures are taken from.
struct Documents {
  Numbers ids;  ///< number of the id, ascending
  Numbers predicted, truth;
};

/// Clusters by the number of their first member.
Numbers by_first_member(const Numbers& documents, const Numbers& cluster_of) {
  Numbers first(cluster_of.size(), UINT32_MAX), out;
  out.reserve(documents.size());
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    const std::uint32_t cluster = cluster_of[documents[i]];
    if (cluster >= first.size()) first.resize(std::size_t{cluster} + 1, UINT32_MAX);
    if (first[cluster] == UINT32_MAX) first[cluster] = i;
    out.push_back(first[cluster]);
  }
  return out;
}

Documents make_documents(Numbers ids, const Prediction& prediction, const Numbers& truth_of) {
  Documents out;
  out.predicted = by_first_member(ids, prediction.cluster_of);
  out.truth = by_first_member(ids, truth_of);
  out.ids = std::move(ids);
  return out;
}

/// The clusters that the positive pairs make.
Numbers connect(std::span<const JudgedPair> judged, std::size_t ids) {
  Numbers parent(ids);
  Components components(parent);
  for (const JudgedPair& pair : judged) {
    if (pair.positive) components.join(pair.a, pair.b);
  }
  for (std::uint32_t id = 0; id < ids; ++id)
    parent[id] = components.find(id);
  return parent;
}

/// The ids of judged pairs, ascending.
Numbers ids_of(std::span<const JudgedPair> judged, std::size_t ids) {
  std::vector<bool> is_judged(ids, false);
  for (const auto& pair : judged)
    is_judged[pair.a] = is_judged[pair.b] = true;
  Numbers out;
  for (std::uint32_t id = 0; id < ids; ++id) {
    if (is_judged[id]) out.push_back(id);
  }
  return out;
}

// --- the measures ------------------------------------------------------------------------------

void set_pair_measures(const PairCounts& counts, Evaluation& out) {
  const auto [tp, fp, fn, tn] = counts;
  out.true_positives = tp;
  out.false_positives = fp;
  out.false_negatives = fn;
  out.true_negatives = tn;
  out.labelled_pairs = tp + fp + fn + tn;
  const Score score = pair_score(counts);
  out.pair_precision = score.precision;
  out.pair_recall = score.recall;
  out.pair_f1 = score.f1;
}

void set_document_measures(const Documents& documents, const Prediction& prediction,
                           const PairCounts& all_pairs, Evaluation& out) {
  for (const std::uint32_t id : documents.ids)
    out.clustered_documents += prediction.clustered[id];
  out.documents = documents.ids.size();
  const Score score = bcubed(documents.predicted, documents.truth);
  out.bcubed_precision = score.precision;
  out.bcubed_recall = score.recall;
  out.bcubed_f1 = score.f1;
  out.adjusted_rand = adjusted_rand(all_pairs);
  out.purity = purity(documents.predicted, documents.truth);
  out.inverse_purity = purity(documents.truth, documents.predicted);
}

void set_text_dedup(const TextDedupScores& scores, Evaluation& out) {
  out.text_dedup_macro_f1 = scores.macro_f1;
  out.text_dedup_accuracy = scores.accuracy;
}

// --- how sure they are -------------------------------------------------------------------------

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

double pairs_of(std::size_t n) { return static_cast<double>(n) * static_cast<double>(n - 1) / 2; }

/// Adds what one clustering's clusters say; those of `inner` are its cells.
void add_clusters(const Numbers& outer, const Numbers& inner, Column pairs, Column shares,
                  Column pure, bool counts_cells, GroupSums& sums) {
  std::vector<std::uint64_t> keys(outer.size());
  for (std::size_t i = 0; i < keys.size(); ++i)
    keys[i] = std::uint64_t{outer[i]} << 32 | inner[i];
  radix_sort(keys);
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    const auto member = static_cast<std::uint32_t>(keys[begin] >> 32);
    std::size_t most = 0;
    double squares = 0;
    while (end < keys.size() && keys[end] >> 32 == member) {
      const std::size_t cell = end;
      while (end < keys.size() && keys[end] == keys[cell])
        ++end;
      const std::size_t size = end - cell;
      most = std::max(most, size);
      squares += static_cast<double>(size) * static_cast<double>(size);
      if (counts_cells) sums.add(member, kBoth, pairs_of(size));
    }
    sums.add(member, pairs, pairs_of(end - begin));
    sums.add(member, shares, squares / static_cast<double>(end - begin));
    sums.add(member, pure, static_cast<double>(most));
  }
}

double quotient(double part, double whole) { return whole == 0 ? 1 : part / whole; }

double adjusted_rand_of(std::span<const double> s) {
  const double tp = s[kBoth], fp = s[kTogether] - tp, fn = s[kBelonging] - tp;
  const double tn = s[kDocuments] * (s[kDocuments] - 1) / 2 - tp - fp - fn;
  return quotient(2 * (tp * tn - fp * fn), (tp + fn) * (fn + tn) + (tp + fp) * (fp + tn));
}

/// Which pairs the pair measures are of: judged ones, or all of the documents.
enum class PairsOf : std::uint8_t { judgments, documents };

/// The measures of a resample in the order of Intervals, then the shares.
void measure_resample(PairsOf kind, std::span<const double> s, std::span<double> out) {
  const bool is_judged = kind == PairsOf::judgments;
  const double tp = is_judged ? s[kTruePositives] : s[kBoth];
  const double fp = is_judged ? s[kFalsePositives] : s[kTogether] - tp;
  const double fn = is_judged ? s[kFalseNegatives] : s[kBelonging] - tp;
  const double precision = quotient(s[kPrecision], s[kDocuments]);
  const double recall = quotient(s[kRecall], s[kDocuments]);
  const double fixed[] = {quotient(tp, tp + fp),
                          quotient(tp, tp + fn),
                          quotient(2 * tp, 2 * tp + fp + fn),
                          precision,
                          recall,
                          quotient(2 * precision * recall, precision + recall),
                          adjusted_rand_of(s),
                          quotient(s[kPure], s[kDocuments]),
                          quotient(s[kInversePure], s[kDocuments])};
  std::copy(std::begin(fixed), std::end(fixed), out.begin());
  for (std::size_t i = std::size(fixed); i < out.size(); ++i) {
    const std::size_t column = kColumns + 2 * (i - std::size(fixed));
    out[i] = quotient(s[column], s[column + 1]);
  }
}

constexpr std::size_t kFixedMeasures = 9;

/// Takes the sums of documents, sets the intervals, and returns those of the shares; none where
/// there are too few groups.
std::vector<Interval> set_intervals(const Documents& documents, PairsOf kind, std::size_t shares,
                                    std::uint32_t resamples, GroupSums& sums, Evaluation& out) {
  if (sums.bins() < GroupSums::kLeast) return {};
  for (std::uint32_t i = 0; i < documents.ids.size(); ++i)
    sums.add(i, kDocuments, 1);
  add_clusters(documents.predicted, documents.truth, kTogether, kPrecision, kPure, true, sums);
  add_clusters(documents.truth, documents.predicted, kBelonging, kRecall, kInversePure, false,
               sums);
  auto intervals = sums.intervals(
      resamples, kFixedMeasures + shares,
      [kind](auto sums_drawn, auto values) { measure_resample(kind, sums_drawn, values); });
  out.intervals = Intervals{intervals[0], intervals[1], intervals[2], intervals[3], intervals[4],
                            intervals[5], intervals[6], intervals[7], intervals[8]};
  intervals.erase(intervals.begin(), intervals.begin() + kFixedMeasures);
  return intervals;
}

// --- labels of pairs ---------------------------------------------------------------------------

constexpr std::size_t kTenths = 10;
constexpr std::size_t kMostLabelsWithIntervals = 1000;

/// Measures labels of pairs, step by step.
class PairEvaluation {
 public:
  PairEvaluation(const PairLabels& labels, const EvaluateOptions& options)
      : labels_(labels), options_(options) {}

  Result<void> read_meanings() {
    KITHKIN_TRY_ASSIGN(meanings_, find_meanings(labels_, options_));
    return {};
  }

  Result<void> judge_pairs() {
    KITHKIN_TRY_ASSIGN(judged_, judge(labels_, meanings_, options_.labels));
    return {};
  }

  void measure(const Prediction& prediction, Evaluation& out) {
    documents_ = make_documents(ids_of(judged_.pairs, labels_.ids.size()), prediction,
                                connect(judged_.pairs, labels_.ids.size()));
    place_.assign(labels_.ids.size(), 0);
    for (std::uint32_t i = 0; i < documents_.ids.size(); ++i)
      place_[documents_.ids[i]] = i;
    pairs_ = judged_.pairs;
    for (JudgedPair& pair : pairs_)
      pair = {place_[pair.a], place_[pair.b], pair.positive};
    set_pair_measures(count_pairs(pairs_, documents_.predicted), out);
    set_document_measures(documents_, prediction,
                          count_pairs(documents_.predicted, documents_.truth), out);
    set_text_dedup(text_dedup_scores(documents_.predicted, pairs_), out);
    out.repeated_pairs = judged_.repeated;
    set_labels(prediction, out);
    set_resemblance(out);
    list_errors(out);
    if (options_.resamples > 0) set_pair_intervals(prediction, out);
  }

 private:
  [[nodiscard]] bool together(const JudgedPair& pair) const {
    return documents_.predicted[pair.a] == documents_.predicted[pair.b];
  }
  [[nodiscard]] const PairLabel& row_of(std::size_t pair) const {
    return labels_.rows[judged_.rows[pair]];
  }
  /// The tenth that the true resemblance of a positive pair lies in.
  [[nodiscard]] std::optional<std::size_t> tenth(std::size_t pair) const {
    const float resemblance = row_of(pair).resemblance;
    if (!pairs_[pair].positive || resemblance < 0) return std::nullopt;
    return std::min(static_cast<std::size_t>(resemblance * kTenths), kTenths - 1);
  }

  void set_labels(const Prediction& prediction, Evaluation& out) const {
    std::vector<std::uint64_t> together(labels_.labels.size());
    for (const auto& row : labels_.rows)
      together[row.label] += prediction.cluster_of[row.a] == prediction.cluster_of[row.b];
    out.labels = count_labels(labels_);
    for (LabelOutcome& outcome : out.labels) {
      const std::uint32_t label = *labels_.labels.find(outcome.label);
      outcome.meaning = meanings_[label];
      outcome.together = together[label];
    }
  }

  void set_resemblance(Evaluation& out) const {
    std::vector<ResemblanceOutcome> tenths(kTenths);
    bool any = false;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const auto at = tenth(i);
      if (!at) continue;
      any = true;
      ++tenths[*at].pairs;
      tenths[*at].together += together(pairs_[i]);
    }
    if (!any) return;
    for (std::size_t i = 0; i < kTenths; ++i) {
      tenths[i].low = static_cast<double>(i) / kTenths;
      tenths[i].high = static_cast<double>(i + 1) / kTenths;
    }
    out.resemblance = std::move(tenths);
  }

  void list_errors(Evaluation& out) const {
    std::vector<std::uint32_t> wrong[2];  // rows; misses, false positives
    for (std::size_t i = 0; options_.errors > 0 && i < pairs_.size(); ++i) {
      const bool is_together = together(pairs_[i]);
      if (is_together != pairs_[i].positive) wrong[is_together].push_back(judged_.rows[i]);
    }
    for (auto& rows : wrong) {
      std::sort(rows.begin(), rows.end());
      rows.resize(std::min<std::uint64_t>(rows.size(), options_.errors));
      auto& list = &rows == &wrong[1] ? out.false_positives_listed : out.misses_listed;
      for (const std::uint32_t row : rows) {
        const PairLabel& label = labels_.rows[row];
        list.push_back({std::string(labels_.ids[label.a]), std::string(labels_.ids[label.b]),
                        std::string(labels_.labels[label.label]), std::nullopt});
        if (label.resemblance >= 0) list.back().resemblance = label.resemblance;
      }
    }
  }

  /// Intervals of the measures, of the labels and of the tenths.
  void set_pair_intervals(const Prediction& prediction, Evaluation& out) const {
    const std::size_t labels = out.labels.size() > kMostLabelsWithIntervals ? 0 : out.labels.size();
    const std::size_t shares = labels + out.resemblance.size();
    GroupSums sums(documents_.predicted, documents_.truth, kColumns + 2 * shares);
    const auto add_share = [&](std::uint32_t document, std::size_t share, bool part) {
      sums.add(document, kColumns + 2 * share, part ? 1 : 0);
      sums.add(document, kColumns + 2 * share + 1, 1);
    };
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const JudgedPair& pair = pairs_[i];
      if (together(pair))
        sums.add(pair.a, pair.positive ? kTruePositives : kFalsePositives, 1);
      else if (pair.positive)
        sums.add(pair.a, kFalseNegatives, 1);
      if (const auto at = tenth(i)) add_share(pair.a, labels + *at, together(pair));
    }
    std::vector<std::size_t> place_of_label(labels_.labels.size());
    for (std::size_t i = 0; i < labels; ++i)
      place_of_label[*labels_.labels.find(out.labels[i].label)] = i;
    for (const PairLabel& row : labels_.rows) {
      if (labels == 0 || meanings_[row.label] == LabelMeaning::ignored) continue;
      add_share(place_[row.a], place_of_label[row.label],
                prediction.cluster_of[row.a] == prediction.cluster_of[row.b]);
    }
    const auto intervals =
        set_intervals(documents_, PairsOf::judgments, shares, options_.resamples, sums, out);
    if (intervals.empty()) return;
    for (std::size_t i = 0; i < labels; ++i) {
      if (out.labels[i].meaning != LabelMeaning::ignored) out.labels[i].interval = intervals[i];
    }
    for (std::size_t i = 0; i < out.resemblance.size(); ++i) {
      if (out.resemblance[i].pairs > 0) out.resemblance[i].interval = intervals[labels + i];
    }
  }

  const PairLabels& labels_;
  const EvaluateOptions& options_;
  Meanings meanings_;
  JudgedRows judged_;
  Documents documents_;
  Numbers place_;                  // of an id among the documents
  std::vector<JudgedPair> pairs_;  // the judged ones by places
};

// --- labels of documents -----------------------------------------------------------------------

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
  set_document_measures(documents, prediction, counts, out);
  set_text_dedup(text_dedup_scores(documents.predicted, documents.truth), out);
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
  PairEvaluation evaluation(labels, options);
  KITHKIN_TRY(evaluation.read_meanings());
  KITHKIN_TRY_ASSIGN(const auto known, find_known(labels.ids, crawl, out));
  if (out.unknown_ids > 0) {
    std::erase_if(labels.rows,
                  [&](const PairLabel& row) { return !known[row.a] || !known[row.b]; });
  }
  KITHKIN_TRY(evaluation.judge_pairs());
  KITHKIN_TRY_ASSIGN(const Prediction prediction, read_prediction(options.clusters, labels.ids));
  note_overlaps(labels.ids, prediction, out);
  evaluation.measure(prediction, out);
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
