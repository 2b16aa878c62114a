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

/// Replaces `out` with the shingle hashes of a token sequence, in order and with repeats.
/// Precondition: 1 <= k <= 64. O(n), whatever k is.
void make_shingles(std::span<const TokenHash> tokens, std::uint32_t k,
                   std::vector<ShingleHash>& out);

}  // namespace kithkin
