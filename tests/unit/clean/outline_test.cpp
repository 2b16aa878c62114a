// What lines are known by and what makes no difference; then what holds for any text.
#include "clean/outline.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/width.h"
#include "unit/base/random.h"

namespace kithkin {
namespace {

std::vector<OutlineLine> outline(std::string_view text) {
  std::vector<OutlineLine> lines;
  Outliner().read(text, lines);
  return lines;
}

/// The only line of a text.
OutlineLine line_of(std::string_view text) {
  const std::vector<OutlineLine> lines = outline(text);
  EXPECT_EQ(lines.size(), 1U) << text;
  return lines.empty() ? OutlineLine{} : lines.front();
}

std::uint64_t key(std::string_view text) { return line_of(text).key; }
std::uint64_t shape(std::string_view text) { return line_of(text).shape; }
std::uint64_t label(std::string_view text) { return line_of(text).label; }
std::uint64_t rest(std::string_view text) { return line_of(text).rest; }
std::uint64_t word(std::string_view text) { return line_of(text).word; }

std::uint64_t key_of(std::string_view title) { return Outliner().key_of(title); }

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    out += piece;
  return out;
}

// Keys.

TEST(OutlineKey, IsOfTheWordsAndTheirOrder) {
  EXPECT_EQ(key("Rain cuts off villages"), key("Rain cuts off villages"));
  EXPECT_NE(key("Rain cuts off villages"), key("Rain cuts off"));
  EXPECT_NE(key("Rain cuts off villages"), key("Rain cuts off valleys"));
  EXPECT_NE(key("Rain cuts off villages"), key("Villages rain cuts off"));
  EXPECT_NE(key("rain"), key("rain rain"));
}

TEST(OutlineKey, DoesNotSeeCase) {
  EXPECT_EQ(key("RAIN cuts OFF Villages"), key("rain cuts off villages"));
  EXPECT_EQ(key("ДОЖДЬ В ДОЛИНЕ"), key("дождь в долине"));
  EXPECT_EQ(key("STRASSE"), key("Straße"));
}

TEST(OutlineKey, DoesNotSeeVowelMarksAndAccents) {
  EXPECT_EQ(key("الإسْلامُ اليَوْم"), key("الاسلام اليوم"));
  EXPECT_EQ(key("שָׁלוֹם עוֹלָם"), key("שלום עולם"));
  EXPECT_EQ(key("Café de la forêt"), key("cafe de la foret"));
}

TEST(OutlineKey, DoesNotSeeVariantsOfArabicLetters) {
  EXPECT_EQ(key("أحمد إلى القاهرة"), key("احمد الي القاهره"));
  EXPECT_EQ(key("کتاب یک"), key("كتاب يك")) << "Persian kaf and yeh";
  EXPECT_EQ(key("أخبـــار"), key("اخبار")) << "a drawn-out line";
}

TEST(OutlineKey, DoesNotSeeBulletsNorPunctuation) {
  const std::uint64_t plain = key("Rain cuts off villages");
  for (const char* line :
       {"• Rain cuts off villages", "- Rain cuts off villages", "* - Rain cuts off villages",
        "— Rain cuts off villages", "\"Rain\" cuts off villages!", "Rain, cuts off: villages...",
        "«Rain cuts off villages»", "   Rain   cuts\toff villages  ", "(Rain) cuts - off villages?",
        "Rain\u00A0cuts off villages", ">> Rain cuts off villages <<"})
    EXPECT_EQ(key(line), plain) << line;
}

TEST(OutlineKey, SeesNumbersThatTheShapeDoesNot) {
  EXPECT_NE(key("Floods: 12 dead"), key("Floods: 13 dead"));
  EXPECT_EQ(shape("Floods: 12 dead"), shape("Floods: 13 dead"));
  EXPECT_EQ(shape("Copyright 2024"), shape("Copyright 1999"));
  EXPECT_EQ(shape("Price 1,000.50"), shape("Price 7"));
  EXPECT_EQ(shape("الصفحة ١٢"), shape("الصفحة 7")) << "digits of any script";
  EXPECT_EQ(shape("पृष्ठ १२"), shape("पृष्ठ 7"));
  EXPECT_EQ(key("الصفحة ١٢"), key("الصفحة 12"));
}

TEST(OutlineShape, IsTheKeyWhereThereIsNoNumber) {
  EXPECT_EQ(shape("Rain cuts off villages"), key("Rain cuts off villages"));
  EXPECT_NE(shape("12 villages"), key("12 villages"));
  EXPECT_NE(shape("12 villages"), shape("villages"));
  EXPECT_NE(shape("12 villages"), shape("12 13 villages"));
  EXPECT_NE(shape("12 villages"), shape("twelve villages"));
}

TEST(OutlineLine, WithoutWordsHasNoKeys) {
  for (const char* text : {"* * *", "---", "•", "...", "═══════", "!"}) {
    const OutlineLine line = line_of(text);
    EXPECT_EQ(line.tokens, 0U) << text;
    EXPECT_EQ(line.key | line.shape | line.label | line.rest | line.word, 0U) << text;
  }
}

// Labels.

TEST(OutlineLabel, IsOfTheWordsBeforeAColon) {
  EXPECT_EQ(label("Tags: rain, floods"), label("TAGS : sun"));
  EXPECT_EQ(label("Tags: rain, floods"), key("Tags"));
  EXPECT_EQ(label("標籤：雨"), key("標籤")) << "a fullwidth colon needs no blank";
  EXPECT_NE(label("Tags: rain"), label("Topics: rain"));
}

TEST(OutlineLabel, IsOfTheWordsBeforeTheFirstSignOfAPath) {
  EXPECT_EQ(label("Home > Sports > Football"), key("Home"));
  EXPECT_EQ(label("Home » Sports"), key("Home"));
  EXPECT_EQ(label("Home | Sports"), key("Home"));
  EXPECT_EQ(label("Home >> Sports: all"), key("Home"));
  EXPECT_EQ(label("Sports: all > Football"), key("Sports"));
  for (const char* line : {"Home>Sports", "Home >Sports", "Home> Sports"})
    EXPECT_EQ(label(line), 0U) << "blanks on either side: " << line;
}

TEST(OutlineLabel, DoesNotSeeItsNumbers) {
  EXPECT_EQ(label("Comments 12: latest"), label("Comments 7: oldest"));
  EXPECT_NE(label("Comments 12: latest"), label("Comments: latest"));
}

TEST(OutlineLabel, IsTheWholeLineWhereNothingStandsBehind) {
  const OutlineLine line = line_of("Read also:");
  EXPECT_NE(line.label, 0U);
  EXPECT_EQ(line.label, line.shape);
  EXPECT_EQ(line.rest, 0U);
  EXPECT_EQ(label("Read also: ***"), label("Read also:"));
}

TEST(OutlineLabel, IsNoneWhereThereIsNoMark) {
  EXPECT_EQ(label("Rain cuts off villages"), 0U);
  EXPECT_EQ(label("At 10:30 today"), 0U) << "a clock";
  EXPECT_EQ(label("See https://example.org/a"), 0U) << "an address";
  EXPECT_EQ(label("- Rain"), 0U) << "a bullet";
  EXPECT_EQ(label("A well-known man"), 0U) << "a hyphen";
  EXPECT_EQ(rest("Rain cuts off villages"), 0U);
}

TEST(OutlineRest, IsTheKeyOfTheWordsBehindTheMark) {
  EXPECT_EQ(rest("Read also: Rain cuts off 12 villages"), key_of("Rain cuts off 12 villages"));
  EXPECT_EQ(rest("Home > Sports > Football"), key_of("Sports Football"));
  EXPECT_NE(rest("Dead: 12"), rest("Dead: 13")) << "numbers count";
}

TEST(OutlineRest, BeginsWithItsFirstWordOrTheQuoteInFrontOfIt) {
  const std::string text = "before\n  - Read also :  «Rain cuts off» it \nRead also: Rain cuts";
  const std::vector<OutlineLine> lines = outline(text);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(text.substr(lines[1].rest_begin, 6), "«Rain");
  EXPECT_EQ(text.substr(lines[1].words_begin, 4), "Read");
  EXPECT_EQ(lines[1].rest_characters, 18U);
  EXPECT_EQ(lines[1].rest_tokens, 4U);
  EXPECT_EQ(text.substr(lines[2].rest_begin), "Rain cuts");
}

TEST(OutlineWord, IsOfWhatStandsBeforeTheFirstBlankOfAShortLine) {
  EXPECT_EQ(word("By Jane Doe"), word("BY John"));
  EXPECT_NE(word("By Jane Doe"), word("With Jane Doe"));
  EXPECT_NE(word("By Jane Doe"), 0U);
  EXPECT_NE(word("By Jane Doe"), key("By")) << "no line that says just this";
  EXPECT_EQ(word("(By) Jane"), word("By Jane"));
}

TEST(OutlineWord, IsNoneOfSingleWordsAndOfThoseOfMoreThan95Bytes) {
  EXPECT_EQ(word("Jane"), 0U);
  EXPECT_NE(word("By " + repeat("x", 400)), 0U) << "at any length of the line";
  EXPECT_NE(word(repeat("x", 95) + " y"), 0U);
  EXPECT_EQ(word(repeat("x", 96) + " y"), 0U);
}

TEST(OutlineName, IsAShortLineOfMoreThanAWordWithoutAMark) {
  const auto is_name = [](std::string_view text) { return line_of(text).is_name; };
  EXPECT_TRUE(is_name("By Jane Doe"));
  EXPECT_FALSE(is_name("Jane"));
  EXPECT_FALSE(is_name("By: Jane"));
  EXPECT_FALSE(is_name("By Jane > Doe"));
  EXPECT_TRUE(is_name("By " + repeat("x", 45)));
  EXPECT_FALSE(is_name("By " + repeat("x", 46))) << "49 characters";
  EXPECT_TRUE(is_name("बाय " + repeat("य", 44))) << "characters, not bytes";
}

// Long lines and ends.

/// A line of so many characters.
std::string long_line(std::size_t characters, std::string_view letter = "a") {
  std::string out = "Start ";
  while (out.size() < 6 + (characters - 6) * letter.size())
    out += letter;
  return out;
}

TEST(OutlineKey, OfALongLineIsOfItsBytes) {
  const std::string shorter = long_line(250), longer = long_line(251);
  std::string other_case = longer;
  other_case[0] = 's';
  EXPECT_NE(key(longer), key(other_case));
  other_case.pop_back();
  EXPECT_EQ(key(shorter), key(other_case));
  EXPECT_EQ(key("  " + longer + " \r\n"), key(longer)) << "without the blanks around";
  EXPECT_EQ(key(longer), hash_bytes(longer.data(), longer.size()) & ~std::uint64_t{1});
  EXPECT_EQ(key(longer), shape(longer));
}

TEST(OutlineKey, OfALongLineComesWithoutALabel) {
  const OutlineLine line = line_of("Tags: " + long_line(300));
  EXPECT_EQ(line.label | line.rest, 0U);
  EXPECT_NE(line.word, 0U);
  EXPECT_GT(line.tokens, 0U);
}

TEST(OutlineKey, CountsCharactersRatherThanBytesToCallALineLong) {
  EXPECT_NE(key(long_line(250, "я")), key("start " + long_line(250, "я").substr(5) + "x"));
  EXPECT_EQ(key(long_line(250, "я")), key("START" + long_line(250, "я").substr(5)));
  EXPECT_NE(key(long_line(251, "я")), key("START" + long_line(251, "я").substr(5)));
}

TEST(OutlineEnds, AreOfTheFirstAndTheLast48Bytes) {
  const std::string first = repeat("a", 48), last = repeat("b", 48);
  const std::uint64_t ends = line_of(first + " and so on " + last).ends;
  EXPECT_EQ(ends, line_of(first + last).ends);
  EXPECT_EQ(ends >> 32, line_of(first + "xxx").ends >> 32);
  EXPECT_EQ(ends & UINT32_MAX, line_of("xxx" + last).ends & UINT32_MAX);
  EXPECT_NE(ends >> 32, line_of("x" + first + last).ends >> 32);
  EXPECT_NE(ends & UINT32_MAX, line_of(first + last + "x").ends & UINT32_MAX);
}

TEST(OutlineEnds, AreThoseOfTheLineWithoutTheBlanksAround) {
  const std::string line = repeat("ab ", 30) + "c";
  EXPECT_EQ(line_of(line).ends, line_of("\u00A0 " + line + "\t\r\n").ends);
}

TEST(OutlineEnds, AreNoneOfALineThatHasNotSoManyBytes) {
  EXPECT_EQ(line_of(repeat("a", 47)).ends, 0U);
  EXPECT_NE(line_of(repeat("a", 48)).ends, 0U);
  EXPECT_NE(line_of(repeat("я", 24)).ends, 0U) << "bytes, not characters";
}

// Places.

TEST(Outline, OfNothingAndOfBlanksIsEmpty) {
  for (const char* text : {"", "\n", "\n\n\n", "  \t\r\n", "\u00A0\n \u00A0 \n", " "})
    EXPECT_TRUE(outline(text).empty()) << text;
}

TEST(Outline, PassesOverBlankLines) {
  const std::string text = "\n\nfirst\n  \n\u00A0\nsecond\n\n";
  const std::vector<OutlineLine> lines = outline(text);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].begin, 2U);
  EXPECT_EQ(lines[0].end, 8U);
  EXPECT_EQ(text.substr(lines[1].begin, lines[1].end - lines[1].begin), "second\n");
}

TEST(Outline, TakesTheBlanksOffBothEndsOfALine) {
  const std::string text = "one\r\n \u00A0\t two words\u00A0 \v\f\r\nthree";
  const std::vector<OutlineLine> lines = outline(text);
  ASSERT_EQ(lines.size(), 3U);
  const auto own = [&](const OutlineLine& line) {
    return text.substr(line.text_begin, line.bytes());
  };
  EXPECT_EQ(own(lines[0]), "one");
  EXPECT_EQ(lines[0].end, 5U) << "the break included, both bytes of it";
  EXPECT_EQ(own(lines[1]), "two words");
  EXPECT_EQ(own(lines[2]), "three");
  EXPECT_EQ(lines[2].end, text.size());
}

TEST(Outline, GivesTheSameKeysWithEitherKindOfLineBreaks) {
  const std::vector<OutlineLine> a = outline("One line\nAnother: line\n");
  const std::vector<OutlineLine> b = outline("One line\r\nAnother: line\r\n");
  ASSERT_EQ(a.size(), 2U);
  ASSERT_EQ(b.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(a[i].key, b[i].key);
    EXPECT_EQ(a[i].label, b[i].label);
    EXPECT_EQ(a[i].rest, b[i].rest);
  }
}

TEST(Outline, ReplacesWhatWasRead) {
  Outliner outliner;
  std::vector<OutlineLine> lines;
  outliner.read("a\nb\nc", lines);
  outliner.read("a", lines);
  EXPECT_EQ(lines.size(), 1U);
}

TEST(Outline, CountsCodePointsAndWords) {
  const OutlineLine line = line_of("  Über 12 Dörfer \n");
  EXPECT_EQ(line.characters, 14U);
  EXPECT_EQ(line.bytes(), 16U);
  EXPECT_EQ(line.tokens, 3U);
}

TEST(Outline, SeesBulletsThatABlankFollows) {
  for (const char* bullet : {"- ", "* ", "• ", "— ", "» ", "·\u00A0", "-\t", "* * ", "> ", "✓ "}) {
    const std::string text = std::string(bullet) + "Rain";
    const OutlineLine line = line_of(text);
    EXPECT_NE(line.bullet, U'\0') << text;
    EXPECT_EQ(text.substr(line.words_begin), "Rain") << text;
  }
  for (const char* text : {"Rain", "-Rain", "\"Rain\" it is", "(Rain) it is", "12 villages",
                           "@Rain it is", "& Rain", "Rain - it is"}) {
    const OutlineLine line = line_of(text);
    EXPECT_EQ(line.bullet, U'\0') << text;
    EXPECT_EQ(line.words_begin, line.text_begin) << text;
  }
}

// Sentences.

bool ends_sentence(std::string_view text) { return line_of(text).ends_sentence; }

TEST(OutlineSentence, EndsInEveryScript) {
  for (const char* line :
       {"It rained.", "It rained…", "Идёт дождь.", "نزل المطر.", "بارش ہوئی۔", "बारिश हुई।",
        "下雨了。", "下雨了！", "下雨了吗？", "雨が降った。", "ዝናብ ዘነበ።", "Անձրև եկավ։", "မိုးရွာသည်။"})
    EXPECT_TRUE(ends_sentence(line)) << line;
}

TEST(OutlineSentence, EndsBeforeClosingQuotesAndBrackets) {
  for (const char* line :
       {"\"It rained.\"", "'It rained.'", "“It rained.”", "«Il pleut.»", "„Es regnet.“",
        "(It rained.)", "“(‘It rained.’)”", "「雨が降った。」", "『下雨了！』", "«نزل المطر.»",
        "It rained.  ", "It rained.\r\n", "It rained.\u00A0"})
    EXPECT_TRUE(ends_sentence(line)) << line;
}

TEST(OutlineSentence, DoesNotEndInTitlesLabelsAndQuotes) {
  for (const char* line : {"Rain cuts off villages", "Read also:", "“Rain”", "(Rain)", "Rain,",
                           "Rain;", "12", "下雨了", "ฝนตกหนัก", "* * *", "\"", "www.example.org"})
    EXPECT_FALSE(ends_sentence(line)) << line;
}

TEST(OutlineSentence, DoesNotEndWhereALineOfATitlesLengthAsksOrExclaims) {
  for (const std::string end : {"?", "!", "؟", "?\"", "!)", "؟»"}) {
    const std::size_t characters = line_of("x" + end).characters - 1;
    EXPECT_FALSE(ends_sentence("Rain " + repeat("x", 115 - characters) + end)) << end;
    EXPECT_TRUE(ends_sentence("Rain " + repeat("x", 116 - characters) + end)) << end;
  }
}

// Titles.

TEST(OutlineTitle, HasTheKeyOfALineOfTheSameWords) {
  EXPECT_EQ(key_of("Floods: 12 dead"), key("  • FLOODS – 12 dead!\n"));
  EXPECT_EQ(key_of("\"Floods\""), key("floods"));
  EXPECT_NE(key_of("Floods: 12 dead"), key("Floods: 13 dead"));
  EXPECT_EQ(key_of("two\nlines"), key("two lines"));
}

TEST(OutlineTitle, HasNoneWithoutWordsOrWithTooMany) {
  EXPECT_EQ(key_of(""), 0U);
  EXPECT_EQ(key_of(" -- !"), 0U);
  EXPECT_NE(key_of(long_line(250)), 0U);
  EXPECT_EQ(key_of(long_line(251)), 0U);
  EXPECT_NE(key_of(long_line(250, "я")), 0U) << "characters, not bytes";
}

// Any text.

/// Bytes of many kinds, in an order that makes no sense.
std::string random_lines(Random& random) {
  static constexpr std::string_view kPieces[] = {
      "rain", "Rain",   "12",     "٣",       " ",    " ",    " ",        "\n",  "\n",
      "\r\n", "\t",     "\u00A0", ":",       ": ",   "：",   " > ",      " - ", "- ",
      "• ",   ".",      "。",     "؟",       "\"",   "”",    "(",        ")",   "مَطَر",
      "雨が", "ฝนตก",   "é",      "e\u0301", "\xC2", "\xA0", "\xF0\x9F", "😀",   "\xE2",
      "***",  "\u200F", "\v",     "\u3000",  "x",    "’s",   "a.b",      "©"};
  std::string text;
  const std::uint64_t pieces = random.chance(.1) ? random.below(600) : random.below(40);
  for (std::uint64_t n = pieces; n > 0; --n)
    text += kPieces[random.index(std::size(kPieces))];
  return text;
}

bool is_blank(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const bool no_break = text.substr(i, 2) == "\u00A0";
    if (!no_break && std::string_view(" \t\r\v\f\n").find(text[i]) == std::string_view::npos)
      return false;
    i += no_break ? 2 : 1;
  }
  return true;
}

TEST(Outline, CoversTheTextButForBlankLines) {
  Random random(1);
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = random_lines(random);
    std::string rebuilt;
    std::size_t at = 0;
    const auto take_blanks = [&](std::size_t end) {
      ASSERT_TRUE(is_blank(std::string_view(text).substr(at, end - at))) << text;
      rebuilt += text.substr(at, end - at);
    };
    for (const OutlineLine& line : outline(text)) {
      ASSERT_LE(at, line.begin) << text;
      take_blanks(line.begin);
      rebuilt += text.substr(line.begin, line.end - line.begin);
      at = line.end;
    }
    take_blanks(text.size());
    ASSERT_EQ(rebuilt, text);
  }
}

TEST(Outline, HasEachLineOnItsBordersForAnyBytes) {
  Random random(2);
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = random_lines(random);
    for (const OutlineLine& line : outline(text)) {
      ASSERT_TRUE(line.begin == 0 || text[line.begin - 1] == '\n') << text;
      ASSERT_TRUE(line.end == text.size() || text[line.end - 1] == '\n') << text;
      ASSERT_EQ(text.substr(line.begin, line.end - line.begin - 1).find('\n'), std::string::npos);
      ASSERT_LE(line.begin, line.text_begin);
      ASSERT_LT(line.text_begin, line.text_end) << text;
      ASSERT_LE(line.text_end, line.end);
      const std::string_view whole(text);
      ASSERT_TRUE(is_blank(whole.substr(line.begin, line.text_begin - line.begin))) << text;
      ASSERT_TRUE(is_blank(whole.substr(line.text_end, line.end - line.text_end))) << text;
      const std::string_view own = whole.substr(line.text_begin, line.bytes());
      ASSERT_FALSE(is_blank(own.substr(0, 1)) || is_blank(own.substr(own.size() - 1))) << text;
      ASSERT_TRUE(line.text_begin <= line.words_begin && line.words_begin <= line.text_end);
      ASSERT_EQ(line.bullet != 0, line.words_begin > line.text_begin);
      ASSERT_LE(line.rest_begin, line.text_end);
      ASSERT_TRUE(line.rest == 0 || line.rest_begin > line.text_begin) << text;
    }
  }
}

TEST(Outline, OfALineIsTheSameAloneAndInItsText) {
  Random random(3);
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = random_lines(random);
    for (const OutlineLine& line : outline(text)) {
      const OutlineLine alone = line_of(text.substr(line.begin, line.end - line.begin));
      ASSERT_EQ(alone.key, line.key) << text;
      ASSERT_EQ(alone.shape, line.shape);
      ASSERT_EQ(alone.label, line.label);
      ASSERT_EQ(alone.rest, line.rest);
      ASSERT_EQ(alone.word, line.word);
      ASSERT_EQ(alone.ends, line.ends);
      ASSERT_EQ(alone.tokens, line.tokens);
      ASSERT_EQ(alone.characters, line.characters);
      ASSERT_EQ(alone.ends_sentence, line.ends_sentence);
      ASSERT_EQ(alone.text_begin + line.begin, line.text_begin);
    }
  }
}

TEST(Outline, IsTheSameWhereAllWordsAreAtHand) {
  Random random(4);
  std::size_t long_lines = 0;
  for (int n = 0; n < 20'000; ++n) {
    std::string text = random_lines(random);
    if (random.chance(.2)) text += repeat("some more of it, ", 1 + random.below(40)) + '\n';
    text += random_lines(random);
    std::vector<TokenSpan> words;
    Tokenizer().locate(text, words);
    std::vector<OutlineLine> lines;
    Outliner().read(text, words, lines);
    const std::vector<OutlineLine> expected = outline(text);
    ASSERT_EQ(lines.size(), expected.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      ASSERT_EQ(lines[i].key, expected[i].key) << text;
      ASSERT_EQ(lines[i].shape, expected[i].shape);
      ASSERT_EQ(lines[i].label, expected[i].label);
      ASSERT_EQ(lines[i].rest, expected[i].rest);
      ASSERT_EQ(lines[i].rest_begin, expected[i].rest_begin);
      ASSERT_EQ(lines[i].word, expected[i].word);
      ASSERT_EQ(lines[i].ends, expected[i].ends);
      ASSERT_EQ(lines[i].tokens, expected[i].tokens);
      ASSERT_EQ(lines[i].begins_with_number, expected[i].begins_with_number);
      ASSERT_EQ(lines[i].is_name, expected[i].is_name);
      long_lines += lines[i].characters > kLongLine ? 1 : 0;
    }
  }
  EXPECT_GT(long_lines, 1000U);
}

std::string utf8(char32_t c) {
  unsigned char bytes[4];
  const std::size_t size = encode_utf8(c, bytes);
  return {reinterpret_cast<const char*>(bytes), size};
}

template <class Visit>
void for_each_character(Visit visit) {
  for (char32_t c = 0x21; c < 0x10000; ++c)
    if (c < 0xD800 || c > 0xDFFF) visit(c);
}

// Marks are searched for only where bits say that one may be.
TEST(Outline, FindsEverySignThatPartsThePath) {
  std::size_t marks = 0;
  for_each_character([&](char32_t c) {
    const std::string sign = utf8(c);
    const auto lead = static_cast<unsigned char>(sign.front());
    const bool is_looked_at =
        lead < 0x80 || lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF;
    const bool is_stop = c == ',' || c == ';' || sentence_part(c) == SentencePart::end;
    if (tokenize("aa " + sign + " bb").size() != 2) return;
    const bool is_mark = c == ':' || c == 0xFF1A || (is_looked_at && is_bullet(c) && !is_stop);
    marks += is_mark ? 1 : 0;
    for (const std::size_t before : {2, 59, 60, 61, 62, 63, 190, 240}) {
      const std::string line = std::string(before, 'a') + " " + sign + " bb";
      // A colon's place is its own, that of another sign the blank before it.
      const std::size_t place = before + (c == ':' || c == 0xFF1A ? 1 : 0);
      ASSERT_EQ(label(line) != 0, is_mark && place < 200) << line;
    }
  });
  EXPECT_GT(marks, 500U);
}

TEST(Outline, KnowsDigitsOfEveryScript) {
  for_each_character([](char32_t c) {
    const std::vector<OutlineLine> lines = outline(utf8(c));
    if (lines.size() != 1 || lines.front().tokens != 1) return;
    const OutlineLine& line = lines.front();
    ASSERT_EQ(line.begins_with_number, is_decimal_digit(c)) << utf8(c);
    ASSERT_EQ(line.shape == shape("7"), is_decimal_digit(c)) << utf8(c);
  });
}

TEST(Outline, KnowsEverySignThatEndsASentence) {
  for_each_character([](char32_t c) {
    const bool ends = sentence_part(c) == SentencePart::end || c == U'\u2026';
    const bool may_be_title = c == '?' || c == '!' || c == U'\u061F';
    if (sentence_part(c) == SentencePart::close) return;
    const std::vector<OutlineLine> lines = outline("They came" + utf8(c));
    if (lines.empty() || lines.front().text_end != 9 + utf8(c).size()) return;  // a blank
    ASSERT_EQ(lines.front().ends_sentence, ends && !may_be_title) << utf8(c);
  });
}

TEST(Outline, CountsTheCharactersOfEachLine) {
  Random random(5);
  for (int n = 0; n < 20'000; ++n) {
    const std::string text =
        random_lines(random) + std::string(random.below(100), 'x') + "\n" + random_lines(random);
    for (const OutlineLine& line : outline(text)) {
      const std::string own = text.substr(line.text_begin, line.bytes());
      const auto count =
          std::count_if(own.begin(), own.end(), [](char byte) { return (byte & 0xC0) != 0x80; });
      ASSERT_EQ(line.characters, count) << text;
    }
  }
}

TEST(Outline, KnowsTheMiddleOfAWrappedParagraphByItsBytes) {
  const std::string middle = "and then the council said that the bridge would be opened soon\n";
  std::string text;
  for (int n = 0; n < 20; ++n)
    text += n == 10 ? middle : "The council said on Monday that the old bridge had to be closed,\n";
  const std::uint64_t by_words = line_of(middle).key;
  const std::vector<OutlineLine> lines = outline(text);
  EXPECT_NE(lines[10].key, by_words);
  EXPECT_EQ(lines[10].key, lines[10].shape);
  EXPECT_EQ(lines[10].label | lines[10].rest | lines[10].word, 0U);
  EXPECT_EQ(lines[9].key, lines[11].key);
  EXPECT_NE(lines[9].key, lines[0].key);  // labels and names stand at the ends
  // Between blank lines, with a bullet, a mark, or short, it may be a title or a label.
  for (const std::string& line :
       {"\n" + middle + "\n", "* " + middle, "A label: " + middle, std::string("The bridge\n")}) {
    std::string other = text;
    other.replace(other.find(middle), middle.size(), line);
    EXPECT_EQ(outline(other)[10].key, line_of(line).key) << line;
  }
}

TEST(OutlineTitle, HasTheKeyOfTheLineForAnyShortLine) {
  Random random(4);
  int titles = 0;
  for (int n = 0; n < 20'000; ++n) {
    const std::string text = random_lines(random);
    for (const OutlineLine& line : outline(text)) {
      const std::uint64_t title = key_of(text.substr(line.text_begin, line.bytes()));
      ASSERT_EQ(title, line.characters > kLongLine ? 0 : line.key) << text;
      titles += title != 0 ? 1 : 0;
    }
  }
  EXPECT_GT(titles, 20'000);
}

}  // namespace
}  // namespace kithkin
