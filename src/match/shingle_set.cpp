// See shingle_set.h. Tests: tests/unit/match/verify_test.cpp.
#include "match/shingle_set.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace kithkin {
namespace {
constexpr std::size_t kLargestKept = std::size_t{1} << 18;
}  // namespace

void ShingleSet::reset(std::size_t expected) {
  // Sparse while that costs little: slots that are taken by others mislead the branch predictor.
  const std::size_t slots_each = expected <= 1024 ? 8 : expected <= 65536 ? 4 : 2;
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(expected * slots_each, 16));
  // One text of a hundred megabytes must not keep its room until the end.
  if (slots_.capacity() > kLargestKept && size <= kLargestKept) slots_ = {};
  slots_.assign(size, 0);
  mask_ = size - 1;
  has_zero_ = false;
}

bool ShingleSet::insert(ShingleHash shingle) {
  if (shingle == 0) return !std::exchange(has_zero_, true);
  std::size_t at = shingle & mask_;
  while (slots_[at] != 0) {
    if (slots_[at] == shingle) return false;
    at = (at + 1) & mask_;
  }
  slots_[at] = shingle;
  return true;
}

bool ShingleSet::contains(ShingleHash shingle) const {
  if (shingle == 0) return has_zero_;
  std::size_t at = shingle & mask_;
  while (slots_[at] != 0) {
    if (slots_[at] == shingle) return true;
    at = (at + 1) & mask_;
  }
  return false;
}

std::uint32_t keep_distinct(std::span<ShingleHash> shingles, ShingleSet& scratch) {
  scratch.reset(shingles.size());
  const auto end = std::remove_if(shingles.begin(), shingles.end(),
                                  [&](ShingleHash shingle) { return !scratch.insert(shingle); });
  return static_cast<std::uint32_t>(end - shingles.begin());
}

}  // namespace kithkin
