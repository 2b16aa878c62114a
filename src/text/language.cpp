// Script first, statistics only among the languages of one script.
//
//   "今日はhttpの話"    Hiragana among the ideographs            ja  Jpan
//   "Ελληνικά, ok"      Greek letters are Greek's alone          el  Grek
//   "Добрий день"       Cyrillic is shared: CLD2 is asked        uk  Cyrl
//   "ok"                Latin, and too short to tell             und Latn
//
// CLD2 (Sites 2013) is handed the letters of the text's script with single spaces between words,
// so it meets valid text in one script whatever the bytes were. Its answer counts when it calls it
// reliable itself; its best effort counts where there is enough text, and is wrong too often in
// headlines. Tests: tests/unit/text/language_test.cpp; on real text language_corpora_test.cpp.
#include "text/language.h"

#include <algorithm>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

namespace kithkin {
namespace {

constexpr std::size_t kSampleSize = 2048;      // bytes of letters that CLD2 sees
constexpr std::size_t kEnough = 100;           // bytes of letters for its best effort to be right
constexpr std::size_t kFarthest = 64U * 1024;  // where the search for letters ends
constexpr std::size_t kSlack = 64;             // spaces behind the sample, for reading ahead

// ---- Declarations ----

struct Alias {
  std::string_view from, to;
};
/// Codes that were withdrawn, the bibliographic ones of ISO 639-2, and members that are meant when
/// their macrolanguage is named.
constexpr Alias kAliases[] = {
    {"alb", "sq"}, {"arb", "ar"}, {"arm", "hy"}, {"baq", "eu"}, {"bur", "my"}, {"chi", "zh"},
    {"cmn", "zh"}, {"cze", "cs"}, {"dut", "nl"}, {"fil", "tl"}, {"fre", "fr"}, {"geo", "ka"},
    {"ger", "de"}, {"gre", "el"}, {"ice", "is"}, {"in", "id"},  {"iw", "he"},  {"ji", "yi"},
    {"jw", "jv"},  {"mac", "mk"}, {"may", "ms"}, {"mo", "ro"},  {"nb", "no"},  {"per", "fa"},
    {"pes", "fa"}, {"rum", "ro"}, {"sh", "sr"},  {"slo", "sk"}, {"swh", "sw"}, {"tib", "bo"},
    {"wel", "cy"}, {"zsm", "ms"},
};

constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

/// Takes letters off the front.
std::string_view take_letters(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_ascii_letter);
  const auto letters = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(letters.size());
  return letters;
}

using Code = std::array<char, 4>;
constexpr Code kUnknown{"und"};

Code to_code(std::string_view name) {
  Code out{};
  std::copy_n(name.begin(), std::min(name.size(), out.size() - 1), out.begin());
  return out;
}

/// True of what ISO 639 means by a language, as far as ICU knows it.
bool is_language(const Code& code) {
  for (const std::string_view none : {"mul", "zxx", "mis", "und"}) {
    if (code.data() == none) return false;
  }
  return *uloc_getISO3Language(code.data()) != '\0';
}

/// The one code for a language of two or three letters; "und" for others.
Code canonical_code(std::string_view letters) {
  if (letters.size() < 2 || letters.size() > 3) return kUnknown;
  Code code{};
  std::transform(letters.begin(), letters.end(), code.begin(), lower);
  std::array<char, 12> shorter{};
  UErrorCode status = U_ZERO_ERROR;
  uloc_getLanguage(code.data(), shorter.data(), shorter.size(), &status);  // "eng" is "en"
  if (U_SUCCESS(status)) code = to_code(shorter.data());
  const auto* const alias = std::find_if(std::begin(kAliases), std::end(kAliases),
                                         [&](const Alias& a) { return a.from == code.data(); });
  if (alias != std::end(kAliases)) code = to_code(alias->to);
  return is_language(code) ? code : kUnknown;
}

// ---- Scripts ----

std::array<char, 5> script_code(UScriptCode script) {
  std::array<char, 5> out{"Zyyy"};
  if (const char* name = uscript_getShortName(script)) std::copy_n(name, 4, out.begin());
  return out;
}

/// The script that a declaration names ("Hant"), or the first that ICU knows for the language.
std::array<char, 5> declared_script(const Code& language, std::string_view subtag) {
  if (subtag.size() == 4) {
    std::array<char, 5> named{};
    std::transform(subtag.begin(), subtag.end(), named.begin(), lower);
    named[0] = upper(named[0]);
    if (u_getPropertyValueEnum(UCHAR_SCRIPT, named.data()) != UCHAR_INVALID_CODE) return named;
  }
  std::array<UScriptCode, 8> scripts{};
  UErrorCode status = U_ZERO_ERROR;
  const int count = uscript_getCode(language.data(), scripts.data(), scripts.size(), &status);
  return script_code(U_SUCCESS(status) && count > 0 ? scripts[0] : USCRIPT_COMMON);
}

/// Scripts whose letters tell the language. `first` of several: CLD2 may know better.
struct ScriptLanguage {
  UScriptCode script;
  std::string_view code;
  bool first = false;
};
constexpr ScriptLanguage kScriptLanguages[] = {
    {USCRIPT_HANGUL, "ko"},    {USCRIPT_JAPANESE, "ja"},      {USCRIPT_HAN, "zh"},
    {USCRIPT_THAI, "th"},      {USCRIPT_LAO, "lo"},           {USCRIPT_KHMER, "km"},
    {USCRIPT_MYANMAR, "my"},   {USCRIPT_GREEK, "el"},         {USCRIPT_HEBREW, "he", true},
    {USCRIPT_ARMENIAN, "hy"},  {USCRIPT_GEORGIAN, "ka"},      {USCRIPT_ETHIOPIC, "am", true},
    {USCRIPT_TAMIL, "ta"},     {USCRIPT_TELUGU, "te"},        {USCRIPT_KANNADA, "kn"},
    {USCRIPT_MALAYALAM, "ml"}, {USCRIPT_GUJARATI, "gu"},      {USCRIPT_GURMUKHI, "pa"},
    {USCRIPT_ORIYA, "or"},     {USCRIPT_SINHALA, "si"},       {USCRIPT_TIBETAN, "bo", true},
    {USCRIPT_THAANA, "dv"},    {USCRIPT_SYRIAC, "syr"},       {USCRIPT_CHEROKEE, "chr"},
    {USCRIPT_OL_CHIKI, "sat"}, {USCRIPT_MEITEI_MAYEK, "mni"}, {USCRIPT_MONGOLIAN, "mn"},
    {USCRIPT_TIFINAGH, "zgh"}, {USCRIPT_NKO, "nqo"},          {USCRIPT_YI, "ii"},
};

/// Letters by script; those of Chinese and Japanese together until the end.
class ScriptCounts {
 public:
  void add(UScriptCode script) {
    if (is_kana(script)) ++kana_;
    counts_[static_cast<std::size_t>(joined(script))] += is_wide(script) ? 3 : 1;
  }

  /// USCRIPT_COMMON without letters.
  [[nodiscard]] UScriptCode dominant() const {
    const auto most = std::max_element(counts_.begin(), counts_.end());
    if (*most == 0) return USCRIPT_COMMON;
    const auto script = static_cast<UScriptCode>(most - counts_.begin());
    // Japanese headlines are a fifth kana at least; Chinese ones quote one at times.
    return script == USCRIPT_HAN && kana_ * 10 * 3 >= *most ? USCRIPT_JAPANESE : script;
  }

  static UScriptCode joined(UScriptCode script) {
    return is_kana(script) || script == USCRIPT_BOPOMOFO ? USCRIPT_HAN : script;
  }

 private:
  static bool is_kana(UScriptCode s) { return s == USCRIPT_HIRAGANA || s == USCRIPT_KATAKANA; }
  static bool is_wide(UScriptCode s) {
    return is_kana(s) || s == USCRIPT_HAN || s == USCRIPT_HANGUL || s == USCRIPT_BOPOMOFO;
  }

  std::array<std::uint32_t, 256> counts_{};
  std::uint32_t kana_ = 0;
};

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return U_SUCCESS(status) && script >= 0 && script < 256 ? script : USCRIPT_UNKNOWN;
}

/// False of what goes with any script, as marks do.
bool is_own(UScriptCode script) { return script > USCRIPT_INHERITED && script != USCRIPT_UNKNOWN; }

/// The beginning of a text as CLD2 wants it.
class Sample {
 public:
  explicit Sample(std::string_view text) {
    bytes_.fill(' ');
    const std::size_t end = std::min(text.size(), kFarthest);
    for (std::size_t at = 0; at < end && size_ + 4 <= kSampleSize;) {
      const Decoded d = decode_utf8(text, at);
      at += d.size;
      take(d.valid ? d.code_point : U' ');
    }
    script_ = counts_.dominant();
  }

  [[nodiscard]] UScriptCode script() const { return script_; }

  /// The words of that script.
  std::string_view words() {
    keep_own_script();
    return {bytes_.data(), size_};
  }

 private:
  void take(char32_t c) {
    const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
    if (mask & U_GC_L_MASK) counts_.add(script_of(c));
    if (mask & (U_GC_L_MASK | U_GC_M_MASK))
      append(c);
    else if (size_ > 0 && bytes_[size_ - 1] != ' ')
      bytes_[size_++] = ' ';
  }

  void append(char32_t c) {
    size_ += encode_utf8(c, reinterpret_cast<unsigned char*>(bytes_.data()) + size_);
  }

  void keep_own_script() {
    const auto own = script_ == USCRIPT_JAPANESE ? USCRIPT_HAN : script_;
    const std::size_t end = size_;
    size_ = 0;
    for (std::size_t at = 0; at < end;) {
      const Decoded d = decode_utf8(std::string_view(bytes_.data(), end), at);
      at += d.size;
      const auto script = ScriptCounts::joined(script_of(d.code_point));
      if (!is_own(script) || script == own) append(d.code_point);
    }
    std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(size_), bytes_.end(), ' ');
  }

  std::array<char, kSampleSize + kSlack> bytes_;
  std::size_t size_ = 0;
  ScriptCounts counts_;
  UScriptCode script_ = USCRIPT_COMMON;
};

// ---- Statistics ----

/// What CLD2 answers; "und" when it is not sure of it, which with `best_effort` it always is.
Code ask_cld2(std::string_view words, bool best_effort) {
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language best[3];
  int percents[3], text_bytes = 0;
  double scores[3];
  bool is_reliable = false;
  const auto language =
      CLD2::ExtDetectLanguageSummary(words.data(), static_cast<int>(words.size()), true, &no_hints,
                                     best_effort ? CLD2::kCLDFlagBestEffort : 0, best, percents,
                                     scores, nullptr, &text_bytes, &is_reliable);
  if (!is_reliable) return kUnknown;
  std::string_view name = CLD2::LanguageCode(language);
  return canonical_code(take_letters(name));
}

Code language_by_words(std::string_view words) {
  const Code code = ask_cld2(words, false);
  return code == kUnknown && words.size() >= kEnough ? ask_cld2(words, true) : code;
}

Code language_by_text(Sample& sample) {
  if (!is_own(sample.script())) return kUnknown;
  const auto* const known =
      std::find_if(std::begin(kScriptLanguages), std::end(kScriptLanguages),
                   [&](const ScriptLanguage& s) { return s.script == sample.script(); });
  if (known == std::end(kScriptLanguages)) return language_by_words(sample.words());
  const Code code = known->first ? ask_cld2(sample.words(), false) : kUnknown;
  return code == kUnknown ? to_code(known->code) : code;
}

}  // namespace

Language declared_language(std::string_view declared) {
  while (!declared.empty() && declared.front() == ' ')
    declared.remove_prefix(1);
  Language out;
  out.code = canonical_code(take_letters(declared));
  const bool ends_well = declared.empty() || std::string_view("-_.@,; ").find(declared.front()) !=
                                                 std::string_view::npos;
  if (!ends_well) out.code = kUnknown;
  if (!out.is_known()) return out;
  if (!declared.empty()) declared.remove_prefix(1);
  out.script = declared_script(out.code, take_letters(declared));
  return out;
}

Language language_of(std::string_view declared, std::string_view text) {
  Language out = declared_language(declared);
  Sample sample(text);
  if (sample.script() == USCRIPT_COMMON) return out;
  const bool misfits = out.script_name() == "Latn" && sample.script() != USCRIPT_LATIN;
  if (!out.is_known() || misfits) {
    const Code code = language_by_text(sample);
    if (code != kUnknown) out.code = code;
  }
  out.script = script_code(sample.script());
  return out;
}

}  // namespace kithkin
