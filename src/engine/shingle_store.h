// The shingles that verification reads: of the candidates, in a spill, or of all documents, in
// memory, where they fit.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/document_set.h"
#include "base/spill.h"
#include "match/verify.h"

namespace kithkin {

/// Shingles without repeats of a set of documents. Filled in document order by one thread, then
/// read by any number. Resident: 8 bytes for each of its documents.
class ShingleStore final : public ShingleSource {
 public:
  /// Null: of all documents. Else `documents` is frozen and outlives the store.
  ShingleStore(const DocumentSet* documents, std::string path, std::size_t memory);

  /// Appends the next document of the set. Fails with `output`.
  Result<void> append(std::span<const ShingleHash> shingles);

  Result<std::span<const ShingleHash>> read(std::uint32_t document,
                                            std::vector<ShingleHash>& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;
  [[nodiscard]] std::uint64_t spilled_bytes() const { return spill_.spilled_bytes(); }
  /// Documents appended so far.
  [[nodiscard]] std::uint32_t documents() const {
    return static_cast<std::uint32_t>(begins_.size() - 1);
  }

 private:
  [[nodiscard]] std::uint32_t place(std::uint32_t document) const {
    return documents_ != nullptr ? documents_->place(document) : document;
  }

  const DocumentSet* documents_;
  Spill spill_;
  std::vector<std::uint64_t> begins_{0};  // in shingles, by place in the set
};

/// Shingles of all documents as the first walk made them, in a few large pieces of memory: spares a
/// small crawl the second walk. Gives up, and lets go of all, as soon as they exceed its memory.
class HeldShingles final : public ShingleSource {
 public:
  /// Gives up at once when `expected` bytes are more than `memory`.
  HeldShingles(std::uint64_t expected, std::size_t memory)
      : memory_(memory), given_up_(expected > memory) {}

  [[nodiscard]] bool has_given_up() const { return given_up_; }

  /// Takes the next documents, `sizes` shingles each, repeats and all.
  void add(std::span<const ShingleHash> shingles, std::span<const std::uint32_t> sizes);

  /// Takes repeats out of the shingles of some documents; only they may be read afterwards.
  void make_distinct(const DocumentSet& documents, unsigned threads);

  Result<std::span<const ShingleHash>> read(std::uint32_t document,
                                            std::vector<ShingleHash>& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

 private:
  struct Block {
    std::uint32_t first_document = 0;
    std::span<ShingleHash> shingles;
    std::vector<std::uint32_t> begins, sizes;  // by document of the block
  };
  struct Free {
    void operator()(ShingleHash* memory) const { std::free(memory); }
  };
  using Piece = std::unique_ptr<ShingleHash, Free>;
  [[nodiscard]] const Block& block_of(std::uint32_t document) const;
  bool make_room(std::size_t shingles);

  std::size_t memory_;
  bool given_up_;
  std::uint64_t held_ = 0;  // bytes
  std::uint32_t documents_ = 0;
  std::vector<Block> blocks_;
  std::vector<Piece> pieces_;
  std::span<ShingleHash> room_;  // of the last piece
};

}  // namespace kithkin
