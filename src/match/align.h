// Two texts side by side: what stands in both in the same order, and what was put for what.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "match/slot_table.h"
#include "match/word_weights.h"

namespace kithkin {

/// Tokens [a, a + size) of one text equal [b, b + size) of the other.
struct AlignedRun {
  std::uint32_t a = 0, b = 0, size = 0;
};

/// A place where the texts differ between two aligned runs: tokens [a, a + size_a) stand in one for
/// [b, b + size_b) in the other, neither empty nor longer than kLongestSlot. The texts' beginnings
/// and ends are none: copies are given other datelines, headings and footers.
struct Slot {
  std::uint32_t a = 0, size_a = 0, b = 0, size_b = 0;

  /// At most eight tokens on either side.
  [[nodiscard]] bool is_short() const { return size_a <= kShort && size_b <= kShort; }

  /// Whether one fact may stand for another here: both sides are short or of about one length, half
  /// as long again at the most. A passage that was reworded is neither.
  [[nodiscard]] bool is_even() const {
    return is_short() || (2 * size_a <= 3 * size_b && 2 * size_b <= 3 * size_a);
  }

  static constexpr std::uint32_t kShort = 8;
};

inline constexpr std::uint32_t kLongestSlot = 32;

/// Aligns one text, the hub, with others. Anchors are runs of three tokens that stand once in each
/// text, the longest chain of them that keeps both orders is taken and widened as far as the texts
/// agree (patience diff). O(n log n). Scratch space: one per thread.
class Aligner {
 public:
  /// `hub` outlives its use.
  void set_hub(std::span<const WordKey> hub);

  /// Aligns `other`, which outlives the calls below.
  void align(std::span<const WordKey> other);

  [[nodiscard]] std::span<const AlignedRun> runs() const { return runs_; }
  [[nodiscard]] std::span<const Slot> slots() const { return slots_; }

  /// How much was put for something else, in 65536ths of the weight of what is aligned: over the
  /// even slots, the lesser of the two sides' weights, of words that stand in the other text
  /// nowhere and of a word's weight what is over the least, so that a rare word put for a common
  /// one (a misprint, an editor's choice) is nothing. 0 without slots.
  std::uint32_t substitution(const WordWeights& weights);

  /// Slots in which a number was put for a number: each side has one that stands in the other text
  /// nowhere, or in a short slot, one that the other side has not.
  std::uint32_t number_slots();

  /// Replaces `out` with the places of the short slots where words stand for other words, each side
  /// with one that the other has not: numbers apart, which are facts wherever they stand. The words
  /// around a place are the two nearest aligned ones on each side that are no numbers.
  void find_places(std::vector<Place>& out) const;

  /// What each text has that stands in the other nowhere: the lesser of the two sums of word
  /// weights over the least, in 65536ths of a word's range of weights, by the tokens of the shorter
  /// text.
  std::uint32_t missing(const WordWeights& weights);

 private:
  /// An anchor of the hub, by its place there.
  struct Anchor {
    std::uint64_t key = 0;
    std::uint32_t mark = 0;  // the alignment that set `b`, or kTwice
    std::uint32_t b = 0;
  };
  /// An anchor that stands once in the hub, and where it stands in the other text.
  struct Meeting {
    std::uint32_t a = 0, b = 0;
  };
  static constexpr std::uint32_t kTwice = UINT32_MAX;

  std::uint32_t& find(std::uint64_t key);
  void chain();
  void widen();
  void find_slots();

  std::span<const WordKey> hub_, other_;
  std::vector<Anchor> anchors_;
  std::vector<std::uint32_t>
      table_;      // open addressing by key: a place + 1, 0 for a free one. Small:
  int shift_ = 0;  // it is emptied for each hub. `shift_` leaves a key's upper bits
  std::uint32_t mark_ = 0;
  std::vector<Meeting> met_;
  std::vector<std::uint32_t> tails_, before_, chain_;
  std::vector<AlignedRun> runs_;
  std::vector<Slot> slots_;
  WordLookup hub_words_, other_words_;
};

}  // namespace kithkin
