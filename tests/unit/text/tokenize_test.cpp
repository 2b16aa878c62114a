// The fast text pass against its definition by ICU (text/normalize.h), on every code point and on
// random text, and what folding and segmentation mean: which spellings are the same word.
#include "text/tokenize.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <gtest/gtest.h>
#include <iomanip>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "text/normalize.h"

namespace kithkin {
namespace {

using Words = std::vector<std::string>;

std::string encode(char32_t c) {
  unsigned char bytes[4];
  return {reinterpret_cast<const char*>(bytes), encode_utf8(c, bytes)};
}

std::string encode(std::u32string_view code_points) {
  std::string out;
  for (const char32_t c : code_points)
    out += encode(c);
  return out;
}

Words words(std::string_view text) {
  Words out;
  for (const Token& token : tokenize(text))
    out.push_back(token.folded);
  return out;
}
Words words(std::u32string_view text) { return words(encode(text)); }

std::string hex(std::string_view bytes) {
  constexpr std::size_t kShown = 120;
  if (bytes.size() > kShown) return hex(bytes.substr(0, kShown)) + "...";
  std::ostringstream out;
  out << std::hex << std::setfill('0');
  for (const unsigned char c : bytes)
    out << std::setw(2) << static_cast<unsigned>(c) << ' ';
  return out.str();
}

std::string show(const Words& tokens, std::size_t begin) {
  std::string out;
  for (std::size_t i = begin; i < std::min(begin + 20, tokens.size()); ++i)
    out += "[" + tokens[i] + "]";
  return out;
}

/// Empty where both are equal, else what follows from the first difference on.
std::string difference(const Words& fast, const Words& slow) {
  if (fast == slow) return {};
  const auto at = std::mismatch(fast.begin(), fast.end(), slow.begin(), slow.end()).first;
  const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at - fast.begin() - 1, 0));
  return "\n  fast: " + show(fast, begin) + "\n  ICU:  " + show(slow, begin);
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); i += decode_utf8(text, i).size)
    out += decode_utf8(text, i).code_point;
  return out;
}

bool on_border(std::string_view text, std::uint64_t at) {
  for (std::size_t i = 0; i < at;) {
    i += decode_utf8(text, i).size;
    if (i > at) return false;
  }
  return true;
}

/// Empty where the token's place is right: inside the text, not before the token before it (of "℅"
/// come two, at one place), on borders of characters, and over bytes that fold to it.
std::string misplaced(std::string_view text, const Token& token, const Token* before) {
  if (token.begin >= token.end || token.end > text.size()) return "out of bounds";
  if (before != nullptr && (token.begin < before->begin || token.end < before->end)) {
    return "not behind the token before it";
  }
  if (!on_border(text, token.begin) || !on_border(text, token.end)) return "inside a character";
  const auto slice = text.substr(token.begin, token.end - token.begin);
  if (to_utf8(fold_with_icu(to_code_points(slice))).find(token.folded) == std::string::npos) {
    return "over bytes that do not fold to it";
  }
  return {};
}

/// Empty where the fast pass is right about a text in all it says of it.
std::string fault(std::string_view text) {
  static Tokenizer tokenizer;  // reused, as the pipeline does
  static std::vector<Token> tokens;
  static std::vector<TokenSpan> spans;
  static std::vector<TokenHash> hashes;
  tokenizer.spell(text, tokens);
  tokenizer.locate(text, spans);
  tokenizer.hash(text, hashes);
  Words fast;
  for (const Token& token : tokens)
    fast.push_back(token.folded);
  const std::string different = difference(fast, tokenize_with_icu(text));
  if (!different.empty()) return hex(text) + different;
  if (spans.size() != tokens.size() || hashes.size() != tokens.size()) {
    return hex(text) + "\n  spell, locate and hash do not find the same number of tokens";
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto wrong = misplaced(text, tokens[i], i > 0 ? &tokens[i - 1] : nullptr);
    if (!wrong.empty()) return hex(text) + "\n  [" + tokens[i].folded + "] stands " + wrong;
    std::string padded = tokens[i].folded;
    padded.append(8, '\0');
    const TokenHash hash =
        hash_token(reinterpret_cast<const unsigned char*>(padded.data()), tokens[i].folded.size());
    if (hashes[i] != hash || spans[i].hash != hash || spans[i].begin != tokens[i].begin ||
        spans[i].end != tokens[i].end) {
      return hex(text) + "\n  [" + tokens[i].folded + "] is not hashed or located as it is spelled";
    }
  }
  return {};
}

/// Reports the first faults and counts the others: thousands of messages help nobody.
class Judge {
 public:
  ~Judge() { EXPECT_EQ(faults_, 0); }
  void check(std::string_view text) {
    const std::string wrong = fault(text);
    if (!wrong.empty() && faults_++ < 5) ADD_FAILURE() << wrong;
  }
  /// Texts with line ends between, as one text; one by one only where that goes wrong.
  void check(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts)
      all += text + "\n";
    const std::string wrong = fault(all);
    if (wrong.empty()) return;
    const int before = faults_;
    for (const auto& text : texts)
      check(text);
    if (faults_ == before && faults_++ < 5) ADD_FAILURE() << wrong;
  }

 private:
  int faults_ = 0;
};

/// Every code point of [begin, end), alone and in company.
void check_code_points(char32_t begin, char32_t end, char32_t step = 1) {
  Judge judge;
  std::vector<std::string> alone, in_company;
  for (char32_t c = begin; c < end; c += step) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const std::string e = encode(c);
    alone.push_back(e);
    in_company.push_back("a" + e + "b");
    in_company.push_back("1" + e + "2");
    in_company.push_back("x " + e + " ש" + e + "ש");
    in_company.push_back("東" + e + "京");
    if (alone.size() < 16) continue;
    judge.check(alone);
    judge.check(in_company);
    alone.clear(), in_company.clear();
  }
  judge.check(alone);
  judge.check(in_company);
}

TEST(TokenizeAgainstIcu, EveryCodePointOfTheFirstEighthOfTheBasicPlane) {
  check_code_points(0, 0x2000);
}
TEST(TokenizeAgainstIcu, EveryCodePointOfSymbolsAndCjk) { check_code_points(0x2000, 0xA000); }
TEST(TokenizeAgainstIcu, EveryCodePointOfTheRestOfTheBasicPlane) {
  check_code_points(0xA000, 0x10000);
}
TEST(TokenizeAgainstIcu, EveryCodePointOfTheSupplementaryMultilingualPlane) {
  check_code_points(0x10000, 0x20000);
}
TEST(TokenizeAgainstIcu, EveryCodePointOfTheIdeographicPlanes) {
  check_code_points(0x20000, 0x33480);  // past the last block of Unicode 15
}
TEST(TokenizeAgainstIcu, EveryCodePointOfTheSpecialPurposePlane) {
  check_code_points(0xE0000, 0xE1000);
}
TEST(TokenizeAgainstIcu, SamplesOfThePrivateAndTheUnassignedPlanes) {
  check_code_points(0x33480, 0xE0000, 241);
  check_code_points(0xE1000, 0x110000, 61);
}

/// Draws texts out of ranges of code points that are hard to segment or to normalize.
class RandomText {
 public:
  explicit RandomText(std::uint64_t seed) : random_(seed) {}

  std::string next() {
    std::string out;
    const Range& theme = pick();
    const std::size_t length = 1 + random_() % 14;
    for (std::size_t i = 0; i < length; ++i)
      out += encode(next_code_point(theme));
    return out;
  }

  std::string bytes() {
    std::string out;
    const std::size_t length = 1 + random_() % 16;
    for (std::size_t i = 0; i < length; ++i)
      out += static_cast<char>(random_());
    return out;
  }

  /// A text with bytes of it changed, dropped or cut.
  std::string damaged() {
    std::string out = next() + next();
    const std::size_t at = random_() % out.size();
    switch (random_() % 3) {
      case 0: out[at] = static_cast<char>(random_()); break;
      case 1: out.erase(at, 1); break;
      default: out.resize(at + 1);
    }
    return out;
  }

 private:
  struct Range {
    char32_t begin, end;
  };
  static constexpr std::array kRanges = {
      Range{0x20, 0x7F},       Range{0x20, 0x7F},       Range{0x30, 0x3A},
      Range{0x61, 0x7B},       Range{0x27, 0x28},       Range{0x2E, 0x2F},
      Range{0xA0, 0x180},      Range{0x300, 0x370},     Range{0x300, 0x346},
      Range{0x370, 0x400},     Range{0x400, 0x530},     Range{0x591, 0x5F5},
      Range{0x600, 0x700},     Range{0x64B, 0x660},     Range{0x610, 0x61B},
      Range{0x700, 0x750},     Range{0x8A0, 0x900},     Range{0x900, 0x980},
      Range{0x93C, 0x94E},     Range{0x980, 0xA00},     Range{0xA00, 0xB00},
      Range{0xB00, 0xC00},     Range{0xC00, 0xD00},     Range{0xD00, 0xE00},
      Range{0xE01, 0xE5C},     Range{0xE80, 0xEE0},     Range{0xF00, 0x1000},
      Range{0xF71, 0xF85},     Range{0x1000, 0x10A0},   Range{0x1100, 0x1200},
      Range{0x1161, 0x1176},   Range{0x11A8, 0x11C3},   Range{0x1780, 0x1800},
      Range{0x17B4, 0x17D4},   Range{0x1AB0, 0x1B80},   Range{0x1E00, 0x2000},
      Range{0x200B, 0x2010},   Range{0x200C, 0x200E},   Range{0x2010, 0x2070},
      Range{0x20D0, 0x20F1},   Range{0x2100, 0x2190},   Range{0x3001, 0x3030},
      Range{0x3041, 0x3100},   Range{0x3099, 0x309B},   Range{0x30A1, 0x3100},
      Range{0x4E00, 0x4E40},   Range{0xA8E0, 0xA8F2},   Range{0xAC00, 0xAC80},
      Range{0xD7B0, 0xD7FC},   Range{0xF900, 0xFA00},   Range{0xFB1D, 0xFB50},
      Range{0xFB50, 0xFE00},   Range{0xFE00, 0xFE10},   Range{0xFE20, 0xFE30},
      Range{0xFE70, 0xFF00},   Range{0xFF00, 0xFFF0},   Range{0x110BA, 0x110BB},
      Range{0x11080, 0x110C0}, Range{0x1D165, 0x1D1AE}, Range{0x1D7CE, 0x1D800},
      Range{0x1F1E6, 0x1F200}, Range{0x1F3FB, 0x1F400}, Range{0x1F468, 0x1F46A},
      Range{0x2F800, 0x2FA1E}, Range{0xE0020, 0xE0080}, Range{0xE0100, 0xE0110},
  };

  const Range& pick() { return kRanges[random_() % kRanges.size()]; }
  char32_t in(const Range& range) {
    return range.begin + static_cast<char32_t>(random_() % (range.end - range.begin));
  }
  /// Half of a text comes from one range: sequences are what is hard.
  char32_t next_code_point(const Range& theme) {
    const auto dice = random_() % 64;
    if (dice == 0) {
      const auto c = static_cast<char32_t>(random_() % 0x30000);
      return c >= 0xD800 && c < 0xE000 ? U' ' : c;
    }
    if (dice == 1) return 0x200D;
    return in(dice < 36 ? theme : pick());
  }

  std::mt19937_64 random_;
};

void check_random_texts(std::uint64_t seed, int count) {
  Judge judge;
  RandomText text(seed);
  std::vector<std::string> batch(4);
  for (int n = 0; n < count; n += 4) {
    for (auto& t : batch)
      t = text.next();
    judge.check(batch);
  }
}

TEST(TokenizeAgainstIcu, RandomTextsOfHardScriptsFirstPart) { check_random_texts(1, 120'000); }
TEST(TokenizeAgainstIcu, RandomTextsOfHardScriptsSecondPart) { check_random_texts(2, 120'000); }

TEST(TokenizeAgainstIcu, RandomTextsByThemselves) {
  Judge judge;
  RandomText text(3);
  for (int n = 0; n < 30'000; ++n)
    judge.check(text.next());
}

TEST(TokenizeAgainstIcu, RandomBytes) {
  Judge judge;
  RandomText text(4);
  for (int n = 0; n < 30'000; ++n)
    judge.check(text.bytes());
}

TEST(TokenizeAgainstIcu, DamagedTexts) {
  Judge judge;
  RandomText text(5);
  for (int n = 0; n < 30'000; ++n)
    judge.check(text.damaged());
}

// Found by the random texts: "℅" folds to "c/o", in which the slash ends a word, and the mark out
// of order behind it makes the pass go back.
TEST(TokenizeAgainstIcu, ACharacterThatFoldsToTwoWordsBeforeMarksOutOfOrder) {
  for (const char32_t sign : {0x2100, 0x2101, 0x2105, 0x2106}) {
    EXPECT_EQ(fault(encode(sign) + encode(0x0F74) + encode(0x0F71)), "");
    EXPECT_EQ(fault("x " + encode(sign) + encode(0x3099) + encode(0x093C) + " y"), "");
  }
}

TEST(TokenizeAgainstIcu, LongTextsWithoutASeparator) {
  Judge judge;
  RandomText text(6);
  for (int n = 0; n < 20; ++n) {
    std::string joined;
    while (joined.size() < 10'000) {
      const std::string piece = text.next();
      if (piece.find_first_of(" \n\r\t") == std::string::npos) joined += piece;
    }
    judge.check(joined);
  }
}

// A fuzzer's find: words were taken to have grown long only where letters of one or two bytes had
// been appended last. So here others are, at every size around the longest that is taken at once.
TEST(TokenizeAgainstIcu, WordsOfEverySizeAroundTheLongestThatIsTakenAtOnce) {
  Judge judge;
  for (std::size_t before = 230; before < 262; ++before) {
    const std::string head = std::string(before, 'a') + "'";
    for (const std::string letter : {"b", "\u0431", "\u10D0", "\U00010330", "b'", "7."}) {
      std::string tail, only;
      for (int n = 0; n < 90; ++n)
        tail += letter;
      while (only.size() < before)
        only += letter;
      for (const std::string end : {"", " c", "\u0301", "@\xDF"})  // the last two are hard
        judge.check({head + tail + end, only + end, only + tail + end});
    }
  }
}

// Words are found 64 bytes and 8192 bytes at a time: every character has to come through at every
// place of both.
TEST(TokenizeAgainstIcu, WordsAcrossBlocksAndSegments) {
  const std::string words =
      "It\u2019s l'\u00C9tat, 3.14\u060C \u0643\u064E\u062A\u064E\u0628\u064E, \u00ABU.S.\u00BB "
      "a_b@c \u0639\u0644\u0649\u060C \u05E9\u05DC\u05D5\u05DD' x\u0301y \u6771\u4EAC\u3002 "
      "co\u00ADop \u2014 na\u00EFve\u0640 1,000.5 e.g. \U0001F468 caf\u00E9";
  Judge judge;
  for (const std::size_t before : {0, 8192 - 200}) {
    for (std::size_t more = 0; more < 200; more += before == 0 ? 1 : 5) {
      std::string text;
      while (text.size() + 5 <= before + more)
        text += "word ";
      text.resize(before + more, '.');
      judge.check(text + words);
      if (before == 0) judge.check(text + words + " and on");
    }
  }
}

TEST(TokenizeAgainstIcu, LongRandomTexts) {
  Judge judge;
  RandomText text(7);
  for (int n = 0; n < 30; ++n) {
    std::string joined;
    while (joined.size() < 20'000)
      joined += text.next() + (n % 3 == 0 ? " of words, " : n % 3 == 1 ? " " : "'");
    judge.check(joined);
  }
}

// More marks than are folded together, of those that stay and those that folding takes off, in
// order and out of it, behind letters that compose with them, behind spaces and behind joiners.
TEST(TokenizeAgainstIcu, RunsOfMarksAroundTheMostThatAreFoldedTogether) {
  const std::u32string marks =
      U"\u0E48\u0E38\u0E3A\u093C\u094D\u3099\u0301\u0650\u0651\u1160\u11A8\u0345";
  const std::u32string between = U"\u0E01\u0915\u304B\u1100\uAC00a\u0640\u200D .'\u0627";
  std::mt19937_64 random(7);
  for (int n = 0; n < 4000; ++n) {
    std::u32string text;
    for (int run = 0; run < 3; ++run) {
      const auto lead = random() % 3;
      for (std::size_t i = 0; i < lead; ++i)
        text += between[random() % between.size()];
      const std::size_t kinds = 1 + random() % marks.size(), first = random() % marks.size();
      const std::size_t count = random() % 2 ? random() % 6 : 25 + random() % 50;
      for (std::size_t i = 0; i < count; ++i)
        text += marks[(first + random() % kinds) % marks.size()];
    }
    std::vector<std::string> folded;
    for (const Token& token : tokenize(to_utf8(text)))
      folded.push_back(token.folded);
    ASSERT_EQ(folded, tokenize_with_icu(to_utf8(text))) << to_utf8(text);
  }
}

TEST(Tokenize, TheTablesAreOfTheIcuThatIsLinked) {
  EXPECT_EQ(unicode_version(), icu_unicode_version());
}

// What a text comes out as. Changing a line here is a decision: fingerprints change with it.
TEST(Tokenize, GoldenTokens) {
  const std::vector<std::pair<std::string_view, Words>> golden = {
      {"", {}},
      {" \n\t", {}},
      {"... -- !", {}},
      {"The quick (\"brown\") fox can't jump 32.3 feet, right?",
       {"the", "quick", "brown", "fox", "can't", "jump", "32.3", "feet", "right"}},
      {"Don’t  ملكُ 3.14 東京都", {"don't", "ملك", "3.14", "東京", "京都"}},
      {"state-of-the-art e.g. U.S.A. a_b", {"state", "of", "the", "art", "e.g", "u.s.a", "a_b"}},
      {"1,234.50 12:30 5% 1/2 ½", {"1,234.50", "12", "30", "5", "1", "2", "1⁄2"}},
      {"Straße STRASSE", {"strasse", "strasse"}},
      {"ﬁn Ⅷ ｆｕｌｌ", {"fin", "viii", "full"}},
      {"Crème brûlée, Ångström", {"creme", "brulee", "angstrom"}},
      {"ΣΊΣΥΦΟΣ", {"σισυφοσ"}},
      {"Ёлка ёж", {"елка", "еж"}},
      {"الإسْلامُ ١٢٣", {"الاسلام", "123"}},
      {"شـــكرًا", {"شكرا"}},
      {"רמת־גן צה\"ל ג'ירפה", {"רמת", "גן", "צה\"ל", "ג'ירפה"}},
      {"हिन्दी में लिखा", {"हिन्दी", "में", "लिखा"}},
      {"日", {"日"}},
      {"日本語を話す", {"日本", "本語", "語を", "を話", "話す"}},
      {"カタカナ ｶﾀ", {"カタ", "タカ", "カナ", "カタ"}},
      {"ภาษาไทย", {"ภา", "าษ", "ษา", "าไ", "ไท", "ทย"}},
      {"한국어 문장", {"한국어", "문장"}},
      {"mail@example.com www.example.org", {"mail@example.com", "www.example.org"}},
      {"😀 👩‍🚀 ok", {"ok"}},
      {"a\xFF\xFE b\xC3", {"a", "b"}},
  };
  for (const auto& [text, expected] : golden) {
    EXPECT_EQ(words(text), expected) << "  text: " << text;
    EXPECT_EQ(fault(text), "");
  }
}

TEST(Tokenize, TokensStandWhereTheyWereRead) {
  const std::string_view text = "¡Olé! “Don’t” 東京都";
  const auto tokens = tokenize(text);
  ASSERT_EQ(tokens.size(), 4U);
  const auto slice = [&](std::size_t i) {
    return text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
  };
  EXPECT_EQ(slice(0), "Olé");
  EXPECT_EQ(slice(1), "Don’t");
  EXPECT_EQ(slice(2), "東京");
  EXPECT_EQ(slice(3), "京都");
}

TEST(Tokenize, APeriodBehindAWordIsNoPartOfItsPlace) {
  const auto tokens = tokenize("end. 3.");
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].end, 3U);
  EXPECT_EQ(tokens[1].end, 6U);
}

TEST(Tokenize, ATokenizerForgetsTheTextBefore) {
  Tokenizer tokenizer;
  std::vector<Token> tokens;
  tokenizer.spell("one two thr", tokens);
  tokenizer.spell("ee", tokens);
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens[0].folded, "ee");
  tokenizer.spell("", tokens);
  EXPECT_TRUE(tokens.empty());
}

TEST(Tokenize, AWordLongerThanAnyBufferIsOneToken) {
  for (const std::size_t size : {4095U, 4096U, 4097U, 1'000'000U}) {
    const auto tokens = tokenize(std::string(size, 'A') + " b");
    ASSERT_EQ(tokens.size(), 2U);
    EXPECT_EQ(tokens[0].folded, std::string(size, 'a'));
    EXPECT_EQ(tokens[0].end, size);
  }
}

TEST(Tokenize, MarksWithoutEndAreFoldedInReasonableTime) {
  std::string text = "a";
  for (int i = 0; i < 20'000; ++i)
    text += "\u0301\u0323";
  EXPECT_EQ(words(text), Words{"a"});
}

// Arabic ---------------------------------------------------------------------------------------

TEST(Tokenize, MarksOutOfOrderWithoutEndAreFoldedInReasonableTime) {
  std::string text = "\u0E01";
  for (int i = 0; i < 500'000; ++i)
    text += "\u0E48\u0E38";
  EXPECT_FALSE(tokenize(text).empty());
}

TEST(TokenizeArabic, HarakatAndQuranicMarksDoNotCount) {
  EXPECT_EQ(words("مُحَمَّدٌ"), words("محمد"));
  EXPECT_EQ(words("ٱلْعَرَبِيَّةُ"), words("العربية"));
  EXPECT_EQ(words(U"\u0643\u0650\u062A\u0670\u0628"), words(U"\u0643\u062A\u0628"));
}

TEST(TokenizeArabic, TatweelDoesNotCount) {
  EXPECT_EQ(words("عـــــاجل"), words("عاجل"));
  EXPECT_EQ(words("ـ"), Words{});
}

TEST(TokenizeArabic, FormsOfAlefAreOneLetter) {
  for (const std::u32string_view alef : {U"\u0623", U"\u0625", U"\u0622", U"\u0671", U"\u0672",
                                         U"\u0627\u0654", U"\u0627\u0655", U"\u0627\u0653"}) {
    EXPECT_EQ(words(encode(alef) + "حمد"), words("احمد")) << encode(alef);
  }
}

TEST(TokenizeArabic, FormsOfYehKafAndHehAreOneLetter) {
  EXPECT_EQ(words("على"), words("علي"));
  EXPECT_EQ(words("علی"), words("علي"));        // Farsi yeh
  EXPECT_EQ(words("کتاب"), words("كتاب"));      // keheh
  EXPECT_EQ(words("مدرسة"), words("مدرسه"));    // teh marbuta
  EXPECT_EQ(words("ہمدرسہ"), words("همدرسه"));  // heh goal
  EXPECT_EQ(words("مسؤول"), words("مسوول"));    // hamza is a mark on its bearer
  EXPECT_NE(words("ماء"), words("ما"));         // and a letter by itself
  EXPECT_NE(words("تاب"), words("ثاب"));        // dots are letters
}

TEST(TokenizeArabic, PresentationFormsAreTheirLetters) {
  EXPECT_EQ(words(U"\uFEB3\uFEFC\uFEE1"), words("سلام"));  // seen, lam-alef, meem
  EXPECT_EQ(words(U"\uFEF7\uFEB3"), words("لاس"));         // lam with alef and hamza
  EXPECT_EQ(words(U"\uFDF2"), words("الله"));
  EXPECT_EQ(words(U"\uFBFC"), words("ي"));
}

TEST(TokenizeArabic, DigitsOfBothKindsAreDigits) {
  EXPECT_EQ(words("٢٠١٥"), Words{"2015"});
  EXPECT_EQ(words("۲۰۱۵"), Words{"2015"});
  EXPECT_EQ(words("٣٫١٤"), Words{"3.14"});
  EXPECT_EQ(words("١٬٢٣٤"), Words{"1,234"});
}

TEST(TokenizeArabic, PunctuationSeparates) {
  EXPECT_EQ(words("نعم، لا؛ لماذا؟"), (Words{"نعم", "لا", "لماذا"}));
}

// Numbers and apostrophes ------------------------------------------------------------------------

TEST(TokenizeNumbers, ADecimalIsOneToken) {
  EXPECT_EQ(words("3.14"), Words{"3.14"});
  EXPECT_EQ(words("1,000,000"), Words{"1,000,000"});
}

TEST(TokenizeNumbers, DifferentNumbersStayDifferent) {
  EXPECT_NE(words("3.14"), words("314"));
  EXPECT_NE(words("3.14"), words("3,14"));
  EXPECT_NE(words("2015"), words("2016"));
  EXPECT_NE(words("10"), words("100"));
}

TEST(TokenizeNumbers, DigitsOfEveryScriptAreDigits) {
  EXPECT_EQ(words("१२३"), Words{"123"});
  EXPECT_EQ(words("๑๒๓"), Words{"123"});
  EXPECT_EQ(words("១២៣"), Words{"123"});
  EXPECT_EQ(words("１２３"), Words{"123"});
  EXPECT_EQ(words(U"\U0001D7CF\U0001D7D0"), Words{"12"});  // bold ones
}

TEST(TokenizeApostrophes, TypewriterAndTypographicOnesAreEqual) {
  EXPECT_EQ(words("don't"), Words{"don't"});
  for (const std::string_view text : {"don’t", "don‘t", "don‛t", "DON＇T"}) {
    EXPECT_EQ(words(text), Words{"don't"}) << text;
  }
  EXPECT_EQ(words("‘quoted’"), Words{"quoted"});
}

// Scripts without spaces -------------------------------------------------------------------------

TEST(TokenizeBigrams, HanAndKanaGiveOverlappingPairs) {
  EXPECT_EQ(words("北京大学"), (Words{"北京", "京大", "大学"}));
  EXPECT_EQ(words("ひらカタ"), (Words{"ひら", "らカ", "カタ"}));
  EXPECT_EQ(words("東"), Words{"東"});
}

TEST(TokenizeBigrams, ThaiLaoKhmerAndMyanmarGivePairsOfWholeClusters) {
  EXPECT_EQ(words("กินข้าว"), (Words{"กิน", "นข้", "ข้า", "าว"}));
  EXPECT_EQ(words("ភាសាខ្មែរ").size(), tokenize_with_icu("ភាសាខ្មែរ").size());
  for (const Token& token : tokenize("ភាសាខ្មែរ")) {
    const char32_t first = decode_utf8(token.folded, 0).code_point;
    EXPECT_TRUE(first >= 0x1780 && first < 0x17B4)
        << token.folded;  // no cluster begins with a mark
  }
  EXPECT_EQ(words("ພາ"), words(U"\u0E9E\u0EB2"));
}

TEST(TokenizeBigrams, OtherScriptsEndARun) {
  EXPECT_EQ(words("東京2020大会"), (Words{"東京", "2020", "大会"}));
  EXPECT_EQ(words("東京tokyo大阪"), (Words{"東京", "tokyo", "大阪"}));
  EXPECT_EQ(words("東京、大阪"), (Words{"東京", "大阪"}));
}

TEST(TokenizeBigrams, VoicedKanaDifferFromUnvoiced) {
  EXPECT_NE(words("が"), words("か"));
  EXPECT_NE(words("パ"), words("ハ"));
  EXPECT_EQ(words(U"\u304B\u3099"), words(U"\u304C"));  // composed or not
  EXPECT_EQ(words(U"\uFF76\uFF9E"), words(U"\u30AC"));  // halfwidth too
}

// Normalization ----------------------------------------------------------------------------------

TEST(TokenizeForms, ComposedDecomposedAndCompatibilityFormsAreEqual) {
  const std::vector<std::vector<std::u32string_view>> equal = {
      {U"caf\u00E9", U"cafe\u0301", U"CAF\u00C9", U"\uFF43\uFF41\uFF46\u00E9"},
      {U"\u1EAD", U"a\u0323\u0302", U"a\u0302\u0323", U"\u00E2\u0323"},
      {U"\u0439", U"\u0438\u0306"},             // Cyrillic short i
      {U"\u03AC", U"\u03B1\u0301", U"\u1F71"},  // Greek
      {U"\u0624", U"\u0648\u0654"},             // Arabic waw with hamza
      {U"\uFB2A", U"\u05E9\u05C1", U"\u05E9"},  // Hebrew shin
      {U"\uD55C", U"\u1112\u1161\u11AB"},       // Hangul
      {U"\u0929", U"\u0928\u093C"},             // Devanagari nnna
      {U"\u0958", U"\u0915\u093C"},             // qa, which NFC decomposes
      {U"\u09CB", U"\u09C7\u09BE"},             // Bengali o
      {U"\u0BCA", U"\u0BC6\u0BBE"},             // Tamil o
      {U"\u1026", U"\u1025\u102E"},             // Myanmar uu
      {U"\uF900\u4EAC", U"\u8C48\u4EAC"},       // CJK compatibility
      {U"\u212B", U"\u00C5", U"A\u030A"},       // Ångström sign
      {U"\uFB03", U"ffi"},
  };
  for (const auto& forms : equal) {
    for (const auto form : forms) {
      const std::u32string in_company = U"x " + std::u32string(form) + U" 1";
      EXPECT_EQ(words(form), words(forms[0])) << hex(encode(form));
      EXPECT_EQ(words(in_company).size(), words(forms[0]).size() + 2) << hex(encode(form));
      EXPECT_EQ(fault(encode(in_company)), "");
    }
  }
}

TEST(TokenizeForms, HindiVowelSignsAndNuktaCount) {
  EXPECT_NE(words("की"), words("का"));
  EXPECT_NE(words("कि"), words("क"));
  EXPECT_NE(words("ज़रा"), words("जरा"));
  EXPECT_EQ(words(U"\u091C\u093C\u0930\u093E"), words(U"\u095B\u0930\u093E"));
}

TEST(TokenizeForms, AMarkOutOfOrderIsPutInOrderInsideAWord) {
  EXPECT_EQ(words(U"\u0915\u094D\u093C\u0924"), words(U"\u0915\u093C\u094D\u0924"));
}

TEST(TokenizeForms, SoftHyphensAndJoinersAreIgnored) {
  EXPECT_EQ(words(U"co\u00ADopera\u00ADtion"), Words{"cooperation"});
  EXPECT_EQ(words(U"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"),
            words(U"\u0645\u06CC\u062E\u0648\u0627\u0647\u0645"));
  EXPECT_EQ(words(U"a\u200Db"), words("ab"));
  EXPECT_EQ(words(U"a\uFEFFb"), words("ab"));
}

TEST(TokenizeForms, CaseDoesNotCountInAnyScript) {
  EXPECT_EQ(words("ИЗВЕСТИЯ"), words("известия"));
  EXPECT_EQ(words("ΑΘΗΝΑ"), words("αθηνα"));
  EXPECT_EQ(words("ԵՐԵՎԱՆ"), words("երեվան"));
  EXPECT_EQ(words("İSTANBUL"), words("istanbul"));
}

TEST(TokenizeForms, NonBreakingSpacesAndLineSeparatorsSeparate) {
  EXPECT_EQ(words(U"a\u00A0b\u2028c\u3000d\u202Fe"), (Words{"a", "b", "c", "d", "e"}));
}

}  // namespace
}  // namespace kithkin
