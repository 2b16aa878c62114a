// See held_texts.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/held_texts.h"

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>

#include "base/parallel.h"
#include "engine/packed_text.h"

namespace kithkin {

std::span<WordKey> KeyArena::take(std::size_t count) {
  constexpr std::size_t kKeys = kRegion / sizeof(WordKey);
  if (count > kKeys) {
    giants_.push_back(large_array<WordKey>(count));
    WordKey* const giant = giants_.back().get();
    return {giant, giant == nullptr ? 0 : count};
  }
  if (count > free_.size()) {
    Region region = take_region();
    if (region == nullptr) return {};
    free_ = {new (region.get()) WordKey[kKeys], kKeys};
    regions_.push_back(std::move(region));
  }
  const std::span<WordKey> taken = free_.first(count);
  free_ = free_.subspan(count);
  return taken;
}

void HeldTexts::add(std::span<const WordKey> packed) {
  if (given_up_) return;
  held_ += packed.size_bytes() + sizeof(Place);
  if (packed.empty() || held_ > memory_)
    give_up();
  else
    places_.push_back({packed.data(), static_cast<std::uint32_t>(packed.size()), 0});
}

void HeldTexts::replace(std::uint32_t document, std::span<const WordKey> packed) {
  if (given_up_) return;
  held_ += packed.size_bytes();
  if (packed.empty() || held_ > memory_)
    give_up();
  else
    places_[document] = {packed.data(), static_cast<std::uint32_t>(packed.size()), 0};
}

void HeldTexts::count_shingles(const DocumentSet& documents, unsigned threads) {
  constexpr std::size_t kAtOnce = 1024;
  std::vector<TextBuffer> buffers(threads);
  const auto task = [&](unsigned thread, std::size_t index) -> Result<void> {
    TextBuffer& buffer = buffers[thread];
    const std::size_t end = std::min(places_.size(), (index + 1) * kAtOnce);
    for (std::size_t d = index * kAtOnce; d < end; ++d) {
      if (!documents.contains(static_cast<std::uint32_t>(d))) continue;
      const auto shingles = unpack_shingles(places_[d].packed(), shingle_, buffer);
      places_[d].shingles = buffer.set.keep_distinct(shingles);
    }
    return {};
  };
  const Result<void> done = parallel_for(threads, (places_.size() + kAtOnce - 1) / kAtOnce, task);
  assert(done);
  (void)done;
}

Result<std::span<const WordKey>> HeldTexts::words(std::uint32_t document,
                                                  TextBuffer& buffer) const {
  return unpack_words(places_[document].packed(), buffer);
}

Result<std::span<ShingleHash>> HeldTexts::shingles(std::uint32_t document,
                                                   TextBuffer& buffer) const {
  return unpack_shingles(places_[document].packed(), shingle_, buffer);
}

std::uint32_t HeldTexts::count(std::uint32_t document) const { return places_[document].shingles; }

}  // namespace kithkin
