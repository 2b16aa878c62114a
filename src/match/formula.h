// A copy or a formula? Two texts that fill one template with different facts share much, and are
// not copies. docs/decisions/0007 tells how this rule was found.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <kithkin/relation.h>

#include "base/hash.h"
#include "match/shingle_set.h"
#include "match/word_weights.h"

namespace kithkin {

/// What the crawl says of what two texts share. All in 65536ths.
struct Evidence {
  std::uint32_t substitution = 0;    ///< Aligner::substitution()
  std::uint32_t rarity = 65536;      ///< mean rarity of the shared shingles
  std::uint32_t rare_share = 65536;  ///< what is shared of the text's rarity that has less
  std::uint32_t missing = 0;         ///< Aligner::missing()
  std::uint32_t numbers = 0;         ///< Aligner::number_slots(), as a count
  std::uint32_t slots = 0;           ///< places of the pair that are slots, as a count

  static constexpr std::uint32_t kOne = 65536;

  /// The same as fractions.
  [[nodiscard]] FormulaReason reason() const;
};

/// Whether two texts are taken for one article while rarity is counted: copies at the default
/// thresholds, in which less than a hundredth of the aligned weight, no number and nothing in a
/// slot was put for something else. What is no article yet counts for two, and makes the rule below
/// stricter, not laxer.
bool is_one_article(double resemblance, double containment, const Evidence& evidence);

/// Whether two texts of this containment (of the shorter one's shingles in the longer) may be a
/// formula because what they share is common: its rarity is under a half, or containment times
/// rarity under .35; and of what is rare in the text that has less of it, less than four fifths are
/// shared. (Revisions of one page of a template share its facts.)
bool shares_the_common(double containment, const Evidence& evidence);

/// Whether they are one:
///   - words were put for words, more than .05 of the aligned weight for shared shingles that stand
///     nowhere else, and the less the commoner they are; or
///   - a number was put for a number, or words for words in a slot of the crawl's templates, and
///     the rarity of what is shared is under .7: the notice of last year again, or of another
///     place; or
///   - they share the common, and each has rare words that the other lacks: a hundredth of the
///     weight that the shorter text's words can have. A shingle is lost with any of its words; this
///     keeps an editor's "yesterday" for "today" apart from other facts.
bool is_formula(double containment, const Evidence& evidence);

/// Whether they are none, however common what they share may be: substitution, numbers, slots and
/// missing words say so by themselves.
bool is_copy_at_any_rarity(const Evidence& evidence);

/// Whether two texts differ in facts by what was put for what alone: more than .05 of the weight,
/// or a number for a number. What such texts have in the places where they differ is what the crawl
/// learns of places; copies that outlets edit teach it nothing.
bool is_told_apart(const Evidence& evidence);

/// Where in `words` the weightiest stand that `other` lacks: at most `most`, each word once, in
/// order.
std::vector<std::uint32_t> find_missing(std::span<const WordKey> words,
                                        std::span<const WordKey> other, std::size_t most,
                                        const WordWeights& weights);

/// Whether a text of so many shingles is judged by this one: shorter texts by all of theirs, longer
/// ones by a quarter, those whose hash says so.
inline bool judges(ShingleHash shingle, std::size_t shingles) {
  constexpr std::size_t kLong = 256;
  return shingles < kLong || (shingle >> 24 & 3) == 0;
}

/// Moves to the front, without repeats, the shingles by which a text is judged that has `distinct`
/// of them in all, and returns them.
std::span<ShingleHash> keep_judging(std::span<ShingleHash> shingles, std::uint32_t distinct,
                                    ShingleSet& scratch);

/// In how many distinct articles each shingle stands, roughly: a table of small counters, in which
/// one article counts once and shingles that meet in one place are counted together. Where the
/// table would not fit, it is made a part at a time; the counts are the same.
class ArticleCounts {
 public:
  /// Part `part` of `parts` of the table for `shingles` shingles.
  ArticleCounts(std::uint64_t shingles, std::uint32_t part, std::uint32_t parts);

  /// Parts needed to keep to about `memory` bytes.
  static std::uint32_t parts_for(std::uint64_t shingles, std::size_t memory);

  /// Counts the shingles by which an article is judged.
  void add(std::span<const ShingleHash> shingles);

  /// Whether this part counts the shingle.
  [[nodiscard]] bool has(ShingleHash shingle) const {
    return place(shingle) - first_ < counts_.size();
  }

  /// The rarity of a shingle that this part counts, in 65536ths: 1 when it stands in the pair's own
  /// articles alone (`own`, 1 or 2 of them), falling with the logarithm to 0 in 99 others.
  [[nodiscard]] std::uint32_t rarity(ShingleHash shingle, std::uint32_t own) const;

 private:
  [[nodiscard]] std::uint64_t place(ShingleHash shingle) const { return shingle & mask_; }
  static constexpr std::uint32_t kCommon = 100;
  std::uint64_t mask_, first_ = 0;
  std::vector<std::uint8_t> counts_;
  std::array<std::uint32_t, kCommon> rarities_{};  // by how many others
};

}  // namespace kithkin
