// Lists of hashes, spilled: words or shingles of one document after another.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <kithkin/result.h>

#include "base/spill.h"
#include "base/try.h"

namespace kithkin {

/// Filled by one thread, then read by any number. Resident: 8 bytes a list.
template <class Hash>
class HashLists {
 public:
  /// About `memory` bytes are held before a file `path` is written.
  HashLists(std::string path, std::size_t memory) : spill_(std::move(path), memory) {}

  /// Fails with `output`.
  Result<void> append(std::span<const Hash> list) {
    KITHKIN_TRY(spill_.append(list.data(), list.size_bytes()));
    begins_.push_back(begins_.back() + list.size());
    return {};
  }

  /// List number `place`, in `buffer`.
  Result<std::span<const Hash>> read(std::uint32_t place, std::vector<Hash>& buffer) const {
    buffer.resize(count(place));
    KITHKIN_TRY(
        spill_.read(begins_[place] * sizeof(Hash), buffer.data(), buffer.size() * sizeof(Hash)));
    return std::span<const Hash>(buffer);
  }

  [[nodiscard]] std::uint32_t count(std::uint32_t place) const {
    return static_cast<std::uint32_t>(begins_[place + 1] - begins_[place]);
  }
  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(begins_.size() - 1);
  }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return spill_.spilled_bytes(); }
  /// The error of somebody who finds that a list is not what was appended.
  [[nodiscard]] Error damaged() const { return spill_.damaged(); }

 private:
  Spill spill_;
  std::vector<std::uint64_t> begins_{0};  // in hashes
};

}  // namespace kithkin
