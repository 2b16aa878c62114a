// See passage_set.h. Tests: tests/unit/match/passage_set_test.cpp against std::set.
#include "match/passage_set.h"

#include <algorithm>
#include <bit>

namespace kithkin {
void PassageSet::fill(std::span<const ShingleHash> shingles) {
  shingles_ = shingles;
  next_ = 0;
  searches_ = 0;
  table_.clear();
  filter_.reset(shingles.size());
  for (const ShingleHash shingle : shingles)
    filter_.insert(shingle);
}

void PassageSet::make_table() {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(shingles_.size() * 4, 16));
  constexpr std::size_t kLargestKept = std::size_t{1} << 18;
  if (table_.capacity() > kLargestKept && size <= kLargestKept) table_ = {};
  table_.assign(size, 0);
  shift_ = 64 - std::countr_zero(size);
  for (std::uint32_t i = 0; i < shingles_.size(); ++i) {
    std::size_t at = shingles_[i] >> shift_;
    while (table_[at] != 0 && shingles_[table_[at] - 1] != shingles_[i])
      at = (at + 1) & (size - 1);
    if (table_[at] == 0) table_[at] = i + 1;
  }
}

/// Through the whole text a few times, which costs less than a table.
std::size_t PassageSet::find(ShingleHash shingle) {
  constexpr std::uint32_t kSearches = 16;
  constexpr std::size_t kLongest = 2048;
  if (table_.empty() && searches_ < kSearches && shingles_.size() <= kLongest) {
    ++searches_;
    return find_hash(shingles_, shingle);
  }
  if (table_.empty()) make_table();
  const std::size_t mask = table_.size() - 1;
  std::size_t at = shingle >> shift_;
  while (table_[at] != 0 && shingles_[table_[at] - 1] != shingle)
    at = (at + 1) & mask;
  return table_[at] == 0 ? shingles_.size() : table_[at] - 1;
}

}  // namespace kithkin
