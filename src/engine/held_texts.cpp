// See held_texts.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/held_texts.h"

#include <algorithm>
#include <cassert>
#include <sys/mman.h>

#include "base/parallel.h"
#include "match/shingle_set.h"

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

template class HashArena<std::uint64_t>;
template class HashArena<std::uint32_t>;

void HeldTexts::give_up() {
  given_up_ = true;
  blocks_ = {};
  shingles_.clear();
  words_.clear();
}

void HeldTexts::add(std::span<const ShingleHash> shingles,
                    std::span<const std::uint32_t> shingle_sizes, std::span<const WordKey> words,
                    std::span<const std::uint32_t> word_sizes) {
  if (given_up_) return;
  held_ += shingles.size_bytes() + words.size_bytes();
  if (held_ > memory_) return give_up();
  if (shingle_sizes.empty()) return;
  Block block{documents_, shingles_.take(shingles.size()), {}, {}};
  const std::span<WordKey> own_words = words_.take(words.size());
  if (block.shingles.size() != shingles.size() || own_words.size() != words.size()) {
    return give_up();
  }
  std::copy(shingles.begin(), shingles.end(), block.shingles.begin());
  std::copy(words.begin(), words.end(), own_words.begin());
  block.words = own_words;
  block.places.reserve(shingle_sizes.size());
  Place next;
  for (std::size_t i = 0; i < shingle_sizes.size(); ++i) {
    next.count = shingle_sizes[i];
    next.word_count = word_sizes.empty() ? 0 : word_sizes[i];
    block.places.push_back(next);
    next.shingles += next.count;
    next.words += next.word_count;
  }
  documents_ += static_cast<std::uint32_t>(shingle_sizes.size());
  blocks_.push_back(std::move(block));
}

void HeldTexts::make_distinct(const DocumentSet& documents, unsigned threads) {
  std::vector<ShingleSet> sets(threads);
  const auto task = [&](unsigned thread, std::size_t index) -> Result<void> {
    Block& block = blocks_[index];
    for (std::uint32_t i = 0; i < block.places.size(); ++i) {
      if (!documents.contains(block.first_document + i)) continue;
      Place& place = block.places[i];
      place.count =
          keep_distinct(block.shingles.subspan(place.shingles, place.count), sets[thread]);
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
                                                  std::vector<WordKey>&) const {
  const Block& block = block_of(document);
  const Place& place = block.places[document - block.first_document];
  return block.words.subspan(place.words, place.word_count);
}

Result<std::span<const ShingleHash>> HeldTexts::shingles(std::uint32_t document,
                                                         std::vector<ShingleHash>&) const {
  const Block& block = block_of(document);
  const Place& place = block.places[document - block.first_document];
  return std::span<const ShingleHash>(block.shingles.subspan(place.shingles, place.count));
}

std::uint32_t HeldTexts::count(std::uint32_t document) const {
  const Block& block = block_of(document);
  return block.places[document - block.first_document].count;
}

}  // namespace kithkin
