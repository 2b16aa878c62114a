// Width after East_Asian_Width (UAX #11), with what terminals add: marks and format characters
// stand in the cell of the letter before them, and a Hangul syllable written in letters is as
// wide as its first.
//
//   a 1   é (e + U+0301) 1 + 0   東 2   ﾊ (halfwidth) 1   U+200D 0   ESC -1
//
// Ambiguous characters (Greek, Cyrillic and signs in old East Asian fonts) count as narrow, as in
// every terminal that is not told otherwise. Tests: tests/unit/text/width_test.cpp.
#include "text/width.h"

#include <algorithm>
#include <unicode/uchar.h>
#include <utility>

#include "base/utf8.h"

namespace kithkin {
namespace {

bool is_joiner(UChar32 u) { return u == 0x200C || u == 0x200D; }

/// Signs like the Arabic number sign, which are format characters and yet are seen.
bool is_visible_format(UChar32 u) {
  return u_hasBinaryProperty(u, UCHAR_PREPENDED_CONCATENATION_MARK) != 0;
}

bool is_hangul_tail(UChar32 u) {
  const auto type = u_getIntPropertyValue(u, UCHAR_HANGUL_SYLLABLE_TYPE);
  return type == U_HST_VOWEL_JAMO || type == U_HST_TRAILING_JAMO;
}

/// Where a line ends and where the next begins.
struct Break {
  std::size_t end = 0, next = 0;
};

Break find_break(std::string_view clean, std::size_t begin, int width) {
  Break last{begin, begin};
  int used = 0;
  for (std::size_t i = begin; i < clean.size();) {
    const Decoded d = decode_utf8(clean, i);
    const int cells = std::max(0, cell_width(d.code_point));
    if (i > begin && d.code_point == U' ') last = {i, i + 1};
    if (i > begin && cells == 2) last = {i, i};
    if (i > begin && used + cells > width) return last.end > begin ? last : Break{i, i};
    used += cells;
    i += d.size;
  }
  return {clean.size(), clean.size()};
}

}  // namespace

int cell_width(char32_t c) noexcept {
  if (c >= 0x20 && c < 0x7F) return 1;
  const auto u = static_cast<UChar32>(c);
  switch (u_charType(u)) {
    case U_CONTROL_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return -1;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK: return 0;
    case U_FORMAT_CHAR: return is_visible_format(u) ? 1 : 0;
    default: break;
  }
  if (is_hangul_tail(u)) return 0;
  switch (u_getIntPropertyValue(u, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH: return 2;
    default: return 1;
  }
}

Appearance appearance(char32_t c) noexcept {
  if (c > 0x20 && c < 0x7F) return Appearance::visible;
  const auto u = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(u)) return Appearance::space;
  switch (u_charType(u)) {
    case U_CONTROL_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED: return Appearance::control;
    case U_FORMAT_CHAR:
      return is_joiner(u) || is_visible_format(u) ? Appearance::visible : Appearance::hidden;
    default: return Appearance::visible;
  }
}

Direction strong_direction(char32_t c) noexcept {
  switch (u_charDirection(static_cast<UChar32>(c))) {
    case U_LEFT_TO_RIGHT: return Direction::left_to_right;
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC: return Direction::right_to_left;
    default: return Direction::neutral;
  }
}

SentencePart sentence_part(char32_t c) noexcept {
  const auto u = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(u, UCHAR_S_TERM)) return SentencePart::end;
  if (u == U'"' || u == U'\'') return SentencePart::close;
  switch (u_charType(u)) {
    case U_END_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:  // quotes of some languages open with what closes elsewhere
    case U_FINAL_PUNCTUATION: return SentencePart::close;
    default: return SentencePart::other;
  }
}

bool is_word_character(char32_t c) noexcept {
  return (U_MASK(u_charType(static_cast<UChar32>(c))) &
          (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

bool is_bullet(char32_t c) noexcept {
  if (c == '"' || c == '\'' || c == '@' || c == '&') return false;
  constexpr std::uint32_t kKinds =
      U_GC_PD_MASK | U_GC_PO_MASK | U_GC_SM_MASK | U_GC_SO_MASK | U_GC_PF_MASK;
  return (U_MASK(u_charType(static_cast<UChar32>(c))) & kKinds) != 0;
}

bool is_decimal_digit(char32_t c) noexcept { return u_isdigit(static_cast<UChar32>(c)) != 0; }

bool is_capital(char32_t c) noexcept {
  const auto u = static_cast<UChar32>(c);
  return u_isUUppercase(u) || u_istitle(u);
}

std::string clean_for_display(std::string_view text) {
  std::string out;
  bool space = false;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode_utf8(text, i);
    const Appearance how = d.valid ? appearance(d.code_point) : Appearance::control;
    if (how == Appearance::space) space = !out.empty();
    if (how == Appearance::visible || how == Appearance::control) {
      if (std::exchange(space, false)) out += ' ';
      how == Appearance::visible ? out.append(text, i, d.size) : out.append("\uFFFD");
    }
    i += d.size;
  }
  return out;
}

int display_width(std::string_view clean) {
  int width = 0;
  for (std::size_t i = 0; i < clean.size();) {
    const Decoded d = decode_utf8(clean, i);
    width += std::max(0, cell_width(d.code_point));
    i += d.size;
  }
  return width;
}

Direction first_direction(std::string_view clean) {
  for (std::size_t i = 0; i < clean.size();) {
    const Decoded d = decode_utf8(clean, i);
    const Direction direction = strong_direction(d.code_point);
    if (direction != Direction::neutral) return direction;
    i += d.size;
  }
  return Direction::neutral;
}

std::vector<std::string_view> wrap_for_display(std::string_view clean, int width) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < clean.size();) {
    const Break at = find_break(clean, begin, width);
    lines.push_back(clean.substr(begin, at.end - begin));
    begin = at.next;
  }
  return lines;
}

std::string isolate(std::string_view line, Direction paragraph) {
  std::string out = "\u2068";
  const bool from_right = paragraph == Direction::right_to_left;
  if (from_right != (first_direction(line) == Direction::right_to_left)) {
    out += from_right ? "\u200F" : "\u200E";
  }
  out += line;
  return out += "\u2069";
}

}  // namespace kithkin
