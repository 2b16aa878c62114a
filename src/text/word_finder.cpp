// See word_finder.h. Eight bytes at a time are told apart with arithmetic on all of them at once,
// which leaves what is neither a letter, a digit nor a space of ASCII to the tables.
// Tests: tests/unit/text/tokenize_test.cpp against ICU.
#include "text/word_finder.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>

#include "base/utf8.h"
#include "text/tables.h"

namespace kithkin {
namespace {

using Flag = CharacterEntry::Flag;
using Role = WordFinder::Role;

Role role_of(const CharacterEntry& e, std::uint32_t size) {
  if (e.size > size || (e.flags & Flag::kSequence)) return Role::hard;
  if (e.size == 0) return Role::word;  // folding takes it off
  if (e.flags & Flag::kPlain) return e.word_class == WordClass::hebrew ? Role::hard : Role::word;
  if (e.word_class == WordClass::separator) return Role::part;
  return e.word_class >= WordClass::mid_letter && e.word_class <= WordClass::double_quote
             ? Role::joiner
             : Role::hard;
}

/// What a byte is to a joiner beside it.
enum class Beside : std::uint8_t { unknown, letter, digit, part };

/// A byte of ASCII as the loop over joiners wants it.
struct Ascii {
  Beside beside = Beside::unknown;
  bool joins_letters = false, joins_digits = false;
};

const std::array<Ascii, 0x100> kAscii = [] {
  std::array<Ascii, 0x100> out;
  for (std::uint32_t c = 0; c < 0x80; ++c) {
    const CharacterEntry& e = tables::kDirect[c];
    Ascii& ascii = out[c];
    const Role role = role_of(e, 1);
    if (role == Role::part || role == Role::joiner) ascii.beside = Beside::part;
    if (role == Role::word && e.word_class == WordClass::letter) ascii.beside = Beside::letter;
    if (role == Role::word && e.word_class == WordClass::numeric) ascii.beside = Beside::digit;
    if (role != Role::joiner || e.word_class == WordClass::double_quote) continue;
    ascii.joins_letters = e.word_class != WordClass::mid_num;
    ascii.joins_digits = e.word_class != WordClass::mid_letter;
  }
  return out;
}();

const RoleTable kRoles([](std::uint32_t c) {
  const Role role = role_of(tables::kDirect[c], 1);
  return static_cast<std::uint8_t>(role == Role::part ? 1 : role == Role::joiner ? 2 : 0);
});

struct Pairs {
  PairTable table;
};

const Pairs kPairs = [] {
  Pairs out;
  std::fill(std::begin(out.table), std::end(out.table), kNoPair);
  for (std::uint32_t c = 0x80; c < 0x800; ++c) {  // those below in two bytes are not UTF-8
    const CharacterEntry& e = tables::kDirect[c];
    if (role_of(e, 2) != Role::word) continue;
    const std::uint32_t left_over = 2U - e.size;
    const std::uint32_t folded = (e.utf8 << left_over * 8) & 0xFFFF;
    out.table[pair_index(c >> 6, c)] = folded | ((1U << left_over) - 1) << 16;
  }
  return out;
}();

/// WordFinder::close_up() in a register that is longer than the word.
template <class Bytes>
void close_up_in(unsigned char* word, std::uint32_t size, std::uint64_t dropped) {
  const auto below = [](std::uint32_t byte) { return (Bytes{1} << byte * 8) - 1; };
  Bytes bytes = 0;
  std::memcpy(&bytes, word, sizeof bytes);
  const Bytes behind = bytes & ~below(size);
  for (std::uint32_t gone = 0; dropped != 0; dropped &= dropped - 1, ++gone) {
    const Bytes before = below(static_cast<std::uint32_t>(std::countr_zero(dropped)) - gone);
    bytes = (bytes & before) | (bytes >> 8 & ~before);
  }
  bytes = (bytes & below(size)) | behind;
  std::memcpy(word, &bytes, sizeof bytes);
}

bool is_trail(unsigned char byte) { return (byte & 0xC0) == 0x80; }
bool is_trail(char byte) { return is_trail(static_cast<unsigned char>(byte)); }

}  // namespace

const unsigned char* WordFinder::bytes(std::uint32_t block) const {
  if (block == tail_block_) return tail_.data();
  return reinterpret_cast<const unsigned char*>(text_.data()) + base_ + block * kBlock;
}

/// Words and spaces of ASCII and words of two-byte letters, which are most of all; what is left.
void WordFinder::classify(std::uint32_t blocks) {
  const auto classify_some = [&](std::uint32_t first, std::uint32_t count) {
    if (count == 0) return;
    const unsigned char* const from = bytes(first);
    unsigned char* const to = folded_.data() + first * kBlock;
    classify_blocks(from, count, to,
                    {&words_[first], &parts_[first], &ascii_[first], &leads_[first]});
    tell_roles(from, count, kRoles, &ascii_[first], &parts_[first], &joiners_[first]);
    fold_pairs(from, count, kPairs.table, to, &leads_[first], &words_[first], &dropped_[first]);
  };
  const std::uint32_t whole = std::min(blocks, tail_block_);
  classify_some(0, whole);
  classify_some(whole, blocks - whole);
  words_[blocks] = parts_[blocks] = dropped_[blocks] = 0;
}

/// What the tables say of a block's other characters.
void WordFinder::classify_others(std::uint32_t block) {
  if (joiners_[block] != 0) classify_joiners(block, joiners_[block]);
  for (std::uint64_t left = leads_[block]; left != 0; left &= left - 1)
    classify_wide(block * kBlock + static_cast<std::uint32_t>(std::countr_zero(left)));
}

/// Joiners of ASCII. Most stand beside what parts, and part; between two more of ASCII they do as
/// join() would; the others are left to it.
void WordFinder::classify_joiners(std::uint32_t block, std::uint64_t joiners) {
  const unsigned char* const from = bytes(block);
  const std::uint32_t first = block * kBlock;
  const auto beside = [&](std::uint32_t at) {  // what stands before `at`
    return at == 0 ? Beside::part
                   : kAscii[static_cast<unsigned char>(text_[base_ + at - 1])].beside;
  };
  const std::uint64_t part = parts_[block] | joiners;
  const std::uint64_t before = part << 1 | (beside(first) == Beside::part ? 1 : 0);
  const std::uint64_t behind =
      part >> 1 | std::uint64_t{kAscii[from[kBlock]].beside == Beside::part} << (kBlock - 1);
  std::uint64_t parts = joiners & (before | behind), words = 0;
  for (std::uint64_t left = joiners & ~parts; left != 0; left &= left - 1) {
    const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
    const std::uint64_t here = left & -left;
    const Ascii& c = kAscii[from[bit]];
    const Beside a = beside(first + bit), b = kAscii[from[bit + 1]].beside;
    if (a == Beside::unknown || b == Beside::unknown)
      classify_any(first + bit, 1, from[bit]);
    else if (a == b && (a == Beside::letter ? c.joins_letters : c.joins_digits))
      words |= here;
    else
      parts |= here;
  }
  parts_[block] |= parts;
  words_[block] |= words;
}

void WordFinder::classify_wide(std::uint32_t at) {
  const Decoded d = decode_utf8(text_, base_ + at);
  if (d.valid) classify_any(at, d.size, d.code_point);
}

/// A valid character of so many bytes, by all the rules.
void WordFinder::classify_any(std::uint32_t at, std::uint32_t size, char32_t c) {
  CharacterEntry e = tables::lookup(c);
  Role role = role_of(e, size);
  if (role == Role::joiner) role = join(e.word_class, at, size);
  if (role == Role::hard) return;
  const std::uint32_t block = at / kBlock, bit = at % kBlock;
  const auto set = [&](Bits& out, std::uint64_t bits) {
    out[block] |= bits << bit;
    out[block + 1] |= bits >> 1 >> (kBlock - 1 - bit);
  };
  const std::uint64_t bits = (std::uint64_t{1} << size) - 1;
  if (role == Role::part) return set(parts_, bits);
  if (e.flags & Flag::kIdentity) std::memcpy(&e.utf8, text_.data() + base_ + at, size);
  std::memcpy(&folded_[at + size - e.size], &e.utf8, e.size);
  set(words_, bits);
  set(dropped_, bits >> e.size);
}

/// Whether a joiner joins what stands around it, parts it, or leaves that to the Segmenter
/// (tokenize.cpp), whose rules these are.
Role WordFinder::join(WordClass joiner, std::uint32_t at, std::uint32_t size) const {
  const std::size_t here = std::size_t{base_} + at, behind = here + size;
  if (at == 0 || behind >= text_.size()) return Role::part;
  const Decoded next = decode_utf8(text_, behind);
  const CharacterEntry& after = tables::lookup(next.code_point);
  const Role role_after = next.valid ? role_of(after, next.size) : Role::hard;
  if (role_after == Role::part || role_after == Role::joiner) return Role::part;
  std::uint32_t back = 1;
  while (back < at && back < 4 && is_trail(text_[here - back]))
    ++back;
  const Decoded last = decode_utf8(text_, here - back);
  const CharacterEntry& before = tables::lookup(last.code_point);
  const Role role_before =
      last.valid && last.size == back ? role_of(before, last.size) : Role::hard;
  if (role_before == Role::part || role_before == Role::joiner) return Role::part;
  if (role_before == Role::hard || before.size == 0) return Role::hard;
  if (role_after == Role::hard || after.size == 0) return Role::hard;
  if (joiner == WordClass::double_quote || before.word_class != after.word_class) return Role::part;
  const WordClass other =
      before.word_class == WordClass::numeric ? WordClass::mid_letter : WordClass::mid_num;
  return joiner == other ? Role::part : Role::word;
}

/// Moves the bytes of `folded_` that stay to the front of their `size`, and leaves what follows.
void WordFinder::close_up(std::uint32_t begin, std::uint32_t size, std::uint64_t dropped) {
  __extension__ using Sixteen = unsigned __int128;
  unsigned char* const word = &folded_[begin];
  if (size < sizeof(std::uint64_t)) return close_up_in<std::uint64_t>(word, size, dropped);
  if (size < sizeof(Sixteen)) return close_up_in<Sixteen>(word, size, dropped);
  unsigned char* to = word;
  for (std::uint32_t i = 0; i < size; ++i) {
    *to = word[i];
    to += dropped >> i & 1 ? 0 : 1;
  }
}

/// Takes off a word what folding drops, where it stands, unless it has to be thought about.
void WordFinder::shorten(std::size_t edge) {
  const std::uint32_t begin = edges_[edge], end = edges_[edge + 1];
  if (end - begin >= kBlock) {  // rare enough to be left to others
    hard_[begin / kBlock] |= std::uint64_t{1} << (begin % kBlock);
    return;
  }
  const std::uint64_t dropped = bits_of(dropped_, begin, end);
  if (dropped == 0 || bits_of(hard_, begin, end) != 0) return;
  const std::uint64_t kept = ~dropped & ((std::uint64_t{1} << (end - begin)) - 1);
  if (kept == 0) {
    hard_[begin / kBlock] |= std::uint64_t{1} << (begin % kBlock);
    return;
  }
  close_up(begin, end - begin, dropped);
  const auto size = static_cast<std::uint32_t>(std::popcount(kept));
  shorter_[edge + 1] = begin + size;
  edges_[edge + 1] = begin + static_cast<std::uint32_t>(std::bit_width(kept));
}

/// Every word of which something is dropped.
void WordFinder::shorten_all() {
  std::copy_n(edges_.data(), edges_count_, shorter_.data());
  std::size_t edge = 0;
  const std::uint32_t size = segment_end_ - base_;
  for (std::uint32_t block = 0; block * kBlock < size; ++block) {
    for (std::uint64_t left = dropped_[block]; left != 0;) {
      const std::uint32_t at = block * kBlock + static_cast<std::uint32_t>(std::countr_zero(left));
      while (edge < edges_count_ && edges_[edge + 1] <= at)
        edge += 2;
      if (edge == edges_count_) return;
      const std::uint32_t end = edges_[edge + 1];  // shorten() may set it back
      shorten(edge);
      left &= end >= (block + 1) * kBlock ? 0 : ~std::uint64_t{0} << (end % kBlock);
      edge += 2;
    }
  }
}

std::size_t WordFinder::plain_until(std::uint32_t from) {
  while (next_ < edges_count_ && edges_[next_ + 1] <= from)
    next_ += 2;
  if (next_ < edges_count_ && edges_[next_] < from) {  // in its middle
    edges_[next_] = from;
    // It may have been made shorter as a whole: a rest is rare enough to be left to others.
    if (drops_) hard_[from / kBlock] |= std::uint64_t{1} << (from % kBlock);
  }
  const std::uint32_t hard = next_hard(from);
  if (hard >= segment_end_ - base_) return edges_count_;
  std::size_t last = next_;
  while (last < edges_count_ && edges_[last + 1] <= hard)
    last += 2;
  return last;
}

std::uint32_t WordFinder::next_hard(std::uint32_t from) const {
  const std::uint32_t size = segment_end_ - base_;
  std::uint32_t block = from / kBlock;
  std::uint64_t hard = hard_[block] & ~std::uint64_t{0} << (from % kBlock);
  while (hard == 0 && ++block * kBlock < size)
    hard = hard_[block];
  return hard == 0 ? size : block * kBlock + static_cast<std::uint32_t>(std::countr_zero(hard));
}

/// Where stretches begin and end. The place before the segment parts.
void WordFinder::find_edges(std::uint32_t blocks) {
  std::uint64_t dropped = 0;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    hard_[block] = ~(words_[block] | parts_[block]);
    dropped |= dropped_[block];
  }
  drops_ = dropped != 0;
  edges_count_ = kithkin::find_edges(parts_.data(), blocks, edges_.data());
}

void WordFinder::prepare(std::uint32_t at) {
  base_ = at;
  const auto left = static_cast<std::uint32_t>(text_.size()) - at;
  const bool is_last = left <= kSegment;
  std::uint32_t size = std::min(left, kSegment);
  for (int back = 0; !is_last && back < 3 && is_trail(text_[at + size]); ++back) {
    --size;  // not into a character
  }
  const std::uint32_t blocks = (size + kBlock - 1) / kBlock;
  // What is read of the last block, and a byte more, may lie behind the text.
  tail_block_ = left < blocks * kBlock + 1 ? blocks - 1 : UINT32_MAX;
  if (tail_block_ != UINT32_MAX) {
    tail_.fill(' ');
    std::memcpy(tail_.data(), text_.data() + at + tail_block_ * kBlock,
                left - tail_block_ * kBlock);
  }
  classify(blocks);
  for (std::uint32_t block = 0; block < blocks; ++block)
    classify_others(block);
  // Behind the segment is nothing known, behind the text all parts.
  const std::uint64_t behind = size % kBlock == 0 ? 0 : ~std::uint64_t{0} << (size % kBlock);
  for (Bits* bits : {&words_, &parts_, &dropped_}) {
    (*bits)[blocks - 1] &= ~behind;
    (*bits)[blocks] = (*bits)[blocks + 1] = 0;
  }
  if (is_last) {
    parts_[blocks - 1] |= behind;
    parts_[blocks] = ~std::uint64_t{0};
  }
  find_edges(is_last ? blocks + 1 : blocks);
  next_ = 0;
  segment_end_ = at + size;
  if (edges_count_ % 2 != 0) leave_last_to_next(size);
  if (drops_) shorten_all();
}

/// The last stretch goes on behind the segment: the next one begins with it.
void WordFinder::leave_last_to_next(std::uint32_t size) {
  --edges_count_;
  if (edges_[edges_count_] > 0) {
    segment_end_ = base_ + edges_[edges_count_];
  } else {
    edges_[1] = size;
    edges_count_ = 2;
    hard_[0] |= 1;
  }
}

}  // namespace kithkin
