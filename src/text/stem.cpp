// Snowball (Porter 2001) where it knows the language, a light stem of our own for Arabic.
//
//   en  governments   govern          fr  l'activite   activit (article off, -ité restored)
//   ru  новыи         нов (-ый)       de  hausern      haus
//
// Tokens have lost their accents (docs/decisions/0002-folding.md), and Snowball's algorithms look
// for some. tests/unit/text/stem_corpora_test.cpp measures what that does: it stems the words of
// real text as they are written and as they are folded, and compares which pairs each joins.
//
//   - German, Danish, Norwegian, Swedish, Finnish, Dutch, Greek, Basque, Serbian and those that
//     have no accents lose next to nothing: letters with marks are vowels like those without, or
//     the algorithm takes the marks off itself.
//   - French, Spanish, Portuguese, Catalan, Romanian, Hungarian and Russian would lose a tenth to a
//     quarter of the pairs, nearly all by few endings. Those are spelled again before stemming;
//     nothing else in these languages ends like that, or as good as nothing.
//   - Italian, Irish, Lithuanian and Turkish lose 3 to 15 in a hundred (Italian futures in -à,
//     Turkish endings that no longer agree with the vowel before them), which is left so.
//   - Yiddish is left out, for want of text to try it on; Armenian is in, since folding leaves its
//     letters.
//
// Words come again: a table of those met last spares most of Snowball's time, which is 200 to 900
// nanoseconds a word. Tests: tests/unit/text/stem_test.cpp.
#include "text/stem.h"

#include <algorithm>
#include <iterator>
#include <libstemmer.h>
#include <span>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/stem_arabic.h"

namespace kithkin {
namespace {

constexpr std::size_t kLongestToken = 64;  // bytes
constexpr std::size_t kFewestLetters = 3;
constexpr std::size_t kMet = 2048;  // tokens whose stems are remembered

/// An ending as it is folded and as it is written.
struct Ending {
  std::string_view folded, written;
};

// Longer ones before those they end in.
constexpr Ending kFrench[] = {{"ieres", "ières"}, {"iere", "ière"}, {"ites", "ités"},
                              {"ite", "ité"},     {"ees", "ées"},   {"ee", "ée"}};
constexpr Ending kSpanish[] = {{"cion", "ción"}, {"sion", "sión"}};
constexpr Ending kPortuguese[] = {{"ancias", "âncias"}, {"encias", "ências"}, {"ancia", "ância"},
                                  {"encia", "ência"},   {"aveis", "áveis"},   {"iveis", "íveis"},
                                  {"avel", "ável"},     {"ivel", "ível"},     {"arao", "arão"},
                                  {"erao", "erão"},     {"irao", "irão"},     {"coes", "ções"},
                                  {"cao", "ção"},       {"sao", "são"}};
constexpr Ending kCatalan[] = {{"cio", "ció"}};
constexpr Ending kRomanian[] = {{"eaza", "ează"}, {"and", "ând"}};
constexpr Ending kHungarian[] = {{"kent", "ként"}, {"rol", "ról"}, {"tol", "tól"},
                                 {"bol", "ból"},   {"nal", "nál"}, {"nel", "nél"}};
constexpr Ending kRussian[] = {{"аи", "ай"}, {"еи", "ей"}, {"ии", "ий"}, {"ои", "ой"}, {"уи", "уй"},
                               {"ыи", "ый"}, {"эи", "эй"}, {"юи", "юй"}, {"яи", "яй"}};

enum class Letters : std::uint8_t {
  latin,
  cyrillic,
  latin_or_cyrillic,
  greek,
  armenian,
  arabic,
  devanagari,
  tamil
};

/// What an apostrophe parts.
enum class Apostrophe : std::uint8_t {
  nothing,  // or what Snowball knows: "king's"
  elision,  // "l'homme", "dell'anno": the word is behind it
  suffix,   // "istanbul'da": the word is before it
};

}  // namespace

struct StemRules {
  std::string_view language;
  const char* algorithm;  // Snowball's name; nullptr for Arabic
  Letters letters = Letters::latin;
  Apostrophe apostrophe = Apostrophe::nothing;
  std::span<const Ending> endings = {};
  bool folds_stem = false;  // the algorithm writes letters with marks
};

namespace {

constexpr StemRules kRules[] = {
    {"ar", nullptr, Letters::arabic},
    {"bs", "serbian", Letters::latin_or_cyrillic, {}, {}, true},
    {"ca", "catalan", Letters::latin, Apostrophe::elision, kCatalan},
    {"da", "danish"},
    {"de", "german"},
    {"el", "greek", Letters::greek},
    {"en", "english"},
    {"es", "spanish", Letters::latin, {}, kSpanish},
    {"eu", "basque"},
    {"fi", "finnish"},
    {"fr", "french", Letters::latin, Apostrophe::elision, kFrench},
    {"ga", "irish"},
    {"hi", "hindi", Letters::devanagari},
    {"hr", "serbian", Letters::latin_or_cyrillic, {}, {}, true},
    {"hu", "hungarian", Letters::latin, {}, kHungarian},
    {"hy", "armenian", Letters::armenian},
    {"id", "indonesian"},
    {"it", "italian", Letters::latin, Apostrophe::elision},
    {"lt", "lithuanian"},
    {"ne", "nepali", Letters::devanagari},
    {"nl", "dutch"},
    {"no", "norwegian"},
    {"pt", "portuguese", Letters::latin, {}, kPortuguese},
    {"ro", "romanian", Letters::latin, {}, kRomanian},
    {"ru", "russian", Letters::cyrillic, {}, kRussian},
    {"sr", "serbian", Letters::latin_or_cyrillic, {}, {}, true},
    {"sv", "swedish"},
    {"ta", "tamil", Letters::tamil},
    {"tr", "turkish", Letters::latin, Apostrophe::suffix},
};

const StemRules* find_rules(std::string_view language) {
  const auto* const found =
      std::find_if(std::begin(kRules), std::end(kRules),
                   [&](const StemRules& r) { return r.language == language; });
  return found == std::end(kRules) ? nullptr : found;
}

constexpr bool is_between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}
/// With the apostrophe and the middle dot, which join ("l'any", "col·legi").
constexpr bool is_latin(char32_t c) {
  return is_between(c, 'a', 'z') || c == '\'' || c == 0xB7 || is_between(c, 0xDF, 0x24F) ||
         is_between(c, 0x1E00, 0x1EFF);
}
constexpr bool is_cyrillic(char32_t c) { return is_between(c, 0x430, 0x52F); }

/// Folded letters of the script, and the marks that folding leaves.
constexpr bool is_of(Letters letters, char32_t c) {
  switch (letters) {
    case Letters::latin: return is_latin(c);
    case Letters::cyrillic: return is_cyrillic(c);
    case Letters::latin_or_cyrillic: return is_latin(c) || is_cyrillic(c);
    case Letters::greek: return is_between(c, 0x3B1, 0x3C9);
    case Letters::armenian: return is_between(c, 0x561, 0x587);
    case Letters::arabic: return is_between(c, 0x621, 0x64A) || is_between(c, 0x671, 0x6D3);
    case Letters::devanagari: return is_between(c, 0x900, 0x963) || is_between(c, 0x971, 0x97F);
    case Letters::tamil: return is_between(c, 0xB82, 0xBD7);
  }
  return false;
}

bool is_word_of(Letters letters, std::string_view token) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < token.size(); ++count) {
    const Decoded d = decode_utf8(token, at);
    if (!d.valid || !is_of(letters, d.code_point)) return false;
    at += d.size;
  }
  return count >= kFewestLetters;
}

/// What may stand before an elision: one or two letters, or an ending of "jusqu'", "dell'".
bool is_elided(std::string_view front) {
  return front.size() <= 2 || front.ends_with("qu") || front.ends_with("ll");
}

/// The word in a token with an apostrophe; the token where there is none, or not so.
std::string_view cut_at(Apostrophe apostrophe, std::string_view token) {
  const auto at = token.find('\'');
  if (apostrophe == Apostrophe::nothing || at == token.npos) return token;
  const auto front = token.substr(0, at), back = token.substr(at + 1);
  if (apostrophe == Apostrophe::suffix) return front.size() >= 2 ? front : token;
  return is_elided(front) && back.size() >= 2 ? back : token;
}

/// The letters that endings are spelled with and that Serbian is written with, as folding has them.
constexpr char32_t without_mark(char32_t c) {
  constexpr std::u32string_view kMarked = U"áâãăàéêèíîóôõőúűüçćčšžй";
  constexpr std::u32string_view kPlain = U"aaaaaeeeiioooouuucccszи";
  static_assert(kMarked.size() == kPlain.size());
  const auto at = kMarked.find(c);
  return at == kMarked.npos ? c : kPlain[at];
}

}  // namespace

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer(const Language& language) : rules_(find_rules(language.name())) {
  if (rules_ == nullptr) return;
  met_.resize(kMet);
  if (rules_->algorithm == nullptr) return;
  snowball_.reset(sb_stemmer_new(rules_->algorithm, "UTF_8"));
  if (!snowball_) rules_ = nullptr;  // an older libstemmer knows fewer languages
}

std::string_view Stemmer::stem(std::string_view folded) {
  if (rules_ == nullptr || folded.size() > kLongestToken) return folded;
  Met& met = met_[hash_bytes(folded.data(), folded.size()) % kMet];
  const std::string_view letters(met.letters.data(), met.letters.size());
  if (letters.substr(0, met.token_size) == folded) {
    return letters.substr(met.token_size, met.stem_size);
  }
  const auto stem = find_stem(folded);
  if (folded.size() + stem.size() > letters.size()) return stem;
  met.token_size = static_cast<std::uint8_t>(folded.size());
  met.stem_size = static_cast<std::uint8_t>(stem.size());
  std::copy(stem.begin(), stem.end(), std::copy(folded.begin(), folded.end(), met.letters.begin()));
  return stem;
}

std::string_view Stemmer::find_stem(std::string_view token) {
  if (!is_word_of(rules_->letters, token)) return token;
  if (rules_->letters == Letters::arabic) return stem_arabic(token);
  const auto word = cut_at(rules_->apostrophe, token);
  const auto written = restore_ending(word);
  const auto stem = snowball(written);
  if (stem.empty()) return word;
  return rules_->folds_stem || written != word ? fold_again(stem) : stem;
}

std::string_view Stemmer::snowball(std::string_view word) {
  const auto* const stem =
      sb_stemmer_stem(snowball_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  if (stem == nullptr) return {};
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(snowball_.get()))};
}

/// With the accents of its ending, where it has one that Snowball looks for.
std::string_view Stemmer::restore_ending(std::string_view word) {
  static_assert(kLongestToken + 16 <= sizeof(buffer_), "room for a token and the marks");
  for (const Ending& ending : rules_->endings) {
    if (!word.ends_with(ending.folded)) continue;
    const std::size_t kept = word.size() - ending.folded.size();
    std::copy_n(word.data(), kept, buffer_.data());
    std::copy(ending.written.begin(), ending.written.end(), buffer_.data() + kept);
    return {buffer_.data(), kept + ending.written.size()};
  }
  return word;
}

std::string_view Stemmer::fold_again(std::string_view stem) {
  std::size_t size = 0;
  for (std::size_t at = 0; at < stem.size() && size + 4 <= buffer_.size();) {
    const Decoded d = decode_utf8(stem, at);
    at += d.size;
    size += encode_utf8(without_mark(d.code_point),
                        reinterpret_cast<unsigned char*>(buffer_.data()) + size);
  }
  return {buffer_.data(), size};
}

}  // namespace kithkin
