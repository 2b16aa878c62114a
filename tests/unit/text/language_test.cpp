// Languages by declaration, by script, and by the statistics of a few sentences written for this.
#include "text/language.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace kithkin {
namespace {

std::string declared(std::string_view tag) {
  const Language language = declared_language(tag);
  return std::string(language.name()) + " " + std::string(language.script_name());
}

std::string told(std::string_view text, std::string_view tag = "") {
  const Language language = language_of(tag, text);
  return std::string(language.name()) + " " + std::string(language.script_name());
}

constexpr std::string_view kEnglish =
    "The harbour was closed on Monday because the storm had damaged two of its cranes.";
constexpr std::string_view kArabic =
    "أغلقت السلطات الميناء يوم الاثنين بعد أن ألحقت العاصفة أضرارا برافعتين كبيرتين";

TEST(Language, IsDeclaredInManyForms) {
  EXPECT_EQ(declared("en"), "en Latn");
  EXPECT_EQ(declared("en-US"), "en Latn");
  EXPECT_EQ(declared("EN"), "en Latn");
  EXPECT_EQ(declared(" de-AT "), "de Latn");
  EXPECT_EQ(declared("pt_BR.UTF-8"), "pt Latn");
  EXPECT_EQ(declared("zh_Hant"), "zh Hant");
  EXPECT_EQ(declared("zh-hans-CN"), "zh Hans");
  EXPECT_EQ(declared("sr-LATN"), "sr Latn");
  EXPECT_EQ(declared("en, fr"), "en Latn");
}

TEST(Language, HasOneCode) {
  EXPECT_EQ(declared("eng"), "en Latn");
  EXPECT_EQ(declared("ger"), declared("deu"));
  EXPECT_EQ(declared("iw"), "he Hebr");
  EXPECT_EQ(declared("in"), "id Latn");
  EXPECT_EQ(declared("nb-NO"), "no Latn");
  EXPECT_EQ(declared("arb"), "ar Arab");
  EXPECT_EQ(declared("ckb"), "ckb Arab");
}

TEST(Language, IsNotDeclaredByWhatNamesNone) {
  for (const auto* tag : {"", "-", "e", "english", "zz", "und", "mul", "zxx", "x-klingon", "e2",
                          "12", "en1", "\xFF\xFE", "العربية", "root"}) {
    EXPECT_EQ(declared(tag), "und Zyyy") << tag;
  }
  EXPECT_EQ(declared(std::string("en\0us", 5)), "und Zyyy");
  EXPECT_EQ(declared(std::string(1'000'000, 'e')), "und Zyyy");
  EXPECT_EQ(declared("en-" + std::string(1'000'000, 'L')), "en Latn");
}

TEST(Language, IsToldByScript) {
  EXPECT_EQ(told("항구가 월요일에 폐쇄되었다"), "ko Hang");
  EXPECT_EQ(told("港は月曜日に閉鎖された"), "ja Jpan");
  EXPECT_EQ(told("港口周一关闭"), "zh Hani");
  EXPECT_EQ(told("ท่าเรือ"), "th Thai");
  EXPECT_EQ(told("λιμάνι"), "el Grek");
  EXPECT_EQ(told("הנמל נסגר ביום שני"), "he Hebr");
  EXPECT_EQ(told("նավահանգիստ"), "hy Armn");
  EXPECT_EQ(told("ნავსადგური"), "ka Geor");
  EXPECT_EQ(told("កំពង់ផែ"), "km Khmr");
  EXPECT_EQ(told("ທ່າເຮືອ"), "lo Laoo");
  EXPECT_EQ(told("ဆိပ်ကမ်း"), "my Mymr");
  EXPECT_EQ(told("ወደቡ ሰኞ ተዘጋ"), "am Ethi");
  EXPECT_EQ(told("துறைமுகம்"), "ta Taml");
}

TEST(Language, IsToldByStatisticsWhereScriptsAreShared) {
  EXPECT_EQ(told(kEnglish), "en Latn");
  EXPECT_EQ(told("Le port a été fermé lundi parce que la tempête avait endommagé deux grues."),
            "fr Latn");
  EXPECT_EQ(
      told("Der Hafen wurde am Montag geschlossen, weil der Sturm zwei Kräne beschädigt hatte."),
      "de Latn");
  EXPECT_EQ(told("Порт закрыли в понедельник, потому что буря повредила два крана."), "ru Cyrl");
  EXPECT_EQ(told("Порт зачинили в понеділок, тому що буря пошкодила два крани."), "uk Cyrl");
  EXPECT_EQ(told(kArabic), "ar Arab");
  EXPECT_EQ(told("بندر روز دوشنبه بسته شد، زیرا توفان به دو جرثقیل آسیب رسانده بود."), "fa Arab");
  EXPECT_EQ(told("बंदरगाह सोमवार को बंद कर दिया गया क्योंकि तूफान से दो क्रेन खराब हो गए थे।"), "hi Deva");
}

TEST(Language, IsNotToldOfTooLittle) {
  EXPECT_EQ(told(""), "und Zyyy");
  EXPECT_EQ(told("12:30 -- 2024!"), "und Zyyy");
  EXPECT_EQ(told("ok"), "und Latn");
  EXPECT_EQ(told("да"), "und Cyrl");
}

TEST(Language, DeclaredWins) {
  EXPECT_EQ(told("Порт закрыли в понедельник, потому что буря повредила два крана.", "bg"),
            "bg Cyrl");
  EXPECT_EQ(told("ok", "fr-CA"), "fr Latn");
  EXPECT_EQ(told(kEnglish, "nonsense"), "en Latn");
  EXPECT_EQ(told("", "sw"), "sw Latn");
}

TEST(Language, DeclaredLosesInLettersItIsNotWrittenIn) {
  EXPECT_EQ(told(kArabic, "en-US"), "ar Arab");
  EXPECT_EQ(told("港口周一关闭", "de"), "zh Hani");
  EXPECT_EQ(told(kEnglish, "ar"), "ar Latn");  // any language may be written in Latin letters
  EXPECT_EQ(told("да", "en"), "en Cyrl");      // nothing better is known
  EXPECT_EQ(told("港", "ja"), "ja Hani");
}

TEST(Language, MostLettersDecideTheScript) {
  EXPECT_EQ(told("今日はLibreOfficeのヘルプを読む"), "ja Jpan");
  EXPECT_EQ(told("国务院の公告发布在网站上今日发布新的规定"), "zh Hani");
  EXPECT_EQ(told(std::string(kArabic) + " Reuters Reuters"), "ar Arab");
  EXPECT_EQ(told("Ministry of Trade, Tokyo: see 東京 for the details"), "en Latn");
}

TEST(Language, BytesThatAreNotUtf8AreSkipped) {
  EXPECT_EQ(told("\xFF\xFE\x80\xC3"), "und Zyyy");
  EXPECT_EQ(told("\xD8\xD8\xD8 " + std::string(kArabic) + "\xD8"), "ar Arab");
  std::string riddled;
  for (const char c : kEnglish)
    riddled += c == ' ' ? std::string(" \xF0\x9F ") : std::string(1, c);
  EXPECT_EQ(told(riddled), "en Latn");
  EXPECT_EQ(told(std::string("\0\x01\x02\uFFFE\uFFFF\U0010FFFF", 13)), "und Zyyy");
}

TEST(Language, EveryCutOfATextIsSafe) {
  const std::string text = std::string(kArabic) + std::string(kEnglish) + "港は月曜日に閉鎖された";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string cut = text.substr(i);  // of its own size, for the sanitizer
    EXPECT_EQ(language_of("", cut), language_of("", cut));
  }
}

TEST(Language, LooksAtTheBeginningOnly) {
  std::string text;
  while (text.size() < 4096)
    text += std::string(kEnglish) + " ";
  while (text.size() < 5'000'000)
    text += std::string(kArabic) + " ";
  EXPECT_EQ(told(text), "en Latn");
  EXPECT_EQ(told(std::string(20'000, '\n') + std::string(kEnglish)), "en Latn");
}

TEST(Language, IsTheSameInEveryThread) {
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&count] {
      for (int i = 0; i < 200; ++i)
        count += told(kEnglish) != "en Latn" || told(kArabic) != "ar Arab";
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

}  // namespace
}  // namespace kithkin
