// See region.h. Tests: tests/unit/base/region_test.cpp.
#include "base/region.h"

#include <chrono>
#include <mutex>
#include <sys/mman.h>

namespace kithkin {
namespace {

/// A region of address space without pages; null when there is none.
char* reserve() {
  void* const memory =
      ::mmap(nullptr, 2 * kRegion, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  char* const begin = static_cast<char*>(memory);
  const std::size_t before =
      (kRegion - reinterpret_cast<std::uintptr_t>(begin) % kRegion) % kRegion;
  if (before > 0) ::munmap(begin, before);
  ::munmap(begin + before + kRegion, kRegion - before);
  return begin + before;
}

/// Wishes, both: where the system does not know one, pages are made at their first touch.
void make_ready([[maybe_unused]] char* region, [[maybe_unused]] PageChoice::Kind kind) {
#ifdef MADV_HUGEPAGE
  ::madvise(region, kRegion, kind == PageChoice::large ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
  ::madvise(region, kRegion, MADV_POPULATE_WRITE);
#endif
}

}  // namespace

PageChoice::Kind PageChoice::next() {
  const Kind cheaper = costs_[small] < costs_[large] ? small : large;
  const Kind other = cheaper == large ? small : large;
  if (costs_[cheaper] == kNever) return cheaper;
  if (costs_[other] != kNever && ++since_other_ < kTryEvery) return cheaper;
  since_other_ = 0;
  return other;
}

void PageChoice::took(Kind kind, std::uint64_t nanoseconds) {
  std::uint64_t& cost = costs_[kind];
  cost = cost == kNever ? nanoseconds : (cost + nanoseconds) / 2;  // a thread may have been put off
}

void RegionDeleter::operator()(char* region) const { ::munmap(region, kRegion); }

Region take_region() {
  using Clock = std::chrono::steady_clock;
  static std::mutex mutex;
  static PageChoice choice;
  Region region(reserve());
  if (region == nullptr) return region;
  PageChoice::Kind kind{};
  {
    const std::lock_guard lock(mutex);
    kind = choice.next();
  }
  const auto before = Clock::now();
  make_ready(region.get(), kind);
  const std::chrono::nanoseconds time = Clock::now() - before;
  const std::lock_guard lock(mutex);
  choice.took(kind, static_cast<std::uint64_t>(time.count()));
  return region;
}

}  // namespace kithkin
