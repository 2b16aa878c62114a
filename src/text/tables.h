// The property tables of the fast text pass: for every code point what it folds to and which part
// it plays in a word. Generated from ICU at build time by tables_generator.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace kithkin {

/// The part a folded code point plays in UAX #29, as far as words are concerned.
enum class WordClass : std::uint8_t {
  letter,          // ALetter
  hebrew,          // Hebrew_Letter
  numeric,         // Numeric
  separator,       // everything that is in no word
  extend,          // Extend, Format, ZWJ that folding leaves
  mid_letter,      // joins letters
  mid_num,         // joins digits
  mid_num_let,     // joins both
  single_quote,    // joins both, and ends a Hebrew word
  double_quote,    // joins Hebrew letters
  extend_num_let,  // the underscore and its like
  bigram,          // scripts without spaces
  alone,           // letters and numbers that join nothing
  hangul,          // Hangul syllables, which ICU joins with nothing but themselves
};

struct CharacterEntry {
  enum Flag : std::uint8_t {
    kSequence = 1,    // folds to kSequences[utf8 ..], terminated by 0
    kIdentity = 2,    // folds to itself: copy the source bytes
    kNonstarter = 4,  // canonical combining class is not 0: may need reordering
    kMaybe = 8,       // may compose with what precedes
    kBoundary = 16,   // NFC never looks across the position before it
    kCluster = 32,    // begins a grapheme cluster
    kSilent = 64,     // joins letters, but is no word by itself (ICU's at sign)
    kPlain = 128,     // letter or digit that needs no more looking at
  };
  std::uint32_t utf8 = 0;  // folded bytes, first byte lowest
  std::uint8_t size = 0;   // of them; 0 takes the code point off
  WordClass word_class = WordClass::separator;
  std::uint8_t flags = 0;
  std::uint8_t combining_class = 0;
};
static_assert(sizeof(CharacterEntry) == 8);

namespace tables {

inline constexpr unsigned kBlockBits = 7;
extern const CharacterEntry kDirect[0x800];  // code points of one and two bytes
extern const std::uint16_t kIndex[];         // code point >> kBlockBits to block
extern const CharacterEntry kBlocks[];       // blocks of 1 << kBlockBits
extern const char32_t kSequences[];          // foldings of more than one class or four bytes
extern const std::uint64_t kCompositions[];  // first << 32 | second of pairs that compose, sorted
extern const std::uint32_t kCompositionCount;
extern const std::string_view kUnicodeVersion;

inline const CharacterEntry& lookup(char32_t c) noexcept {
  if (c < 0x800) return kDirect[c];
  return kBlocks[(static_cast<std::uint32_t>(kIndex[c >> kBlockBits]) << kBlockBits) |
                 (c & ((1U << kBlockBits) - 1))];
}

}  // namespace tables
}  // namespace kithkin
