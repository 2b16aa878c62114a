// Memory in large pages where the system has them: making a page ready costs more than what is
// written into it, and tables that are met at random miss in the tables of pages first.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <sys/mman.h>

namespace kithkin {

inline constexpr std::size_t kLargePage = std::size_t{1} << 21;

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};

/// Plain data, not made to be anything; `count` elements are asked for, whole pages are got. Null
/// when there is no memory.
template <class T>
std::unique_ptr<T[], FreeMemory> large_array(std::size_t count) {
  const std::size_t size = (count * sizeof(T) + kLargePage - 1) / kLargePage * kLargePage;
  void* const memory = std::aligned_alloc(kLargePage, size);
#ifdef MADV_HUGEPAGE
  if (memory != nullptr) ::madvise(memory, size, MADV_HUGEPAGE);  // a wish
#endif
  return std::unique_ptr<T[], FreeMemory>(static_cast<T*>(memory));
}

}  // namespace kithkin
