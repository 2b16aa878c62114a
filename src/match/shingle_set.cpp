// See shingle_set.h. Tests: tests/unit/match/verify_test.cpp.
#include "match/shingle_set.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace kithkin {
namespace {

constexpr std::size_t kLargestKept = std::size_t{1} << 18;

/// Sparse while that costs little: slots that are taken by others mislead the branch predictor.
int bits_for(std::size_t expected) {
  const std::size_t slots_each = expected <= 1024 ? 8 : expected <= 65536 ? 4 : 2;
  return std::bit_width(std::max<std::size_t>(expected * slots_each, 16) - 1);
}

/// One text of a hundred megabytes must not keep its room until the end.
template <class Slot>
void clear(std::vector<Slot>& slots, std::size_t size) {
  if (slots.capacity() > kLargestKept && size <= kLargestKept) slots = {};
  slots.assign(size, 0);
}

}  // namespace

template <class Hash>
void HashSet<Hash>::reset(std::size_t expected) {
  const int bits = bits_for(expected);
  clear(slots_, std::size_t{1} << bits);
  shift_ = std::numeric_limits<Hash>::digits - bits;
  has_zero_ = false;
}

template <class Hash>
void HashSet<Hash>::fill(std::span<const Hash> hashes) {
  reset(hashes.size());
  for (const Hash hash : hashes)
    insert(hash);
}

/// In a table of places, which is half as large as one of shingles: most of the time goes into
/// emptying it.
template <class Hash>
std::uint32_t HashSet<Hash>::keep_distinct(std::span<Hash> hashes) {
  const int bits = bits_for(hashes.size()), shift = std::numeric_limits<Hash>::digits - bits;
  clear(places_, std::size_t{1} << bits);
  const std::size_t mask = places_.size() - 1;
  std::uint32_t kept = 0;
  for (const Hash hash : hashes) {
    std::size_t at = slot_of(hash, shift);
    while (places_[at] != 0 && hashes[places_[at] - 1] != hash)
      at = (at + 1) & mask;
    const bool is_new = places_[at] == 0;
    hashes[kept] = hash;
    kept += is_new ? 1 : 0;
    places_[at] = is_new ? kept : places_[at];
  }
  return kept;
}

template class HashSet<ShingleHash>;
template class HashSet<WordKey>;

}  // namespace kithkin
