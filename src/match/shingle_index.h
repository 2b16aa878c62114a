// Excerpts and their sources: what bands tuned for resemblance cannot find. At a length ratio of
// 1:8 a containment of .8 is a resemblance of .10.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/document_set.h"
#include "base/hash.h"
#include "base/radix_sort.h"
#include "base/spill.h"
#include "match/candidates.h"
#include "match/shingle_filter.h"

namespace kithkin {

/// Of each document some shingles may be held, those whose hash falls under a bound that the
/// document's length sets: kHeld of them on average. Fewer, kLooked on average, are looked up.
/// Which shingles they are depends on their hash alone, so a text and what it was cut from choose
/// the same; and one up to kHeld / kLooked = 9 times as long holds all that the shorter one looks
/// up. An excerpt of containment c shares n of those it looks up with the chance of n in a Poisson
/// distribution of mean c kLooked: less than two .013 at c = .9 and .024 at .8; none .030 at .5.
///
/// Nearly all that could be held nobody looks up. So texts are met twice: first each says what it
/// looks up, look_up(); when all have, make_filter(), and then each is asked for what it holds of
/// that, select() and append(); then read(), from any number of threads.
class ShingleIndex {
 public:
  static constexpr std::uint32_t kLooked = 7, kHeld = 63;
  /// Documents of fewer shingles are in too much.
  static constexpr std::uint32_t kLeastShingles = 8;

  /// About `memory` bytes are held in all before files `prefix`0, `prefix`1, ... are written.
  ShingleIndex(const std::string& prefix, std::size_t memory);

  /// Appends to `out` the shingles that a document with these looks up.
  static void select_looked_up(std::span<const ShingleHash> shingles,
                               std::vector<ShingleHash>& out);
  /// Takes in what that gave, of any documents in any order. Fails with `output`.
  Result<void> look_up(std::span<const ShingleHash> shingles);

  /// Ends look_up(). The filter takes seven bytes a document, at most `memory`; a smaller one lets
  /// more be held that nobody looks up. Fails with `input` when a file cannot be read.
  Result<void> make_filter(std::size_t memory);

  /// Appends to `out` what a document with these shingles may hold, repeats or not: what its length
  /// allows, and is not known at a glance to be looked up by nobody. From any thread, as the next.
  void select(std::uint32_t document, std::span<const ShingleHash> shingles,
              std::vector<KeyedDocument>& out) const;
  /// Of what select() gave of some documents, keeps all that somebody looks up, and a little more.
  void keep_looked_up(std::vector<KeyedDocument>& held) const { filter_.keep_known(held); }

  /// Whether a document of so many shingles (repeats counted) looks this one up: whether the
  /// shingle's lower half is under kLooked / shingles of what it can be.
  static bool is_looked_up(ShingleHash shingle, std::uint32_t shingles) {
    const std::uint64_t place = (shingle & UINT32_MAX) + 1;
    return shingles >= kLeastShingles && place * shingles <= std::uint64_t{kLooked} << 32;
  }

  /// Appends what these left, documents ascending. Fails with `output`.
  Result<void> append(std::span<const KeyedDocument> held);
  /// Ends append(): lets go of the filter.
  void drop_filter() { filter_ = {}; }

  static constexpr std::uint32_t kParts = 64;
  /// All held shingles of a part, documents ascending. Fails with `input`.
  Result<void> read(std::uint32_t part, std::vector<KeyedDocument>& out) const;
  [[nodiscard]] std::uint64_t spilled_bytes() const;
  /// The error of somebody who finds a document in a part that there is not.
  [[nodiscard]] Error damaged(std::uint32_t part) const { return parts_[part].spill.damaged(); }

 private:
  struct Part {
    Spill spill;
    std::uint32_t last = 0;  // document
  };
  Spill looked_up_;
  ShingleFilter::Counts looked_up_in_{};  // each range
  ShingleFilter filter_;
  std::vector<Part> parts_;  // by the shingle's upper bits
};

/// How many looked-up shingles a pair must share to be proposed, by the containment sought.
constexpr std::uint32_t shared_needed(double containment) { return containment >= 0.7 ? 2 : 1; }

/// Hands on pairs of each eligible document with longer ones that hold a shingle it looks up: the
/// nearest two by length and the longest two; a pair once for each shingle. `shingles` is a
/// shingle's size in tokens. Calls of `sink` and `done` as in propose_pairs().
Result<void> propose_contained(const ShingleIndex& index, const DocumentSet& eligible,
                               const LongerFirst& longer, std::uint32_t shingle, unsigned threads,
                               const PairSink& sink, const std::function<bool()>& done);

}  // namespace kithkin
