// Lists of 64-bit hashes, spilled: tokens or shingles of one document after another.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/spill.h"

namespace kithkin {

/// Filled by one thread, then read by any number. Resident: 8 bytes a list.
class HashLists {
 public:
  /// About `memory` bytes are held before a file `path` is written.
  HashLists(std::string path, std::size_t memory);

  /// Fails with `output`.
  Result<void> append(std::span<const std::uint64_t> list);

  /// List number `place`, in `buffer`.
  Result<std::span<const std::uint64_t>> read(std::uint32_t place,
                                              std::vector<std::uint64_t>& buffer) const;

  [[nodiscard]] std::uint32_t count(std::uint32_t place) const {
    return static_cast<std::uint32_t>(begins_[place + 1] - begins_[place]);
  }
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(begins_.size() - 1);
  }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return spill_.spilled_bytes(); }

 private:
  Spill spill_;
  std::vector<std::uint64_t> begins_{0};  // in hashes
};

}  // namespace kithkin
