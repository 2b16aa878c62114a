// How characters and texts are shown: widths, what is never written, direction, capitals, lines.
#include "text/width.h"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {
namespace {

TEST(CellWidth, LettersOfAlphabetsTakeOneCell) {
  for (const char32_t c : std::u32string_view(U"aZ9éשبдαक")) {
    EXPECT_EQ(cell_width(c), 1) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(CellWidth, HanKanaAndHangulTakeTwoCells) {
  for (const char32_t c : std::u32string_view(U"東かカ한！　")) {
    EXPECT_EQ(cell_width(c), 2) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(CellWidth, HalfwidthKatakanaTakesOneCell) { EXPECT_EQ(cell_width(U'\uFF8A'), 1); }

TEST(CellWidth, EmojiTakeTwoCells) { EXPECT_EQ(cell_width(0x1F600), 2); }

TEST(CellWidth, MarksTakeNoCell) {
  EXPECT_EQ(cell_width(0x0301), 0);  // acute
  EXPECT_EQ(cell_width(0x064E), 0);  // fatha
  EXPECT_EQ(cell_width(0x0E34), 0);  // Thai vowel above
  EXPECT_EQ(cell_width(0x20DD), 0);  // enclosing circle
  EXPECT_EQ(cell_width(0xFE0F), 0);  // variation selector
}

TEST(CellWidth, JoinersAndIsolatesTakeNoCell) {
  EXPECT_EQ(cell_width(0x200C), 0);
  EXPECT_EQ(cell_width(0x200D), 0);
  EXPECT_EQ(cell_width(0x2068), 0);
  EXPECT_EQ(cell_width(0x2069), 0);
}

TEST(CellWidth, TheArabicNumberSignIsSeen) { EXPECT_EQ(cell_width(0x0600), 1); }

TEST(CellWidth, AHangulSyllableInLettersIsAsWideAsItsFirst) {
  EXPECT_EQ(cell_width(0x1112) + cell_width(0x1161) + cell_width(0x11AB), 2);
}

TEST(CellWidth, ControlsAndWhatIsUnassignedHaveNoWidth) {
  for (const char32_t c : {0x00, 0x07, 0x0A, 0x1B, 0x7F, 0x9B, 0x2028, 0xD800, 0xFFFE, 0x10FFFF}) {
    EXPECT_EQ(cell_width(c), -1) << std::hex << static_cast<std::uint32_t>(c);
  }
  EXPECT_EQ(cell_width(0x110000), -1);
}

TEST(Appearance, EveryCharacterThatIsShownHasAWidth) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (appearance(c) == Appearance::visible) {
      ASSERT_GE(cell_width(c), 0) << std::hex << static_cast<std::uint32_t>(c);
    }
  }
}

TEST(Appearance, EscapesAndOtherControlsAreNeverShown) {
  for (const char32_t c : {0x00, 0x07, 0x08, 0x1B, 0x7F, 0x90, 0x9B, 0x9D}) {
    EXPECT_EQ(appearance(c), Appearance::control) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Appearance, LineBreaksAreSpaces) {
  for (const char32_t c : {0x09, 0x0A, 0x0D, 0x20, 0x85, 0xA0, 0x2028, 0x2029, 0x3000}) {
    EXPECT_EQ(appearance(c), Appearance::space) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Appearance, BidiControlsAndSoftHyphensAreHidden) {
  for (const char32_t c : {0xAD, 0x61C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF}) {
    EXPECT_EQ(appearance(c), Appearance::hidden) << std::hex << static_cast<std::uint32_t>(c);
  }
  EXPECT_EQ(appearance(0xE0041), Appearance::hidden);  // a tag
}

TEST(Appearance, JoinersStayBecauseTheyShapeLetters) {
  EXPECT_EQ(appearance(0x200C), Appearance::visible);
  EXPECT_EQ(appearance(0x200D), Appearance::visible);
}

TEST(StrongDirection, IsToldByLettersAndNotByDigits) {
  EXPECT_EQ(strong_direction(U'a'), Direction::left_to_right);
  EXPECT_EQ(strong_direction(U'東'), Direction::left_to_right);
  EXPECT_EQ(strong_direction(U'ب'), Direction::right_to_left);
  EXPECT_EQ(strong_direction(U'ש'), Direction::right_to_left);
  EXPECT_EQ(strong_direction(U'7'), Direction::neutral);
  EXPECT_EQ(strong_direction(U'٧'), Direction::neutral);
  EXPECT_EQ(strong_direction(U'.'), Direction::neutral);
}

TEST(IsCapital, HoldsInEveryScriptThatHasCase) {
  for (const char32_t c : {U'A', U'É', U'Ж', U'Ω', U'Ա', char32_t{0x01C5}}) {
    EXPECT_TRUE(is_capital(c)) << std::hex << static_cast<std::uint32_t>(c);
  }
  for (const char32_t c : {U'a', U'é', U'ж', U'ب', U'東', U'1', U'ß'}) {
    EXPECT_FALSE(is_capital(c)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(SentencePart, IsTheEndInEveryScript) {
  for (const char32_t c : std::u32string_view(U".!?。！？؟।።։"))
    EXPECT_EQ(sentence_part(c), SentencePart::end) << std::hex << static_cast<std::uint32_t>(c);
  for (const char32_t c : std::u32string_view(U"\"')]”’»」）"))
    EXPECT_EQ(sentence_part(c), SentencePart::close) << std::hex << static_cast<std::uint32_t>(c);
  for (const char32_t c : std::u32string_view(U"a1,:;、،(—東"))
    EXPECT_EQ(sentence_part(c), SentencePart::other) << std::hex << static_cast<std::uint32_t>(c);
}

TEST(IsWordCharacter, IsTrueOfLettersMarksAndDigits) {
  for (const char32_t c : std::u32string_view(U"aé7٧東กִ่"))
    EXPECT_TRUE(is_word_character(c)) << std::hex << static_cast<std::uint32_t>(c);
  for (const char32_t c : std::u32string_view(U" .-$|、"))
    EXPECT_FALSE(is_word_character(c)) << std::hex << static_cast<std::uint32_t>(c);
}

TEST(CleanForDisplay, LetsNoEscapeSequenceThrough) {
  EXPECT_EQ(clean_for_display("red \x1b[31malert\x1b]0;title\x07"),
            "red \uFFFD[31malert\uFFFD]0;title\uFFFD");
  EXPECT_EQ(clean_for_display("\u009B31m"), "\uFFFD31m");  // CSI in one character
  EXPECT_EQ(clean_for_display("\x9B"
                              "31m"),
            "\uFFFD31m");  // and in one byte
}

TEST(CleanForDisplay, MakesWhiteSpaceOfAnyLengthOneSpace) {
  EXPECT_EQ(clean_for_display("\n one\r\n\ttwo\u2028\u00A0three\u3000"), "one two three");
  EXPECT_EQ(clean_for_display(" \n"), "");
}

TEST(CleanForDisplay, LeavesOutWhatSteersDirection) {
  EXPECT_EQ(clean_for_display("\u202Eevil\u202C \u2066x\u2069 \u200Fy\uFEFF"), "evil x y");
}

TEST(CleanForDisplay, KeepsMarksAndJoiners) {
  const std::string text = "می\u200Cخواهم الإِسْلَام";
  EXPECT_EQ(clean_for_display(text), text);
}

TEST(WrapForDisplay, BreaksAtSpaces) {
  using Lines = std::vector<std::string_view>;
  EXPECT_EQ(wrap_for_display("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap_for_display("one two three", 8), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap_for_display("one two three", 13), Lines{"one two three"});
  EXPECT_EQ(wrap_for_display("", 7), Lines{});
}

TEST(WrapForDisplay, BreaksAWordThatIsWiderThanALine) {
  using Lines = std::vector<std::string_view>;
  EXPECT_EQ(wrap_for_display("a abcdefgh b", 4), (Lines{"a", "abcd", "efgh", "b"}));
}

TEST(WrapForDisplay, BreaksBetweenWideCharacters) {
  using Lines = std::vector<std::string_view>;
  EXPECT_EQ(wrap_for_display("東京都内で", 5), (Lines{"東京", "都内", "で"}));
}

TEST(WrapForDisplay, KeepsMarksWithTheirLetter) {
  using Lines = std::vector<std::string_view>;
  EXPECT_EQ(wrap_for_display("e\u0301e\u0301e\u0301", 2), (Lines{"e\u0301e\u0301", "e\u0301"}));
}

TEST(WrapForDisplay, NeverExceedsTheWidthAndLosesNothingButSpaces) {
  const std::string text =
      "كَتَبَ مراسل الصحيفة a-very-long-latin-word 東京都の天気 ok \U0001F600\U0001F600 end";
  for (int width = 2; width < 60; ++width) {
    std::string joined;
    for (const auto line : wrap_for_display(text, width)) {
      EXPECT_LE(display_width(line), width);
      EXPECT_FALSE(line.empty());
      joined += line;
    }
    std::string without_spaces;
    for (const char c : text) {
      if (c != ' ') without_spaces += c;
    }
    std::erase(joined, ' ');
    EXPECT_EQ(joined, without_spaces);
  }
}

TEST(Isolate, SaysWhereALineReadsOtherwiseThanItsParagraph) {
  const auto rtl = Direction::right_to_left, ltr = Direction::left_to_right;
  EXPECT_EQ(isolate("مرحبا", rtl), "\u2068مرحبا\u2069");
  EXPECT_EQ(isolate("BBC قالت", rtl), "\u2068\u200FBBC قالت\u2069");
  EXPECT_EQ(isolate("123", rtl),
            "\u2068\u200F"
            "123\u2069");
  EXPECT_EQ(isolate("hello", ltr), "\u2068hello\u2069");
  EXPECT_EQ(isolate("مرحبا hello", ltr), "\u2068\u200Eمرحبا hello\u2069");
  EXPECT_EQ(isolate("123", Direction::neutral),
            "\u2068"
            "123\u2069");
}

}  // namespace
}  // namespace kithkin
