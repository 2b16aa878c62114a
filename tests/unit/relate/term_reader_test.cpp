// Words to terms: what meets, and what does not.
#include "relate/term_reader.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "unit/base/random.h"

namespace kithkin {
namespace {

const Language kStemmed{{"en"}, {"Latn"}};
const Language kGerman{{"de"}, {"Latn"}};
const Language kRussian{{"ru"}, {"Cyrl"}};
const Language kUnstemmed{{"pl"}, {"Latn"}};  // no stemmer
const Language kJapanese{{"ja"}, {"Jpan"}};

using Hashes = std::vector<TermHash>;

Hashes terms_of(std::string_view text, const Language& language) {
  TermReader reader;
  TextTerms out;
  reader.read(text, language, out);
  EXPECT_EQ(out.ends.size(), out.tokens.size());
  return out.terms;
}

TermHash term_of(std::string_view word, const Language& language) {
  const Hashes terms = terms_of(word, language);
  EXPECT_EQ(terms.size(), 1U) << word;
  return terms.empty() ? 0 : terms.front();
}

std::size_t common(const Hashes& a, const Hashes& b) {
  const std::set<TermHash> in_a(a.begin(), a.end()), in_b(b.begin(), b.end());
  return static_cast<std::size_t>(
      std::count_if(in_a.begin(), in_a.end(), [&](TermHash term) { return in_b.contains(term); }));
}

TEST(TermReader, LetsTheFormsOfAWordMeet) {
  EXPECT_EQ(term_of("elections", kStemmed), term_of("Election", kStemmed));
  EXPECT_EQ(term_of("voting", kStemmed), term_of("voted", kStemmed));
  EXPECT_EQ(term_of("Wahlen", kGerman), term_of("wahl", kGerman));
  EXPECT_EQ(term_of("выборы", kRussian), term_of("выборов", kRussian));
  EXPECT_NE(term_of("election", kStemmed), term_of("harbor", kStemmed));
}

TEST(TermReader, TellsTheSameLettersOfTwoLanguagesApart) {
  EXPECT_NE(term_of("gift", kStemmed), term_of("gift", kGerman));
  EXPECT_NE(term_of("2026", kStemmed), term_of("2026", kGerman));
  const Language serbian{{"sr"}, {"Latn"}}, cyrillic{{"sr"}, {"Cyrl"}};
  EXPECT_NE(term_of("gift", serbian), term_of("gift", cyrillic)) << "and of two scripts";
}

TEST(TermReader, ReadsSeveralLanguagesInTurn) {
  TermReader reader;
  TextTerms out;
  for (int times = 0; times < 3; ++times) {
    for (const Language& language : {kStemmed, kGerman, kUnstemmed, kRussian}) {
      reader.read("gift 2026 informacja", language, out);
      EXPECT_EQ(out.terms, terms_of("gift 2026 informacja", language));
    }
  }
}

TEST(TermReader, CutsWordsOfLanguagesWithoutStemmerIntoFours) {
  EXPECT_EQ(terms_of("informacja", kUnstemmed).size(), 7U);  // info nfor form orma rmac macj acja
  EXPECT_EQ(common(terms_of("informacja", kUnstemmed), terms_of("informacji", kUnstemmed)), 6U);
  EXPECT_EQ(terms_of("dom", kUnstemmed).size(), 1U);
  EXPECT_EQ(terms_of("domu", kUnstemmed).size(), 1U);
  EXPECT_EQ(terms_of("domem", kUnstemmed).size(), 2U);
  EXPECT_EQ(common(terms_of("domowy", kUnstemmed), terms_of("domo", kUnstemmed)), 1U)
      << "a word of four is the run of four";
}

TEST(TermReader, CutsByCharactersAndNotByBytes) {
  EXPECT_EQ(terms_of("წყარო", {{"ka"}, {"Geor"}}).size(), 2U);
  EXPECT_EQ(terms_of("წყა", {{"ka"}, {"Geor"}}).size(), 1U);
}

TEST(TermReader, LeavesNumbersWhole) {
  EXPECT_EQ(terms_of("1234567", kUnstemmed).size(), 1U);
  EXPECT_NE(term_of("1234567", kUnstemmed), term_of("1234568", kUnstemmed));
  EXPECT_EQ(terms_of("1234567", kStemmed).size(), 1U);
  EXPECT_EQ(terms_of("covid19x", kUnstemmed).size(), 1U) << "and what holds a digit";
}

TEST(TermReader, LeavesPairsOfCharactersWithoutSpacesAsTheyAre) {
  TermReader reader;
  TextTerms out;
  reader.read("東京都知事選挙", kJapanese, out);
  ASSERT_GE(out.tokens.size(), 6U);
  EXPECT_EQ(out.terms.size(), out.tokens.size()) << "one term each";
  EXPECT_GE(common(out.terms, terms_of("東京都議会", kJapanese)), 2U);
}

TEST(TermReader, HasTheTermsOfEachTokenWhereTheTokenIs) {
  const std::string text = "Informacje: 12 nowych domów, a 東京都 i жизнь.";
  TermReader reader;
  TextTerms out;
  reader.read(text, kUnstemmed, out);
  ASSERT_GT(out.tokens.size(), 6U);
  std::size_t sum = 0;
  for (std::size_t i = 0; i < out.tokens.size(); ++i) {
    const std::string_view word =
        std::string_view(text).substr(out.tokens[i].begin, out.tokens[i].end - out.tokens[i].begin);
    const auto of = out.of(i);
    EXPECT_EQ(Hashes(of.begin(), of.end()), terms_of(word, kUnstemmed)) << word;
    EXPECT_FALSE(of.empty()) << word;
    sum += of.size();
  }
  EXPECT_EQ(sum, out.terms.size());
}

TEST(TermReader, ReadsThaiTheSameWhateverItHasSeen) {
  // A sara am is taken apart, and its first half belongs to the pair before it.
  const Language thai{{"th"}, {"Thai"}};
  const std::string text = "น้ำท่วมกรุงเทพ คำสั่ง ทำงาน น้ำ ำ";
  const Hashes expected = terms_of(text, thai);
  TermReader reader;
  TextTerms out;
  for (const char* before : {"น้ำ", "คำ", "ทำงาน", "ำ", "กรุงเทพ"}) {
    reader.read(before, thai, out);
    reader.read(text, thai, out);
    EXPECT_EQ(out.terms, expected) << before;
  }
  EXPECT_GE(expected.size(), out.tokens.size()) << "none is lost";
}

TEST(TermReader, GivesNothingForNothing) {
  EXPECT_TRUE(terms_of("", kStemmed).empty());
  EXPECT_TRUE(terms_of(" ... — !", kStemmed).empty());
  EXPECT_TRUE(terms_of("\xff\xfe\x80", kUnstemmed).empty());
  EXPECT_FALSE(terms_of("word", Language()).empty()) << "of no known language";
}

/// A word for each number.
std::string word_for(std::uint64_t number) {
  std::string out = "w";
  for (; number > 0; number /= 20)
    out += "bcdfghjklmnpqrstvwxz"[number % 20];
  return out;
}

TEST(TermReader, FindsTheSameWhenItHasForgottenWords) {
  // More words than are remembered; the first ones again at the end, and in the middle of a text
  // that makes it forget.
  constexpr std::uint64_t kWords = 300000;
  std::string early, text;
  for (std::uint64_t i = 0; i < 100; ++i)
    early += word_for(i * 7) + " ";
  for (std::uint64_t i = 0; i < kWords; ++i) {
    text += word_for(i) + " ";
    if (i % 1000 == 0) text += word_for(i / 2) + " " + word_for(3) + " ";
  }
  for (const Language& language : {kStemmed, kUnstemmed}) {
    const Hashes expected = terms_of(early, language);
    TermReader reader;
    TextTerms out;
    reader.read(early, language, out);
    EXPECT_EQ(out.terms, expected);
    reader.read(text, language, out);
    ASSERT_GT(out.tokens.size(), std::size_t{1} << 18);
    for (std::size_t i = 0; i < out.tokens.size(); i += 997) {
      const std::string_view word = std::string_view(text).substr(
          out.tokens[i].begin, out.tokens[i].end - out.tokens[i].begin);
      const auto of = out.of(i);
      ASSERT_EQ(Hashes(of.begin(), of.end()), terms_of(word, language)) << word;
    }
    reader.read(early, language, out);
    EXPECT_EQ(out.terms, expected);
  }
}

}  // namespace
}  // namespace kithkin
