// See document_measures.h. Tests: tests/unit/evaluate/evaluate_test.cpp.
#include "evaluate/document_measures.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/radix_sort.h"

namespace kithkin {
namespace {

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

double weight_of_pairs(std::size_t n) {
  return static_cast<double>(n) * static_cast<double>(n - 1) / 2;
}

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
      if (counts_cells) sums.add(member, kBoth, weight_of_pairs(size));
    }
    sums.add(member, pairs, weight_of_pairs(end - begin));
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

}  // namespace

Documents make_documents(Numbers ids, const Prediction& prediction, const Numbers& truth_of) {
  Documents out;
  out.predicted = by_first_member(ids, prediction.cluster_of);
  out.truth = by_first_member(ids, truth_of);
  out.ids = std::move(ids);
  return out;
}

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
                           const PairCounts& all_pairs, const TextDedupScores& text_dedup,
                           Evaluation& out) {
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
  out.text_dedup_macro_f1 = text_dedup.macro_f1;
  out.text_dedup_accuracy = text_dedup.accuracy;
}

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

}  // namespace kithkin
