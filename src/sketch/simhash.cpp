// Count, for each of 64 bits, how often it is set: the sum of +-1 is 2 * ones - shingles, so the
// bit of the fingerprint is 1 where ones * 2 > shingles. Counting ones instead of summing signs is
// what a vector unit can do in masked adds of narrow lanes, bit for bit the same.
// Tests: tests/unit/sketch/simhash_test.cpp against the definition and against theory.
#include "sketch/simhash.h"

#include <array>
#include <cassert>

namespace kithkin {
namespace {

using Counts = std::array<std::uint64_t, 64>;

std::uint64_t majority(const Counts& ones, std::uint64_t total) {
  std::uint64_t fingerprint = 0;
  for (std::uint32_t b = 0; b < 64; ++b) {
    fingerprint |= std::uint64_t{ones[b] * 2 > total} << b;
  }
  return fingerprint;
}

}  // namespace

std::uint64_t simhash(std::span<const ShingleHash> shingles, std::uint64_t seed) noexcept {
  Counts ones{};
  const std::uint64_t key = mix64(seed);
  for (const ShingleHash shingle : shingles) {
    const std::uint64_t hash = mix64(shingle ^ key);
    for (std::uint32_t b = 0; b < 64; ++b)
      ones[b] += hash >> b & 1;
  }
  return majority(ones, shingles.size());
}

std::uint64_t simhash(std::span<const ShingleHash> shingles, std::span<const std::uint32_t> weights,
                      std::uint64_t seed) noexcept {
  assert(shingles.size() == weights.size());
  Counts ones{};
  std::uint64_t total = 0;
  const std::uint64_t key = mix64(seed);
  for (std::size_t i = 0; i < shingles.size(); ++i) {
    const std::uint64_t hash = mix64(shingles[i] ^ key);
    for (std::uint32_t b = 0; b < 64; ++b)
      ones[b] += (hash >> b & 1) * weights[i];
    total += weights[i];
  }
  return majority(ones, total);
}

}  // namespace kithkin
