// The second look around every hub, against its definition.
#include "match/closure.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using PairSet = std::set<std::uint64_t>;

/// A verified pair of documents with 1000 shingles each.
VerifiedPair copies(std::uint32_t hub, std::uint32_t other, std::uint32_t shared) {
  return {{hub, other}, shared, 1000, 1000};
}

PairSet close(const std::vector<std::uint32_t>& lengths, const std::vector<VerifiedPair>& pairs,
              const ClosureOptions& options = {}, std::size_t memory = 1 << 20) {
  const TemporaryDirectory directory = make_test_directory();
  Closure closure({lengths}, directory.file("closure-"), memory, options);
  for (const VerifiedPair& pair : pairs)
    EXPECT_TRUE(closure.add(pair));
  PairSet out;
  const auto result = closure.propose([&](std::span<const std::uint64_t> found) -> Result<void> {
    out.insert(found.begin(), found.end());
    return {};
  });
  EXPECT_TRUE(result) << result.error().describe();
  return out;
}

/// The definition in closure.h, by flooding and sorting.
PairSet close_slowly(const std::vector<std::uint32_t>& lengths,
                     const std::vector<VerifiedPair>& pairs, const ClosureOptions& options) {
  using Ranked = std::vector<std::pair<double, std::uint32_t>>;
  PairSet out;
  const auto propose = [&](std::uint32_t a, std::uint32_t b) {
    if (a != b) out.insert(make_candidate(a, b, {lengths}).packed());
  };
  std::map<std::uint32_t, Ranked> copies_of;
  std::vector<std::uint32_t> component(lengths.size());
  for (std::uint32_t d = 0; d < component.size(); ++d)
    component[d] = d;
  for (const VerifiedPair& p : pairs) {
    copies_of[p.pair.hub].emplace_back(-p.measures().resemblance, p.pair.other);
    copies_of[p.pair.other].emplace_back(-p.measures().resemblance, p.pair.hub);
    const std::uint32_t from = component[p.pair.hub], to = component[p.pair.other];
    std::replace(component.begin(), component.end(), from, to);
  }
  std::map<std::uint32_t, Ranked> members;
  for (auto& [document, copies] : copies_of) {
    std::sort(copies.begin(), copies.end());
    const std::size_t nearest = std::min<std::size_t>(copies.size(), options.nearest);
    for (std::size_t i = 0; i < nearest; ++i) {
      for (std::size_t j = 0; j < nearest; ++j)
        propose(copies[i].second, copies[j].second);
    }
    members[component[document]].emplace_back(-static_cast<double>(copies.size()), document);
  }
  for (auto& [root, list] : members) {
    std::sort(list.begin(), list.end());
    const std::size_t hubs = list.size() <= options.complete ? list.size() : options.hubs;
    for (std::size_t i = 0; i < hubs; ++i) {
      for (const auto& [copies, other] : list)
        propose(list[i].second, other);
    }
  }
  return out;
}

PairSet every_pair(const std::vector<std::uint32_t>& lengths, std::uint32_t first,
                   std::uint32_t size) {
  PairSet out;
  for (std::uint32_t a = first; a < first + size; ++a) {
    for (std::uint32_t b = a + 1; b < first + size; ++b)
      out.insert(make_candidate(a, b, {lengths}).packed());
  }
  return out;
}

/// Documents [first, first + size) as a star around the first.
void add_star(std::vector<VerifiedPair>& pairs, std::uint32_t first, std::uint32_t size,
              Random& random) {
  for (std::uint32_t d = first + 1; d < first + size; ++d)
    pairs.push_back(copies(first, d, 600 + random.index(400)));
}

TEST(Closure, OfNothingIsNothing) { EXPECT_TRUE(close({5, 5, 5}, {}).empty()); }

TEST(Closure, CompletesComponentsHoweverTheyHangTogether) {
  Random random(1);
  for (const std::uint32_t complete : {2U, 3U, 9U, 32U}) {
    for (std::uint32_t size = 2; size <= complete; ++size) {
      const std::vector<std::uint32_t> lengths(size, 5);
      std::vector<VerifiedPair> star, chain, tree;
      add_star(star, 0, size, random);
      for (std::uint32_t d = 1; d < size; ++d) {
        chain.push_back(copies(d - 1, d, 900));
        tree.push_back(copies(random.index(d), d, 900));
      }
      for (const auto& pairs : {star, chain, tree})
        ASSERT_EQ(close(lengths, pairs, {complete, 1, 0}), every_pair(lengths, 0, size));
    }
  }
}

TEST(Closure, DoesNotCompleteAComponentThatIsLarger) {
  Random random(1);
  const std::vector<std::uint32_t> lengths(33, 5);
  std::vector<VerifiedPair> pairs;
  add_star(pairs, 0, 33, random);
  EXPECT_LT(close(lengths, pairs).size(), every_pair(lengths, 0, 33).size());
}

TEST(Closure, DoesNotMixComponents) {
  Random random(2);
  const std::vector<std::uint32_t> lengths(10, 5);
  std::vector<VerifiedPair> pairs;
  add_star(pairs, 0, 5, random);
  add_star(pairs, 5, 5, random);
  PairSet expected = every_pair(lengths, 0, 5);
  expected.merge(every_pair(lengths, 5, 5));
  EXPECT_EQ(close(lengths, pairs), expected);
}

TEST(Closure, ComparesHubsWithTheirWholeComponent) {
  // A chain 0-1-2-...-39: with one hub, the earliest of those with two copies.
  const std::vector<std::uint32_t> lengths(40, 5);
  std::vector<VerifiedPair> pairs;
  for (std::uint32_t d = 1; d < 40; ++d)
    pairs.push_back(copies(d - 1, d, 900));
  PairSet expected;
  for (std::uint32_t d = 0; d < 40; ++d) {
    if (d != 1) expected.insert(make_candidate(1, d, {lengths}).packed());
  }
  EXPECT_EQ(close(lengths, pairs, {4, 1, 0}), expected);
}

TEST(Closure, ComparesTheNearestCopiesOfADocumentWithEachOther) {
  const std::vector<std::uint32_t> lengths(5, 5);
  const std::vector<VerifiedPair> pairs = {copies(0, 1, 700), copies(0, 2, 950), copies(0, 3, 800),
                                           copies(0, 4, 900)};
  EXPECT_EQ(close(lengths, pairs, {2, 0, 3}),  // 2, 4 and 3, and not 1
            (PairSet{CandidatePair{2, 4}.packed(), CandidatePair{2, 3}.packed(),
                     CandidatePair{3, 4}.packed()}));
}

TEST(Closure, EqualsItsDefinitionOnRandomPairsWhateverTheMemory) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Random random(seed);
    const std::uint32_t size = 2 + random.index(seed < 35 ? 40 : 900);
    std::vector<std::uint32_t> lengths(size);
    for (auto& length : lengths)
      length = random.index(10);
    std::set<std::uint64_t> known;
    std::vector<VerifiedPair> pairs;
    for (std::uint32_t i = 0; i < 2 * size; ++i) {
      const std::uint32_t a = random.index(size), b = random.index(size);
      if (a == b) continue;
      const CandidatePair pair = make_candidate(a, b, {lengths});
      if (known.insert(pair.packed()).second)
        pairs.push_back(copies(pair.hub, pair.other, 600 + random.index(10)));
    }
    const std::uint32_t hubs = random.index(5);
    const ClosureOptions options{hubs + random.index(20), hubs, random.index(6)};
    const PairSet expected = close_slowly(lengths, pairs, options);
    ASSERT_EQ(close(lengths, pairs, options, 1), expected) << seed;
    ASSERT_EQ(close(lengths, pairs, options), expected) << seed;
    random.shuffle(pairs);
    ASSERT_EQ(close(lengths, pairs, options), expected) << seed;
  }
}

TEST(Closure, SpillsWhenMemoryIsShort) {
  Random random(3);
  const TemporaryDirectory directory = make_test_directory();
  const std::vector<std::uint32_t> lengths(3000, 5);
  Closure closure({lengths}, directory.file("closure-"), 1);
  std::vector<VerifiedPair> pairs;
  add_star(pairs, 0, 3000, random);
  for (const VerifiedPair& pair : pairs)
    ASSERT_TRUE(closure.add(pair));
  std::size_t proposed = 0;
  ASSERT_TRUE(closure.propose([&](std::span<const std::uint64_t> found) -> Result<void> {
    proposed += found.size();
    return {};
  }));
  EXPECT_GT(closure.spilled_bytes(), 0U);
  EXPECT_LE(proposed, 3000U * (8 + 6 * 6 / 2)) << "linear, not quadratic";
}

}  // namespace
}  // namespace kithkin
