// The radix sort against std::sort.
#include "base/radix_sort.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <tuple>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Pairs = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

Pairs pairs_of(const std::vector<KeyedDocument>& items) {
  Pairs out;
  for (const auto& item : items)
    out.emplace_back(item.key, item.document);
  return out;
}

void expect_sorted_as_by_std(std::size_t count, const std::function<std::uint64_t()>& key) {
  std::vector<KeyedDocument> items, scratch;
  for (std::uint32_t d = 0; d < count; ++d)
    items.push_back({key(), d});
  Pairs expected = pairs_of(items);
  std::sort(expected.begin(), expected.end());
  radix_sort(items, scratch);
  ASSERT_EQ(pairs_of(items), expected) << count;
}

const std::vector<std::size_t> kSizes = {0, 1, 2, 3, 255, 256, 257, 258, 1000, 5000, 70000};

TEST(RadixSort, EqualsStdSortOnHashedKeys) {
  for (const std::size_t size : kSizes) {
    Random random(size);
    expect_sorted_as_by_std(size, [&] { return random.word(); });
  }
}

TEST(RadixSort, EqualsStdSortWhenManyKeysAreEqual) {
  for (const std::size_t size : kSizes) {
    Random random(size);
    expect_sorted_as_by_std(size, [&] { return mix64(random.below(size / 7 + 1)); });
  }
}

TEST(RadixSort, EqualsStdSortWhenUpperHalvesAreEqualAndLowerOnesAreNot) {
  for (const std::size_t size : kSizes) {
    Random random(size);
    expect_sorted_as_by_std(
        size, [&] { return random.below(3) << 63 | random.below(5) << 32 | random.below(50); });
  }
}

TEST(RadixSort, EqualsStdSortWhenOnlyLowerHalvesDiffer) {
  for (const std::size_t size : kSizes) {
    Random random(size);
    expect_sorted_as_by_std(size, [&] { return random.word() >> 32; });
  }
}

TEST(RadixSort, SeesEveryBitOfTheKey) {
  for (int bit = 0; bit < 64; ++bit) {
    Random random(static_cast<std::uint64_t>(bit));
    expect_sorted_as_by_std(600, [&] { return random.below(2) << bit; });
  }
}

TEST(RadixSort, TakesScratchOfAnySizeAndContent) {
  Random random(3);
  std::vector<KeyedDocument> scratch(10000, {42, 42});
  for (const std::size_t size : {9000, 300, 12000, 100}) {
    std::vector<KeyedDocument> items;
    for (std::uint32_t d = 0; d < size; ++d)
      items.push_back({random.word(), d});
    Pairs expected = pairs_of(items);
    std::sort(expected.begin(), expected.end());
    radix_sort(items, scratch);
    EXPECT_EQ(pairs_of(items), expected);
  }
}

void expect_numbers_sorted_as_by_std(std::size_t count,
                                     const std::function<std::uint64_t()>& number) {
  std::vector<std::uint64_t> numbers(count);
  std::generate(numbers.begin(), numbers.end(), number);
  std::vector<std::uint64_t> expected = numbers;
  std::sort(expected.begin(), expected.end());
  radix_sort(numbers);
  ASSERT_EQ(numbers, expected) << count;
}

TEST(RadixSortOfNumbers, EqualsStdSort) {
  for (const std::size_t size : {0, 1, 2, 1000, 1024, 1025, 5000, 70000}) {
    Random random(size);
    expect_numbers_sorted_as_by_std(size, [&] { return random.word(); });
    expect_numbers_sorted_as_by_std(size, [&] { return random.below(7); });
    expect_numbers_sorted_as_by_std(size, [&] { return std::uint64_t{42}; });
    expect_numbers_sorted_as_by_std(
        size, [&] { return random.below(200'000) << 32 | random.below(200'000); });
  }
}

TEST(RadixSortOfNumbers, SeesEveryBit) {
  for (int bit = 0; bit < 64; ++bit) {
    Random random(static_cast<std::uint64_t>(bit));
    expect_numbers_sorted_as_by_std(2000, [&] { return random.below(2) << bit | random.below(2); });
  }
}

}  // namespace
}  // namespace kithkin
