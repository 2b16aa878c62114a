// Looking up in a text's own order finds what a set does.
#include "match/passage_set.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

using Shingles = std::vector<ShingleHash>;

/// What `set`, filled with `a`, says of `b`, a piece at a time.
void expect_as_in_a_set(PassageSet& set, const Shingles& a, const Shingles& b, std::size_t piece) {
  const std::set<ShingleHash> naive(a.begin(), a.end());
  set.fill(a);
  std::size_t i = 0, shared = 0;
  for (std::size_t at = 0; at < b.size(); at += piece) {
    const auto some = std::span(b).subspan(at, std::min(piece, b.size() - at));
    set.for_each(some, [&](ShingleHash shingle, bool is_shared) {
      ASSERT_EQ(shingle, b[i]);
      ASSERT_EQ(is_shared, naive.contains(shingle)) << i;
      shared += is_shared ? 1 : 0;
      ++i;
    });
  }
  ASSERT_EQ(i, b.size());
  set.fill(a);
  ASSERT_EQ(set.count_shared(b), shared);
}

/// A copy with passages replaced, moved and repeated.
Shingles edited(Random& random, const Shingles& a) {
  Shingles b = a;
  for (std::uint64_t edits = random.below(12); edits > 0 && b.size() > 10; --edits) {
    const auto at = b.begin() + static_cast<std::ptrdiff_t>(random.below(b.size() - 8));
    switch (random.below(3)) {
      case 0: std::generate(at, at + 5, [&] { return random.word(); }); break;
      case 1: std::rotate(b.begin(), at, b.end()); break;
      default: b.insert(b.end(), {*at, *(at + 1), *(at + 2)});
    }
  }
  return b;
}

TEST(PassageSet, FindsInCopiesWhatASetDoes) {
  Random random(1);
  PassageSet set;  // one for all rounds: it has to be emptied well
  for (int round = 0; round < 400; ++round) {
    const Shingles a = random.words(random.below(round % 20 == 0 ? 6000 : 500));
    expect_as_in_a_set(set, a, edited(random, a), 1 + random.below(600));
    expect_as_in_a_set(set, edited(random, a), a, 1 + random.below(40));
  }
}

/// From a small range, so that texts meet and 0 comes up; spread over the word by `stride`: where
/// that is small, all are in one place of filter and table.
TEST(PassageSet, FindsAmongHashesOfAnyKindWhatASetDoes) {
  Random random(2);
  PassageSet set;
  for (const std::uint64_t stride :
       {std::uint64_t{1}, std::uint64_t{1} << 20, std::uint64_t{1} << 40, 0x9e3779b97f4a7c15ULL}) {
    for (int round = 0; round < 150; ++round) {
      Shingles a(random.below(300)), b(random.below(300));
      for (Shingles* list : {&a, &b}) {
        for (ShingleHash& shingle : *list)
          shingle = random.below(200) * stride;
      }
      expect_as_in_a_set(set, a, b, 1 + random.below(64));
    }
  }
}

TEST(HashFilter, ForgetsNothingAndSeldomTakesOneForAnother) {
  Random random(3);
  HashFilter filter;
  std::size_t wrong = 0;
  constexpr std::size_t kRounds = 200, kSize = 300;
  for (std::size_t round = 0; round < kRounds; ++round) {
    filter.reset(kSize);
    const Shingles in = random.words(kSize), out = random.words(kSize);
    for (const ShingleHash hash : in)
      filter.insert(hash);
    for (const ShingleHash hash : in)
      ASSERT_TRUE(filter.may_contain(hash));
    for (const ShingleHash hash : out)
      wrong += filter.may_contain(hash) ? 1 : 0;
  }
  // 300 in 512 words: .59 a word, and two of 64 bits each: 4 (.59 + .35) / 4096 at most.
  EXPECT_LT(wrong, kRounds * kSize / 500);
}

TEST(FindHash, FindsTheFirstAtAnyPlace) {
  Random random(4);
  for (const std::size_t size : {0U, 1U, 31U, 32U, 33U, 100U}) {
    Shingles hashes = random.words(size);
    EXPECT_EQ(find_hash(hashes, 42), size);
    for (std::size_t at = size; at-- > 0;) {
      hashes[at] = 42;
      ASSERT_EQ(find_hash(hashes, 42), at) << size;
    }
  }
}

}  // namespace
}  // namespace kithkin
