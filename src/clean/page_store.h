// The pages of a crawl while it teaches: what is learned of each, in bounded memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/spill.h"
#include "clean/line_keys.h"
#include "clean/removal.h"

namespace kithkin {

/// A page without its lines.
struct LearnedPage {
  std::uint64_t title = 0;    ///< a key
  std::uint64_t longest = 0;  ///< the key of its longest line; 0 where none has words
  std::uint32_t host = 0;
  std::uint32_t lines = 0, removals = 0;
};

/// By document number. Resident are 8 bytes a page, and the memory allowed; the rest goes to a
/// file. One thread at a time.
class PageStore {
 public:
  PageStore(std::string path, std::size_t memory) : bytes_(std::move(path), memory) {}

  /// The next page. Its `lines` and `removals` need not be set. Fails with `output`.
  Result<void> add(LearnedPage page, std::span<const LineKeys> lines,
                   std::span<const Removal> removals);

  /// Fail with `input`.
  Result<void> read(std::uint32_t document, LearnedPage& page) const;
  Result<void> read(std::uint32_t document, LearnedPage& page, std::vector<LineKeys>& lines);
  Result<void> read(std::uint32_t document, std::vector<Removal>& removals) const;

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(offsets_.size()); }
  [[nodiscard]] std::uint64_t spilled_bytes() const { return bytes_.spilled_bytes(); }

 private:
  Spill bytes_;  // of each page the page, its removals, its lines
  std::vector<std::uint64_t> offsets_;
  std::vector<char> packed_;  // scratch
};

}  // namespace kithkin
