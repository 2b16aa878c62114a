// Lists of plain records by number: their records in a spill, eight bytes each in memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "base/spill.h"
#include "base/try.h"

namespace kithkin {

template <class Record>
class ListStore {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  /// About `memory` bytes are held before they go to `path`.
  ListStore(std::string path, std::size_t memory) : spill_(std::move(path), memory) {}

  /// The next list. Fails with `output`. Belongs to one thread.
  Result<void> append(std::span<const Record> list) {
    KITHKIN_TRY(spill_.append(list.data(), list.size_bytes()));
    ends_.push_back(spill_.size());
    return {};
  }

  /// Replaces `out` with list `number`. Any number of threads, once all is appended. Fails with
  /// `input`.
  Result<void> read(std::size_t number, std::vector<Record>& out) const {
    const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
    out.resize(static_cast<std::size_t>((ends_[number] - begin) / sizeof(Record)));
    return spill_.read(begin, out.data(), out.size() * sizeof(Record));
  }

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  /// Records of list `number`.
  [[nodiscard]] std::size_t length(std::size_t number) const {
    const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
    return static_cast<std::size_t>(ends_[number] - begin) / sizeof(Record);
  }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return spill_.spilled_bytes(); }

 private:
  Spill spill_;
  std::vector<std::uint64_t> ends_;
};

}  // namespace kithkin
