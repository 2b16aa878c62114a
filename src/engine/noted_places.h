// Where pairs differ, and which of these places are slots of the crawl's templates.
#pragma once

#include <cstdint>
#include <span>

#include "engine/pending_pair.h"
#include "match/slot_table.h"

namespace kithkin {

/// Filled by one thread while pairs are aligned; spilled, half of the memory for sorting for each
/// of its two stores.
class NotedPlaces {
 public:
  explicit NotedPlaces(const JobContext& job);

  /// Notes the places of these pairs, `places` of each, one pair after another. Fails with
  /// `output`.
  Result<void> note(std::span<const PendingPair> pairs, std::span<const Place> places);

  /// Counts for all pairs, in the order in which they were noted, how many of their places are
  /// slots: those in which pairs that are told apart without them have many different things.
  Result<PendingStore> count_slots(JobContext& job, PendingStore pairs) const;

  [[nodiscard]] std::uint64_t spilled_bytes() const {
    return all_.spilled_bytes() + learned_.spilled_bytes();
  }

 private:
  RecordStore<Place> all_, learned_;  // learned_: of pairs that are told apart
};

}  // namespace kithkin
