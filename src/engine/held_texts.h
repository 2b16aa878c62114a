// The texts of a crawl that fits into memory, as the first walk made them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/document_set.h"
#include "base/large_pages.h"
#include "base/region.h"
#include "match/text_source.h"

namespace kithkin {

/// Keys in a few large pieces of memory.
class KeyArena {
 public:
  /// Room for so many; empty when there is no memory.
  std::span<WordKey> take(std::size_t count);
  void clear() { regions_.clear(), giants_.clear(), free_ = {}; }

 private:
  std::vector<Region> regions_;
  std::vector<std::unique_ptr<WordKey[], FreeMemory>> giants_;  // of texts that no region can hold
  std::span<WordKey> free_;                                     // of the last region
};

/// All documents, packed: spares a small crawl the second walk. Gives up as soon as they exceed its
/// memory. Each thread packs into an arena of its own, so that nothing is copied on the way.
class HeldTexts final : public TextSource {
 public:
  /// `shingle` is a shingle's size in tokens. Gives up at once when `expected` words are too many.
  HeldTexts(std::uint32_t shingle, std::uint64_t expected, std::size_t memory, unsigned threads)
      : shingle_(shingle),
        memory_(memory),
        given_up_(expected * sizeof(WordKey) > memory_),
        arenas_(threads) {}

  [[nodiscard]] bool has_given_up() const { return given_up_; }
  void give_up() { given_up_ = true, places_ = {}; }

  /// Where a thread packs what is then added. Once all is given up, whoever owns it may clear it.
  KeyArena& arena(unsigned thread) { return arenas_[thread]; }

  /// Takes the next document, packed in an arena; gives up where that had no room.
  void add(std::span<const WordKey> packed);

  /// Puts another text in the place of one, packed in an arena; gives up as add() does.
  void replace(std::uint32_t document, std::span<const WordKey> packed);

  /// A text as it was packed. Precondition: not given up.
  [[nodiscard]] std::span<const WordKey> packed(std::uint32_t document) const {
    return places_[document].packed();
  }

  /// Counts the shingles of some documents; only they may be read afterwards.
  void count_shingles(const DocumentSet& documents, unsigned threads);

  Result<std::span<const WordKey>> words(std::uint32_t document, TextBuffer& buffer) const override;
  Result<std::span<ShingleHash>> shingles(std::uint32_t document,
                                          TextBuffer& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

 private:
  struct Place {
    const WordKey* begin = nullptr;
    std::uint32_t size = 0;
    std::uint32_t shingles = 0;  // without repeats

    [[nodiscard]] std::span<const WordKey> packed() const { return {begin, size}; }
  };

  std::uint32_t shingle_;
  std::size_t memory_;
  bool given_up_;
  std::uint64_t held_ = 0;        // bytes
  std::vector<Place> places_;     // by document
  std::vector<KeyArena> arenas_;  // by thread
};

}  // namespace kithkin
