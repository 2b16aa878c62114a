// See held_texts.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/held_texts.h"

#include <algorithm>
#include <cassert>
#include <sys/mman.h>

#include "base/parallel.h"
#include "engine/packed_text.h"

namespace kithkin {

template <class Hash>
std::span<Hash> HashArena<Hash>::take(std::size_t count) {
  constexpr std::size_t kPage = std::size_t{1} << 21;
  constexpr std::size_t kPiece = kPage * 16 / sizeof(Hash);
  if (count > free_.size()) {
    const std::size_t size = (std::max(count, kPiece) * sizeof(Hash) + kPage - 1) / kPage * kPage;
    auto* memory = static_cast<Hash*>(std::aligned_alloc(kPage, size));
    if (memory == nullptr) return {};
    pieces_.emplace_back(memory);
#ifdef MADV_HUGEPAGE
    ::madvise(memory, size, MADV_HUGEPAGE);  // a wish; without it all is only slower
#endif
    free_ = {memory, size / sizeof(Hash)};
  }
  const std::span<Hash> taken = free_.first(count);
  free_ = free_.subspan(count);
  return taken;
}

template class HashArena<WordKey>;

void HeldTexts::give_up() {
  given_up_ = true;
  blocks_ = {};
  arena_.clear();
}

void HeldTexts::add(std::span<const WordKey> packed, std::span<const std::uint32_t> sizes) {
  if (given_up_) return;
  held_ += packed.size_bytes();
  if (held_ > memory_) return give_up();
  if (sizes.empty()) return;
  const std::span<WordKey> own = arena_.take(packed.size());
  if (own.size() != packed.size()) return give_up();
  std::copy(packed.begin(), packed.end(), own.begin());
  Block block{documents_, own, {}};
  block.places.reserve(sizes.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t size : sizes) {
    block.places.push_back({begin, size, 0});
    begin += size;
  }
  documents_ += static_cast<std::uint32_t>(sizes.size());
  blocks_.push_back(std::move(block));
}

void HeldTexts::count_shingles(const DocumentSet& documents, unsigned threads) {
  std::vector<TextBuffer> buffers(threads);
  const auto task = [&](unsigned thread, std::size_t index) -> Result<void> {
    Block& block = blocks_[index];
    for (std::uint32_t i = 0; i < block.places.size(); ++i) {
      if (!documents.contains(block.first_document + i)) continue;
      Place& place = block.places[i];
      TextBuffer& buffer = buffers[thread];
      place.shingles = buffer.set.keep_distinct(
          unpack_shingles(block.packed.subspan(place.begin, place.size), shingle_, buffer));
    }
    return {};
  };
  const Result<void> done = parallel_for(threads, blocks_.size(), task);
  assert(done);
  (void)done;
}

const HeldTexts::Block& HeldTexts::block_of(std::uint32_t document) const {
  const auto after = std::upper_bound(
      blocks_.begin(), blocks_.end(), document,
      [](std::uint32_t d, const Block& block) { return d < block.first_document; });
  return *std::prev(after);
}

Result<std::span<const WordKey>> HeldTexts::words(std::uint32_t document,
                                                  TextBuffer& buffer) const {
  const Block& block = block_of(document);
  const Place& place = block.places[document - block.first_document];
  return unpack_words(block.packed.subspan(place.begin, place.size), buffer);
}

Result<std::span<ShingleHash>> HeldTexts::shingles(std::uint32_t document,
                                                   TextBuffer& buffer) const {
  const Block& block = block_of(document);
  const Place& place = block.places[document - block.first_document];
  return unpack_shingles(block.packed.subspan(place.begin, place.size), shingle_, buffer);
}

std::uint32_t HeldTexts::count(std::uint32_t document) const {
  const Block& block = block_of(document);
  return block.places[document - block.first_document].shingles;
}

}  // namespace kithkin
