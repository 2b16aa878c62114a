// See shingle_store.h.
#include "engine/shingle_store.h"

#include <cassert>
#include <utility>

#include "base/try.h"

namespace kithkin {

ShingleStore::ShingleStore(const DocumentSet* documents, std::string path, std::size_t memory)
    : documents_(documents), spill_(std::move(path), memory) {}

Result<void> ShingleStore::append(std::span<const ShingleHash> shingles) {
  KITHKIN_TRY(spill_.append(shingles.data(), shingles.size_bytes()));
  begins_.push_back(begins_.back() + shingles.size());
  return {};
}

Result<void> ShingleStore::read(std::uint32_t document, std::vector<ShingleHash>& out) const {
  assert(documents_ == nullptr || documents_->contains(document));
  const std::uint32_t at = place(document);
  out.resize(static_cast<std::size_t>(begins_[at + 1] - begins_[at]));
  return spill_.read(begins_[at] * sizeof(ShingleHash), out.data(),
                     out.size() * sizeof(ShingleHash));
}

std::uint32_t ShingleStore::count(std::uint32_t document) const {
  const std::uint32_t at = place(document);
  return static_cast<std::uint32_t>(begins_[at + 1] - begins_[at]);
}

}  // namespace kithkin
