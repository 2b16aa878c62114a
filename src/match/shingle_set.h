// Small hash tables of hashes: what exact counting and alignment stand on.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// A Bloom filter of one word a hash and two bits in it: says of a hash that is not in it that it
/// may be, one time in some hundred. Sixteen bytes a hash at the most, so that it is emptied and
/// filled in a fraction of the time that a table takes.
class HashFilter {
 public:
  /// Empties it and makes room.
  void reset(std::size_t expected) {
    const std::size_t words = std::bit_ceil(expected < 16 ? std::size_t{16} : expected);
    words_.assign(words, 0);
    shift_ = 64 - std::countr_zero(words);
  }
  /// Puts a mixed hash in; returns whether it may have been in before.
  bool insert(std::uint64_t hash) {
    std::uint64_t& word = words_[hash >> shift_];
    const bool known = (word & bits(hash)) == bits(hash);
    word |= bits(hash);
    return known;
  }
  [[nodiscard]] bool may_contain(std::uint64_t hash) const {
    return (words_[hash >> shift_] & bits(hash)) == bits(hash);
  }

 private:
  static std::uint64_t bits(std::uint64_t hash) {
    return std::uint64_t{1} << (hash & 63) | std::uint64_t{1} << (hash >> 6 & 63);
  }
  std::vector<std::uint64_t> words_;
  int shift_ = 0;
};

/// Where a hash stands first among these, or how many there are; in vectors.
std::size_t find_hash(std::span<const std::uint64_t> hashes, std::uint64_t hash);

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
  bool insert(Hash hash) {
    if (hash == 0) return !std::exchange(has_zero_, true);
    Hash& slot = slots_[find(hash)];
    return std::exchange(slot, hash) == 0;
  }
  [[nodiscard]] bool contains(Hash hash) const {
    return hash == 0 ? has_zero_ : slots_[find(hash)] != 0;
  }

  /// Moves the first of each hash to the front, in order, and returns how many there are. O(n).
  /// Leaves the set as it is.
  std::uint32_t keep_distinct(std::span<Hash> hashes);

 private:
  std::uint32_t keep_by_table(std::span<Hash> hashes);
  /// Shingles are mixed; keys of words are even but for numbers: a product mixes them.
  static std::size_t slot_of(Hash hash, int shift) {
    return sizeof(Hash) == 8 ? hash >> shift : hash * Hash{0x9e3779b1} >> shift;
  }
  /// The slot a hash stands in, or would.
  [[nodiscard]] std::size_t find(Hash hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot_of(hash, shift_);
    while (slots_[at] != 0 && slots_[at] != hash)
      at = (at + 1) & mask;
    return at;
  }

  std::vector<Hash> slots_;            // 0 for free
  std::vector<std::uint32_t> places_;  // of keep_distinct(): 1 and more, 0 for free
  HashFilter filter_;                  // of keep_distinct()
  int shift_ = 0;                      // leaves as many bits as a slot's number has
  bool has_zero_ = false;
};

extern template class HashSet<ShingleHash>;
extern template class HashSet<WordKey>;
using ShingleSet = HashSet<ShingleHash>;
using WordSet = HashSet<WordKey>;

}  // namespace kithkin
