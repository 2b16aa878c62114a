// Small hash tables of hashes: what exact counting and alignment stand on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// A set of hashes with fast look-up: open addressing, an eighth to half full. Scratch space,
/// reused from set to set; one thread at a time.
template <class Hash>
class HashSet {
 public:
  /// Empties it and makes room.
  void reset(std::size_t expected);
  /// Empties it and puts these in.
  void fill(std::span<const Hash> hashes);
  /// Returns whether it is new.
  bool insert(Hash hash);
  [[nodiscard]] bool contains(Hash hash) const;

  /// Moves the first of each hash to the front, in order, and returns how many there are. O(n).
  /// Leaves the set as it is.
  std::uint32_t keep_distinct(std::span<Hash> hashes);

 private:
  std::vector<Hash> slots_;            // 0 for free
  std::vector<std::uint32_t> places_;  // of keep_distinct(): 1 and more, 0 for free
  int shift_ = 0;                      // leaves as many bits as a slot's number has
  bool has_zero_ = false;
};

extern template class HashSet<ShingleHash>;
extern template class HashSet<WordKey>;
using ShingleSet = HashSet<ShingleHash>;
using WordSet = HashSet<WordKey>;

}  // namespace kithkin
