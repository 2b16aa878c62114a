// Rolling shingles against the sum written out.
#include "text/shingle.h"

#include <gtest/gtest.h>
#include <set>
#include <span>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

constexpr std::uint64_t kMultiplier = 0x2545f4914f6cdd1dULL;

std::uint64_t power(std::uint32_t exponent) {
  std::uint64_t out = 1;
  for (std::uint32_t i = 0; i < exponent; ++i)
    out *= kMultiplier;
  return out;
}

/// One shingle over all of `tokens`: each one's key times a power of its own.
ShingleHash written_out(std::span<const TokenHash> tokens) {
  const auto k = static_cast<std::uint32_t>(tokens.size());
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < k; ++i)
    sum += (tokens[i] >> 32 & ~1ULL) * power(k - 1 - i);
  return mix64(sum + k);
}

std::vector<ShingleHash> slowly(std::span<const TokenHash> tokens, std::uint32_t k) {
  if (tokens.empty()) return {};
  if (tokens.size() < k) return {written_out(tokens)};
  std::vector<ShingleHash> out;
  for (std::size_t i = 0; i + k <= tokens.size(); ++i)
    out.push_back(written_out(tokens.subspan(i, k)));
  return out;
}

std::vector<ShingleHash> rolled(std::span<const TokenHash> tokens, std::uint32_t k) {
  std::vector<ShingleHash> out = {42, 42};  // is replaced
  make_shingles(tokens, k, out);
  return out;
}

TEST(Shingles, EqualTheSumWrittenOut) {
  Random random(1);
  for (std::uint32_t k = 1; k <= 64; ++k) {
    for (const std::size_t n : {0, 1, 2, 4, 5, 6, 63, 64, 65, 200}) {
      const auto tokens = random.words(n);
      ASSERT_EQ(rolled(tokens, k), slowly(tokens, k)) << k << " " << n;
    }
  }
}

TEST(Shingles, AreTheSameFromKeys) {
  Random random(5);
  for (const std::uint32_t k : {1U, 3U, 5U, 6U, 64U}) {
    for (const std::size_t n : {0, 1, 4, 5, 63, 64, 200}) {
      const auto tokens = random.words(n);
      std::vector<WordKey> keys;
      for (const TokenHash token : tokens)
        keys.push_back(word_key(token) | (random.chance(.2) ? 1U : 0U));
      std::vector<ShingleHash> out = {42};
      make_shingles(keys, k, out);
      ASSERT_EQ(out, rolled(tokens, k)) << k << " " << n;
    }
  }
}

TEST(Shingles, NumberTokensLessKPlusOne) {
  Random random(2);
  const auto tokens = random.words(100);
  for (const std::uint32_t k : {1U, 5U, 64U})
    EXPECT_EQ(rolled(tokens, k).size(), 100 - k + 1);
}

TEST(Shingles, OfNoTokensAreNone) {
  for (const std::uint32_t k : {1U, 5U, 64U})
    EXPECT_TRUE(rolled({}, k).empty());
}

TEST(Shingles, OfFewerThanKTokensAreOneOverAllOfThem) {
  Random random(3);
  for (std::size_t n = 1; n <= 64; ++n) {
    const auto tokens = random.words(n);
    const auto shingles = rolled(tokens, 64);
    ASSERT_EQ(shingles.size(), 1U);
    EXPECT_EQ(shingles[0], written_out(tokens));
  }
}

TEST(Shingles, AllowForExtremeTokens) {
  const std::vector<TokenHash> tokens = {0, 0, UINT64_MAX, 0, UINT64_MAX, UINT64_MAX, 1, 0};
  for (std::uint32_t k = 1; k <= 9; ++k)
    EXPECT_EQ(rolled(tokens, k), slowly(tokens, k)) << k;
}

TEST(Shingles, OverFewerTokensDifferFromThoseOverK) {
  // Leading zero tokens add nothing to the sum: only the length tells these apart.
  std::set<ShingleHash> seen;
  for (std::size_t n = 1; n <= 64; ++n) {
    std::vector<TokenHash> tokens(n, 0);
    tokens.back() = TokenHash{12345} << 33;
    seen.insert(rolled(tokens, 64)[0]);
  }
  EXPECT_EQ(seen.size(), 64U);
}

TEST(Shingles, DependOnTheOrderOfTokens) {
  const auto of = [](std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    return rolled(std::vector<TokenHash>{a << 33, b << 33, c << 33}, 3);
  };
  EXPECT_NE(of(1, 2, 3), of(3, 2, 1));
  EXPECT_NE(of(1, 2, 3), of(2, 1, 3));
}

TEST(Shingles, RepeatWhereTheTokensRepeat) {
  std::vector<TokenHash> tokens;
  for (const std::uint64_t token : {7, 8, 9, 7, 8, 9, 7, 8, 9})
    tokens.push_back(token << 33);
  const auto shingles = rolled(tokens, 3);
  ASSERT_EQ(shingles.size(), 7U);
  EXPECT_EQ(shingles[0], shingles[3]);
  EXPECT_EQ(shingles[1], shingles[4]);
  EXPECT_NE(shingles[0], shingles[1]);
}

}  // namespace
}  // namespace kithkin
