// Texts as hashes, spilled: of candidates, where a crawl does not fit into memory, or of a stream.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/document_set.h"
#include "engine/hash_lists.h"
#include "match/text_source.h"

namespace kithkin {

/// Words and shingles without repeats of a set of documents. Filled in document order by one
/// thread, then read by any number. Resident: 16 bytes for each of its documents.
class TextStore final : public TextSource {
 public:
  /// Null: of all documents. Else `documents` is frozen and outlives the store. Files are `path`
  /// and a letter.
  TextStore(const DocumentSet* documents, const std::string& path, std::size_t memory);

  /// Appends the next document of the set. Fails with `output`.
  Result<void> append(std::span<const WordKey> words, std::span<const ShingleHash> shingles);

  Result<std::span<const WordKey>> words(std::uint32_t document,
                                         std::vector<WordKey>& buffer) const override;
  Result<std::span<const ShingleHash>> shingles(std::uint32_t document,
                                                std::vector<ShingleHash>& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return words_.spilled_bytes() + shingles_.spilled_bytes();
  }
  /// Documents appended so far.
  [[nodiscard]] std::uint32_t documents() const { return words_.size(); }

 private:
  [[nodiscard]] std::uint32_t place(std::uint32_t document) const;

  const DocumentSet* documents_;
  HashLists<WordKey> words_;
  HashLists<ShingleHash> shingles_;
};

}  // namespace kithkin
