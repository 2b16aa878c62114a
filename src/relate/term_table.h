// Terms to places: an open-addressing table that is cleared and refilled without new memory.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// A stemmed word of a language, by 32 bits of its hash: among a million different terms one in
/// some four thousand shares its number with another.
using TermHash = std::uint32_t;

class TermTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// Empties the table and makes room for so many terms.
  void reset(std::size_t terms) {
    const std::size_t slots = std::bit_ceil(std::max<std::size_t>(terms * 2, 64));
    slots_.assign(slots, {0, kNone});
    mask_ = slots - 1;
    size_ = 0;
  }

  /// The place of a term, which gets the next one when it is new. At most as many as reset() was
  /// told.
  std::uint32_t insert(TermHash term) {
    Slot& slot = slots_[slot_of(term)];
    if (slot.place == kNone) slot = {term, size_++};
    return slot.place;
  }

  /// The place of a term, or kNone.
  [[nodiscard]] std::uint32_t find(TermHash term) const {
    return slots_.empty() ? kNone : slots_[slot_of(term)].place;
  }

  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  struct Slot {
    TermHash term;
    std::uint32_t place;
  };
  [[nodiscard]] std::size_t slot_of(TermHash term) const {
    std::size_t at = mix64(term) & mask_;
    while (slots_[at].place != kNone && slots_[at].term != term)
      at = (at + 1) & mask_;
    return at;
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace kithkin
