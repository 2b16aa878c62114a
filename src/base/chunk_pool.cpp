// See chunk_pool.h. Tests: tests/unit/base/chunk_pool_test.cpp.
#include "base/chunk_pool.h"

#include <bit>
#include <cstdint>
#include <mutex>
#include <new>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/region.h"

namespace kithkin {
namespace {

static_assert(kRegion == 64 * kChunk);  // a region's free chunks are bits of a word

class Pool {
 public:
  char* take() {
    std::unique_lock lock(mutex_);
    if (!open_.empty()) return take_from(*open_.begin());
    lock.unlock();  // the others may give back meanwhile
    Region memory = take_region();
    if (memory == nullptr) throw std::bad_alloc();
    lock.lock();
    char* const region = memory.get();
    regions_[region] = {std::move(memory), ~std::uint64_t{0}};
    open_.insert(region);
    return take_from(region);
  }

  void give_back(char* chunk) {
    const std::lock_guard lock(mutex_);
    const std::size_t offset = reinterpret_cast<std::uintptr_t>(chunk) % kRegion;
    char* const region = chunk - offset;
    std::uint64_t& free_chunks = regions_[region].free_chunks;
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
      if (~regions_[region].free_chunks == 0) free_region(region);
    }
  }

 private:
  struct Chunks {
    Region memory;
    std::uint64_t free_chunks = 0;  // a bit each
  };

  void free_region(char* region) {
    open_.erase(region);
    regions_.erase(region);
  }

  char* take_from(char* region) {
    std::uint64_t& free_chunks = regions_[region].free_chunks;
    const int chunk = std::countr_zero(free_chunks);
    free_chunks &= free_chunks - 1;
    if (free_chunks == 0) open_.erase(region);
    return region + static_cast<std::size_t>(chunk) * kChunk;
  }

  std::mutex mutex_;
  std::unordered_map<char*, Chunks> regions_;
  std::set<char*> open_;  // those with free chunks
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
