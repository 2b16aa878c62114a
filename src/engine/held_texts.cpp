// See held_texts.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/held_texts.h"

#include <algorithm>
#include <sys/mman.h>

#include "base/parallel.h"
#include "match/shingle_set.h"
#include "text/shingle.h"

namespace kithkin {

std::span<std::uint64_t> HashArena::take(std::size_t count) {
  constexpr std::size_t kPage = std::size_t{1} << 21;
  constexpr std::size_t kPiece = kPage * 16 / sizeof(std::uint64_t);
  if (count > piece_.size() - used_) {
    const std::size_t size =
        (std::max(count, kPiece) * sizeof(std::uint64_t) + kPage - 1) / kPage * kPage;
    auto* memory = static_cast<std::uint64_t*>(std::aligned_alloc(kPage, size));
    if (memory == nullptr) return {};
    pieces_.emplace_back(memory);
#ifdef MADV_HUGEPAGE
    ::madvise(memory, size, MADV_HUGEPAGE);  // a wish; without it all is only slower
#endif
    piece_ = {memory, size / sizeof(std::uint64_t)};
    used_ = 0;
  }
  used_ += count;
  return piece_.subspan(used_ - count, count);
}

void HashArena::give_back(std::size_t count) { used_ -= count; }

void HashArena::clear() {
  pieces_.clear();
  piece_ = {};
  used_ = 0;
}

void HeldTexts::add(std::span<const TokenHash> tokens, std::span<const std::uint32_t> sizes) {
  if (given_up_) return;
  held_ += tokens.size_bytes();
  const std::span<TokenHash> room =
      held_ <= memory_ ? tokens_.take(tokens.size()) : tokens_.take(0);
  if (room.size() != tokens.size()) {
    given_up_ = true;
    blocks_ = {};
    tokens_.clear();
    return;
  }
  if (sizes.empty()) return;
  std::copy(tokens.begin(), tokens.end(), room.begin());
  Block block{documents_, room, {0}, {}, {}};
  for (const std::uint32_t size : sizes)
    block.begins.push_back(block.begins.back() + size);
  documents_ += static_cast<std::uint32_t>(sizes.size());
  blocks_.push_back(std::move(block));
}

Result<void> HeldTexts::make_shingles(const DocumentSet& documents, std::uint32_t shingle,
                                      unsigned threads) {
  shingles_.resize(threads);
  std::vector<ShingleSet> sets(threads);
  std::vector<std::vector<ShingleHash>> scratch(threads);
  return parallel_for(threads, blocks_.size(), [&](unsigned thread, std::size_t index) {
    Block& block = blocks_[index];
    const std::span<ShingleHash> room = shingles_[thread].take(block.tokens.size());
    if (room.size() != block.tokens.size()) {
      return Result<void>(Error{ErrorCode::limit, "there is not enough memory", "", 0});
    }
    block.shingle_begins = {0};
    std::uint32_t used = 0;
    for (std::uint32_t i = 0; i + 1 < block.begins.size(); ++i) {
      if (documents.contains(block.first_document + i)) {
        const auto tokens =
            block.tokens.subspan(block.begins[i], block.begins[i + 1] - block.begins[i]);
        kithkin::make_shingles(tokens, shingle, scratch[thread]);
        const std::uint32_t distinct = keep_distinct(scratch[thread], sets[thread]);
        std::copy_n(scratch[thread].begin(), distinct, room.begin() + used);
        used += distinct;
      }
      block.shingle_begins.push_back(used);
    }
    block.shingles = room.first(used);
    shingles_[thread].give_back(room.size() - used);
    return Result<void>();
  });
}

const HeldTexts::Block& HeldTexts::block_of(std::uint32_t document) const {
  const auto after = std::upper_bound(
      blocks_.begin(), blocks_.end(), document,
      [](std::uint32_t d, const Block& block) { return d < block.first_document; });
  return *std::prev(after);
}

Result<std::span<const TokenHash>> HeldTexts::tokens(std::uint32_t document,
                                                     std::vector<TokenHash>&) const {
  const Block& block = block_of(document);
  const std::uint32_t i = document - block.first_document;
  return block.tokens.subspan(block.begins[i], block.begins[i + 1] - block.begins[i]);
}

Result<std::span<const ShingleHash>> HeldTexts::shingles(std::uint32_t document,
                                                         std::vector<ShingleHash>&) const {
  const Block& block = block_of(document);
  const std::uint32_t i = document - block.first_document;
  return std::span<const ShingleHash>(block.shingles)
      .subspan(block.shingle_begins[i], block.shingle_begins[i + 1] - block.shingle_begins[i]);
}

std::uint32_t HeldTexts::count(std::uint32_t document) const {
  const Block& block = block_of(document);
  const std::uint32_t i = document - block.first_document;
  return block.shingle_begins[i + 1] - block.shingle_begins[i];
}

}  // namespace kithkin
