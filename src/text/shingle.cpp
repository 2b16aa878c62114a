// A rolling polynomial over token hashes, then a finalizer.
//
//   s(i) = t(i) P^(k-1) + ... + t(i+k-1)  mod 2^64,   shingle = mix64(s + k)
//
// The tokens are well-mixed 64-bit hashes and P is odd, so two different runs of k tokens meet by
// chance only (2^-64 a pair). k is mixed in so that a short text's one shingle, over fewer tokens,
// lives in a space of its own. docs/formats.md has the known answers.
// Tests: tests/unit/text/shingle_test.cpp holds it against the sum written out.
#include "text/shingle.h"

#include <cassert>

namespace kithkin {
namespace {

constexpr std::uint64_t kMultiplier = 0x2545f4914f6cdd1dULL;

}  // namespace

void make_shingles(std::span<const TokenHash> tokens, std::uint32_t k,
                   std::vector<ShingleHash>& out) {
  assert(k >= 1 && k <= 64);
  out.clear();
  if (tokens.empty()) return;
  if (tokens.size() < k) k = static_cast<std::uint32_t>(tokens.size());
  std::uint64_t sum = 0;
  std::uint64_t leading = 1;  // P^(k-1), the weight of the token that leaves
  for (std::uint32_t i = 0; i < k; ++i) {
    sum = sum * kMultiplier + tokens[i];
    if (i > 0) leading *= kMultiplier;
  }
  out.resize(tokens.size() - k + 1);
  out[0] = mix64(sum + k);
  for (std::size_t i = k; i < tokens.size(); ++i) {
    sum = (sum - tokens[i - k] * leading) * kMultiplier + tokens[i];
    out[i - k + 1] = mix64(sum + k);
  }
}

}  // namespace kithkin
