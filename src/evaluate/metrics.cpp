// Agreement is counted from the cells of the contingency table: how many documents are in
// predicted cluster p and in true cluster t. The table is never built. Each document becomes the
// key (p, t), and in sorted order a cell is a run of equal keys, and a cluster a run of cells.
//
//   predicted {a b c} {d e}     keys, sorted:  (1,1) (1,1) (1,2)   (2,2) (2,2)
//   true      {a b} {c d e}     cells:             2        1          2
//
//   pairs:    2 in one cell {ab, de}; 4 predicted, 4 true; 10 in all
//             tp 2, fp 2, fn 2, tn 4: precision 1/2, recall 1/2, F1 1/2
//   B-cubed:  precision ((2*2 + 1*1) / 3 + 2*2 / 2) / 5 = 11/15; recall, turned around, 11/15
//   Rand:     2 (2*4 - 2*2) / (4*6 + 4*6) = 1/6
//
// With n < 2^32 pairs are below 2^63, so all counts are exact in 64 bits, and the two products of
// the adjusted Rand index in 128.
//
// A. Bagga, B. Baldwin, "Algorithms for Scoring Coreference Chains", LREC workshop, 1998.
// L. Hubert, P. Arabie, "Comparing Partitions", Journal of Classification 2, 1985.
// Tests: tests/unit/evaluate/metrics_test.cpp, against all pairs written out.
#include "evaluate/metrics.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

#include "base/radix_sort.h"

namespace kithkin {
namespace {

__extension__ using Wide = __int128;

/// (outer, inner) of every document, sorted.
std::vector<std::uint64_t> sorted_keys(std::span<const std::uint32_t> outer,
                                       std::span<const std::uint32_t> inner) {
  assert(outer.size() == inner.size() && outer.size() <= UINT32_MAX);
  std::vector<std::uint64_t> keys(outer.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = std::uint64_t{outer[i]} << 32 | inner[i];
  }
  radix_sort(keys);
  return keys;
}

/// Calls on_run(run) for every longest run of keys that agree above their lowest `shift` bits.
template <class OnRun>
void for_each_run(std::span<const std::uint64_t> sorted, unsigned shift, OnRun on_run) {
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin + 1;
    while (end < sorted.size() && sorted[end] >> shift == sorted[begin] >> shift)
      ++end;
    on_run(sorted.subspan(begin, end - begin));
    begin = end;
  }
}

constexpr unsigned kOuter = 32, kCell = 0;  // shifts that leave the outer number, the whole key

std::uint64_t pairs_of(std::uint64_t n) { return n < 2 ? 0 : n * (n - 1) / 2; }

std::uint64_t pairs_within(std::span<const std::uint64_t> sorted, unsigned shift) {
  std::uint64_t sum = 0;
  for_each_run(sorted, shift, [&](auto run) { sum += pairs_of(run.size()); });
  return sum;
}

/// The mean over documents of the share of their own cell in their outer cluster. Squares are
/// summed as integers, so that a pure cluster gives its size exactly.
double mean_purity(std::span<const std::uint32_t> outer, std::span<const std::uint32_t> inner) {
  if (outer.empty()) return 1;
  const auto keys = sorted_keys(outer, inner);
  double sum = 0;
  for_each_run(keys, kOuter, [&](auto cluster) {
    std::uint64_t squares = 0;
    for_each_run(cluster, kCell, [&](auto cell) { squares += cell.size() * cell.size(); });
    sum += static_cast<double>(squares) / static_cast<double>(cluster.size());
  });
  return sum / static_cast<double>(outer.size());
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

PairCounts count_pairs(std::span<const std::uint32_t> predicted,
                       std::span<const std::uint32_t> truth) {
  const auto keys = sorted_keys(predicted, truth);
  const std::uint64_t together = pairs_within(keys, kOuter);
  const std::uint64_t both = pairs_within(keys, kCell);
  const std::uint64_t belonging = pairs_within(sorted_keys(truth, predicted), kOuter);
  PairCounts counts;
  counts.true_positives = both;
  counts.false_positives = together - both;
  counts.false_negatives = belonging - both;
  counts.true_negatives = pairs_of(predicted.size()) - together - counts.false_negatives;
  return counts;
}

PairCounts count_pairs(std::span<const JudgedPair> judged,
                       std::span<const std::uint32_t> predicted) {
  PairCounts counts;
  for (const auto& [a, b, positive] : judged) {
    assert(a < predicted.size() && b < predicted.size());
    const bool together = predicted[a] == predicted[b];
    if (together) {
      ++(positive ? counts.true_positives : counts.false_positives);
    } else {
      ++(positive ? counts.false_negatives : counts.true_negatives);
    }
  }
  return counts;
}

Score pair_score(const PairCounts& counts) {
  const auto [tp, fp, fn, tn] = counts;
  return {share(tp, tp + fp), share(tp, tp + fn), share(2 * tp, 2 * tp + fp + fn)};
}

Score bcubed(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> truth) {
  Score score;
  score.precision = mean_purity(predicted, truth);
  score.recall = mean_purity(truth, predicted);
  score.f1 = 2 * score.precision * score.recall / (score.precision + score.recall);
  return score;
}

double purity(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> truth) {
  if (predicted.empty()) return 1;
  const auto keys = sorted_keys(predicted, truth);
  std::uint64_t sum = 0;
  for_each_run(keys, kOuter, [&](auto cluster) {
    std::size_t most = 0;
    for_each_run(cluster, kCell, [&](auto cell) { most = std::max(most, cell.size()); });
    sum += most;
  });
  return share(sum, predicted.size());
}

double adjusted_rand(const PairCounts& all_pairs) {
  const Wide tp = all_pairs.true_positives, fp = all_pairs.false_positives;
  const Wide fn = all_pairs.false_negatives, tn = all_pairs.true_negatives;
  const Wide chance_free = (tp + fn) * (fn + tn) + (tp + fp) * (fp + tn);
  if (chance_free == 0) return 1;  // no pair, or all on one side: the clusterings are equal
  return static_cast<double>(2 * (tp * tn - fp * fn)) / static_cast<double>(chance_free);
}

}  // namespace kithkin
