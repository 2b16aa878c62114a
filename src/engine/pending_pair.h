// Pairs on their way through judge().
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/job.h"
#include "match/formula.h"

namespace kithkin {

/// A pair with what is known of it so far.
struct PendingPair {
  VerifiedPair verified;
  std::uint32_t substitution = 0;
  std::uint32_t shared = 0;         // shingles that judge, and stand in both
  std::uint64_t shared_rarity = 0;  // summed over these
  std::uint64_t hub_rarity = 0;     // over all that judge of each text
  std::uint64_t other_rarity = 0;
  std::uint32_t missing = 0;
  std::uint32_t numbers = 0;
  std::uint32_t places = 0;  // where words stand for words: so many of those noted are this pair's
  std::uint32_t slots = 0;   // of these
  bool is_beyond_doubt = false;

  [[nodiscard]] double containment() const {
    const std::uint32_t shorter = std::min(verified.size_hub, verified.size_other);
    return static_cast<double>(verified.shared) / std::max(shorter, 1U);
  }

  /// What the alignment says, and the crawl of its places.
  [[nodiscard]] Evidence of_alignment() const {
    Evidence out;
    out.substitution = substitution;
    out.missing = missing;
    out.numbers = numbers;
    out.slots = slots;
    return out;
  }

  /// Whether it is one, however common what is shared may be.
  [[nodiscard]] bool is_copy() const {
    return is_beyond_doubt || is_copy_at_any_rarity(of_alignment());
  }

  [[nodiscard]] Evidence evidence() const {
    Evidence out = of_alignment();
    if (is_copy()) return out;
    if (shared > 0) out.rarity = static_cast<std::uint32_t>(shared_rarity / shared);
    const std::uint64_t lesser = std::min(hub_rarity, other_rarity);
    if (lesser > 0)
      out.rare_share = static_cast<std::uint32_t>(shared_rarity * Evidence::kOne / lesser);
    // Where what is shared is not common, nobody asks what is missing.
    if (!shares_the_common(containment(), out)) out.missing = 0;
    return out;
  }
};
using PendingStore = RecordStore<PendingPair>;

}  // namespace kithkin
