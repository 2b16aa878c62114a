// Each place has two entries, both in one block of the table, so that a part of the table is so
// many blocks. What was said in a place has its bit in both; bits that stand in one only are those
// of places that share the entry. Or-ing knows no order, and a part holds what the whole would
// hold. Tests: tests/unit/match/slot_table_test.cpp.
#include "match/slot_table.h"

#include <algorithm>
#include <bit>

namespace kithkin {
namespace {

constexpr int kFillerBits = 6;
constexpr std::uint64_t kBlock = 1 << 12;  // entries
constexpr std::uint64_t kAnEntry = sizeof(std::uint64_t);

std::uint64_t hash_words(std::span<const WordKey> words, std::uint64_t seed) {
  std::uint64_t h = seed;
  for (const WordKey word : words)
    h = mix64(h ^ word) + 0x9e3779b97f4a7c15ULL;
  return mix64(h);
}

std::uint64_t context_of(Place place) { return place >> 2 * kFillerBits; }

/// The bits of what both texts say.
std::uint64_t fillers_of(Place place) {
  constexpr std::uint64_t kMask = (1 << kFillerBits) - 1;
  return std::uint64_t{1} << (place & kMask) | std::uint64_t{1} << (place >> kFillerBits & kMask);
}

/// From one entry of a place to the other in its block.
std::uint64_t step_of(Place place) { return (place >> 52 & (kBlock - 1)) | 1; }

/// Two to four entries for a place, two of which are its own: it shares both, if at all, with two
/// different places.
std::uint64_t entries_for(std::uint64_t places) {
  return std::bit_ceil(std::max<std::uint64_t>(places * 2, kBlock));
}

}  // namespace

Place make_place(std::span<const WordKey> before, std::span<const WordKey> after,
                 std::span<const WordKey> a, std::span<const WordKey> b) {
  const std::uint64_t context = hash_words(after, hash_words(before, before.size()));
  // The context is mixed in so that places which share an entry do not share the bits of words that
  // stand in both.
  const std::uint64_t x = hash_words(a, context) >> (64 - kFillerBits);
  const std::uint64_t y = hash_words(b, context) >> (64 - kFillerBits);
  return context << 2 * kFillerBits | std::min(x, y) << kFillerBits | std::max(x, y);
}

std::uint32_t SlotTable::parts_for(std::uint64_t places, std::size_t memory) {
  const std::uint64_t blocks = entries_for(places) / kBlock;
  const std::uint64_t in_part = std::max<std::uint64_t>(memory / (kBlock * kAnEntry), 1);
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>((blocks + in_part - 1) / in_part, blocks));
}

SlotTable::SlotTable(std::uint64_t places, std::uint32_t part, std::uint32_t parts)
    : mask_(entries_for(places) - 1) {
  const std::uint64_t blocks = (mask_ + 1) / kBlock;
  first_ = blocks * part / parts * kBlock;
  fillers_.resize(static_cast<std::size_t>(blocks * (part + 1) / parts * kBlock - first_));
}

void SlotTable::add(Place place) {
  const std::uint64_t entry = (context_of(place) & mask_) - first_;
  if (entry >= fillers_.size()) return;
  fillers_[entry] |= fillers_of(place);
  fillers_[entry ^ step_of(place)] |= fillers_of(place);
}

bool SlotTable::is_slot(Place place) const {
  const std::uint64_t entry = (context_of(place) & mask_) - first_;
  if (entry >= fillers_.size()) return false;
  return std::popcount(fillers_[entry] & fillers_[entry ^ step_of(place)]) >= kLeastFillers;
}

}  // namespace kithkin
