// Memory in regions whose pages are ready, by the cheaper kind of pages. Making a page ready costs
// more than what is written into it, and which pages cost more depends on the machine: a large one
// is cleared in one go, but a virtual machine that gives free memory back to its host gives large
// blocks back, and then it is the large pages that have to be fetched again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace kithkin {

inline constexpr std::size_t kRegion = std::size_t{1} << 22;

struct RegionDeleter {
  void operator()(char* region) const;
};
/// kRegion bytes, not cleared by us, at a multiple of kRegion.
using Region = std::unique_ptr<char[], RegionDeleter>;

/// Null when there is no memory. Safe from any thread.
Region take_region();

/// Which pages to ask for: those that cost less of late. Now and then the others, whose price may
/// have changed meanwhile.
class PageChoice {
 public:
  enum Kind : std::size_t { large, small };

  Kind next();
  void took(Kind kind, std::uint64_t nanoseconds);

 private:
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};
  static constexpr std::uint32_t kTryEvery = 32;
  std::array<std::uint64_t, 2> costs_{kNever, kNever};  // smoothed
  std::uint32_t since_other_ = 0;
};

}  // namespace kithkin
