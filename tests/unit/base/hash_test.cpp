// The hashes, pinned: files of fingerprints stand on them. docs/formats.md has more of them.
#include "base/hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

TokenHash hash_of(std::string token) {
  const std::size_t size = token.size();
  token.resize((size + 7) / 8 * 8, '\0');
  return hash_token(reinterpret_cast<const unsigned char*>(token.data()), size);
}

TEST(HashTokenWithin, IsTheHashOfTheTokenWhateverFollows) {
  Random random(8);
  for (std::size_t size = 1; size <= 70; ++size) {
    std::string bytes;
    for (std::size_t i = 0; i < size + 16; ++i)
      bytes += static_cast<char>(random.below(256));
    const auto* const begin = reinterpret_cast<const unsigned char*>(bytes.data());
    EXPECT_EQ(hash_token_within(begin, size), hash_of(bytes.substr(0, size))) << size;
  }
}

/// The inverse of mix64, step by step from its end.
std::uint64_t unmix64(std::uint64_t x) {
  const auto unshift = [](std::uint64_t y, int by) {
    std::uint64_t out = y;
    for (int done = by; done < 64; done += by)
      out = y ^ (out >> by);
    return out;
  };
  x = unshift(x, 31) * 0x319642b2d24d8ec3ULL;
  x = unshift(x, 27) * 0x96de1b173f119089ULL;
  return unshift(x, 30);
}

TEST(Mix64, HasItsKnownValues) {
  EXPECT_EQ(mix64(0), 0U);
  EXPECT_EQ(mix64(1), 0x5692161d100b05e5ULL);
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15ULL), 0xe220a8397b1dcdafULL);  // splitmix64 from 0
}

TEST(Mix64, CanBeUndone) {
  Random random(1);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(unmix64(mix64(i)), i);
    EXPECT_EQ(unmix64(mix64(~i)), ~i);
    const std::uint64_t word = random.word();
    EXPECT_EQ(unmix64(mix64(word)), word);
  }
}

TEST(Mix64, EveryBitChangesAboutHalfOfTheOutput) {
  Random random(2);
  for (int bit = 0; bit < 64; ++bit) {
    int flips = 0;
    for (int i = 0; i < 1000; ++i) {
      const std::uint64_t word = random.word();
      flips += std::popcount(mix64(word) ^ mix64(word ^ std::uint64_t{1} << bit));
    }
    EXPECT_NEAR(flips / 1000.0, 32, 1) << bit;
  }
}

TEST(SplitMix64, GivesItsPublishedSequence) {
  std::uint64_t state = 1234567;
  EXPECT_EQ(splitmix64(state), 6457827717110365317ULL);
  EXPECT_EQ(splitmix64(state), 3203168211198807973ULL);
  EXPECT_EQ(splitmix64(state), 9817491932198370423ULL);
}

TEST(HashToken, HasItsKnownValues) {
  EXPECT_EQ(hash_of(""), 0x9e3779b97f4a7c15ULL);
  EXPECT_EQ(hash_of("a"), 0x4e1d2d41d2e29f50ULL);
  EXPECT_EQ(hash_of("the"), 0x487b8ca2800976c2ULL);
  EXPECT_EQ(hash_of("lighthouse"), 0x095f8f061a1c6979ULL);
  EXPECT_EQ(hash_of("جسر"), 0xad67228d8a1c009cULL);
}

TEST(HashToken, TellsApartAllTokensOfUpToThreeBytesAndMillionsOfUpToEight) {
  std::vector<TokenHash> hashes;
  for (std::uint32_t n = 0; n < 1U << 21;
       ++n) {  // printable or not: all of 0 to 2 bytes, some of 3
    std::string token;
    for (std::uint32_t left = n; left > 0; left >>= 8)
      token += static_cast<char>(left);
    hashes.push_back(hash_of(token));
  }
  Random random(3);
  for (std::size_t size = 4; size <= 8; ++size) {
    for (std::uint64_t n = 0; n < 100000; ++n) {
      const std::uint64_t bytes = n * 0x9e3779b97f4a7c15ULL;  // distinct in its low 4 bytes
      hashes.push_back(hash_of(std::string(reinterpret_cast<const char*>(&bytes), size)));
    }
  }
  const std::size_t count = hashes.size();
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  EXPECT_EQ(hashes.size(), count);
}

TEST(HashToken, CountsItsLengthSoZeroBytesMatter) {
  EXPECT_NE(hash_of(""), hash_of(std::string(1, '\0')));
  EXPECT_NE(hash_of("ab"), hash_of(std::string("ab\0", 3)));
  EXPECT_NE(hash_of("abcdefgh"), hash_of(std::string("abcdefgh\0", 9)));
}

TEST(HashToken, SeesTheOrderOfWordsOfEightBytes) {
  EXPECT_NE(hash_of("abcdefghABCDEFGH"), hash_of("ABCDEFGHabcdefgh"));
  EXPECT_NE(hash_of("abcdefghabcdefgh"), hash_of("abcdefgh"));
}

TEST(HashContent, HasItsKnownValues) {
  const std::array<TokenHash, 2> tokens = {0x9193b3562889c721ULL, 0xb5526c2fd18e3dffULL};
  EXPECT_EQ(hash_content({}), (ContentHash{0x99aa06d3014798d8ULL, 0x6001c324468d497fULL}));
  EXPECT_EQ(hash_content(tokens), (ContentHash{0xda2556990649a206ULL, 0x624c162ec285fbd5ULL}));
}

TEST(HashContent, SeesOrderLengthAndRepeats) {
  using Tokens = std::vector<TokenHash>;
  const std::vector<Tokens> sequences = {{}, {0}, {0, 0}, {1, 2}, {2, 1}, {1, 2, 2}, {1, 1, 2}};
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (const Tokens& tokens : sequences) {
    const ContentHash hash = hash_content(tokens);
    seen.emplace(hash.high, hash.low);
  }
  EXPECT_EQ(seen.size(), sequences.size());
}

TEST(HashBytes, IsXxh3) {  // from the test vectors of the xxHash project: XXH3_64bits of nothing
  EXPECT_EQ(hash_bytes("", 0), 0x2d06800538d394c2ULL);
}

}  // namespace
}  // namespace kithkin
