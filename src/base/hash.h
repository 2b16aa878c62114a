// The hashes everything stands on, each documented to the bit in docs/formats.md. Changing one is
// a decision: golden vectors pin them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace kithkin {

using TokenHash = std::uint64_t;
using ShingleHash = std::uint64_t;

/// The upper half of a token's hash, but for its lowest bit: enough to tell words apart where two
/// texts are aligned and words are weighed; half the memory. Numbers have keys of their own, which
/// are odd (text/number.h).
using WordKey = std::uint32_t;
constexpr WordKey word_key(TokenHash token) { return static_cast<WordKey>(token >> 32) & ~1U; }
constexpr bool is_number(WordKey word) { return (word & 1) != 0; }

/// The finalizer of splitmix64 (Steele, Lea, Flood 2014): a bijection on 64 bits that spreads
/// every input bit over the whole word.
constexpr std::uint64_t mix64(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// The generator splitmix64: the next word of the stream that `state` is in.
constexpr std::uint64_t splitmix64(std::uint64_t& state) noexcept {
  state += 0x9e3779b97f4a7c15ULL;
  return mix64(state);
}

/// Hash of a folded token of `size` bytes. The bytes from `size` up to the next multiple of eight
/// must be readable and zero. Words of eight bytes, little-endian; a multiplication each, so that
/// a vector unit can do eight tokens at a time. Tokens of equal length up to eight bytes never
/// collide: every step is a bijection.
inline TokenHash hash_token(const unsigned char* bytes, std::size_t size) noexcept {
  std::uint64_t h = 0x9e3779b97f4a7c15ULL * (size + 1);
  for (std::size_t i = 0; i < size; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + i, 8);  // little-endian is asserted in hash.cpp
    h = (h ^ word) * 0xd6e8feb86659fd93ULL;
    h ^= h >> 32;
  }
  return h;
}

/// The lowest n bytes of a word, all eight from n = 8 on. A table: without the newest instructions
/// shifts by a variable cost more.
inline constexpr auto kLowBytes = [] {
  std::array<std::uint64_t, 64> out{};
  for (std::size_t n = 1; n < out.size(); ++n)
    out[n] = ~std::uint64_t{0} >> (n < 8 ? 64 - 8 * n : 0);
  return out;
}();

/// hash_token() of a token that other bytes follow: eight more than its pieces have, sixteen at
/// least, are readable. Two pieces are hashed whether there are two or not, and which of the two
/// comes out is no branch: how long a word is, is anyone's guess.
[[gnu::always_inline]] inline TokenHash hash_token_within(const unsigned char* bytes,
                                                          std::size_t size) noexcept {
  constexpr std::size_t kMost = kLowBytes.size() - 1;
  const auto step = [&](TokenHash h, std::size_t at, std::size_t left) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + at, 8);
    h = (h ^ (word & kLowBytes[left])) * 0xd6e8feb86659fd93ULL;
    return h ^ h >> 32;
  };
  const std::size_t few = size < kMost ? size : kMost;
  TokenHash h = step(0x9e3779b97f4a7c15ULL * (size + 1), 0, few);
  const TokenHash two = step(h, 8, few < 8 ? 0 : few - 8);
  h ^= (h ^ two) & (size > 8 ? ~std::uint64_t{0} : 0);
  for (std::size_t at = 16; at < size; at += 8)
    h = step(h, at, size - at < kMost ? size - at : kMost);
  return h;
}

/// 128 bits that stand for a whole sequence of tokens: equal contents, equal text.
struct ContentHash {
  std::uint64_t high = 0, low = 0;
  bool operator==(const ContentHash&) const = default;
};

/// XXH3 (128 bits, seed 0) of the token hashes as little-endian words.
ContentHash hash_content(std::span<const TokenHash> tokens) noexcept;

/// XXH3 (64 bits, seed 0) of bytes, for keys and checks outside the text pass.
std::uint64_t hash_bytes(const void* data, std::size_t size) noexcept;

}  // namespace kithkin
