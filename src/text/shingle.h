// Tokens to shingles: k consecutive tokens as one hash.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// How many shingles of k tokens a sequence of n has: n-k+1 for n >= k, one over all of them for
/// 0 < n < k, none for n = 0.
constexpr std::uint32_t shingle_count(std::uint32_t n, std::uint32_t k) {
  return n < k ? (n > 0 ? 1 : 0) : n - k + 1;
}

/// Replaces `out` with the shingle hashes of a token sequence, in order and with repeats: over the
/// tokens' keys, so that who holds keys can make them too. Precondition: 1 <= k <= 64. O(n),
/// whatever k is.
void make_shingles(std::span<const TokenHash> tokens, std::uint32_t k,
                   std::vector<ShingleHash>& out);

/// The same from word_key() of each token; their lowest bits do not count.
void make_shingles(std::span<const WordKey> keys, std::uint32_t k, std::vector<ShingleHash>& out);

}  // namespace kithkin
