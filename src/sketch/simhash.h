// SimHash: a shingle multiset as 64 bits whose Hamming distance tells the angle.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "base/hash.h"

namespace kithkin {

/// A 64-bit fingerprint: bit b is 1 where the sum over shingles of +-weight (by bit b of the
/// shingle's seeded hash, mix64(shingle ^ mix64(seed))) is over 0. Charikar 2002; Manku, Jain, Das
/// Sarma 2007. An empty set gives 0. The expected distance of two fingerprints is 64/pi times the
/// angle between the weight vectors. O(shingles), allocates nothing.
std::uint64_t simhash(std::span<const ShingleHash> shingles, std::uint64_t seed) noexcept;

/// The same with a weight for each shingle. Precondition: equal sizes; the sum of all weights fits
/// 63 bits.
std::uint64_t simhash(std::span<const ShingleHash> shingles, std::span<const std::uint32_t> weights,
                      std::uint64_t seed) noexcept;

/// Bits in which two fingerprints differ, 0 to 64.
constexpr int hamming_distance(std::uint64_t a, std::uint64_t b) noexcept {
  return std::popcount(a ^ b);
}

}  // namespace kithkin
