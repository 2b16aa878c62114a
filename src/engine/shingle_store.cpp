// See shingle_store.h. Tests: tests/unit/engine/shingle_store_test.cpp.
#include "engine/shingle_store.h"

#include <algorithm>
#include <cassert>
#include <sys/mman.h>
#include <utility>

#include "base/parallel.h"
#include "base/try.h"

namespace kithkin {

ShingleStore::ShingleStore(const DocumentSet* documents, std::string path, std::size_t memory)
    : documents_(documents), spill_(std::move(path), memory) {}

Result<void> ShingleStore::append(std::span<const ShingleHash> shingles) {
  KITHKIN_TRY(spill_.append(shingles.data(), shingles.size_bytes()));
  begins_.push_back(begins_.back() + shingles.size());
  return {};
}

Result<std::span<const ShingleHash>> ShingleStore::read(std::uint32_t document,
                                                        std::vector<ShingleHash>& buffer) const {
  assert(documents_ == nullptr || documents_->contains(document));
  const std::uint32_t at = place(document);
  buffer.resize(static_cast<std::size_t>(begins_[at + 1] - begins_[at]));
  KITHKIN_TRY(spill_.read(begins_[at] * sizeof(ShingleHash), buffer.data(),
                          buffer.size() * sizeof(ShingleHash)));
  return std::span<const ShingleHash>(buffer);
}

std::uint32_t ShingleStore::count(std::uint32_t document) const {
  const std::uint32_t at = place(document);
  return static_cast<std::uint32_t>(begins_[at + 1] - begins_[at]);
}

/// Large pieces, in large pages where the system has them: making a page ready costs more than
/// what is written into it.
bool HeldShingles::make_room(std::size_t shingles) {
  constexpr std::size_t kPage = std::size_t{1} << 21;
  constexpr std::size_t kPiece = kPage * 16 / sizeof(ShingleHash);
  if (shingles <= room_.size()) return true;
  const std::size_t size =
      (std::max(shingles, kPiece) * sizeof(ShingleHash) + kPage - 1) / kPage * kPage;
  Piece piece(static_cast<ShingleHash*>(std::aligned_alloc(kPage, size)));
  if (piece == nullptr) return false;
#ifdef MADV_HUGEPAGE
  ::madvise(piece.get(), size, MADV_HUGEPAGE);  // a wish; without it all is only slower
#endif
  room_ = {piece.get(), size / sizeof(ShingleHash)};
  pieces_.push_back(std::move(piece));
  return true;
}

void HeldShingles::add(std::span<const ShingleHash> shingles,
                       std::span<const std::uint32_t> sizes) {
  if (given_up_) return;
  held_ += shingles.size_bytes();
  if (held_ > memory_ || !make_room(shingles.size())) {
    given_up_ = true;
    blocks_ = {};
    pieces_.clear();
    room_ = {};
    return;
  }
  if (sizes.empty()) return;
  std::copy(shingles.begin(), shingles.end(), room_.begin());
  Block block{documents_, room_.first(shingles.size()), {}, {sizes.begin(), sizes.end()}};
  room_ = room_.subspan(shingles.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t size : sizes) {
    block.begins.push_back(begin);
    begin += size;
  }
  documents_ += static_cast<std::uint32_t>(sizes.size());
  blocks_.push_back(std::move(block));
}

void HeldShingles::make_distinct(const DocumentSet& documents, unsigned threads) {
  std::vector<ShingleSet> sets(threads);
  const auto task = [&](unsigned thread, std::size_t index) -> Result<void> {
    Block& block = blocks_[index];
    for (std::uint32_t i = 0; i < block.sizes.size(); ++i) {
      if (!documents.contains(block.first_document + i)) continue;
      const std::span<ShingleHash> all(block.shingles.data() + block.begins[i], block.sizes[i]);
      block.sizes[i] = keep_distinct(all, sets[thread]);
    }
    return {};
  };
  const Result<void> done = parallel_for(threads, blocks_.size(), task);
  assert(done);
  (void)done;
}

const HeldShingles::Block& HeldShingles::block_of(std::uint32_t document) const {
  const auto after = std::upper_bound(
      blocks_.begin(), blocks_.end(), document,
      [](std::uint32_t d, const Block& block) { return d < block.first_document; });
  return *std::prev(after);
}

Result<std::span<const ShingleHash>> HeldShingles::read(std::uint32_t document,
                                                        std::vector<ShingleHash>&) const {
  const Block& block = block_of(document);
  const std::uint32_t i = document - block.first_document;
  return std::span<const ShingleHash>(block.shingles.data() + block.begins[i], block.sizes[i]);
}

std::uint32_t HeldShingles::count(std::uint32_t document) const {
  const Block& block = block_of(document);
  return block.sizes[document - block.first_document];
}

}  // namespace kithkin
