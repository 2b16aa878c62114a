// The texts of a crawl that fits into memory, as the first walk made them.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "base/document_set.h"
#include "match/text_source.h"

namespace kithkin {

/// Hashes in a few large pieces of memory, in large pages where the system has them: making a page
/// ready costs more than what is written into it.
template <class Hash>
class HashArena {
 public:
  /// Room for so many; empty when there is no memory.
  std::span<Hash> take(std::size_t count);
  void clear() { pieces_.clear(), free_ = {}; }

 private:
  struct Free {
    void operator()(Hash* memory) const { std::free(memory); }
  };
  std::vector<std::unique_ptr<Hash, Free>> pieces_;
  std::span<Hash> free_;  // of the last one
};

/// Shingles and words of all documents: spares a small crawl the second walk. Gives up, and lets go
/// of all, as soon as they exceed its memory.
class HeldTexts final : public TextSource {
 public:
  /// Gives up at once when `expected` shingles are too many.
  HeldTexts(std::uint64_t expected, std::size_t memory)
      : memory_(memory), given_up_(expected * kEach > memory_) {}

  /// Bytes for a shingle and a word, of which a document has about as many.
  static constexpr std::uint64_t kEach = sizeof(ShingleHash) + sizeof(WordKey);

  [[nodiscard]] bool has_given_up() const { return given_up_; }

  /// Takes the next documents: their shingles with repeats, and their words (none of any where they
  /// will not be asked for); the sizes are by document.
  void add(std::span<const ShingleHash> shingles, std::span<const std::uint32_t> shingle_sizes,
           std::span<const WordKey> words, std::span<const std::uint32_t> word_sizes);

  /// Takes repeats out of the shingles of some documents; only they may be read afterwards.
  void make_distinct(const DocumentSet& documents, unsigned threads);

  Result<std::span<const WordKey>> words(std::uint32_t document,
                                         std::vector<WordKey>& buffer) const override;
  Result<std::span<const ShingleHash>> shingles(std::uint32_t document,
                                                std::vector<ShingleHash>& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

 private:
  struct Place {
    std::uint32_t shingles = 0, count = 0;  // where they begin in the block, and how many they are
    std::uint32_t words = 0, word_count = 0;
  };
  struct Block {
    std::uint32_t first_document = 0;
    std::span<ShingleHash> shingles;
    std::span<const WordKey> words;
    std::vector<Place> places;  // by document of the block
  };
  [[nodiscard]] const Block& block_of(std::uint32_t document) const;
  void give_up();

  std::size_t memory_;
  bool given_up_;
  std::uint64_t held_ = 0;  // bytes
  std::uint32_t documents_ = 0;
  std::vector<Block> blocks_;
  HashArena<ShingleHash> shingles_;
  HashArena<WordKey> words_;
};

}  // namespace kithkin
