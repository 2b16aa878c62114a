// How well one clustering agrees with another: pairwise precision and recall, B-cubed, adjusted
// Rand. Pure functions of spans; they own nothing, and any thread may call them.
//
// A clustering of n documents is a span of n cluster numbers, n < 2^32: documents i and j are
// together where their numbers are equal. Which numbers are used says nothing more.
//
// Where a measure divides by nothing, nothing was done wrong and it is 1: the precision of no
// predictions, the recall where there is nothing to find, everything over no documents. So two
// clusterings of only singletons agree fully, and all singletons against true clusters have
// pairwise precision 1, recall 0, F1 0.
#pragma once

#include <cstdint>
#include <span>

namespace kithkin {

/// Pairs of documents by what was predicted ("positive": together) and whether that is true.
struct PairCounts {
  std::uint64_t true_positives = 0, false_positives = 0;
  std::uint64_t false_negatives = 0, true_negatives = 0;

  bool operator==(const PairCounts&) const = default;
};

/// Two documents, numbered from 0, and whether a label says that they belong together.
struct JudgedPair {
  std::uint32_t a = 0, b = 0;
  bool positive = false;
};

struct Score {
  double precision = 1, recall = 1, f1 = 1;
};

/// Counts all n(n-1)/2 pairs of documents. The spans have equal size. O(n log n) time, 8n bytes;
/// exact.
PairCounts count_pairs(std::span<const std::uint32_t> predicted,
                       std::span<const std::uint32_t> truth);

/// Counts the judged pairs only, each as often as it stands there. Their numbers are below
/// predicted.size(). O(pairs).
PairCounts count_pairs(std::span<const JudgedPair> judged,
                       std::span<const std::uint32_t> predicted);

/// Precision tp / (tp + fp), recall tp / (tp + fn), F1 2 tp / (2 tp + fp + fn).
Score pair_score(const PairCounts& counts);

/// B-cubed (Bagga & Baldwin 1998): the mean over documents of the share of a document's predicted
/// cluster that is truly with it (precision), and of its true cluster that was predicted to be
/// with it (recall). The spans have equal size. O(n log n) time, 8n bytes.
Score bcubed(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> truth);

/// Purity: the share of documents that belong to the true cluster which most documents of their
/// predicted cluster belong to. Inverse purity is this with the spans exchanged. O(n), 16n bytes.
double purity(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> truth);

/// The adjusted Rand index (Hubert & Arabie 1985) from the counts of all pairs: 1 for equal
/// clusterings, 0 in the mean for chance, below 0 for worse. O(1); one rounding at the end.
double adjusted_rand(const PairCounts& all_pairs);

}  // namespace kithkin
