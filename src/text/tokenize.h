// The fast text pass: UTF-8 to folded words in one scalar pass over tables made from ICU.
//
// Costs about one table lookup a code point; allocates nothing once its buffers have grown.
// A Tokenizer is scratch space: one per thread, reused from document to document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kithkin/text.h>

#include "base/hash.h"
#include "text/number.h"
#include "text/word_finder.h"

namespace kithkin {

/// A token as the pipeline sees it: its hash and its place in the original text, in bytes.
struct TokenSpan {
  TokenHash hash = 0;
  std::uint32_t begin = 0, end = 0;
};

class Tokenizer {
 public:
  /// Replaces `out` with the hashes of the tokens of `text` (at most 4 GiB), in order.
  void hash(std::string_view text, std::vector<TokenHash>& out);

  /// The same, and which tokens are numbers.
  void hash(std::string_view text, std::vector<TokenHash>& out, std::vector<NumberToken>& numbers);

  /// The same with each token's place.
  void locate(std::string_view text, std::vector<TokenSpan>& out);

  /// The same, and which tokens are numbers.
  void locate(std::string_view text, std::vector<TokenSpan>& out,
              std::vector<NumberToken>& numbers);

  /// The same as folded text.
  void spell(std::string_view text, std::vector<Token>& out);

  struct Scratch {
    WordFinder finder;
    std::vector<unsigned char> buffer;  // a word that the finder leaves to others
  };

 private:
  Scratch scratch_;
};

}  // namespace kithkin
