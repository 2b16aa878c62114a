// Deciding: exact measures on the shingles themselves. No pair is called a copy anywhere else.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <kithkin/relation.h>
#include <kithkin/result.h>

#include "base/hash.h"
#include "match/candidates.h"
#include "match/text_source.h"

namespace kithkin {

/// What two sets of these sizes share at least where decide() calls them copies, or a little less.
std::uint32_t least_shared(std::uint32_t size_a, std::uint32_t size_b, const MatchOptions& options);

/// The measures of sets of these sizes with `shared` shingles in common; zeros when either is
/// empty.
Measures measure(std::uint64_t size_a, std::uint64_t size_b, std::uint64_t shared);

/// The rule by which all of kithkin calls two texts copies. `exact` says that the token sequences
/// are equal (and not empty).
Relation decide(const Measures& measures, bool exact, const MatchOptions& options);

/// The options that decide, checked: thresholds and shingle size. Fails with invalid_argument.
Result<void> check_matching(const MatchOptions& match, std::uint32_t shingle);

/// Whether a text with `own_containment` in the kept one, and this resemblance to it, may be
/// dropped: by resemblance, or because the kept one holds it.
bool may_drop(double resemblance, double own_containment, const MatchOptions& options);

/// A pair with its exact counts.
struct VerifiedPair {
  CandidatePair pair;
  std::uint32_t shared = 0;                    ///< |A∩B|
  std::uint32_t size_hub = 0, size_other = 0;  ///< |A|, |B|

  [[nodiscard]] Measures measures() const { return measure(size_hub, size_other, shared); }
  bool operator<(const VerifiedPair& o) const { return pair.packed() < o.pair.packed(); }
};

/// Takes sorted candidate pairs from `next`, counts what each shares, and hands those that are
/// copies by `options` to `sink`, in the same order. `done` is told the pairs so far and cancels
/// with false. At most one batch of pairs a thread is in memory.
Result<void> verify_pairs(const std::function<Result<bool>(std::uint64_t&)>& next,
                          const ShingleSource& shingles, const MatchOptions& options,
                          unsigned threads,
                          const std::function<Result<void>(const VerifiedPair&)>& sink,
                          const std::function<bool(std::uint64_t)>& done);

}  // namespace kithkin
