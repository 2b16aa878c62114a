// The memory allowed is shared out and never exceeded.
#include "engine/memory_plan.h"

#include <gtest/gtest.h>
#include <string>

namespace kithkin {
namespace {

constexpr std::uint64_t kMegabyte = 1 << 20;

std::uint64_t sum(const MemoryPlan& p) {
  return p.catalog + p.bands + p.pairs + p.shingles + p.sorting + p.results;
}

TEST(MemoryPlan, SharesNoMoreThanIsAllowed) {
  for (const std::uint64_t memory : {12, 16, 100, 1000, 100000}) {
    const auto plan = MemoryPlan::make(memory * kMegabyte, 1);
    ASSERT_TRUE(plan) << memory;
    EXPECT_LE(sum(*plan), memory * kMegabyte);
    EXPECT_GE(sum(*plan), memory * kMegabyte / 2);
    EXPECT_LE(plan->keys() + plan->index(), plan->bands + plan->results);
    for (const std::size_t share :
         {plan->catalog, plan->bands, plan->pairs, plan->shingles, plan->sorting, plan->results})
      EXPECT_GT(share, 0U);
  }
}

TEST(MemoryPlan, LeavesMoreToMoreThreads) {
  EXPECT_LT(sum(*MemoryPlan::make(100 * kMegabyte, 8)), sum(*MemoryPlan::make(100 * kMegabyte, 1)));
}

TEST(MemoryPlan, OfZeroIsAShareOfTheMachine) {
  const auto plan = MemoryPlan::make(0, 1);
  ASSERT_TRUE(plan);
  EXPECT_GT(sum(*plan), 16 * kMegabyte);
}

TEST(MemoryPlan, NamesTheLeastWhenItIsTooSmallAndTheLeastIsEnough) {
  for (const unsigned threads : {1U, 2U, 16U}) {
    const auto refused = MemoryPlan::make(1, threads);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    const std::string& message = refused.error().message;
    const std::size_t at = message.rfind(' ');
    const std::uint64_t least = std::stoull(message.substr(at + 1));
    EXPECT_EQ(message.back(), 'M') << message;
    EXPECT_TRUE(MemoryPlan::make(least * kMegabyte, threads)) << message;
    EXPECT_FALSE(MemoryPlan::make(least * kMegabyte - 1, threads)) << message;
  }
}

}  // namespace
}  // namespace kithkin
