// See memory_plan.h.
#include "engine/memory_plan.h"

#include <string>
#include <unistd.h>

namespace kithkin {
namespace {

constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kPerThread = 4 * kMegabyte;  // a block, its parse, its fingerprints
constexpr std::uint64_t kLeastStores = 8 * kMegabyte;

std::uint64_t machine_memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGE_SIZE);
  if (pages <= 0 || page <= 0) return 4096 * kMegabyte;
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
}

}  // namespace

Result<MemoryPlan> MemoryPlan::make(std::uint64_t memory, unsigned threads) {
  if (memory == 0) memory = machine_memory() / 4;
  const std::uint64_t least = kLeastStores + kPerThread * threads;
  if (memory < least) {
    return Error{ErrorCode::invalid_argument,
                 "too little memory: with " + std::to_string(threads) + " thread(s) the least is " +
                     std::to_string(least / kMegabyte) + "M",
                 "", 0};
  }
  const std::size_t part = static_cast<std::size_t>((memory - kPerThread * threads) / 16);
  MemoryPlan plan;
  plan.catalog = part;
  plan.learned = part;
  plan.sample = part;
  plan.bands = 3 * part;
  plan.pairs = 2 * part;
  plan.shingles = 4 * part;
  plan.sorting = 2 * part;
  plan.results = 2 * part;
  return plan;
}

}  // namespace kithkin
