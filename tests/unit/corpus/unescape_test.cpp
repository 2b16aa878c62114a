// Unescaping against a slow reference that goes code unit by code unit.
#include "corpus/unescape.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "base/utf8.h"

namespace kithkin {
namespace {

std::optional<std::string> unescape(std::string_view raw) {
  std::string storage = "before";
  storage.reserve(storage.size() + raw.size());
  const auto out = unescape_json(raw, storage);
  if (!out) return std::nullopt;
  EXPECT_EQ(storage.substr(0, 6), "before");
  return std::string(*out);
}

/// RFC 8259 by the letter: to UTF-16 code units first, then surrogates, then UTF-8.
std::optional<std::string> slow_unescape(std::string_view raw) {
  std::u32string units;  // code points, and surrogates one by one
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\') {
      const Decoded d = decode_utf8(raw, i);
      units += d.code_point;
      i += d.size;
      continue;
    }
    if (i + 1 == raw.size()) return std::nullopt;
    const std::string_view simple = "\"\\/bfnrt", means = "\"\\/\b\f\n\r\t";
    if (const auto at = simple.find(raw[i + 1]); at != simple.npos) {
      units += static_cast<char32_t>(means[at]);
      i += 2;
      continue;
    }
    if (raw[i + 1] != 'u' || i + 6 > raw.size()) return std::nullopt;
    char32_t unit = 0;
    for (const char c : raw.substr(i + 2, 4)) {
      const auto digit = std::string_view("0123456789abcdefABCDEF").find(c);
      if (digit == std::string_view::npos) return std::nullopt;
      unit = unit * 16 + static_cast<char32_t>(digit < 16 ? digit : digit - 6);
    }
    units += unit;
    i += 6;
  }
  std::string out;
  unsigned char bytes[4];
  const auto high = [](char32_t c) { return c >= 0xD800 && c < 0xDC00; };
  const auto low = [](char32_t c) { return c >= 0xDC00 && c < 0xE000; };
  for (std::size_t i = 0; i < units.size(); ++i) {
    char32_t c = units[i];
    if (high(c) && i + 1 < units.size() && low(units[i + 1])) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00);
    } else if (high(c) || low(c)) {
      c = 0xFFFD;
    }
    out.append(reinterpret_cast<const char*>(bytes), encode_utf8(c, bytes));
  }
  return out;
}

TEST(UnescapeJson, TextWithoutEscapesIsHandedBackAsItIs) {
  const std::string_view raw = "نص بلا هروب, plain";
  std::string storage;
  const auto out = unescape_json(raw, storage);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->data(), raw.data());
  EXPECT_EQ(out->size(), raw.size());
  EXPECT_TRUE(storage.empty());
}

TEST(UnescapeJson, EverySimpleEscapeIsKnown) {
  EXPECT_EQ(unescape(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
}

TEST(UnescapeJson, CodePointsAreWrittenInUtf8) {
  EXPECT_EQ(unescape(R"(\u0041\u00e9\u0645\u20AC)"), "Aé\xD9\x85€");
  EXPECT_EQ(unescape(R"(\u0000)"), std::string(1, '\0'));
  EXPECT_EQ(unescape(R"(\uFFFF)"), "\xEF\xBF\xBF");
}

TEST(UnescapeJson, SurrogatePairsAreOneCodePoint) {
  EXPECT_EQ(unescape(R"(\ud83d\ude00)"), "😀");
  EXPECT_EQ(unescape(R"(\uD800\uDC00\uDBFF\uDFFF)"), "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

TEST(UnescapeJson, LoneSurrogatesBecomeReplacementCharacters) {
  EXPECT_EQ(unescape(R"(\ud800)"), "\uFFFD");
  EXPECT_EQ(unescape(R"(a\udc00b)"), "a\uFFFDb");
  EXPECT_EQ(unescape(R"(\ud800\ud800\udc00)"), "\uFFFD\xF0\x90\x80\x80");
  EXPECT_EQ(unescape(R"(\ude00\ud83d)"), "\uFFFD\uFFFD");
  EXPECT_EQ(unescape(R"(\ud83d\n)"), "\uFFFD\n");
  EXPECT_EQ(unescape(R"(\ud83d\u0041)"),
            "\uFFFD"
            "A");
  EXPECT_EQ(unescape(R"(\ud83dx)"), "\uFFFDx");
}

TEST(UnescapeJson, WhatIsNoEscapeOfJsonIsRefused) {
  for (const std::string_view raw :
       {"\\", "a\\", "\\x41", "\\'", "\\0", "\\U0041", "\\u", "\\u1", "\\u12", "\\u123", "\\u12g4",
        "\\u 123", "\\u+123", "\\ud83d\\u12", "\\ud83d\\", "\\ud83d\\x", "\\a", "\\ n"}) {
    EXPECT_EQ(unescape(raw), std::nullopt) << raw;
    EXPECT_EQ(slow_unescape(raw), std::nullopt) << raw;
  }
}

TEST(UnescapeJson, EarlierResultsStayValid) {
  std::string storage;
  storage.reserve(100);
  const auto one = unescape_json(R"(\none)", storage);
  const auto two = unescape_json(R"(two\n)", storage);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(*one, "\none");
  EXPECT_EQ(*two, "two\n");
}

TEST(UnescapeJson, AgreesWithTheReferenceOnRandomText) {
  constexpr std::string_view kPieces[] = {
      "\\",   "u",   "\\u",  "d83d",    "\\ud83d", "\\udc00", "\\ude00",   "\\u0",
      "0041", "\\n", "\\\\", "\\\"",    "\\/",     "e9",      "x",         "م",
      "😀",    "00",  "F",    "\\uDBFF", "\\uDFFF", "\\u0000", "plain text"};
  std::mt19937_64 random(7);
  int accepted = 0;
  for (int n = 0; n < 200'000; ++n) {
    std::string raw;
    const auto count = random() % 8;
    for (std::uint64_t i = 0; i < count; ++i)
      raw += kPieces[random() % std::size(kPieces)];
    const auto expected = slow_unescape(raw);
    ASSERT_EQ(unescape(raw), expected) << raw;
    accepted += expected ? 1 : 0;
  }
  EXPECT_GT(accepted, 50'000);
  EXPECT_LT(accepted, 190'000);
}

}  // namespace
}  // namespace kithkin
