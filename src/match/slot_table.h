// Which places of its templates a crawl fills with one fact after another. An edit gives a place a
// second wording and another edit a third; where texts that are known to tell different facts say
// many things between the same words, there stands a fact, however common its own words are: a
// month, a state, a product.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"

namespace kithkin {

/// A place between aligned words with what two texts have there: 52 bits of a hash of the words
/// around it, and for each text six bits of a hash of its own. The same whichever text comes first.
using Place = std::uint64_t;

/// `before` and `after` are the aligned words around it, the nearest first.
Place make_place(std::span<const WordKey> before, std::span<const WordKey> after,
                 std::span<const WordKey> a, std::span<const WordKey> b);

/// How many different things were said in each place, up to 64 (of four, two look alike one time in
/// eleven). 16 to 32 bytes a place. Where the table would not fit, it is made a part at a time; it
/// says the same.
class SlotTable {
 public:
  /// Texts say that many things where there is a slot. Two are what an edit makes, three are two
  /// edits.
  static constexpr int kLeastFillers = 4;

  /// Part `part` of `parts` of the table for `places` places, repeats counted.
  SlotTable(std::uint64_t places, std::uint32_t part, std::uint32_t parts);

  /// Parts needed to keep to about `memory` bytes.
  static std::uint32_t parts_for(std::uint64_t places, std::size_t memory);

  void add(Place place);

  /// False also where another part knows the place.
  [[nodiscard]] bool is_slot(Place place) const;

 private:
  std::uint64_t mask_, first_ = 0;
  std::vector<std::uint64_t> fillers_;  // bits: what was said there
};

}  // namespace kithkin
