// Mirrors the tokenizer of the HTML standard (section 13.2.5) as far as the ends of tags go.
//
//   <a title="1 > 0" href=x/>   one start tag with two attributes
//
// Tests: tests/unit/clean/html_tags_test.cpp.
#include "clean/html_tags.h"

#include <algorithm>

namespace kithkin {
namespace {

bool is_tag_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_tag_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool ends_name(char c) { return is_tag_space(c) || c == '/' || c == '>'; }

bool is_same_name(std::string_view name, std::string_view other) {
  if (name.size() != other.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char a = name[i], b = other[i];
    if (a != b && !((a ^ b) == 0x20 && is_tag_letter(a))) return false;
  }
  return true;
}

/// Where a comment whose "<!--" ends at `i` is over.
std::size_t end_of_comment(std::string_view html, std::size_t i) {
  if (html.substr(i, 1) == ">") return i + 1;
  if (html.substr(i, 2) == "->") return i + 2;
  while (true) {
    i = html.find("--", i);
    if (i == std::string_view::npos) return html.size();
    if (html.substr(i + 2, 1) == ">") return i + 3;
    if (html.substr(i + 2, 2) == "!>") return i + 4;
    ++i;
  }
}

}  // namespace

bool HtmlTag::is(std::string_view lower) const { return is_same_name(name, lower); }

bool HtmlTagScanner::next(HtmlTag& tag) {
  while (true) {
    const std::size_t begin = html_.find('<', at_);
    if (begin == std::string_view::npos) return false;
    const char c = at(begin + 1);
    tag = {};
    tag.begin = begin;
    if (c == '!' || c == '?') return read_declaration(begin, tag);
    if (is_tag_letter(c)) return read_tag(begin + 1, tag);
    if (c == '/' && is_tag_letter(at(begin + 2))) return read_tag(begin + 2, tag);
    if (c == '/' && begin + 2 < html_.size()) return read_declaration(begin, tag);
    at_ = begin + 1;
  }
}

bool HtmlTagScanner::read_declaration(std::size_t begin, HtmlTag& tag) {
  if (html_.substr(begin, 4) == "<!--") {
    at_ = end_of_comment(html_, begin + 4);
  } else {
    const std::size_t end = html_.find('>', begin + 2);
    at_ = end == std::string_view::npos ? html_.size() : end + 1;
  }
  tag.end = at_;
  return true;
}

bool HtmlTagScanner::read_tag(std::size_t begin, HtmlTag& tag) {
  tag.kind = html_[begin - 1] == '/' ? HtmlTag::Kind::end : HtmlTag::Kind::start;
  std::size_t i = begin;
  while (i < html_.size() && !ends_name(html_[i]))
    ++i;
  tag.name = html_.substr(begin, i - begin);
  while (true) {
    while (is_tag_space(at(i)) || at(i) == '/')
      ++i;
    if (i >= html_.size()) return false;  // a cut tag is no tag
    if (html_[i] == '>') break;
    i = skip_attribute(i);
    ++tag.attributes;
  }
  tag.self_closing = html_[i - 1] == '/';
  tag.end = at_ = i + 1;
  return true;
}

std::size_t HtmlTagScanner::skip_spaces(std::size_t i) const {
  while (is_tag_space(at(i)))
    ++i;
  return i;
}

std::size_t HtmlTagScanner::skip_attribute(std::size_t i) const {
  ++i;  // a name may begin with "="
  while (i < html_.size() && !ends_name(html_[i]) && html_[i] != '=')
    ++i;
  const std::size_t sign = skip_spaces(i);
  if (at(sign) != '=') return i;
  i = skip_spaces(sign + 1);
  const char quote = at(i);
  if (quote == '"' || quote == '\'') {
    const std::size_t end = html_.find(quote, i + 1);
    return end == std::string_view::npos ? html_.size() : end + 1;
  }
  while (i < html_.size() && !is_tag_space(html_[i]) && html_[i] != '>')
    ++i;
  return i;
}

std::string_view HtmlTagScanner::skip_raw_text(std::string_view name) {
  const std::size_t begin = at_;
  for (at_ = html_.find("</", at_); at_ != std::string_view::npos;
       at_ = html_.find("</", at_ + 2)) {
    const std::size_t end = at_ + 2 + name.size();
    if (end < html_.size() && ends_name(html_[end]) &&
        is_same_name(html_.substr(at_ + 2, name.size()), name)) {
      break;
    }
  }
  at_ = std::min(at_, html_.size());
  return html_.substr(begin, at_ - begin);
}

}  // namespace kithkin
