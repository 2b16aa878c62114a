// Counts of very many keys in little memory, never too low.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "base/hash.h"
#include "base/large_pages.h"

namespace kithkin {

/// One byte a slot, and keys that share one are counted together: what few have done is told from
/// what many may have, by one look at memory that mostly is in a cache.
class CountFilter {
 public:
  /// At most `slots` bytes, a power of two of them.
  explicit CountFilter(std::size_t slots)
      : size_(std::bit_floor(std::max<std::size_t>(slots, kLeast))),
        counts_(large_array<std::uint8_t>(size_)) {
    if (counts_ == nullptr) throw std::bad_alloc();
    std::fill_n(counts_.get(), size_, std::uint8_t{0});
  }

  /// Counts a key, and returns how often it was added, or more; at most kMost.
  std::uint32_t add(std::uint64_t key) {
    std::uint8_t& count = counts_[place(key)];
    count = static_cast<std::uint8_t>(count + (count < kMost ? 1 : 0));
    return count;
  }

  /// Has what may_have() looks at brought near.
  void prefetch(std::uint64_t key) const { __builtin_prefetch(&counts_[place(key)]); }

  /// False only where the key was added less often than `times`.
  [[nodiscard]] bool may_have(std::uint64_t key, std::uint32_t times) const {
    return counts_[place(key)] >= std::min(times, kMost);
  }

 private:
  static constexpr std::size_t kLeast = std::size_t{1} << 12;
  static constexpr std::uint32_t kMost = UINT8_MAX;

  [[nodiscard]] std::size_t place(std::uint64_t key) const {
    return static_cast<std::size_t>(mix64(key)) & (size_ - 1);
  }

  std::size_t size_;
  std::unique_ptr<std::uint8_t[], FreeMemory> counts_;
};

}  // namespace kithkin
