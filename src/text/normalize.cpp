// Folding and words by ICU. The only user of ICU besides the generator of the tables.
//
//   "الإسْلامُ ١٢٣"  ->  NFKC_Casefold, NFD  ->  marks off  ->  variants  ->  "الاسلام 123"
//
// Why NFD in the middle: with every mark decomposed, taking marks off is a filter on single code
// points, whatever mixture of composed and decomposed letters the text came in. Why NFC at the
// end: kana and Indic letters keep their marks, and must come out the same either way too.
// Because folding then is "map each code point, and normalize", the fast pass may map code points
// by a table wherever the NFC quick check (UAX #15) finds nothing to compose or to reorder.
// Tests: tests/unit/text/.
#include "text/normalize.h"

#include <cassert>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unordered_map>

#include "base/utf8.h"

namespace kithkin {
namespace {

struct Normalizers {
  const icu::Normalizer2* casefold = nullptr;
  const icu::Normalizer2* decompose = nullptr;
  const icu::Normalizer2* compose = nullptr;
};

const Normalizers& normalizers() {
  static const Normalizers instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    Normalizers n;
    n.casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    n.decompose = icu::Normalizer2::getNFDInstance(status);
    n.compose = icu::Normalizer2::getNFCInstance(status);
    assert(U_SUCCESS(status));  // these are built into ICU
    return n;
  }();
  return instance;
}

bool is_foldable_mark(char32_t c) {
  if (c == 0x3099 || c == 0x309A) return false;  // kana voicing: が is not か
  if (c == 0x16FF0 || c == 0x16FF1)
    return true;  // Han reading marks, on which ICU departs from UAX #29
  const auto category = U_MASK(u_charType(static_cast<UChar32>(c)));
  if ((category & (U_GC_MN_MASK | U_GC_ME_MASK)) == 0) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_INHERITED:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC: return true;
    default: return false;
  }
}

/// One code point of NFD text to what it counts as; 0 takes it off.
char32_t fold_variant(char32_t c) {
  constexpr char32_t kAlef = 0x0627, kYeh = 0x064A, kKaf = 0x0643, kHeh = 0x0647, kTatweel = 0x0640;
  switch (c) {
    case kTatweel: return 0;
    case 0x0671:
    case 0x0672:
    case 0x0673:
    case 0x0675: return kAlef;
    case 0x0649:
    case 0x06CC:
    case 0x06CD:
    case 0x06D0: return kYeh;
    case 0x06A9:
    case 0x06AA: return kKaf;
    case 0x0629:
    case 0x06C1:
    case 0x06C3:
    case 0x06D5: return kHeh;  // teh marbuta among them
    case 0x066B: return U'.';
    case 0x066C: return U',';
    case 0x2018:
    case 0x2019:
    case 0x201B: return U'\'';
    default: break;
  }
  if (is_foldable_mark(c)) return 0;
  if (u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER) {
    return U'0' + static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c)));
  }
  return c;
}

icu::UnicodeString from_code_points(std::u32string_view s) {
  icu::UnicodeString out;
  for (const char32_t c : s)
    out.append(static_cast<UChar32>(c));
  return out;
}

std::u32string to_code_points(const icu::UnicodeString& s) {
  std::u32string out;
  for (std::int32_t i = 0; i < s.length(); i = s.moveIndex32(i, 1)) {
    out += static_cast<char32_t>(s.char32At(i));
  }
  return out;
}

icu::UnicodeString fold(const icu::UnicodeString& text) {
  const Normalizers& n = normalizers();
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString decomposed =
      n.decompose->normalize(n.casefold->normalize(text, status), status);
  icu::UnicodeString mapped;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const char32_t c = fold_variant(static_cast<char32_t>(decomposed.char32At(i)));
    if (c != 0) mapped.append(static_cast<UChar32>(c));
  }
  return n.compose->normalize(mapped, status);
}

/// What a code point is to the runs of marks that are cut.
enum class MarkKind : std::uint8_t { none, taken_off, mark };

MarkKind mark_kind(char32_t c) {
  thread_local std::unordered_map<char32_t, MarkKind> known;
  const auto [at, is_new] = known.try_emplace(c, MarkKind::none);
  if (!is_new) return at->second;
  const std::u32string folded = fold_with_icu(std::u32string_view(&c, 1));
  if (folded.empty())
    at->second = MarkKind::taken_off;
  else if (!normalizers().compose->hasBoundaryBefore(static_cast<UChar32>(folded[0])))
    at->second = MarkKind::mark;
  return at->second;
}

/// Folds as normalize.h says: a piece at a time, cut where kMostMarks have followed each other.
std::u32string fold_in_pieces(std::string_view utf8) {
  std::u32string out, piece;
  std::uint32_t marks = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const Decoded d = decode_utf8(utf8, i);
    i += d.size;
    const MarkKind kind = mark_kind(d.code_point);
    if (kind == MarkKind::taken_off) continue;
    if (kind == MarkKind::none) marks = 0;
    if (kind == MarkKind::mark && marks++ == kMostMarks) {
      out += fold_with_icu(piece);
      piece.clear();
      marks = 1;
    }
    piece += d.code_point;
  }
  return out + fold_with_icu(piece);
}

/// A segment that counts as a word: it holds a letter or a number.
bool is_word(std::u32string_view segment) {
  for (const char32_t c : segment) {
    const auto u = static_cast<UChar32>(c);
    if (U_MASK(u_charType(u)) & (U_GC_L_MASK | U_GC_N_MASK)) return true;
    switch (u_getIntPropertyValue(u, UCHAR_WORD_BREAK)) {
      case U_WB_ALETTER:
      case U_WB_HEBREW_LETTER:
      case U_WB_NUMERIC:
      case U_WB_KATAKANA: return true;
      default: break;
    }
  }
  return false;
}

/// Marks belong to the run they stand in; format characters that form clusters of their own end it.
bool continues_run(char32_t c) {
  if (is_bigram_script(c)) return true;
  const auto u = static_cast<UChar32>(c);
  switch (u_getIntPropertyValue(u, UCHAR_WORD_BREAK)) {
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: break;
    default: return false;
  }
  switch (u_getIntPropertyValue(u, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_ZWJ:
    case U_GCB_SPACING_MARK: return true;
    default: return false;
  }
}

/// Pieces of `text` between the boundaries that `iterator` finds.
std::vector<std::u32string> segments(std::u32string_view text, icu::BreakIterator& iterator) {
  const icu::UnicodeString utf16 = from_code_points(text);
  iterator.setText(utf16);
  std::vector<std::u32string> out;
  std::int32_t begin = iterator.first();
  for (std::int32_t end = iterator.next(); end != icu::BreakIterator::DONE; end = iterator.next()) {
    out.push_back(to_code_points(utf16.tempSubStringBetween(begin, end)));
    begin = end;
  }
  return out;
}

void add_words(std::u32string_view span, icu::BreakIterator& words, std::vector<std::string>& out) {
  for (const auto& segment : segments(span, words)) {
    if (is_word(segment)) out.push_back(to_utf8(segment));
  }
}

void add_bigrams(std::u32string_view run, icu::BreakIterator& clusters,
                 std::vector<std::string>& out) {
  const auto pieces = segments(run, clusters);
  if (pieces.size() == 1) out.push_back(to_utf8(pieces[0]));
  for (std::size_t i = 1; i < pieces.size(); ++i)
    out.push_back(to_utf8(pieces[i - 1] + pieces[i]));
}

}  // namespace

std::string to_utf8(std::u32string_view code_points) {
  std::string out;
  unsigned char bytes[4];
  for (const char32_t c : code_points) {
    out.append(reinterpret_cast<const char*>(bytes), encode_utf8(c, bytes));
  }
  return out;
}

std::u32string fold_with_icu(std::u32string_view code_points) {
  return to_code_points(fold(from_code_points(code_points)));
}

bool is_bigram_script(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(u, UCHAR_IDEOGRAPHIC)) return true;
  if (u_getIntPropertyValue(u, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
  if (u_getIntPropertyValue(u, UCHAR_WORD_BREAK) == U_WB_KATAKANA) return true;
  if (!u_isalnum(u)) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(u, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA: return true;
    default: return false;
  }
}

std::vector<std::string> tokenize_with_icu(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale root("und");
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(root, status));
  const std::unique_ptr<icu::BreakIterator> clusters(
      icu::BreakIterator::createCharacterInstance(root, status));
  assert(U_SUCCESS(status));
  const std::u32string text = fold_in_pieces(utf8);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    const bool run = is_bigram_script(text[i]);
    std::size_t end = i + 1;
    while (end < text.size() && (run ? continues_run(text[end]) : !is_bigram_script(text[end]))) {
      ++end;
    }
    const std::u32string_view span = std::u32string_view(text).substr(i, end - i);
    run ? add_bigrams(span, *clusters, out) : add_words(span, *words, out);
    i = end;
  }
  return out;
}

std::string icu_unicode_version() {
  UVersionInfo version;
  u_getUnicodeVersion(version);
  return std::to_string(version[0]) + "." + std::to_string(version[1]);
}

}  // namespace kithkin
