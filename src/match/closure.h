// Copies of one text are likely copies of each other: the second look around every hub.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <kithkin/result.h>

#include "base/components.h"
#include "base/external_sort.h"
#include "match/candidates.h"
#include "match/verify.h"

namespace kithkin {

struct ClosureOptions {
  std::uint32_t complete = 32;  ///< components up to this size are compared pair by pair
  std::uint32_t hubs = 8;       ///< in larger ones this many documents are compared with all
  std::uint32_t nearest = 6;    ///< and the nearest copies of each document with each other
};

/// From verified pairs, proposes pairs of documents that are copies of a common third. Connected
/// components of up to `complete` documents are completed. In larger ones the `hubs` documents with
/// the most copies are compared with all the others, and around each document its `nearest` copies
/// with each other: at most hubs + nearest^2/2 pairs a document, however large a component grows.
/// Why: buckets give stars, and a star knows nothing of which of its leaves would stand for the
/// others; the hubs are whom clusters will be built around.
/// Sorting keeps to `memory`; 8 bytes a document are resident until propose() is done.
class Closure {
 public:
  /// Runs go to files that begin with `prefix`.
  Closure(const LongerFirst& longer, const std::string& prefix, std::size_t memory,
          const ClosureOptions& options = {});

  /// Takes note of a verified pair.
  Result<void> add(const VerifiedPair& pair);

  /// Hands pairs on, also ones that are verified already. Call once, after the last add().
  Result<void> propose(const PairSink& sink);

  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return neighbors_.spilled_bytes() + members_.spilled_bytes();
  }

 private:
  struct Neighbor {
    std::uint32_t document = 0, neighbor = 0;
    double resemblance = 0;
    bool operator<(const Neighbor& o) const {
      if (document != o.document) return document < o.document;
      if (resemblance != o.resemblance) return resemblance > o.resemblance;
      return neighbor < o.neighbor;
    }
  };
  /// A document in its component, most copies first.
  struct Membership {
    std::uint32_t component = 0, copies = 0, document = 0;
    bool operator<(const Membership& o) const {
      if (component != o.component) return component < o.component;
      if (copies != o.copies) return copies > o.copies;
      return document < o.document;
    }
  };
  Result<void> pair_nearest(const PairSink& sink);
  Result<void> pair_components(const PairSink& sink);
  void pair_with(std::uint32_t document, std::span<const std::uint32_t> others,
                 std::vector<std::uint64_t>& pairs) const;

  LongerFirst longer_;
  ClosureOptions options_;
  ExternalSorter<Neighbor> neighbors_;
  ExternalSorter<Membership> members_;
  std::vector<std::uint32_t> parent_, copies_;
  Components components_;
};

}  // namespace kithkin
