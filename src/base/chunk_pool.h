// Memory of one size, cut from regions: see region.h.
#pragma once

#include <cstddef>
#include <memory>

namespace kithkin {

/// Gives a chunk back.
struct ChunkDeleter {
  bool is_pooled = false;
  void operator()(char* chunk) const;
};
using Chunk = std::unique_ptr<char[], ChunkDeleter>;
inline constexpr std::size_t kChunk = std::size_t{1} << 16;

/// Bytes that are not cleared: kChunk of them from a pool that all threads share, fewer from
/// wherever. What is given back is handed out again; regions of which nothing is used any more go
/// back to the system. Throws std::bad_alloc when there is no memory.
Chunk take_chunk(std::size_t size);

/// While one lives, regions of which nothing is used any more stay for who comes next: between a
/// pass that gives back much and one that takes as much.
class KeptRegions {
 public:
  KeptRegions();
  ~KeptRegions();
  KeptRegions(const KeptRegions&) = delete;
  KeptRegions& operator=(const KeptRegions&) = delete;
};

}  // namespace kithkin
