// Tokens to shingles: k consecutive tokens as one hash.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// Replaces `out` with the shingle hashes of a token sequence, in order and with repeats: n-k+1 of
/// them for n >= k tokens, one over all of them for 0 < n < k, none for n = 0.
/// Precondition: 1 <= k <= 64. O(n), whatever k is.
void make_shingles(std::span<const TokenHash> tokens, std::uint32_t k,
                   std::vector<ShingleHash>& out);

}  // namespace kithkin
