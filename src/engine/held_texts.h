// The texts of a crawl that fits into memory: as token hashes, and those of candidates as shingles.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "base/document_set.h"
#include "match/text_source.h"

namespace kithkin {

/// 64-bit hashes in a few large pieces of memory, in large pages where the system has them: making
/// a page ready costs more than what is written into it.
class HashArena {
 public:
  /// Room for so many; empty when there is no memory.
  std::span<std::uint64_t> take(std::size_t count);
  /// Gives the last of what was taken back.
  void give_back(std::size_t count);
  void clear();

 private:
  struct Free {
    void operator()(std::uint64_t* memory) const { std::free(memory); }
  };
  std::vector<std::unique_ptr<std::uint64_t, Free>> pieces_;
  std::span<std::uint64_t> piece_;  // the last one
  std::size_t used_ = 0;            // of it
};

/// Token hashes of all documents as the first walk made them: spares a small crawl the second walk.
/// Gives up, and lets go of all, as soon as they exceed half of its memory; the other half is for
/// the candidates' shingles.
class HeldTexts final : public TextSource {
 public:
  /// Gives up at once when `expected` bytes are too many.
  HeldTexts(std::uint64_t expected, std::size_t memory)
      : memory_(memory / 2), given_up_(expected > memory_) {}

  [[nodiscard]] bool has_given_up() const { return given_up_; }

  /// Takes the next documents, `sizes` tokens each.
  void add(std::span<const TokenHash> tokens, std::span<const std::uint32_t> sizes);

  /// Makes the shingles of some documents; only they may be asked for them afterwards. Fails with
  /// `limit` when there is no memory.
  Result<void> make_shingles(const DocumentSet& documents, std::uint32_t shingle, unsigned threads);

  Result<std::span<const TokenHash>> tokens(std::uint32_t document,
                                            std::vector<TokenHash>& buffer) const override;
  Result<std::span<const ShingleHash>> shingles(std::uint32_t document,
                                                std::vector<ShingleHash>& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

 private:
  struct Block {
    std::uint32_t first_document = 0;
    std::span<const TokenHash> tokens;
    std::vector<std::uint32_t> begins;  // by document of the block, and one past the last
    std::span<ShingleHash> shingles;
    std::vector<std::uint32_t> shingle_begins;
  };
  [[nodiscard]] const Block& block_of(std::uint32_t document) const;

  std::size_t memory_;
  bool given_up_;
  std::uint64_t held_ = 0;  // bytes
  std::uint32_t documents_ = 0;
  std::vector<Block> blocks_;
  HashArena tokens_;
  std::vector<HashArena> shingles_;  // by thread
};

}  // namespace kithkin
