// See held_texts.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/held_texts.h"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <new>
#include <system_error>
#include <utility>

#include "base/parallel.h"
#include "base/try.h"
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

void PackedTexts::begin(KeyArena* arena) {
  constexpr std::size_t kLarge = std::size_t{1} << 20;
  if (buffer_.capacity() > kLarge) buffer_ = {};  // a giant text passed by
  arena_ = arena;
  texts_.clear();
  buffer_.clear();
}

std::span<WordKey> PackedTexts::add(std::size_t size) {
  const std::span<WordKey> room = arena_ != nullptr ? arena_->take(size) : std::span<WordKey>();
  if (!room.empty()) {
    texts_.push_back({room.data(), size});
    return room;
  }
  texts_.push_back({nullptr, size});
  buffer_.resize(buffer_.size() + size);
  return std::span(buffer_).last(size);
}

HeldTexts::HeldTexts(std::uint32_t shingle, std::uint64_t expected, std::size_t memory,
                     Beyond beyond, unsigned threads, std::string path)
    : shingle_(shingle),
      memory_(memory),
      beyond_(beyond),
      path_(std::move(path)),
      arenas_(threads) {
  if (expected * sizeof(WordKey) <= memory) return;
  where_ = beyond == Beyond::give_up ? Where::nowhere : Where::file;
}

void HeldTexts::give_up() {
  where_ = Where::nowhere;
  places_ = {};
  if (!file_) return;
  spilled_ = file_->size();
  file_.reset();
  std::error_code ignored;  // its directory goes at the end anyway
  std::filesystem::remove(path_, ignored);
}

void HeldTexts::finish() {
  if (where_ == Where::memory) return;
  for (KeyArena& arena : arenas_)
    arena.clear();
}

Result<void> HeldTexts::add(std::span<const WordKey> packed, bool in_arena) {
  if (where_ == Where::memory) {
    held_ += packed.size_bytes() + sizeof(Place);
    if (in_arena && held_ <= memory_) {
      places_.push_back({packed.data(), static_cast<std::uint32_t>(packed.size()), 0});
      ++documents_;
      return {};
    }
    KITHKIN_TRY(go_beyond());
  }
  return where_ == Where::file ? append(packed) : Result<void>();
}

/// Out of the memory, of which no more is to be had.
Result<void> HeldTexts::go_beyond() {
  if (beyond_ == Beyond::give_up) {
    give_up();
    return {};
  }
  where_ = Where::file;
  documents_ = 0;
  for (const Place& place : std::exchange(places_, {}))
    KITHKIN_TRY(append(place.packed()));
  return {};
}

Result<void> HeldTexts::append(std::span<const WordKey> packed) {
  constexpr std::size_t kBuffer = std::size_t{1} << 20;  // bytes
  if (!file_) file_.emplace(path_, kBuffer);
  if (documents_ % kBatch == 0) batches_.push_back(file_->size() / sizeof(WordKey));
  const auto size = static_cast<WordKey>(packed.size());
  KITHKIN_TRY(file_->append(&size, sizeof size));
  KITHKIN_TRY(file_->append(packed.data(), packed.size_bytes()));
  ++documents_;
  return {};
}

void HeldTexts::replace(std::uint32_t document, std::span<const WordKey> packed, bool in_arena) {
  if (where_ != Where::memory) return;
  held_ += packed.size_bytes();
  if (in_arena && held_ <= memory_)
    places_[document] = {packed.data(), static_cast<std::uint32_t>(packed.size()), 0};
  else
    give_up();
}

Result<void> HeldTexts::read(std::uint32_t n, Batch& batch) const {
  assert(where_ != Where::nowhere);
  batch.texts.clear();
  const std::uint32_t first = n * kBatch, count = std::min(kBatch, documents_ - first);
  if (where_ == Where::memory) {
    for (const Place& place : std::span(places_).subspan(first, count))
      batch.texts.push_back(place.packed());
    return {};
  }
  const std::uint64_t begin = batches_[n], all = file_->size() / sizeof(WordKey);
  const std::uint64_t end = n + 1 < batches_.size() ? batches_[n + 1] : all;
  batch.buffer.resize(static_cast<std::size_t>(end - begin));
  KITHKIN_TRY(file_->read(begin * sizeof(WordKey), batch.buffer.data(),
                          batch.buffer.size() * sizeof(WordKey)));
  // Sizes come from a disk: they say no more than there is.
  for (std::span<const WordKey> left = batch.buffer; !left.empty();) {
    const std::size_t size = left[0];
    if (size == 0 || size >= left.size() || left[1] >= size) return file_->damaged();
    batch.texts.push_back(left.subspan(1, size));
    left = left.subspan(1 + size);
  }
  return batch.texts.size() == count ? Result<void>() : file_->damaged();
}

void HeldTexts::count_shingles(const DocumentSet& documents, unsigned threads) {
  assert(where_ == Where::memory);
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
