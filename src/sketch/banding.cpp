// Broder's and Indyk & Motwani's banding: a key is a hash of `rows` minima, so pairs share it with
// probability j^rows; `bands` of them give an S-curve that the threshold is laid on.
//
//   threshold 0.6, 128 minima, recall 0.95:  4 rows (0.988 with 32 bands; 5 rows would give 0.868)
//
// Tests: tests/unit/sketch/banding_test.cpp.
#include "sketch/banding.h"

#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "base/hash.h"

namespace kithkin {
namespace {

/// The first bit of each of six blocks of 10 or 11 bits, and the end.
constexpr std::array<std::uint32_t, 7> kBlockBegin = {0, 11, 22, 33, 44, 54, 64};

std::uint64_t block_mask(std::uint32_t block) {
  const std::uint32_t width = kBlockBegin[block + 1] - kBlockBegin[block];
  return ((std::uint64_t{1} << width) - 1) << kBlockBegin[block];
}

}  // namespace

double band_recall(const Banding& banding, double j) {
  return 1 - std::pow(1 - std::pow(j, banding.rows), banding.bands);
}

Banding choose_banding(std::uint32_t length, double threshold, double recall) {
  for (std::uint32_t rows = length; rows > 1; --rows) {
    const Banding banding{length / rows, rows};
    if (band_recall(banding, threshold) >= recall) return banding;
  }
  return {length, 1};
}

void band_keys(std::span<const std::uint32_t> signature, const Banding& banding,
               std::span<std::uint64_t> keys) noexcept {
  assert(signature.size() >= std::size_t{banding.bands} * banding.rows);
  const std::uint32_t* minimum = signature.data();
  for (std::uint32_t b = 0; b < banding.bands; ++b) {
    std::uint64_t key = b + 1;
    for (std::uint32_t r = 0; r < banding.rows; ++r) {
      key = (key ^ *minimum++) * 0x9fb21c651e98df25ULL;
      key ^= key >> 32;
    }
    keys[b] = mix64(key);
  }
}

void hamming_keys(std::uint64_t fingerprint, std::span<std::uint64_t> keys) noexcept {
  std::size_t table = 0;
  for (std::uint32_t x = 0; x < 6; ++x) {
    for (std::uint32_t y = x + 1; y < 6; ++y) {
      for (std::uint32_t z = y + 1; z < 6; ++z) {
        const std::uint64_t mask = block_mask(x) | block_mask(y) | block_mask(z);
        keys[table] = mix64((fingerprint & mask) ^ mix64(table + 1));
        ++table;
      }
    }
  }
}

double hamming_recall(double j) {
  const double cosine = 2 * j / (1 + j);
  const double p = std::acos(std::fmin(cosine, 1.0)) / std::numbers::pi;
  double sum = 0, term = std::pow(1 - p, 64);
  if (p >= 1) return 0;
  for (std::uint32_t d = 0; d <= kMostDistance; ++d) {
    sum += term;
    term *= (64.0 - d) / (d + 1.0) * p / (1 - p);
  }
  return sum;
}

}  // namespace kithkin
