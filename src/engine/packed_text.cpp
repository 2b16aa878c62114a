// See packed_text.h. Tests: tests/unit/engine/texts_test.cpp.
#include "engine/packed_text.h"

#include <algorithm>
#include <cassert>

#include "text/shingle.h"

namespace kithkin {
namespace {

std::span<const WordKey> words_of(std::span<const WordKey> packed) {
  return packed.subspan(1, packed[0]);
}

}  // namespace

void pack_text(std::span<const TokenHash> tokens, std::span<const NumberToken> numbers,
               std::span<WordKey> out) {
  assert(out.size() == packed_size(tokens.size(), numbers.size()));
  WordKey* at = out.data();
  *at++ = static_cast<WordKey>(tokens.size());
  WordKey* const words = at;
  at = std::transform(tokens.begin(), tokens.end(), at, word_key);
  for (const NumberToken& number : numbers) {
    words[number.token] |= 1;
    *at++ = number.key;
  }
}

std::span<const WordKey> unpack_words(std::span<const WordKey> packed, TextBuffer& buffer) {
  const std::span<const WordKey> words = words_of(packed);
  if (1 + words.size() == packed.size()) return words;
  unpack_words(packed, buffer.words);
  return buffer.words;
}

void unpack_words(std::span<const WordKey> packed, std::vector<WordKey>& words) {
  const std::span<const WordKey> own = words_of(packed);
  words.assign(own.begin(), own.end());
  auto word = words.begin();
  for (const WordKey number : packed.subspan(1 + own.size())) {
    word = std::find_if(word, words.end(), is_number);
    *word++ = number;
  }
}

std::span<ShingleHash> unpack_shingles(std::span<const WordKey> packed, std::uint32_t k,
                                       TextBuffer& buffer) {
  make_shingles(words_of(packed), k, buffer.shingles);
  return buffer.shingles;
}

}  // namespace kithkin
