// How the memory that --memory allows is shared out.
#pragma once

#include <cstddef>
#include <cstdint>

#include <kithkin/result.h>

namespace kithkin {

/// Bytes each store may hold before it goes to disk. They add up to the memory allowed, less the
/// buffers of the threads; what is resident for each document (at most 64 bytes) comes on top.
struct MemoryPlan {
  std::size_t catalog = 0, learned = 0, sample = 0, bands = 0, pairs = 0, shingles = 0, sorting = 0,
              results = 0;

  /// What band keys and looked-up shingles may hold, which are gone before there are results.
  [[nodiscard]] std::size_t keys() const { return (bands + results) / 4 * 3; }
  [[nodiscard]] std::size_t index() const { return (bands + results) / 4; }

  /// `memory` 0 means a quarter of the machine's. Fails with invalid_argument, naming the least
  /// that is possible, when it is too small for `threads`.
  static Result<MemoryPlan> make(std::uint64_t memory, unsigned threads);
};

}  // namespace kithkin
