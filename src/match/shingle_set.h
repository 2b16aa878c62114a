// A small hash table of 64-bit hashes: what exact counting and alignment stand on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// A set of shingle hashes with fast look-up: open addressing, an eighth to half full. Scratch
/// space, reused from set to set; one thread at a time.
class ShingleSet {
 public:
  /// Empties it and makes room.
  void reset(std::size_t expected);
  /// Empties it and puts these in, shingles or keys of words.
  template <class Hash>
  void fill(std::span<const Hash> hashes) {
    reset(hashes.size());
    for (const Hash hash : hashes)
      insert(hash);
  }
  /// Returns whether it is new.
  bool insert(ShingleHash shingle);
  [[nodiscard]] bool contains(ShingleHash shingle) const;

 private:
  std::vector<ShingleHash> slots_;  // 0 for free
  std::size_t mask_ = 0;
  bool has_zero_ = false;
};

/// Moves the first of each shingle to the front, in order, and returns how many there are. O(n).
std::uint32_t keep_distinct(std::span<ShingleHash> shingles, ShingleSet& scratch);

}  // namespace kithkin
