// How sure a score is: what it would be on other documents like these.
//
// What belongs or was found together is one group, and groups are what could have come out
// otherwise: documents and pairs inside one are not independent. So groups are drawn with
// replacement, as many as there are, and each measure is taken anew (Efron 1979).
//
//   labels  {a b} {c d} {e}    clusters  {a b c} {d} {e}     groups  {a b c d}  {e}
//
// All measures are quotients of sums over groups, so a group is a row of counts. More than
// kBins groups are first thrown together into that many bins of nearly equal size, by a hash: the
// spread stays the same in the mean, and time does not grow with the crawl.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <kithkin/evaluate.h>

namespace kithkin {

/// Sums of `columns` counts by bin. Documents are numbered from 0.
class GroupSums {
 public:
  static constexpr std::uint32_t kBins = 1000;
  static constexpr std::size_t kLeast = 10;  ///< groups; resamples of fewer say little

  /// Groups by what is equal in either span; they have equal size. O(n), 8n bytes.
  GroupSums(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> truth,
            std::size_t columns);

  [[nodiscard]] std::size_t bins() const { return bins_; }

  /// Adds to a column of the bin that the document is in.
  void add(std::uint32_t document, std::size_t column, double amount) {
    sums_[std::size_t{bin_of_[document]} * columns_ + column] += amount;
  }

  /// Calls measure(sums, out) for each of `resamples` draws of all bins with replacement, `out`
  /// having room for `measures` numbers, and returns the interval that holds the middle 95 of 100
  /// of each. Always the same. O(resamples * bins * columns).
  [[nodiscard]] std::vector<Interval> intervals(
      std::uint32_t resamples, std::size_t measures,
      const std::function<void(std::span<const double>, std::span<double>)>& measure) const;

 private:
  std::size_t columns_, bins_ = 0;
  std::vector<std::uint16_t> bin_of_;  // by document
  std::vector<double> sums_;           // by bin and column
};

}  // namespace kithkin
