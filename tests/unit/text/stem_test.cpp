// Which forms of a word meet in a stem, and which words must not. Words go through the tokenizer
// first, since stems are made of folded tokens.
#include "text/stem.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <kithkin/text.h>

#include "base/hash.h"
#include "text/stem_arabic.h"

namespace kithkin {
namespace {

static_assert(std::is_nothrow_move_constructible_v<Stemmer>);
static_assert(!std::is_copy_constructible_v<Stemmer>);

std::vector<std::string> stems(std::string_view language, std::string_view text) {
  Stemmer stemmer(declared_language(language));
  std::vector<std::string> out;
  for (const Token& token : tokenize(text))
    out.emplace_back(stemmer.stem(token.folded));
  return out;
}

/// Stems of forms of one word.
std::set<std::string> meet(std::string_view language, std::string_view forms) {
  const auto all = stems(language, forms);
  return {all.begin(), all.end()};
}

using One = std::set<std::string>;
using Words = std::vector<std::string>;

TEST(Stem, FormsMeetInLanguagesThatFoldingLeaves) {
  EXPECT_EQ(meet("en", "govern governs governed governing"), One{"govern"});
  EXPECT_EQ(meet("en", "minister's ministers minister"), One{"minist"});
  EXPECT_EQ(meet("de", "Häuser Hauses Häusern"), One{"haus"});
  EXPECT_EQ(meet("sv", "flickor flickorna flicka"), One{"flick"});
  EXPECT_EQ(meet("no", "dagene dager dag"), One{"dag"});
  EXPECT_EQ(meet("nl", "lichamelijk lichamelijke"), One{"licham"});
  EXPECT_EQ(meet("fi", "taloissa talojen"), One{"talo"});
  EXPECT_EQ(meet("id", "membaca dibaca bacaan"), One{"baca"});
  EXPECT_EQ(meet("el", "κυβέρνηση κυβερνήσεις").size(), 1U);
  EXPECT_EQ(meet("hi", "किताब किताबें किताबों"), One{"किताब"});
}

TEST(Stem, FormsMeetWhereFoldingTookTheAccents) {
  EXPECT_EQ(meet("fr", "aimer aimé aimée aimés aimées"), One{"aim"});
  EXPECT_EQ(meet("fr", "premier première premières"), One{"premi"});
  EXPECT_EQ(meet("fr", "activité activités").size(), 1U);
  EXPECT_EQ(meet("es", "nación naciones"), One{"nacion"});
  EXPECT_EQ(meet("es", "visualización visualizaciones visualizar"), One{"visualiz"});
  EXPECT_EQ(meet("pt", "visualização visualizações visualizar"), One{"visualiz"});
  EXPECT_EQ(meet("pt", "responsáveis responsabilidade"), One{"respons"});
  EXPECT_EQ(meet("ca", "operació operacions"), One{"oper"});
  EXPECT_EQ(meet("ro", "selectează selectat"), One{"select"});
  EXPECT_EQ(meet("hu", "programból programról programként"), One{"progr"});
  EXPECT_EQ(meet("ru", "новый новая новые нового"), One{"нов"});
  EXPECT_EQ(meet("ru", "статьи статья статей"), One{"стат"});
  EXPECT_EQ(meet("tr", "kitaplar kitabı kitap").size(), 1U);
}

TEST(Stem, StemsHaveNoMarksThatTokensLack) {
  for (const auto* text : {"vite cité ministre thé idée", "matée fée"}) {
    for (const auto& stem : stems("fr", text))
      EXPECT_EQ(stem.find('\xC3'), std::string::npos) << stem;
  }
  EXPECT_EQ(meet("sr", "Ниш Niš"), One{"nis"});
}

TEST(Stem, ApostrophesPartElisionsAndSuffixes) {
  EXPECT_EQ(stems("fr", "l'homme"), stems("fr", "homme"));
  EXPECT_EQ(stems("fr", "jusqu’hier qu’elle"), stems("fr", "hier elle"));
  EXPECT_NE(stems("fr", "aujourd'hui"), stems("fr", "hui"));
  EXPECT_EQ(stems("it", "dell'anno un'altra"), stems("it", "anno altra"));
  EXPECT_EQ(stems("tr", "İstanbul'da"), stems("tr", "İstanbul"));
}

TEST(Stem, ArabicFormsMeet) {
  EXPECT_EQ(meet("ar", "مهندس المهندس والمهندسون للمهندسين مهندسات بالمهندسة"), One{"مهندس"});
  EXPECT_EQ(meet("ar", "حكومة الحكومة وحكومات للحكومة حكوماتها"), One{"حكوم"});
  EXPECT_EQ(meet("ar", "باكستان باكستاني باكستانية والباكستانيين"), One{"باكست"});
  EXPECT_EQ(meet("ar", "مهرجان المهرجانات مهرجانها"), One{"مهرج"});
  EXPECT_EQ(meet("ar", "مَدْرَسَة المدرســة ومدرسة"), One{"مدرس"});
}

TEST(Stem, ArabicWordsKeepTheWawThatIsTheirs) {
  EXPECT_EQ(meet("ar", "وزير الوزير والوزير ووزير"), One{"وزير"});
  EXPECT_EQ(meet("ar", "وزارة الوزارة للوزارة"), One{"وزار"});
  EXPECT_EQ(meet("ar", "وكالة الوكالات"), One{"وكال"});
  EXPECT_EQ(stems("ar", "وقال ويقول"), (Words{"قال", "يقول"}));
}

TEST(Stem, ShortArabicWordsStay) {
  for (const auto* word :
       {"من", "علي", "ولد", "سنه", "الي", "حسين", "بلد", "ماء", "كان", "بين", "هي"}) {
    EXPECT_EQ(stems("ar", word), Words{word});
  }
  EXPECT_EQ(stems("ar", "الحق الفن"), (Words{"حق", "فن"}));
}

TEST(Stem, ArabicNamesStayApart) {
  EXPECT_NE(stems("ar", "سلمان شعبان مليون"), stems("ar", "سلم شعب ملي"));
  EXPECT_EQ(meet("ar", "البحرين بحرينية والبحريني"), One{"بحرين"});
  EXPECT_NE(stems("ar", "لبنان"), stems("ar", "لبن"));
  EXPECT_EQ(meet("ar", "لبنان ولبنان لبناني اللبنانية"), One{"لبنان"});
  EXPECT_EQ(meet("ar", "السودان سوداني والسودان"), One{"سودان"});
  EXPECT_EQ(meet("ar", "الله والله"), One{"الله"});
}

TEST(Stem, PersianAndUrduAreNotStemmedAsArabic) {
  EXPECT_TRUE(Stemmer(declared_language("fa")).is_identity());
  EXPECT_TRUE(Stemmer(declared_language("ur")).is_identity());
  EXPECT_EQ(stems("fa", "والمهندسون"), Words{"والمهندسون"});
}

TEST(Stem, NumbersAndOtherScriptsStay) {
  EXPECT_EQ(stems("en", "1990s 3.14 covid19s"), (Words{"1990s", "3.14", "covid19s"}));
  EXPECT_EQ(stems("ar", "٢٠٢٤ ministers"), (Words{"2024", "ministers"}));
  EXPECT_EQ(stems("en", "новые المهندسون"), (Words{"новые", "المهندسون"}));
  EXPECT_EQ(stems("ru", "ministers новые"), (Words{"ministers", "нов"}));
  EXPECT_EQ(stems("en", "newsновости"), Words{"newsновости"});
}

TEST(Stem, UnknownLanguagesLeaveTokens) {
  for (const auto* language : {"und", "sw", "th", "zh", "yi", "am"}) {
    EXPECT_TRUE(Stemmer(declared_language(language)).is_identity()) << language;
    EXPECT_EQ(stems(language, "ministers"), Words{"ministers"});
  }
}

TEST(Stem, WhatIsNoWordStays) {
  Stemmer english(declared_language("en"));
  const std::string longest(64, 's'), longer(65, 's');
  for (const auto& token : Words{"", "\xFF", "runnin\xC3", "\xE2\x82s", "a", "is", longer,
                                 std::string("s\0s\0s", 5), std::string(1'000'000, 'e')}) {
    EXPECT_EQ(english.stem(token), token);
  }
  EXPECT_LT(english.stem(longest).size(), longest.size() + 1);
}

TEST(Stem, IsNeverEmpty) {
  for (const auto* language : {"ar", "ca", "de", "en", "es", "fr", "ga", "hu", "it", "lt", "pt",
                               "ro", "sr", "tr", "eu", "id", "fi"}) {
    Stemmer stemmer(declared_language(language));
    for (const std::string token :
         {"ees", "ite", "cion", "kent", "l'ee", "'''", "s''", "eee", "ing", "ler", "kan", "qu'",
          "ll'a", "edd", "aaa", "iii", "ان", "وال", "الها"}) {
      EXPECT_FALSE(stemmer.stem(token).empty()) << language << " " << token;
    }
  }
}

TEST(Stem, WhatWasMetBeforeDoesNotMatter) {
  constexpr std::string_view kLetters[] = {"ا", "ل", "و", "ن", "ي", "ه", "ت", "ب"};
  Stemmer stemmer(declared_language("ar"));
  for (int round = 0; round < 2; ++round) {
    std::uint64_t state = 1;
    for (int i = 0; i < 20'000; ++i) {  // more words than are remembered
      std::string word;
      for (std::uint64_t bits = splitmix64(state) % (1U << 24) + (1U << 9); bits > 0; bits /= 8)
        word += kLetters[bits % 8];
      ASSERT_EQ(stemmer.stem(word), stem_arabic(word)) << word;
    }
  }
}

TEST(Stem, AStemmerCanBeMoved) {
  Stemmer first(declared_language("en"));
  Stemmer second(std::move(first));
  EXPECT_EQ(second.stem("ministers"), "minist");
  first = Stemmer(declared_language("ar"));
  EXPECT_EQ(first.stem("المهندسون"), "مهندس");
}

}  // namespace
}  // namespace kithkin
