// Regions stand where they should and are ours to write; the cheaper pages are asked for.
#include "base/region.h"

#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>

namespace kithkin {
namespace {

TEST(Region, StandsAtItsOwnMultipleAndIsWritable) {
  const Region one = take_region(), other = take_region();
  for (const Region* const region : {&one, &other}) {
    ASSERT_NE(*region, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(region->get()) % kRegion, 0U);
  }
  std::memset(one.get(), 'a', kRegion);
  std::memset(other.get(), 'b', kRegion);
  EXPECT_EQ(one[0], 'a');
  EXPECT_EQ(one[kRegion - 1], 'a');
  EXPECT_EQ(other[kRegion - 1], 'b');
}

/// How many of the next `rounds` regions are of large pages, at these prices.
int large_among(PageChoice& choice, int rounds, std::uint64_t large, std::uint64_t small) {
  int count = 0;
  for (int n = 0; n < rounds; ++n) {
    const PageChoice::Kind kind = choice.next();
    choice.took(kind, kind == PageChoice::large ? large : small);
    count += kind == PageChoice::large ? 1 : 0;
  }
  return count;
}

TEST(PageChoice, TriesBothFirst) {
  PageChoice choice;
  EXPECT_EQ(large_among(choice, 2, 100, 100), 1);
}

TEST(PageChoice, TakesTheCheaperAndLooksAtTheOtherNowAndThen) {
  PageChoice cheap_large, cheap_small;
  EXPECT_EQ(large_among(cheap_large, 320, 100, 1000), 310);
  EXPECT_EQ(large_among(cheap_small, 320, 1000, 100), 10);
}

TEST(PageChoice, NoticesThatPricesChanged) {
  PageChoice choice;
  large_among(choice, 100, 1000, 500);
  EXPECT_LT(large_among(choice, 100, 1000, 500), 10);
  EXPECT_GT(large_among(choice, 400, 10, 500), 300);
}

TEST(PageChoice, ASingleDelayDoesNotTurnIt) {
  PageChoice choice;
  large_among(choice, 10, 100, 1000);
  choice.took(PageChoice::large, 1500);  // (100 + 1500) / 2 is still under 1000
  EXPECT_EQ(choice.next(), PageChoice::large);
}

}  // namespace
}  // namespace kithkin
