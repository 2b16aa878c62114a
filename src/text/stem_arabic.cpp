// After light10 (Larkey, Ballesteros and Connell 2002, 2007), which found that taking off a few
// affixes retrieves better than looking for roots:
//
//   والمهندسون   and the engineers    و off, ال off, ون off           مهندس
//   للحكومات     to the governments   لل off, ات off                  حكوم
//   باكستانيين   Pakistanis           ين off, ي off, ان off           باكست, as for Pakistan
//
// Where it differs, and why. Endings are taken off until none is left, so that a word in -ان and
// its adjective or plural meet (light10 goes through them once). Three or four letters stay in
// front of an ending where light10 leaves two, since names like حسين and لبنان are cut otherwise.
// The conjunction stays on words whose own first letter it is (وزير, minister): light10 cuts those
// with the article in one way and those without in another. Folded text spells teh marbuta as heh
// and alef maksura as yeh, so their endings are among those. Tests: tests/unit/text/stem_test.cpp.
#include "text/stem_arabic.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace kithkin {
namespace {

constexpr std::size_t kLetter = 2;  // bytes of a letter
constexpr std::size_t kLeastBehindWaw = 3 * kLetter;
constexpr std::size_t kLeastBehindArticle = 2 * kLetter;

constexpr std::string_view kWaw = "و";

/// Longer ones first. Behind the conjunction the word is looked at again.
constexpr std::string_view kArticles[] = {"بال", "كال", "فال", "ال", "لل"};

/// An ending and how many letters stay in front of it at least. Nouns of three letters before -an
/// and -un are as often words whose ending is their own (Iran, Salman, million).
struct ArabicEnding {
  std::string_view letters;
  std::size_t least;
};
constexpr ArabicEnding kEndings[] = {{"ها", 3}, {"ان", 4}, {"ات", 3}, {"ون", 4},
                                     {"ين", 3}, {"يه", 3}, {"ه", 3},  {"ي", 3}};

/// Words that begin with waw themselves, by their beginnings: the common ones of news. Beginnings
/// that are a conjunction's as often ("وعد" of "and a number") are not here.
constexpr std::string_view kOwnWaw[] = {
    "واجب",  "واجه",   "واحد",  "وارد",  "واسع",   "واشنط", "واصل",  "واضح",  "واقع",   "والد",
    "وثايق", "وثيق",   "وجود",  "وجهات", "وجهه",   "وحدات", "وحده",  "وحيد",  "وديع",   "وراء",
    "ورشه",  "ورقه",   "وزار",  "وزرا",  "وزير",   "وزنه",  "وسايل", "وسايط", "وسط",    "وسيله",
    "وصفه",  "وصلت",   "وصول",  "وضع",   "وضوح",   "وطن",   "وظايف", "وظيف",  "وفاه",   "وفاق",
    "وفقا",  "وفود",   "وفيات", "وقايه", "وقعت",   "وقود",  "وقوع",  "وكاله", "وكالات", "وكيل",
    "ولاده", "ولايات", "ولايه", "وليد",  "ويندوز",
};

constexpr std::string_view kGod = "الله";  // no article, no ending
constexpr std::string_view kBahrain = "بحرين";

bool has_own_waw(std::string_view word) {
  return std::any_of(std::begin(kOwnWaw), std::end(kOwnWaw),
                     [&](std::string_view own) { return word.starts_with(own); });
}

std::string_view without_conjunction(std::string_view word) {
  const bool joined = word.size() >= kWaw.size() + kLeastBehindWaw && word.starts_with(kWaw);
  return joined && !has_own_waw(word) ? word.substr(kWaw.size()) : word;
}

std::string_view without_article(std::string_view word) {
  for (const auto article : kArticles) {
    if (word.size() >= article.size() + kLeastBehindArticle && word.starts_with(article)) {
      return word.substr(article.size());
    }
  }
  return word;
}

/// The word without its last ending; the same when it has none.
std::string_view without_ending(std::string_view word) {
  if (word == kBahrain) return word;  // would be the sea
  for (const auto& [ending, least] : kEndings) {
    if (word.size() >= ending.size() + least * kLetter && word.ends_with(ending)) {
      return word.substr(0, word.size() - ending.size());
    }
  }
  return word;
}

}  // namespace

std::string_view stem_arabic(std::string_view folded) {
  std::string_view word = without_conjunction(folded);
  if (word.ends_with(kGod)) return word;
  word = without_article(word);
  for (;;) {
    const auto shorter = without_ending(word);
    if (shorter.size() == word.size()) return word;
    word = shorter;
  }
}

}  // namespace kithkin
