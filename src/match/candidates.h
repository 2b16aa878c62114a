// Buckets to candidate pairs: what may be a copy of what. Proposing may be wrong; verify.h decides.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <kithkin/result.h>

#include "base/document_set.h"
#include "base/external_sort.h"
#include "match/band_store.h"

namespace kithkin {

/// Two documents as one number, the hub (the longer one) first, so that a pair has one form and
/// pairs of one hub stand together when sorted.
struct CandidatePair {
  std::uint32_t hub = 0, other = 0;

  [[nodiscard]] std::uint64_t packed() const { return std::uint64_t{hub} << 32 | other; }
  static CandidatePair unpack(std::uint64_t packed) {
    return {static_cast<std::uint32_t>(packed >> 32), static_cast<std::uint32_t>(packed)};
  }
};

using PairSorter = ExternalSorter<std::uint64_t>;
using PairSink = std::function<Result<void>(std::span<const std::uint64_t>)>;

/// Longer first, then earlier in the input.
struct LongerFirst {
  std::span<const std::uint32_t> lengths;  ///< by document
  bool operator()(std::uint32_t a, std::uint32_t b) const {
    return lengths[a] != lengths[b] ? lengths[a] > lengths[b] : a < b;
  }
};

/// The pair in its one form.
inline CandidatePair make_candidate(std::uint32_t a, std::uint32_t b, const LongerFirst& longer) {
  return longer(a, b) ? CandidatePair{a, b} : CandidatePair{b, a};
}

/// Edges for one bucket, never all pairs: each member with the longest one (a star) and with its
/// neighbor by length (a chain, so that copies meet beside an unrelated hub); at most two a
/// member. A bucket over `hot` members is cut into pieces of that size, by length, first.
/// `bucket` is put in order. Returns whether it was hot.
bool propose_in_bucket(std::span<std::uint32_t> bucket, const LongerFirst& longer, std::size_t hot,
                       std::vector<std::uint64_t>& pairs);

struct ProposeOptions {
  unsigned threads = 1;
  std::size_t memory = std::size_t{64} << 20;  ///< bytes for sorting keys, over all threads
  std::size_t hot_bucket = 4096;
};

struct ProposeCounts {
  std::uint64_t hot_buckets = 0;    ///< counted once in each band
  std::uint64_t hot_documents = 0;  ///< members of them
};

/// Sorts the keys of each band and hands the pairs of every bucket to `sink`, a pair as often as it
/// is met. Only documents in `eligible` take part. The set of pairs does not depend on threads or
/// memory, their order does. When the keys of a band do not fit the memory, they are read once for
/// each part that does. `sink` and `done` are called from one thread at a time; `done` after each
/// band, and false cancels.
Result<ProposeCounts> propose_pairs(const BandStore& keys, const DocumentSet& eligible,
                                    const LongerFirst& longer, const ProposeOptions& options,
                                    const PairSink& sink, const std::function<bool()>& done);

}  // namespace kithkin
