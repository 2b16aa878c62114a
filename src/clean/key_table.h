// A map from 64-bit keys to small values, in one stretch of memory.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// Open addressing, at most half full. The key 0 stands for none: it is never
/// found and may not be made.
template <class Value>
class KeyTable {
 public:
  /// The value of a key, made when it is not there. Valid until the next call.
  Value& operator[](std::uint64_t key) {
    assert(key != 0);
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(key)];
    if (slot.key == 0) {
      slot.key = key;
      ++size_;
    }
    return slot.value;
  }

  [[nodiscard]] const Value* find(std::uint64_t key) const {
    if (key == 0 || slots_.empty()) return nullptr;
    const Slot& slot = slots_[place(key)];
    return slot.key == 0 ? nullptr : &slot.value;
  }
  [[nodiscard]] Value* find(std::uint64_t key) {
    return const_cast<Value*>(static_cast<const KeyTable*>(this)->find(key));
  }

  [[nodiscard]] std::size_t size() const { return size_; }

  /// Forgets all; lets go of the room that many keys needed.
  void clear() {
    if (slots_.size() > kLarge) slots_ = {};
    if (size_ > 0) std::fill(slots_.begin(), slots_.end(), Slot{});
    size_ = 0;
  }

 private:
  static constexpr std::size_t kLarge = std::size_t{1} << 12;
  struct Slot {
    std::uint64_t key = 0;
    Value value{};
  };

  [[nodiscard]] std::size_t place(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(mix64(key)) & mask;
    while (slots_[at].key != 0 && slots_[at].key != key)
      at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> before(slots_.empty() ? 64 : 2 * slots_.size());
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.key != 0) slots_[place(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace kithkin
