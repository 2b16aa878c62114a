// Build-time tool: writes the tables of tables.h from the ICU that the library links.
//
// The class of a code point comes from its Word_Break property, but ICU tailors the standard's
// word rules from version to version (the colon, the at sign), so for punctuation the break
// iterator itself is asked whether "aXa" and "1X1" hold together.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <vector>

#include "base/utf8.h"
#include "text/normalize.h"
#include "text/tables.h"

using kithkin::CharacterEntry;
using kithkin::WordClass;

namespace {

class Generator {
 public:
  Generator() {
    UErrorCode status = U_ZERO_ERROR;
    words_.reset(icu::BreakIterator::createWordInstance(icu::Locale("und"), status));
    nfc_ = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) std::exit(1);
  }

  bool write(const char* path);

 private:
  /// Whether the break iterator leaves the text in one piece.
  bool is_one_word(const icu::UnicodeString& text) {
    words_->setText(text);
    words_->first();
    return words_->next() == text.length();
  }
  bool joins_after(char32_t letter, char32_t c) {
    icu::UnicodeString text(static_cast<UChar32>(letter));
    return is_one_word(text.append(static_cast<UChar32>(c)));
  }
  bool is_like_a_letter(char32_t c) {
    icu::UnicodeString text(static_cast<UChar32>(c));
    return is_one_word(text.append(u"'a", 2));
  }
  bool joins(char32_t letter, char32_t c) {
    icu::UnicodeString text(static_cast<UChar32>(letter));
    return is_one_word(text.append(static_cast<UChar32>(c)).append(static_cast<UChar32>(letter)));
  }

  bool is_separate_hangul(char32_t c);
  WordClass classify(char32_t c);
  WordClass classify_punctuation(char32_t c, WordClass otherwise);
  CharacterEntry entry(char32_t c);
  std::uint32_t sequence(const std::u32string& folded);

  std::unique_ptr<icu::BreakIterator> words_;
  const icu::Normalizer2* nfc_ = nullptr;
  std::vector<char32_t> sequences_;
  std::map<std::u32string, std::uint32_t> sequence_index_;
};

/// By the standard a Hangul syllable joins letters and digits; ICU parts them.
bool Generator::is_separate_hangul(char32_t c) {
  return c >= 0xAC00 && c <= 0xD7A3 && !joins_after(U'a', c);
}

WordClass Generator::classify_punctuation(char32_t c, WordClass otherwise) {
  if (joins_after(U'a', c))
    return is_like_a_letter(c) ? WordClass::letter : WordClass::extend_num_let;
  const bool letters = joins(U'a', c);
  const bool digits = joins(U'1', c);
  if (letters && digits) return WordClass::mid_num_let;
  if (letters) return WordClass::mid_letter;
  if (digits) return WordClass::mid_num;
  return otherwise;
}

WordClass Generator::classify(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  if (kithkin::is_bigram_script(c)) return WordClass::bigram;
  const auto mask = U_MASK(u_charType(u));
  const WordClass other =
      mask & (U_GC_L_MASK | U_GC_N_MASK) ? WordClass::alone : WordClass::separator;
  switch (u_getIntPropertyValue(u, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER: return is_separate_hangul(c) ? WordClass::hangul : WordClass::letter;
    case U_WB_HEBREW_LETTER: return WordClass::hebrew;
    case U_WB_NUMERIC: return WordClass::numeric;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: return WordClass::extend;
    case U_WB_SINGLE_QUOTE: return WordClass::single_quote;
    case U_WB_DOUBLE_QUOTE: return WordClass::double_quote;
    case U_WB_EXTENDNUMLET: return WordClass::extend_num_let;
    case U_WB_MIDLETTER:
    case U_WB_MIDNUM:
    case U_WB_MIDNUMLET: return classify_punctuation(c, WordClass::separator);
    default: return mask & (U_GC_P_MASK | U_GC_S_MASK) ? classify_punctuation(c, other) : other;
  }
}

std::uint32_t Generator::sequence(const std::u32string& folded) {
  const auto [it, added] =
      sequence_index_.emplace(folded, static_cast<std::uint32_t>(sequences_.size()));
  if (added) {
    sequences_.insert(sequences_.end(), folded.begin(), folded.end());
    sequences_.push_back(0);
  }
  return it->second;
}

CharacterEntry Generator::entry(char32_t c) {
  CharacterEntry e;
  const std::u32string folded = kithkin::fold_with_icu(std::u32string_view(&c, 1));
  if (folded.empty()) return e;  // taken off: not a boundary, no class
  const auto first = static_cast<UChar32>(folded[0]);
  e.combining_class = u_getCombiningClass(first);
  if (e.combining_class != 0) e.flags |= CharacterEntry::kNonstarter;
  if (u_getIntPropertyValue(first, UCHAR_NFC_QUICK_CHECK) != UNORM_YES) {
    e.flags |= CharacterEntry::kMaybe;
  }
  if (nfc_->hasBoundaryBefore(first)) e.flags |= CharacterEntry::kBoundary;
  switch (u_getIntPropertyValue(first, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_ZWJ:
    case U_GCB_SPACING_MARK: break;
    default: e.flags |= CharacterEntry::kCluster;
  }
  e.word_class = classify(folded[0]);
  if (e.word_class == WordClass::letter &&
      u_getIntPropertyValue(first, UCHAR_WORD_BREAK) != U_WB_ALETTER) {
    e.flags |= CharacterEntry::kSilent;
  }
  const std::string bytes = kithkin::to_utf8(folded);
  const bool simple =
      bytes.size() <= 4 && std::all_of(folded.begin(), folded.end(), [&](char32_t f) {
        return folded.size() == 1 || (classify(f) == WordClass::letter &&
                                      u_getCombiningClass(static_cast<UChar32>(f)) == 0 &&
                                      nfc_->hasBoundaryBefore(static_cast<UChar32>(f)));
      });
  if (!simple) {
    e.flags |= CharacterEntry::kSequence;
    e.utf8 = sequence(folded);
    e.size = 1;
    return e;
  }
  constexpr std::uint8_t kSpecial =
      CharacterEntry::kNonstarter | CharacterEntry::kMaybe | CharacterEntry::kSilent;
  if (e.word_class <= WordClass::numeric && !(e.flags & kSpecial))
    e.flags |= CharacterEntry::kPlain;
  if (folded.size() == 1 && folded[0] == c && c >= 0x800) {
    e.flags |= CharacterEntry::kIdentity;
    e.size = static_cast<std::uint8_t>(bytes.size());
    return e;
  }
  e.size = static_cast<std::uint8_t>(bytes.size());
  for (std::size_t i = bytes.size(); i-- > 0;) {
    e.utf8 = e.utf8 << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return e;
}

void print(std::ostream& out, const CharacterEntry& e) {
  out << "{" << e.utf8 << "u," << int{e.size} << ",WordClass(" << static_cast<int>(e.word_class)
      << ")," << int{e.flags} << "," << int{e.combining_class} << "},\n";
}

/// The bytes of a block, to find equal ones by.
std::string block_key(const std::vector<CharacterEntry>& block) {
  return {reinterpret_cast<const char*>(block.data()), block.size() * sizeof(CharacterEntry)};
}

bool Generator::write(const char* path) {
  constexpr char32_t kEnd = 0x110000;
  constexpr char32_t kBlock = 1U << kithkin::tables::kBlockBits;
  std::vector<std::uint16_t> index;
  std::vector<CharacterEntry> blocks;
  std::map<std::string, std::uint16_t> known;
  std::vector<CharacterEntry> direct;
  std::set<std::uint64_t> compositions;
  for (char32_t begin = 0; begin < kEnd; begin += kBlock) {
    std::vector<CharacterEntry> block;
    for (char32_t c = begin; c < begin + kBlock; ++c) {
      const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
      block.push_back(entry(surrogate ? 0xFFFD : c));
      if (surrogate) block.back() = CharacterEntry{};
    }
    if (begin < 0x800) direct.insert(direct.end(), block.begin(), block.end());
    const auto [it, added] =
        known.emplace(block_key(block), static_cast<std::uint16_t>(known.size()));
    if (added) blocks.insert(blocks.end(), block.begin(), block.end());
    index.push_back(it->second);
  }
  // Pairs that compose, with a second that folding keeps and that may compose.
  for (char32_t second = 0; second < 0x20000; ++second) {
    if (second >= 0xD800 && second <= 0xDFFF) continue;
    const auto s = static_cast<UChar32>(second);
    if (u_getIntPropertyValue(s, UCHAR_NFC_QUICK_CHECK) != UNORM_MAYBE) continue;
    if (kithkin::fold_with_icu(std::u32string_view(&second, 1)) != std::u32string(1, second))
      continue;
    for (char32_t first = 0; first < 0x20000; ++first) {
      if (nfc_->composePair(static_cast<UChar32>(first), s) < 0) continue;
      compositions.insert(static_cast<std::uint64_t>(first) << 32 | second);
      if (classify(first) == WordClass::separator) {
        std::cerr << "a separator composes: the fast pass assumes that none does\n";
        return false;
      }
    }
  }
  std::ofstream out(path);
  out << "// Generated by tables_generator.cpp from ICU. Do not edit.\n#include \"text/tables.h\"\n"
         "namespace kithkin::tables {\nconst CharacterEntry kDirect[0x800] = {\n";
  for (const auto& e : direct)
    print(out, e);
  out << "};\nconst std::uint16_t kIndex[] = {\n";
  for (const auto i : index)
    out << i << ",";
  out << "};\nconst CharacterEntry kBlocks[] = {\n";
  for (const auto& e : blocks)
    print(out, e);
  out << "};\nconst char32_t kSequences[] = {\n";
  for (const auto c : sequences_)
    out << static_cast<std::uint32_t>(c) << ",";
  out << "};\nconst std::uint64_t kCompositions[] = {\n";
  for (const auto c : compositions)
    out << c << "u,";
  out << "};\nconst std::uint32_t kCompositionCount = " << compositions.size()
      << ";\nconst std::string_view kUnicodeVersion = \"" << kithkin::icu_unicode_version()
      << "\";\n}  // namespace kithkin::tables\n";
  out.flush();
  return out.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: tables_generator OUTPUT.cpp\n";
    return 2;
  }
  return Generator().write(argv[1]) ? 0 : 1;
}
