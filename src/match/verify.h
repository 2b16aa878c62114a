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

namespace kithkin {

/// A set of shingle hashes with fast look-up: open addressing, an eighth to half full. Scratch
/// space, reused from set to set; one thread at a time.
class ShingleSet {
 public:
  /// Empties it and makes room.
  void reset(std::size_t expected);
  /// Returns whether it is new.
  bool insert(ShingleHash shingle);
  [[nodiscard]] bool contains(ShingleHash shingle) const;

 private:
  std::vector<ShingleHash> slots_;  // 0 for free
  std::size_t mask_ = 0;
  bool has_zero_ = false;
};

/// Moves the first of each shingle to the front, in order, and returns how many there are. O(n).
std::uint32_t keep_distinct(std::span<ShingleHash> shingles, ShingleSet& scratch);

/// |A∩B| of two lists without repeats.
std::uint32_t count_shared(const ShingleSet& a, std::span<const ShingleHash> b);

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

/// What verification needs from outside: a document's shingles without repeats.
class ShingleSource {
 public:
  virtual ~ShingleSource() = default;
  /// The shingles, in `buffer` or elsewhere; valid until the buffer's next use. Any number of
  /// threads at once, each with its buffer. Fails with `input` when they cannot be had.
  virtual Result<std::span<const ShingleHash>> read(std::uint32_t document,
                                                    std::vector<ShingleHash>& buffer) const = 0;
  /// How many they are.
  [[nodiscard]] virtual std::uint32_t count(std::uint32_t document) const = 0;
};

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
