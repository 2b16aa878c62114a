// A text to all that the pipeline needs of it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <kithkin/recipe.h>
#include <kithkin/result.h>

#include "match/shingle_set.h"
#include "sketch/banding.h"
#include "sketch/minhash.h"
#include "text/shingle.h"
#include "text/tokenize.h"

namespace kithkin {

/// Fingerprints texts by a recipe. Scratch space: one per thread; copy to get another.
class Fingerprinter {
 public:
  /// Fails with invalid_argument when the recipe's sketch cannot be made.
  static Result<Fingerprinter> create(const Recipe& recipe);

  /// Takes a text in; the calls below speak of it until the next.
  void read(std::string_view text);

  /// The same from how it was held, and from its content() then. Borrowed until the next.
  void recall(std::span<const WordKey> packed, const ContentHash& content);

  [[nodiscard]] std::uint32_t tokens() const { return count_; }
  /// The keys of all tokens, in order.
  [[nodiscard]] std::span<const WordKey> words();
  [[nodiscard]] const ContentHash& content() const { return content_; }

  /// Writes a text that was read as it is held for later (engine/packed_text.h) into so many keys.
  [[nodiscard]] std::size_t packed_size() const;
  void pack(std::span<WordKey> out) const;

  /// Appends recipe.bands keys. A text without tokens gets zeros.
  void append_keys(std::vector<std::uint64_t>& keys);

  /// All shingles, repeats too.
  [[nodiscard]] std::span<const ShingleHash> shingles() const { return shingles_; }

  /// The keys of the tokens without repeats, in order of first appearance; valid until the next
  /// call.
  std::span<const WordKey> distinct_words();

  /// The shingles without repeats, in order of first appearance. Keys must be had before,
  /// and shingles() is spent.
  std::span<ShingleHash> distinct_shingles();

  /// Those of them by which the text is judged (match/formula.h).
  std::span<ShingleHash> judging_shingles();

 private:
  Fingerprinter(const Recipe& recipe, MinHasher hasher);
  Recipe recipe_;
  MinHasher hasher_;
  Tokenizer tokenizer_;
  ShingleSet set_;
  WordSet word_set_;
  std::vector<TokenHash> tokens_;      // of a text that was read
  std::span<const WordKey> recalled_;  // or the text as it was held
  std::uint32_t count_ = 0;            // tokens
  ContentHash content_;
  std::vector<NumberToken> numbers_;
  std::vector<WordKey> words_;
  std::vector<ShingleHash> shingles_;
  std::vector<std::uint32_t> signature_;
};

}  // namespace kithkin
