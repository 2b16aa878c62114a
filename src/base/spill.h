// An append-only store of bytes that holds its tail in memory and the rest in a temporary file:
// small jobs never touch the disk, large ones keep to their memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/chunk_pool.h"
#include "base/file.h"

namespace kithkin {

/// Appends belong to one thread; when they are done, any number of threads may read.
class Spill {
 public:
  /// Holds at most about `memory` bytes (at least a page) before it writes to `path`, which need
  /// not exist and is written only then. The file goes with its directory.
  Spill(std::string path, std::size_t memory);

  /// Fails with `output`.
  Result<void> append(const void* data, std::size_t size) {
    if (size == 0 || size > left_ || held_ + size > memory_) return append_slowly(data, size);
    std::memcpy(next_, data, size);
    next_ += size;
    left_ -= size;
    held_ += size;
    return {};
  }

  /// Reads what was appended. Precondition: offset + size <= size(). Fails with `input` where the
  /// file cannot be read or is shorter than it was. What comes may be other bytes than were
  /// appended, where the disk is bad: whoever reads places or sizes looks whether they can be, and
  /// else fails with damaged().
  Result<void> read(std::uint64_t offset, void* out, std::size_t size) const;
  [[nodiscard]] Error damaged() const {
    return {ErrorCode::input, "is damaged: other bytes were written there", path_, 0};
  }

  [[nodiscard]] std::uint64_t size() const { return flushed_ + held_; }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return flushed_; }

 private:
  Result<void> append_slowly(const void* data, std::size_t size);
  Result<void> flush();

  // What is held lies in chunks: a vector that doubles would touch twice the memory it needs.
  std::string path_;
  std::size_t memory_, chunk_;
  std::vector<Chunk> chunks_;
  std::size_t held_ = 0;
  char* next_ = nullptr;  // where the next byte goes, and the room there
  std::size_t left_ = 0;
  std::uint64_t flushed_ = 0;
  File file_;
};

}  // namespace kithkin
