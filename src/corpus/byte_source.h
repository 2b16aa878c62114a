// The bytes of a file, decompressed on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <kithkin/result.h>

namespace kithkin {

/// Reads forward only. Compression is told by the first bytes, not by the name: gzip (any number
/// of members), zstd (any number of frames, also skippable ones), else plain.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fails with `input` when the file cannot be opened.
  static Result<std::unique_ptr<ByteSource>> open(const std::string& path);

  /// Up to `size` bytes; 0 at the end. Fails with `input` on damaged or truncated data, after all
  /// that could be decompressed was delivered.
  virtual Result<std::size_t> read(void* out, std::size_t size) = 0;

  /// Bytes of the file consumed so far, for progress.
  [[nodiscard]] virtual std::uint64_t consumed() const = 0;

  /// Whether the file itself holds the bytes, so that offsets into them are offsets into it.
  [[nodiscard]] virtual bool is_plain() const { return false; }
};

}  // namespace kithkin
