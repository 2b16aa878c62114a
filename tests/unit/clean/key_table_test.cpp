// The table against std::unordered_map.
#include "clean/key_table.h"

#include <gtest/gtest.h>
#include <unordered_map>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Table = KeyTable<std::uint32_t>;
using Map = std::unordered_map<std::uint64_t, std::uint32_t>;

/// What the table holds of these keys and of others is what the map does.
void expect_same(const Table& table, const Map& map, const std::vector<std::uint64_t>& keys) {
  ASSERT_EQ(table.size(), map.size());
  for (const std::uint64_t key : keys) {
    const std::uint32_t* found = table.find(key);
    const auto expected = map.find(key);
    ASSERT_EQ(found != nullptr, expected != map.end()) << key;
    ASSERT_TRUE(!found || *found == expected->second) << key;
  }
}

/// Random keys, small ones, and some that differ in their upper bits alone; never 0.
std::vector<std::uint64_t> some_keys(Random& random, std::size_t count) {
  std::vector<std::uint64_t> keys;
  while (keys.size() < count) {
    const std::uint64_t kinds[] = {random.word(), 1 + random.below(count),
                                   (1 + random.below(count)) << 40};
    keys.push_back(kinds[random.index(3)]);
    if (keys.back() == 0) keys.pop_back();
  }
  return keys;
}

TEST(KeyTable, IsEmptyAtFirst) {
  const Table table;
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.find(1), nullptr);
  EXPECT_EQ(table.find(0), nullptr);
}

TEST(KeyTable, HoldsNothingForTheKeyZero) {
  Table table;
  for (std::uint64_t key = 1; key < 100; ++key) {
    table[key] = 5;
    ASSERT_EQ(table.find(0), nullptr) << key;
  }
  EXPECT_DEBUG_DEATH((void)table[0], "key != 0");
}

TEST(KeyTable, MakesAValueWhereNoneIs) {
  KeyTable<std::vector<int>> table;
  EXPECT_TRUE(table[7].empty());
  table[7].push_back(3);
  EXPECT_EQ(table[7], std::vector<int>{3});
  EXPECT_EQ(table.size(), 1U);
}

TEST(KeyTable, LetsAFoundValueBeChanged) {
  Table table;
  table[7] = 1;
  *table.find(7) = 5;
  EXPECT_EQ(table[7], 5U);
}

TEST(KeyTable, EqualsUnorderedMapUnderRandomOperations) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const std::vector<std::uint64_t> keys = some_keys(random, 1 + random.below(3000));
    Table table;
    Map map;
    for (std::uint64_t n = random.below(6000); n > 0; --n) {
      const std::uint64_t key = keys[random.index(keys.size())];
      if (random.chance(.5)) {
        const auto value = static_cast<std::uint32_t>(random.word());
        table[key] = map[key] = value;
      } else {
        ASSERT_EQ(++table[key], ++map[key]);
      }
      if (!random.chance(.001)) continue;
      expect_same(table, map, keys);
      table.clear();
      map.clear();
    }
    expect_same(table, map, keys);
  }
}

TEST(KeyTable, LosesNothingWhenItGrows) {
  Table table;
  for (std::uint32_t n = 1; n <= 100'000; ++n) {
    table[n] = n;
    if ((n & (n - 1)) != 0) continue;
    for (std::uint32_t i = 1; i <= n; ++i)
      ASSERT_TRUE(table.find(i) && *table.find(i) == i) << i << " of " << n;
    ASSERT_EQ(table.find(n + 1), nullptr);
  }
  EXPECT_EQ(table.size(), 100'000U);
}

TEST(KeyTable, ForgetsAllWhenCleared) {
  for (const std::uint64_t count : {1U, 20U, 2000U, 50'000U}) {
    Table table;
    for (std::uint64_t n = 1; n <= count; ++n)
      table[n] = 9;
    table.clear();
    EXPECT_EQ(table.size(), 0U);
    for (std::uint64_t n = 1; n <= count; ++n)
      ASSERT_EQ(table.find(n), nullptr) << n << " of " << count;
    EXPECT_EQ(table[1], 0U) << "and makes values anew";
    EXPECT_EQ(table.size(), 1U);
  }
}

TEST(KeyTable, NeverFindsTheKeyZero) {
  Table table;
  for (std::uint64_t n = 1; n <= 1000; ++n) {
    table[n] = 9;
    ASSERT_EQ(table.find(0), nullptr) << n;
  }
}

}  // namespace
}  // namespace kithkin
