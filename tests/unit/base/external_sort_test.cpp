// Sorting on disk against std::sort.
#include "base/external_sort.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <iterator>
#include <optional>
#include <tuple>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

/// Sorted by `key` alone; `payload` tells what came out.
struct Keyed {
  std::uint64_t key = 0;
  std::uint32_t payload = 0;
  bool operator<(const Keyed& o) const { return key < o.key; }
};

template <class Record>
std::vector<Record> drain(ExternalSorter<Record>& sorter) {
  std::vector<Record> out;
  EXPECT_TRUE(sorter.sort());
  Record record;
  for (;;) {
    const auto any = sorter.next(record);
    EXPECT_TRUE(any);
    if (!any || !*any) return out;
    out.push_back(record);
  }
}

template <class Record>
void fill(ExternalSorter<Record>& sorter, const std::vector<Record>& records) {
  for (const Record& record : records) {
    const auto result = sorter.add(record);
    ASSERT_TRUE(result) << result.error().describe();
  }
}

TEST(ExternalSort, OfNothingIsNothing) {
  const TemporaryDirectory directory = make_test_directory();
  ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1 << 20);
  EXPECT_TRUE(drain(sorter).empty());
}

TEST(ExternalSort, ThatFitsItsMemoryWritesNoRun) {
  const TemporaryDirectory directory = make_test_directory();
  ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1 << 20);
  fill(sorter, {5, 3, 4, 3});
  EXPECT_EQ(drain(sorter), (std::vector<std::uint64_t>{3, 3, 4, 5}));
  EXPECT_EQ(sorter.spilled_bytes(), 0U);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(ExternalSort, EqualsStdSortForAnyNumberOfRuns) {
  for (const std::size_t count : {1, 1023, 1024, 1025, 2048, 5000, 40000}) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(count);
    std::vector<std::uint64_t> values;
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(random.below(count));
    ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1);  // 1024 records a run
    fill(sorter, values);
    std::sort(values.begin(), values.end());
    EXPECT_EQ(drain(sorter), values) << count;
    EXPECT_EQ(sorter.spilled_bytes(), count > 1024 ? count * sizeof(std::uint64_t) : 0) << count;
  }
}

/// Enough to fill the least memory more than a hundred times.
constexpr std::size_t kManyRuns = 150 * 1024;

TEST(ExternalSort, EqualsStdSortWhenRunsAreMergedOnTheWay) {
  for (const bool unique : {false, true}) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(9);
    std::vector<std::uint64_t> values;
    for (std::size_t i = 0; i < kManyRuns; ++i)
      values.push_back(random.below(kManyRuns));
    ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1, unique);
    fill(sorter, values);
    std::sort(values.begin(), values.end());
    if (unique) values.erase(std::unique(values.begin(), values.end()), values.end());
    EXPECT_EQ(drain(sorter), values);
  }
}

TEST(ExternalSort, KeepsToFewFilesHoweverManyRunsThereAre) {
  const TemporaryDirectory directory = make_test_directory();
  ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1);
  std::ptrdiff_t most = 0;
  for (std::size_t i = 0; i < kManyRuns; ++i) {
    ASSERT_TRUE(sorter.add(mix64(i)));
    if (i % 1024 != 0) continue;
    const std::filesystem::directory_iterator files(directory.path());
    most = std::max(most, std::distance(begin(files), end(files)));
  }
  EXPECT_GT(most, 1);
  EXPECT_LE(most, 65);
}

TEST(ExternalSort, LosesNoneOfManyEqualRecords) {
  const TemporaryDirectory directory = make_test_directory();
  Random random(7);
  ExternalSorter<Keyed> sorter(directory.file("run-"), 1);
  for (std::uint32_t i = 0; i < 10000; ++i)
    ASSERT_TRUE(sorter.add({random.below(5), i}));
  const auto out = drain(sorter);
  ASSERT_EQ(out.size(), 10000U);
  EXPECT_TRUE(std::is_sorted(out.begin(), out.end()));
  std::vector<bool> seen(out.size(), false);
  for (const Keyed& record : out) {
    EXPECT_FALSE(seen[record.payload]);
    seen[record.payload] = true;
  }
}

TEST(ExternalSort, WithUniqueGivesEachRecordOnce) {
  for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 22}) {
    const TemporaryDirectory directory = make_test_directory();
    Random random(8);
    std::vector<std::uint64_t> values;
    for (int i = 0; i < 20000; ++i)
      values.push_back(random.below(3000));
    ExternalSorter<std::uint64_t> sorter(directory.file("run-"), memory, true);
    fill(sorter, values);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    EXPECT_EQ(drain(sorter), values) << memory;
  }
}

TEST(ExternalSort, WithUniqueKeepsTheLeastAndTheGreatestRecord) {
  const TemporaryDirectory directory = make_test_directory();
  ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1, true);
  fill(sorter, {UINT64_MAX, 0, 0, UINT64_MAX});
  EXPECT_EQ(drain(sorter), (std::vector<std::uint64_t>{0, UINT64_MAX}));
}

TEST(ExternalSort, FailsWithOutputWhenItsDirectoryIsGone) {
  std::optional<TemporaryDirectory> directory = make_test_directory();
  ExternalSorter<std::uint64_t> sorter(directory->file("run-"), 1);
  directory.reset();
  for (std::uint64_t i = 0; i < 1024; ++i)
    ASSERT_TRUE(sorter.add(i));
  const auto result = sorter.add(0);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::output);
}

TEST(ExternalSort, FailsWithInputWhenARunWasCutShort) {
  const TemporaryDirectory directory = make_test_directory();
  ExternalSorter<std::uint64_t> sorter(directory.file("run-"), 1);
  for (std::uint64_t i = 0; i < 3000; ++i)
    ASSERT_TRUE(sorter.add(i));
  std::filesystem::resize_file(directory.file("run-0"), 800);
  Result<void> result = sorter.sort();
  std::uint64_t record = 0;
  for (int i = 0; result && i < 3000; ++i) {
    if (const auto any = sorter.next(record); !any) result = any.error();
  }
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::input);
}

}  // namespace
}  // namespace kithkin
