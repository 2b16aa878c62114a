// Where texts come from once they are hashes: what verification needs from outside.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <kithkin/result.h>

#include "base/hash.h"

namespace kithkin {

/// A document's shingles without repeats.
class ShingleSource {
 public:
  virtual ~ShingleSource() = default;
  /// In `buffer` or elsewhere; valid until the buffer's next use. Any number of threads at once,
  /// each with its buffer. Fails with `input` when they cannot be had.
  virtual Result<std::span<const ShingleHash>> shingles(std::uint32_t document,
                                                        std::vector<ShingleHash>& buffer) const = 0;
  /// How many they are.
  [[nodiscard]] virtual std::uint32_t count(std::uint32_t document) const = 0;
};

/// Its words too, in order.
class TextSource : public ShingleSource {
 public:
  virtual Result<std::span<const WordKey>> words(std::uint32_t document,
                                                 std::vector<WordKey>& buffer) const = 0;
};

}  // namespace kithkin
