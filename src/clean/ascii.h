// Kinds of bytes that code is made of. Bytes of other scripts are of no kind here.
#pragma once

#include <cstddef>
#include <string_view>

namespace kithkin::ascii {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_base64(char c) { return is_alnum(c) || c == '+' || c == '/' || c == '='; }
inline bool is_ident(char c) { return is_alnum(c) || c == '_' || c == '$'; }
inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
inline bool is_space(char c) { return is_blank(c) || c == '\n'; }
inline bool is_foreign(char c) { return static_cast<unsigned char>(c) >= 0x80; }
inline bool is_punctuation(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }
inline bool is_quote(char c) { return c == '"' || c == '\''; }
inline char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// The byte at `at`, 0 past the end (and before the beginning, as at wraps around).
inline char at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

/// Length of the blank at `at`: 1 for ASCII's, 2 for a no-break space, else 0.
inline std::size_t blank_size(std::string_view text, std::size_t i) {
  if (is_blank(at(text, i))) return 1;
  return at(text, i) == '\xC2' && at(text, i + 1) == '\xA0' ? 2 : 0;
}

/// The same for the blank that ends at `end`.
inline std::size_t blank_size_before(std::string_view text, std::size_t end) {
  if (end > 0 && is_blank(text[end - 1])) return 1;
  return end > 1 && text[end - 2] == '\xC2' && text[end - 1] == '\xA0' ? 2 : 0;
}

/// Past the blanks at `i`; line breaks are none.
inline std::size_t skip_blanks(std::string_view text, std::size_t i) {
  while (const std::size_t size = blank_size(text, i))
    i += size;
  return i;
}

/// Where the blanks that end at `end` begin, not before `floor`.
inline std::size_t skip_blanks_back(std::string_view text, std::size_t end, std::size_t floor) {
  for (std::size_t size = 0; end > floor && (size = blank_size_before(text, end)) != 0;) {
    if (end - floor < size) break;
    end -= size;
  }
  return end;
}

inline std::size_t skip_spaces(std::string_view text, std::size_t i) {
  while (blank_size(text, i) != 0 || at(text, i) == '\n')
    i += at(text, i) == '\n' ? 1 : blank_size(text, i);
  return i;
}

inline std::size_t skip_ident(std::string_view text, std::size_t i) {
  while (is_ident(at(text, i)))
    ++i;
  return i;
}

}  // namespace kithkin::ascii
