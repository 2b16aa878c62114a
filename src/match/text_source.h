// Where texts come from once they are hashes: what verification needs from outside.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <kithkin/result.h>

#include "base/hash.h"
#include "match/shingle_set.h"

namespace kithkin {

/// Room for one text at a time; scratch, reused.
struct TextBuffer {
  std::vector<WordKey> packed, words;
  std::vector<ShingleHash> shingles;
  ShingleSet set;
};

/// Documents' shingles.
class ShingleSource {
 public:
  virtual ~ShingleSource() = default;
  /// In order, repeats and all, in `buffer.shingles`; valid until the buffer's next use. Any number
  /// of threads at once, each with its buffer. Fails with `input` when they cannot be had.
  virtual Result<std::span<ShingleHash>> shingles(std::uint32_t document,
                                                  TextBuffer& buffer) const = 0;
  /// How many they are without repeats.
  [[nodiscard]] virtual std::uint32_t count(std::uint32_t document) const = 0;

  /// Without repeats: shingles() and some more work where there are any.
  Result<std::span<ShingleHash>> distinct_shingles(std::uint32_t document,
                                                   TextBuffer& buffer) const {
    auto all = shingles(document, buffer);
    if (!all || all->size() == count(document)) return all;
    return all->first(buffer.set.keep_distinct(*all));
  }
};

/// Its words too, in order, numbers by their own keys.
class TextSource : public ShingleSource {
 public:
  virtual Result<std::span<const WordKey>> words(std::uint32_t document,
                                                 TextBuffer& buffer) const = 0;
};

}  // namespace kithkin
