// See text_store.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/text_store.h"

#include <algorithm>
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

/// A packed text, whose numbers say no more than there is: they come from a disk.
Result<std::span<const WordKey>> TextStore::read(std::uint32_t document, TextBuffer& buffer) const {
  KITHKIN_TRY_ASSIGN(const auto packed, packed_.read(place(document), buffer.packed));
  if (packed.empty() || packed[0] >= packed.size()) return packed_.damaged();
  return packed;
}

Result<std::span<const WordKey>> TextStore::words(std::uint32_t document,
                                                  TextBuffer& buffer) const {
  KITHKIN_TRY_ASSIGN(const auto packed, read(document, buffer));
  const auto words = packed.subspan(1, packed[0]);
  const std::size_t numbers = packed.size() - 1 - words.size();
  if (numbers > 0 && std::count_if(words.begin(), words.end(), is_number) !=
                         static_cast<std::ptrdiff_t>(numbers)) {
    return packed_.damaged();
  }
  return unpack_words(packed, buffer);
}

Result<std::span<ShingleHash>> TextStore::shingles(std::uint32_t document,
                                                   TextBuffer& buffer) const {
  KITHKIN_TRY_ASSIGN(const auto packed, read(document, buffer));
  return unpack_shingles(packed, shingle_, buffer);
}

std::uint32_t TextStore::count(std::uint32_t document) const { return counts_[place(document)]; }

}  // namespace kithkin
