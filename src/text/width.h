// What a person at a terminal sees of a character, and article text made fit to be shown there.
//
// Pure functions, some table lookups of ICU a character; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kithkin {

/// Cells of a terminal that the character takes: 2 where East Asian text is wide or fullwidth, 0
/// for marks, format characters and the vowels and finals of conjoining Hangul, 1 otherwise; -1
/// for what has no width because it must not be written (see Appearance::control).
int cell_width(char32_t c) noexcept;

/// What to do with a character of a foreign text before it is shown.
enum class Appearance : std::uint8_t {
  visible,  ///< show it; marks and joiners count, they shape what is seen
  space,    ///< white space of any kind, line breaks too: show a space
  hidden,   ///< steers the display and shows nothing (bidi controls, soft hyphen, tags): leave out
  control,  ///< C0 and C1 controls, surrogates, unassigned: never show, put U+FFFD in its place
};
Appearance appearance(char32_t c) noexcept;

/// Which way a character makes its paragraph read.
enum class Direction : std::uint8_t { neutral, left_to_right, right_to_left };
Direction strong_direction(char32_t c) noexcept;

/// What a character does to a sentence: ends it (Unicode's Sentence_Terminal: . ! ? and their like
/// in every script), closes what the sentence stands in (quotes and brackets after the end), or
/// neither.
enum class SentencePart : std::uint8_t { other, end, close };
SentencePart sentence_part(char32_t c) noexcept;

/// True of letters and digits of every script, and of the vowel signs and marks that belong to
/// them.
bool is_word_character(char32_t c) noexcept;

/// True of what may stand in front of the entries of a list: dashes, symbols, and punctuation that
/// neither quotes nor brackets.
bool is_bullet(char32_t c) noexcept;

/// True of the digits 0 to 9 of every script.
bool is_decimal_digit(char32_t c) noexcept;

/// True of capitals and title-case letters of the scripts that have case.
bool is_capital(char32_t c) noexcept;

/// The text without anything that could steer a terminal or the text around it: every character
/// by its Appearance, white space of any length one space and none at the ends, U+FFFD for what is
/// not UTF-8. What the functions below call clean.
std::string clean_for_display(std::string_view text);

/// Cells that a clean text takes.
int display_width(std::string_view clean);

/// The direction of the first letter that has one.
Direction first_direction(std::string_view clean);

/// A clean text in lines of at most `width` cells (at least 2), views into it: broken at spaces
/// and before wide characters, and inside a word only where it is wider than a line.
std::vector<std::string_view> wrap_for_display(std::string_view clean, int width);

/// One line of clean text between U+2068 FIRST STRONG ISOLATE and U+2069 POP DIRECTIONAL ISOLATE.
/// Where the line alone would read otherwise than its paragraph does (the line of an Arabic
/// paragraph that a Latin word begins), a direction mark stands before it.
std::string isolate(std::string_view line, Direction paragraph);

}  // namespace kithkin
