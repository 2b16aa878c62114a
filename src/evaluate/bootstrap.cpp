// See bootstrap.h. Tests: tests/unit/evaluate/bootstrap_test.cpp.
// B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7, 1979.
#include "evaluate/bootstrap.h"

#include <algorithm>

#include "base/components.h"
#include "base/hash.h"

namespace kithkin {
namespace {

/// Joins documents with equal numbers.
void join_equal(std::span<const std::uint32_t> numbers, Components& components) {
  if (numbers.empty()) return;
  std::vector<std::uint32_t> first(
      *std::max_element(numbers.begin(), numbers.end()) + std::size_t{1}, UINT32_MAX);
  for (std::uint32_t i = 0; i < numbers.size(); ++i) {
    std::uint32_t& place = first[numbers[i]];
    if (place == UINT32_MAX) place = i;
    components.join(place, i);
  }
}

}  // namespace

GroupSums::GroupSums(std::span<const std::uint32_t> predicted, std::span<const std::uint32_t> truth,
                     std::size_t columns)
    : columns_(columns), bin_of_(predicted.size()) {
  std::vector<std::uint32_t> parent(predicted.size());
  Components components(parent);
  join_equal(predicted, components);
  join_equal(truth, components);
  std::vector<std::uint32_t> group_of(predicted.size());  // a root is the first of its group
  std::uint32_t groups = 0;
  for (std::uint32_t i = 0; i < predicted.size(); ++i) {
    const std::uint32_t root = components.find(i);
    group_of[i] = root == i ? groups++ : group_of[root];
  }
  bins_ = std::min(groups, kBins);
  for (std::size_t i = 0; i < bin_of_.size(); ++i) {
    const std::uint64_t group = group_of[i];
    bin_of_[i] = static_cast<std::uint16_t>(groups <= kBins ? group : mix64(group + 1) % kBins);
  }
  sums_.resize(bins_ * columns_);
}

std::vector<Interval> GroupSums::intervals(
    std::uint32_t resamples, std::size_t measures,
    const std::function<void(std::span<const double>, std::span<double>)>& measure) const {
  std::vector<std::vector<double>> values(measures);
  std::vector<double> sums(columns_), out(measures);
  std::uint64_t state = 1;
  for (std::uint32_t r = 0; r < resamples; ++r) {
    std::fill(sums.begin(), sums.end(), 0);
    for (std::size_t i = 0; i < bins_; ++i) {
      const std::size_t bin = (splitmix64(state) >> 32) * bins_ >> 32;
      const double* row = sums_.data() + bin * columns_;
      for (std::size_t c = 0; c < columns_; ++c)
        sums[c] += row[c];
    }
    measure(sums, out);
    for (std::size_t m = 0; m < measures; ++m)
      values[m].push_back(out[m]);
  }
  std::vector<Interval> intervals;
  const std::size_t cut = resamples / 40;  // 2.5 in 100 on either side
  for (auto& of_one : values) {
    std::sort(of_one.begin(), of_one.end());
    intervals.push_back({of_one[cut], of_one[of_one.size() - 1 - cut]});
  }
  return intervals;
}

}  // namespace kithkin
