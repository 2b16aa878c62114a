// See shingle_set.h. Tests: tests/unit/match/verify_test.cpp.
#include "match/shingle_set.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/vector_clones.h"

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

/// In vectors: no way out in the middle of a piece. Returns the beginning of the piece that holds
/// the hash, or `count`.
KITHKIN_LOOPS std::size_t find_piece_loops(const std::uint64_t* hashes, std::size_t count,
                                           std::uint64_t hash) {
  constexpr std::size_t kPiece = 32;
  std::size_t at = 0;
  for (; at + kPiece <= count; at += kPiece) {
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < kPiece; ++i)
      found |= hashes[at + i] == hash ? std::uint64_t{1} : 0;
    if (found != 0) return at;
  }
  std::uint64_t found = 0;
  for (std::size_t i = at; i < count; ++i)
    found |= hashes[i] == hash ? std::uint64_t{1} : 0;
  return found != 0 ? at : count;
}

KITHKIN_VECTOR_CLONES(std::size_t, find_piece,
                      (const std::uint64_t* hashes, std::size_t count, std::uint64_t hash),
                      (hashes, count, hash))

}  // namespace

std::size_t find_hash(std::span<const std::uint64_t> hashes, std::uint64_t hash) {
  std::size_t at = find_piece(hashes.data(), hashes.size(), hash);
  while (at < hashes.size() && hashes[at] != hash)
    ++at;
  return at;
}

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

/// Most texts repeat few of their shingles: those that the filter does not know are new, and the
/// others are looked for, until that would cost more than a table.
template <class Hash>
std::uint32_t HashSet<Hash>::keep_distinct(std::span<Hash> hashes) {
  if constexpr (sizeof(Hash) == 8) {
    constexpr std::size_t kLongest = 2048;
    constexpr std::uint32_t kSearches = 16;
    if (hashes.size() > kLongest) return keep_by_table(hashes);
    filter_.reset(hashes.size());
    std::uint32_t kept = 0, searches = 0;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      const Hash hash = hashes[i];
      hashes[kept] = hash;
      if (!filter_.insert(hash)) {
        ++kept;
        continue;
      }
      if (++searches > kSearches) {
        const auto rest = std::copy(hashes.begin() + static_cast<std::ptrdiff_t>(i), hashes.end(),
                                    hashes.begin() + kept);
        return keep_by_table({hashes.begin(), rest});
      }
      kept += find_hash(hashes.first(kept), hash) == kept ? 1 : 0;
    }
    return kept;
  } else {
    return keep_by_table(hashes);
  }
}

/// In a table of places, which is half as large as one of shingles: most of the time goes into
/// emptying it.
template <class Hash>
std::uint32_t HashSet<Hash>::keep_by_table(std::span<Hash> hashes) {
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
