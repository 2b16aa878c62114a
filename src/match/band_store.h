// The band keys of all documents, a run a band, in memory while they fit and on disk beyond.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/spill.h"

namespace kithkin {

/// Keys are kept in document order, so that a key's place tells its document: 8 bytes a key.
/// Appends belong to one thread; after the last, any number of threads may read.
class BandStore {
 public:
  /// Holds about `memory` bytes in all before runs go to files `prefix`0, `prefix`1, ...
  BandStore(std::uint32_t bands, const std::string& prefix, std::size_t memory);

  /// Appends documents; `keys` holds bands() keys for each, document by document.
  Result<void> append(std::span<const std::uint64_t> keys);

  /// Keys of `band` for documents [first, first + out.size()).
  Result<void> read(std::uint32_t band, std::uint64_t first, std::span<std::uint64_t> out) const;

  [[nodiscard]] std::uint32_t bands() const { return static_cast<std::uint32_t>(runs_.size()); }
  [[nodiscard]] std::uint64_t documents() const { return runs_.empty() ? 0 : runs_[0].size() / 8; }
  [[nodiscard]] std::uint64_t spilled_bytes() const;

 private:
  std::vector<Spill> runs_;
  std::vector<std::uint64_t> column_;
};

}  // namespace kithkin
