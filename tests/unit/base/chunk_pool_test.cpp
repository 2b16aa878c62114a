// Chunks do not overlap, come again, and serve many threads.
#include "base/chunk_pool.h"

#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <set>
#include <thread>
#include <vector>

namespace kithkin {
namespace {

void fill(const Chunk& chunk, std::size_t size, char with) { std::memset(chunk.get(), with, size); }

bool holds(const Chunk& chunk, std::size_t size, char what) {
  for (std::size_t i = 0; i < size; ++i) {
    if (chunk[i] != what) return false;
  }
  return true;
}

TEST(ChunkPool, ChunksDoNotOverlap) {
  std::vector<Chunk> chunks;
  for (int n = 0; n < 150; ++n) {  // several regions
    chunks.push_back(take_chunk(kChunk));
    fill(chunks.back(), kChunk, static_cast<char>(n));
  }
  for (int n = 0; n < 150; n += 2)
    chunks[n] = take_chunk(kChunk), fill(chunks[n], kChunk, static_cast<char>(n));
  for (int n = 0; n < 150; ++n)
    EXPECT_TRUE(holds(chunks[n], kChunk, static_cast<char>(n))) << n;
}

TEST(ChunkPool, HandsOutAgainWhatWasGivenBack) {
  const Chunk keeps_the_region = take_chunk(kChunk);
  Chunk chunk = take_chunk(kChunk);
  char* const place = chunk.get();
  chunk.reset();
  EXPECT_EQ(take_chunk(kChunk).get(), place);
}

TEST(ChunkPool, HandsOutWholeRegionsAgainWhileTheyAreKept) {
  constexpr std::uintptr_t kRegion = 64 * kChunk;
  const auto regions_of_many = [&] {
    std::set<std::uintptr_t> regions;
    std::vector<Chunk> chunks;
    for (int n = 0; n < 256; ++n) {
      chunks.push_back(take_chunk(kChunk));
      fill(chunks.back(), kChunk, static_cast<char>(n));
      regions.insert(reinterpret_cast<std::uintptr_t>(chunks.back().get()) / kRegion);
    }
    for (int n = 0; n < 256; ++n)
      EXPECT_TRUE(holds(chunks[n], kChunk, static_cast<char>(n))) << n;
    return regions;
  };
  const KeptRegions keeps;
  std::set<std::uintptr_t> before;
  {
    const KeptRegions keeps_too;
    before = regions_of_many();
  }
  const std::vector<char*> elsewhere(1 << 20);  // what would get the memory if it were free
  EXPECT_EQ(regions_of_many(), before);
}

TEST(ChunkPool, SmallerChunksComeFromElsewhere) {
  const Chunk chunk = take_chunk(100);
  fill(chunk, 100, 'x');
  EXPECT_TRUE(holds(chunk, 100, 'x'));
}

TEST(ChunkPool, ServesManyThreads) {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t, &wrong] {
      for (int round = 0; round < 50; ++round) {
        std::vector<Chunk> chunks;
        for (int n = 0; n < 20; ++n) {
          chunks.push_back(take_chunk(kChunk));
          fill(chunks.back(), kChunk, static_cast<char>(t));
        }
        for (const Chunk& chunk : chunks)
          wrong[t] += holds(chunk, kChunk, static_cast<char>(t)) ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

}  // namespace
}  // namespace kithkin
