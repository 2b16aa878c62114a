// A tag is told by its shape, not by its name:
//
//   </p>  <br/>  <a href="x">    tags whatever the name is: prose has nothing like them
//   <b>bold</b>                  a tag, because </b> stands in the text
//   one<br>two                   a tag, because it is short, in small letters, and glued to a word
//   a < b, <IBM.N>, <a@b.org>    no tags
//
// Tests: tests/unit/clean/debris_test.cpp.
#include "clean/markup.h"

#include <algorithm>
#include <charconv>

#include "clean/ascii.h"
#include "text/width.h"

namespace kithkin {
namespace {

using namespace ascii;  // NOLINT: the kinds of bytes are this file's alphabet

constexpr std::size_t kLongestTag = 16 << 10;  // attributes may hold data
constexpr std::size_t kLongestComment = 16 << 10;
constexpr std::size_t kLongestName = 32;

bool is_name(char c) { return is_alnum(c) || c == '-' || c == '_'; }
bool is_tag_name(char c) { return is_name(c) || c == ':'; }

std::size_t hash_name(std::string_view name) {
  std::size_t hash = 5381;
  for (const char c : name)
    hash = hash * 33 + static_cast<unsigned char>(lower(c));
  return (hash ^ hash >> 10) & 1023;
}

template <class Is>
std::size_t skip(std::string_view text, std::size_t at, std::size_t most, Is is) {
  const std::size_t end = std::min(text.size(), at + most);
  while (at < end && is(text[at]))
    ++at;
  return at;
}

/// Past an attribute's value, quoted or not; `at` itself when there is none.
std::size_t value_end(std::string_view text, std::size_t at) {
  if (is_quote(ascii::at(text, at))) {
    const std::size_t end = text.substr(0, at + kLongestTag).find(text[at], at + 1);
    return end == std::string_view::npos ? at : end + 1;
  }
  return skip(text, at, 1000, [](char c) {
    return c > ' ' && !is_quote(c) && !is_foreign(c) && c != '<' && c != '>' && c != '`' &&
           c != '=' && c != ']' && c != '[';
  });
}

/// What may stand in an address: everything visible but what encloses one.
bool is_address(char c) {
  return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '"' && c != '(' && c != ')' &&
         c != '[' && c != ']' && c != '`';
}

}  // namespace

std::size_t Markup::find_bounded(std::string_view what, std::size_t from,
                                 std::size_t within) const {
  const std::size_t found = text_.substr(0, from + within).find(what, from);
  return found == std::string_view::npos ? 0 : found + what.size();
}

/// Whether </name> stands in the text: they are collected once.
bool Markup::is_closed(std::string_view name) {
  if (!knows_tags_) {
    knows_tags_ = true;
    for (std::size_t i = text_.find("</"); i != std::string_view::npos; i = text_.find("</", i)) {
      i += 2;
      const std::size_t end = skip(text_, i, kLongestName, is_tag_name);
      if (at(text_, end) == '>') closed_tags_.set(hash_name(text_.substr(i, end - i)));
    }
  }
  return closed_tags_.test(hash_name(name));
}

/// Past the > after key="value" pairs at `at`, the first of which has a value. Sure when a value is
/// quoted or there are two: prose may have <x y=1>.
std::size_t Markup::attributes_end(std::size_t at, bool& is_sure) const {
  const std::size_t most = at + kLongestTag;
  int values = 0;
  for (int n = 0; n < 64 && at < most; ++n) {
    const bool is_first = n == 0;
    const std::size_t next = skip_spaces(text_, at);
    const char c = ascii::at(text_, next);
    if (c == '>' && !is_first) return next + 1;
    if (c == '/' && ascii::at(text_, next + 1) == '>') return next + 2;
    if (next == at || !(is_letter(c) || c == '_' || c == '@' || c == ':')) return 0;
    at = skip(text_, next + 1, 64, [](char b) { return is_tag_name(b) || b == '.' || b == '@'; });
    if (ascii::at(text_, at) != '=') {
      if (is_first) return 0;
      continue;
    }
    const std::size_t value = at + 1;
    at = value_end(text_, value);
    if (at == value) return 0;
    is_sure |= is_quote(text_[value]) || ++values > 1;
  }
  return 0;
}

/// What begins with <!, <? or <%.
std::size_t Markup::declaration_end(std::size_t at) {
  const std::string_view rest = text_.substr(at);
  if (rest.starts_with("<!--")) {
    if (comment_end_ < at + 7) {
      const std::size_t found = text_.find("-->", at + 4);
      comment_end_ = found == std::string_view::npos ? text_.size() + kLongestComment : found + 3;
    }
    return comment_end_ <= at + kLongestComment && comment_end_ <= text_.size() ? comment_end_
                                                                                : at + 4;
  }
  if (rest.starts_with("<![CDATA[")) {
    is_in_section_ = true;
    return at + 9;
  }
  if (rest.starts_with("<%") || rest.starts_with("<?")) {
    const char closing[] = {rest[1], '>', 0};
    const std::size_t begin = skip(text_, at + 2, 2, [](char c) { return c == '=' || c == ' '; });
    return is_letter(ascii::at(text_, begin)) ? find_bounded(closing, begin, 300) : 0;
  }
  if (!rest.starts_with("<!") || !is_letter(ascii::at(text_, at + 2))) return 0;
  const std::size_t end =
      skip(text_, at + 2, 300, [](char c) { return c != '<' && c != '>' && !is_foreign(c); });
  return ascii::at(text_, end) == '>' ? end + 1 : 0;
}

/// Whether [begin, end) stands between blanks in a line's prose, as what is talked about does.
bool Markup::is_free(std::size_t begin, std::size_t end) const {
  const std::size_t before = skip_blanks_back(text_, begin, 0);
  const std::size_t after = skip_blanks(text_, end);
  const bool is_last = ascii::at(text_, after) == '\n' || after == text_.size();
  if (before == begin || (after == end && !is_last) || before == 0) return false;
  const char left = text_[before - 1], right = ascii::at(text_, after);
  if (!is_alnum(left) && !is_foreign(left)) return false;
  return right != '<' && right != '&';
}

std::size_t Markup::tag_end(std::size_t at) {
  const bool is_closing = ascii::at(text_, at + 1) == '/';
  const std::size_t name = at + 1 + (is_closing ? 1 : 0);
  if (!is_letter(ascii::at(text_, name))) return is_closing ? 0 : declaration_end(at);
  const std::size_t end = skip(text_, name, kLongestName, is_tag_name);
  const char c = ascii::at(text_, end);
  if (is_closing) {
    const std::size_t close = skip_spaces(text_, end);
    return ascii::at(text_, close) == '>' ? close + 1 : 0;
  }
  if (c == '/') return ascii::at(text_, end + 1) == '>' ? end + 2 : 0;
  const std::string_view word = text_.substr(name, end - name);
  if (is_space(c)) {
    bool is_sure = false;
    const std::size_t tag = attributes_end(end, is_sure);
    return tag != 0 && (is_sure || text_[tag - 2] == '/' || is_closed(word)) ? tag : 0;
  }
  if (c != '>') return 0;
  const bool is_short =
      word.size() == 2 && is_lower(word[0]) && is_alnum(word[1]) && !is_upper(word[1]);
  return is_closed(word) || (is_short && !is_free(at, end + 1)) ? end + 1 : 0;
}

std::size_t Markup::section_end(std::size_t at) {
  if (!is_in_section_ || !text_.substr(at).starts_with("]]>")) return 0;
  is_in_section_ = false;
  return at + 3;
}

/// A tag whose brackets are escaped: &lt;br /&gt;
std::size_t Markup::escaped_tag_end(std::size_t at) {
  const std::size_t begin = at + 4;
  const bool is_closing = ascii::at(text_, begin) == '/';
  if (!is_letter(ascii::at(text_, begin + (is_closing ? 1 : 0)))) return 0;
  const std::size_t end = skip(text_, begin, 300, [](char c) {
    return c >= ' ' && c != '<' && c != '>' && c != '&' && !is_foreign(c);
  });
  if (!text_.substr(end).starts_with("&gt;")) return 0;
  const std::string_view inside = text_.substr(begin, end - begin);
  const bool has_values = inside.find("=\"") != std::string_view::npos;
  const bool is_short = inside.size() <= 2 && is_lower(inside[0]);
  return is_closing || is_short || has_values || inside.back() == '/' ? end + 4 : 0;
}

/// Whether what stands behind &# is no number, or that of a letter or digit: "S&#227;o" is a word,
/// and without its letter it would be another.
bool Markup::number_is_text(std::string_view number) {
  const bool is_hex = lower(number[0]) == 'x';
  if (is_hex) number.remove_prefix(1);
  std::uint32_t value = 0;
  const auto read =
      std::from_chars(number.data(), number.data() + number.size(), value, is_hex ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size()) return true;
  return is_word_character(static_cast<char32_t>(value));
}

std::size_t Markup::entity_end(std::size_t at) {
  if (text_.substr(at).starts_with("&lt;")) {
    if (const std::size_t end = escaped_tag_end(at); end != 0) return end;
  }
  while (text_.substr(at).starts_with("&amp;") &&
         (is_letter(ascii::at(text_, at + 5)) || ascii::at(text_, at + 5) == '#')) {
    const std::size_t name = at + 5 + (text_[at + 5] == '#' ? 1 : 0);
    const std::size_t end = skip(text_, name, 10, is_alnum);
    if (ascii::at(text_, end) != ';' || end < name + 2) break;
    at += 4;  // escaped twice: the ; stands for the & of the next
  }
  const bool is_number = ascii::at(text_, at + 1) == '#';
  const std::size_t name = at + 1 + (is_number ? 1 : 0);
  const std::size_t end = skip(text_, name, 10, is_alnum);
  if (end < name + 2 || ascii::at(text_, end) != ';') return 0;
  const std::string_view word = text_.substr(name, end - name);
  if (is_number) return number_is_text(word) ? 0 : end + 1;
  const std::string_view tail = word.substr(1);
  const bool is_small = std::none_of(tail.begin(), tail.end(), is_upper);
  return is_letter(word[0]) && is_small && (word.size() > 2 || is_lower(word[0])) ? end + 1 : 0;
}

std::size_t Markup::shortcode_end(std::size_t at) {
  const bool is_closing = ascii::at(text_, at + 1) == '/';
  const std::size_t name = at + 1 + (is_closing ? 1 : 0);
  if (!is_lower(ascii::at(text_, name))) return 0;
  std::size_t end = skip(text_, name, kLongestName, is_name);
  const std::size_t hash = hash_name(text_.substr(name, end - name));
  if (is_closing) return ascii::at(text_, end) == ']' && open_codes_.test(hash) ? end + 1 : 0;
  int values = 0;
  bool is_quoted = false;
  for (int n = 0; n < 40; ++n) {
    const std::size_t next = skip_spaces(text_, end);
    if (ascii::at(text_, next) == ']') {
      if (!is_quoted && values < 2) return 0;
      open_codes_.set(hash);
      return next + 1;
    }
    if (next == end || !is_letter(ascii::at(text_, next))) return 0;
    const std::size_t value = skip(text_, next, 64, is_name) + 1;
    if (ascii::at(text_, value - 1) != '=') return 0;
    end = value_end(text_, value);
    if (end == value || end > at + 2000) return 0;
    is_quoted |= is_quote(text_[value]);
    ++values;
  }
  return 0;
}

std::size_t Markup::template_end(std::size_t at) const {
  const char second = ascii::at(text_, at + 1);
  const bool is_dollar = ascii::at(text_, at - 1) == '$';
  if (second != '{' && second != '%' && !is_dollar) return 0;
  const std::size_t begin = at + (is_dollar ? 1 : 2);
  const std::size_t end = skip(text_, begin, 200, [](char c) {
    return c >= ' ' && c != '{' && c != '}' && c != '%' && !is_foreign(c);
  });
  const std::size_t first = skip_blanks(text_, begin);
  const char c = ascii::at(text_, first);
  if (first >= end || !(is_letter(c) || (!is_dollar && (c == '#' || c == '/')))) return 0;
  if (is_dollar) return ascii::at(text_, end) == '}' ? end + 1 : 0;
  if (ascii::at(text_, end) != (second == '{' ? '}' : '%')) return 0;
  if (ascii::at(text_, end + 1) != '}') return 0;
  const bool is_quoted = is_quote(ascii::at(text_, at - 1)) && is_quote(ascii::at(text_, end + 2));
  return is_quoted ? 0 : end + 2;
}

std::size_t Markup::quoted_code_end(std::size_t at) const {
  const auto is_tick = [](char c) { return c == '`'; };
  const std::size_t begin = skip(text_, at, 16, is_tick);
  const std::size_t size = begin - at;
  const std::size_t limit = begin + (size > 2 ? 8192 : 1024);
  for (std::size_t i = begin; i < std::min(limit, text_.size());) {
    if (size < 3 && text_[i] == '\n') return 0;
    if (text_[i] != '`') {
      ++i;
      continue;
    }
    const std::size_t end = skip(text_, i, 16, is_tick);
    if (end - i == size) return end;
    i = end;
  }
  return 0;
}

Run escaped_run(std::string_view text, std::size_t at, std::size_t floor) {
  // %3C is the escape of <, and a name or a slash follows.
  const std::string_view rest = text.substr(at);
  if (!rest.starts_with("%3C") && !rest.starts_with("%3c")) return {at, at};
  const bool is_slash = rest.substr(3).starts_with("%2F") || rest.substr(3).starts_with("%2f");
  if (!is_letter(ascii::at(text, at + 3)) && ascii::at(text, at + 3) != '/' && !is_slash) {
    return {at, at};
  }
  std::size_t begin = at, end = at;
  floor = std::max(floor, at - std::min<std::size_t>(at, 2000));
  while (begin > floor && is_address(text[begin - 1]))
    --begin;
  end = skip(text, at, 64 << 10, is_address);
  const std::string_view before = text.substr(begin, at - begin);
  const std::size_t data = before.rfind("data:");
  if (data != std::string_view::npos) return {begin + data, end};
  // A link is an article's own, whatever it carries.
  if (before.find("//") != std::string_view::npos) return {at, at};
  const std::size_t second = text.substr(0, end).find('%', at + 3);
  return second == std::string_view::npos
             ? Run{at, at}
             : Run{begin + std::min(before.find('%'), at - begin), end};
}

Run data_uri(std::string_view text, std::size_t at, std::size_t floor) {
  constexpr std::string_view kMark = ";base64,";
  if (!text.substr(at).starts_with(kMark)) return {at, at};
  floor = std::max(floor, at - std::min<std::size_t>(at, 100));
  const std::size_t data = text.substr(floor, at - floor).rfind("data:");
  if (data == std::string_view::npos) return {at, at};
  return {floor + data, skip(text, at + kMark.size(), text.size(), is_base64)};
}

std::size_t base64_letters_end(std::string_view text, std::size_t at) {
  return skip(text, at, text.size(), is_base64);
}

Run base64_run(std::string_view text, std::size_t at, std::size_t floor) {
  const std::size_t end = base64_letters_end(text, at);
  std::size_t begin = at;
  if (end < at + 64) return {at, at};
  while (begin > floor && is_base64(text[begin - 1]))
    --begin;
  std::size_t digits = 0, uppers = 0, changes = 0;
  const auto kind = [](char c) { return is_digit(c) ? 0 : is_upper(c) ? 1 : is_lower(c) ? 2 : 3; };
  for (std::size_t i = begin; i < end; ++i) {
    digits += is_digit(text[i]) ? 1 : 0;
    uppers += is_upper(text[i]) ? 1 : 0;
    changes += i > begin && kind(text[i]) != kind(text[i - 1]) ? 1 : 0;
  }
  const std::size_t size = end - begin;
  const bool is_mixed = digits * 32 > size && uppers * 5 > size && changes * 3 > size;
  const char before = begin > 0 ? text[begin - 1] : ' ';
  const bool is_address_part = before == ':' || before == '.' || before == '-' || before == '?' ||
                               before == '&' || before == '_' || before == '%';
  return size >= 128 && is_mixed && !is_address_part ? Run{begin, end} : Run{at, at};
}

}  // namespace kithkin
