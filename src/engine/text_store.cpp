// See text_store.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/text_store.h"

#include <cassert>
#include <utility>

#include "base/try.h"
#include "engine/packed_text.h"

namespace kithkin {

TextStore::TextStore(std::uint32_t shingle, const DocumentSet* documents, std::string path,
                     std::size_t memory)
    : shingle_(shingle), documents_(documents), packed_(std::move(path), memory) {}

std::uint32_t TextStore::place(std::uint32_t document) const {
  assert(documents_ == nullptr || documents_->contains(document));
  return documents_ != nullptr ? documents_->place(document) : document;
}

Result<void> TextStore::append(std::span<const WordKey> packed, std::uint32_t shingles) {
  counts_.push_back(shingles);
  return packed_.append(packed);
}

Result<std::span<const WordKey>> TextStore::words(std::uint32_t document,
                                                  TextBuffer& buffer) const {
  KITHKIN_TRY_ASSIGN(const auto packed, packed_.read(place(document), buffer.packed));
  return unpack_words(packed, buffer);
}

Result<std::span<ShingleHash>> TextStore::shingles(std::uint32_t document,
                                                   TextBuffer& buffer) const {
  KITHKIN_TRY_ASSIGN(const auto packed, packed_.read(place(document), buffer.packed));
  return unpack_shingles(packed, shingle_, buffer);
}

std::uint32_t TextStore::count(std::uint32_t document) const { return counts_[place(document)]; }

}  // namespace kithkin
