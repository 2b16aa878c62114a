// A text as it is held for later: four bytes a word, from which its words and its shingles come
// back.
//
//   number of words | keys of the words, odd where a number stands | keys of the numbers, in order
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "match/text_source.h"
#include "text/number.h"

namespace kithkin {

/// How many keys a text takes.
constexpr std::size_t packed_size(std::size_t tokens, std::size_t numbers) {
  return 1 + tokens + numbers;
}

/// Packs a text into packed_size() keys. `numbers` are those among the tokens, in order.
void pack_text(std::span<const TokenHash> tokens, std::span<const NumberToken> numbers,
               std::span<WordKey> out);

/// The words of a packed text; in `buffer.words` where there are numbers among them.
std::span<const WordKey> unpack_words(std::span<const WordKey> packed, TextBuffer& buffer);

/// The same in `words` in any case.
void unpack_words(std::span<const WordKey> packed, std::vector<WordKey>& words);

/// Its shingles of `k` tokens, repeats and all, in `buffer.shingles`.
std::span<ShingleHash> unpack_shingles(std::span<const WordKey> packed, std::uint32_t k,
                                       TextBuffer& buffer);

}  // namespace kithkin
