// See text_kernels.h. One source for every instruction set, by Highway: this file is compiled once
// for each, and the best one that the machine has is called. Where an instruction set has no way to
// do a loop better, it calls the scalar form at the end, which
// tests/unit/text/text_kernels_test.cpp holds all of them against.
#include "text/text_kernels.h"

#include <bit>
#include <cstring>

#include "base/vector_clones.h"

#define HWY_WANT_AVX3_DL  // whose moves of single bytes make most of the difference
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "text/text_kernels.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace kithkin::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
using DBytes = hn::CappedTag<std::uint8_t, kTextBlock>;

void classify_blocks(const unsigned char* text, std::size_t blocks, unsigned char* folded,
                     BlockBits out) {
  const DBytes d;
  const std::size_t width = hn::Lanes(d);
  const auto is_under = [&](auto bytes, std::uint8_t low, std::uint8_t count) {
    return hn::Lt(hn::Sub(bytes, hn::Set(d, low)), hn::Set(d, count));
  };
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t words = 0, spaces = 0, ascii = 0, leads = 0;
    for (std::size_t at = 0; at < kTextBlock; at += width) {
      const auto bytes = hn::LoadU(d, text + block * kTextBlock + at);
      const auto lower = hn::Or(bytes, hn::Set(d, 0x20));
      const auto letters = is_under(lower, 'a', 26);
      const auto digits = is_under(bytes, '0', 10);
      hn::StoreU(hn::IfThenElse(letters, lower, bytes), d, folded + block * kTextBlock + at);
      const auto bits = [&](auto mask) {
        std::uint64_t some = 0;
        hn::StoreMaskBits(d, mask, reinterpret_cast<std::uint8_t*>(&some));
        return some << at;
      };
      words |= bits(hn::Or(letters, digits));
      spaces |= bits(hn::Eq(bytes, hn::Set(d, ' ')));
      ascii |= bits(hn::Lt(bytes, hn::Set(d, 0x80)));
      leads |= bits(hn::Gt(bytes, hn::Set(d, 0xBF)));
    }
    out.words[block] = words;
    out.spaces[block] = spaces;
    out.others[block] = ascii & ~(words | spaces);
    out.leads[block] = leads;
  }
}

void mark_blocks(const unsigned char* text, std::size_t blocks, const ByteSet& set,
                 std::uint64_t* bits) {
  const DBytes d;
  const std::size_t width = hn::Lanes(d);
  const auto lows = hn::LoadDup128(d, set.low), highs = hn::LoadDup128(d, set.high);
  const auto half = hn::Set(d, 0xF);
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t found = 0;
    for (std::size_t at = 0; at < kTextBlock; at += width) {
      const auto bytes = hn::LoadU(d, text + block * kTextBlock + at);
      const auto low = hn::TableLookupBytes(lows, hn::And(bytes, half));
      const auto high = hn::TableLookupBytes(highs, hn::ShiftRight<4>(bytes));
      std::uint64_t some = 0;
      hn::StoreMaskBits(d, hn::Ne(hn::And(low, high), hn::Zero(d)),
                        reinterpret_cast<std::uint8_t*>(&some));
      found |= some << at;
    }
    bits[block] = found;
  }
}

#if HWY_TARGET != HWY_AVX3_DL
void tell_roles(const unsigned char* text, std::size_t blocks, const RoleTable& table,
                const std::uint64_t* others, std::uint64_t* parts, std::uint64_t* joiners) {
  const DBytes d;
  const std::size_t width = hn::Lanes(d);
  const auto half = hn::Set(d, 0xF);
  const auto parts_low = hn::LoadDup128(d, table.parts.low);
  const auto parts_high = hn::LoadDup128(d, table.parts.high);
  const auto joiners_low = hn::LoadDup128(d, table.joiners.low);
  const auto joiners_high = hn::LoadDup128(d, table.joiners.high);
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t part = 0, joiner = 0;
    for (std::size_t at = 0; at < kTextBlock; at += width) {
      const auto bytes = hn::LoadU(d, text + block * kTextBlock + at);
      const auto low = hn::And(bytes, half), high = hn::ShiftRight<4>(bytes);
      const auto bits = [&](auto lows, auto highs) {
        const auto both =
            hn::And(hn::TableLookupBytes(lows, low), hn::TableLookupBytes(highs, high));
        std::uint64_t some = 0;
        hn::StoreMaskBits(d, hn::Ne(both, hn::Zero(d)), reinterpret_cast<std::uint8_t*>(&some));
        return some << at;
      };
      part |= bits(parts_low, parts_high);
      joiner |= bits(joiners_low, joiners_high);
    }
    parts[block] |= part & others[block];
    joiners[block] = joiner & others[block];
  }
}
#endif
#else
using scalar::classify_blocks;
using scalar::mark_blocks;
using scalar::tell_roles;
#endif

#if HWY_TARGET == HWY_AVX3_DL
void fold_pairs(const unsigned char* text, std::size_t blocks, const PairTable& table,
                unsigned char* folded, std::uint64_t* leads, std::uint64_t* words,
                std::uint64_t* dropped) {
  constexpr std::uint64_t kLast = std::uint64_t{1} << (kTextBlock - 1);
  const auto* const entries = reinterpret_cast<const int*>(table);
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::uint64_t here = leads[block] & ~kLast;
    dropped[block] = 0;
    if (here == 0) continue;
    const unsigned char* const from = text + block * kTextBlock;
    const int count = std::popcount(here);
    if (count > 32) {  // not in UTF-8
      scalar::fold_pairs(from, 1, table, folded + block * kTextBlock, leads + block, words + block,
                         dropped + block);
      continue;
    }
    const __m512i first = _mm512_maskz_compress_epi8(here, _mm512_loadu_si512(from));
    const __m512i second = _mm512_maskz_compress_epi8(here, _mm512_loadu_si512(from + 1));
    const __mmask64 valid =
        _mm512_cmpeq_epi8_mask(_mm512_and_si512(first, _mm512_set1_epi8(char(0xE0))),
                               _mm512_set1_epi8(char(0xC0))) &
        _mm512_cmpeq_epi8_mask(_mm512_and_si512(second, _mm512_set1_epi8(char(0xC0))),
                               _mm512_set1_epi8(char(0x80)));
    const auto look_up = [&](__m128i a, __m128i b) {
      const __m512i low = _mm512_and_si512(_mm512_cvtepu8_epi32(a), _mm512_set1_epi32(0x1F));
      const __m512i high = _mm512_and_si512(_mm512_cvtepu8_epi32(b), _mm512_set1_epi32(0x3F));
      return _mm512_i32gather_epi32(_mm512_or_si512(low, _mm512_slli_epi32(high, 5)), entries, 4);
    };
    const __m512i wide = look_up(_mm512_castsi512_si128(first), _mm512_castsi512_si128(second));
    const __m512i wide_next = count <= 16 ? _mm512_setzero_si512()
                                          : look_up(_mm512_extracti32x4_epi32(first, 1),
                                                    _mm512_extracti32x4_epi32(second, 1));
    const auto bits = [&](int bit) {
      const __m512i mask = _mm512_set1_epi32(static_cast<int>(1U << bit));
      return std::uint64_t{_mm512_test_epi32_mask(wide, mask)} |
             std::uint64_t{_mm512_test_epi32_mask(wide_next, mask)} << 16;
    };
    const auto bytes = [&](int shift) {
      const __m128i low = _mm512_cvtepi32_epi8(_mm512_srli_epi32(wide, shift));
      const __m128i high = _mm512_cvtepi32_epi8(_mm512_srli_epi32(wide_next, shift));
      return _mm512_inserti32x4(_mm512_castsi128_si512(low), high, 1);
    };
    const std::uint64_t good = valid & ~bits(31) & ((std::uint64_t{1} << count) - 1);
    const std::uint64_t letters = _pdep_u64(good, here);
    leads[block] &= ~letters;
    words[block] |= letters | letters << 1;
    dropped[block] = _pdep_u64(good & bits(16), here) | _pdep_u64(good & bits(17), here) << 1;
    // A byte may be the second of one that is bad and the first of one that is good.
    const __m512i expanded =
        _mm512_mask_blend_epi8(letters << 1, _mm512_maskz_expand_epi8(here, bytes(0)),
                               _mm512_maskz_expand_epi8(here << 1, bytes(8)));
    _mm512_mask_storeu_epi8(folded + block * kTextBlock, letters | letters << 1, expanded);
  }
}

void tell_roles(const unsigned char* text, std::size_t blocks, const RoleTable& table,
                const std::uint64_t* others, std::uint64_t* parts, std::uint64_t* joiners) {
  const __m512i low = _mm512_loadu_si512(table.roles);
  const __m512i high = _mm512_loadu_si512(table.roles + 64);
  for (std::size_t block = 0; block < blocks; ++block) {
    const __m512i bytes = _mm512_loadu_si512(text + block * kTextBlock);
    const __m512i roles = _mm512_permutex2var_epi8(low, bytes, high);
    parts[block] |= _mm512_mask_test_epi8_mask(others[block], roles, _mm512_set1_epi8(1));
    joiners[block] = _mm512_mask_test_epi8_mask(others[block], roles, _mm512_set1_epi8(2));
  }
}

std::size_t find_edges(const std::uint64_t* parts, std::size_t blocks, std::uint32_t* edges) {
  const __m512i places = _mm512_set_epi64(
      0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120,
      0x1F1E1D1C1B1A1918, 0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
  std::uint64_t before = 1;
  std::uint32_t* edge = edges;
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::uint64_t here = parts[block] ^ (parts[block] << 1 | before);
    before = parts[block] >> (kTextBlock - 1);
    const int count = std::popcount(here);
    const __m512i found = _mm512_maskz_compress_epi8(here, places);
    const __m512i base = _mm512_set1_epi32(static_cast<int>(block * kTextBlock));
    const auto write = [&](__m128i sixteen, int from) {
      _mm512_storeu_si512(edge + from, _mm512_add_epi32(_mm512_cvtepu8_epi32(sixteen), base));
    };
    write(_mm512_castsi512_si128(found), 0);
    write(_mm512_extracti32x4_epi32(found, 1), 16);
    if (count > 32) {
      write(_mm512_extracti32x4_epi32(found, 2), 32);
      write(_mm512_extracti32x4_epi32(found, 3), 48);
    }
    edge += count;
  }
  return static_cast<std::size_t>(edge - edges);
}

#else
using scalar::find_edges;
using scalar::fold_pairs;
#endif

#if HWY_TARGET == HWY_AVX3_DL || HWY_TARGET == HWY_AVX3
void hash_words(const unsigned char* folded, const std::uint32_t* edges, std::size_t count,
                TokenHash* out) {
  constexpr std::size_t kWidth = 8;
  const __m512i all = _mm512_set1_epi64(-1), eight = _mm512_set1_epi64(8);
  const __m512i factor = _mm512_set1_epi64(static_cast<long long>(0xd6e8feb86659fd93ULL));
  std::size_t at = 0;
  for (; at < count; at += kWidth) {
    const std::size_t left = count - at;
    const auto lanes = static_cast<__mmask8>(left >= kWidth ? 0xFF : (1U << left) - 1);
    const __m512i edge = _mm512_maskz_loadu_epi64(lanes, edges + 2 * at);
    const __m512i begin = _mm512_and_si512(edge, _mm512_set1_epi64(0xFFFFFFFF));
    const __m512i size = _mm512_sub_epi64(_mm512_srli_epi64(edge, 32), begin);
    __m512i hash =
        _mm512_mullo_epi64(_mm512_add_epi64(size, _mm512_set1_epi64(1)),
                           _mm512_set1_epi64(static_cast<long long>(0x9e3779b97f4a7c15ULL)));
    __m512i rest = size, place = begin;
    for (__mmask8 more = lanes; more != 0;) {
      const __m512i word = _mm512_mask_i64gather_epi64(all, more, place, folded, 1);
      // Bits of bytes behind the word: a shift by 64 and more leaves none, by less than 0 too.
      const __m512i behind = _mm512_sllv_epi64(all, _mm512_slli_epi64(rest, 3));
      const __m512i mixed =
          _mm512_mullo_epi64(_mm512_xor_si512(hash, _mm512_andnot_si512(behind, word)), factor);
      hash = _mm512_mask_xor_epi64(hash, more, mixed, _mm512_srli_epi64(mixed, 32));
      more = _mm512_mask_cmpgt_epi64_mask(more, rest, eight);
      rest = _mm512_sub_epi64(rest, eight);
      place = _mm512_add_epi64(place, eight);
    }
    _mm512_mask_storeu_epi64(out + at, lanes, hash);
  }
}
#else
using scalar::hash_words;
#endif

}  // namespace kithkin::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace kithkin {

HWY_EXPORT(classify_blocks);
HWY_EXPORT(fold_pairs);
HWY_EXPORT(tell_roles);
HWY_EXPORT(find_edges);
HWY_EXPORT(hash_words);
HWY_EXPORT(mark_blocks);

void classify_blocks(const unsigned char* text, std::size_t blocks, unsigned char* folded,
                     BlockBits out) {
  if (is_scalar()) return scalar::classify_blocks(text, blocks, folded, out);
  HWY_DYNAMIC_DISPATCH(classify_blocks)(text, blocks, folded, out);
}

void fold_pairs(const unsigned char* text, std::size_t blocks, const PairTable& table,
                unsigned char* folded, std::uint64_t* leads, std::uint64_t* words,
                std::uint64_t* dropped) {
  if (is_scalar()) return scalar::fold_pairs(text, blocks, table, folded, leads, words, dropped);
  HWY_DYNAMIC_DISPATCH(fold_pairs)(text, blocks, table, folded, leads, words, dropped);
}

void tell_roles(const unsigned char* text, std::size_t blocks, const RoleTable& table,
                const std::uint64_t* others, std::uint64_t* parts, std::uint64_t* joiners) {
  if (is_scalar()) return scalar::tell_roles(text, blocks, table, others, parts, joiners);
  HWY_DYNAMIC_DISPATCH(tell_roles)(text, blocks, table, others, parts, joiners);
}

std::size_t find_edges(const std::uint64_t* parts, std::size_t blocks, std::uint32_t* edges) {
  if (is_scalar()) return scalar::find_edges(parts, blocks, edges);
  return HWY_DYNAMIC_DISPATCH(find_edges)(parts, blocks, edges);
}

void hash_words(const unsigned char* folded, const std::uint32_t* edges, std::size_t count,
                TokenHash* out) {
  if (is_scalar()) return scalar::hash_words(folded, edges, count, out);
  HWY_DYNAMIC_DISPATCH(hash_words)(folded, edges, count, out);
}

void mark_bytes(const unsigned char* text, std::size_t size, const ByteSet& set,
                std::uint64_t* bits) {
  const std::size_t whole = size / kTextBlock, left = size % kTextBlock;
  const auto mark = is_scalar() ? &scalar::mark_blocks : HWY_DYNAMIC_DISPATCH(mark_blocks);
  mark(text, whole, set, bits);
  if (left == 0) return;
  unsigned char last[kTextBlock] = {};
  std::memcpy(last, text + whole * kTextBlock, left);
  mark(last, 1, set, bits + whole);
  bits[whole] &= (std::uint64_t{1} << left) - 1;
}

namespace scalar {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101, kTop = kOnes << 7;

/// The top bits of eight bytes as the lowest eight bits.
constexpr std::uint64_t gather(std::uint64_t tops) {
  tops = (tops & kTop) >> 7;
  tops |= tops >> 7;
  tops |= tops >> 14;
  return (tops | tops >> 28) & 0xFF;
}

}  // namespace

/// Eight bytes at a time, with arithmetic on all of them at once: in each byte the sums set the top
/// bit where the character is at or over the bound; a byte whose own top bit is set is not ASCII.
KITHKIN_LOOPS void classify_blocks_loops(const unsigned char* text, std::size_t blocks,
                                         unsigned char* folded, BlockBits out) {
  constexpr std::uint32_t kEights = kTextBlock / 8;
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t eights[kEights];
    std::memcpy(eights, text + block * kTextBlock, sizeof eights);
    std::uint64_t all_words = 0, all_spaces = 0, all_leads = 0, all_others = 0;
    for (std::uint32_t i = 0; i < kEights; ++i) {
      const std::uint64_t bytes = eights[i], low = bytes & ~kTop, lower = low | kOnes * 0x20;
      const std::uint64_t letters =
          (lower + kOnes * (0x80 - 'a')) & ~(lower + kOnes * (0x7F - 'z'));
      const std::uint64_t digits = (low + kOnes * (0x80 - '0')) & ~(low + kOnes * (0x7F - '9'));
      const std::uint64_t not_spaces = (low ^ kOnes * ' ') + kOnes * 0x7F;
      const std::uint64_t words = (letters | digits) & ~bytes, spaces = ~(not_spaces | bytes);
      eights[i] = low | (letters & kTop) >> 2;
      all_words |= gather(words) << i * 8;
      all_spaces |= gather(spaces) << i * 8;
      all_leads |= gather(bytes & bytes << 1) << i * 8;
      all_others |= gather(~(bytes | words | spaces)) << i * 8;
    }
    std::memcpy(folded + block * kTextBlock, eights, sizeof eights);
    out.words[block] = all_words;
    out.spaces[block] = all_spaces;
    out.others[block] = all_others;
    out.leads[block] = all_leads;
  }
}

KITHKIN_VECTOR_CLONES(void, classify_blocks,
                      (const unsigned char* text, std::size_t blocks, unsigned char* folded,
                       BlockBits out),
                      (text, blocks, folded, out))

KITHKIN_LOOPS void fold_pairs_loops(const unsigned char* text, std::size_t blocks,
                                    const PairTable& table, unsigned char* folded,
                                    std::uint64_t* leads, std::uint64_t* words,
                                    std::uint64_t* dropped) {
  constexpr std::uint64_t kLast = std::uint64_t{1} << (kTextBlock - 1);
  for (std::size_t block = 0; block < blocks; ++block) {
    const unsigned char* const from = text + block * kTextBlock;
    unsigned char* const to = folded + block * kTextBlock;
    const std::uint64_t here = leads[block] & ~kLast;
    std::uint64_t others = 0, gone = 0;
    for (std::uint64_t left = here; left != 0; left &= left - 1) {
      const int bit = std::countr_zero(left);
      std::uint16_t bytes = 0;
      std::memcpy(&bytes, from + bit, 2);
      const std::uint32_t wide = table[pair_index(bytes, bytes >> 8)];
      if ((bytes & 0xC0E0) != 0x80C0 || (wide & kNoPair) != 0) {
        others |= std::uint64_t{1} << bit;
        continue;
      }
      std::memcpy(to + bit, &wide, 2);
      gone |= std::uint64_t{wide >> 16} << bit;
    }
    const std::uint64_t letters = here & ~others;
    leads[block] &= ~letters;
    words[block] |= letters | letters << 1;
    dropped[block] = gone;
  }
}

// Not for vectors, but for what finds and takes off the lowest bit.
KITHKIN_VECTOR_CLONES(void, fold_pairs,
                      (const unsigned char* text, std::size_t blocks, const PairTable& table,
                       unsigned char* folded, std::uint64_t* leads, std::uint64_t* words,
                       std::uint64_t* dropped),
                      (text, blocks, table, folded, leads, words, dropped))

KITHKIN_LOOPS void tell_roles_loops(const unsigned char* text, std::size_t blocks,
                                    const RoleTable& table, const std::uint64_t* others,
                                    std::uint64_t* parts, std::uint64_t* joiners) {
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t part = 0, joiner = 0;
    for (std::uint64_t left = others[block]; left != 0; left &= left - 1) {
      const int bit = std::countr_zero(left);
      const std::uint64_t role = table.roles[text[block * kTextBlock + static_cast<unsigned>(bit)]];
      part |= (role & 1) << bit;
      joiner |= role >> 1 << bit;
    }
    parts[block] |= part;
    joiners[block] = joiner;
  }
}

KITHKIN_VECTOR_CLONES(void, tell_roles,
                      (const unsigned char* text, std::size_t blocks, const RoleTable& table,
                       const std::uint64_t* others, std::uint64_t* parts, std::uint64_t* joiners),
                      (text, blocks, table, others, parts, joiners))

KITHKIN_LOOPS std::size_t find_edges_loops(const std::uint64_t* parts, std::size_t blocks,
                                           std::uint32_t* edges) {
  std::uint64_t before = 1;
  std::uint32_t* edge = edges;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    std::uint64_t here = parts[block] ^ (parts[block] << 1 | before);
    before = parts[block] >> (kTextBlock - 1);
    const int count = std::popcount(here);
    // Eight at a time, wanted or not: how many there are is anyone's guess.
    for (int i = 0; i < count; i += 8) {
      for (int j = 0; j < 8; ++j, here &= here - 1)
        edge[i + j] = block * kTextBlock + static_cast<std::uint32_t>(std::countr_zero(here));
    }
    edge += count;
  }
  return static_cast<std::size_t>(edge - edges);
}

KITHKIN_VECTOR_CLONES(std::size_t, find_edges,
                      (const std::uint64_t* parts, std::size_t blocks, std::uint32_t* edges),
                      (parts, blocks, edges))

KITHKIN_LOOPS void hash_words_loops(const unsigned char* folded, const std::uint32_t* edges,
                                    std::size_t count, TokenHash* out) {
  for (std::size_t i = 0; i < count; ++i, edges += 2)
    out[i] = hash_token_within(folded + edges[0], edges[1] - edges[0]);
}

// Not for vectors, but for shorter code.
KITHKIN_VECTOR_CLONES(void, hash_words,
                      (const unsigned char* folded, const std::uint32_t* edges, std::size_t count,
                       TokenHash* out),
                      (folded, edges, count, out))

void mark_blocks(const unsigned char* text, std::size_t blocks, const ByteSet& set,
                 std::uint64_t* bits) {
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t found = 0;
    for (std::size_t at = 0; at < kTextBlock; ++at)
      found |= std::uint64_t{set.contains(text[block * kTextBlock + at])} << at;
    bits[block] = found;
  }
}

}  // namespace scalar
}  // namespace kithkin
#endif  // HWY_ONCE
