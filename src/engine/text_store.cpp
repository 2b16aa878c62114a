// See text_store.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/text_store.h"

#include <cassert>

#include "base/try.h"

namespace kithkin {

TextStore::TextStore(const DocumentSet* documents, const std::string& path, std::size_t memory)
    : documents_(documents),
      words_(path + "-words", memory / 3),
      shingles_(path + "-shingles", memory / 3 * 2) {}

std::uint32_t TextStore::place(std::uint32_t document) const {
  assert(documents_ == nullptr || documents_->contains(document));
  return documents_ != nullptr ? documents_->place(document) : document;
}

Result<void> TextStore::append(std::span<const WordKey> words,
                               std::span<const ShingleHash> shingles) {
  KITHKIN_TRY(words_.append(words));
  return shingles_.append(shingles);
}

Result<std::span<const WordKey>> TextStore::words(std::uint32_t document,
                                                  std::vector<WordKey>& buffer) const {
  return words_.read(place(document), buffer);
}

Result<std::span<const ShingleHash>> TextStore::shingles(std::uint32_t document,
                                                         std::vector<ShingleHash>& buffer) const {
  return shingles_.read(place(document), buffer);
}

std::uint32_t TextStore::count(std::uint32_t document) const {
  return shingles_.count(place(document));
}

}  // namespace kithkin
