// Union-find against flooding.
#include "base/components.h"

#include <gtest/gtest.h>
#include <utility>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Links = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// The smallest document that each can reach, by spreading it until nothing changes.
std::vector<std::uint32_t> flood(std::uint32_t size, const Links& links) {
  std::vector<std::uint32_t> least(size);
  std::iota(least.begin(), least.end(), 0U);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : links) {
      const std::uint32_t smaller = std::min(least[a], least[b]);
      changed |= least[a] != smaller || least[b] != smaller;
      least[a] = least[b] = smaller;
    }
  }
  return least;
}

TEST(Components, TheRootIsTheSmallestMemberWhateverTheOrderOfJoins) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    const std::uint32_t size = 1 + random.index(60);
    Links links;
    for (std::uint32_t i = 0; i < size; ++i)
      links.emplace_back(random.index(size), random.index(size));
    const auto expected = flood(size, links);
    for (int order = 0; order < 3; ++order) {
      random.shuffle(links);
      std::vector<std::uint32_t> memory(size, 12345);
      Components components(memory);
      for (const auto& [a, b] : links)
        components.join(a, b);
      for (std::uint32_t d = 0; d < size; ++d)
        ASSERT_EQ(components.find(d), expected[d]) << seed;
    }
  }
}

TEST(Components, ALongChainIsOneComponent) {
  std::vector<std::uint32_t> memory(100000);
  Components components(memory);
  for (std::uint32_t d = static_cast<std::uint32_t>(memory.size()) - 1; d > 0; --d)
    components.join(d, d - 1);
  EXPECT_EQ(components.find(99999), 0U);
  EXPECT_EQ(components.find(50000), 0U);
}

}  // namespace
}  // namespace kithkin
