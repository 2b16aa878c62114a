// White space is held back until something follows it, so that none stands at the ends of a block.
//
//   <p>One <b> two</b><br> three </p>   ->   "One two\nthree"
//
// Tests: tests/unit/clean/html_test.cpp, through article_of_html.
#include "clean/html_page.h"

#include <cassert>
#include <utility>

#include "base/utf8.h"
#include "text/width.h"

namespace kithkin {
namespace {

constexpr std::uint32_t kWideWeight = 3;  // an ideograph says about as much as three letters

bool is_ascii_word(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::uint32_t weight_of(char32_t c) {
  if (c < 0x80) return is_ascii_word(c) ? 1 : 0;
  if (!is_word_character(c)) return 0;
  return cell_width(c) == 2 ? kWideWeight : 1;
}

bool is_plain(char32_t c) { return c > 0x20 && c < 0x7F; }

}  // namespace

PageBuilder::PageBuilder() { page_.elements.emplace_back(); }

void PageBuilder::open(ElementKind kind, ElementRole role, std::uint32_t look) {
  end_block();
  PageElement element;
  element.parent = open_;
  element.first_block = static_cast<std::uint32_t>(page_.blocks.size());
  element.kind = kind;
  element.role = role;
  element.look = look;
  open_ = static_cast<std::uint32_t>(page_.elements.size());
  page_.elements.push_back(element);
  if (kind == ElementKind::pre) ++pres_;
}

void PageBuilder::close() {
  assert(open_ != 0);
  end_block();
  PageElement& element = page_.elements[open_];
  element.end = static_cast<std::uint32_t>(page_.elements.size());
  element.end_block = static_cast<std::uint32_t>(page_.blocks.size());
  if (element.kind == ElementKind::pre) --pres_;
  open_ = element.parent;
}

void PageBuilder::add_text(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size();) {
    const Decoded d = decode_utf8(utf8, i);
    add_character(d.code_point, d.valid ? utf8.substr(i, d.size) : "\xEF\xBF\xBD");
    i += d.size;
  }
}

void PageBuilder::add_line_break() {
  end_sentence();
  if (pres_ == 0) space_.clear();
  space_ += '\n';
}

void PageBuilder::add_character(char32_t c, std::string_view bytes) {
  switch (is_plain(c) ? Appearance::visible : appearance(c)) {
    case Appearance::visible: return add_visible(c, bytes);
    case Appearance::space: break;
    default: return;  // what steers a display is no text
  }
  end_sentence();
  if (pres_ > 0) {
    if (c != '\r') space_ += c == '\n' || c == '\t' ? static_cast<char>(c) : ' ';
  } else if (space_.empty()) {
    space_ += ' ';
  }
}

void PageBuilder::add_visible(char32_t c, std::string_view bytes) {
  if (!block_.text.empty()) block_.text += space_;
  space_.clear();
  block_.text += bytes;
  const std::uint32_t weight = weight_of(c);
  block_.weight += weight;
  if (links_ > 0) block_.linked += weight;
  if (weight > 0) {
    end_ = End::none;
    return;
  }
  const SentencePart part = sentence_part(c);
  if (part == SentencePart::end) {
    end_ = cell_width(c) == 2 ? End::wide : End::narrow;
    if (end_ == End::wide) ++block_.sentences;  // no space comes after these
  } else if (part == SentencePart::other) {
    end_ = End::none;
  }
}

/// Where narrow stops count, before white space and at the end: 3.14 ends nothing.
void PageBuilder::end_sentence() {
  if (end_ == End::narrow && space_.empty()) ++block_.sentences;
}

void PageBuilder::end_block() {
  if (!block_.text.empty()) {
    end_sentence();
    block_.ends = end_ != End::none;
    block_.element = open_;
    page_.blocks.push_back(std::move(block_));
  }
  block_ = {};
  space_.clear();
  end_ = End::none;
}

Page PageBuilder::finish() {
  while (open_ != 0)
    close();
  end_block();
  page_.elements[0].end = static_cast<std::uint32_t>(page_.elements.size());
  page_.elements[0].end_block = static_cast<std::uint32_t>(page_.blocks.size());
  return std::move(page_);
}

}  // namespace kithkin
