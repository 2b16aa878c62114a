// See band_store.h. Tests: tests/unit/match/band_store_test.cpp.
#include "match/band_store.h"

#include <cassert>

#include "base/try.h"

namespace kithkin {

BandStore::BandStore(std::uint32_t bands, const std::string& prefix, std::size_t memory) {
  runs_.reserve(bands);
  for (std::uint32_t b = 0; b < bands; ++b) {
    runs_.emplace_back(prefix + std::to_string(b), memory / bands);
  }
}

Result<void> BandStore::append(std::span<const std::uint64_t> keys) {
  assert(keys.size() % runs_.size() == 0);
  const std::size_t documents = keys.size() / runs_.size();
  column_.resize(documents);
  for (std::size_t b = 0; b < runs_.size(); ++b) {
    for (std::size_t d = 0; d < documents; ++d)
      column_[d] = keys[d * runs_.size() + b];
    KITHKIN_TRY(runs_[b].append(column_.data(), documents * sizeof(std::uint64_t)));
  }
  return {};
}

Result<void> BandStore::read(std::uint32_t band, std::uint64_t first,
                             std::span<std::uint64_t> out) const {
  return runs_[band].read(first * sizeof(std::uint64_t), out.data(), out.size_bytes());
}

std::uint64_t BandStore::spilled_bytes() const {
  std::uint64_t sum = 0;
  for (const auto& run : runs_)
    sum += run.spilled_bytes();
  return sum;
}

}  // namespace kithkin
