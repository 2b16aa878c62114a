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

/// A set of documents, packed. Filled in document order by one thread, then read by any number.
/// Resident: 12 bytes for each of its documents.
class TextStore final : public TextSource {
 public:
  /// `shingle` is a shingle's size in tokens. Null: of all documents. Else `documents` is frozen
  /// and outlives the store. About `memory` bytes are held before a file `path` is written.
  TextStore(std::uint32_t shingle, const DocumentSet* documents, std::string path,
            std::size_t memory);

  /// Appends the next document of the set, and how many shingles without repeats it has. Fails with
  /// `output`.
  Result<void> append(std::span<const WordKey> packed, std::uint32_t shingles);

  Result<std::span<const WordKey>> words(std::uint32_t document, TextBuffer& buffer) const override;
  Result<std::span<ShingleHash>> shingles(std::uint32_t document,
                                          TextBuffer& buffer) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const override;

  [[nodiscard]] std::uint64_t spilled_bytes() const { return packed_.spilled_bytes(); }
  /// Documents appended so far.
  [[nodiscard]] std::uint32_t documents() const { return packed_.size(); }

 private:
  [[nodiscard]] std::uint32_t place(std::uint32_t document) const;
  Result<std::span<const WordKey>> read(std::uint32_t document, TextBuffer& buffer) const;

  std::uint32_t shingle_;
  const DocumentSet* documents_;
  HashLists<WordKey> packed_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace kithkin
