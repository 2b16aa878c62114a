// What is marked as shared: passages of two articles, and nothing else.
#include "relate/shared_passages.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

#include "unit/base/random.h"
#include "unit/base/temporary.h"

namespace kithkin {
namespace {

using TokenHashes = std::vector<TokenHash>;

TokenHashes join(std::initializer_list<TokenHashes> parts) {
  TokenHashes out;
  for (const TokenHashes& part : parts)
    out.insert(out.end(), part.begin(), part.end());
  return out;
}

constexpr std::size_t kMuch = 1 << 24;

/// What the texts of a crawl share, one article each, in this order.
class Shared {
 public:
  explicit Shared(const std::vector<TokenHashes>& texts, std::size_t memory = kMuch)
      : passages_(directory_.file("passages-"), memory) {
    std::vector<std::uint64_t> chosen = {5};  // choosing replaces
    for (const TokenHashes& text : texts) {
      SharedPassages::choose(text, chosen);
      EXPECT_TRUE(passages_.add(chosen));
    }
    EXPECT_TRUE(passages_.freeze());
  }
  [[nodiscard]] std::vector<bool> marked(const TokenHashes& tokens) const {
    std::vector<bool> out = {true, true, true};  // it replaces
    passages_.mark(tokens, out);
    EXPECT_EQ(out.size(), tokens.size());
    return out;
  }
  [[nodiscard]] std::size_t count(const TokenHashes& tokens) const {
    const std::vector<bool> flags = marked(tokens);
    return static_cast<std::size_t>(std::count(flags.begin(), flags.end(), true));
  }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return passages_.spilled_bytes(); }

 private:
  TemporaryDirectory directory_ = make_test_directory();
  SharedPassages passages_;
};

TEST(SharedPassages, AreMarkedButForTheirEnds) {
  // One passage in so many is looked up, so up to some words at both ends are missed: about three
  // on average, and more than twenty next to never.
  constexpr int kTimes = 300, kBefore = 50, kPassage = 40;
  Random random(1);
  int found = 0, inside = 0, outside = 0;
  for (int i = 0; i < kTimes; ++i) {
    const TokenHashes passage = random.words(kPassage);
    const TokenHashes a = join({random.words(kBefore), passage, random.words(70)});
    const TokenHashes b = join({random.words(20), passage, random.words(30)});
    const std::vector<bool> flags = Shared({a, b}).marked(a);
    const auto begin = flags.begin() + kBefore, end = begin + kPassage;
    const auto here = std::count(begin, end, true);
    inside += static_cast<int>(here);
    outside += static_cast<int>(std::count(flags.begin(), flags.end(), true) - here);
    found += here > 0 ? 1 : 0;
    // What is marked is one run.
    const auto first = std::find(begin, end, true);
    EXPECT_TRUE(std::all_of(first, first + here, [](bool flag) { return flag; }));
  }
  EXPECT_GE(found, kTimes * 97 / 100);
  EXPECT_GE(inside, kTimes * kPassage * 80 / 100);
  EXPECT_EQ(outside, 0);
}

TEST(SharedPassages, OfAllOfAnArticleAreAlmostAllOfIt) {
  Random random(2);
  const TokenHashes text = random.words(1000);
  EXPECT_EQ(Shared({text}).count(text), 0U);
  EXPECT_GE(Shared({text, text}).count(text), 960U);
  EXPECT_GE(Shared({text, text, text, text}).count(text), 960U);
}

TEST(SharedPassages, AreNotThoseThatOneArticleRepeats) {
  Random random(3);
  const TokenHashes passage = random.words(60);
  const TokenHashes text = join({passage, random.words(10), passage, passage});
  const TokenHashes other = random.words(200);
  EXPECT_EQ(Shared({other, text}).count(text), 0U);
  EXPECT_GE(Shared({other, text, passage}).count(text), 100U);
}

TEST(SharedPassages, AreFoundInATextThatWasNotAdded) {
  Random random(4);
  const TokenHashes passage = random.words(60);
  EXPECT_GE(Shared({passage, passage}).count(join({random.words(20), passage})), 30U);
}

TEST(SharedPassages, AreNoneOfTextsShorterThanAPassage) {
  Random random(5);
  for (std::size_t size = 0; size <= SharedPassages::kTokens; ++size) {
    const TokenHashes text = random.words(size);
    EXPECT_EQ(Shared({text, text}).count(text), 0U) << size;
  }
}

TEST(SharedPassages, AreNoneOfNothing) {
  EXPECT_EQ(Shared({}).count(Random(6).words(100)), 0U);
  EXPECT_EQ(Shared({{}, {}, {}}).count({}), 0U);
}

TEST(SharedPassages, AreOneInThreeChosenTheSameInEveryText) {
  Random random(7);
  const TokenHashes text = random.words(40000);
  std::vector<std::uint64_t> chosen, of_more;
  SharedPassages::choose(text, chosen);
  EXPECT_NEAR(static_cast<double>(chosen.size()), 40000.0 / SharedPassages::kChosen, 500);
  EXPECT_TRUE(std::is_sorted(chosen.begin(), chosen.end()));
  EXPECT_EQ(std::adjacent_find(chosen.begin(), chosen.end()), chosen.end()) << "each once";
  SharedPassages::choose(join({random.words(77), text, text}), of_more);
  EXPECT_TRUE(std::includes(of_more.begin(), of_more.end(), chosen.begin(), chosen.end()));
}

/// Every third text has one of a few passages in it.
std::vector<TokenHashes> make_crawl(std::uint64_t seed, std::size_t size) {
  Random random(seed);
  std::vector<TokenHashes> passages, out;
  for (std::size_t i = 0; i < 20; ++i)
    passages.push_back(random.words(30 + 2 * i));
  for (std::size_t i = 0; i < size; ++i) {
    TokenHashes text = random.words(100 + random.below(200));
    if (i % 3 == 0)
      text = join({random.words(50), passages[random.below(20)], random.words(30), text});
    out.push_back(std::move(text));
  }
  return out;
}

TEST(SharedPassages, AreTheSameInAnyOrderAndInAnyMemory) {
  const std::vector<TokenHashes> texts = make_crawl(8, 3000);
  const Shared forward(texts), little(texts, 1);
  const Shared backward(std::vector<TokenHashes>(texts.rbegin(), texts.rend()));
  EXPECT_EQ(forward.spilled_bytes(), 0U);
  EXPECT_GT(little.spilled_bytes(), 0U);
  std::size_t all = 0;
  for (const TokenHashes& text : texts) {
    const std::vector<bool> expected = forward.marked(text);
    all += static_cast<std::size_t>(std::count(expected.begin(), expected.end(), true));
    ASSERT_EQ(backward.marked(text), expected);
    ASSERT_EQ(little.marked(text), expected);
  }
  EXPECT_GT(all, 20000U) << "or this tests nothing";
}

TEST(SharedPassages, AreNeverMarkedByChance) {
  Random random(9);
  std::vector<TokenHashes> texts;
  for (int i = 0; i < 3000; ++i)
    texts.push_back(random.words(350));
  const Shared shared(texts);
  for (const TokenHashes& text : texts)
    ASSERT_EQ(shared.count(text), 0U);
}

}  // namespace
}  // namespace kithkin
