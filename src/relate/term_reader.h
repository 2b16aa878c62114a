// A text to its terms: each token as the word it is a form of.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "relate/term_table.h"
#include "text/language.h"
#include "text/stem.h"
#include "text/tokenize.h"

namespace kithkin {

/// The terms of each token, in the order of the tokens.
struct TextTerms {
  std::vector<TokenSpan> tokens;
  std::vector<std::uint32_t> ends;  ///< of each token's terms in `terms`
  std::vector<TermHash> terms;

  [[nodiscard]] std::span<const TermHash> of(std::size_t token) const {
    const std::uint32_t begin = token == 0 ? 0 : ends[token - 1];
    return std::span(terms).subspan(begin, ends[token] - begin);
  }
};

/// Stems where the language has a stemmer. Words of other languages with letters are taken apart
/// into their runs of four characters, which forms of one word share; pairs of characters of
/// scripts without spaces are terms as they are. A term belongs to its language: the same letters
/// in another one are another term. Scratch space, one per thread; remembers the words it has seen.
class TermReader {
 public:
  TermReader();
  ~TermReader();
  TermReader(TermReader&&) noexcept;

  void read(std::string_view text, const Language& language, TextTerms& out);

 private:
  struct Dialect;  // a language, its stemmer, and the words seen in it
  Dialect& dialect_of(const Language& language);
  std::vector<std::unique_ptr<Dialect>> dialects_;
  Tokenizer tokenizer_;
  std::vector<Token> spelled_;   // of a word by itself
  std::vector<Token> in_place_;  // of all the text, where that is needed
};

}  // namespace kithkin
