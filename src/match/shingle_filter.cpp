// See shingle_filter.h. Tests: tests/unit/match/shingle_filter_test.cpp.
#include "match/shingle_filter.h"

#include <algorithm>
#include <new>
#include <numeric>

namespace kithkin {
namespace {

constexpr std::size_t kAhead = 32;  // so many words are on their way at once

}  // namespace

ShingleFilter::ShingleFilter(const Counts& shingles, std::size_t memory) {
  const double all =
      static_cast<double>(std::accumulate(shingles.begin(), shingles.end(), std::uint64_t{0}));
  const double bytes_each = std::min(1.0, static_cast<double>(memory) / std::max(all, 1.0));
  std::uint64_t words = 1;
  for (std::size_t range = 0; range < kRanges; ++range) {
    if (shingles[range] == 0) continue;
    const double size = static_cast<double>(shingles[range]) * bytes_each / sizeof words_[0];
    regions_[range] = {words,
                       std::clamp<std::uint64_t>(static_cast<std::uint64_t>(size), 1, UINT32_MAX)};
    words += regions_[range].size;
  }
  words_ = large_array<std::uint64_t>(words);
  if (words_ == nullptr) throw std::bad_alloc();
  std::fill_n(words_.get(), words, 0);
}

void ShingleFilter::insert(std::span<const ShingleHash> shingles) {
  for (std::size_t i = 0; i < shingles.size(); ++i) {
    if (i + kAhead < shingles.size()) __builtin_prefetch(&words_[place(shingles[i + kAhead])], 1);
    words_[place(shingles[i])] |= bits(shingles[i]);
  }
}

void ShingleFilter::keep_known(std::vector<KeyedDocument>& shingles) const {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < shingles.size(); ++i) {
    if (i + kAhead < shingles.size()) __builtin_prefetch(&words_[place(shingles[i + kAhead].key)]);
    const KeyedDocument shingle = shingles[i];
    shingles[kept] = shingle;
    kept += may_contain(shingle.key) ? 1 : 0;
  }
  shingles.resize(kept);
}

}  // namespace kithkin
