// Why places are kept and not looked up as they come: a slot is known when all pairs are aligned,
// and aligning them again would cost as much as the first time. Why in the order of pairs: what was
// noted of a pair is read beside it, and nobody looks for anything.
#include "engine/noted_places.h"

#include <string>
#include <utility>

#include "base/try.h"

namespace kithkin {

NotedPlaces::NotedPlaces(const JobContext& job)
    : all_(job.directory.file("places"), job.memory.sorting / 2),
      learned_(job.directory.file("learned-places"), job.memory.sorting / 2) {}

Result<void> NotedPlaces::note(std::span<const PendingPair> pairs, std::span<const Place> places) {
  auto place = places.begin();
  for (const PendingPair& pair : pairs) {
    const bool is_learned = is_told_apart(pair.of_alignment());
    for (std::uint32_t i = 0; i < pair.places; ++i, ++place) {
      KITHKIN_TRY(all_.append(*place));
      if (is_learned) KITHKIN_TRY(learned_.append(*place));
    }
  }
  return {};
}

Result<PendingStore> NotedPlaces::count_slots(JobContext& job, PendingStore pairs) const {
  if (learned_.size() == 0) return pairs;
  const std::uint32_t parts = SlotTable::parts_for(learned_.size(), job.memory.pairs);
  for (std::uint32_t part = 0; part < parts; ++part) {
    SlotTable table(learned_.size(), part, parts);
    KITHKIN_TRY(learned_.for_each([&](Place place) -> Result<void> {
      table.add(place);
      return {};
    }));
    PendingStore counted(job.directory.file("slots-" + std::to_string(part)), job.memory.results);
    RecordStore<Place>::Cursor places(all_);
    KITHKIN_TRY(pairs.for_each([&](PendingPair pair) -> Result<void> {
      for (std::uint32_t i = 0; i < pair.places; ++i) {
        Place place = 0;
        KITHKIN_TRY_ASSIGN(const bool any, places.next(place));
        if (!any) return all_.damaged();
        pair.slots += table.is_slot(place) ? 1 : 0;
      }
      return counted.append(pair);
    }));
    if (job.progress->cancelled()) return Error{ErrorCode::cancelled, "interrupted", "", 0};
    pairs = std::move(counted);
  }
  return pairs;
}

}  // namespace kithkin
