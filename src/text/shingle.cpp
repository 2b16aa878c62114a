// A rolling polynomial over the keys of tokens, then a finalizer.
//
//   s(i) = t(i) P^(k-1) + ... + t(i+k-1)  mod 2^64,   shingle = mix64(s + k)
//
// A key is half a token's hash (base/hash.h) and P is odd, so two runs of k tokens that differ in
// several meet by chance only (2^-64 a pair), and those that differ in one where two words have one
// key (2^-31). Why keys: whoever holds a text for later holds four bytes a token and makes its
// shingles again, faster than it could read them from memory. k is mixed in so that a short text's
// one shingle, over fewer tokens, lives in a space of its own. docs/formats.md has the known
// answers. Tests: tests/unit/text/shingle_test.cpp holds it against the sum written out.
#include "text/shingle.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/vector_clones.h"

namespace kithkin {
namespace {

constexpr std::uint64_t kMultiplier = 0x2545f4914f6cdd1dULL;

std::uint64_t key_of(TokenHash token) { return word_key(token); }
std::uint64_t key_of(WordKey key) { return key & ~WordKey{1}; }

constexpr std::uint64_t power(std::uint32_t exponent) {
  std::uint64_t out = 1;
  for (std::uint32_t i = 0; i < exponent; ++i)
    out *= kMultiplier;
  return out;
}

/// Shingles of the default size from keys without marks: each sum by itself, many side by side.
/// Vector units multiply 32 bits by 32: so the powers of P are taken in halves, and of the upper
/// ones only 32 bits of the sum count.
KITHKIN_LOOPS void sum_fives_loops(const WordKey* keys, std::size_t count, ShingleHash* out) {
  constexpr std::uint32_t k = 5;
  constexpr auto low = [](std::uint32_t e) { return power(e) & UINT32_MAX; };
  constexpr auto high = [](std::uint32_t e) { return static_cast<std::uint32_t>(power(e) >> 32); };
  for (std::size_t i = 0; i < count; ++i) {
    const WordKey* const t = keys + i;
    const std::uint64_t lower = t[0] * low(4) + t[1] * low(3) + t[2] * low(2) + t[3] * low(1);
    const std::uint32_t upper = t[0] * high(4) + t[1] * high(3) + t[2] * high(2) + t[3] * high(1);
    out[i] = mix64(lower + (std::uint64_t{upper} << 32) + t[4] + k);
  }
}

KITHKIN_VECTOR_CLONES(void, sum_fives, (const WordKey* keys, std::size_t count, ShingleHash* out),
                      (keys, count, out))

/// A piece at a time, its keys without marks on the stack.
template <class Token>
void make_fives(const Token* tokens, std::size_t count, ShingleHash* out) {
  constexpr std::size_t kAtOnce = 252, kMore = 4;
  WordKey keys[kAtOnce + kMore];
  for (std::size_t at = 0; at < count; at += kAtOnce) {
    const std::size_t some = std::min(kAtOnce, count - at);
    for (std::size_t i = 0; i < some + kMore; ++i)
      keys[i] = static_cast<WordKey>(key_of(tokens[at + i]));
    sum_fives(keys, some, out + at);
  }
}

template <class Token>
void make(std::span<const Token> tokens, std::uint32_t k, std::vector<ShingleHash>& out) {
  assert(k >= 1 && k <= 64);
  if (tokens.empty()) return out.clear();
  if (tokens.size() < k) k = static_cast<std::uint32_t>(tokens.size());
  const std::uint64_t leading = power(k - 1);  // the weight of the token that leaves
  out.resize(tokens.size() - k + 1);
  if (k == 5) return make_fives(tokens.data(), out.size(), out.data());  // the default
  // Each sum waits for the one before it; several stretches at once wait together.
  constexpr std::size_t kStretches = 4;
  const std::size_t each = out.size() / kStretches;
  const Token* t = tokens.data();
  const auto sum_at = [&](std::size_t at) {
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < k; ++i)
      sum = sum * kMultiplier + key_of(t[at + i]);
    return sum;
  };
  if (each > 0) {
    std::array<std::uint64_t, kStretches> sums;
    for (std::size_t s = 0; s < kStretches; ++s)
      sums[s] = sum_at(s * each);
    ShingleHash* o = out.data();
    for (std::size_t i = 0; i + 1 < each; ++i, ++t, ++o) {
      for (std::size_t s = 0; s < kStretches; ++s) {
        o[s * each] = mix64(sums[s] + k);
        sums[s] = (sums[s] - key_of(t[s * each]) * leading) * kMultiplier + key_of(t[s * each + k]);
      }
    }
    for (std::size_t s = 0; s < kStretches; ++s)
      o[s * each] = mix64(sums[s] + k);
  }
  t = tokens.data();
  for (std::size_t at = each * kStretches; at < out.size(); ++at)
    out[at] = mix64(sum_at(at) + k);
}

}  // namespace

void make_shingles(std::span<const TokenHash> tokens, std::uint32_t k,
                   std::vector<ShingleHash>& out) {
  make(tokens, k, out);
}

void make_shingles(std::span<const WordKey> keys, std::uint32_t k, std::vector<ShingleHash>& out) {
  make(keys, k, out);
}

}  // namespace kithkin
