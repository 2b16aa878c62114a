// The inner loops of finding words and signs, in vectors where the machine has them
// (text_kernels.cpp): 64 bytes of text are a block, of which each loop knows a bit for every byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>

#include "base/hash.h"

namespace kithkin {

inline constexpr std::uint32_t kTextBlock = 64;

/// Where the bits of blocks go, one word each.
struct BlockBits {
  std::uint64_t* words;   ///< letters and digits of ASCII
  std::uint64_t* spaces;  ///< the space of ASCII
  std::uint64_t* others;  ///< what else there is of ASCII
  std::uint64_t* leads;   ///< first bytes of characters that are not ASCII
};

/// Tells the bytes of blocks apart. `folded` gets ASCII letters in lower case; what is no ASCII,
/// becomes anything there.
void classify_blocks(const unsigned char* text, std::size_t blocks, unsigned char* folded,
                     BlockBits out);

/// What characters of two bytes become, by the five bits that the first byte has of the character
/// and, above these, the six of the second: the folded bytes, at the end of two; from bit 16 on
/// bits of the bytes that are left over; or kNoPair.
using PairTable = std::uint32_t[0x800];
inline constexpr std::uint32_t kNoPair = 1U << 31;
constexpr std::uint32_t pair_index(std::uint32_t first, std::uint32_t second) {
  return (first & 0x1F) | (second & 0x3F) << 5;
}

/// Folds the characters of two bytes among the leads of blocks, but none that goes on in the next
/// block. Takes those that are folded off `leads`; `dropped` gets the bytes that are left over, and
/// `words` the folded characters' bytes besides what it has. The byte behind the last block is
/// read.
void fold_pairs(const unsigned char* text, std::size_t blocks, const PairTable& table,
                unsigned char* folded, std::uint64_t* leads, std::uint64_t* words,
                std::uint64_t* dropped);

/// Writes where bits of `parts` differ from the bits before them, in order; the bit before the
/// first is set. Returns how many places there are; up to kSpareEdges more may be written.
inline constexpr std::size_t kSpareEdges = 64;
std::size_t find_edges(const std::uint64_t* parts, std::size_t blocks, std::uint32_t* edges);

/// The hashes of `count` words, which are the bytes [edges[2n], edges[2n + 1]) of `folded`. Behind
/// a word eight bytes more than its own, sixteen at least, are readable.
void hash_words(const unsigned char* folded, const std::uint32_t* edges, std::size_t count,
                TokenHash* out);

/// A set of bytes by their halves: those are in it of which both have a bit in common.
struct ByteSet {
  std::uint8_t low[16] = {}, high[16] = {};

  [[nodiscard]] constexpr bool contains(unsigned char byte) const {
    return (low[byte & 0xF] & high[byte >> 4]) != 0;
  }
};

/// The bytes for which `is_member` holds. Those that share a high half may be of at most eight
/// kinds, more than any set of interest has.
template <class IsMember>
constexpr ByteSet byte_set(IsMember is_member) {
  ByteSet set;
  std::uint32_t kinds[8] = {};  // low halves, a bit each
  for (std::uint32_t high = 0; high < 16; ++high) {
    std::uint32_t lows = 0;
    for (std::uint32_t low = 0; low < 16; ++low)
      lows |= is_member(static_cast<unsigned char>(high << 4 | low)) ? 1U << low : 0U;
    if (lows == 0) continue;
    std::uint32_t kind = 0;
    while (kind < 8 && kinds[kind] != 0 && kinds[kind] != lows)
      ++kind;
    if (kind == 8) throw std::logic_error("a set of bytes of too many kinds");
    kinds[kind] = lows;
    set.high[high] = static_cast<std::uint8_t>(1U << kind);
  }
  for (std::uint32_t low = 0; low < 16; ++low)
    for (std::uint32_t kind = 0; kind < 8; ++kind)
      set.low[low] = static_cast<std::uint8_t>(set.low[low] | (kinds[kind] >> low & 1) << kind);
  return set;
}

/// By character of ASCII: 1 for one that parts words, 2 for one that may join them, or 0.
struct RoleTable {
  std::uint8_t roles[0x80];
  ByteSet parts, joiners;  // the same as sets

  template <class RoleOf>
  constexpr explicit RoleTable(RoleOf role_of) {
    for (std::uint32_t c = 0; c < 0x80; ++c)
      roles[c] = role_of(c);
    parts = byte_set([this](unsigned char c) { return c < 0x80 && roles[c] == 1; });
    joiners = byte_set([this](unsigned char c) { return c < 0x80 && roles[c] == 2; });
  }
};

/// Of the bytes `others` of blocks, which are of ASCII, those that part words go to `parts` besides
/// what it has, and those that may join them to `joiners`.
void tell_roles(const unsigned char* text, std::size_t blocks, const RoleTable& table,
                const std::uint64_t* others, std::uint64_t* parts, std::uint64_t* joiners);

/// Writes a bit for every byte of a text, set for those of the set: a word for every block, the
/// last filled up with zeros.
void mark_bytes(const unsigned char* text, std::size_t size, const ByteSet& set,
                std::uint64_t* bits);

namespace scalar {  // what the vectors are held against
void classify_blocks(const unsigned char* text, std::size_t blocks, unsigned char* folded,
                     BlockBits out);
void fold_pairs(const unsigned char* text, std::size_t blocks, const PairTable& table,
                unsigned char* folded, std::uint64_t* leads, std::uint64_t* words,
                std::uint64_t* dropped);
void tell_roles(const unsigned char* text, std::size_t blocks, const RoleTable& table,
                const std::uint64_t* others, std::uint64_t* parts, std::uint64_t* joiners);
std::size_t find_edges(const std::uint64_t* parts, std::size_t blocks, std::uint32_t* edges);
void hash_words(const unsigned char* folded, const std::uint32_t* edges, std::size_t count,
                TokenHash* out);
void mark_blocks(const unsigned char* text, std::size_t blocks, const ByteSet& set,
                 std::uint64_t* bits);
}  // namespace scalar

}  // namespace kithkin
