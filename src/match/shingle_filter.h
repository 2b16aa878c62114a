// Which shingles are looked up, roughly: so that of all that could be held only those are.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/large_pages.h"
#include "base/radix_sort.h"

namespace kithkin {

/// A blocked Bloom filter: two bits of one word for each shingle. With a byte a shingle it takes
/// one in twenty for known that is not, with less more; it never takes a known one for unknown.
///
/// A document looks up shingles whose lower half is under a bound, the lower the longer it is. So
/// shingles of each range of lower halves have a region of their own, as large as they are many: a
/// crawl without short documents knows none of large lower halves, which is told from a small
/// table, and each place in the large one is a cache miss. One thread inserts, then any number may
/// ask.
class ShingleFilter {
 public:
  /// Ranges of lower halves: eight to each power of two.
  static constexpr std::size_t kRanges = 256;
  static std::size_t range_of(ShingleHash shingle) {
    const std::uint32_t lower = std::max(static_cast<std::uint32_t>(shingle), 8U);
    const int exponent = std::bit_width(lower) - 1;
    return static_cast<std::size_t>(exponent) * 8 + (lower >> (exponent - 3) & 7);
  }
  using Counts = std::array<std::uint64_t, kRanges>;

  /// Knows nothing.
  ShingleFilter() : ShingleFilter(Counts{}, 0) {}
  /// For so many shingles of each range, a byte for each but about `memory` bytes at most. Throws
  /// std::bad_alloc.
  ShingleFilter(const Counts& shingles, std::size_t memory);

  void insert(std::span<const ShingleHash> shingles);

  [[nodiscard]] bool may_contain(ShingleHash shingle) const {
    return (words_[place(shingle)] & bits(shingle)) == bits(shingle);
  }

  /// Whether any shingle of this one's range is known: asks the small table only.
  [[nodiscard]] bool knows_range_of(ShingleHash shingle) const {
    return regions_[range_of(shingle)].first != 0;
  }

  /// Keeps those that it may contain: fetches words long before they are asked, for each is a miss.
  void keep_known(std::vector<KeyedDocument>& shingles) const;

 private:
  struct Region {
    std::uint64_t first = 0, size = 1;  // words; where nothing is known, the first, which is zero
  };
  // The word by the uppermost bits, the bits in it by those above the lower half.
  [[nodiscard]] std::size_t place(ShingleHash shingle) const {
    const Region& region = regions_[range_of(shingle)];
    return region.first + ((shingle >> 32) * region.size >> 32);
  }
  static std::uint64_t bits(ShingleHash shingle) {
    return std::uint64_t{1} << (shingle >> 32) % 64 | std::uint64_t{1} << (shingle >> 38) % 64;
  }

  std::array<Region, kRanges> regions_;
  std::unique_ptr<std::uint64_t[], FreeMemory> words_;
};

}  // namespace kithkin
