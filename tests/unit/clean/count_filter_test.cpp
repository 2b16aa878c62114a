// The filter may count too high, where keys share a slot, but never too low.
#include "clean/count_filter.h"

#include <cstdint>
#include <gtest/gtest.h>

namespace kithkin {
namespace {

TEST(CountFilter, NeverCountsTooLow) {
  CountFilter filter(1);  // as small as they are
  for (std::uint64_t key = 1; key <= 3000; ++key) {
    for (std::uint64_t n = 0; n < key % 5; ++n)
      filter.add(key);
  }
  for (std::uint64_t key = 1; key <= 3000; ++key)
    EXPECT_TRUE(filter.may_have(key, key % 5)) << key;
}

TEST(CountFilter, TellsMostOfTheRareFromTheMany) {
  CountFilter filter(std::size_t{1} << 16);
  for (std::uint64_t key = 1; key <= 3000; ++key)
    filter.add(key);
  int mistaken = 0;
  for (std::uint64_t key = 1; key <= 6000; ++key)
    mistaken += filter.may_have(key, 2) ? 1 : 0;
  EXPECT_LT(mistaken, 300);
}

TEST(CountFilter, HoldsManyForMore) {
  CountFilter filter(1);
  for (int n = 0; n < 1000; ++n)
    filter.add(7);
  EXPECT_TRUE(filter.may_have(7, 1000));
  EXPECT_TRUE(filter.may_have(7, 100000));  // of so many it cannot tell
}

}  // namespace
}  // namespace kithkin
