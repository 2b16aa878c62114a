// Results in order, the first error, and nothing after it, for any number of threads.
#include "base/parallel.h"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

constexpr unsigned kMostThreads = 4;

void pause_at_random(std::uint64_t seed) {
  std::this_thread::sleep_for(std::chrono::microseconds(Random(seed).below(300)));
}

Error failure(std::uint64_t item) {
  return {ErrorCode::input, "item " + std::to_string(item), "", 0};
}

/// Where things go wrong, by item; SIZE_MAX for nowhere.
struct Faults {
  std::uint64_t produce = UINT64_MAX, work = UINT64_MAX, commit = UINT64_MAX;
};

struct Outcome {
  Result<void> result;
  std::vector<std::uint64_t> committed;
  bool alone = true;  // produce and commit were never called by two threads at once
};

/// Squares the numbers below `count`, with pauses.
Outcome square(unsigned threads, std::uint64_t count, const Faults& faults, std::uint64_t seed) {
  struct Item {
    std::uint64_t number = 0, square = 0;
  };
  Outcome outcome;
  std::uint64_t next = 0;
  std::atomic<int> producing{0}, committing{0};
  std::atomic<bool> alone{true};
  const auto produce = [&](Item& item) -> Result<bool> {
    if (++producing != 1) alone = false;
    const std::uint64_t number = next++;
    --producing;
    if (number == faults.produce) return failure(number);
    if (number >= count) return false;
    item = {number, 0};
    return true;
  };
  const auto work = [&](unsigned thread, Item& item) -> Result<void> {
    EXPECT_LT(thread, threads);
    pause_at_random(seed << 32 | item.number);
    if (item.number == faults.work) return failure(item.number);
    item.square = item.number * item.number;
    return {};
  };
  const auto commit = [&](Item& item) -> Result<void> {
    if (++committing != 1) alone = false;
    outcome.committed.push_back(item.square);
    --committing;
    if (item.number == faults.commit) return failure(item.number);
    return {};
  };
  outcome.result = ordered_pipeline<Item>(threads, produce, work, commit);
  outcome.alone = alone;
  return outcome;
}

std::vector<std::uint64_t> squares(std::uint64_t count) {
  std::vector<std::uint64_t> out;
  for (std::uint64_t i = 0; i < count; ++i)
    out.push_back(i * i);
  return out;
}

TEST(OrderedPipeline, CommitsInOrderWhateverTheDelays) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const Outcome outcome = square(threads, 200, {}, threads);
    EXPECT_TRUE(outcome.result);
    EXPECT_TRUE(outcome.alone);
    EXPECT_EQ(outcome.committed, squares(200)) << threads;
  }
}

TEST(OrderedPipeline, OfNothingCommitsNothing) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const Outcome outcome = square(threads, 0, {}, 0);
    EXPECT_TRUE(outcome.result);
    EXPECT_TRUE(outcome.committed.empty());
  }
}

TEST(OrderedPipeline, AnErrorInProduceEndsIt) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const Outcome outcome = square(threads, 200, {.produce = 50}, threads);
    ASSERT_FALSE(outcome.result);
    EXPECT_EQ(outcome.result.error().message, "item 50");
    EXPECT_EQ(outcome.committed, squares(50)) << threads;
  }
}

TEST(OrderedPipeline, AnErrorInWorkEndsItAfterTheItemsBefore) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const Outcome outcome = square(threads, 200, {.work = 50}, threads);
    ASSERT_FALSE(outcome.result);
    EXPECT_EQ(outcome.result.error().message, "item 50");
    EXPECT_EQ(outcome.committed, squares(50)) << threads;
  }
}

TEST(OrderedPipeline, NothingIsCommittedAfterAnErrorInCommit) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const Outcome outcome = square(threads, 200, {.commit = 50}, threads);
    ASSERT_FALSE(outcome.result);
    EXPECT_EQ(outcome.result.error().message, "item 50");
    EXPECT_EQ(outcome.committed, squares(51)) << threads;
  }
}

TEST(OrderedPipeline, TheFirstErrorInItemOrderIsReturned) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Outcome a = square(threads, 100, {.produce = 23, .work = 21, .commit = 22}, seed);
      ASSERT_FALSE(a.result);
      EXPECT_EQ(a.result.error().message, "item 21");
      EXPECT_EQ(a.committed, squares(21));
      const Outcome b = square(threads, 100, {.produce = 22, .work = 23, .commit = 21}, seed);
      ASSERT_FALSE(b.result);
      EXPECT_EQ(b.result.error().message, "item 21");
      EXPECT_EQ(b.committed, squares(22));
      const Outcome c = square(threads, 100, {.produce = 21, .work = 22, .commit = 23}, seed);
      ASSERT_FALSE(c.result);
      EXPECT_EQ(c.result.error().message, "item 21");
      EXPECT_EQ(c.committed, squares(21));
    }
  }
}

TEST(OrderedPipeline, AnErrorInTheFirstItemCommitsNothing) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    const Outcome outcome = square(threads, 100, {.work = 0}, threads);
    ASSERT_FALSE(outcome.result);
    EXPECT_TRUE(outcome.committed.empty());
  }
}

TEST(OrderedPipeline, RunningOutOfMemoryAnywhereIsAnErrorAndNoEndOfTheProgram) {
  for (const int where : {0, 1, 2}) {
    const auto fail_at = [&](int here) {
      if (here == where) throw std::bad_alloc();
    };
    int made = 0;
    const auto result = ordered_pipeline<int>(
        3,
        [&](int& item) -> Result<bool> {
          item = made++;
          if (item == 5) fail_at(0);
          return item < 100;
        },
        [&](unsigned, const int& item) -> Result<void> {
          if (item == 5) fail_at(1);
          return {};
        },
        [&](const int& item) -> Result<void> {
          if (item == 5) fail_at(2);
          return {};
        });
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::limit);
  }
  const auto looped = parallel_for(
      3, 10, [](unsigned, std::size_t) -> Result<void> { throw std::length_error("too long"); });
  ASSERT_FALSE(looped);
  EXPECT_EQ(looped.error().code, ErrorCode::limit);
}

TEST(ParallelFor, VisitsEachNumberOnce) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    for (const std::size_t count : {0, 1, 2, 3, 1000}) {
      std::vector<std::atomic<int>> visits(count);
      const auto result = parallel_for(threads, count, [&](unsigned thread, std::size_t i) {
        EXPECT_LT(thread, threads);
        ++visits[i];
        return Result<void>();
      });
      EXPECT_TRUE(result);
      for (const auto& times : visits)
        EXPECT_EQ(times, 1);
    }
  }
}

TEST(ParallelFor, ReturnsTheErrorOfTheLowestNumberThatFails) {
  for (unsigned threads = 1; threads <= kMostThreads; ++threads) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const auto result = parallel_for(threads, 100, [&](unsigned, std::size_t i) -> Result<void> {
        pause_at_random(seed << 32 | i);
        if (i % 10 == 7) return failure(i);
        return {};
      });
      ASSERT_FALSE(result);
      EXPECT_EQ(result.error().message, "item 7") << threads << " " << seed;
    }
  }
}

TEST(RunWorkers, GivesEachWorkerItsNumber) {
  std::vector<std::atomic<int>> calls(5);
  run_workers(5, [&](unsigned worker) { ++calls[worker]; });
  for (const auto& times : calls)
    EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace kithkin
