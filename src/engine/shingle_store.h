// The shingles of the documents that are candidates, in a spill: what verification reads.
#pragma once

#include <cstdint>
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

  Result<void> read(std::uint32_t document, std::vector<ShingleHash>& out) const override;
  [[nodiscard]] std::uint32_t count(std::uint32_t document) const;
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

}  // namespace kithkin
