// See chunk_pool.h. Tests: tests/unit/base/chunk_pool_test.cpp.
#include "base/chunk_pool.h"

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>
#include <set>
#include <unordered_map>

#include "base/large_pages.h"

namespace kithkin {
namespace {

constexpr std::size_t kChunks = 64;  // of a region, whose free ones are bits of a word
constexpr std::size_t kRegion = kChunks * kChunk;

class Pool {
 public:
  char* take() {
    const std::lock_guard lock(mutex_);
    if (!open_.empty()) return take_from(*open_.begin());
    char* const memory = large_array<char>(kRegion, kRegion).release();
    if (memory == nullptr) throw std::bad_alloc();
    open_.insert(memory);
    regions_[memory] = ~std::uint64_t{0};
    return take_from(memory);
  }

  void give_back(char* chunk) {
    const std::lock_guard lock(mutex_);
    const std::size_t offset = reinterpret_cast<std::uintptr_t>(chunk) % kRegion;
    char* const region = chunk - offset;
    std::uint64_t& free_chunks = regions_[region];
    free_chunks |= std::uint64_t{1} << (offset / kChunk);
    open_.insert(region);
    if (~free_chunks == 0 && keepers_ == 0) free_region(region);
  }

  void keep() {
    const std::lock_guard lock(mutex_);
    ++keepers_;
  }

  void keep_no_more() {
    const std::lock_guard lock(mutex_);
    if (--keepers_ > 0) return;
    const std::set<char*> open = open_;
    for (char* const region : open) {
      if (~regions_[region] == 0) free_region(region);
    }
  }

 private:
  void free_region(char* region) {
    open_.erase(region);
    regions_.erase(region);
    std::free(region);
  }

  char* take_from(char* region) {
    std::uint64_t& free_chunks = regions_[region];
    const int chunk = std::countr_zero(free_chunks);
    free_chunks &= free_chunks - 1;
    if (free_chunks == 0) open_.erase(region);
    return region + static_cast<std::size_t>(chunk) * kChunk;
  }

  std::mutex mutex_;
  std::unordered_map<char*, std::uint64_t> regions_;  // and their chunks that are free
  std::set<char*> open_;                              // those that have any
  unsigned keepers_ = 0;
};

/// Never destroyed: what holds chunks may live as long as the program.
Pool& pool() {
  static Pool* const one = new Pool;
  return *one;
}

}  // namespace

void ChunkDeleter::operator()(char* chunk) const {
  is_pooled ? pool().give_back(chunk) : delete[] chunk;
}

KeptRegions::KeptRegions() { pool().keep(); }
KeptRegions::~KeptRegions() { pool().keep_no_more(); }

Chunk take_chunk(std::size_t size) {
  return size == kChunk ? Chunk(pool().take(), {true}) : Chunk(new char[size], {false});
}

}  // namespace kithkin
