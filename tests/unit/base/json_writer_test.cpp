// What is written is JSON, the same bytes everywhere, and numbers come back as they were.
#include "base/json_writer.h"

#include <bit>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "unit/base/random.h"

namespace kithkin {
namespace {

using namespace std::string_view_literals;

std::string as_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string written(double value) {
  std::string out;
  append_json_number(out, value);
  return out;
}

TEST(JsonString, QuotesAndBackslashesAreEscaped) {
  EXPECT_EQ(as_json(R"(say "yes" \ no)"), R"("say \"yes\" \\ no")");
}

TEST(JsonString, LineEndsAndTabsHaveShortEscapes) { EXPECT_EQ(as_json("\n\r\t"), R"("\n\r\t")"); }

TEST(JsonString, NoControlCharacterIsWrittenAsItIs) {
  for (int c = 0; c < 0x20; ++c) {
    const std::string out = as_json(std::string(1, static_cast<char>(c)));
    ASSERT_EQ(out[1], '\\') << c;
    for (const char byte : out)
      EXPECT_GE(byte, 0x20) << c;
  }
  EXPECT_EQ(as_json("\0"sv), R"("\u0000")");
  EXPECT_EQ(as_json("\x1f"), R"("\u001f")");
  EXPECT_EQ(as_json("\x7f"), R"("\u007f")");
}

TEST(JsonString, OtherCharactersAreWrittenAsTheyAre) {
  for (int c = 0x20; c < 0x7f; ++c) {
    if (c == '"' || c == '\\') continue;
    const std::string text(1, static_cast<char>(c));
    EXPECT_EQ(as_json(text), '"' + text + '"');
  }
  EXPECT_EQ(as_json("é ﷺ 東 😀"), "\"é ﷺ 東 😀\"");
}

TEST(JsonString, EachByteThatIsNotUtf8BecomesAReplacementCharacter) {
  EXPECT_EQ(as_json("a\xFFz"), "\"a\uFFFDz\"");
  EXPECT_EQ(as_json("\x80"), "\"\uFFFD\"");
  EXPECT_EQ(as_json("\xC0\xAF"), "\"\uFFFD\uFFFD\"");                      // overlong
  EXPECT_EQ(as_json("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");            // a surrogate
  EXPECT_EQ(as_json("\xF4\x90\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");  // past U+10FFFF
  EXPECT_EQ(as_json("\xE2\x82\""), "\"\uFFFD\uFFFD\\\"\"");                // cut short by a quote
}

TEST(JsonString, ACharacterCutAtTheEndDoesNotReadOn) {
  const std::string euro = "\xE2\x82\xAC";
  EXPECT_EQ(as_json(std::string_view(euro).substr(0, 1)), "\"\uFFFD\"");
  EXPECT_EQ(as_json(std::string_view(euro).substr(0, 2)), "\"\uFFFD\uFFFD\"");
}

TEST(JsonString, OfAnyTextIsThatOfItsCharactersOneByOne) {
  constexpr std::string_view kPieces[] = {"a",    " ",    "longer than eight",
                                          "\"",   "\\",   "\n",
                                          "\x7f", "é",    "مرحبا",
                                          "東",   "😀",    "\xFF",
                                          "\xD9", "\x80", "~",
                                          "\x1f"};
  Random random(7);
  for (int n = 0; n < 50'000; ++n) {
    std::string text, expected = "\"";
    const bool is_plain = random.chance(.5);
    for (std::uint64_t pieces = random.below(30); pieces > 0; --pieces)
      text += kPieces[is_plain && random.chance(.9) ? random.index(3)
                                                    : random.index(std::size(kPieces))];
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = decode_utf8(text, at).size;
      const std::string one = as_json(text.substr(at, size));
      expected += one.substr(1, one.size() - 2);
      at += size;
    }
    ASSERT_EQ(as_json(text), expected + '"');
  }
}

TEST(JsonNumber, IsTheShortestThatReadsBack) {
  EXPECT_EQ(written(0), "0");
  EXPECT_EQ(written(1), "1");
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(2.0 / 3), "0.6666666666666666");
  EXPECT_EQ(written(-2.5), "-2.5");
}

TEST(JsonNumber, ReadsBackBitForBit) {
  Random random(1);
  for (int i = 0; i < 100000; ++i) {
    const auto value = std::bit_cast<double>(random.word());
    if (!std::isfinite(value)) continue;
    const std::string text = written(value);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)),
              std::bit_cast<std::uint64_t>(value))
        << text;
  }
}

TEST(JsonNumber, WhatJsonLacksIsNull) {
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(JsonWriter, PutsCommasBetweenValuesAndNowhereElse) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("empty").begin_array().end_array();
  json.key("list").begin_array().integer(1).number(0.5).boolean(true).string("x");
  json.begin_object().end_object().begin_object().key("k").boolean(false).end_object().end_array();
  json.key("last").integer(UINT64_MAX).end_object();
  EXPECT_EQ(out,
            R"({"empty":[],"list":[1,0.5,true,"x",{},{"k":false}],"last":18446744073709551615})");
}

TEST(JsonWriter, EscapesKeys) {
  std::string out;
  JsonWriter(out).begin_object().key("a\"b\n").integer(1).end_object();
  EXPECT_EQ(out, R"({"a\"b\n":1})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
  std::string out = "{\"a\":1}\n";
  JsonWriter(out).begin_object().key("b").integer(2).end_object();
  EXPECT_EQ(out, "{\"a\":1}\n{\"b\":2}");
}

}  // namespace
}  // namespace kithkin
