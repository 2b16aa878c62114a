// How much a word tells: rare ones are names, numbers and dates, whatever the language.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "base/hash.h"
#include "match/shingle_set.h"

namespace kithkin {

/// 256 times the binary logarithm of `x`, rounded down; 0 for 0. Integers only, so that it is the
/// same on every machine.
std::uint32_t log2_fixed(std::uint64_t x);

/// Tells which words stand in a text. The first few are looked for one after another; whoever asks
/// for more gets a set made.
class WordLookup {
 public:
  /// `text` outlives its use.
  void set_text(std::span<const WordKey> text) {
    text_ = text;
    left_ = kFew;
  }
  [[nodiscard]] bool contains(WordKey word);

 private:
  static constexpr int kFew = 24;
  std::span<const WordKey> text_;
  int left_ = kFew;  // to be looked for; 0 when there is a set
  WordSet set_;
};

/// What a word weighs, in 256ths: from about 1 (it stands in every document of many) to 3 (in one).
/// Why not the plain logarithm, which goes down to 0: in a crawl of copies of one text all its
/// words would weigh nothing, and a single misprint everything.
class WordWeights {
 public:
  static constexpr std::uint32_t kLeast = 256, kMost = 3 * 256;

  [[nodiscard]] std::uint32_t of(WordKey word) const;

  /// What the words that stand in `other` nowhere weigh over the least, repeats counted.
  [[nodiscard]] std::uint64_t of_missing(std::span<const WordKey> words, WordLookup& other) const;

 private:
  friend class WordSample;
  std::vector<std::uint16_t> weights_;  // two rows; the greater of a word's two is its weight
};

/// Counts in how many documents each word stands, over a sample: the first 8192 documents, and of
/// those that follow ever fewer, some 4096 from each doubling. Which ones depends on their order
/// and content alone, and of exact copies one counts. 4 MB, and 16 bytes a sampled document.
class WordSample {
 public:
  WordSample();

  /// Whether document number `document` of this content belongs to the sample. Who is refused at
  /// one number is refused at all higher ones.
  static bool takes(const ContentHash& content, std::uint32_t document);

  /// Counts a document that belongs to it, and is true; a copy of one that was counted is passed
  /// over. `words` are without repeats.
  bool add(const ContentHash& content, std::span<const WordKey> words);

  /// The weights by the documents so far. The counts are handed over.
  WordWeights finish();

 private:
  std::vector<std::uint16_t> counts_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace kithkin
