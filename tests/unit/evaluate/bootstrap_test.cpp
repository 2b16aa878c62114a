// Groups and their resampling.
#include "evaluate/bootstrap.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace kithkin {
namespace {

void first_of_two(std::span<const double> sums, std::span<double> out) {
  out[0] = sums[0] / sums[1];
}

TEST(GroupSums, OneGroupHasNoSpread) {
  const std::vector<std::uint32_t> predicted{0, 0, 2, 2}, truth{0, 1, 1, 3};  // a chain
  GroupSums sums(predicted, truth, 2);
  for (std::uint32_t i = 0; i < 4; ++i) {
    sums.add(i, 0, i == 0 ? 1 : 0);
    sums.add(i, 1, 1);
  }
  const auto intervals = sums.intervals(200, 1, first_of_two);
  EXPECT_EQ(intervals[0].low, 0.25);
  EXPECT_EQ(intervals[0].high, 0.25);
}

/// The width of the interval of a share of one half over `n` documents alone.
double width(std::uint32_t n) {
  std::vector<std::uint32_t> alone(n);
  std::iota(alone.begin(), alone.end(), 0U);
  GroupSums sums(alone, alone, 2);
  for (std::uint32_t i = 0; i < n; ++i) {
    sums.add(i, 0, i % 2);
    sums.add(i, 1, 1);
  }
  const auto intervals = sums.intervals(2000, 1, first_of_two);
  return intervals[0].high - intervals[0].low;
}

TEST(GroupSums, TheWidthIsThatOfTheBinomialWithBinsAndWithout) {
  for (const std::uint32_t n : {400U, 1000U, 50000U}) {
    const double expected = 2 * 1.96 * std::sqrt(0.25 / n);
    EXPECT_NEAR(width(n), expected, 0.12 * expected) << n;
  }
}

TEST(GroupSums, NoDocumentsAreNoGroups) {
  const GroupSums sums({}, {}, 2);
  const auto intervals = sums.intervals(100, 1, [](auto, auto out) { out[0] = 1; });
  EXPECT_EQ(intervals[0].low, 1);
}

}  // namespace
}  // namespace kithkin
