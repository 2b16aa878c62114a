// See pair_evaluation.h. Tests: tests/unit/evaluate/evaluate_test.cpp.
#include "evaluate/pair_evaluation.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/components.h"
#include "evaluate/document_measures.h"
#include "evaluate/text_dedup.h"

namespace kithkin {
namespace {

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

constexpr std::size_t kTenths = 10;
constexpr std::size_t kMostLabelsWithIntervals = 1000;

class PairEvaluation {
 public:
  PairEvaluation(const PairLabels& labels, const Meanings& meanings, const JudgedRows& judged,
                 const EvaluateOptions& options)
      : labels_(labels), meanings_(meanings), judged_(judged), options_(options) {}

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
                          count_pairs(documents_.predicted, documents_.truth),
                          text_dedup_scores(documents_.predicted, pairs_), out);
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
  const Meanings& meanings_;
  const JudgedRows& judged_;
  const EvaluateOptions& options_;
  Documents documents_;
  Numbers place_;                  // of an id among the documents
  std::vector<JudgedPair> pairs_;  // the judged ones by places
};

}  // namespace

void evaluate_pairs(const PairLabels& labels, const Meanings& meanings, const JudgedRows& judged,
                    const Prediction& prediction, const EvaluateOptions& options, Evaluation& out) {
  PairEvaluation(labels, meanings, judged, options).measure(prediction, out);
}

}  // namespace kithkin
